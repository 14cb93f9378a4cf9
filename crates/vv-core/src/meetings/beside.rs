//! What of a pairing is laid beside a question, where its guide asks for it: what was promised, where the two left off, what they want to
//! reach, what they agreed on. Return questions come before new matter, so this is what a session begins with.

use super::error::MeetingError;
use super::model::Meeting;
use super::of_pairing::side_in;
use crate::guides::model::Beside;
use crate::guides::run::Step;
use crate::pairings::{self, Agreement, PairGoal, Promise, PromiseState, Session};
use crate::store::Reader;

/// Holds what is laid beside a question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LaidBeside {
    /// Promises that are open.
    pub promises: Vec<Promise>,
    /// The session held last, with what was written down of it.
    pub last: Option<(Session, String)>,
    /// Goals that are open.
    pub goals: Vec<PairGoal>,
    /// The agreement that holds.
    pub agreement: Option<Agreement>,
}

/// Gathers what the guide of a meeting lays beside a step.
pub fn laid_beside(reader: &Reader, meeting: &Meeting, step: &Step) -> Result<LaidBeside, MeetingError> {
    let asked = &meeting.guide.phase_of(step).beside;
    let mut laid = LaidBeside::default();
    // A facilitator has no side, and reads none of this.
    if asked.is_empty() || meeting.me.is_empty() {
        return Ok(laid);
    }
    let side = side_in(reader, meeting.home)?;
    for one in asked {
        match one {
            Beside::Promises => {
                let all = pairings::list_promises(reader, side)?;
                laid.promises = all.into_iter().filter(|one| one.state == PromiseState::Open).collect();
            }
            Beside::LastSession => laid.last = pairings::prepare(reader, side)?.last,
            Beside::Goals => {
                let all = pairings::list_pair_goals(reader, side)?;
                laid.goals = all.into_iter().filter(|goal| goal.ended.is_none()).collect();
            }
            Beside::Agreement => {
                let all = pairings::list_agreements(reader, side)?;
                laid.agreement = all.into_iter().find(|agreement| agreement.holds);
            }
        }
    }
    Ok(laid)
}
