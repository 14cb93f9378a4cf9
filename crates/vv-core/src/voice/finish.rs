//! From pieces to a file: a recording that was stopped, and those a crash left.
//!
//! The pieces are read some at a time and sealed as they pass, so an hour takes no more memory than a minute. Until the
//! record of the file is written the recording stays; a crash in between leaves sealed chunks that nobody names, which the sweep
//! takes away. Once it is written the pieces belong to nobody, and a crash leaves some for the next opening to remove.

use std::collections::VecDeque;
use std::io;

use super::error::VoiceError;
use super::model::Voice;
use super::ogg_file::{OggFile, Source};
use super::opus::{FRAME, RATE};
use super::peaks::Outline;
use super::recording::Recording;
use super::{record, table};
use crate::Notebook;
use crate::ids::{EntryId, RecordingId};
use crate::journal::{Attachment, PreparedFile, add_file, get_attachment, owner};
use crate::store::op::Change;

/// Pieces that are read at a time: a minute and a half.
const AT_A_TIME: u32 = 180;
/// Pieces that are removed in one transaction.
const REMOVED_AT_A_TIME: usize = 500;
/// The name of a note that was given none.
const NAMELESS: &str = "Voice note";

/// Tells of a recording that a crash left and that is a file now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// The entry it belongs to.
    pub entry: EntryId,
    /// The file.
    pub attachment: Attachment,
}

impl Recording {
    /// Ends the recording: it becomes a file of its entry, whole or not at all. None when nothing was heard. `cut_short` says
    /// that nobody stopped it.
    ///
    /// # Errors
    /// After any error but [`VoiceError::Gone`] what was written waits for the next opening.
    pub fn finish(mut self, notebook: &Notebook, cut_short: bool) -> Result<Option<Attachment>, VoiceError> {
        // On a full disk the last half second is lost, and what came before is a note all the same.
        let rest = self.write_rest(notebook);
        let file = settle(notebook, self.id, cut_short);
        match (rest, file) {
            (Err(VoiceError::Gone), _) => Err(VoiceError::Gone),
            (_, file) => file,
        }
    }
}

/// Makes files of the recordings that crashed programs left; those of programs that still run are left to them. Called when a
/// notebook was opened for editing.
pub fn recover(notebook: &Notebook) -> Result<Vec<Recovered>, VoiceError> {
    if notebook.read(|reader| table::has_leftovers(reader.sql()))? {
        remove_leftovers(notebook)?;
    }
    let mut left = notebook.read(|reader| table::list(reader.sql()))?;
    left.retain(|row| {
        !notebook.editors.is_own(&row.owner) && !owner::is_running(notebook.folder(), &row.owner)
    });
    let mut recovered = Vec::new();
    for row in left {
        if let Some(attachment) = settle(notebook, row.id, true)? {
            recovered.push(Recovered { entry: attachment.entry, attachment });
        }
    }
    Ok(recovered)
}

/// Removes the pieces that belong to nobody any more, some at a time.
pub(super) fn remove_leftovers(notebook: &Notebook) -> Result<(), VoiceError> {
    while notebook.write(|tx| table::remove_pieces(tx.sql(), REMOVED_AT_A_TIME))? == REMOVED_AT_A_TIME {}
    Ok(())
}

/// Makes a file of the pieces of a recording.
fn settle(notebook: &Notebook, id: RecordingId, cut_short: bool) -> Result<Option<Attachment>, VoiceError> {
    let Some(row) = notebook.read(|reader| table::find(reader.sql(), id))? else {
        return Err(VoiceError::Gone);
    };
    let mut file = OggFile::new(Pieces::new(notebook, id));
    if !file.source_mut().read_more()? {
        notebook.write(|tx| table::end(tx.sql(), id))?;
        return Ok(None);
    }
    let name = if row.name.trim().is_empty() { NAMELESS } else { row.name.trim() };
    let prepared = PreparedFile::sound(notebook.blobs(), &format!("{name}.ogg"), &mut file)?;
    let Pieces { samples, outline, .. } = file.into_source();
    let mut voice = Voice {
        duration_ms: samples * 1_000 / u64::from(RATE),
        peaks: outline.finish(),
        marks: Vec::new(),
        cut_short,
    };
    let written = notebook.write(|tx| {
        // Another program may have been faster, or the entry may be gone.
        if table::find(tx.sql(), id)?.is_none() {
            return Err(VoiceError::Gone);
        }
        voice.marks = table::marks(tx.sql(), id)?;
        voice.marks.retain(|mark| mark.at_ms <= voice.duration_ms);
        let file = add_file(tx, row.entry, &prepared)?.attachment;
        tx.commit(Change { object: *file.id.as_bytes(), ops: record::ops(&voice) })?;
        table::end(tx.sql(), id)?;
        Ok(get_attachment(tx, file.id)?)
    });
    match written {
        Ok(attachment) => {
            if let Err(error) = remove_leftovers(notebook) {
                tracing::warn!(%error, "the pieces of a finished recording are removed at the next opening");
            }
            Ok(Some(attachment))
        }
        Err(error) => {
            // The first error is the one to tell; a chunk that stays behind is sealed, and its key is gone.
            let _ = prepared.discard(notebook.blobs());
            Err(error)
        }
    }
}

/// Reads the packets of a recording, some pieces at a time, and draws its outline on the way.
struct Pieces<'a> {
    notebook: &'a Notebook,
    id: RecordingId,
    next: u32,
    packets: VecDeque<(Vec<u8>, u64)>,
    samples: u64,
    outline: Outline,
}

impl<'a> Pieces<'a> {
    fn new(notebook: &'a Notebook, id: RecordingId) -> Self {
        let packets = VecDeque::new();
        Self { notebook, id, next: 0, packets, samples: 0, outline: Outline::begin() }
    }

    /// Reads some more, and says whether there was anything.
    fn read_more(&mut self) -> Result<bool, VoiceError> {
        let pieces = self.notebook.read(|reader| {
            let pieces = table::pieces(reader.sql(), self.id, self.next, AT_A_TIME)?;
            table::forget_pages(reader.sql())?;
            Ok::<_, VoiceError>(pieces)
        })?;
        self.next += AT_A_TIME;
        for table::KeptPiece { mut samples, packets, peaks } in pieces {
            self.samples += samples;
            peaks.into_iter().for_each(|peak| self.outline.add(peak));
            let mut rest = packets.as_slice();
            while let Some((length, tail)) = rest.split_first_chunk::<2>() {
                let Some((packet, tail)) = tail.split_at_checked(usize::from(u16::from_le_bytes(*length)))
                else {
                    break;
                };
                let meant = samples.min(FRAME as u64);
                samples -= meant;
                self.packets.push_back((packet.to_vec(), meant));
                rest = tail;
            }
        }
        Ok(!self.packets.is_empty())
    }
}

impl Source for Pieces<'_> {
    fn next(&mut self) -> io::Result<Option<(Vec<u8>, u64)>> {
        if self.packets.is_empty() {
            self.read_more().map_err(io::Error::other)?;
        }
        Ok(self.packets.pop_front())
    }
}
