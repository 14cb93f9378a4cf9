//! Pulses as they are answered and shown.

use crate::pairings::Who;
use crate::sealed::SealState;
use crate::store::op::Value;

/// Names a pulse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PulseName {
    /// After the session of this number.
    Session(u32),
    /// After so many times sixty days since the third session.
    Days(u32),
}

impl PulseName {
    /// Gives the name as it stands in records.
    pub(super) fn write(self) -> String {
        match self {
            Self::Session(number) => format!("s{number}"),
            Self::Days(number) => format!("d{number}"),
        }
    }

    /// Reads the name.
    pub(super) fn read(text: &str) -> Option<Self> {
        let number = text.get(1..)?.parse().ok()?;
        match text.get(..1)? {
            "s" => Some(Self::Session(number)),
            "d" => Some(Self::Days(number)),
            _ => None,
        }
    }
}

/// Holds the answers of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PulseAnswer {
    /// Worth my time, from 1 to 5.
    pub worth: u32,
    /// I can say the hard thing, from 1 to 5.
    pub candour: u32,
    /// What I would change; may be empty.
    pub change: String,
}

impl PulseAnswer {
    pub(super) fn to_value(&self) -> Value {
        let number = |mark: u32| Value::Int(i64::from(mark));
        Value::List(vec![number(self.worth), number(self.candour), self.change.as_str().into()])
    }

    pub(super) fn of_value(value: &Value) -> Option<Self> {
        let [worth, candour, change] = value.as_list()? else { return None };
        let mark = |value: &Value| u32::try_from(value.as_int()?).ok().filter(|mark| (1..=5).contains(mark));
        Some(Self { worth: mark(worth)?, candour: mark(candour)?, change: change.as_text()?.to_owned() })
    }
}

/// Shows a pulse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulse {
    /// Which.
    pub name: PulseName,
    /// How far both are, oneself first.
    pub states: Vec<(Who, SealState)>,
    /// What I answered.
    pub mine: Option<PulseAnswer>,
    /// What the other answered; there once both have.
    pub theirs: Option<PulseAnswer>,
}
