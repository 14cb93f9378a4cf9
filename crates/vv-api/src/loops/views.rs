//! From the core's models to views and back, field by field and nothing else.

use chrono::NaiveDate;
use vv_core::{goals as core_goals, intentions as core_intentions, loops as core, past};

use crate::model::goals::{
    GoalEnd, GoalEnding, GoalFilter, GoalPlan, GoalView, Objective, PointKind, PointView,
};
use crate::model::intentions::{AnswerInto, AnsweredView, IntentionAnswer, IntentionView, ListIntentions};
use crate::model::loops::{ClosingView, FillingView, LoopFilter, LoopPart, LoopRow};

impl From<core::Part> for LoopPart {
    fn from(part: core::Part) -> Self {
        match part {
            core::Part::Gain => Self::Gain,
            core::Part::Practise => Self::Practise,
            core::Part::Feedback => Self::Feedback,
            core::Part::Reflect => Self::Reflect,
        }
    }
}

impl From<LoopPart> for core::Part {
    fn from(part: LoopPart) -> Self {
        match part {
            LoopPart::Gain => Self::Gain,
            LoopPart::Practise => Self::Practise,
            LoopPart::Feedback => Self::Feedback,
            LoopPart::Reflect => Self::Reflect,
        }
    }
}

impl From<LoopFilter> for core::LoopFilter {
    fn from(filter: LoopFilter) -> Self {
        match filter {
            LoopFilter::Open => Self::Open,
            LoopFilter::Closed => Self::Closed,
            LoopFilter::Trashed => Self::Trashed,
        }
    }
}

impl LoopRow {
    /// Shows a loop as it stands on a day.
    pub(crate) fn of(row: core::LoopRow, today: NaiveDate) -> Self {
        let parked_until = row.parked_until.filter(|until| *until > today);
        let open = row.closed_on.is_none() && !row.trashed && parked_until.is_none();
        let [gain, practise, feedback, reflect] = row.counts;
        Self {
            waiting: open && past::is_waiting(&row, today),
            missing: row.missing().into_iter().map(Into::into).collect(),
            quiet_days: u32::try_from((today - row.touched_on).num_days()).unwrap_or(0),
            id: row.id,
            title: row.title,
            why: row.why,
            begun_on: row.begun_on,
            closed_on: row.closed_on,
            parked_until,
            touched_on: row.touched_on,
            trashed: row.trashed,
            gain,
            practise,
            feedback,
            reflect,
            feedback_from: row.feedback_from,
        }
    }
}

impl From<core::KeptFilling> for FillingView {
    fn from(kept: core::KeptFilling) -> Self {
        Self {
            id: kept.id,
            part: kept.part.into(),
            on: kept.on,
            entry: kept.entry,
            words: kept.words,
            is_there: kept.is_there,
            who: kept.who,
            source: kept.source,
        }
    }
}

impl From<core::Closing> for ClosingView {
    fn from(closing: core::Closing) -> Self {
        Self { at: closing.at, on: closing.on, then: closing.then, now: closing.now }
    }
}

impl From<GoalFilter> for core_goals::GoalFilter {
    fn from(filter: GoalFilter) -> Self {
        match filter {
            GoalFilter::Open => Self::Open,
            GoalFilter::Ended => Self::Ended,
            GoalFilter::Trashed => Self::Trashed,
        }
    }
}

impl From<core_goals::GoalPlan> for GoalPlan {
    fn from(plan: core_goals::GoalPlan) -> Self {
        Self {
            wish: plan.wish,
            best_result: plan.best_result,
            obstacle: plan.obstacle,
            if_then: plan.if_then,
            fallback: plan.fallback,
            first_step: plan.first_step,
            why: plan.why,
            review_on: plan.review_on,
            objective: plan.objective,
            behaviours: plan.behaviours,
            loop_id: plan.loop_id,
        }
    }
}

impl From<GoalPlan> for core_goals::GoalPlan {
    fn from(plan: GoalPlan) -> Self {
        Self {
            wish: plan.wish,
            best_result: plan.best_result,
            obstacle: plan.obstacle,
            if_then: plan.if_then,
            fallback: plan.fallback,
            first_step: plan.first_step,
            why: plan.why,
            review_on: plan.review_on,
            objective: plan.objective,
            behaviours: plan.behaviours,
            loop_id: plan.loop_id,
        }
    }
}

impl From<core_goals::Ending> for GoalEnding {
    fn from(ending: core_goals::Ending) -> Self {
        match ending {
            core_goals::Ending::Reached => Self::Reached,
            core_goals::Ending::LetGo => Self::LetGo,
        }
    }
}

impl From<GoalEnding> for core_goals::Ending {
    fn from(ending: GoalEnding) -> Self {
        match ending {
            GoalEnding::Reached => Self::Reached,
            GoalEnding::LetGo => Self::LetGo,
        }
    }
}

impl From<core_goals::PointKind> for PointKind {
    fn from(kind: core_goals::PointKind) -> Self {
        match kind {
            core_goals::PointKind::Progress => Self::Progress,
            core_goals::PointKind::Skip => Self::Skip,
        }
    }
}

impl From<PointKind> for core_goals::PointKind {
    fn from(kind: PointKind) -> Self {
        match kind {
            PointKind::Progress => Self::Progress,
            PointKind::Skip => Self::Skip,
        }
    }
}

impl From<core_goals::Point> for PointView {
    fn from(point: core_goals::Point) -> Self {
        Self {
            id: point.id,
            kind: point.kind.into(),
            on: point.on,
            words: point.words,
            entry: point.entry,
            entry_title: point.entry_title,
            is_there: point.is_there,
            behaviour: point.behaviour,
        }
    }
}

impl From<core_goals::Objective> for Objective {
    fn from(objective: core_goals::Objective) -> Self {
        Self {
            key: objective.key,
            title: objective.title,
            about: objective.about,
            behaviours: objective.behaviours,
        }
    }
}

/// Shows a goal as it stands on a day.
pub(crate) fn goal(goal: core_goals::Goal, today: NaiveDate) -> GoalView {
    let review_due = goal.end.is_none() && goal.plan.review_on.is_some_and(|review| review <= today);
    GoalView {
        id: goal.id,
        evidence: u32::try_from(goal.evidence_count()).unwrap_or(u32::MAX),
        review_due,
        plan: goal.plan.into(),
        begun_on: goal.begun_on,
        end: goal.end.map(|end| GoalEnd { on: end.on, ending: end.ending.into(), words: end.words }),
        trashed: goal.trashed,
        points: goal.points.into_iter().map(Into::into).collect(),
    }
}

impl From<core_intentions::Intention> for IntentionView {
    fn from(intention: core_intentions::Intention) -> Self {
        let answered = |answered: core_intentions::Answered| AnsweredView {
            done: answered.how == core_intentions::AnsweredAs::Done,
            on: answered.on,
            words: answered.words,
        };
        Self {
            id: intention.id,
            text: intention.text,
            due_on: intention.due_on,
            made_on: intention.made_on,
            entry: intention.entry,
            is_there: intention.is_there,
            from_words: intention.from_words,
            loop_id: intention.loop_id,
            answered: intention.answered.map(answered),
            moved: intention.moved,
            trashed: intention.trashed,
        }
    }
}

impl From<IntentionAnswer> for core_intentions::Answer {
    fn from(answer: IntentionAnswer) -> Self {
        match answer {
            IntentionAnswer::Done { words, into } => Self::Done { words, into: into.into() },
            IntentionAnswer::NotYet { due_on } => Self::NotYet { due_on },
            IntentionAnswer::LetGo { words } => Self::LetGo { words },
        }
    }
}

impl From<AnswerInto> for core_intentions::Into {
    fn from(into: AnswerInto) -> Self {
        match into {
            AnswerInto::Nothing => Self::Nothing,
            AnswerInto::Loop { id, part } => Self::Loop { id, part: part.map(Into::into) },
            AnswerInto::NewLoop { title } => Self::NewLoop { title },
        }
    }
}

impl From<ListIntentions> for core_intentions::IntentionFilter {
    fn from(list: ListIntentions) -> Self {
        match list {
            ListIntentions::Waiting => Self::Waiting,
            ListIntentions::Answered => Self::Answered,
            ListIntentions::OfLoop { id } => Self::OfLoop(id),
            ListIntentions::OfEntry { id } => Self::OfEntry(id),
            ListIntentions::Trashed => Self::Trashed,
        }
    }
}
