//! How a note of help stands in records: field numbers.
//!
//! Numbers are never used twice and never change what they mean: other devices and older programs read them.

/// Bytes: the id of the person.
pub(crate) const PERSON: u32 = 1;
/// Text: the name at the time of writing.
pub(crate) const WHO: u32 = 2;
/// Text: with what, one line.
pub(crate) const SUBJECT: u32 = 3;
/// Number: the day.
pub(crate) const ON: u32 = 4;
/// Bytes: the id of the entry it belongs to; null or absent when to none.
pub(crate) const ENTRY: u32 = 5;
/// Bytes: the thanks that were written for it.
pub(crate) const THANKS: u32 = 6;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::op::Kind;

    #[test]
    fn field_numbers_never_change() {
        assert_eq!([PERSON, WHO, SUBJECT, ON, ENTRY, THANKS], [1, 2, 3, 4, 5, 6]);
        assert_eq!(Kind::Helped.0, 12);
    }
}
