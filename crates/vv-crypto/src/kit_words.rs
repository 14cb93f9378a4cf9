//! The 24 words of a recovery kit: BIP-39 with the English list, read forgivingly and judged strictly.

use std::fmt;

use bip39::{Language, Mnemonic};
use zeroize::Zeroizing;

/// Number of words in a kit.
const WORDS: usize = 24;

/// Reports what is wrong with the words of a kit.
///
/// The suggestion is meant for the screen of the person who typed; `Debug` leaves it out, because it may be a word of
/// the kit.
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KitWordsError {
    /// There are more or fewer than 24 words.
    #[error("a recovery kit has 24 words, and here are {found}")]
    Count {
        /// How many words there are.
        found: usize,
    },
    /// A word is not in the list.
    #[error("word {position} is not one of the kit's words{}", suggest(.suggestion))]
    UnknownWord {
        /// Which word, counted from 1.
        position: usize,
        /// The word of the list that is nearest to it, when one is near.
        suggestion: Option<&'static str>,
    },
    /// All words are in the list but they are not the words of a kit.
    #[error(
        "all 24 words are in the list, but they do not belong together: one of them is another word, or two changed \
         places"
    )]
    Checksum,
}

impl fmt::Debug for KitWordsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count { found } => write!(f, "Count({found})"),
            Self::UnknownWord { position, .. } => write!(f, "UnknownWord({position}, ..)"),
            Self::Checksum => f.write_str("Checksum"),
        }
    }
}

fn suggest(suggestion: &Option<&'static str>) -> String {
    suggestion.map(|word| format!(" (did you mean “{word}”?)")).unwrap_or_default()
}

/// Writes 32 bytes as 24 words.
pub(crate) fn words_of(seed: &[u8; 32]) -> Vec<String> {
    let mnemonic = Mnemonic::from_entropy(seed).expect("32 bytes are a valid length for 24 words");
    mnemonic.words().map(str::to_owned).collect()
}

/// Reads 24 words. Capital letters, line breaks, numbers and punctuation between the words do not matter.
pub(crate) fn seed_of(text: &str) -> Result<Zeroizing<[u8; 32]>, KitWordsError> {
    let typed = Zeroizing::new(text.to_lowercase());
    let words: Vec<&str> =
        typed.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    // An unknown word is reported before a wrong count: it is the more useful thing to know while typing.
    for (at, word) in words.iter().enumerate().take(WORDS) {
        if Language::English.find_word(word).is_none() {
            return Err(KitWordsError::UnknownWord { position: at + 1, suggestion: nearest(word) });
        }
    }
    if words.len() != WORDS {
        return Err(KitWordsError::Count { found: words.len() });
    }
    let joined = Zeroizing::new(words.join(" "));
    let mnemonic =
        Mnemonic::parse_in_normalized(Language::English, &joined).map_err(|_| KitWordsError::Checksum)?;
    let (entropy, length) = mnemonic.to_entropy_array();
    let entropy = Zeroizing::new(entropy);
    let mut seed = Zeroizing::new([0; 32]);
    debug_assert_eq!(length, 32);
    seed.copy_from_slice(&entropy[..32]);
    Ok(seed)
}

/// Finds the word of the list that is nearest to what was typed, if it is near enough to be a slip.
///
/// Four letters name a word of the list, so an abbreviation of four letters or more counts as very near.
fn nearest(typed: &str) -> Option<&'static str> {
    let typed: Vec<char> = typed.chars().collect();
    let allowed = if typed.len() <= 4 { 1 } else { 2 };
    Language::English
        .word_list()
        .iter()
        .map(|word| (distance_to(&typed, word), *word))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

fn distance_to(typed: &[char], word: &str) -> usize {
    let word: Vec<char> = word.chars().collect();
    if typed.len() >= 4 && word.starts_with(typed) { 0 } else { edits(typed, &word) }
}

/// Counts the single-letter slips between two words: a letter changed, added, left out, or two neighbours swapped.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}
