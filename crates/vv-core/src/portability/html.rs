//! Turns HTML from elsewhere into Markdown. What could run or load is left out and named; nothing of it is ever shown as HTML.

use std::sync::LazyLock;

use htmd::HtmlToMarkdown;
use htmd::options::{BulletListMarker, Options};

/// More than this is not turned into Markdown but into plain words.
const LARGEST: usize = 4 << 20;
/// How deep it may be nested, and how much work that makes in all: nobody writes more.
const DEEPEST: usize = 200;
const MOST_WORK: usize = 1_000_000;

/// What is left out whole, with what the report calls it.
const LEFT_OUT: [(&str, &str); 9] = [
    ("script", "a script in it"),
    ("style", ""),
    ("iframe", "a page from elsewhere in it"),
    ("object", "a program in it"),
    ("embed", "a program in it"),
    ("applet", "a program in it"),
    ("form", ""),
    ("noscript", ""),
    ("template", ""),
];

/// Is what came of HTML.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Converted {
    pub(crate) text: String,
    /// What was left out, as it stands in a report.
    pub(crate) left_out: Vec<String>,
}

static CONVERTER: LazyLock<HtmlToMarkdown> = LazyLock::new(|| {
    let skipped: Vec<&str> =
        LEFT_OUT.iter().map(|(tag, _)| *tag).filter(|tag| *tag != "form").chain(["head", "title"]).collect();
    HtmlToMarkdown::builder()
        .options(Options { bullet_list_marker: BulletListMarker::Dash, ..Options::default() })
        .skip_tags(skipped)
        .build()
});

/// Turns HTML into Markdown.
pub(crate) fn to_markdown(html: &str) -> Converted {
    let scan = scan(html);
    let mut left_out = scan.left_out;
    if html.len() > LARGEST || scan.deepest > DEEPEST || scan.work > MOST_WORK {
        left_out.push("its HTML is nested deeper than anybody writes; only its words were taken".to_owned());
        return Converted { text: words(html), left_out };
    }
    match CONVERTER.convert(html) {
        Ok(text) => Converted { text: without_dangers(&text, &mut left_out), left_out },
        Err(_) => {
            left_out.push("its HTML cannot be read; only its words were taken".to_owned());
            Converted { text: words(html), left_out }
        }
    }
}

#[derive(Default)]
struct Scan {
    deepest: usize,
    work: usize,
    left_out: Vec<String>,
}

/// Looks through the tags: how deep they are nested, and what is among them that is left out.
fn scan(html: &str) -> Scan {
    let mut scan = Scan::default();
    let mut open: Vec<&str> = Vec::new();
    let mut handlers = false;
    for (name, closes, inside) in tags(html) {
        if closes {
            if open.last().is_some_and(|last| last.eq_ignore_ascii_case(name)) {
                open.pop();
            }
            continue;
        }
        let lower = name.to_ascii_lowercase();
        if let Some((_, why)) = LEFT_OUT.iter().find(|(tag, why)| *tag == lower && !why.is_empty())
            && !scan.left_out.iter().any(|known| known == why)
        {
            scan.left_out.push((*why).to_owned());
        }
        handlers |= inside.split_whitespace().any(|part| {
            part.len() > 2 && part.as_bytes()[..2].eq_ignore_ascii_case(b"on") && part.contains('=')
        });
        const LONELY: [&str; 22] = [
            "br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr", "p", "li", "td", "tr",
            "th", "dt", "dd", "option", "thead", "tbody", "tfoot", "source",
        ];
        if !LONELY.contains(&lower.as_str()) && !inside.ends_with('/') {
            open.push(name);
        }
        scan.deepest = scan.deepest.max(open.len());
        scan.work = scan.work.saturating_add(open.len() + 1);
    }
    if handlers {
        scan.left_out.push("a script in one of its marks".to_owned());
    }
    scan
}

/// Lists the tags: name, whether it closes, and what else stands in it.
fn tags(html: &str) -> impl Iterator<Item = (&str, bool, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let begin = at + html[at..].find('<')?;
            let rest = &html[begin + 1..];
            let closes = rest.starts_with('/');
            let named = &rest[usize::from(closes)..];
            let length = named.bytes().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            at = begin + 1;
            if length == 0 || !named.as_bytes()[0].is_ascii_alphabetic() {
                continue;
            }
            let end = named.find('>').unwrap_or(named.len());
            if length <= end {
                return Some((&named[..length], closes, named[length..end].trim()));
            }
        }
    })
}

/// Takes the words alone, without any mark.
fn words(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let script = ["script", "style"].iter().find(|name| {
            tag.len() > name.len() + 1 && tag.as_bytes()[1..=name.len()].eq_ignore_ascii_case(name.as_bytes())
        });
        let end = match script {
            Some(name) => find_ignoring_case(tag, &format!("</{name}")).map_or(tag.len(), |end| end + 1),
            None => tag.find('>').map_or(tag.len(), |end| end + 1),
        };
        rest = &tag[end..];
        if !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
    out.push_str(rest);
    out.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

fn find_ignoring_case(text: &str, what: &str) -> Option<usize> {
    text.as_bytes().windows(what.len()).position(|window| window.eq_ignore_ascii_case(what.as_bytes()))
}

/// Takes the address away from links that would run something.
fn without_dangers(text: &str, left_out: &mut Vec<String>) -> String {
    super::links::rewrite(text, |link| {
        let address: String =
            link.target.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).collect();
        let lower = address.to_ascii_lowercase();
        let runs = ["javascript:", "vbscript:", "data:text/html"].iter().any(|way| lower.starts_with(way));
        runs.then(|| {
            left_out.push("a link that would run a script; its words stay".to_owned());
            link.label.to_owned()
        })
    })
    .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_markdown() {
        let made = to_markdown(
            "<h2>Plan</h2><p>One <b>bold</b> and <a href=\"https://x.example\">link</a></p><ul><li>a</li><li>b</li></ul>",
        );
        assert!(
            made.text.starts_with("## Plan\n\nOne **bold** and [link](https://x.example)"),
            "{}",
            made.text
        );
        assert!(made.text.contains("- ") && made.left_out.is_empty(), "{made:?}");
    }

    #[test]
    fn what_could_run_is_left_out_and_named() {
        let made = to_markdown(
            "<p onclick=\"steal()\">hi</p><SCRIPT>steal()</SCRIPT><iframe src=\"https://x\"></iframe><a href=\"java\tscript:steal()\">go</a>",
        );
        assert!(
            !made.text.contains("steal") && made.text.contains("hi") && made.text.contains("go"),
            "{}",
            made.text
        );
        assert_eq!(made.left_out.len(), 4, "{:?}", made.left_out);
    }

    #[test]
    fn html_nested_a_hundred_thousand_deep_ends_in_its_words() {
        for tag in ["div", "b", "blockquote"] {
            let made = to_markdown(&format!(
                "{}deep{}",
                format!("<{tag}>").repeat(100_000),
                "</span>".repeat(100_000)
            ));
            assert_eq!(made.text.trim(), "deep");
            assert!(made.left_out[0].contains("nested"));
        }
        // Marks that are never closed are opened again by every paragraph.
        let many: String = (0..150).map(|n| format!("<b id={n}>")).collect();
        assert!(!to_markdown(&format!("{many}{}", "<p>x".repeat(20_000))).left_out.is_empty());
    }
}
