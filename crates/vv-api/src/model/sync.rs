//! Requests and views of sync: where the journal travels through, how it stands, and what can go wrong on the way.
//!
//! They carry kinds and facts, never sentences: the words for them stand with each screen and terminal. Start at [`SyncView`],
//! which is all that a settings page shows; [`SyncState`] alone is what the frame shows.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::spaces::SpaceKind;

/// Says in one quiet state how sync stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SyncState {
    /// No place was chosen: everything stays on this computer.
    Off,
    /// Everything has been sent and fetched.
    InStep {
        /// When that was last found.
        at: DateTime<Utc>,
    },
    /// Changes are on their way out.
    Sending {
        /// How many changes no place has yet.
        #[ts(type = "number")]
        waiting: u64,
    },
    /// Changes come in; for a first sync this takes a while.
    Receiving {
        /// Changes that are in.
        #[ts(type = "number")]
        done: u64,
        /// Changes there are in all, as far as it is known; none when it is not.
        #[ts(type = "number | null")]
        of: Option<u64>,
        /// Seconds that are left at this pace; none when nobody can say yet.
        #[ts(type = "number | null")]
        seconds_left: Option<u64>,
    },
    /// No place answers. Writing goes on as ever.
    Offline {
        /// When a place answered last; none when none ever did.
        since: Option<DateTime<Utc>>,
        /// How many changes no place has yet.
        #[ts(type = "number")]
        waiting: u64,
    },
    /// The person told it to rest.
    Paused {
        /// Since when.
        since: DateTime<Utc>,
        /// How many changes no place has yet.
        #[ts(type = "number")]
        waiting: u64,
    },
    /// Something needs the person: an alarm that stops it, or a question.
    NeedsYou {
        /// How many alarms and questions wait.
        count: u32,
        /// How many changes no place has yet.
        #[ts(type = "number")]
        waiting: u64,
    },
}

/// Shows sync whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncView {
    /// How it stands.
    pub state: SyncState,
    /// Where it goes through, in the order in which they were added.
    pub places: Vec<PlaceView>,
    /// What the person has to know, the most serious first. Notices that ask for nothing come last.
    pub alarms: Vec<SyncAlarm>,
}

/// Says what a place is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlaceKind {
    /// A folder that something else carries: a cloud's program, a network share, a stick.
    Folder {
        /// Where it is on this computer.
        path: String,
    },
    /// A server.
    Server {
        /// Its address, such as `https://sync.example.org`.
        address: String,
    },
}

/// Shows one place that the journal travels through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlaceView {
    /// Its id.
    pub id: String,
    /// What it is.
    pub place: PlaceKind,
    /// When it was added.
    pub added_at: DateTime<Utc>,
    /// When it was last in step; none when never.
    pub last_at: Option<DateTime<Utc>>,
    /// Since when it does not answer; none while it does.
    pub away_since: Option<DateTime<Utc>>,
    /// How many changes it does not have yet.
    #[ts(type = "number")]
    pub waiting: u64,
    /// Bytes that lie there for this person, where it says so.
    #[ts(type = "number | null")]
    pub used: Option<u64>,
    /// Bytes that may lie there, where it sets a limit.
    #[ts(type = "number | null")]
    pub quota: Option<u64>,
    /// Bytes that are free where a folder lies, where the system says so.
    #[ts(type = "number | null")]
    pub free: Option<u64>,
}

/// Asks what a folder is like before it is used. Writes nothing into it but a file that it removes again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TestFolder {
    /// Where it is.
    pub path: String,
}

/// Says what a folder is like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum FolderFinding {
    /// It can be used.
    Usable {
        /// What lies in it already.
        holds: PlaceHolds,
        /// Bytes that are free there, where the system says so.
        #[ts(type = "number | null")]
        free: Option<u64>,
    },
    /// There is no such folder.
    Absent,
    /// It cannot be written.
    ReadOnly,
    /// It lies inside the folder of the notebook, or the notebook inside it.
    InsideNotebook,
    /// It is used for sync already.
    Known,
}

/// Says what lies in a place already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "holds", rename_all = "snake_case")]
pub enum PlaceHolds {
    /// Nothing of Vice Versa.
    Nothing {
        /// How many other files lie beside; they are left alone.
        other_files: u32,
    },
    /// This person's own journal, from this or another of their devices.
    Own {
        /// How many devices have written into it.
        devices: u32,
    },
    /// Spaces of somebody else, or of a journal that was begun apart from this one. They cannot be read and are left alone.
    Others {
        /// How many.
        spaces: u32,
    },
    /// Both.
    Both {
        /// How many devices of this person have written into it.
        devices: u32,
        /// How many spaces of others lie there.
        spaces: u32,
    },
}

/// Asks whether an address answers, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TestServer {
    /// The address as typed: a name, an address, or an invitation of the administrator that holds address and voucher.
    pub address: String,
    /// The voucher, when one was typed.
    #[ts(optional)]
    pub voucher: Option<String>,
}

/// Says how an address answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum ServerFinding {
    /// It is a server that this program can talk to.
    Usable {
        /// The address as it will be kept.
        address: String,
        /// The voucher that came with the address or was typed, as it will be used.
        voucher: Option<String>,
        /// Whether a voucher is asked for, and what became of it.
        vouchers: VoucherState,
        /// The version of the server.
        version: String,
        /// Bytes a journal may take there, where it sets a limit.
        #[ts(type = "number | null")]
        quota: Option<u64>,
        /// Seconds by which this computer's clock is ahead of the server's; below zero it is behind.
        #[ts(type = "number")]
        clock_ahead: i64,
    },
    /// What was typed is no address.
    NoAddress,
    /// The name is not known, or nothing answers there.
    Silent,
    /// Something answers, and it is not a server of Vice Versa.
    SomethingElse,
    /// Its certificate does not prove that it is who it says it is.
    Untrusted,
    /// It answers without encryption, and is not on this computer.
    Unencrypted,
    /// It is too old for this program.
    TooOld {
        /// Its version.
        version: String,
    },
    /// It is too new for this program.
    TooNew {
        /// Its version.
        version: String,
    },
    /// It is used for sync already.
    Known,
}

/// Says what became of a voucher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VoucherState {
    /// The server asks for none.
    NotAsked,
    /// The server asks for one, and none was given.
    Wanted,
    /// It looks as vouchers look; whether it is good is known when it is used.
    Given,
    /// It is not one, was used before, or is too old.
    Refused,
}

/// Asks to sync through a folder from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddFolder {
    /// Where it is.
    pub path: String,
}

/// Asks to sync through a server from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddServer {
    /// Its address.
    pub address: String,
    /// The voucher, when the server asks for one.
    #[ts(optional)]
    pub voucher: Option<String>,
}

/// Shows something the person has to know, and what they can do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncAlarm {
    /// Its id, by which it is answered.
    pub id: String,
    /// What happened.
    pub what: AlarmKind,
    /// The place it is about, when it is about one.
    pub place: Option<String>,
    /// What that place is.
    pub at: Option<PlaceKind>,
    /// The name of the space it is about, when it is about one; the journal's is empty.
    pub space_name: Option<String>,
    /// When it was noticed.
    pub noticed_at: DateTime<Utc>,
    /// Whether sync with this place rests until it is answered.
    pub stops: bool,
    /// What can be done, the best first; empty when only time helps.
    pub acts: Vec<AlarmAct>,
}

/// Says what happened. Each is something this program can prove or has met itself; none is a guess.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AlarmKind {
    /// The place has less than it had, and does not say that it was restored.
    RolledBack {
        /// How many changes it no longer has.
        #[ts(type = "number")]
        missing: u64,
    },
    /// The server says that it was restored from a backup; what it lost was sent again. A notice.
    Restored {
        /// How many changes were sent again.
        #[ts(type = "number")]
        sent_again: u64,
    },
    /// Another device has written something that this place does not give out.
    Withheld {
        /// The device that wrote it, when its name is known.
        device: Option<String>,
        /// Since when it is missing.
        since: DateTime<Utc>,
    },
    /// The place shows different devices different histories.
    Forked {
        /// The device that saw another history, when its name is known.
        device: Option<String>,
    },
    /// A device wrote two different things in the same position: it was copied or restored, or somebody has its keys.
    DeviceForked {
        /// The device, when its name is known.
        device: Option<String>,
    },
    /// Somebody in a shared space wrote two different things in the same position. The first that came stays. A notice.
    MemberForked,
    /// The server does not let this person into a shared space any more, as it did before. A notice.
    ShutOut,
    /// The folder or server is another one: it belongs to somebody else, or was exchanged.
    Swapped,
    /// The place is empty, although much was there.
    Emptied {
        /// How many changes were there.
        #[ts(type = "number")]
        had: u64,
    },
    /// Files are there and not whole: something else is still carrying them. A notice while it is young.
    Incomplete {
        /// How many.
        files: u32,
        /// Since when.
        since: DateTime<Utc>,
    },
    /// Some records cannot be taken in. They were put aside, and the rest goes on.
    Refused {
        /// How many.
        #[ts(type = "number")]
        records: u64,
    },
    /// A record ended the program when it was read. It was skipped, and the rest goes on.
    Crashed,
    /// Changes of this device came too late: it had been removed from the space before. They are kept here alone.
    NotIncluded {
        /// How many.
        #[ts(type = "number")]
        records: u64,
    },
    /// The disk of this computer is full.
    DiskFull,
    /// The folder's disk is full.
    PlaceFull,
    /// The server gives no more room.
    QuotaFull {
        /// Bytes that lie there.
        #[ts(type = "number")]
        used: u64,
        /// Bytes that may lie there.
        #[ts(type = "number")]
        quota: u64,
    },
    /// The clock of this computer is far from everybody else's.
    ClockOff {
        /// Seconds by which it is ahead; below zero it is behind.
        #[ts(type = "number")]
        ahead: i64,
    },
    /// A space holds something that needs a newer version. It can be read and not written until then.
    UpdateNeeded,
    /// The server no longer takes the key of this device.
    AccessRefused,
    /// The server cannot prove that it is who it was.
    Untrusted,
    /// This device was removed from the person's devices by another.
    DeviceRevoked {
        /// When.
        at: Option<DateTime<Utc>>,
    },
}

/// Says what can be done about an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AlarmAct {
    /// Look again now.
    TryAgain,
    /// Send again what the place lost.
    SendAgain,
    /// Go on with the place as it is.
    GoOn,
    /// Choose another folder or server in its place; the screen asks for it.
    ChooseOther,
    /// Take the place away; nothing here goes.
    TakeAway,
    /// Show what was put aside; the screen shows it.
    ShowRefused,
    /// Take note; it is not shown again.
    Understood,
}

/// Answers an alarm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnswerAlarm {
    /// Which.
    pub id: String,
    /// What is done. `ChooseOther` and `ShowRefused` are the screen's own and are refused here.
    pub act: AlarmAct,
}

/// Shows what went through one place for one space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SpaceSync {
    /// The space.
    pub space: String,
    /// Its name; empty for the journal.
    pub name: String,
    /// What it is.
    pub kind: SpaceKind,
    /// Changes of this device that a place has.
    #[ts(type = "number")]
    pub sent: u64,
    /// Changes of others and of other devices that came in.
    #[ts(type = "number")]
    pub received: u64,
    /// Changes whose chain and signature were checked; all that came in, or something is wrong.
    #[ts(type = "number")]
    pub verified: u64,
    /// Changes of this device that no place has yet.
    #[ts(type = "number")]
    pub waiting: u64,
    /// Changes that came in and wait for a key or for what comes before them.
    #[ts(type = "number")]
    pub parked: u64,
    /// Changes that were put aside.
    #[ts(type = "number")]
    pub refused: u64,
    /// From whom something came last; none when nothing ever did.
    pub heard: Option<HeardFrom>,
    /// Words that are the same on two devices that have seen the same; empty when there is nothing to compare yet.
    pub compare: Vec<String>,
}

/// Says from whom something came last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HeardFrom {
    /// The name of the device, where it is one's own, or of the member.
    pub who: String,
    /// When it was written.
    pub at: DateTime<Utc>,
}

/// Shows a record that was put aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RefusedRecord {
    /// The name of its space; empty for the journal.
    pub space_name: String,
    /// Why.
    pub reason: RefusalReason,
    /// When it was put aside.
    pub at: DateTime<Utc>,
    /// The device or member it claims to be from, when known.
    pub from: Option<String>,
}

/// Says why a record was put aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RefusalReason {
    /// It is damaged, too long, too short or not in the form it must have.
    Damaged,
    /// Its signature or seal does not hold.
    Forged,
    /// Its writer may not write there, or no longer.
    NotAllowed,
    /// It stands in a position that another record of the same device has.
    Doubled,
    /// It needs a newer version of this program.
    TooNew,
    /// Reading it ended the program once.
    Crashed,
}
