//! The real ports, shared by the window and `vv`: clock, ids, keyring, microphone, the name of this device, its languages, the
//! profile folder.
//!
//! They know this computer and nothing of the journal. `keyring.rs` alone talks to the keyring of the operating system,
//! `microphone.rs` alone to its sound, `http.rs` alone to a network, and only to servers that the person named.

mod clock;
mod device;
#[cfg(feature = "automation")]
mod fed_microphone;
mod http;
mod ids;
pub mod keyring;
mod microphone;
mod profile;
mod resample;
pub(crate) mod spoken;

use std::sync::Arc;

use vv_core::ports::{Host, Microphone};

pub use clock::SystemClock;
#[cfg(feature = "automation")]
pub use clock::ahead;
pub use http::{BadAddress, HttpServer};
pub use ids::RandomIds;
pub use keyring::Keyring;
pub use microphone::SystemMicrophone;
pub use profile::{NoProfile, Profile};

/// Puts the ports of this computer together for a profile.
pub fn of_this_computer(profile: &Profile) -> Host {
    Host {
        clock: Arc::new(SystemClock),
        ids: Arc::new(RandomIds),
        vault: Arc::new(Keyring::default()),
        microphone: microphone(),
        device_name: device::name(),
        state_folder: profile.state_folder.clone(),
    }
}

fn microphone() -> Arc<dyn Microphone> {
    #[cfg(feature = "automation")]
    if let Some(fed) = fed_microphone::asked_for() {
        return Arc::new(fed);
    }
    Arc::new(SystemMicrophone)
}
