//! The reminder of the day: once at most, on chosen days, never in quiet hours, and none when something was written already.
//!
//! When it is due the core decides from the plan and the clock alone. When the last one came stands in a file beside the
//! settings, because it must be known while the notebook is locked.

use std::{
    collections::BTreeSet,
    fs,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use vv_core::{
    Notebook,
    notebook::Inspected,
    past::{
        self,
        reminder::{DayOfWeek, Plan, Reminded, is_due},
    },
};

use crate::{
    App, Event, Reminder, error::ApiError, host::Profile, model::settings::Settings, settings::write_whole,
};

/// Knows when the last reminder came, once it was read.
#[derive(Default)]
pub(crate) struct Reminding(Mutex<Option<Option<Kept>>>);

#[derive(Clone, Copy, Serialize, Deserialize)]
struct Kept {
    at: DateTime<Utc>,
    on: NaiveDate,
    /// The weeks without a word that were known then, for a time when the notebook is locked.
    #[serde(default)]
    quiet_weeks: u32,
}

impl App {
    /// Reminds when it is time, and notes that it did.
    pub(crate) fn remind(&self) {
        let settings = self.settings.known();
        if settings.reminder_days.is_empty() {
            return;
        }
        let Some(plan) = plan_of(&settings) else { return };
        let clock = &self.host.clock;
        let last = self.reminding.last(&self.profile);
        let quiet_weeks = self.quiet_weeks(&settings, last);
        let plan = plan.after_quiet_weeks(quiet_weeks);
        let reminded = last.map(|last| Reminded { at: last.at, on: last.on });
        let Some(due) = is_due(&plan, clock.now(), clock.time_zone().as_deref(), reminded) else { return };
        self.reminding.note(&self.profile, Kept { at: due.at, on: due.on, quiet_weeks });
        if let Some(reminder) = self.choose_reminder() {
            self.listeners.tell(&Event::Reminder(reminder));
        }
    }

    /// Counts the quiet weeks that let it ask less: those of the notebook, or while it is locked those that were known last.
    /// Who planned no time for a week is reminded as they chose.
    fn quiet_weeks(&self, settings: &Settings, last: Option<Kept>) -> u32 {
        if settings.weekly_minutes.is_none() {
            return 0;
        }
        let open = self.opened();
        let seen = open.as_ref().and_then(|open| open.notebook.read(past::quiet_weeks).ok());
        seen.or(last.map(|last| last.quiet_weeks)).unwrap_or(0)
    }

    /// Chooses what to remind of; nothing when something was written today, or when there is no notebook.
    fn choose_reminder(&self) -> Option<Reminder> {
        let today = self.opened().as_ref().map(|open| open.notebook.read(past::read_today));
        match today {
            Some(Ok(today)) if !today.intentions.is_empty() => Some(Reminder::IntentionDue),
            Some(Ok(today)) if today.written => None,
            // Behind a lock nobody knows; a reminder too many is better than none.
            Some(_) => Some(Reminder::Write),
            None if matches!(Notebook::inspect(&self.folder()), Ok(Inspected::Present { .. })) => {
                Some(Reminder::Write)
            }
            None => None,
        }
    }
}

impl Reminding {
    fn last(&self, profile: &Profile) -> Option<Kept> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *known.get_or_insert_with(|| serde_json::from_slice(&fs::read(profile.reminded()).ok()?).ok())
    }

    fn note(&self, profile: &Profile, kept: Kept) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Some(kept));
        let text = serde_json::to_vec(&kept).expect("an instant and a day can be written");
        if let Err(error) = write_whole(&profile.reminded(), &text) {
            // It is remembered for as long as the program runs.
            tracing::warn!(%error, "it could not be noted that a reminder came");
        }
    }
}

/// Makes the plan of the settings; none when a time in them is none.
fn plan_of(settings: &Settings) -> Option<Plan> {
    let days: BTreeSet<DayOfWeek> = settings.reminder_days.iter().copied().map(DayOfWeek).collect();
    let quiet = (time(&settings.quiet_from)?, time(&settings.quiet_to)?);
    Some(Plan { days, at: time(&settings.reminder_at)?, quiet })
}

fn time(written: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(written, "%H:%M").ok()
}

/// Checks what the settings say about reminders.
pub(crate) fn check(settings: &Settings) -> Result<(), ApiError> {
    if settings.reminder_days.iter().any(|day| *day > 6) {
        return Err(ApiError::about("reminder_days", "A week has seven days, 0 to 6. Nothing was changed."));
    }
    let times = [
        ("reminder_at", &settings.reminder_at),
        ("quiet_from", &settings.quiet_from),
        ("quiet_to", &settings.quiet_to),
    ];
    for (field, written) in times {
        if time(written).is_none() {
            let message = "A time is written like 17:30. Nothing was changed.";
            return Err(ApiError::about(field, message));
        }
    }
    let is_quiet = plan_of(settings).is_some_and(|plan| plan.is_quiet(plan.at));
    if !settings.reminder_days.is_empty() && is_quiet {
        let message = "That time lies in the quiet hours, so no reminder would ever come. Choose another, or other quiet hours.";
        return Err(ApiError::about("reminder_at", message));
    }
    Ok(())
}
