//! A segment: records of one feed as one file of a folder, never changed once it is there.
//!
//! Whatever a cloud drive makes of its name, a file that ends as it says is a segment, and one that does not is not there yet.
//! `docs/protocol.md`, "Through a folder", has the bytes.

use vv_protocol::wire::Batch;

/// The first bytes of every segment.
const MAGIC: &[u8] = b"vv-segment\r\n\x1a";
const VERSION: u32 = 1;
/// Longest segment in bytes that is read.
pub(super) const MAX_SEGMENT: usize = 32 * 1024 * 1024;
const HASH: usize = 32;

/// Is what one file of a feed holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    /// The space.
    pub space: [u8; 16],
    /// The stream.
    pub stream: u32,
    /// Runs of the feed, one after the other.
    pub batches: Vec<Batch>,
}

/// Says why a file is no segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is cut off, still on its way, or something else.
    NotThere,
    /// It is whole and was written by a later version.
    Newer,
    /// It is whole and what it holds is wrong.
    Wrong,
}

impl Segment {
    /// Writes it as bytes.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(&self.space);
        bytes.extend_from_slice(&self.stream.to_le_bytes());
        for batch in &self.batches {
            let batch = batch.encode();
            bytes.extend_from_slice(&(batch.len() as u32).to_le_bytes());
            bytes.extend_from_slice(&batch);
        }
        bytes.extend_from_slice(&0_u32.to_le_bytes());
        let hash = vv_protocol::hash("segment/v1", &[&bytes]);
        bytes.extend_from_slice(&hash);
        bytes
    }

    /// Reads bytes that fill a file.
    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Unread> {
        let (body, hash) = bytes.split_last_chunk::<HASH>().ok_or(Unread::NotThere)?;
        if !body.starts_with(MAGIC) || vv_protocol::hash("segment/v1", &[body]) != *hash {
            return Err(Unread::NotThere);
        }
        let mut rest = &body[MAGIC.len()..];
        if u32::from_le_bytes(take(&mut rest)?) != VERSION {
            return Err(Unread::Newer);
        }
        let space = take(&mut rest)?;
        let stream = u32::from_le_bytes(take(&mut rest)?);
        let mut batches = Vec::new();
        loop {
            let length = u32::from_le_bytes(take(&mut rest)?) as usize;
            if length == 0 {
                break;
            }
            let (batch, after) = rest.split_at_checked(length).ok_or(Unread::Wrong)?;
            batches.push(Batch::decode(batch, space, stream).map_err(|_| Unread::Wrong)?);
            rest = after;
        }
        let first: Option<&Batch> = batches.first();
        let is_one_feed =
            first.is_some_and(|first| batches.iter().all(|other| other.feed_key == first.feed_key));
        if rest.is_empty() && is_one_feed { Ok(Self { space, stream, batches }) } else { Err(Unread::Wrong) }
    }

    /// Gives the numbers of its first and last record.
    pub(super) fn range(&self) -> (u64, u64) {
        let first = self.batches.first().and_then(|batch| batch.records.first());
        let last = self.batches.last().and_then(|batch| batch.records.last());
        (first.map_or(0, |record| record.header().seq), last.map_or(0, |record| record.header().seq))
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], Unread> {
    let (taken, after) = rest.split_first_chunk::<N>().ok_or(Unread::Wrong)?;
    *rest = after;
    Ok(*taken)
}
