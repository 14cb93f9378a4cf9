//! Answering pulses, skipping them, and reading what both answered.

use super::due::latest;
use super::model::{Pulse, PulseAnswer, PulseName};
use crate::day;
use crate::meetings::{MeetingError, of_pairing};
use crate::pairings::{Home, Who};
use crate::sealed::{self, Matter, SealState};
use crate::store::{Reader, Tx};
use crate::words::{Unfit, paragraphs};

/// Names the pulse that is due for the person today; none when it was answered or skipped, or when nothing is asked.
pub fn pulse_due(reader: &Reader, home: Home) -> Result<Option<PulseName>, MeetingError> {
    if !of_pairing::read_charter(reader, home)?.kind.has_pulses() || of_pairing::has_ended(reader, home)? {
        return Ok(None);
    }
    let held: Vec<_> = of_pairing::held_sessions(reader, home)?.into_iter().map(|(_, on)| on).collect();
    let Some(name) = latest(&held, day::today(reader)) else { return Ok(None) };
    let sealed = sealed::read(reader, home, &matter(name))?;
    Ok((sealed.state_of(Who::Me) == SealState::Waiting && sealed.mine.is_none()).then_some(name))
}

/// Answers a pulse.
pub fn answer_pulse(
    tx: &mut Tx,
    home: Home,
    name: PulseName,
    answer: &PulseAnswer,
) -> Result<(), MeetingError> {
    if !of_pairing::read_charter(tx, home)?.kind.has_pulses() {
        return Err(MeetingError::NoPulses);
    }
    for (mark, field) in [(answer.worth, "worth"), (answer.candour, "candour")] {
        if !(1..=5).contains(&mark) {
            return Err(Unfit { field, why: "a mark lies between 1 and 5".to_owned() }.into());
        }
    }
    let answer = PulseAnswer { change: paragraphs(&answer.change, "change")?, ..answer.clone() };
    sealed::commit(tx, home, &matter(name), &answer.to_value())
}

/// Skips a pulse. What the other answers stays with them.
pub fn skip_pulse(tx: &mut Tx, home: Home, name: PulseName) -> Result<(), MeetingError> {
    sealed::skip(tx, home, &matter(name))
}

/// Shows a pulse.
pub fn get_pulse(reader: &Reader, home: Home, name: PulseName) -> Result<Pulse, MeetingError> {
    let sealed = sealed::read(reader, home, &matter(name))?;
    // Of what only one has answered the other learns nothing.
    let theirs = sealed.answer_of(Who::Other).filter(|_| sealed.is_open).and_then(PulseAnswer::of_value);
    Ok(Pulse {
        name,
        mine: sealed.mine.as_ref().and_then(PulseAnswer::of_value),
        theirs,
        states: sealed.states,
    })
}

/// Lists the pulses of a home that somebody has answered or skipped, in their order.
pub fn list_pulses(reader: &Reader, home: Home) -> Result<Vec<Pulse>, MeetingError> {
    let mut found = Vec::new();
    for matter in sealed::settled(reader, home, 3)? {
        if let Matter::Pulse { name } = matter
            && let Some(name) = PulseName::read(&name)
        {
            found.push(get_pulse(reader, home, name)?);
        }
    }
    found.sort_by_key(|pulse| pulse.name);
    Ok(found)
}

fn matter(name: PulseName) -> Matter {
    Matter::Pulse { name: name.write() }
}
