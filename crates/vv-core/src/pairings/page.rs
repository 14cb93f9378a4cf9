//! A pairing whole, as its page shows it.

use super::agreement::{agreements_of, state_of};
use super::begin::{side_of_row, side_row};
use super::charter::{self, latest_words, parts, pauses_of};
use super::ending::endings;
use super::error::PairingError;
use super::facilitator;
use super::glance::{Of, glance, read_rows};
use super::home::home_of_side;
use super::line::line_findings;
use super::model::{Card, Home, Pairing, Waiting, WaitsFor, Who};
use super::record::Deed;
use super::seats::Seats;
use super::sessions::{around, sessions_of};
use crate::day;
use crate::ids::PairingId;
use crate::spaces::{self, Role};
use crate::store::Reader;

/// Shows a pairing.
pub fn get_pairing(reader: &Reader, id: PairingId) -> Result<Pairing, PairingError> {
    let today = day::today(reader);
    let row = side_row(reader, id)?;
    let home = home_of_side(reader, &row);
    let seats = Seats::load(reader, home)?;
    let key = (home.sid(reader)?, home.key());
    let charter_row = charter::row_or_default(reader, home)?;
    let acts = charter::acts(reader, home)?;
    let agreements = agreements_of(reader, home)?;
    let rows = read_rows(reader, Some(key))?.remove(&key).unwrap_or_default();
    let mut at_a_glance = glance(&Of {
        rows: &rows,
        charter: &charter_row,
        charter_id: home.charter(),
        seats: &seats,
        agreements: &agreements,
        today,
    });
    let space = match home {
        Home::Alone(_) => None,
        Home::Shared(space) => Some(spaces::get_space(reader, space)?),
    };
    let facilitator = facilitator::seat(reader, home, space.as_ref())?;
    for proposed in &facilitator.proposed {
        let on = if proposed.is_mine { Who::Me } else { Who::Other };
        at_a_glance.waits.push(Waiting { on, what: WaitsFor::Facilitator, since: None });
    }
    let line = line_findings(reader, id)?;
    for finding in line.iter().filter(|finding| finding.decided_on.is_none()) {
        at_a_glance.cards.push(Card::LineChanged {
            line: finding.line,
            relation: finding.relation,
            since: finding.since,
        });
    }
    let peers = space.iter().flat_map(|space| &space.members).filter(|one| one.role == Role::Owner).count();
    if peers > 2 {
        at_a_glance.cards.push(Card::TwoForOneSeat);
    }
    let mut others = space.iter().flat_map(|space| &space.members);
    let other = others.find(|one| !one.is_me && one.role == Role::Owner && !one.name.is_empty());
    let name = other.map_or_else(|| row.name.clone(), |other| other.name.clone());
    let sessions = sessions_of(reader, home)?;
    let (next_session, last_session) = around(&sessions, today);
    let charter = charter::shown(charter_row, &seats);
    let (my_part, their_part) = parts(&charter);
    Ok(Pairing {
        side: side_of_row(row),
        name,
        home,
        space_state: space.as_ref().map(|space| space.state),
        is_two: seats.is_two(),
        charter,
        my_part,
        their_part,
        whys: latest_words(&seats, &acts, Deed::Why),
        health: at_a_glance.health,
        pauses: pauses_of(&seats, &acts, today),
        endings: endings(reader, home)?,
        nudges: at_a_glance.nudges,
        waits: at_a_glance.waits,
        cards: at_a_glance.cards,
        balance: at_a_glance.balance,
        primers: at_a_glance.primers,
        agreement: state_of(reader, home)?,
        next_session,
        last_session,
        facilitator,
        line,
    })
}
