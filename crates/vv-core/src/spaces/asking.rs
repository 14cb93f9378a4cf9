//! Coming into a space by an invitation: looking at it, asking, and beginning once somebody has let one in.

use chrono::{DateTime, Utc};
use vv_crypto::{EncSecret, Key32};

use super::accounts::own_account;
use super::control::ControlOp;
use super::error::SpaceError;
use super::invite::{Invitation, JoinAnswer, JoinRequest, LinkError, Outcome, Welcome, answer_mailbox};
use super::keys::{load, say};
use super::letting_in::take_request;
use super::membership::{Role, SpaceKind};
use super::record::{Entry, enter, noted};
use super::shared::Shared;
use super::table::{self, Asked};
use super::view::{instant, words};
use super::{RequestId, SpaceId};
use crate::store::hlc::clock_ms;
use crate::store::page::Page;
use crate::store::topics::Topic;
use crate::store::{Reader, Tx};
use crate::words::some_line;

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
    let keys = invitation.keys();
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

/// Says where an answer to a request of this person's may lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerBox {
    /// The mailbox.
    pub mailbox: [u8; 16],
    /// The servers that the invitation named.
    pub servers: Vec<String>,
}

/// Lists where answers to this person's requests may lie.
pub fn answer_mailboxes(reader: &Reader) -> Result<Vec<AnswerBox>, SpaceError> {
    let asked = table::list_asked(reader.sql())?;
    let open = asked.into_iter().filter(|asked| !asked.declined);
    open.map(|asked| {
        let answer_to = EncSecret::from_key(Key32::from_bytes(asked.answer_secret)).public();
        let servers = Invitation::read(&asked.link)?.places;
        Ok(AnswerBox { mailbox: answer_mailbox(answer_to.as_bytes()), servers })
    })
    .collect()
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

/// Says what a file was that somebody sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letter {
    /// An answer to a request of one's own.
    Answer(Answer),
    /// A request to come into a space of one's own.
    Request(SpaceId, RequestId),
}

/// Takes in a file that somebody sent: a request, or an answer to one.
pub fn take_letter(tx: &mut Tx, sealed: &[u8]) -> Result<Letter, SpaceError> {
    match take_answer(tx, sealed) {
        Err(SpaceError::ForeignAnswer) => {
            let (space, request) = take_request(tx, sealed, true)?;
            Ok(Letter::Request(space, request))
        }
        other => other.map(Letter::Answer),
    }
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
