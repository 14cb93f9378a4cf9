//! Finds the links and pictures of a Markdown text, outside code, and writes others in their place.
//!
//! Everything between links stays byte for byte as it was.

use std::borrow::Cow;

use crate::ids::EntryId;

/// Is a link as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link<'a> {
    /// Whether it is shown in place, as a picture is.
    pub(crate) embeds: bool,
    /// Whether it is written `[[so]]`.
    pub(crate) wiki: bool,
    /// What is shown; for `[[target]]` the target itself.
    pub(crate) label: &'a str,
    /// Where it leads, as written.
    pub(crate) target: &'a str,
}

/// Rewrites the links for which `write` gives another text.
pub(crate) fn rewrite<'t>(text: &'t str, mut write: impl FnMut(&Link<'t>) -> Option<String>) -> Cow<'t, str> {
    let mut out: Option<String> = None;
    let mut done = 0;
    for (start, end, link) in links(text) {
        if let Some(new) = write(&link) {
            let out = out.get_or_insert_with(|| String::with_capacity(text.len() + 64));
            out.push_str(&text[done..start]);
            out.push_str(&new);
            done = end;
        }
    }
    match out {
        None => Cow::Borrowed(text),
        Some(mut out) => {
            out.push_str(&text[done..]);
            Cow::Owned(out)
        }
    }
}

/// Lists the links of a text with where they begin and end. A picture inside a link is listed, the link around it is not.
pub(crate) fn links(text: &str) -> Vec<(usize, usize, Link<'_>)> {
    let mut found = Vec::new();
    if !text.contains('[') {
        return found;
    }
    let mut fence: Option<(u8, usize)> = None;
    let mut at = 0;
    while at < text.len() {
        let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
        let line = &text[at..line_end];
        let bare = line.trim_start_matches(' ');
        let mark = bare.bytes().next().filter(|byte| matches!(byte, b'`' | b'~'));
        let marks = mark.map_or(0, |mark| bare.bytes().take_while(|byte| *byte == mark).count());
        match (fence, mark) {
            (None, Some(mark)) if marks >= 3 => fence = Some((mark, marks)),
            (Some((open, count)), Some(mark))
                if mark == open && marks >= count && bare.trim_end().len() == marks =>
            {
                fence = None;
            }
            (Some(_), _) => {}
            (None, _) => links_of_line(text, at, line_end, &mut found),
        }
        at = line_end;
    }
    found
}

fn links_of_line<'t>(text: &'t str, start: usize, end: usize, found: &mut Vec<(usize, usize, Link<'t>)>) {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < end {
        match bytes[at] {
            b'\\' => at += 2,
            b'`' => {
                let ticks = bytes[at..end].iter().take_while(|byte| **byte == b'`').count();
                let fence = &text[at..at + ticks];
                at += ticks;
                // Code goes on to the same number of ticks; without them the ticks are just ticks.
                let mut close = at;
                while let Some(next) = text[close..end].find(fence) {
                    let after = close + next + ticks;
                    let run = bytes[close + next..end].iter().take_while(|byte| **byte == b'`').count();
                    if run == ticks {
                        at = after;
                        break;
                    }
                    close += next + run;
                }
            }
            b'[' => {
                let embeds =
                    at > start && bytes[at - 1] == b'!' && !(at > start + 1 && bytes[at - 2] == b'\\');
                let begin = at - usize::from(embeds);
                if let Some((stop, link)) =
                    wiki_at(text, at, end, embeds).or_else(|| inline_at(text, at, end, embeds))
                {
                    found.push((begin, stop, link));
                    at = stop;
                } else {
                    at += 1;
                }
            }
            _ => at += 1,
        }
    }
}

fn wiki_at(text: &str, at: usize, end: usize, embeds: bool) -> Option<(usize, Link<'_>)> {
    let inner = text[at..end].strip_prefix("[[")?;
    let close = inner.find("]]")?;
    let inside = &inner[..close];
    if inside.contains("[[") || inside.trim().is_empty() {
        return None;
    }
    let (target, label) = inside.split_once('|').unwrap_or((inside, inside));
    Some((at + 2 + close + 2, Link { embeds, wiki: true, label: label.trim(), target: target.trim() }))
}

fn inline_at(text: &str, at: usize, end: usize, embeds: bool) -> Option<(usize, Link<'_>)> {
    let bytes = text.as_bytes();
    let mut depth = 0;
    let mut close = at;
    loop {
        match bytes.get(close).filter(|_| close < end)? {
            b'\\' => close += 1,
            b'[' => depth += 1,
            b']' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            _ => {}
        }
        close += 1;
    }
    let label = &text[at + 1..close];
    let rest = text[close + 1..end].strip_prefix('(')?;
    let begin = close + 2;
    let skipped = rest.len() - rest.trim_start().len();
    let (target, mut after) = if let Some(inner) = rest[skipped..].strip_prefix('<') {
        let stop = inner.find('>')?;
        (&inner[..stop], skipped + 1 + stop + 1)
    } else {
        let mut depth = 0;
        let stop = rest[skipped..].char_indices().find_map(|(at, letter)| match letter {
            '(' => {
                depth += 1;
                None
            }
            ')' if depth == 0 => Some(at),
            ')' => {
                depth -= 1;
                None
            }
            // A space ends the address unless no title follows: people write names of files with spaces.
            _ if letter.is_whitespace() && is_title(rest[skipped + at..].trim_start()) => Some(at),
            _ => None,
        })?;
        (rest[skipped..skipped + stop].trim(), skipped + stop)
    };
    let tail = rest[after..].trim_start();
    if let Some(quote) = tail.chars().next().filter(|letter| matches!(letter, '"' | '\'')) {
        let inner = &tail[1..];
        let stop = inner.find(quote)?;
        after = rest.len() - inner.len() + stop + 1;
    }
    let stop = rest[after..].find(')')?;
    if !rest[after..after + stop].trim().is_empty() || label.contains("](") {
        return None;
    }
    Some((begin + after + stop + 1, Link { embeds, wiki: false, label, target }))
}

fn is_title(rest: &str) -> bool {
    rest.starts_with(['"', '\''])
}

/// Reads an address as the path of a file beside the text: without fragment, `%20` and the like undone. None for addresses
/// of the web, of a mailbox or of anything else that names its way.
pub(crate) fn local_path(target: &str) -> Option<String> {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let scheme = target.split(':').next().filter(|scheme| {
        scheme.len() < target.len()
            && scheme.len() > 1
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    });
    if target.is_empty() || scheme.is_some() || target.starts_with("//") {
        return None;
    }
    Some(percent_decoded(target).replace('\\', "/"))
}

/// Writes a link to an entry, with the part of it that is meant in words; none when they could not stand in one.
pub(crate) fn link_to_entry(words: &str, part: &str, id: EntryId) -> Option<String> {
    let words = words.trim();
    let words = match (words.is_empty(), part.is_empty() || words.contains(part)) {
        (true, _) => part.to_owned(),
        (false, true) => words.to_owned(),
        (false, false) => format!("{words} › {part}"),
    };
    let fits = !words.is_empty() && !words.contains(['|', '[', ']', '\n']);
    fits.then(|| format!("[[{words}|{id}]]"))
}

/// Makes words for a link of the name of a file.
pub(crate) fn label_of(name: &str) -> String {
    name.chars().filter(|letter| !matches!(letter, '[' | ']' | '\\' | '\n' | '\r')).collect()
}

/// Undoes `%20` and the like.
pub(crate) fn decoded(text: &str) -> String {
    percent_decoded(text)
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |digit: u8| (digit as char).to_digit(16);
        match (bytes[at], bytes.get(at + 1).copied().and_then(hex), bytes.get(at + 2).copied().and_then(hex))
        {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// Writes a relative path as an address in a link.
pub(crate) fn address(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for letter in path.chars() {
        match letter {
            ' ' | '(' | ')' | '<' | '>' | '%' | '#' | '?' | '"' | '\'' => {
                out.push_str(&format!("%{:02X}", letter as u32));
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<(bool, &str, &str)> {
        links(text).into_iter().map(|(_, _, link)| (link.embeds, link.label, link.target)).collect()
    }

    #[test]
    fn links_pictures_and_entry_links_are_found() {
        assert_eq!(
            found(
                "See [the plan](plan.md), ![board](img/b%201.png \"A board\"), [[Other note|that]] and ![[pic.png]]."
            ),
            [
                (false, "the plan", "plan.md"),
                (true, "board", "img/b%201.png"),
                (false, "that", "Other note"),
                (true, "pic.png", "pic.png")
            ]
        );
        assert_eq!(found("[a](<with space.md>) [b](with space.md) [c](x(1).md)").len(), 3);
        assert_eq!(found("[b](with space.md)")[0].2, "with space.md");
        assert_eq!(found("[c](x(1).md)")[0].2, "x(1).md");
    }

    #[test]
    fn code_and_escaped_brackets_are_left_alone() {
        assert!(found("`[a](b.md)` \\[a](b.md) ``x ` [a](b.md)``").is_empty());
        assert!(found("```\n[a](b.md)\n```\n~~~\n[[x]]\n~~~").is_empty());
        assert_eq!(found("`open [a](b.md)").len(), 1);
        assert_eq!(found("[![pic](p.png)](x.md)"), [(true, "pic", "p.png")]);
    }

    #[test]
    fn only_the_links_that_change_change() {
        let text = "A [x](a.md) B [y](b.md) C";
        let out = rewrite(text, |link| (link.target == "b.md").then(|| "[[y]]".to_owned()));
        assert_eq!(out, "A [x](a.md) B [[y]] C");
    }

    #[test]
    fn an_address_is_a_path_only_when_it_names_no_way() {
        assert_eq!(local_path("a%20b.md#part").as_deref(), Some("a b.md"));
        assert_eq!(local_path("img\\x.png").as_deref(), Some("img/x.png"));
        for address in
            ["https://x.example/a.md", "mailto:a@b.example", "#part", "//x.example/y", "attachment:1", ""]
        {
            assert_eq!(local_path(address), None, "{address}");
        }
    }

    proptest! {
        #[test]
        fn any_text_keeps_what_is_not_a_link(text in "([\\[\\]()!`\\\\<>|\"' \n]|[a-cé東]){0,80}") {
            prop_assert_eq!(rewrite(&text, |_| None), text.as_str());
            let all = links(&text);
            for window in all.windows(2) {
                prop_assert!(window[0].1 <= window[1].0);
            }
        }

        #[test]
        fn an_address_leads_back_to_its_path(path in "[a-z0-9 ()%#?é東'-]{1,20}\\.md") {
            prop_assert_eq!(local_path(&address(&path)), Some(path));
        }
    }
}
