//! A server in memory, as honest as a real one: the same checks, the same numbers, the same hash of each stream.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use vv_protocol::{FIRST_PREV, FeedHead, Header, STREAM_CHAIN_START, feed_id, stream_chain, verify_push};

use super::push::claim_of;
use crate::ports::remote::{
    AccessKey, Batch, Note, Page, Pulled, Remote, RemoteError, RemoteInfo, Rights, StreamHead,
};

/// Holds one stream of a space.
#[derive(Debug, Clone)]
struct Stream {
    log_id: [u8; 8],
    items: Vec<Pulled>,
    chain: [u8; 32],
}

impl Stream {
    fn new(log_id: [u8; 8]) -> Self {
        Self { log_id, items: Vec::new(), chain: STREAM_CHAIN_START }
    }

    fn head(&self, stream: u32) -> StreamHead {
        StreamHead { stream, log_id: self.log_id, gseq: self.items.len() as u64, chain: self.chain }
    }
}

#[derive(Debug, Clone, Default)]
struct Space {
    access: HashMap<[u8; 32], Rights>,
    streams: BTreeMap<u32, Stream>,
    chunks: BTreeMap<[u8; 32], Vec<u8>>,
    note: Option<Note>,
}

/// Is everything a server keeps, to be set back to as a backup would.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    spaces: BTreeMap<[u8; 16], Space>,
    mail: BTreeMap<[u8; 16], Vec<Vec<u8>>>,
    logs: u64,
}

/// Keeps spaces in memory.
#[derive(Default)]
pub struct MemoryServer {
    kept: Mutex<Kept>,
    moved: Condvar,
    is_offline: Mutex<bool>,
}

pub(super) fn header_of(item: &Pulled) -> &Header {
    match item {
        Pulled::Record(record) => &record.header,
        Pulled::Stub(stub) => &stub.header,
    }
}

impl MemoryServer {
    /// Makes an empty server.
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Makes it reachable or not.
    pub fn set_offline(&self, is_offline: bool) {
        *self.is_offline.lock().unwrap_or_else(PoisonError::into_inner) = is_offline;
    }

    /// Copies all it keeps, as a backup does.
    pub fn copy(&self) -> Kept {
        self.lock().clone()
    }

    /// Goes back to a copy without telling anybody.
    pub fn set_back(&self, to: &Kept) {
        *self.lock() = to.clone();
    }

    /// Goes back to a copy as an honest administrator does: every stream has another name from then on.
    pub fn restore(&self, from: &Kept) {
        let mut kept = self.lock();
        *kept = from.clone();
        let kept = &mut *kept;
        for stream in kept.spaces.values_mut().flat_map(|space| space.streams.values_mut()) {
            kept.logs += 1;
            stream.log_id = (0x5245_u64 << 32 | kept.logs).to_le_bytes();
        }
    }

    /// Counts the records of all streams.
    pub fn count(&self) -> usize {
        self.lock().spaces.values().flat_map(|space| space.streams.values()).map(|stream| stream.items.len()).sum()
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn online(&self) -> Result<MutexGuard<'_, Kept>, RemoteError> {
        if *self.is_offline.lock().unwrap_or_else(PoisonError::into_inner) {
            return Err(RemoteError::Offline);
        }
        Ok(self.lock())
    }
}

fn opened<'a>(kept: &'a mut Kept, key: &AccessKey) -> Result<&'a mut Space, RemoteError> {
    let space = kept.spaces.get_mut(&key.space).ok_or(RemoteError::NoSpace)?;
    if space.access.contains_key(&key.public()) { Ok(space) } else { Err(RemoteError::Refused) }
}

impl Remote for MemoryServer {
    fn info(&self) -> Result<RemoteInfo, RemoteError> {
        self.online()?;
        Ok(RemoteInfo { is_open: true, max_blob: vv_protocol::limits::MAX_BLOB_LEN, now_ms: 0 })
    }

    fn create_space(&self, key: &AccessKey, _voucher: Option<&str>) -> Result<(), RemoteError> {
        let mut kept = self.online()?;
        let space = kept.spaces.entry(key.space).or_default();
        if space.access.is_empty() {
            space.access.insert(key.public(), Rights::Admin);
        }
        if space.access.contains_key(&key.public()) { Ok(()) } else { Err(RemoteError::Refused) }
    }

    fn change_access(
        &self,
        key: &AccessKey,
        add: &[([u8; 32], Rights)],
        remove: &[[u8; 32]],
    ) -> Result<(), RemoteError> {
        let mut kept = self.online()?;
        let space = opened(&mut kept, key)?;
        if space.access.get(&key.public()) != Some(&Rights::Admin) {
            return Err(RemoteError::Refused);
        }
        space.access.extend(add.iter().copied());
        for gone in remove {
            space.access.remove(gone);
        }
        Ok(())
    }

    fn heads(&self, key: &AccessKey) -> Result<Vec<StreamHead>, RemoteError> {
        let mut kept = self.online()?;
        Ok(opened(&mut kept, key)?.streams.iter().map(|(number, stream)| stream.head(*number)).collect())
    }

    fn pull(&self, key: &AccessKey, stream: u32, after: u64, most: u32) -> Result<Page, RemoteError> {
        let mut kept = self.online()?;
        let found = opened(&mut kept, key)?.streams.get(&stream).ok_or(RemoteError::NotFound)?;
        let items = found.items.iter().skip(after as usize).take(most as usize).cloned().collect();
        Ok(Page { items, head: found.head(stream) })
    }

    fn push(
        &self,
        key: &AccessKey,
        stream: u32,
        batch: &Batch,
        if_head: Option<u64>,
    ) -> Result<StreamHead, RemoteError> {
        let mut kept = self.online()?;
        let fresh = (kept.logs + 1).to_le_bytes();
        let space = opened(&mut kept, key)?;
        if space.access.get(&key.public()) == Some(&Rights::Read) {
            return Err(RemoteError::Refused);
        }
        let claim = claim_of(&batch.items).ok_or(RemoteError::NotUnderstood)?;
        verify_push(&batch.feed_key, &claim, &batch.signature).map_err(|_| RemoteError::Refused)?;
        let feed = feed_id(&batch.feed_key);
        let mut head =
            FeedHead { space: key.space, stream, feed, seq: claim.first_seq - 1, hash: header_of(&batch.items[0]).prev };
        for item in &batch.items {
            head = head.follow(header_of(item), item.hash()).map_err(|_| RemoteError::NotUnderstood)?;
        }
        let made = !space.streams.contains_key(&stream);
        let found = space.streams.entry(stream).or_insert_with(|| Stream::new(fresh));
        if if_head.is_some_and(|expected| expected != found.items.len() as u64) {
            return Err(RemoteError::Stale);
        }
        let of_feed = |item: &&Pulled| header_of(item).feed == feed;
        let last = found.items.iter().rfind(of_feed).map_or((0, FIRST_PREV), |item| (header_of(item).seq, item.hash()));
        for item in &batch.items {
            let header = header_of(item);
            if header.seq <= last.0 {
                let same = found.items.iter().any(|kept| {
                    header_of(kept).feed == feed && header_of(kept).seq == header.seq && kept.hash() == item.hash()
                });
                if !same {
                    return Err(RemoteError::FeedFork);
                }
                continue;
            }
            if header.seq == last.0 + 1 && header.prev != last.1 {
                return Err(RemoteError::FeedFork);
            }
            if header.seq > last.0 + 1 && header.seq == claim.first_seq {
                return Err(RemoteError::NotUnderstood);
            }
            found.chain = stream_chain(&found.chain, &item.hash());
            found.items.push(item.clone());
        }
        let head = found.head(stream);
        if made {
            kept.logs += 1;
        }
        self.moved.notify_all();
        Ok(head)
    }

    fn purge(&self, key: &AccessKey, stream: u32, feed: &[u8; 16], seqs: &[u64]) -> Result<(), RemoteError> {
        let mut kept = self.online()?;
        let Some(found) = opened(&mut kept, key)?.streams.get_mut(&stream) else { return Ok(()) };
        for item in &mut found.items {
            if let Pulled::Record(record) = item
                && record.header.feed == *feed
                && seqs.contains(&record.header.seq)
            {
                *item = Pulled::Stub(record.to_stub());
            }
        }
        Ok(())
    }

    fn has_chunk(&self, key: &AccessKey, name: &[u8; 32]) -> Result<bool, RemoteError> {
        let mut kept = self.online()?;
        Ok(opened(&mut kept, key)?.chunks.contains_key(name))
    }

    fn put_chunk(&self, key: &AccessKey, name: &[u8; 32], bytes: &[u8]) -> Result<(), RemoteError> {
        let mut kept = self.online()?;
        opened(&mut kept, key)?.chunks.insert(*name, bytes.to_vec());
        Ok(())
    }

    fn get_chunk(&self, key: &AccessKey, name: &[u8; 32]) -> Result<Vec<u8>, RemoteError> {
        let mut kept = self.online()?;
        opened(&mut kept, key)?.chunks.get(name).cloned().ok_or(RemoteError::NotFound)
    }

    fn remove_chunk(&self, key: &AccessKey, name: &[u8; 32]) -> Result<(), RemoteError> {
        let mut kept = self.online()?;
        opened(&mut kept, key)?.chunks.remove(name);
        Ok(())
    }

    fn note(&self, key: &AccessKey) -> Result<Option<Note>, RemoteError> {
        let mut kept = self.online()?;
        Ok(opened(&mut kept, key)?.note.clone())
    }

    fn put_note(&self, key: &AccessKey, over: u64, bytes: &[u8]) -> Result<(), RemoteError> {
        let mut kept = self.online()?;
        let space = opened(&mut kept, key)?;
        if space.note.as_ref().map_or(0, |note| note.version) != over {
            return Err(RemoteError::Stale);
        }
        space.note = Some(Note { version: over + 1, bytes: bytes.to_vec() });
        Ok(())
    }

    fn post(&self, mailbox: &[u8; 16], bytes: &[u8]) -> Result<(), RemoteError> {
        self.online()?.mail.entry(*mailbox).or_default().push(bytes.to_vec());
        Ok(())
    }

    fn fetch(&self, mailbox: &[u8; 16]) -> Result<Vec<Vec<u8>>, RemoteError> {
        Ok(self.online()?.mail.get(mailbox).cloned().unwrap_or_default())
    }

    fn wait(&self, keys: &[AccessKey], at_most: Duration) -> Result<Vec<([u8; 16], StreamHead)>, RemoteError> {
        let heads = |kept: &Kept| -> Vec<([u8; 16], StreamHead)> {
            keys.iter()
                .filter_map(|key| Some((key.space, kept.spaces.get(&key.space)?)))
                .flat_map(|(id, space)| space.streams.iter().map(move |(number, stream)| (id, stream.head(*number))))
                .collect()
        };
        let kept = self.online()?;
        let before = heads(&kept);
        let (kept, _) = self
            .moved
            .wait_timeout_while(kept, at_most, |kept| heads(kept) == before)
            .unwrap_or_else(PoisonError::into_inner);
        Ok(heads(&kept).into_iter().filter(|head| !before.contains(head)).collect())
    }
}
