//! Asking the page to save, and waiting for its word: before the window closes, the notebook locks or the computer sleeps.
//!
//! The page keeps a draft every second anyway; this turns the last second into a save too. Waiting has an end, so a page
//! that hangs never keeps the program open or the notebook unlocked.

use std::{
    sync::{Condvar, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long the page may take to save.
const PATIENCE: Duration = Duration::from_secs(2);

/// Counts the questions asked and the answers given.
#[derive(Default)]
pub struct Flushing {
    counts: Mutex<Counts>,
    answered: Condvar,
}

#[derive(Default)]
struct Counts {
    asked: u64,
    answered: u64,
    listening: bool,
}

impl Flushing {
    /// Notes that the page runs and listens; before that there is nothing to save and nobody to ask.
    pub fn listens(&self) {
        self.counts().listening = true;
    }

    /// Notes that the page was taken away; it comes back by `listens`.
    pub fn went_away(&self) {
        let mut counts = self.counts();
        counts.listening = false;
        counts.answered = counts.asked;
        self.answered.notify_all();
    }

    /// Notes the page's word that all is saved.
    pub fn is_answered(&self) {
        let mut counts = self.counts();
        counts.listening = true;
        counts.answered = counts.asked;
        self.answered.notify_all();
    }

    /// Asks, and waits for the answer. Says whether it came in time. Never to be called on the thread of the windows.
    pub fn ask(&self, ask: impl FnOnce()) -> bool {
        self.ask_within(PATIENCE, ask)
    }

    fn ask_within(&self, patience: Duration, ask: impl FnOnce()) -> bool {
        let until = Instant::now() + patience;
        let question = {
            let mut counts = self.counts();
            if !counts.listening {
                return true;
            }
            counts.asked += 1;
            counts.asked
        };
        ask();
        let mut counts = self.counts();
        while counts.answered < question {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            counts = self.answered.wait_timeout(counts, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }

    fn counts(&self) -> std::sync::MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_page_that_answers_is_waited_for() {
        let flushing = Arc::new(Flushing::default());
        flushing.listens();
        let page = Arc::clone(&flushing);
        assert!(flushing.ask(move || {
            std::thread::spawn(move || page.is_answered());
        }));
    }

    #[test]
    fn a_page_that_hangs_is_given_up() {
        let flushing = Flushing::default();
        flushing.listens();
        assert!(!flushing.ask_within(Duration::from_millis(1), || ()));
    }

    #[test]
    fn nobody_is_asked_before_the_page_listens() {
        let flushing = Flushing::default();
        assert!(flushing.ask(|| panic!("nobody listens")));
    }

    #[test]
    fn a_page_that_goes_away_ends_the_waiting() {
        let flushing = Arc::new(Flushing::default());
        flushing.listens();
        let page = Arc::clone(&flushing);
        assert!(flushing.ask(move || {
            std::thread::spawn(move || page.went_away());
        }));
    }
}
