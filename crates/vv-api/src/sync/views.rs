//! How sync stands, put together from what the notebook keeps and what this process knows of its rounds.

use std::{cmp::Reverse, time::Instant};

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use vv_core::{
    Notebook,
    devices::taken_away_at,
    ports::remote::RemoteError,
    sync::{self as core, Address, Alarm, AlarmKind as Core, Pause, Place, Progress},
};

use super::runner::Standing;
use crate::{
    App,
    error::ApiError,
    model::{
        spaces::SpaceKind,
        sync::{
            AlarmAct, AlarmKind, HeardFrom, PlaceKind, PlaceView, RefusalReason, RefusedRecord, SpaceSync,
            SyncAlarm, SyncState, SyncView,
        },
    },
};

/// From so many records on, receiving is shown as such and not as being in step.
const MUCH: u64 = 50;
/// A time left is told from so many seconds on.
const SETTLED: f64 = 2.0;

/// Shows sync whole.
pub(super) fn view(app: &App, notebook: &Notebook) -> Result<SyncView, ApiError> {
    let places = core::list_places(notebook)?;
    let alarms = core::open_alarms(notebook)?;
    let standings: Vec<Standing> = places.iter().map(|place| app.syncing.standing(place.id)).collect();
    let mut views = Vec::new();
    for (place, standing) in places.iter().zip(&standings) {
        let waiting = core::space_progress(notebook, place.id)?.iter().map(|space| space.waiting).sum();
        views.push(PlaceView {
            id: place.id.to_string(),
            place: kind_of(place),
            added_at: place.added_at,
            last_at: place.in_step_at,
            away_since: standing.away_since,
            waiting,
            used: standing.room.map(|(used, _)| used),
            quota: standing.room.map(|(_, quota)| quota).filter(|quota| *quota < u64::MAX),
            free: match &place.address {
                Address::Folder(path) => core::free_room(path),
                Address::Server(_) => None,
            },
        });
    }
    let mut shown: Vec<SyncAlarm> = Vec::new();
    for alarm in &alarms {
        let name = alarm.space.map(|space| core::name_of_space(notebook, &space)).transpose()?;
        shown.push(SyncAlarm { space_name: name, ..self::shown(alarm, &places, &views) });
    }
    let stood = || places.iter().zip(&standings);
    shown.extend(stood().filter_map(|(place, standing)| certificate(place, standing)));
    shown.extend(stood().find_map(|(place, standing)| full_disk(place, standing)));
    shown.extend(stood().find_map(|(place, standing)| wrong_clock(place, standing)));
    shown.extend(taken_away(notebook)?);
    shown.sort_by_key(|alarm| (Reverse(alarm.stops), alarm.noticed_at));
    let state = state(&places, &standings, &views, &shown);
    Ok(SyncView { state, places: views, alarms: shown })
}

fn kind_of(place: &Place) -> PlaceKind {
    match &place.address {
        Address::Folder(path) => PlaceKind::Folder { path: path.to_string_lossy().into_owned() },
        Address::Server(address) => PlaceKind::Server { address: address.clone() },
    }
}

fn state(places: &[Place], standings: &[Standing], views: &[PlaceView], alarms: &[SyncAlarm]) -> SyncState {
    // What one place has is safe somewhere else, so what counts is what no place has.
    let Some(waiting) = views.iter().map(|place| place.waiting).min() else { return SyncState::Off };
    let stops = alarms.iter().filter(|alarm| alarm.stops).count();
    if stops > 0 {
        return SyncState::NeedsYou { count: stops as u32, waiting };
    }
    if places.iter().all(|place| place.pause == Pause::ByPerson) {
        let since = places.iter().filter_map(|place| place.paused_at).max().unwrap_or_default();
        return SyncState::Paused { since, waiting };
    }
    let rounds = standings.iter().filter_map(|standing| standing.round);
    if let Some((progress, begun)) = rounds.clone().find(|(progress, _)| progress.to_receive >= MUCH) {
        return receiving(&progress, begun);
    }
    if standings.iter().all(|standing| standing.away_since.is_some()) {
        let since = places.iter().filter_map(|place| place.in_step_at).max();
        return SyncState::Offline { since, waiting };
    }
    match places.iter().filter_map(|place| place.in_step_at).max() {
        Some(at) if waiting == 0 => SyncState::InStep { at },
        _ => SyncState::Sending { waiting },
    }
}

fn receiving(progress: &Progress, begun: Instant) -> SyncState {
    let elapsed = begun.elapsed().as_secs_f64();
    let left = progress.to_receive.saturating_sub(progress.received);
    let seconds_left = (elapsed >= SETTLED && progress.received > 0)
        .then(|| (left as f64 * elapsed / progress.received as f64).ceil() as u64);
    SyncState::Receiving { done: progress.received, of: Some(progress.to_receive), seconds_left }
}

fn shown(alarm: &Alarm, places: &[Place], views: &[PlaceView]) -> SyncAlarm {
    let id = alarm.place.to_string();
    let place = places.iter().find(|place| place.id == alarm.place);
    let view = views.iter().find(|view| view.id == id);
    let what = match alarm.kind {
        Core::RolledBack => AlarmKind::RolledBack { missing: alarm.count },
        Core::Forked => AlarmKind::Forked { device: None },
        Core::Withheld => AlarmKind::Withheld { device: None, since: alarm.raised_at },
        Core::OtherPlace => AlarmKind::Swapped,
        Core::Emptied => AlarmKind::Emptied { had: alarm.count },
        Core::Quarantined => AlarmKind::Refused { records: alarm.count },
        Core::Full => match view.and_then(|view| view.used.zip(view.quota)) {
            Some((used, quota)) => AlarmKind::QuotaFull { used, quota },
            None => AlarmKind::PlaceFull,
        },
        Core::Refused => AlarmKind::AccessRefused,
        Core::SetBack => AlarmKind::DeviceForked { device: None },
        Core::Doubled => AlarmKind::MemberForked,
        Core::UpdateNeeded => AlarmKind::UpdateNeeded,
        Core::Restored => AlarmKind::Restored { sent_again: alarm.count },
        Core::Incomplete => AlarmKind::Incomplete {
            files: u32::try_from(alarm.count).unwrap_or(u32::MAX),
            since: alarm.raised_at,
        },
        Core::Crashed => AlarmKind::Crashed,
        Core::NotIncluded => AlarmKind::NotIncluded { records: alarm.count },
        Core::ShutOut => AlarmKind::ShutOut,
    };
    SyncAlarm {
        id: alarm.id.to_string(),
        what,
        place: place.map(|_| id),
        at: place.map(kind_of),
        space_name: None,
        noticed_at: alarm.raised_at,
        stops: alarm.kind.pauses(),
        acts: acts(alarm.kind),
    }
}

/// Says what can be done about an alarm, the best first.
fn acts(kind: Core) -> Vec<AlarmAct> {
    match kind {
        Core::RolledBack | Core::Emptied => {
            vec![AlarmAct::SendAgain, AlarmAct::ChooseOther, AlarmAct::TakeAway]
        }
        Core::OtherPlace => vec![AlarmAct::ChooseOther, AlarmAct::GoOn, AlarmAct::TakeAway],
        Core::Forked => vec![AlarmAct::TakeAway, AlarmAct::ChooseOther],
        Core::Withheld | Core::Refused => vec![AlarmAct::TryAgain, AlarmAct::TakeAway],
        Core::SetBack => vec![AlarmAct::GoOn, AlarmAct::TakeAway],
        Core::Quarantined => vec![AlarmAct::ShowRefused, AlarmAct::Understood],
        Core::Full => vec![AlarmAct::TryAgain, AlarmAct::ChooseOther, AlarmAct::TakeAway],
        Core::Doubled => vec![AlarmAct::ShowRefused, AlarmAct::Understood],
        Core::Crashed => vec![AlarmAct::ShowRefused, AlarmAct::Understood],
        Core::UpdateNeeded | Core::Restored | Core::NotIncluded | Core::ShutOut => vec![AlarmAct::Understood],
        Core::Incomplete => Vec::new(),
    }
}

/// Shows something that this process alone knows of a place, and that ends by itself.
fn passing(id: String, what: AlarmKind, place: &Place, noticed_at: DateTime<Utc>) -> SyncAlarm {
    SyncAlarm {
        id,
        what,
        place: Some(place.id.to_string()),
        at: Some(kind_of(place)),
        space_name: None,
        noticed_at,
        stops: false,
        acts: vec![AlarmAct::TryAgain],
    }
}

/// Shows that there is no room on this computer for what comes.
fn full_disk(place: &Place, standing: &Standing) -> Option<SyncAlarm> {
    let since = standing.is_full_since?;
    Some(passing("disk".to_owned(), AlarmKind::DiskFull, place, since))
}

/// Shows that the clock of this computer is far from a server's.
fn wrong_clock(place: &Place, standing: &Standing) -> Option<SyncAlarm> {
    let (ahead, since) = standing.clock_ahead?;
    Some(passing("clock".to_owned(), AlarmKind::ClockOff { ahead }, place, since))
}

/// Shows that another device took this one away, where that has arrived here.
fn taken_away(notebook: &Notebook) -> Result<Option<SyncAlarm>, ApiError> {
    let at = notebook.read(taken_away_at)?;
    Ok(at.map(|at| SyncAlarm {
        id: "device".to_owned(),
        what: AlarmKind::DeviceRevoked { at: Some(at) },
        place: None,
        at: None,
        space_name: None,
        noticed_at: at,
        stops: false,
        acts: Vec::new(),
    }))
}

/// Shows that a server cannot prove who it is: nothing is sent to it while that is so.
fn certificate(place: &Place, standing: &Standing) -> Option<SyncAlarm> {
    let since = standing.away_since.unwrap_or(place.added_at);
    (standing.problem == Some(RemoteError::Untrusted))
        .then(|| passing(format!("certificate-{}", place.id), AlarmKind::Untrusted, place, since))
}

/// Shows what went through the places for each space.
pub(super) fn details(notebook: &Notebook) -> Result<Vec<SpaceSync>, ApiError> {
    let mut spaces: Vec<SpaceSync> = Vec::new();
    for place in core::list_places(notebook)? {
        for progress in core::space_progress(notebook, place.id)? {
            let id = HEXLOWER.encode(&progress.space);
            match spaces.iter_mut().find(|space| space.space == id) {
                Some(space) => {
                    space.sent = space.sent.max(progress.sent);
                    space.received += progress.received;
                    space.verified += progress.verified;
                    space.waiting = space.waiting.min(progress.waiting);
                }
                None => {
                    let look = core::look_at_space(notebook, &progress.space)?;
                    spaces.push(SpaceSync {
                        space: id,
                        name: core::name_of_space(notebook, &progress.space)?,
                        kind: kind_of_space(progress.kind),
                        sent: progress.sent,
                        received: progress.received,
                        verified: progress.verified,
                        waiting: progress.waiting,
                        parked: look.parked,
                        refused: look.refused,
                        heard: look.heard.map(|heard| HeardFrom { who: heard.device, at: heard.at }),
                        compare: look.compare.into_iter().map(str::to_owned).collect(),
                    });
                }
            }
        }
    }
    Ok(spaces)
}

fn kind_of_space(number: u32) -> SpaceKind {
    match number {
        0 => SpaceKind::Account,
        1 => SpaceKind::Journal,
        2 => SpaceKind::Pairing,
        _ => SpaceKind::Circle,
    }
}

/// Shows what was put aside.
pub(super) fn refused(notebook: &Notebook) -> Result<Vec<RefusedRecord>, ApiError> {
    let refused = core::refused(notebook)?;
    Ok(refused
        .into_iter()
        .map(|record| RefusedRecord {
            space_name: record.space_name,
            reason: reason(&record.reason),
            at: record.at,
            from: record.from,
        })
        .collect())
}

/// Sorts the reasons of the store into those that a person can do something with.
fn reason(of_store: &str) -> RefusalReason {
    let says = |words: &str| of_store.contains(words);
    if says("revoked") || says("may not") || says("not a member") {
        RefusalReason::NotAllowed
    } else if says("split") {
        RefusalReason::Doubled
    } else if says("the app ended") {
        RefusalReason::Crashed
    } else if says("signature") || says("does not open") || says("belongs to nobody") {
        RefusalReason::Forged
    } else if says("version") {
        RefusalReason::TooNew
    } else {
        RefusalReason::Damaged
    }
}
