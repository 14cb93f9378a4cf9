//! An invitation as a link, and as a file that holds the link.

use data_encoding::BASE64URL_NOPAD;
use minicbor::Decoder;

use super::keys::InviteKeys;
use crate::spaces::bytes::{Read, begin, fixed, list, malformed, write, write_list};
use crate::spaces::membership::{AccountId, Role, SpaceKind};

/// What a link begins with that this program opens.
const SCHEME: &str = "viceversa://join";
/// What stands between a link and what nobody but its reader gets to see.
const MARK: &str = "#v1.";
/// Hash: the check at the end of a link.
const CHECK: &str = "invite-link/v1";
/// How many bytes the check has.
const CHECK_LEN: usize = 4;
/// How many places a link may name, and how long each may be.
const MAX_PLACES: u64 = 8;
const MAX_PLACE_LEN: usize = 400;
/// How long the inviter's name may be in a link, in characters.
const MAX_NAME_CHARS: usize = 60;
/// How much text is looked through for a link.
const MAX_TEXT_LEN: usize = 65_536;

/// Says what is wrong with what should be an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// There is no link in it.
    #[error("there is no invitation in this text: an invitation has “#v1.” in it")]
    None,
    /// A part of it is missing, or something in it was changed.
    #[error("this invitation is incomplete: perhaps the end of the link was not copied")]
    Damaged,
    /// A later version made it.
    #[error("this invitation was made by a later version of Vice Versa")]
    Later,
}

/// Is an invitation as its link tells it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Invitation {
    /// The space; its id pins its genesis.
    pub space: [u8; 16],
    /// What the space is for.
    pub kind: SpaceKind,
    /// What all keys of the invitation follow from.
    pub secret: [u8; 16],
    /// Who invites.
    pub inviter: AccountId,
    /// How they call themselves; may be empty.
    pub inviter_name: String,
    /// As what one would come.
    pub role: Role,
    /// Until when, in milliseconds since 1970.
    pub expires_ms: u64,
    /// Where the space is to be found: addresses of servers.
    pub places: Vec<String>,
}

impl std::fmt::Debug for Invitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Invitation")
            .field("kind", &self.kind)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

impl Invitation {
    /// Derives the keys of the invitation.
    pub(crate) fn keys(&self) -> InviteKeys {
        InviteKeys::derive(&self.secret, &self.space)
    }

    /// Writes the link that this program opens.
    pub(crate) fn to_link(&self) -> String {
        format!("{SCHEME}{MARK}{}", self.payload())
    }

    /// Writes the link to a page of a server, for people who may not have the program yet. What follows `#` is never sent
    /// to the server.
    pub(crate) fn to_web_link(&self, server: &str) -> String {
        format!("{}/j{MARK}{}", server.trim_end_matches('/'), self.payload())
    }

    /// Writes the file: lines for people, and the link.
    pub(crate) fn to_file(&self, for_people: &str) -> String {
        format!("{}\n\n{}\n", for_people.trim().replace(MARK, "# v1."), self.to_link())
    }

    /// Finds the invitation in a link, in a file, or in a message that somebody pasted.
    pub(crate) fn read(text: &str) -> Result<Self, LinkError> {
        let text = text.get(..text.floor_char_boundary(MAX_TEXT_LEN)).unwrap_or_default();
        let Some((_, rest)) = text.split_once(MARK) else {
            let later = text.split_once("#v").is_some_and(|(_, rest)| {
                rest.split_once('.').is_some_and(|(version, _)| version.parse::<u32>().is_ok())
            });
            return Err(if later { LinkError::Later } else { LinkError::None });
        };
        let encoded: String =
            rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
        let payload = BASE64URL_NOPAD.decode(encoded.as_bytes()).map_err(|_| LinkError::Damaged)?;
        let (body, check) = payload.split_last_chunk::<CHECK_LEN>().ok_or(LinkError::Damaged)?;
        if check_of(body) != *check {
            return Err(LinkError::Damaged);
        }
        let read = read_body(&mut Decoder::new(body)).map_err(|_| LinkError::Damaged)?;
        if read.body() == body { Ok(read) } else { Err(LinkError::Damaged) }
    }

    fn payload(&self) -> String {
        let mut payload = self.body();
        let check = check_of(&payload);
        payload.extend_from_slice(&check);
        BASE64URL_NOPAD.encode(&payload)
    }

    fn body(&self) -> Vec<u8> {
        write(8, |e| {
            e.bytes(&self.space)?.u32(self.kind.number())?.bytes(&self.secret)?.bytes(&self.inviter)?;
            e.str(&self.inviter_name)?.u32(self.role.number())?.u64(self.expires_ms)?;
            write_list(e, &self.places, |e, place| e.str(place).map(drop))
        })
    }
}

fn read_body(d: &mut Decoder) -> Read<Invitation> {
    begin(d, 8)?;
    let invitation = Invitation {
        space: fixed(d)?,
        kind: SpaceKind::from_number(d.u32()?).ok_or_else(malformed)?,
        secret: fixed(d)?,
        inviter: fixed(d)?,
        inviter_name: d.str()?.to_owned(),
        role: Role::from_number(d.u32()?).ok_or_else(malformed)?,
        expires_ms: d.u64()?,
        places: list(d, MAX_PLACES, |d| Ok(d.str()?.to_owned()))?,
    };
    let name = &invitation.inviter_name;
    let plain = |text: &str| !text.chars().any(char::is_control);
    let fits = name.chars().count() <= MAX_NAME_CHARS
        && plain(name)
        && invitation.places.iter().all(|place| plain(place) && place.len() <= MAX_PLACE_LEN);
    if fits { Ok(invitation) } else { Err(malformed()) }
}

fn check_of(body: &[u8]) -> [u8; CHECK_LEN] {
    *vv_protocol::hash(CHECK, &[body]).first_chunk().expect("a hash has more than four bytes")
}
