//! Words by which two people tell that nobody stands between them.

use bip39::Language;

use crate::contexts;
use crate::key::hash;

/// How many words there are; each has 11 bits.
const WORDS: usize = 8;

/// Gives the words that two accounts have in common, the same on both sides: 8 of BIP-39's English list.
///
/// They change when either account is another one, so two people who read them to each other know that each has the
/// other's account and not a stranger's.
pub fn safety_words(one: &[u8; 32], other: &[u8; 32]) -> Vec<&'static str> {
    let (first, second) = if one < other { (one, other) } else { (other, one) };
    words_for(&hash(contexts::SAFETY, &[first, second]), WORDS)
}

/// Gives words that stand for a hash, to be compared by eye; each has 11 bits, and there are at most 23.
pub fn words_for(hash: &[u8; 32], count: usize) -> Vec<&'static str> {
    let list = Language::English.word_list();
    let bit = |at: usize| usize::from(hash[at / 8] >> (7 - at % 8) & 1);
    (0..count)
        .map(|word| list[(word * 11..word * 11 + 11).fold(0, |number, at| number << 1 | bit(at))])
        .collect()
}
