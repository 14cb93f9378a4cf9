//! The names of person and device: two objects of the journal, so that every device of the person knows them.

use crate::store::op::ObjectId;
use crate::store::{Change, Kind, Op, Reader, StoreError, Tx, Value};

/// Field of a profile and of a device: its name.
pub(crate) const NAME: u32 = 1;

/// Field of a device: the system it runs.
pub(crate) const SYSTEM: u32 = 2;

/// Names the object of a person's profile, the same on every device.
pub(crate) fn profile_object(account_id: &[u8; 32]) -> ObjectId {
    object_id("profile-object/v1", account_id)
}

/// Names the object of a device by its public signing key.
pub(crate) fn device_object(device: &[u8; 32]) -> ObjectId {
    object_id("device-object/v1", device)
}

fn object_id(context: &str, of: &[u8; 32]) -> ObjectId {
    *vv_protocol::hash(context, &[of]).first_chunk().expect("a hash has more than sixteen bytes")
}

/// Writes down how the person and this device are called.
pub(crate) fn introduce(tx: &mut Tx, name: &str) -> Result<(), StoreError> {
    let device = tx.core().device();
    let device_name = tx.core().host.device_name.clone();
    let objects = [
        (profile_object(&tx.core().account_id), Kind::Profile, name),
        (device_object(&device), Kind::Device, device_name.as_str()),
    ];
    for (object, kind, name) in objects {
        let mut ops = vec![Op::Create { kind }, Op::Set { field: NAME, value: Value::from(name) }];
        if kind == Kind::Device {
            ops.push(own_system());
        }
        tx.commit(Change { object, ops })?;
    }
    Ok(())
}

/// Tells how the person is called.
pub(crate) fn name(reader: &Reader) -> Result<String, StoreError> {
    name_of(reader, &profile_object(&reader.core().account_id))
}

/// Tells how an object of this file is called; empty when it has no name.
pub(crate) fn name_of(reader: &Reader, object: &ObjectId) -> Result<String, StoreError> {
    let object = reader.object(object)?;
    let name = object.as_ref().and_then(|object| object.fields.get(&NAME)).and_then(Value::as_text);
    Ok(name.unwrap_or_default().to_owned())
}

/// Says which system this device runs.
pub(crate) fn own_system() -> Op {
    let system = match std::env::consts::OS {
        "linux" => "Linux",
        "macos" => "macOS",
        "windows" => "Windows",
        other => other,
    };
    Op::Set { field: SYSTEM, value: Value::from(system) }
}

/// Tells which system a device runs; empty when it has not said.
pub(crate) fn system_of(reader: &Reader, device: &[u8; 32]) -> Result<String, StoreError> {
    let object = reader.object(&device_object(device))?;
    let system = object.as_ref().and_then(|object| object.fields.get(&SYSTEM)).and_then(Value::as_text);
    Ok(system.unwrap_or_default().to_owned())
}
