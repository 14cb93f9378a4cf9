//! From the core's guides and runs to their views, and from given answers back.

use chrono::{Days, NaiveTime};
use vv_core::{
    guides::{
        self as core, Answer, FoundGuide, Guide, GuideError, MarkedLine, Run,
        model::{CaptureKind, GuideKind as CoreKind, Suggest, Weight},
        run::{self, Around, END, Field, RunState, SOLO, Status, Step},
    },
    journal::{self, EntryFilter},
    store::Reader,
};

use crate::{
    error::ApiError,
    model::guides::{
        AnswerView, ClockView, CriterionView, FieldKind, FieldView, FinishedView, GatheredEntry, GuideKind,
        GuidePhase, GuideRow, GuideView, IntentionPlan, LineView, NoteView, NoteWeight, OptionView,
        OutcomeView, PastAnswer, PastStep, RunRow, RunStatus, RunView, StepMark, StepView,
    },
};

/// Entries that lie beside the questions at most.
const GATHERED: u32 = 60;

/// Shows a run as it stands.
pub(super) fn run(reader: &Reader, run: &Run) -> Result<RunView, GuideError> {
    let around = core::around(reader, &run.guide)?;
    let (guide, state) = (&run.guide, &run.state);
    let steps = run::steps(guide, state, &around);
    let here = steps.iter().position(|step| step.key == state.at);
    let here_step = here.and_then(|at| steps.get(at));
    let outcome = core::outcome(guide, state, &around, SOLO);
    let past = past(run, &around, &steps);
    let is_answered = |step: &Step| past.iter().any(|one| one.key == step.key);
    let mark = |(at, step): (usize, &Step)| StepMark {
        key: step.key.clone(),
        name: name_of(guide, step),
        is_past: here.is_none_or(|here| at < here),
        is_here: here == Some(at),
        is_answered: is_answered(step),
    };
    let offers_loops = guide.asked().any(|asked| asked.capture.suggest == Some(Suggest::OpenLoops));
    let open_loops = if offers_loops { core::open_loops(reader)? } else { Vec::new() };
    let planned = here_step.map_or(0, |step| core::planned_seconds(guide, state, step));
    let held = run::notes::held(guide, state, &around, SOLO).into_iter().map(|note| note.say).collect();
    Ok(RunView {
        id: run.id,
        guide: guide.id.clone(),
        title: guide.title.clone(),
        subject: core::subject(guide, state, SOLO),
        rules: guide.rules.clone(),
        status: state.status.into(),
        steps: steps.iter().enumerate().map(mark).collect(),
        here: here_step.map(|step| {
            let next = here.and_then(|at| steps.get(at + 1)).map(|step| name_of(guide, step));
            step_view(run, &around, step, next, &open_loops)
        }),
        notes: here_step.map(|step| notes(run, &around, step)).unwrap_or_default(),
        clock: ClockView {
            planned_seconds: planned,
            spent_seconds: state.clock.spent_at(&state.at, true, around.now),
            minutes_left: core::minutes_left(run, &around),
            is_running: state.clock.is_running(),
        },
        gathered: gathered(reader, guide, &around)?,
        set_out: if state.status == Status::Open && here == Some(0) {
            core::set_out_before(reader, run)?.into_iter().map(Into::into).collect()
        } else {
            Vec::new()
        },
        outcome: (state.at == END).then(|| OutcomeView {
            title: outcome.entry.title.clone(),
            text: outcome.entry.text.clone(),
            tags: outcome.entry.tags.clone(),
            intentions: outcome.intentions.iter().map(IntentionPlan::from).collect(),
            goal: outcome.goal.map(|goal| goal.wish),
            learning_loop: outcome.learning_loop.map(|one| one.title),
            held,
        }),
        past,
        entry: run.entry,
    })
}

pub(super) fn name_of(guide: &Guide, step: &Step) -> String {
    let name = &guide.phase_of(step).name;
    if step.rounds > 1 { format!("{name} {}", step.round) } else { name.clone() }
}

fn step_view(
    run: &Run,
    around: &Around,
    step: &Step,
    next: Option<String>,
    open_loops: &[String],
) -> StepView {
    let (guide, state) = (&run.guide, &run.state);
    let phase = guide.phase_of(step);
    let filled = |text: Option<&String>| {
        text.map(|text| state.fill(guide, SOLO, text, step.round).0).unwrap_or_default()
    };
    let fields = run::fields(guide, state, around, step, SOLO);
    StepView {
        key: step.key.clone(),
        name: name_of(guide, step),
        ask: filled(Some(&phase.ask)),
        help: filled(phase.help.as_ref()),
        note: filled(phase.note.as_ref()),
        round: step.round,
        rounds: step.rounds,
        fields: fields
            .into_iter()
            .map(|field| field_view((guide, state, SOLO), around, field, open_loops))
            .collect(),
        next,
    }
}

/// Shows a field to somebody, with what they answered.
pub(super) fn field_view(
    (guide, state, person): (&Guide, &RunState, &str),
    around: &Around,
    field: Field<'_>,
    open_loops: &[String],
) -> FieldView {
    let capture = field.asked.capture;
    let (kind, least, most) = match capture.kind {
        CaptureKind::Text => (FieldKind::Text, 0, 0),
        // What is only said has no field; the engine gives none for it.
        CaptureKind::Line | CaptureKind::Nothing => (FieldKind::Line, 0, 0),
        CaptureKind::Lines => (FieldKind::Lines, capture.least.unwrap_or(0), capture.most.unwrap_or(40)),
        CaptureKind::Choice => (FieldKind::Choice, 0, 0),
        CaptureKind::Rating => (FieldKind::Rating, capture.least.unwrap_or(1), capture.most.unwrap_or(5)),
        CaptureKind::Day => (FieldKind::Day, 0, 0),
        CaptureKind::Moment => (FieldKind::Moment, 0, 0),
        CaptureKind::Tick => (FieldKind::Tick, 0, 0),
        CaptureKind::Entry => (FieldKind::Entry, 0, 0),
        CaptureKind::Rubric => (FieldKind::Rubric, 0, 0),
    };
    FieldView {
        answer: state.answer(person, &field.key).map(AnswerView::from),
        suggestions: match capture.suggest {
            Some(Suggest::OpenLoops) => open_loops.to_vec(),
            Some(Suggest::Earlier) => core::earlier_answers(guide, around, field.asked.id),
            None => Vec::new(),
        },
        key: field.key.to_string(),
        is_optional: field.asked.is_optional(),
        label: field.label,
        hint: field.hint,
        lead: field.lead,
        kind,
        least,
        most,
        low: capture.low.clone().unwrap_or_default(),
        high: capture.high.clone().unwrap_or_default(),
        mark: capture.mark.clone(),
        options: capture
            .options
            .iter()
            .map(|option| OptionView { id: option.id.clone(), text: option.text.clone() })
            .collect(),
        own: capture.own,
        criteria: capture
            .criteria
            .iter()
            .map(|one| CriterionView {
                id: one.id.clone(),
                text: one.text.clone(),
                levels: one.levels.clone(),
            })
            .collect(),
    }
}

fn notes(run: &Run, around: &Around, step: &Step) -> Vec<NoteView> {
    run::look(&run.guide, &run.state, around, step, SOLO)
        .into_iter()
        .map(|note| NoteView {
            is_said: run.state.asked.contains(&format!("{}@{}", note.check, step.key)),
            check: note.check,
            weight: match note.weight {
                Weight::Note => NoteWeight::Note,
                Weight::Ask => NoteWeight::Ask,
                Weight::Hold => NoteWeight::Hold,
            },
            text: note.say,
            about: note.about.iter().map(ToString::to_string).collect(),
        })
        .collect()
}

fn past(run: &Run, around: &Around, steps: &[Step]) -> Vec<PastStep> {
    let (guide, state) = (&run.guide, &run.state);
    let mut out = Vec::new();
    for step in steps {
        let answers: Vec<PastAnswer> = run::fields(guide, state, around, step, SOLO)
            .into_iter()
            .filter_map(|field| {
                let answer = state.answer(SOLO, &field.key)?;
                Some(PastAnswer { text: said(&field, answer), label: field.label })
            })
            .collect();
        if !answers.is_empty() {
            out.push(PastStep { key: step.key.clone(), name: name_of(guide, step), answers });
        }
    }
    out
}

/// Gives an answer as words, as it is shown beside the questions.
pub(super) fn said(field: &Field<'_>, answer: &Answer) -> String {
    let capture = field.asked.capture;
    let words = match answer {
        Answer::Lines(lines) => {
            let said = lines.iter().map(|line| line.text.trim()).filter(|text| !text.is_empty());
            said.collect::<Vec<_>>().join("\n")
        }
        Answer::Rating(mark) => format!("{mark}/{}", capture.most.unwrap_or(5)),
        Answer::Tick(_) => "✓".to_owned(),
        other => other.words(capture).trim().to_owned(),
    };
    if field.lead.trim().is_empty() { words } else { format!("{} {words}", field.lead.trim()) }
}

fn gathered(reader: &Reader, guide: &Guide, around: &Around) -> Result<Vec<GatheredEntry>, GuideError> {
    let Some(gather) = guide.gather else { return Ok(Vec::new()) };
    let today = around.local.date();
    let filter = EntryFilter {
        from: today.checked_sub_days(Days::new(u64::from(gather.days))),
        to: Some(today),
        ..EntryFilter::default()
    };
    let page = journal::list_entries(reader, &filter, 0, GATHERED)?;
    let shown = page.rows.into_iter().map(|row| GatheredEntry {
        id: row.id,
        title: if row.title.is_empty() { row.excerpt } else { row.title },
        on: row.on,
    });
    Ok(shown.filter(|entry| !entry.title.is_empty()).collect())
}

/// Reads an answer that was given.
pub(super) fn answer_from(given: AnswerView) -> Result<Answer, ApiError> {
    Ok(match given {
        AnswerView::Words { text } => Answer::Words(text),
        AnswerView::Lines { lines } => Answer::Lines(
            lines.into_iter().map(|line| MarkedLine { text: line.text, marked: line.marked }).collect(),
        ),
        AnswerView::Choice { chosen } => Answer::Choice(chosen),
        AnswerView::Rating { mark } => Answer::Rating(mark),
        AnswerView::Day { on } => Answer::Day(on),
        AnswerView::Moment { on, time } => {
            let read = |time: String| {
                NaiveTime::parse_from_str(&time, "%H:%M")
                    .map_err(|_| ApiError::about("time", "A time is written as HH:MM. Nothing was changed."))
            };
            Answer::Moment { on, time: time.map(read).transpose()? }
        }
        AnswerView::Tick { done } => Answer::Tick(done),
        AnswerView::Entry { id, title } => Answer::Entry { id, title },
        AnswerView::Rubric { levels } => Answer::Rubric(levels),
    })
}

impl From<&Answer> for AnswerView {
    fn from(answer: &Answer) -> Self {
        match answer.clone() {
            Answer::Words(text) => Self::Words { text },
            Answer::Lines(lines) => Self::Lines {
                lines: lines
                    .into_iter()
                    .map(|line| LineView { text: line.text, marked: line.marked })
                    .collect(),
            },
            Answer::Choice(chosen) => Self::Choice { chosen },
            Answer::Rating(mark) => Self::Rating { mark },
            Answer::Day(on) => Self::Day { on },
            Answer::Moment { on, time } => {
                Self::Moment { on, time: time.map(|time| time.format("%H:%M").to_string()) }
            }
            Answer::Tick(done) => Self::Tick { done },
            Answer::Entry { id, title } => Self::Entry { id, title },
            Answer::Rubric(levels) => Self::Rubric { levels },
        }
    }
}

impl From<&core::PlannedIntention> for IntentionPlan {
    fn from(plan: &core::PlannedIntention) -> Self {
        Self {
            id: plan.id.clone(),
            text: plan.text.clone(),
            due_on: plan.due_on,
            is_offered: plan.is_offered,
        }
    }
}

impl From<core::Finished> for FinishedView {
    fn from(finished: core::Finished) -> Self {
        Self {
            entry: finished.entry,
            title: finished.outcome.entry.title,
            intentions: finished.made.iter().map(|(_, plan)| IntentionPlan::from(plan)).collect(),
            goal: finished.outcome.goal.map(|goal| goal.wish),
            learning_loop: finished.outcome.learning_loop.map(|one| one.title),
        }
    }
}

impl From<core::RunRow> for RunRow {
    fn from(row: core::RunRow) -> Self {
        Self {
            id: row.id,
            guide: row.guide,
            title: row.title,
            status: row.status.into(),
            subject: row.subject,
            step: row.step,
            minutes_left: row.minutes_left,
            started_at: row.started_at,
            changed_at: row.changed_at,
        }
    }
}

impl From<Status> for RunStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Open => Self::Open,
            Status::Finished => Self::Finished,
            Status::PutAway => Self::PutAway,
        }
    }
}

impl From<CoreKind> for GuideKind {
    fn from(kind: CoreKind) -> Self {
        match kind {
            CoreKind::Reflection => Self::Reflection,
            CoreKind::Agreement => Self::Agreement,
            CoreKind::Meeting => Self::Meeting,
            CoreKind::Programme => Self::Programme,
            CoreKind::Checklist => Self::Checklist,
        }
    }
}

impl From<core::GuideRow> for GuideRow {
    fn from(row: core::GuideRow) -> Self {
        Self {
            id: row.handle,
            title: row.title,
            summary: row.summary,
            kind: row.kind.map(GuideKind::from),
            minutes: row.minutes,
            short_minutes: row.short_minutes,
            is_short: row.is_short,
            is_own: row.is_own,
            is_for_one: row.is_for_one,
            is_trashed: row.is_trashed,
            language: row.language,
        }
    }
}

impl From<FoundGuide> for GuideView {
    fn from(found: FoundGuide) -> Self {
        let row = GuideRow::from(core::row_of(&found));
        let guide = found.guide;
        let outputs = &guide.outputs;
        let makes = [
            ("entry", true),
            ("intention", !outputs.intentions.is_empty()),
            ("goal", outputs.goal.is_some()),
            ("loop", outputs.learning_loop.is_some()),
        ];
        let phase = |phase: &core::model::Phase| GuidePhase {
            name: phase.name.clone(),
            ask: phase.ask.clone(),
            minutes: phase.minutes,
            times: phase.repeat.map_or(1, |repeat| repeat.times),
            prompts: phase.prompts.iter().map(|prompt| prompt.text.clone()).collect(),
        };
        Self {
            row,
            version: guide.version,
            phases: guide.phases.iter().map(phase).collect(),
            makes: makes.iter().filter(|(_, is_made)| *is_made).map(|(name, _)| (*name).to_owned()).collect(),
            rules: guide.rules,
            source: found.source,
        }
    }
}
