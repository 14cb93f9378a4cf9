//! What stands in the control stream of a space that several people share.

use minicbor::Decoder;
use minicbor::data::Type;
use vv_protocol::OpType;

use crate::spaces::bytes::{
    Read, Writer, Written, begin, exactly, fixed, list, malformed, write, write_hashes, write_list,
};
use crate::spaces::membership::{AccountId, History, OpId, Role};

/// How many operations one may name as its parents.
const MAX_PARENTS: u64 = 64;
/// How many feeds one may cut.
const MAX_CUTS: u64 = 4096;
/// How many records of an account, and how many wraps, one may carry; the size of a record bounds them first.
const MAX_SHARED: u64 = 1024;
/// How long the name of a space or a person is, in bytes.
const MAX_NAME: usize = 2000;

/// Says that the body of a control record is not what its type says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an operation of a space is malformed")]
pub(crate) struct ControlError;

/// Names the last record of a feed that counts; all after it are ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cut {
    /// The feed.
    pub feed: [u8; 16],
    /// The number of the record.
    pub seq: u64,
    /// Its hash.
    pub hash: [u8; 32],
}

/// Carries the records of somebody's account log, so that every member can check whose device writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SharedAccount {
    /// Whose.
    pub account: AccountId,
    /// The key of the account log.
    pub key: [u8; 32],
    /// Its records as they are.
    pub records: Vec<Vec<u8>>,
}

/// Carries keys of an earlier epoch to somebody who came later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SharedEpoch {
    /// The epoch.
    pub epoch: [u8; 32],
    /// The tag of the account.
    pub tag: [u8; 8],
    /// The generation of the account's key.
    pub generation: u32,
    /// The keys, wrapped.
    pub wrap: Vec<u8>,
}

/// Is an operation of the control stream, beside genesis and epoch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ControlOp {
    /// Brings somebody in, or raises what they are.
    Add {
        /// What its author had seen.
        parents: Vec<OpId>,
        /// Whom.
        subject: AccountId,
        /// As what.
        role: Role,
        /// How far back they read.
        history: History,
        /// The last records of their account log that its author had seen.
        account_heads: Vec<[u8; 32]>,
        /// The invitation by which they came, if by any.
        invite: Option<[u8; 16]>,
        /// The public key by which they open the space on a server, as far as it is known.
        access: Option<[u8; 32]>,
    },
    /// Takes somebody out.
    Remove {
        /// What its author had seen.
        parents: Vec<OpId>,
        /// Whom.
        subject: AccountId,
        /// Where their feeds end.
        cuts: Vec<Cut>,
    },
    /// Raises or lowers a role.
    ChangeRole {
        /// What its author had seen.
        parents: Vec<OpId>,
        /// Whose.
        subject: AccountId,
        /// From what.
        from: Role,
        /// To what.
        to: Role,
    },
    /// Takes its author out.
    Leave {
        /// What its author had seen.
        parents: Vec<OpId>,
        /// Where the author's feeds end.
        cuts: Vec<Cut>,
    },
    /// Agrees to an addition that needs two.
    Consent {
        /// What its author had seen.
        parents: Vec<OpId>,
        /// The addition.
        add: OpId,
    },
    /// Invites somebody whose account is not known yet.
    Invite {
        /// What the link carries and all else is derived from.
        secret: [u8; 16],
        /// As what they would come.
        role: Role,
        /// How far back they would read.
        history: History,
        /// How many may come by it.
        uses: u32,
        /// Until when, in milliseconds since 1970.
        expires_ms: u64,
    },
    /// Ends an invitation.
    EndInvite {
        /// Its id.
        invite: [u8; 16],
    },
    /// Ends feeds of the author's own devices, after one was revoked.
    CloseFeeds {
        /// Where they end.
        cuts: Vec<Cut>,
    },
    /// Names the space.
    Name {
        /// The name.
        name: String,
    },
    /// Names the author for the others.
    MemberName {
        /// The name.
        name: String,
    },
    /// Says by which key the author opens the space on a server.
    Access {
        /// Its public half.
        key: [u8; 32],
    },
    /// Shows an account log to the members.
    ShareAccount(SharedAccount),
    /// Gives keys of earlier epochs to those who came later.
    ShareEpochs(Vec<SharedEpoch>),
}

impl ControlOp {
    /// Gives the type under which it stands in a record.
    pub(crate) fn kind(&self) -> OpType {
        match self {
            Self::Add { .. } => OpType::MemberAdd,
            Self::Remove { .. } => OpType::MemberRemove,
            Self::ChangeRole { .. } => OpType::MemberChangeRole,
            Self::Leave { .. } => OpType::MemberLeave,
            Self::Consent { .. } => OpType::MemberConsent,
            Self::Invite { .. } => OpType::Invite,
            Self::EndInvite { .. } => OpType::InviteEnd,
            Self::CloseFeeds { .. } => OpType::FeedClose,
            Self::Name { .. } => OpType::SpaceName,
            Self::MemberName { .. } => OpType::MemberName,
            Self::Access { .. } => OpType::MemberAccess,
            Self::ShareAccount(_) => OpType::AccountShare,
            Self::ShareEpochs(_) => OpType::EpochShare,
        }
    }

    /// Writes the body of its record.
    pub(crate) fn encode(&self) -> Vec<u8> {
        match self {
            Self::Add { parents, subject, role, history, account_heads, invite, access } => write(7, |e| {
                write_hashes(e, parents)?;
                e.bytes(subject)?.u32(role.number())?.u32(history.number())?;
                write_hashes(e, account_heads)?;
                write_optional(e, invite)?;
                write_optional(e, access)
            }),
            Self::Remove { parents, subject, cuts } => write(3, |e| {
                write_hashes(e, parents)?;
                e.bytes(subject)?;
                write_cuts(e, cuts)
            }),
            Self::ChangeRole { parents, subject, from, to } => write(4, |e| {
                write_hashes(e, parents)?;
                e.bytes(subject)?.u32(from.number())?.u32(to.number())?;
                Ok(())
            }),
            Self::Leave { parents, cuts } => write(2, |e| {
                write_hashes(e, parents)?;
                write_cuts(e, cuts)
            }),
            Self::Consent { parents, add } => write(2, |e| {
                write_hashes(e, parents)?;
                e.bytes(add)?;
                Ok(())
            }),
            Self::Invite { secret, role, history, uses, expires_ms } => write(5, |e| {
                e.bytes(secret)?.u32(role.number())?.u32(history.number())?.u32(*uses)?.u64(*expires_ms)?;
                Ok(())
            }),
            Self::EndInvite { invite } => write(1, |e| e.bytes(invite).map(drop)),
            Self::Access { key } => write(1, |e| e.bytes(key).map(drop)),
            Self::CloseFeeds { cuts } => write(1, |e| write_cuts(e, cuts)),
            Self::Name { name } | Self::MemberName { name } => write(1, |e| e.str(name).map(drop)),
            Self::ShareAccount(SharedAccount { account, key, records }) => write(3, |e| {
                e.bytes(account)?.bytes(key)?;
                write_list(e, records, |e, record| e.bytes(record).map(drop))
            }),
            Self::ShareEpochs(shared) => write(1, |e| {
                write_list(e, shared, |e, SharedEpoch { epoch, tag, generation, wrap }| {
                    e.array(4)?.bytes(epoch)?.bytes(tag)?.u32(*generation)?.bytes(wrap)?;
                    Ok(())
                })
            }),
        }
    }

    /// Reads the body of a record of the control stream; none for types that stand elsewhere.
    pub(crate) fn decode(kind: OpType, body: &[u8]) -> Result<Option<Self>, ControlError> {
        let mut d = Decoder::new(body);
        let Some(op) = read(kind, &mut d).map_err(|_| ControlError)? else { return Ok(None) };
        // There is one form of each; whatever else would read as the same is refused.
        if op.encode() == body { Ok(Some(op)) } else { Err(ControlError) }
    }
}

fn read(kind: OpType, d: &mut Decoder) -> Read<Option<ControlOp>> {
    Ok(Some(match kind {
        OpType::MemberAdd => {
            begin(d, 7)?;
            ControlOp::Add {
                parents: parents(d)?,
                subject: fixed(d)?,
                role: role(d)?,
                history: history(d)?,
                account_heads: list(d, MAX_SHARED, fixed)?,
                invite: optional(d)?,
                access: optional(d)?,
            }
        }
        OpType::MemberRemove => {
            begin(d, 3)?;
            ControlOp::Remove { parents: parents(d)?, subject: fixed(d)?, cuts: cuts(d)? }
        }
        OpType::MemberChangeRole => {
            begin(d, 4)?;
            let (parents, subject) = (parents(d)?, fixed(d)?);
            let (from, to) = (role(d)?, role(d)?);
            if from == to {
                return Err(malformed());
            }
            ControlOp::ChangeRole { parents, subject, from, to }
        }
        OpType::MemberLeave => {
            begin(d, 2)?;
            ControlOp::Leave { parents: parents(d)?, cuts: cuts(d)? }
        }
        OpType::MemberConsent => {
            begin(d, 2)?;
            ControlOp::Consent { parents: parents(d)?, add: fixed(d)? }
        }
        OpType::Invite => {
            begin(d, 5)?;
            ControlOp::Invite {
                secret: fixed(d)?,
                role: role(d)?,
                history: history(d)?,
                uses: d.u32()?,
                expires_ms: d.u64()?,
            }
        }
        OpType::InviteEnd => {
            begin(d, 1)?;
            ControlOp::EndInvite { invite: fixed(d)? }
        }
        OpType::FeedClose => {
            begin(d, 1)?;
            ControlOp::CloseFeeds { cuts: cuts(d)? }
        }
        OpType::SpaceName => {
            begin(d, 1)?;
            ControlOp::Name { name: name(d)? }
        }
        OpType::MemberName => {
            begin(d, 1)?;
            ControlOp::MemberName { name: name(d)? }
        }
        OpType::MemberAccess => {
            begin(d, 1)?;
            ControlOp::Access { key: fixed(d)? }
        }
        OpType::AccountShare => {
            begin(d, 3)?;
            let (account, key) = (fixed(d)?, fixed(d)?);
            let records = list(d, MAX_SHARED, |d| Ok(d.bytes()?.to_vec()))?;
            ControlOp::ShareAccount(SharedAccount { account, key, records })
        }
        OpType::EpochShare => {
            begin(d, 1)?;
            ControlOp::ShareEpochs(list(d, MAX_SHARED, |d| {
                exactly(d, 4)?;
                let (epoch, tag) = (fixed(d)?, fixed(d)?);
                Ok(SharedEpoch { epoch, tag, generation: d.u32()?, wrap: d.bytes()?.to_vec() })
            })?)
        }
        _ => return Ok(None),
    }))
}

/// Reads what an operation says its author had seen: something, and nothing twice, in rising order.
fn parents(d: &mut Decoder) -> Read<Vec<OpId>> {
    let parents: Vec<OpId> = list(d, MAX_PARENTS, fixed)?;
    if parents.is_empty() || !parents.is_sorted_by(|a, b| a < b) { Err(malformed()) } else { Ok(parents) }
}

/// Reads where feeds end, in rising order of feeds.
fn cuts(d: &mut Decoder) -> Read<Vec<Cut>> {
    let cuts = list(d, MAX_CUTS, |d| {
        exactly(d, 3)?;
        Ok(Cut { feed: fixed(d)?, seq: d.u64()?, hash: fixed(d)? })
    })?;
    if cuts.is_sorted_by(|a, b| a.feed < b.feed) { Ok(cuts) } else { Err(malformed()) }
}

fn write_cuts(e: &mut Writer, cuts: &[Cut]) -> Written {
    write_list(e, cuts, |e, cut| {
        e.array(3)?.bytes(&cut.feed)?.u64(cut.seq)?.bytes(&cut.hash)?;
        Ok(())
    })
}

fn write_optional<const N: usize>(e: &mut Writer, value: &Option<[u8; N]>) -> Written {
    match value {
        Some(value) => e.bytes(value)?,
        None => e.null()?,
    };
    Ok(())
}

fn optional<const N: usize>(d: &mut Decoder) -> Read<Option<[u8; N]>> {
    if d.datatype()? == Type::Null {
        d.null()?;
        return Ok(None);
    }
    Ok(Some(fixed(d)?))
}

fn role(d: &mut Decoder) -> Read<Role> {
    Role::from_number(d.u32()?).ok_or_else(malformed)
}

fn history(d: &mut Decoder) -> Read<History> {
    History::from_number(d.u32()?).ok_or_else(malformed)
}

fn name(d: &mut Decoder) -> Read<String> {
    let name = d.str()?;
    let plain = !name.trim().is_empty() && !name.chars().any(char::is_control);
    if plain && name.len() <= MAX_NAME { Ok(name.to_owned()) } else { Err(malformed()) }
}
