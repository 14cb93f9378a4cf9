//! Reading meetings: put together from the process, the answers of both, what is one's own, and what was revealed.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;

use super::calls::calls_of;
use super::error::MeetingError;
use super::model::{Asked, Meeting, MeetingRow};
use super::record::{self, SaidAnswer};
use super::table;
use crate::guides::model::{Guide, Readers};
use crate::guides::record as run_record;
use crate::guides::run::{Around, Field, RunState, Step, fields, steps};
use crate::guides::{Answer, AnswerKey, GuideError, around, find_built_in, ground_rules, parse};
use crate::ids::{MeetingId, PairSessionId};
use crate::journal::record::{instant_of, ms_of};
use crate::pairings::{Home, Who};
use crate::sealed::{self, Matter, SealState};
use crate::store::Reader;
use crate::store::authors::Authored;
use crate::store::op::{Kind, Object, Value};

/// The name of the person in a meeting of somebody who tracks a pairing alone.
pub(super) const ME: &str = "me";
/// The name of the other there.
pub(super) const OTHER: &str = "other";

/// Gives the name under which an account takes part.
pub(super) fn name_of(account: &[u8; 32]) -> String {
    HEXLOWER.encode(account)
}

/// Reads a meeting as the person may see it.
pub fn get_meeting(
    reader: &Reader,
    home: Home,
    id: MeetingId,
    language: &str,
) -> Result<Meeting, MeetingError> {
    let object = home.object(reader, id.as_bytes(), Kind::Meeting)?.ok_or(MeetingError::NotThere)?;
    let authored = home.read(reader, |reader| reader.authored(id.as_bytes()))?;
    let authored = authored.ok_or(MeetingError::NotThere)?;
    let guide = guide_of(&object, language)?;
    let mut state = run_record::state_of(&object);
    (state.answers, state.sealed) = (BTreeMap::new(), BTreeSet::new());
    let me = match home {
        Home::Alone(_) => ME.to_owned(),
        Home::Shared(_) => name_of(&reader.core().account_id),
    };
    let is_in = |name: &str| state.people.iter().any(|person| person.id == name);
    let me = if is_in(&me) { me } else { String::new() };
    let other =
        state.people.iter().map(|person| &person.id).find(|id| **id != me).cloned().unwrap_or_default();
    let room = object.int(record::ROOM) == Some(1) || matches!(home, Home::Alone(_));
    let written_down = put_shared(&mut state, &guide, &authored, home, room);
    put_own(reader, home, id, &mut state, &guide, &me)?;
    let around = around(reader, &guide)?;
    let seals = put_sealed(reader, home, id, &mut state, &guide, &around, (&me, &other))?;
    let started_at = object.int(record::STARTED_AT).unwrap_or(0);
    Ok(Meeting {
        id,
        home,
        session: object.id(record::SESSION).map(PairSessionId::from_bytes),
        rules: ground_rules(&guide, language),
        calls: calls_of(reader, home, &authored)?,
        guide,
        state,
        me,
        other,
        room,
        started_at: instant_of(started_at),
        changed_at: instant_of(ms_of(object.updated)),
        seals,
        written_down,
    })
}

/// Lists the meetings of a home, the latest first.
pub fn list_meetings(reader: &Reader, home: Home, language: &str) -> Result<Vec<MeetingRow>, MeetingError> {
    let ids = table::of_home(reader.sql(), &home.key(), Kind::Meeting)?;
    rows(reader, home, ids, language)
}

/// Lists the meetings of a session, the latest first.
pub fn meetings_of_session(
    reader: &Reader,
    home: Home,
    session: PairSessionId,
    language: &str,
) -> Result<Vec<MeetingRow>, MeetingError> {
    let ids = table::about(reader.sql(), session.as_bytes(), Kind::Meeting)?;
    rows(reader, home, ids, language)
}

fn rows(
    reader: &Reader,
    home: Home,
    ids: Vec<[u8; 16]>,
    language: &str,
) -> Result<Vec<MeetingRow>, MeetingError> {
    let mut rows = Vec::new();
    for id in ids {
        let Some(object) = home.object(reader, &id, Kind::Meeting)? else { continue };
        // A meeting whose guide is not here yet, or is of a newer version, is left out until it is.
        let Ok(guide) = guide_of(&object, language) else { continue };
        rows.push(MeetingRow {
            id: MeetingId::from_bytes(id),
            guide: guide.id,
            title: guide.title,
            session: object.id(record::SESSION).map(PairSessionId::from_bytes),
            status: run_record::state_of(&object).status,
            started_at: instant_of(object.int(record::STARTED_AT).unwrap_or(0)),
        });
    }
    Ok(rows)
}

/// Lists what is asked on this screen at a step: in one room everybody's questions that all may read, else one's own. What is for
/// one person alone is never asked on a screen that both see.
pub fn asked_here<'a>(meeting: &'a Meeting, around: &Around, step: &Step) -> Vec<Asked<'a>> {
    let mut found = Vec::new();
    for person in &meeting.state.people {
        if !meeting.room && person.id != meeting.me {
            continue;
        }
        for field in fields(&meeting.guide, &meeting.state, around, step, &person.id) {
            if !meeting.room || field.asked.capture.readers == Readers::All {
                found.push(asked(meeting, &person.id, step, field));
            }
        }
    }
    found
}

/// Lists what one person is asked for themselves: what nobody else reads, and what is sealed. In one room that is answered later, on
/// their own device.
pub fn asked_alone<'a>(meeting: &'a Meeting, around: &Around) -> Vec<Asked<'a>> {
    let mut found = Vec::new();
    for step in steps(&meeting.guide, &meeting.state, around) {
        for field in fields(&meeting.guide, &meeting.state, around, &step, &meeting.me) {
            if field.asked.capture.readers != Readers::All {
                found.push(asked(meeting, &meeting.me, &step, field));
            }
        }
    }
    found
}

fn asked<'a>(meeting: &Meeting, person: &str, step: &Step, field: Field<'a>) -> Asked<'a> {
    let who = if person == meeting.me { Who::Me } else { Who::Other };
    let answer = meeting.state.answer(person, &field.key).cloned();
    Asked { person: person.to_owned(), who, step: step.key.clone(), field, answer }
}

/// Finds the guide of a meeting: in the language that is asked for where it comes with the app in the same version, else as it was
/// when the meeting began.
fn guide_of(object: &Object, language: &str) -> Result<Guide, GuideError> {
    let built_in = find_built_in(object.text(record::GUIDE), language);
    if let (Some(version), Some(one)) = (object.int(record::BUILT_IN), built_in)
        && i64::from(one.guide.version) == version
    {
        return Ok(one.guide.clone());
    }
    match object.text(record::SOURCE) {
        "" => Err(GuideError::NoGuide),
        source => Ok(parse(source)?),
    }
}

/// Puts in what everybody may read. Somebody's answer is what stands in their own records; before one screen also what the device
/// of the other wrote down for them.
fn put_shared(
    state: &mut RunState,
    guide: &Guide,
    authored: &Authored,
    home: Home,
    room: bool,
) -> BTreeSet<(String, AnswerKey)> {
    let mut latest: BTreeMap<(String, AnswerKey), SaidAnswer> = BTreeMap::new();
    for said in authored.acts(record::SAID).iter().filter_map(record::answer_of) {
        let by = said.by.map(|account| name_of(&account));
        let is_theirs = by.as_deref() == Some(said.person.as_str());
        let is_of_meeting = |name: &str| state.people.iter().any(|person| person.id == name);
        let counts = match home {
            Home::Alone(_) => true,
            Home::Shared(_) => is_theirs || (room && by.as_deref().is_some_and(is_of_meeting)),
        };
        let is_shared = record::readers_of(guide, &said.key) == Readers::All;
        if !counts || !is_shared || !is_of_meeting(&said.person) {
            continue;
        }
        let place = (said.person.clone(), said.key.clone());
        let is_later = latest.get(&place).is_none_or(|kept| (kept.order, kept.by) < (said.order, said.by));
        if is_later {
            latest.insert(place, said);
        }
    }
    let mut written_down = BTreeSet::new();
    for ((person, key), said) in latest {
        let Some(answer) = said.answer else { continue };
        let by = said.by.map(|account| name_of(&account));
        if matches!(home, Home::Shared(_)) && by.as_ref() != Some(&person) {
            written_down.insert((person.clone(), key.clone()));
        }
        state.answers.entry(person).or_default().insert(key, answer);
    }
    written_down
}

/// Puts in what the person keeps for themselves.
fn put_own(
    reader: &Reader,
    home: Home,
    id: MeetingId,
    state: &mut RunState,
    guide: &Guide,
    me: &str,
) -> Result<(), MeetingError> {
    let Some(own) = reader.object(&own_id(home, id))?.filter(|own| own.kind == Kind::MeetingOwn.0) else {
        return Ok(());
    };
    let kept = run_record::state_of(&own).answers.remove(me).unwrap_or_default();
    for (key, answer) in kept {
        if record::readers_of(guide, &key) != Readers::All {
            state.answers.entry(me.to_owned()).or_default().insert(key, answer);
        }
    }
    Ok(())
}

/// Puts in what was revealed, and notes who has sealed what.
fn put_sealed(
    reader: &Reader,
    home: Home,
    id: MeetingId,
    state: &mut RunState,
    guide: &Guide,
    around: &Around,
    (me, other): (&str, &str),
) -> Result<Vec<(String, sealed::Sealed)>, MeetingError> {
    let mut seals = Vec::new();
    for step in steps(guide, state, around) {
        let phase = guide.phase_of(&step);
        if !phase.asked().any(|asked| asked.capture.readers == Readers::Sealed) {
            continue;
        }
        let matter = Matter::Step { meeting: *id.as_bytes(), step: step.key.clone() };
        let found = sealed::read(reader, home, &matter)?;
        for (who, how) in &found.states {
            let person = if *who == Who::Me { me } else { other };
            if !matches!(how, SealState::Waiting | SealState::Skipped) {
                state.sealed.insert((step.key.clone(), person.to_owned()));
            }
        }
        for who in [Who::Me, Who::Other] {
            let person = if who == Who::Me { me } else { other };
            let value = if who == Who::Me { found.mine.as_ref() } else { found.answer_of(who) };
            let answers = value.map(answers_of).unwrap_or_default();
            let of_step = answers.into_iter().filter(|(key, _)| {
                key.round == step.round
                    && phase
                        .asked()
                        .any(|asked| asked.id == key.prompt && asked.capture.readers == Readers::Sealed)
            });
            state.answers.entry(person.to_owned()).or_default().extend(of_step);
        }
        seals.push((step.key.clone(), found));
    }
    state.answers.retain(|_, answers| !answers.is_empty());
    Ok(seals)
}

/// Names what a person keeps of a meeting in the journal.
pub(super) fn own_id(home: Home, id: MeetingId) -> [u8; 16] {
    home.derive_of("meeting-own/v1", id.as_bytes())
}

/// Writes sealed answers as one value.
pub(super) fn answers_value(answers: &[(AnswerKey, Answer)]) -> Value {
    let pair = |(key, answer): &(AnswerKey, Answer)| {
        Value::List(vec![Value::Text(key.to_string()), run_record::answer_value(answer)])
    };
    Value::List(answers.iter().map(pair).collect())
}

fn answers_of(value: &Value) -> Vec<(AnswerKey, Answer)> {
    let pair = |pair: &Value| {
        let [key, answer] = pair.as_list()? else { return None };
        Some((key.as_text()?.parse().ok()?, run_record::answer_of(answer)?))
    };
    value.as_list().unwrap_or_default().iter().filter_map(pair).collect()
}
