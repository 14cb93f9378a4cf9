//! Asking to come in: who one is, proven by the device that asks and by the link.

use minicbor::Decoder;
use vv_crypto::{EncPublic, SigningKey, VerifyingKey};

use super::keys::InviteKeys;
use super::sealed;
use crate::spaces::bytes::{Read, begin, fixed, list, malformed, write, write_list};
use crate::spaces::control::SharedAccount;

/// Signatures and sealing of a request.
const CONTEXT: &str = "join-request/v1";
/// How many records of an account log a request carries.
const MAX_RECORDS: u64 = 1024;
/// How long somebody's name may be, in bytes.
const MAX_NAME: usize = 2000;

/// Says why a request does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// It was not sealed under this invitation, or was changed.
    #[error("this request does not belong to the invitation")]
    Foreign,
    /// It opens and is not a request, or a later version wrote it.
    #[error("this request cannot be read")]
    Unreadable,
    /// The invitation or the device that it names did not sign it.
    #[error("this request was not signed by whom it names")]
    Unsigned,
}

/// Asks for membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JoinRequest {
    /// The space.
    pub space: [u8; 16],
    /// The invitation.
    pub invite: [u8; 16],
    /// Who asks, by the log of their account.
    pub account: SharedAccount,
    /// How they call themselves.
    pub name: String,
    /// The device that asks, by its public signing key.
    pub device: [u8; 32],
    /// The public key by which they would open the space on a server.
    pub access: [u8; 32],
    /// What the answer is sealed to.
    pub answer_to: [u8; 32],
    /// When, in milliseconds since 1970.
    pub made_ms: u64,
}

impl JoinRequest {
    /// Signs and seals the request.
    pub(crate) fn seal(&self, keys: &InviteKeys, device: &SigningKey) -> Vec<u8> {
        let content = self.encode();
        let by_link = keys.signing().sign(CONTEXT, &[&content]);
        let by_device = device.sign(CONTEXT, &[&content]);
        let body = write(3, |e| {
            e.bytes(&content)?.bytes(&by_link)?.bytes(&by_device)?;
            Ok(())
        });
        sealed::seal(&keys.sealing().1, CONTEXT, &self.space, &body)
    }

    /// Opens a request and checks both signatures. Whether the device belongs to the account, its log must show.
    pub(crate) fn open(sealed: &[u8], keys: &InviteKeys, space: &[u8; 16]) -> Result<Self, RequestError> {
        let body = sealed::open(&keys.sealing().0, CONTEXT, space, sealed).ok_or(RequestError::Foreign)?;
        let (content, by_link, by_device) =
            read_signed(&mut Decoder::new(&body)).map_err(|_| RequestError::Unreadable)?;
        let request = read(&mut Decoder::new(&content)).map_err(|_| RequestError::Unreadable)?;
        if request.encode() != content || EncPublic::from_bytes(request.answer_to).is_err() {
            return Err(RequestError::Unreadable);
        }
        let signed =
            |by: &VerifyingKey, signature: &[u8; 64]| by.verify(CONTEXT, &[&content], signature).is_ok();
        let both = signed(&keys.signing().verifying_key(), &by_link)
            && signed(&VerifyingKey::from_bytes(request.device), &by_device);
        if request.space != *space || request.invite != keys.id() || !both {
            return Err(RequestError::Unsigned);
        }
        Ok(request)
    }

    /// Gives what an answer names it by.
    pub(crate) fn hash(&self) -> [u8; 32] {
        vv_protocol::hash(CONTEXT, &[&self.encode()])
    }

    fn encode(&self) -> Vec<u8> {
        write(10, |e| {
            e.bytes(&self.space)?
                .bytes(&self.invite)?
                .bytes(&self.account.account)?
                .bytes(&self.account.key)?;
            write_list(e, &self.account.records, |e, record| e.bytes(record).map(drop))?;
            e.str(&self.name)?.bytes(&self.device)?.bytes(&self.access)?.bytes(&self.answer_to)?;
            e.u64(self.made_ms)?;
            Ok(())
        })
    }
}

fn read_signed(d: &mut Decoder) -> Read<(Vec<u8>, [u8; 64], [u8; 64])> {
    begin(d, 3)?;
    Ok((d.bytes()?.to_vec(), fixed(d)?, fixed(d)?))
}

fn read(d: &mut Decoder) -> Read<JoinRequest> {
    begin(d, 10)?;
    let (space, invite, account, key) = (fixed(d)?, fixed(d)?, fixed(d)?, fixed(d)?);
    let records = list(d, MAX_RECORDS, |d| Ok(d.bytes()?.to_vec()))?;
    let name = d.str()?.to_owned();
    if name.len() > MAX_NAME || name.chars().any(char::is_control) {
        return Err(malformed());
    }
    Ok(JoinRequest {
        space,
        invite,
        account: SharedAccount { account, key, records },
        name,
        device: fixed(d)?,
        access: fixed(d)?,
        answer_to: fixed(d)?,
        made_ms: d.u64()?,
    })
}
