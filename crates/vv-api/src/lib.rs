//! The surface: one function per command, request and view types, and the real ports.
//!
//! Both programs (the window and `vv`) call what stands here and nothing deeper. It is not the product: the product is in
//! `vv-core`. Start at `commands`, which lists all there is.

pub mod commands;
pub mod error;
pub mod model;
pub mod typescript;
