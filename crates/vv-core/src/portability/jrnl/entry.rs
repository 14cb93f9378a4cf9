//! Makes drafts of the entries of jrnl.

use serde_json::{Map, Value};

use super::super::draft::{Draft, Kept, Key, Mark};
use super::super::tags::Tags;
use super::super::when::{self, NoDate, Written};
use super::APP;
use super::text::Raw;
use crate::journal::text::MAX_TITLE_CHARS;
use crate::journal::{EntryOrigin, Source};

/// Holds what is known while the entries of one journal are read.
pub(super) struct Reading<'a> {
    /// The name of the journal.
    pub(super) journal: &'a str,
    /// The time zone of this computer: the program keeps none.
    pub(super) time_zone: Option<&'a str>,
}

impl Reading<'_> {
    /// Makes a draft of an entry of the JSON.
    pub(super) fn of_json(&self, entry: Value) -> Result<Draft, String> {
        let Value::Object(mut entry) = entry else { return Err("it is no entry".to_owned()) };
        let mut kept = Kept::default();
        let date = take_text(&mut entry, "date", &mut kept);
        let time = take_text(&mut entry, "time", &mut kept);
        let written = when::read_loosely(format!("{date} {time}").trim(), false);
        let title = take_text(&mut entry, "title", &mut kept);
        let body = take_text(&mut entry, "body", &mut kept);
        let starred = entry.remove("starred") == Some(Value::Bool(true));
        let tags: Vec<String> = match entry.remove("tags") {
            Some(Value::Array(tags)) => tags.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            Some(other) => {
                kept.keep_json("tags", &other);
                Vec::new()
            }
            None => Vec::new(),
        };
        let id = entry
            .get("uuid")
            .and_then(Value::as_str)
            .filter(|id| (8..=64).contains(&id.len()))
            .map(str::to_owned);
        if id.is_some() {
            entry.remove("uuid");
        }
        for (name, value) in &entry {
            kept.keep_json(name, value);
        }
        self.draft(written, title.trim(), body.trim(), starred, &tags, id, kept)
    }

    /// Makes a draft of an entry of the text.
    pub(super) fn of_text(&self, raw: Raw) -> Result<Draft, String> {
        let text = raw.text.trim_end();
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        let starred = first.trim_end().ends_with('*') && !first.trim_end().ends_with("**");
        let first = if starred { first.trim().trim_end_matches('*').trim_end() } else { first.trim() };
        let (title, body) = if rest.trim().is_empty() { first_sentence(first) } else { (first, rest) };
        self.draft(raw.date, title, body.trim(), starred, &[], None, Kept::default())
    }

    #[allow(clippy::too_many_arguments, reason = "these are the parts of an entry of either form")]
    fn draft(
        &self,
        written: Result<Written, NoDate>,
        title: &str,
        body: &str,
        starred: bool,
        given: &[String],
        id: Option<String>,
        mut kept: Kept,
    ) -> Result<Draft, String> {
        let written = written.map_err(|why| match why {
            NoDate::NotADate => "it has no date that can be read".to_owned(),
            NoDate::OutOfYears => "its date lies outside of the years 1 to 9999".to_owned(),
        })?;
        let moment = written.moment(self.time_zone).or_else(|_| written.moment(None));
        let moment = moment.map_err(|_| "its date lies outside of the years 1 to 9999".to_owned())?;
        let mut tags = Tags::default();
        // The JSON has tags in small letters; the words show how they were meant.
        for tag in tags_of(title).chain(tags_of(body)) {
            tags.add(tag);
        }
        for tag in given {
            tags.add(tag.trim_start_matches(['@', '#', '+', '%']));
        }
        tags.add(self.journal);
        tags.keep_refused(&mut kept);

        let mut mark = Mark::default();
        mark.take(title).take(body);
        let minute = moment.local_at().format("%Y-%m-%d %H:%M").to_string();
        let key = match id {
            Some(id) => Key::Foreign { app: APP, id },
            None => Key::Vague { app: APP, id: minute.clone() },
        };
        let source_id = key.foreign().map(|(_, id)| id.to_owned()).unwrap_or_default();
        // A first line too long for a title is the beginning of the text.
        let is_title = title.chars().count() <= MAX_TITLE_CHARS;
        let (title, text) = match (is_title, body.is_empty()) {
            (true, _) => (title.to_owned(), body.to_owned()),
            (false, true) => (String::new(), title.to_owned()),
            (false, false) => (String::new(), format!("{title}\n{body}")),
        };
        let mut draft = Draft {
            item: if title.is_empty() { format!("{}, {minute}", self.journal) } else { title.clone() },
            key,
            mark: [0; 32],
            title,
            text,
            tags: tags.into_list(),
            written: moment,
            on: None,
            starred,
            trashed: false,
            origin: EntryOrigin::Imported,
            source: Some(Source { app: APP.to_owned(), id: source_id, fields: kept.fields }),
            files: Vec::new(),
            kept: kept.names,
            left_out: Vec::new(),
            missing: Vec::new(),
        };
        draft.mark = mark.finish(&draft);
        Ok(draft)
    }
}

fn take_text(entry: &mut Map<String, Value>, name: &str, kept: &mut Kept) -> String {
    match entry.remove(name) {
        Some(Value::String(text)) => text,
        Some(other) => {
            kept.keep_json(name, &other);
            String::new()
        }
        None => String::new(),
    }
}

/// Splits the first sentence off, as the program does where there is only one line.
fn first_sentence(line: &str) -> (&str, &str) {
    let mut letters = line.char_indices().peekable();
    while let Some((_, letter)) = letters.next() {
        if !matches!(letter, '.' | '!' | '?' | '\u{2026}') {
            continue;
        }
        while letters
            .next_if(|(_, next)| matches!(next, '\'' | '"' | '\u{2019}' | '\u{201D}' | ')' | ']'))
            .is_some()
        {}
        if let Some((at, next)) = letters.peek()
            && next.is_whitespace()
        {
            return (line[..*at].trim(), line[*at..].trim());
        }
    }
    (line, "")
}

/// Lists the words that stand as tags, behind `@` or `#`.
fn tags_of(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter_map(|word| {
        let tag = word.strip_prefix('@').or_else(|| word.strip_prefix('#'))?;
        let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '+' | '*' | '/' | '_');
        let end = tag.find(|letter| !fits(letter)).unwrap_or(tag.len());
        Some(&tag[..end]).filter(|tag| tag.chars().any(char::is_alphanumeric))
    })
}
