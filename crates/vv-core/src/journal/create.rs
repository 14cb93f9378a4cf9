//! Making entries.

use super::attach::{PreparedFile, add_file_as, prepare_file};
use super::error::JournalError;
use super::model::NewEntry;
use super::moment::{Moment, check_year};
use super::record::{self, entry};
use super::tag::clean_tags;
use super::text::{MAX_TEXT_BYTES, clean_text, clean_title, normal_lines};
use crate::ids::{AttachmentId, EntryId};
use crate::store::blobs::BlobStore;
use crate::store::doc::TextDoc;
use crate::store::op::{Change, Kind, Op, Value};
use crate::store::tx::Tx;

/// The session in which an entry is made. Numbers that are taken begin at 1, so nobody else ever writes under it.
const MAKING: u64 = 0;
/// Bytes of the beginning that an entry keeps of a text too long for it.
const BEGINNING_BYTES: usize = 8_192;

/// Makes an entry and gives its id. One entry is one record.
///
/// # Errors
/// [`JournalError::TooLarge`] for a text over 1 MiB; [`JournalError::Invalid`] for a title, tag, date or time zone that
/// cannot be kept. Nothing is made then.
pub fn create_entry(tx: &mut Tx, new: NewEntry) -> Result<EntryId, JournalError> {
    let id: EntryId = new.id.unwrap_or_else(|| tx.make_id());
    let title = clean_title(&new.title)?;
    let text = clean_text(&new.text)?;
    let tags = clean_tags(&new.tags)?;
    let moment = match new.written {
        Some(moment) => moment,
        None => moment_of_now(tx)?,
    };

    let mut ops = vec![Op::Create { kind: Kind::Entry }];
    ops.extend(
        record::set_moment(&moment)
            .into_iter()
            .filter(|op| !matches!(op, Op::Set { value: Value::Null, .. })),
    );
    if !title.is_empty() {
        ops.push(Op::Set { field: entry::TITLE, value: Value::Text(title) });
    }
    if let Some(on) = new.on {
        check_year(on, "on")?;
        if on != moment.local_at().date() {
            ops.push(record::set_on(Some(on)));
        }
    }
    if new.starred {
        ops.push(Op::Set { field: entry::STARRED, value: Value::Bool(true) });
    }
    if record::origin_number(new.origin) != 0 {
        ops.push(Op::Set { field: entry::ORIGIN, value: Value::Int(record::origin_number(new.origin)) });
    }
    if let Some(source) = &new.source {
        ops.push(Op::Set { field: entry::SOURCE, value: record::source_value(source) });
    }
    if let Some(mark) = new.imported_mark {
        ops.push(Op::Set { field: entry::IMPORTED_MARK, value: Value::Bytes(mark) });
    }
    ops.extend(tags.into_iter().map(|tag| Op::Add { field: entry::TAGS, element: Value::Text(tag) }));
    if !text.is_empty() {
        let object = *id.as_bytes();
        let mut doc = TextDoc::new(tx.client_id(&object, MAKING)?);
        let updates = doc.apply_text(&text);
        ops.extend(updates.into_iter().map(|bytes| Op::UpdateDoc {
            field: entry::TEXT,
            session: MAKING,
            bytes,
        }));
    }
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(id)
}

/// Makes many entries in one transaction and gives their ids in the same order.
pub fn create_entries(
    tx: &mut Tx,
    new: impl IntoIterator<Item = NewEntry>,
) -> Result<Vec<EntryId>, JournalError> {
    new.into_iter().map(|new| create_entry(tx, new)).collect()
}

/// Tells what became of a text that may be too long for an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongText {
    /// The entry.
    pub entry: EntryId,
    /// The file that holds the whole text, when the entry holds only its beginning.
    pub file: Option<AttachmentId>,
}

/// Makes an entry of a text of any length. One over 1 MiB is kept whole as a Markdown file of the entry; the entry holds its
/// beginning and a link to the file.
pub fn create_with_long_text(
    tx: &mut Tx,
    blobs: &BlobStore,
    new: NewEntry,
) -> Result<LongText, JournalError> {
    let whole = normal_lines(&new.text).into_owned();
    if whole.len() <= MAX_TEXT_BYTES {
        return Ok(LongText { entry: create_entry(tx, new)?, file: None });
    }
    let name = if new.title.trim().is_empty() {
        "Whole text.md".to_owned()
    } else {
        format!("{}.md", new.title.trim())
    };
    let file: AttachmentId = tx.make_id();
    let prepared: PreparedFile = prepare_file(blobs, &name, whole.as_bytes())?;
    let text = format!("{}\n\n[{}](attachment:{file})\n", beginning(&whole), link_words(prepared.name()));
    let entry = create_entry(tx, NewEntry { text, ..new })?;
    add_file_as(tx, file, entry, &prepared)?;
    Ok(LongText { entry, file: Some(file) })
}

/// Cuts a text after a paragraph, line or word.
fn beginning(text: &str) -> &str {
    let mut end = BEGINNING_BYTES.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let cut = &text[..end];
    let at =
        ["\n\n", "\n", " "].iter().find_map(|edge| cut.rfind(edge).filter(|at| *at > BEGINNING_BYTES / 2));
    cut[..at.unwrap_or(cut.len())].trim_end()
}

fn link_words(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '[' | ']' | '\\')).collect()
}

/// Takes the present moment on this computer's clock. A time zone that is not known here counts as none.
pub(super) fn moment_of_now(tx: &Tx) -> Result<Moment, JournalError> {
    let zone = tx.time_zone();
    Moment::at(tx.now(), zone.as_deref()).or_else(|_| Moment::at(tx.now(), None))
}
