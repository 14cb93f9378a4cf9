//! Promise 1: three computers, a server and a folder, anything written anywhere in any order: in the end all have the same.

use std::fs;

use proptest::prelude::*;

use super::*;
use crate::fuzzing::histories;
use crate::store::tests::convergence::{Act, act, perform};
use crate::store::tests::files_under;

/// Is something that happens to one of the three.
#[derive(Debug, Clone)]
enum Turn {
    Does(Act),
    /// It goes a round with one of its places.
    Syncs(usize),
    /// The server cannot be reached from here on, or can be again.
    ServerAway(bool),
    /// Whatever carries the folder copies a file under another name.
    FileTwice(usize),
    /// It gives a file another name.
    FileRenamed(usize),
}

fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        8 => act().prop_map(Turn::Does),
        6 => (0..2usize).prop_map(Turn::Syncs),
        1 => any::<bool>().prop_map(Turn::ServerAway),
        1 => (0..100usize).prop_map(Turn::FileTwice),
        1 => (0..100usize).prop_map(Turn::FileRenamed),
    ]
}

/// Is a computer with its places. Each sends what was written on it, so all have both: nobody passes on what another wrote.
struct Desk {
    laptop: Laptop,
    places: Vec<(PlaceId, Way)>,
}

impl Desk {
    fn new(laptop: Laptop, ways: &[Way]) -> Self {
        let add = |way: &Way| {
            let address = match way {
                Way::Server(_) => Address::Server("https://sync.example.org".to_owned()),
                Way::Folder(path) => Address::Folder(path.clone()),
            };
            (add_place(&laptop.notebook, &address, "").unwrap(), way.clone())
        };
        let places = ways.iter().map(add).collect();
        Self { laptop, places }
    }

    fn sync(&self, place: usize) {
        let Some((id, way)) = self.places.get(place) else { return };
        let notebook = &self.laptop.notebook;
        let round = match way {
            Way::Server(server) => sync_with_server(notebook, *id, server.as_ref(), &mut Unwatched),
            Way::Folder(path) => sync_with_folder(notebook, *id, path, &mut Unwatched),
        };
        // That the server is away passes; nothing else may happen.
        assert!(matches!(round, Ok(_) | Err(SyncError::Remote(_))), "{round:?}");
        notebook.write(keep_up).unwrap();
    }
}

/// Finds a segment in the folder.
fn segment(folder: &Path, number: usize) -> Option<std::path::PathBuf> {
    let mut files = files_under(folder);
    files.retain(|path| path.extension().is_some_and(|ending| ending == "seg"));
    files.sort();
    (!files.is_empty()).then(|| files[number % files.len()].clone())
}

fn go(turns: &[(usize, Turn)]) {
    let shared = tempfile::tempdir().unwrap();
    let (server, folder) = (MemoryServer::new(), folder(shared.path()));
    let first = Laptop::first();
    let [second, third] = [2, 3].map(|seed| Laptop::join(&first.notebook, seed));
    let through = Way::Server(Arc::clone(&server));
    let desks = [
        Desk::new(first, &[through.clone(), folder.clone()]),
        Desk::new(second, &[folder.clone(), through.clone()]),
        Desk::new(third, &[through, folder]),
    ];
    for (who, turn) in turns {
        let desk = &desks[who % 3];
        match turn {
            Turn::Does(Act::Clock(ms)) => {
                desk.laptop.profile.host.clock.advance(chrono::TimeDelta::milliseconds(*ms));
            }
            Turn::Does(act) => perform(&desk.laptop.notebook, act),
            Turn::Syncs(place) => desk.sync(*place),
            Turn::ServerAway(is_away) => server.set_offline(*is_away),
            Turn::FileTwice(number) => {
                if let Some(file) = segment(shared.path(), *number) {
                    fs::copy(&file, file.with_extension("conflicted copy.seg")).unwrap();
                }
            }
            Turn::FileRenamed(number) => {
                if let Some(file) = segment(shared.path(), *number) {
                    fs::rename(&file, file.with_file_name(format!("{number:08x}-renamed.seg"))).unwrap();
                }
            }
        }
    }
    server.set_offline(false);
    for _ in 0..4 {
        desks.iter().for_each(|desk| (0..2).for_each(|place| desk.sync(place)));
    }
    for desk in &desks[1..] {
        assert_same(&desks[0].laptop.notebook, &desk.laptop.notebook);
    }
}

proptest! {
    #![proptest_config(histories(12))]

    #[test]
    fn promise_1_three_computers_a_server_and_a_folder_come_to_the_same(
        turns in proptest::collection::vec((0..3usize, turn()), 1..60),
    ) {
        go(&turns);
    }
}
