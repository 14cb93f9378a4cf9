//! What meetings, feedback, pulses and excerpts ask of a pairing: whether it has ended, what it is, which sessions were held, how the
//! other is called.

use chrono::NaiveDate;

use super::error::MeetingError;
use crate::ids::{PairSessionId, PairingId};
use crate::pairings::home::side_of_space;
use crate::pairings::table::{self, SessionRow};
use crate::pairings::{self, Home};
use crate::store::Reader;

pub(crate) use crate::pairings::{has_ended, read_charter};

/// Lists the sessions that were held in a home, in the order of their days.
pub(crate) fn held_sessions(
    reader: &Reader,
    home: Home,
) -> Result<Vec<(PairSessionId, NaiveDate)>, MeetingError> {
    let rows = table::sessions(reader.sql(), (home.sid(reader)?, home.key()))?;
    Ok(rows.into_iter().filter(|row| row.state == SessionRow::HELD).map(|row| (row.id, row.on)).collect())
}

/// Names the person's own side of a home.
pub(crate) fn side_in(reader: &Reader, home: Home) -> Result<PairingId, MeetingError> {
    match home {
        Home::Alone(pairing) => Ok(pairing),
        // Whoever came into a space and has touched nothing yet gets the side that all their devices would make.
        Home::Shared(space) => {
            Ok(table::side_to(reader.sql(), &space)?.unwrap_or_else(|| side_of_space(&space)))
        }
    }
}

/// Tells how the other of a home is called: as the person calls them.
pub(crate) fn name_in(reader: &Reader, home: Home) -> Result<String, MeetingError> {
    Ok(pairings::get_side(reader, side_in(reader, home)?)?.name)
}
