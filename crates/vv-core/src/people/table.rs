//! The tables of people: all SQL of the feature. `project` alone writes `person` and `person_name`; the journal's projection
//! writes `entry_person` through `note_entry`.

use rusqlite::{Connection, params};

use super::directory::Directory;
use super::mention::mentioned;
use super::model::NamingEntry;
use super::record;
use crate::ids::{EntryId, PersonId};
use crate::journal::moment::day_and_time;
use crate::journal::record::ms_of;
use crate::journal::show_names_anew;
use crate::store::error::StoreError;
use crate::store::op::Object;
use crate::store::topics::Topic;
use crate::store::tx::Tx;

/// Projects a person into their rows; one that was deleted loses them. Entries that name somebody who is now called otherwise
/// show the new name.
pub(crate) fn project(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    tx.publish(Topic::People);
    let before = Directory::read(tx.sql())?;
    write(tx.sql(), object)?;
    let after = Directory::read(tx.sql())?;
    for person in before.called_otherwise(&after) {
        for entry in naming(tx.sql(), person)? {
            show_names_anew(tx, entry, &after)?;
        }
    }
    Ok(())
}

fn write(sql: &Connection, object: &Object) -> Result<(), StoreError> {
    sql.prepare_cached("DELETE FROM person_name WHERE person = ?1")?.execute([&object.id])?;
    if object.erased {
        sql.prepare_cached("DELETE FROM person WHERE id = ?1")?.execute([&object.id])?;
        return Ok(());
    }
    sql.prepare_cached("INSERT OR REPLACE INTO person VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
        object.id,
        object.text(record::NAME),
        object.text(record::ABOUT),
        object.id(record::MERGED_INTO),
        ms_of(object.updated),
    ])?;
    let mut write = sql.prepare_cached("INSERT INTO person_name VALUES (?1, ?2)")?;
    for name in record::other_names(object) {
        write.execute(params![object.id, name])?;
    }
    Ok(())
}

/// Notes whom an entry names, in the transaction that changes it.
pub(crate) fn note_entry(
    sql: &Connection,
    entry: EntryId,
    text: &str,
    is_new: bool,
) -> Result<(), StoreError> {
    if !is_new {
        forget_entry(sql, entry)?;
    }
    for (place, person) in mentioned(text).into_iter().enumerate() {
        sql.prepare_cached("INSERT OR IGNORE INTO entry_person VALUES (?1, ?2, ?3)")?.execute(params![
            entry.as_bytes(),
            person.as_bytes(),
            place as i64
        ])?;
    }
    Ok(())
}

/// Forgets whom an entry names: it was deleted for good.
pub(crate) fn forget_entry(sql: &Connection, entry: EntryId) -> Result<(), StoreError> {
    sql.prepare_cached("DELETE FROM entry_person WHERE entry = ?1")?.execute([entry.as_bytes()])?;
    Ok(())
}

/// Lists every entry that names somebody by this very id, in the trash or not.
fn naming(sql: &Connection, person: PersonId) -> Result<Vec<EntryId>, StoreError> {
    let mut read = sql.prepare_cached("SELECT entry FROM entry_person WHERE person = ?1 ORDER BY entry")?;
    let rows = read.query_map([person.as_bytes()], |row| Ok(EntryId::from_bytes(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Lists whom an entry names, by the ids that stand in it.
pub(super) fn named_in(sql: &Connection, entry: EntryId) -> Result<Vec<PersonId>, StoreError> {
    let mut read = sql.prepare_cached("SELECT person FROM entry_person WHERE entry = ?1 ORDER BY place")?;
    let rows = read.query_map([entry.as_bytes()], |row| Ok(PersonId::from_bytes(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Lists the entries outside the trash that name one of some people, newest first: the first of them, and how many there are.
pub(super) fn entries_naming(
    sql: &Connection,
    people: &[PersonId],
    most: usize,
) -> Result<(Vec<NamingEntry>, u32), StoreError> {
    let marks = vec!["?"; people.len()].join(", ");
    let mut read = sql.prepare(&format!(
        "SELECT DISTINCT e.id, e.title, e.excerpt, e.order_key FROM entry_person AS p JOIN entry AS e ON e.id = p.entry \
         WHERE p.person IN ({marks}) AND e.trashed_at IS NULL ORDER BY e.order_key DESC, e.id DESC"
    ))?;
    let mut rows = read.query(rusqlite::params_from_iter(people.iter().map(PersonId::as_bytes)))?;
    let (mut first, mut count) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        count += 1;
        if first.len() < most {
            first.push(NamingEntry {
                id: EntryId::from_bytes(row.get(0)?),
                title: row.get(1)?,
                excerpt: row.get(2)?,
                on: day_and_time(row.get(3)?).0,
            });
        }
    }
    Ok((first, count))
}

/// Reads the line about somebody.
pub(super) fn about(sql: &Connection, id: PersonId) -> Result<String, StoreError> {
    Ok(sql
        .prepare_cached("SELECT about FROM person WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| row.get(0))?)
}

/// Lists the other names of somebody, in order of spelling.
pub(super) fn other_names(sql: &Connection, id: PersonId) -> Result<Vec<String>, StoreError> {
    let mut read = sql.prepare_cached("SELECT name FROM person_name WHERE person = ?1 ORDER BY name")?;
    Ok(read.query_map([id.as_bytes()], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
