//! A pretended computer with a profile in a temporary folder: a clock set by hand, a keyring in memory.

use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
};

use tempfile::TempDir;
use vv_api::{
    App,
    error::{ApiError, ErrorCode},
    host::Profile,
    model::{
        journal::{CreateEntry, EntryView, ListEntries},
        notebook::{CreateNotebook, KeyPlace, NotebookStatus, NotebookView, UnlockNotebook},
    },
};
use vv_core::ports::testing::TestHost;

/// Tells computers apart, so that no two make the same ids.
static NEXT: AtomicU32 = AtomicU32::new(1);

pub const PASSPHRASE: &str = "correct horse battery staple";

/// Holds a computer, its profile, and the surface of one program on it.
pub struct Computer {
    pub ports: TestHost,
    pub profile: Profile,
    pub app: App,
    _folder: TempDir,
}

impl Computer {
    /// Makes a computer on which nothing was done yet.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let profile =
            Profile { folder: folder.path().join("profile"), state_folder: folder.path().join("state") };
        fs::create_dir_all(&profile.state_folder).unwrap();
        let ports = TestHost::new(NEXT.fetch_add(1, Ordering::Relaxed), &profile.state_folder);
        let app = App::with_host(profile.clone(), ports.host.clone());
        Self { ports, profile, app, _folder: folder }
    }

    /// Makes a computer with a notebook whose key lies in the keyring.
    pub fn with_keyring() -> Self {
        let computer = Self::new();
        computer.create(KeyPlace::Keyring).unwrap();
        computer
    }

    /// Makes a computer with a notebook behind [`PASSPHRASE`].
    pub fn with_passphrase() -> Self {
        let computer = Self::new();
        computer.create(KeyPlace::Passphrase).unwrap();
        computer
    }

    pub fn create(&self, key_place: KeyPlace) -> Result<NotebookStatus, ApiError> {
        let passphrase = (key_place == KeyPlace::Passphrase).then(|| PASSPHRASE.to_owned());
        vv_api::notebook_create(
            &self.app,
            CreateNotebook { name: "Ada".to_owned(), key_place, passphrase, first_sentence: None },
        )
    }

    /// Copies the disk of this computer, keyring and all, so that nothing tells the two apart.
    pub fn copied(&self) -> Self {
        let mut copy = Self::new();
        copy_folder(&self.profile.folder, &copy.profile.folder);
        copy.ports.host.vault = self.ports.host.vault.clone();
        copy.app = App::with_host(copy.profile.clone(), copy.ports.host.clone());
        vv_api::notebook_unlock(&copy.app, UnlockNotebook::Keyring).unwrap();
        copy
    }

    /// Ends the program and starts it again.
    pub fn restart(&mut self) {
        self.app = App::with_host(self.profile.clone(), self.ports.host.clone());
    }

    pub fn status(&self) -> NotebookStatus {
        vv_api::notebook_status(&self.app).unwrap()
    }

    pub fn view(&self) -> NotebookView {
        match self.status() {
            NotebookStatus::Open { notebook } => notebook,
            other => panic!("the notebook is not open: {other:?}"),
        }
    }

    pub fn unlock(&self, passphrase: &str) -> Result<NotebookStatus, ApiError> {
        vv_api::notebook_unlock(&self.app, UnlockNotebook::Passphrase { passphrase: passphrase.to_owned() })
    }

    pub fn write(&self, text: &str) -> EntryView {
        vv_api::journal_create_entry(
            &self.app,
            CreateEntry { text: text.to_owned(), ..CreateEntry::default() },
        )
        .unwrap()
    }

    /// Lists the texts of the timeline, newest first.
    pub fn texts(&self) -> Vec<String> {
        let request = ListEntries { filter: Default::default(), offset: 0, limit: 500 };
        let page = vv_api::journal_list_entries(&self.app, request).unwrap();
        page.rows
            .into_iter()
            .map(|row| vv_api::journal_get_entry(&self.app, row.id.to_string()).unwrap().text)
            .collect()
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

pub fn code<T: std::fmt::Debug>(outcome: Result<T, ApiError>) -> ErrorCode {
    outcome.unwrap_err().code
}
