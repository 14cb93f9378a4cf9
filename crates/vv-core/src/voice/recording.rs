//! A recording that runs: samples become packets, packets become pieces of half a second, pieces are written.
//!
//! Whatever was written is kept, whatever happens next; what is not written yet is less than a second. Nothing here reads a
//! clock: the time of a recording is what it has heard. Calls come one after the other, from one thread.

use std::collections::VecDeque;

use vv_crypto::Zeroizing;

use super::error::VoiceError;
use super::finish::remove_leftovers;
use super::opus::{FRAME, Packets, RATE};
use super::peaks::Meter;
use super::table::{self, Piece};
use crate::Notebook;
use crate::ids::{EntryId, RecordingId};
use crate::journal::get_row;
use crate::store::error::StoreError;
use crate::store::tx::Reader;

/// Packets of one piece: half a second.
const PIECE: usize = 25;
/// After so many pieces, a minute, the database lets go of their pages, which it would keep at hand for nobody.
const FORGET_AFTER: u32 = 120;
/// How many pieces wait at most while another program writes: ten minutes of sound, about 2 MB.
const MAX_WAITING: usize = 1_200;

/// Holds a recording that runs.
pub struct Recording {
    pub(super) id: RecordingId,
    entry: EntryId,
    packets: Packets,
    /// Samples that do not fill a packet yet.
    frame: Zeroizing<Vec<f32>>,
    meter: Meter,
    level: u8,
    piece: Piece,
    /// Pieces that are full and not written, because another program writes.
    waiting: VecDeque<Piece>,
    samples: u64,
}

impl Recording {
    /// Begins to record into an entry. `name` is what its file shall be called, without an ending.
    pub fn begin(notebook: &Notebook, entry: EntryId, name: &str) -> Result<Self, VoiceError> {
        let id = RecordingId::from(notebook.host().ids.make_id());
        let packets = Packets::begin()?;
        let owner = notebook.editors.own_token(notebook)?;
        notebook.write(|tx| {
            get_row(tx, entry)?;
            Ok::<_, VoiceError>(table::begin(tx.sql(), id, entry, &owner, name)?)
        })?;
        Ok(Self {
            id,
            entry,
            packets,
            frame: Zeroizing::new(Vec::with_capacity(FRAME)),
            meter: Meter::default(),
            level: 0,
            piece: Piece::default(),
            waiting: VecDeque::new(),
            samples: 0,
        })
    }

    /// Tells into which entry it records.
    pub fn entry(&self) -> EntryId {
        self.entry
    }

    /// Tells how much was heard, in milliseconds.
    pub fn elapsed_ms(&self) -> u64 {
        self.samples * 1_000 / u64::from(RATE)
    }

    /// Tells how loud it was within the last tenth of a second, as the peaks of a note do.
    pub fn level(&self) -> u8 {
        self.level
    }

    /// Tells how many bytes of sound it holds in memory.
    pub fn held_bytes(&self) -> usize {
        let waiting: usize = self.waiting.iter().map(|piece| piece.packets.len() + piece.peaks.len()).sum();
        self.frame.len() * size_of::<f32>() + self.piece.packets.len() + self.piece.peaks.len() + waiting
    }

    /// Hears samples of one channel at [`RATE`]. When it returns, all but the last half second is written.
    ///
    /// # Errors
    /// [`VoiceError::Gone`] when the entry was deleted for good. After any error what was written is still kept.
    pub fn hear(&mut self, notebook: &Notebook, samples: &[f32]) -> Result<(), VoiceError> {
        let mut rest = samples;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(FRAME - self.frame.len()));
            rest = later;
            // What is no number would silence the encoder for good.
            self.frame.extend(now.iter().map(|one| if one.is_finite() { one.clamp(-1.0, 1.0) } else { 0.0 }));
            self.samples += now.len() as u64;
            self.piece.samples += now.len() as u64;
            if self.frame.len() == FRAME {
                self.finish_packet()?;
                if self.piece.count == PIECE {
                    self.waiting.push_back(std::mem::take(&mut self.piece));
                    self.write(notebook)?;
                }
            }
        }
        Ok(())
    }

    /// Marks this moment and tells which it is. It is kept when this returns.
    pub fn mark(&mut self, notebook: &Notebook) -> Result<u64, VoiceError> {
        let at_ms = self.elapsed_ms();
        notebook.write(|tx| {
            self.still_there(tx)?;
            Ok::<_, VoiceError>(table::mark(tx.sql(), self.id, at_ms)?)
        })?;
        Ok(at_ms)
    }

    /// Writes all that was heard, as when the person pauses.
    pub fn flush(&mut self, notebook: &Notebook) -> Result<(), VoiceError> {
        if self.piece.count > 0 {
            self.waiting.push_back(std::mem::take(&mut self.piece));
        }
        self.write(notebook)
    }

    /// Gives up the recording: nothing of it stays.
    pub fn discard(self, notebook: &Notebook) -> Result<(), VoiceError> {
        notebook.write(|tx| table::end(tx.sql(), self.id))?;
        remove_leftovers(notebook)?;
        // What was written stands sealed in the log beside the file until that is emptied.
        Ok(notebook.checkpoint()?)
    }

    /// Writes down what is left at the end: the packet that is not full is filled with silence, which is no part of the note.
    pub(super) fn write_rest(&mut self, notebook: &Notebook) -> Result<(), VoiceError> {
        let mut room = 0;
        if !self.frame.is_empty() {
            room = FRAME - self.frame.len();
            self.frame.resize(FRAME, 0.0);
            self.finish_packet()?;
        }
        // The encoder gives the end of what it heard only with what comes after it.
        if self.samples > 0 && room < usize::from(Packets::lead_in()) {
            let silence = self.packets.make(&[0.0; FRAME])?;
            self.piece.add(&silence);
        }
        self.piece.peaks.extend(self.meter.take());
        self.flush(notebook)
    }

    fn finish_packet(&mut self) -> Result<(), VoiceError> {
        let packet = self.packets.make(&self.frame)?;
        if let Some(peak) = self.meter.hear(&self.frame) {
            self.level = peak;
            self.piece.peaks.push(peak);
        }
        self.frame.clear();
        self.piece.add(&packet);
        Ok(())
    }

    /// Writes the pieces that wait, in one transaction. While another program writes they go on waiting.
    fn write(&mut self, notebook: &Notebook) -> Result<(), VoiceError> {
        let written = notebook.write(|tx| {
            self.still_there(tx)?;
            let mut number = table::count_pieces(tx.sql(), self.id)?;
            for piece in &self.waiting {
                table::keep_piece(tx.sql(), self.id, number, piece)?;
                number += 1;
                if number.is_multiple_of(FORGET_AFTER) {
                    table::forget_pages(tx.sql())?;
                }
            }
            Ok::<_, VoiceError>(())
        });
        match written {
            Ok(()) => {
                self.waiting.clear();
                Ok(())
            }
            Err(VoiceError::Store(StoreError::Busy)) if self.waiting.len() < MAX_WAITING => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn still_there(&self, reader: &Reader) -> Result<(), VoiceError> {
        if table::find(reader.sql(), self.id)?.is_none() { Err(VoiceError::Gone) } else { Ok(()) }
    }
}
