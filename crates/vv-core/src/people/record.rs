//! How a person stands in records: field numbers, and the way between fields and words.
//!
//! Numbers are never used twice and never change what they mean: other devices and older programs read them.

use super::model::PersonWords;
use crate::ids::PersonId;
use crate::store::op::{Object, Op, Value};

/// Text: the name.
pub(crate) const NAME: u32 = 1;
/// Set of text: other names.
pub(crate) const OTHER_NAMES: u32 = 2;
/// Text: the line about them.
pub(crate) const ABOUT: u32 = 3;
/// Bytes: the id of the person this one turned out to be; null or absent when it is nobody else.
pub(crate) const MERGED_INTO: u32 = 4;
/// Kept free for the account of this person, once there are accounts to link to. Nothing writes or reads it.
#[cfg(test)]
const ACCOUNT: u32 = 5;

/// Reads the words of a person.
pub(crate) fn words_of(object: &Object) -> PersonWords {
    PersonWords {
        name: object.text(NAME).to_owned(),
        other_names: other_names(object).map(str::to_owned).collect(),
        about: object.text(ABOUT).to_owned(),
    }
}

/// Lends the other names in order of spelling.
pub(crate) fn other_names(object: &Object) -> impl Iterator<Item = &str> {
    object.elements(OTHER_NAMES).iter().filter_map(Value::as_text)
}

/// Gives the person this one turned out to be.
pub(crate) fn merged_into(object: &Object) -> Option<PersonId> {
    object.id(MERGED_INTO).map(PersonId::from_bytes)
}

/// Gives the operations that make the words of a person out of what they were. What stays makes none.
pub(crate) fn ops_between(before: &PersonWords, after: &PersonWords) -> Vec<Op> {
    let mut ops = Vec::new();
    if before.name != after.name {
        ops.push(Op::Set { field: NAME, value: after.name.as_str().into() });
    }
    if before.about != after.about {
        ops.push(Op::Set { field: ABOUT, value: after.about.as_str().into() });
    }
    for gone in before.other_names.iter().filter(|name| !after.other_names.contains(name)) {
        ops.push(Op::Remove { field: OTHER_NAMES, element: gone.as_str().into() });
    }
    for new in after.other_names.iter().filter(|name| !before.other_names.contains(name)) {
        ops.push(Op::Add { field: OTHER_NAMES, element: new.as_str().into() });
    }
    ops
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::op::Kind;

    #[test]
    fn field_numbers_never_change() {
        assert_eq!([NAME, OTHER_NAMES, ABOUT, MERGED_INTO, ACCOUNT], [1, 2, 3, 4, 5]);
        assert_eq!(Kind::Person.0, 10);
    }
}
