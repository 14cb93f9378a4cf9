//! Languages of what comes with the app: guides, templates to begin with, the words around an export.
//!
//! A language comes as a tag: `de`, `de-AT`, or as an environment writes it, `de_AT.UTF-8`. What is not there in a language is
//! given in English. The words of the interface are not here; they lie in `ui/src/text`.

/// Names a language that the app brings words in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// What everything is there in.
    English,
    /// German.
    German,
}

impl Language {
    /// Reads a tag; what is not known is English.
    pub(crate) fn of(tag: &str) -> Self {
        if base(tag) == "de" { Self::German } else { Self::English }
    }
}

/// Gives the language of a tag without region and encoding, in lower case.
pub(crate) fn base(tag: &str) -> String {
    tag.split(['-', '_', '.', '@']).next().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_read_with_or_without_its_region_and_what_is_not_known_is_english() {
        for tag in ["de", "DE", "de-AT", "de_CH.UTF-8", "de@euro"] {
            assert_eq!(Language::of(tag), Language::German, "{tag}");
        }
        for tag in ["", "en-GB", "del", "nl", "C"] {
            assert_eq!(Language::of(tag), Language::English, "{tag}");
        }
    }
}
