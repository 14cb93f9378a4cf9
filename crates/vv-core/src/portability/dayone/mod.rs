//! Day One: the JSON of an export with its media, the Classic folder of plists, and the plain text.
//!
//! `entry.rs` makes a draft of an entry of the JSON, `rich.rs` turns its rich text into Markdown, `text.rs` mends its Markdown,
//! `media.rs` finds photos, films, sounds and PDFs by their hashes and follows links. `classic.rs` and `plain.rs` read the other
//! two forms.

mod classic;
mod entry;
mod media;
mod plain;
mod rich;
mod text;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use super::archive::{Tree, TreeFile};
use super::draft::Draft;
use super::error::PortabilityError;
use super::import::{Found, Journal, MOST_ENTRIES, Sender, Survey};
use super::json_stream::{End, Shape, each_entry, shape_of};
use crate::ids::EntryId;
use crate::ports::Host;
use entry::Reading;
use media::Media;

/// The program that these entries come from.
pub(crate) const APP: &str = "dayone";

/// Tells whether a tree is a journal of Day One.
pub(crate) fn is_it(tree: &Tree) -> bool {
    tree.files.iter().any(|file| form_of(file, tree).is_some())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Classic,
    Plain,
}

fn form_of(file: &TreeFile, tree: &Tree) -> Option<Form> {
    let ending = file.ending();
    if ending == "doentry" {
        return Some(Form::Classic);
    }
    if file.path.contains('/') {
        return None;
    }
    if (tree.is_single || ending == "json") && shape_of(file) == Some(Shape::DayOne) {
        return Some(Form::Json);
    }
    ((tree.is_single || ending == "txt") && plain::is_it(file)).then_some(Form::Plain)
}

/// Reads what Day One has exported.
pub(crate) struct DayOne {
    tree: Tree,
    host: Host,
    /// The numbers of the files that are journals or entries.
    journals: Vec<(usize, Form)>,
    media: Media,
}

impl DayOne {
    pub(crate) fn new(tree: Tree, host: &Host) -> Self {
        let form = |number: usize| form_of(&tree.files[number], &tree).map(|form| (number, form));
        let journals = (0..tree.files.len()).filter_map(form).collect();
        let media = Media::of(&tree);
        Self { tree, host: host.clone(), journals, media }
    }
}

impl Journal for DayOne {
    fn survey(&mut self, stop: &AtomicBool) -> Result<Survey, PortabilityError> {
        let mut survey = Survey { app: APP, ..Survey::default() };
        for (number, form) in &self.journals {
            let file = &self.tree.files[*number];
            let goes_on = |total: u64| total <= MOST_ENTRIES && !stop.load(Ordering::Relaxed);
            match form {
                Form::Json => {
                    each_entry(file, &mut |entry| {
                        survey.total += 1;
                        survey.ids.extend(id_of(&entry));
                        self.media.know_of(&entry);
                        goes_on(survey.total)
                    });
                }
                Form::Plain => {
                    plain::each_entry(file, &mut |_| {
                        survey.total += 1;
                        goes_on(survey.total)
                    });
                }
                Form::Classic => {
                    survey.total += 1;
                    survey.ids.extend(clean_id(file.stem()));
                }
            }
        }
        if survey.total > MOST_ENTRIES { Err(PortabilityError::TooMuch) } else { Ok(survey) }
    }

    fn read(&mut self, ids: &HashMap<String, EntryId>, sender: &mut Sender<'_>) {
        let time_zone = self.host.clock.time_zone();
        let time_zone = time_zone.as_deref();
        for (number, form) in &self.journals {
            let file = &self.tree.files[*number];
            let journal =
                if *form == Form::Classic { classic::journal_of(file, &self.tree) } else { file.stem() };
            let reading = Reading { journal, time_zone, ids, media: &self.media, host: &self.host };
            let mut count = 0_u64;
            let mut wanted = true;
            let mut take = |draft: Result<Draft, String>| {
                count += 1;
                let item = || {
                    if *form == Form::Classic {
                        file.path.clone()
                    } else {
                        format!("{}, entry {count}", file.path)
                    }
                };
                wanted = sender.send(match draft {
                    Ok(draft) => Found::Draft(Box::new(draft)),
                    Err(why) => Found::Skipped(item(), why),
                });
                wanted
            };
            let end = match form {
                Form::Json => each_entry(file, &mut |entry| take(reading.draft(entry))),
                Form::Plain => {
                    plain::each_entry(file, &mut |entry| take(plain::draft(entry, journal, time_zone)))
                }
                Form::Classic => {
                    take(classic::read(file, &self.tree).and_then(|entry| reading.draft(entry)));
                    End::Whole
                }
            };
            if let Some(why) = end.why() {
                sender.send(Found::Skipped(format!("{}, after entry {count}", file.path), why.to_owned()));
            }
            if !wanted {
                return;
            }
        }
        for path in self.media.unused(&self.tree) {
            if !sender.send(Found::Skipped(path, "no entry names it".to_owned())) {
                return;
            }
        }
    }
}

/// Gives the id of an entry, in the one form in which it is compared.
fn id_of(entry: &Value) -> Option<String> {
    entry.get("uuid").and_then(Value::as_str).and_then(clean_id)
}

/// Gives an id in the form in which it is compared: the program writes it with and without dashes, large and small.
fn clean_id(id: &str) -> Option<String> {
    let id: String = id.chars().filter(|letter| *letter != '-').collect::<String>().to_ascii_uppercase();
    let fits = (8..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    fits.then_some(id)
}
