//! A keyring for stories in which several processes open one notebook: secrets as files of a temporary folder.
//!
//! It stands in for the keyring where the story is about something else; the real one is met in the tests through the
//! window.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vv_core::ports::{Clock, Host, Ids, KeyVault, VaultError, testing::FedMicrophone};
use zeroize::Zeroizing;

/// Keeps secrets as files.
pub struct FileVault(PathBuf);

impl KeyVault for FileVault {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        match fs::read(self.0.join(name)) {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(problem) if problem.kind() == ErrorKind::NotFound => Ok(None),
            Err(_) => Err(VaultError::Unreachable),
        }
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        let beside = self.0.join(format!("{name}.part"));
        fs::write(&beside, secret).map_err(|_| VaultError::Unreachable)?;
        fs::rename(beside, self.0.join(name)).map_err(|_| VaultError::Unreachable)
    }

    fn remove(&self, name: &str) -> Result<(), VaultError> {
        match fs::remove_file(self.0.join(name)) {
            Err(problem) if problem.kind() != ErrorKind::NotFound => Err(VaultError::Unreachable),
            _ => Ok(()),
        }
    }
}

/// Tells the real time: a process that is killed has no clock of its own to fake.
struct RealClock;

impl Clock for RealClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn time_zone(&self) -> Option<String> {
        Some("Europe/Lisbon".to_owned())
    }
}

struct RealIds;

impl Ids for RealIds {
    fn make_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// Makes a host whose keyring and state lie in `folder`, for several processes at once.
pub fn host_in(folder: &Path) -> Host {
    let (vault, state_folder) = (folder.join("keyring"), folder.join("state"));
    for place in [&vault, &state_folder] {
        fs::create_dir_all(place).expect("the temporary folder can be written");
    }
    Host {
        clock: Arc::new(RealClock),
        ids: Arc::new(RealIds),
        vault: Arc::new(FileVault(vault)),
        microphone: Arc::new(FedMicrophone::default()),
        device_name: "a laptop".to_owned(),
        state_folder,
    }
}
