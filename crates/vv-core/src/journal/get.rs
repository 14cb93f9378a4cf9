//! Giving one entry whole.

use super::error::JournalError;
use super::model::{Entry, EntryRow};
use super::record::{self, EntryFacts, instant_of};
use super::table::{entries, files};
use super::versions::count_versions;
use crate::ids::EntryId;
use crate::store::op::{DocRow, Kind, Object};
use crate::store::tx::Reader;

/// Gives an entry whole, wherever it lies: in the timeline or in the trash.
pub fn get_entry(reader: &Reader, id: EntryId) -> Result<Entry, JournalError> {
    let text = text_of_entry(reader, id)?;
    entry_with(reader, id, text)
}

/// Gives an entry as a row of the timeline, wherever it lies.
pub fn get_row(reader: &Reader, id: EntryId) -> Result<EntryRow, JournalError> {
    entries::read_row(reader.sql(), id)?.ok_or(JournalError::NoEntry)
}

/// Gives an entry as it leaves the notebook: whole, without its history, which is left uncounted.
pub(crate) fn entry_to_take_out(reader: &Reader, id: EntryId) -> Result<Entry, JournalError> {
    let text = text_of_entry(reader, id)?;
    read_entry(reader, id, text, 0)
}

/// Gives the text of an entry alone.
pub(crate) fn text_of_entry(reader: &Reader, id: EntryId) -> Result<String, JournalError> {
    Ok(reader.doc_text(id.as_bytes(), record::entry::TEXT)?.unwrap_or_default())
}

/// Gives an entry whose text was read already.
pub(super) fn entry_with(reader: &Reader, id: EntryId, text: String) -> Result<Entry, JournalError> {
    let versions = count_versions(reader, id)?.count;
    read_entry(reader, id, text, versions)
}

fn read_entry(reader: &Reader, id: EntryId, text: String, version_count: u32) -> Result<Entry, JournalError> {
    let kept = entries::read_entry(reader.sql(), id)?.ok_or(JournalError::NoEntry)?;
    let source = if kept.imported { EntryFacts::of(&read_object(reader, id)?).source } else { None };
    Ok(Entry {
        id,
        title: kept.row.title,
        text,
        tags: kept.row.tags,
        on: kept.row.on,
        at: kept.moment.instant(),
        local_at: kept.moment.local_at(),
        time_zone: kept.moment.time_zone().map(str::to_owned),
        starred: kept.row.starred,
        trashed: kept.row.trashed,
        source,
        attachments: files::of_entry(reader.sql(), id)?,
        origin: kept.row.origin,
        word_count: kept.word_count,
        version_count,
        changed_at: instant_of(kept.changed_at_ms),
    })
}

/// Finds the entry that was imported from this place: a program or format, and the id there.
pub fn find_by_source(reader: &Reader, app: &str, id: &str) -> Result<Option<EntryId>, JournalError> {
    Ok(entries::find_by_source(reader.sql(), app, id)?)
}

/// Reads the object of an entry that is there and not deleted.
pub(super) fn read_object(reader: &Reader, id: EntryId) -> Result<Object, JournalError> {
    let object = reader.object(id.as_bytes())?;
    object.filter(|object| !object.erased && object.kind == Kind::Entry.0).ok_or(JournalError::NoEntry)
}

/// Reads the text of an entry; one that was never written is empty and has no state.
pub(super) fn read_text(reader: &Reader, id: EntryId) -> Result<DocRow, JournalError> {
    let doc = reader.doc(id.as_bytes(), record::entry::TEXT)?;
    Ok(doc.unwrap_or_else(|| DocRow { state: Vec::new(), text: String::new() }))
}
