//! A page: what one pull of a stream answers, records and stubs of many feeds in the server's order.
//!
//! Record i of a page (from 0) is number `after + 1 + i` of the stream. Feeds and epochs stand in tables; number and hash
//! before of a feed's first record are told once, those of the others follow.

use minicbor::decode::Decoder;

use super::batch::follow;
use super::carried::Carried;
use super::groups::{read_contents, read_fixed, read_length, read_version, write, write_content};
use super::refused::{WireError, malformed};
use crate::limits::{MAX_BATCH_RECORDS, MAX_PAGE_LEN, MAX_SEQ};
use crate::names::stream_chain;
use crate::record::FeedHead;

const FIELDS: u64 = 8;

/// Is one page of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The id of the server's copy of the stream.
    pub log: [u8; 8],
    /// The number of the record before the first of the page.
    pub after: u64,
    /// How many records the stream holds.
    pub head: u64,
    /// The chain after the last record of the page; after record `after` when the page is empty.
    pub chain: [u8; 32],
    /// The records and stubs, in the server's order.
    pub records: Vec<Carried>,
}

/// Tables of a page, in the order of first use.
struct Tables<'a> {
    feeds: Vec<&'a Carried>,
    epochs: Vec<[u8; 32]>,
    groups: Vec<(usize, usize, Vec<&'a Carried>)>,
}

impl Page {
    /// Encodes the page; records of one feed must follow one another in it.
    pub fn encode(&self) -> Vec<u8> {
        let tables = self.tables();
        let size: usize = self.records.iter().map(|record| record.rest().len() + 40).sum();
        write(size + 256, |out| {
            out.array(FIELDS)?
                .u8(1)?
                .bytes(&self.log)?
                .u64(self.after)?
                .u64(self.head)?
                .bytes(&self.chain)?
                .array(tables.feeds.len() as u64)?;
            for first in &tables.feeds {
                let header = first.header();
                out.array(3)?.bytes(&header.feed)?.u64(header.seq)?.bytes(&header.prev)?;
            }
            out.array(tables.epochs.len() as u64)?;
            for epoch in &tables.epochs {
                out.bytes(epoch)?;
            }
            out.array(tables.groups.len() as u64)?;
            for (feed, epoch, records) in &tables.groups {
                out.array(3)?.u64(*feed as u64)?.u64(*epoch as u64)?.array(records.len() as u64)?;
                for record in records {
                    write_content(out, record)?;
                }
            }
            Ok(())
        })
    }

    /// Reads a page of a stream: its form and its limits. That it continues what is known is for
    /// [`Page::chain_from`], that its records are by their authors for the reader of what is sealed.
    pub fn decode(bytes: &[u8], space: [u8; 16], stream: u32) -> Result<Self, WireError> {
        if bytes.len() > MAX_PAGE_LEN {
            return Err(WireError::TooLarge);
        }
        let page = Self::read(bytes, space, stream)?;
        let last = page.after.checked_add(page.records.len() as u64).ok_or(WireError::Malformed)?;
        // The decoder also reads longer spellings, other tables and other groups; only one is the page.
        if last > page.head || page.head > MAX_SEQ || page.encode() != bytes {
            return Err(WireError::Malformed);
        }
        Ok(page)
    }

    /// Computes the chain after the last record from the chain after record `after`. A page is genuine only if this is
    /// its `chain`.
    pub fn chain_from(&self, chain: &[u8; 32]) -> [u8; 32] {
        self.records.iter().fold(*chain, |chain, record| stream_chain(&chain, &record.hash()))
    }

    /// Gives the number of the last record in the page, `after` when it is empty.
    pub fn last(&self) -> u64 {
        self.after + self.records.len() as u64
    }

    fn read(bytes: &[u8], space: [u8; 16], stream: u32) -> Result<Self, WireError> {
        let mut decoder = Decoder::new(bytes);
        read_version(&mut decoder, FIELDS)?;
        let log = read_fixed(&mut decoder)?;
        let after = decoder.u64().map_err(malformed)?;
        let head = decoder.u64().map_err(malformed)?;
        let chain = read_fixed(&mut decoder)?;
        let mut feeds = Vec::new();
        for _ in 0..read_length(&mut decoder, MAX_BATCH_RECORDS)? {
            if read_length(&mut decoder, 3)? != 3 {
                return Err(WireError::Malformed);
            }
            let feed = read_fixed(&mut decoder)?;
            let seq = decoder.u64().map_err(malformed)?.checked_sub(1).ok_or(WireError::Malformed)?;
            feeds.push(FeedHead { space, stream, feed, seq, hash: read_fixed(&mut decoder)? });
        }
        let mut epochs = Vec::new();
        for _ in 0..read_length(&mut decoder, MAX_BATCH_RECORDS)? {
            epochs.push(read_fixed(&mut decoder)?);
        }
        let mut records = Vec::new();
        for _ in 0..read_length(&mut decoder, MAX_BATCH_RECORDS)? {
            if read_length(&mut decoder, 3)? != 3 {
                return Err(WireError::Malformed);
            }
            let feed = usize::try_from(decoder.u64().map_err(malformed)?).map_err(malformed)?;
            let feed = feeds.get_mut(feed).ok_or(WireError::Malformed)?;
            let epoch = usize::try_from(decoder.u64().map_err(malformed)?).map_err(malformed)?;
            let epoch = *epochs.get(epoch).ok_or(WireError::Malformed)?;
            read_contents(&mut decoder, |nonce, rest| {
                let record = follow(feed, epoch, nonce, rest, records.len())?;
                *feed = FeedHead { seq: record.header().seq, hash: record.hash(), ..*feed };
                records.push(record);
                if records.len() > MAX_BATCH_RECORDS { Err(WireError::TooLarge) } else { Ok(()) }
            })?;
        }
        Ok(Self { log, after, head, chain, records })
    }

    fn tables(&self) -> Tables<'_> {
        let mut tables = Tables { feeds: Vec::new(), epochs: Vec::new(), groups: Vec::new() };
        let mut feed_at = std::collections::HashMap::new();
        let mut epoch_at = std::collections::HashMap::new();
        for record in &self.records {
            let header = record.header();
            let feed = *feed_at.entry(header.feed).or_insert_with(|| {
                tables.feeds.push(record);
                tables.feeds.len() - 1
            });
            let epoch = *epoch_at.entry(header.epoch).or_insert_with(|| {
                tables.epochs.push(header.epoch);
                tables.epochs.len() - 1
            });
            match tables.groups.last_mut() {
                Some(group) if (group.0, group.1) == (feed, epoch) => group.2.push(record),
                _ => tables.groups.push((feed, epoch, vec![record])),
            }
        }
        tables
    }
}
