//! Reads the Markdown of an entry as blocks that a page can be set from: paragraphs with their styles, pictures, tables.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::super::marked::{self, Address};
use crate::ids::AttachmentId;

/// Is how a stretch of words is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Bold,
    Italic,
    Code,
    Struck,
}

/// Holds words and how stretches of them are set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) styles: Vec<(Range<usize>, Style)>,
}

impl Words {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), styles: Vec::new() }
    }
}

/// Is what a block of words is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Body,
    Heading,
    SubHeading,
    Code,
}

/// Is one block of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// Words; `depth` counts the lists around them, `mark` stands before the first line of an item.
    Words { words: Words, kind: Kind, depth: u8, quoted: bool, mark: Option<String> },
    /// A picture of the entry, and what the text calls it.
    Picture { id: AttachmentId, words: String },
    /// Rows of cells; the first row is the head.
    Table(Vec<Vec<Words>>),
    /// A line across.
    Rule,
}

/// Reads a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut reading = Reading::default();
    for part in marked::parts(text) {
        reading.part(part);
    }
    reading.end_words();
    reading.blocks
}

#[derive(Default)]
struct Reading {
    blocks: Vec<Block>,
    words: Words,
    open: Vec<(usize, Style)>,
    kind: Option<Kind>,
    /// For each list around: the number of its next item, or none for a list of dots.
    lists: Vec<Option<u64>>,
    mark: Option<String>,
    quotes: u8,
    row: Vec<Words>,
    table: Option<Vec<Vec<Words>>>,
    /// The addresses of the links that are open, and where their words begin.
    links: Vec<(Option<String>, usize)>,
    /// The picture that is being named, and where its words begin.
    picture: Option<(Option<AttachmentId>, usize)>,
}

impl Reading {
    fn part(&mut self, part: Event<'_>) {
        match part {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.words.text.push_str(&text)
            }
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                let from = self.words.text.len();
                self.words.text.push_str(&text);
                self.words.styles.push((from..self.words.text.len(), Style::Code));
            }
            Event::SoftBreak | Event::HardBreak => self.words.text.push('\n'),
            Event::Rule => {
                self.end_words();
                self.blocks.push(Block::Rule);
            }
            Event::FootnoteReference(name) => {
                self.words.text.push('[');
                self.words.text.push_str(&name);
                self.words.text.push(']');
            }
            Event::TaskListMarker(done) => self.mark = Some(if done { "☑" } else { "☐" }.to_owned()),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_words();
                let large = matches!(level, HeadingLevel::H1 | HeadingLevel::H2);
                self.kind = Some(if large { Kind::Heading } else { Kind::SubHeading });
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.end_words();
                self.kind = Some(Kind::Code);
            }
            Tag::Paragraph => self.end_words(),
            Tag::BlockQuote(_) => {
                self.end_words();
                self.quotes += 1;
            }
            Tag::List(first) => {
                self.end_words();
                self.lists.push(first);
            }
            Tag::Item => {
                self.end_words();
                self.mark = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}.", *number - 1)
                    }
                    _ => "•".to_owned(),
                });
            }
            Tag::FootnoteDefinition(name) => {
                self.end_words();
                self.words.text = format!("[{name}] ");
            }
            Tag::Table(_) => {
                self.end_words();
                self.table = Some(Vec::new());
            }
            Tag::TableCell => self.words = Words::default(),
            Tag::Emphasis => self.open.push((self.words.text.len(), Style::Italic)),
            Tag::Strong => self.open.push((self.words.text.len(), Style::Bold)),
            Tag::Strikethrough => self.open.push((self.words.text.len(), Style::Struck)),
            Tag::Link { dest_url, .. } => {
                let url = match marked::follow(&dest_url) {
                    Address::Outside(url) => Some(url.to_owned()),
                    _ => None,
                };
                self.links.push((url, self.words.text.len()));
            }
            Tag::Image { dest_url, .. } if self.picture.is_none() => {
                let id = match marked::follow(&dest_url) {
                    Address::File(id) => Some(id),
                    _ => None,
                };
                self.picture = Some((id, self.words.text.len()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Item => {
                self.end_words();
            }
            TagEnd::BlockQuote(_) => {
                self.end_words();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.end_words();
                self.lists.pop();
            }
            TagEnd::TableCell => self.row.push(std::mem::take(&mut self.words)),
            TagEnd::TableHead | TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                if let Some(table) = &mut self.table {
                    table.push(row);
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.blocks.push(Block::Table(table));
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                if let Some((from, style)) = self.open.pop() {
                    self.words.styles.push((from..self.words.text.len(), style));
                }
            }
            TagEnd::Image => self.end_picture(),
            // On paper nobody can follow a link: the address stands behind its words.
            TagEnd::Link => {
                if let Some((Some(url), from)) = self.links.pop()
                    && self
                        .words
                        .text
                        .get(from..)
                        .is_none_or(|words| !url.contains(words) || words.is_empty())
                {
                    self.words.text.push_str(&format!(" ({url})"));
                }
            }
            _ => {}
        }
    }

    /// A picture stands on its own, between the words before it and those after it; in a table it is its words.
    fn end_picture(&mut self) {
        let Some((id, from)) = self.picture.take() else { return };
        let Some(id) = id.filter(|_| self.table.is_none()) else { return };
        let words = self.words.text.split_off(from);
        self.words.styles.retain(|(range, _)| range.end <= from);
        let again: Vec<Style> = self.open.iter().map(|(_, style)| *style).collect();
        self.end_words();
        self.open = again.into_iter().map(|style| (0, style)).collect();
        self.blocks.push(Block::Picture { id, words });
    }

    fn end_words(&mut self) {
        let kind = self.kind.take().unwrap_or(Kind::Body);
        let mut words = std::mem::take(&mut self.words);
        for (from, style) in self.open.drain(..) {
            words.styles.push((from..words.text.len(), style));
        }
        let kept = words.text.trim_end().len();
        words.text.truncate(kept);
        for (range, _) in &mut words.styles {
            range.end = range.end.min(kept);
        }
        words.styles.retain(|(range, _)| range.start < range.end);
        if words.text.is_empty() {
            return;
        }
        self.blocks.push(Block::Words {
            words,
            kind,
            depth: u8::try_from(self.lists.len()).unwrap_or(u8::MAX),
            quoted: self.quotes > 0,
            mark: self.mark.take(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_becomes_blocks_with_their_styles() {
        let read = blocks(
            "# Head\n\nOne *two* **three**\n\n1. a\n2. b\n   - c\n\n> q\n\n---\n\n|x|y|\n|-|-|\n|1|2|",
        );
        let texts: Vec<&str> = read
            .iter()
            .filter_map(|block| match block {
                Block::Words { words, .. } => Some(words.text.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(texts, ["Head", "One two three", "a", "b", "c", "q"]);
        let Block::Words { words, .. } = &read[1] else { panic!("{read:?}") };
        assert_eq!(words.styles, [(4..7, Style::Italic), (8..13, Style::Bold)]);
        assert!(matches!(&read[3], Block::Words { mark: Some(mark), depth: 1, .. } if mark == "2."));
        assert!(matches!(&read[4], Block::Words { mark: Some(mark), depth: 2, .. } if mark == "•"));
        assert!(matches!(&read[5], Block::Words { quoted: true, .. }));
        assert!(matches!(&read[6], Block::Rule));
        let linked = blocks("[here](https://x.example/a) and <https://x.example/b>");
        let Block::Words { words, .. } = &linked[0] else { panic!("{linked:?}") };
        assert_eq!(words.text, "here (https://x.example/a) and https://x.example/b");
        assert!(matches!(&read[7], Block::Table(rows) if rows.len() == 2 && rows[1][1].text == "2"));
    }

    #[test]
    fn a_picture_parts_the_words_around_it() {
        let read = blocks("before ![the *board*](attachment:0199a000-0000-7000-8000-000000000001) after");
        assert_eq!(read.len(), 3);
        assert!(matches!(&read[1], Block::Picture { words, .. } if words == "the board"));
        assert!(matches!(&read[2], Block::Words { words, .. } if words.text.trim() == "after"));
    }

    proptest! {
        #[test]
        fn styles_lie_inside_their_words_and_between_letters(text in "[ \\PC\n*_~`#>|!\\[\\]()-]{0,160}") {
            for block in blocks(&text) {
                let all = match block {
                    Block::Words { words, .. } => vec![words],
                    Block::Table(rows) => rows.into_iter().flatten().collect(),
                    _ => Vec::new(),
                };
                for words in all {
                    for (range, _) in words.styles {
                        prop_assert!(words.text.get(range).is_some());
                    }
                }
            }
        }
    }
}
