//! Properties: what was sealed opens, and nothing else does.

use proptest::prelude::*;
use vv_crypto::*;

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..600)
}

/// Flips one bit somewhere.
fn flip(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut flipped = bytes.to_vec();
    let bit = at % (flipped.len() * 8);
    flipped[bit / 8] ^= 1 << (bit % 8);
    flipped
}

proptest! {
    #[test]
    fn what_was_sealed_opens(plain in bytes(), aad in bytes()) {
        let key = make_key();
        let sealed = seal_with_random_nonce(&key, &aad, &plain);
        prop_assert_eq!(sealed.len(), NONCE_LEN + plain.len() + TAG_LEN);
        prop_assert_eq!(&*open_with_nonce_prefix(&key, &aad, &sealed).unwrap(), &plain);
    }

    #[test]
    fn no_changed_bit_opens(plain in bytes(), header in prop::collection::vec(any::<u8>(), 1..150), at: usize) {
        let key = make_key();
        let sealed = seal_with_random_nonce(&key, &header, &plain);
        prop_assert_eq!(open_with_nonce_prefix(&key, &header, &flip(&sealed, at)), Err(OpenError));
        prop_assert_eq!(open_with_nonce_prefix(&key, &flip(&header, at), &sealed), Err(OpenError));
        prop_assert_eq!(open_with_nonce_prefix(&make_key(), &header, &sealed), Err(OpenError));
        let other = Key32::from_slice(&flip(key.as_bytes(), at)).unwrap();
        prop_assert_eq!(open_with_nonce_prefix(&other, &header, &sealed), Err(OpenError));
    }

    #[test]
    fn no_beginning_of_something_sealed_opens(plain in bytes(), cut: prop::sample::Index) {
        let key = make_key();
        let sealed = seal_with_random_nonce(&key, b"", &plain);
        prop_assert_eq!(open_with_nonce_prefix(&key, b"", &sealed[..cut.index(sealed.len())]), Err(OpenError));
    }

    #[test]
    fn a_signature_covers_context_parts_and_their_borders(a in bytes(), b in bytes(), at: usize) {
        let key = SigningKey::make();
        let public = key.verifying_key();
        let signature = key.sign("rec/v1", &[&a, &b]);
        prop_assert_eq!(public.verify("rec/v1", &[&a, &b], &signature), Ok(()));
        prop_assert_eq!(public.verify("push/v1", &[&a, &b], &signature), Err(SignatureError));
        let flipped = flip(&signature, at).try_into().unwrap();
        prop_assert_eq!(public.verify("rec/v1", &[&a, &b], &flipped), Err(SignatureError));
        prop_assert_eq!(SigningKey::make().verifying_key().verify("rec/v1", &[&a, &b], &signature), Err(SignatureError));
        let joined = [a.as_slice(), &b].concat();
        prop_assert_eq!(public.verify("rec/v1", &[&joined], &signature), Err(SignatureError));
        if !a.is_empty() {
            prop_assert_eq!(public.verify("rec/v1", &[&flip(&a, at), &b], &signature), Err(SignatureError));
            let moved = [&a[a.len() - 1..], &b].concat();
            prop_assert_eq!(public.verify("rec/v1", &[&a[..a.len() - 1], &moved], &signature), Err(SignatureError));
        }
    }

    #[test]
    fn a_hash_covers_context_parts_and_their_borders(a in bytes(), b in bytes()) {
        let joined = [a.as_slice(), &b].concat();
        let all = [
            hash("a/v1", &[&a, &b]),
            hash("b/v1", &[&a, &b]),
            hash("a/v1", &[&joined]),
            hash("a/v1", &[&a, &b, b""]),
            hash("a/v1", &[&joined, b""]),
        ];
        for (at, one) in all.iter().enumerate() {
            let same = all[..at].iter().filter(|other| *other == one).count();
            // With an empty second part, one split is another one's.
            prop_assert!(same == 0 || b.is_empty());
        }
    }

    #[test]
    fn a_wrap_opens_only_for_its_recipient_and_purpose(plain in bytes(), at: usize) {
        let (secret, public) = EncSecret::make();
        let (stranger, _) = EncSecret::make();
        let wrapped = wrap_key(&public, b"info", b"aad", &plain);
        prop_assert_eq!(wrapped.len(), plain.len() + WRAP_OVERHEAD);
        prop_assert_eq!(&*unwrap_key(&secret, b"info", b"aad", &wrapped).unwrap(), &plain);
        prop_assert_eq!(unwrap_key(&stranger, b"info", b"aad", &wrapped), Err(OpenError));
        prop_assert_eq!(unwrap_key(&secret, b"Info", b"aad", &wrapped), Err(OpenError));
        prop_assert_eq!(unwrap_key(&secret, b"info", b"aad.", &wrapped), Err(OpenError));
        prop_assert_eq!(unwrap_key(&secret, b"info", b"aad", &wrapped[..at % wrapped.len()]), Err(OpenError));
        // X25519 ignores the highest bit of a point, so the first part is changed elsewhere.
        let bit = at % (wrapped.len() * 8);
        if bit != 255 {
            prop_assert_eq!(unwrap_key(&secret, b"info", b"aad", &flip(&wrapped, bit)), Err(OpenError));
        }
    }

    #[test]
    fn a_line_sealed_while_locked_opens_with_the_secret_alone(line in "(?s).{0,300}", at: usize) {
        let (secret, public) = EncSecret::make();
        let sealed = seal_to(&public, b"inbox/v1", line.as_bytes());
        prop_assert_eq!(&*open_from(&secret, b"inbox/v1", &sealed).unwrap(), line.as_bytes());
        prop_assert_eq!(open_from(&secret, b"other/v1", &sealed), Err(OpenError));
        prop_assert_eq!(open_from(&EncSecret::make().0, b"inbox/v1", &sealed), Err(OpenError));
        let bit = at % (sealed.len() * 8);
        if bit != 8 + 255 {
            prop_assert_eq!(open_from(&secret, b"inbox/v1", &flip(&sealed, bit)), Err(OpenError));
        }
    }

    #[test]
    fn a_chunk_opens_only_at_its_place(plain in bytes(), index: u64, last: bool, at: usize) {
        let (key, nonce) = (make_key(), make_blob_nonce());
        let sealed = seal_chunk(&key, &nonce, index, last, &plain);
        prop_assert_eq!(&*open_chunk(&key, &nonce, index, last, &sealed).unwrap(), &plain);
        prop_assert_eq!(open_chunk(&key, &nonce, index ^ 1, last, &sealed), Err(OpenError));
        prop_assert_eq!(open_chunk(&key, &nonce, index, !last, &sealed), Err(OpenError));
        prop_assert_eq!(open_chunk(&key, &make_blob_nonce(), index, last, &sealed), Err(OpenError));
        prop_assert_eq!(open_chunk(&key, &nonce, index, last, &flip(&sealed, at)), Err(OpenError));
    }

    #[test]
    fn only_what_a_grant_wrote_is_read_as_one(which in 1u8..16, at: prop::sample::Index) {
        let keys = make_epoch();
        let has = |bit: u8, key: &Key32| (which & bit != 0).then(|| key.clone());
        let grant = EpochGrant {
            content: has(1, &keys.content),
            history: has(2, &keys.history),
            control: has(4, &keys.control),
            process: has(8, &keys.process),
        };
        let written = grant.to_bytes();
        prop_assert_eq!(EpochGrant::from_bytes(&written), Ok(grant));
        prop_assert_eq!(EpochGrant::from_bytes(&[written.as_slice(), b"x"].concat()), Err(GrantError));
        let cut = &written[..at.index(written.len())];
        prop_assert!(cut.len().is_multiple_of(33) && !cut.is_empty() || EpochGrant::from_bytes(cut).is_err());
    }
}

#[test]
fn a_grant_with_keys_out_of_order_or_twice_is_refused() {
    let entry = |number: u8| [vec![number], vec![0; 32]].concat();
    for numbers in [&[2, 1][..], &[1, 1], &[0], &[5], &[]] {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| entry(*number)).collect();
        assert_eq!(EpochGrant::from_bytes(&bytes), Err(GrantError));
    }
}

#[test]
fn points_of_small_order_are_no_public_keys() {
    let mut one = [0; 32];
    one[0] = 1;
    let eight = "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800";
    let eight = data_encoding::HEXLOWER.decode(eight.as_bytes()).unwrap().try_into().unwrap();
    let mut minus_one = [0xff; 32];
    (minus_one[0], minus_one[31]) = (0xec, 0x7f);
    for weak in [[0; 32], one, eight, minus_one] {
        assert_eq!(EncPublic::from_bytes(weak), Err(InvalidPublicKey));
    }
    let (_, public) = EncSecret::make();
    assert_eq!(EncPublic::from_bytes(*public.as_bytes()), Ok(public));
}

#[test]
fn bytes_that_are_no_key_verify_nothing() {
    let mut small_order = [0; 32];
    small_order[0] = 1;
    for bytes in [[0; 32], [0xff; 32], small_order] {
        let nothing = VerifyingKey::from_bytes(bytes).verify("rec/v1", &[b""], &[0; 64]);
        assert_eq!(nothing, Err(SignatureError));
    }
}

#[test]
fn a_newer_account_secret_opens_the_older_and_not_the_other_way() {
    let account = [9; 32];
    let first = AccountSecret::make_first();
    let second = first.make_next();
    assert_eq!((first.generation(), second.generation()), (0, 1));
    let back = second.seal_back_link(&account, &first);
    assert_eq!(second.open_back_link(&account, 0, &back).unwrap().secret(), first.secret());
    assert!(first.open_back_link(&account, 0, &back).is_err());
    assert!(second.open_back_link(&[8; 32], 0, &back).is_err());
}

#[test]
fn an_account_secret_reaches_its_device_and_no_other_account_or_generation() {
    let (secret, public) = EncSecret::make();
    let account = AccountSecret::make_first();
    let wrapped = account.wrap(&public, &[9; 32]);
    assert_eq!(AccountSecret::unwrap(&secret, &[9; 32], 0, &wrapped).unwrap().secret(), account.secret());
    assert!(AccountSecret::unwrap(&secret, &[8; 32], 0, &wrapped).is_err());
    assert!(AccountSecret::unwrap(&secret, &[9; 32], 1, &wrapped).is_err());
    assert!(AccountSecret::unwrap(&EncSecret::make().0, &[9; 32], 0, &wrapped).is_err());
}

#[test]
fn history_is_walked_back_only_with_the_history_key_and_only_to_the_named_epoch() {
    let (space, old, new) = ([3; 16], make_epoch(), make_epoch());
    let old_id = derive_epoch_id(&old.content, &space);
    let back = seal_back_link(&new, &space, &old);
    assert_eq!(open_back_link(&new, &space, &old_id, &back), Ok(old.clone()));
    assert_eq!(open_back_link(&new, &space, &[0; 32], &back), Err(OpenError));
    assert_eq!(open_back_link(&new, &[4; 16], &old_id, &back), Err(OpenError));
    let without_history = EpochKeys { history: make_key(), ..new };
    assert_eq!(open_back_link(&without_history, &space, &old_id, &back), Err(OpenError));
}

#[test]
fn a_facilitator_gets_no_content_key_and_a_newcomer_no_history() {
    let keys = make_epoch();
    assert_eq!((keys.grant_process().content, keys.grant_process().history), (None, None));
    assert_eq!(keys.grant_from_join().history, None);
    assert_eq!(keys.grant_all().into_keys(), Some(keys));
}

#[test]
fn a_wrap_whose_content_key_is_not_the_epochs_is_refused() {
    let (secret, public) = EncSecret::make();
    let (named, other) = (make_epoch(), make_epoch());
    let place = EpochWrapPlace {
        space_id: [1; 16],
        epoch_id: derive_epoch_id(&named.content, &[1; 16]),
        account_id: [2; 32],
        generation: 0,
    };
    let honest = wrap_epoch(&public, &place, &named.grant_all());
    assert_eq!(unwrap_epoch(&secret, &place, &honest), Ok(named.grant_all()));
    let forged = wrap_epoch(&public, &place, &other.grant_all());
    assert_eq!(unwrap_epoch(&secret, &place, &forged), Err(OpenError));
    let elsewhere = EpochWrapPlace { account_id: [3; 32], ..place };
    assert_eq!(unwrap_epoch(&secret, &elsewhere, &honest), Err(OpenError));
}

#[test]
fn every_stream_of_a_small_space_has_its_own_key() {
    let keys = make_epoch();
    assert_eq!(keys.of_stream(0), Some(&keys.control));
    assert_eq!(keys.of_stream(1), Some(&keys.content));
    assert_eq!(keys.of_stream(2), Some(&keys.process));
    assert_eq!(keys.of_stream(3), None);
    assert_ne!(derive_record_key(&keys.content, 1), derive_record_key(&keys.content, 2));
}

#[test]
fn secrets_are_not_printed() {
    let key = Key32::from_bytes([0xab; 32]);
    let all = [
        format!("{key:?}"),
        format!("{:?}", SigningKey::from_seed(&key)),
        format!("{:?}", EncSecret::from_key(key.clone())),
        format!("{:?}", KitSeed::from_key(key.clone())),
        format!("{:?}", AccountSecret::from_parts(0, key)),
        format!("{:?}", make_epoch()),
    ];
    for shown in all {
        assert!(shown.contains("(..)") && !shown.contains("ab, ") && !shown.contains("171"), "{shown}");
    }
}

#[test]
fn no_two_contexts_are_equal() {
    let mut all = contexts::ALL.to_vec();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), contexts::ALL.len());
}
