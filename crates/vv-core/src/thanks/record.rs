//! How thanks notes stand in records: field numbers.
//!
//! Numbers are never used twice and never change what they mean.

/// Set of one list: when it was written, the day of what it is for or nothing, what was done, what it made possible, what was
/// learned, and bytes of which, with whoever wrote it, the id is made: so nobody changes it.
pub(crate) const SENT: u32 = 90;

/// Bytes, in the journal of whoever received it: the note.
pub(crate) const OWN_OF: u32 = 1;
/// Number, in the journal: 0 undecided, 1 kept, 2 shown to those who are named, 3 shown to all.
pub(crate) const OWN_DECISION: u32 = 2;
/// List of texts, in the journal: to whom.
pub(crate) const OWN_NAMED: u32 = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_numbers_never_change() {
        assert_eq!([SENT, OWN_OF, OWN_DECISION, OWN_NAMED], [90, 1, 2, 3]);
    }
}
