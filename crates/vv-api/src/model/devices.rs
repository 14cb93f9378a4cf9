//! Requests and views of devices: the list, the linking of a new one, and coming back with the recovery kit.
//!
//! Linking is one view for both sides, [`LinkView`]: the side that is asked shows it again whenever the topic `devices` changes.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{notebook::KeyPlace, sync::PlaceKind};

/// Shows one device of this person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeviceRow {
    /// Its id.
    pub id: String,
    /// The name this person gave it.
    pub name: String,
    /// The system it runs, such as `Linux`; empty when it did not say.
    pub system: String,
    /// Whether it is this computer.
    pub is_this: bool,
    /// When it was added.
    pub added_at: DateTime<Utc>,
    /// The device that added it; none for the first, and for one that came back with the recovery kit.
    pub added_by: Option<String>,
    /// When something of it was last seen; none when never.
    pub last_seen_at: Option<DateTime<Utc>>,
    /// When it was removed; none while it belongs.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Asks for another name for a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RenameDevice {
    /// Which.
    pub id: String,
    /// The new name.
    pub name: String,
}

/// Says what removing a device does, before it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RevokePlan {
    /// The device.
    pub device: DeviceRow,
    /// How many spaces get new keys; the journal counts.
    pub spaces: u32,
    /// Whether nothing of it was fetched for a while, so that what it has written since may not be taken in.
    pub may_have_unsent: bool,
    /// Whether sync is off or no place answers, so that other devices hear of it later.
    pub heard_later: bool,
}

/// Names a place by what it is: where two devices meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum MeetingPlace {
    /// A folder that both can reach.
    Folder {
        /// Where it is on this computer.
        path: String,
    },
    /// A server that both can reach.
    Server {
        /// Its address.
        address: String,
    },
}

/// Asks on the new computer to become a device of somebody who has a journal elsewhere. There must be no notebook here.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BeginLink {
    /// Where the two computers meet.
    pub at: MeetingPlace,
    /// What this computer is called among the person's devices.
    pub device_name: String,
    /// Where the key of the notebook is kept here.
    pub key_place: KeyPlace,
    /// The passphrase, when the key is kept behind one.
    #[ts(optional)]
    pub passphrase: Option<String>,
}

/// Asks on the old computer to look for the new one that shows a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnswerLink {
    /// The nine characters as typed; spaces, hyphens and case do not matter.
    pub code: String,
}

/// Says what the person saw when comparing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConfirmLink {
    /// Whether both computers show the same.
    pub same: bool,
}

/// Shows one of the seven signs that are compared. Pictures and words are a table of the core that is fixed for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LinkSign {
    /// Its picture, one emoji.
    pub symbol: String,
    /// Its word in English, which other languages than German show too.
    pub en: String,
    /// Its word in German.
    pub de: String,
}

/// Shows where a linking stands, on either side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum LinkView {
    /// No linking is going on.
    Idle,
    /// The new computer shows its code and waits for the old one.
    ShowingCode {
        /// Nine characters in groups of three, such as `K7M-2QX-9PD`.
        code: String,
        /// The same as a QR code: an SVG picture in black on white.
        qr_svg: String,
        /// When it ends.
        expires_at: DateTime<Utc>,
        /// Where the two meet.
        at: PlaceKind,
    },
    /// The old computer looks for the new one.
    Looking {
        /// When it gives up.
        expires_at: DateTime<Utc>,
    },
    /// Both show the same seven signs, unless somebody stands between them.
    Comparing {
        /// The signs in their order.
        signs: Vec<LinkSign>,
        /// The name the other computer goes by.
        other: String,
        /// Whether this side is the one that confirms: the old computer.
        confirms: bool,
        /// When it ends.
        expires_at: DateTime<Utc>,
    },
    /// It was confirmed: keys and the small logs are on their way.
    Joining,
    /// It is done. On the new computer the notebook is open now, and sync fetches the rest.
    Done {
        /// The name of the new device.
        device_name: String,
    },
    /// It ended without a new device. Nothing was changed on either side.
    Failed {
        /// Why.
        why: LinkFailure,
    },
}

/// Says why a linking ended without a new device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LinkFailure {
    /// Nobody shows this code at the places of this computer.
    UnknownCode,
    /// Ten minutes passed.
    Expired,
    /// The person said that the signs were not the same.
    NotTheSame,
    /// What came from the other side does not fit together: somebody may stand between them.
    Tampered,
    /// One of the two ended it.
    Cancelled,
    /// The place does not answer.
    Unreachable,
    /// The other computer runs a version that this one cannot talk to.
    OtherVersion,
}

/// Names a recovery kit as it was typed or chosen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum GivenKit {
    /// The 24 words.
    Words {
        /// As typed, separated by spaces.
        words: String,
    },
    /// A `.kit` file.
    File {
        /// Where it lies.
        path: String,
        /// Its passphrase, when it has one.
        #[ts(optional)]
        passphrase: Option<String>,
    },
}

/// Shows what a recovery kit says of where the journal is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KitPlaces {
    /// The day it was made, `YYYY-MM-DD`; words alone do not say.
    pub made_on: Option<String>,
    /// Where the journal was when it was made; words alone do not say.
    pub places: Vec<MeetingPlace>,
}

/// Asks to come back to one's journal with the recovery kit, on a computer that has no notebook.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ComeBack {
    /// The kit.
    pub kit: GivenKit,
    /// Where the journal is.
    pub at: MeetingPlace,
    /// What this computer is called among the person's devices.
    pub device_name: String,
    /// Where the key of the notebook is kept here.
    pub key_place: KeyPlace,
    /// The passphrase, when the key is kept behind one.
    #[ts(optional)]
    pub passphrase: Option<String>,
}

/// Shows which words of the kit a rehearsal asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RehearsalView {
    /// The numbers of the words, from 1.
    pub asks: Vec<u8>,
    /// Whether it is time: the kit was made and not tried for thirty days.
    pub due: bool,
}

/// Answers a rehearsal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RehearseKit {
    /// The words that were asked for.
    pub words: Vec<RehearsedWord>,
}

/// Gives one word of the kit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RehearsedWord {
    /// Its number, from 1.
    pub number: u8,
    /// The word as typed.
    pub word: String,
}

/// Asks for the recovery kit as a PDF: the words, the QR code, and what to do with them.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrintKit {
    /// Where to write it.
    pub path: String,
    /// The language of its sentences, such as `en`.
    pub language: String,
}
