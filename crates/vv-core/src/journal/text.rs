//! Titles and texts: what they may be, how many words they have, and how they begin.

use std::borrow::Cow;

use super::error::JournalError;

/// Characters a title may have.
pub const MAX_TITLE_CHARS: usize = 500;
/// Bytes a text may have: 1 MiB.
pub const MAX_TEXT_BYTES: usize = 1 << 20;
/// Characters of an excerpt.
pub(crate) const EXCERPT_CHARS: usize = 160;

/// Makes a title as it is kept: one line without space around it.
pub(crate) fn clean_title(written: &str) -> Result<String, JournalError> {
    let one_line: String = written
        .trim()
        .chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect();
    let chars = one_line.chars().count();
    if chars > MAX_TITLE_CHARS {
        let why = format!("the title has {chars} characters; it may have at most {MAX_TITLE_CHARS}");
        return Err(JournalError::invalid("title", why));
    }
    Ok(one_line)
}

/// Makes a text as it is kept: lines end with a line feed, as the editor counts them, and U+FFFD stands for NUL.
pub(crate) fn clean_text(written: &str) -> Result<Cow<'_, str>, JournalError> {
    let clean = normal_lines(written);
    if clean.len() > MAX_TEXT_BYTES {
        return Err(JournalError::TooLarge { bytes: clean.len() });
    }
    Ok(clean)
}

/// Gives the text with its lines ended by line feeds alone and without NUL, whatever its length.
pub(crate) fn normal_lines(written: &str) -> Cow<'_, str> {
    if !written.contains(['\r', '\0']) {
        return Cow::Borrowed(written);
    }
    let mut clean = String::with_capacity(written.len());
    let mut chars = written.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                clean.push('\n');
            }
            '\0' => clean.push('\u{fffd}'),
            other => clean.push(other),
        }
    }
    Cow::Owned(clean)
}

/// Reads bytes of a file as text: UTF-8 or UTF-16 with a byte order mark, else UTF-8 in which U+FFFD stands for what is
/// broken. The second part says whether something was broken.
pub fn text_from_bytes(bytes: &[u8]) -> (String, bool) {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let odd = rest.len() % 2 == 1;
        let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let mut broken = odd;
        let text = char::decode_utf16(units)
            .map(|c| {
                c.unwrap_or_else(|_| {
                    broken = true;
                    char::REPLACEMENT_CHARACTER
                })
            })
            .collect();
        (text, broken)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] | rest => match String::from_utf8_lossy(rest) {
            Cow::Borrowed(text) => (text.to_owned(), false),
            Cow::Owned(text) => (text, true),
        },
    }
}

/// Counts words: runs without white space that hold a letter or digit; each Chinese or Japanese character counts as one.
pub fn count_words(text: &str) -> u32 {
    let mut words = 0u32;
    let mut in_word = false;
    for c in text.chars() {
        if is_ideograph(c) {
            words = words.saturating_add(1);
            in_word = false;
        } else if c.is_whitespace() {
            in_word = false;
        } else if !in_word && c.is_alphanumeric() {
            words = words.saturating_add(1);
            in_word = true;
        }
    }
    words
}

fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x323af)
}

/// Gives the first words of a text without its Markdown marks, on one line, at most 160 characters.
pub fn excerpt(text: &str) -> String {
    Plain::of(text, EXCERPT_CHARS).finish()
}

/// Gives about the first `most` characters of a text without its Markdown marks, on one line.
pub(crate) fn plain_words(text: &str, most: usize) -> String {
    Plain::of(text, most).out.trim_end().to_owned()
}

/// Gathers plain words until the excerpt is full; a few characters more are kept so that the cut falls on a word.
struct Plain {
    out: String,
    chars: usize,
    most: usize,
    in_code: bool,
}

impl Plain {
    fn of(text: &str, most: usize) -> Self {
        let mut plain = Self { out: String::new(), chars: 0, most, in_code: false };
        for line in text.lines() {
            plain.add_line(line);
            if plain.is_full() {
                break;
            }
        }
        plain
    }

    fn is_full(&self) -> bool {
        self.chars > self.most
    }

    fn push(&mut self, c: char) {
        if self.is_full() || (c.is_whitespace() && (self.out.is_empty() || self.out.ends_with(' '))) {
            return;
        }
        self.out.push(if c.is_whitespace() || c.is_control() { ' ' } else { c });
        self.chars += 1;
    }

    fn add_line(&mut self, line: &str) {
        let line = line.trim();
        if line.starts_with("```") || line.starts_with("~~~") {
            self.in_code = !self.in_code;
            return;
        }
        self.push(' ');
        if self.in_code {
            line.chars().for_each(|c| self.push(c));
            return;
        }
        if is_rule(line) {
            return;
        }
        self.add_words(without_block_marks(line));
    }

    /// Adds a line without the marks inside it. Links and pictures leave their words.
    fn add_words(&mut self, line: &str) {
        let mut rest = line;
        let mut before = ' ';
        while let Some(c) = rest.chars().next() {
            if self.is_full() {
                return;
            }
            let after = &rest[c.len_utf8()..];
            if c == '\\' && after.starts_with(|c: char| c.is_ascii_punctuation()) {
                let escaped = after.chars().next().unwrap_or('\\');
                self.push(escaped);
                rest = &after[escaped.len_utf8()..];
                before = escaped;
                continue;
            }
            if let Some((words, len)) = link_at(rest) {
                self.add_words(words);
                rest = &rest[len..];
                before = ')';
                continue;
            }
            let next = after.chars().next().unwrap_or(' ');
            // An underscore inside a word and a star between spaces are no marks.
            let is_mark = match c {
                '*' | '~' => next == c || before == c || !(before.is_whitespace() && next.is_whitespace()),
                '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
                '`' => true,
                _ => false,
            };
            if !is_mark {
                self.push(c);
            }
            before = c;
            rest = after;
        }
    }

    fn finish(self) -> String {
        let out = self.out.trim_end();
        if out.chars().count() <= self.most {
            return out.to_owned();
        }
        let cut: String = out.chars().take(self.most - 1).collect();
        let at_word = cut.rfind(' ').filter(|at| *at > cut.len() / 2).unwrap_or(cut.len());
        format!("{}…", cut[..at_word].trim_end())
    }
}

fn is_rule(line: &str) -> bool {
    let marks: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
    marks.len() >= 3 && matches!(marks[0], '-' | '*' | '_') && marks.iter().all(|c| *c == marks[0])
}

fn without_block_marks(line: &str) -> &str {
    let mut line = line;
    loop {
        let before = line;
        let heading = line.trim_start_matches('#');
        if heading.len() < line.len() && line.len() - heading.len() <= 6 && heading.starts_with([' ', '\t']) {
            line = heading.trim_start();
        }
        for mark in ["> ", "- ", "* ", "+ ", "[ ] ", "[x] ", "[X] "] {
            line = line.strip_prefix(mark).map_or(line, str::trim_start);
        }
        if line == ">" {
            return "";
        }
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        if (1..=9).contains(&digits) && (line[digits..].starts_with(". ") || line[digits..].starts_with(") "))
        {
            line = line[digits + 2..].trim_start();
        }
        if line == before {
            return line;
        }
    }
}

/// Gives the words and the length of the link or picture that begins here.
fn link_at(rest: &str) -> Option<(&str, usize)> {
    if let Some(inner) = rest.strip_prefix("[[") {
        let end = inner.find("]]").filter(|end| !inner[..*end].contains('\n'))?;
        let words = inner[..end].split('|').next().unwrap_or_default();
        return Some((words, end + 4));
    }
    let bang = usize::from(rest.starts_with('!'));
    let inner = rest[bang..].strip_prefix('[')?;
    let end = inner.find("](")?;
    if inner[..end].contains('[') {
        return None;
    }
    let close = inner[end + 2..].find(')')?;
    // A picture's name is seldom a sentence of the person's; its alternative text is shown all the same, without the mark.
    Some((&inner[..end], bang + 1 + end + 2 + close + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_a_line_feed_and_nul_becomes_visible() {
        assert_eq!(clean_text("a\r\nb\rc\0d\n").unwrap(), "a\nb\nc\u{fffd}d\n");
    }

    #[test]
    fn a_text_over_one_mebibyte_is_too_large_and_one_of_exactly_that_is_not() {
        assert!(clean_text(&"x".repeat(MAX_TEXT_BYTES)).is_ok());
        let error = clean_text(&"x".repeat(MAX_TEXT_BYTES + 1)).unwrap_err();
        assert!(matches!(error, JournalError::TooLarge { bytes } if bytes == MAX_TEXT_BYTES + 1));
    }

    #[test]
    fn a_title_is_one_line_of_at_most_five_hundred_characters() {
        assert_eq!(clean_title("  First\nsteps\t ").unwrap(), "First steps");
        assert!(clean_title(&"ü".repeat(500)).is_ok());
        assert!(matches!(clean_title(&"ü".repeat(501)), Err(JournalError::Invalid { field: "title", .. })));
    }

    #[test]
    fn broken_utf8_is_read_with_a_sign_where_it_is_broken() {
        assert_eq!(text_from_bytes(b"caf\xe9 au lait"), ("caf\u{fffd} au lait".to_owned(), true));
        assert_eq!(text_from_bytes("\u{feff}whole".as_bytes()), ("whole".to_owned(), false));
        assert_eq!(text_from_bytes(&[0xff, 0xfe, b'h', 0, b'i', 0]), ("hi".to_owned(), false));
        assert_eq!(text_from_bytes(&[0xfe, 0xff, 0, b'h', 0xd8, 0]), ("h\u{fffd}".to_owned(), true));
    }

    #[test]
    fn words_are_counted_in_latin_and_in_chinese() {
        assert_eq!(count_words("Two words — and a dash"), 5);
        assert_eq!(count_words("don't count twice"), 3);
        assert_eq!(count_words("学习日记 ok"), 5);
        assert_eq!(count_words("  \n ## * "), 0);
    }

    #[test]
    fn an_excerpt_shows_words_without_marks() {
        let text = "# Hard *meeting*\n\n- [ ] ask **Amal** about [the plan](https://x.example/a_b)\n> snake_case `stays`\n---\n![a cat](attachment:1)";
        assert_eq!(excerpt(text), "Hard meeting ask Amal about the plan snake_case stays a cat");
    }

    #[test]
    fn an_excerpt_ends_at_a_word_and_has_at_most_160_characters() {
        let text = "wörter und noch mehr ".repeat(40);
        let short = excerpt(&text);
        assert!(short.chars().count() <= 160 && short.ends_with("…"), "{short}");
        assert!(excerpt(&"x".repeat(500)).chars().count() <= 160);
    }

    #[test]
    fn links_to_entries_show_their_title() {
        assert_eq!(excerpt("see [[First day|0190]] and [[Plan]]"), "see First day and Plan");
        assert_eq!(excerpt("2 * 3 and \\*kept\\*"), "2 * 3 and *kept*");
    }
}
