//! The languages in which this program speaks to a person.
//!
//! What a person reads on screen is said by `ui/src/text`. Here stands only which languages there are, for the few words that leave
//! the core: those around entries in an exported file, templates to begin from, guides, and the words of the desktop shell. The
//! language of what somebody writes is nobody's business and stands nowhere.

/// Names a language in which the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English, also where a language is not known.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// Reads a language from a tag such as `de`, `de-AT` or `de_CH.UTF-8`; none when it is not spoken here.
    pub fn of(tag: &str) -> Option<Self> {
        match tag.split(['-', '_', '.', '@']).next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "de" => Some(Self::German),
            _ => None,
        }
    }

    /// Gives its tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_read_from_every_way_systems_write_it() {
        for tag in ["de", "de-AT", "de_CH.UTF-8", "DE", "de@euro"] {
            assert_eq!(Language::of(tag), Some(Language::German), "{tag}");
        }
        assert_eq!(Language::of("en_GB"), Some(Language::English));
        for tag in ["", "C", "POSIX", "den", "fr-DE"] {
            assert_eq!(Language::of(tag), None, "{tag}");
        }
    }
}
