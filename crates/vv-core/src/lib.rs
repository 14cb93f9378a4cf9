//! The product without a screen.

pub mod ids;
