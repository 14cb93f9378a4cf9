//! How pairings are shown: the core's types as views, seen from this person. Nothing is decided here.

use data_encoding::HEXLOWER;
use vv_core::pairings as core;

use crate::model::{
    pairing_asks as asks,
    pairings::{
        AgreementSection, AgreementStage, AgreementView, CardView, EndingView, LaneWay, NextView,
        PairSessionState, PairSessionView, PairWho, PairingEnding, PairingGoalView, PairingHealth,
        PairingKind, PairingNudge, PairingPart, PauseView, PromiseState, PromiseView, SaidView,
        SignatureView,
    },
};

/// Writes both conversions between one of our enums and one of the core's with the same variants.
macro_rules! same {
    ($ours:ident, $theirs:ident: $($variant:ident),*) => {
        impl From<core::$theirs> for $ours {
            fn from(theirs: core::$theirs) -> Self {
                match theirs { $(core::$theirs::$variant => Self::$variant,)* }
            }
        }

        impl From<$ours> for core::$theirs {
            fn from(ours: $ours) -> Self {
                match ours { $($ours::$variant => Self::$variant,)* }
            }
        }
    };
}

same!(PairingKind, PairingKind: Mentoring, Reverse, Reciprocal, PeerCoaching, Buddy, PracticePartner, Handover, Taster);
same!(PairWho, Who: Me, Other, Facilitator, Unknown);
same!(PairingHealth, Health: New, OnRhythm, Quiet, Drifting, Paused, Closing, Closed);
same!(PairingNudge, Nudge: PlanFirst, OfferHelp, MayLetGo, SayHello, MeetPauseOrEnd, ReviewAgreement, RenewOrClose);
same!(PairingPart, Part: Mentor, Mentee, Junior, Senior, Peer, Buddy, Newcomer, Leaver, Successor, Host, Guest);
same!(PairSessionState, SessionState: Planned, Proposed, Agreed, Held, Cancelled);
same!(PairingEnding, Ending: Closing, Ended, Renewed);

impl From<core::Lane> for LaneWay {
    fn from(lane: core::Lane) -> Self {
        match lane {
            core::Lane::Mine => Self::Learn,
            core::Lane::Theirs => Self::Teach,
        }
    }
}

impl From<LaneWay> for core::Lane {
    fn from(way: LaneWay) -> Self {
        match way {
            LaneWay::Learn => Self::Mine,
            LaneWay::Teach => Self::Theirs,
        }
    }
}

impl From<core::NextSession> for NextView {
    fn from(next: core::NextSession) -> Self {
        Self { id: next.id.to_string(), state: next.state.into(), on: next.on, at: next.starts_at }
    }
}

impl From<core::Pause> for PauseView {
    fn from(pause: core::Pause) -> Self {
        Self { by: pause.by.into(), since: pause.since, until: pause.until }
    }
}

impl From<core::EndingAct> for EndingView {
    fn from(act: core::EndingAct) -> Self {
        Self { by: act.by.into(), ending: act.ending.into(), on: act.on, words: act.words }
    }
}

impl From<core::Said> for SaidView {
    fn from(said: core::Said) -> Self {
        Self { by: said.by.into(), words: said.words }
    }
}

impl From<core::PairGoal> for PairingGoalView {
    fn from(goal: core::PairGoal) -> Self {
        Self {
            id: goal.id.to_string(),
            way: goal.lane.into(),
            what: goal.what,
            sign: goal.sign,
            ended_on: goal.ended.map(|(_, _, on)| on),
            reached: goal.ended.is_some_and(|(outcome, _, _)| outcome == core::GoalOutcome::Reached),
        }
    }
}

impl From<core::PromiseState> for PromiseState {
    fn from(state: core::PromiseState) -> Self {
        match state {
            core::PromiseState::Offered => Self::Offered,
            core::PromiseState::NotTaken => Self::NotTaken,
            core::PromiseState::Open => Self::Open,
            core::PromiseState::Done => Self::Done,
            core::PromiseState::DoneSmall => Self::DoneSmall,
            core::PromiseState::Skipped => Self::Skipped,
        }
    }
}

/// Shows a promise of a pairing.
pub(super) fn promise(promise: core::Promise, pairing: &str, with: &str) -> PromiseView {
    PromiseView {
        id: promise.id.to_string(),
        pairing: pairing.to_owned(),
        with: with.to_owned(),
        mine: promise.owner == core::Who::Me,
        by_me: promise.by == core::Who::Me,
        what: promise.what,
        place: promise.place,
        if_then: promise.if_then,
        small: promise.small,
        due_on: promise.due_on,
        made_on: promise.made_on,
        state: promise.state.into(),
        settled_on: promise.settled_on,
        words: promise.words,
    }
}

/// Shows a session, with the notes of both where they are wanted. Its number is its place in the programme, or `held`.
pub(super) fn session(session: core::Session, number: Option<u32>, notes: String) -> PairSessionView {
    PairSessionView {
        id: session.id.to_string(),
        state: session.state.into(),
        on: session.on,
        at: session.starts_at,
        by: session.proposed_by.into(),
        minutes: session.minutes,
        place: session.place,
        case: session.live_case,
        whose: session.whose.map(Into::into),
        lane: session.lane.map(Into::into),
        number: session.number.or(number),
        topic: session.topic,
        moves: session.moves.iter().map(|(_, times)| times).sum(),
        cancelled_by: session.cancelled_by.map(Into::into),
        reason: session.reason,
        notes,
    }
}

/// Shows a card; the name is the one that stands in the line, where the card is about it.
pub(super) fn card(card: core::Card, line: &[core::LineFinding]) -> CardView {
    match card {
        core::Card::MakeItMatterOrEnd { times } => CardView::MakeItMatterOrEnd { times },
        core::Card::TwoInARow { by } => CardView::TwoInARow { by: by.into() },
        core::Card::LineChanged { line: id, .. } => CardView::LineChanged {
            name: line
                .iter()
                .find(|found| found.line == id)
                .map(|found| found.name.clone())
                .unwrap_or_default(),
        },
        core::Card::TwoForOneSeat => CardView::TwoForOneSeat,
    }
}

/// Shows the sections of an agreement.
pub(super) fn sections(sections: Vec<(core::Section, String)>) -> Vec<AgreementSection> {
    sections.into_iter().map(|(section, text)| AgreementSection { number: section.number(), text }).collect()
}

impl From<core::Agreement> for AgreementView {
    fn from(agreement: core::Agreement) -> Self {
        let signed = |signature: core::Signature| SignatureView {
            by: signature.by.into(),
            at: signature.at,
            fits: signature.fits,
        };
        Self {
            id: agreement.id.to_string(),
            number: agreement.number,
            by: agreement.by.into(),
            at: agreement.at,
            hash: HEXLOWER.encode(&agreement.hash),
            sections: sections(agreement.text.sections),
            review_on: agreement.text.review_on,
            signatures: agreement.signatures.into_iter().map(signed).collect(),
            holds: agreement.holds,
        }
    }
}

/// Says how far an agreement is.
pub(super) fn stage(state: &core::AgreementState) -> AgreementStage {
    match state {
        core::AgreementState::Drafting => AgreementStage::Drafting,
        core::AgreementState::Proposed { .. } => AgreementStage::Proposed,
        core::AgreementState::Signed { .. } => AgreementStage::Signed,
    }
}

/// Takes what somebody says about a promise; taking it on or not is another verb of the core.
pub(super) fn answer(answer: asks::PromiseAnswer) -> Option<core::PromiseAnswer> {
    match answer {
        asks::PromiseAnswer::Done => Some(core::PromiseAnswer::Done),
        asks::PromiseAnswer::DoneSmall => Some(core::PromiseAnswer::DoneSmall),
        asks::PromiseAnswer::Skipped => Some(core::PromiseAnswer::Skipped),
        asks::PromiseAnswer::Carried => Some(core::PromiseAnswer::Carried),
        asks::PromiseAnswer::Reopened => Some(core::PromiseAnswer::Reopened),
        asks::PromiseAnswer::TakenOn | asks::PromiseAnswer::NotTaken => None,
    }
}
