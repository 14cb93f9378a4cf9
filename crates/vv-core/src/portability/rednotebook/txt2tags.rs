//! Turns the marks of txt2tags, in which RedNotebook writes, into Markdown.

/// How far the end of a mark may lie from its beginning, and how deep marks lie in one another.
const FARTHEST: usize = 10_000;
const DEEPEST: usize = 6;

/// Turns a text into Markdown; the second part says what was left out.
pub(super) fn to_markdown(text: &str) -> (String, Vec<String>) {
    let mut out = String::with_capacity(text.len() + 64);
    let mut left_out = Vec::new();
    let mut block: Option<&str> = None;
    let mut in_table = false;
    for line in text.lines() {
        let bare = line.trim_end();
        if let Some(mark) = block {
            if bare == mark {
                block = None;
                out.push_str(if mark == "```" { "```\n" } else { "" });
            } else {
                out.push_str(line);
                out.push('\n');
            }
            continue;
        }
        if bare == "```" || bare == "\"\"\"" {
            block = Some(if bare == "```" { "```" } else { "\"\"\"" });
            out.push_str(if bare == "```" { "```\n" } else { "" });
            continue;
        }
        let is_row = bare.trim_start().starts_with('|') && bare.len() > 2;
        let made = if is_row { row(bare, !in_table, &mut left_out) } else { line_of(line, &mut left_out) };
        in_table = is_row;
        out.push_str(&made);
        out.push('\n');
    }
    if block == Some("```") {
        out.push_str("```\n");
    }
    if !text.ends_with('\n') {
        out.pop();
    }
    (out, left_out)
}

fn line_of(line: &str, left_out: &mut Vec<String>) -> String {
    let trimmed = line.trim();
    let is_rule =
        trimmed.len() >= 20 && ["=", "-", "_"].iter().any(|sign| trimmed.replace(sign, "").is_empty());
    if is_rule {
        return "---".to_owned();
    }
    if let Some((level, words)) = heading(trimmed) {
        return format!("{} {}", "#".repeat(level), inline(words, 0, left_out));
    }
    if let Some(quoted) = line.strip_prefix('\t') {
        return format!("> {}", inline(quoted.trim_start_matches('\t'), 0, left_out));
    }
    let indent = &line[..line.len() - line.trim_start().len()];
    if let Some(item) = line.trim_start().strip_prefix("+ ") {
        return format!("{indent}1. {}", inline(item, 0, left_out));
    }
    let (line, breaks) = match line.strip_suffix("\\\\") {
        Some(line) => (line, "\\"),
        None => (line, ""),
    };
    format!("{}{breaks}", inline(line, 0, left_out))
}

/// Reads `= words =`, with as many signs on both sides.
fn heading(line: &str) -> Option<(usize, &str)> {
    let sign = line.chars().next().filter(|sign| matches!(sign, '=' | '+'))?;
    let count = line.chars().take_while(|letter| *letter == sign).count();
    let rest = &line[count..];
    // A name for links may stand behind: `= words =[name]`.
    let rest = rest.rsplit_once('[').filter(|(_, name)| name.ends_with(']')).map_or(rest, |(words, _)| words);
    let words = rest.strip_suffix(&sign.to_string().repeat(count))?.trim();
    let fits = count <= 5 && !words.is_empty() && !words.ends_with(sign);
    fits.then_some((count, words))
}

fn row(line: &str, is_first: bool, left_out: &mut Vec<String>) -> String {
    let line = line.trim();
    let cells: Vec<String> =
        line.trim_matches('|').split('|').map(|cell| inline(cell.trim(), 0, left_out)).collect();
    let made = format!("| {} |", cells.join(" | "));
    if is_first { format!("{made}\n|{}", " --- |".repeat(cells.len())) } else { made }
}

/// Writes the marks within a line.
fn inline(text: &str, depth: usize, left_out: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if let Some((made, length)) = mark_at(rest, depth, left_out) {
            out.push_str(&made);
            rest = &rest[length..];
        } else if let Some(length) = address_at(rest) {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        } else {
            out.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    out
}

fn mark_at(rest: &str, depth: usize, left_out: &mut Vec<String>) -> Option<(String, usize)> {
    if let Some(inner) = between(rest, "\"\"") {
        let plain: String = inner
            .chars()
            .flat_map(|letter| {
                let escape = matches!(letter, '*' | '_' | '`' | '[' | ']' | '\\' | '<').then_some('\\');
                escape.into_iter().chain([letter])
            })
            .collect();
        return Some((plain, inner.len() + 4));
    }
    if let Some(inner) = between(rest, "``") {
        return Some((format!("`{inner}`"), inner.len() + 4));
    }
    if rest.starts_with('[') {
        return link_at(rest);
    }
    if depth == DEEPEST {
        return None;
    }
    for (mark, written) in [("**", "**"), ("//", "*"), ("__", "_"), ("--", "~~")] {
        let Some(inner) = between(rest, mark) else { continue };
        if inner.starts_with(char::is_whitespace) || inner.ends_with(char::is_whitespace) {
            continue;
        }
        const LINES: &str = "lines under words; the words are slanted in their place";
        if mark == "__" && !left_out.iter().any(|known| known == LINES) {
            left_out.push(LINES.to_owned());
        }
        return Some((format!("{written}{}{written}", inline(inner, depth + 1, left_out)), inner.len() + 4));
    }
    None
}

/// Gives what stands between two of the same mark.
fn between<'t>(rest: &'t str, mark: &str) -> Option<&'t str> {
    let after = rest.strip_prefix(mark)?;
    let window = &after[..after.floor_char_boundary(FARTHEST)];
    let end = window.find(mark).filter(|end| *end > 0)?;
    Some(&after[..end])
}

/// Reads `[""file:///path"".png]` and `[words ""address""]`.
fn link_at(rest: &str) -> Option<(String, usize)> {
    let window = &rest[..rest.floor_char_boundary(FARTHEST)];
    let end = window.find(']')?;
    let inside = &window[1..end];
    const PICTURES: [&str; 7] = [".png", ".jpg", ".jpeg", ".gif", ".eps", ".bmp", ".svg"];
    let address = |text: &str| text.trim().replace(' ', "%20").replace('(', "%28").replace(')', "%29");
    if let Some((words, quoted)) = inside.split_once("\"\"") {
        let (path, after) = quoted.split_once("\"\"")?;
        let after = after.trim();
        if words.trim().is_empty()
            && PICTURES.iter().any(|ending| after.to_ascii_lowercase().starts_with(ending))
        {
            let ending = after.split('?').next().unwrap_or_default();
            return Some((format!("![]({}{ending})", address(path)), end + 1));
        }
        let words = if words.trim().is_empty() { path } else { words.trim() };
        return Some((format!("[{words}]({}{after})", address(path)), end + 1));
    }
    let is_picture = PICTURES.iter().any(|ending| inside.to_ascii_lowercase().ends_with(ending));
    if is_picture && !inside.contains(' ') {
        return Some((format!("![]({})", address(inside)), end + 1));
    }
    let (words, target) = inside.rsplit_once(' ')?;
    let leads = target.contains("://") || target.starts_with("www.") || target.starts_with("mailto:");
    leads.then(|| (format!("[{}]({})", words.trim(), address(target)), end + 1))
}

/// Gives the length of an address that begins here; its slashes are no marks.
fn address_at(rest: &str) -> Option<usize> {
    let begins = ["http://", "https://", "ftp://", "file://"].iter().any(|way| rest.starts_with(way));
    begins.then(|| rest.find(|letter: char| letter.is_whitespace() || letter == ']').unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str) -> String {
        to_markdown(text).0
    }

    #[test]
    fn marks_become_those_of_markdown() {
        for (text, markdown) in [
            ("= A day =", "# A day"),
            ("=== Third ===[name]", "### Third"),
            ("**b** //i// --s-- ``c``", "**b** *i* ~~s~~ `c`"),
            ("**//both//**", "***both***"),
            ("\"\"raw *stars*\"\"", "raw \\*stars\\*"),
            ("http://a.example//b and //x//", "http://a.example//b and *x*"),
            ("2 ** 3 and a // b", "2 ** 3 and a // b"),
            ("+ first\n  - two", "1. first\n  - two"),
            ("\tquoted", "> quoted"),
            ("====================", "---"),
            ("[\"\"file:///home/m/b\"\".png]", "![](file:///home/m/b.png)"),
            ("[words \"\"https://x.example\"\"]", "[words](https://x.example)"),
            ("[see https://x.example]", "[see](https://x.example)"),
            ("[x] done", "[x] done"),
            ("| a | b |\n| c | d |", "| a | b |\n| --- | --- |\n| c | d |"),
            ("```\n**not bold**\n```", "```\n**not bold**\n```"),
            ("line\\\\\nnext", "line\\\nnext"),
        ] {
            assert_eq!(made(text), markdown, "{text}");
        }
        assert_eq!(
            to_markdown("__under__"),
            (
                "_under_".to_owned(),
                vec!["lines under words; the words are slanted in their place".to_owned()]
            )
        );
    }

    #[test]
    fn a_million_open_marks_come_to_an_end() {
        for text in ["**".repeat(200_000), "[".repeat(200_000), "//a".repeat(100_000), "\"\"".repeat(150_001)]
        {
            assert!(!made(&text).is_empty());
        }
    }
}
