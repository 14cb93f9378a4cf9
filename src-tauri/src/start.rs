//! What a start asks for: the words after the program's name, from this process or from a second start.
//!
//! It reads words and nothing else; it opens no window and touches no file.

use std::path::PathBuf;

use crate::address::{self, Address};

/// Holds what the words after the program's name ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Start {
    /// The profile folder that was named.
    pub home: Option<PathBuf>,
    /// Whether only the capture window is wanted.
    pub capture: bool,
    /// The place in the window that is wanted, as the page's own address writes it.
    pub place: Option<String>,
    /// Whether only a text is wanted, and which.
    pub text: Option<Text>,
}

/// Names a text that is printed instead of opening a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// How to start the program.
    Help,
    /// Which version it is.
    Version,
}

/// How to start the program, for a terminal.
pub const HELP: &str = "\
Vice Versa, a learning journal that only you can read.

    vice-versa [--home DIR] [--capture] [viceversa://ADDRESS]

    --home DIR   use the profile in DIR (also: VV_HOME)
    --capture    open the one-line capture window, in the running program if there is one
    viceversa:…  show what an address leads to: entry/ID, today, journal, loops, guides,
                 growth, settings, capture
    --version    say which version this is
    --help       say this
";

/// Reads the words after the program's name. Gives a sentence when one of them means nothing.
pub fn read(words: impl IntoIterator<Item = String>) -> Result<Start, String> {
    let mut start = Start::default();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--capture" => start.capture = true,
            "--help" | "-h" => start.text = Some(Text::Help),
            "--version" | "-V" => start.text = Some(Text::Version),
            "--home" => match words.next() {
                Some(folder) if !folder.is_empty() => start.home = Some(PathBuf::from(folder)),
                _ => return Err("--home needs a folder after it.".to_owned()),
            },
            word if address::is_meant(word) => match address::read(word) {
                Some(Address::Place(place)) => start.place = Some(place),
                Some(Address::Capture) => start.capture = true,
                None => return Err(format!("The address “{word}” leads nowhere. Try --help.")),
            },
            other => match other.strip_prefix("--home=") {
                Some(folder) if !folder.is_empty() => start.home = Some(PathBuf::from(folder)),
                _ => return Err(format!("“{other}” means nothing here. Try --help.")),
            },
        }
    }
    Ok(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_words(words: &[&str]) -> Result<Start, String> {
        read(words.iter().map(|word| (*word).to_owned()))
    }

    #[test]
    fn no_words_open_the_window_on_the_usual_profile() {
        assert_eq!(read_words(&[]), Ok(Start::default()));
    }

    #[test]
    fn a_folder_is_taken_after_a_space_or_an_equals_sign() {
        let wanted = Some(PathBuf::from("/a b"));
        assert_eq!(read_words(&["--home", "/a b"]).unwrap().home, wanted);
        assert_eq!(
            read_words(&["--home=/a b", "--capture"]).unwrap(),
            Start { home: wanted, capture: true, ..Start::default() }
        );
    }

    #[test]
    fn an_address_is_read_and_one_that_leads_nowhere_refused() {
        assert_eq!(read_words(&["viceversa://today"]).unwrap().place.as_deref(), Some("#/today"));
        assert!(read_words(&["viceversa://capture"]).unwrap().capture);
        assert!(read_words(&["viceversa://nowhere"]).unwrap_err().contains("leads nowhere"));
    }

    #[test]
    fn a_folder_that_is_missing_and_a_word_that_means_nothing_are_refused() {
        assert!(read_words(&["--home"]).is_err());
        assert!(read_words(&["--home="]).is_err());
        assert!(read_words(&["--hom", "x"]).unwrap_err().contains("--hom"));
    }
}
