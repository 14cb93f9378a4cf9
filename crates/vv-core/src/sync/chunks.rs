//! Attached files on their way: sealed chunks, each verified by its name.
//!
//! Which files there are follows from the log: every object of that kind that a record since the last look is about. A chunk is sent
//! before the record that names it, and one that is named and not here is fetched; either can stop and go on at any chunk.

use super::error::SyncError;
use super::server::{Bound, Trip};
use super::table;
use crate::ids::AttachmentId;
use crate::journal::blob_of_attachment;
use crate::ports::remote::RemoteError;
use crate::store::StoreError;
use crate::store::op::Kind;
use uuid::Uuid;
use vv_protocol::limits::MAX_BLOB_LEN;

/// Notes which chunks have to be sent or fetched. A file that is longer than anything may be that travels stays here.
pub(super) fn look(trip: &mut Trip<'_>, bound: &Bound) -> Result<(), SyncError> {
    let (pid, sid) = (trip.pid, bound.space.sid);
    let kind = Kind::Attachment.0;
    let (touched, last) =
        trip.notebook.read(|reader| table::touched_since(reader.sql(), pid, sid, kind))?;
    if touched.is_empty() && last == 0 {
        return Ok(());
    }
    trip.notebook.write(|tx| {
        for object in touched {
            let id = AttachmentId::from(Uuid::from_bytes(object));
            let Some(blob) = blob_of_attachment(tx, id)? else { continue };
            if blob.size > MAX_BLOB_LEN {
                continue;
            }
            for name in &blob.chunks {
                table::add_due(tx.sql(), pid, sid, name)?;
            }
        }
        table::set_looked(tx.sql(), pid, sid, last)
    })?;
    Ok(())
}

/// Sends the chunks that are here.
pub(super) fn send(trip: &mut Trip<'_>, bound: &Bound) -> Result<(), SyncError> {
    for name in due(trip, bound)? {
        let Some(bytes) = trip.notebook.blobs().sealed(&name)? else { continue };
        if !trip.remote.has_chunk(&bound.key, &name)? {
            trip.remote.put_chunk(&bound.key, &name, &bytes)?;
            trip.round.chunks_sent += 1;
        }
        settle(trip, bound, &name)?;
    }
    Ok(())
}

/// Fetches the chunks that are not here. One that is not there either is asked for again in a later round.
pub(super) fn fetch(trip: &mut Trip<'_>, bound: &Bound) -> Result<(), SyncError> {
    look(trip, bound)?;
    for name in due(trip, bound)? {
        if trip.notebook.blobs().path_of(&name).exists() {
            continue;
        }
        match trip.remote.get_chunk(&bound.key, &name) {
            // A chunk that is not what its name says is as good as none.
            Ok(bytes) => match trip.notebook.blobs().put_sealed(&name, &bytes) {
                Ok(()) => {
                    trip.round.chunks_received += 1;
                    settle(trip, bound, &name)?;
                }
                Err(StoreError::BlobDamaged) => {}
                Err(problem) => return Err(problem.into()),
            },
            Err(RemoteError::NotFound) => {}
            Err(problem) => return Err(problem.into()),
        }
    }
    Ok(())
}

fn due(trip: &Trip<'_>, bound: &Bound) -> Result<Vec<[u8; 32]>, SyncError> {
    Ok(trip.notebook.read(|reader| table::due(reader.sql(), trip.pid, bound.space.sid))?)
}

fn settle(trip: &mut Trip<'_>, bound: &Bound, name: &[u8; 32]) -> Result<(), SyncError> {
    trip.notebook.write(|tx| table::remove_due(tx.sql(), trip.pid, bound.space.sid, name))?;
    trip.step()
}
