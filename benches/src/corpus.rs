//! The corpus that is measured on: entries of about 200 words whose words are as unequally common as those of a language.
//!
//! Everything follows from a seed, so two runs measure the same text. The words are made up of syllables; rank `n` comes with
//! a frequency of about `1/n`. Entries go back in time from a fixed day, three a day.

use chrono::{DateTime, Duration, TimeZone, Utc};

/// Makes numbers that look random and follow from a seed (xorshift64*).
pub struct Chance(u64);

impl Chance {
    /// Starts from a seed; 0 is taken as 1.
    pub fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    /// Makes the next number.
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// Makes a number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// Makes a fraction from 0 to below 1.
    pub fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// How many different words there are.
const WORDS: usize = 100_000;

/// Holds the words of the corpus, commonest first.
pub struct Corpus {
    words: Vec<String>,
    chance: Chance,
}

/// Holds one entry of the corpus.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Its title.
    pub title: String,
    /// Its Markdown.
    pub text: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// The instant of writing.
    pub at: DateTime<Utc>,
}

impl Corpus {
    /// Makes the words from a seed.
    pub fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let onsets = [
            "b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "tr", "pl",
            "gr", "sh",
        ];
        let cores = ["a", "e", "i", "o", "u", "ai", "ea", "ou", "y"];
        let ends = ["", "n", "r", "s", "t", "l", "m", "nd", "st", "ck"];
        let mut seen = std::collections::HashSet::new();
        let mut words = Vec::with_capacity(WORDS);
        while words.len() < WORDS {
            let syllables = if words.len() < 200 { 1 } else { 2 + chance.below(2) };
            let mut word = String::new();
            for _ in 0..syllables {
                word += onsets[chance.below(onsets.len())];
                word += cores[chance.below(cores.len())];
                word += ends[chance.below(ends.len())];
            }
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        Self { words, chance }
    }

    /// Gives the word of a rank; 0 is the commonest.
    pub fn word(&self, rank: usize) -> &str {
        &self.words[rank.min(WORDS - 1)]
    }

    /// Takes a word by chance, common ones more often.
    fn draw(&mut self) -> usize {
        // The inverse of the distribution whose density falls as 1/rank.
        let rank = ((WORDS as f64).ln() * self.chance.fraction()).exp() - 1.0;
        (rank as usize).min(WORDS - 1)
    }

    fn sentence(&mut self, words: usize) -> String {
        let mut sentence = String::new();
        for position in 0..words {
            let rank = self.draw();
            if position > 0 {
                sentence.push(' ');
            }
            sentence += &self.words[rank];
        }
        sentence
    }

    /// Makes entry number `n`; entry 0 is the newest.
    pub fn sample(&mut self, n: usize) -> Sample {
        let newest = Utc.with_ymd_and_hms(2026, 11, 19, 20, 0, 0).single().expect("this is an instant");
        let title = self.sentence(4);
        let mut text = String::with_capacity(1_400);
        for paragraph in 0..4 {
            if paragraph > 0 {
                text += "\n\n";
            }
            for sentence in 0..4 {
                let words = 9 + self.chance.below(8);
                let words = self.sentence(words);
                if sentence > 0 {
                    text.push(' ');
                }
                text += &words;
                text.push('.');
            }
        }
        let tags = (0..self.chance.below(4)).map(|_| format!("tag-{}", self.chance.below(40))).collect();
        Sample { title, text, tags, at: newest - Duration::hours(8 * n as i64) }
    }
}
