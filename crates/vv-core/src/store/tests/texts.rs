//! Texts that several edit at once.

use proptest::prelude::*;

use super::*;
use crate::store::doc::{MAX_TEXT, MAX_UPDATE};

fn replay(updates: &[Vec<u8>]) -> TextDoc {
    let mut doc = TextDoc::new(99);
    for update in updates {
        doc.import(update).unwrap();
    }
    doc
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn updates_bring_another_replica_to_the_same_text(
        versions in proptest::collection::vec("[a-c \n.é😀漢]{0,40}", 1..8),
    ) {
        let mut doc = TextDoc::new(1);
        let mut updates = Vec::new();
        for version in &versions {
            updates.extend(doc.apply_text(version));
            prop_assert_eq!(&doc.text(), version);
            prop_assert_eq!(&replay(&updates).text(), version);
        }
        let loaded = TextDoc::load(&doc.save(), 2).unwrap();
        prop_assert_eq!(&loaded.text(), versions.last().unwrap());
    }

    #[test]
    fn what_two_insert_apart_is_all_there_in_both(
        base in "[a-z ]{0,30}",
        one in "[A-M]{1,8}",
        two in "[N-Z]{1,8}",
        at_one in 0..30usize,
        at_two in 0..30usize,
    ) {
        let mut a = TextDoc::new(1);
        let begin = a.apply_text(&base);
        let mut b = TextDoc::new(2);
        for update in &begin {
            b.import(update).unwrap();
        }
        let insert = |at: usize, words: &str| {
            let at = at.min(base.len());
            format!("{}{words}{}", &base[..at], &base[at..])
        };
        let from_a = a.apply_text(&insert(at_one, &one));
        let from_b = b.apply_text(&insert(at_two, &two));
        for update in &from_b {
            a.import(update).unwrap();
        }
        for update in &from_a {
            b.import(update).unwrap();
        }
        prop_assert_eq!(a.text(), b.text());
        prop_assert!(a.text().contains(&one) && a.text().contains(&two));
        prop_assert_eq!(a.text().len(), base.len() + one.len() + two.len());
    }

    #[test]
    fn a_changed_update_is_refused_or_harmless_but_never_takes_the_program_down(
        place in 0..200usize,
        value in any::<u8>(),
    ) {
        let mut made = TextDoc::new(1);
        made.apply_text("some words to begin with");
        let mut update = made.apply_text("some other words to begin with 😀").concat();
        let place = place % update.len();
        update[place] = value;
        let mut doc = TextDoc::load(&made.save(), 2).unwrap();
        let _refused_or_not = doc.import(&update);
        let _text = doc.text();
    }
}

#[test]
fn large_changes_become_updates_within_the_limit() {
    let mut doc = TextDoc::new(1);
    let long: String = (0..150_000).map(|n| format!("{n:x} ")).collect();
    let mut updates = doc.apply_text(&long[..800_000]);
    updates.extend(doc.apply_text(&"é".repeat(400_000)));
    updates.extend(doc.apply_text("short"));
    assert!(updates.iter().all(|update| update.len() <= MAX_UPDATE));
    assert_eq!(replay(&updates).text(), "short");
}

#[test]
fn deleting_a_text_of_very_many_pieces_stays_within_the_limit() {
    let (mut a, mut b) = (TextDoc::new(1), TextDoc::new(2));
    // Two who write by turns at the end leave a text of single letters.
    let mut text = String::new();
    for number in 0..6_000 {
        let (writer, reader) = if number % 2 == 0 { (&mut a, &mut b) } else { (&mut b, &mut a) };
        text.push(if number % 2 == 0 { 'x' } else { 'y' });
        for update in writer.apply_text(&text) {
            reader.import(&update).unwrap();
        }
    }
    let updates = a.apply_text("");
    assert!(updates.iter().all(|update| update.len() <= MAX_UPDATE));
    for update in &updates {
        b.import(update).unwrap();
    }
    assert_eq!((a.text(), b.text()), (String::new(), String::new()));
}

#[test]
fn a_text_over_the_limit_and_an_update_over_the_limit_are_refused() {
    let mut made = TextDoc::new(1);
    let updates = made.apply_text(&"x".repeat(MAX_TEXT + 1));
    let mut doc = TextDoc::new(2);
    assert!(updates.iter().try_for_each(|update| doc.import(update)).is_err());
    assert!(TextDoc::new(3).import(&vec![0; MAX_UPDATE + 1]).is_err());
}

#[test]
fn nobody_inserts_in_the_name_of_another_session_or_out_of_turn() {
    let mut mine = TextDoc::new(7);
    let first = mine.apply_text("one").concat();
    let second = mine.apply_text("one two").concat();
    assert!(matches!(TextDoc::new(1).import_as(&first, 8), Err(StoreError::BadUpdate(_))));
    let mut doc = TextDoc::new(1);
    assert!(matches!(doc.import_as(&second, 7), Err(StoreError::BadUpdate(_))));
    doc.import_as(&first, 7).unwrap();
    doc.import_as(&second, 7).unwrap();
    assert!(
        matches!(doc.import_as(&second, 7), Err(StoreError::BadUpdate(_))),
        "a session does not repeat itself"
    );
    assert_eq!(doc.text(), "one two");
}

#[test]
fn a_change_in_one_place_leaves_what_another_wrote_elsewhere() {
    let base = "The meeting was long. We agreed on little.";
    let mut a = TextDoc::new(1);
    let begin = a.apply_text(base).concat();
    let mut b = TextDoc::new(2);
    b.import(&begin).unwrap();
    let from_a = a.apply_text("The meeting was short. We agreed on little.").concat();
    let from_b = b.apply_text("The meeting was long. We agreed on very little.").concat();
    a.import(&from_b).unwrap();
    b.import(&from_a).unwrap();
    assert_eq!(a.text(), "The meeting was short. We agreed on very little.");
    assert_eq!(b.text(), a.text());
}
