//! How a space stands in the journal, by which all devices of the person learn of it: field numbers, and the way to the space.
//!
//! Numbers are never used twice and never change what they mean: other devices and older programs read them.

use std::collections::BTreeMap;

use vv_crypto::{EpochGrant, Key32, derive_epoch_id};

use super::membership::{AccountId, SpaceKind};
use crate::identity::epochs;
use crate::store::op::{Object, ObjectId};
use crate::store::topics::Topic;
use crate::store::{Change, Kind, Op, Reader, StoreError, Tx, Value, log};

/// Bytes: the id of the space.
const SPACE: u32 = 1;
/// Number: its kind, as in a genesis.
const KIND: u32 = 2;
/// Bytes: the id of its first epoch.
const FIRST_EPOCH: u32 = 3;
/// Bytes: the control key of its first epoch.
const CONTROL: u32 = 4;
/// Text: its name when the person came, for as long as its log is not here.
const NAME: u32 = 5;
/// Set of text: addresses of servers where it is.
const PLACES: u32 = 6;
/// Text: how the person goes by there.
const MY_NAME: u32 = 7;
/// Set of lists: an account whose words were compared and found the same, and when, in milliseconds since 1970.
const COMPARED: u32 = 8;

/// Names the object of a space in the journal.
pub(super) fn space_object(space: &[u8; 16]) -> ObjectId {
    *vv_protocol::hash("space-object/v1", &[space]).first_chunk().expect("a hash has more than sixteen bytes")
}

/// Holds what is needed to begin with a space.
pub(super) struct Entry<'a> {
    pub space: [u8; 16],
    pub kind: SpaceKind,
    pub first_epoch: [u8; 32],
    pub control: &'a Key32,
    pub name: &'a str,
    pub my_name: &'a str,
    pub places: &'a [String],
}

/// Writes a space into the journal; it is among the spaces of this notebook then.
pub(super) fn enter(tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
    let object = space_object(&entry.space);
    let mut ops = vec![
        Op::Create { kind: Kind::Space },
        Op::Set { field: SPACE, value: Value::Bytes(entry.space.to_vec()) },
        Op::Set { field: KIND, value: Value::Int(entry.kind.number().into()) },
        Op::Set { field: FIRST_EPOCH, value: Value::Bytes(entry.first_epoch.to_vec()) },
        Op::Set { field: CONTROL, value: Value::Bytes(entry.control.as_bytes().to_vec()) },
        Op::Set { field: NAME, value: entry.name.into() },
        Op::Set { field: MY_NAME, value: entry.my_name.into() },
    ];
    let places = entry.places.iter().map(|place| Op::Add { field: PLACES, element: place.as_str().into() });
    ops.extend(places);
    if tx.object(&object)?.is_some() {
        ops.remove(0);
    }
    tx.commit(Change { object, ops })?;
    tx.renew_keys()
}

/// Holds what the journal alone knows of a space.
#[derive(Debug, Clone, Default)]
pub(super) struct Noted {
    pub name: String,
    pub my_name: String,
    pub places: Vec<String>,
    /// Whose words were compared, and when.
    pub compared: BTreeMap<AccountId, u64>,
}

/// Reads what the journal knows of a space.
pub(super) fn noted(reader: &Reader, space: &[u8; 16]) -> Result<Noted, StoreError> {
    let journal = reader.core().journal.id;
    let Some(object) = reader.in_space(&journal)?.object(&space_object(space))? else {
        return Ok(Noted::default());
    };
    let compared = object.elements(COMPARED).iter().filter_map(|element| match element.as_list()? {
        [account, at] => Some((account.as_bytes()?.try_into().ok()?, u64::try_from(at.as_int()?).ok()?)),
        _ => None,
    });
    Ok(Noted {
        name: object.text(NAME).to_owned(),
        my_name: object.text(MY_NAME).to_owned(),
        places: object.elements(PLACES).iter().filter_map(Value::as_text).map(str::to_owned).collect(),
        compared: compared.collect(),
    })
}

/// Notes whether the words shared with somebody were compared and are the same.
pub(super) fn note_compared(
    tx: &mut Tx,
    space: &[u8; 16],
    account: &AccountId,
    same: bool,
) -> Result<(), StoreError> {
    let object = space_object(space);
    let is_of = |element: &Value| {
        element.as_list().and_then(|list| list.first()).and_then(Value::as_bytes) == Some(account.as_slice())
    };
    let known = tx.object(&object)?.ok_or(StoreError::NotFound)?;
    let before = known.elements(COMPARED).iter().filter(|element| is_of(element)).cloned();
    let mut ops: Vec<Op> = before.map(|element| Op::Remove { field: COMPARED, element }).collect();
    if same {
        let at = Value::Int(tx.now().timestamp_millis());
        let element = Value::List(vec![Value::Bytes(account.to_vec()), at]);
        ops.push(Op::Add { field: COMPARED, element });
    }
    tx.commit(Change { object, ops }).map(drop)
}

/// Notes where a space is to be found.
pub(super) fn note_place(tx: &mut Tx, space: &[u8; 16], place: &str) -> Result<(), StoreError> {
    let ops = vec![Op::Add { field: PLACES, element: place.into() }];
    tx.commit(Change { object: space_object(space), ops }).map(drop)
}

/// Makes a space known to this notebook that stands in the journal.
pub(crate) fn project(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    tx.publish(Topic::Spaces);
    let bytes = |field: u32| object.fields.get(&field).and_then(Value::as_bytes);
    let key = |field: u32| bytes(field).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let kind = object.int(KIND).and_then(|kind| u32::try_from(kind).ok()).and_then(SpaceKind::from_number);
    let (Some(space), Some(kind), Some(epoch), Some(control)) =
        (object.id(SPACE), kind, key(FIRST_EPOCH), key(CONTROL))
    else {
        return Ok(());
    };
    if kind == SpaceKind::Journal || space_object(&space) != object.id {
        return Ok(());
    }
    let sid = match log::find_space(tx.sql(), &space)? {
        Some(sid) => sid,
        None => log::insert_space(tx.sql(), &space, kind.number())?,
    };
    let control = Key32::from_bytes(control);
    let control_id = derive_epoch_id(&control, &space);
    let grant = EpochGrant { control: Some(control), ..EpochGrant::default() };
    epochs::put_grant(tx.sql(), sid, &epoch, &control_id, &grant)?;
    tx.keys_changed();
    Ok(())
}
