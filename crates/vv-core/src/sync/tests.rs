//! What sync promises, on two laptops of one person in temporary folders, with a server in memory and folders on the disk.

mod accidents;
mod convergence;
mod copies;
mod evil;
mod folders;
mod servers;
mod sharing;
mod told;
mod while_writing;
mod wiping;

use std::path::Path;
use std::sync::Arc;

use crate::identity::devices::keep_up;
use crate::notebook::Notebook;
use crate::store::tests::devices::{Laptop, assert_same};
use crate::sync::testing::MemoryServer;
use crate::sync::{
    Address, AlarmKind, Answer, PlaceId, Round, SyncError, Unwatched, add_place, answer_alarm, open_alarms,
    sync_with_folder, sync_with_server,
};

pub(super) const A: [u8; 16] = [1; 16];
pub(super) const B: [u8; 16] = [2; 16];

/// Is a laptop that syncs with one place.
pub(super) struct Synced {
    pub laptop: Laptop,
    pub place: PlaceId,
    pub way: Way,
}

#[derive(Clone)]
pub(super) enum Way {
    Server(Arc<MemoryServer>),
    Folder(std::path::PathBuf),
}

impl Synced {
    pub(super) fn with(laptop: Laptop, way: Way) -> Self {
        let address = match &way {
            Way::Server(_) => Address::Server("https://sync.example.org".to_owned()),
            Way::Folder(path) => Address::Folder(path.clone()),
        };
        let place = add_place(&laptop.notebook, &address, "").unwrap();
        Self { laptop, place, way }
    }

    pub(super) fn notebook(&self) -> &Notebook {
        &self.laptop.notebook
    }

    pub(super) fn try_sync(&self) -> Result<Round, SyncError> {
        match &self.way {
            Way::Server(server) => {
                sync_with_server(self.notebook(), self.place, server.as_ref(), &mut Unwatched)
            }
            Way::Folder(path) => sync_with_folder(self.notebook(), self.place, path, &mut Unwatched),
        }
    }

    pub(super) fn sync(&self) -> Round {
        self.try_sync().unwrap()
    }

    /// Expects that the next round ends in an alarm, and that it waits for an answer.
    pub(super) fn assert_alarm(&self, kind: AlarmKind) {
        let ended = self.try_sync();
        assert!(matches!(ended, Err(SyncError::Alarm(found)) if found == kind), "{ended:?}");
        assert!(open_alarms(self.notebook()).unwrap().iter().any(|alarm| alarm.kind == kind));
    }

    pub(super) fn answer(&self, answer: Answer) {
        for alarm in open_alarms(self.notebook()).unwrap() {
            answer_alarm(self.notebook(), alarm.id, answer).unwrap();
        }
    }
}

/// Makes two laptops of one person that sync the same way.
pub(super) fn two(way: &Way) -> (Synced, Synced) {
    let first = Laptop::first();
    let second = Laptop::join(&first.notebook, 2);
    (Synced::with(first, way.clone()), Synced::with(second, way.clone()))
}

/// Goes rounds until both have everything.
pub(super) fn settle(one: &Synced, two: &Synced) {
    for _ in 0..3 {
        one.sync();
        two.sync();
        for laptop in [one, two] {
            laptop.notebook().write(keep_up).unwrap();
        }
    }
    assert_same(one.notebook(), two.notebook());
}

pub(super) fn server() -> Way {
    Way::Server(MemoryServer::new())
}

pub(super) fn folder(at: &Path) -> Way {
    Way::Folder(at.to_path_buf())
}

/// Gives the server in memory that a way leads to.
pub(super) fn memory(way: &Way) -> Arc<MemoryServer> {
    let Way::Server(server) = way else { unreachable!("it is a server") };
    Arc::clone(server)
}
