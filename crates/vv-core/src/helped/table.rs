//! The table of notes of help: all SQL of the feature. `project` alone writes it.

use rusqlite::{Connection, params};

use super::model::Helped;
use super::record;
use crate::day;
use crate::ids::{EntryId, HelpedId, PersonId};
use crate::journal::record::ms_of;
use crate::people::Directory;
use crate::store::error::StoreError;
use crate::store::op::Object;
use crate::store::topics::Topic;
use crate::store::tx::Tx;

/// Projects a note into its row; one that was removed loses it.
pub(crate) fn project(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    tx.publish(Topic::People);
    let sql = tx.sql();
    // Without a person it is no note: a record that names somebody may still be on its way.
    let person = object.id(record::PERSON).filter(|_| !object.erased);
    let Some(person) = person else {
        sql.prepare_cached("DELETE FROM helped WHERE id = ?1")?.execute([&object.id])?;
        return Ok(());
    };
    sql.prepare_cached("INSERT OR REPLACE INTO helped VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(
        params![
            object.id,
            person,
            object.text(record::WHO),
            object.text(record::SUBJECT),
            object.int(record::ON).unwrap_or(1),
            object.id(record::ENTRY),
            ms_of(object.updated),
        ],
    )?;
    Ok(())
}

/// Lists every note, newest day first. There are as many as a person writes by hand.
pub(super) fn list(sql: &Connection) -> Result<Vec<Helped>, StoreError> {
    let known = Directory::read(sql)?;
    let mut read = sql.prepare_cached(
        "SELECT h.id, h.person, h.who, h.subject, h.on_day, e.id, coalesce(nullif(e.title, ''), e.excerpt, '') \
         FROM helped AS h LEFT JOIN entry AS e ON e.id = h.entry AND e.trashed_at IS NULL \
         ORDER BY h.on_day DESC, h.id DESC",
    )?;
    let rows = read.query_map([], |row| {
        let person = PersonId::from_bytes(row.get(1)?);
        let written: String = row.get(2)?;
        Ok(Helped {
            id: HelpedId::from_bytes(row.get(0)?),
            person: known.root(person),
            who: known.name(person).map_or(written, str::to_owned),
            subject: row.get(3)?,
            on: day::of_number(row.get(4)?).unwrap_or_default(),
            entry: row.get::<_, Option<[u8; 16]>>(5)?.map(EntryId::from_bytes),
            entry_title: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
