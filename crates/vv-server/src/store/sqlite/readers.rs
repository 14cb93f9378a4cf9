//! A few connections that read beside the writer, each used by one at a time.

use std::sync::{Arc, Mutex};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use crate::store::{Outcome, StoreError};

/// Is a set of reading connections.
#[derive(Clone)]
pub struct Readers {
    idle: Arc<Mutex<Vec<Connection>>>,
    free: Arc<Semaphore>,
}

impl Readers {
    /// Holds these connections.
    pub fn new(connections: Vec<Connection>) -> Self {
        let free = Arc::new(Semaphore::new(connections.len()));
        Self { idle: Arc::new(Mutex::new(connections)), free }
    }

    /// Reads on a thread where waiting is allowed, in one transaction, so that all that is read is of one moment.
    pub async fn read<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Connection) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let gone = || StoreError::Unavailable("its readers have stopped".to_owned());
        let permit = self.free.clone().acquire_owned().await.map_err(|_| gone())?;
        let idle = self.idle.clone();
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let take = || idle.lock().ok()?.pop();
            let sql = take().ok_or_else(gone)?;
            let outcome = sql
                .execute_batch("BEGIN")
                .map_err(StoreError::from)
                .and_then(|()| act(&sql))
                .and_then(|value| Ok(sql.execute_batch("COMMIT").map(|()| value)?));
            if !sql.is_autocommit() {
                let _ = sql.execute_batch("ROLLBACK");
            }
            if let Ok(mut idle) = idle.lock() {
                idle.push(sql);
            }
            outcome
        })
        .await
        .map_err(|_| gone())?
    }
}
