//! The plain text that Day One exports: `Date:` and other lines behind a tab, an empty line, the words, up to the next date.

use std::io::{BufRead, BufReader, Read};

use super::super::archive::TreeFile;
use super::super::draft::{Draft, Kept, Key, Mark};
use super::super::json_stream::End;
use super::super::tags::Tags;
use super::super::when;
use super::{APP, text};
use crate::journal::{EntryOrigin, Moment, Source};

/// Bytes that one entry may have.
const LARGEST_ENTRY: usize = 64 << 20;
const DATE: &str = "\tDate:\t";

/// Is an entry as it stands in the file.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Raw {
    date: String,
    /// The other lines behind a tab, in order.
    facts: Vec<(String, String)>,
    text: String,
}

/// Tells whether a file is such a text.
pub(super) fn is_it(file: &TreeFile) -> bool {
    let begun = file.beginning(256);
    let begun = begun.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&begun);
    String::from_utf8_lossy(begun).trim_start_matches(['\r', '\n']).starts_with(DATE)
}

/// Gives each entry to `take`, until that gives false.
pub(super) fn each_entry(file: &TreeFile, take: &mut dyn FnMut(Raw) -> bool) -> End {
    let Ok(open) = file.lies.open() else { return End::Broken };
    let mut reader = BufReader::with_capacity(1 << 16, open);
    let mut entry: Option<Raw> = None;
    let mut in_facts = false;
    let mut line = Vec::new();
    loop {
        line.clear();
        match reader.by_ref().take(LARGEST_ENTRY as u64).read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(_) => {
                entry.map(take);
                return End::Broken;
            }
        }
        let read = String::from_utf8_lossy(&line);
        let bare = read.trim_start_matches('\u{FEFF}').trim_end_matches(['\n', '\r']);
        if let Some(date) = bare.strip_prefix(DATE) {
            if let Some(before) = entry.take()
                && !take(before)
            {
                return End::Whole;
            }
            entry = Some(Raw { date: date.trim().to_owned(), ..Raw::default() });
            in_facts = true;
            continue;
        }
        let Some(entry) = &mut entry else { continue };
        let fact = bare.strip_prefix('\t').and_then(|line| line.split_once(":\t")).filter(|_| in_facts);
        if let Some((name, value)) = fact {
            entry.facts.push((name.to_owned(), value.trim().to_owned()));
        } else if !(in_facts && bare.trim().is_empty()) {
            in_facts = false;
            if entry.text.len() + bare.len() > LARGEST_ENTRY {
                return End::TooLarge;
            }
            entry.text.push_str(bare);
            entry.text.push('\n');
        } else {
            in_facts = false;
        }
    }
    entry.map(take);
    End::Whole
}

/// Makes a draft of an entry.
///
/// # Errors
/// A sentence that says why it cannot be an entry.
pub(super) fn draft(raw: Raw, journal: &str, time_zone: Option<&str>) -> Result<Draft, String> {
    let written = when::read_loosely(&raw.date, false).map_err(|why| match why {
        when::NoDate::NotADate => "its date is written in a way that is not known here".to_owned(),
        when::NoDate::OutOfYears => "its date lies outside of the years 1 to 9999".to_owned(),
    })?;
    // An offset is the wall clock of the place where it was, not of this computer.
    let moment = match written.offset {
        Some(offset) => {
            written.moment(None).and_then(|moment| Moment::with_offset(moment.instant(), offset, None))
        }
        None => written.moment(time_zone).or_else(|_| written.moment(None)),
    };
    let moment = moment.map_err(|_| "its date lies outside of the years 1 to 9999".to_owned())?;
    let mut kept = Kept::default();
    let mut missing = Vec::new();
    let minute = moment.local_at().format("%Y-%m-%d %H:%M").to_string();
    for (name, value) in &raw.facts {
        match name.as_str() {
            "Photo" | "Video" | "Audio" | "PDF" => {
                missing.push(format!("{journal}, {minute} → {value} (the plain text brings no media)"));
                kept.keep(name, value.clone());
            }
            "Location" => kept.keep("place", value.clone()),
            _ => kept.keep(name, value.clone()),
        }
    }
    let mut mark = Mark::default();
    mark.take(&raw.text);
    let (title, text) = text::split_title(text::mend(raw.text.trim()));
    let mut tags = Tags::default();
    tags.add(journal);
    let mut draft = Draft {
        item: if title.is_empty() { format!("{journal}, {minute}") } else { title.clone() },
        key: Key::Vague { app: APP, id: minute.clone() },
        mark: [0; 32],
        title,
        text,
        tags: tags.into_list(),
        written: moment,
        on: None,
        starred: false,
        trashed: false,
        origin: EntryOrigin::Imported,
        source: Some(Source { app: APP.to_owned(), id: minute, fields: kept.fields }),
        files: Vec::new(),
        kept: kept.names,
        left_out: Vec::new(),
        missing,
    };
    draft.mark = mark.finish(&draft);
    Ok(draft)
}
