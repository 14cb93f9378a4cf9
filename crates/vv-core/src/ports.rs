//! What a host provides: clock, ids, a place for small secrets, a microphone.
//!
//! The core reads neither the clock nor the environment nor the network on its own; whoever opens a notebook hands it a
//! [`Host`]. The real ports live in `vv-api`; those for tests are in [`testing`].

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use zeroize::Zeroizing;

pub mod mailbox;
pub mod remote;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Tells the present instant.
    fn now(&self) -> DateTime<Utc>;
    /// Names the time zone of this computer as IANA does, when it is known.
    fn time_zone(&self) -> Option<String>;
}

/// Makes identities.
pub trait Ids: Send + Sync {
    /// Makes a new UUIDv7.
    fn make_id(&self) -> Uuid;
}

/// Keeps small secrets outside the notebook: the keyring of the operating system.
///
/// `Ok(None)` means that it works and holds nothing under that name. It is never the answer of a keyring that is locked
/// or does not answer, or a locked keyring would look like a new person.
pub trait KeyVault: Send + Sync {
    /// Reads a secret.
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError>;
    /// Writes a secret, replacing one of the same name.
    fn write(&self, name: &str, secret: &[u8]) -> Result<(), VaultError>;
    /// Removes a secret; one that is not there is no error.
    fn remove(&self, name: &str) -> Result<(), VaultError>;
}

/// Says why the keyring gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// It is there and locked.
    #[error("the keyring is locked")]
    Locked,
    /// There is none, or it does not answer in time.
    #[error("the keyring cannot be reached")]
    Unreachable,
}

/// Hears what is said near this computer.
pub trait Microphone: Send + Sync {
    /// Begins to listen. It ends when what it gives is dropped, and until then the system shows that somebody listens.
    fn listen(&self) -> Result<Box<dyn Listening>, MicrophoneError>;
}

/// Gives what a microphone hears, on the thread that began to listen.
pub trait Listening {
    /// Waits at most a tenth of a second for sound and adds it to `into`: one channel, 48,000 samples a second, from -1 to 1.
    /// Adds nothing when nothing came.
    fn hear(&mut self, into: &mut Vec<f32>) -> Result<(), MicrophoneError>;
}

/// Says why a microphone is not heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MicrophoneError {
    /// There is none.
    #[error("no microphone was found; nothing was recorded")]
    Absent,
    /// The system does not let this program listen.
    #[error("this computer does not let the app use the microphone; nothing was recorded")]
    Refused,
    /// Another program has it, or the system gave no reason.
    #[error("the microphone could not be used, perhaps because another program has it; nothing was recorded")]
    Busy,
    /// It went away while it was heard.
    #[error("the microphone went away; what was recorded before is kept")]
    Gone,
}

/// Carries everything a notebook needs from its surroundings.
#[derive(Clone)]
pub struct Host {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes identities.
    pub ids: Arc<dyn Ids>,
    /// Keeps small secrets.
    pub vault: Arc<dyn KeyVault>,
    /// Hears what is said.
    pub microphone: Arc<dyn Microphone>,
    /// The name of this device, as its owner would recognise it.
    pub device_name: String,
    /// A folder of this computer outside every profile, for what must not be copied with a notebook.
    pub state_folder: PathBuf,
}
