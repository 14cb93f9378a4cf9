//! How excerpts stand in records: field numbers, and the operations that are sent.
//!
//! Numbers are never used twice and never change what they mean.

use crate::store::op::{Op, Value};

/// Set of one list: when it was sent, the heading, the lines, and bytes of which, with whoever wrote it, the id is made: so nobody
/// changes it.
pub(crate) const SENT: u32 = 90;
/// Set of lists: comments, each a time and words.
pub(crate) const COMMENTS: u32 = 91;

/// Bytes, in the journal: the entry.
pub(crate) const OWN_ENTRY: u32 = 1;
/// Number, in the journal: 0 a draft, 1 sent, 2 withdrawn.
pub(crate) const OWN_STATE: u32 = 2;
/// Text, in the journal: the chosen lines.
pub(crate) const OWN_TEXT: u32 = 3;
/// Text, in the journal: the heading.
pub(crate) const OWN_TITLE: u32 = 4;
/// List of numbers, in the journal: the lines of the entry.
pub(crate) const OWN_LINES: u32 = 5;
/// Bytes, in the journal: the copy in the home.
pub(crate) const OWN_COPY: u32 = 6;
/// Number, in the journal: milliseconds since 1970 UTC.
pub(crate) const OWN_SENT_AT: u32 = 7;
/// Number, in the journal: milliseconds since 1970 UTC.
pub(crate) const OWN_WITHDRAWN_AT: u32 = 8;

/// Gives the operations that are sent: all that the home will hold of an excerpt. The preview is read back from these.
pub(super) fn sent_ops(title: &str, text: &str, at_ms: i64, nonce: &[u8; 16]) -> Vec<Op> {
    let parts = vec![Value::Int(at_ms), title.into(), text.into(), Value::Bytes(nonce.to_vec())];
    vec![Op::Add { field: SENT, element: Value::List(parts) }]
}

/// Is what was sent.
pub(super) struct Sent<'a> {
    pub(super) at_ms: i64,
    pub(super) title: &'a str,
    pub(super) text: &'a str,
    pub(super) nonce: [u8; 16],
}

/// Reads what was sent.
pub(super) fn sent_of(value: &Value) -> Option<Sent<'_>> {
    let [at, title, text, nonce] = value.as_list()? else { return None };
    Some(Sent { at_ms: at.as_int()?, title: title.as_text()?, text: text.as_text()?, nonce: nonce.as_id()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_numbers_never_change() {
        assert_eq!([SENT, COMMENTS], [90, 91]);
        let own =
            [OWN_ENTRY, OWN_STATE, OWN_TEXT, OWN_TITLE, OWN_LINES, OWN_COPY, OWN_SENT_AT, OWN_WITHDRAWN_AT];
        assert_eq!(own, [1, 2, 3, 4, 5, 6, 7, 8]);
    }
}
