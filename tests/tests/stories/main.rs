//! Stories across crates, without a window: what a person relies on, also when things go wrong.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod carried;
mod foreign;
mod killed;
mod life;
mod served;
mod year;
