//! Sending the feeds of this device to a server, in their order and without gaps.

use vv_crypto::derive_feed_key;
use vv_protocol::limits::{MAX_BATCH_LEN, MAX_BATCH_RECORDS};
use vv_protocol::{CONTROL_STREAM, PushClaim, Record, Stub, contexts};

use super::chain;
use super::error::SyncError;
use super::model::AlarmKind;
use super::server::{Bound, Trip};
use super::table;
use crate::ports::remote::{Batch, Pulled, RemoteError, StreamHead};
use crate::store::log::{self, FeedRow, RecordRow, RecordState};
use crate::store::{Reader, StoreError};

/// Bytes by which a batch stays under its limit, for what frames it.
const ROOM_FOR_FRAME: usize = 64 * 1024;

impl Trip<'_> {
    /// Sends what a server does not have yet of the feeds of this device in one stream.
    pub(super) fn push(&mut self, bound: &Bound, stream: u32) -> Result<(), SyncError> {
        let (pid, sid) = (self.pid, bound.space.sid);
        let feeds = self.notebook.read(|reader| own_feeds(reader, sid, stream))?;
        for feed in feeds {
            loop {
                let batch = self.notebook.read(|reader| next_batch(reader, pid, &feed))?;
                let Some((batch, last)) = batch else { break };
                self.push_batch(bound, &feed, &batch, last)?;
                self.step()?;
            }
        }
        Ok(())
    }

    fn push_batch(&mut self, bound: &Bound, feed: &FeedRow, batch: &Batch, last: u64) -> Result<(), SyncError> {
        let (pid, sid, stream) = (self.pid, bound.space.sid, feed.head.stream);
        let at = self.notebook.read(|reader| table::stream_head(reader.sql(), pid, sid, stream))?;
        // Membership changes only on top of everything that is known of it.
        let if_head = (stream == CONTROL_STREAM).then_some(at.gseq);
        let head = match self.remote.push(&bound.key, stream, batch, if_head) {
            Err(RemoteError::FeedFork) => return Err(self.alarm(sid, AlarmKind::SetBack)),
            head => head?,
        };
        let heads = chain::follow(&StreamHead { log_id: head.log_id, ..at }, &batch.items);
        let reached = *heads.last().expect("a batch is never empty");
        let bytes: u64 = batch.items.iter().map(|item| match item {
            Pulled::Record(record) => record.ct.len() as u64 + 121,
            Pulled::Stub(_) => 153,
        }).sum();
        self.notebook.write(|tx| {
            table::set_sent(tx.sql(), pid, feed.fid, last)?;
            table::count_traffic(tx.sql(), pid, sid, bytes, 0, 0)?;
            // Nobody wrote between: the stream is known up to here without reading it back.
            if reached.gseq == head.gseq && reached.chain == head.chain {
                chain::keep(tx.sql(), pid, sid, &heads)?;
                table::set_stream_head(tx.sql(), pid, sid, &reached)?;
            }
            Ok::<_, StoreError>(())
        })?;
        let count = batch.items.len() as u64;
        self.round.sent += count;
        self.progress.sent += count;
        if head.gseq < at.gseq {
            return Err(self.alarm(sid, AlarmKind::RolledBack));
        }
        Ok(())
    }
}

/// Lists the feeds that this device wrote in a stream, in all its lives.
fn own_feeds(reader: &Reader<'_>, sid: i64, stream: u32) -> Result<Vec<FeedRow>, StoreError> {
    let device = *reader.core().device_key.verifying_key().as_bytes();
    let mut feeds = log::list_feeds(reader.sql())?;
    feeds.retain(|feed| feed.sid == sid && feed.head.stream == stream && feed.device == device);
    Ok(feeds)
}

/// Puts together what comes next of a feed; none when all of it is there. A feed that lost records to a damage ends there: the
/// life after it goes on in a feed of its own.
fn next_batch(
    reader: &Reader<'_>,
    pid: i64,
    feed: &FeedRow,
) -> Result<Option<(Batch, u64)>, StoreError> {
    let sent = table::sent(reader.sql(), pid, feed.fid)?;
    if sent >= feed.head.seq {
        return Ok(None);
    }
    let rows = log::records_of_feed(reader.sql(), feed.fid, sent, MAX_BATCH_RECORDS as u32)?;
    let (mut items, mut bytes, mut last) = (Vec::new(), 0, sent);
    for row in rows {
        bytes += row.raw.len();
        if row.seq != last + 1 || (bytes > MAX_BATCH_LEN - ROOM_FOR_FRAME && !items.is_empty()) {
            break;
        }
        last = row.seq;
        items.push(item_of(&row)?);
    }
    let Some(claim) = claim_of(&items) else { return Ok(None) };
    let seed = reader.core().device_key.seed();
    let key = derive_feed_key(&seed, &feed.head.space, feed.head.stream, feed.incarnation);
    let signature = key.sign(contexts::PUSH_SIGNATURE, &[&claim.to_bytes()]);
    Ok(Some((Batch { items, feed_key: feed.public_key, signature }, last)))
}

/// Decodes what the log holds of a record.
pub(super) fn item_of(row: &RecordRow) -> Result<Pulled, StoreError> {
    let malformed = |_| StoreError::BadRecord("it is malformed");
    Ok(match row.state {
        RecordState::Stub => Pulled::Stub(Stub::decode(&row.raw).map_err(malformed)?),
        _ => Pulled::Record(Record::decode(&row.raw).map_err(malformed)?),
    })
}

/// States what a run of one feed is.
pub(super) fn claim_of(items: &[Pulled]) -> Option<PushClaim> {
    let header = |item: &Pulled| match item {
        Pulled::Record(record) => record.header.clone(),
        Pulled::Stub(stub) => stub.header.clone(),
    };
    let (first, last) = (header(items.first()?), header(items.last()?));
    Some(PushClaim {
        space: first.space,
        stream: first.stream,
        first_seq: first.seq,
        last_seq: last.seq,
        last_hash: items.last()?.hash(),
    })
}
