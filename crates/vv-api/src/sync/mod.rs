//! Commands of sync: how it stands, the places it goes through, and what a person decides about alarms.
//!
//! `runner.rs` goes the rounds beside the commands, `setting_up.rs` tests and adds places, `views.rs` shows how it stands.

mod runner;
mod setting_up;
mod views;

use vv_core::{
    ports::remote::RemoteError,
    sync::{self as core, Pause, PlaceId, SyncError},
};

pub(crate) use runner::Syncing;
pub use runner::keep_syncing;
pub use setting_up::{sync_add_folder, sync_add_server, sync_test_folder, sync_test_server};

use crate::{
    App,
    error::{ApiError, ErrorCode},
    model::{
        events::Topic,
        sync::{AlarmAct, AnswerAlarm, RefusedRecord, SpaceSync, SyncState, SyncView},
    },
    refusals::say,
};

/// How the names of alarms begin that end by themselves once what they tell of has ended.
const PASSING: [&str; 3] = ["certificate-", "disk", "clock"];

/// Says in one quiet state how sync stands.
pub fn sync_state(app: &App) -> Result<SyncState, ApiError> {
    Ok(sync_read(app)?.state)
}

/// Gives sync whole: state, places, alarms.
pub fn sync_read(app: &App) -> Result<SyncView, ApiError> {
    app.with(|notebook| views::view(app, notebook))
}

/// Says for each space what was sent, received, verified and waits.
pub fn sync_details(app: &App) -> Result<Vec<SpaceSync>, ApiError> {
    app.with(views::details)
}

/// Lists what was put aside, newest first.
pub fn sync_refused(app: &App) -> Result<Vec<RefusedRecord>, ApiError> {
    app.with(views::refused)
}

/// Syncs through a place no longer; nothing here goes.
pub fn sync_remove_place(app: &App, request: String) -> Result<SyncView, ApiError> {
    let place = place_id(&request)?;
    app.with(|notebook| core::leave_place(notebook, place))?;
    app.syncing.forget(place);
    app.syncing.renew_beacons();
    told(app)
}

/// Looks at every place now, and answers when that was done.
pub fn sync_now(app: &App) -> Result<SyncView, ApiError> {
    let notebook = app.shared_notebook().ok_or_else(crate::app::locked)?;
    app.pass_mail();
    for place in core::list_places(&notebook)?.iter().filter(|place| place.pause == Pause::No) {
        // How a place stands is shown; only what is wrong here is an error of the command.
        if let Err(SyncError::Store(problem)) = app.go_round(&notebook, place) {
            return Err(problem.into());
        }
    }
    told(app)
}

/// Lets sync rest until it is resumed.
pub fn sync_pause(app: &App) -> Result<SyncView, ApiError> {
    pause(app, true)
}

/// Takes sync up again.
pub fn sync_resume(app: &App) -> Result<SyncView, ApiError> {
    pause(app, false)
}

fn pause(app: &App, paused: bool) -> Result<SyncView, ApiError> {
    app.with(|notebook| {
        core::list_places(notebook)?
            .iter()
            .try_for_each(|place| core::pause_place(notebook, place.id, paused))
    })?;
    app.syncing.look_at_all();
    told(app)
}

/// Does something about an alarm.
pub fn sync_answer_alarm(app: &App, request: AnswerAlarm) -> Result<SyncView, ApiError> {
    let answer = match request.act {
        AlarmAct::SendAgain | AlarmAct::GoOn => core::Answer::UploadAgain,
        AlarmAct::TryAgain | AlarmAct::Understood => core::Answer::TryAgain,
        AlarmAct::TakeAway => core::Answer::LeavePlace,
        AlarmAct::ChooseOther | AlarmAct::ShowRefused => {
            return Err(ApiError::about("act", "This is answered in the window. Nothing was changed."));
        }
    };
    if request.act == AlarmAct::TryAgain && PASSING.iter().any(|name| request.id.starts_with(name)) {
        app.syncing.look_at_all();
        return told(app);
    }
    let alarm = place_id(&request.id)?;
    app.with(|notebook| core::answer_alarm(notebook, alarm, answer))?;
    app.syncing.look_at_all();
    told(app)
}

fn told(app: &App) -> Result<SyncView, ApiError> {
    app.raise(&[Topic::Sync]);
    sync_read(app)
}

/// Reads the number of a place or an alarm.
fn place_id(id: &str) -> Result<PlaceId, ApiError> {
    id.parse()
        .map_err(|_| ApiError::new(ErrorCode::NotFound, "This is not there any more. Nothing was changed."))
}

impl From<RemoteError> for ApiError {
    fn from(error: RemoteError) -> Self {
        let code = match error {
            RemoteError::Offline | RemoteError::Busy { .. } | RemoteError::Failed => ErrorCode::Offline,
            RemoteError::Untrusted | RemoteError::Refused | RemoteError::Voucher => ErrorCode::NotAllowed,
            RemoteError::Quota => ErrorCode::DiskFull,
            RemoteError::TooLarge => ErrorCode::TooLarge,
            RemoteError::NotFound => ErrorCode::NotFound,
            RemoteError::FeedFork | RemoteError::FeedGap { .. } | RemoteError::Stale => ErrorCode::Conflict,
            RemoteError::NotUnderstood => ErrorCode::Invalid,
        };
        say(code, &error)
    }
}

impl From<SyncError> for ApiError {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Remote(error) => error.into(),
            SyncError::Store(error) => error.into(),
            SyncError::Folder(_) => say(ErrorCode::Offline, &error),
            SyncError::Alarm(_) | SyncError::PlaceTaken => say(ErrorCode::Conflict, &error),
            SyncError::Stopped => say(ErrorCode::Cancelled, &error),
            SyncError::NoPlace => say(ErrorCode::NotFound, &error),
        }
    }
}
