//! The history of an entry: the log itself, read again.
//!
//! A version is what several saves close together left: saves of one device join while they lie less than five minutes after
//! the first of them. Writing an older version again always begins a version of its own, so that what stood before stays.

use chrono::{DateTime, TimeDelta, Utc};

use super::compare::{compare, count_changed_words};
use super::error::JournalError;
use super::get::{read_object, read_text};
use super::model::{Version, VersionRow};
use super::record::{EntryFacts, entry};
use super::text::count_words;
use crate::ids::EntryId;
use crate::store::doc::TextDoc;
use crate::store::op::{Change, LogItem, Op, Value};
use crate::store::tx::{Reader, Tx};

/// Saves closer to the first one of a version than this belong to it.
const JOINED: TimeDelta = TimeDelta::minutes(5);

/// Lists the versions of an entry, newest first.
pub fn list_versions(reader: &Reader, id: EntryId) -> Result<Vec<VersionRow>, JournalError> {
    read_object(reader, id)?;
    let mut rows: Vec<VersionRow> = Vec::new();
    let mut before = String::new();
    replay(reader, id, |span, _, text| {
        let (words_added, words_removed) = count_changed_words(&before, &text);
        rows.push(VersionRow {
            number: span.number,
            saved_at: span.last_at,
            device: span.device.clone(),
            word_count: count_words(&text),
            words_added,
            words_removed,
        });
        before = text;
    })?;
    rows.reverse();
    Ok(rows)
}

/// Gives one version, compared with another one or with what stands now.
pub fn read_version(
    reader: &Reader,
    id: EntryId,
    number: u32,
    with: Option<u32>,
) -> Result<Version, JournalError> {
    read_object(reader, id)?;
    let mut wanted = None;
    let mut other = None;
    replay(reader, id, |span, title, text| {
        if with == Some(span.number) {
            other = Some(text.clone());
        }
        if span.number == number {
            wanted = Some((title.to_owned(), text));
        }
    })?;
    let (title, text) = wanted.ok_or(JournalError::NoVersion(number))?;
    let other = match with {
        Some(with) => other.ok_or(JournalError::NoVersion(with))?,
        None => reader.doc_text(id.as_bytes(), entry::TEXT)?.unwrap_or_default(),
    };
    Ok(Version { number, title, compared: compare(&text, &other), text })
}

/// Writes an older version as the newest one. Editors that show the entry get it with their next save.
pub fn restore_version(tx: &mut Tx, id: EntryId, number: u32) -> Result<(), JournalError> {
    let facts = EntryFacts::of(&read_object(tx, id)?);
    let mut wanted = None;
    replay(tx, id, |span, title, text| {
        if span.number == number {
            wanted = Some((title.to_owned(), text, span.last_at));
        }
    })?;
    let (title, text, saved_at) = wanted.ok_or(JournalError::NoVersion(number))?;

    let object = *id.as_bytes();
    let mut ops = Vec::new();
    let kept = read_text(tx, id)?;
    if kept.text != text {
        let session = tx.next_session_number(&object)?;
        let client = tx.client_id(&object, session)?;
        let mut doc =
            if kept.state.is_empty() { TextDoc::new(client) } else { TextDoc::load(&kept.state, client)? };
        let updates = doc.apply_text(&text);
        ops.extend(updates.into_iter().map(|bytes| Op::UpdateDoc { field: entry::TEXT, session, bytes }));
    }
    if title != facts.title {
        ops.push(Op::Set { field: entry::TITLE, value: Value::Text(title) });
    }
    if !ops.is_empty() {
        // First, so that it stands in the first record when the change needs several.
        ops.insert(0, Op::Set { field: entry::RESTORED, value: Value::Int(saved_at.timestamp_millis()) });
        tx.commit(Change { object, ops })?;
    }
    Ok(())
}

/// Counts versions, and tells where the newest one began so that a counter can go on from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) count: u32,
    pub(super) first_at: DateTime<Utc>,
}

impl Count {
    /// Counts one more save of the device that wrote the newest version.
    pub(super) fn after_save(self, at: DateTime<Utc>) -> Self {
        if at - self.first_at < JOINED { self } else { Self { count: self.count + 1, first_at: at } }
    }
}

pub(super) fn count_versions(reader: &Reader, id: EntryId) -> Result<Count, JournalError> {
    let spans = find_spans(&reader.log_of(id.as_bytes())?);
    let first_at = spans.last().map_or(DateTime::UNIX_EPOCH, |span| span.first_at);
    Ok(Count { count: u32::try_from(spans.len()).unwrap_or(u32::MAX), first_at })
}

/// The saves that are one version.
struct Span {
    number: u32,
    first_at: DateTime<Utc>,
    last_at: DateTime<Utc>,
    device: String,
    /// Where in the log it ends.
    end: usize,
}

/// Goes through the versions from the first on: what they span, their title and text.
fn replay(
    reader: &Reader,
    id: EntryId,
    mut each: impl FnMut(&Span, &str, String),
) -> Result<(), JournalError> {
    let log = reader.log_of(id.as_bytes())?;
    let mut title = String::new();
    let mut doc = TextDoc::new(0);
    let mut done = 0;
    for span in find_spans(&log) {
        for op in log[done..span.end].iter().flat_map(|item| &item.ops) {
            match op {
                Op::Set { field: entry::TITLE, value } => {
                    title = value.as_text().unwrap_or_default().to_owned()
                }
                Op::UpdateDoc { field: entry::TEXT, bytes, .. } => doc.import(bytes)?,
                _ => {}
            }
        }
        done = span.end;
        each(&span, &title, doc.text());
    }
    Ok(())
}

/// Joins the saves of a log to versions.
fn find_spans(log: &[LogItem]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut is_empty = true;
    for (at, item) in log.iter().enumerate() {
        let has = |wanted: fn(&Op) -> bool| item.ops.iter().any(wanted);
        let changes_words = has(|op| {
            matches!(op, Op::Set { field: entry::TITLE, .. } | Op::UpdateDoc { field: entry::TEXT, .. })
        });
        if !changes_words && !has(|op| matches!(op, Op::Create { .. })) {
            continue;
        }
        let restores = has(|op| matches!(op, Op::Set { field: entry::RESTORED, .. }));
        match spans.last_mut() {
            Some(span) if !restores && item.device == span.device && item.at - span.first_at < JOINED => {
                span.last_at = item.at;
                span.end = at + 1;
            }
            last => {
                // An entry that was made empty and filled later has no empty version.
                let number = match last {
                    Some(span) if !is_empty => span.number + 1,
                    _ => 1,
                };
                spans.truncate(number as usize - 1);
                spans.push(Span {
                    number,
                    first_at: item.at,
                    last_at: item.at,
                    device: item.device.clone(),
                    end: at + 1,
                });
            }
        }
        is_empty = is_empty && !changes_words;
    }
    spans
}
