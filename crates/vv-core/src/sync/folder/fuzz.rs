//! What comes from a folder or a server, damaged by whatever carries it.

use vv_crypto::{Key32, SigningKey};
use vv_protocol::feed_id;
use vv_protocol::wire::{Batch, Page};

use super::head::FeedMark;
use super::layout::feed_of;
use super::segment::{MAX_SEGMENT, Segment, Unread};
use crate::fuzzing::{CBOR, fuzz, fuzz_cbor};
use crate::store::tests::devices::{A, Laptop};
use crate::store::tests::{make_thing, set_title};
use crate::store::{Reader, StoreError};
use crate::sync::batches::{next_batch, own_feeds};

/// Gives the space of a journal, and what its device wrote there as two batches that follow one another.
fn batches() -> ([u8; 16], Vec<Batch>) {
    let laptop = Laptop::first();
    laptop.notebook.write(|tx| make_thing(tx, A, "One", "words")).unwrap();
    laptop.notebook.write(|tx| set_title(tx, A, "Two")).unwrap();
    let read = |reader: &Reader<'_>| {
        let journal = reader.core().journal;
        let feed = own_feeds(reader, journal.sid, 1)?.remove(0);
        let whole = next_batch(reader, &feed, 0)?.unwrap();
        Ok::<_, StoreError>((journal.id, vec![whole.clone(), next_batch(reader, &feed, 1)?.unwrap()]))
    };
    laptop.notebook.read(read).unwrap()
}

#[test]
fn batches_and_pages_survive() {
    let (journal, batches) = batches();
    let records = batches[0].records.clone();
    assert!(records.len() > 2);
    let page = Page { log: [3; 8], after: 0, head: 9, chain: [5; 32], records };
    let seeds = [batches[0].encode(), batches[1].encode(), page.encode()];
    fuzz_cbor("batches and pages", &seeds, |bytes| {
        if let Ok(batch) = Batch::decode(bytes, journal, 1) {
            assert_eq!(batch.encode(), bytes, "a batch has one encoding");
        }
        if let Ok(page) = Page::decode(bytes, journal, 1) {
            assert_eq!(page.encode(), bytes, "a page has one encoding");
        }
    });
}

#[test]
fn segments_survive() {
    let (space, batches) = batches();
    let seed = Segment { space, stream: 1, batches }.encode();
    fuzz_cbor("segments", std::slice::from_ref(&seed), |bytes| {
        if let Ok(segment) = Segment::decode(bytes) {
            assert_eq!(segment.encode(), bytes, "a segment has one encoding");
        }
        // Whoever may write into the folder can also make the hash fit.
        let body = bytes.get(..bytes.len().saturating_sub(32)).unwrap_or_default();
        let fitting = [body, vv_protocol::hash("segment/v1", &[body]).as_slice()].concat();
        match Segment::decode(&fitting) {
            Ok(segment) => {
                assert_eq!(segment.encode(), fitting);
                assert!(segment.range().0 > 0);
            }
            Err(Unread::NotThere | Unread::Newer | Unread::Wrong) => {}
        }
        assert!(fitting.len() <= MAX_SEGMENT);
    });
    assert!(Segment::decode(&seed).is_ok());
}

#[test]
fn marks_and_names_survive() {
    let key = SigningKey::from_seed(&Key32::from_bytes([5; 32]));
    let feed_key = *key.verifying_key().as_bytes();
    let mark = FeedMark { feed_key, seq: 900, hash: [4; 32] };
    let (space, feed) = ([2; 16], feed_id(&feed_key));
    let seed = mark.encode(&space, 1, &key);
    fuzz("marks", std::slice::from_ref(&seed), CBOR, |bytes| {
        if let Some((read, stream)) = FeedMark::decode(bytes, &space, &feed) {
            assert_eq!((read, stream), (mark, 1), "only what was signed is read");
            assert_eq!(bytes, seed);
        }
        if let Some(feed) = feed_of(&String::from_utf8_lossy(bytes)) {
            assert_eq!(feed.len(), 16);
        }
    });
}
