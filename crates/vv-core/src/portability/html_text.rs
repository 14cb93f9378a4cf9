//! Writes the Markdown of an entry as HTML.
//!
//! Nothing that a person wrote reaches the page as markup: every tag is written here, from a list that is short enough to read,
//! and everything else is text. What was HTML in the entry is shown as it was typed.

use std::io::{self, Write};

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Tag, TagEnd};

use super::marked::{self, Address};
use crate::ids::AttachmentId;

/// Shows a file of the entry in the place where the text names it.
pub(super) trait ShowFile {
    /// Writes a picture or a link to a file; `words` is what the text calls it.
    fn show(&mut self, out: &mut dyn Write, id: AttachmentId, words: &str, embeds: bool) -> io::Result<()>;
}

/// Writes text so that nothing in it is markup.
pub(super) fn escape(out: &mut dyn Write, text: &str) -> io::Result<()> {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let instead: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'"' => b"&quot;",
            b'\'' => b"&#39;",
            // Signs that no document may hold.
            0..=8 | 11 | 12 | 14..=31 => b"\xEF\xBF\xBD",
            _ => continue,
        };
        out.write_all(&text.as_bytes()[done..at])?;
        out.write_all(instead)?;
        done = at + 1;
    }
    out.write_all(&text.as_bytes()[done..])
}

/// Writes the text of an entry.
pub(super) fn write_text(out: &mut dyn Write, text: &str, show: &mut dyn ShowFile) -> io::Result<()> {
    let mut page =
        Page { out, show, cells: Vec::new(), cell: 0, in_head: false, open: Vec::new(), label: None };
    for part in marked::parts(text) {
        page.part(part)?;
    }
    Ok(())
}

/// Is what an address opened, so that its end closes the same.
enum Opened {
    Link,
    Nothing,
}

/// Collects the words of a picture or of a link to a file.
struct Label {
    file: Option<AttachmentId>,
    address: String,
    words: String,
    embeds: bool,
}

struct Page<'a> {
    out: &'a mut dyn Write,
    show: &'a mut dyn ShowFile,
    cells: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    open: Vec<Opened>,
    label: Option<Label>,
}

impl Page<'_> {
    fn part(&mut self, part: Event<'_>) -> io::Result<()> {
        if self.label.is_some() {
            return self.words(part);
        }
        match part {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => escape(self.out, &text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.raw("<code>")?;
                escape(self.out, &text)?;
                self.raw("</code>")
            }
            // Lines stand as they were typed.
            Event::SoftBreak | Event::HardBreak => self.raw("<br>\n"),
            Event::Rule => self.raw("<hr>\n"),
            Event::FootnoteReference(name) => {
                self.raw("<sup>")?;
                escape(self.out, &name)?;
                self.raw("</sup>")
            }
            Event::TaskListMarker(done) => self.raw(if done {
                "<span class=\"box\">☑</span> "
            } else {
                "<span class=\"box\">☐</span> "
            }),
        }
    }

    fn raw(&mut self, markup: &str) -> io::Result<()> {
        self.out.write_all(markup.as_bytes())
    }

    fn start(&mut self, tag: Tag<'_>) -> io::Result<()> {
        match tag {
            Tag::Paragraph => self.raw("<p>"),
            // The page has a heading for the journal, one for the month and one for the entry above these.
            Tag::Heading { level, .. } => self.raw(if level as u8 <= 1 { "<h4>" } else { "<h5>" }),
            Tag::BlockQuote(_) => self.raw("<blockquote>\n"),
            Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => self.raw("<pre><code>"),
            Tag::HtmlBlock => self.raw("<pre>"),
            Tag::List(Some(1)) => self.raw("<ol>\n"),
            Tag::List(Some(first)) => writeln!(self.out, "<ol start=\"{first}\">"),
            Tag::List(None) => self.raw("<ul>\n"),
            Tag::Item => self.raw("<li>"),
            Tag::FootnoteDefinition(name) => {
                self.raw("<aside class=\"note\"><sup>")?;
                escape(self.out, &name)?;
                self.raw("</sup> ")
            }
            Tag::Table(cells) => {
                self.cells = cells;
                self.raw("<div class=\"wide\"><table>\n")
            }
            Tag::TableHead => {
                (self.in_head, self.cell) = (true, 0);
                self.raw("<thead><tr>")
            }
            Tag::TableRow => {
                self.cell = 0;
                self.raw("<tr>")
            }
            Tag::TableCell => {
                let side = match self.cells.get(self.cell) {
                    Some(Alignment::Center) => " class=\"mid\"",
                    Some(Alignment::Right) => " class=\"end\"",
                    _ => "",
                };
                let tag = if self.in_head { "th scope=\"col\"" } else { "td" };
                write!(self.out, "<{tag}{side}>")
            }
            Tag::Emphasis => self.raw("<em>"),
            Tag::Strong => self.raw("<strong>"),
            Tag::Strikethrough => self.raw("<del>"),
            Tag::Link { dest_url, .. } => self.link(&dest_url),
            Tag::Image { dest_url, .. } => {
                let file = match marked::follow(&dest_url) {
                    Address::File(id) => Some(id),
                    _ => None,
                };
                let address = dest_url.into_string();
                self.label = Some(Label { file, address, words: String::new(), embeds: true });
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn link(&mut self, address: &str) -> io::Result<()> {
        match marked::follow(address) {
            Address::Entry(id) => {
                self.open.push(Opened::Link);
                write!(self.out, "<a href=\"#e-{id}\">")
            }
            Address::Outside(url) => {
                self.open.push(Opened::Link);
                self.raw("<a rel=\"noopener noreferrer\" href=\"")?;
                escape(self.out, url)?;
                self.raw("\">")
            }
            Address::File(id) => {
                self.label = Some(Label {
                    file: Some(id),
                    address: String::new(),
                    words: String::new(),
                    embeds: false,
                });
                Ok(())
            }
            Address::Nowhere => {
                self.open.push(Opened::Nothing);
                Ok(())
            }
        }
    }

    fn end(&mut self, tag: TagEnd) -> io::Result<()> {
        match tag {
            TagEnd::Paragraph => self.raw("</p>\n"),
            TagEnd::Heading(level) => self.raw(if level as u8 <= 1 { "</h4>\n" } else { "</h5>\n" }),
            TagEnd::BlockQuote(_) => self.raw("</blockquote>\n"),
            TagEnd::CodeBlock => self.raw("</code></pre>\n"),
            TagEnd::HtmlBlock => self.raw("</pre>\n"),
            TagEnd::List(true) => self.raw("</ol>\n"),
            TagEnd::List(false) => self.raw("</ul>\n"),
            TagEnd::Item => self.raw("</li>\n"),
            TagEnd::FootnoteDefinition => self.raw("</aside>\n"),
            TagEnd::Table => self.raw("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.raw("</tr></thead>\n<tbody>")
            }
            TagEnd::TableRow => self.raw("</tr>\n"),
            TagEnd::TableCell => {
                self.cell += 1;
                self.raw(if self.in_head { "</th>" } else { "</td>" })
            }
            TagEnd::Emphasis => self.raw("</em>"),
            TagEnd::Strong => self.raw("</strong>"),
            TagEnd::Strikethrough => self.raw("</del>"),
            TagEnd::Link => match self.open.pop() {
                Some(Opened::Link) => self.raw("</a>"),
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }

    /// Collects what a picture or a file is called, and shows it at the end.
    fn words(&mut self, part: Event<'_>) -> io::Result<()> {
        let Some(label) = self.label.as_mut() else { return Ok(()) };
        match part {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                label.words.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => label.words.push(' '),
            Event::End(TagEnd::Image) if label.embeds => return self.show_label(),
            Event::End(TagEnd::Link) if !label.embeds => return self.show_label(),
            _ => {}
        }
        Ok(())
    }

    fn show_label(&mut self) -> io::Result<()> {
        let Some(label) = self.label.take() else { return Ok(()) };
        if let Some(id) = label.file {
            return self.show.show(self.out, id, &label.words, label.embeds);
        }
        // A picture of the web would be asked for whenever the page is opened; it becomes a link that a person may follow.
        let words = if label.words.is_empty() { &label.address } else { &label.words };
        if let Address::Outside(url) = marked::follow(&label.address) {
            self.out.write_all(b"<a rel=\"noopener noreferrer\" href=\"")?;
            escape(self.out, url)?;
            self.out.write_all(b"\">")?;
            escape(self.out, words)?;
            return self.out.write_all(b"</a>");
        }
        escape(self.out, words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Named;

    impl ShowFile for Named {
        fn show(
            &mut self,
            out: &mut dyn Write,
            _: AttachmentId,
            words: &str,
            embeds: bool,
        ) -> io::Result<()> {
            out.write_all(if embeds { b"<img alt=\"" } else { b"<a href=\"#f\">" })?;
            escape(out, words)?;
            out.write_all(if embeds { b"\">" } else { b"</a>" })
        }
    }

    fn html(text: &str) -> String {
        let mut out = Vec::new();
        write_text(&mut out, text, &mut Named).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_was_marked_is_drawn() {
        assert_eq!(
            html("# A\n\nb *c* **d** ~~e~~ `f`"),
            "<h4>A</h4>\n<p>b <em>c</em> <strong>d</strong> <del>e</del> <code>f</code></p>\n"
        );
        assert_eq!(html("one\ntwo"), "<p>one<br>\ntwo</p>\n");
        assert_eq!(html("- [x] a\n- [ ] b").matches("class=\"box\"").count(), 2);
        assert!(html("|a|b|\n|-|-:|\n|1|2|").contains("<td class=\"end\">2</td>"));
    }

    #[test]
    fn what_was_html_is_shown_as_it_was_typed() {
        for text in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "[x](javascript:alert(1))",
            "![x](https://x.example/a.png)",
            "<div>\n\n*a*\n\n</div>",
            "[\"><script>](https://x.example/\"><script>)",
            "`</code><script>`",
            "```\n</pre><script>\n```",
            "![\" onload=\"x](attachment:0199a000-0000-7000-8000-000000000001)",
        ] {
            let page = html(text);
            for tag in ["<script", "<img src", "<div", "onload=\"x", "onerror=alert(1)>", "href=\"javascript"]
            {
                assert!(!page.contains(tag), "{text}\n{page}");
            }
        }
    }

    proptest! {
        #[test]
        fn only_the_tags_of_the_list_are_ever_written(text in "[ \\PC\n<>&\"'`*_#|\\[\\]()!:/a-z-]{0,200}") {
            let page = html(&text);
            let known = ["p", "h4", "h5", "br", "hr", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li",
                "a", "img", "table", "thead", "tbody", "tr", "th", "td", "div", "span", "sup", "aside"];
            for piece in page.split('<').skip(1) {
                let name: String = piece.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
                prop_assert!(known.contains(&name.as_str()), "{name}: {page}");
                // Outside of quotes no attribute can have come in: every quote of a text is written as a reference.
                let inside = piece.split('>').next().unwrap_or_default();
                let bare: String = inside.split('"').step_by(2).collect();
                prop_assert!(!bare.contains(" on"), "{page}");
            }
        }
    }
}
