//! What can be answered under seal, and how it is named.

use crate::store::op::Value;
use crate::store::op_cbor::{decode_value, encode_value};

/// Names what is asked of everybody at once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// A step of a meeting.
    Step {
        /// The meeting.
        meeting: [u8; 16],
        /// The key of the step.
        step: String,
    },
    /// Feedback in both directions about a session.
    Feedback {
        /// The session.
        session: [u8; 16],
    },
    /// How the pairing goes.
    Pulse {
        /// Which: `s1`, `s3`, and then `d1`, `d2` for each 60 days.
        name: String,
    },
}

impl Matter {
    /// Gives the number of its kind.
    pub(crate) fn number(&self) -> i64 {
        match self {
            Self::Step { .. } => 1,
            Self::Feedback { .. } => 2,
            Self::Pulse { .. } => 3,
        }
    }

    /// Gives the object it is about.
    pub(crate) fn of(&self) -> Option<[u8; 16]> {
        match self {
            Self::Step { meeting, .. } => Some(*meeting),
            Self::Feedback { session } => Some(*session),
            Self::Pulse { .. } => None,
        }
    }

    /// Writes it as bytes, of which the name of the sealed object is made.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let of = |id: &[u8; 16]| Value::Bytes(id.to_vec());
        let parts = match self {
            Self::Step { meeting, step } => vec![of(meeting), step.as_str().into()],
            Self::Feedback { session } => vec![of(session)],
            Self::Pulse { name } => vec![name.as_str().into()],
        };
        let number = std::iter::once(Value::Int(self.number()));
        encode_value(&Value::List(number.chain(parts).collect()))
    }

    /// Reads it; none for one that a newer program knows.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let value = decode_value(bytes).ok()?;
        let found = match value.as_list()? {
            [Value::Int(1), meeting, step] => {
                Self::Step { meeting: meeting.as_id()?, step: step.as_text()?.to_owned() }
            }
            [Value::Int(2), session] => Self::Feedback { session: session.as_id()? },
            [Value::Int(3), name] => Self::Pulse { name: name.as_text()?.to_owned() },
            _ => return None,
        };
        // Whoever writes it otherwise gets another object, so it is read in this one way alone.
        (found.encode() == bytes).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matter_comes_back_and_keeps_its_number() {
        let step = Matter::Step { meeting: [1; 16], step: "alone".into() };
        let matters = [step, Matter::Feedback { session: [2; 16] }, Matter::Pulse { name: "s1".into() }];
        for (matter, number) in matters.into_iter().zip(1..) {
            assert_eq!(matter.number(), number);
            assert_eq!(Matter::decode(&matter.encode()), Some(matter));
        }
        assert_eq!(Matter::decode(b"\x00"), None);
    }
}
