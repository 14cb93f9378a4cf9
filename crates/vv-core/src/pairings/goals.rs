//! Goals of a pairing: what, and the sign by which both will see it. Why it matters to me stays in my journal.

use super::begin::{id_value, touch};
use super::charter::open_home;
use super::error::PairingError;
use super::home::{Doing, act, commit, home_of, set_text};
use super::model::{GoalOutcome, Home, Lane, PairGoal, Said};
use super::record::{Deed, goal, side};
use super::seats::Seats;
use super::table::{self, ActRow};
use crate::day;
use crate::goals::get_goal;
use crate::ids::{GoalId, PairGoalId, PairingId};
use crate::store::op::{Change, Kind, Op, Value};
use crate::store::{Reader, Tx};
use crate::words::{paragraphs, some_line};

/// How many goals are open in one lane at most.
const MOST: usize = 3;
const NEEDS_WHAT: &str = "say in one sentence what is to be reached";
const NEEDS_SIGN: &str = "say by what both of you will see it";

/// Makes a goal in a lane, with the sign by which both will see it; gives its id.
///
/// # Errors
/// [`PairingError::TooManyGoals`] where three are open in the lane.
pub fn make_pair_goal(
    tx: &mut Tx,
    id: PairingId,
    lane: Lane,
    what: &str,
    sign: &str,
) -> Result<PairGoalId, PairingError> {
    let home = open_home(tx, id)?;
    let what = some_line(what, "what", NEEDS_WHAT)?;
    let sign = some_line(sign, "sign", NEEDS_SIGN)?;
    let open = goals_of(tx, home, id)?.into_iter().filter(|one| one.lane == lane && one.ended.is_none());
    if open.count() >= MOST {
        return Err(PairingError::TooManyGoals);
    }
    let seats = Seats::load(tx, home)?;
    let new: PairGoalId = tx.make_id();
    let content = vec![
        Op::Set { field: goal::LANE, value: Value::Int(seats.lane_number(Some(lane))) },
        Op::Set { field: goal::WHAT, value: Value::Text(what) },
        Op::Set { field: goal::SIGN, value: Value::Text(sign) },
        Op::Set { field: goal::MADE_ON, value: day::value(Some(day::today(tx))) },
    ];
    commit(tx, home, *new.as_bytes(), Some(Kind::PairGoal), Vec::new(), content)?;
    Ok(new)
}

/// Words a goal anew. What is already so makes no record.
pub fn change_pair_goal(
    tx: &mut Tx,
    id: PairingId,
    of: PairGoalId,
    what: &str,
    sign: &str,
) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let object = home.object(tx, of.as_bytes(), Kind::PairGoal)?.ok_or(PairingError::NotThere)?;
    let content = [
        set_text(Some(&object), goal::WHAT, &some_line(what, "what", NEEDS_WHAT)?),
        set_text(Some(&object), goal::SIGN, &some_line(sign, "sign", NEEDS_SIGN)?),
    ];
    commit(tx, home, *of.as_bytes(), None, Vec::new(), content.into_iter().flatten().collect())
}

/// Notes what was seen of a goal.
pub fn note_evidence(tx: &mut Tx, id: PairingId, of: PairGoalId, words: &str) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    find(tx, home, id, of)?;
    let words = some_line(words, "words", "say what was seen; one sentence is enough")?;
    act(tx, home, *of.as_bytes(), Deed::Evidence, Doing { words, ..Doing::default() })
}

/// Says that a goal was reached, or lets it go, which is nobody's failure.
pub fn end_pair_goal(
    tx: &mut Tx,
    id: PairingId,
    of: PairGoalId,
    outcome: GoalOutcome,
    words: &str,
) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    if find(tx, home, id, of)?.ended.is_some() {
        return Err(PairingError::Settled);
    }
    let what = match outcome {
        GoalOutcome::Reached => Deed::Reached,
        GoalOutcome::LetGo => Deed::LetGo,
    };
    let words = paragraphs(words, "words")?;
    act(tx, home, *of.as_bytes(), what, Doing { words, ..Doing::default() })
}

/// Opens a goal again.
pub fn reopen_pair_goal(tx: &mut Tx, id: PairingId, of: PairGoalId) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    if find(tx, home, id, of)?.ended.is_none() {
        return Ok(());
    }
    act(tx, home, *of.as_bytes(), Deed::GoalReopened, Doing::default())
}

/// Puts a goal of the journal behind a goal of the pairing: it says why it matters to me, and nobody else learns that it is there.
pub fn put_goal_behind(
    tx: &mut Tx,
    id: PairingId,
    of: PairGoalId,
    behind: Option<GoalId>,
) -> Result<(), PairingError> {
    let object = touch(tx, id)?;
    find(tx, home_of(tx, id)?, id, of)?;
    if let Some(goal) = behind {
        get_goal(tx, goal)?;
    }
    let is_of = |element: &&Value| {
        element.as_list().and_then(|pair| pair.first()).and_then(Value::as_id) == Some(*of.as_bytes())
    };
    let before = object.elements(side::GOALS_BEHIND).iter().filter(is_of).cloned();
    let mut ops: Vec<Op> = before.map(|element| Op::Remove { field: side::GOALS_BEHIND, element }).collect();
    ops.extend(behind.map(|goal| Op::Add {
        field: side::GOALS_BEHIND,
        element: Value::List(vec![id_value(of.as_bytes()), id_value(goal.as_bytes())]),
    }));
    if !ops.is_empty() {
        tx.commit(Change { object: object.id, ops })?;
    }
    Ok(())
}

/// Lists the goals of a pairing, the oldest first.
pub fn list_pair_goals(reader: &Reader, id: PairingId) -> Result<Vec<PairGoal>, PairingError> {
    goals_of(reader, home_of(reader, id)?, id)
}

fn find(reader: &Reader, home: Home, id: PairingId, of: PairGoalId) -> Result<PairGoal, PairingError> {
    let found = goals_of(reader, home, id)?.into_iter().find(|one| one.id == of);
    found.ok_or(PairingError::NotThere)
}

pub(super) fn goals_of(reader: &Reader, home: Home, id: PairingId) -> Result<Vec<PairGoal>, PairingError> {
    let key = (home.sid(reader)?, home.key());
    let seats = Seats::load(reader, home)?;
    let acts = table::acts(reader.sql(), key)?;
    let mut by_object = table::by_object(&acts);
    let behind = table::goals_behind(reader.sql(), id)?;
    let mut found = Vec::new();
    for row in table::goals(reader.sql(), key)? {
        let Some(lane) = seats.lane(row.lane) else { continue };
        let own = by_object.remove(row.id.as_bytes()).unwrap_or_default();
        let of_two: Vec<&&ActRow> =
            own.iter().filter(|act| seats.seat(act.fid, act.of_other).is_some()).collect();
        let evidence = of_two
            .iter()
            .filter(|act| !act.words.is_empty())
            .map(|act| Said { by: seats.who(act.fid, act.of_other), at: act.at(), words: act.words.clone() })
            .collect();
        let ended = of_two
            .iter()
            .rev()
            .find_map(|act| match act.what {
                Deed::Reached => Some(Some((GoalOutcome::Reached, act))),
                Deed::LetGo => Some(Some((GoalOutcome::LetGo, act))),
                Deed::GoalReopened => Some(None),
                _ => None,
            })
            .flatten()
            .map(|(outcome, act)| (outcome, seats.who(act.fid, act.of_other), act.on));
        found.push(PairGoal {
            id: row.id,
            lane,
            what: row.what,
            sign: row.sign,
            made_on: row.made_on,
            evidence,
            ended,
            behind: behind.get(&row.id).copied(),
        });
    }
    Ok(found)
}
