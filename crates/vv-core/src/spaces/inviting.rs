//! Inviting into a space, and ending an invitation.

use chrono::TimeDelta;
use vv_crypto::make_bytes;

use super::control::ControlOp;
use super::error::SpaceError;
use super::invite::{Invitation, InviteKeys, draw_qr};
use super::keys::{load, say};
use super::membership::{Act, History, Role, SpaceKind};
use super::record::{note_place, noted};
use super::shared::Shared;
use super::{InviteId, SpaceId, table};
use crate::store::Tx;
use crate::store::hlc::clock_ms;

/// How many belong to a circle at most, beside its facilitators.
const MOST_IN_A_CIRCLE: usize = 12;
/// How long somebody's name may be in a link, in characters.
const NAME_CHARS: usize = 60;

/// Says how somebody is invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvitation {
    /// As what.
    pub role: Role,
    /// How far back they would read.
    pub history: History,
    /// How many may come by it.
    pub uses: u32,
    /// For how many days it holds.
    pub days: u32,
    /// Addresses of servers where the space is; empty with a folder or by files.
    pub places: Vec<String>,
    /// Whether this device lets in whoever asks by it, without asking the person.
    pub open_door: bool,
}

/// Is an invitation that was just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationMade {
    /// By which it is ended.
    pub id: InviteId,
    pub(super) invitation: Invitation,
}

impl InvitationMade {
    /// Gives the link that this program opens.
    pub fn link(&self) -> String {
        self.invitation.to_link()
    }

    /// Gives the link to a page of a server.
    pub fn web_link(&self, server: &str) -> String {
        self.invitation.to_web_link(server)
    }

    /// Gives the text of a `.vvinvite` file.
    pub fn file(&self, for_people: &str) -> String {
        self.invitation.to_file(for_people)
    }

    /// Draws the link as an SVG.
    pub fn picture(&self) -> Option<String> {
        draw_qr(&self.link())
    }
}

/// Invites somebody; gives the invitation, from which the link, the file and the picture are made.
pub fn invite(tx: &mut Tx, space: SpaceId, new: &NewInvitation) -> Result<InvitationMade, SpaceError> {
    let shared = load(tx, &space.0)?;
    let core = tx.core().clone();
    may_bring_in(&shared, &core.account_id, new.role, new.history)?;
    let kind = shared.now.kind.ok_or(SpaceError::NotFound)?;
    let secret: [u8; 16] = make_bytes();
    let until = tx.now() + TimeDelta::days(new.days.into());
    let expires_ms = clock_ms(until);
    let op = ControlOp::Invite { secret, role: new.role, history: new.history, uses: new.uses, expires_ms };
    say(tx, &space.0, &op)?;
    for place in &new.places {
        note_place(tx, &space.0, place)?;
    }
    let keys = InviteKeys::derive(&secret, &space.0);
    if new.open_door {
        table::open_door(tx.sql(), &keys.id())?;
    }
    let inviter_name: String =
        noted(tx, &space.0)?.my_name.chars().filter(|c| !c.is_control()).take(NAME_CHARS).collect();
    let invitation = Invitation {
        space: space.0,
        kind,
        secret,
        inviter: core.account_id,
        inviter_name,
        role: new.role,
        expires_ms,
        places: new.places.clone(),
    };
    Ok(InvitationMade { id: InviteId(keys.id()), invitation })
}

/// Ends an invitation.
pub fn end_invitation(tx: &mut Tx, space: SpaceId, invite: InviteId) -> Result<(), SpaceError> {
    let shared = load(tx, &space.0)?;
    shared.now.role(&tx.core().account_id).ok_or(SpaceError::NotMember)?;
    table::close_door(tx.sql(), &invite.0)?;
    say(tx, &space.0, &ControlOp::EndInvite { invite: invite.0 })?;
    Ok(())
}

pub(super) fn may_bring_in(
    shared: &Shared,
    by: &[u8; 32],
    role: Role,
    history: History,
) -> Result<(), SpaceError> {
    if shared.now.frozen {
        return Err(SpaceError::Frozen);
    }
    shared.now.role(by).ok_or(SpaceError::NotMember)?;
    // Whoever it may be, it is nobody who is known yet.
    let act = Act::Add { subject: [0; 32], role, history };
    if !shared.resolver.would_allow(by, &act) {
        return Err(SpaceError::NotAllowed);
    }
    let others = shared.now.members.values().filter(|member| member.role != Role::Facilitator).count();
    let is_full = shared.now.kind == Some(SpaceKind::Circle) && others >= MOST_IN_A_CIRCLE;
    if is_full && role != Role::Facilitator { Err(SpaceError::TooMany) } else { Ok(()) }
}
