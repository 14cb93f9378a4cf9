//! A page of records on its way in: read, opened and verified before any transaction is begun.
//!
//! Verifying signatures is most of the work and needs nothing but keys, so it goes over several threads. What cannot be done yet
//! (a key that is not here, a feed that is unknown) is left for the transaction that merges the page.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::num::NonZero;
use std::thread;

use vv_protocol::{Header, OpType, Record, RecordError, Stub};

use super::error::StoreError;
use super::hlc::Hlc;
use super::inner::Seen;
use super::log::{self, FeedRow};
use super::seal::{Opened, open_record};
use super::take_in::read_feed_open;
use super::tx::Reader;
use super::unlocked::Unlocked;

/// How many threads verify at most.
const MOST_THREADS: usize = 4;
/// How many records are worth a thread.
const WORTH_A_THREAD: usize = 32;

/// Holds records that were read.
pub(crate) struct Page {
    pub(super) items: Vec<Item>,
}

/// Is one record of a page.
pub(super) enum Item {
    /// It is no record.
    Broken(&'static str),
    /// It is one.
    Ready(Box<Ready>),
    /// It is what was left of one whose content was erased elsewhere.
    Stub(Box<Left>),
}

/// Holds what was left of a record.
pub(super) struct Left {
    pub raw: Vec<u8>,
    pub header: Header,
    pub hash: [u8; 32],
}

/// Says where a record stands, and gives its bytes.
pub(super) struct Standing<'a> {
    pub header: &'a Header,
    pub hash: &'a [u8; 32],
    pub raw: &'a [u8],
}

/// Holds a record as far as it could be prepared.
pub(super) struct Ready {
    pub raw: Vec<u8>,
    pub record: Record,
    pub hash: [u8; 32],
    /// What it holds, where its key was here.
    pub opened: Option<Opened>,
    /// The key that its signature was held against and matched.
    pub verified_by: Option<[u8; 32]>,
}

impl Ready {
    /// Gives its logical time, where it was opened.
    pub(super) fn hlc(&self) -> Hlc {
        self.opened.as_ref().map_or(Hlc::ZERO, |opened| opened.inner.hlc)
    }
}

impl Item {
    /// Reads a record; opens nothing.
    pub(super) fn read(raw: Vec<u8>) -> Self {
        match Record::decode(&raw) {
            Ok(record) => {
                let hash = record.hash();
                Self::Ready(Box::new(Ready { raw, record, hash, opened: None, verified_by: None }))
            }
            Err(RecordError::TooLarge) => Self::Broken("it is larger than a record may be"),
            Err(_) => match Stub::decode(&raw) {
                Ok(stub) => Self::Stub(Box::new(Left { hash: stub.hash(), header: stub.header, raw })),
                Err(_) => Self::Broken("it is malformed"),
            },
        }
    }

    /// Says where it stands, when that can be read.
    pub(super) fn place(&self) -> Option<Standing<'_>> {
        match self {
            Self::Ready(ready) => {
                Some(Standing { header: &ready.record.header, hash: &ready.hash, raw: &ready.raw })
            }
            Self::Stub(left) => Some(Standing { header: &left.header, hash: &left.hash, raw: &left.raw }),
            Self::Broken(_) => None,
        }
    }

    pub(super) fn hash(&self) -> Option<&[u8; 32]> {
        self.place().map(|place| place.hash)
    }
}

type FeedName = ([u8; 16], u32, [u8; 16]);

fn feed_of(header: &Header) -> FeedName {
    (header.space, header.stream, header.feed)
}

impl Page {
    /// Gives what each record of the page quotes of a server, in the order of the page.
    pub(crate) fn seen(&self) -> Vec<Option<Seen>> {
        let quoted = |item: &Item| match item {
            Item::Ready(ready) => ready.opened.as_ref().and_then(|opened| opened.inner.seen),
            _ => None,
        };
        self.items.iter().map(quoted).collect()
    }

    /// Reads, opens and verifies records.
    pub(crate) fn prepare(reader: &Reader, raws: Vec<Vec<u8>>) -> Result<Self, StoreError> {
        let core = reader.core();
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
        let items = on_threads(raws, threads, &Item::read);
        let mut feeds: HashMap<FeedName, Option<FeedRow>> = HashMap::new();
        for item in &items {
            let Item::Ready(ready) = item else { continue };
            let header = &ready.record.header;
            if let (Entry::Vacant(entry), Some(space)) =
                (feeds.entry(feed_of(header)), core.keyring.space(&header.space))
            {
                entry.insert(log::find_feed(reader.sql(), space.sid, header.stream, &header.feed)?);
            }
        }
        let known = |header: &Header| feeds.get(&feed_of(header)).and_then(Option::as_ref);
        // What stands in the log already is compared there and needs no opening.
        let mut items = on_threads(items, threads, &|item| match &item {
            Item::Ready(ready)
                if known(&ready.record.header)
                    .is_some_and(|feed| ready.record.header.seq <= feed.head.seq) =>
            {
                item
            }
            _ => open(core, item),
        });
        let mut keys: HashMap<FeedName, [u8; 32]> = HashMap::new();
        for item in &items {
            let Item::Ready(ready) = item else { continue };
            let header = &ready.record.header;
            if let Some(key) = known(header).map(|feed| feed.public_key).or_else(|| announced(ready)) {
                keys.insert(feed_of(header), key);
            }
        }
        items = on_threads(items, threads, &|mut item| {
            if let Item::Ready(ready) = &mut item
                && let Some(key) = keys.get(&feed_of(&ready.record.header))
                && ready.opened.as_ref().is_some_and(|opened| opened.verify(key).is_ok())
            {
                ready.verified_by = Some(*key);
            }
            item
        });
        Ok(Self { items })
    }
}

/// Opens a record where its key is here. One that does not open is refused where it is merged.
fn open(core: &Unlocked, mut item: Item) -> Item {
    if let Item::Ready(ready) = &mut item {
        let header = &ready.record.header;
        if let Ok(key) = core.keyring.key(&header.space, header.stream, &header.epoch) {
            ready.opened = open_record(&ready.record, &key).ok();
        }
    }
    item
}

/// Gives the key that a feed announces in its first record.
fn announced(ready: &Ready) -> Option<[u8; 32]> {
    let opened = ready.opened.as_ref().filter(|opened| opened.inner.kind == OpType::FeedOpen.number())?;
    read_feed_open(&ready.record.header, opened).ok().map(|open| open.feed_key)
}

/// Does the same to each of some things on several threads, and gives them back in their order.
fn on_threads<A: Send, B: Send>(things: Vec<A>, threads: usize, work: &(impl Fn(A) -> B + Sync)) -> Vec<B> {
    let threads = threads.min(things.len() / WORTH_A_THREAD).max(1);
    if threads == 1 {
        return things.into_iter().map(work).collect();
    }
    let part = things.len().div_ceil(threads);
    let mut parts: Vec<Vec<A>> = Vec::with_capacity(threads);
    let mut rest = things;
    while rest.len() > part {
        let tail = rest.split_off(part);
        parts.push(std::mem::replace(&mut rest, tail));
    }
    parts.push(rest);
    thread::scope(|scope| {
        let own = parts.pop();
        let others: Vec<_> = parts
            .into_iter()
            .map(|part| scope.spawn(move || part.into_iter().map(work).collect::<Vec<B>>()))
            .collect();
        let own: Vec<B> = own.into_iter().flatten().map(work).collect();
        let mut done: Vec<B> = Vec::new();
        for other in others {
            match other.join() {
                Ok(part) => done.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done.extend(own);
        done
    })
}
