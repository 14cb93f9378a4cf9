//! The code that the new device shows: where the two leave their messages. It keeps no secret.

use std::fmt;

use vv_crypto::make_bytes;

use super::error::LinkError;
use crate::spaces::invite::draw_qr;

/// The letters and digits of a code; those that are taken for one another are not among them.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many of them a code has.
const LENGTH: usize = 9;

/// Is a code: nine letters and digits, 45 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkCode([u8; LENGTH]);

/// Says which way a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// From the new device.
    FromNew,
    /// From the old device.
    FromOld,
}

impl Way {
    pub(super) fn number(self) -> u8 {
        match self {
            Self::FromNew => 0,
            Self::FromOld => 1,
        }
    }
}

impl LinkCode {
    /// Makes a new code.
    pub fn make() -> Self {
        Self(make_bytes::<LENGTH>().map(|byte| LETTERS[usize::from(byte % 32)]))
    }

    /// Reads a code as somebody types it: small letters, dashes, spaces, and the letters that look like a digit.
    pub fn read(typed: &str) -> Result<Self, LinkError> {
        let letters: Vec<u8> = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '.' | '_'))
            .map(|c| match c.to_ascii_uppercase() {
                'O' => Some(b'0'),
                'I' | 'L' => Some(b'1'),
                c => u8::try_from(c).ok().filter(|byte| LETTERS.contains(byte)),
            })
            .collect::<Option<_>>()
            .ok_or(LinkError::NotACode)?;
        letters.try_into().map(Self).map_err(|_| LinkError::NotACode)
    }

    /// Draws it as a QR code: an SVG picture in black on white.
    pub fn draw(&self) -> String {
        draw_qr(&self.to_string()).expect("eleven letters fit into a QR code")
    }

    /// Names the mailbox of one way.
    pub(super) fn mailbox(&self, way: Way) -> [u8; 16] {
        let hash = vv_protocol::hash("link-mailbox/v1", &[&self.0, &[way.number()]]);
        *hash.first_chunk().expect("a hash has more than sixteen bytes")
    }
}

impl fmt::Display for LinkCode {
    /// Writes it in three groups of three.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, letter) in self.0.iter().enumerate() {
            if at > 0 && at % 3 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*letter))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = LinkCode::make();
        let shown = code.to_string();
        assert_eq!(shown.len(), 11);
        for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), shown.replace('0', "o")] {
            assert_eq!(LinkCode::read(&typed).unwrap(), code, "{typed}");
        }
        for wrong in ["", "ABC-DEF-GH", "ABC-DEF-GHJK", "ABC-DEF-GH!", "ÄBC-DEF-GHJ", "UUU-UUU-UUU"] {
            assert!(matches!(LinkCode::read(wrong), Err(LinkError::NotACode)), "{wrong}");
        }
    }

    #[test]
    fn the_two_ways_of_a_code_and_two_codes_have_mailboxes_of_their_own() {
        let (a, b) = (LinkCode::make(), LinkCode::make());
        assert_ne!(a.mailbox(Way::FromNew), a.mailbox(Way::FromOld));
        assert_ne!(a.mailbox(Way::FromNew), b.mailbox(Way::FromNew));
    }
}
