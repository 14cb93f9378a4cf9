//! Everything of a record that comes from outside, damaged: headers, records, stubs, insides, changes, texts; claims; kits and
//! key files. What is accepted is the one encoding of what it says.

use vv_crypto::{KitHints, KitSeed, read_kit_file, write_open_kit_file};
use vv_protocol::wire::{
    AccessClaim, AuthClaim, Carried, Claim, KeyRights, PurgeClaim, Rights, Signed, SpaceClaim,
};
use vv_protocol::{Header, Record, Stub, pad, unpad};

use super::devices::{A, B, Laptop, dump, raws, take_all};
use super::*;
use crate::fuzzing::{CBOR, fuzz, fuzz_cbor};
use crate::store::inner::Inner;
use crate::store::key_file::KeyFile;
use crate::store::op_cbor::{decode_ops, decode_value, encode_ops, encode_value};
use crate::store::page;
use crate::store::seal::open_record;

fn notebook() -> Laptop {
    let laptop = Laptop::first();
    laptop.notebook.write(|tx| make_thing(tx, A, "One", "some words")).unwrap();
    laptop.notebook.write(|tx| write_text(tx, A, "some other words")).unwrap();
    laptop.notebook.write(|tx| make_thing(tx, B, "Two", &"a longer text ".repeat(40))).unwrap();
    laptop.notebook.write(|tx| tx.erase(&B)).unwrap();
    laptop
}

/// Opens records as the notebook has them: what is inside, and the bodies of changes.
fn opened(laptop: &Laptop) -> Vec<Inner> {
    let open = |raw: Vec<u8>| {
        let record = Record::decode(&raw).ok()?;
        let header = &record.header;
        let key = laptop
            .notebook
            .read(|reader| reader.core().record_key(&header.space, header.stream, &header.epoch))
            .ok()?;
        Some(open_record(&record, &key).ok()?.inner)
    };
    raws(&laptop.notebook).into_iter().filter_map(open).collect()
}

#[test]
fn headers_records_and_stubs_survive() {
    let mut seeds = raws(&notebook().notebook);
    seeds.truncate(6);
    let stubs: Vec<_> = seeds
        .iter()
        .filter_map(|raw| Record::decode(raw).ok())
        .map(|record| record.to_stub().encode())
        .collect();
    seeds.extend(stubs);
    fuzz_cbor("records", &seeds, |bytes| {
        if let Ok((header, rest)) = Header::decode_prefix(bytes) {
            assert_eq!([header.encode().as_slice(), rest].concat(), bytes, "a header has one encoding");
        }
        if let Ok(record) = Record::decode(bytes) {
            assert_eq!(record.encode(), bytes);
        }
        if let Ok(stub) = Stub::decode(bytes) {
            assert_eq!(stub.encode(), bytes);
        }
        if let Ok(carried) = Carried::from_raw(bytes.to_vec()) {
            assert_eq!(carried.raw(), bytes);
        }
    });
}

#[test]
fn paddings_survive() {
    let seeds: Vec<Vec<u8>> = [0, 1, 251, 252, 253, 1000].map(|length| pad(&vec![7; length])).into();
    fuzz_cbor("paddings", &seeds, |bytes| {
        if let Ok(content) = unpad(bytes) {
            assert_eq!(pad(content), bytes, "a padding is that of one content");
        }
    });
}

#[test]
fn the_insides_of_records_survive() {
    let seeds: Vec<Vec<u8>> = opened(&notebook()).iter().map(Inner::encode).collect();
    fuzz_cbor("insides", &seeds, |bytes| {
        if let Ok(inner) = Inner::decode(bytes) {
            assert_eq!(Inner::decode(&inner.encode()).unwrap(), inner);
        }
    });
}

#[test]
fn changes_and_values_survive() {
    let seeds: Vec<Vec<u8>> = opened(&notebook()).into_iter().map(|inner| inner.body).collect();
    fuzz_cbor("changes", &seeds, |bytes| {
        if let Ok((ops, has_unknown)) = decode_ops(bytes) {
            assert!(has_unknown || encode_ops(&ops) == bytes, "a change has one encoding");
        }
        if let Ok(value) = decode_value(bytes) {
            assert_eq!(decode_value(&encode_value(&value)).unwrap(), value);
        }
    });
}

#[test]
fn updates_of_texts_survive() {
    let mut text = TextDoc::new(7);
    let mut seeds = Vec::new();
    for words in ["one", "one two", "two", "two 🌱 three\n"] {
        seeds.extend(text.apply_text(words));
        seeds.push(text.save());
    }
    fuzz("updates of texts", &seeds, &[b"\xff\xff\xff\xff\x0f", b"\x80", b"\x00", b"\x01\x01"], |bytes| {
        let mut text = TextDoc::new(9);
        if text.import(bytes).is_ok() {
            let kept = text.save();
            assert_eq!(TextDoc::load(&kept, 9).unwrap().text(), text.text());
        }
    });
}

/// A whole record is changed outside its seal and handed to a notebook, which goes on as if nothing had been.
#[test]
fn whole_pages_of_damaged_records_change_nothing() {
    let laptop = notebook();
    let seeds = raws(&laptop.notebook);
    let other = Laptop::join(&laptop.notebook, 2);
    take_all(&other.notebook, seeds.clone());
    let before = dump(&other.notebook);
    fuzz_cbor("pages of records", &seeds, |bytes| {
        let page = other.notebook.read(|reader| page::Page::prepare(reader, vec![bytes.to_vec()])).unwrap();
        other.notebook.write(|tx| tx.take_in_page(&page)).unwrap();
    });
    assert_eq!(dump(&other.notebook), before);
    assert_eq!(other.notebook.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn claims_survive() {
    let keys = vec![KeyRights { key: [1; 32], rights: Rights::READ }];
    let bodies = [
        AuthClaim { nonce: vec![4; 16], host: "sync.example.org".into(), space: [2; 16], not_after: 9 }
            .encode(),
        SpaceClaim {
            host: "sync.example.org".into(),
            space: [2; 16],
            keys: keys.clone(),
            voucher: Some("abc".into()),
        }
        .encode(),
        AccessClaim { space: [2; 16], version: 3, keys }.encode(),
        PurgeClaim { space: [2; 16], stream: 1, feed: [3; 16], seqs: vec![1, 5, 900] }.encode(),
    ];
    let mut seeds: Vec<Vec<u8>> = bodies.to_vec();
    seeds.extend(bodies.map(|body| Signed { body, by: [8; 32], signature: [6; 64] }.encode()));
    fuzz_cbor("claims", &seeds, |bytes| {
        fn is_canonical<C: Claim>(bytes: &[u8]) {
            if let Ok(claim) = C::decode(bytes) {
                assert_eq!(claim.encode(), bytes);
            }
        }
        is_canonical::<AuthClaim>(bytes);
        is_canonical::<SpaceClaim>(bytes);
        is_canonical::<AccessClaim>(bytes);
        is_canonical::<PurgeClaim>(bytes);
        if let Ok(signed) = Signed::decode(bytes) {
            assert_eq!(signed.encode(), bytes);
        }
    });
}

#[test]
fn kits_and_key_files_survive() {
    let hints = KitHints {
        made_on: "1 March 2026".into(),
        servers: vec!["https://sync.example.org".into()],
        folders: vec!["/home/ada/Sync 100%".into()],
    };
    let seeds = [write_open_kit_file(&KitSeed::make(), &hints).to_vec()];
    let pieces: &[&[u8]] = &[
        b"check: ",
        b"words 1-6: ",
        b"sealed: ",
        b"%",
        b"%C3",
        b"\r\n",
        b"\xef\xbb\xbf",
        b"format 2",
        b": ",
    ];
    fuzz("kits", &seeds, pieces, |bytes| {
        if let Ok(kit) = read_kit_file(bytes, None) {
            let again = write_open_kit_file(&kit.seed, &kit.hints);
            assert_eq!(read_kit_file(&again, None).unwrap(), kit);
        }
    });
    let laptop = Laptop::first();
    let key_file = std::fs::read(laptop.profile.notebook().join("notebook.key")).unwrap();
    fuzz("key files", &[key_file], CBOR, |bytes| {
        if let Ok(file) = KeyFile::decode(bytes) {
            assert_eq!(KeyFile::decode(&file.encode()).unwrap().encode(), file.encode());
        }
    });
}
