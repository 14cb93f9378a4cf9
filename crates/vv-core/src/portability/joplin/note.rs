//! Makes a draft of a note of Joplin.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::super::draft::{Draft, DraftFile, Expected, Kept, Key, Mark};
use super::super::html;
use super::super::links::{self, Link};
use super::super::tags::Tags;
use super::item::{Item, says_nothing};
use super::{APP, Known, is_id};
use crate::ids::{AttachmentId, EntryId};
use crate::journal::text::MAX_TITLE_CHARS;
use crate::journal::{EntryOrigin, Moment, Source};
use crate::ports::Host;

/// Holds what is known while notes are read.
pub(super) struct Reading<'a> {
    pub(super) known: &'a Known,
    /// Which entry each note becomes.
    pub(super) ids: &'a HashMap<String, EntryId>,
    /// The time zone of this computer: the program keeps none.
    pub(super) time_zone: Option<&'a str>,
    pub(super) host: &'a Host,
    /// The resources that notes have shown.
    pub(super) used: &'a mut HashSet<String>,
}

impl Reading<'_> {
    /// Makes a draft of a note.
    ///
    /// # Errors
    /// A sentence that says why it cannot be an entry.
    pub(super) fn draft(&mut self, id: &str, mut item: Item) -> Result<Draft, String> {
        if item.get("encryption_applied").is_some() {
            return Err("it is encrypted; let Joplin decrypt it, then export again".to_owned());
        }
        let mut kept = Kept::default();
        let mut left_out = Vec::new();
        let written = self.moment(&mut item)?;
        let mut tags = Tags::default();
        for tag in self.known.tags_of.get(id).into_iter().flatten() {
            match self.known.tags.get(tag) {
                Some(title) => tags.add(title),
                None => left_out.push("a tag that the export names and does not hold".to_owned()),
            }
        }
        let folders = self.known.folders_of(item.get("parent_id").unwrap_or_default());
        folders.iter().for_each(|folder| tags.add(folder));
        if folders.len() > 1 {
            kept.keep("notebook", folders.join(" / "));
        }
        tags.keep_refused(&mut kept);
        item.properties.retain(|(name, _)| !matches!(name.as_str(), "id" | "parent_id" | "updated_time"));

        let mut title = item.title.trim().to_owned();
        if title.chars().count() > MAX_TITLE_CHARS {
            kept.keep("title", title.clone());
            title = title.chars().take(MAX_TITLE_CHARS).collect();
        }
        let mut mark = Mark::default();
        mark.take(&item.body);
        let text = match item.take("markup_language").as_deref() {
            Some("2") => {
                let made = html::to_markdown(&item.body);
                left_out.extend(made.left_out);
                kept.keep("markup_language", "HTML".to_owned());
                made.text
            }
            _ => item.body.clone(),
        };
        let trashed = item.get("deleted_time").is_some();
        for (name, value) in item.properties.iter().filter(|(_, value)| !says_nothing(value)) {
            let value = match name.as_str() {
                "todo_due" | "todo_completed" | "deleted_time" | "blob_updated_time" => {
                    instant(value).unwrap_or_else(|| value.clone())
                }
                _ => value.clone(),
            };
            kept.keep(if name == "user_updated_time" { "updated" } else { name }, value);
        }
        let local = written.local_at().format("%Y-%m-%d %H:%M");
        let mut draft = Draft {
            item: if title.is_empty() { format!("note of {local}") } else { title.clone() },
            key: Key::Foreign { app: APP, id: id.to_owned() },
            mark: [0; 32],
            title,
            text: String::new(),
            tags: tags.into_list(),
            written,
            on: None,
            starred: false,
            trashed,
            origin: EntryOrigin::Imported,
            source: Some(Source { app: APP.to_owned(), id: id.to_owned(), fields: kept.fields }),
            files: Vec::new(),
            kept: kept.names,
            left_out,
            missing: Vec::new(),
        };
        let text = pictures_as_markdown(&text, &mut draft.left_out);
        let mut taken = HashMap::new();
        draft.text =
            links::rewrite(&text, |link| self.follow(link, &mut draft, &mut taken, &mut mark)).into_owned();
        draft.mark = mark.finish(&draft);
        Ok(draft)
    }

    /// Reads when it was written: what the person sees first, then what the program keeps.
    fn moment(&self, item: &mut Item) -> Result<Moment, String> {
        let user = item.take("user_created_time");
        let own = item.take("created_time");
        let none = || "its date cannot be read, or lies outside of the years 1 to 9999".to_owned();
        let date = user.or(own).ok_or_else(none)?;
        let at = DateTime::parse_from_rfc3339(&date).map_err(|_| none())?.to_utc();
        Moment::at(at, self.time_zone).or_else(|_| Moment::at(at, None)).map_err(|_| none())
    }

    /// Follows a link to another item.
    fn follow(
        &mut self,
        link: &Link<'_>,
        draft: &mut Draft,
        taken: &mut HashMap<String, Option<AttachmentId>>,
        mark: &mut Mark,
    ) -> Option<String> {
        let target = match link.target.strip_prefix("joplin://") {
            Some(call) => call.rsplit_once("id=").map_or(call, |(_, id)| id),
            None => link.target.strip_prefix(":/")?,
        };
        let (id, part) = target.split_once('#').unwrap_or((target, ""));
        let id = id.to_ascii_lowercase();
        if !is_id(&id) {
            return None;
        }
        if let Some(entry) = self.ids.get(&id) {
            mark.take(&id);
            return links::link_to_entry(link.label, &links::decoded(part), *entry);
        }
        let Some(resource) = self.known.resources.get(&id) else {
            draft.missing.push(format!("{} → {}", draft.item, link.target));
            return None;
        };
        self.used.insert(id.clone());
        let attachment = *taken.entry(id.clone()).or_insert_with(|| match &resource.file {
            Some(file) if !resource.is_encrypted => {
                let attachment: AttachmentId = self.host.ids.make_id().into();
                draft.files.push(DraftFile {
                    id: attachment,
                    lies: file.lies.clone(),
                    size: file.size,
                    name: with_ending(&resource.name, file.name()),
                    expected: resource.size.map(Expected::Size),
                    voice: None,
                });
                Some(attachment)
            }
            Some(_) => {
                draft.missing.push(format!("{} → {} (it is encrypted)", draft.item, resource.name));
                None
            }
            None => {
                draft.missing.push(format!("{} → {}", draft.item, resource.name));
                None
            }
        });
        let label = if link.label.trim().is_empty() {
            links::label_of(&resource.name)
        } else {
            link.label.to_owned()
        };
        let shows = if link.embeds { "!" } else { "" };
        Some(format!("{shows}[{label}](attachment:{})", attachment?))
    }
}

/// Gives a name the ending of its file when it has none.
fn with_ending(name: &str, file: &str) -> String {
    match (name.rsplit_once('.'), file.rsplit_once('.')) {
        (None, Some((_, ending))) => format!("{name}.{ending}"),
        _ => name.to_owned(),
    }
}

/// Reads milliseconds since 1970.
fn instant(value: &str) -> Option<String> {
    let at: DateTime<Utc> = DateTime::from_timestamp_millis(value.parse().ok()?)?;
    Some(at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}

/// Turns pictures that stand as HTML between the Markdown, because they have a size, into pictures of Markdown.
fn pictures_as_markdown(text: &str, left_out: &mut Vec<String>) -> String {
    if !text.contains("<img") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("<img") {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let Some(end) = tag.find('>') else { break };
        let inside = &tag[..end];
        match attribute(inside, "src").filter(|source| source.starts_with(":/")) {
            Some(source) => {
                let words = links::label_of(attribute(inside, "alt").unwrap_or_default());
                out.push_str(&format!("![{words}]({source})"));
                if ["width", "height"].iter().any(|name| attribute(inside, name).is_some()) {
                    left_out.push("the size at which a picture was shown".to_owned());
                }
            }
            None => out.push_str(&tag[..=end]),
        }
        rest = &tag[end + 1..];
    }
    out.push_str(rest);
    out
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let at = tag.find(&format!(" {name}="))? + name.len() + 2;
    let quote = tag[at..].chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
    tag[at + 1..].split(quote).next()
}
