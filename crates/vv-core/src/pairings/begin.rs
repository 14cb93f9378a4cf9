//! Beginning a pairing alone, changing what of it is mine alone, and putting it away.
//!
//! A name and a hope are enough: everything else follows from the kind and can be changed. Whoever was invited gets a side of their
//! own at their first touch of the space; until then the pairing is shown as if it had one.

use super::charter;
use super::error::PairingError;
use super::home::{self, Seat, home_of, pairing_spaces, set, set_text, side_of_space};
use super::kinds::{PairingKind, lead_of};
use super::line::{Somebody, check_beginning};
use super::model::{Home, Lane, NewPairing, Side, SideChange};
use super::record::{self, side};
use super::seats::Seats;
use super::table::{self, SideRow};
use crate::day;
use crate::ids::{PairingId, PersonId};
use crate::meetings;
use crate::spaces::{self, SpaceId};
use crate::store::op::{Change, Kind, Object, Op, Value};
use crate::store::{Reader, Tx};
use crate::words::{line, paragraphs, some_line};

const NEEDS_NAME: &str = "write how the other is called";

/// Begins a pairing in the journal, which the person tracks alone until they share it; gives its id.
///
/// # Errors
/// [`PairingError::InLine`] where the person's own line at work forbids this kind with whoever it is.
pub fn begin_pairing(tx: &mut Tx, new: NewPairing) -> Result<PairingId, PairingError> {
    let name = some_line(&new.name, "name", NEEDS_NAME)?;
    let hope = paragraphs(&new.hope, "hope")?;
    let kind = new.kind.unwrap_or(PairingKind::Mentoring);
    check_beginning(tx, kind, &Somebody { person: new.person, account: None, names: vec![name.clone()] })?;
    let begun_on = day::check(new.begun_on.unwrap_or_else(|| day::today(tx)), "begun_on")?;
    let id: PairingId = tx.make_id();
    let mut ops = vec![
        Op::Create { kind: Kind::Pairing },
        Op::Set { field: side::NAME, value: Value::Text(name) },
        Op::Set { field: side::BEGUN_ON, value: day::value(Some(begun_on)) },
    ];
    ops.extend(set_text(None, side::HOPE, &hope));
    ops.extend(new.person.map(|person| Op::Set { field: side::PERSON, value: id_value(person.as_bytes()) }));
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    let leads = lead_of(kind, new.leads.unwrap_or(Lane::Mine) == Lane::Mine);
    let first = charter::Beginning {
        kind,
        leads: leads.map(|lane| if lane == Lane::Mine { Seat::First } else { Seat::Second }),
        first_about: line(&new.mine_about, "mine_about")?,
        second_about: line(&new.theirs_about, "theirs_about")?,
        begun_on,
        purpose: String::new(),
    };
    charter::make(tx, Home::Alone(id), &first)?;
    Ok(id)
}

pub(super) fn id_value(id: &[u8; 16]) -> Value {
    Value::Bytes(id.to_vec())
}

/// Shows what of a pairing is mine alone.
pub fn get_side(reader: &Reader, id: PairingId) -> Result<Side, PairingError> {
    Ok(side_of_row(side_row(reader, id)?))
}

pub(super) fn side_of_row(row: SideRow) -> Side {
    let SideRow { id, name, person, hope, why, earlier, wish, trashed, begun_on, .. } = row;
    Side { id, name, person, hope, why, earlier, wish, trashed, begun_on }
}

/// Reads the row of a side, or what it would be for a space that nobody touched yet.
pub(crate) fn side_row(reader: &Reader, id: PairingId) -> Result<SideRow, PairingError> {
    if let Some(row) = table::side(reader.sql(), id)? {
        return Ok(row);
    }
    let space = pairing_spaces(reader).into_iter().find(|space| side_of_space(space) == id);
    untouched(reader, space.ok_or(PairingError::NoPairing)?)
}

/// Gives the side that somebody would get who came into a space.
fn untouched(reader: &Reader, space: SpaceId) -> Result<SideRow, PairingError> {
    let home = Home::Shared(space);
    let begun_on = charter::read_row(reader, home)?.map(|charter| charter.begun_on);
    Ok(SideRow {
        id: side_of_space(&space),
        name: name_of_other(reader, space)?,
        person: None,
        hope: String::new(),
        why: String::new(),
        space: Some(space),
        other: None,
        earlier: None,
        wish: None,
        trashed: false,
        begun_on: begun_on.unwrap_or_else(|| day::today(reader)),
    })
}

/// Finds how the other of two calls themselves in their space; its own name while they are not in.
pub(super) fn name_of_other(reader: &Reader, space: SpaceId) -> Result<String, PairingError> {
    let shown = spaces::get_space(reader, space)?;
    let other = shown.members.into_iter().find(|member| !member.is_me && member.role == spaces::Role::Owner);
    Ok(other.map(|other| other.name).filter(|name| !name.is_empty()).unwrap_or(shown.name))
}

/// Lists the sides of all pairings outside the trash, also of spaces that nobody touched yet.
pub(crate) fn list_sides(reader: &Reader) -> Result<Vec<SideRow>, PairingError> {
    let mut rows = table::sides(reader.sql())?;
    for space in pairing_spaces(reader) {
        let has_side = rows.iter().any(|row| row.space == Some(space) || row.other == Some(space));
        // In a pairing that somebody leads for others there is nothing of one's own.
        if !has_side && Seats::load(reader, Home::Shared(space))?.am_one_of_two() {
            rows.push(untouched(reader, space)?);
        }
    }
    rows.retain(|row| !row.trashed);
    Ok(rows)
}

/// Lists the pairings outside the trash that have not ended.
pub(crate) fn open_pairings(reader: &Reader) -> Result<Vec<PairingId>, PairingError> {
    let mut open = Vec::new();
    for row in list_sides(reader)? {
        let home = home::home_of_side(reader, &row);
        if !charter::has_ended(reader, home)? {
            open.push(row.id);
        }
    }
    Ok(open)
}

/// Makes sure that a pairing has a side that can be written in.
pub(super) fn touch(tx: &mut Tx, id: PairingId) -> Result<Object, PairingError> {
    if table::side(tx.sql(), id)?.is_none() {
        let row = side_row(tx, id)?;
        let space = row.space.ok_or(PairingError::NoPairing)?;
        let ops = vec![
            Op::Create { kind: Kind::Pairing },
            Op::Set { field: side::NAME, value: Value::Text(row.name) },
            Op::Set { field: side::BEGUN_ON, value: day::value(Some(row.begun_on)) },
            Op::Set { field: side::SPACE, value: id_value(&space.0) },
        ];
        tx.commit(Change { object: *id.as_bytes(), ops })?;
    }
    home::read_side(tx, id)
}

/// Finds the pairing of a space; it gets a side of this person's when it has none.
pub fn pairing_of_space(tx: &mut Tx, space: SpaceId) -> Result<PairingId, PairingError> {
    if let Some(id) = table::side_to(tx.sql(), &space)? {
        return Ok(id);
    }
    let id = side_of_space(&space);
    touch(tx, id)?;
    Ok(id)
}

/// Changes what of a pairing is mine alone. What is already so makes no record.
pub fn change_side(tx: &mut Tx, id: PairingId, change: &SideChange) -> Result<(), PairingError> {
    let object = touch(tx, id)?;
    let mut ops = Vec::new();
    if let Some(name) = &change.name {
        ops.extend(set_text(Some(&object), side::NAME, &some_line(name, "name", NEEDS_NAME)?));
    }
    if let Some(person) = change.person {
        ops.extend(set(Some(&object), side::PERSON, person_value(person)));
    }
    if let Some(hope) = &change.hope {
        ops.extend(set_text(Some(&object), side::HOPE, &paragraphs(hope, "hope")?));
    }
    if let Some(why) = &change.why {
        ops.extend(set_text(Some(&object), side::WHY, &paragraphs(why, "why")?));
    }
    if let Some(wish) = change.wish {
        let value = wish.map_or(Value::Null, |wish| Value::Int(i64::from(wish)));
        ops.extend(set(Some(&object), side::WISH, value));
    }
    if !ops.is_empty() {
        tx.commit(Change { object: *id.as_bytes(), ops })?;
    }
    Ok(())
}

fn person_value(person: Option<PersonId>) -> Value {
    person.map_or(Value::Null, |person| id_value(person.as_bytes()))
}

/// Moves a pairing out of sight; one that lies in the trash already stays as it is. What is shared stays shared.
pub fn trash_pairing(tx: &mut Tx, id: PairingId) -> Result<(), PairingError> {
    let object = touch(tx, id)?;
    if object.int(side::TRASHED_AT).is_some() {
        return Ok(());
    }
    let value = Value::Int(tx.now().timestamp_millis());
    tx.commit(Change { object: object.id, ops: vec![Op::Set { field: side::TRASHED_AT, value }] })?;
    Ok(())
}

/// Takes a pairing out of the trash; one outside stays as it is.
pub fn restore_pairing(tx: &mut Tx, id: PairingId) -> Result<(), PairingError> {
    let object = home::read_side(tx, id)?;
    if object.int(side::TRASHED_AT).is_none() {
        return Ok(());
    }
    let ops = vec![Op::Set { field: side::TRASHED_AT, value: Value::Null }];
    tx.commit(Change { object: object.id, ops })?;
    Ok(())
}

/// Lists the pairings in the trash.
pub fn list_trashed(reader: &Reader) -> Result<Vec<Side>, PairingError> {
    let rows = table::sides(reader.sql())?;
    Ok(rows.into_iter().filter(|row| row.trashed).map(side_of_row).collect())
}

/// Deletes a pairing of the trash for good, that was never shared, with everything that was written in it.
///
/// # Errors
/// [`PairingError::NotInTrash`] for one outside the trash, [`PairingError::SharedStays`] for one that two share.
pub fn erase_pairing(tx: &mut Tx, id: PairingId) -> Result<(), PairingError> {
    let object = home::read_side(tx, id)?;
    if object.int(side::TRASHED_AT).is_none() {
        return Err(PairingError::NotInTrash);
    }
    if object.id(side::SPACE).is_some() || !matches!(home_of(tx, id)?, Home::Alone(_)) {
        return Err(PairingError::SharedStays);
    }
    let mine = tx.objects_with(record::OF, &id_value(id.as_bytes()))?;
    // What was kept for oneself of meetings names the pairing too.
    let kept = tx.objects_with(meetings::home::HOME, &id_value(id.as_bytes()))?;
    for own in mine.into_iter().chain(kept).chain([*id.as_bytes()]) {
        tx.erase(&own)?;
    }
    Ok(())
}
