//! Writes entries as a book: a PDF with a title page, contents with page numbers, each entry with its day, its words and its
//! pictures.
//!
//! `kit_page.rs` sets the recovery kit with the same means. `blocks.rs` reads the Markdown, `letters.rs` sets words in lines, `pages.rs` lets lines flow over pages. A book is looked
//! through twice, once to count its pages and once to draw them, because the contents stand before what they name. What is
//! drawn stays in memory, packed, until the end: a PDF names at its end where everything in it begins.

mod blocks;
mod kit_page;
mod kit_wording;
mod letters;
mod pages;

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Datelike, Utc};
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};

use super::error::PortabilityError;
use super::export::{Form, Listed, unwritable};
use super::export_files::Files;
use super::marked;
use super::wording::Wording;
use crate::ids::{AttachmentId, EntryId};
use crate::journal::{Attachment, Entry, can_open, for_print};
use crate::ports::Host;
use blocks::{Block, Kind, Words, blocks};
pub use kit_page::print_kit;
use letters::{Letters, Look, Side};
use pages::{COLUMN, DEPTH, Pages, top_of};

const BODY: Look = Look {
    size: 10.5,
    leading: 1.42,
    sans: false,
    bold: false,
    italic: false,
    code: false,
    ink: 16,
    side: Side::Both,
};
const SMALL: Look = Look {
    size: 8.5,
    leading: 1.4,
    sans: true,
    bold: false,
    italic: false,
    code: false,
    ink: 96,
    side: Side::Start,
};
const TITLE: Look = Look { size: 17.0, leading: 1.2, bold: true, side: Side::Start, ..BODY };
/// Beyond so many entries the contents name months alone, which are found faster than a line among thousands.
const MOST_LISTED: usize = 600;
/// The longer edge of a picture in pixels: 300 to the inch on this page.
const PRINT_EDGE: u32 = 1_600;
/// The largest file that is opened as a picture.
const LARGEST_PICTURE: u64 = 64 << 20;
const INDENT: f32 = 16.0;

/// Writes one book.
pub(super) struct Book {
    part: PathBuf,
    words: &'static Wording,
    owner: String,
    made_at: DateTime<Utc>,
    listed: Vec<(EntryId, String, chrono::NaiveDate)>,
    letters: Letters,
    pages: Pages,
    /// On which page, by its index, each entry begins; known once they were counted.
    begins: HashMap<EntryId, usize>,
    month: Option<(i32, u32)>,
}

impl Book {
    pub(super) fn new(
        part: &Path,
        all: &[Listed],
        owner: &str,
        words: &'static Wording,
        host: &Host,
    ) -> Result<Self, PortabilityError> {
        // Here already, so that a place that cannot be written is told before the work and not after it.
        File::create_new(part).map_err(unwritable)?;
        let mut book = Self {
            part: part.to_owned(),
            words,
            owner: owner.to_owned(),
            made_at: host.clock.now(),
            listed: all.iter().map(|entry| (entry.id, entry.title.clone(), entry.on)).collect(),
            letters: Letters::new(),
            pages: Pages::counting(),
            begins: HashMap::new(),
            month: None,
        };
        book.front();
        Ok(book)
    }

    /// Sets the title page and the contents.
    fn front(&mut self) {
        let words = self.words;
        let (letters, pages) = (&mut self.letters, &mut self.pages);
        pages.set_head("", true);
        let middle = |look: Look| Look { side: Side::Middle, ..look };
        pages.drop_to(DEPTH * 0.26);
        let lead = Look { size: 13.0, leading: 1.4, italic: true, ..BODY };
        pages.set(letters, &Words::plain(words.journal_of), &middle(lead), 0.0, COLUMN);
        let name = Look { size: 30.0, leading: 1.2, side: Side::Middle, ..BODY };
        pages.set(letters, &Words::plain(self.owner.as_str()), &name, 0.0, COLUMN);
        if let (Some(first), Some(last)) = (self.listed.first(), self.listed.last()) {
            pages.skip(16.0);
            let span = if first.2 == last.2 {
                words.day(first.2)
            } else {
                format!("{} – {}", words.day(first.2), words.day(last.2))
            };
            let dates = Look { size: 11.0, side: Side::Middle, ..BODY };
            pages.set(letters, &Words::plain(span), &dates, 0.0, COLUMN);
            let count = words.count(self.listed.len());
            pages.set(letters, &Words::plain(count), &dates, 0.0, COLUMN);
        }
        let made =
            format!("{} {}.\n{}", words.made_with, words.day(self.made_at.date_naive()), words.readable);
        let note = letters.lines(&Words::plain(made), &middle(SMALL), COLUMN);
        let height: f32 = note.iter().map(|line| line.height).sum();
        pages.drop_to(DEPTH - height);
        pages.put(letters, note, 0.0);
        pages.turn(letters);
        // The back of the title page stays empty, so that the contents begin on the right.
        pages.drop_to(1.0);
        pages.turn(letters);
        self.contents();
    }

    fn contents(&mut self) {
        let words = self.words;
        let (letters, pages) = (&mut self.letters, &mut self.pages);
        pages.set_head(words.contents, false);
        pages.set(letters, &Words::plain(words.contents), &Look { size: 20.0, ..TITLE }, 0.0, COLUMN);
        pages.skip(10.0);
        let lists_entries = self.listed.len() <= MOST_LISTED;
        let line = Look { size: 10.0, side: Side::Start, ..BODY };
        let mut month = None;
        for (id, title, on) in &self.listed {
            let page = self.begins.get(id).copied().unwrap_or(0);
            if month != Some((on.year(), on.month())) {
                month = Some((on.year(), on.month()));
                let name = format!("{} {}", words.month(on.month()), on.year());
                if lists_entries {
                    pages.skip(8.0);
                    pages.need(letters, 40.0);
                    let head = Look { size: 9.0, bold: true, ..SMALL };
                    pages.set(letters, &Words::plain(name), &head, 0.0, COLUMN);
                } else {
                    put_content(letters, pages, &name, "", page, &line);
                }
            }
            if lists_entries {
                let title = if title.is_empty() { words.untitled } else { title };
                put_content(letters, pages, title, &format!("{}", on.day()), page, &line);
            }
        }
        pages.turn(letters);
        // The first entry begins on the right too.
        if !pages.page().is_multiple_of(2) {
            pages.set_head("", true);
            pages.drop_to(1.0);
            pages.turn(letters);
        }
        self.month = None;
    }

    /// Sets one entry.
    fn entry(&mut self, entry: &Entry, files: &mut Option<&mut Files<'_>>) -> Result<(), PortabilityError> {
        let words = self.words;
        let month = (entry.on.year(), entry.on.month());
        let head = format!("{} {}", words.month(month.1), month.0);
        if self.month != Some(month) {
            // A month begins on a page of its own.
            if !self.pages.is_fresh() {
                self.pages.turn(&mut self.letters);
            }
            self.month = Some(month);
            self.pages.set_head(&head, false);
            self.pages.drop_to(DEPTH * 0.08);
            let look = Look { size: 22.0, leading: 1.2, side: Side::Start, ..BODY };
            self.put(&Words::plain(head), &look, 0.0, COLUMN);
            self.pages.skip(14.0);
        } else {
            self.pages.skip(30.0);
        }
        // Title, day and two lines of words stay together.
        self.pages.need(&mut self.letters, 92.0);
        self.begins.entry(entry.id).or_insert(self.pages.page());
        let mut when = format!("{}, {}", words.long_day(entry.on), words.clock(entry.local_at));
        if entry.local_at.date() != entry.on {
            when = format!(
                "{} ({} {})",
                words.long_day(entry.on),
                words.written,
                words.day(entry.local_at.date())
            );
        }
        if !entry.tags.is_empty() {
            when = format!("{when}  ·  {}", entry.tags.join("  ·  "));
        }
        self.put(&Words::plain(when), &SMALL, 0.0, COLUMN);
        if !entry.title.is_empty() {
            self.pages.skip(2.0);
            self.put(&Words::plain(entry.title.as_str()), &TITLE, 0.0, COLUMN);
        }
        self.pages.skip(7.0);
        let goes_along = |id: EntryId| self.listed.iter().any(|(listed, ..)| *listed == id);
        let text = marked::settle_links(&entry.text, goes_along).into_owned();
        let mut shown = Vec::new();
        for block in blocks(&text) {
            match block {
                Block::Words { words, kind, depth, quoted, mark } => {
                    self.words(&words, kind, depth, quoted, mark)
                }
                Block::Picture { id, words } => self.picture(entry, id, &words, files, &mut shown)?,
                Block::Table(rows) => self.table(&rows),
                Block::Rule => {
                    self.pages.skip(8.0);
                    self.pages.need(&mut self.letters, 20.0);
                    self.pages.put_bar(COLUMN * 0.4, COLUMN * 0.2, 0.5, 160);
                    self.pages.skip(10.0);
                }
            }
        }
        self.rest(entry, files, &mut shown)
    }

    fn put(&mut self, words: &Words, look: &Look, x: f32, width: f32) {
        self.pages.set(&mut self.letters, words, look, x, width);
    }

    fn words(&mut self, words: &Words, kind: Kind, depth: u8, quoted: bool, mark: Option<String>) {
        let mut x = f32::from(depth.min(6)) * INDENT;
        if quoted {
            x += INDENT;
        }
        let look = match kind {
            Kind::Body if quoted => Look { italic: true, ..BODY },
            Kind::Body if depth > 0 => Look { side: Side::Start, ..BODY },
            Kind::Body => BODY,
            Kind::Heading => Look { size: 13.0, bold: true, side: Side::Start, ..BODY },
            Kind::SubHeading => Look { size: 11.0, bold: true, side: Side::Start, ..BODY },
            Kind::Code => Look { size: 8.8, leading: 1.35, code: true, side: Side::Start, ..BODY },
        };
        if matches!(kind, Kind::Heading | Kind::SubHeading) {
            self.pages.skip(8.0);
            self.pages.need(&mut self.letters, 56.0);
        }
        if let Some(mark) = mark {
            self.pages.need(&mut self.letters, look.size * look.leading);
            let beside =
                self.letters.lines(&Words::plain(mark), &Look { side: Side::End, ..look }, INDENT - 5.0);
            self.pages.put_beside(beside, x - INDENT);
        }
        self.put(words, &look, x, COLUMN - x);
        self.pages.skip(if depth > 0 { 2.5 } else { 6.0 });
    }

    fn picture(
        &mut self,
        entry: &Entry,
        id: AttachmentId,
        words: &str,
        files: &mut Option<&mut Files<'_>>,
        shown: &mut Vec<AttachmentId>,
    ) -> Result<(), PortabilityError> {
        let Some(file) = entry.attachments.iter().find(|file| file.id == id) else { return Ok(()) };
        let Some((width, height)) = place_for(file) else { return Ok(()) };
        if shown.contains(&id) {
            return Ok(());
        }
        shown.push(id);
        let caption = if words.is_empty() {
            Vec::new()
        } else {
            let look = Look { side: Side::Middle, ..SMALL };
            self.letters.lines(&Words::plain(words), &look, COLUMN)
        };
        let below: f32 = caption.iter().map(|line| line.height).sum();
        self.pages.skip(4.0);
        self.pages.need(&mut self.letters, height + below + 4.0);
        let image = match files {
            Some(files) => open_picture(files, entry, file)?,
            None => None,
        };
        self.pages.put_picture(image, (COLUMN - width) / 2.0, width, height);
        self.pages.skip(4.0);
        for line in caption {
            self.pages.put_line(line, 0.0);
        }
        self.pages.skip(8.0);
        Ok(())
    }

    fn table(&mut self, rows: &[Vec<Words>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let width = COLUMN / columns as f32;
        for (at, row) in rows.iter().enumerate() {
            let look = Look { size: 9.0, bold: at == 0, side: Side::Start, ..BODY };
            let cells: Vec<_> = row.iter().map(|cell| self.letters.lines(cell, &look, width - 8.0)).collect();
            let height = |lines: &Vec<letters::Line>| lines.iter().map(|line| line.height).sum::<f32>();
            let tallest = cells.iter().map(height).fold(0.0, f32::max);
            self.pages.need(&mut self.letters, (tallest + 6.0).min(DEPTH));
            self.pages.put_bar(0.0, COLUMN, 0.4, 190);
            self.pages.skip(2.0);
            let y = self.pages.y();
            for (column, lines) in cells.into_iter().enumerate() {
                self.pages.put_beside(lines, column as f32 * width);
            }
            self.pages.drop_to((y + tallest + 2.0).min(DEPTH));
        }
        self.pages.skip(8.0);
    }

    /// Sets the pictures that the text did not show, and names the files that a book cannot hold.
    fn rest(
        &mut self,
        entry: &Entry,
        files: &mut Option<&mut Files<'_>>,
        shown: &mut Vec<AttachmentId>,
    ) -> Result<(), PortabilityError> {
        let mut named = Vec::new();
        for file in &entry.attachments {
            if shown.contains(&file.id) {
                continue;
            }
            if place_for(file).is_some() {
                self.picture(entry, file.id, "", files, shown)?;
            } else {
                named.push(file.name.as_str());
            }
        }
        if !named.is_empty() {
            self.pages.skip(2.0);
            let line = format!("{}: {}", self.words.files, named.join(", "));
            self.put(&Words::plain(line), &SMALL, 0.0, COLUMN);
        }
        Ok(())
    }

    fn outline(&self) -> Outline {
        let mut outline = Outline::new();
        let mut month: Option<((i32, u32), OutlineNode)> = None;
        for (id, title, on) in &self.listed {
            let page = self.begins.get(id).copied().unwrap_or(0);
            let key = (on.year(), on.month());
            if month.as_ref().is_none_or(|(known, _)| *known != key) {
                if let Some((_, node)) = month.take() {
                    outline.push_child(node);
                }
                let name = format!("{} {}", self.words.month(on.month()), on.year());
                month = Some((key, OutlineNode::new(name, top_of(page))));
            }
            if let Some((_, node)) = month.as_mut().filter(|_| self.listed.len() <= MOST_LISTED) {
                let title = if title.is_empty() { self.words.day(*on) } else { title.clone() };
                node.push_child(OutlineNode::new(title, top_of(page)));
            }
        }
        if let Some((_, node)) = month {
            outline.push_child(node);
        }
        outline
    }
}

impl Form for Book {
    fn counts_first(&self) -> bool {
        true
    }

    fn count(&mut self, entry: &Entry) -> Result<(), PortabilityError> {
        self.entry(entry, &mut None)
    }

    fn counted(&mut self) {
        self.month = None;
        self.pages = Pages::drawing();
        self.front();
    }

    fn write(&mut self, entry: &Entry, files: &mut Files<'_>) -> Result<(), PortabilityError> {
        self.entry(entry, &mut Some(files))
    }

    fn finish(&mut self, _: &Files<'_>) -> Result<(), PortabilityError> {
        let pages = std::mem::replace(&mut self.pages, Pages::counting());
        let cannot = || PortabilityError::Unwritable(std::io::ErrorKind::Other);
        let mut document = pages.finish(&mut self.letters).ok_or_else(cannot)?;
        document.set_outline(self.outline());
        let title = format!("{} {}", self.words.journal_of, self.owner);
        document.set_metadata(
            Metadata::new()
                .title(title)
                .authors(vec![self.owner.clone()])
                .language(self.words.code.to_owned())
                .creator("Vice Versa".to_owned()),
        );
        let bytes = document.finish().map_err(|_| cannot())?;
        let write = || -> std::io::Result<()> {
            let mut file = File::options().write(true).truncate(true).open(&self.part)?;
            file.write_all(&bytes)?;
            file.sync_all()
        };
        write().map_err(unwritable)
    }
}

/// Puts a line of the contents: the day, the title, the page number on the right. All of it leads to the page.
fn put_content(letters: &mut Letters, pages: &mut Pages, title: &str, day: &str, page: usize, look: &Look) {
    const NUMBER: f32 = 34.0;
    const DAY: f32 = 20.0;
    let indent = if day.is_empty() { 0.0 } else { DAY };
    let room = COLUMN - NUMBER - indent;
    pages.need(letters, look.size * look.leading);
    let top = pages.y();
    let number =
        letters.lines(&Words::plain((page + 1).to_string()), &Look { side: Side::End, ..*look }, NUMBER);
    pages.put_beside(number, COLUMN - NUMBER);
    if !day.is_empty() {
        let day = letters.lines(&Words::plain(day), &Look { ink: 96, ..*look }, DAY);
        pages.put_beside(day, 0.0);
    }
    let title = on_one_line(letters, title, look, room);
    if let Some(line) = letters.lines(&Words::plain(title), look, COLUMN).into_iter().next() {
        pages.put_line(line, indent);
    }
    pages.put_link(top, page);
}

/// Shortens words until they fit on one line.
fn on_one_line(letters: &mut Letters, words: &str, look: &Look, room: f32) -> String {
    let mut text: String = words.chars().map(|letter| if letter == '\n' { ' ' } else { letter }).collect();
    let mut width = letters.width(&text, look);
    while width > room {
        let keep = ((text.chars().count() as f32 * room / width) as usize).saturating_sub(2);
        if keep < 4 {
            break;
        }
        text = text.chars().take(keep).collect::<String>().trim_end().to_owned() + "…";
        width = letters.width(&text, look);
    }
    text
}

/// Gives the size at which a picture is set; none for what is no picture that can be opened.
fn place_for(file: &Attachment) -> Option<(f32, f32)> {
    let (width, height) = (file.width? as f32, file.height? as f32);
    if !can_open(&file.mime) || file.size > LARGEST_PICTURE || width < 1.0 || height < 1.0 {
        return None;
    }
    // Small pictures are not blown up beyond 150 dots to the inch.
    let scale = (COLUMN / width).min(DEPTH * 0.62 / height).min(72.0 / 150.0);
    Some((width * scale, height * scale))
}

/// Opens a picture and makes it as large as print needs. A damaged one is noted and leaves its place empty.
fn open_picture(
    files: &mut Files<'_>,
    entry: &Entry,
    file: &Attachment,
) -> Result<Option<Image>, PortabilityError> {
    let Some(blob) = files.open(entry, file)? else { return Ok(None) };
    let mut bytes = Vec::new();
    files.read(&blob).read_to_end(&mut bytes).map_err(unwritable)?;
    let image = for_print(&bytes, PRINT_EDGE).and_then(|picture| {
        let data = krilla::Data::from(Arc::new(picture.bytes));
        if picture.mime == "image/png" { Image::from_png(data, true) } else { Image::from_jpeg(data, true) }
            .ok()
    });
    if image.is_some() {
        files.written += 1;
    } else {
        files.leave_out(entry, file);
    }
    Ok(image)
}
