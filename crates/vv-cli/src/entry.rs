//! `vv entry`: write, read and put away entries.

use std::io::{self, Read as _};

use serde_json::{Value, json};
use vv_api::{
    error::{ApiError, ErrorCode},
    model::journal::{
        ChangeEntry, CreateEntry, EntryFilter, EntryOrigin, EntryRow, EntryView, ListEntries, SaveText,
        VersionRow,
    },
};

use crate::{
    Done,
    arguments::{self, Entry},
    failure::Failure,
    loops,
    output::Output,
    session::Session,
};

/// How many rows are fetched at once.
const PAGE: u32 = 500;

/// Does what was asked with entries.
pub fn run(session: &Session, output: &mut Output, command: Entry) -> Result<Done, Failure> {
    match command {
        Entry::Add { on, title, tags, into, stage, text } => {
            if title.is_none() && text.is_none() {
                return Err(Failure::Usage(
                    "An entry needs a text, or - to read it from standard input, or a --title.".to_owned(),
                ));
            }
            let text = text.map(read_text).transpose()?.unwrap_or_default();
            session.open()?;
            // Looked up first: when there is no such loop, nothing is written.
            let into = into.map(|name| loops::open_loop(session, &name)).transpose()?;
            let request = CreateEntry {
                title: title.unwrap_or_default(),
                text,
                tags,
                on,
                origin: Some(EntryOrigin::Written),
            };
            let entry = vv_api::journal_create_entry(&session.app, request)?;
            if let (Some(into), Some(stage)) = (into, stage) {
                loops::put_entry(session, into, stage, entry.id)?;
            }
            show(session, output, &entry, Shown::Line)
        }
        Entry::List(list) => {
            session.open()?;
            self::list(session, output, list)
        }
        Entry::Show { id } => {
            session.open()?;
            show(session, output, &vv_api::journal_get_entry(&session.app, id)?, Shown::Whole)
        }
        Entry::Edit { id, title, tags, text } => {
            if title.is_none() && text.is_none() && tags.is_empty() {
                return Err(Failure::Usage(
                    "Say what to change: a text, or - to read it from standard input, --title or --tag."
                        .to_owned(),
                ));
            }
            let text = text.map(read_text).transpose()?;
            session.open()?;
            edit(session, output, id, title, tags, text)
        }
        Entry::Trash { id } => {
            session.open()?;
            vv_api::journal_trash_entry(&session.app, id.clone())?;
            show(session, output, &vv_api::journal_get_entry(&session.app, id)?, Shown::Line)
        }
        Entry::Restore { id } => {
            session.open()?;
            vv_api::journal_restore_entry(&session.app, id.clone())?;
            show(session, output, &vv_api::journal_get_entry(&session.app, id)?, Shown::Line)
        }
        Entry::Delete { id } => {
            session.open()?;
            delete(session, output, id)
        }
        Entry::History { id } => {
            session.open()?;
            for version in vv_api::journal_list_versions(&session.app, id)? {
                output.row(&version, || version_line(&version))?;
            }
            output.finish()?;
            Ok(Done::Wholly)
        }
    }
}

fn list(session: &Session, output: &mut Output, list: arguments::ListEntries) -> Result<Done, Failure> {
    let filter =
        EntryFilter { tags: list.tags, from: list.from, to: list.to, starred: false, trashed: list.trashed };
    let mut left = list.limit.unwrap_or(u32::MAX);
    let mut offset = 0;
    while left > 0 {
        let request = ListEntries { filter: filter.clone(), offset, limit: left.min(PAGE) };
        let page = vv_api::journal_list_entries(&session.app, request)?;
        let count = u32::try_from(page.rows.len()).expect("a page has few rows");
        for row in page.rows {
            if output.is_json() {
                match vv_api::journal_get_entry(&session.app, row.id.to_string()) {
                    Ok(entry) => output.row(&entry_json(session, &entry)?, String::new)?,
                    // Another program deleted it while the list was read: then it is none of the entries.
                    Err(error) if error.code == ErrorCode::NotFound => {}
                    Err(error) => return Err(error.into()),
                }
            } else {
                output.row(&Value::Null, || row_line(&row))?;
            }
        }
        offset += count;
        left -= count;
        if count == 0 || offset >= page.total {
            break;
        }
    }
    output.finish()?;
    Ok(Done::Wholly)
}

fn edit(
    session: &Session,
    output: &mut Output,
    id: String,
    title: Option<String>,
    tags: Vec<String>,
    text: Option<String>,
) -> Result<Done, Failure> {
    let app = &session.app;
    if let Some(text) = text {
        // An editing session of its own, so that a window that edits the same entry keeps its words too.
        let editor = vv_api::journal_open_editor(app, id.clone())?;
        let title = title.clone().unwrap_or_else(|| editor.entry.title.clone());
        vv_api::journal_save_text(app, SaveText { session: editor.session, text, title, close: true })?;
    }
    let tags = (!tags.is_empty()).then(|| tags.into_iter().filter(|tag| !tag.is_empty()).collect());
    let id = vv_api::journal_get_entry(app, id)?.id;
    let change = ChangeEntry { id, title, tags, on: None, local_at: None, time_zone: None, starred: None };
    show(session, output, &vv_api::journal_change_entry(app, change)?, Shown::Line)
}

/// Deletes for good. Who names an entry here has decided: it passes through the trash on the way.
fn delete(session: &Session, output: &mut Output, id: String) -> Result<Done, Failure> {
    let entry = vv_api::journal_get_entry(&session.app, id.clone())?;
    if !entry.trashed {
        vv_api::journal_trash_entry(&session.app, id.clone())?;
    }
    let deleted = vv_api::journal_delete_entry(&session.app, id)?;
    output.result(&json!({ "deleted": entry.id, "backups": deleted.backups }), || {
        let mut text = "Deleted for good: its text, its history and its files.".to_owned();
        if !deleted.backups.is_empty() {
            text.push_str("\nThese backups still hold it:");
            for backup in &deleted.backups {
                text.push_str("\n  ");
                text.push_str(backup);
            }
        }
        text
    })?;
    Ok(Done::Wholly)
}

enum Shown {
    Line,
    Whole,
}

fn show(session: &Session, output: &mut Output, entry: &EntryView, shown: Shown) -> Result<Done, Failure> {
    let json = if output.is_json() { entry_json(session, entry)? } else { Value::Null };
    output.result(&json, || match shown {
        Shown::Line => line(entry),
        Shown::Whole => whole(entry),
    })?;
    Ok(Done::Wholly)
}

/// Gives an entry in the shape that scripts know.
fn entry_json(session: &Session, entry: &EntryView) -> Result<Value, Failure> {
    let attachments: Vec<Value> = entry
        .attachments
        .iter()
        .map(|file| json!({ "name": file.name, "mime": file.mime, "size": file.size, "blake3": file.blake3 }))
        .collect();
    let source = entry
        .source
        .as_ref()
        .map(|source| json!({ "app": source.app, "id": source.id, "fields": source.fields }));
    Ok(json!({
        "id": entry.id,
        "title": entry.title,
        "text": entry.text,
        "tags": entry.tags,
        "on": entry.on,
        "at": entry.at,
        "time_zone": entry.time_zone,
        "starred": entry.starred,
        "trashed": entry.trashed,
        "loop": loops::of_entry(session, entry.id)?,
        "source": source,
        "attachments": attachments,
    }))
}

fn line(entry: &EntryView) -> String {
    let trash = if entry.trashed { "  (in the trash)" } else { "" };
    format!(
        "{}  {}  {}{}{trash}",
        entry.id,
        entry.on,
        name(&entry.title, &entry.text),
        tag_words(&entry.tags)
    )
}

fn row_line(row: &EntryRow) -> String {
    format!("{}  {} {}  {}{}", row.id, row.on, row.time, name(&row.title, &row.excerpt), tag_words(&row.tags))
}

fn whole(entry: &EntryView) -> String {
    let mut text =
        format!("{}\n{}  {}{}", entry.id, entry.on, entry.local_at.replace('T', " "), tag_words(&entry.tags));
    if entry.starred {
        text.push_str("  *");
    }
    if entry.trashed {
        text.push_str("  (in the trash)");
    }
    for file in &entry.attachments {
        text.push_str(&format!("\nfile  {}  {}  {} bytes", file.name, file.mime, file.size));
    }
    if !entry.title.is_empty() {
        text.push_str(&format!("\n\n# {}", entry.title));
    }
    text.push_str(&format!("\n\n{}", entry.text));
    text
}

fn version_line(version: &VersionRow) -> String {
    format!(
        "{:>4}  {}  {}  {} words  +{} -{}",
        version.number,
        version.saved_at.format("%Y-%m-%d %H:%M:%S UTC"),
        version.device,
        version.word_count,
        version.words_added,
        version.words_removed
    )
}

/// Gives the title, or the first words where there is none.
fn name(title: &str, text: &str) -> String {
    let name = if title.is_empty() {
        text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default()
    } else {
        title
    };
    name.chars().filter(|letter| !letter.is_control()).take(80).collect()
}

fn tag_words(tags: &[String]) -> String {
    tags.iter().map(|tag| format!("  #{tag}")).collect()
}

/// Gives the text itself, or what standard input holds.
fn read_text(text: String) -> Result<String, Failure> {
    if text != "-" {
        return Ok(text);
    }
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes).map_err(|_| {
        ApiError::new(ErrorCode::UnreadableFile, "Standard input could not be read. Nothing was written.")
    })?;
    String::from_utf8(bytes).map_err(|_| {
        ApiError::about("text", "Standard input is not UTF-8 text. Nothing was written; convert it first, for example with iconv.").into()
    })
}
