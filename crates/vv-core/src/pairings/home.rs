//! Where a pairing stands, and how something is written there.
//!
//! While somebody tracks a pairing alone its home is the journal, and each of its objects names the pairing; once two share it the
//! home is their space, and nothing in it names anything of a journal. The same kinds of objects stand in either with the same
//! fields, so a verb asks for the home and calls [`commit`]. `meeting` features write through here too.

use vv_protocol::{CONTENT_STREAM, PROCESS_STREAM};

use super::begin::side_row;
use super::error::PairingError;
use super::model::Home;
use super::record::{self, ACTS, Act, Deed, OF};
use super::table::{self, SideRow};
use crate::day;
use crate::ids::PairingId;
use crate::spaces::{self, SpaceId, SpaceKind};
use crate::store::op::{Change, Kind, Object, ObjectId, Op, Value};
use crate::store::{Reader, StoreError, Tx};

impl Home {
    /// Gives the bytes by which it is named in tables and derived ids.
    pub(crate) fn key(&self) -> [u8; 16] {
        match self {
            Self::Alone(pairing) => *pairing.as_bytes(),
            Self::Shared(space) => space.0,
        }
    }

    /// Gives the number of the space in which it is.
    pub(crate) fn sid(&self, reader: &Reader) -> Result<i64, StoreError> {
        match self {
            Self::Alone(_) => Ok(reader.core().journal.sid),
            Self::Shared(space) => {
                reader.core().keyring.space(&space.0).map(|space| space.sid).ok_or(StoreError::NotFound)
            }
        }
    }

    /// Derives the id of an object of which there is one in each home.
    pub(crate) fn derive(&self, context: &str) -> ObjectId {
        *vv_protocol::hash(context, &[&self.key()]).first_chunk().expect("a hash has more than sixteen bytes")
    }

    /// Names its charter.
    pub(crate) fn charter(&self) -> ObjectId {
        self.derive("pairing-charter/v1")
    }

    /// Names the draft of its agreement.
    pub(crate) fn draft(&self) -> ObjectId {
        self.derive("agreement-draft/v1")
    }

    /// Reads within it.
    pub(crate) fn read<R, E: From<StoreError>>(
        &self,
        reader: &Reader,
        f: impl FnOnce(&Reader) -> Result<R, E>,
    ) -> Result<R, E> {
        let space = match self {
            Self::Alone(_) => reader.core().journal.id,
            Self::Shared(space) => space.0,
        };
        f(&reader.in_space(&space)?)
    }

    /// Shows an object of it; none when it is another pairing's, or of another kind.
    pub(crate) fn object(
        &self,
        reader: &Reader,
        id: &ObjectId,
        kind: Kind,
    ) -> Result<Option<Object>, StoreError> {
        let object = self.read(reader, |reader| reader.object(id))?;
        Ok(object.filter(|object| {
            let is_of_it = match self {
                Self::Alone(pairing) => object.id(OF) == Some(*pairing.as_bytes()),
                Self::Shared(_) => true,
            };
            !object.erased && object.kind == kind.0 && is_of_it
        }))
    }
}

/// Finds where a pairing stands.
pub(crate) fn home_of(reader: &Reader, pairing: PairingId) -> Result<Home, PairingError> {
    Ok(home_of_side(reader, &side_row(reader, pairing)?))
}

/// Finds where a pairing stands whose side was read.
pub(crate) fn home_of_side(reader: &Reader, side: &SideRow) -> Home {
    match side.space {
        // A side may arrive before its space does.
        Some(space) if reader.core().keyring.space(&space.0).is_some() => Home::Shared(space),
        _ => Home::Alone(side.id),
    }
}

/// Finds the home in which an object was projected: in the journal the pairing it names, elsewhere the space itself.
pub(crate) fn home_key(tx: &Tx, object: &Object) -> Option<[u8; 16]> {
    let place = tx.place();
    if place.sid == tx.core().journal.sid { object.id(OF) } else { Some(place.space) }
}

/// Lists the spaces that are pairings.
pub(crate) fn pairing_spaces(reader: &Reader) -> Vec<SpaceId> {
    let pairing = SpaceKind::Pairing.number();
    reader
        .core()
        .keyring
        .spaces()
        .filter(|space| space.kind == pairing)
        .map(|space| SpaceId(space.id))
        .collect()
}

/// Writes operations on an object of a home, those of the process and those of the content into their streams. An object that is
/// made begins in the process stream when it has a part there.
pub(crate) fn commit(
    tx: &mut Tx,
    home: Home,
    id: ObjectId,
    new: Option<Kind>,
    process: Vec<Op>,
    content: Vec<Op>,
) -> Result<(), PairingError> {
    let mut first = Vec::new();
    first.extend(new.map(|kind| Op::Create { kind }));
    match home {
        Home::Alone(pairing) => {
            if new.is_some() {
                first.push(Op::Set { field: OF, value: Value::Bytes(pairing.as_bytes().to_vec()) });
            }
            let ops: Vec<Op> = first.into_iter().chain(process).chain(content).collect();
            if !ops.is_empty() {
                tx.commit(Change { object: id, ops })?;
            }
        }
        Home::Shared(space) => {
            if first.is_empty() && process.is_empty() && content.is_empty() {
                return Ok(());
            }
            spaces::ready_to_write(tx, space)?;
            let (process, content) = match process.is_empty() {
                true => (process, first.into_iter().chain(content).collect()),
                false => (first.into_iter().chain(process).collect(), content),
            };
            for (stream, ops) in [(PROCESS_STREAM, process), (CONTENT_STREAM, content)] {
                let ops: Vec<Op> = ops;
                if !ops.is_empty() {
                    tx.in_stream(&space.0, stream, |tx| tx.commit(Change { object: id, ops }))?;
                }
            }
        }
    }
    Ok(())
}

/// Describes an act that is done now.
#[derive(Debug, Clone, Default)]
pub(crate) struct Doing {
    pub(crate) number: Option<i64>,
    pub(crate) words: String,
    pub(crate) of: Option<ObjectId>,
    /// Noted of the other, by somebody who tracks the pairing alone.
    pub(crate) of_other: bool,
}

/// Makes an act that is done now.
pub(crate) fn act_now(tx: &Tx, what: Deed, doing: Doing) -> Act {
    let Doing { number, words, of, of_other } = doing;
    Act { what, at_ms: tx.now().timestamp_millis(), on: day::today(tx), number, words, of, of_other }
}

/// Makes an act on something that is there: later than all that was done to it and is known here, whatever the clock says now.
pub(crate) fn act_next(
    tx: &Tx,
    home: Home,
    object: &ObjectId,
    what: Deed,
    doing: Doing,
) -> Result<Act, StoreError> {
    let mut act = act_now(tx, what, doing);
    let before = table::acts_on(tx.sql(), (home.sid(tx)?, home.key()), object)?;
    if let Some(last) = before.iter().map(|one| one.at_ms).max() {
        act.at_ms = act.at_ms.max(last.saturating_add(1));
    }
    Ok(act)
}

/// Does something in a home; it goes into the stream it belongs to.
pub(crate) fn act(
    tx: &mut Tx,
    home: Home,
    object: ObjectId,
    what: Deed,
    doing: Doing,
) -> Result<(), PairingError> {
    let op = act_next(tx, home, &object, what, doing)?.to_op();
    let (process, content) = if what.is_process() { (vec![op], vec![]) } else { (vec![], vec![op]) };
    commit(tx, home, object, None, process, content)
}

/// Gives the operation that sets a field to a text, unless it is that already.
pub(crate) fn set_text(before: Option<&Object>, field: u32, text: &str) -> Option<Op> {
    let now = before.map_or("", |object| object.text(field));
    (now != text).then(|| Op::Set { field, value: text.into() })
}

/// Gives the operation that sets a field, unless it is that already.
pub(crate) fn set(before: Option<&Object>, field: u32, value: Value) -> Option<Op> {
    let now = before.and_then(|object| object.fields.get(&field)).unwrap_or(&Value::Null);
    (*now != value).then_some(Op::Set { field, value })
}

/// Whose place of the two somebody has: whoever began the home has the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Seat {
    First,
    Second,
}

impl Seat {
    /// Gives the number that stands in records, from 1.
    pub(crate) fn number(self) -> i64 {
        self as i64 + 1
    }

    /// Gives the seat of a number.
    pub(crate) fn of_number(number: i64) -> Option<Self> {
        [Self::First, Self::Second].into_iter().find(|seat| seat.number() == number)
    }

    /// Gives the other seat.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }
}

/// Reads the acts of an object that count where they stand: one with words does not count in the process stream, which others
/// than the two can write. Gives them in the order of their times, with the feed of each.
pub(crate) fn acts_that_count(reader: &Reader, id: &ObjectId) -> Result<Vec<(i64, Act)>, StoreError> {
    let Some(traced) = reader.traced(id)? else { return Ok(Vec::new()) };
    let is_journal = reader.place().sid == reader.core().journal.sid;
    let mut found = Vec::new();
    for act in traced.acts(ACTS) {
        let Some(known) = Act::of_value(&act.value) else { continue };
        if is_journal
            || known.what.is_process()
            || table::stream_of(reader.sql(), act.fid)? == Some(CONTENT_STREAM)
        {
            found.push((act.fid, known));
        }
    }
    found.sort_by(|(a, x), (b, y)| (x.at_ms, x.what, a).cmp(&(y.at_ms, y.what, b)));
    Ok(found)
}

/// Gives the number of a seat in a field, or none.
pub(crate) fn seat_value(seat: Option<Seat>) -> Value {
    seat.map_or(Value::Null, |seat| Value::Int(seat.number()))
}

/// Lists the kinds that stand in a home.
pub(crate) const OF_A_HOME: [Kind; 7] = [
    Kind::Charter,
    Kind::AgreementDraft,
    Kind::PairSession,
    Kind::Promise,
    Kind::PairGoal,
    Kind::Responsibility,
    Kind::Agreement,
];

/// Tells whether objects of a kind are kept for both, so that none of the two erases one.
pub(crate) fn is_kept(kind: u32) -> bool {
    let of_meetings = [Kind::Meeting, Kind::Sealed, Kind::FeedbackReply, Kind::Thanks];
    OF_A_HOME.iter().chain(&of_meetings).any(|own| own.0 == kind)
}

/// Names the side of whoever came into a space that another had made: the same on all devices of one person.
pub(crate) fn side_of_space(space: &SpaceId) -> PairingId {
    let hash = vv_protocol::hash("pairing-side/v1", &[&space.0]);
    PairingId::from_bytes(*hash.first_chunk().expect("a hash has more than sixteen bytes"))
}

/// Checks that a side is there; gives its object.
pub(crate) fn read_side(reader: &Reader, id: PairingId) -> Result<Object, PairingError> {
    let object = reader.object(id.as_bytes())?;
    object
        .filter(|object| !object.erased && object.kind == Kind::Pairing.0)
        .filter(|object| object.fields.contains_key(&record::side::BEGUN_ON))
        .ok_or(PairingError::NoPairing)
}
