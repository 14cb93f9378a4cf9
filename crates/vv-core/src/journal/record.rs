//! How entries and files stand in records: field numbers, and the way between fields and models.
//!
//! Numbers are never used twice and never change what they mean: other devices and older programs read them. What is not
//! listed here is kept by the store and passed on untouched.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use vv_crypto::Key32;

use super::model::{Attachment, EntryOrigin, Source};
use super::moment::Moment;
use super::tag::tag_key;
use crate::ids::{AttachmentId, EntryId};
use crate::store::blobs::Blob;
use crate::store::op::{Hlc, Kind, Object, Op, Value};
use crate::voice::record::voice_of;

/// Numbers of the fields of kind Entry.
pub(crate) mod entry {
    /// Text: one line.
    pub(crate) const TITLE: u32 = 1;
    /// Shared text: the Markdown.
    pub(crate) const TEXT: u32 = 2;
    /// Set of texts: the tags.
    pub(crate) const TAGS: u32 = 3;
    /// List of two numbers: milliseconds since 1970 UTC, seconds its wall clock is ahead of UTC.
    pub(crate) const AT: u32 = 4;
    /// Text: an IANA name.
    pub(crate) const TIME_ZONE: u32 = 5;
    /// Number: days since 0001-01-01, which is day 1. Null or absent means the local day of `AT`.
    pub(crate) const ON: u32 = 6;
    /// Yes or no.
    pub(crate) const STARRED: u32 = 7;
    /// Number: milliseconds since 1970 UTC; null or absent when outside the trash.
    pub(crate) const TRASHED_AT: u32 = 8;
    /// Number: 0 written, 1 captured, 2 imported, 3 guided.
    pub(crate) const ORIGIN: u32 = 9;
    /// List: program, its id there, list of pairs of texts.
    pub(crate) const SOURCE: u32 = 10;
    /// Number: milliseconds since 1970 UTC of the version that was written again. Begins a version of its own.
    pub(crate) const RESTORED: u32 = 11;
    /// Bytes: 32 of what the entry was last imported from, then 32 of what the entry was right after.
    pub(crate) const IMPORTED_MARK: u32 = 12;
}

/// Numbers of the fields of kind Attachment.
pub(crate) mod attachment {
    /// Bytes: the id of the entry.
    pub(crate) const ENTRY: u32 = 1;
    /// Text: the file name.
    pub(crate) const NAME: u32 = 2;
    /// Text: the media type.
    pub(crate) const MIME: u32 = 3;
    /// Number: bytes.
    pub(crate) const SIZE: u32 = 4;
    /// Bytes: BLAKE3 of the plain bytes.
    pub(crate) const BLAKE3: u32 = 5;
    /// Number: pixels.
    pub(crate) const WIDTH: u32 = 6;
    /// Number: pixels.
    pub(crate) const HEIGHT: u32 = 7;
    /// List: key, nonce, list of the names of the sealed chunks.
    pub(crate) const BLOB: u32 = 8;
    // What makes a file a voice note has the numbers 9 to 12; they stand in `voice/record.rs`.
}

/// Holds the facts of an entry as its object tells them, all but the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EntryFacts {
    pub(crate) title: String,
    pub(crate) tags: Vec<String>,
    pub(crate) moment: Moment,
    pub(crate) on: NaiveDate,
    /// Whether the day was chosen, or is that of the moment.
    pub(crate) on_is_chosen: bool,
    pub(crate) starred: bool,
    pub(crate) trashed_at: Option<i64>,
    pub(crate) origin: EntryOrigin,
    pub(crate) source: Option<Source>,
}

impl EntryFacts {
    /// Reads the facts; what is missing or makes no sense gets its default, so that no record of another device can make an
    /// entry unreadable.
    pub(crate) fn of(object: &Object) -> Self {
        let field = |number: u32| object.fields.get(&number);
        let text = |number: u32| field(number).and_then(Value::as_text).unwrap_or_default().to_owned();
        let zone = field(entry::TIME_ZONE).and_then(Value::as_text).map(str::to_owned);
        let moment = field(entry::AT)
            .and_then(Value::as_list)
            .and_then(|at| Moment::restore(at.first()?.as_int()?, at.get(1)?.as_int()?, zone))
            .unwrap_or_else(|| Moment::of_record(instant_of(ms_of(object.created))));
        let chosen = field(entry::ON).and_then(Value::as_int).and_then(day_of);
        Self {
            title: text(entry::TITLE),
            tags: tags_of(object),
            on: chosen.unwrap_or_else(|| moment.local_at().date()),
            on_is_chosen: chosen.is_some(),
            moment,
            starred: field(entry::STARRED).and_then(Value::as_bool).unwrap_or(false),
            trashed_at: field(entry::TRASHED_AT).and_then(Value::as_int),
            origin: field(entry::ORIGIN).and_then(Value::as_int).map_or(EntryOrigin::Written, origin_of),
            source: field(entry::SOURCE).and_then(source_of),
        }
    }
}

/// Gives the tags in order of spelling. Two devices may have added two spellings of one tag: one of them is shown.
fn tags_of(object: &Object) -> Vec<String> {
    let elements = object.sets.get(&entry::TAGS).map(Vec::as_slice).unwrap_or_default();
    let by_key: BTreeMap<String, &str> =
        elements.iter().rev().filter_map(Value::as_text).map(|tag| (tag_key(tag), tag)).collect();
    by_key.into_values().map(str::to_owned).collect()
}

/// Gives the milliseconds since 1970 of a logical time.
pub(crate) fn ms_of(time: Hlc) -> i64 {
    i64::try_from(time.ms()).unwrap_or(i64::MAX)
}

/// Gives the instant of milliseconds since 1970, or 1970 itself when there is no such instant.
pub(crate) fn instant_of(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}

fn day_of(number: i64) -> Option<NaiveDate> {
    let day = NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?)?;
    (1..=9999).contains(&day.year()).then_some(day)
}

/// Sets when an entry was written.
pub(crate) fn set_moment(moment: &Moment) -> [Op; 2] {
    let at = Value::List(vec![
        Value::Int(moment.instant().timestamp_millis()),
        Value::Int(i64::from(moment.offset_seconds())),
    ]);
    let zone = moment.time_zone().map_or(Value::Null, Value::from);
    [Op::Set { field: entry::AT, value: at }, Op::Set { field: entry::TIME_ZONE, value: zone }]
}

/// Sets the day an entry belongs to; none lets it follow the moment.
pub(crate) fn set_on(on: Option<NaiveDate>) -> Op {
    let value = on.map_or(Value::Null, |on| Value::Int(i64::from(on.num_days_from_ce())));
    Op::Set { field: entry::ON, value }
}

/// Gives the number of an origin.
pub(crate) fn origin_number(origin: EntryOrigin) -> i64 {
    match origin {
        EntryOrigin::Written => 0,
        EntryOrigin::Captured => 1,
        EntryOrigin::Imported => 2,
        EntryOrigin::Guided => 3,
    }
}

/// Gives the origin of a number; one that a newer program knows counts as written.
pub(crate) fn origin_of(number: i64) -> EntryOrigin {
    match number {
        1 => EntryOrigin::Captured,
        2 => EntryOrigin::Imported,
        3 => EntryOrigin::Guided,
        _ => EntryOrigin::Written,
    }
}

/// Writes a source as a value.
pub(crate) fn source_value(source: &Source) -> Value {
    let pair =
        |(name, value): (&String, &String)| Value::List(vec![name.as_str().into(), value.as_str().into()]);
    let fields = source.fields.iter().map(pair).collect();
    Value::List(vec![source.app.as_str().into(), source.id.as_str().into(), Value::List(fields)])
}

fn source_of(value: &Value) -> Option<Source> {
    let [app, id, rest @ ..] = value.as_list()? else { return None };
    let pairs = rest.first().and_then(Value::as_list).unwrap_or_default();
    let field = |pair: &Value| {
        let pair = pair.as_list()?;
        Some((pair.first()?.as_text()?.to_owned(), pair.get(1)?.as_text()?.to_owned()))
    };
    Some(Source {
        app: app.as_text()?.to_owned(),
        id: id.as_text()?.to_owned(),
        fields: pairs.iter().filter_map(field).collect(),
    })
}

/// Gives the operations that make a file of an entry.
pub(crate) fn attachment_ops(file: &Attachment, blob: &Blob) -> Vec<Op> {
    let mut ops = vec![Op::Create { kind: Kind::Attachment }];
    let mut set = |field: u32, value: Value| ops.push(Op::Set { field, value });
    set(attachment::ENTRY, Value::Bytes(file.entry.as_bytes().to_vec()));
    set(attachment::NAME, file.name.as_str().into());
    set(attachment::MIME, file.mime.as_str().into());
    set(attachment::SIZE, Value::Int(i64::try_from(file.size).unwrap_or(i64::MAX)));
    set(attachment::BLAKE3, Value::Bytes(file.blake3.to_vec()));
    if let (Some(width), Some(height)) = (file.width, file.height) {
        set(attachment::WIDTH, Value::Int(i64::from(width)));
        set(attachment::HEIGHT, Value::Int(i64::from(height)));
    }
    set(attachment::BLOB, blob_value(blob));
    ops
}

fn blob_value(blob: &Blob) -> Value {
    Value::List(vec![
        Value::Bytes(blob.key.as_bytes().to_vec()),
        Value::Bytes(blob.nonce16.to_vec()),
        Value::List(blob.chunks.iter().map(|name| Value::Bytes(name.to_vec())).collect()),
    ])
}

/// Reads a file of an entry; none when the object lacks what a file needs.
pub(crate) fn attachment_of(object: &Object) -> Option<Attachment> {
    let field = |number: u32| object.fields.get(&number);
    let pixels = |number: u32| field(number).and_then(Value::as_int).and_then(|n| u32::try_from(n).ok());
    Some(Attachment {
        id: AttachmentId::from_bytes(object.id),
        entry: EntryId::from_bytes(field(attachment::ENTRY)?.as_bytes()?.try_into().ok()?),
        name: field(attachment::NAME)?.as_text()?.to_owned(),
        mime: field(attachment::MIME)?.as_text()?.to_owned(),
        size: u64::try_from(field(attachment::SIZE)?.as_int()?).ok()?,
        blake3: field(attachment::BLAKE3)?.as_bytes()?.try_into().ok()?,
        width: pixels(attachment::WIDTH),
        height: pixels(attachment::HEIGHT),
        voice: voice_of(object),
    })
}

/// Reads where the sealed bytes of a file lie and how they are opened.
pub(crate) fn blob_of(object: &Object) -> Option<Blob> {
    let file = attachment_of(object)?;
    let parts = object.fields.get(&attachment::BLOB)?.as_list()?;
    let name = |value: &Value| value.as_bytes()?.try_into().ok();
    Some(Blob {
        key: Key32::from_slice(parts.first()?.as_bytes()?)?,
        nonce16: parts.get(1)?.as_bytes()?.try_into().ok()?,
        chunks: parts.get(2)?.as_list()?.iter().map(name).collect::<Option<_>>()?,
        size: file.size,
        blake3: file.blake3,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_numbers_never_change() {
        use super::{attachment as a, entry as e};
        let entry = [
            e::TITLE,
            e::TEXT,
            e::TAGS,
            e::AT,
            e::TIME_ZONE,
            e::ON,
            e::STARRED,
            e::TRASHED_AT,
            e::ORIGIN,
            e::SOURCE,
            e::RESTORED,
            e::IMPORTED_MARK,
        ];
        assert_eq!(entry, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        let attachment = [a::ENTRY, a::NAME, a::MIME, a::SIZE, a::BLAKE3, a::WIDTH, a::HEIGHT, a::BLOB];
        assert_eq!(attachment, [1, 2, 3, 4, 5, 6, 7, 8]);
        use crate::voice::record as v;
        assert_eq!([v::DURATION, v::PEAKS, v::MARKS, v::CUT_SHORT], [9, 10, 11, 12]);
        assert_eq!((Kind::Entry.0, Kind::Attachment.0), (2, 3));
        let origins =
            [EntryOrigin::Written, EntryOrigin::Captured, EntryOrigin::Imported, EntryOrigin::Guided];
        assert_eq!(origins.map(origin_number), [0, 1, 2, 3]);
        assert_eq!(origins.map(|origin| origin_of(origin_number(origin))), origins);
    }

    #[test]
    fn a_source_comes_back_with_all_its_fields() {
        let fields = [("weather".to_owned(), "rain".to_owned()), ("étoile".to_owned(), String::new())].into();
        let source = Source { app: "markdown".into(), id: "2026/a.md".into(), fields };
        assert_eq!(source_of(&source_value(&source)), Some(source));
    }
}
