//! Marks of a finished note: named, added, taken away.

use super::error::VoiceError;
use super::model::Mark;
use super::record::{self, MARKS};
use crate::ids::AttachmentId;
use crate::journal::{Attachment, JournalError, get_attachment};
use crate::store::op::{Change, Op};
use crate::store::tx::Tx;

/// Characters a mark's name has at most.
pub const MAX_MARK_CHARS: usize = 120;

/// Gives the mark of a moment a name, making it when there is none; without a name it is taken away.
pub fn change_mark(
    tx: &mut Tx,
    id: AttachmentId,
    at_ms: u64,
    name: Option<&str>,
) -> Result<Attachment, VoiceError> {
    let object =
        tx.object(id.as_bytes())?.filter(|object| !object.erased).ok_or(JournalError::NoAttachment)?;
    let voice = record::voice_of(&object).ok_or(VoiceError::NotAVoiceNote)?;
    let name = name.map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
    if name.as_ref().is_some_and(|name| name.chars().count() > MAX_MARK_CHARS) {
        return Err(VoiceError::LongName);
    }
    if name.is_some() && at_ms > voice.duration_ms {
        return Err(VoiceError::Beyond);
    }
    let wanted = name.map(|name| record::element(&Mark { at_ms, name }));
    let there = record::elements_at(&object, at_ms);
    let goes = there.iter().filter(|element| wanted.as_ref() != Some(element)).cloned();
    let mut ops: Vec<Op> = goes.map(|element| Op::Remove { field: MARKS, element }).collect();
    if let Some(element) = wanted.filter(|element| !there.contains(element)) {
        ops.push(Op::Add { field: MARKS, element });
    }
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(get_attachment(tx, id)?)
}
