//! Coming into a space: inviting, asking, letting in, and beginning.

use chrono::{DateTime, TimeDelta, Utc};
use vv_crypto::{EncSecret, Key32, make_bytes};
use vv_protocol::CONTROL_STREAM;

use super::accounts::{account_heads, own_account, raws, share_account};
use super::control::ControlOp;
use super::error::SpaceError;
use super::invite::{
    Invitation, InviteKeys, JoinAnswer, JoinRequest, LinkError, Outcome, Welcome, answer_mailbox,
};
use super::keys::{load, renew_if_possible, say};
use super::membership::{Act, History, Role, SpaceKind};
use super::record::{Entry, enter, note_place, noted};
use super::shared::{Invited, Shared};
use super::table::{self, Asked, RequestRow, Standing};
use super::{InviteId, RequestId, SpaceId};
use crate::identity::table as identity_table;
use crate::store::hlc::clock_ms;
use crate::store::page::Page;
use crate::store::take_in::Taken;
use crate::store::topics::Topic;
use crate::store::unlocked::account_space;
use crate::store::{Reader, Tx};
use crate::words::some_line;

/// How many belong to a circle at most, beside its facilitators.
const MOST_IN_A_CIRCLE: usize = 12;
/// How long a message may be that is left in a mailbox.
const MAILBOX_LEN: usize = 60 * 1024;
/// How long somebody's name may be in a link, in characters.
const NAME_CHARS: usize = 60;
/// How far the clocks of two people may differ.
const CLOCKS_DIFFER_MS: u64 = 60 * 60 * 1000;

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

/// Is a message to be passed on, through a mailbox or as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The mailbox.
    pub mailbox: [u8; 16],
    /// What is left there.
    pub sealed: Vec<u8>,
    /// What is written into a file instead; it may hold more than a mailbox takes.
    pub file: Vec<u8>,
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

fn may_bring_in(shared: &Shared, by: &[u8; 32], role: Role, history: History) -> Result<(), SpaceError> {
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

/// Reads an invitation and tells what it is, without doing anything.
pub fn look_at(reader: &Reader, text: &str) -> Result<LookedAt, SpaceError> {
    let invitation = Invitation::read(text)?;
    let is_in = is_in(reader, &invitation.space)?;
    Ok(LookedAt {
        space: SpaceId(invitation.space),
        kind: invitation.kind,
        inviter_name: invitation.inviter_name,
        role: invitation.role,
        expires_at: instant(invitation.expires_ms),
        places: invitation.places,
        safety_words: words(&reader.core().account_id, &invitation.inviter),
        is_in,
        has_expired: clock_ms(reader.now()) > invitation.expires_ms,
    })
}

/// Shows an invitation to whoever got it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedAt {
    /// The space.
    pub space: SpaceId,
    /// What it is for.
    pub kind: SpaceKind,
    /// How whoever invites calls themselves.
    pub inviter_name: String,
    /// As what one would come.
    pub role: Role,
    /// Until when it holds.
    pub expires_at: DateTime<Utc>,
    /// Addresses of servers where the space is.
    pub places: Vec<String>,
    /// The words that are the same on the other's screen when nobody stands between.
    pub safety_words: Vec<&'static str>,
    /// Whether the space is in this notebook already.
    pub is_in: bool,
    /// Whether it is too old.
    pub has_expired: bool,
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
        super::invite::draw_qr(&self.link())
    }
}

/// Asks to come in by an invitation, under a name that the others call one by. The request waits until an answer is brought to [`take_answer`].
pub fn ask_to_join(tx: &mut Tx, text: &str, my_name: &str) -> Result<Message, SpaceError> {
    let invitation = Invitation::read(text)?;
    let my_name = some_line(my_name, "my_name", "the others need a name to call you by")?;
    let core = tx.core().clone();
    if is_in(tx, &invitation.space)? {
        return Err(SpaceError::AlreadyIn);
    }
    let now_ms = clock_ms(tx.now());
    if now_ms > invitation.expires_ms {
        return Err(SpaceError::Expired);
    }
    if invitation.kind == SpaceKind::Journal {
        return Err(LinkError::Damaged.into());
    }
    let keys = InviteKeys::derive(&invitation.secret, &invitation.space);
    let (secret, public) = EncSecret::make();
    let request = JoinRequest {
        space: invitation.space,
        invite: keys.id(),
        account: own_account(tx)?,
        name: my_name.clone(),
        device: core.device(),
        access: *core.account_secret()?.derive_space_access(&invitation.space).verifying_key().as_bytes(),
        answer_to: *public.as_bytes(),
        made_ms: now_ms,
    };
    let sealed = request.seal(&keys, &core.device_key);
    let asked = Asked {
        space: invitation.space,
        link: invitation.to_link(),
        answer_secret: *secret.to_key().as_bytes(),
        request: request.hash(),
        sealed: sealed.clone(),
        declined: false,
        my_name,
    };
    table::put_asked(tx.sql(), &asked, tx.now().timestamp_millis())?;
    tx.publish(Topic::Spaces);
    Ok(Message { mailbox: keys.id(), file: sealed.clone(), sealed })
}

/// Tells whether the person belongs to a space.
fn is_in(reader: &Reader, space: &[u8; 16]) -> Result<bool, SpaceError> {
    let core = reader.core().clone();
    let Some(space) = core.keyring.space(space) else { return Ok(false) };
    Ok(Shared::load(reader.sql(), space)?.now.role(&core.account_id).is_some())
}

/// Takes back a request of one's own, or forgets that it was declined.
pub fn forget_request(tx: &mut Tx, space: SpaceId) -> Result<(), SpaceError> {
    table::remove_asked(tx.sql(), &space.0)?;
    tx.publish(Topic::Spaces);
    Ok(())
}

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

/// Lists the mailboxes in which answers to this person's requests may lie, with the servers that the invitation named.
pub fn answer_mailboxes(reader: &Reader) -> Result<Vec<(SpaceId, [u8; 16], Vec<String>)>, SpaceError> {
    let asked = table::list_asked(reader.sql())?;
    let open = asked.into_iter().filter(|asked| !asked.declined);
    open.map(|asked| {
        let answer_to = EncSecret::from_key(Key32::from_bytes(asked.answer_secret)).public();
        let places = Invitation::read(&asked.link)?.places;
        Ok((SpaceId(asked.space), answer_mailbox(answer_to.as_bytes()), places))
    })
    .collect()
}

fn is_live(invited: &Invited, now_ms: u64) -> bool {
    invited.holds && invited.left > 0 && now_ms <= invited.expires_ms.saturating_add(CLOCKS_DIFFER_MS)
}

/// Takes in a request that was found in a mailbox or a file, for whichever space it is. It waits for [`approve`] or
/// [`decline`]; behind an open door it is approved at once, and the answer is among [`answers_due`].
pub fn take_request(tx: &mut Tx, sealed: &[u8], by_file: bool) -> Result<(SpaceId, RequestId), SpaceError> {
    let core = tx.core().clone();
    let now_ms = clock_ms(tx.now());
    let mut why = SpaceError::Ended;
    for space in core.keyring.spaces().filter(|space| space.is_shared()) {
        let shared = Shared::load(tx.sql(), space)?;
        for invited in shared.invitations() {
            let keys = InviteKeys::derive(&invited.secret, &space.id);
            let Ok(request) = JoinRequest::open(sealed, &keys, &space.id) else { continue };
            if !is_live(&invited, now_ms) {
                why = match (invited.holds, invited.left) {
                    (_, 0) => SpaceError::UsedUp,
                    (true, _) => SpaceError::Expired,
                    (false, _) => SpaceError::Ended,
                };
                continue;
            }
            let id = RequestId(request.hash());
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
    identity_table::put_account(tx.sql(), &account.account, &Key32::from_bytes(account.key))?;
    tx.keys_changed();
    tx.renew_keys()?;
    let place = account_space(&account.account);
    let page = Page::prepare(tx, account.records.clone())?;
    let refused = tx.take_in_page(&page)?.into_iter().any(|taken| matches!(taken, Taken::Refused(_)));
    let devices = table::devices_of(tx.sql(), &account.account)?;
    let is_device = devices.iter().any(|(device, gone)| *device == request.device && !gone);
    let is_known = tx.core().keyring.space(&place).is_some();
    if refused || !is_device || !is_known { Err(SpaceError::UnknownDevice) } else { Ok(()) }
}

pub(super) fn sorted(mut heads: Vec<[u8; 32]>) -> Vec<[u8; 32]> {
    heads.sort_unstable();
    heads
}

/// Lets nobody in who asked; gives the answer.
pub fn decline(tx: &mut Tx, id: RequestId) -> Result<Message, SpaceError> {
    let (shared, _, request, row) = find_request(tx, id)?;
    if row.standing != Standing::Waits {
        return Err(SpaceError::NoRequest);
    }
    table::set_standing(tx.sql(), &id.0, Standing::Declined)?;
    tx.publish(Topic::Spaces);
    let answer = JoinAnswer { space: shared.id, request: id.0, outcome: Outcome::Declined };
    let sealed = answer.seal(&request).ok_or(SpaceError::NoRequest)?;
    Ok(Message { mailbox: answer_mailbox(&request.answer_to), file: sealed.clone(), sealed })
}

/// Gives the answers to requests that were approved here and whose people are in by now. Each is given until it was
/// [`answered`].
pub fn answers_due(tx: &mut Tx) -> Result<Vec<(RequestId, Message)>, SpaceError> {
    let core = tx.core().clone();
    let mut due = Vec::new();
    for space in core.keyring.spaces().filter(|space| space.is_shared()) {
        for row in table::list_requests(tx.sql(), &space.id)? {
            if row.standing != Standing::Approved {
                continue;
            }
            let id = RequestId(row.request);
            let Ok((shared, _, request, _)) = find_request(tx, id) else { continue };
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

/// Says what an answer meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// One is in. What was written in the space comes by sync.
    In(SpaceId),
    /// Nobody lets one in.
    Declined(SpaceId),
}

/// Takes in an answer that was found in a mailbox or a file.
pub fn take_answer(tx: &mut Tx, sealed: &[u8]) -> Result<Answer, SpaceError> {
    for asked in table::list_asked(tx.sql())? {
        let secret = EncSecret::from_key(Key32::from_bytes(asked.answer_secret));
        let Some(answer) = JoinAnswer::open(sealed, &secret, &asked.space, &asked.request) else { continue };
        let space = SpaceId(asked.space);
        return match answer.outcome {
            Outcome::Declined => {
                let declined = Asked { declined: true, ..asked };
                table::put_asked(tx.sql(), &declined, tx.now().timestamp_millis())?;
                tx.publish(Topic::Spaces);
                Ok(Answer::Declined(space))
            }
            Outcome::Approved(welcome) => {
                let invitation = Invitation::read(&asked.link)?;
                begin(tx, &invitation, &welcome, &asked.my_name)?;
                table::remove_asked(tx.sql(), &asked.space)?;
                Ok(Answer::In(space))
            }
        };
    }
    Err(SpaceError::ForeignAnswer)
}

fn begin(tx: &mut Tx, invitation: &Invitation, welcome: &Welcome, my_name: &str) -> Result<(), SpaceError> {
    enter(
        tx,
        &Entry {
            space: invitation.space,
            kind: invitation.kind,
            first_epoch: welcome.first_epoch,
            control: &welcome.control,
            name: &invitation.inviter_name,
            my_name,
            places: &invitation.places,
        },
    )?;
    let page = Page::prepare(tx, welcome.records.clone())?;
    tx.take_in_page(&page)?;
    tx.renew_keys()?;
    introduce(tx, &load(tx, &invitation.space)?)?;
    Ok(())
}

/// Tells the others one's name, once one is in.
pub(super) fn introduce(tx: &mut Tx, shared: &Shared) -> Result<bool, SpaceError> {
    let me = tx.core().account_id;
    let name = noted(tx, &shared.id)?.my_name;
    let is_new = shared.now.role(&me).is_some() && !name.trim().is_empty() && shared.name_of(&me) != name;
    if is_new {
        say(tx, &shared.id, &ControlOp::MemberName { name })?;
    }
    Ok(is_new)
}

pub(super) fn instant(ms: u64) -> DateTime<Utc> {
    let ms = i64::try_from(ms).ok().and_then(DateTime::from_timestamp_millis);
    ms.unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Gives the words that two people compare; none with oneself.
pub(super) fn words(me: &[u8; 32], other: &[u8; 32]) -> Vec<&'static str> {
    if me == other { Vec::new() } else { vv_crypto::safety_words(me, other) }
}
