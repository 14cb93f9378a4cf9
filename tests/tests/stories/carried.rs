//! Promise 6, in the middle of sync: a computer that writes and carries its journal into a folder is killed at any moment. What it said was
//! carried is on the other computer, once, and both are sound; and a server that is killed while two sync with it loses nothing.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use vv_core::Notebook;
use vv_core::ids::EntryId;
use vv_core::journal::{self, EntryFilter, NewEntry};
use vv_core::linking::{NewDevice, NewDeviceStep, OldDevice, OldDeviceStep};
use vv_core::notebook::{NewKey, Unlock};
use vv_core::sync::{Address, FolderMailbox, Unwatched, add_place, list_places, sync_with_folder};

use crate::killed::kill_after;
use crate::served::{Computer, Server, add, link};

fn kills(name: &str, usual: u32) -> u32 {
    std::env::var(name).ok().and_then(|count| count.parse().ok()).unwrap_or(usual)
}

/// Makes a second computer of the person, with messages in the shared folder.
fn join(old: &Notebook, place: &Path, shared: &Path) -> Notebook {
    let host = vv_tests::file_vault::host_in(place);
    let mailbox = FolderMailbox::new(shared, host.clock.now());
    let mut new = NewDevice::begin(&host, &mailbox).unwrap();
    let mut known = OldDevice::begin(old, new.code());
    loop {
        if let OldDeviceStep::Compare { .. } = known.go_on(old, &mailbox).unwrap() {
            known.confirm(old, &mailbox).unwrap();
        }
        if let NewDeviceStep::Joined(joined) = new.go_on(&host, &mailbox).unwrap() {
            return Notebook::join(&place.join("notebook"), &host, &joined, NewKey::Keyring).unwrap();
        }
    }
}

fn texts(notebook: &Notebook) -> BTreeMap<EntryId, String> {
    const AT_ONCE: u32 = 500;
    let filter = EntryFilter::default();
    let mut found = BTreeMap::new();
    loop {
        let from = found.len() as u32;
        let page = notebook.read(|reader| journal::list_entries(reader, &filter, from, AT_ONCE)).unwrap();
        if page.rows.is_empty() {
            return found;
        }
        for row in page.rows {
            let entry = notebook.read(|reader| journal::get_entry(reader, row.id)).unwrap();
            found.insert(row.id, entry.text);
        }
    }
}

#[test]
fn what_was_carried_into_a_folder_is_there_however_often_the_carrier_is_killed() {
    let [here, there, shared] = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let host = vv_tests::file_vault::host_in(here.path());
    let old = Notebook::create(&here.path().join("notebook"), &host, "Mara", NewKey::Keyring).unwrap();
    let address = Address::Folder(shared.path().to_owned());
    add_place(&old, &address, "").unwrap();
    let new = join(&old, there.path(), shared.path());
    let through = add_place(&new, &address, "").unwrap();
    drop(old);

    let mut carried: BTreeMap<EntryId, String> = BTreeMap::new();
    let kills = kills("VV_SYNC_KILLS", 25);
    for kill in 1..=kills {
        let mut carrier = Command::new(env!("CARGO_BIN_EXE_carrier"))
            .arg(here.path())
            .arg(kill.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the carrier starts");
        let mut lines = BufReader::new(carrier.stdout.take().expect("its output is piped")).lines();
        let first = lines.next().and_then(Result::ok);
        kill_after(&mut carrier, Duration::from_micros(500 + (u64::from(kill) * 7_919) % 90_000));
        for line in first.into_iter().chain(lines.map_while(Result::ok)) {
            let mut fields = line.splitn(3, '\t');
            let (Some("carried"), Some(id), Some(text)) = (fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            carried.insert(id.parse().unwrap(), text.to_owned());
        }
        let own = NewEntry { text: format!("from the other computer {kill}"), ..NewEntry::default() };
        new.write(|tx| journal::create_entry(tx, own)).unwrap();
        sync_with_folder(&new, through, shared.path(), &mut Unwatched).unwrap();
        let is_there = texts(&new);
        for (id, text) in &carried {
            // What a kill cut short is not told apart here: a text is there whole or the line was never said.
            assert!(is_there.get(id).is_some_and(|there| there.starts_with(text.trim_end())), "{id} is lost");
        }
    }
    assert!(carried.len() as u32 > kills, "the carrier hardly wrote: {} entries", carried.len());
    let host = vv_tests::file_vault::host_in(here.path());
    let old = Notebook::open(&here.path().join("notebook"), &host, Unlock::Keyring).unwrap();
    let place = list_places(&old).unwrap().remove(0).id;
    for _ in 0..2 {
        sync_with_folder(&old, place, shared.path(), &mut Unwatched).unwrap();
        sync_with_folder(&new, through, shared.path(), &mut Unwatched).unwrap();
    }
    assert_eq!(texts(&old), texts(&new));
    for notebook in [&old, &new] {
        assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
    }
}

#[test]
fn a_server_that_is_killed_while_two_computers_sync_loses_nothing() {
    let mut server = Server::start(&[]);
    let old = Computer::begin(31);
    add(&old, &server, None);
    old.sync();
    let new = link(&old, 32, &server);
    let kills = kills("VV_SERVER_KILLS", 8);
    let (written, is_over) = (AtomicU32::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for computer in [&old, &new] {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    let number = written.fetch_add(1, Ordering::Relaxed);
                    computer.write(&format!("entry {number}"));
                    // A server that is away is no error of the round: it is tried again.
                    let _away = vv_api::sync_now(&computer.app);
                }
            });
        }
        for kill in 1..=kills {
            let goal = kill * 6;
            while written.load(Ordering::Relaxed) < goal {
                std::thread::yield_now();
            }
            server.run(&[]);
        }
        is_over.store(true, Ordering::Relaxed);
    });
    for _ in 0..3 {
        old.sync();
        new.sync();
    }
    assert_eq!(old.texts().len() as u32, written.load(Ordering::Relaxed));
    assert_eq!(old.texts(), new.texts());
}
