//! The facilitator's seat: asked for by either, seated by the word of both, reading the process and nothing else.
//!
//! Membership is `spaces/`: an addition that only one of the two signed is void and shown as such. Here stand what is said of it in
//! the pairing, and that a facilitator stands outside both lines: each of the two looks at their own.

use std::collections::BTreeMap;

use super::charter::{self, latest_words, open_home, row_or_default};
use super::error::PairingError;
use super::home::{Doing, act, home_of};
use super::line::{Somebody, weigh};
use super::model::{FacilitatorSeat, Home, ProposedFacilitator, Who};
use super::record::Deed;
use super::seats::Seats;
use crate::ids::PairingId;
use crate::spaces::{self, History, InvitationMade, MemberId, NewInvitation, ProposalId, Role, SpaceId};
use crate::store::{Reader, Tx};
use crate::words::line;

/// Asks the other to bring somebody in who leads the process; the words may name whom one has in mind.
pub fn ask_for_facilitator(tx: &mut Tx, id: PairingId, words: &str) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let words = line(words, "words")?;
    // Asking without a name in mind is asking all the same.
    let words = if words.is_empty() { "?".to_owned() } else { words };
    act(tx, home, home.charter(), Deed::FacilitatorAsked, Doing { words, ..Doing::default() })
}

/// Invites somebody to lead the process. They are seated once the other of the two agrees.
pub fn invite_facilitator(
    tx: &mut Tx,
    id: PairingId,
    places: Vec<String>,
) -> Result<InvitationMade, PairingError> {
    let space = two(tx, id)?;
    let new = NewInvitation {
        role: Role::Facilitator,
        history: History::FromJoin,
        uses: 1,
        days: super::sharing::INVITATION_DAYS,
        places,
        open_door: false,
    };
    Ok(spaces::invite_into(tx, space, &new)?)
}

fn two(tx: &mut Tx, id: PairingId) -> Result<SpaceId, PairingError> {
    let home = open_home(tx, id)?;
    match home {
        Home::Shared(space) if Seats::load(tx, home)?.is_two() => Ok(space),
        _ => Err(PairingError::NotTwo),
    }
}

/// Looks whether somebody may lead the process of a pairing, as far as the person's own line at work tells.
///
/// # Errors
/// [`PairingError::InLine`] where they have power over the person.
pub fn check_facilitator(
    reader: &Reader,
    id: PairingId,
    account: Option<MemberId>,
    name: &str,
) -> Result<(), PairingError> {
    let kind = row_or_default(reader, home_of(reader, id)?)?.kind;
    let who = Somebody { person: None, account, names: vec![name.to_owned()] };
    match weigh(reader, kind, &who, true, &BTreeMap::new())?.first() {
        Some(finding) => Err(PairingError::InLine(finding.relation)),
        None => Ok(()),
    }
}

/// Agrees to a facilitator whom the other proposed, unless they stand in my line.
pub fn agree_to_facilitator(tx: &mut Tx, id: PairingId, proposal: ProposalId) -> Result<(), PairingError> {
    let space = two(tx, id)?;
    let found = spaces::get_space(tx, space)?.proposals.into_iter().find(|one| one.id == proposal);
    let found = found.ok_or(PairingError::NotThere)?;
    check_facilitator(tx, id, Some(found.whom), &found.name)?;
    Ok(spaces::consent(tx, space, proposal)?)
}

/// Takes a facilitator's seat away. Either of the two may, at any time.
pub fn unseat_facilitator(tx: &mut Tx, id: PairingId, who: MemberId) -> Result<(), PairingError> {
    let space = two(tx, id)?;
    let is_one = spaces::get_space(tx, space)?
        .members
        .iter()
        .any(|member| member.id == who && member.role == Role::Facilitator);
    if !is_one {
        return Err(PairingError::NotThere);
    }
    Ok(spaces::remove_member(tx, space, who)?)
}

/// Shows the seat as a space has it.
pub(super) fn seat(
    reader: &Reader,
    home: Home,
    space: Option<&spaces::Space>,
) -> Result<FacilitatorSeat, PairingError> {
    let seats = Seats::load(reader, home)?;
    let asked = latest_words(&seats, &charter::acts(reader, home)?, Deed::FacilitatorAsked);
    let Some(space) = space else { return Ok(FacilitatorSeat { asked, ..FacilitatorSeat::default() }) };
    let me = space.members.iter().find(|member| member.is_me).map(|member| member.id);
    let seated = space.members.iter().filter(|member| member.role == Role::Facilitator);
    let proposed = space.proposals.iter().map(|one| ProposedFacilitator {
        id: one.id,
        whom: one.whom,
        name: one.name.clone(),
        by: if Some(one.by) == me { Who::Me } else { Who::Other },
        is_mine: one.is_mine,
    });
    Ok(FacilitatorSeat {
        seated: seated.map(|member| (member.id, member.name.clone())).collect(),
        proposed: proposed.collect(),
        asked,
    })
}
