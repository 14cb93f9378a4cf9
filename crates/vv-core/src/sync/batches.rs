//! Batches: runs of a feed of this device, signed by the feed, as every place takes them.

use vv_crypto::derive_feed_key;
use vv_protocol::contexts;
use vv_protocol::limits::{MAX_BATCH_LEN, MAX_BATCH_RECORDS};
use vv_protocol::wire::{Batch, Carried};

use crate::store::log::{self, FeedRow};
use crate::store::splits;
use crate::store::{Reader, StoreError};

/// Bytes by which the records of a batch stay under its limit, for what frames them.
const ROOM_FOR_FRAME: usize = 64 * 1024;

/// Lists the feeds that this device wrote in a stream, in all its lives.
pub(super) fn own_feeds(reader: &Reader<'_>, sid: i64, stream: u32) -> Result<Vec<FeedRow>, StoreError> {
    let device = reader.core().device();
    log::feeds_of_device_in(reader.sql(), sid, stream, &device)
}

/// Lists the feeds that this device wrote in a stream and that may go out: not those that have split.
pub(super) fn feeds_to_send(reader: &Reader<'_>, sid: i64, stream: u32) -> Result<Vec<FeedRow>, StoreError> {
    let mut feeds = own_feeds(reader, sid, stream)?;
    let split = splits::list(reader.sql())?;
    feeds.retain(|feed| !split.iter().any(|split| split.feed.fid == feed.fid));
    Ok(feeds)
}

/// Puts together what comes after a record of a feed; none when nothing does. A feed that lost records to a damage ends there:
/// the life after it goes on in a feed of its own.
pub(super) fn next_batch(
    reader: &Reader<'_>,
    feed: &FeedRow,
    after: u64,
) -> Result<Option<Batch>, StoreError> {
    if after >= feed.head.seq {
        return Ok(None);
    }
    let rows = log::records_of_feed(reader.sql(), feed.fid, after, MAX_BATCH_RECORDS as u32)?;
    let (mut records, mut bytes, mut last) = (Vec::with_capacity(rows.len()), 0, after);
    for row in rows {
        bytes += row.raw.len();
        if row.seq != last + 1 || (bytes > MAX_BATCH_LEN - ROOM_FOR_FRAME && !records.is_empty()) {
            break;
        }
        last = row.seq;
        records.push(Carried::from_raw(row.raw).map_err(|_| StoreError::BadRecord("it is malformed"))?);
    }
    let mut batch =
        Batch { feed_key: feed.public_key, records, signature: [0; 64], head: None, access: None };
    let Some(claim) = batch.claim() else { return Ok(None) };
    let seed = reader.core().device_key.seed();
    let key = derive_feed_key(&seed, &feed.head.space, feed.head.stream, feed.incarnation);
    batch.signature = key.sign(contexts::PUSH_SIGNATURE, &[&claim.to_bytes()]);
    Ok(Some(batch))
}
