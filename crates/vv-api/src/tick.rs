//! What a program that stays open does each second: it hears of changes by others, fills the search, locks when nobody is
//! there, goes its round of the backups, and reminds.
//!
//! `vv` does none of this: it runs for a moment. A window calls [`keep_ticking`] once.

use std::{
    sync::{Arc, Weak},
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use vv_core::notebook::KeyPlace;

use crate::{App, Event, backup_round, search};

/// How long one tick may fill the search before it looks at the rest again.
const FILLING: Duration = Duration::from_millis(700);
/// So long after the opening the day's backup is made, when the person has settled and the start is over.
const SETTLED: TimeDelta = TimeDelta::minutes(2);

/// So long nobody was there before what a crash left is swept away.
const QUIET: TimeDelta = TimeDelta::minutes(3);

/// Ticks each second on a thread of its own, until the app is dropped.
pub fn keep_ticking(app: &Arc<App>) -> std::io::Result<()> {
    let app: Weak<App> = Arc::downgrade(app);
    std::thread::Builder::new().name("tick".to_owned()).spawn(move || {
        while let Some(app) = app.upgrade() {
            app.tick();
            drop(app);
            std::thread::sleep(Duration::from_secs(1));
        }
    })?;
    Ok(())
}

impl App {
    /// Does what is due now. With nothing open that is nothing.
    pub fn tick(&self) {
        self.remind();
        if self.opened().is_none() {
            return;
        }
        if self.is_left_alone() {
            self.close();
            self.listeners.tell(&Event::Locked);
            return;
        }
        if let Some(open) = self.opened().as_ref() {
            open.notebook.notice_changes_by_others();
        }
        self.fill_search();
        if self.has_settled() {
            backup_round::go(self);
            if self.host.clock.now() - self.touched_at() >= QUIET {
                backup_round::sweep(self);
            }
        }
    }

    /// Says whether nobody was there for as long as the settings say. Long work counts as somebody, and so does who talks.
    fn is_left_alone(&self) -> bool {
        let can_lock = self
            .opened()
            .as_ref()
            .is_some_and(|open| matches!(open.notebook.key_place(), Ok(KeyPlace::Passphrase)));
        let Some(minutes) = self
            .settings
            .known()
            .lock_after_minutes
            .filter(|_| can_lock && !self.job.is_running() && !self.voice.is_listening())
        else {
            return false;
        };
        self.host.clock.now() - self.touched_at() >= TimeDelta::minutes(minutes.into())
    }

    fn fill_search(&self) {
        let begun = Instant::now();
        while begun.elapsed() < FILLING {
            match search::fill_search(self) {
                Ok(search::Filled { settled: true, .. }) => break,
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(code = ?error.code, "the search could not be filled");
                    break;
                }
            }
        }
    }

    fn has_settled(&self) -> bool {
        let now = self.host.clock.now();
        let has_settled = self
            .opened()
            .as_ref()
            .is_some_and(|open| now - open.opened_at >= SETTLED && !open.notebook.is_read_only());
        has_settled && !self.job.is_running()
    }
}
