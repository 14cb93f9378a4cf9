//! Holds every word of the index in memory, so that parts of words can be found and short prefixes asked cheaply.
//!
//! The words stand sorted in one string, a line feed around each: looking for a part is one pass over a few megabytes, looking
//! for a prefix is two binary searches.

use std::collections::HashMap;

use super::terms::{TAG_MARK, is_paired};

/// How many words that hold a part are asked for. They are the ones that stand in most entries.
const MOST_PARTS: usize = 24;
/// Parts shorter than this are not looked for.
const SHORTEST_PART: usize = 3;
/// How many words that begin with a prefix may be asked one by one.
const MOST_BEGINNINGS: usize = 96;
/// How many continuations of a prefix may be asked one by one.
const MOST_CONTINUATIONS: usize = 48;

/// Is the list of the words of an index at one moment.
#[derive(Default)]
pub(crate) struct Vocabulary {
    /// `\nword\nword\n`, sorted.
    words: String,
    /// Where each word begins in `words`, in order, with the number of entries that hold it.
    places: Vec<(u32, u32)>,
    /// Words that came since the list was made.
    fresh: HashMap<String, u32>,
    /// The count of changes of the index that this list knows.
    pub(crate) changes: i64,
}

impl Vocabulary {
    /// Makes a list from words in order of spelling, each with the number of entries that hold it.
    pub(crate) fn of(changes: i64) -> Self {
        Self { words: String::from("\n"), changes, ..Self::default() }
    }

    /// Adds the next word of the list.
    pub(crate) fn add(&mut self, word: &str, entries: u32) {
        // Tags, single letters and pairs of letters are never looked for by a part.
        if word.starts_with([TAG_MARK, '\u{E001}']) || word.starts_with(is_paired) {
            return;
        }
        if let Ok(place) = u32::try_from(self.words.len()) {
            self.words.push_str(word);
            self.words.push('\n');
            self.places.push((place, entries));
        }
    }

    /// Gives what is put away of a list that was just read: the numbers of entries, 4 bytes each, and the words.
    pub(crate) fn to_put_away(&self) -> (Vec<u8>, &str) {
        (self.places.iter().flat_map(|(_, entries)| entries.to_le_bytes()).collect(), &self.words)
    }

    /// Makes the list again of what was put away.
    pub(crate) fn of_put_away(changes: i64, counts: &[u8], words: String) -> Self {
        let starts = memchr::memchr_iter(b'\n', words.as_bytes()).map(|line| line as u32 + 1);
        let counts =
            counts.chunks_exact(4).map(|count| u32::from_le_bytes([count[0], count[1], count[2], count[3]]));
        Self { places: starts.zip(counts).collect(), words, changes, ..Self::default() }
    }

    /// Takes in the words of one entry that was indexed after the list was made.
    pub(crate) fn learn(&mut self, word: &str) {
        if word.chars().nth(SHORTEST_PART).is_none() || word.starts_with([TAG_MARK, '\u{E001}']) {
            return;
        }
        if word.starts_with(is_paired)
            || self.places.binary_search_by(|place| self.word(place.0).cmp(word)).is_ok()
        {
            return;
        }
        *self.fresh.entry(word.to_owned()).or_default() += 1;
    }

    /// Tells how many words came since the list was made.
    pub(crate) fn fresh(&self) -> usize {
        self.fresh.len()
    }

    fn word(&self, place: u32) -> &str {
        let rest = &self.words[place as usize..];
        &rest[..rest.find('\n').unwrap_or(rest.len())]
    }

    /// Lists the words that hold `part` elsewhere than at their beginning, those in most entries first.
    pub(crate) fn holding(&self, part: &str) -> Vec<&str> {
        if part.chars().nth(SHORTEST_PART - 1).is_none() {
            return Vec::new();
        }
        let mut found: Vec<(u32, &str)> = Vec::new();
        let finder = memchr::memmem::Finder::new(part);
        let bytes = self.words.as_bytes();
        let mut at = 0;
        while let Some(next) = finder.find(&bytes[at..]) {
            let hit = at + next;
            let end = hit + memchr::memchr(b'\n', &bytes[hit..]).unwrap_or(bytes.len() - hit);
            let start = memchr::memrchr(b'\n', &bytes[..hit]).map_or(0, |line| line + 1);
            if start < hit && !self.words[start..].starts_with(part) {
                let place = self.places.binary_search_by_key(&(start as u64), |place| u64::from(place.0));
                found.push((place.map_or(0, |place| self.places[place].1), &self.words[start..end]));
            }
            at = end;
        }
        for (word, entries) in &self.fresh {
            if word.contains(part) && !word.starts_with(part) {
                found.push((*entries, word));
            }
        }
        found.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        found.truncate(MOST_PARTS);
        found.into_iter().map(|(_, word)| word).collect()
    }

    /// Lists the words that begin with `prefix` and are longer; none when they are too many to be asked one by one.
    ///
    /// Asked as words, the newest entries come at once; asked as a prefix without a list of its own, the index reads all
    /// entries that hold such a word first.
    pub(crate) fn beginning(&self, prefix: &str) -> Option<Vec<String>> {
        let first = self.places.partition_point(|place| self.word(place.0) <= prefix);
        let mut found = Vec::new();
        for place in &self.places[first..] {
            let word = self.word(place.0);
            if !word.starts_with(prefix) {
                break;
            }
            found.push(word.to_owned());
            if found.len() > MOST_BEGINNINGS {
                return None;
            }
        }
        found.extend(self.fresh_beginning(prefix).map(str::to_owned));
        (found.len() <= MOST_BEGINNINGS).then_some(found)
    }

    /// Lists the beginnings, one letter longer than `prefix`, of all words that begin with it; none when they are too many
    /// to be asked one by one.
    pub(crate) fn continuations(&self, prefix: &str) -> Option<Vec<String>> {
        let letters = prefix.chars().count() + 1;
        let mut found: Vec<String> = Vec::new();
        let mut at = self.places.partition_point(|place| self.word(place.0) <= prefix);
        while let Some(place) = self.places.get(at) {
            let word = self.word(place.0);
            if !word.starts_with(prefix) {
                break;
            }
            if found.len() == MOST_CONTINUATIONS {
                return None;
            }
            let next: String = word.chars().take(letters).collect();
            // Jump over all words with the same beginning.
            at += self.places[at..].partition_point(|place| self.word(place.0).starts_with(next.as_str()));
            found.push(next);
        }
        for word in self.fresh_beginning(prefix) {
            let next: String = word.chars().take(letters).collect();
            if !found.contains(&next) {
                found.push(next);
            }
        }
        (found.len() <= MOST_CONTINUATIONS).then_some(found)
    }

    /// Gives the words that came since the list was made, begin with `prefix` and are longer.
    fn fresh_beginning<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        let words = self.fresh.keys().map(String::as_str);
        words.filter(move |word| word.len() > prefix.len() && word.starts_with(prefix))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut list = Vocabulary::of(1);
        for (word, entries) in [
            ("arn", 1),
            ("earn", 2),
            ("earning", 9),
            ("learning", 4),
            ("learnt", 7),
            ("ruckmeldung", 1),
            ("東京", 3),
        ] {
            list.add(word, entries);
        }
        list
    }

    #[test]
    fn parts_are_found_inside_words_and_the_commonest_come_first() {
        let mut list = vocabulary();
        assert_eq!(list.holding("arn"), ["earning", "learnt", "learning", "earn"]);
        assert_eq!(list.holding("meldung"), ["ruckmeldung"]);
        assert_eq!(list.holding("ar"), Vec::<&str>::new());
        list.learn("unlearnt");
        assert!(list.holding("learn").contains(&"unlearnt"));
    }

    #[test]
    fn a_prefix_is_continued_by_each_letter_that_follows_it() {
        let mut list = vocabulary();
        assert_eq!(list.continuations("ear"), Some(vec!["earn".to_owned()]));
        assert_eq!(list.continuations("learn"), Some(vec!["learni".to_owned(), "learnt".to_owned()]));
        list.learn("early");
        assert_eq!(list.continuations("ear"), Some(vec!["earn".to_owned(), "earl".to_owned()]));
        assert_eq!(list.continuations("zz"), Some(vec![]));
    }

    #[test]
    fn a_list_that_was_put_away_comes_back_the_same() {
        let list = vocabulary();
        let (counts, words) = list.to_put_away();
        let back = Vocabulary::of_put_away(1, &counts, words.to_owned());
        assert_eq!(back.places, list.places);
        assert_eq!(back.holding("arn"), list.holding("arn"));
        assert_eq!(back.beginning("東"), list.beginning("東"));
    }

    #[test]
    fn the_words_that_begin_with_a_prefix_are_listed_unless_they_are_many() {
        let mut list = vocabulary();
        let listed = |words: &[&str]| Some(words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!(list.beginning("learn"), listed(&["learning", "learnt"]));
        assert_eq!(list.beginning("learnt"), Some(vec![]));
        list.learn("learner");
        assert_eq!(list.beginning("learn"), listed(&["learning", "learnt", "learner"]));
        (0..MOST_BEGINNINGS).for_each(|n| list.learn(&format!("learn{n}")));
        assert_eq!(list.beginning("learn"), None);
    }
}
