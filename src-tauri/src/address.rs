//! Addresses that lead into the program from elsewhere: `viceversa://entry/…`, `viceversa://today`, `viceversa://capture`.
//!
//! An address only shows something. It never writes, changes or sends: whoever wrote it may be a stranger.

use tauri::Url;

/// The scheme of the program's own addresses.
pub const SCHEME: &str = "viceversa";

/// The longest address that is read, in bytes.
const LONGEST: usize = 512;
/// What stands first in an address that leads to a place of the window.
const PLACES: [&str; 6] = ["today", "journal", "loops", "guides", "growth", "settings"];

/// Says what an address leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A place in the window, as the page's own address writes it: `#/journal/…`.
    Place(String),
    /// The capture window.
    Capture,
}

/// Tells whether a word is meant as an address of the program.
pub fn is_meant(word: &str) -> bool {
    word.get(..SCHEME.len() + 1)
        .is_some_and(|begin| begin[..SCHEME.len()].eq_ignore_ascii_case(SCHEME) && begin.ends_with(':'))
}

/// Reads an address; none when it leads nowhere.
pub fn read(word: &str) -> Option<Address> {
    if word.len() > LONGEST {
        return None;
    }
    let url = Url::parse(word).ok()?;
    if url.scheme() != SCHEME || !url.username().is_empty() || url.port().is_some() {
        return None;
    }
    let first = url.host_str()?.to_ascii_lowercase();
    let rest: Vec<&str> = url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let plain =
        |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if !rest.iter().all(plain) {
        return None;
    }
    match (first.as_str(), rest.as_slice()) {
        ("capture", []) => Some(Address::Capture),
        ("entry", [id]) => Some(Address::Place(format!("#/journal/{id}"))),
        (place, parts) if PLACES.contains(&place) && parts.len() <= 2 => {
            let parts: String = parts.iter().map(|part| format!("/{part}")).collect();
            Some(Address::Place(format!("#/{place}{parts}")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(word: &str) -> Option<String> {
        match read(word) {
            Some(Address::Place(place)) => Some(place),
            _ => None,
        }
    }

    #[test]
    fn an_address_leads_to_a_place_of_the_window() {
        let id = "0193f7a2-1111-7222-8333-444455556666";
        assert_eq!(place(&format!("viceversa://entry/{id}")), Some(format!("#/journal/{id}")));
        assert_eq!(place("viceversa://today"), Some("#/today".to_owned()));
        assert_eq!(place("VICEVERSA://Today/"), Some("#/today".to_owned()));
        assert_eq!(place("viceversa://settings/backup"), Some("#/settings/backup".to_owned()));
        assert_eq!(read("viceversa://capture"), Some(Address::Capture));
    }

    #[test]
    fn what_leads_nowhere_is_refused() {
        for word in [
            "viceversa:",
            "viceversa://",
            "viceversa://entry",
            "viceversa://entry/a/b",
            "viceversa://elsewhere",
            "viceversa://journal/%3Cscript%3E",
            "viceversa://journal/a b",
            "viceversa://a@today",
            "viceversa://today:80",
            "viceversa://capture/words",
            "https://today",
        ] {
            assert_eq!(read(word), None, "{word}");
        }
        assert_eq!(read(&format!("viceversa://entry/{}", "a".repeat(600))), None);
    }

    #[test]
    fn a_word_is_meant_as_an_address_by_its_scheme() {
        assert!(is_meant("viceversa:anything"));
        assert!(is_meant("ViceVersa://x"));
        assert!(!is_meant("viceversa"));
        assert!(!is_meant("--capture"));
        assert!(!is_meant("ünïcödé:"));
    }
}
