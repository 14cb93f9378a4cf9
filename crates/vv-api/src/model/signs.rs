//! The sixty-four signs of which seven are compared when a device is linked: a picture and a word for each number.
//!
//! Numbers and pictures never change: two computers of different versions have to show the same. Screens translate the words by
//! number. Each picture is one code point that is drawn in colour by itself, and no two look or are called alike.

use super::devices::LinkSign;

/// Lists the signs by their number.
pub const SIGNS: [(&str, &str); 64] = [
    ("🎩", "top hat"),
    ("🍎", "apple"),
    ("🍌", "banana"),
    ("🍒", "cherries"),
    ("🍋", "lemon"),
    ("🍇", "grapes"),
    ("🥕", "carrot"),
    ("🌽", "maize"),
    ("🍄", "mushroom"),
    ("🍞", "bread"),
    ("🧀", "cheese"),
    ("🥚", "egg"),
    ("🍪", "biscuit"),
    ("🐱", "cat"),
    ("🐶", "dog"),
    ("🐴", "horse"),
    ("🐮", "cow"),
    ("🐷", "pig"),
    ("🐑", "sheep"),
    ("🐘", "elephant"),
    ("🐢", "tortoise"),
    ("🐸", "frog"),
    ("🐟", "fish"),
    ("🐝", "bee"),
    ("🐞", "ladybird"),
    ("🦉", "owl"),
    ("🦊", "fox"),
    ("🐌", "snail"),
    ("🦆", "duck"),
    ("🌵", "cactus"),
    ("🌻", "sunflower"),
    ("🌳", "tree"),
    ("🍀", "clover"),
    ("🌙", "moon"),
    ("⭐", "star"),
    ("🔥", "fire"),
    ("⛄", "snowman"),
    ("🌈", "rainbow"),
    ("⚡", "lightning"),
    ("☔", "umbrella"),
    ("🌍", "globe"),
    ("🏠", "house"),
    ("⛵", "sailing boat"),
    ("🚲", "bicycle"),
    ("🚂", "locomotive"),
    ("🚀", "rocket"),
    ("🚗", "car"),
    ("⚓", "anchor"),
    ("🔑", "key"),
    ("🔔", "bell"),
    ("🔨", "hammer"),
    ("🔦", "torch"),
    ("⏰", "alarm clock"),
    ("📖", "book"),
    ("📎", "paper clip"),
    ("📌", "drawing pin"),
    ("🎁", "present"),
    ("🎈", "balloon"),
    ("🎸", "guitar"),
    ("🎺", "trumpet"),
    ("🥁", "drum"),
    ("⚽", "football"),
    ("🎲", "die"),
    ("👓", "glasses"),
];

impl LinkSign {
    /// Gives the sign of a number; only its last six bits count.
    pub fn of(number: u8) -> Self {
        let number = number % 64;
        let (symbol, word) = SIGNS[usize::from(number)];
        Self { number, symbol: symbol.to_owned(), word: word.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_signs_have_the_same_picture_or_word() {
        let pictures: HashSet<&str> = SIGNS.iter().map(|(picture, _)| *picture).collect();
        let words: HashSet<&str> = SIGNS.iter().map(|(_, word)| *word).collect();
        assert_eq!((pictures.len(), words.len()), (64, 64));
        assert!(SIGNS.iter().all(|(picture, _)| picture.chars().count() == 1));
    }

    #[test]
    fn the_signs_stand_where_they_always_stood() {
        assert_eq!(LinkSign::of(0).word, "top hat");
        assert_eq!(LinkSign::of(63).symbol, "👓");
        assert_eq!(LinkSign::of(64), LinkSign::of(0));
    }
}
