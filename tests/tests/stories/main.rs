//! Stories across crates, without a window: what a person relies on when things go wrong.

mod killed;
