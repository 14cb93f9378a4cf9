//! Looking for words, and counting hours.

use super::super::run::notes::{found_words, hours_since};
use super::*;

fn found(text: &str, list: &[&str]) -> Vec<String> {
    found_words(text, &list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
}

#[test]
fn words_are_found_whole_whatever_their_case_and_never_within_others() {
    assert_eq!(found("He was RUDE.", &["rude", "was he"]), ["rude"]);
    assert!(found("the rudeness of it", &["rude"]).is_empty());
    assert_eq!(found("He should have asked", &["should have"]), ["should have"]);
    assert!(found("should he have asked", &["should have"]).is_empty());
    assert_eq!(found("she blamed him", &["blam*"]), ["blam"]);
    assert_eq!(found("You shouldn’t have", &["shouldn't have"]), ["shouldn't have"]);
}

#[test]
fn a_day_without_a_time_counts_from_its_end() {
    let local = day("2026-11-22").and_hms_opt(10, 0, 0).unwrap();
    let nine = NaiveTime::from_hms_opt(9, 0, 0);
    assert_eq!(hours_since(&Answer::Moment { on: day("2026-11-21"), time: nine }, local), Some(25));
    assert_eq!(hours_since(&Answer::Moment { on: day("2026-11-21"), time: None }, local), Some(10));
    assert_eq!(hours_since(&Answer::Day(day("2026-11-23")), local), None, "what is ahead is not behind");
}
