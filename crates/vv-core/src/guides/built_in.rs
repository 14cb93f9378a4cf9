//! The guides that come with the app: one file per guide and language, read once.
//!
//! A language is a folder beside `en`; a guide that it lacks is shown in English. Files of one guide and version differ in
//! their words alone, so that a run that was begun in one language can go on in the other; a test compares them.

use std::sync::LazyLock;

use super::format;
use super::model::Guide;

/// Holds a guide that comes with the app.
#[derive(Debug)]
pub struct BuiltIn {
    /// The guide.
    pub guide: Guide,
    /// Its file.
    pub source: &'static str,
}

/// The language every guide is there in.
const ENGLISH: &str = "en";

macro_rules! files {
    ($($language:literal: $($name:literal),* ;)*) => {
        /// Lists the files, in the order in which they are shown.
        const FILES: &[&str] = &[$($(include_str!(concat!("built_in/", $language, "/", $name, ".toml")),)*)*];
    };
}

files! {
    "en": "j1", "j2", "j3", "j4", "j5", "j6", "j7", "j8", "j9", "j10", "j11", "j12", "j13", "j14", "j15",
        "to-practice", "six-weeks", "twelve-weeks", "could-teach",
        "p1", "p2", "p3", "p3-shadow", "p3-document", "p3-role-play", "p3-network", "p3-story", "p4", "p5", "p5-short",
        "p6", "p6-primer-junior", "p6-primer-senior", "p6-s1", "p6-s2", "p6-s3", "p6-s4", "p6-s5", "p6-s6", "p7", "c0",
        "c4-sheet", "c4-m1", "c4-m2", "c4-m3", "c5", "k3-handover", "a2";
    "de": "j1", "j2", "j3", "j4", "j5", "j6", "j7", "j8", "j9", "j10", "j11", "j12", "j13", "j14", "j15",
        "to-practice", "six-weeks", "twelve-weeks", "could-teach",
        "p1", "p2", "p3", "p3-shadow", "p3-document", "p3-role-play", "p3-network", "p3-story", "p4", "p5", "p5-short",
        "p6", "p6-primer-junior", "p6-primer-senior", "p6-s1", "p6-s2", "p6-s3", "p6-s4", "p6-s5", "p6-s6", "p7", "c0",
        "c4-sheet", "c4-m1", "c4-m2", "c4-m3", "c5", "k3-handover", "a2";
}

static ALL: LazyLock<Vec<BuiltIn>> = LazyLock::new(|| {
    let read = |source: &&'static str| BuiltIn {
        guide: format::parse(source).expect("a test reads every file that comes with the app"),
        source,
    };
    FILES.iter().map(read).collect()
});

/// Lists every file that comes with the app, as it is written.
#[cfg(test)]
pub(super) fn files() -> &'static [&'static str] {
    FILES
}

/// Lists the guides in a language, those it lacks in English.
pub fn built_in(language: &str) -> Vec<&'static BuiltIn> {
    let english = ALL.iter().filter(|one| one.guide.language == ENGLISH);
    english.map(|one| find_in(&one.guide.id, language).unwrap_or(one)).collect()
}

/// Finds a guide in a language, else in English.
pub fn find_built_in(id: &str, language: &str) -> Option<&'static BuiltIn> {
    find_in(id, language).or_else(|| find_in(id, ENGLISH))
}

/// Finds a guide in a language, whatever its region.
fn find_in(id: &str, language: &str) -> Option<&'static BuiltIn> {
    let base = |tag: &str| tag.split(['-', '_', '.', '@']).next().unwrap_or_default().to_lowercase();
    let in_language = |one: &&'static BuiltIn, is_exact: bool| {
        let own = &one.guide.language;
        one.guide.id == id
            && if is_exact { own.eq_ignore_ascii_case(language) } else { base(own) == base(language) }
    };
    let find = |is_exact| ALL.iter().find(|one| in_language(one, is_exact));
    find(true).or_else(|| find(false))
}
