//! Words with placeholders: `If {obstacle}, then I`. `{name?}` may be missing; `{{` and `}}` stand for the braces themselves.

/// Lists the names in a text; none when a brace is left open.
pub(crate) fn placeholders(text: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    each(text, |part| {
        if let Piece::Name(name) = part {
            names.push(name.trim_end_matches('?'));
        }
    })?;
    Some(names)
}

/// Puts words in place of each name. The second part says whether there were words for every one of them; where there were
/// none, `…` stands.
pub(crate) fn filled(text: &str, words_of: impl Fn(&str) -> Option<String>) -> (String, bool) {
    let mut out = String::new();
    let mut whole = true;
    each(text, |part| match part {
        Piece::Words(words) => out.push_str(words),
        Piece::Name(name) => {
            match words_of(name.trim_end_matches('?')).filter(|words| !words.trim().is_empty()) {
                Some(words) => out.push_str(words.trim()),
                None if name.ends_with('?') => {}
                None => {
                    whole = false;
                    out.push('…');
                }
            }
        }
    });
    (out, whole)
}

enum Piece<'a> {
    Words(&'a str),
    Name(&'a str),
}

fn each<'a>(text: &'a str, mut take: impl FnMut(Piece<'a>)) -> Option<()> {
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        take(Piece::Words(&rest[..at]));
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            take(Piece::Words(brace));
            rest = after;
        } else if brace == "{" {
            let end = rest.find('}')?;
            take(Piece::Name(rest[..end].trim()));
            rest = &rest[end + 1..];
        } else {
            return None;
        }
    }
    take(Piece::Words(rest));
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_doubled_braces_are_braces() {
        assert_eq!(placeholders("If {a}, then { b } {{so}}").unwrap(), ["a", "b"]);
        assert_eq!(filled("{a}{{x}}", |_| Some("1".into())), ("1{x}".into(), true));
    }

    #[test]
    fn what_has_no_words_is_told() {
        assert_eq!(filled("If {a}, then I", |_| None), ("If …, then I".into(), false));
        assert_eq!(filled("Yes {a?}", |_| None), ("Yes ".into(), true));
    }

    #[test]
    fn an_open_brace_is_no_text_with_placeholders() {
        assert!(placeholders("If {a").is_none() && placeholders("a}").is_none());
    }
}
