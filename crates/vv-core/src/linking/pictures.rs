//! The sixty-four pictures of which two devices show the same seven, with a word for each in both languages.
//!
//! The table is part of the protocol: its order is never changed. The pictures differ in shape and colour, none of them is a
//! person or a flag, and no two words sound alike.

/// Is a picture, with its words for whoever cannot see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picture {
    /// The picture.
    pub emoji: &'static str,
    /// Its English word.
    pub en: &'static str,
    /// Its German word.
    pub de: &'static str,
}

macro_rules! pictures {
    ($($emoji:literal $en:literal $de:literal,)*) => {
        /// Lists the pictures in the order of their numbers.
        pub static PICTURES: [Picture; 64] = [$(Picture { emoji: $emoji, en: $en, de: $de },)*];
    };
}

pictures! {
    "🐕" "dog" "Hund",
    "🐈" "cat" "Katze",
    "🦁" "lion" "Löwe",
    "🐎" "horse" "Pferd",
    "🦄" "unicorn" "Einhorn",
    "🐖" "pig" "Schwein",
    "🐘" "elephant" "Elefant",
    "🐇" "rabbit" "Kaninchen",
    "🐼" "panda" "Panda",
    "🐓" "rooster" "Hahn",
    "🐧" "penguin" "Pinguin",
    "🐢" "turtle" "Schildkröte",
    "🐟" "fish" "Fisch",
    "🐙" "octopus" "Krake",
    "🦋" "butterfly" "Schmetterling",
    "🌷" "tulip" "Tulpe",
    "🌳" "tree" "Baum",
    "🌵" "cactus" "Kaktus",
    "🍄" "mushroom" "Pilz",
    "🌍" "globe" "Weltkugel",
    "🌙" "moon" "Mond",
    "☁️" "cloud" "Wolke",
    "🔥" "fire" "Feuer",
    "🍌" "banana" "Banane",
    "🍎" "apple" "Apfel",
    "🍓" "strawberry" "Erdbeere",
    "🌽" "corn" "Mais",
    "🍕" "pizza" "Pizza",
    "🎂" "cake" "Torte",
    "❤️" "heart" "Herz",
    "⭐" "star" "Stern",
    "🤖" "robot" "Roboter",
    "🎩" "hat" "Hut",
    "👓" "glasses" "Brille",
    "🔧" "spanner" "Schraubenschlüssel",
    "☂️" "umbrella" "Regenschirm",
    "⌛" "hourglass" "Sanduhr",
    "⏰" "alarm clock" "Wecker",
    "🎁" "present" "Geschenk",
    "💡" "light bulb" "Glühbirne",
    "📕" "book" "Buch",
    "✏️" "pencil" "Bleistift",
    "📎" "paper clip" "Büroklammer",
    "✂️" "scissors" "Schere",
    "🔒" "padlock" "Vorhängeschloss",
    "🔑" "key" "Schlüssel",
    "🔨" "hammer" "Hammer",
    "☎️" "telephone" "Telefon",
    "🏁" "finish flag" "Zielflagge",
    "🚂" "train" "Zug",
    "🚲" "bicycle" "Fahrrad",
    "✈️" "aeroplane" "Flugzeug",
    "🚀" "rocket" "Rakete",
    "🏆" "trophy" "Pokal",
    "⚽" "ball" "Ball",
    "🎸" "guitar" "Gitarre",
    "🎺" "trumpet" "Trompete",
    "🔔" "bell" "Glocke",
    "⚓" "anchor" "Anker",
    "🎧" "headphones" "Kopfhörer",
    "📁" "folder" "Ordner",
    "🌈" "rainbow" "Regenbogen",
    "🦉" "owl" "Eule",
    "🧦" "socks" "Socken",
}

/// Gives the pictures of 42 bits.
pub(super) fn pictures_of(bytes: &[u8; 6]) -> [&'static Picture; 7] {
    let bits = bytes.iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
    std::array::from_fn(|at| &PICTURES[(bits >> (42 - 6 * at) & 63) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_picture_and_no_word_comes_twice() {
        for part in [|p: &Picture| p.emoji, |p: &Picture| p.en, |p: &Picture| p.de] {
            assert_eq!(PICTURES.iter().map(part).collect::<BTreeSet<_>>().len(), 64);
        }
    }

    #[test]
    fn each_of_the_first_forty_two_bits_shows() {
        let before = pictures_of(&[0; 6]);
        for bit in 0..42 {
            let mut bytes = [0u8; 6];
            bytes[bit / 8] |= 128 >> (bit % 8);
            let after = pictures_of(&bytes);
            let changed: Vec<usize> = (0..7).filter(|at| before[*at] != after[*at]).collect();
            assert_eq!(changed, [bit / 6]);
        }
    }
}
