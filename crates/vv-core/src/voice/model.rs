//! What is known of a voice note beside its file.

/// Describes a voice note: how long it is, how loud it was, what was marked in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voice {
    /// Its length in milliseconds.
    pub duration_ms: u64,
    /// How loud it was from beginning to end, in steps of equal length: the square root of the loudest moment of each, from 0
    /// for silence to 255.
    pub peaks: Vec<u8>,
    /// The moments that were marked, in order.
    pub marks: Vec<Mark>,
    /// Whether it ended without being stopped: the program or the microphone went away.
    pub cut_short: bool,
}

/// Describes a moment of a voice note that was marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Milliseconds from the beginning.
    pub at_ms: u64,
    /// Its name; empty when it has none.
    pub name: String,
}
