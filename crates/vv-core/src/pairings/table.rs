//! The rows of pairings as they are read. `project.rs` writes them; these two hold all SQL of the feature.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::kinds::{LineRelation, PairingKind, Part};
use super::model::Line;
use super::record::Deed;
use crate::day;
use crate::ids::{
    AgreementId, GoalId, LineId, PairGoalId, PairSessionId, PairingId, PersonId, PromiseId, ResponsibilityId,
};
use crate::spaces::{MemberId, SpaceId};
use crate::store::StoreError;

pub(crate) use super::table_at_a_glance::{
    ActGlance, GoalGlance, People, PromiseGlance, SessionGlance, glance_at_acts, glance_at_goals,
    glance_at_promises, glance_at_sessions, people,
};

/// Names the rows of one home: the number of the space, and the home within it.
pub(crate) type HomeKey = (i64, [u8; 16]);

type Rows<T> = Result<Vec<T>, StoreError>;

/// Is a row of `pairing`.
#[derive(Debug, Clone)]
pub(crate) struct SideRow {
    pub id: PairingId,
    pub name: String,
    pub person: Option<PersonId>,
    pub hope: String,
    pub why: String,
    pub space: Option<SpaceId>,
    pub other: Option<SpaceId>,
    pub earlier: Option<PairingId>,
    pub wish: Option<bool>,
    pub trashed: bool,
    pub begun_on: NaiveDate,
}

const SIDE: &str =
    "id, name, person, hope, why, space, other, earlier, wish, trashed_at IS NOT NULL, begun_on FROM pairing";

fn read_side(row: &Row<'_>) -> rusqlite::Result<SideRow> {
    let space = |at: usize| row.get::<_, Option<[u8; 16]>>(at).map(|id| id.map(SpaceId));
    Ok(SideRow {
        id: PairingId::from_bytes(row.get(0)?),
        name: row.get(1)?,
        person: row.get::<_, Option<[u8; 16]>>(2)?.map(PersonId::from_bytes),
        hope: row.get(3)?,
        why: row.get(4)?,
        space: space(5)?,
        other: space(6)?,
        earlier: row.get::<_, Option<[u8; 16]>>(7)?.map(PairingId::from_bytes),
        wish: row.get(8)?,
        trashed: row.get(9)?,
        begun_on: day_of(row.get(10)?),
    })
}

pub(super) fn day_of(number: i64) -> NaiveDate {
    day::of_number(number).unwrap_or_default()
}

fn instant_of(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or(DateTime::UNIX_EPOCH)
}

/// Reads a side.
pub(crate) fn side(sql: &Connection, id: PairingId) -> Result<Option<SideRow>, StoreError> {
    Ok(sql
        .prepare_cached(&format!("SELECT {SIDE} WHERE id = ?1"))?
        .query_row([id.as_bytes()], read_side)
        .optional()?)
}

/// Lists all sides, in the order in which they were begun.
pub(crate) fn sides(sql: &Connection) -> Rows<SideRow> {
    Ok(sql
        .prepare_cached(&format!("SELECT {SIDE} ORDER BY begun_on, id"))?
        .query_map([], read_side)?
        .collect::<Result<_, _>>()?)
}

/// Finds the side that leads to a space, when there is one.
pub(crate) fn side_to(sql: &Connection, space: &SpaceId) -> Result<Option<PairingId>, StoreError> {
    let found: Option<[u8; 16]> = sql
        .prepare_cached("SELECT id FROM pairing WHERE space = ?1 OR other = ?1 ORDER BY trashed_at IS NOT NULL, id LIMIT 1")?
        .query_row([space.0], |row| row.get(0))
        .optional()?;
    Ok(found.map(PairingId::from_bytes))
}

/// Is a row of `charter`.
#[derive(Debug, Clone)]
pub(crate) struct CharterRow {
    pub kind: PairingKind,
    pub leads: i64,
    pub first_about: String,
    pub second_about: String,
    pub rhythm_days: u32,
    pub minutes: u32,
    pub sessions: u32,
    pub begun_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub programme: String,
    pub purpose: String,
}

const CHARTER: &str = "sid, home, kind, leads, first_about, second_about, rhythm_days, minutes, sessions, begun_on, ends_on, \
                       programme, purpose FROM charter";

fn read_charter(row: &Row<'_>) -> rusqlite::Result<(HomeKey, CharterRow)> {
    let count = |at: usize| row.get::<_, i64>(at).map(|number| u32::try_from(number).unwrap_or(0));
    let charter = CharterRow {
        kind: PairingKind::of_number(row.get(2)?),
        leads: row.get(3)?,
        first_about: row.get(4)?,
        second_about: row.get(5)?,
        rhythm_days: count(6)?.clamp(1, 365),
        minutes: count(7)?.clamp(1, 24 * 60),
        sessions: count(8)?,
        begun_on: day_of(row.get(9)?),
        ends_on: row.get::<_, Option<i64>>(10)?.and_then(day::of_number),
        programme: row.get(11)?,
        purpose: row.get(12)?,
    };
    Ok(((row.get(0)?, row.get(1)?), charter))
}

/// Reads the charter of a home.
pub(crate) fn charter(sql: &Connection, (sid, home): HomeKey) -> Result<Option<CharterRow>, StoreError> {
    let text = format!("SELECT {CHARTER} WHERE sid = ?1 AND home = ?2");
    let found = sql.prepare_cached(&text)?.query_row(params![sid, home], read_charter).optional()?;
    Ok(found.map(|(_, charter)| charter))
}

/// Reads all charters.
pub(crate) fn charters(sql: &Connection) -> Result<BTreeMap<HomeKey, CharterRow>, StoreError> {
    let text = format!("SELECT {CHARTER}");
    Ok(sql.prepare_cached(&text)?.query_map([], read_charter)?.collect::<Result<_, _>>()?)
}

/// Is a row of `pair_act`.
#[derive(Debug, Clone)]
pub(crate) struct ActRow {
    pub object: [u8; 16],
    pub fid: i64,
    pub of_other: bool,
    pub what: Deed,
    pub at_ms: i64,
    pub on: NaiveDate,
    pub number: Option<i64>,
    pub words: String,
}

impl ActRow {
    /// Tells when it was done, as its author's clock said.
    pub(crate) fn at(&self) -> DateTime<Utc> {
        instant_of(self.at_ms)
    }

    /// Gives the day that its number holds.
    pub(crate) fn day(&self) -> Option<NaiveDate> {
        self.number.and_then(day::of_number)
    }
}

const ACT: &str = "sid, home, object, fid, whose, what, at_ms, on_day, number, words FROM pair_act";

fn read_act(row: &Row<'_>) -> rusqlite::Result<Option<(HomeKey, ActRow)>> {
    let Some(what) = Deed::of_number(row.get(5)?) else { return Ok(None) };
    let act = ActRow {
        object: row.get(2)?,
        fid: row.get(3)?,
        of_other: row.get(4)?,
        what,
        at_ms: row.get(6)?,
        on: day_of(row.get(7)?),
        number: row.get(8)?,
        words: row.get(9)?,
    };
    Ok(Some(((row.get(0)?, row.get(1)?), act)))
}

/// Reads the acts of a home, those of one object after each other, each in the order of their times.
pub(crate) fn acts(sql: &Connection, (sid, home): HomeKey) -> Rows<ActRow> {
    let text = format!("SELECT {ACT} WHERE sid = ?1 AND home = ?2 ORDER BY object, place");
    let mut read = sql.prepare_cached(&text)?;
    let rows = read.query_map(params![sid, home], read_act)?;
    let found: Vec<Option<(HomeKey, ActRow)>> = rows.collect::<Result<_, _>>()?;
    Ok(found.into_iter().flatten().map(|(_, act)| act).collect())
}

/// Puts acts together by the object that they are about.
pub(crate) fn by_object(acts: &[ActRow]) -> BTreeMap<[u8; 16], Vec<&ActRow>> {
    let mut found: BTreeMap<[u8; 16], Vec<&ActRow>> = BTreeMap::new();
    for act in acts {
        found.entry(act.object).or_default().push(act);
    }
    found
}

/// Reads the acts of one object.
pub(crate) fn acts_on(sql: &Connection, (sid, home): HomeKey, object: &[u8; 16]) -> Rows<ActRow> {
    let text = format!("SELECT {ACT} WHERE sid = ?1 AND home = ?2 AND object = ?3 ORDER BY place");
    let mut read = sql.prepare_cached(&text)?;
    let rows = read.query_map(params![sid, home, object], read_act)?;
    let found: Vec<Option<(HomeKey, ActRow)>> = rows.collect::<Result<_, _>>()?;
    Ok(found.into_iter().flatten().map(|(_, act)| act).collect())
}

/// Is a row of `pair_session`.
#[derive(Debug, Clone)]
pub(crate) struct SessionRow {
    pub id: PairSessionId,
    /// 1 open, 2 held, 3 cancelled.
    pub state: i64,
    pub on: NaiveDate,
    pub starts_ms: Option<i64>,
    pub start_fid: i64,
    pub minutes: u32,
    pub place: String,
    pub zone: String,
    pub number: Option<u32>,
    pub lane: i64,
    pub topic: String,
    pub live_case: String,
    pub whose: Option<i64>,
    pub uid: String,
}

impl SessionRow {
    pub(crate) const OPEN: i64 = 1;
    pub(crate) const HELD: i64 = 2;
    pub(crate) const CANCELLED: i64 = 3;

    /// Tells when it begins.
    pub(crate) fn starts_at(&self) -> Option<DateTime<Utc>> {
        self.starts_ms.and_then(DateTime::from_timestamp_millis)
    }
}

const SESSION: &str = "sid, home, id, state, on_day, starts_at, start_fid, minutes, place, zone, number, lane, topic, \
                       live_case, whose, uid FROM pair_session";

fn read_session(row: &Row<'_>) -> rusqlite::Result<(HomeKey, SessionRow)> {
    let session = SessionRow {
        id: PairSessionId::from_bytes(row.get(2)?),
        state: row.get(3)?,
        on: day_of(row.get(4)?),
        starts_ms: row.get(5)?,
        start_fid: row.get(6)?,
        minutes: u32::try_from(row.get::<_, i64>(7)?).unwrap_or(0),
        place: row.get(8)?,
        zone: row.get(9)?,
        number: row.get::<_, Option<i64>>(10)?.and_then(|number| u32::try_from(number).ok()),
        lane: row.get(11)?,
        topic: row.get(12)?,
        live_case: row.get(13)?,
        whose: row.get(14)?,
        uid: row.get(15)?,
    };
    Ok(((row.get(0)?, row.get(1)?), session))
}

/// Reads the sessions of a home, in the order of their days.
pub(crate) fn sessions(sql: &Connection, (sid, home): HomeKey) -> Rows<SessionRow> {
    let text = format!("SELECT {SESSION} WHERE sid = ?1 AND home = ?2 ORDER BY on_day, starts_at, id");
    let mut read = sql.prepare_cached(&text)?;
    let rows = read.query_map(params![sid, home], |row| Ok(read_session(row)?.1))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Reads one session.
pub(crate) fn session(
    sql: &Connection,
    (sid, home): HomeKey,
    id: PairSessionId,
) -> Result<Option<SessionRow>, StoreError> {
    let text = format!("SELECT {SESSION} WHERE sid = ?1 AND home = ?2 AND id = ?3");
    let found =
        sql.prepare_cached(&text)?.query_row(params![sid, home, id.as_bytes()], read_session).optional()?;
    Ok(found.map(|(_, session)| session))
}

/// Is a row of `promise`.
#[derive(Debug, Clone)]
pub(crate) struct PromiseRow {
    pub id: PromiseId,
    pub owner: i64,
    pub what: String,
    pub due_on: Option<NaiveDate>,
    pub place: String,
    pub if_then: String,
    pub small: String,
    pub session: Option<PairSessionId>,
    pub made_on: NaiveDate,
    pub fid: i64,
}

/// Reads the promises of a home, the one that is due first first.
pub(crate) fn promises(sql: &Connection, (sid, home): HomeKey) -> Rows<PromiseRow> {
    let mut read = sql.prepare_cached(
        "SELECT id, owner, what, due_on, place, if_then, small, session, made_on, fid FROM promise
         WHERE sid = ?1 AND home = ?2 ORDER BY due_on IS NULL, due_on, id",
    )?;
    let rows = read.query_map(params![sid, home], |row| {
        Ok(PromiseRow {
            id: PromiseId::from_bytes(row.get(0)?),
            owner: row.get(1)?,
            what: row.get(2)?,
            due_on: row.get::<_, Option<i64>>(3)?.and_then(day::of_number),
            place: row.get(4)?,
            if_then: row.get(5)?,
            small: row.get(6)?,
            session: row.get::<_, Option<[u8; 16]>>(7)?.map(PairSessionId::from_bytes),
            made_on: day_of(row.get(8)?),
            fid: row.get(9)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Is a row of `pair_goal`.
#[derive(Debug, Clone)]
pub(crate) struct GoalRow {
    pub id: PairGoalId,
    pub lane: i64,
    pub what: String,
    pub sign: String,
    pub made_on: NaiveDate,
}

/// Reads the goals of a home, the oldest first.
pub(crate) fn goals(sql: &Connection, (sid, home): HomeKey) -> Rows<GoalRow> {
    let mut read = sql.prepare_cached(
        "SELECT id, lane, what, sign, made_on FROM pair_goal WHERE sid = ?1 AND home = ?2 ORDER BY made_on, id",
    )?;
    let rows = read.query_map(params![sid, home], |row| {
        Ok(GoalRow {
            id: PairGoalId::from_bytes(row.get(0)?),
            lane: row.get(1)?,
            what: row.get(2)?,
            sign: row.get(3)?,
            made_on: day_of(row.get(4)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Finds the goals of the journal behind the goals of a pairing.
pub(crate) fn goals_behind(
    sql: &Connection,
    pairing: PairingId,
) -> Result<BTreeMap<PairGoalId, GoalId>, StoreError> {
    let mut read =
        sql.prepare_cached("SELECT pair_goal, goal FROM goal_behind WHERE pairing = ?1 ORDER BY goal")?;
    let rows = read.query_map([pairing.as_bytes()], |row| {
        Ok((PairGoalId::from_bytes(row.get(0)?), GoalId::from_bytes(row.get(1)?)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Is a row of `responsibility`.
#[derive(Debug, Clone)]
pub(crate) struct ResponsibilityRow {
    pub id: ResponsibilityId,
    pub name: String,
    pub about: String,
    pub risk: u32,
    pub rarity: u32,
    pub decision: i64,
    pub successors: Vec<String>,
    pub session: Option<PairSessionId>,
}

/// Reads what is handed over in a home: what would be worst to lose first.
pub(crate) fn responsibilities(sql: &Connection, (sid, home): HomeKey) -> Rows<ResponsibilityRow> {
    let mut read = sql.prepare_cached(
        "SELECT id, name, about, risk, rarity, decision, successors, session FROM responsibility
         WHERE sid = ?1 AND home = ?2 ORDER BY risk * rarity DESC, id",
    )?;
    let rows = read.query_map(params![sid, home], |row| {
        let count =
            |at: usize| row.get::<_, i64>(at).map(|number| u32::try_from(number.clamp(0, 5)).unwrap_or(0));
        let successors: String = row.get(6)?;
        Ok(ResponsibilityRow {
            id: ResponsibilityId::from_bytes(row.get(0)?),
            name: row.get(1)?,
            about: row.get(2)?,
            risk: count(3)?,
            rarity: count(4)?,
            decision: row.get(5)?,
            successors: successors.lines().map(str::to_owned).collect(),
            session: row.get::<_, Option<[u8; 16]>>(7)?.map(PairSessionId::from_bytes),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Is a row of `agreement`.
#[derive(Debug, Clone)]
pub(crate) struct AgreementRow {
    pub id: AgreementId,
    pub fid: i64,
    pub at_ms: i64,
    pub text: Vec<u8>,
}

/// Reads the agreements of a home in the order in which they were put forward.
pub(crate) fn agreements(sql: &Connection, (sid, home): HomeKey) -> Rows<AgreementRow> {
    let mut read = sql.prepare_cached(
        "SELECT id, fid, at_ms, text FROM agreement WHERE sid = ?1 AND home = ?2 ORDER BY at_ms, id",
    )?;
    let rows = read.query_map(params![sid, home], |row| {
        Ok(AgreementRow {
            id: AgreementId::from_bytes(row.get(0)?),
            fid: row.get(1)?,
            at_ms: row.get(2)?,
            text: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Is a row of `agreement_signature`.
#[derive(Debug, Clone)]
pub(crate) struct SignatureRow {
    pub agreement: AgreementId,
    pub fid: i64,
    pub of_other: bool,
    pub at_ms: i64,
    pub hash: [u8; 32],
    pub text: Vec<u8>,
}

/// Reads the signatures of a home.
pub(crate) fn signatures(sql: &Connection, (sid, home): HomeKey) -> Rows<SignatureRow> {
    let mut read = sql.prepare_cached(
        "SELECT agreement, fid, whose, at_ms, hash, text FROM agreement_signature
         WHERE sid = ?1 AND home = ?2 ORDER BY at_ms, agreement, place",
    )?;
    let rows = read.query_map(params![sid, home], |row| {
        Ok(SignatureRow {
            agreement: AgreementId::from_bytes(row.get(0)?),
            fid: row.get(1)?,
            of_other: row.get(2)?,
            at_ms: row.get(3)?,
            hash: row.get(4)?,
            text: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Reads what was written before a session: thoughts and what is wanted of it.
pub(crate) fn preparation(sql: &Connection, id: &[u8; 16]) -> Result<Option<(String, String)>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT thoughts, want FROM preparation WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Reads the person's line at work.
pub(crate) fn lines(sql: &Connection) -> Rows<Line> {
    let mut read =
        sql.prepare_cached("SELECT id, person, account, name, relation, since_on, until_on FROM work_line")?;
    let rows = read.query_map([], |row| {
        Ok(Line {
            id: LineId::from_bytes(row.get(0)?),
            person: row.get::<_, Option<[u8; 16]>>(1)?.map(PersonId::from_bytes),
            account: row.get::<_, Option<[u8; 32]>>(2)?.map(MemberId),
            name: row.get(3)?,
            relation: LineRelation::of_number(row.get(4)?),
            since: row.get::<_, Option<i64>>(5)?.and_then(day::of_number),
            until: row.get::<_, Option<i64>>(6)?.and_then(day::of_number),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Reads when the person decided what entries of their line mean for a pairing.
pub(crate) fn line_decisions(
    sql: &Connection,
    pairing: PairingId,
) -> Result<BTreeMap<LineId, NaiveDate>, StoreError> {
    let mut read = sql.prepare_cached("SELECT line, on_day FROM line_decision WHERE pairing = ?1")?;
    let rows = read
        .query_map([pairing.as_bytes()], |row| Ok((LineId::from_bytes(row.get(0)?), day_of(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Reads for how many the person said that they have room.
pub(crate) fn capacity(sql: &Connection) -> Result<BTreeMap<Part, u32>, StoreError> {
    let mut read = sql.prepare_cached("SELECT part, most FROM capacity")?;
    let rows = read.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
    let mut found = BTreeMap::new();
    for row in rows {
        let (part, most) = row?;
        if let (Some(part), Ok(most)) = (Part::of_number(part), u32::try_from(most)) {
            found.insert(part, most);
        }
    }
    Ok(found)
}

/// Tells in which stream a feed is.
pub(crate) fn stream_of(sql: &Connection, fid: i64) -> Result<Option<u32>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT stream FROM feed WHERE fid = ?1")?
        .query_row([fid], |row| row.get(0))
        .optional()?)
}
