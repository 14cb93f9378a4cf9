//! Where the objects of meetings, sealed answers, excerpts and thanks are: all SQL of these features. `project` alone writes.

use rusqlite::{Connection, params};

use super::home::HOME;
use super::record;
use crate::excerpts::record as excerpt;
use crate::journal::record::ms_of;
use crate::pairings::home::home_key;
use crate::sealed;
use crate::store::op::{Kind, Object, ObjectId, Value};
use crate::store::topics::Topic;
use crate::store::{StoreError, Tx};
use crate::thanks::record as thanks;

/// Projects an object into its row; one that was deleted for good loses it.
pub(crate) fn project(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    tx.publish(Topic::Pairings);
    let (sql, place) = (tx.sql(), tx.place());
    let of_journal = || object.id(HOME);
    let kind = Kind(object.kind);
    let number = |field: u32| object.int(field).unwrap_or(0);
    let row = match kind {
        _ if object.erased => None,
        Kind::Meeting => home_key(tx, object).map(|home| {
            (home, object.id(record::SESSION), number(record::STATUS), number(record::STARTED_AT))
        }),
        Kind::MeetingOwn => {
            of_journal().map(|home| (home, object.id(record::OWN_OF), 0, ms_of(object.created)))
        }
        Kind::Sealed => sealed::matter_of(object, place.space)
            .map(|matter| (place.space, matter.of(), matter.number(), ms_of(object.created))),
        Kind::SealedOwn => of_journal()
            .map(|home| (home, object.id(sealed::OWN_OF), number(sealed::OWN_DONE), ms_of(object.created))),
        Kind::Excerpt | Kind::Thanks => {
            home_key(tx, object).map(|home| (home, None, 0, ms_of(object.created)))
        }
        Kind::ExcerptOwn => of_journal().map(|home| {
            (home, object.id(excerpt::OWN_ENTRY), number(excerpt::OWN_STATE), ms_of(object.created))
        }),
        Kind::ThanksKept => of_journal().map(|home| {
            (home, object.id(thanks::OWN_OF), number(thanks::OWN_DECISION), ms_of(object.created))
        }),
        _ => None,
    };
    let Some((home, of, state, at_ms)) = row else {
        sql.prepare_cached("DELETE FROM meeting_part WHERE sid = ?1 AND id = ?2 AND kind = ?3")?
            .execute(params![place.sid, object.id, object.kind])?;
        return Ok(());
    };
    sql.prepare_cached("INSERT OR REPLACE INTO meeting_part VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
        .execute(params![place.sid, object.kind, object.id, home, of, state, at_ms])?;
    Ok(())
}

/// Lists the objects of a kind in a home, the latest first.
pub(crate) fn of_home(sql: &Connection, home: &[u8; 16], kind: Kind) -> Result<Vec<ObjectId>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT id FROM meeting_part WHERE home = ?1 AND kind = ?2 ORDER BY at_ms DESC, id DESC LIMIT 2000",
    )?;
    Ok(read.query_map(params![home, kind.0], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Lists the objects of a kind that are about something, the latest first.
pub(crate) fn about(sql: &Connection, of: &[u8; 16], kind: Kind) -> Result<Vec<ObjectId>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT id FROM meeting_part WHERE of = ?1 AND kind = ?2 ORDER BY at_ms DESC, id DESC LIMIT 2000",
    )?;
    Ok(read.query_map(params![of, kind.0], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Lists the sealed objects of a home that are about one matter, or look like it.
pub(crate) fn seals(
    sql: &Connection,
    sid: i64,
    home: &[u8; 16],
    number: i64,
    of: Option<[u8; 16]>,
) -> Result<Vec<ObjectId>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT id FROM meeting_part WHERE sid = ?1 AND kind = ?2 AND home = ?3 AND state = ?4 AND of IS ?5 ORDER BY id",
    )?;
    let rows = read.query_map(params![sid, Kind::Sealed.0, home, number, of], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Lists the sealed objects of one kind of matter in a home.
pub(crate) fn all_seals(
    sql: &Connection,
    sid: i64,
    home: &[u8; 16],
    number: i64,
) -> Result<Vec<ObjectId>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT id FROM meeting_part WHERE sid = ?1 AND kind = ?2 AND home = ?3 AND state = ?4 ORDER BY at_ms, id",
    )?;
    let rows = read.query_map(params![sid, Kind::Sealed.0, home, number], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Lists what the person keeps of sealed objects of a home.
pub(crate) fn own_seals(sql: &Connection, home: &[u8; 16]) -> Result<Vec<ObjectId>, StoreError> {
    let mut read =
        sql.prepare_cached("SELECT id FROM meeting_part WHERE home = ?1 AND kind = ?2 ORDER BY at_ms, id")?;
    Ok(read.query_map(params![home, Kind::SealedOwn.0], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Lists what the person has sealed and is not done with, each with its home.
pub(crate) fn waiting_seals(sql: &Connection) -> Result<Vec<(ObjectId, [u8; 16])>, StoreError> {
    let mut read =
        sql.prepare_cached("SELECT id, home FROM meeting_part WHERE kind = ?1 AND state = 0 ORDER BY id")?;
    let rows = read.query_map(params![Kind::SealedOwn.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Lists meetings that are finished and of which the person has not made what is theirs, each with its home and whether that is a
/// space.
pub(crate) fn finished_unmade(sql: &Connection) -> Result<Vec<(ObjectId, [u8; 16])>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT m.id, m.home FROM meeting_part m WHERE m.kind = ?1 AND m.state = 1 AND NOT EXISTS (
           SELECT 1 FROM meeting_part o JOIN obj ON obj.space = o.sid AND obj.id = o.id JOIN field f ON f.oid = obj.oid AND f.field = ?3
           WHERE o.of = m.id AND o.kind = ?2) ORDER BY m.at_ms, m.id",
    )?;
    let rows = read.query_map(params![Kind::Meeting.0, Kind::MeetingOwn.0, record::OWN_MADE], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Gives the value of an id, or nothing.
pub(crate) fn id_value(id: Option<&[u8; 16]>) -> Value {
    id.map_or(Value::Null, |id| Value::Bytes(id.to_vec()))
}
