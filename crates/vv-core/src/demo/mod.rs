//! A sample notebook: a year in the working life of one person, for trying the app out and for pictures of it.
//!
//! The texts are the Markdown files beside this one, the pictures lie in `pictures/`. Days are counted back from today, so
//! the notebook is always one year old; what falls on a weekend moves to the Friday before. The notebook is written as its
//! owner would have written it, entry by entry under a clock that walks through the year, so its history is a real one.
//! Nothing here is ever mixed into a person's own notebook: a new one is made.

mod hum;
mod learning;
mod people;
mod pictures;
mod story;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::goals::GoalError;
use crate::helped::HelpedError;
use crate::ids::{AttachmentId, EntryId};
use crate::intentions::IntentionError;
use crate::journal::attach::add_file_as;
use crate::journal::{JournalError, Moment, NewEntry, create_entry, prepare_file, trash_entry};
use crate::loops::LoopError;
use crate::notebook::{NewKey, Notebook, NotebookError};
use crate::people::PersonError;
use crate::portability::replace_text;
use crate::ports::{Clock, Host};
use crate::search::{SearchError, index_some};
use crate::voice::VoiceError;
use learning::Learned;
use people::Met;
use story::{Page, Told, read_story};

/// The name of the person whose notebook it is.
pub const OWNER: &str = "Mara Lindqvist";

/// Says why the sample notebook was not made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The notebook could not be made; where one lies already, nothing is touched.
    #[error(transparent)]
    Notebook(#[from] NotebookError),
    /// An entry could not be written.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A loop could not be written.
    #[error(transparent)]
    Loop(#[from] LoopError),
    /// A goal could not be written.
    #[error(transparent)]
    Goal(#[from] GoalError),
    /// An intention could not be written.
    #[error(transparent)]
    Intention(#[from] IntentionError),
    /// The voice note could not be recorded.
    #[error(transparent)]
    Voice(#[from] VoiceError),
    /// Somebody could not be written down.
    #[error(transparent)]
    Person(#[from] PersonError),
    /// Help could not be noted.
    #[error(transparent)]
    Helped(#[from] HelpedError),
    /// The index could not be filled.
    #[error(transparent)]
    Search(#[from] SearchError),
}

impl From<crate::store::StoreError> for DemoError {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Journal(error.into())
    }
}

/// Makes the sample notebook in a folder where none is, closed and ready to be opened.
pub fn make_demo(folder: &Path, host: &Host, key: NewKey<'_>) -> Result<(), DemoError> {
    let zone = host.clock.time_zone();
    let told = read_story(host.clock.now(), zone.as_deref());
    let begin = told.first().map_or_else(|| host.clock.now(), |first| first.at) - TimeDelta::minutes(10);
    let clock = Arc::new(StoryClock { now: Mutex::new(begin), zone });
    let host = Host { clock: clock.clone(), ..host.clone() };
    let notebook = Notebook::create(folder, &host, OWNER, key)?;
    let met = notebook.write(Met::everybody)?;
    let mut pages = Pages { met, ..Pages::default() };
    for step in told {
        clock.set(step.at);
        pages.write(&notebook, &step.what)?;
    }
    notebook.write(|tx| pages.met.note_help(tx, &pages.entries))?;
    while !index_some(&notebook, u32::MAX)?.settled {}
    Ok(())
}

/// Tells the time of the story.
struct StoryClock {
    now: Mutex<DateTime<Utc>>,
    zone: Option<String>,
}

impl StoryClock {
    fn set(&self, at: DateTime<Utc>) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }
}

impl Clock for StoryClock {
    fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn time_zone(&self) -> Option<String> {
        self.zone.clone()
    }
}

/// Knows what was written so far.
#[derive(Default)]
struct Pages {
    entries: HashMap<&'static str, EntryId>,
    files: HashMap<(&'static str, &'static str), AttachmentId>,
    learned: Learned,
    met: Met,
}

impl Pages {
    fn write(&mut self, notebook: &Notebook, what: &Told) -> Result<(), DemoError> {
        match what {
            Told::Begins(page) => self.begin(notebook, page),
            Told::Changes(page, text) => {
                let text = self.with_files(notebook, page, text);
                let Some(id) = self.entries.get(page.name).copied() else { return Ok(()) };
                notebook.write(|tx| {
                    let ops = replace_text(tx, id, &text)?;
                    tx.commit(crate::store::Change { object: *id.as_bytes(), ops })?;
                    Ok(())
                })
            }
            Told::Learns(lesson) => notebook.write(|tx| self.learned.write(tx, *lesson, &self.entries)),
            Told::GoesToTrash(page) => {
                let Some(id) = self.entries.get(page.name).copied() else { return Ok(()) };
                Ok(notebook.write(|tx| trash_entry(tx, id))?)
            }
        }
    }

    fn begin(&mut self, notebook: &Notebook, page: &Page) -> Result<(), DemoError> {
        let text = self.with_files(notebook, page, page.texts[0]);
        let zone = notebook.host().clock.time_zone();
        let new = NewEntry {
            title: page.title.to_owned(),
            text,
            tags: page.tags.iter().map(|tag| (*tag).to_owned()).collect(),
            written: Some(Moment::at(notebook.host().clock.now(), zone.as_deref())?),
            starred: page.starred,
            origin: page.origin,
            ..NewEntry::default()
        };
        let files = page
            .files()
            .filter_map(|name| Some((self.files.get(&(page.name, name))?, name, pictures::bytes_of(name)?)))
            .map(|(id, name, bytes)| Ok((*id, prepare_file(notebook.blobs(), name, bytes)?)))
            .collect::<Result<Vec<_>, JournalError>>()?;
        let id = notebook.write(|tx| {
            let id = create_entry(tx, new)?;
            for (file, prepared) in &files {
                add_file_as(tx, *file, id, prepared)?;
            }
            Ok::<_, JournalError>(id)
        })?;
        self.entries.insert(page.name, id);
        if page.name == hum::PAGE {
            hum::record(notebook, id)?;
        }
        Ok(())
    }

    /// Puts the ids of files in the place of their names, and names people.
    fn with_files(&mut self, notebook: &Notebook, page: &Page, text: &str) -> String {
        let mut text = self.met.name(text, page.days_ago);
        for name in page.files() {
            let id =
                self.files.entry((page.name, name)).or_insert_with(|| notebook.host().ids.make_id().into());
            text = text.replace(&format!("](@{name})"), &format!("](attachment:{id})"));
        }
        text
    }
}
