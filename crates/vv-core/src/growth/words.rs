//! The words of a year: those that stand in most of its entries, the small words of the language apart.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::common_words::is_common;
use super::each_entry;
use crate::journal::{JournalError, text_of_entry};
use crate::search::each_word;
use crate::store::Reader;

/// Letters of a word that is counted, at least.
const SHORTEST: usize = 3;
/// Entries in which a word stands, at least.
const FEWEST: u32 = 2;

/// Counts the entries in which a word stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearWord {
    /// The word, as it was written most often.
    pub word: String,
    /// Entries in which it stands.
    pub entries: u32,
}

#[derive(Default)]
struct Counted {
    entries: u32,
    written: HashMap<String, u32>,
}

/// Counts the words that stand in most entries of a stretch. A word counts once for an entry, so that one long entry does not
/// decide what a year was about.
pub fn read_words(
    reader: &Reader<'_>,
    from: NaiveDate,
    to: NaiveDate,
    most: usize,
) -> Result<Vec<YearWord>, JournalError> {
    let mut counted: HashMap<String, Counted> = HashMap::new();
    each_entry(reader, from, to, |row| {
        let text = without_addresses(&text_of_entry(reader, row.id)?);
        let mut seen = HashSet::new();
        for part in [row.title.as_str(), &text] {
            each_word(part, |folded, written| {
                let is_word = folded.chars().count() >= SHORTEST && folded.chars().all(char::is_alphabetic);
                if is_word && !is_common(folded) && seen.insert(folded.to_owned()) {
                    let of_word = counted.entry(folded.to_owned()).or_default();
                    of_word.entries += 1;
                    *of_word.written.entry(written.to_owned()).or_default() += 1;
                }
            });
        }
        Ok(())
    })?;
    let mut words: Vec<YearWord> = counted
        .into_values()
        .filter(|of_word| of_word.entries >= FEWEST)
        .filter_map(|of_word| {
            let most = of_word.written.into_iter().max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0)))?;
            Some(YearWord { word: most.0, entries: of_word.entries })
        })
        .collect();
    words.sort_by_cached_key(|word| (std::cmp::Reverse(word.entries), word.word.to_lowercase()));
    words.truncate(most);
    Ok(words)
}

/// Takes out what stands in a text and is no words of a person's: addresses and ids.
fn without_addresses(text: &str) -> String {
    text.split_inclusive(char::is_whitespace)
        .map(|piece| {
            let is_address = piece.contains("://")
                || piece.contains("attachment:")
                || piece.contains("](person:")
                || piece.contains("](loop:");
            let Some(at) = piece.find("](").filter(|_| is_address) else {
                return if is_address { " " } else { piece };
            };
            &piece[..at]
        })
        .collect()
}
