//! The golden vectors: what this version writes and reads, every later version must too.

use vv_crypto::*;

use crate::vectors::{lend, read};

#[test]
fn hashes_and_derived_keys_are_those_of_the_protocol() {
    let vectors = read("hashes.json");
    for v in vectors.list_at("hashes") {
        let parts = v.parts("parts");
        assert_eq!(hash(&v.text("context"), &lend(&parts)), v.array("hash"));
    }
    for v in vectors.list_at("derived_keys") {
        assert_eq!(derive_key(&v.text("context"), &v.key("key"), &v.bytes("salt")), v.key("derived"));
    }
}

#[test]
fn signatures_are_those_of_the_protocol() {
    for v in read("hashes.json").list_at("signatures") {
        let (key, parts) = (SigningKey::from_seed(&v.key("seed")), v.parts("parts"));
        assert_eq!(key.verifying_key().as_bytes(), &v.array("public"));
        let signature = key.sign(&v.text("context"), &lend(&parts));
        assert_eq!(signature, v.array("signature"));
        assert_eq!(key.verifying_key().verify(&v.text("context"), &lend(&parts), &signature), Ok(()));
    }
}

#[test]
fn feeds_epochs_and_accounts_derive_the_keys_of_the_protocol() {
    let vectors = read("keys.json");
    for v in vectors.list_at("feeds") {
        let incarnation = v.text("incarnation").parse().unwrap();
        let stream = v.number("stream") as u32;
        let key = derive_feed_key(&v.key("device_seed"), &v.array("space"), stream, incarnation);
        assert_eq!(key.seed(), v.key("feed_seed"));
        assert_eq!(key.verifying_key().as_bytes(), &v.array("feed_public"));
    }
    let epoch = vectors.at("epoch");
    assert_eq!(derive_epoch_id(&epoch.key("key"), &epoch.array("space")), epoch.array("epoch_id"));
    for v in vectors.list_at("record_keys") {
        assert_eq!(derive_record_key(&v.key("key"), v.number("stream") as u32), v.key("record_key"));
    }
    let (secret, public) = derive_enc_keypair(&vectors.at("enc").key("seed"));
    assert_eq!(secret.to_key(), vectors.at("enc").key("secret"));
    assert_eq!(public.as_bytes(), &vectors.at("enc").array("public"));
    assert_eq!(secret.public(), public);

    let v = vectors.at("account");
    let account = AccountSecret::from_parts(0, v.key("secret"));
    let (secret, public) = account.derive_account_enc();
    assert_eq!(secret.to_key(), v.key("enc_secret"));
    assert_eq!(public.as_bytes(), &v.array("enc_public"));
    assert_eq!(account.derive_account_sym(), v.key("sym"));
}

#[test]
fn wraps_written_by_another_implementation_open() {
    let vectors = read("wraps.json");
    let secret = EncSecret::from_key(vectors.key("recipient_secret"));
    assert_eq!(secret.public().as_bytes(), &vectors.array("recipient_public"));

    let v = vectors.at("wrap_key");
    let plain = unwrap_key(&secret, &v.bytes("info"), &v.bytes("aad"), &v.bytes("wrapped")).unwrap();
    assert_eq!(*plain, v.bytes("plain"));

    let v = vectors.at("seal_to");
    assert_eq!(*open_from(&secret, &v.bytes("info"), &v.bytes("sealed")).unwrap(), v.bytes("plain"));

    let v = vectors.at("account");
    let account = v.array("account_id");
    let generation = v.number("generation") as u32;
    let current = AccountSecret::unwrap(&secret, &account, generation, &v.bytes("wrapped")).unwrap();
    assert_eq!(current.secret(), &v.key("secret"));
    let before = v.number("previous_generation") as u32;
    let previous = current.open_back_link(&account, before, &v.bytes("back")).unwrap();
    assert_eq!(previous.secret(), &v.key("previous_secret"));
}

#[test]
fn epochs_written_by_another_implementation_open() {
    let vectors = read("wraps.json");
    let secret = EncSecret::from_key(vectors.key("recipient_secret"));
    let v = vectors.at("epoch");
    let keys = |name: &str| {
        let v = v.at(name);
        EpochKeys {
            content: v.key("content"),
            history: v.key("history"),
            control: v.key("control"),
            process: v.key("process"),
        }
    };
    let place = EpochWrapPlace {
        space_id: v.array("space"),
        epoch_id: v.array("epoch_id"),
        account_id: v.array("account_id"),
        generation: v.number("generation") as u32,
    };
    let (new, old) = (keys("new"), keys("old"));
    let all = unwrap_epoch(&secret, &place, &v.bytes("wrapped_all")).unwrap();
    assert_eq!(*all.to_bytes(), v.bytes("grant_all"));
    assert_eq!(all.into_keys(), Some(new.clone()));
    let process = unwrap_epoch(&secret, &place, &v.bytes("wrapped_process")).unwrap();
    assert_eq!(*process.to_bytes(), v.bytes("grant_process"));
    assert_eq!(process, new.grant_process());
    let back = open_back_link(&new, &place.space_id, &v.array("previous_id"), &v.bytes("back")).unwrap();
    assert_eq!(back, old);
}

#[test]
fn chunks_of_files_are_those_of_the_protocol() {
    let vectors = read("blobs.json");
    let (key, nonce) = (vectors.key("key"), vectors.array("blob_nonce"));
    for v in vectors.list_at("chunks") {
        let (index, last) = (v.number("index"), v.flag("last"));
        let sealed = seal_chunk(&key, &nonce, index, last, &v.bytes("plain"));
        assert_eq!(sealed, v.bytes("sealed"));
        assert_eq!(chunk_name(&sealed), v.array("name"));
        assert_eq!(*open_chunk(&key, &nonce, index, last, &sealed).unwrap(), v.bytes("plain"));
        assert_eq!(open_chunk(&key, &nonce, index, !last, &sealed), Err(OpenError));
        assert_eq!(open_chunk(&key, &nonce, index + 1, last, &sealed), Err(OpenError));
    }
}

#[test]
fn records_are_sealed_and_signed_as_the_protocol_says() {
    let vectors = read("records.json");
    let stream = vectors.number("stream") as u32;
    let incarnation = vectors.text("incarnation").parse().unwrap();
    let feed = derive_feed_key(&vectors.key("device_seed"), &vectors.array("space"), stream, incarnation);
    assert_eq!(feed.verifying_key().as_bytes(), &vectors.array("feed_public"));
    assert_eq!(derive_epoch_id(&vectors.key("epoch_key"), &vectors.array("space")), vectors.array("epoch"));
    let key = derive_record_key(&vectors.key("epoch_key"), stream);
    for v in vectors.list_at("records") {
        let header = v.bytes("header");
        assert_eq!(seal(&key, &v.array("nonce"), &header, &v.bytes("padded")), v.bytes("ct"));
        assert_eq!(*open(&key, &v.array("nonce"), &header, &v.bytes("ct")).unwrap(), v.bytes("padded"));
        assert_eq!(chunk_name(&v.bytes("ct")), v.array("ct_hash"));
        let digests = [chunk_name(&header), chunk_name(&v.bytes("inner"))];
        assert_eq!(feed.sign("rec/v1", &[&digests[0], &digests[1]]), v.array("signature"));
    }
    let push = vectors.at("push");
    assert_eq!(feed.sign("push/v1", &[&push.bytes("claim")]), push.array("signature"));
}
