//! Sealing and opening records: signed inside, sealed outside, bound to their place.

use vv_crypto::{Key32, SigningKey, Zeroizing};
use vv_protocol::limits::MAX_CONTENT_LEN;
use vv_protocol::{FeedHead, Header, Record, contexts, pad, record_digests, unpad, verify_record};

use super::error::StoreError;
use super::inner::Inner;

const SIGNATURE_LEN: usize = 64;

/// Seals one record as the next of a feed; gives its bytes and the feed's head after it.
pub(crate) fn seal_record(
    head: &FeedHead,
    epoch: &[u8; 32],
    record_key: &Key32,
    feed_key: &SigningKey,
    inner: &Inner,
) -> Result<(Vec<u8>, FeedHead), StoreError> {
    seal_content(head, epoch, record_key, feed_key, Zeroizing::new(inner.encode()))
}

/// Seals bytes as the inside of the next record of a feed.
pub(super) fn seal_content(
    head: &FeedHead,
    epoch: &[u8; 32],
    record_key: &Key32,
    feed_key: &SigningKey,
    mut content: Zeroizing<Vec<u8>>,
) -> Result<(Vec<u8>, FeedHead), StoreError> {
    let header = Header {
        version: vv_protocol::VERSION,
        space: head.space,
        stream: head.stream,
        feed: head.feed,
        seq: head.seq + 1,
        prev: head.hash,
        epoch: *epoch,
        nonce: vv_crypto::make_nonce(),
    };
    let place = header.encode();
    let [header_hash, inner_hash] = record_digests(&place, &content);
    content.extend_from_slice(&feed_key.sign(contexts::RECORD_SIGNATURE, &[&header_hash, &inner_hash]));
    if content.len() > MAX_CONTENT_LEN {
        return Err(StoreError::TooLarge);
    }
    let ct = vv_crypto::seal(record_key, &header.nonce, &place, &Zeroizing::new(pad(&content)));
    let record = Record { header, ct };
    let hash = vv_protocol::record_hash(&place, &record.ct_hash());
    let mut raw = place;
    raw.extend_from_slice(&record.ct);
    Ok((raw, FeedHead { seq: record.header.seq, hash, ..*head }))
}

/// Is an opened record whose signature was not yet looked at.
pub(crate) struct Opened {
    content: Zeroizing<Vec<u8>>,
    place: Vec<u8>,
    /// What it holds.
    pub inner: Inner,
}

impl Opened {
    /// Checks that the owner of the feed wrote exactly this at exactly this place.
    pub(crate) fn verify(&self, feed_public_key: &[u8; 32]) -> Result<(), StoreError> {
        let (inner, signature) = split_signature(&self.content)?;
        verify_record(feed_public_key, &self.place, inner, signature)
            .map_err(|_| StoreError::BadRecord("its signature does not match"))
    }
}

/// Opens a record.
pub(crate) fn open_record(record: &Record, record_key: &Key32) -> Result<Opened, StoreError> {
    let (content, place) = open_content(record, record_key)?;
    let inner = Inner::decode(split_signature(&content)?.0)?;
    Ok(Opened { content, place, inner })
}

/// Tells whether the owner of a feed signed a record, whatever stands in it.
pub(crate) fn is_signed_by(record: &Record, record_key: &Key32, feed_public_key: &[u8; 32]) -> bool {
    let Ok((content, place)) = open_content(record, record_key) else { return false };
    split_signature(&content)
        .is_ok_and(|(inner, signature)| verify_record(feed_public_key, &place, inner, signature).is_ok())
}

fn open_content(record: &Record, record_key: &Key32) -> Result<(Zeroizing<Vec<u8>>, Vec<u8>), StoreError> {
    let place = record.header.encode();
    let padded = vv_crypto::open(record_key, &record.header.nonce, &place, &record.ct)
        .map_err(|_| StoreError::BadRecord("it does not open with its epoch's key"))?;
    let content = unpad(&padded).map_err(|_| StoreError::BadRecord("its padding is malformed"))?;
    Ok((Zeroizing::new(content.to_vec()), place))
}

fn split_signature(content: &[u8]) -> Result<(&[u8], &[u8; SIGNATURE_LEN]), StoreError> {
    content
        .split_last_chunk::<SIGNATURE_LEN>()
        .ok_or(StoreError::BadRecord("it is too short for a signature"))
}
