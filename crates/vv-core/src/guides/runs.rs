//! Runs in the notebook: begun, answered, moved in, paused, taken up again, put away.
//!
//! Each verb reads the run, has the engine take an event, and commits what differs. What was typed and not yet saved lies in
//! drafts; whatever is done next to the run saves them first, so a kill loses nothing that was kept.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::answer::{Answer, AnswerKey};
use super::built_in::{BuiltIn, find_built_in};
use super::error::{GuideError, Refusal};
use super::model::{CheckKind, Guide, Suggest};
use super::run::{self, Around, Earlier, Event, Form, Participant, RunState, SOLO, Status, steps};
use super::{find, format, outcome, record, table};
use crate::ids::{EntryId, RunId};
use crate::intentions::{self, Intention, IntentionFilter};
use crate::journal::Moment;
use crate::journal::record::instant_of;
use crate::store::op::{Change, Kind, Object, Op, Value};
use crate::store::op_cbor::{decode_value, encode_value};
use crate::store::tx::{Reader, Tx};

/// Earlier runs that are looked back upon.
const EARLIER: u32 = 24;
/// Runs that are listed.
const LISTED: u32 = 200;

/// Holds a run with its guide, as it was when the run began.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its id.
    pub id: RunId,
    /// The guide.
    pub guide: Guide,
    /// How it stands, with what was typed and not yet saved.
    pub state: RunState,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
    /// The entry that came of it.
    pub entry: Option<EntryId>,
}

/// Describes a run in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct RunRow {
    /// Its id.
    pub id: RunId,
    /// The id of its guide.
    pub guide: String,
    /// The title of its guide.
    pub title: String,
    /// Whether it is open or was put away.
    pub status: Status,
    /// What it is about, in a few words; may be empty.
    pub subject: String,
    /// The name of the step it stands at; none at the end.
    pub step: Option<String>,
    /// Minutes that are planned for what is left.
    pub minutes_left: u32,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
}

/// Begins a run for one person and gives its id.
pub fn start(tx: &mut Tx, guide: &str, language: &str, form: Form, pace: i32) -> Result<RunId, GuideError> {
    let found = find(tx, guide, language)?;
    if found.guide.people.least > 1 {
        return Err(GuideError::NotAlone);
    }
    let id: RunId = tx.make_id();
    let around = around(tx, &found.guide)?;
    let people = vec![Participant { id: SOLO.to_owned(), roles: Vec::new() }];
    let state = run::begin(&found.guide, people, form, pace, &around);
    let mut ops = vec![Op::Create { kind: Kind::GuideRun }];
    let mut set = |field: u32, value: Value| ops.push(Op::Set { field, value });
    set(record::run::GUIDE, found.guide.id.as_str().into());
    set(record::run::TITLE, found.guide.title.as_str().into());
    set(record::run::SOURCE, Value::Text(found.source));
    if found.own.is_none() {
        set(record::run::BUILT_IN, Value::Int(i64::from(found.guide.version)));
    }
    set(record::run::STARTED_AT, Value::Int(around.now.timestamp_millis()));
    ops.extend(record::difference(None, &state));
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(id)
}

/// Opens a run for somebody who reads a language: a guide that comes with the app goes on in that language, and the clock of
/// an open run goes on.
pub fn open(tx: &mut Tx, id: RunId, language: &str) -> Result<(), GuideError> {
    let object = read_object(tx, id)?;
    let status = record::state_of(&object).status;
    if status != Status::Finished
        && let Some(one) = in_language(&object, language)
    {
        let set = |field: u32, value: &str| Op::Set { field, value: Value::from(value) };
        let ops = vec![set(record::run::SOURCE, one.source), set(record::run::TITLE, &one.guide.title)];
        tx.commit(Change { object: *id.as_bytes(), ops })?;
    }
    if status == Status::Open { take(tx, id, Event::Resume) } else { Ok(()) }
}

/// Finds the guide of a run in another language than the one it was last seen in. Only the version that the run began with
/// will do: it asks the same, step by step.
fn in_language(object: &Object, language: &str) -> Option<&'static BuiltIn> {
    let field = |number: u32| object.fields.get(&number);
    let version = field(record::run::BUILT_IN).and_then(Value::as_int)?;
    let one = find_built_in(field(record::run::GUIDE)?.as_text()?, language)?;
    let is_shown = field(record::run::SOURCE).and_then(Value::as_text) == Some(one.source);
    (i64::from(one.guide.version) == version && !is_shown).then_some(one)
}

/// Reads a run, with what was typed and not yet saved.
pub fn get_run(reader: &Reader, id: RunId) -> Result<Run, GuideError> {
    let mut run = read_run(reader, id)?;
    if run.state.status == Status::Open {
        let around = around(reader, &run.guide)?;
        for (_, event) in draft_events(reader, id)? {
            // What the guide does not ask any more stays a draft and harms nobody.
            if let Ok(next) = run::apply(&run.guide, &run.state, event, &around) {
                run.state = next;
            }
        }
    }
    Ok(run)
}

/// Tells what lies around a run of a guide: the time, and earlier runs where the guide looks back.
pub fn around(reader: &Reader, guide: &Guide) -> Result<Around, GuideError> {
    let zone = reader.time_zone();
    let now = reader.now();
    let moment = Moment::at(now, zone.as_deref()).or_else(|_| Moment::at(now, None))?;
    let mut earlier = Vec::new();
    if looks_back(guide) {
        for id in table::finished_runs(reader.sql(), &guide.id, EARLIER)? {
            let Some(object) = reader.object(id.as_bytes())? else { continue };
            earlier.push(Earlier(record::state_of(&object).answers.remove(SOLO).unwrap_or_default()));
        }
    }
    Ok(Around { now, local: moment.local_at(), earlier })
}

/// Lists the open runs, and after them those that were put away, each the one touched last first. A guide that comes with the
/// app is named in the language that is asked for.
pub fn list_runs(reader: &Reader, language: &str) -> Result<Vec<RunRow>, GuideError> {
    let mut rows = Vec::new();
    for status in [Status::Open, Status::PutAway] {
        for id in table::list_runs(reader.sql(), record::status_number(status), LISTED)? {
            match get_run(reader, id) {
                Ok(mut run) => {
                    if let Some(one) = in_language(&read_object(reader, id)?, language) {
                        run.guide = one.guide.clone();
                    }
                    rows.push(row_of(reader, run)?);
                }
                // A run whose guide a newer version wrote is left for that version.
                Err(GuideError::Format(_)) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(rows)
}

/// Lists what somebody set out to do at the end of the run of the same guide before this one: a run begins with what became
/// of the last.
pub fn set_out_before(reader: &Reader, run: &Run) -> Result<Vec<Intention>, GuideError> {
    let finished = table::finished_runs(reader.sql(), &run.guide.id, 2)?;
    let Some(before) = finished.into_iter().find(|id| *id != run.id) else { return Ok(Vec::new()) };
    let Some(entry) = entry_of(&read_object(reader, before)?) else { return Ok(Vec::new()) };
    Ok(intentions::list_intentions(reader, IntentionFilter::OfEntry(entry))?)
}

fn row_of(reader: &Reader, run: Run) -> Result<RunRow, GuideError> {
    let around = around(reader, &run.guide)?;
    let laid_out = steps(&run.guide, &run.state, &around);
    let here = laid_out.iter().find(|step| step.key == run.state.at);
    Ok(RunRow {
        id: run.id,
        status: run.state.status,
        subject: outcome::subject(&run.guide, &run.state, SOLO),
        step: here.map(|step| run.guide.phase_of(step).name.clone()),
        minutes_left: minutes_left(&run, &around),
        started_at: run.started_at,
        changed_at: run.changed_at,
        guide: run.guide.id,
        title: run.guide.title,
    })
}

/// Counts the minutes that are planned from where a run stands, less what the present step has taken.
pub fn minutes_left(run: &Run, around: &Around) -> u32 {
    let laid_out = steps(&run.guide, &run.state, around);
    let Some(here) = laid_out.iter().position(|step| step.key == run.state.at) else { return 0 };
    let ahead: u32 = laid_out[here..].iter().map(|step| planned_seconds(&run.guide, &run.state, step)).sum();
    let spent = run.state.clock.spent_at(&run.state.at, true, around.now);
    let planned = planned_seconds(&run.guide, &run.state, &laid_out[here]);
    (ahead - spent.min(planned)).div_ceil(60)
}

/// Tells the seconds that are planned for a step, in the form and at the pace of a run.
pub fn planned_seconds(guide: &Guide, state: &RunState, step: &run::Step) -> u32 {
    let minutes = guide.phase_of(step).minutes;
    let mut seconds = u64::from(minutes) * 60;
    if let (Some(form), Form::Short) = (&guide.short_form, state.form) {
        // The minutes of a short form are shared out as those of the whole are.
        let kept = guide.phases.iter().filter(|phase| form.phases.contains(&phase.id));
        let whole: u64 = kept.map(|phase| u64::from(phase.minutes)).sum();
        seconds = seconds * u64::from(form.minutes) / whole.max(1);
    }
    let scaled = seconds * u64::try_from(100 + state.pace).unwrap_or(100) / 100;
    u32::try_from(scaled).unwrap_or(u32::MAX)
}

/// Keeps an answer as it was typed, on this computer only, until it is saved.
pub fn keep_answer(
    tx: &mut Tx,
    id: RunId,
    key: &AnswerKey,
    answer: Option<&Answer>,
) -> Result<(), GuideError> {
    let status = read_run(tx, id)?.state.status;
    if status != Status::Open {
        return Err(Refusal::NotOpen.into());
    }
    let value = answer.map_or(Value::Null, record::answer_value);
    let kept_at = tx.now().timestamp_millis();
    Ok(table::keep_draft(tx.sql(), id, &key.to_string(), &encode_value(&value), kept_at)?)
}

/// Has the engine take an event, after what was typed is saved.
pub fn take(tx: &mut Tx, id: RunId, event: Event) -> Result<(), GuideError> {
    take_all(tx, id, vec![event]).map(|_| ())
}

/// Gives answers of one person alone, or takes them away; all of them are one record.
pub fn give(tx: &mut Tx, id: RunId, answers: Vec<(AnswerKey, Option<Answer>)>) -> Result<(), GuideError> {
    let by = || SOLO.to_owned();
    let event = |(key, answer)| match answer {
        Some(answer) => Event::Answer { by: by(), key, answer },
        None => Event::Clear { by: by(), key },
    };
    take_all(tx, id, answers.into_iter().map(event).collect()).map(|_| ())
}

/// Saves what was typed and not yet saved.
pub fn save_drafts(tx: &mut Tx, id: RunId) -> Result<(), GuideError> {
    take_all(tx, id, Vec::new()).map(|_| ())
}

/// Saves the drafts of every run; called when a notebook is closed and when it is opened after a crash.
pub fn settle_drafts(tx: &mut Tx) -> Result<(), GuideError> {
    for id in table::runs_with_drafts(tx.sql())? {
        match save_drafts(tx, id) {
            // A guide of a newer version, or a run that is gone: its drafts wait.
            Ok(()) | Err(GuideError::Format(_) | GuideError::NoRun) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Takes the drafts and then the given events, as one change.
pub(super) fn take_all(tx: &mut Tx, id: RunId, events: Vec<Event>) -> Result<Run, GuideError> {
    let mut run = read_run(tx, id)?;
    let before = run.state.clone();
    let around = around(tx, &run.guide)?;
    if run.state.status == Status::Open {
        for (key, event) in draft_events(tx, id)? {
            // What the guide does not take stays a draft: it is somebody's words.
            if let Ok(next) = run::apply(&run.guide, &run.state, event, &around) {
                run.state = next;
                table::remove_draft(tx.sql(), id, &key)?;
            }
        }
    }
    for event in events {
        run.state = run::apply(&run.guide, &run.state, event, &around)?;
    }
    let mut ops = record::difference(Some(&before), &run.state);
    let subject = outcome::subject(&run.guide, &run.state, SOLO);
    let object = tx.object(id.as_bytes())?.ok_or(GuideError::NoRun)?;
    let kept = object.fields.get(&record::run::SUBJECT).and_then(Value::as_text).unwrap_or_default();
    if kept != subject {
        ops.push(Op::Set { field: record::run::SUBJECT, value: Value::Text(subject) });
    }
    if !ops.is_empty() {
        tx.commit(Change { object: *id.as_bytes(), ops })?;
    }
    Ok(run)
}

/// Lists what could be taken over into a field that offers earlier answers: each once, the newest first. Beside a choice these
/// are the own words that were put in its place.
pub fn earlier_answers(guide: &Guide, around: &Around, prompt: &str) -> Vec<String> {
    let Some((_, asked)) = guide.prompt(prompt) else { return Vec::new() };
    if asked.capture.suggest != Some(Suggest::Earlier) {
        return Vec::new();
    }
    let key = AnswerKey::of(prompt);
    let mut seen = BTreeSet::new();
    let is_option = |answer: &Answer| match answer {
        Answer::Choice(chosen) => asked.capture.options.iter().any(|option| option.id == *chosen),
        _ => false,
    };
    let answers = around.earlier.iter().filter_map(|earlier| earlier.0.get(&key));
    let answers = answers.filter(|answer| !is_option(answer));
    let words = answers.map(|answer| answer.words(asked.capture).trim().to_owned());
    words.filter(|words| !words.is_empty() && seen.insert(run::state::comparable(words))).take(6).collect()
}

/// Deletes a run that was put away for good, with every answer in it.
///
/// # Errors
/// [`GuideError::NotPutAway`] for one that is open or finished; what came of a finished one is deleted with its entry.
pub fn delete_run(tx: &mut Tx, id: RunId) -> Result<(), GuideError> {
    if record::state_of(&read_object(tx, id)?).status != Status::PutAway {
        return Err(GuideError::NotPutAway);
    }
    Ok(tx.erase(id.as_bytes())?)
}

/// Deletes the runs that an entry came of, for good: their answers are its words.
pub(crate) fn delete_runs_of(tx: &mut Tx, entry: EntryId) -> Result<(), crate::store::StoreError> {
    for id in table::runs_of_entry(tx.sql(), entry)? {
        tx.erase(id.as_bytes())?;
    }
    Ok(())
}

fn looks_back(guide: &Guide) -> bool {
    let conditions = guide.phases.iter().filter_map(|phase| phase.when.as_ref());
    let of_prompts = guide.asked().filter_map(|asked| asked.prompt?.when.as_ref());
    let of_outputs = guide.outputs.intentions.iter().filter_map(|output| output.when.as_ref());
    conditions.chain(of_prompts).chain(of_outputs).any(|when| when.recurs.is_some())
        || guide.checks.iter().any(|check| check.kind == CheckKind::Balance)
        || guide.asked().any(|asked| asked.capture.suggest == Some(Suggest::Earlier))
}

/// Reads the drafts of a run as what somebody did, each with the key it is kept under.
fn draft_events(reader: &Reader, id: RunId) -> Result<Vec<(String, Event)>, GuideError> {
    let mut events = Vec::new();
    for (written, answer) in table::drafts(reader.sql(), id)? {
        let Ok(key) = written.parse::<AnswerKey>() else { continue };
        let by = SOLO.to_owned();
        let event = match decode_value(&answer)? {
            Value::Null => Some(Event::Clear { by, key }),
            value => record::answer_of(&value).map(|answer| Event::Answer { by, key, answer }),
        };
        events.extend(event.map(|event| (written, event)));
    }
    Ok(events)
}

fn read_object(reader: &Reader, id: RunId) -> Result<Object, GuideError> {
    let object = reader.object(id.as_bytes())?;
    object.filter(|object| !object.erased && object.kind == Kind::GuideRun.0).ok_or(GuideError::NoRun)
}

fn read_run(reader: &Reader, id: RunId) -> Result<Run, GuideError> {
    let object = read_object(reader, id)?;
    let field = |number: u32| object.fields.get(&number);
    let source = field(record::run::SOURCE).and_then(Value::as_text).unwrap_or_default();
    let started_at = field(record::run::STARTED_AT).and_then(Value::as_int).unwrap_or(0);
    Ok(Run {
        id,
        guide: format::parse(source)?,
        state: record::state_of(&object),
        started_at: instant_of(started_at),
        changed_at: instant_of(crate::journal::record::ms_of(object.updated)),
        entry: entry_of(&object),
    })
}

fn entry_of(object: &Object) -> Option<EntryId> {
    let bytes = object.fields.get(&record::run::ENTRY).and_then(Value::as_bytes)?;
    bytes.try_into().ok().map(EntryId::from_bytes)
}
