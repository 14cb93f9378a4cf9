//! Mailboxes in a folder: small sealed messages for whoever knows the id, such as two devices that meet.
//!
//! Each message is a file of its own, named after what it holds, so that the same message twice is one and nothing is ever
//! written over. Old ones are removed by whoever leaves the next.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::HEXLOWER;

use super::layout::{Layout, names, read, write};
use crate::ports::mailbox::{Mailbox, MailboxError};

/// The longest message.
const LONGEST: usize = 64 * 1024;
/// How many messages a mailbox holds at most.
const MOST: usize = 20;
/// How long a message stays.
const STAYS: TimeDelta = TimeDelta::days(30);

/// Passes messages on through a folder.
pub struct FolderMailbox {
    root: PathBuf,
    now: DateTime<Utc>,
}

impl FolderMailbox {
    /// Uses the mailboxes of a folder. `now` says which messages are too old.
    pub fn new(folder: &Path, now: DateTime<Utc>) -> Self {
        Self { root: Layout::new(folder).mail(), now }
    }

    fn directory(&self, id: &[u8; 16]) -> PathBuf {
        self.root.join(HEXLOWER.encode(id))
    }

    /// Removes what is too old. That it cannot be removed changes nothing.
    fn tidy(&self) -> io::Result<()> {
        let oldest = SystemTime::from(self.now - STAYS);
        for mailbox in names(&self.root)? {
            let directory = self.root.join(mailbox);
            for name in names(&directory)? {
                let path = directory.join(name);
                if fs::metadata(&path).and_then(|facts| facts.modified()).is_ok_and(|at| at < oldest) {
                    fs::remove_file(&path)?;
                }
            }
        }
        Ok(())
    }
}

impl Mailbox for FolderMailbox {
    fn post(&self, id: &[u8; 16], message: &[u8]) -> Result<(), MailboxError> {
        if message.len() > LONGEST {
            return Err(MailboxError::TooLong);
        }
        let _untidy = self.tidy();
        let directory = self.directory(id);
        let known = names(&directory).map_err(unreachable)?;
        let name = format!("{}.msg", HEXLOWER.encode(&vv_protocol::hash("folder-mail/v1", &[message])[..16]));
        if known.contains(&name) {
            return Ok(());
        }
        if known.len() >= MOST {
            return Err(MailboxError::Full);
        }
        write(&directory.join(name), message).map_err(unreachable)
    }

    fn fetch(&self, id: &[u8; 16]) -> Result<Vec<Vec<u8>>, MailboxError> {
        // A folder that is gone is told apart from one in which nothing lies.
        if !self.root.parent().and_then(Path::parent).is_some_and(Path::is_dir) {
            return Err(MailboxError::Unreachable);
        }
        let directory = self.directory(id);
        let mut messages = Vec::new();
        // What is not a message of ours, or not whole yet, is judged by whoever opens it. A cloud drive may rename files.
        for name in names(&directory).map_err(unreachable)?.iter().take(4 * MOST) {
            if let Some(bytes) = read(&directory.join(name)).map_err(unreachable)?
                && bytes.len() <= LONGEST
            {
                messages.push(bytes);
            }
        }
        Ok(messages)
    }
}

fn unreachable(_: io::Error) -> MailboxError {
    MailboxError::Unreachable
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: [u8; 16] = [7; 16];

    fn now() -> DateTime<Utc> {
        Utc::now()
    }

    #[test]
    fn what_one_leaves_the_other_finds_and_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let here = FolderMailbox::new(folder.path(), now());
        let there = FolderMailbox::new(folder.path(), now());
        assert_eq!(there.fetch(&ID), Ok(Vec::new()));
        here.post(&ID, b"one").unwrap();
        here.post(&ID, b"one").unwrap();
        here.post(&ID, b"two").unwrap();
        let mut found = there.fetch(&ID).unwrap();
        found.sort();
        assert_eq!(found, [b"one".to_vec(), b"two".to_vec()]);
        assert_eq!(there.fetch(&[8; 16]), Ok(Vec::new()));
    }

    #[test]
    fn a_folder_that_is_gone_is_said_to_be_unreachable() {
        let folder = tempfile::tempdir().unwrap();
        let gone = FolderMailbox::new(&folder.path().join("gone"), now());
        assert_eq!(gone.fetch(&ID), Err(MailboxError::Unreachable));
    }

    #[test]
    fn too_long_and_too_many_messages_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let mailbox = FolderMailbox::new(folder.path(), now());
        assert_eq!(mailbox.post(&ID, &[0; LONGEST + 1]), Err(MailboxError::TooLong));
        for at in 0..MOST as u8 {
            mailbox.post(&ID, &[at]).unwrap();
        }
        assert_eq!(mailbox.post(&ID, b"one more"), Err(MailboxError::Full));
    }

    #[test]
    fn messages_of_last_month_are_removed_by_the_next_who_leaves_one() {
        let folder = tempfile::tempdir().unwrap();
        FolderMailbox::new(folder.path(), now()).post(&ID, b"old").unwrap();
        let later = FolderMailbox::new(folder.path(), now() + TimeDelta::days(31));
        later.post(&[8; 16], b"new").unwrap();
        assert_eq!(later.fetch(&ID), Ok(Vec::new()));
    }
}
