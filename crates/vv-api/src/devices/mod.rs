//! Commands of devices: the list, another name, removing one, and linking a new one.
//!
//! `linking.rs` keeps the one linking that may go on in this process, on either side; `meeting.rs` is where two devices leave
//! their messages, `arriving.rs` the way back with the recovery kit. What linking is stands in the core.

mod arriving;
mod linking;
mod meeting;

use chrono::TimeDelta;
use data_encoding::HEXLOWER;
use vv_core::{
    devices::{self as core, Device, DeviceError, DeviceId},
    linking::LinkError,
    spaces::list_spaces,
    sync::{Pause, list_places},
};

pub use arriving::{devices_come_back, devices_read_kit};
pub(crate) use linking::Linking;
pub use linking::{
    devices_link_answer, devices_link_begin, devices_link_cancel, devices_link_confirm, devices_link_state,
    keep_linking,
};
pub(crate) use meeting::Meeting;

use crate::{
    App,
    error::{ApiError, ErrorCode},
    model::devices::{DeviceRow, RenameDevice, RevokePlan},
    refusals::say,
};

/// So long nothing was seen of a device before it may well have written something that was never sent.
const QUIET: TimeDelta = TimeDelta::days(2);

/// Lists the person's devices: this one, the others, and those that were removed.
pub fn devices_list(app: &App) -> Result<Vec<DeviceRow>, ApiError> {
    let devices = app.with(|notebook| notebook.read(core::list_devices))?;
    Ok(devices.into_iter().map(row).collect())
}

/// Gives a device another name.
pub fn devices_rename(app: &App, request: RenameDevice) -> Result<Vec<DeviceRow>, ApiError> {
    let name = request.name.trim();
    if name.is_empty() {
        return Err(ApiError::about("name", "A device needs a name. Nothing was changed."));
    }
    let id = device_id(&request.id)?;
    app.with(|notebook| notebook.write(|tx| core::rename_device(tx, id, name)))?;
    devices_list(app)
}

/// Says what removing a device does, before it is done.
pub fn devices_plan_revoke(app: &App, request: String) -> Result<RevokePlan, ApiError> {
    let id = device_id(&request)?;
    app.with(|notebook| {
        let device = notebook
            .read(core::list_devices)?
            .into_iter()
            .find(|device| device.id == id)
            .ok_or(DeviceError::NotFound)?;
        let quiet = app.host.clock.now() - QUIET;
        let may_have_unsent = device.last_seen.is_none_or(|seen| seen < quiet);
        let shared = notebook.read(list_spaces)?.into_iter().filter(|space| space.role.is_some()).count();
        let shared = u32::try_from(shared).unwrap_or(u32::MAX);
        let places = list_places(notebook)?;
        let reached = |place: &vv_core::sync::Place| {
            place.pause == Pause::No && app.syncing.standing(place.id).away_since.is_none()
        };
        Ok::<_, ApiError>(RevokePlan {
            device: row(device),
            // The journal, and what is shared.
            spaces: 1 + shared,
            may_have_unsent,
            heard_later: !places.iter().any(reached),
        })
    })
}

/// Removes a device: it reads nothing that comes after, and every space gets new keys.
pub fn devices_revoke(app: &App, request: String) -> Result<Vec<DeviceRow>, ApiError> {
    let id = device_id(&request)?;
    app.with(|notebook| notebook.write(|tx| core::revoke_device(tx, id)))?;
    app.syncing.renew_beacons();
    app.syncing.look_at_all();
    devices_list(app)
}

fn device_id(text: &str) -> Result<DeviceId, ApiError> {
    let bytes = HEXLOWER.decode(text.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.map(DeviceId).ok_or_else(|| DeviceError::NotFound.into())
}

fn row(device: Device) -> DeviceRow {
    let Device { id, name, system, added_by, added_at, last_seen, is_this, revoked_at } = device;
    DeviceRow {
        id: HEXLOWER.encode(&id.0),
        name,
        system,
        is_this,
        added_at,
        added_by,
        last_seen_at: last_seen,
        revoked_at,
    }
}

impl From<DeviceError> for ApiError {
    fn from(error: DeviceError) -> Self {
        let code = match error {
            DeviceError::Store(error) => return error.into(),
            DeviceError::NotFound => ErrorCode::NotFound,
            DeviceError::Revoked => ErrorCode::Conflict,
            DeviceError::ThisDevice | DeviceError::TakenAway => ErrorCode::NotAllowed,
            DeviceError::BadKeys => ErrorCode::Invalid,
        };
        say(code, &error)
    }
}

impl From<LinkError> for ApiError {
    fn from(error: LinkError) -> Self {
        let code = match error {
            LinkError::Device(error) => return error.into(),
            LinkError::Store(error) => return error.into(),
            LinkError::NotACode => {
                return Self { field: Some("code".to_owned()), ..say(ErrorCode::Invalid, &error) };
            }
            LinkError::Expired => ErrorCode::Expired,
            LinkError::Stopped => ErrorCode::Cancelled,
            LinkError::Disturbed | LinkError::Unusable => ErrorCode::NotAllowed,
            LinkError::NewerVersion | LinkError::OlderVersion => ErrorCode::NewerVersion,
            LinkError::NotNow => ErrorCode::Conflict,
            LinkError::Mailbox(_) => ErrorCode::Offline,
        };
        say(code, &error)
    }
}
