//! Writing very much at once: what each transaction leaves in the log beside the file is brought into the file by a thread of
//! its own, while the next transaction is made.
//!
//! Nothing changes for what is written: it is durable as soon as it is in the log. Only who empties the log is another.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use super::{Notebook, held};
use crate::store::StoreError;
use crate::store::open::{self, Access};

/// How many pages may wait in the log before the writer empties it itself, because the thread beside it is too slow.
const AT_MOST: u32 = 40_000;

/// Empties the log on a thread of its own for as long as it lives.
pub(crate) struct Emptying<'a> {
    notebook: &'a Notebook,
    asks: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Notebook {
    /// Begins to empty the log beside the writer.
    pub(crate) fn empty_log_beside(&self) -> Result<Emptying<'_>, StoreError> {
        let mut emptying = Emptying { notebook: self, asks: None, thread: None };
        if self.is_read_only() {
            return Ok(emptying);
        }
        let sql = open::connect(&self.folder.database(), &self.key, Access::Write)?;
        let (asks, asked) = sync_channel::<()>(1);
        let work = move || {
            for () in asked {
                // What could not be brought over now stays in the log, durable, for the next time.
                if let Err(problem) = open::empty_some(&sql) {
                    tracing::warn!(%problem, "the log beside the notebook could not be emptied while it grew");
                }
            }
        };
        // Without a thread the writer goes on emptying the log itself.
        if let Ok(thread) = thread::Builder::new().name("emptying".to_owned()).spawn(work) {
            open::empty_after(&held(&self.writer), AT_MOST)?;
            (emptying.asks, emptying.thread) = (Some(asks), Some(thread));
        }
        Ok(emptying)
    }
}

impl Emptying<'_> {
    /// Says that a transaction was written.
    pub(crate) fn wrote(&self) {
        if let Some(asks) = &self.asks {
            // One that waits already will find this transaction too.
            let _ = asks.try_send(());
        }
    }
}

impl Drop for Emptying<'_> {
    fn drop(&mut self) {
        drop(self.asks.take());
        let Some(thread) = self.thread.take() else { return };
        if thread.join().is_err() {
            tracing::warn!("the thread that emptied the log ended early");
        }
        if let Err(problem) = open::empty_after(&held(&self.notebook.writer), open::PAGES_IN_LOG) {
            tracing::warn!(%problem, "the log beside the notebook will be emptied later than usual");
        }
    }
}
