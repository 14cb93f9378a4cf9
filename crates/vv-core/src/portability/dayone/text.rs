//! Mends the Markdown that Day One writes: escapes that are not needed, marks that cannot be seen. Finds the title.

use crate::journal::text::MAX_TITLE_CHARS;

/// Takes out zero-width spaces and the backslashes that change nothing, outside of code.
pub(super) fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fence = false;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            fence = !fence;
            out.push_str(line);
        } else if fence {
            out.push_str(line);
        } else {
            mend_line(line, &mut out);
        }
    }
    out
}

fn mend_line(line: &str, out: &mut String) {
    let mut code = false;
    let begun = out.len();
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\u{200B}' => {}
            '`' => {
                code = !code;
                out.push('`');
            }
            '\\' if !code => match letters.peek() {
                Some(next) if is_needless(*next, &out[begun..]) => {}
                Some('`') => {
                    out.push_str("\\`");
                    letters.next();
                }
                Some('\\') => {
                    out.push_str("\\\\");
                    letters.next();
                }
                _ => out.push('\\'),
            },
            other => out.push(other),
        }
    }
}

/// Tells whether a sign that follows `before` on its line means the same without a backslash.
fn is_needless(sign: char, before: &str) -> bool {
    let begins_line = before.trim().is_empty();
    match sign {
        '.' | ')' => !before.trim_start().bytes().all(|byte| byte.is_ascii_digit()) || begins_line,
        '-' | '+' | '#' | '>' | '=' => !begins_line,
        '!' => true,
        '(' => !before.ends_with(']'),
        '{' | '}' | ':' | ';' | ',' | '?' | '/' | '\'' | '"' | '@' | '%' | '^' => true,
        '$' | '&' => false,
        _ => false,
    }
}

/// Splits off a first line that is a heading of the first rank, which is the title.
pub(super) fn split_title(text: String) -> (String, String) {
    let begun = text.trim_start_matches(['\n', '\r']);
    let (line, rest) = begun.split_once('\n').unwrap_or((begun, ""));
    let Some(title) = line.strip_prefix("# ") else { return (String::new(), text) };
    let title = title.trim().trim_end_matches('#').trim();
    let plain = !title.is_empty()
        && title.chars().count() <= MAX_TITLE_CHARS
        && !title.contains(['[', ']', '`', '*', '_', '<', '\\']);
    if plain {
        (title.to_owned(), rest.trim_start_matches(['\n', '\r']).to_owned())
    } else {
        (String::new(), text)
    }
}

/// Reads a time zone that is only an offset: `GMT+0200`, `UTC-05:30`, `GMT+2`, in seconds.
pub(super) fn offset_of(zone: &str) -> Option<i32> {
    let rest = zone.strip_prefix("GMT").or_else(|| zone.strip_prefix("UTC"))?;
    if rest.is_empty() {
        return Some(0);
    }
    let sign = match rest.chars().next()? {
        '+' => 1,
        '-' | '\u{2212}' => -1,
        _ => return None,
    };
    let digits: String = rest.chars().skip(1).filter(|letter| *letter != ':').collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |text: &str| text.parse::<i32>().ok();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (number(&digits)?, 0),
        3 | 4 => (number(&digits[..digits.len() - 2])?, number(&digits[digits.len() - 2..])?),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}

/// Tells whether a text made of the rich one holds nearly all the words of the plain one.
pub(super) fn holds_the_words_of(made: &str, plain: &str) -> bool {
    let words = |text: &str| {
        let mut count = 0_usize;
        let visible = without_addresses(text);
        for word in visible.split(|letter: char| !letter.is_alphanumeric()) {
            count += word.chars().count();
        }
        count
    };
    let (made, plain) = (words(made), words(plain));
    made * 10 + 40 >= plain * 9
}

/// Leaves out the addresses of links, which both write in ways of their own.
fn without_addresses(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        out.push_str(&rest[..at]);
        let after = &rest[at + 2..];
        rest = after.find(')').map_or("", |end| &after[end + 1..]);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needless_escapes_go_and_those_that_mean_something_stay() {
        assert_eq!(mend("It cost 5\\.50\\! \\(really\\) a\\-b\u{200B}c"), "It cost 5.50! (really) a-bc");
        assert_eq!(
            mend("1\\. not a list\n\\- nor this\n\\# nor this"),
            "1\\. not a list\n\\- nor this\n\\# nor this"
        );
        assert_eq!(mend("\\*stars\\* snake\\_case [x]\\(y\\)"), "\\*stars\\* snake\\_case [x]\\(y)");
        assert_eq!(mend("`a\\.b` c\\.d\n```\ne\\.f\n```\n"), "`a\\.b` c.d\n```\ne\\.f\n```\n");
    }

    #[test]
    fn a_heading_that_begins_the_text_is_its_title() {
        assert_eq!(split_title("\n# Who asked\n\nText".into()), ("Who asked".into(), "Text".into()));
        assert_eq!(split_title("Text\n# No".into()).0, "");
        assert_eq!(split_title("# With [link](x)\nText".into()).0, "");
    }

    #[test]
    fn offsets_stand_for_time_zones() {
        assert_eq!(offset_of("GMT+0530"), Some(19_800));
        assert_eq!(offset_of("UTC-11"), Some(-39_600));
        assert_eq!(offset_of("GMT"), Some(0));
        for zone in ["GMT+99", "CET", "GMT*2", "UTC+é1"] {
            assert_eq!(offset_of(zone), None, "{zone}");
        }
    }
}
