//! The journal.

/// Holds the editing sessions of this process.
#[derive(Default)]
pub struct Editors;
