//! What an entry was when it was last imported, so that a later import can tell whether the person changed it here since.
//!
//! The fingerprint lies behind that of the source, in the same field of the record.

use super::draft::Mark;
use super::error::PortabilityError;
use crate::ids::EntryId;
use crate::journal::record::entry;
use crate::journal::tag::tag_key;
use crate::journal::text::normal_lines;
use crate::journal::{Moment, get_entry};
use crate::store::Reader;
use crate::store::op::{Object, Value};

/// Is what a person can change of an entry.
pub(crate) struct State<'a> {
    pub(crate) title: &'a str,
    pub(crate) text: &'a str,
    pub(crate) tags: &'a [String],
    pub(crate) written: &'a Moment,
    pub(crate) on: chrono::NaiveDate,
    pub(crate) starred: bool,
}

impl State<'_> {
    fn fingerprint(&self) -> [u8; 32] {
        let mut tags: Vec<String> = self.tags.iter().map(|tag| tag_key(tag.trim())).collect();
        tags.sort();
        tags.dedup();
        let mut mark = Mark::default();
        mark.take(self.title.trim()).take(normal_lines(self.text).as_bytes());
        mark.take(self.written.instant().timestamp_millis().to_le_bytes());
        mark.take(self.written.offset_seconds().to_le_bytes()).take(self.on.to_string());
        mark.take([u8::from(self.starred)]);
        for tag in tags {
            mark.take(tag);
        }
        mark.end()
    }

    /// Gives what the record keeps: the fingerprint of the source, and this one.
    pub(crate) fn beside(&self, source: &[u8; 32]) -> Vec<u8> {
        [*source, self.fingerprint()].concat()
    }
}

/// Gives the fingerprint of the source that an entry was last imported from.
pub(crate) fn source_mark(object: &Object) -> Option<&[u8]> {
    object.fields.get(&entry::IMPORTED_MARK).and_then(Value::as_bytes).and_then(|marks| marks.get(..32))
}

/// Tells whether the person changed an entry since it was last imported.
pub(crate) fn is_changed_here(
    reader: &Reader<'_>,
    id: EntryId,
    object: &Object,
) -> Result<bool, PortabilityError> {
    let marks = object.fields.get(&entry::IMPORTED_MARK).and_then(Value::as_bytes);
    let Some(then) = marks.and_then(|marks| marks.get(32..64)) else { return Ok(false) };
    let here = get_entry(reader, id)?;
    let offset = (here.local_at - here.at.naive_utc()).num_seconds();
    let written = Moment::with_offset(here.at, i32::try_from(offset).unwrap_or_default(), None)?;
    let now = State {
        title: &here.title,
        text: &here.text,
        tags: &here.tags,
        written: &written,
        on: here.on,
        starred: here.starred,
    };
    Ok(now.fingerprint() != then)
}
