//! Letting others into a space: their requests, and the answers.

use vv_protocol::CONTROL_STREAM;

use super::accounts::{account_heads, adopt_account, raws, share_account};
use super::asking::Message;
use super::control::ControlOp;
use super::error::SpaceError;
use super::invite::{InviteKeys, JoinAnswer, JoinRequest, Outcome, Welcome, answer_mailbox};
use super::inviting::may_bring_in;
use super::keys::{load, renew_if_possible, say, sorted};
use super::shared::{Invited, Shared};
use super::table::{self, RequestRow, Standing};
use super::{RequestId, SpaceId};
use crate::store::hlc::clock_ms;
use crate::store::page::Page;
use crate::store::take_in::Taken;
use crate::store::topics::Topic;
use crate::store::unlocked::account_space;
use crate::store::{Reader, Tx};

/// How long a message may be that is left in a mailbox.
const MAILBOX_LEN: usize = 60 * 1024;
/// How far the clocks of two people may differ.
const CLOCKS_DIFFER_MS: u64 = 60 * 60 * 1000;

/// Lists the mailboxes in which requests for spaces of this person may lie.
pub fn request_mailboxes(reader: &Reader) -> Result<Vec<(SpaceId, [u8; 16])>, SpaceError> {
    let mut found = Vec::new();
    for space in reader.core().keyring.spaces().filter(|space| space.is_shared()) {
        let shared = Shared::load(reader.sql(), space)?;
        let now_ms = clock_ms(reader.now());
        let live = shared.invitations().into_iter().filter(|invited| is_live(invited, now_ms));
        found.extend(live.map(|invited| (SpaceId(space.id), invited.id)));
    }
    Ok(found)
}

fn is_live(invited: &Invited, now_ms: u64) -> bool {
    invited.holds && invited.left > 0 && now_ms <= invited.expires_ms.saturating_add(CLOCKS_DIFFER_MS)
}

/// Takes in a request that was found in a mailbox or a file, for whichever space it is. It waits for [`approve`] or
/// [`decline`]; one that was taken in before changes nothing. Behind an open door it is approved at once, and the answer is among [`answers_due`].
pub fn take_request(tx: &mut Tx, sealed: &[u8], by_file: bool) -> Result<(SpaceId, RequestId), SpaceError> {
    let core = tx.core().clone();
    let now_ms = clock_ms(tx.now());
    let mut why = SpaceError::Ended;
    for space in core.keyring.spaces().filter(|space| space.is_shared()) {
        let shared = Shared::load(tx.sql(), space)?;
        for invited in shared.invitations() {
            let keys = InviteKeys::derive(&invited.secret, &space.id);
            let Ok(request) = JoinRequest::open(sealed, &keys, &space.id) else { continue };
            let id = RequestId(request.hash());
            if table::list_requests(tx.sql(), &space.id)?.iter().any(|row| row.request == id.0) {
                return Ok((SpaceId(space.id), id));
            }
            if !is_live(&invited, now_ms) {
                why = match (invited.holds, invited.left) {
                    (_, 0) => SpaceError::UsedUp,
                    (true, _) => SpaceError::Expired,
                    (false, _) => SpaceError::Ended,
                };
                continue;
            }
            if shared.now.role(&request.account.account).is_some() {
                return Err(SpaceError::AlreadyIn);
            }
            let row = RequestRow {
                request: id.0,
                space: space.id,
                invite: invited.id,
                sealed: sealed.to_vec(),
                standing: Standing::Waits,
                by_file,
            };
            table::put_request(tx.sql(), &row, tx.now().timestamp_millis())?;
            tx.publish(Topic::Spaces);
            if table::is_door_open(tx.sql(), &invited.id)? {
                approve(tx, id)?;
            }
            return Ok((SpaceId(space.id), id));
        }
    }
    Err(why)
}

/// Finds a request that waits, with the invitation it came by.
fn find_request(tx: &Tx, id: RequestId) -> Result<(Shared, Invited, JoinRequest, RequestRow), SpaceError> {
    let core = tx.core().clone();
    for space in core.keyring.spaces().filter(|space| space.is_shared()) {
        let Some(row) =
            table::list_requests(tx.sql(), &space.id)?.into_iter().find(|row| row.request == id.0)
        else {
            continue;
        };
        let shared = Shared::load(tx.sql(), space)?;
        let invited = shared.invitations().into_iter().find(|invited| invited.id == row.invite);
        let invited = invited.ok_or(SpaceError::Ended)?;
        let keys = InviteKeys::derive(&invited.secret, &space.id);
        let request = JoinRequest::open(&row.sealed, &keys, &space.id)?;
        return Ok((shared, invited, request, row));
    }
    Err(SpaceError::NoRequest)
}

/// Lets somebody in who asked. Where another has to agree, or make the keys, the answer follows later; what is due is among
/// [`answers_due`].
pub fn approve(tx: &mut Tx, id: RequestId) -> Result<(), SpaceError> {
    let (shared, invited, request, row) = find_request(tx, id)?;
    if row.standing != Standing::Waits {
        return Err(SpaceError::NoRequest);
    }
    if !invited.holds {
        return Err(if invited.left == 0 { SpaceError::UsedUp } else { SpaceError::Ended });
    }
    let (me, subject) = (tx.core().account_id, request.account.account);
    may_bring_in(&shared, &me, invited.role, invited.history)?;
    if invited.left == 0 {
        return Err(SpaceError::UsedUp);
    }
    take_account(tx, &request)?;
    let shared = load(tx, &shared.id)?;
    share_account(tx, &shared, &subject)?;
    let shared = load(tx, &shared.id)?;
    let add = ControlOp::Add {
        parents: sorted(shared.now.heads.clone()),
        subject,
        role: invited.role,
        history: invited.history,
        account_heads: account_heads(tx.sql(), &subject)?,
        invite: Some(invited.id),
        access: Some(request.access),
    };
    say(tx, &shared.id, &add)?;
    table::set_standing(tx.sql(), &id.0, Standing::Approved)?;
    renew_if_possible(tx, &shared.id)
}

/// Takes in the account that a request shows, and checks that the device that asked belongs to it.
fn take_account(tx: &mut Tx, request: &JoinRequest) -> Result<(), SpaceError> {
    let account = &request.account;
    adopt_account(tx, &account.account, &account.key)?;
    tx.renew_keys()?;
    let place = account_space(&account.account);
    let page = Page::prepare(tx, account.records.clone())?;
    let refused = tx.take_in_page(&page)?.into_iter().any(|taken| matches!(taken, Taken::Refused(_)));
    let devices = table::devices_of(tx.sql(), &account.account)?;
    let is_device = devices.iter().any(|(device, gone)| *device == request.device && !gone);
    let is_known = tx.core().keyring.space(&place).is_some();
    if refused || !is_device || !is_known { Err(SpaceError::UnknownDevice) } else { Ok(()) }
}

/// Lets nobody in who asked; gives the answer.
pub fn decline(tx: &mut Tx, id: RequestId) -> Result<Message, SpaceError> {
    let (shared, _, request, row) = find_request(tx, id)?;
    if row.standing != Standing::Waits {
        return Err(SpaceError::NoRequest);
    }
    table::set_standing(tx.sql(), &id.0, Standing::Declined)?;
    tx.publish(Topic::Spaces);
    decline_message(&shared, &request).ok_or(SpaceError::NoRequest)
}

fn decline_message(shared: &Shared, request: &JoinRequest) -> Option<Message> {
    let answer = JoinAnswer { space: shared.id, request: request.hash(), outcome: Outcome::Declined };
    let sealed = answer.seal(request)?;
    Some(Message { mailbox: answer_mailbox(&request.answer_to), file: sealed.clone(), sealed })
}

/// Gives the answers to requests that were declined here, or approved and whose people are in by now. Each is given until it was
/// [`answered`].
pub fn answers_due(tx: &mut Tx) -> Result<Vec<(RequestId, Message)>, SpaceError> {
    let core = tx.core().clone();
    let mut due = Vec::new();
    for space in core.keyring.spaces().filter(|space| space.is_shared()) {
        for row in table::list_requests(tx.sql(), &space.id)? {
            if !matches!(row.standing, Standing::Approved | Standing::Declined) {
                continue;
            }
            let id = RequestId(row.request);
            let Ok((shared, _, request, _)) = find_request(tx, id) else { continue };
            if row.standing == Standing::Declined {
                due.extend(decline_message(&shared, &request).map(|message| (id, message)));
                continue;
            }
            if shared.now.role(&request.account.account).is_none() {
                continue;
            }
            let (Some(genesis), Some(first)) = (shared.genesis.clone(), space.epochs.first()) else {
                continue;
            };
            let Some(control) = first.control.clone() else { continue };
            let welcome = |records: Vec<Vec<u8>>| {
                let welcome = Welcome {
                    genesis: genesis.clone(),
                    first_epoch: first.epoch,
                    control: control.clone(),
                    records,
                };
                JoinAnswer { space: space.id, request: id.0, outcome: Outcome::Approved(welcome) }
                    .seal(&request)
            };
            let Some(file) = welcome(raws(tx.sql(), space.sid, CONTROL_STREAM)?) else { continue };
            let short = if file.len() <= MAILBOX_LEN { Some(file.clone()) } else { welcome(Vec::new()) };
            let Some(sealed) = short else { continue };
            due.push((id, Message { mailbox: answer_mailbox(&request.answer_to), sealed, file }));
        }
    }
    Ok(due)
}

/// Notes that the answer to a request is on its way.
pub fn answered(tx: &mut Tx, id: RequestId) -> Result<(), SpaceError> {
    table::set_standing(tx.sql(), &id.0, Standing::Answered)?;
    tx.publish(Topic::Spaces);
    Ok(())
}
