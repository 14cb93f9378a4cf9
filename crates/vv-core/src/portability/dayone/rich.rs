//! Turns the rich text of Day One, a list of stretches with attributes, into Markdown.
//!
//! The program's own description calls the list `nodes`, its files `contents`; both are read. Attributes that are not known are
//! passed over: they concern looks.

use serde_json::Value;

use super::super::html;

/// Is what came of a rich text.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Made {
    pub(super) text: String,
    /// What has no form in Markdown, by name, to be kept under Facts.
    pub(super) kept: Vec<(String, String)>,
    /// What was left out, as sentences.
    pub(super) left_out: Vec<String>,
}

/// Lists in lists are shown so deep at most.
const DEEPEST_LIST: u64 = 20;

/// Turns a rich text into Markdown; none when it is none.
pub(super) fn to_markdown(json: &str) -> Option<Made> {
    let root: Value = serde_json::from_str(json).ok()?;
    let nodes = ["contents", "nodes"].iter().find_map(|name| root.get(name).and_then(Value::as_array))?;
    let mut writer = Writer::default();
    nodes.iter().for_each(|node| writer.node(node));
    Some(writer.finish())
}

#[derive(Default)]
struct Writer {
    made: Made,
    /// The line that is being written, and how it stands.
    line: String,
    stands: Stands,
    in_code: bool,
    lost_colour: bool,
}

/// Says how a line stands on the page.
#[derive(Debug, Clone, Default, PartialEq)]
struct Stands {
    header: u64,
    indent: u64,
    list: Option<String>,
    number: u64,
    checked: bool,
    quote: bool,
    code: bool,
}

impl Stands {
    fn of(line: &Value) -> Self {
        let number = |name: &str| line.get(name).and_then(Value::as_u64).unwrap_or(0);
        let yes = |name: &str| line.get(name).and_then(Value::as_bool).unwrap_or(false);
        let list = line
            .get("listStyle")
            .and_then(Value::as_str)
            .filter(|style| *style != "none" && !style.is_empty());
        Self {
            header: number("header").min(6),
            indent: number("indentLevel").min(DEEPEST_LIST),
            list: list.map(str::to_owned),
            number: number("listIndex"),
            checked: yes("checked"),
            quote: yes("quote"),
            code: yes("codeBlock"),
        }
    }

    fn prefix(&self) -> String {
        let mut prefix = String::new();
        if self.quote {
            prefix.push_str("> ");
        }
        if let Some(list) = &self.list {
            prefix.push_str(&"    ".repeat(self.indent.saturating_sub(1) as usize));
            match list.as_str() {
                "numbered" => prefix.push_str(&format!("{}. ", self.number.max(1))),
                "checkbox" if self.checked => prefix.push_str("- [x] "),
                "checkbox" => prefix.push_str("- [ ] "),
                _ => prefix.push_str("- "),
            }
        } else if self.header > 0 {
            prefix.push_str(&"#".repeat(self.header as usize));
            prefix.push(' ');
        }
        prefix
    }
}

impl Writer {
    fn node(&mut self, node: &Value) {
        let empty = Value::Null;
        let attributes = node.get("attributes").unwrap_or(&empty);
        if let Some(text) = node.get("text").and_then(Value::as_str) {
            let stands = attributes.get("line").map(Stands::of).unwrap_or_default();
            let mut pieces = text.split('\n').peekable();
            while let Some(piece) = pieces.next() {
                self.stands = stands.clone();
                if stands.code {
                    self.line.push_str(piece);
                } else {
                    self.words(piece, attributes);
                }
                if pieces.peek().is_some() {
                    self.end_line();
                }
            }
        }
        for thing in node.get("embeddedObjects").and_then(Value::as_array).into_iter().flatten() {
            self.thing(thing);
        }
    }

    /// Writes words of one line with their marks.
    fn words(&mut self, words: &str, attributes: &Value) {
        let words: String = words.chars().filter(|letter| *letter != '\u{200B}').collect();
        let is = |name: &str| attributes.get(name).and_then(Value::as_bool).unwrap_or(false);
        let inner = words.trim();
        if inner.is_empty() {
            self.line.push_str(&words);
            return;
        }
        let before = &words[..words.len() - words.trim_start().len()];
        let after = &words[words.trim_end().len()..];
        let begins = self.line.trim().is_empty() && self.stands == Stands::default();
        let mut marked = if is("inlineCode") {
            let ticks = if inner.contains('`') { "``" } else { "`" };
            format!("{ticks}{inner}{ticks}")
        } else {
            escaped(inner, begins)
        };
        for (name, mark) in [("italic", "*"), ("bold", "**"), ("strikethrough", "~~")] {
            if is(name) {
                marked = format!("{mark}{marked}{mark}");
            }
        }
        if attributes.get("highlightedColor").is_some_and(|colour| !colour.is_null()) {
            marked = format!("=={marked}==");
            self.lost_colour = true;
        }
        if let Some(address) =
            attributes.get("linkURL").and_then(Value::as_str).filter(|address| !address.is_empty())
        {
            let address: String = address.chars().filter(|letter| !letter.is_control()).collect();
            marked = if address == inner {
                address
            } else {
                format!("[{marked}]({})", address.replace(' ', "%20").replace('(', "%28").replace(')', "%29"))
            };
        }
        self.line.push_str(before);
        self.line.push_str(&marked);
        self.line.push_str(after);
    }

    fn end_line(&mut self) {
        if self.stands.code != self.in_code {
            self.made.text.push_str("```\n");
            self.in_code = self.stands.code;
        }
        if !self.in_code && !self.line.is_empty() {
            self.made.text.push_str(&self.stands.prefix());
        }
        self.made.text.push_str(&self.line);
        self.made.text.push('\n');
        self.line.clear();
        self.stands = Stands::default();
    }

    /// Writes a thing that stands in the text.
    fn thing(&mut self, thing: &Value) {
        let text = |name: &str| thing.get(name).and_then(Value::as_str).unwrap_or_default();
        let id = text("identifier");
        match text("type") {
            "photo" => self.block(&format!("![](dayone-moment://{id})")),
            "audio" => self.block(&format!("![](dayone-moment:/audio/{id})")),
            "video" => self.block(&format!("![](dayone-moment:/video/{id})")),
            "pdfAttachment" => self.block(&format!("![](dayone-moment:/pdfAttachment/{id})")),
            "horizontalLineRule" => self.block("---"),
            "externalVideo" | "externalAudio" if !text("url").is_empty() => {
                self.block(&format!("<{}>", text("url")))
            }
            "renderableCodeBlock" => {
                let source = ["contents", "content", "code", "text"]
                    .iter()
                    .map(|name| text(name))
                    .find(|text| !text.is_empty());
                let converted = html::to_markdown(source.unwrap_or_default());
                self.made.left_out.extend(converted.left_out);
                self.block(converted.text.trim());
            }
            "table" => match table(thing) {
                Some(table) => self.block(&table),
                None => self.made.kept.push(("richText table".to_owned(), thing.to_string())),
            },
            other => {
                // A workout, a song, a place: what the system suggested to write about.
                let name = other.chars().take(60).collect::<String>();
                self.made.kept.push((format!("richText {name}").trim_end().to_owned(), thing.to_string()));
            }
        }
    }

    /// Writes something that stands by itself.
    fn block(&mut self, text: &str) {
        if !self.line.is_empty() {
            self.end_line();
        }
        if self.in_code {
            self.made.text.push_str("```\n");
            self.in_code = false;
        }
        if !self.made.text.is_empty() && !self.made.text.ends_with("\n\n") {
            self.made.text.push('\n');
        }
        self.made.text.push_str(text);
        self.made.text.push_str("\n\n");
    }

    fn finish(mut self) -> Made {
        if !self.line.is_empty() {
            self.end_line();
            self.made.text.pop();
        }
        if self.in_code {
            if !self.made.text.ends_with('\n') {
                self.made.text.push('\n');
            }
            self.made.text.push_str("```\n");
        }
        if self.lost_colour {
            self.made.left_out.push(
                "the colours of highlighted words; the words are marked with == all the same".to_owned(),
            );
        }
        let end = self.made.text.trim_end().len();
        self.made.text.truncate(end);
        self.made
    }
}

/// Writes a table of rows of cells.
fn table(thing: &Value) -> Option<String> {
    let rows =
        ["rows", "cells", "contents"].iter().find_map(|name| thing.get(name).and_then(Value::as_array))?;
    let mut lines = Vec::new();
    let mut width = 0;
    for row in rows {
        let cells = row.as_array().or_else(|| row.get("cells").and_then(Value::as_array))?;
        width = width.max(cells.len());
        let cells: Vec<String> = cells.iter().map(cell).collect::<Option<_>>()?;
        lines.push(cells);
    }
    if width == 0 || lines.len().saturating_mul(width) > 10_000 {
        return None;
    }
    let mut out = String::new();
    for (number, mut cells) in lines.into_iter().enumerate() {
        cells.resize(width, String::new());
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
        if number == 0 {
            out.push_str(&format!("|{}\n", " --- |".repeat(width)));
        }
    }
    Some(out.trim_end().to_owned())
}

fn cell(cell: &Value) -> Option<String> {
    let text = match cell {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Number(number) => number.to_string(),
        Value::Object(parts) => {
            let runs =
                ["contents", "nodes"].iter().find_map(|name| parts.get(*name).and_then(Value::as_array));
            match (parts.get("text").and_then(Value::as_str), runs) {
                (Some(text), _) => text.to_owned(),
                (None, Some(runs)) => {
                    runs.iter().filter_map(|run| run.get("text").and_then(Value::as_str)).collect::<String>()
                }
                (None, None) => return None,
            }
        }
        _ => return None,
    };
    Some(text.replace('|', "\\|").replace(['\n', '\r'], " "))
}

/// Writes words such that Markdown shows them as they are.
fn escaped(words: &str, begins_line: bool) -> String {
    let letters: Vec<char> = words.chars().collect();
    let mut out = String::with_capacity(words.len());
    let links = words.contains("](") || words.contains("[[");
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let after = letters.get(at + 1).copied();
        let in_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let needed = match letter {
            '*' => {
                after.is_some_and(|next| !next.is_whitespace())
                    || before.is_some_and(|last| !last.is_whitespace())
            }
            '_' => !(in_word(before) && in_word(after)),
            '`' => true,
            '[' | ']' => links,
            '<' => after.is_some_and(|next| next.is_ascii_alphabetic() || next == '/'),
            '\\' => after.is_some_and(|next| next.is_ascii_punctuation()),
            '#' | '>' | '-' | '+' => {
                at == 0 && begins_line && after.is_none_or(|next| next == ' ' || next == *letter)
            }
            '.' | ')' => {
                begins_line
                    && at > 0
                    && at < 10
                    && letters[..at].iter().all(char::is_ascii_digit)
                    && after == Some(' ')
            }
            _ => false,
        };
        if needed {
            out.push('\\');
        }
        out.push(*letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn made(contents: Value) -> Made {
        to_markdown(&json!({ "contents": contents, "meta": { "version": 1 } }).to_string()).unwrap()
    }

    #[test]
    fn lines_stand_as_headings_lists_quotes_and_code() {
        let line = |text: &str, line: Value| json!({ "text": text, "attributes": { "line": line } });
        let text = made(json!([
            line("Heading\n", json!({ "header": 2, "identifier": "x" })),
            line("plain\n", json!({ "header": 0 })),
            line("one\n", json!({ "listStyle": "bulleted", "indentLevel": 1 })),
            line("inner\n", json!({ "listStyle": "numbered", "indentLevel": 2, "listIndex": 3 })),
            line("done\n", json!({ "listStyle": "checkbox", "indentLevel": 1, "checked": true })),
            line("open\n", json!({ "listStyle": "checkbox", "indentLevel": 1 })),
            line("said\n", json!({ "quote": true })),
            line("let a;\nlet b;\n", json!({ "codeBlock": true })),
            { "text": "end" },
        ]))
        .text;
        assert_eq!(
            text,
            "## Heading\nplain\n- one\n    3. inner\n- [x] done\n- [ ] open\n> said\n```\nlet a;\nlet b;\n```\nend"
        );
    }

    #[test]
    fn words_bear_their_marks_and_what_is_unknown_is_passed_over() {
        let made = made(json!([
            { "text": "bold ", "attributes": { "bold": true, "autogenerated": { "x": 1 } } },
            { "text": "both", "attributes": { "bold": true, "italic": true } },
            { "text": " gone", "attributes": { "strikethrough": true } },
            { "text": " code", "attributes": { "inlineCode": true } },
            { "text": " bright", "attributes": { "highlightedColor": "FFEE00FF" } },
            { "text": " here", "attributes": { "linkURL": "https://x.example/a b" } },
            { "text": " 2*3 snake_case _x_" },
        ]));
        assert_eq!(
            made.text,
            "**bold** ***both*** ~~gone~~ `code` ==bright== [here](https://x.example/a%20b) 2\\*3 snake_case \\_x\\_"
        );
        assert_eq!(made.left_out.len(), 1);
    }

    #[test]
    fn things_in_the_text_come_along() {
        let made = made(json!([
            { "text": "Look\n" },
            { "embeddedObjects": [{ "type": "photo", "identifier": "AB" }] },
            { "embeddedObjects": [{ "type": "horizontalLineRule" }] },
            { "embeddedObjects": [{ "type": "table", "rows": [["a", "b|c"], ["1"]] }] },
            { "embeddedObjects": [{ "type": "renderableCodeBlock", "contents": "<p>hi</p><script>x()</script>" }] },
            { "embeddedObjects": [{ "type": "workout", "distance": 5 }] },
        ]));
        assert!(
            made.text.starts_with(
                "Look\n\n![](dayone-moment://AB)\n\n---\n\n| a | b\\|c |\n| --- | --- |\n| 1 |  |\n\nhi"
            ),
            "{}",
            made.text
        );
        assert!(!made.text.contains("x()"));
        assert_eq!(made.left_out, ["a script in it"]);
        assert_eq!(made.kept[0].0, "richText workout");
    }

    #[test]
    fn both_names_of_the_list_are_read_and_nonsense_is_none() {
        assert_eq!(to_markdown(r#"{"nodes":[{"text":"a"}]}"#).unwrap().text, "a");
        for nonsense in ["", "[]", "{}", r#"{"contents":7}"#, "{"] {
            assert_eq!(to_markdown(nonsense), None, "{nonsense}");
        }
    }
}
