//! How sealed answers stand in records: field numbers, and the way between elements and acts.
//!
//! Numbers are never used twice and never change what they mean. What stands in the home holds commitments and reveals; what
//! stands in the journal holds answers with their random bytes.

use std::collections::{BTreeMap, BTreeSet};

use super::core::{Account, Act, Said, Terms};
use super::matter::Matter;
use crate::store::authors::Authored;
use crate::store::op::{Object, Value};

/// Bytes: what is asked.
pub(crate) const MATTER: u32 = 1;
/// List of bytes: the accounts of all who are asked, in order.
pub(crate) const ASKED: u32 = 2;
/// Set of lists: commitments, reveals, skips.
pub(crate) const SAID: u32 = 91;

/// Bytes, in the journal: the sealed object.
pub(crate) const OWN_OF: u32 = 1;
/// Number, in the journal: 1 once nothing is left to be done.
pub(crate) const OWN_DONE: u32 = 2;
/// Bytes, in the journal: what is asked.
pub(crate) const OWN_MATTER: u32 = 3;
/// Set of lists, in the journal: random bytes and answer.
pub(crate) const OWN_SECRETS: u32 = 91;

/// Reads who is asked.
pub(crate) fn asked_of(object: &Object) -> BTreeSet<Account> {
    let listed = object.fields.get(&ASKED).and_then(Value::as_list).unwrap_or_default();
    listed.iter().filter_map(|one| one.as_bytes()?.try_into().ok()).collect()
}

/// Reads what is asked; none when the object does not have the name that follows from what it says.
pub(crate) fn matter_of(object: &Object, space: [u8; 16]) -> Option<Matter> {
    terms_of(object, space).and_then(|terms| Matter::decode(&terms.matter))
}

/// Reads the terms of a sealed object; none when its name does not follow from them: then somebody has changed them.
pub(super) fn terms_of(object: &Object, space: [u8; 16]) -> Option<Terms> {
    let matter = object.fields.get(&MATTER)?.as_bytes()?.to_vec();
    let terms = Terms { space, matter, asked: asked_of(object) };
    (terms.object() == object.id).then_some(terms)
}

/// Gives the list of those who are asked.
pub(super) fn asked_value(asked: &BTreeSet<Account>) -> Value {
    Value::List(asked.iter().map(|one| Value::Bytes(one.to_vec())).collect())
}

/// Reads what was said, each thing by whoever's record it stands in.
pub(super) fn said_of(authored: &Authored) -> BTreeSet<Said> {
    let said =
        authored.acts(SAID).iter().filter_map(|act| Some(Said { by: act.author?, act: act_of(&act.value)? }));
    said.collect()
}

/// Writes an act as an element.
pub(super) fn act_value(act: &Act) -> Value {
    let bytes = |bytes: &[u8]| Value::Bytes(bytes.to_vec());
    Value::List(match act {
        Act::Commit { commitment, at_ms } => vec![Value::Int(1), bytes(commitment), Value::Int(*at_ms)],
        Act::Reveal { nonce, answer, seen } => {
            let pair = |(account, commitment): (&Account, &[u8; 32])| {
                Value::List(vec![bytes(account), bytes(commitment)])
            };
            vec![Value::Int(2), bytes(nonce), bytes(answer), Value::List(seen.iter().map(pair).collect())]
        }
        Act::Skip => vec![Value::Int(3)],
    })
}

fn act_of(value: &Value) -> Option<Act> {
    let hash = |value: &Value| -> Option<[u8; 32]> { value.as_bytes()?.try_into().ok() };
    Some(match value.as_list()? {
        [Value::Int(1), commitment, at] => Act::Commit { commitment: hash(commitment)?, at_ms: at.as_int()? },
        [Value::Int(2), nonce, answer, seen] => {
            let mut pairs = BTreeMap::new();
            for pair in seen.as_list()? {
                let [account, commitment] = pair.as_list()? else { return None };
                pairs.insert(hash(account)?, hash(commitment)?);
            }
            Act::Reveal { nonce: hash(nonce)?, answer: answer.as_bytes()?.to_vec(), seen: pairs }
        }
        [Value::Int(3)] => Act::Skip,
        _ => return None,
    })
}

/// Reads the secrets that lie in the journal.
pub(super) fn secrets_of(object: &Object) -> BTreeSet<([u8; 32], Vec<u8>)> {
    let secret = |value: &Value| {
        let [nonce, answer] = value.as_list()? else { return None };
        Some((nonce.as_bytes()?.try_into().ok()?, answer.as_bytes()?.to_vec()))
    };
    object.elements(OWN_SECRETS).iter().filter_map(secret).collect()
}

/// Writes a secret as an element.
pub(super) fn secret_value(nonce: &[u8; 32], answer: &[u8]) -> Value {
    Value::List(vec![Value::Bytes(nonce.to_vec()), Value::Bytes(answer.to_vec())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_never_change_and_acts_come_back() {
        assert_eq!([MATTER, ASKED, SAID, OWN_OF, OWN_DONE, OWN_MATTER, OWN_SECRETS], [1, 2, 91, 1, 2, 3, 91]);
        let seen = BTreeMap::from([([1; 32], [2; 32])]);
        for act in [
            Act::Commit { commitment: [3; 32], at_ms: 7 },
            Act::Reveal { nonce: [4; 32], answer: b"five".to_vec(), seen },
            Act::Skip,
        ] {
            assert_eq!(act_of(&act_value(&act)), Some(act));
        }
    }
}
