//! What accounts, devices and epochs say of themselves, damaged.

use vv_crypto::{KitSeed, seal_to};
use vv_protocol::{OpType, Record};

use super::account_op::{AccountOp, Cut};
use super::record::{EpochOp, FeedOpen, SignedAccountOp, SpaceGenesis};
use super::vectors::{bytes, read};
use super::welcome::Welcome;
use crate::fuzzing::fuzz_cbor;
use crate::notebook::Beacon;
use crate::store::inner::Inner;
use crate::store::seal::open_record;
use crate::store::tests::devices::{Laptop, raws};

const ACCOUNT: [OpType; 5] =
    [OpType::AccountGenesis, OpType::DeviceAdd, OpType::DeviceRevoke, OpType::EncRotate, OpType::Recover];

/// Makes an account with three devices, of which one was taken away, and gives what its records hold.
fn insides() -> Vec<Inner> {
    let one = Laptop::first();
    Laptop::join(&one.notebook, 2);
    let gone = Laptop::join(&one.notebook, 3);
    one.notebook.write(|tx| crate::devices::revoke_device(tx, gone.id())).unwrap();
    let open = |raw: Vec<u8>| {
        let record = Record::decode(&raw).unwrap();
        let header = &record.header;
        let core = |reader: &crate::store::Reader<'_>| {
            reader.core().record_key(&header.space, header.stream, &header.epoch)
        };
        open_record(&record, &one.notebook.read(core).unwrap()).unwrap().inner
    };
    raws(&one.notebook).into_iter().map(open).collect()
}

fn bodies(of: &[Inner], kinds: &[OpType]) -> Vec<Vec<u8>> {
    let fits = |inner: &&Inner| kinds.iter().any(|kind| kind.number() == inner.kind);
    of.iter().filter(fits).map(|inner| inner.body.clone()).collect()
}

#[test]
fn operations_of_an_account_survive() {
    let signed = bodies(&insides(), &ACCOUNT);
    let mut seeds: Vec<Vec<u8>> =
        signed.iter().map(|body| SignedAccountOp::decode(body).unwrap().op).collect();
    seeds.extend(signed);
    let vectors = read("account_ops.json");
    seeds.extend(
        vectors["ops"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|op| op["op"].as_str().map(|_| bytes(&op["op"]))),
    );
    fuzz_cbor("account operations", &seeds, |bytes| {
        if let Ok(signed) = SignedAccountOp::decode(bytes) {
            assert_eq!(signed.encode(), bytes);
        }
        for kind in ACCOUNT {
            if let Ok(Some(op)) = AccountOp::decode(kind.number(), bytes) {
                assert_eq!(op.encode(), bytes, "an operation has one encoding");
            }
        }
    });
}

#[test]
fn epochs_and_beginnings_survive() {
    let seeds = bodies(&insides(), &[OpType::Epoch, OpType::FeedOpen, OpType::SpaceGenesis]);
    fuzz_cbor("epochs", &seeds, |bytes| {
        if let Ok(op) = EpochOp::decode(bytes) {
            assert_eq!(op.encode(), bytes);
        }
        if let Ok(op) = FeedOpen::decode(bytes) {
            assert_eq!(op.encode(), bytes);
        }
        if let Ok(op) = SpaceGenesis::decode(bytes) {
            assert_eq!(op.encode(), bytes);
        }
    });
}

#[test]
fn cuts_and_welcomes_survive() {
    let one = Laptop::first();
    let welcome = one.notebook.write(|tx| Welcome::gather(tx)).unwrap().encode();
    let cut = Cut { space: [1; 16], stream: 1, feed: [2; 16], seq: 900, hash: [3; 32] };
    fuzz_cbor("cuts and welcomes", &[welcome, Cut::encode_all(&[cut, cut])], |bytes| {
        if let Ok(welcome) = Welcome::decode(bytes) {
            assert_eq!(welcome.encode(), bytes);
        }
        if let Ok(cuts) = Cut::decode_all(bytes) {
            assert_eq!(Cut::encode_all(&cuts), bytes);
        }
    });
}

#[test]
fn beacons_survive() {
    let kit = KitSeed::make();
    let (_, public) = kit.derive_recovery();
    let one = Laptop::first();
    let sealed =
        one.notebook.read(|reader| Beacon::make(reader, &["https://sync.example.org".to_owned()])).unwrap();
    let own = one.notebook.kit().unwrap();
    assert!(Beacon::open(&own, &sealed).is_some() && Beacon::open(&kit, &sealed).is_none());
    let plain = vv_crypto::open_from(&own.derive_recovery().0, b"beacon/v1", &sealed).unwrap().to_vec();
    fuzz_cbor("beacons", &[plain], |bytes| {
        // What is inside a seal comes from whoever has the kit's public key.
        if let Some(beacon) = Beacon::open(&kit, &seal_to(&public, b"beacon/v1", bytes)) {
            assert!(beacon.places.len() <= 64);
        }
        assert!(Beacon::open(&kit, bytes).is_none());
    });
}
