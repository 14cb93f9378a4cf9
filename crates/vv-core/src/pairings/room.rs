//! For how many pairings somebody has room: theirs to say, within what is good for both.

use std::collections::BTreeMap;

use super::charter::{parts, within};
use super::error::PairingError;
use super::kinds::Part;
use super::line::{commit_standing, standing_object};
use super::model::Room;
use super::record::standing;
use super::table;
use crate::store::op::{Op, Value};
use crate::store::{Reader, Tx};

/// Says for how many there is room as what one is in them; none goes back to what the defaults say.
pub fn set_room(tx: &mut Tx, part: Part, most: Option<u32>) -> Result<(), PairingError> {
    let (_, top) = part.room();
    let value = match most {
        Some(most) => Value::Int(within(most, 0, top, "most")?.into()),
        None => Value::Null,
    };
    let field = standing::ROOM + u32::try_from(part.number()).unwrap_or(0);
    let before = tx.object(&standing_object())?;
    let is_so = before.and_then(|object| object.fields.get(&field).cloned()).unwrap_or(Value::Null) == value;
    if is_so { Ok(()) } else { commit_standing(tx, vec![Op::Set { field, value }]) }
}

/// Tells for how many there is room and how many there are, by what one is in them.
pub fn list_room(reader: &Reader) -> Result<Vec<Room>, PairingError> {
    let mut taken = BTreeMap::new();
    for id in super::begin::open_pairings(reader)? {
        let charter = super::charter::read(reader, super::home::home_of(reader, id)?)?;
        *taken.entry(parts(&charter).0).or_default() += 1;
    }
    room_of(reader, &taken)
}

pub(super) fn room_of(reader: &Reader, taken: &BTreeMap<Part, u32>) -> Result<Vec<Room>, PairingError> {
    let said = table::capacity(reader.sql())?;
    let of = |part: Part| Room {
        part,
        most: said.get(&part).copied().unwrap_or(part.room().0),
        taken: taken.get(&part).copied().unwrap_or(0),
    };
    Ok(Part::ALL.into_iter().map(of).collect())
}
