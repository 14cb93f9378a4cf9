//! Requests and views of spaces: who belongs, who can read, and how somebody joins.
//!
//! Readers are never a label: they are computed from whom the keys are sealed to. [`SpaceView`] is the whole page of a space.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Says what a space is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SpaceKind {
    /// One person's own; nobody can be added.
    Journal,
    /// Two peers, and perhaps a facilitator.
    Pairing,
    /// A few people and their facilitators.
    Circle,
    /// The account log of one person: their devices and keys. It travels like a space and is shown with sync alone.
    Account,
}

/// Says what somebody may do in a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Of a journal or a circle: founded it, and cannot be removed.
    Owner,
    /// One of the two of a pairing; neither can remove the other.
    Peer,
    /// Keeps time and order, and reads no content.
    Facilitator,
    /// Reads and writes.
    Member,
    /// Reads.
    Observer,
}

/// Says how a space stands for this person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SpaceState {
    /// One asked to join, and waits for somebody to approve, or for what is there to arrive.
    Asked,
    /// One asked to join and was not let in.
    Declined,
    /// It lives.
    Open,
    /// A peer has left: it can be read and not written.
    Frozen,
    /// One has left, or was removed; what came until then can be read.
    Left,
    /// It needs a newer version of this program: it can be read and not written.
    UpdateNeeded,
}

/// Names somebody who can read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reader {
    /// The account.
    pub account: String,
    /// The name they go by in this space.
    pub name: String,
    /// Whether it is this person.
    pub is_me: bool,
    /// Since when the keys are sealed to them; none when since the beginning.
    pub since: Option<DateTime<Utc>>,
}

/// Shows a space as a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SpaceRow {
    /// Its id.
    pub id: String,
    /// Its name; empty for the journal, and for a pairing that goes by the other's name.
    pub name: String,
    /// What it is.
    pub kind: SpaceKind,
    /// How it stands.
    pub state: SpaceState,
    /// This person's role; none while waiting to be let in.
    pub role: Option<Role>,
    /// Who can read what is written there: whom the content key is sealed to.
    pub readers: Vec<Reader>,
    /// Since when this person belongs to it.
    pub since: DateTime<Utc>,
    /// How many ask to join, and consents that are waited for: what needs this person.
    pub waiting: u32,
}

/// Shows a space whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SpaceView {
    /// Its id.
    pub id: String,
    /// Its name; empty for the journal.
    pub name: String,
    /// What it is.
    pub kind: SpaceKind,
    /// How it stands.
    pub state: SpaceState,
    /// This person's role; none while waiting to be let in.
    pub role: Option<Role>,
    /// When it was founded.
    pub founded_at: DateTime<Utc>,
    /// Whether newcomers read what was written before they came.
    pub history: History,
    /// Who belongs, in order of joining.
    pub members: Vec<MemberView>,
    /// Who can read what is written there: whom the content key is sealed to.
    pub content_readers: Vec<Reader>,
    /// Who can read agenda, attendance and timers: whom the process key is sealed to.
    pub process_readers: Vec<Reader>,
    /// Whether the keys are sealed to exactly those who belong. While they are not, nobody writes: new keys are on their way.
    pub keys_fit: bool,
    /// Invitations that can still be used, newest first.
    pub invites: Vec<InviteView>,
    /// Who asks to join.
    pub requests: Vec<RequestView>,
    /// What waits for a consent.
    pub consents: Vec<ConsentView>,
    /// What this person may do here.
    pub rights: SpaceRights,
    /// Where it travels: addresses of servers, and folders; empty when by files alone.
    pub places: Vec<String>,
}

/// Says whether newcomers read what was written before they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum History {
    /// All of it.
    Full,
    /// Only what comes after.
    FromJoin,
}

/// Says what this person may do in a space; what is false is not offered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SpaceRights {
    /// Change its name.
    pub rename: bool,
    /// Invite and approve, into these roles.
    pub invite: Vec<Role>,
    /// Leave.
    pub leave: bool,
}

/// Shows a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemberView {
    /// The account.
    pub account: String,
    /// The name they go by in this space.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether it is this person.
    pub is_me: bool,
    /// Since when they belong.
    pub since: DateTime<Utc>,
    /// Eight words that both screens show alike when nobody stands between; empty for oneself.
    pub safety_words: Vec<String>,
    /// When this person noted that the words are the same; none when never, or when they changed since.
    pub compared_at: Option<DateTime<Utc>>,
    /// Whether this person may remove them.
    pub can_remove: bool,
    /// The roles this person may give them; empty when none.
    pub can_become: Vec<Role>,
}

/// Shows an invitation of this person or another member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InviteView {
    /// Its id.
    pub id: String,
    /// The link; empty when it was made on another device, for its secret is known there alone.
    pub link: String,
    /// The link as a QR code: an SVG picture in black on white; empty with it.
    pub qr_svg: String,
    /// The role it gives.
    pub role: Role,
    /// Who made it.
    pub by: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Until when it can be used.
    pub expires_at: DateTime<Utc>,
    /// How many may still use it.
    pub uses_left: u32,
    /// Whether whoever comes by it is let in without a question while this device runs.
    pub auto_approve: bool,
}

/// Shows somebody who asks to join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RequestView {
    /// Its id.
    pub id: String,
    /// The name they go by.
    pub name: String,
    /// The role their invitation gives.
    pub role: Role,
    /// Eight words that both screens show alike when nobody stands between.
    pub safety_words: Vec<String>,
    /// When they asked.
    pub asked_at: DateTime<Utc>,
    /// Whether it came as a file, so that the approval has to travel as one too.
    pub by_file: bool,
}

/// Shows an operation that takes effect through a consent: a facilitator of a pairing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConsentView {
    /// The operation.
    pub id: String,
    /// Who was proposed.
    pub name: String,
    /// As what.
    pub role: Role,
    /// Who proposed it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether it is this person who is waited for.
    pub mine: bool,
}

/// Asks for a new space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CreateSpace {
    /// Pairing or circle.
    pub kind: SpaceKind,
    /// Its name; a pairing may go without one.
    pub name: String,
    /// The name this person goes by there.
    pub my_name: String,
    /// Whether newcomers read what was written before they came.
    pub history: History,
}

/// Asks for another name of a space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RenameSpace {
    /// The space.
    pub space: String,
    /// Its new name.
    pub name: String,
}

/// Asks for an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MakeInvite {
    /// The space.
    pub space: String,
    /// The role it gives.
    pub role: Role,
    /// How many may use it.
    pub uses: u32,
    /// For how many days it can be used.
    pub days: u32,
    /// Whether whoever comes by it is let in without a question while this device runs.
    pub auto_approve: bool,
}

/// Names an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedInvite {
    /// The space.
    pub space: String,
    /// The invitation.
    pub invite: String,
}

/// Asks to write an invitation into a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaveInvite {
    /// The space.
    pub space: String,
    /// The invitation.
    pub invite: String,
    /// Where to write it.
    pub path: String,
}

/// Names somebody who asks to join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedRequest {
    /// The space.
    pub space: String,
    /// The request.
    pub request: String,
}

/// Asks to write something of a space into a file: this person's own request, or the approval for another's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaveLetter {
    /// The space.
    pub space: String,
    /// The request that was approved; none for one's own request.
    #[ts(optional)]
    pub request: Option<String>,
    /// Where to write it.
    pub path: String,
}

/// Names an invitation that somebody sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum GivenInvite {
    /// By its link.
    Link {
        /// As pasted.
        link: String,
    },
    /// By its file.
    File {
        /// Where it lies.
        path: String,
    },
}

/// Shows an invitation before it is followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InvitationView {
    /// The space.
    pub space: String,
    /// What it is.
    pub kind: SpaceKind,
    /// Who invites; empty when the invitation does not say.
    pub by: String,
    /// The role it gives.
    pub role: Role,
    /// Until when it can be used.
    pub expires_at: DateTime<Utc>,
    /// Where the space travels: addresses of servers; empty when by folder or files.
    pub servers: Vec<String>,
    /// Whether the request can go by itself; else it has to travel as a file.
    pub can_send: bool,
    /// Whether this person belongs to it, or has asked, already.
    pub known: bool,
}

/// Asks to join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JoinSpace {
    /// By which invitation.
    pub invite: GivenInvite,
    /// The name this person goes by there.
    pub my_name: String,
}

/// Says what a file of a space was, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "was", rename_all = "snake_case")]
pub enum TakenLetter {
    /// An invitation: nothing was done with it yet.
    Invitation {
        /// What it says.
        invitation: InvitationView,
    },
    /// Somebody's request; it waits to be approved.
    Request {
        /// The space.
        space: String,
        /// Who asks.
        name: String,
    },
    /// The approval of this person's own request: they belong now.
    Approval {
        /// The space.
        space: String,
    },
}

/// Names a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedMember {
    /// The space.
    pub space: String,
    /// The account.
    pub account: String,
}

/// Asks for another role for a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChangeRole {
    /// The space.
    pub space: String,
    /// The account.
    pub account: String,
    /// The new role.
    pub role: Role,
}

/// Notes whether the safety words of a member were the same on both screens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CompareWords {
    /// The space.
    pub space: String,
    /// The account.
    pub account: String,
    /// Whether they were the same.
    pub same: bool,
}

/// Gives or refuses a consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GiveConsent {
    /// The space.
    pub space: String,
    /// The operation.
    pub id: String,
    /// Whether this person agrees.
    pub agrees: bool,
}
