//! From objects to the tables of pairings. Nothing else writes them.
//!
//! A row says which feed wrote it; whose account that is, is looked up when it is read, because it may become known later.

use rusqlite::params;
use vv_protocol::CONTENT_STREAM;

use super::home::{acts_that_count, home_key};
use super::record;
use super::table::stream_of;
use crate::day;
use crate::journal::record::ms_of;
use crate::store::op::{Kind, Object, Value};
use crate::store::topics::Topic;
use crate::store::{StoreError, Tx};

/// Projects an object of a pairing, in the journal or in the space of the two.
pub(crate) fn project(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    tx.publish(Topic::Pairings);
    let kind = Kind(object.kind);
    match kind {
        Kind::Pairing => return side(tx, object),
        Kind::Preparation => return preparation(tx, object),
        Kind::Standing => return standing(tx, object),
        _ => {}
    }
    if object.erased {
        return forget(tx, &object.id);
    }
    let Some(home) = home_key(tx, object) else { return Ok(()) };
    let at = At { sid: tx.place().sid, home, id: object.id };
    project_acts(tx, &at)?;
    match kind {
        Kind::Charter => charter(tx, &at, object),
        Kind::PairSession => session(tx, &at, object),
        Kind::Promise => promise(tx, &at, object),
        Kind::PairGoal => goal(tx, &at, object),
        Kind::Responsibility => responsibility(tx, &at, object),
        Kind::Agreement => agreement(tx, &at, object),
        _ => Ok(()),
    }
}

/// Says where an object of a home stands in the tables.
struct At {
    sid: i64,
    home: [u8; 16],
    id: [u8; 16],
}

/// Removes the rows of an object that was deleted for good. To which pairing it belonged is deleted with it.
fn forget(tx: &mut Tx, id: &[u8; 16]) -> Result<(), StoreError> {
    let tables = [
        ("pair_act", "object"),
        ("charter", "id"),
        ("pair_session", "id"),
        ("promise", "id"),
        ("pair_goal", "id"),
        ("responsibility", "id"),
        ("agreement", "id"),
        ("agreement_signature", "agreement"),
    ];
    for (table, column) in tables {
        tx.sql().execute(
            &format!("DELETE FROM {table} WHERE sid = ?1 AND {column} = ?2"),
            params![tx.place().sid, id],
        )?;
    }
    Ok(())
}

fn number(object: &Object, field: u32) -> i64 {
    object.int(field).unwrap_or(0)
}

fn project_acts(tx: &mut Tx, at: &At) -> Result<(), StoreError> {
    let sql = tx.sql();
    sql.prepare_cached("DELETE FROM pair_act WHERE sid = ?1 AND home = ?2 AND object = ?3")?
        .execute(params![at.sid, at.home, at.id])?;
    let mut write = sql
        .prepare_cached("INSERT INTO pair_act VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)")?;
    for (place, (fid, act)) in acts_that_count(tx, &at.id)?.into_iter().enumerate() {
        write.execute(params![
            at.sid,
            at.home,
            at.id,
            place as i64,
            fid,
            i64::from(act.of_other),
            act.what as i64,
            act.at_ms,
            day::number(act.on),
            act.number,
            act.words,
            act.of,
        ])?;
    }
    Ok(())
}

fn side(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    use record::side::*;
    let sql = tx.sql();
    for table in ["goal_behind", "line_decision"] {
        sql.prepare_cached(&format!("DELETE FROM {table} WHERE pairing = ?1"))?.execute([&object.id])?;
    }
    if object.erased {
        sql.prepare_cached("DELETE FROM pairing WHERE id = ?1")?.execute([&object.id])?;
        return Ok(());
    }
    let made = crate::store::hlc::instant_of(object.created).date_naive();
    let begun_on = object.int(BEGUN_ON).unwrap_or(day::number(made));
    sql.prepare_cached(
        "INSERT OR REPLACE INTO pairing VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        object.id,
        object.text(NAME),
        object.id(PERSON),
        object.text(HOPE),
        object.text(WHY),
        object.id(SPACE),
        object.id(OTHER_SPACE),
        object.id(EARLIER),
        object.int(WISH),
        object.int(TRASHED_AT),
        begun_on,
        ms_of(object.updated),
    ])?;
    let mut write = sql.prepare_cached("INSERT OR REPLACE INTO goal_behind VALUES (?1, ?2, ?3)")?;
    for pair in object.elements(GOALS_BEHIND).iter().filter_map(Value::as_list) {
        if let [of, goal] = pair
            && let (Some(of), Some(goal)) = (of.as_id(), goal.as_id())
        {
            write.execute(params![object.id, of, goal])?;
        }
    }
    let mut write = sql.prepare_cached(
        "INSERT INTO line_decision VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET on_day = min(on_day, excluded.on_day)",
    )?;
    for pair in object.elements(LINE_DECISIONS).iter().filter_map(Value::as_list) {
        if let [line, on] = pair
            && let (Some(line), Some(on)) = (line.as_id(), on.as_int())
        {
            write.execute(params![object.id, line, on])?;
        }
    }
    Ok(())
}

fn charter(tx: &mut Tx, at: &At, object: &Object) -> Result<(), StoreError> {
    use record::charter::*;
    let sql = tx.sql();
    // A charter names its home by its own id; another object of the kind says nothing.
    let named = vv_protocol::hash("pairing-charter/v1", &[&at.home]);
    if !named.starts_with(&at.id) {
        return Ok(());
    }
    sql.prepare_cached(
        "INSERT OR REPLACE INTO charter VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute(params![
        at.sid,
        at.home,
        at.id,
        number(object, KIND),
        number(object, LEADS),
        object.text(FIRST_ABOUT),
        object.text(SECOND_ABOUT),
        number(object, RHYTHM),
        number(object, MINUTES),
        number(object, SESSIONS),
        number(object, BEGUN_ON),
        object.int(ENDS_ON),
        object.text(PROGRAMME),
        object.text(PURPOSE),
    ])?;
    Ok(())
}

fn session(tx: &mut Tx, at: &At, object: &Object) -> Result<(), StoreError> {
    use record::session::*;
    let traced = tx.traced(&at.id)?;
    let start = traced.and_then(|traced| traced.fields.get(&STARTS_AT).copied()).unwrap_or(0);
    tx.sql()
        .prepare_cached(
            "INSERT OR REPLACE INTO pair_session VALUES
             (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?
        .execute(params![
            at.sid,
            at.home,
            at.id,
            number(object, STATE),
            number(object, ON),
            object.int(STARTS_AT),
            start,
            number(object, MINUTES),
            object.text(PLACE),
            object.text(ZONE),
            object.int(NUMBER),
            number(object, LANE),
            object.text(TOPIC),
            object.text(CASE),
            object.int(WHOSE),
            object.text(UID),
        ])?;
    Ok(())
}

fn promise(tx: &mut Tx, at: &At, object: &Object) -> Result<(), StoreError> {
    use record::promise::*;
    let by = author_of(tx, at, WHAT)?;
    tx.sql()
        .prepare_cached(
            "INSERT OR REPLACE INTO promise VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            at.sid,
            at.home,
            at.id,
            number(object, OWNER),
            object.text(WHAT),
            object.int(DUE_ON),
            object.text(PLACE),
            object.text(IF_THEN),
            object.text(SMALL),
            object.id(SESSION),
            number(object, MADE_ON),
            by,
        ])?;
    Ok(())
}

/// Names the feed that set a field last; 0 when it was never set.
fn author_of(tx: &Tx, at: &At, field: u32) -> Result<i64, StoreError> {
    Ok(tx.traced(&at.id)?.and_then(|traced| traced.fields.get(&field).copied()).unwrap_or(0))
}

fn goal(tx: &mut Tx, at: &At, object: &Object) -> Result<(), StoreError> {
    use record::goal::*;
    tx.sql()
        .prepare_cached("INSERT OR REPLACE INTO pair_goal VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
        .execute(params![
            at.sid,
            at.home,
            at.id,
            number(object, LANE),
            object.text(WHAT),
            object.text(SIGN),
            number(object, MADE_ON),
        ])?;
    Ok(())
}

fn responsibility(tx: &mut Tx, at: &At, object: &Object) -> Result<(), StoreError> {
    use record::responsibility::*;
    let names: Vec<&str> = object
        .fields
        .get(&SUCCESSORS)
        .and_then(Value::as_list)
        .unwrap_or_default()
        .iter()
        .filter_map(Value::as_text)
        .collect();
    tx.sql()
        .prepare_cached(
            "INSERT OR REPLACE INTO responsibility VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            at.sid,
            at.home,
            at.id,
            object.text(NAME),
            object.text(ABOUT),
            number(object, RISK),
            number(object, RARITY),
            number(object, DECISION),
            names.join("\n"),
            object.id(SESSION),
        ])?;
    Ok(())
}

fn agreement(tx: &mut Tx, at: &At, object: &Object) -> Result<(), StoreError> {
    use record::agreement::*;
    let sql = tx.sql();
    sql.prepare_cached("DELETE FROM agreement_signature WHERE sid = ?1 AND home = ?2 AND agreement = ?3")?
        .execute(params![at.sid, at.home, at.id])?;
    let bytes = object.fields.get(&TEXT).and_then(Value::as_bytes).unwrap_or_default();
    let by = author_of(tx, at, TEXT)?;
    let review_on = super::agreement_text::decode(bytes).and_then(|text| text.review_on).map(day::number);
    sql.prepare_cached("INSERT OR REPLACE INTO agreement VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
        .execute(params![at.sid, at.home, at.id, by, number(object, AT), review_on, bytes])?;
    let is_journal = at.sid == tx.core().journal.sid;
    let traced = tx.traced(&at.id)?;
    let mut write =
        sql.prepare_cached("INSERT INTO agreement_signature VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
    let mut place = 0;
    for act in traced.iter().flat_map(|traced| traced.acts(SIGNATURES)) {
        let Some([whose, at_ms, hash, text]) = act.value.as_list() else { continue };
        let (Some(whose), Some(at_ms), Some(hash), Some(text)) =
            (whose.as_int(), at_ms.as_int(), hash.as_bytes(), text.as_bytes())
        else {
            continue;
        };
        if hash.len() != 32 || !(is_journal || stream_of(tx.sql(), act.fid)? == Some(CONTENT_STREAM)) {
            continue;
        }
        write.execute(params![at.sid, at.home, at.id, place, act.fid, whose, at_ms, hash, text])?;
        place += 1;
    }
    Ok(())
}

fn preparation(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    use record::preparation::*;
    let sql = tx.sql();
    let (Some(pairing), Some(session), false) = (object.id(PAIRING), object.id(SESSION), object.erased)
    else {
        sql.prepare_cached("DELETE FROM preparation WHERE id = ?1")?.execute([&object.id])?;
        return Ok(());
    };
    sql.prepare_cached("INSERT OR REPLACE INTO preparation VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(
        params![object.id, pairing, session, object.text(THOUGHTS), object.text(WANT), ms_of(object.updated)],
    )?;
    Ok(())
}

fn standing(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    use record::standing::*;
    let sql = tx.sql();
    for table in ["work_line", "capacity"] {
        sql.execute(&format!("DELETE FROM {table}"), [])?;
    }
    if object.erased || object.id != super::line::standing_object() {
        return Ok(());
    }
    let mut write = sql.prepare_cached("INSERT INTO work_line VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for kept in super::line::lines_of(object) {
        write.execute(params![
            kept.id.as_bytes(),
            kept.person.map(|person| *person.as_bytes()),
            kept.account.map(|account| account.0),
            kept.name,
            kept.relation.number(),
            kept.since.map(day::number),
            kept.until.map(day::number),
        ])?;
    }
    let mut write = sql.prepare_cached("INSERT INTO capacity VALUES (?1, ?2)")?;
    for part in super::kinds::Part::ALL {
        let field = ROOM + u32::try_from(part.number()).unwrap_or(0);
        if let Some(most) = object.int(field) {
            write.execute(params![part.number(), most])?;
        }
    }
    Ok(())
}
