//! Promise 13: three replicas on one PostgreSQL stay one server, whatever happens to them.
//!
//! Devices push and pull through whichever replica comes to hand while replicas are killed and stopped, connections are cut
//! and the database is restarted. In the end every record that was acknowledged is there, once, in the order of its feed, without
//! gaps, under the same chain everywhere, and nobody ever saw a stream go back. What happens when follows from what was
//! acknowledged, not from a clock. `VV_REPLICA_ROUNDS` makes it longer.

#![allow(clippy::unwrap_used)]

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::watch;
use vv_protocol::STREAM_CHAIN_START;
use vv_protocol::wire::{KeyRights, Rights};
use vv_server::testing::{Cluster, Device, Feed, Key, Process};

const CT: usize = 304;
/// The first space is hot, the other is not.
const SPACES: [([u8; 16], u64); 2] = [([1; 16], 5), ([2; 16], 1)];
/// How many batches are acknowledged between one misfortune and the next.
const BETWEEN: u64 = 60;
const STREAM: u32 = 1;

type Acknowledged = Arc<Mutex<HashMap<([u8; 16], [u8; 16]), u64>>>;

/// Chooses replicas, the same way in every run.
#[derive(Clone)]
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

struct Replicas {
    program: PathBuf,
    options: Vec<String>,
    running: Vec<Option<Process>>,
    addresses: Vec<String>,
}

impl Replicas {
    fn start(database: &str, folder: &std::path::Path) -> Self {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_vv-server"));
        let options = [
            "--database",
            database,
            "--data",
            folder.to_str().unwrap(),
            "--pushes",
            "100000",
            "--connections",
            "6",
        ];
        let running: Vec<_> = (0..3).map(|_| Process::start(&program, &options)).collect();
        let addresses = running.iter().map(|process| process.address().to_owned()).collect();
        let options = options.iter().map(|it| (*it).to_owned()).collect();
        Self { program, options, running: running.into_iter().map(Some).collect(), addresses }
    }

    fn kill(&mut self, number: usize) {
        self.running[number].take().unwrap().kill();
    }

    fn start_again(&mut self, number: usize) {
        let options: Vec<&str> = self.options.iter().map(String::as_str).collect();
        self.running[number] = Some(Process::start_at(&self.program, &self.addresses[number], &options));
    }

    fn signal(&self, number: usize, name: &str) {
        self.running[number].as_ref().unwrap().signal(name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_replicas_are_one_server_through_kills_stops_cuts_and_restarts() {
    let rounds: u64 = std::env::var("VV_REPLICA_ROUNDS").map_or(1, |rounds| rounds.parse().unwrap());
    let cluster = Cluster::start(&std::env::temp_dir(), &["fsync=off"]);
    let database = cluster.make_database().await;
    let folder = tempfile::tempdir().unwrap();
    let mut replicas = Replicas::start(&database, folder.path());
    let devices = sign_in(&replicas.addresses[0]).await;

    let acknowledged: Acknowledged = Arc::default();
    let (count, mut counted) = watch::channel(0u64);
    let count = Arc::new(count);
    let ending = Arc::new(AtomicBool::new(false));
    let mut writers = Vec::new();
    for (at, (device, (space, how_many))) in devices.iter().zip(SPACES).enumerate() {
        for number in 0..how_many {
            let feed = Feed::begin(Key::of(1_000 * (at as u64 + 1) + number), space, STREAM);
            writers.push(tokio::spawn(write(
                device.clone(),
                replicas.addresses.clone(),
                feed,
                (acknowledged.clone(), count.clone(), ending.clone()),
            )));
        }
    }
    let readers: Vec<_> = devices
        .iter()
        .map(|device| tokio::spawn(read(device.clone(), replicas.addresses.clone(), ending.clone())))
        .collect();

    let mut wait_for_more = async |batches: u64| {
        let goal = *counted.borrow() + batches;
        let going_on = counted.wait_for(|count| *count >= goal);
        tokio::time::timeout(Duration::from_secs(120), going_on).await.expect("the others go on").unwrap();
    };
    let mut chance = Chance(2_026);
    for _ in 0..rounds {
        let one = chance.below(3) as usize;
        wait_for_more(BETWEEN).await;
        replicas.kill(one);
        wait_for_more(BETWEEN).await;
        replicas.start_again(one);
        let other = chance.below(3) as usize;
        wait_for_more(BETWEEN).await;
        replicas.signal(other, "STOP");
        wait_for_more(BETWEEN).await;
        replicas.signal(other, "CONT");
        wait_for_more(BETWEEN).await;
        cluster.cut_connections().await;
        wait_for_more(BETWEEN).await;
        tokio::task::block_in_place(|| cluster.restart());
        wait_for_more(BETWEEN).await;
        for number in 0..3 {
            replicas.kill(number);
            replicas.start_again(number);
        }
    }
    wait_for_more(BETWEEN).await;
    ending.store(true, Ordering::Relaxed);
    for writer in writers {
        writer.await.unwrap();
    }
    let mut seen = Vec::new();
    for reader in readers {
        seen.push(reader.await.unwrap());
    }
    for (device, seen) in devices.iter().zip(seen) {
        check(device, &replicas.addresses, &acknowledged, seen).await;
    }
    hear_of_each_other(&devices[0], &replicas.addresses).await;
}

/// Makes the spaces and gives a device for each.
async fn sign_in(address: &str) -> Vec<Device> {
    let client = Device::client_with(Duration::from_secs(5));
    let mut devices = Vec::new();
    for (space, _) in SPACES {
        let mut device = Device::new(&client, address, Key::of(1), space);
        let reader = KeyRights { key: Key::of(2).public(), rights: Rights::READ };
        device.make_space(&[reader], None).await.unwrap();
        device.sign_in().await.unwrap();
        devices.push(device);
    }
    devices
}

/// Pushes batch after batch, each until somebody acknowledges it, and sees that the stream never goes back.
async fn write(
    device: Device,
    addresses: Vec<String>,
    mut feed: Feed,
    (acknowledged, count, ending): (Acknowledged, Arc<watch::Sender<u64>>, Arc<AtomicBool>),
) {
    let mut chance = Chance(u64::from(feed.id()[0]) + 1);
    let mut head = 0;
    while !ending.load(Ordering::Relaxed) {
        let batch = feed.batch(1 + chance.below(5) as usize, CT);
        let space = batch.records[0].header().space;
        let answer = loop {
            let at = &addresses[chance.below(3) as usize];
            match device.at(at).push(STREAM, &batch).await {
                Ok(answer) => break answer,
                Err(None | Some((503, _))) => tokio::task::yield_now().await,
                Err(Some(refused)) => panic!("a batch that is right was refused: {refused:?}"),
            }
        };
        assert_eq!(answer.accepted + answer.known, batch.records.len() as u64);
        assert!(answer.head > head, "the stream went back from {head} to {}", answer.head);
        head = answer.head;
        acknowledged.lock().unwrap().insert((space, feed.id()), feed.seq());
        count.send_modify(|count| *count += 1);
    }
}

/// Follows a stream through any replica, verifying every page; gives where it came to.
async fn read(device: Device, addresses: Vec<String>, ending: Arc<AtomicBool>) -> (u64, [u8; 32]) {
    let mut chance = Chance(7);
    let (mut after, mut chain) = (0, STREAM_CHAIN_START);
    let mut log = None;
    while !ending.load(Ordering::Relaxed) {
        let at = &addresses[chance.below(3) as usize];
        let Ok(page) = device.at(at).pull(STREAM, after, 100).await else {
            tokio::task::yield_now().await;
            continue;
        };
        assert_eq!(page.after, after, "the stream went back");
        if page.head > 0 {
            assert_eq!(*log.get_or_insert(page.log), page.log, "it is the same log everywhere");
        }
        chain = page.chain_from(&chain);
        assert_eq!(page.chain, chain, "the chain goes on as it began");
        after = page.last();
    }
    (after, chain)
}

/// Reads a whole stream from every replica and compares it with what was acknowledged.
async fn check(
    device: &Device,
    addresses: &[String],
    acknowledged: &Acknowledged,
    (seen, seen_chain): (u64, [u8; 32]),
) {
    let mut ends = Vec::new();
    for address in addresses {
        let device = device.at(address);
        let (mut after, mut chain) = (0, STREAM_CHAIN_START);
        let mut feeds: HashMap<[u8; 16], u64> = HashMap::new();
        let mut chain_at_seen = STREAM_CHAIN_START;
        loop {
            let page = device.pull(STREAM, after, 1_000).await.unwrap();
            if page.records.is_empty() {
                assert_eq!((page.after, page.head), (after, after), "no number is left out");
                break;
            }
            for record in &page.records {
                let place = feeds.entry(record.header().feed).or_default();
                *place += 1;
                assert_eq!(record.header().seq, *place, "each record of a feed is there once and in order");
                after += 1;
                chain = vv_protocol::stream_chain(&chain, &record.hash());
                if after == seen {
                    chain_at_seen = chain;
                }
            }
            assert_eq!(page.chain, chain);
        }
        assert_eq!(chain_at_seen, seen_chain, "what a reader saw on the way is what stayed");
        for ((space, feed), seq) in acknowledged.lock().unwrap().iter() {
            if *space == device.space() {
                assert!(feeds.get(feed).is_some_and(|there| there >= seq), "what was acknowledged is there");
            }
        }
        ends.push((after, chain));
    }
    ends.dedup();
    assert_eq!(ends.len(), 1, "all replicas say the same");
}

/// What is pushed through one replica is heard at the others.
async fn hear_of_each_other(device: &Device, addresses: &[String]) {
    let mut feed = Feed::begin(Key::of(99), SPACES[0].0, STREAM);
    for (at, other) in [(0, 1), (1, 2), (2, 0)] {
        let listener = device.at(&addresses[other]);
        let mut live = listener.listen(vec![device.token().to_owned()], Vec::new()).await.unwrap();
        let before = live.next().await.unwrap().head;
        let answer = device.at(&addresses[at]).push(STREAM, &feed.batch(1, CT)).await.unwrap();
        let poke = live.next().await.unwrap();
        assert!(answer.head == before + 1 && poke.head == answer.head && poke.chain == answer.chain);
    }
}
