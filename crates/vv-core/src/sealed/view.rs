//! How sealed answers stand, as the person of this notebook may see them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::core::{Said, Standing, Terms};
use super::matter::Matter;
use super::record::{self, OWN_DONE, OWN_OF};
use crate::journal::record::instant_of;
use crate::meetings::{MeetingError, table};
use crate::pairings::{Home, Who};
use crate::store::op::{Kind, Object, Value};
use crate::store::op_cbor::decode_value;
use crate::store::{Reader, StoreError};

/// Tells how somebody's answer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealState {
    /// They have not answered yet.
    Waiting,
    /// They answer nothing this time.
    Skipped,
    /// Their answer is sealed.
    Sealed,
    /// Everyone has sealed an answer and theirs stays away, since this moment.
    Withheld(DateTime<Utc>),
    /// What they opened is not what they had sealed.
    False,
    /// Their answer, which everyone reads.
    Shown(Value),
}

/// Shows a matter that is answered under seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Everyone who is asked, oneself first.
    pub states: Vec<(Who, SealState)>,
    /// One's own answer, which one sees at any time.
    pub mine: Option<Value>,
    /// Whether every answer is shown.
    pub is_open: bool,
}

impl Sealed {
    /// Tells how somebody's answer stands.
    pub fn state_of(&self, who: Who) -> SealState {
        self.states.iter().find(|(one, _)| *one == who).map_or(SealState::Waiting, |(_, state)| state.clone())
    }

    /// Lends what somebody answered, when one may read it.
    pub fn answer_of(&self, who: Who) -> Option<&Value> {
        self.states.iter().find_map(|(one, state)| match state {
            SealState::Shown(value) if *one == who => Some(value),
            _ => None,
        })
    }
}

/// Is a matter that was found in a home.
pub(super) struct Found {
    pub terms: Terms,
    pub said: BTreeSet<Said>,
}

/// Names what a person keeps of a sealed object in the journal.
pub(super) fn own_id(home: &[u8; 16], object: &[u8; 16]) -> [u8; 16] {
    let hash = vv_protocol::hash("sealed-own/v1", &[home, object]);
    *hash.first_chunk().expect("a hash has more than sixteen bytes")
}

/// Finds a matter in a shared home: of several that ask the person, the one that asks the fewest.
pub(super) fn find(reader: &Reader, home: Home, matter: &Matter) -> Result<Option<Found>, StoreError> {
    let me = reader.core().account_id;
    let mut best: Option<Found> = None;
    for id in table::seals(reader.sql(), home.sid(reader)?, &home.key(), matter.number(), matter.of())? {
        let Some(object) = home.object(reader, &id, Kind::Sealed)? else { continue };
        let Some(terms) = record::terms_of(&object, home.key()) else { continue };
        if terms.matter != matter.encode() || !terms.asked.contains(&me) || terms.asked.len() < 2 {
            continue;
        }
        if best.as_ref().is_some_and(|best| best.terms.asked.len() <= terms.asked.len()) {
            continue;
        }
        let authored = home.read(reader, |reader| reader.authored(&id))?;
        let said = authored.map(|authored| record::said_of(&authored)).unwrap_or_default();
        best = Some(Found { terms, said });
    }
    Ok(best)
}

/// Shows a matter.
pub(crate) fn read(reader: &Reader, home: Home, matter: &Matter) -> Result<Sealed, MeetingError> {
    let Home::Shared(_) = home else { return alone(reader, home, matter) };
    let me = reader.core().account_id;
    let Some(found) = find(reader, home, matter)? else {
        return Ok(Sealed { states: Vec::new(), mine: None, is_open: false });
    };
    let own = reader.object(&own_id(&home.key(), &found.terms.object()))?;
    let counting = found.terms.counting(&found.said).get(&me).copied();
    let mine = own.and_then(|own| {
        let secrets = record::secrets_of(&own);
        let counts = |(nonce, answer): &&([u8; 32], Vec<u8>)| {
            counting.is_none_or(|counting| found.terms.commitment(&me, nonce, answer) == counting)
        };
        secrets.iter().find(counts).and_then(|(_, answer)| decode_value(answer).ok())
    });
    let mut states: Vec<(Who, SealState)> = found
        .terms
        .standings(&found.said)
        .into_iter()
        .map(|(account, standing)| {
            let who = if account == me { Who::Me } else { Who::Other };
            (who, state_of(standing))
        })
        .collect();
    states.sort_by_key(|(who, _)| *who);
    let is_open = states.iter().all(|(_, state)| matches!(state, SealState::Shown(_)));
    Ok(Sealed { states, mine, is_open })
}

fn state_of(standing: Standing) -> SealState {
    match standing {
        Standing::Waiting => SealState::Waiting,
        Standing::Skipped => SealState::Skipped,
        Standing::Committed => SealState::Sealed,
        Standing::Withheld { since_ms } => SealState::Withheld(instant_of(since_ms)),
        Standing::False => SealState::False,
        Standing::Revealed { answer } => decode_value(&answer).map_or(SealState::False, SealState::Shown),
    }
}

/// Shows what somebody keeps who tracks a pairing alone.
fn alone(reader: &Reader, home: Home, matter: &Matter) -> Result<Sealed, MeetingError> {
    let object = home.derive_of("sealed-alone/v1", &matter.encode());
    let own = reader.object(&own_id(&home.key(), &object))?;
    let mine = own
        .as_ref()
        .and_then(|own| record::secrets_of(own).iter().find_map(|(_, answer)| decode_value(answer).ok()));
    let state = match (&own, &mine) {
        (_, Some(value)) => SealState::Shown(value.clone()),
        (Some(own), None) if own.int(OWN_DONE) == Some(1) => SealState::Skipped,
        _ => SealState::Waiting,
    };
    Ok(Sealed { states: vec![(Who::Me, state)], is_open: mine.is_some(), mine })
}

/// Lists the matters of a kind that were answered or skipped in a home, in the order of their making.
pub(crate) fn settled(reader: &Reader, home: Home, number: i64) -> Result<Vec<Matter>, MeetingError> {
    let mut found: Vec<Matter> = Vec::new();
    let mut put = |matter: Option<Matter>| match matter {
        Some(matter) if matter.number() == number && !found.contains(&matter) => found.push(matter),
        _ => {}
    };
    if let Home::Shared(space) = home {
        for id in table::all_seals(reader.sql(), home.sid(reader)?, &home.key(), number)? {
            put(home
                .object(reader, &id, Kind::Sealed)?
                .and_then(|object| record::matter_of(&object, space.0)));
        }
    }
    for id in table::own_seals(reader.sql(), &home.key())? {
        put(reader.object(&id)?.and_then(|own: Object| {
            own.id(OWN_OF)?;
            Matter::decode(own.fields.get(&record::OWN_MATTER)?.as_bytes()?)
        }));
    }
    Ok(found)
}
