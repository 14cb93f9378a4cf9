//! A batch: the next records of one feed, as a device pushes them.
//!
//! Space and stream stand in the address it is sent to; feed, number and the hash before are told once, the epoch once
//! for each run of records in it.

use minicbor::decode::Decoder;

use super::carried::Carried;
use super::groups::{read_contents, read_fixed, read_length, read_version, write, write_content};
use super::refused::{WireError, malformed};
use crate::batch::{BatchError, PushClaim, verify_push};
use crate::header::{Header, VERSION};
use crate::limits::{MAX_BATCH_LEN, MAX_BATCH_RECORDS};
use crate::names::feed_id;
use crate::record::FeedHead;

const FIELDS: u64 = 8;

/// Is what one push carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The public key of the feed, after which it is named.
    pub feed_key: [u8; 32],
    /// The records, one after the other; never empty. What was erased before it was ever pushed is a stub.
    pub records: Vec<Carried>,
    /// The feed's signature over the [`PushClaim`] of the records.
    pub signature: [u8; 64],
    /// How many records the sender believes the stream to hold. A server refuses the batch when it holds others; the
    /// control stream asks for it.
    pub head: Option<u64>,
    /// A change of access to be made together with the push or not at all, as [`super::Signed`] encodes it.
    pub access: Option<Vec<u8>>,
}

impl Batch {
    /// Encodes the batch; the records must be those of one feed, in order.
    pub fn encode(&self) -> Vec<u8> {
        let runs = runs(&self.records);
        let size: usize = self.records.iter().map(|record| record.rest().len() + 32).sum();
        write(size + 256, |out| {
            let (seq, prev) =
                self.records.first().map_or((0, [0; 32]), |first| (first.header().seq, first.header().prev));
            out.array(FIELDS)?.u8(VERSION)?.bytes(&self.feed_key)?.u64(seq)?.bytes(&prev)?;
            out.array(runs.len() as u64)?;
            for run in runs {
                out.array(2)?.bytes(&run[0].header().epoch)?.array(run.len() as u64)?;
                for record in run {
                    write_content(out, record)?;
                }
            }
            out.bytes(&self.signature)?;
            match self.head {
                Some(head) => out.u64(head)?,
                None => out.null()?,
            };
            match &self.access {
                Some(access) => out.bytes(access)?,
                None => out.null()?,
            };
            Ok(())
        })
    }

    /// Reads a batch sent to a stream: its form, its limits, that its records follow one another, and the feed's
    /// signature. Whether the first follows what is stored, and who may push, is for the one who stores.
    pub fn decode(bytes: &[u8], space: [u8; 16], stream: u32) -> Result<Self, WireError> {
        if bytes.len() > MAX_BATCH_LEN {
            return Err(WireError::TooLarge);
        }
        let batch = Self::read(bytes, space, stream)?;
        // The decoder also reads longer spellings of the same values; only the shortest is a batch.
        if batch.encode() != bytes {
            return Err(WireError::Malformed);
        }
        batch.check()?;
        Ok(batch)
    }

    fn read(bytes: &[u8], space: [u8; 16], stream: u32) -> Result<Self, WireError> {
        let mut decoder = Decoder::new(bytes);
        read_version(&mut decoder, FIELDS)?;
        let feed_key = read_fixed(&mut decoder)?;
        let mut head = FeedHead { space, stream, feed: feed_id(&feed_key), seq: 0, hash: [0; 32] };
        head.seq =
            decoder.u64().map_err(malformed)?.checked_sub(1).ok_or(WireError::Batch(BatchError::Empty))?;
        head.hash = read_fixed(&mut decoder)?;
        let mut records = Vec::new();
        for _ in 0..read_length(&mut decoder, MAX_BATCH_RECORDS)? {
            if read_length(&mut decoder, 2)? != 2 {
                return Err(WireError::Malformed);
            }
            let epoch = read_fixed(&mut decoder)?;
            read_contents(&mut decoder, |nonce, rest| {
                let record = follow(&head, epoch, nonce, rest, records.len())?;
                head = FeedHead { seq: record.header().seq, hash: record.hash(), ..head };
                records.push(record);
                if records.len() > MAX_BATCH_RECORDS { Err(WireError::TooLarge) } else { Ok(()) }
            })?;
        }
        let signature = read_fixed(&mut decoder)?;
        let head = match decoder.datatype().map_err(malformed)? {
            minicbor::data::Type::Null => decoder.null().map(|()| None),
            _ => decoder.u64().map(Some),
        }
        .map_err(malformed)?;
        let access = match decoder.datatype().map_err(malformed)? {
            minicbor::data::Type::Null => decoder.null().map(|()| None),
            _ => decoder.bytes().map(|bytes| Some(bytes.to_vec())),
        }
        .map_err(malformed)?;
        Ok(Self { feed_key, records, signature, head, access })
    }

    /// Gives what the feed signs; nothing when there are no records.
    pub fn claim(&self) -> Option<PushClaim> {
        let (first, last) = (self.records.first()?, self.records.last()?);
        Some(PushClaim {
            space: first.header().space,
            stream: first.header().stream,
            first_seq: first.header().seq,
            last_seq: last.header().seq,
            last_hash: last.hash(),
        })
    }

    fn check(&self) -> Result<(), BatchError> {
        let claim = self.claim().ok_or(BatchError::Empty)?;
        let bytes: usize = self.records.iter().map(|record| record.raw().len()).sum();
        if bytes > MAX_BATCH_LEN {
            return Err(BatchError::TooLarge);
        }
        Ok(verify_push(&self.feed_key, &claim, &self.signature)?)
    }
}

/// Puts together the record that comes after `head`.
pub(super) fn follow(
    head: &FeedHead,
    epoch: [u8; 32],
    nonce: [u8; 24],
    rest: &[u8],
    index: usize,
) -> Result<Carried, WireError> {
    let header = Header {
        version: VERSION,
        space: head.space,
        stream: head.stream,
        feed: head.feed,
        seq: head.seq.checked_add(1).ok_or(WireError::Malformed)?,
        prev: head.hash,
        epoch,
        nonce,
    };
    Carried::put_together(header, rest).map_err(|error| WireError::Record { index, error })
}

/// Cuts records into runs of one epoch.
fn runs(records: &[Carried]) -> Vec<&[Carried]> {
    records.chunk_by(|a, b| a.header().epoch == b.header().epoch).collect()
}
