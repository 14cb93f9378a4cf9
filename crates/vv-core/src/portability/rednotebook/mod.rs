//! RedNotebook: a file of YAML for each month, one entry for each day. Nothing in the YAML makes an object; what is no text, no
//! list and no number is only words.

mod month;
mod txt2tags;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;

use super::archive::{Tree, TreeFile, Unread, name_of};
use super::draft::{Draft, DraftFile, Kept, Key, Mark};
use super::error::PortabilityError;
use super::import::{Found, Journal, Sender, Survey};
use super::links::{self, local_path};
use super::obsidian;
use super::tags::Tags;
use super::when::Written;
use crate::ids::{AttachmentId, EntryId};
use crate::journal::{EntryOrigin, Source};
use crate::ports::Host;
use month::{Day, MonthName};

/// The program that these entries come from.
pub(crate) const APP: &str = "rednotebook";
/// Bytes that a month may have.
const LARGEST_MONTH: u64 = 16 << 20;
/// Names of folders that say nothing of the journal.
const PLAIN_NAMES: [&str; 3] = ["data", ".rednotebook", "rednotebook"];

/// Tells whether a tree is a journal of RedNotebook.
pub(crate) fn is_it(tree: &Tree) -> bool {
    tree.files
        .iter()
        .filter(|file| MonthName::read(&file.path).is_some())
        .take(24)
        .any(|file| file.read(LARGEST_MONTH).is_ok_and(|bytes| month::read(&bytes).is_some()))
}

/// Reads a journal of RedNotebook.
pub(crate) struct RedNotebook {
    tree: Tree,
    host: Host,
    /// The numbers of the files of months, with their months.
    months: Vec<(usize, MonthName)>,
    skipped: Vec<(String, &'static str)>,
}

impl RedNotebook {
    pub(crate) fn new(tree: Tree, host: &Host) -> Self {
        let mut months: Vec<(usize, MonthName)> = Vec::new();
        let mut skipped = Vec::new();
        for (number, file) in tree.files.iter().enumerate() {
            match MonthName::read(&file.path) {
                Some(month) => months.push((number, month)),
                None if file.stem().len() == 1 && file.ending() == "txt" => {
                    skipped.push((file.path.clone(), "it is a template, not a day"));
                }
                None => {}
            }
        }
        // While it saves, the program keeps the month under other names; they count only where the month itself is not there.
        months.sort_by_key(|(_, month)| (month.folder.clone(), month.year, month.month, month.rank));
        let same =
            |a: &MonthName, b: &MonthName| (&a.folder, a.year, a.month) == (&b.folder, b.year, b.month);
        let mut kept: Vec<(usize, MonthName)> = Vec::new();
        for (number, month) in months {
            let is_known = kept.last().is_some_and(|(_, last)| same(last, &month));
            let reads = |number: usize| {
                tree.files[number].read(LARGEST_MONTH).is_ok_and(|bytes| month::read(&bytes).is_some())
            };
            if is_known {
                skipped.push((
                    tree.files[number].path.clone(),
                    "it is a half-saved copy of a month that is there",
                ));
            } else if month.rank == 0 || reads(number) {
                kept.push((number, month));
            } else {
                skipped
                    .push((tree.files[number].path.clone(), "it is a half-saved month that cannot be read"));
            }
        }
        Self { tree, host: host.clone(), months: kept, skipped }
    }

    fn read_month(&self, number: usize) -> Result<Vec<Day>, String> {
        let bytes = self.tree.files[number].read(LARGEST_MONTH).map_err(|why| match why {
            Unread::TooLarge => "it is larger than 16 MiB, which is no month any more".to_owned(),
            Unread::Unreadable => "the file cannot be read".to_owned(),
        })?;
        month::read(&bytes).ok_or_else(|| "it is no month of RedNotebook, or breaks off".to_owned())
    }

    fn draft(&self, month: &MonthName, day: Day, time_zone: Option<&str>) -> Result<Draft, String> {
        let none = || format!("the month has no day {}", day.number);
        let number = u32::try_from(day.number).map_err(|_| none())?;
        let on = NaiveDate::from_ymd_opt(month.year, month.month, number).ok_or_else(none)?;
        let written = Written { day: on, time: None, offset: None };
        let moment = written.moment(time_zone).or_else(|_| written.moment(None));
        let moment = moment.map_err(|_| "its date lies outside of the years 1 to 9999".to_owned())?;
        let mut kept = Kept::default();
        let mut tags = Tags::default();
        let mut mark = Mark::default();
        mark.take(&day.text);
        let (text, left_out) = txt2tags::to_markdown(&day.text);
        for (category, entries) in &day.categories {
            let is_tags = category.eq_ignore_ascii_case("tags");
            if entries.is_empty() && !is_tags {
                tags.add(category);
            } else if is_tags {
                entries.iter().for_each(|entry| tags.add(entry));
            } else {
                kept.keep(category, entries.join("; "));
            }
        }
        obsidian::tags_in(&day.text).into_iter().for_each(|tag| tags.add(tag));
        if !PLAIN_NAMES.contains(&self.tree.name.to_lowercase().as_str()) {
            tags.add(&self.tree.name);
        }
        for (name, value) in day.others {
            kept.keep(&name, value);
        }
        tags.keep_refused(&mut kept);
        let id = on.to_string();
        let mut draft = Draft {
            item: id.clone(),
            key: Key::Vague { app: APP, id: id.clone() },
            mark: [0; 32],
            title: String::new(),
            text: String::new(),
            tags: tags.into_list(),
            written: moment,
            on: None,
            starred: false,
            trashed: false,
            origin: EntryOrigin::Imported,
            source: Some(Source { app: APP.to_owned(), id, fields: kept.fields }),
            files: Vec::new(),
            kept: kept.names,
            left_out,
            missing: Vec::new(),
        };
        draft.text = self.follow_links(&text, &mut draft);
        draft.mark = mark.finish(&draft);
        Ok(draft)
    }

    /// Attaches pictures that lie in the folder. Its own backup holds none: it names files all over the computer.
    fn follow_links(&self, text: &str, draft: &mut Draft) -> String {
        let mut taken: HashMap<String, AttachmentId> = HashMap::new();
        links::rewrite(text, |link| {
            let is_file = link.target.starts_with("file://");
            let path = link
                .target
                .strip_prefix("file://")
                .map(links::decoded)
                .or_else(|| local_path(link.target))?;
            if !link.embeds && !is_file {
                return None;
            }
            let name = name_of(&path);
            let mut found = self.tree.files.iter().filter(|file| file.name() == name && !name.is_empty());
            let (Some(file), None) = (found.next(), found.next()) else {
                draft.missing.push(format!("{} → {}", draft.item, link.target));
                return None;
            };
            let id = *taken.entry(file.path.clone()).or_insert_with(|| attach(draft, file, &self.host));
            let label = if link.label.is_empty() { links::label_of(name) } else { link.label.to_owned() };
            Some(format!("{}[{label}](attachment:{id})", if link.embeds { "!" } else { "" }))
        })
        .into_owned()
    }
}

fn attach(draft: &mut Draft, file: &TreeFile, host: &Host) -> AttachmentId {
    let id: AttachmentId = host.ids.make_id().into();
    let name = file.name().to_owned();
    draft.files.push(DraftFile {
        id,
        lies: file.lies.clone(),
        size: file.size,
        name,
        expected: None,
        voice: None,
    });
    id
}

impl Journal for RedNotebook {
    fn survey(&mut self, stop: &AtomicBool) -> Result<Survey, PortabilityError> {
        let mut total = 0;
        for (number, _) in &self.months {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            total += self.read_month(*number).map_or(1, |days| days.len() as u64);
        }
        Ok(Survey { total, app: APP, ids: Vec::new() })
    }

    fn read(&mut self, _: &HashMap<String, EntryId>, sender: &mut Sender<'_>) {
        for (path, why) in std::mem::take(&mut self.skipped) {
            sender.send(Found::Skipped(path, why.to_owned()));
        }
        let time_zone = self.host.clock.time_zone();
        for (number, month) in &self.months {
            let path = self.tree.files[*number].path.clone();
            let days = match self.read_month(*number) {
                Ok(days) => days,
                Err(why) => {
                    sender.send(Found::Skipped(path, why));
                    continue;
                }
            };
            for day in days {
                let item = format!("{path}, day {}", day.number);
                let found = match self.draft(month, day, time_zone.as_deref()) {
                    Ok(draft) => Found::Draft(Box::new(draft)),
                    Err(why) => Found::Skipped(item, why),
                };
                if !sender.send(found) {
                    return;
                }
            }
        }
    }
}
