//! Attached files on their way: sealed chunks, each verified by its name.
//!
//! Which files there are follows from the log: every object of that kind that a record since the last look is about. A chunk is sent
//! before the record that names it, and one that is named and not here is fetched; either can stop and go on at any chunk.

use uuid::Uuid;
use vv_protocol::limits::MAX_BLOB_LEN;

use super::error::SyncError;
use super::model::PlaceId;
use super::spaces::TravellingSpace;
use super::table;
use crate::ids::AttachmentId;
use crate::journal::blob_of_attachment;
use crate::notebook::Notebook;
use crate::store::op::Kind;
use crate::store::{Reader, StoreError, Tx};

/// Is where the chunks of one space lie at a place.
pub(super) trait Shelf {
    /// Says whether a chunk is there.
    fn has(&self, name: &[u8; 32]) -> Result<bool, SyncError>;
    /// Puts a chunk there.
    fn put(&self, name: &[u8; 32], bytes: &[u8]) -> Result<(), SyncError>;
    /// Fetches a chunk; none when it is not there.
    fn get(&self, name: &[u8; 32]) -> Result<Option<Vec<u8>>, SyncError>;
}

/// Says which chunks of which notebook go to and fro.
pub(super) struct Chunks<'a> {
    pub notebook: &'a Notebook,
    pub pid: PlaceId,
    pub space: TravellingSpace,
    /// Whether a file that is longer than a server takes stays here.
    pub is_bounded: bool,
}

impl Chunks<'_> {
    /// Sends the chunks that are here; gives how many.
    pub(super) fn send(
        &self,
        shelf: &dyn Shelf,
        step: &mut dyn FnMut() -> Result<(), SyncError>,
    ) -> Result<u64, SyncError> {
        let mut sent = 0;
        for name in self.due()? {
            let Some(bytes) = self.notebook.blobs().sealed(&name)? else { continue };
            if !shelf.has(&name)? {
                shelf.put(&name, &bytes)?;
                sent += 1;
            }
            self.settle(&name)?;
            step()?;
        }
        Ok(sent)
    }

    /// Fetches the chunks that are not here; gives how many. One that is not there either is asked for again in a later round,
    /// and so is one that is not what its name says.
    pub(super) fn fetch(
        &self,
        shelf: &dyn Shelf,
        step: &mut dyn FnMut() -> Result<(), SyncError>,
    ) -> Result<u64, SyncError> {
        let mut fetched = 0;
        for name in self.due()? {
            if self.notebook.blobs().path_of(&name).exists() {
                continue;
            }
            let Some(bytes) = shelf.get(&name)? else { continue };
            match self.notebook.blobs().put_sealed(&name, &bytes) {
                Ok(()) => {
                    fetched += 1;
                    self.settle(&name)?;
                    self.notebook.tell_of_files();
                }
                Err(StoreError::BlobDamaged) => {}
                Err(problem) => return Err(problem.into()),
            }
            step()?;
        }
        Ok(fetched)
    }

    /// Notes which chunks go to and fro since the last look, and lists what is left of them.
    fn due(&self) -> Result<Vec<[u8; 32]>, SyncError> {
        let (pid, sid) = (self.pid, self.space.sid);
        let kind = Kind::Attachment.0;
        let (touched, last) =
            self.notebook.read(|reader: &Reader<'_>| table::touched_since(reader.sql(), pid, sid, kind))?;
        if last > 0 {
            self.notebook.write(|tx| {
                for object in touched {
                    self.note(tx, Uuid::from_bytes(object).into())?;
                }
                table::set_looked(tx.sql(), pid, sid, last)
            })?;
        }
        Ok(self.notebook.read(|reader: &Reader<'_>| table::due(reader.sql(), pid, sid))?)
    }

    fn note(&self, tx: &Tx<'_>, id: AttachmentId) -> Result<(), StoreError> {
        let Some(blob) = blob_of_attachment(tx, id)? else { return Ok(()) };
        if self.is_bounded && blob.size > MAX_BLOB_LEN {
            return Ok(());
        }
        blob.chunks.iter().try_for_each(|name| table::add_due(tx.sql(), self.pid, self.space.sid, name))
    }

    fn settle(&self, name: &[u8; 32]) -> Result<(), SyncError> {
        Ok(self.notebook.write(|tx| table::remove_due(tx.sql(), self.pid, self.space.sid, name))?)
    }
}
