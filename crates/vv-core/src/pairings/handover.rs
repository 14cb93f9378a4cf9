//! A handover: what is handed over, how bad it would be if it were lost, who takes it, and how far they are.
//!
//! A step of readiness counts when both have signed it: whoever hands over and whoever takes over. Nobody signs for the other.

use std::collections::{BTreeMap, BTreeSet};

use super::charter::open_home;
use super::error::PairingError;
use super::home::{Doing, Seat, act, commit, home_of, set, set_text};
use super::model::{HandoverDecision, Home, NewResponsibility, Readiness, Responsibility, Who};
use super::record::{Deed, responsibility};
use super::seats::Seats;
use super::sessions;
use super::table;
use crate::ids::{PairingId, ResponsibilityId};
use crate::store::op::{Kind, Object, Op, Value};
use crate::store::{Reader, Tx};
use crate::words::{Unfit, line, paragraphs, some_line};

/// How many may be named as successors of one thing.
const MOST_SUCCESSORS: usize = 12;

/// Adds something that is handed over; gives its id.
pub fn add_responsibility(
    tx: &mut Tx,
    id: PairingId,
    new: &NewResponsibility,
) -> Result<ResponsibilityId, PairingError> {
    let home = open_home(tx, id)?;
    let of: ResponsibilityId = tx.make_id();
    let ops = fields(tx, home, None, new)?;
    commit(tx, home, *of.as_bytes(), Some(Kind::Responsibility), Vec::new(), ops)?;
    Ok(of)
}

/// Changes what is said of something that is handed over. What is already so makes no record.
pub fn change_responsibility(
    tx: &mut Tx,
    id: PairingId,
    of: ResponsibilityId,
    new: &NewResponsibility,
) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let object = home.object(tx, of.as_bytes(), Kind::Responsibility)?.ok_or(PairingError::NotThere)?;
    let ops = fields(tx, home, Some(&object), new)?;
    commit(tx, home, *of.as_bytes(), None, Vec::new(), ops)
}

fn fields(
    reader: &Reader,
    home: Home,
    before: Option<&Object>,
    new: &NewResponsibility,
) -> Result<Vec<Op>, PairingError> {
    let name = some_line(&new.name, "name", "say what is handed over, in a few words")?;
    let mut successors = Vec::new();
    for successor in &new.successors {
        let successor = line(successor, "successors")?;
        if !successor.is_empty() && !successors.contains(&successor) {
            successors.push(successor);
        }
    }
    if successors.len() > MOST_SUCCESSORS {
        let why = format!("name at most {MOST_SUCCESSORS} people");
        return Err(Unfit { field: "successors", why }.into());
    }
    if let Some(session) = new.session {
        sessions::check(reader, home, session)?;
    }
    let scale = |number: u32, field: &'static str| super::charter::within(number, 0, 5, field);
    let names = successors.into_iter().map(Value::Text).collect();
    let session = new.session.map_or(Value::Null, |session| Value::Bytes(session.as_bytes().to_vec()));
    let decision = decision_number(new.decision.unwrap_or(HandoverDecision::Undecided));
    let ops = [
        set_text(before, responsibility::NAME, &name),
        set_text(before, responsibility::ABOUT, &paragraphs(&new.about, "about")?),
        set(before, responsibility::RISK, Value::Int(scale(new.risk, "risk")?.into())),
        set(before, responsibility::RARITY, Value::Int(scale(new.rarity, "rarity")?.into())),
        set(before, responsibility::DECISION, Value::Int(decision)),
        set(before, responsibility::SUCCESSORS, Value::List(names)),
        set(before, responsibility::SESSION, session),
    ];
    Ok(ops.into_iter().flatten().collect())
}

fn decision_number(decision: HandoverDecision) -> i64 {
    match decision {
        HandoverDecision::Undecided => 0,
        HandoverDecision::Transfer => 1,
        HandoverDecision::Stop => 2,
        HandoverDecision::Automate => 3,
    }
}

fn decision_of(number: i64) -> HandoverDecision {
    match number {
        1 => HandoverDecision::Transfer,
        2 => HandoverDecision::Stop,
        3 => HandoverDecision::Automate,
        _ => HandoverDecision::Undecided,
    }
}

fn deed_of(readiness: Readiness) -> Deed {
    match readiness {
        Readiness::Shadowed => Deed::Shadowed,
        Readiness::WithHelp => Deed::WithHelp,
        Readiness::Alone => Deed::Alone,
        Readiness::TaughtOn => Deed::TaughtOn,
    }
}

/// Signs that the successor has come as far as a step. It counts once both have. Of the other it is noted only by somebody who tracks
/// the handover alone.
pub fn sign_readiness(
    tx: &mut Tx,
    id: PairingId,
    of: ResponsibilityId,
    step: Readiness,
    by: Who,
) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let of_other = match (by, home) {
        (Who::Me, _) => false,
        (Who::Other, Home::Alone(_)) => true,
        _ => return Err(PairingError::NotYours),
    };
    let found = responsibilities_of(tx, home)?.into_iter().find(|one| one.id == of);
    let found = found.ok_or(PairingError::NotThere)?;
    if found.evidence.iter().any(|(signed, who, _)| *signed == step && *who == by) {
        return Ok(());
    }
    act(tx, home, *of.as_bytes(), deed_of(step), Doing { of_other, ..Doing::default() })
}

/// Lists what is handed over, what would be worst to lose first.
pub fn list_responsibilities(reader: &Reader, id: PairingId) -> Result<Vec<Responsibility>, PairingError> {
    responsibilities_of(reader, home_of(reader, id)?)
}

pub(super) fn responsibilities_of(reader: &Reader, home: Home) -> Result<Vec<Responsibility>, PairingError> {
    let key = (home.sid(reader)?, home.key());
    let seats = Seats::load(reader, home)?;
    let acts = table::acts(reader.sql(), key)?;
    let mut by_object = table::by_object(&acts);
    let rows = table::responsibilities(reader.sql(), key)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let mut signed: BTreeMap<Readiness, BTreeSet<Seat>> = BTreeMap::new();
            let mut evidence = Vec::new();
            for act in by_object.remove(row.id.as_bytes()).unwrap_or_default() {
                let step = Readiness::ALL.into_iter().find(|step| deed_of(*step) == act.what);
                if let (Some(step), Some(seat)) = (step, seats.seat(act.fid, act.of_other))
                    && signed.entry(step).or_default().insert(seat)
                {
                    evidence.push((step, seats.who_sits(seat), act.on));
                }
            }
            let ready = signed.into_iter().filter(|(_, by)| by.len() == 2).map(|(step, _)| step).max();
            Responsibility {
                id: row.id,
                name: row.name,
                about: row.about,
                risk: row.risk,
                rarity: row.rarity,
                successors: row.successors,
                decision: decision_of(row.decision),
                session: row.session,
                evidence,
                ready,
            }
        })
        .collect())
}

/// Counts what is handed over, and how much of it nobody else can do yet: who stands ready for nothing, and what is not decided.
pub fn coverage(responsibilities: &[Responsibility]) -> (u32, u32) {
    let is_uncovered = |one: &&Responsibility| {
        !matches!(one.decision, HandoverDecision::Stop | HandoverDecision::Automate)
            && one.ready.is_none_or(|ready| ready < Readiness::Alone)
    };
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    (count(responsibilities.len()), count(responsibilities.iter().filter(is_uncovered).count()))
}
