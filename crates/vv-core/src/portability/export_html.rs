//! Writes entries as one HTML file: it opens in any browser without a network, brings its pictures along, can be searched and
//! printed, and asks nobody for anything. Its own rules forbid it to.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use data_encoding::BASE64;

use super::error::PortabilityError;
use super::export::{Form, Listed, unwritable};
use super::export_files::Files;
use super::html_text::{ShowFile, escape, write_text};
use super::marked;
use super::sound::clock;
use super::wording::Wording;
use crate::ids::{AttachmentId, EntryId};
use crate::journal::{Attachment, Entry};
use crate::ports::Host;
use crate::store::blobs::Blob;

const STYLE: &str = include_str!("page/journal.css");
const SCRIPT: &str = include_str!("page/journal.js");
/// The largest file that is written into the page; browsers open no pages of gigabytes.
const LARGEST: u64 = 64 << 20;
/// Bytes that are encoded at once; a multiple of three, so that the pieces join.
const PIECE: usize = 48 << 10;

/// Writes one page.
pub(super) struct HtmlFile {
    out: BufWriter<File>,
    words: &'static Wording,
    go_along: Arc<HashSet<EntryId>>,
    month: Option<(i32, u32)>,
    made_at: DateTime<Utc>,
    /// What the page ends with.
    script: String,
}

impl HtmlFile {
    pub(super) fn new(
        part: &Path,
        all: &[Listed],
        owner: &str,
        words: &'static Wording,
        host: &Host,
    ) -> Result<Self, PortabilityError> {
        let file = File::create_new(part).map_err(unwritable)?;
        let mut page = Self {
            out: BufWriter::with_capacity(1 << 18, file),
            words,
            go_along: Arc::new(all.iter().map(|entry| entry.id).collect()),
            month: None,
            made_at: host.clock.now(),
            script: String::new(),
        };
        // Made after every entry was written, so no entry can name it.
        let once = host.ids.make_id().simple().to_string();
        page.begin(all, owner, &once).map_err(unwritable)?;
        Ok(page)
    }

    fn raw(&mut self, markup: &str) -> io::Result<()> {
        self.out.write_all(markup.as_bytes())
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        escape(&mut self.out, text)
    }

    fn begin(&mut self, all: &[Listed], owner: &str, once: &str) -> io::Result<()> {
        let words = self.words;
        write!(
            self.out,
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; media-src data:; \
             style-src 'nonce-{once}'; script-src 'nonce-{once}'; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n<title>",
            words.code
        )?;
        let title = format!("{} {owner}", words.journal_of);
        self.text(&title)?;
        writeln!(
            self.out,
            "</title>\n<style nonce=\"{once}\">\n{STYLE}</style>\n</head>\n<body id=\"top\">"
        )?;
        write!(self.out, "<a class=\"skip\" href=\"#entries\">{}</a>\n<header>\n<h1>", words.entries)?;
        self.text(&title)?;
        self.raw("</h1>\n<p>")?;
        if let (Some(first), Some(last)) = (all.first(), all.last()) {
            let span =
                format!("{}, {} – {}. ", words.count(all.len()), words.day(first.on), words.day(last.on));
            self.text(&span)?;
        }
        writeln!(self.out, "{}</p>\n</header>", words.readable)?;
        self.dates(all)?;
        // Shown by the script: without one there is nothing to search with.
        writeln!(
            self.out,
            "<form role=\"search\" hidden>\n<label for=\"q\">{}</label>\n\
             <input id=\"q\" type=\"search\" autocomplete=\"off\" placeholder=\"{}\">\n\
             <p id=\"said\" role=\"status\" data-all=\"{}\" data-found=\"{}\" data-none=\"{}\"></p>\n</form>\n\
             <main id=\"entries\">",
            words.search, words.search_hint, words.all, words.found, words.none_found
        )?;
        // The script comes last, so the page is there before it; its text stands here because it needs the same once-word.
        self.script = format!("<script nonce=\"{once}\">\n{SCRIPT}</script>\n");
        Ok(())
    }

    /// Writes the table of dates: a row for each year, a column for each month, how many entries each has.
    fn dates(&mut self, all: &[Listed]) -> io::Result<()> {
        let words = self.words;
        let mut years: BTreeMap<i32, [usize; 12]> = BTreeMap::new();
        for entry in all {
            years.entry(entry.on.year()).or_default()[entry.on.month0() as usize] += 1;
        }
        write!(
            self.out,
            "<nav aria-label=\"{0}\">\n<table>\n<caption>{0}</caption>\n<thead><tr><th scope=\"col\">{1}</th>",
            words.dates, words.year
        )?;
        for month in 1..=12 {
            write!(self.out, "<th scope=\"col\">{}</th>", words.short_month(month))?;
        }
        self.raw("</tr></thead>\n<tbody>\n")?;
        for (year, months) in years {
            write!(self.out, "<tr><th scope=\"row\">{year}</th>")?;
            for (at, count) in months.into_iter().enumerate() {
                let month = at as u32 + 1;
                if count == 0 {
                    self.raw("<td></td>")?;
                } else {
                    write!(
                        self.out,
                        "<td><a href=\"#m-{year}-{month:02}\" aria-label=\"{} {year}, {}\">{}</a></td>",
                        words.month(month),
                        words.count(count),
                        words.number(count)
                    )?;
                }
            }
            self.raw("</tr>\n")?;
        }
        self.raw("</tbody>\n</table>\n</nav>\n")
    }

    /// Begins a month when the entry is the first of one.
    fn turn_month(&mut self, on: NaiveDate) -> io::Result<()> {
        let month = (on.year(), on.month());
        if self.month == Some(month) {
            return Ok(());
        }
        if self.month.is_some() {
            self.raw("</section>\n")?;
        }
        self.month = Some(month);
        let (year, number) = month;
        let name = self.words.month(number);
        writeln!(self.out, "<section id=\"m-{year}-{number:02}\">\n<h2>{name} {year}</h2>")
    }

    fn head(&mut self, entry: &Entry) -> io::Result<()> {
        let words = self.words;
        write!(self.out, "<article id=\"e-{}\">\n<header>\n<h3 dir=\"auto\">", entry.id)?;
        self.text(if entry.title.is_empty() { words.untitled } else { &entry.title })?;
        let local = entry.local_at;
        write!(
            self.out,
            "</h3>\n<div class=\"when\"><time datetime=\"{}\">{}, {}</time>",
            local.format("%Y-%m-%dT%H:%M:%S"),
            words.long_day(entry.on),
            words.clock(local)
        )?;
        if local.date() != entry.on {
            write!(self.out, " ({} {})", words.written, words.day(local.date()))?;
        }
        if let Some(zone) = &entry.time_zone {
            self.text(&format!(", {}", zone.replace('_', " ")))?;
        }
        if entry.starred {
            write!(self.out, " · {}", words.starred)?;
        }
        if !entry.tags.is_empty() {
            write!(self.out, " <ul class=\"tags\" aria-label=\"{}\">", words.tags)?;
            for tag in &entry.tags {
                self.raw("<li>")?;
                self.text(tag)?;
                self.raw("</li> ")?;
            }
            self.raw("</ul>")?;
        }
        self.raw("</div>\n</header>\n")
    }

    fn facts(&mut self, entry: &Entry) -> io::Result<()> {
        let Some(source) = &entry.source else { return Ok(()) };
        let words = self.words;
        write!(self.out, "<details class=\"facts\"><summary>{}</summary>\n<dl>", words.facts)?;
        let whole = [(words.from, &source.app), ("id", &source.id)];
        let fields = source.fields.iter().map(|(name, value)| (name.as_str(), value));
        for (name, value) in whole.into_iter().chain(fields) {
            self.raw("<dt>")?;
            self.text(name)?;
            self.raw("</dt><dd>")?;
            self.text(value)?;
            self.raw("</dd>")?;
        }
        self.raw("</dl>\n</details>\n")
    }

    /// Writes the files that the text did not show.
    fn rest(&mut self, shown: &mut Shown<'_, '_>) -> io::Result<()> {
        let waiting: Vec<AttachmentId> = shown
            .entry
            .attachments
            .iter()
            .map(|file| file.id)
            .filter(|id| !shown.done.contains(id))
            .collect();
        if waiting.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "<div class=\"files\">{}\n<ul>", self.words.files)?;
        for id in waiting {
            self.raw("<li>")?;
            shown.write_here(&mut self.out, id, "")?;
            self.raw("</li>\n")?;
        }
        self.raw("</ul></div>\n")
    }
}

impl Form for HtmlFile {
    fn write(&mut self, entry: &Entry, files: &mut Files<'_>) -> Result<(), PortabilityError> {
        let text = marked::settle_links(&entry.text, |id| self.go_along.contains(&id)).into_owned();
        let go_along = &Arc::clone(&self.go_along);
        let mut shown = Shown { entry, files, go_along, done: HashSet::new(), failed: None };
        let written = (|| {
            self.turn_month(entry.on)?;
            self.head(entry)?;
            self.raw("<div class=\"text\" dir=\"auto\">\n")?;
            write_text(&mut self.out, &text, &mut shown)?;
            self.raw("</div>\n")?;
            self.rest(&mut shown)?;
            self.facts(entry)?;
            self.raw("</article>\n")
        })();
        match shown.failed {
            Some(error) => Err(error),
            None => written.map_err(unwritable),
        }
    }

    fn finish(&mut self, files: &Files<'_>) -> Result<(), PortabilityError> {
        let mut end = || {
            if self.month.is_some() {
                self.raw("</section>\n")?;
            }
            let words = self.words;
            write!(
                self.out,
                "</main>\n<footer>\n<p>{} {}. ",
                words.made_with,
                words.day(self.made_at.date_naive())
            )?;
            writeln!(self.out, "<a href=\"#top\">{}</a></p>", words.to_top)?;
            if !files.left_out.is_empty() {
                writeln!(self.out, "<p>{}:</p>\n<ul>", words.left_out)?;
                for line in &files.left_out {
                    self.raw("<li>")?;
                    self.text(line)?;
                    self.raw("</li>\n")?;
                }
                self.raw("</ul>\n")?;
            }
            self.raw("</footer>\n")?;
            let script = std::mem::take(&mut self.script);
            self.raw(&script)?;
            self.raw("</body>\n</html>\n")?;
            self.out.flush()?;
            self.out.get_ref().sync_all()
        };
        end().map_err(unwritable)
    }
}

/// Writes the files of one entry into the page, each once.
struct Shown<'e, 'f> {
    entry: &'e Entry,
    go_along: &'e HashSet<EntryId>,
    files: &'e mut Files<'f>,
    done: HashSet<AttachmentId>,
    failed: Option<PortabilityError>,
}

impl ShowFile for Shown<'_, '_> {
    fn show(&mut self, out: &mut dyn Write, id: AttachmentId, words: &str, embeds: bool) -> io::Result<()> {
        let is_own = self.entry.attachments.iter().any(|file| file.id == id);
        let is_picture = self.entry.attachments.iter().any(|file| file.id == id && is_picture(file));
        if is_own && embeds && is_picture && !self.done.contains(&id) {
            return self.write_here(out, id, words);
        }
        // A file of another entry stands there, when that one goes along.
        if !is_own && !self.files.entry_of(id).is_some_and(|entry| self.go_along.contains(&entry)) {
            return escape(out, words);
        }
        write!(out, "<a href=\"#f-{id}\">")?;
        escape(out, words)?;
        out.write_all(b"</a>")
    }
}

impl Shown<'_, '_> {
    /// Writes a file where the page is now: a picture to be seen, a sound to be heard, anything else to be kept.
    fn write_here(&mut self, out: &mut dyn Write, id: AttachmentId, words: &str) -> io::Result<()> {
        let entry = self.entry;
        let Some(file) = entry.attachments.iter().find(|file| file.id == id) else { return Ok(()) };
        self.done.insert(id);
        let blob = if file.size > LARGEST {
            self.files.leave_out(entry, file);
            None
        } else {
            match self.files.open(entry, file) {
                Ok(blob) => blob,
                Err(error) => {
                    self.failed = Some(error);
                    return Err(io::ErrorKind::Other.into());
                }
            }
        };
        let Some(blob) = blob else {
            write!(out, "<span id=\"f-{id}\">")?;
            escape(out, &file.name)?;
            return out.write_all(b"</span>");
        };
        self.files.written += 1;
        let name = if words.is_empty() { file.name.as_str() } else { words };
        if is_picture(file) {
            write!(out, "<img id=\"f-{id}\" loading=\"lazy\"")?;
            if let (Some(width), Some(height)) = (file.width, file.height) {
                write!(out, " width=\"{width}\" height=\"{height}\"")?;
            }
            out.write_all(b" alt=\"")?;
            escape(out, name)?;
            out.write_all(b"\" src=\"")?;
            self.data(out, file, &blob)?;
            return out.write_all(b"\">");
        }
        if file.mime.starts_with("audio/") {
            write!(out, "<audio id=\"f-{id}\" controls aria-label=\"")?;
            escape(out, name)?;
            out.write_all(b"\" src=\"")?;
            self.data(out, file, &blob)?;
            out.write_all(b"\"></audio>")?;
            return write_marks(out, file);
        }
        write!(out, "<a id=\"f-{id}\" download=\"")?;
        escape(out, &file.name)?;
        out.write_all(b"\" href=\"")?;
        self.data(out, file, &blob)?;
        out.write_all(b"\">")?;
        escape(out, name)?;
        out.write_all(b"</a>")
    }

    fn data(&self, out: &mut dyn Write, file: &Attachment, blob: &Blob) -> io::Result<()> {
        // A browser would open some kinds of files as pages; only what is shown keeps its kind.
        let is_shown = is_picture(file) || file.mime.starts_with("audio/");
        out.write_all(b"data:")?;
        escape(out, if is_shown { &file.mime } else { "application/octet-stream" })?;
        out.write_all(b";base64,")?;
        let mut from = self.files.read(blob);
        let mut piece = Vec::with_capacity(PIECE);
        loop {
            piece.clear();
            from.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
            if piece.is_empty() {
                return Ok(());
            }
            out.write_all(BASE64.encode(&piece).as_bytes())?;
        }
    }
}

/// Lists what was marked in a voice note, beneath its player.
fn write_marks(out: &mut dyn Write, file: &Attachment) -> io::Result<()> {
    let marks = file.voice.iter().flat_map(|voice| &voice.marks);
    for (number, mark) in marks.enumerate() {
        out.write_all(if number == 0 { b"<small>" } else { b"<br>" })?;
        out.write_all(clock(mark.at_ms).as_bytes())?;
        if !mark.name.is_empty() {
            out.write_all(b" ")?;
            escape(out, &mark.name)?;
        }
    }
    if file.voice.as_ref().is_some_and(|voice| !voice.marks.is_empty()) {
        out.write_all(b"</small>")?;
    }
    Ok(())
}

fn is_picture(file: &Attachment) -> bool {
    matches!(
        file.mime.as_str(),
        "image/png"
            | "image/jpeg"
            | "image/gif"
            | "image/webp"
            | "image/bmp"
            | "image/avif"
            | "image/svg+xml"
    )
}
