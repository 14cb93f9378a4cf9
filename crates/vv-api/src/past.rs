//! What comes back, and the page of a day.

use chrono::NaiveDate;
use vv_core::past::{self as core, Ago};

use crate::{
    App,
    error::ApiError,
    loops::views,
    model::{
        loops::LoopRow,
        past::{
            AnswerKeepsake, AnswerLearned, KeepEntry, KeepsakeAnswered, KeepsakeView, LearnedView,
            LookBackView, ReadLookBack, RememberedView, StillTrue, TodayView, WeekGivenView,
        },
    },
};

/// Gives the page of today.
pub fn past_today(app: &App) -> Result<TodayView, ApiError> {
    let planned = app.settings.known().weekly_minutes.map(u32::from);
    app.with(|notebook| {
        notebook.read(|reader| {
            let mut today = TodayView::from(core::read_today(reader)?);
            today.given = match planned {
                Some(planned) => Some(core::week_given(reader, planned)?.into()),
                None => None,
            };
            Ok::<_, core::PastError>(today)
        })
    })
}

/// Marks an entry to return, or takes the mark away.
pub fn past_keep(app: &App, request: KeepEntry) -> Result<(), ApiError> {
    app.with(|notebook| notebook.write(|tx| core::keep(tx, request.id, request.kept)))
}

/// Answers an entry that returned: still true, changed, or stop.
pub fn past_answer_keepsake(app: &App, request: AnswerKeepsake) -> Result<KeepsakeAnswered, ApiError> {
    let answer = match request.answer {
        StillTrue::Yes => core::StillTrue::Yes,
        StillTrue::Changed => core::StillTrue::Changed(request.words),
        StillTrue::Stop => core::StillTrue::Stop,
    };
    let became = app.with(|notebook| notebook.write(|tx| core::answer_keepsake(tx, request.id, &answer)))?;
    Ok(KeepsakeAnswered { became })
}

/// Answers whether something that was learned was used; it is not asked again.
pub fn past_answer_learned(app: &App, request: AnswerLearned) -> Result<(), ApiError> {
    let used = if request.used { core::Used::Yes(request.words) } else { core::Used::NotYet };
    app.with(|notebook| notebook.write(|tx| core::answer_learned(tx, request.loop_id, request.gain, &used)))
}

/// Gathers what there is to look back at between two days.
pub fn past_look_back(app: &App, request: ReadLookBack) -> Result<LookBackView, ApiError> {
    let found = app.with(|notebook| {
        notebook.read(|reader| {
            let back = core::look_back(reader, request.from, request.to)?;
            Ok::<_, core::PastError>((back, vv_core::day::today(reader)))
        })
    })?;
    Ok(look_back(found.0, found.1))
}

fn look_back(back: core::LookBack, today: NaiveDate) -> LookBackView {
    LookBackView {
        from: back.from,
        to: back.to,
        entry_count: back.entry_count,
        word_count: back.word_count,
        entries: back.entries.into_iter().map(Into::into).collect(),
        loops: back.loops.into_iter().map(|row| LoopRow::of(row, today)).collect(),
        intentions: back.intentions.into_iter().map(Into::into).collect(),
        people: back.people,
    }
}

impl From<core::Today> for TodayView {
    fn from(today: core::Today) -> Self {
        let on = today.on;
        let remembered = |one: core::Remembered| {
            let (years, months) = match one.ago {
                Ago::Years(years) => (Some(years), None),
                Ago::Months(months) => (None, Some(months)),
            };
            RememberedView { years, months, entry: one.entry.into() }
        };
        Self {
            on,
            written: today.written,
            loops: today.loops.into_iter().map(|row| LoopRow::of(row, on)).collect(),
            surfaced: today.surfaced.map(|row| LoopRow::of(row, on)),
            intentions: today.intentions.into_iter().map(Into::into).collect(),
            goals: today.goals.into_iter().map(|goal| views::goal(goal, on)).collect(),
            on_this_day: today.on_this_day.into_iter().map(remembered).collect(),
            keepsake: today
                .keepsake
                .map(|one| KeepsakeView { entry: one.entry.into(), times_true: one.times_true }),
            learned: today.learned.map(|one| LearnedView {
                loop_id: one.loop_id,
                title: one.title,
                gain: one.gain.into(),
            }),
            given: None,
        }
    }
}

impl From<core::WeekGiven> for WeekGivenView {
    fn from(week: core::WeekGiven) -> Self {
        Self { minutes: week.minutes, planned: week.planned, enough: week.enough }
    }
}
