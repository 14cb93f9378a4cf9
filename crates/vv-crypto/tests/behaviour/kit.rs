//! The recovery kit: its words and its files.

use proptest::prelude::*;
use vv_crypto::*;

use crate::vectors::{Vector, file, read};

fn hints_of(v: &Vector) -> KitHints {
    let hints = v.at("hints");
    let texts = |name: &str| hints.list_at(name).iter().map(Vector::as_text).collect();
    KitHints { made_on: hints.text("made_on"), servers: texts("servers"), folders: texts("folders") }
}

#[test]
fn a_kit_derives_the_keys_of_the_protocol() {
    let v = read("kits.json");
    let kit = KitSeed::from_words(&v.text("words")).unwrap();
    assert_eq!(kit.key(), &v.key("seed"));
    assert_eq!(kit.derive_account_root().verifying_key().as_bytes(), &v.array("account_root_public"));
    let (secret, public) = kit.derive_recovery();
    assert_eq!(secret.to_key(), v.key("recovery_secret"));
    assert_eq!(public.as_bytes(), &v.array("recovery_public"));
    assert_eq!(kit.derive_account_locator(), v.array("account_locator"));
    assert_eq!(kit.derive_server_access_key().verifying_key().as_bytes(), &v.array("server_access_public"));
}

#[test]
fn kit_files_written_by_another_implementation_open() {
    let v = read("kits.json");
    let kit = KitFile {
        seed: KitSeed::from_key(v.key("seed")),
        hints: hints_of(&v),
        protection: KitProtection::Open,
    };
    assert_eq!(read_kit_file(&file("open.kit"), None), Ok(kit.clone()));
    let sealed = KitFile { protection: KitProtection::Passphrase, ..kit };
    assert_eq!(read_kit_file(&file("sealed.kit"), Some(&v.text("passphrase"))), Ok(sealed));
}

#[test]
fn a_sealed_kit_opens_with_its_passphrase_and_says_when_it_is_another() {
    let (seed, hints) = (KitSeed::make(), KitHints { made_on: "2026-11-21".into(), ..KitHints::default() });
    let bytes = seal_kit_file(&seed, &hints, "drei Äpfel").unwrap();
    assert_eq!(kit_file_protection(&bytes), Ok(KitProtection::Passphrase));
    assert_eq!(read_kit_file(&bytes, None), Err(KitFileError::PassphraseNeeded));
    assert_eq!(read_kit_file(&bytes, Some("vier Äpfel")), Err(KitFileError::WrongPassphrase));
    let read = read_kit_file(&bytes, Some("drei A\u{308}pfel")).unwrap();
    assert_eq!((read.seed, read.hints), (seed, hints));
    let text = String::from_utf8(bytes).unwrap();
    assert!(!text.contains("words 1-6") && !text.contains("2026"), "nothing of the kit stands in clear");
}

#[test]
fn a_kit_is_not_sealed_with_an_empty_passphrase() {
    let error = seal_kit_file(&KitSeed::make(), &KitHints::default(), "").unwrap_err();
    assert_eq!(error, KitFileError::Passphrase(PassphraseError::Empty));
}

#[test]
fn an_open_kit_warns_whoever_reads_it() {
    let bytes = write_open_kit_file(&KitSeed::make(), &KitHints::default());
    let text = std::str::from_utf8(&bytes).unwrap();
    assert!(text.lines().nth(1).unwrap().starts_with("WARNING: whoever has this file"));
}

#[test]
fn a_kit_survives_other_line_ends_spaces_and_a_byte_order_mark() {
    for name in ["open.kit", "sealed.kit"] {
        let text = String::from_utf8(file(name)).unwrap();
        let changed = format!("\u{feff}{}", text.replace('\n', "  \r\n\r\n").replace(": ", ":   "));
        assert_eq!(kit_file_protection(changed.as_bytes()), kit_file_protection(text.as_bytes()));
    }
    let mangled = String::from_utf8(file("open.kit")).unwrap().replace('\n', "\r\n   ");
    assert_eq!(read_kit_file(mangled.as_bytes(), None), read_kit_file(&file("open.kit"), None));
}

#[test]
fn a_damaged_kit_is_called_damaged_and_a_strange_file_strange() {
    for name in ["open.kit", "sealed.kit"] {
        let whole = file(name);
        let cut = &whole[..whole.len() - 12];
        assert_eq!(read_kit_file(cut, Some("any")), Err(KitFileError::Damaged));
        let mut torn = whole.clone();
        torn[200] ^= 0xff;
        assert_eq!(read_kit_file(&torn, Some("any")), Err(KitFileError::Damaged));
    }
    for strange in [&b""[..], b"PK\x03\x04", b"# A diary\nwords 1-6: abandon", &[0xff; 70_000]] {
        assert_eq!(read_kit_file(strange, None), Err(KitFileError::NotAKit));
    }
}

#[test]
fn a_kit_of_a_later_format_asks_for_an_update() {
    let later = String::from_utf8(file("open.kit")).unwrap().replace("format 1", "format 2");
    assert_eq!(read_kit_file(later.as_bytes(), None), Err(KitFileError::NewerFormat));
}

#[test]
fn an_unknown_word_is_named_by_its_place_with_the_nearest_word() {
    let words = KitSeed::from_key(Key32::from_bytes([7; 32])).to_words();
    let with = |at: usize, word: &str| {
        let mut words = words.clone();
        words[at - 1] = word.to_owned();
        KitSeed::from_words(&words.join(" ")).unwrap_err()
    };
    let unknown = |position, suggestion| KitWordsError::UnknownWord { position, suggestion };
    assert_eq!(with(1, "abandn"), unknown(1, Some("abandon")));
    assert_eq!(with(7, "brigde"), unknown(7, Some("bridge")));
    assert_eq!(with(19, "abst"), unknown(19, Some("abstract")));
    assert_eq!(with(24, "qqqqqqqq"), unknown(24, None));
    let said = with(7, "brigde").to_string();
    assert_eq!(said, "word 7 is not one of the kit's words (did you mean “bridge”?)");
    assert!(!format!("{:?}", with(7, "brigde")).contains("bridge"), "logs do not get words of a kit");
}

#[test]
fn missing_words_are_counted_and_swapped_words_are_noticed() {
    let mut words = KitSeed::from_key(Key32::from_bytes([7; 32])).to_words();
    let short = words[..23].join(" ");
    assert_eq!(KitSeed::from_words(&short), Err(KitWordsError::Count { found: 23 }));
    let long = words.join(" ") + " abandon";
    assert_eq!(KitSeed::from_words(&long), Err(KitWordsError::Count { found: 25 }));
    assert_eq!(KitSeed::from_words(""), Err(KitWordsError::Count { found: 0 }));
    words.swap(3, 4);
    assert_eq!(KitSeed::from_words(&words.join(" ")), Err(KitWordsError::Checksum));
}

#[test]
fn words_may_be_numbered_capitalised_and_broken_into_lines() {
    let kit = KitSeed::make();
    let typed: String = kit
        .to_words()
        .iter()
        .enumerate()
        .map(|(at, word)| format!("{:>2}. {},\n", at + 1, word.to_uppercase()))
        .collect();
    assert_eq!(KitSeed::from_words(&typed), Ok(kit));
}

proptest! {
    #[test]
    fn words_give_the_seed_back(seed: [u8; 32]) {
        let kit = KitSeed::from_key(Key32::from_bytes(seed));
        prop_assert_eq!(kit.to_words().len(), 24);
        prop_assert_eq!(KitSeed::from_words(&kit.to_words().join(" ")), Ok(kit));
    }

    #[test]
    fn an_open_kit_gives_seed_and_hints_back(
        seed: [u8; 32],
        made_on in "[0-9-]{0,10}",
        servers in prop::collection::vec("\\PC{1,40}", 0..4),
        folders in prop::collection::vec("(?s).{1,40}", 0..4),
    ) {
        let seed = KitSeed::from_key(Key32::from_bytes(seed));
        let hints = KitHints { made_on, servers, folders };
        let bytes = write_open_kit_file(&seed, &hints);
        let read = read_kit_file(&bytes, None).unwrap();
        prop_assert_eq!(read, KitFile { seed, hints, protection: KitProtection::Open });
    }

    #[test]
    fn no_changed_letter_of_a_kit_file_goes_unnoticed(at in 0usize..420, change in 1u8..=255) {
        let whole = file("open.kit");
        let mut changed = whole.clone();
        changed[at % whole.len()] ^= change;
        if let Ok(read) = read_kit_file(&changed, None) {
            prop_assert_eq!(Ok(read), read_kit_file(&whole, None));
        }
    }
}
