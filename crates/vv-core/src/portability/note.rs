//! Reads one Markdown file as an entry. Pure: bytes in, a draft out.

use chrono::{DateTime, NaiveDate, Utc};
use serde_yaml_ng::Value;

use super::draft::{Draft, Kept, Key};
use super::export_people::{HELPED, PEOPLE};
use super::front_matter::{Beginning, FrontMatter, list, plain, split, whole};
use super::obsidian;
use super::tags::Tags;
use super::when::{self, NoDate, Written};
use crate::ids::EntryId;
use crate::journal::text::{MAX_TITLE_CHARS, text_from_bytes};
use crate::journal::{EntryOrigin, JournalError, Moment, Source};

/// The program a foreign note is said to come from.
pub(crate) const APP: &str = "markdown";
/// The same for notes of a vault, and for those that Joplin wrote as Markdown.
pub(crate) const OBSIDIAN: &str = "obsidian";
pub(crate) const JOPLIN: &str = "joplin-markdown";
/// What an export of this program writes into `exported_from`.
pub(crate) const OWN_NAME: &str = "Vice Versa";

/// The field that an export writes where the offset of a wall clock has seconds.
pub(crate) const ODD_OFFSET: &str = "utc_offset_seconds";

/// Reads the moment that an own export gives: the instant with the offset it was written with, whatever the rules of its
/// time zone have become since.
pub(crate) fn own_moment(
    at: &Written,
    zone: Option<String>,
    odd_offset: Option<i64>,
) -> Result<Moment, JournalError> {
    let Some(offset) = at.offset else { return at.moment(zone.as_deref()) };
    let instant = at.moment(None)?.instant();
    let offset = odd_offset.and_then(|seconds| i32::try_from(seconds).ok()).unwrap_or(offset);
    Moment::with_offset(instant, offset, zone)
}

/// Is what surrounds a note: where it lies and what the computer knows of it.
pub(crate) struct Place<'a> {
    /// The name of the folder that is imported.
    pub(crate) folder: &'a str,
    /// The path of the note inside it, with `/` between the names.
    pub(crate) path: &'a str,
    /// When the file was last written.
    pub(crate) modified: Option<DateTime<Utc>>,
    /// The time zone of this computer.
    pub(crate) time_zone: Option<&'a str>,
    /// The program the notes are of.
    pub(crate) app: &'static str,
    /// The day it is the daily note of, and how deep its folder lies; folders below are parts of the date.
    pub(crate) daily: Option<(NaiveDate, usize)>,
    /// Whether dates that name no time zone are in UTC.
    pub(crate) is_utc: bool,
}

impl Place<'_> {
    fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Lists the folders it lies in that are not merely dates.
    fn folders(&self) -> impl Iterator<Item = &str> {
        let folders = self.path.rsplit_once('/').map_or("", |(folders, _)| folders);
        let most = self.daily.map_or(usize::MAX, |(_, depth)| depth);
        let is_date =
            |name: &&str| name.chars().all(|letter| letter.is_ascii_digit() || "-_. ".contains(letter));
        folders.split('/').filter(|name| !name.is_empty()).take(most).filter(move |name| !is_date(name))
    }
}

/// Reads a note. Files it links to are not looked at.
///
/// # Errors
/// A sentence that says why it cannot be an entry.
pub(crate) fn read_note(place: &Place<'_>, bytes: &[u8]) -> Result<Draft, String> {
    let (file, was_broken) = text_from_bytes(bytes);
    let mut kept = Kept::default();
    let mut left_out = Vec::new();
    if was_broken {
        left_out.push("some of its bytes are no text; a \u{FFFD} stands in the place of each".to_owned());
    }
    let (mut front, text) = match split(&file) {
        Beginning::Read(front, text) => (front, text),
        Beginning::Plain(text) => (FrontMatter::default(), text),
        Beginning::Unreadable(text) => {
            kept.names.push("front matter that cannot be read; it stays in the text".to_owned());
            (FrontMatter::default(), text)
        }
    };
    let own = own_id(&mut front);
    let name = match place.daily {
        Some((day, _)) => Some((Ok(Written { day, time: None, offset: None }), "")),
        None => when::of_file_name(place.stem()),
    };
    let zone = take_zone(&mut front, &mut kept);
    let (written, on) = take_date(
        &mut front,
        &mut kept,
        place,
        zone.as_deref(),
        name.as_ref().map(|(date, _)| *date),
        own.is_some(),
    )?;
    let title = take_title(&mut front, &mut kept, own.is_some(), name.map_or(place.stem(), |(_, rest)| rest));
    let folders: Vec<&str> = if own.is_some() { Vec::new() } else { place.folders().collect() };
    let inline = if place.app == OBSIDIAN { obsidian::tags_in(text) } else { Vec::new() };
    let tags = take_tags(&mut front, &mut kept, inline.into_iter().chain(folders));
    if let Some(name) = obsidian::conflict_of(place.path).filter(|_| place.app == OBSIDIAN) {
        kept.keep("conflict", format!("a conflicted copy of {name}"));
    }
    let starred = take_star(&mut front);
    let origin = match own {
        // An export names every origin but the usual one.
        Some(_) => take_origin(&mut front).unwrap_or(EntryOrigin::Written),
        None => EntryOrigin::Imported,
    };
    let source = own.and_then(|_| take_source(&mut front));
    let mark = *blake3::hash(bytes).as_bytes();

    let key = match own {
        Some(id) => Key::Own(id),
        None => {
            let named = front.take(&["id", "uid", "uuid"]).and_then(|(_, id)| plain(&id));
            let named = named.map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
            Key::Foreign {
                app: place.app,
                id: named.unwrap_or_else(|| format!("{}/{}", place.folder, place.path)),
            }
        }
    };
    for (name, value) in &front.fields {
        // Files are read beside; whom an entry names stands in its text, and notes of help are no part of it.
        let is_known = own.is_some() && matches!(name.as_str(), "files" | PEOPLE | HELPED);
        if !value.is_null() && !is_known {
            kept.keep(name, whole(value));
        }
    }
    let source = match &key {
        Key::Own(_) => source,
        Key::Foreign { app, id } | Key::Vague { app, id } => {
            Some(Source { app: (*app).to_owned(), id: id.clone(), fields: kept.fields })
        }
    };
    Ok(Draft {
        item: place.path.to_owned(),
        key,
        mark,
        title,
        text: text.to_owned(),
        tags,
        written,
        on,
        starred,
        trashed: false,
        origin,
        source,
        files: Vec::new(),
        kept: kept.names,
        left_out,
        missing: Vec::new(),
    })
}

/// Lists the files that an own export names in its front matter: id, name and path of each.
pub(crate) fn own_files(bytes: &[u8]) -> Vec<(String, String, String)> {
    let (file, _) = text_from_bytes(bytes);
    let Beginning::Read(mut front, _) = split(&file) else { return Vec::new() };
    let Some((_, Value::Sequence(files))) = front.take(&["files"]) else { return Vec::new() };
    let part = |file: &Value, name: &str| file.get(name).and_then(plain);
    files
        .iter()
        .filter_map(|file| Some((part(file, "id")?, part(file, "name")?, part(file, "path")?)))
        .collect()
}

/// Takes the id of a note that this program exported.
fn own_id(front: &mut FrontMatter) -> Option<EntryId> {
    let from =
        front.fields.iter().find(|(name, _)| name == "exported_from").and_then(|(_, value)| plain(value))?;
    let id = front
        .fields
        .iter()
        .find(|(name, _)| name == "id")
        .and_then(|(_, value)| plain(value))?
        .parse()
        .ok()?;
    if from != OWN_NAME {
        return None;
    }
    front.fields.retain(|(name, _)| !matches!(name.as_str(), "exported_from" | "id"));
    Some(id)
}

fn take_zone(front: &mut FrontMatter, kept: &mut Kept) -> Option<String> {
    let (name, value) = front.take(&["time_zone", "timezone", "time-zone", "tz"])?;
    let zone = plain(&value).filter(|zone| zone.parse::<chrono_tz::Tz>().is_ok());
    if zone.is_none() {
        kept.keep(&name, whole(&value));
    }
    zone
}

/// Finds the moment of writing and the day: from the front matter, else from the file's name, else from the file itself.
fn take_date(
    front: &mut FrontMatter,
    kept: &mut Kept,
    place: &Place<'_>,
    zone: Option<&str>,
    of_name: Option<Result<Written, NoDate>>,
    own: bool,
) -> Result<(Moment, Option<NaiveDate>), String> {
    let local = zone.or(place.time_zone);
    let out_of_years = || "its date lies outside of the years 1 to 9999".to_owned();
    const NAMES: [&str; 8] =
        ["at", "created", "date", "created_at", "creation_date", "created-at", "datetime", "day"];
    let at = take_first_date(front, kept, &NAMES).map_err(|()| out_of_years())?;
    let on = take_first_date(front, kept, &["on"]).map_err(|()| out_of_years())?.map(|on| on.day);
    let of_name = match of_name {
        Some(Err(_)) if at.is_none() && on.is_none() => return Err(out_of_years()),
        Some(Ok(written)) => Some(written),
        _ => None,
    };
    let moment = |mut written: Written| {
        if place.is_utc && written.time.is_some() && written.offset.is_none() {
            written.offset = Some(0);
        }
        written.moment(local).or_else(|_| written.moment(None)).map_err(|_| out_of_years())
    };
    if let Some(at) = at {
        let moment = if own {
            let odd = front.take(&[ODD_OFFSET]).and_then(|(_, value)| value.as_i64());
            own_moment(&at, zone.map(str::to_owned), odd).map_err(|_| out_of_years())?
        } else {
            moment(at)?
        };
        let on = on.or(place.daily.map(|(day, _)| day)).filter(|on| *on != moment.local_at().date());
        return Ok((moment, on));
    }
    let day = on.map(|day| Written { day, time: None, offset: None }).or(of_name);
    if let Some(day) = day {
        return Ok((moment(day)?, None));
    }
    kept.names.push("date, taken from when the file was last written".to_owned());
    let modified = place.modified.ok_or("it has no date, and the system gives none for its file")?;
    Ok((
        Moment::at(modified, local).or_else(|_| Moment::at(modified, None)).map_err(|_| out_of_years())?,
        None,
    ))
}

/// Takes the first of these fields that is a date; those that are none are kept. An error is a year out of range.
fn take_first_date(front: &mut FrontMatter, kept: &mut Kept, names: &[&str]) -> Result<Option<Written>, ()> {
    while let Some((name, value)) = front.take(names) {
        match when::read(&whole(&value)) {
            Ok(written) => return Ok(Some(written)),
            Err(NoDate::OutOfYears) => return Err(()),
            Err(NoDate::NotADate) => kept.keep(&name, whole(&value)),
        }
    }
    Ok(None)
}

fn take_title(front: &mut FrontMatter, kept: &mut Kept, own: bool, of_name: &str) -> String {
    let given = front.take(&["title"]).map(|(_, value)| whole(&value));
    let title = given.unwrap_or_else(|| if own { String::new() } else { of_name.to_owned() });
    if title.chars().count() > MAX_TITLE_CHARS {
        let cut = title.chars().take(MAX_TITLE_CHARS).collect();
        kept.keep("title", title);
        return cut;
    }
    title
}

fn take_tags<'t>(
    front: &mut FrontMatter,
    kept: &mut Kept,
    others: impl Iterator<Item = &'t str>,
) -> Vec<String> {
    let mut tags = Tags::default();
    while let Some((name, value)) = front.take(&["tags", "tag", "keywords", "categories", "category"]) {
        match list(&value) {
            Some(found) => found.iter().for_each(|tag| tags.add(tag)),
            None => kept.keep(&name, whole(&value)),
        }
    }
    others.for_each(|tag| tags.add(tag));
    tags.keep_refused(kept);
    tags.into_list()
}

fn take_star(front: &mut FrontMatter) -> bool {
    const NAMES: [&str; 5] = ["starred", "star", "favorite", "favourite", "pinned"];
    let is_answer = |name: &str, value: &Value| {
        NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)) && value.as_bool().is_some()
    };
    let starred =
        front.fields.iter().any(|(name, value)| is_answer(name, value) && value.as_bool() == Some(true));
    front.fields.retain(|(name, value)| !is_answer(name, value));
    starred
}

fn take_origin(front: &mut FrontMatter) -> Option<EntryOrigin> {
    let (_, value) = front.take(&["origin"])?;
    origin_of(&plain(&value)?)
}

/// Reads the word by which an export names an origin.
pub(crate) fn origin_of(word: &str) -> Option<EntryOrigin> {
    match word {
        "written" => Some(EntryOrigin::Written),
        "captured" => Some(EntryOrigin::Captured),
        "imported" => Some(EntryOrigin::Imported),
        "guided" => Some(EntryOrigin::Guided),
        _ => None,
    }
}

/// Gives the word by which an export names an origin.
pub(crate) fn origin_word(origin: EntryOrigin) -> &'static str {
    match origin {
        EntryOrigin::Written => "written",
        EntryOrigin::Captured => "captured",
        EntryOrigin::Imported => "imported",
        EntryOrigin::Guided => "guided",
    }
}

fn take_source(front: &mut FrontMatter) -> Option<Source> {
    let (_, value) = front.take(&["source"])?;
    let fields = value.get("fields").and_then(Value::as_mapping);
    Some(Source {
        app: value.get("app").and_then(plain)?,
        id: value.get("id").and_then(plain)?,
        fields: fields
            .into_iter()
            .flatten()
            .filter_map(|(name, value)| Some((plain(name)?, plain(value)?)))
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(path: &str) -> Place<'_> {
        Place {
            folder: "notes",
            path,
            modified: "2026-03-01T08:00:00Z".parse().ok(),
            time_zone: Some("Europe/Berlin"),
            app: APP,
            daily: None,
            is_utc: false,
        }
    }

    fn read(path: &str, file: &str) -> Draft {
        read_note(&place(path), file.as_bytes()).unwrap()
    }

    #[test]
    fn front_matter_says_when_what_and_which() {
        let note = read(
            "a.md",
            "---\nTitle: The question\ncreated: 2026-11-19 18:42\ntags: [listening, \"#review\"]\nstarred: yes\nfavorite: true\n\
             mood: calm\nid: n-17\n---\n\nText\n",
        );
        assert_eq!((note.title.as_str(), note.text.as_str()), ("The question", "Text\n"));
        assert_eq!(note.written.instant().to_rfc3339(), "2026-11-19T17:42:00+00:00");
        assert_eq!(note.written.time_zone(), Some("Europe/Berlin"));
        assert_eq!(note.tags, ["listening", "review"]);
        assert!(note.starred);
        assert_eq!(note.key, Key::Foreign { app: APP, id: "n-17".into() });
        assert_eq!(note.kept, ["starred", "mood"]);
        assert_eq!(note.source.unwrap().fields["mood"], "calm");
    }

    #[test]
    fn without_front_matter_the_name_of_the_file_speaks() {
        let note = read("2026/Work/2026-11-19 The question.md", "Text");
        assert_eq!(note.title, "The question");
        assert_eq!(note.written.local_at().to_string(), "2026-11-19 12:00:00");
        assert_eq!(note.tags, ["Work"]);
        assert_eq!(
            note.key,
            Key::Foreign { app: APP, id: "notes/2026/Work/2026-11-19 The question.md".into() }
        );
        assert!(note.kept.is_empty());
    }

    #[test]
    fn a_file_without_any_date_takes_that_of_the_file_and_says_so() {
        let note = read("plan.md", "Text");
        assert_eq!(note.written.instant().to_rfc3339(), "2026-03-01T08:00:00+00:00");
        assert_eq!(note.kept, ["date, taken from when the file was last written"]);
    }

    #[test]
    fn a_date_in_the_year_0_or_99999_is_refused_and_one_that_is_none_is_kept() {
        for file in
            ["---\ndate: 0000-01-01\n---\n", "---\ndate: 99999-01-01\n---\n", "---\non: 99999-01-01\n---\n"]
        {
            assert!(read_note(&place("a.md"), file.as_bytes()).unwrap_err().contains("1 to 9999"));
        }
        assert!(read_note(&place("0000-01-01 x.md"), b"x").is_err());
        let note = read("2026-11-19.md", "---\ndate: some day\n---\nx");
        assert_eq!(note.written.local_at().date().to_string(), "2026-11-19");
        assert_eq!(note.kept, ["date"]);
    }

    #[test]
    fn the_day_it_belongs_to_may_differ_from_the_moment() {
        let note = read(
            "a.md",
            "---\nat: 2026-11-20T00:30:00+01:00\non: 2026-11-19\ntime_zone: Europe/Berlin\n---\nx",
        );
        assert_eq!(note.on, Some("2026-11-19".parse().unwrap()));
        assert_eq!(note.written.instant().to_rfc3339(), "2026-11-19T23:30:00+00:00");
    }

    #[test]
    fn broken_bytes_are_read_and_told() {
        let note = read_note(&place("a.md"), b"gr\xFC\xDFe").unwrap();
        assert_eq!(note.text, "gr\u{FFFD}\u{FFFD}e");
        assert_eq!(note.left_out.len(), 1);
    }

    #[test]
    fn what_is_too_long_for_its_place_is_kept_whole_as_a_field() {
        let long = "t".repeat(10_000);
        let note = read("a.md", &format!("---\ntitle: {long}\ntags: [{long}, ok]\ndate: 2026-01-01\n---\nx"));
        assert_eq!(note.title.chars().count(), MAX_TITLE_CHARS);
        assert_eq!(note.tags, ["ok"]);
        let fields = note.source.unwrap().fields;
        assert_eq!((fields["title"].len(), fields["tags"].len()), (10_000, 10_000));
    }

    #[test]
    fn front_matter_that_cannot_be_read_stays_in_the_text() {
        let file = "---\na: [\n---\nText";
        let note = read("2026-01-01.md", file);
        assert_eq!(note.text, file);
        assert_eq!(note.kept.len(), 1);
    }
}
