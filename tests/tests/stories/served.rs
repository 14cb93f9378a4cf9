//! Two computers of one person and a real server between them: the program itself, over HTTP on this computer.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use vv_api::model::devices::{
    AnswerLink, BeginLink, ComeBack, ConfirmLink, GivenKit, LinkView, MeetingPlace,
};
use vv_api::model::journal::{CreateEntry, EntryFilter, ListEntries};
use vv_api::model::notebook::{CreateNotebook, KeyPlace};
use vv_api::model::sync::{AddServer, AlarmKind, ServerFinding, SyncState, TestServer, VoucherState};
use vv_api::{App, host::Profile};
use vv_core::ports::testing::TestHost;
use vv_server::testing::Process;

/// How often both sides look before a test gives up.
const LOOKS: usize = 100;
/// How a computer that is linked calls itself: no other words anywhere are like it.
pub(super) const NEW_DEVICE: &str = "The tall desk by the window";

/// Gives the server's program, which lies beside those of the tests.
fn program() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let built = tests.parent().and_then(Path::parent).unwrap().join("vv-server");
    assert!(built.is_file(), "the server was not built: {}", built.display());
    built
}

pub(super) struct Server {
    folder: TempDir,
    process: Option<Process>,
}

impl Server {
    pub(super) fn start(words: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut server = Self { folder, process: None };
        server.run(words);
        server
    }

    fn data(&self) -> String {
        self.folder.path().join("data").to_string_lossy().into_owned()
    }

    pub(super) fn run(&mut self, words: &[&str]) {
        let data = self.data();
        let options: Vec<&str> = ["--data", &data].into_iter().chain(words.iter().copied()).collect();
        let process = match self.process.take() {
            None => Process::start(&program(), &options),
            Some(old) => {
                let address = old.address().to_owned();
                old.kill();
                Process::start_at(&program(), &address, &options)
            }
        };
        self.process = Some(process);
    }

    fn address(&self) -> String {
        format!("http://{}", self.process.as_ref().unwrap().address())
    }

    fn voucher(&self) -> String {
        let out = Command::new(program()).args(["voucher", "--data", &self.data()]).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap().split_whitespace().last().unwrap().to_owned()
    }

    /// Says whether words lie readable anywhere in what the server keeps.
    pub(super) fn holds(&self, words: &[u8]) -> bool {
        fn files(folder: &Path) -> Vec<PathBuf> {
            std::fs::read_dir(folder)
                .unwrap()
                .flat_map(|entry| {
                    let path = entry.unwrap().path();
                    if path.is_dir() { files(&path) } else { vec![path] }
                })
                .collect()
        }
        files(self.folder.path())
            .iter()
            .any(|file| std::fs::read(file).unwrap().windows(words.len()).any(|window| window == words))
    }
}

pub(super) struct Computer {
    pub(super) app: App,
    _folder: TempDir,
}

impl Computer {
    fn new(number: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let profile =
            Profile { folder: folder.path().join("profile"), state_folder: folder.path().join("state") };
        std::fs::create_dir_all(&profile.state_folder).unwrap();
        let ports = TestHost::new(number, &profile.state_folder);
        Self { app: App::with_host(profile, ports.host), _folder: folder }
    }

    pub(super) fn begin(number: u32) -> Self {
        Self::of(number, "Ada of the tests")
    }

    pub(super) fn of(number: u32, name: &str) -> Self {
        let computer = Self::new(number);
        let request = CreateNotebook {
            name: name.to_owned(),
            key_place: KeyPlace::Keyring,
            passphrase: None,
            first_sentence: None,
        };
        vv_api::notebook_create(&computer.app, request).unwrap();
        computer
    }

    pub(super) fn write(&self, text: &str) -> String {
        let request = CreateEntry { text: text.to_owned(), ..CreateEntry::default() };
        vv_api::journal_create_entry(&self.app, request).unwrap().id.to_string()
    }

    pub(super) fn texts(&self) -> Vec<String> {
        let page = vv_api::journal_list_entries(
            &self.app,
            ListEntries { filter: EntryFilter::default(), offset: 0, limit: 10_000 },
        )
        .unwrap();
        let mut texts: Vec<String> = page
            .rows
            .iter()
            .map(|row| vv_api::journal_get_entry(&self.app, row.id.to_string()).unwrap().text)
            .collect();
        texts.sort();
        texts
    }

    pub(super) fn sync(&self) -> SyncState {
        vv_api::sync_now(&self.app).unwrap().state
    }

    fn link_state(&self) -> LinkView {
        vv_api::devices_link_state(&self.app).unwrap()
    }
}

pub(super) fn add(computer: &Computer, server: &Server, voucher: Option<String>) {
    vv_api::sync_add_server(&computer.app, AddServer { address: server.address(), voucher }).unwrap();
}

/// Links a new computer through the server, as two people beside each other do it.
pub(super) fn link(old: &Computer, number: u32, server: &Server) -> Computer {
    let new = Computer::new(number);
    let request = BeginLink {
        at: MeetingPlace::Server { address: server.address() },
        device_name: NEW_DEVICE.to_owned(),
        key_place: KeyPlace::Keyring,
        passphrase: None,
    };
    let LinkView::ShowingCode { code, .. } = vv_api::devices_link_begin(&new.app, request).unwrap() else {
        panic!("a code is shown")
    };
    vv_api::devices_link_answer(&old.app, AnswerLink { code }).unwrap();
    let mut is_confirmed = false;
    for _ in 0..LOOKS {
        match (old.link_state(), new.link_state()) {
            (LinkView::Comparing { signs: one, .. }, LinkView::Comparing { signs: other, .. })
                if !is_confirmed =>
            {
                assert_eq!(one, other);
                vv_api::devices_link_confirm(&old.app, ConfirmLink { same: true }).unwrap();
                is_confirmed = true;
            }
            (LinkView::Done { .. }, LinkView::Done { .. }) => return new,
            _ => {}
        }
    }
    panic!("the two did not find each other: {:?}, {:?}", old.link_state(), new.link_state());
}

#[test]
fn two_computers_have_one_journal_through_a_server_that_can_read_nothing() {
    let server = Server::start(&["--vouchers", "true"]);
    let old = Computer::begin(1);
    let asked = |voucher: Option<String>| {
        vv_api::sync_test_server(&old.app, TestServer { address: server.address(), voucher }).unwrap()
    };
    assert!(matches!(asked(None), ServerFinding::Usable { vouchers: VoucherState::Wanted, .. }));
    let refused = vv_api::sync_add_server(
        &old.app,
        AddServer { address: server.address(), voucher: Some("no voucher".into()) },
    );
    assert_eq!(refused.unwrap_err().field.as_deref(), Some("voucher"));
    assert_eq!(vv_api::sync_state(&old.app).unwrap(), SyncState::Off, "nothing was changed");

    add(&old, &server, Some(server.voucher()));
    let entry = old.write("What nobody else may read");
    vv_api::attach_bytes(&old.app, &entry, "board.bin", &[9; 1_500_000]).unwrap();
    assert!(matches!(old.sync(), SyncState::InStep { .. }));

    let new = link(&old, 2, &server);
    old.sync();
    new.sync();
    assert_eq!(new.texts(), ["What nobody else may read"]);
    new.write("Written on the other computer");
    new.sync();
    old.sync();
    assert_eq!(old.texts(), new.texts());
    assert!(!server.holds(b"nobody else may read") && !server.holds(b"Ada of the tests"));
    assert!(!server.holds(NEW_DEVICE.as_bytes()), "the mailbox told how the new device is called");
    assert!(vv_api::notebook_verify(&new.app).unwrap().problems.is_empty());
}

#[test]
fn a_server_that_is_killed_in_the_middle_loses_nothing_it_acknowledged() {
    let mut server = Server::start(&[]);
    let old = Computer::begin(3);
    add(&old, &server, None);
    old.sync();
    let new = link(&old, 4, &server);
    for round in 0..6 {
        old.write(&format!("{round} from the old"));
        new.write(&format!("{round} from the new"));
        old.sync();
        server.run(&[]);
        new.sync();
    }
    old.sync();
    new.sync();
    assert_eq!(old.texts().len(), 12);
    assert_eq!(old.texts(), new.texts());
}

#[test]
fn with_the_kit_and_the_address_of_the_server_a_person_comes_back() {
    let server = Server::start(&[]);
    let old = Computer::begin(5);
    add(&old, &server, None);
    old.write("What is worth coming back for");
    old.sync();
    old.sync();
    let words = vv_api::recovery_show_kit(&old.app).unwrap().words.join(" ");
    // The computer is gone; there are the words and the address.
    drop(old);
    let new = Computer::new(6);
    let request = ComeBack {
        kit: GivenKit::Words { words },
        at: MeetingPlace::Server { address: server.address() },
        device_name: "After the fire".to_owned(),
        key_place: KeyPlace::Keyring,
        passphrase: None,
    };
    vv_api::devices_come_back(&new.app, request).unwrap();
    new.sync();
    assert_eq!(new.texts(), ["What is worth coming back for"]);
    new.write("And it goes on");
    assert!(matches!(new.sync(), SyncState::InStep { .. }));
}

#[test]
fn a_server_set_back_without_a_word_is_found_out_and_gets_again_what_it_lost() {
    let mut server = Server::start(&[]);
    let old = Computer::begin(7);
    add(&old, &server, None);
    old.write("Last week");
    old.sync();
    let copy = tempfile::tempdir().unwrap();
    let kept = copy.path().join("data");
    copy_folder(Path::new(&server.data()), &kept);
    old.write("Today");
    old.sync();
    // The administrator copies old files over the new ones and tells nobody.
    let address = server.process.as_ref().unwrap().address().to_owned();
    server.process.take().unwrap().kill();
    std::fs::remove_dir_all(server.data()).unwrap();
    copy_folder(&kept, Path::new(&server.data()));
    server.process = Some(Process::start_at(&program(), &address, &["--data", &server.data()]));

    let view = vv_api::sync_now(&old.app).unwrap();
    assert!(matches!(view.state, SyncState::NeedsYou { .. }), "{:?}", view.state);
    let alarm = view.alarms.first().unwrap();
    assert!(matches!(alarm.what, AlarmKind::RolledBack { .. }), "{:?}", alarm.what);
    assert_eq!(old.texts(), ["Last week", "Today"]);
    let act = alarm.acts[0];
    let id = alarm.id.clone();
    vv_api::sync_answer_alarm(&old.app, vv_api::model::sync::AnswerAlarm { id, act }).unwrap();
    assert!(matches!(old.sync(), SyncState::InStep { .. }));
    let new = link(&old, 8, &server);
    new.sync();
    assert_eq!(new.texts(), ["Last week", "Today"]);
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &place);
        } else {
            std::fs::copy(entry.path(), place).unwrap();
        }
    }
}
