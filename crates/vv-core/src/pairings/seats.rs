//! Who is who in a home: from the feed that wrote something to one of the two, seen from the person of this notebook.
//!
//! Whoever founded the space has the first seat, which nothing that is written later changes; the other of the two has the
//! second. While somebody tracks a pairing alone both seats are written by them, and what they note of the other says so.

use super::home::Seat;
use super::model::{Home, Lane, Who};
use super::table::{self, People};
use crate::store::{Reader, StoreError};

/// Tells who is who in a home.
#[derive(Debug)]
pub(crate) struct Seats {
    people: Known,
    sid: i64,
    is_alone: bool,
    me: Seat,
    is_member: bool,
}

/// Holds the people of one space or of all.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known(std::sync::Arc<People>);

impl Known {
    /// Reads the people of all spaces.
    pub(crate) fn all(reader: &Reader) -> Result<Self, StoreError> {
        Ok(Self(table::people(reader.sql(), None)?.into()))
    }
}

impl Seats {
    /// Reads who is who in one home.
    pub(crate) fn load(reader: &Reader, home: Home) -> Result<Self, StoreError> {
        let sid = home.sid(reader)?;
        let people = match home {
            Home::Alone(_) => Known::default(),
            Home::Shared(_) => Known(table::people(reader.sql(), Some(sid))?.into()),
        };
        Ok(Self::of(people, reader.core().account_id, home, sid))
    }

    /// Takes from what is known of all spaces.
    pub(crate) fn among(reader: &Reader, known: &Known, home: Home) -> Result<Self, StoreError> {
        let sid = home.sid(reader)?;
        Ok(Self::of(known.clone(), reader.core().account_id, home, sid))
    }

    fn of(people: Known, account: [u8; 32], home: Home, sid: i64) -> Self {
        let is_alone = matches!(home, Home::Alone(_));
        let is_founder = people.0.founders.get(&sid) == Some(&account);
        let me = if is_alone || is_founder { Seat::First } else { Seat::Second };
        let is_peer = people.0.peers.get(&sid).is_some_and(|peers| peers.contains(&account));
        Self { people, sid, is_alone, me, is_member: is_alone || is_founder || is_peer }
    }
}

impl Seats {
    /// Gives the seat of the person of this notebook.
    pub(crate) fn mine(&self) -> Seat {
        self.me
    }

    /// Tells whether the person of this notebook is one of the two.
    pub(crate) fn am_one_of_two(&self) -> bool {
        self.is_member
    }

    /// Tells whether the person tracks the pairing alone.
    pub(crate) fn is_alone(&self) -> bool {
        self.is_alone
    }

    /// Tells whether both are there.
    pub(crate) fn is_two(&self) -> bool {
        self.people.0.present.get(&self.sid).is_some_and(|present| present.len() > 1)
    }

    /// Tells whether the other ever was there.
    pub(crate) fn was_two(&self) -> bool {
        self.people.0.peers.get(&self.sid).is_some_and(|peers| peers.len() > 1)
    }

    /// Finds whose seat something was done from.
    pub(crate) fn seat(&self, fid: i64, of_other: bool) -> Option<Seat> {
        if self.is_alone {
            return Some(if of_other { Seat::Second } else { Seat::First });
        }
        let account = self.people.0.behind.get(&fid)?;
        if self.people.0.founders.get(&self.sid) == Some(account) {
            return Some(Seat::First);
        }
        let peers = self.people.0.peers.get(&self.sid)?;
        peers.contains(account).then_some(Seat::Second)
    }

    /// Tells who did something.
    pub(crate) fn who(&self, fid: i64, of_other: bool) -> Who {
        match self.seat(fid, of_other) {
            Some(seat) => self.who_sits(seat),
            None if self.people.0.behind.contains_key(&fid) => Who::Facilitator,
            None => Who::Unknown,
        }
    }

    /// Tells who has a seat.
    pub(crate) fn who_sits(&self, seat: Seat) -> Who {
        if seat == self.me { Who::Me } else { Who::Other }
    }

    /// Gives the seat of one of the two.
    pub(crate) fn seat_of(&self, who: Who) -> Option<Seat> {
        match who {
            Who::Me => Some(self.me),
            Who::Other => Some(self.me.other()),
            Who::Facilitator | Who::Unknown => None,
        }
    }

    /// Tells in whose learning something lies by the number in its field; none for both.
    pub(crate) fn lane(&self, number: i64) -> Option<Lane> {
        let seat = Seat::of_number(number)?;
        Some(if seat == self.me { Lane::Mine } else { Lane::Theirs })
    }

    /// Gives the number of a lane; 0 for both.
    pub(crate) fn lane_number(&self, lane: Option<Lane>) -> i64 {
        match lane {
            Some(Lane::Mine) => self.me.number(),
            Some(Lane::Theirs) => self.me.other().number(),
            None => 0,
        }
    }

    /// Tells who has the seat of a number in a field.
    pub(crate) fn who_of_number(&self, number: i64) -> Option<Who> {
        Seat::of_number(number).map(|seat| self.who_sits(seat))
    }
}
