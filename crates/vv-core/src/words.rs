//! Short texts that are kept whole in one field: titles, sentences, a few paragraphs.
//!
//! Loops, goals and intentions are made of these. They are no shared texts like that of an entry: whoever writes last wins. What
//! is longer than a page belongs into an entry, and can be linked.

use crate::journal::text::normal_lines;

/// Characters that one line may have.
pub const MAX_LINE_CHARS: usize = 500;
/// Characters that a few paragraphs may have.
pub const MAX_WORDS_CHARS: usize = 20_000;

/// Says why a value cannot be kept: the field of the request, and a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct Unfit {
    /// The field of the request.
    pub field: &'static str,
    /// What is wrong with it and what is allowed.
    pub why: String,
}

/// Makes one line as it is kept, without space around it.
pub(crate) fn line(written: &str, field: &'static str) -> Result<String, Unfit> {
    let one: String = written
        .trim()
        .chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect();
    within(one, field, MAX_LINE_CHARS)
}

/// Makes one line as it is kept, and refuses an empty one.
pub(crate) fn some_line(written: &str, field: &'static str, empty: &str) -> Result<String, Unfit> {
    let one = line(written, field)?;
    if one.is_empty() { Err(Unfit { field, why: empty.to_owned() }) } else { Ok(one) }
}

/// Makes a few paragraphs as they are kept: lines end with a line feed, no space around them.
pub(crate) fn paragraphs(written: &str, field: &'static str) -> Result<String, Unfit> {
    within(normal_lines(written.trim()).into_owned(), field, MAX_WORDS_CHARS)
}

fn within(text: String, field: &'static str, most: usize) -> Result<String, Unfit> {
    let chars = text.chars().count();
    if chars > most {
        let why = format!("this has {chars} characters; at most {most} can stand here. An entry holds more");
        return Err(Unfit { field, why });
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_and_paragraphs_keep_theirs() {
        assert_eq!(line(" a\nb\u{2028}c ", "title").unwrap(), "a b c");
        assert_eq!(paragraphs(" a\r\nb\0\n", "words").unwrap(), "a\nb\u{fffd}");
    }

    #[test]
    fn what_is_too_long_or_empty_is_refused_by_the_name_of_its_field() {
        assert_eq!(line(&"x".repeat(501), "title").unwrap_err().field, "title");
        assert_eq!(paragraphs(&"x".repeat(20_001), "words").unwrap_err().field, "words");
        assert_eq!(some_line("  ", "title", "say it").unwrap_err().why, "say it");
    }
}
