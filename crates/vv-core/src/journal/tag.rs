//! Tags: what a tag may be, and when two are the same.
//!
//! A tag keeps the spelling it was given; two spellings that differ only in case are one tag.

use unicode_normalization::UnicodeNormalization;

use super::error::JournalError;

/// Characters a tag may have.
pub const MAX_TAG_CHARS: usize = 100;
/// Tags an entry may have.
pub const MAX_TAGS: usize = 200;

/// Makes a tag as it is kept: composed (NFC), without space around it, a leading `#` dropped.
pub(crate) fn clean_tag(written: &str) -> Result<String, JournalError> {
    let tag: String = written
        .trim_start_matches(|sign: char| sign == '#' || sign.is_whitespace())
        .trim_end()
        .nfc()
        .collect();
    let chars = tag.chars().count();
    if chars == 0 {
        return Err(JournalError::invalid("tags", "a tag needs at least one character"));
    }
    if chars > MAX_TAG_CHARS {
        let why = format!("a tag has {chars} characters; it may have at most {MAX_TAG_CHARS}");
        return Err(JournalError::invalid("tags", why));
    }
    if tag.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err(JournalError::invalid(
            "tags",
            "a tag stands on one line and holds no control characters",
        ));
    }
    Ok(tag)
}

/// Makes the tags of an entry as they are kept: in order of spelling, the first spelling of each.
pub(crate) fn clean_tags(written: &[String]) -> Result<Vec<String>, JournalError> {
    let mut tags: Vec<(String, String)> = Vec::with_capacity(written.len());
    for tag in written {
        let tag = clean_tag(tag)?;
        let key = tag_key(&tag);
        if !tags.iter().any(|(known, _)| *known == key) {
            tags.push((key, tag));
            if tags.len() > MAX_TAGS {
                let why = format!("an entry may have at most {MAX_TAGS} tags");
                return Err(JournalError::invalid("tags", why));
            }
        }
    }
    tags.sort();
    Ok(tags.into_iter().map(|(_, tag)| tag).collect())
}

/// Gives the form in which tags are compared.
pub(crate) fn tag_key(tag: &str) -> String {
    tag.nfc().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(tags: &[&str]) -> Result<Vec<String>, JournalError> {
        clean_tags(&tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_tag_keeps_its_case_and_loses_the_space_around_it() {
        assert_eq!(clean(&["  Reverse Mentoring "]).unwrap(), ["Reverse Mentoring"]);
        assert_eq!(clean(&[" # # #slow "]).unwrap(), ["slow"], "cleaned twice it stays the same");
    }

    #[test]
    fn spellings_that_differ_in_case_or_composition_are_one_tag() {
        assert_eq!(clean(&["Cafe\u{301}", "CAFÉ", "work", "Work"]).unwrap(), ["Café", "work"]);
    }

    #[test]
    fn a_tag_of_ten_thousand_characters_is_refused_with_its_length() {
        let error = clean(&[&"x".repeat(10_000)]).unwrap_err().to_string();
        assert!(error.contains("10000") && error.contains("100"), "{error}");
    }

    #[test]
    fn a_tag_with_a_line_break_or_a_nul_is_refused() {
        for tag in ["a\nb", "a\0b", "a\u{2028}b"] {
            assert!(matches!(clean(&[tag]), Err(JournalError::Invalid { field: "tags", .. })));
        }
    }

    #[test]
    fn an_entry_has_at_most_two_hundred_tags() {
        let many: Vec<String> = (0..201).map(|n| format!("t{n}")).collect();
        assert!(clean_tags(&many).is_err());
        assert_eq!(clean_tags(&many[..200]).unwrap().len(), 200);
    }
}
