//! Where two devices leave their messages: a folder or a server that both reach, or several at once.

use std::{path::PathBuf, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use vv_core::{
    ports::{
        mailbox::{Mailbox, MailboxError},
        remote::{Remote, RemoteError},
    },
    sync::{Address, FolderMailbox, Place},
};

use crate::{host::HttpServer, model::devices::MeetingPlace};

/// How long a server keeps a message of two devices that meet: as long as a code is good, and a little more.
const KEPT: Duration = Duration::from_secs(15 * 60);

/// Holds the places where the other device may be.
#[derive(Clone)]
pub(crate) struct Meeting(Vec<Spot>);

#[derive(Clone)]
enum Spot {
    Folder(PathBuf),
    Server(Arc<HttpServer>),
}

impl Meeting {
    /// Meets at one place; none when its address is none.
    pub(super) fn at(place: &MeetingPlace) -> Option<Self> {
        Spot::of(&address_of(place)).map(|spot| Self(vec![spot]))
    }

    /// Meets at every place that is in use, because a code does not say where it was made.
    pub(crate) fn at_every(places: &[Place]) -> Self {
        Self(places.iter().filter_map(|place| Spot::of(&place.address)).collect())
    }

    /// Meets at these servers too.
    pub(crate) fn and_servers(&self, addresses: &[String]) -> Self {
        let more = addresses.iter().filter_map(|address| Spot::of(&Address::Server(address.clone())));
        Self(self.0.iter().cloned().chain(more).collect())
    }

    /// Says whether there is nowhere to meet.
    pub(super) fn is_nowhere(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives the mailboxes as they are now.
    pub(crate) fn mailboxes(&self, now: DateTime<Utc>) -> Mailboxes<'_> {
        Mailboxes { spots: &self.0, now }
    }
}

/// Reads a place as a person names it.
pub(super) fn address_of(place: &MeetingPlace) -> Address {
    match place {
        MeetingPlace::Folder { path } => Address::Folder(PathBuf::from(path.trim())),
        MeetingPlace::Server { address } => {
            let address = address.trim().trim_end_matches('/');
            let address = address.split('#').next().unwrap_or_default().trim_end_matches('/');
            Address::Server(if address.contains("://") {
                address.to_owned()
            } else {
                format!("https://{address}")
            })
        }
    }
}

impl Spot {
    fn of(address: &Address) -> Option<Self> {
        match address {
            Address::Folder(path) => Some(Self::Folder(path.clone())),
            Address::Server(address) => {
                HttpServer::at(address).ok().map(|server| Self::Server(Arc::new(server)))
            }
        }
    }
}

/// Passes messages on through all the places: a message is left wherever it can be, and found wherever it lies.
pub(crate) struct Mailboxes<'a> {
    spots: &'a [Spot],
    now: DateTime<Utc>,
}

impl Mailboxes<'_> {
    fn each<R>(&self, ask: impl Fn(&dyn Mailbox) -> Result<R, MailboxError>) -> Result<Vec<R>, MailboxError> {
        let mut answers = Vec::new();
        let mut refused = MailboxError::Unreachable;
        for spot in self.spots {
            let answer = match spot {
                Spot::Folder(path) => ask(&FolderMailbox::new(path, self.now)),
                Spot::Server(server) => ask(&ServerMailbox(server)),
            };
            match answer {
                Ok(answer) => answers.push(answer),
                Err(why) => refused = why,
            }
        }
        if answers.is_empty() { Err(refused) } else { Ok(answers) }
    }
}

impl Mailbox for Mailboxes<'_> {
    fn post(&self, id: &[u8; 16], message: &[u8]) -> Result<(), MailboxError> {
        self.each(|mailbox| mailbox.post(id, message)).map(|_| ())
    }

    fn fetch(&self, id: &[u8; 16]) -> Result<Vec<Vec<u8>>, MailboxError> {
        self.each(|mailbox| mailbox.fetch(id)).map(|found| found.into_iter().flatten().collect())
    }
}

struct ServerMailbox<'a>(&'a HttpServer);

impl Mailbox for ServerMailbox<'_> {
    fn post(&self, id: &[u8; 16], message: &[u8]) -> Result<(), MailboxError> {
        self.0.post(id, message, KEPT).map_err(of_server)
    }

    fn fetch(&self, id: &[u8; 16]) -> Result<Vec<Vec<u8>>, MailboxError> {
        match self.0.fetch(id) {
            Err(RemoteError::NotFound) => Ok(Vec::new()),
            answer => answer.map_err(of_server),
        }
    }
}

fn of_server(error: RemoteError) -> MailboxError {
    match error {
        RemoteError::Quota => MailboxError::Full,
        RemoteError::TooLarge => MailboxError::TooLong,
        _ => MailboxError::Unreachable,
    }
}
