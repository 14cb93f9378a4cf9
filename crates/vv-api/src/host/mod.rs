//! The real ports, shared by the window and `vv`: clock, ids, keyring, the name of this device, the profile folder.
//!
//! They know this computer and nothing of the journal. `keyring.rs` alone talks to the keyring of the operating system. No
//! port reaches a network.

mod clock;
mod device;
mod ids;
pub mod keyring;
mod profile;

use std::sync::Arc;

use vv_core::ports::Host;

pub use clock::SystemClock;
#[cfg(feature = "automation")]
pub use clock::ahead;
pub use ids::RandomIds;
pub use keyring::Keyring;
pub use profile::{NoProfile, Profile};

/// Puts the ports of this computer together for a profile.
pub fn of_this_computer(profile: &Profile) -> Host {
    Host {
        clock: Arc::new(SystemClock),
        ids: Arc::new(RandomIds),
        vault: Arc::new(Keyring::default()),
        device_name: device::name(),
        state_folder: profile.state_folder.clone(),
    }
}
