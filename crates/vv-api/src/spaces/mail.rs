//! Passing on requests and answers, beside the commands: through the servers that an invitation names, and through every place that
//! this notebook syncs through.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use vv_core::{
    Notebook,
    ports::mailbox::{Mailbox, MailboxError},
    spaces::{self as core, Answer, AnswerBox, Message, SpaceError},
    sync::{Address, list_places},
};

use crate::{App, devices::Meeting};

/// So often mailboxes are looked into while something is waited for.
const LOOK_EVERY: Duration = Duration::from_secs(5);
const TICK: Duration = Duration::from_millis(500);

/// Remembers what was passed on in this process.
#[derive(Default)]
pub(crate) struct Mail {
    is_due: AtomicBool,
    /// Messages that were looked at and are none of ours, or were done with.
    seen: Mutex<BTreeSet<Vec<u8>>>,
}

impl Mail {
    /// Has the mailboxes looked into soon.
    pub(crate) fn look(&self) {
        self.is_due.store(true, Ordering::Release);
    }

    /// Says whether a message was not looked at before, and remembers it.
    fn is_news(&self, message: &[u8]) -> bool {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(message.to_vec())
    }
}

/// Passes requests and answers on, on a thread of its own, until the app is dropped.
pub fn keep_passing_mail(app: &Arc<App>) -> std::io::Result<()> {
    let app = Arc::downgrade(app);
    thread::Builder::new().name("mail".to_owned()).spawn(move || {
        let mut looked_at: Option<Instant> = None;
        while let Some(app) = app.upgrade() {
            let is_due = app.mail.is_due.swap(false, Ordering::AcqRel);
            if is_due || looked_at.is_none_or(|at| at.elapsed() >= LOOK_EVERY) {
                app.pass_mail();
                looked_at = Some(Instant::now());
            }
            drop(app);
            thread::sleep(TICK);
        }
    })?;
    Ok(())
}

impl App {
    /// Looks into every mailbox in which something may lie, and leaves what is due.
    pub(crate) fn pass_mail(&self) {
        let Some(notebook) = self.shared_notebook() else { return };
        if let Err(problem) = self.try_pass_mail(&notebook) {
            tracing::debug!(%problem, "requests and answers could not be passed on");
        }
    }

    fn try_pass_mail(&self, notebook: &Notebook) -> Result<(), SpaceError> {
        let requests = notebook.read(core::request_mailboxes)?;
        let answers = notebook.read(core::answer_mailboxes)?;
        let due = notebook.write(core::answers_due)?;
        if requests.is_empty() && answers.is_empty() && due.is_empty() {
            return Ok(());
        }
        let now = self.host.clock.now();
        let own = Meeting::at_every(&list_places(notebook)?);
        let mailboxes = own.mailboxes(now);
        for (_, id) in requests {
            for message in fetched(mailboxes.fetch(&id)) {
                if self.mail.is_news(&message) {
                    note(notebook.write(|tx| core::take_request(tx, &message, false)).map(|_| ()));
                }
            }
        }
        for AnswerBox { mailbox, servers } in answers {
            let asked = own.and_servers(&servers);
            for message in fetched(asked.mailboxes(now).fetch(&mailbox)) {
                if self.mail.is_news(&message) {
                    let taken = notebook.write(|tx| core::take_answer(tx, &message));
                    if let Ok(Answer::In(_)) = taken {
                        self.sync_through(notebook, &servers);
                    }
                    note(taken.map(|_| ()));
                }
            }
        }
        // Approved just now, or behind an open door.
        for (id, message) in notebook.write(core::answers_due)? {
            if mailboxes.post(&message.mailbox, &message.sealed).is_ok() {
                notebook.write(|tx| core::answered(tx, id))?;
            }
        }
        Ok(())
    }

    /// Syncs through the servers of a space that one came into. One that asks for a voucher is for the person to set up.
    fn sync_through(&self, notebook: &Notebook, servers: &[String]) {
        let known = list_places(notebook).unwrap_or_default();
        for server in servers {
            let address = Address::Server(server.clone());
            if !known.iter().any(|place| place.address == address) {
                note(vv_core::sync::add_place(notebook, &address, "").map(|_| ()));
            }
        }
        self.syncing.renew_beacons();
        self.syncing.look_at_all();
    }

    /// Leaves a request where the invitation leads to, and at every place of one's own.
    pub(super) fn post_request(&self, message: &Message, invitation: &str) {
        let Some(notebook) = self.shared_notebook() else { return };
        let servers = notebook.read(|reader| core::look_at(reader, invitation)).map(|seen| seen.places);
        let places = list_places(&notebook).unwrap_or_default();
        let meeting = Meeting::at_every(&places).and_servers(&servers.unwrap_or_default());
        note(meeting.mailboxes(self.host.clock.now()).post(&message.mailbox, &message.sealed));
    }

    /// Leaves an answer at every place.
    pub(super) fn post_answer(&self, message: &Message) {
        let Some(notebook) = self.shared_notebook() else { return };
        let meeting = Meeting::at_every(&list_places(&notebook).unwrap_or_default());
        note(meeting.mailboxes(self.host.clock.now()).post(&message.mailbox, &message.sealed));
    }
}

/// Gives what a mailbox holds; one that cannot be reached is looked into again.
fn fetched(found: Result<Vec<Vec<u8>>, MailboxError>) -> Vec<Vec<u8>> {
    found.unwrap_or_default()
}

/// What cannot be passed on now is tried again, or waits as a file.
fn note<E: std::fmt::Display>(outcome: Result<(), E>) {
    if let Err(problem) = outcome {
        tracing::debug!(%problem, "a message was not passed on or taken in");
    }
}
