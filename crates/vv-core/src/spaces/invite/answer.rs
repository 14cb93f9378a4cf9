//! The answer to a request: welcome, or not.
//!
//! Nothing in a welcome has to be believed: the genesis is pinned by the id of the space, and the records prove
//! themselves. What it really gives is one key, with which the membership log can be read from its beginning.

use minicbor::Decoder;
use vv_crypto::{EncPublic, EncSecret, Key32};

use super::request::JoinRequest;
use super::sealed;
use crate::spaces::bytes::{Read, begin, fixed, list, malformed, write, write_list};

/// Sealing of an answer.
const CONTEXT: &str = "join-answer/v1";
/// Hash: names the mailbox in which an answer is left.
const MAILBOX: &str = "join-answer-mailbox/v1";
/// How many records a welcome carries.
const MAX_RECORDS: u64 = 65_536;
const APPROVED: u32 = 1;
const DECLINED: u32 = 2;

/// Gives somebody what they need to begin in a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Welcome {
    /// What the space is: the body of its genesis.
    pub genesis: Vec<u8>,
    /// The first epoch.
    pub first_epoch: [u8; 32],
    /// Its control key, under which genesis and epochs stand.
    pub control: Key32,
    /// Records of the control stream as they are; empty where they come by sync.
    pub records: Vec<Vec<u8>>,
}

/// Says what came of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// A member has brought them in.
    Approved(Welcome),
    /// Nobody will.
    Declined,
}

/// Answers a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JoinAnswer {
    /// The space.
    pub space: [u8; 16],
    /// The request, by its hash.
    pub request: [u8; 32],
    /// What came of it.
    pub outcome: Outcome,
}

/// Names the mailbox in which the answer to a request is left.
pub(crate) fn answer_mailbox(answer_to: &[u8; 32]) -> [u8; 16] {
    *vv_protocol::hash(MAILBOX, &[answer_to]).first_chunk().expect("a hash has more than sixteen bytes")
}

impl JoinAnswer {
    /// Seals the answer to whoever asked; none when the request names no key that anything can be sealed to.
    pub(crate) fn seal(&self, request: &JoinRequest) -> Option<Vec<u8>> {
        let to = EncPublic::from_bytes(request.answer_to).ok()?;
        Some(sealed::seal(&to, CONTEXT, &self.space, &self.encode()))
    }

    /// Opens the answer to a request of one's own.
    pub(crate) fn open(
        sealed: &[u8],
        secret: &EncSecret,
        space: &[u8; 16],
        request: &[u8; 32],
    ) -> Option<Self> {
        let body = sealed::open(secret, CONTEXT, space, sealed)?;
        let answer = read(&mut Decoder::new(&body)).ok()?;
        let pinned = match &answer.outcome {
            Outcome::Approved(welcome) => vv_protocol::space_id(&welcome.genesis) == *space,
            Outcome::Declined => true,
        };
        let fits = answer.space == *space && answer.request == *request && pinned;
        (fits && answer.encode() == *body).then_some(answer)
    }

    fn encode(&self) -> Vec<u8> {
        match &self.outcome {
            Outcome::Declined => write(3, |e| {
                e.bytes(&self.space)?.bytes(&self.request)?.u32(DECLINED)?;
                Ok(())
            }),
            Outcome::Approved(welcome) => write(7, |e| {
                e.bytes(&self.space)?.bytes(&self.request)?.u32(APPROVED)?.bytes(&welcome.genesis)?;
                e.bytes(&welcome.first_epoch)?.bytes(welcome.control.as_bytes())?;
                write_list(e, &welcome.records, |e, record| e.bytes(record).map(drop))
            }),
        }
    }
}

fn read(d: &mut Decoder) -> Read<JoinAnswer> {
    let approved = match d.probe().array()? {
        Some(8) => true,
        Some(4) => false,
        _ => return Err(malformed()),
    };
    begin(d, if approved { 7 } else { 3 })?;
    let (space, request) = (fixed(d)?, fixed(d)?);
    let outcome = match (d.u32()?, approved) {
        (APPROVED, true) => Outcome::Approved(Welcome {
            genesis: d.bytes()?.to_vec(),
            first_epoch: fixed(d)?,
            control: Key32::from_bytes(fixed(d)?),
            records: list(d, MAX_RECORDS, |d| Ok(d.bytes()?.to_vec()))?,
        }),
        (DECLINED, false) => Outcome::Declined,
        _ => return Err(malformed()),
    };
    Ok(JoinAnswer { space, request, outcome })
}
