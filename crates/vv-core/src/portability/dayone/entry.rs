//! Makes a draft of one entry of Day One's JSON. Every field finds its place or is kept under Facts.

use std::collections::HashMap;

use chrono::DateTime;
use serde_json::{Map, Value};

use super::super::draft::{Draft, Kept, Key, Mark};
use super::super::tags::Tags;
use super::media::{LISTS, Listed, Media};
use super::{APP, id_of, rich, text};
use crate::ids::EntryId;
use crate::journal::{EntryOrigin, Moment, Source};
use crate::ports::Host;

/// Holds what is known while the entries of one journal are read.
pub(super) struct Reading<'a> {
    /// The name of the journal.
    pub(super) journal: &'a str,
    /// The time zone of this computer, for entries that name none.
    pub(super) time_zone: Option<&'a str>,
    /// Which entry each id becomes.
    pub(super) ids: &'a HashMap<String, EntryId>,
    pub(super) media: &'a Media,
    pub(super) host: &'a Host,
}

impl Reading<'_> {
    /// Makes a draft of an entry.
    ///
    /// # Errors
    /// A sentence that says why it cannot be an entry.
    pub(super) fn draft(&self, entry: Value) -> Result<Draft, String> {
        let id = id_of(&entry);
        let Value::Object(mut entry) = entry else { return Err("it is no entry".to_owned()) };
        entry.remove("uuid");
        let mut kept = Kept::default();
        let mut left_out = Vec::new();
        let written = self.moment(&mut entry, &mut kept)?;
        let listed = take_media(&mut entry, &mut kept);
        let (text, mut mark) = take_text(&mut entry, &mut kept, &mut left_out);
        let (title, text) = text::split_title(text);

        let mut tags = Tags::default();
        match entry.remove("tags") {
            Some(Value::Array(given)) => given.iter().for_each(|tag| match tag.as_str() {
                Some(tag) => tags.add(tag),
                None => kept.keep_json("tags", tag),
            }),
            Some(other) => kept.keep_json("tags", &other),
            None => {}
        }
        tags.add(self.journal);
        tags.keep_refused(&mut kept);

        let starred = entry.remove("starred").is_some_and(|starred| starred == Value::Bool(true));
        let pinned = [entry.remove("pinned"), entry.remove("isPinned")];
        if pinned.contains(&Some(Value::Bool(true))) {
            kept.keep("pinned", "true".to_owned());
        }
        if let Some(Value::Object(location)) = entry.get("location") {
            keep_place(location, &mut kept);
        }
        for (name, value) in &entry {
            kept.keep_json(name, value);
        }

        let local = written.local_at().format("%Y-%m-%d %H:%M");
        let item = if title.is_empty() { format!("{}, {local}", self.journal) } else { title.clone() };
        let key = match id {
            Some(id) => Key::Foreign { app: APP, id },
            None => Key::Vague { app: APP, id: local.to_string() },
        };
        let source_id = key.foreign().map(|(_, id)| id.to_owned()).unwrap_or_default();
        let mut draft = Draft {
            item,
            key,
            mark: [0; 32],
            title,
            text,
            tags: tags.into_list(),
            written,
            on: None,
            starred,
            trashed: false,
            origin: EntryOrigin::Imported,
            source: Some(Source { app: APP.to_owned(), id: source_id, fields: kept.fields }),
            files: Vec::new(),
            kept: kept.names,
            left_out,
            missing: Vec::new(),
        };
        self.media.attach(&mut draft, &listed, self.ids, self.host, &mut mark);
        draft.mark = mark.finish(&draft);
        Ok(draft)
    }

    /// Reads when it was written, on the clock of the place where it was.
    fn moment(&self, entry: &mut Map<String, Value>, kept: &mut Kept) -> Result<Moment, String> {
        let date = entry.remove("creationDate");
        let date = date.as_ref().and_then(Value::as_str).unwrap_or_default();
        let at = DateTime::parse_from_rfc3339(date)
            .map_err(|_| "its date cannot be read, or lies outside of the years 1 to 9999".to_owned())?
            .to_utc();
        let zone = entry.remove("timeZone");
        let zone = zone.as_ref().and_then(Value::as_str).unwrap_or_default().trim();
        let out_of_years = |_| "its date lies outside of the years 1 to 9999".to_owned();
        if zone.is_empty() {
            return Moment::at(at, self.time_zone).or_else(|_| Moment::at(at, None)).map_err(out_of_years);
        }
        if zone.parse::<chrono_tz::Tz>().is_ok() {
            return Moment::at(at, Some(zone)).map_err(out_of_years);
        }
        kept.keep("timeZone", zone.to_owned());
        match text::offset_of(zone) {
            Some(offset) => Moment::with_offset(at, offset, None).map_err(out_of_years),
            None => Moment::at(at, self.time_zone).or_else(|_| Moment::at(at, None)).map_err(out_of_years),
        }
    }
}

/// Takes what the entry lists of media. What each of them says beside its name and hash is kept.
fn take_media(entry: &mut Map<String, Value>, kept: &mut Kept) -> Vec<Listed> {
    let mut listed = Vec::new();
    for (list, folder, _) in LISTS {
        let Some(items) = entry.remove(list) else { continue };
        let Value::Array(items) = items else {
            kept.keep_json(list, &items);
            continue;
        };
        for (number, mut item) in items.into_iter().enumerate() {
            match Listed::of(&item, folder) {
                Some(thing) => listed.push(thing),
                None => {
                    kept.keep_json(list, &item);
                    continue;
                }
            }
            if let Value::Object(facts) = &mut item {
                facts.retain(|name, value| {
                    !["identifier", "md5", "filename", "pdfName"].contains(&name.as_str())
                        && !matches!(value, Value::Null | Value::Bool(false))
                });
                if !facts.is_empty() {
                    kept.keep(&format!("{list} {}", number + 1), item.to_string());
                }
            }
        }
    }
    listed
}

/// Takes the text: the rich one where it can be read whole, because the plain one has lost lists, tables and colours.
fn take_text(entry: &mut Map<String, Value>, kept: &mut Kept, left_out: &mut Vec<String>) -> (String, Mark) {
    let plain = match entry.remove("text") {
        Some(Value::String(text)) => text,
        Some(other) => {
            kept.keep_json("text", &other);
            String::new()
        }
        None => String::new(),
    };
    let rich = match entry.remove("richText") {
        Some(Value::String(text)) => text,
        Some(other @ Value::Object(_)) => other.to_string(),
        Some(other) => {
            kept.keep_json("richText", &other);
            String::new()
        }
        None => String::new(),
    };
    let mut mark = Mark::default();
    mark.take(&plain).take(&rich);
    let mended = text::mend(&plain);
    if rich.is_empty() {
        return (mended, mark);
    }
    match rich::to_markdown(&rich) {
        Some(made) if text::holds_the_words_of(&made.text, &mended) => {
            made.kept.iter().for_each(|(name, value)| kept.keep(name, value.clone()));
            left_out.extend(made.left_out);
            (made.text, mark)
        }
        _ => {
            if mended.trim().is_empty() {
                kept.keep("richText", rich);
            } else {
                kept.names.push("richText, which cannot be read whole; its plain text was taken".to_owned());
                kept.keep("richText", rich);
            }
            (mended, mark)
        }
    }
}

/// Keeps where it was written in words; every single part is kept as well.
fn keep_place(location: &Map<String, Value>, kept: &mut Kept) {
    let mut parts: Vec<&str> = Vec::new();
    for name in ["placeName", "localityName", "administrativeArea", "country"] {
        let part = location.get(name).and_then(Value::as_str).unwrap_or_default().trim();
        if !part.is_empty() && !parts.contains(&part) {
            parts.push(part);
        }
    }
    if !parts.is_empty() {
        kept.keep("place", parts.join(", "));
    }
}
