//! Passing requests and answers on through mailboxes: one call does what is due, and can be repeated as often as one likes.

use super::asking::{answer_mailboxes, take_answer};
use super::error::SpaceError;
use super::invite::Invitation;
use super::letting_in::{answered, answers_due, request_mailboxes, take_request};
use super::{Answer, SpaceId, table};
use crate::notebook::Notebook;
use crate::ports::mailbox::{Mailbox, MailboxError};
use crate::store::StoreError;

/// Tells what came of passing messages on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passed {
    /// Spaces into which others newly ask to come.
    pub asked_into: Vec<SpaceId>,
    /// Answers to requests of one's own.
    pub answers: Vec<Answer>,
}

/// Says why messages were not all passed on. What was passed on stays.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// The mailbox could not be used.
    #[error(transparent)]
    Mailbox(#[from] MailboxError),
    /// The notebook refused.
    #[error(transparent)]
    Space(#[from] SpaceError),
}

impl From<StoreError> for PostError {
    fn from(problem: StoreError) -> Self {
        Self::Space(problem.into())
    }
}

/// Leaves what is due in a mailbox and takes what lies there for this person.
pub fn pass_messages(notebook: &Notebook, mailbox: &dyn Mailbox) -> Result<Passed, PostError> {
    let mut passed = Passed::default();
    let asked = notebook.read(|reader| table::list_asked(reader.sql()))?;
    for asked in asked.iter().filter(|asked| !asked.declined) {
        let invitation = Invitation::read(&asked.link).map_err(SpaceError::from)?;
        leave(mailbox, &invitation.keys().id(), &asked.sealed)?;
    }
    for (space, id) in notebook.read(request_mailboxes)? {
        for sealed in mailbox.fetch(&id)? {
            // Whatever else lies there is nobody's who has the link.
            match notebook.write(|tx| take_request(tx, &sealed, false)) {
                Ok((_, _, true)) => passed.asked_into.push(space),
                Err(SpaceError::Store(problem)) => return Err(problem.into()),
                _ => {}
            }
        }
    }
    for (id, message) in notebook.write(answers_due)? {
        leave(mailbox, &message.mailbox, &message.sealed)?;
        notebook.write(|tx| answered(tx, id))?;
    }
    for (_, id, _) in notebook.read(answer_mailboxes)? {
        for sealed in mailbox.fetch(&id)? {
            match notebook.write(|tx| take_answer(tx, &sealed)) {
                Ok(answer) => passed.answers.push(answer),
                Err(SpaceError::Store(problem)) => return Err(problem.into()),
                Err(_) => {}
            }
        }
    }
    Ok(passed)
}

/// Leaves a message unless it lies there already.
fn leave(mailbox: &dyn Mailbox, id: &[u8; 16], message: &[u8]) -> Result<(), MailboxError> {
    if mailbox.fetch(id)?.iter().any(|there| there == message) {
        return Ok(());
    }
    mailbox.post(id, message)
}
