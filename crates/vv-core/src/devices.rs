//! The devices of a person, as the surface needs them. How they come and go stands in `identity/`.

pub use crate::identity::devices::{
    Device, DeviceError, DeviceId, Revoked, is_this_device_in, list_devices, rename_device, revoke_device,
    taken_away_at,
};
