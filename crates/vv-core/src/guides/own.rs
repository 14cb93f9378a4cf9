//! A person's own guides: written, copied, brought in from a file, taken out into one, put away.
//!
//! What is kept is the file as it was written, so comments and what other programs put there survive.

use super::built_in::{built_in, find_built_in};
use super::error::GuideError;
use super::model::{Guide, GuideKind};
use super::{format, record, table};
use crate::ids::GuideId;
use crate::store::op::{Change, Kind, Object, Op, Value};
use crate::store::tx::{Reader, Tx};

/// Holds a guide with its file.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundGuide {
    /// What it is called by: the id of a built-in, or that of the object of an own guide.
    pub handle: String,
    /// The guide.
    pub guide: Guide,
    /// Its file.
    pub source: String,
    /// Its object, when it is the person's own.
    pub own: Option<GuideId>,
}

/// Describes a guide in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideRow {
    /// What it is called by.
    pub handle: String,
    /// Its title.
    pub title: String,
    /// What it is for; empty for a guide that this version cannot read.
    pub summary: String,
    /// What it is for in general; none for a guide that this version cannot read.
    pub kind: Option<GuideKind>,
    /// Planned minutes.
    pub minutes: u32,
    /// Planned minutes of its short form, when it has one.
    pub short_minutes: Option<u32>,
    /// Whether the whole of it is a short form.
    pub is_short: bool,
    /// Whether it is the person's own.
    pub is_own: bool,
    /// Whether one person can run it.
    pub is_for_one: bool,
    /// Whether it was put away.
    pub is_trashed: bool,
    /// Its language.
    pub language: String,
}

/// Tells what became of a file that was brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imported {
    /// It was added.
    Added(GuideId),
    /// The same file is here already.
    Unchanged(GuideId),
    /// It comes with the app, word for word.
    BuiltIn,
}

/// Lists the guides: those that come with the app in their order, then the person's own by title, those that were put away
/// last.
pub fn list_guides(reader: &Reader, language: &str) -> Result<Vec<GuideRow>, GuideError> {
    let mut rows: Vec<GuideRow> =
        built_in(language).iter().map(|one| row(&one.guide, one.guide.id.clone(), false)).collect();
    for own in table::list_own(reader.sql())? {
        let found = get_own(reader, own.id);
        rows.push(match found {
            Ok(found) => GuideRow { is_trashed: own.is_trashed, ..row(&found.guide, found.handle, true) },
            Err(GuideError::Format(_)) => unreadable(own),
            Err(error) => return Err(error),
        });
    }
    Ok(rows)
}

/// Describes a guide as it stands in the list.
pub fn row_of(found: &FoundGuide) -> GuideRow {
    row(&found.guide, found.handle.clone(), found.own.is_some())
}

fn row(guide: &Guide, handle: String, is_own: bool) -> GuideRow {
    GuideRow {
        handle,
        title: guide.title.clone(),
        summary: guide.summary.clone(),
        kind: Some(guide.kind),
        minutes: guide.minutes(false),
        short_minutes: guide.short_form.as_ref().map(|form| form.minutes),
        is_short: guide.short,
        is_own,
        is_for_one: guide.people.least == 1,
        is_trashed: false,
        language: guide.language.clone(),
    }
}

fn unreadable(own: table::OwnRow) -> GuideRow {
    GuideRow {
        handle: own.id.to_string(),
        title: own.title,
        summary: String::new(),
        kind: None,
        minutes: 0,
        short_minutes: None,
        is_short: false,
        is_own: true,
        is_for_one: false,
        is_trashed: own.is_trashed,
        language: String::new(),
    }
}

/// Finds a guide by what it is called by: the id of a built-in, the object of an own guide, or the id in its file.
pub fn find(reader: &Reader, handle: &str, language: &str) -> Result<FoundGuide, GuideError> {
    if let Some(one) = find_built_in(handle, language) {
        let (guide, source) = (one.guide.clone(), one.source.to_owned());
        return Ok(FoundGuide { handle: guide.id.clone(), guide, source, own: None });
    }
    let id = match handle.parse::<GuideId>() {
        Ok(id) => Some(id),
        Err(_) => table::find_own(reader.sql(), handle)?,
    };
    get_own(reader, id.ok_or(GuideError::NoGuide)?)
}

/// Gives the file of a guide whether or not this version can run it.
pub fn source_of(reader: &Reader, handle: &str, language: &str) -> Result<String, GuideError> {
    match find(reader, handle, language) {
        Ok(found) => Ok(found.source),
        Err(GuideError::Format(error)) => match handle.parse::<GuideId>() {
            Ok(id) => Ok(source(&read_object(reader, id)?).to_owned()),
            Err(_) => Err(error.into()),
        },
        Err(error) => Err(error),
    }
}

/// Keeps a new guide of the person's own, or another wording of one.
pub fn save_guide(tx: &mut Tx, id: Option<GuideId>, text: &str) -> Result<GuideId, GuideError> {
    let text = text.replace("\r\n", "\n");
    let guide = format::parse(&text)?;
    let (id, mut ops) = match id {
        Some(id) => {
            read_object(tx, id)?;
            (id, Vec::new())
        }
        None => (tx.make_id(), vec![Op::Create { kind: Kind::Guide }]),
    };
    let before = tx.object(id.as_bytes())?;
    let fields =
        [(record::guide::SOURCE, text), (record::guide::ID, guide.id), (record::guide::TITLE, guide.title)];
    for (field, value) in fields {
        let kept = before.as_ref().and_then(|object| object.fields.get(&field)).and_then(Value::as_text);
        if kept != Some(&value) {
            ops.push(Op::Set { field, value: Value::Text(value) });
        }
    }
    if !ops.is_empty() {
        tx.commit(Change { object: *id.as_bytes(), ops })?;
    }
    Ok(id)
}

/// Makes a copy of a guide that the person can change; `title` is what the copy is called.
pub fn copy_guide(tx: &mut Tx, handle: &str, language: &str, title: &str) -> Result<GuideId, GuideError> {
    let found = find(tx, handle, language)?;
    let id = free_id(tx, &found.guide.id)?;
    let text = format::renamed(&found.source, &id, Some(title))?;
    save_guide(tx, None, &text)
}

/// Brings a guide in from the bytes of a file. One whose id is taken by another is kept under an id of its own.
pub fn import_guide(tx: &mut Tx, bytes: &[u8]) -> Result<Imported, GuideError> {
    let (text, guide) = format::parse_bytes(bytes)?;
    if find_built_in(&guide.id, &guide.language).is_some_and(|one| one.source.trim() == text.trim()) {
        return Ok(Imported::BuiltIn);
    }
    for own in table::list_own(tx.sql())?.into_iter().filter(|own| !own.is_trashed) {
        // It may have been given another id when it came in.
        let object = read_object(tx, own.id)?;
        let kept = format::renamed(source(&object), &guide.id, None).unwrap_or_default();
        if kept.trim() == text.trim() {
            return Ok(Imported::Unchanged(own.id));
        }
    }
    let is_taken =
        find_built_in(&guide.id, "en").is_some() || table::find_own(tx.sql(), &guide.id)?.is_some();
    let text = if is_taken { format::renamed(&text, &free_id(tx, &guide.id)?, None)? } else { text };
    Ok(Imported::Added(save_guide(tx, None, &text)?))
}

/// Puts a guide of the person's own away, or takes it back. Runs of it go on: each has its own copy.
pub fn trash_guide(tx: &mut Tx, id: GuideId, is_trashed: bool) -> Result<(), GuideError> {
    read_object(tx, id)?;
    let now = tx.now().timestamp_millis();
    let value = if is_trashed { Value::Int(now) } else { Value::Null };
    let ops = vec![Op::Set { field: record::guide::TRASHED_AT, value }];
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(())
}

/// Deletes a guide of the person's own that was put away, for good. Runs of it stay: each has its own copy.
///
/// # Errors
/// [`GuideError::NotPutAway`] for one that is in use.
pub fn delete_guide(tx: &mut Tx, id: GuideId) -> Result<(), GuideError> {
    let is_away =
        read_object(tx, id)?.fields.get(&record::guide::TRASHED_AT).and_then(Value::as_int).is_some();
    if !is_away {
        return Err(GuideError::NotPutAway);
    }
    Ok(tx.erase(id.as_bytes())?)
}

fn free_id(reader: &Reader, id: &str) -> Result<String, GuideError> {
    let base: String = id.chars().take(54).collect();
    for number in 2_u32.. {
        let candidate = format!("{base}-{number}");
        if find_built_in(&candidate, "en").is_none() && table::find_own(reader.sql(), &candidate)?.is_none() {
            return Ok(candidate);
        }
    }
    Ok(base)
}

fn get_own(reader: &Reader, id: GuideId) -> Result<FoundGuide, GuideError> {
    let object = read_object(reader, id)?;
    let source = source(&object).to_owned();
    Ok(FoundGuide { handle: id.to_string(), guide: format::parse(&source)?, source, own: Some(id) })
}

fn source(object: &Object) -> &str {
    object.fields.get(&record::guide::SOURCE).and_then(Value::as_text).unwrap_or_default()
}

fn read_object(reader: &Reader, id: GuideId) -> Result<Object, GuideError> {
    let object = reader.object(id.as_bytes())?;
    object.filter(|object| !object.erased && object.kind == Kind::Guide.0).ok_or(GuideError::NoGuide)
}
