//! The rows of all pairings without their words, and the people behind their feeds: what the desk reads.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rusqlite::{Connection, params};
use vv_protocol::CONTENT_STREAM;

use super::record::Deed;
use super::table::{HomeKey, day_of};
use crate::day;
use crate::ids::{PairSessionId, PromiseId};
use crate::store::StoreError;

/// Says of which homes rows are read: of one, or of all.
fn of_home(only: Option<HomeKey>) -> (&'static str, Vec<rusqlite::types::Value>) {
    match only {
        Some((sid, home)) => ("WHERE sid = ?1 AND home = ?2", vec![sid.into(), home.to_vec().into()]),
        None => ("", Vec::new()),
    }
}

/// Is a session as the desk needs it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SessionGlance {
    pub id: PairSessionId,
    pub state: i64,
    pub on: NaiveDate,
    pub starts_ms: Option<i64>,
    pub start_fid: i64,
    pub minutes: u32,
    pub lane: i64,
}

/// Reads the sessions of one home or of all, without their words.
pub(crate) fn glance_at_sessions(
    sql: &Connection,
    only: Option<HomeKey>,
) -> Result<BTreeMap<HomeKey, Vec<SessionGlance>>, StoreError> {
    let (which, with) = of_home(only);
    let mut read = sql.prepare_cached(&format!(
        "SELECT sid, home, id, state, on_day, starts_at, start_fid, minutes, lane FROM pair_session {which}
         ORDER BY on_day, starts_at, id"
    ))?;
    let mut rows = read.query(rusqlite::params_from_iter(with))?;
    let mut found: BTreeMap<HomeKey, Vec<SessionGlance>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        found.entry((row.get(0)?, row.get(1)?)).or_default().push(SessionGlance {
            id: PairSessionId::from_bytes(row.get(2)?),
            state: row.get(3)?,
            on: day_of(row.get(4)?),
            starts_ms: row.get(5)?,
            start_fid: row.get(6)?,
            minutes: u32::try_from(row.get::<_, i64>(7)?).unwrap_or(0),
            lane: row.get(8)?,
        });
    }
    Ok(found)
}

/// Is a promise as the desk needs it, with its acts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PromiseGlance {
    pub id: PromiseId,
    pub owner: i64,
    pub due_on: Option<NaiveDate>,
    pub made_on: NaiveDate,
}

/// Reads the promises of one home or of all, without their words.
pub(crate) fn glance_at_promises(
    sql: &Connection,
    only: Option<HomeKey>,
) -> Result<BTreeMap<HomeKey, Vec<PromiseGlance>>, StoreError> {
    let (which, with) = of_home(only);
    let text = format!("SELECT sid, home, id, owner, due_on, made_on FROM promise {which}");
    let mut read = sql.prepare_cached(&text)?;
    let mut rows = read.query(rusqlite::params_from_iter(with))?;
    let mut found: BTreeMap<HomeKey, Vec<PromiseGlance>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        found.entry((row.get(0)?, row.get(1)?)).or_default().push(PromiseGlance {
            id: PromiseId::from_bytes(row.get(2)?),
            owner: row.get(3)?,
            due_on: row.get::<_, Option<i64>>(4)?.and_then(day::of_number),
            made_on: day_of(row.get(5)?),
        });
    }
    Ok(found)
}

/// Is an act as the desk needs it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ActGlance {
    pub object: [u8; 16],
    pub fid: i64,
    pub of_other: bool,
    pub what: Deed,
    pub on: NaiveDate,
    pub number: Option<i64>,
}

/// Reads the acts of one home or of all, without their words.
pub(crate) fn glance_at_acts(
    sql: &Connection,
    only: Option<HomeKey>,
) -> Result<BTreeMap<HomeKey, Vec<ActGlance>>, StoreError> {
    let (which, with) = of_home(only);
    let mut read = sql.prepare_cached(&format!(
        "SELECT sid, home, object, fid, whose, what, on_day, number FROM pair_act {which} ORDER BY sid, home, object, place"
    ))?;
    let mut rows = read.query(rusqlite::params_from_iter(with))?;
    let mut found: BTreeMap<HomeKey, Vec<ActGlance>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let Some(what) = Deed::of_number(row.get(5)?) else { continue };
        found.entry((row.get(0)?, row.get(1)?)).or_default().push(ActGlance {
            object: row.get(2)?,
            fid: row.get(3)?,
            of_other: row.get(4)?,
            what,
            on: day_of(row.get(6)?),
            number: row.get(7)?,
        });
    }
    Ok(found)
}

/// Is a goal and the number of its lane, as the desk needs it.
pub(crate) type GoalGlance = ([u8; 16], i64);

/// Reads in which lane the goals of one home or of all lie.
pub(crate) fn glance_at_goals(
    sql: &Connection,
    only: Option<HomeKey>,
) -> Result<BTreeMap<HomeKey, Vec<GoalGlance>>, StoreError> {
    let (which, with) = of_home(only);
    let mut read = sql.prepare_cached(&format!("SELECT sid, home, id, lane FROM pair_goal {which}"))?;
    let mut rows = read.query(rusqlite::params_from_iter(with))?;
    let mut found: BTreeMap<HomeKey, Vec<GoalGlance>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        found.entry((row.get(0)?, row.get(1)?)).or_default().push((row.get(2)?, row.get(3)?));
    }
    Ok(found)
}

/// Is what is known of the people behind the feeds of spaces, without reading their control streams.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// The account behind each feed.
    pub behind: BTreeMap<i64, [u8; 32]>,
    /// Who founded each space.
    pub founders: BTreeMap<i64, [u8; 32]>,
    /// Who has written content in each space, or belongs to the two.
    pub peers: BTreeMap<i64, BTreeSet<[u8; 32]>>,
    /// Who of the two belongs to each space now.
    pub present: BTreeMap<i64, BTreeSet<[u8; 32]>>,
}

/// Reads the people of one space, or of all.
pub(crate) fn people(sql: &Connection, sid: Option<i64>) -> Result<People, StoreError> {
    let mut found = People::default();
    let mut read = sql.prepare_cached(
        "SELECT f.fid, f.space, f.stream, a.id FROM feed f JOIN device d ON d.sign = f.device
         JOIN account a ON a.space = d.space WHERE ?1 IS NULL OR f.space = ?1",
    )?;
    let mut rows = read.query([sid])?;
    while let Some(row) = rows.next()? {
        let (sid, stream, account): (i64, u32, [u8; 32]) = (row.get(1)?, row.get(2)?, row.get(3)?);
        found.behind.insert(row.get(0)?, account);
        if stream == CONTENT_STREAM {
            found.peers.entry(sid).or_default().insert(account);
        }
    }
    let mut read = sql.prepare_cached(
        "SELECT space, author FROM space_op WHERE type = ?1 AND (?2 IS NULL OR space = ?2)",
    )?;
    let mut rows = read.query(params![vv_protocol::OpType::SpaceGenesis.number(), sid])?;
    while let Some(row) = rows.next()? {
        found.founders.insert(row.get(0)?, row.get(1)?);
    }
    let mut read = sql
        .prepare_cached("SELECT space, account FROM member WHERE role = 4 AND (?1 IS NULL OR space = ?1)")?;
    let mut rows = read.query([sid])?;
    while let Some(row) = rows.next()? {
        let (sid, account) = (row.get(0)?, row.get(1)?);
        found.peers.entry(sid).or_default().insert(account);
        found.present.entry(sid).or_default().insert(account);
    }
    Ok(found)
}
