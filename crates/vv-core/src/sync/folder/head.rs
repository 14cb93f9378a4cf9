//! The head of a feed: how far its device has written, signed, so that what is kept back shows.

use vv_crypto::SigningKey;
use vv_protocol::{PushClaim, contexts, feed_id, verify_push};

const MAGIC: &[u8] = b"vv-head\r\n\x1a\x01";
const CLAIM: usize = 68;

/// Says how far a feed has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FeedMark {
    /// The public key of the feed.
    pub feed_key: [u8; 32],
    /// The number of its last record.
    pub seq: u64,
    /// The hash of its last record.
    pub hash: [u8; 32],
}

impl FeedMark {
    fn claim(&self, space: &[u8; 16], stream: u32) -> PushClaim {
        PushClaim { space: *space, stream, first_seq: self.seq, last_seq: self.seq, last_hash: self.hash }
    }

    /// Writes it as a file, signed with the feed's key.
    pub(super) fn encode(&self, space: &[u8; 16], stream: u32, key: &SigningKey) -> Vec<u8> {
        let claim = self.claim(space, stream).to_bytes();
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&claim);
        bytes.extend_from_slice(&self.feed_key);
        bytes.extend_from_slice(&key.sign(contexts::PUSH_SIGNATURE, &[&claim]));
        bytes
    }

    /// Reads the head of a feed of a space; none when it is anything else.
    pub(super) fn decode(bytes: &[u8], space: &[u8; 16], feed: &[u8; 16]) -> Option<(Self, u32)> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (said, rest) = rest.split_first_chunk::<CLAIM>()?;
        let (feed_key, signature) = rest.split_first_chunk::<32>()?;
        let signature: &[u8; 64] = signature.try_into().ok()?;
        let stream = u32::from_le_bytes(*said[16..].first_chunk()?);
        let seq = u64::from_le_bytes(*said[28..].first_chunk()?);
        let mark = Self { feed_key: *feed_key, seq, hash: *said[36..].first_chunk()? };
        let claim = mark.claim(space, stream);
        // A claim about another space, or about several records, is no head of this feed.
        let is_genuine = claim.to_bytes() == *said
            && feed_id(feed_key) == *feed
            && verify_push(feed_key, &claim, signature).is_ok();
        is_genuine.then_some((mark, stream))
    }
}
