//! What sync speaks of: places, how far a space has come, and alarms.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

/// Numbers a place within this notebook.
pub type PlaceId = i64;

/// Says where spaces travel through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A folder that something else carries: a cloud drive, a stick, a share.
    Folder(PathBuf),
    /// A sync server, by its address.
    Server(String),
}

/// Says whether a place is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// It is.
    No,
    /// The person paused it.
    ByPerson,
    /// An alarm waits for an answer.
    ByAlarm,
}

/// Describes a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its number.
    pub id: PlaceId,
    /// Where it is.
    pub address: Address,
    /// Whether it is in use.
    pub pause: Pause,
    /// When all was in step last; none before the first time.
    pub in_step_at: Option<DateTime<Utc>>,
    /// When it was paused last; none when never.
    pub paused_at: Option<DateTime<Utc>>,
    /// When it was added.
    pub added_at: DateTime<Utc>,
    /// What its administrator gave out for making spaces there; empty where none is asked for.
    pub(crate) voucher: String,
}

/// Tells what went through a place for one space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceProgress {
    /// The space.
    pub space: [u8; 16],
    /// The number of its kind; 0 is the account's own log.
    pub kind: u32,
    /// Bytes that were sent.
    pub sent: u64,
    /// Bytes that were received.
    pub received: u64,
    /// Records that were received and found to be what was signed.
    pub verified: u64,
    /// Records of this device that are not there yet.
    pub waiting: u64,
}

/// Says what can be wrong at a place, or was noticed there. Nothing here is ever removed because of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlarmKind {
    /// The place holds less than it held before, under the same name.
    RolledBack,
    /// The place shows different people different things, or changed what it had shown.
    Forked,
    /// The place keeps back what others say they have put there.
    Withheld,
    /// It is another place than the one that was set up.
    OtherPlace,
    /// The place is empty and was not before.
    Emptied,
    /// Records were received that nobody could have signed, or that cannot be understood; they lie apart.
    Quarantined,
    /// There is no room left.
    Full,
    /// The key of this device is not accepted any more.
    Refused,
    /// This copy of the notebook was set back while it kept its name, so two copies wrote under one.
    SetBack,
    /// Somebody uses a newer version, and this one must not write until it is updated.
    UpdateNeeded,
    /// Somebody in a shared space wrote two different records for one place. The first that came stays.
    Doubled,
    /// The server said that it was restored from a backup, and what it had lost was sent again.
    Restored,
    /// Files in a folder have not been whole for long: whatever carries them is at work, or stands still.
    Incomplete,
    /// The program ended each time it read a record, which is skipped now.
    Crashed,
    /// Records of this device came after it had been taken out of their space; nobody else takes them.
    NotIncluded,
    /// The server does not let this person into a shared space any more, as it did before.
    ShutOut,
}

impl AlarmKind {
    /// Lists every kind, in the order of their numbers.
    pub const ALL: [Self; 16] = [
        Self::RolledBack,
        Self::Forked,
        Self::Withheld,
        Self::OtherPlace,
        Self::Emptied,
        Self::Quarantined,
        Self::Full,
        Self::Refused,
        Self::SetBack,
        Self::UpdateNeeded,
        Self::Doubled,
        Self::Restored,
        Self::Incomplete,
        Self::Crashed,
        Self::NotIncluded,
        Self::ShutOut,
    ];

    /// Gives the number under which it is kept.
    pub(crate) fn number(self) -> i64 {
        Self::ALL.iter().position(|kind| *kind == self).expect("every kind is listed") as i64
    }

    pub(crate) fn from_number(number: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }

    /// Says whether the place is paused until the person has answered.
    pub fn pauses(self) -> bool {
        matches!(
            self,
            Self::RolledBack
                | Self::Forked
                | Self::Withheld
                | Self::OtherPlace
                | Self::Emptied
                | Self::Refused
                | Self::SetBack
        )
    }
}

/// Describes an alarm that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// Its number.
    pub id: i64,
    /// The place.
    pub place: PlaceId,
    /// The space, when it is about one.
    pub space: Option<[u8; 16]>,
    /// What is wrong.
    pub kind: AlarmKind,
    /// How many records it is about; 0 where that is not the question.
    pub count: u64,
    /// When it was raised.
    pub raised_at: DateTime<Utc>,
}

/// Says what a person decided about an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Go on with what the place holds now, and put there again what it lost.
    UploadAgain,
    /// It was seen; try again.
    TryAgain,
    /// Leave the place. Nothing here or there is removed.
    LeavePlace,
}

/// Tells what one round did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Round {
    /// Records that were sent.
    pub sent: u64,
    /// Records that came and were not here before.
    pub received: u64,
    /// Records that came and wait for something that has not come yet.
    pub parked: u64,
    /// Records that came and were put aside.
    pub refused: u64,
    /// Chunks of files that were sent.
    pub chunks_sent: u64,
    /// Chunks of files that came.
    pub chunks_received: u64,
    /// Bytes that lie at the place for these spaces, and bytes that may; none where it does not say.
    pub room: Option<(u64, u64)>,
}

impl Round {
    /// Says whether anything went to or fro.
    pub fn moved(&self) -> bool {
        Self { room: None, ..*self } != Self::default()
    }
}

/// Tells how far a round has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Records received so far.
    pub received: u64,
    /// Records that are to be received, as far as is known.
    pub to_receive: u64,
    /// Records sent so far.
    pub sent: u64,
    /// Records that are to be sent.
    pub to_send: u64,
}

/// Is told how a round goes on, and may stop it.
pub trait Watch {
    /// Hears of progress. `false` stops the round at the next step; what was taken in is kept.
    fn step(&mut self, progress: Progress) -> bool;
}

/// Watches nothing.
pub struct Unwatched;

impl Watch for Unwatched {
    fn step(&mut self, _: Progress) -> bool {
        true
    }
}
