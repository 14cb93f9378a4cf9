//! How fast a notebook travels: two devices of one person, the server's own program, and loopback between them.
//!
//! Nothing is left out: a push reads, chains and sends records that a person's writing made, a pull verifies each, merges it
//! and writes the tables that screens read. The control is a bare SQLite file on the same disk which takes the bytes of the same
//! records, a thousand in each durable transaction. Server and both devices share the machine.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use vv_api::host::{HttpServer, Profile};
use vv_api::model::journal::CreateEntry;
use vv_api::{App, Event};
use vv_core::Notebook;
use vv_core::journal::{self, JournalError, NewEntry};
use vv_core::linking::{NewDevice, NewDeviceStep, OldDevice, OldDeviceStep};
use vv_core::notebook::NewKey;
use vv_core::ports::mailbox::{Mailbox, MailboxError};
use vv_core::sync::{Address, PlaceId, Round, Unwatched, add_place, sync_with_server};
use vv_tests::file_vault;

use crate::counted::Wire;
use crate::figures::{Runs, Table};
use crate::machine;
use crate::place::{self, Place};
use crate::server::{bare_rows, start};

const FIRST: usize = 10_000;
/// How often a whole first push and pull is measured.
const TIMES: usize = 3;
const TOGETHER: usize = 1_000;
/// Bytes of such a record.
const RAW: usize = 422;
/// Records in the two notebooks in which one change goes there and back.
const SMALL: usize = 100;
const LARGE: usize = 100_000;
const CHANGES: usize = 60;
const EDITS: usize = 60;
/// How long an edit may take to arrive before the measure gives up.
const ARRIVES: Duration = Duration::from_secs(20);
/// Wording with which the record of an entry gets the length of one whose body has 140 bytes: lengths are padded.
const WORDS: &str = "Asked first, then said what I knew.";

/// Is a device of the person, and the server it syncs with.
struct Device {
    notebook: Notebook,
    place: PlaceId,
    server: HttpServer,
}

impl Device {
    fn new(notebook: Notebook, address: &str) -> Self {
        let place = add_place(&notebook, &Address::Server(address.to_owned()), "").expect("a place is kept");
        let server = HttpServer::at(address).expect("the server has an address");
        Self { notebook, place, server }
    }

    fn sync(&self) -> Round {
        sync_with_server(&self.notebook, self.place, &self.server, &mut Unwatched).expect("a round ends well")
    }

    fn write(&self, count: usize) {
        let mut left = count;
        while left > 0 {
            let some = left.min(TOGETHER);
            let entries: Vec<NewEntry> =
                (0..some).map(|_| NewEntry { text: WORDS.to_owned(), ..NewEntry::default() }).collect();
            self.notebook
                .write(|tx| journal::create_entries(tx, entries))
                .map_err(|error: JournalError| error)
                .expect("entries can be made");
            left -= some;
        }
    }

    fn count(&self) -> u64 {
        self.notebook
            .read(|reader| journal::list_entries(reader, &journal::EntryFilter::default(), 0, 1))
            .map_err(|error: JournalError| error)
            .expect("entries can be counted")
            .total
            .into()
    }
}

/// Keeps messages in memory.
#[derive(Default)]
struct MessageBox(Mutex<HashMap<[u8; 16], Vec<Vec<u8>>>>);

impl Mailbox for MessageBox {
    fn post(&self, id: &[u8; 16], message: &[u8]) -> Result<(), MailboxError> {
        self.0.lock().expect("nobody panics").entry(*id).or_default().push(message.to_vec());
        Ok(())
    }

    fn fetch(&self, id: &[u8; 16]) -> Result<Vec<Vec<u8>>, MailboxError> {
        Ok(self.0.lock().expect("nobody panics").get(id).cloned().unwrap_or_default())
    }
}

/// Makes the notebook of a further device, as linking does.
fn linked(old: &Notebook, root: &Path, folder: &Path) -> Notebook {
    let (mailbox, host) = (MessageBox::default(), file_vault::host_in(root));
    let mut new = NewDevice::begin(&host, &mailbox).expect("a device can begin");
    let mut with = OldDevice::begin(old, new.code());
    loop {
        if let OldDeviceStep::Compare { .. } = with.go_on(old, &mailbox).expect("the old device goes on") {
            with.confirm(old, &mailbox).expect("the pictures are the same");
        }
        if let NewDeviceStep::Joined(joined) = new.go_on(&host, &mailbox).expect("the new device goes on") {
            return Notebook::join(folder, &host, &joined, NewKey::Keyring).expect("a notebook can be made");
        }
    }
}

fn folder_of(place: &Place, name: &str) -> (PathBuf, PathBuf) {
    let root = place.path(name);
    std::fs::create_dir_all(&root).expect("a folder can be made");
    let notebook = root.join("notebook");
    (root, notebook)
}

fn begin(place: &Place, name: &str) -> Notebook {
    let (root, folder) = folder_of(place, name);
    place::make_notebook(&folder, &file_vault::host_in(&root))
}

fn join(place: &Place, name: &str, old: &Notebook) -> Notebook {
    let (root, folder) = folder_of(place, name);
    linked(old, &root, &folder)
}

/// Measures first pushes and pulls, one change, and an edit on its way.
pub fn measure(table: &mut Table) {
    firsts(table);
    bytes(table);
    for many in [SMALL, LARGE] {
        one_change(many, table);
    }
    edits(table);
}

fn firsts(table: &mut Table) {
    let (mut push, mut pull, mut bare) = (Runs::default(), Runs::default(), Runs::default());
    for _ in 0..TIMES {
        let place = Place::new();
        let process = start(&place, "server", &[]);
        let address = format!("http://{}", process.address());
        let a = Device::new(begin(&place, "a"), &address);
        a.sync();
        a.write(FIRST);
        machine::settle_disk();
        let begun = Instant::now();
        let round = a.sync();
        push.add(begun.elapsed());
        let sent = usize::try_from(round.sent).unwrap_or(usize::MAX);
        assert!(sent >= FIRST, "only {sent} records were sent");
        let b = Device::new(join(&place, "b", &a.notebook), &address);
        machine::settle_disk();
        let begun = Instant::now();
        b.sync();
        pull.add(begun.elapsed());
        assert_eq!(b.count(), FIRST as u64, "every entry arrived");
        bare.add(bare_rows(&place, RAW));
    }
    let each = |ms: f64| FIRST as f64 * 1_000.0 / ms;
    for (what, runs, must) in [
        ("first push of 10,000 records to the embedded server, loopback", &push, 15_000.0),
        ("pull, verify and materialise them in an empty notebook", &pull, 12_000.0),
    ] {
        table.row(
            format!("sync: {what}, median of {TIMES}"),
            format!(
                "{:.0}/s = 1/{:.1} of {:.0}/s",
                each(runs.median()),
                runs.median() / bare.median(),
                each(bare.median())
            ),
            format!("≥ {must:.0}/s"),
            each(runs.median()) >= must,
        );
    }
}

/// Counts the bytes of a first push, with everything that goes to and fro besides.
fn bytes(table: &mut Table) {
    let place = Place::new();
    let wire = Wire::new();
    let process = start(&place, "server", &["--host", &wire.address().to_string()]);
    wire.lead_to(process.address());
    let a = Device::new(begin(&place, "a"), &format!("http://{}", wire.address()));
    a.sync();
    a.write(FIRST);
    let before = wire.bytes();
    a.sync();
    let each = (wire.bytes() - before).div_ceil(FIRST as u64);
    table.row(
        "sync: bytes on the wire for such a record, heads and answers of HTTP included",
        format!("{each}"),
        "≤ 360",
        each <= 360,
    );
}

fn one_change(many: usize, table: &mut Table) {
    let place = Place::new();
    let process = start(&place, "server", &[]);
    let address = format!("http://{}", process.address());
    let a = Device::new(begin(&place, "a"), &address);
    a.write(many);
    a.sync();
    let b = Device::new(join(&place, "b", &a.notebook), &address);
    b.sync();
    a.sync();
    place::fill(&a.notebook);
    place::fill(&b.notebook);
    machine::settle_disk();
    let (mut change, mut nothing) = (Runs::default(), Runs::default());
    for _ in 0..CHANGES {
        a.write(1);
        let begun = Instant::now();
        let sent = a.sync().sent;
        let received = b.sync().received;
        change.add(begun.elapsed());
        assert!(sent >= 1 && received >= 1, "the change arrived");
        a.sync();
        let begun = Instant::now();
        a.sync();
        nothing.add(begun.elapsed());
    }
    table.row(
        format!("sync: one change, pushed and pulled, notebooks of {many} records"),
        format!("p50 {:.1} ms, p95 {:.1} ms", change.median(), change.p95()),
        "≤ 20 ms",
        change.median() <= 20.0,
    );
    table.row(
        format!("sync: a round with nothing to do, notebook of {many} records"),
        format!("p50 {:.2} ms, p95 {:.2} ms", nothing.median(), nothing.p95()),
        "≤ 1 ms",
        nothing.median() <= 1.0,
    );
}

/// Opens a profile as the shell does, with the threads that go the rounds.
fn running(root: &Path) -> Arc<App> {
    let profile = Profile { folder: root.to_owned(), state_folder: root.to_owned() };
    let app = Arc::new(App::with_host(profile, file_vault::host_in(root)));
    app.open_early();
    vv_api::keep_syncing(&app).expect("the system gives threads");
    app
}

fn edits(table: &mut Table) {
    let place = Place::new();
    let process = start(&place, "server", &[]);
    let address = format!("http://{}", process.address());
    let a = Device::new(begin(&place, "a"), &address);
    a.write(SMALL);
    a.sync();
    let b = Device::new(join(&place, "b", &a.notebook), &address);
    b.sync();
    drop((a, b));
    let (a, b) = (running(&place.path("a")), running(&place.path("b")));
    let arrived = b.subscribe();
    let mut runs = Runs::default();
    // The first ones find both sides listening already.
    std::thread::sleep(Duration::from_secs(2));
    for turn in 0..EDITS {
        let request = CreateEntry { text: format!("Edit {turn}."), ..CreateEntry::default() };
        let begun = Instant::now();
        let id = vv_api::journal_create_entry(&a, request).expect("an entry can be made").id;
        loop {
            assert!(begun.elapsed() < ARRIVES, "an edit did not arrive");
            let Ok(Event::Changed(_)) = arrived.recv_timeout(ARRIVES) else { continue };
            if vv_api::journal_get_entry(&b, id.to_string()).is_ok() {
                break;
            }
        }
        runs.add(begun.elapsed());
    }
    a.close();
    b.close();
    table.row(
        "sync: an edit here until it can be read there, both running, loopback",
        format!("p50 {:.0} ms, p95 {:.0} ms, worst {:.0} ms", runs.median(), runs.p95(), runs.worst()),
        "p95 ≤ 300 ms",
        runs.p95() <= 300.0,
    );
}
