//! The one writer: a thread that takes all writes that wait into one transaction, so that many share one flush of the disk.
//!
//! Each write stands in a savepoint of its own: one that is refused leaves nothing, and the others go on. Nobody gets an
//! answer before the transaction is durable.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::store::{Outcome, StoreError};

/// Most writes in one transaction.
const TOGETHER: usize = 256;
/// Most writes that wait; more wait outside.
const WAITING: usize = 1_024;

type Finish = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
type Job = Box<dyn FnOnce(&Connection) -> (bool, Finish) + Send>;

/// Is the door to the writing thread.
pub struct Writer {
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Starts the thread.
    pub fn start(sql: Connection) -> Self {
        let (jobs, waiting) = mpsc::channel(WAITING);
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || work(&sql, waiting))
            .expect("the system gives a thread");
        Self { jobs: Mutex::new(Some(jobs)), thread: Mutex::new(Some(thread)) }
    }

    /// Does something in a transaction and answers once it is durable.
    pub async fn write<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Connection) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |sql| {
            let outcome = catch_unwind(AssertUnwindSafe(|| act(sql)))
                .unwrap_or(Err(StoreError::Damaged("a write could not be carried out")));
            let stays = outcome.is_ok();
            let finish: Finish = Box::new(move |committed| {
                // The one who asked may have gone.
                let _ = answer.send(committed.and(outcome));
            });
            (stays, finish)
        });
        let jobs = self.jobs.lock().ok().and_then(|jobs| jobs.clone()).ok_or_else(gone)?;
        jobs.send(job).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Ok(mut jobs) = self.jobs.lock() {
            jobs.take();
        }
        if let Some(thread) = self.thread.lock().ok().and_then(|mut thread| thread.take()) {
            let _ = thread.join();
        }
    }
}

fn gone() -> StoreError {
    StoreError::Unavailable("its writer has stopped".to_owned())
}

fn work(sql: &Connection, mut waiting: mpsc::Receiver<Job>) {
    while let Some(first) = waiting.blocking_recv() {
        let mut jobs = vec![first];
        while jobs.len() < TOGETHER {
            match waiting.try_recv() {
                Ok(job) => jobs.push(job),
                Err(_) => break,
            }
        }
        let mut finishes = Vec::with_capacity(jobs.len());
        let committed = together(sql, jobs, &mut finishes);
        if committed.is_err() && !sql.is_autocommit() {
            let _ = sql.execute_batch("ROLLBACK");
        }
        for finish in finishes {
            finish(committed.clone());
        }
    }
}

fn together(sql: &Connection, jobs: Vec<Job>, finishes: &mut Vec<Finish>) -> Outcome<()> {
    let begun = sql.prepare_cached("BEGIN IMMEDIATE").and_then(|mut begin| begin.execute(()));
    for job in jobs {
        let saved = sql.prepare_cached("SAVEPOINT one").and_then(|mut save| save.execute(()));
        let (stays, finish) = job(sql);
        finishes.push(finish);
        saved?;
        if !stays {
            sql.prepare_cached("ROLLBACK TO one")?.execute(())?;
        }
        sql.prepare_cached("RELEASE one")?.execute(())?;
    }
    begun?;
    sql.prepare_cached("COMMIT")?.execute(())?;
    Ok(())
}
