//! What two devices say to each other while they link, as bytes; and what follows from it.

use minicbor::Encoder;
use vv_crypto::{
    AgreePublic, AgreeSecret, Key32, derive_key, make_bytes, open_with_nonce_prefix, seal_with_random_nonce,
};

use super::code::Way;
use super::error::LinkError;
use super::pictures::{Picture, pictures_of};
use crate::identity::account_op::OpHash;
use crate::identity::record::{Read, Written, decoded, encoded, fields, fixed, malformed};

/// The version of what is said. In the first one the new device said in clear who it is.
const VERSION: u32 = 2;
/// How many bytes of a long message go into one post.
const PIECE: usize = 48 * 1024;
/// How many pieces a message may have.
const MOST_PIECES: u32 = 16;

/// The longest name that a device may give itself, in bytes.
const LONGEST_NAME: usize = 1_000;

/// Key: the pictures.
const PICTURES_KEY: &str = "link-sas/v1";
/// Key: what is said after the pictures were compared.
const CHANNEL_KEY: &str = "link-chan/v1";

/// Says what a message is, in its first number.
mod kind {
    pub(super) const COMMIT: u32 = 1;
    pub(super) const ANSWER: u32 = 2;
    pub(super) const OPENING: u32 = 3;
    pub(super) const SEALED: u32 = 4;
    pub(super) const STOP: u32 = 5;
}

/// Is what the new device says before the two have a key; it commits itself to it before it hears anything. Nobody learns from it who
/// the device is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opening {
    pub nonce: [u8; 16],
    pub agree: [u8; 32],
    /// Stands for what the device is: see [`About::digest`].
    pub about: [u8; 32],
}

/// Is who the new device is. It goes sealed, as soon as there is a key, and must be what the opening stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct About {
    /// Keeps anybody from finding out by trying which device a digest stands for.
    pub salt: [u8; 32],
    pub sign: [u8; 32],
    pub open: [u8; 32],
    pub name: String,
}

/// Is what the old device says before it knows with whom it speaks. Whose account it is nobody learns from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub nonce: [u8; 16],
    pub agree: [u8; 32],
}

/// Is any message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// The new device commits itself.
    Commit([u8; 32]),
    /// The old device answers.
    Answer(Answer),
    /// The new device opens what it committed itself to.
    Opening(Opening),
    /// A piece of something that only the two can read.
    Sealed(Piece),
    /// One of the two was told to stop.
    Stop,
}

/// Is a piece of something sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Which of the sealed things of its sender it is.
    pub step: u32,
    pub number: u32,
    pub count: u32,
    pub sealed: Vec<u8>,
}

impl Answer {
    pub(super) fn new(agree: &AgreePublic) -> Self {
        Self { nonce: make_bytes(), agree: *agree.as_bytes() }
    }
}

impl Opening {
    pub(super) fn new(agree: &AgreePublic, about: &About) -> Self {
        Self { nonce: make_bytes(), agree: *agree.as_bytes(), about: about.digest() }
    }

    /// Gives what stands for it before it is said.
    pub(super) fn commitment(&self) -> [u8; 32] {
        vv_protocol::hash("link-commit/v1", &[&Said::Opening(self.clone()).encode()])
    }
}

impl About {
    pub(super) fn new(sign: [u8; 32], open: [u8; 32], name: &str) -> Self {
        Self { salt: make_bytes(), sign, open, name: name.to_owned() }
    }

    /// Gives what stands for it in an opening.
    pub(super) fn digest(&self) -> [u8; 32] {
        vv_protocol::hash("link-about/v1", &[&self.write()])
    }

    fn write(&self) -> Vec<u8> {
        encoded(|e| {
            e.array(4)?.bytes(&self.salt)?.bytes(&self.sign)?.bytes(&self.open)?.str(&self.name)?;
            Ok(())
        })
    }

    /// Writes it as it is sealed: padded, so that its length does not tell the name's.
    pub(super) fn encode(&self) -> Vec<u8> {
        vv_protocol::pad(&self.write())
    }

    /// Reads it.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let plain = vv_protocol::unpad(bytes).ok()?;
        let about = decoded(plain, |d| {
            fields(d, 4)?;
            Ok(Self { salt: fixed(d)?, sign: fixed(d)?, open: fixed(d)?, name: d.str()?.to_owned() })
        })
        .ok()?;
        (about.name.len() <= LONGEST_NAME && about.write() == plain).then_some(about)
    }
}

impl Said {
    pub(super) fn encode(&self) -> Vec<u8> {
        encoded(|e| self.write(e))
    }

    fn write(&self, e: &mut Encoder<Vec<u8>>) -> Written {
        match self {
            Self::Commit(hash) => e.array(3)?.u32(VERSION)?.u32(kind::COMMIT)?.bytes(hash)?,
            Self::Answer(answer) => {
                e.array(4)?.u32(VERSION)?.u32(kind::ANSWER)?.bytes(&answer.nonce)?.bytes(&answer.agree)?
            }
            Self::Opening(opening) => {
                e.array(5)?.u32(VERSION)?.u32(kind::OPENING)?.bytes(&opening.nonce)?;
                e.bytes(&opening.agree)?.bytes(&opening.about)?
            }
            Self::Sealed(piece) => {
                e.array(6)?.u32(VERSION)?.u32(kind::SEALED)?.u32(piece.step)?;
                e.u32(piece.number)?.u32(piece.count)?.bytes(&piece.sealed)?
            }
            Self::Stop => e.array(2)?.u32(VERSION)?.u32(kind::STOP)?,
        };
        Ok(())
    }

    /// Reads a message; none when it is nobody's of these two.
    pub(super) fn decode(bytes: &[u8]) -> Result<Option<Self>, LinkError> {
        let mut d = minicbor::Decoder::new(bytes);
        match d.array().and_then(|_| d.u32()) {
            Ok(VERSION) => {}
            Ok(version) if version > VERSION => return Err(LinkError::NewerVersion),
            Ok(1) => return Err(LinkError::OlderVersion),
            _ => return Ok(None),
        }
        let read = decoded(bytes, |d| {
            let count = d.array()?.ok_or_else(malformed)?;
            d.u32()?;
            let said = match (d.u32()?, count) {
                (kind::COMMIT, 3) => Self::Commit(fixed(d)?),
                (kind::ANSWER, 4) => Self::Answer(Answer { nonce: fixed(d)?, agree: fixed(d)? }),
                (kind::OPENING, 5) => {
                    Self::Opening(Opening { nonce: fixed(d)?, agree: fixed(d)?, about: fixed(d)? })
                }
                (kind::SEALED, 6) => Self::Sealed(Piece {
                    step: d.u32()?,
                    number: d.u32()?,
                    count: d.u32()?,
                    sealed: d.bytes()?.to_vec(),
                }),
                (kind::STOP, 2) => Self::Stop,
                _ => return Err(malformed()),
            };
            Ok(said)
        });
        Ok(read.ok().filter(|said| said.encode() == bytes))
    }
}

/// Is the conversation of two devices once both know what the other said.
pub(super) struct Channel {
    key: Key32,
    /// What both show.
    pub pictures: [&'static Picture; 7],
}

impl Channel {
    /// Agrees on the key of this conversation.
    pub(super) fn open(
        secret: AgreeSecret,
        other: &[u8; 32],
        commitment: &[u8; 32],
        answer: &Answer,
        opening: &Opening,
    ) -> Result<Self, LinkError> {
        let other = AgreePublic::from_bytes(*other).map_err(|_| LinkError::Disturbed)?;
        Ok(Self::follow(&secret.agree(&other), commitment, answer, opening))
    }

    /// Derives what both show, and the key of all that comes after, from the key that was agreed on and all that was said.
    pub(super) fn follow(shared: &Key32, commitment: &[u8; 32], answer: &Answer, opening: &Opening) -> Self {
        let said = [
            Said::Commit(*commitment).encode(),
            Said::Answer(answer.clone()).encode(),
            Said::Opening(opening.clone()).encode(),
        ];
        let parts: Vec<&[u8]> = said.iter().map(Vec::as_slice).collect();
        let transcript = vv_protocol::hash("link-said/v1", &parts);
        let shown = derive_key(PICTURES_KEY, shared, &transcript);
        let first = shown.as_bytes().first_chunk::<6>().expect("a key has more than six bytes");
        Self { pictures: pictures_of(first), key: derive_key(CHANNEL_KEY, shared, &transcript) }
    }

    /// Seals something of any length into as many messages as it takes.
    pub(super) fn seal(&self, way: Way, step: u32, plain: &[u8]) -> Vec<Said> {
        let pieces: Vec<&[u8]> = if plain.is_empty() { vec![plain] } else { plain.chunks(PIECE).collect() };
        let count = pieces.len() as u32;
        let seal = |(number, piece): (u32, &[u8])| {
            let sealed = seal_with_random_nonce(&self.key, &place(way, step, number, count), piece);
            Said::Sealed(Piece { step, number, count, sealed })
        };
        (0..count).zip(pieces).map(seal).collect()
    }

    /// Opens what was sealed in a step, once all of it is here. Messages that do not open are somebody else's.
    pub(super) fn open_all(&self, way: Way, step: u32, said: &[Said]) -> Option<Vec<u8>> {
        let mut pieces: Vec<Option<Vec<u8>>> = Vec::new();
        for message in said {
            let Said::Sealed(piece) = message else { continue };
            let (number, count) = (piece.number, piece.count);
            if piece.step != step || count > MOST_PIECES || number >= count {
                continue;
            }
            let place = place(way, step, number, count);
            if let Ok(plain) = open_with_nonce_prefix(&self.key, &place, &piece.sealed) {
                pieces.resize(count as usize, None);
                pieces[number as usize] = Some(plain.to_vec());
            }
        }
        if pieces.is_empty() {
            return None;
        }
        pieces.into_iter().collect::<Option<Vec<_>>>().map(|pieces| pieces.concat())
    }
}

fn place(way: Way, step: u32, number: u32, count: u32) -> Vec<u8> {
    let numbers = [step, number, count].map(u32::to_le_bytes).concat();
    [&[way.number()], numbers.as_slice()].concat()
}

/// Reads messages; what nobody of the two can have said is left out, and what came twice is there once.
pub(super) fn read_all(messages: &[Vec<u8>]) -> Result<Vec<Said>, LinkError> {
    let mut said: Vec<Said> = Vec::new();
    for message in messages {
        if let Some(one) = Said::decode(message)?
            && !said.contains(&one)
        {
            said.push(one);
        }
    }
    if said.contains(&Said::Stop) { Err(LinkError::Stopped) } else { Ok(said) }
}

/// Writes what makes the new device one of the person's.
pub(super) fn encode_gift(certificate: &OpHash, welcome: &[u8]) -> Vec<u8> {
    encoded(|e| {
        e.array(2)?.bytes(certificate)?.bytes(welcome)?;
        Ok(())
    })
}

/// Reads it.
pub(super) fn decode_gift(bytes: &[u8]) -> Option<(OpHash, Vec<u8>)> {
    let read = |d: &mut minicbor::Decoder| -> Read<(OpHash, Vec<u8>)> {
        fields(d, 2)?;
        Ok((fixed(d)?, d.bytes()?.to_vec()))
    };
    decoded(bytes, read).ok().filter(|(certificate, welcome)| encode_gift(certificate, welcome) == bytes)
}
