//! Joplin: its archive (JEX) or the same as a folder (RAW). Every item is a file; notes are read once it is known which
//! folders, tags and resources there are.
//!
//! Its Markdown with front matter is read as notes are (`notes.rs`).

mod item;
mod note;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};

use super::archive::{Tree, TreeFile, Unread};
use super::error::PortabilityError;
use super::import::{Found, Journal, MOST_ENTRIES, Sender, Survey};
use crate::ids::EntryId;
use crate::ports::Host;
use item::{FOLDER, Item, NOTE, NOTE_TAG, RESOURCE, REVISION, TAG};
use note::Reading;

/// The program that these entries come from.
pub(crate) const APP: &str = "joplin";
/// Bytes that an item may have.
const LARGEST_ITEM: u64 = 64 << 20;
/// Folders in folders.
const DEEPEST: usize = 50;

/// Reads what Joplin has exported.
pub(crate) struct Joplin {
    tree: Tree,
    host: Host,
    /// The numbers of the files that are notes.
    notes: Vec<usize>,
    known: Known,
    skipped: Vec<(String, String)>,
}

/// Holds what notes refer to.
#[derive(Default)]
struct Known {
    /// Title and parent of each folder.
    folders: HashMap<String, (String, String)>,
    tags: HashMap<String, String>,
    /// The tags of each note.
    tags_of: HashMap<String, Vec<String>>,
    resources: HashMap<String, Resource>,
}

/// Is a file that notes show or link to.
#[derive(Debug, Clone)]
struct Resource {
    name: String,
    size: Option<u64>,
    /// Its bytes, where the export has them.
    file: Option<TreeFile>,
    is_encrypted: bool,
}

impl Known {
    /// Lists the folders a note lies in, from the outermost.
    fn folders_of(&self, parent: &str) -> Vec<&str> {
        let mut path = Vec::new();
        let mut at = parent;
        while let Some((title, parent)) = self.folders.get(at) {
            path.push(title.as_str());
            // Folders that lie in one another in a circle end here.
            if path.len() == DEEPEST {
                break;
            }
            at = parent;
        }
        path.reverse();
        path
    }
}

/// Tells whether a file bears the name of an item.
pub(super) fn is_item_name(file: &TreeFile) -> bool {
    is_id(file.stem()) && file.ending() == "md"
}

/// Tells whether a file is an item.
pub(super) fn is_item(file: &TreeFile) -> bool {
    read_item(file).is_ok_and(|item| item.is_some())
}

fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn read_item(file: &TreeFile) -> Result<Option<Item>, String> {
    let bytes = file.read(LARGEST_ITEM).map_err(|why| match why {
        Unread::TooLarge => "it is larger than 64 MiB, which is no note any more".to_owned(),
        Unread::Unreadable => "it cannot be read, or its bytes are damaged".to_owned(),
    })?;
    let (text, _) = crate::journal::text::text_from_bytes(&bytes);
    Ok(Item::read(&text))
}

impl Joplin {
    pub(crate) fn new(tree: Tree, host: &Host) -> Self {
        Self { tree, host: host.clone(), notes: Vec::new(), known: Known::default(), skipped: Vec::new() }
    }

    fn learn(&mut self, number: usize, mut item: Item, survey: &mut Survey, others: &mut BTreeMap<u32, u32>) {
        let file = &self.tree.files[number];
        let id = file.stem().to_ascii_lowercase();
        let text = |item: &Item, name: &str| item.get(name).unwrap_or_default().to_ascii_lowercase();
        match item.kind {
            NOTE => {
                survey.total += 1;
                survey.ids.push(id);
                self.notes.push(number);
            }
            FOLDER => {
                let parent = text(&item, "parent_id");
                self.known.folders.insert(id, (item.title, parent));
            }
            TAG => {
                self.known.tags.insert(id, item.title);
            }
            NOTE_TAG => {
                self.known.tags_of.entry(text(&item, "note_id")).or_default().push(text(&item, "tag_id"));
            }
            RESOURCE => {
                let ending = text(&item, "file_extension");
                let name = item.take("filename").filter(|name| !name.is_empty());
                let name = Some(item.title.clone()).filter(|title| !title.is_empty()).or(name);
                let name = name
                    .unwrap_or_else(|| if ending.is_empty() { id.clone() } else { format!("{id}.{ending}") });
                let resource = Resource {
                    name,
                    size: item.get("size").and_then(|size| size.parse().ok()),
                    file: None,
                    is_encrypted: item.get("encryption_blob_encrypted").is_some()
                        || item.get("encryption_applied").is_some(),
                };
                self.known.resources.insert(id, resource);
            }
            other => *others.entry(other).or_default() += 1,
        }
    }
}

impl Journal for Joplin {
    fn survey(&mut self, stop: &AtomicBool) -> Result<Survey, PortabilityError> {
        let mut survey = Survey { app: APP, ..Survey::default() };
        let mut others = BTreeMap::new();
        let mut blobs: HashMap<String, usize> = HashMap::new();
        for number in 0..self.tree.files.len() {
            if stop.load(Ordering::Relaxed) || survey.total > MOST_ENTRIES {
                break;
            }
            let file = &self.tree.files[number];
            let in_resources = file.path.rsplit('/').nth(1) == Some("resources");
            if in_resources && (is_id(file.stem()) || is_id(file.name())) {
                blobs.insert(file.stem().to_ascii_lowercase(), number);
            } else if is_item_name(file) {
                match read_item(file) {
                    Ok(Some(item)) => self.learn(number, item, &mut survey, &mut others),
                    Ok(None) => self
                        .skipped
                        .push((file.path.clone(), "it is no item of Joplin, or breaks off".to_owned())),
                    Err(why) => self.skipped.push((file.path.clone(), why)),
                }
            } else {
                self.skipped.push((file.path.clone(), "it is no item of Joplin".to_owned()));
            }
        }
        for (id, number) in blobs {
            match self.known.resources.get_mut(&id) {
                Some(resource) => resource.file = Some(self.tree.files[number].clone()),
                None => self
                    .skipped
                    .push((self.tree.files[number].path.clone(), "no item describes it".to_owned())),
            }
        }
        for (kind, count) in others {
            let what = match kind {
                REVISION => "earlier versions of notes; only the newest of each was read".to_owned(),
                9 => "keys of Joplin’s encryption, which are of no use here".to_owned(),
                other => format!("items of kind {other}, which hold no words of yours"),
            };
            self.skipped.push((format!("{count} items"), what));
        }
        self.skipped.sort();
        if survey.total > MOST_ENTRIES { Err(PortabilityError::TooMuch) } else { Ok(survey) }
    }

    fn read(&mut self, ids: &HashMap<String, EntryId>, sender: &mut Sender<'_>) {
        for (item, why) in std::mem::take(&mut self.skipped) {
            if !sender.send(Found::Skipped(item, why)) {
                return;
            }
        }
        let time_zone = self.host.clock.time_zone();
        let mut used = HashSet::new();
        for number in &self.notes {
            let file = &self.tree.files[*number];
            let mut reading = Reading {
                known: &self.known,
                ids,
                time_zone: time_zone.as_deref(),
                host: &self.host,
                used: &mut used,
            };
            let draft = match read_item(file) {
                Ok(Some(item)) => reading.draft(&file.stem().to_ascii_lowercase(), item),
                Ok(None) => Err("it is no item of Joplin, or breaks off".to_owned()),
                Err(why) => Err(why),
            };
            let found = match draft {
                Ok(draft) => Found::Draft(Box::new(draft)),
                Err(why) => Found::Skipped(file.path.clone(), why),
            };
            if !sender.send(found) {
                return;
            }
        }
        let mut unused: Vec<&str> = self
            .known
            .resources
            .iter()
            .filter(|(id, resource)| !used.contains(*id) && resource.file.is_some())
            .map(|(_, resource)| resource.name.as_str())
            .collect();
        unused.sort_unstable();
        for name in unused {
            if !sender.send(Found::Skipped(name.to_owned(), "no note links to it".to_owned())) {
                return;
            }
        }
    }
}
