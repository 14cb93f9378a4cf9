//! A server in memory, as honest as a real one: the same checks, the same numbers, the same hash of each stream.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use vv_protocol::wire::{
    AccessClaim, Batch, Carried, KeyRights, Known, NoteAnswer, Page, Poke, PurgeClaim, PushAnswer, Rights,
    ServerLimits, ServerView, Signed, SpaceClaim, SpaceHeads, StreamHead,
};
use vv_protocol::{FIRST_PREV, STREAM_CHAIN_START, feed_id, limits, stream_chain};

use crate::ports::remote::{AccessKey, Remote, RemoteError};

/// How long a wait is held open.
const WAITING: Duration = Duration::from_secs(5);

/// Holds one stream of a space.
#[derive(Debug, Clone)]
pub struct Stream {
    /// The name of this copy.
    pub log_id: [u8; 8],
    /// What it holds, in order.
    pub records: Vec<Carried>,
}

impl Space {
    /// Lists the keys that open it.
    pub fn keys(&self) -> Vec<[u8; 32]> {
        self.access.keys().copied().collect()
    }
}

impl Stream {
    /// Gives the hash after so many records.
    pub fn chain(&self, count: usize) -> [u8; 32] {
        let records = self.records.iter().take(count);
        records.fold(STREAM_CHAIN_START, |chain, record| stream_chain(&chain, &record.hash()))
    }

    fn head(&self, stream: u32) -> StreamHead {
        let head = self.records.len();
        StreamHead { stream, log_id: self.log_id, head: head as u64, chain: self.chain(head) }
    }
}

/// Holds one space.
#[derive(Debug, Clone, Default)]
pub struct Space {
    access: HashMap<[u8; 32], Rights>,
    access_version: u64,
    /// Its streams.
    pub streams: BTreeMap<u32, Stream>,
    /// Its chunks.
    pub chunks: BTreeMap<[u8; 32], Vec<u8>>,
    note: (u64, Vec<u8>),
}

/// Changes what a server says of what it keeps.
#[derive(Debug, Clone, Copy, Default)]
pub struct Lies {
    /// Changes how far it says that a stream has come.
    pub heads: Option<fn(&mut StreamHead)>,
    /// Changes the pages it gives.
    pub pages: Option<fn(&mut Page)>,
}

/// Is everything a server keeps, to be set back to as a backup would.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// The spaces.
    pub spaces: BTreeMap<[u8; 16], Space>,
    /// What it says beside the truth.
    pub lies: Lies,
    mail: BTreeMap<[u8; 16], Vec<Vec<u8>>>,
    logs: u64,
    is_offline: bool,
}

/// Keeps spaces in memory.
#[derive(Default)]
pub struct MemoryServer {
    kept: Mutex<Kept>,
    moved: Condvar,
    /// Seconds since 1970, as its clock says.
    time: AtomicU64,
}

impl MemoryServer {
    /// Makes an empty server.
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Makes it reachable or not.
    pub fn set_offline(&self, is_offline: bool) {
        self.lock().is_offline = is_offline;
    }

    /// Sets its clock, in seconds since 1970.
    pub fn set_time(&self, seconds: u64) {
        self.time.store(seconds, Ordering::Relaxed);
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
        let logs = kept.logs;
        *kept = from.clone();
        kept.logs = logs;
        let kept = &mut *kept;
        for stream in kept.spaces.values_mut().flat_map(|space| space.streams.values_mut()) {
            kept.logs += 1;
            stream.log_id = kept.logs.to_be_bytes();
        }
    }

    /// Counts the records of all streams.
    pub fn count(&self) -> usize {
        let kept = self.lock();
        kept.spaces.values().flat_map(|space| space.streams.values()).map(|stream| stream.records.len()).sum()
    }

    /// Lends all it keeps, to do with it what an honest server does not.
    pub fn tamper(&self, with: impl FnOnce(&mut Kept)) {
        with(&mut self.lock());
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn online(&self) -> Result<MutexGuard<'_, Kept>, RemoteError> {
        let kept = self.lock();
        if kept.is_offline { Err(RemoteError::Offline) } else { Ok(kept) }
    }
}

fn opened<'a>(kept: &'a mut Kept, key: &AccessKey, wanted: Rights) -> Result<&'a mut Space, RemoteError> {
    let space = kept.spaces.get_mut(&key.space).ok_or(RemoteError::Refused)?;
    let rights = space.access.get(&key.public()).copied().unwrap_or(Rights::NONE);
    if rights.allow(wanted) { Ok(space) } else { Err(RemoteError::Refused) }
}

fn give(space: &mut Space, keys: &[KeyRights]) {
    for KeyRights { key, rights } in keys {
        match *rights {
            Rights::NONE => space.access.remove(key),
            rights => space.access.insert(*key, rights),
        };
    }
    space.access_version += 1;
}

impl Remote for MemoryServer {
    fn host(&self) -> &str {
        "memory"
    }

    fn info(&self) -> Result<ServerView, RemoteError> {
        drop(self.online()?);
        Ok(ServerView {
            program: "memory".to_owned(),
            version: "1".to_owned(),
            protocols: vec![1],
            time: self.time.load(Ordering::Relaxed),
            needs_voucher: false,
            limits: ServerLimits {
                record: limits::MAX_RECORD_LEN as u64,
                batch_records: limits::MAX_BATCH_RECORDS as u64,
                batch_bytes: limits::MAX_BATCH_LEN as u64,
                chunk: limits::CHUNK_LEN as u64 + 64,
                blob: limits::MAX_BLOB_LEN,
                space: u64::MAX,
                note: 65_536,
                mailbox_item: 65_536,
                mailbox_items: 20,
            },
        })
    }

    fn create_space(&self, key: &AccessKey, claim: &Signed) -> Result<(), RemoteError> {
        let claim: SpaceClaim = claim.open().map_err(|_| RemoteError::Refused)?;
        let mut kept = self.online()?;
        if kept.spaces.contains_key(&claim.space) {
            return opened(&mut kept, key, Rights::ADMIN).map(drop);
        }
        give(kept.spaces.entry(claim.space).or_default(), &claim.keys);
        Ok(())
    }

    fn change_access(&self, key: &AccessKey, claim: &Signed) -> Result<(), RemoteError> {
        let claim: AccessClaim = claim.open().map_err(|_| RemoteError::Refused)?;
        let mut kept = self.online()?;
        let space = opened(&mut kept, key, Rights::ADMIN)?;
        if space.access_version != claim.version {
            return Err(RemoteError::Stale);
        }
        give(space, &claim.keys);
        Ok(())
    }

    fn heads(&self, key: &AccessKey) -> Result<SpaceHeads, RemoteError> {
        let mut kept = self.online()?;
        let lie = kept.lies.heads;
        let space = opened(&mut kept, key, Rights::READ)?;
        let mut streams: Vec<_> = space.streams.iter().map(|(number, stream)| stream.head(*number)).collect();
        lie.into_iter().for_each(|lie| streams.iter_mut().for_each(lie));
        Ok(SpaceHeads {
            streams,
            note_version: space.note.0,
            access_version: space.access_version,
            used: 0,
            quota: u64::MAX,
        })
    }

    fn pull(&self, key: &AccessKey, stream: u32, after: u64, most: u32) -> Result<Page, RemoteError> {
        let mut kept = self.online()?;
        let lie = kept.lies.pages;
        let found =
            opened(&mut kept, key, Rights::READ)?.streams.get(&stream).ok_or(RemoteError::NotFound)?;
        let records: Vec<_> =
            found.records.iter().skip(after as usize).take(most as usize).cloned().collect();
        let chain = found.chain(after as usize + records.len());
        let mut page = Page { log: found.log_id, after, head: found.records.len() as u64, chain, records };
        lie.into_iter().for_each(|lie| lie(&mut page));
        Ok(page)
    }

    fn push(&self, key: &AccessKey, stream: u32, batch: &Batch) -> Result<PushAnswer, RemoteError> {
        // What travels is what is judged.
        let batch =
            Batch::decode(&batch.encode(), key.space, stream).map_err(|_| RemoteError::NotUnderstood)?;
        let mut kept = self.online()?;
        let fresh = kept.logs + 1;
        let space = opened(&mut kept, key, Rights::WRITE)?;
        let access_version = space.access_version;
        let made = !space.streams.contains_key(&stream);
        let found = space
            .streams
            .entry(stream)
            .or_insert_with(|| Stream { log_id: fresh.to_be_bytes(), records: Vec::new() });
        if batch.head.is_some_and(|expected| expected != found.records.len() as u64) {
            return Err(RemoteError::Stale);
        }
        let feed = feed_id(&batch.feed_key);
        let of_feed: Vec<_> = found.records.iter().filter(|record| record.header().feed == feed).collect();
        let (last, hash) =
            of_feed.last().map_or((0, FIRST_PREV), |record| (record.header().seq, record.hash()));
        let mut fresh_records = Vec::new();
        for record in batch.records {
            let header = record.header();
            match of_feed.iter().find(|kept| kept.header().seq == header.seq) {
                Some(kept) if kept.hash() == record.hash() => continue,
                Some(_) => return Err(RemoteError::FeedFork),
                None if fresh_records.is_empty() && header.seq != last + 1 => {
                    return Err(RemoteError::FeedGap { expected: last + 1 });
                }
                None if fresh_records.is_empty() && header.prev != hash => return Err(RemoteError::FeedFork),
                None => fresh_records.push(record),
            }
        }
        let accepted = fresh_records.len() as u64;
        found.records.extend(fresh_records);
        let StreamHead { log_id, head, chain, .. } = found.head(stream);
        kept.logs += u64::from(made);
        self.moved.notify_all();
        Ok(PushAnswer { log_id, head, chain, accepted, known: 0, access_version })
    }

    fn purge(&self, key: &AccessKey, stream: u32, claim: &Signed) -> Result<(), RemoteError> {
        let claim: PurgeClaim = claim.open().map_err(|_| RemoteError::Refused)?;
        let mut kept = self.online()?;
        let Some(found) = opened(&mut kept, key, Rights::WRITE)?.streams.get_mut(&stream) else {
            return Ok(());
        };
        for record in &mut found.records {
            if record.header().feed == claim.feed && claim.seqs.contains(&record.header().seq) {
                *record = Carried::from_raw(record.to_stub().encode()).expect("a stub is one");
            }
        }
        Ok(())
    }

    fn has_chunk(&self, key: &AccessKey, name: &[u8; 32]) -> Result<bool, RemoteError> {
        Ok(opened(&mut *self.online()?, key, Rights::READ)?.chunks.contains_key(name))
    }

    fn put_chunk(&self, key: &AccessKey, name: &[u8; 32], bytes: &[u8]) -> Result<(), RemoteError> {
        opened(&mut *self.online()?, key, Rights::WRITE)?.chunks.insert(*name, bytes.to_vec());
        Ok(())
    }

    fn get_chunk(&self, key: &AccessKey, name: &[u8; 32]) -> Result<Vec<u8>, RemoteError> {
        opened(&mut *self.online()?, key, Rights::READ)?
            .chunks
            .get(name)
            .cloned()
            .ok_or(RemoteError::NotFound)
    }

    fn remove_chunk(&self, key: &AccessKey, name: &[u8; 32]) -> Result<(), RemoteError> {
        opened(&mut *self.online()?, key, Rights::WRITE)?.chunks.remove(name);
        Ok(())
    }

    fn note(&self, key: &AccessKey) -> Result<NoteAnswer, RemoteError> {
        let (version, note) = opened(&mut *self.online()?, key, Rights::READ)?.note.clone();
        Ok(NoteAnswer { version, note })
    }

    fn put_note(&self, key: &AccessKey, over: u64, bytes: &[u8]) -> Result<(), RemoteError> {
        let mut kept = self.online()?;
        let space = opened(&mut kept, key, Rights::WRITE)?;
        if space.note.0 != over {
            return Err(RemoteError::Stale);
        }
        space.note = (over + 1, bytes.to_vec());
        Ok(())
    }

    fn post(&self, mailbox: &[u8; 16], bytes: &[u8], _keep: Duration) -> Result<(), RemoteError> {
        self.online()?.mail.entry(*mailbox).or_default().push(bytes.to_vec());
        Ok(())
    }

    fn fetch(&self, mailbox: &[u8; 16]) -> Result<Vec<Vec<u8>>, RemoteError> {
        Ok(self.online()?.mail.get(mailbox).cloned().unwrap_or_default())
    }

    fn wait(&self, keys: &[AccessKey], known: &[Known]) -> Result<Vec<Poke>, RemoteError> {
        let moved = |kept: &Kept| -> Vec<Poke> {
            let spaces = keys.iter().filter_map(|key| Some((key.space, kept.spaces.get(&key.space)?)));
            let heads =
                spaces.flat_map(|(id, space)| space.streams.iter().map(move |(n, s)| (id, s.head(*n))));
            heads
                .filter(|(id, head)| {
                    let of = |known: &&Known| known.space == *id && known.stream == head.stream;
                    known.iter().find(of).is_none_or(|known| known.head != head.head)
                })
                .map(|(space, head)| Poke {
                    space,
                    stream: head.stream,
                    log_id: head.log_id,
                    head: head.head,
                    chain: head.chain,
                })
                .collect()
        };
        let (kept, _) = self
            .moved
            .wait_timeout_while(self.online()?, WAITING, |kept| moved(kept).is_empty())
            .unwrap_or_else(PoisonError::into_inner);
        Ok(moved(&kept))
    }
}
