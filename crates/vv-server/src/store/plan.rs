//! What a push does to a stream, as plain facts: which records are known, which are new, and where those stand.
//!
//! Both stores gather the facts under the lock of the stream, ask here, and write what comes out.

use vv_protocol::wire::{Carried, PushAnswer};
use vv_protocol::{STREAM_CHAIN_START, stream_chain};

use super::model::{Push, StoreError, StoredStream, make_log_id};

/// Is the last record of a feed that is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedEnd {
    /// Its number, 0 when there is none.
    pub seq: u64,
    /// Its hash, zeros when there is none.
    pub hash: [u8; 32],
}

/// Is the end of a feed in which nothing is stored.
pub const NO_FEED: FeedEnd = FeedEnd { seq: 0, hash: [0; 32] };

/// Is a new record with its place in the stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRow {
    /// Its number in the stream.
    pub gseq: u64,
    /// Its feed.
    pub feed: [u8; 16],
    /// Its number in the feed.
    pub fseq: u64,
    /// Its hash.
    pub hash: [u8; 32],
    /// The chain after it.
    pub chain: [u8; 32],
    /// Its bytes.
    pub raw: Vec<u8>,
}

/// Is what a push comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The records to be added.
    pub rows: Vec<NewRow>,
    /// How many are stored already.
    pub known: u64,
    /// The stream afterwards.
    pub after: StoredStream,
    /// Where the feed ends afterwards.
    pub feed_end: FeedEnd,
}

/// Begins a stream in which nothing is stored.
pub fn begin_stream(stream: u32) -> StoredStream {
    StoredStream { stream, log: make_log_id(), head: 0, chain: STREAM_CHAIN_START }
}

/// Says which stored record must be compared when it is not the feed's last: the push ends before the feed does.
pub fn compared(push: &Push, end: FeedEnd) -> Option<u64> {
    let last = push.last_seq();
    (last < end.seq).then_some(last)
}

/// Decides what a push comes to. `compared` is the hash of the record that [`compared`] named.
pub fn plan(
    stream: StoredStream,
    end: FeedEnd,
    compared: Option<[u8; 32]>,
    push: &Push,
) -> Result<Plan, StoreError> {
    let (first, last) = (push.first().header().seq, push.last_seq());
    if first > end.seq + 1 {
        return Err(StoreError::FeedGap { next: end.seq + 1 });
    }
    let known = (end.seq.min(last) + 1).saturating_sub(first);
    // One hash decides for all before it, because each record names the one before.
    let meets = match (known, compared) {
        (0, _) => push.first().header().prev == end.hash,
        (_, Some(stored)) => push.batch.records.last().map(Carried::hash) == Some(stored),
        (_, None) => push.batch.records[known as usize - 1].hash() == end.hash,
    };
    if !meets {
        return Err(StoreError::FeedFork);
    }
    let new = &push.batch.records[known as usize..];
    if !new.is_empty() && push.batch.head.is_some_and(|head| head != stream.head) {
        return Err(StoreError::Stale { is: stream.head });
    }
    let (mut after, mut feed_end, mut rows) = (stream, end, Vec::with_capacity(new.len()));
    for record in new {
        after.head += 1;
        after.chain = stream_chain(&after.chain, &record.hash());
        feed_end = FeedEnd { seq: record.header().seq, hash: record.hash() };
        rows.push(NewRow {
            gseq: after.head,
            feed: record.header().feed,
            fseq: feed_end.seq,
            hash: feed_end.hash,
            chain: after.chain,
            raw: record.raw().to_vec(),
        });
    }
    Ok(Plan { rows, known, after, feed_end })
}

impl Plan {
    /// Counts the bytes of the new records.
    pub fn bytes(&self) -> u64 {
        self.rows.iter().map(|row| row.raw.len() as u64).sum()
    }

    /// Gives the answer to the one who pushed.
    pub fn answer(&self, access_version: u64) -> PushAnswer {
        PushAnswer {
            log_id: self.after.log,
            head: self.after.head,
            chain: self.after.chain,
            accepted: self.rows.len() as u64,
            known: self.known,
            access_version,
        }
    }
}
