//! Passphrases.

use vv_crypto::*;

use crate::vectors::read;

#[test]
fn a_passphrase_gives_the_key_of_the_protocol_however_it_was_typed() {
    let mut keys = Vec::new();
    for v in read("passphrases.json").list() {
        let params = PassphraseParams {
            memory_kib: v.number("memory_kib") as u32,
            iterations: v.number("iterations") as u32,
            lanes: v.number("lanes") as u32,
            salt: v.array("salt"),
        };
        let key = derive_passphrase_key(&v.text("passphrase"), &params).unwrap();
        assert_eq!(key, v.key("key"));
        keys.push(key);
    }
    // The second and third are one phrase, with accents and spaces typed in two ways.
    assert_eq!(keys[1], keys[2]);
}

#[test]
fn settings_outside_the_bounds_are_refused_before_any_work() {
    let good = PassphraseParams::make_default();
    assert_eq!(good.check(), Ok(()));
    let with = |change: fn(&mut PassphraseParams)| {
        let mut params = good;
        change(&mut params);
        derive_passphrase_key("a phrase", &params).unwrap_err()
    };
    assert_eq!(with(|p| p.memory_kib -= 1), PassphraseError::TooWeak);
    assert_eq!(with(|p| p.iterations = 2), PassphraseError::TooWeak);
    assert_eq!(with(|p| p.lanes = 0), PassphraseError::TooWeak);
    assert_eq!(with(|p| p.memory_kib = 1024 * 1024 + 1), PassphraseError::TooHeavy);
    assert_eq!(with(|p| p.iterations = 17), PassphraseError::TooHeavy);
    assert_eq!(with(|p| p.lanes = 5), PassphraseError::TooHeavy);
}

#[test]
fn an_empty_passphrase_is_refused() {
    let params = PassphraseParams::make_default();
    assert_eq!(derive_passphrase_key("", &params), Err(PassphraseError::Empty));
}

#[test]
fn every_new_passphrase_has_its_own_salt() {
    assert_ne!(PassphraseParams::make_default().salt, PassphraseParams::make_default().salt);
}
