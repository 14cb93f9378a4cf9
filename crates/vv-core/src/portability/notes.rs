//! Reads the notes of a folder one after the other and follows their links.
//!
//! A note that links to no other note is ready when it was read. One that does waits: only when all were read is it known
//! which of the others become entries.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::archive::{TreeFile, Unread, name_of};
use super::draft::{Draft, DraftFile, Key, Mark};
use super::folder::{Folder, Target};
use super::import::{Found, Sender};
use super::links::{self, Link, local_path};
use super::model::ImportFormat;
use super::note::{self, Place, own_files, read_note};
use super::obsidian::DailyNotes;
use crate::ids::{AttachmentId, EntryId};
use crate::ports::Host;

/// The largest note that is read at all.
pub(super) const LARGEST_NOTE: u64 = 64 << 20;

/// Reads the notes of a folder.
pub(super) struct Notes {
    folder: Folder,
    /// The program the notes are of, and how it names the notes of days.
    app: &'static str,
    daily: Option<DailyNotes>,
    host: Host,
    time_zone: Option<String>,
    /// Which entry each note is, by its number.
    keys: HashMap<usize, Key>,
    /// The titles of notes; none where several bear one.
    by_title: HashMap<String, Option<usize>>,
    /// The ids of the entries that notes become.
    ids: HashMap<usize, EntryId>,
    /// The files that a note links to.
    linked: HashSet<String>,
}

impl Notes {
    pub(super) fn new(folder: Folder, format: ImportFormat, daily: Option<DailyNotes>, host: &Host) -> Self {
        Self {
            folder,
            app: match format {
                ImportFormat::Obsidian => note::OBSIDIAN,
                ImportFormat::Joplin => note::JOPLIN,
                _ => note::APP,
            },
            daily,
            time_zone: host.clock.time_zone(),
            host: host.clone(),
            keys: HashMap::new(),
            by_title: HashMap::new(),
            ids: HashMap::new(),
            linked: HashSet::new(),
        }
    }

    /// Gives the number of each note that can become an entry, and which one.
    pub(super) fn keys(&self) -> impl Iterator<Item = (usize, Key)> {
        self.keys.iter().map(|(number, key)| (*number, key.clone()))
    }

    /// Learns under which ids the notes become entries.
    pub(super) fn know(&mut self, ids: HashMap<usize, EntryId>) {
        self.ids = ids;
    }

    /// Reads every note; those that link to others are only announced.
    pub(super) fn read_all(&mut self, sender: &mut Sender<'_>) {
        for number in 0..self.folder.notes.len() {
            let note = self.folder.notes[number].clone();
            let found = match self.read(&note) {
                Err(why) => Found::Skipped(note.path, why),
                Ok((mut draft, bytes)) => {
                    let title = title_key(&draft.title);
                    self.by_title.entry(title).and_modify(|known| *known = None).or_insert(Some(number));
                    self.keys.insert(number, draft.key.clone());
                    if self.may_link_to_notes(&note, &draft.text) {
                        Found::Later(number)
                    } else {
                        self.follow_links(&note, &mut draft, &bytes);
                        Found::Draft(Box::new(draft))
                    }
                }
            };
            if !sender.send(found) {
                return;
            }
        }
    }

    /// Reads the notes of these numbers again, now that all are known.
    pub(super) fn read_some(&mut self, numbers: &[usize], sender: &mut Sender<'_>) {
        for number in numbers {
            let note = self.folder.notes[*number].clone();
            let found = match self.read(&note) {
                Err(why) => Found::Skipped(note.path, why),
                Ok((mut draft, bytes)) => {
                    self.follow_links(&note, &mut draft, &bytes);
                    Found::Draft(Box::new(draft))
                }
            };
            if !sender.send(found) {
                return;
            }
        }
    }

    /// Lists the files that no note links to.
    pub(super) fn left_over(&self) -> impl Iterator<Item = (String, &'static str)> {
        self.folder
            .other_files()
            .into_iter()
            .filter(|path| !self.linked.contains(*path))
            .map(|path| (path.to_owned(), "no note links to it"))
    }

    fn read(&self, note: &TreeFile) -> Result<(Draft, Vec<u8>), String> {
        let bytes = note.read(LARGEST_NOTE).map_err(|why| match why {
            Unread::TooLarge => "the file is larger than 64 MiB, which is no note any more".to_owned(),
            Unread::Unreadable => "the file cannot be read".to_owned(),
        })?;
        let place = Place {
            folder: &self.folder.name,
            path: &note.path,
            modified: note.modified,
            time_zone: self.time_zone.as_deref(),
            app: self.app,
            daily: self.daily.as_ref().and_then(|daily| {
                let depth = daily.folder().split('/').filter(|name| !name.is_empty()).count();
                Some((daily.day_of(&note.path)?, depth))
            }),
            is_utc: self.app == note::JOPLIN,
        };
        Ok((read_note(&place, &bytes)?, bytes))
    }

    /// Tells whether a link of the text could mean another note.
    fn may_link_to_notes(&self, note: &TreeFile, text: &str) -> bool {
        links::links(text).iter().any(|(_, _, link)| {
            if link.wiki {
                return !matches!(self.follow_wiki(note, link.target), Target::File(_));
            }
            let path = local_path(link.target);
            path.is_some_and(|path| matches!(self.folder.follow(&note.path, &path), Target::Note(_)))
        })
    }

    fn follow_wiki(&self, note: &TreeFile, target: &str) -> Target<'_> {
        let name = target.split(['#', '^']).next().unwrap_or_default().trim();
        self.folder.follow_name(&note.path, name)
    }

    /// Turns links to files into files of the entry and links to notes into links to entries.
    fn follow_links(&mut self, note: &TreeFile, draft: &mut Draft, bytes: &[u8]) {
        let mut files = Files::default();
        if matches!(draft.key, Key::Own(_)) {
            self.take_own_files(bytes, &mut files);
        }
        let mut missing = Vec::new();
        let mut left_out = Vec::new();
        let mut led_to = Vec::new();
        let text = links::rewrite(&draft.text, |link| {
            let target = if link.wiki {
                self.follow_wiki(note, link.target)
            } else {
                self.folder.follow(&note.path, &local_path(link.target)?)
            };
            match target {
                Target::File(path) => {
                    let id = files.id_of(path, || self.host.ids.make_id().into());
                    let label = if link.wiki { file_label(link, path) } else { link.label.to_owned() };
                    Some(format!("{}[{label}](attachment:{id})", if link.embeds { "!" } else { "" }))
                }
                Target::Note(number) => {
                    led_to.push(self.folder.notes[number].path.clone());
                    entry_link(link, *self.ids.get(&number)?)
                }
                Target::Missing if link.wiki => {
                    self.follow_title(link).or_else(|| {
                        // A name between brackets may be of an entry still to be written; a picture must be there.
                        if link.embeds {
                            missing.push(format!("{} → {}", draft.item, link.target));
                        }
                        None
                    })
                }
                Target::Missing => {
                    let names_a_file = link.target.rsplit('/').next().is_some_and(|name| name.contains('.'));
                    if link.embeds || names_a_file {
                        missing.push(format!("{} → {}", draft.item, link.target));
                    }
                    None
                }
                Target::Outside => {
                    left_out.push("a link leads out of the folder; it stays as it was written".to_owned());
                    None
                }
            }
        });
        draft.text = text.into_owned();
        // What a link leads to belongs to what the note says: a picture that comes with a later copy changes it.
        let mut mark = Mark::default();
        mark.take(draft.mark);
        led_to.iter().for_each(|path| {
            mark.take(path);
        });
        draft.missing.append(&mut missing);
        draft.left_out.append(&mut left_out);
        for (path, id, name) in files.0 {
            let Some(file) = self.folder.file(&path) else { continue };
            let name = name.unwrap_or_else(|| file.name().to_owned());
            mark.take(&path).take(file.size.to_le_bytes());
            draft.files.push(DraftFile {
                id,
                lies: file.lies.clone(),
                size: file.size,
                name,
                expected: None,
                voice: None,
            });
            self.linked.insert(path);
        }
        draft.mark = mark.end();
    }

    /// Takes the files that an own export names, with the ids and names they had.
    fn take_own_files(&self, bytes: &[u8], files: &mut Files) {
        for (id, name, path) in own_files(bytes) {
            if let (Ok(id), Target::File(path)) = (id.parse(), self.folder.follow("", &path)) {
                files.0.push((path.to_owned(), id, Some(name)));
            }
        }
    }

    /// Finds a note by its title. The link stays as it is when the title is the whole of it: that is how entries are linked.
    fn follow_title(&self, link: &Link<'_>) -> Option<String> {
        let number = (*self.by_title.get(&title_key(link.target))?)?;
        if link.label == link.target { None } else { entry_link(link, *self.ids.get(&number)?) }
    }
}

/// Gives the words of a link to a file that was written between double brackets: a size is no words.
fn file_label(link: &Link<'_>, path: &str) -> String {
    let name = name_of(path);
    let is_size = link.label.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
    match (link.label == link.target, is_size) {
        (true, _) => name.to_owned(),
        // The size stays where programs look for it.
        (false, true) => format!("{name}|{}", link.label),
        (false, false) => link.label.to_owned(),
    }
}

/// Writes a link to an entry; none when its words could not stand in one. The part of the entry that it names is said in words.
fn entry_link(link: &Link<'_>, id: EntryId) -> Option<String> {
    let part = link.target.split_once('#').map(|(_, part)| links::decoded(part)).unwrap_or_default();
    let part = part.trim_start_matches('^').trim();
    let words = if link.wiki && link.label == link.target {
        link.target.split('#').next().unwrap_or_default()
    } else {
        link.label
    };
    links::link_to_entry(words, part, id)
}

fn title_key(title: &str) -> String {
    title.trim().nfc().collect::<String>().to_lowercase()
}

/// Gathers the files of one note: path, id, and the name where one is given.
#[derive(Default)]
struct Files(Vec<(String, AttachmentId, Option<String>)>);

impl Files {
    fn id_of(&mut self, path: &str, make: impl FnOnce() -> AttachmentId) -> AttachmentId {
        if let Some((_, id, _)) = self.0.iter().find(|(known, _, _)| known == path) {
            return *id;
        }
        let id = make();
        self.0.push((path.to_owned(), id, None));
        id
    }
}
