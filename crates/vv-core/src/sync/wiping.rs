//! Deletion for good, carried to the places: sealed parts of records and chunks of files that were erased here go there too.
//!
//! Header and hash of a record stay everywhere, so every chain holds. Only what a person deleted is asked to go, and it is asked of each
//! place once.

use vv_crypto::derive_feed_key;
use vv_protocol::wire::{Claim, PurgeClaim, Signed};

use super::error::SyncError;
use super::server::{Bound, Trip};
use super::table;
use crate::ports::remote::RemoteError;
use crate::store::log::FeedRow;
use crate::store::{Reader, StoreError, Tx};

/// Records that are named in one request.
const AT_ONCE: usize = 500;

/// Notes in the transaction that deletes files which chunks are to go from every place.
pub(crate) fn note_chunks(tx: &Tx<'_>, names: &[[u8; 32]]) -> Result<(), StoreError> {
    for place in table::list_places(tx.sql())? {
        for name in names {
            table::add_gone(tx.sql(), place.id, name)?;
        }
    }
    Ok(())
}

impl Trip<'_> {
    /// Asks the server to wipe what was erased here since the last time. Records of other devices are asked for only where this
    /// person alone has a say.
    pub(super) fn wipe(&mut self, bound: &Bound) -> Result<(), SyncError> {
        let (pid, sid) = (self.pid, bound.space.sid);
        let due = self.notebook.read(|reader| table::stubs_due(reader.sql(), pid, sid))?;
        for (feed, seqs) in due {
            let is_own = self.notebook.read(|reader| Ok::<_, StoreError>(feed.device == reader.core().device()))?;
            if !is_own && !bound.space.is_ones_own() {
                continue;
            }
            for seqs in seqs.chunks(AT_ONCE) {
                let claim = PurgeClaim {
                    space: bound.space.id,
                    stream: feed.head.stream,
                    feed: feed.head.feed,
                    seqs: seqs.to_vec(),
                };
                let signed = if is_own {
                    self.notebook.read(|reader| Ok::<_, StoreError>(sign_as_feed(reader, &feed, &claim)))?
                } else {
                    bound.key.sign(&claim)
                };
                self.remote.purge(&bound.key, feed.head.stream, &signed)?;
                self.notebook.write(|tx| table::note_purged(tx.sql(), pid, feed.fid, seqs))?;
                self.step()?;
            }
        }
        for name in self.notebook.read(|reader| table::gone(reader.sql(), pid))? {
            match self.remote.remove_chunk(&bound.key, &name) {
                Ok(()) | Err(RemoteError::NotFound) => {}
                Err(problem) => return Err(problem.into()),
            }
            if bound.space.is_journal() {
                self.notebook.write(|tx| table::remove_gone(tx.sql(), pid, &name))?;
            }
        }
        Ok(())
    }
}

fn sign_as_feed(reader: &Reader<'_>, feed: &FeedRow, claim: &PurgeClaim) -> Signed {
    let seed = reader.core().device_key.seed();
    let key = derive_feed_key(&seed, &feed.head.space, feed.head.stream, feed.incarnation);
    let body = claim.encode();
    let signature = key.sign(PurgeClaim::CONTEXT, &[&body]);
    Signed { body, by: *key.verifying_key().as_bytes(), signature }
}
