//! What is done to the members of a space: taking out, leaving, changing roles, agreeing, naming.

use vv_protocol::CONTROL_STREAM;

use super::accounts::share_account;
use super::asking::introduce;
use super::control::{ControlOp, Cut};
use super::epochs::Writing;
use super::error::SpaceError;
use super::keys::{load, renew_if_possible, say, share_missing, sorted};
use super::membership::{AccountId, Act, Role};
use super::record;
use super::shared::Shared;
use super::table;
use super::{MemberId, ProposalId, SpaceId};
use crate::store::hlc::clock_ms;
use crate::store::log;
use crate::store::{StoreError, Tx, standing};
use crate::words::some_line;

/// Takes somebody out of a space. They keep what they have read and read nothing that is written later.
pub fn remove_member(tx: &mut Tx, space: SpaceId, member: MemberId) -> Result<(), SpaceError> {
    let shared = load(tx, &space.0)?;
    check(tx, &shared, &Act::Remove { subject: member.0 })?;
    let cuts = cuts_of(tx, &shared, &member.0)?;
    let parents = sorted(shared.now.heads.clone());
    say(tx, &space.0, &ControlOp::Remove { parents, subject: member.0, cuts })?;
    renew_if_possible(tx, &space.0)
}

/// Leaves a space. What is here of it stays and can be read; a pairing is frozen by it for both.
pub fn leave_space(tx: &mut Tx, space: SpaceId) -> Result<(), SpaceError> {
    let shared = load(tx, &space.0)?;
    check(tx, &shared, &Act::Leave)?;
    let cuts = cuts_of(tx, &shared, &tx.core().account_id)?;
    let parents = sorted(shared.now.heads.clone());
    say(tx, &space.0, &ControlOp::Leave { parents, cuts })?;
    Ok(())
}

/// Gives somebody another role in a circle.
pub fn change_role(tx: &mut Tx, space: SpaceId, member: MemberId, to: Role) -> Result<(), SpaceError> {
    let shared = load(tx, &space.0)?;
    let subject = member.0;
    let from = shared.now.role(&subject).ok_or(SpaceError::NotFound)?;
    let history = shared.now.members[&subject].history;
    let parents = sorted(shared.now.heads.clone());
    let (act, op) = if from == to {
        return Ok(());
    } else if to == Role::Owner {
        // Nobody is promoted to owner; an owner brings another one in, and both own it then.
        let account_heads = super::accounts::account_heads(tx.sql(), &subject)?;
        let act = Act::Add { subject, role: to, history };
        (
            act,
            ControlOp::Add { parents, subject, role: to, history, account_heads, invite: None, access: None },
        )
    } else {
        let act =
            if from < to { Act::Promote { subject, role: to } } else { Act::Demote { subject, role: to } };
        (act, ControlOp::ChangeRole { parents, subject, from, to })
    };
    check(tx, &shared, &act)?;
    say(tx, &space.0, &op)?;
    renew_if_possible(tx, &space.0)
}

/// Agrees to the facilitator whom the other of a pairing has proposed.
pub fn consent(tx: &mut Tx, space: SpaceId, proposal: ProposalId) -> Result<(), SpaceError> {
    let shared = load(tx, &space.0)?;
    let act = Act::Consent { add: proposal.0 };
    check(tx, &shared, &act)?;
    let parents = sorted(shared.now.heads.clone());
    say(tx, &space.0, &ControlOp::Consent { parents, add: proposal.0 })?;
    renew_if_possible(tx, &space.0)
}

/// Does not agree to a proposed facilitator, or takes one's own proposal back.
pub fn end_proposal(tx: &mut Tx, space: SpaceId, proposal: ProposalId) -> Result<(), SpaceError> {
    let shared = load(tx, &space.0)?;
    let found = shared.proposals().into_iter().find(|(id, ..)| *id == proposal.0);
    let (_, _, subject) = found.ok_or(SpaceError::NotFound)?;
    check(tx, &shared, &Act::Remove { subject })?;
    let parents = sorted(shared.now.heads.clone());
    say(tx, &space.0, &ControlOp::Remove { parents, subject, cuts: Vec::new() })?;
    Ok(())
}

/// Names a space.
pub fn rename_space(tx: &mut Tx, space: SpaceId, name: &str) -> Result<(), SpaceError> {
    let name = some_line(name, "name", "a space needs a name")?;
    let shared = load(tx, &space.0)?;
    let me = tx.core().account_id;
    shared.now.role(&me).ok_or(SpaceError::NotMember)?;
    if !shared.may_rename(&me) {
        return Err(SpaceError::NotAllowed);
    }
    say(tx, &space.0, &ControlOp::Name { name })?;
    Ok(())
}

/// Notes that the words shared with somebody were compared, on both screens, and are the same.
pub fn note_compared(tx: &mut Tx, space: SpaceId, member: MemberId) -> Result<(), SpaceError> {
    let shared = load(tx, &space.0)?;
    shared.now.role(&member.0).ok_or(SpaceError::NotFound)?;
    Ok(record::note_compared(tx, &space.0, &member.0, true)?)
}

/// Notes that the words shared with somebody are not known to be the same, or not any more.
pub fn forget_compared(tx: &mut Tx, space: SpaceId, member: MemberId) -> Result<(), SpaceError> {
    Ok(record::note_compared(tx, &space.0, &member.0, false)?)
}

/// Does what is due in every space without anybody's asking: names oneself, shows new devices of one's own, ends the feeds of
/// those that were taken away, makes new keys where members or devices changed, and gives newcomers what they lack. Called after
/// something was taken in.
pub fn keep_up(tx: &mut Tx) -> Result<(), SpaceError> {
    let core = tx.core().clone();
    let me = core.account_id;
    for space in core.keyring.spaces().filter(|space| space.is_shared()) {
        let shared = Shared::load(tx.sql(), space)?;
        if shared.now.role(&me).is_none() || shared.now.frozen {
            continue;
        }
        let mut spoke = introduce(tx, &shared)?;
        spoke |= announce_access(tx, &shared)?;
        spoke |= share_account(tx, &shared, &me)?;
        let cuts = cuts_of_revoked(tx, &shared)?;
        if !cuts.is_empty() {
            say(tx, &space.id, &ControlOp::CloseFeeds { cuts })?;
            spoke = true;
        }
        // What was just said may have changed what is due.
        let shared = if spoke { load(tx, &space.id)? } else { shared };
        match shared.writing(tx.sql(), &core, clock_ms(tx.now()))? {
            Writing::AfterMinting { .. } => renew_if_possible(tx, &space.id)?,
            _ => share_missing(tx, &shared)?,
        }
    }
    Ok(())
}

/// Says by which key one opens the space on a server, when it is another one than was said.
fn announce_access(tx: &mut Tx, shared: &Shared) -> Result<bool, SpaceError> {
    let core = tx.core().clone();
    let key = *core.account_secret()?.derive_space_access(&shared.id).verifying_key().as_bytes();
    let is_new = shared.access_of(&core.account_id) != Some(key);
    if is_new {
        say(tx, &shared.id, &ControlOp::Access { key })?;
    }
    Ok(is_new)
}

fn check(tx: &Tx, shared: &Shared, act: &Act) -> Result<(), SpaceError> {
    let me = tx.core().account_id;
    shared.now.role(&me).ok_or(SpaceError::NotMember)?;
    match shared.resolver.would_allow(&me, act) {
        true => Ok(()),
        false if shared.now.frozen => Err(SpaceError::Frozen),
        false => Err(SpaceError::NotAllowed),
    }
}

/// Names the last records of the feeds of somebody that count.
fn cuts_of(tx: &Tx, shared: &Shared, account: &AccountId) -> Result<Vec<Cut>, StoreError> {
    cuts_where(tx, shared, |device| Ok(standing::account_of(tx.sql(), device)?.as_ref() == Some(account)))
}

/// Names the last records of the feeds of one's own devices that were taken away and whose feeds are not closed yet.
fn cuts_of_revoked(tx: &Tx, shared: &Shared) -> Result<Vec<Cut>, StoreError> {
    let me = tx.core().account_id;
    let gone: Vec<[u8; 32]> = table::devices_of(tx.sql(), &me)?
        .into_iter()
        .filter_map(|(device, is_gone)| is_gone.then_some(device))
        .collect();
    let mut cuts = cuts_where(tx, shared, |device| Ok(gone.contains(device)))?;
    cuts.retain(|cut| shared.limit(&me, &cut.feed).is_none());
    Ok(cuts)
}

fn cuts_where(
    tx: &Tx,
    shared: &Shared,
    is_theirs: impl Fn(&[u8; 32]) -> Result<bool, StoreError>,
) -> Result<Vec<Cut>, StoreError> {
    let mut cuts = Vec::new();
    for feed in log::list_feeds(tx.sql())? {
        if feed.sid == shared.sid && feed.head.stream != CONTROL_STREAM && is_theirs(&feed.device)? {
            cuts.push(Cut { feed: feed.head.feed, seq: feed.head.seq, hash: feed.head.hash });
        }
    }
    cuts.sort_unstable_by_key(|cut| cut.feed);
    Ok(cuts)
}
