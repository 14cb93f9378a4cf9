//! Beginning a meeting: who takes which role, and what is known already.

use super::act::write;
use super::error::MeetingError;
use super::model::NewMeeting;
use super::of_pairing;
use super::read::{ME, OTHER, get_meeting, name_of};
use super::record;
use super::table::id_value;
use crate::guides::model::{Guide, Side};
use crate::guides::run::{self, Event, Participant};
use crate::guides::{around, default_roles, find};
use crate::ids::MeetingId;
use crate::pairings::{Home, Lane, PairingError, Who, home};
use crate::sealed;
use crate::store::op::{Kind, Op, Value};
use crate::store::{Reader, Tx};

/// Begins a meeting and gives its id.
///
/// # Errors
/// [`MeetingError::NotForTwo`] for a guide of one person; [`PairingError::Ended`] in a pairing that has ended.
pub fn begin_meeting(tx: &mut Tx, home: Home, new: &NewMeeting) -> Result<MeetingId, MeetingError> {
    if of_pairing::has_ended(tx, home)? {
        return Err(PairingError::Ended.into());
    }
    let found = find(tx, &new.guide, &new.language)?;
    if found.guide.people.most < 2 {
        return Err(MeetingError::NotForTwo);
    }
    let people = people(tx, home, &found.guide, &new.roles)?;
    let around = around(tx, &found.guide)?;
    let state = run::begin(&found.guide, people, new.form, new.pace, &around);
    let id: MeetingId = tx.make_id();
    let set = |field: u32, value: Value| Op::Set { field, value };
    let mut process = vec![
        set(record::GUIDE, found.guide.id.as_str().into()),
        set(record::STARTED_AT, Value::Int(around.now.timestamp_millis())),
        set(record::SESSION, id_value(new.session.as_ref().map(|session| session.as_bytes()))),
        set(record::ROOM, Value::Int(i64::from(new.room))),
    ];
    if found.own.is_none() {
        process.push(set(record::BUILT_IN, Value::Int(i64::from(found.guide.version))));
    }
    process.extend(record::process_ops(None, &state));
    // The words of the guide go along: a later version of the program may have others.
    let content = vec![set(record::SOURCE, Value::Text(found.source))];
    home::commit(tx, home, *id.as_bytes(), Some(Kind::Meeting), process, content)?;
    if !new.given.is_empty() {
        let meeting = get_meeting(tx, home, id, &new.language)?;
        let mut after = meeting.state.clone();
        for (key, answer) in &new.given {
            let (by, key, answer) = (meeting.me.clone(), key.clone(), answer.clone());
            after = run::apply(&meeting.guide, &after, Event::Answer { by, key, answer }, &around)?;
        }
        write(tx, &meeting, &after, Vec::new())?;
    }
    Ok(id)
}

/// Lists who takes part, oneself first, each with their roles.
fn people(
    reader: &Reader,
    home: Home,
    guide: &Guide,
    given: &[(Who, Vec<String>)],
) -> Result<Vec<Participant>, MeetingError> {
    let (me, other) = match home {
        Home::Alone(_) => (ME.to_owned(), OTHER.to_owned()),
        Home::Shared(_) => {
            let mine = reader.core().account_id;
            let two = sealed::the_two(reader, home)?;
            if !two.contains(&mine) {
                return Err(MeetingError::NotYours);
            }
            let other = two.into_iter().find(|account| *account != mine).ok_or(PairingError::NotTwo)?;
            (name_of(&mine), name_of(&other))
        }
    };
    let my_side = match of_pairing::read_charter(reader, home)?.leads {
        Some(Lane::Theirs) => Side::Teaches,
        // Where neither lane leads, whoever begins has the first turn at learning.
        Some(Lane::Mine) | None => Side::Learns,
    };
    let their_side = if my_side == Side::Learns { Side::Teaches } else { Side::Learns };
    let roles = |who: Who, side: Side| {
        let chosen = given.iter().find(|(one, _)| *one == who).map(|(_, roles)| roles.clone());
        chosen.unwrap_or_else(|| match default_roles(guide, side) {
            found if !found.is_empty() => found,
            // Roles without a lane go round: the first learns, the second helps.
            _ => {
                let mut ids = guide.roles.iter().map(|role| role.id.clone());
                if side == Side::Teaches {
                    ids.next().into_iter().collect()
                } else {
                    ids.nth(1).into_iter().collect()
                }
            }
        })
    };
    let participant = |id: String, roles: Vec<String>| Participant { id, roles };
    Ok(vec![participant(me, roles(Who::Me, my_side)), participant(other, roles(Who::Other, their_side))])
}
