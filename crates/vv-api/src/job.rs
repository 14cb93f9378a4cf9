//! The one long work that may run at a time, an import or export, and the flag that stops it.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use crate::error::{ApiError, ErrorCode};

/// Guards long work: one at a time, and stoppable.
#[derive(Default)]
pub(crate) struct Job {
    running: Mutex<()>,
    stopped: AtomicBool,
}

impl Job {
    /// Runs long work, unless some runs already. The work looks at the flag now and then and ends early when it is set.
    pub(crate) fn run<R>(
        &self,
        work: impl FnOnce(&AtomicBool) -> Result<R, ApiError>,
    ) -> Result<R, ApiError> {
        let _running = match self.running.try_lock() {
            Ok(running) => running,
            Err(std::sync::TryLockError::Poisoned(poisoned)) => PoisonError::into_inner(poisoned),
            Err(std::sync::TryLockError::WouldBlock) => {
                return Err(ApiError::new(
                    ErrorCode::Conflict,
                    "An import or export is running already. Nothing was begun; wait for it to end, or stop it.",
                ));
            }
        };
        self.stopped.store(false, Ordering::Relaxed);
        work(&self.stopped)
    }

    /// Asks the work that runs to stop.
    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Says whether long work runs.
    pub(crate) fn is_running(&self) -> bool {
        matches!(self.running.try_lock(), Err(std::sync::TryLockError::WouldBlock))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_long_work_is_refused_while_one_runs() {
        let job = Job::default();
        let outcome = job.run(|_| {
            assert!(job.is_running());
            Ok(job.run(|_| Ok(())).unwrap_err().code)
        });
        assert_eq!(outcome.unwrap(), ErrorCode::Conflict);
        assert!(!job.is_running());
    }

    #[test]
    fn a_stop_from_before_does_not_stop_what_begins_later() {
        let job = Job::default();
        job.stop();
        job.run(|stopped| {
            assert!(!stopped.load(Ordering::Relaxed));
            job.stop();
            assert!(stopped.load(Ordering::Relaxed));
            Ok(())
        })
        .unwrap();
    }
}
