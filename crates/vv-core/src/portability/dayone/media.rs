//! The media of an export: which file is meant by an id, a hash or a name, and the links of a text that lead to them.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::super::archive::{Tree, TreeFile};
use super::super::draft::{Draft, DraftFile, Expected, Mark};
use super::super::links::{self, Link};
use super::clean_id;
use crate::ids::{AttachmentId, EntryId};
use crate::ports::Host;

/// The lists of an entry that name media, the folder of each, and the word that links use.
pub(super) const LISTS: [(&str, &str, &str); 4] = [
    ("photos", "photos", ""),
    ("videos", "videos", "video"),
    ("audios", "audios", "audio"),
    ("pdfAttachments", "pdfs", "pdfAttachment"),
];

/// Is one thing that an entry lists.
#[derive(Debug, Clone, Default)]
pub(super) struct Listed {
    pub(super) id: String,
    md5: Option<String>,
    ending: String,
    folder: &'static str,
    name: Option<String>,
}

impl Listed {
    /// Reads one item of a list; its other facts stay with the entry.
    pub(super) fn of(item: &Value, folder: &'static str) -> Option<Self> {
        let text = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
        let name = text("filename").or_else(|| text("pdfName")).filter(|name| !name.trim().is_empty());
        Some(Self {
            id: clean_id(&text("identifier")?)?,
            md5: text("md5").map(|md5| md5.to_ascii_lowercase()).filter(|md5| !md5.is_empty()),
            ending: text("type")
                .or_else(|| text("format"))
                .unwrap_or_default()
                .trim_start_matches('.')
                .to_ascii_lowercase(),
            folder,
            name,
        })
    }
}

/// Holds what the export has of media.
pub(super) struct Media {
    /// Files by name without ending, in small letters.
    by_stem: HashMap<String, Vec<TreeFile>>,
    /// What any entry lists, by id: a photo may be shown by an entry that does not list it.
    listed: HashMap<String, Listed>,
    used: RefCell<HashSet<String>>,
}

impl Media {
    pub(super) fn of(tree: &Tree) -> Self {
        let mut by_stem: HashMap<String, Vec<TreeFile>> = HashMap::new();
        for file in &tree.files {
            let folder = file.path.rsplit('/').nth(1).unwrap_or_default();
            if LISTS.iter().any(|(_, known, _)| *known == folder) {
                by_stem.entry(file.stem().to_ascii_lowercase()).or_default().push(file.clone());
            }
        }
        Self { by_stem, listed: HashMap::new(), used: RefCell::default() }
    }

    /// Takes note of what an entry lists.
    pub(super) fn know_of(&mut self, entry: &Value) {
        for (list, folder, _) in LISTS {
            for item in entry.get(list).and_then(Value::as_array).into_iter().flatten() {
                if let Some(listed) = Listed::of(item, folder) {
                    self.listed.entry(listed.id.clone()).or_insert(listed);
                }
            }
        }
    }

    /// Finds the file of a thing: by its hash, else by its id; its own folder and ending first, because sounds are listed
    /// under another ending than their file has.
    fn find(&self, listed: &Listed) -> Option<&TreeFile> {
        let stems = [listed.md5.as_deref(), Some(listed.id.as_str())];
        let files =
            stems.into_iter().flatten().find_map(|stem| self.by_stem.get(&stem.to_ascii_lowercase()))?;
        let in_folder = |file: &&TreeFile| file.path.rsplit('/').nth(1) == Some(listed.folder);
        files
            .iter()
            .filter(in_folder)
            .find(|file| file.ending() == listed.ending)
            .or_else(|| files.iter().find(in_folder))
            .or_else(|| files.first())
    }

    /// Lists the files that nothing has named.
    pub(super) fn unused(&self, tree: &Tree) -> Vec<String> {
        let used = self.used.borrow();
        let mut all: Vec<String> = self.by_stem.values().flatten().map(|file| file.path.clone()).collect();
        let is_known = |file: &&TreeFile| {
            file.ending() != "json" && file.ending() != "doentry" && file.ending() != "txt"
        };
        all.extend(tree.files.iter().filter(is_known).map(|file| file.path.clone()));
        all.sort();
        all.dedup();
        all.retain(|path| !used.contains(path));
        all
    }

    /// Follows the links of a draft's text, and attaches what its entry lists.
    pub(super) fn attach(
        &self,
        draft: &mut Draft,
        listed: &[Listed],
        ids: &HashMap<String, EntryId>,
        host: &Host,
        mark: &mut Mark,
    ) {
        let text = std::mem::take(&mut draft.text);
        let mut own = Attaching { media: self, listed, draft, host, taken: HashMap::new() };
        let shown = own.shown_but_unknown(&text);
        let spare = own.listed_but_not_shown(&text);
        let text = links::rewrite(&text, |link| {
            if let Some(id) = moment_of(link.target) {
                return own.follow(link, &id, (&shown, &spare), mark);
            }
            let id = entry_of(link.target)?;
            mark.take(&id);
            links::link_to_entry(link.label, "", *ids.get(&id)?)
        })
        .into_owned();
        for thing in listed {
            own.take(thing, mark);
        }
        draft.text = bare_links(text, ids, mark);
    }
}

/// Is the attaching of one entry's media.
struct Attaching<'a> {
    media: &'a Media,
    listed: &'a [Listed],
    draft: &'a mut Draft,
    host: &'a Host,
    /// The id here of each thing, none where its file is missing.
    taken: HashMap<String, Option<(AttachmentId, String)>>,
}

impl Attaching<'_> {
    /// Gives the ids that the text shows and no entry lists.
    fn shown_but_unknown(&self, text: &str) -> Vec<String> {
        let mut shown: Vec<String> =
            links::links(text).iter().filter_map(|(_, _, link)| moment_of(link.target)).collect();
        shown.retain(|id| !self.media.listed.contains_key(id));
        shown.dedup();
        shown
    }

    fn listed_but_not_shown(&self, text: &str) -> Vec<Listed> {
        let shown: HashSet<String> =
            links::links(text).iter().filter_map(|(_, _, link)| moment_of(link.target)).collect();
        self.listed.iter().filter(|thing| !shown.contains(&thing.id)).cloned().collect()
    }

    fn follow(
        &mut self,
        link: &Link<'_>,
        id: &str,
        (unknown, spare): (&[String], &[Listed]),
        mark: &mut Mark,
    ) -> Option<String> {
        let own =
            self.listed.iter().find(|thing| thing.id == id).or_else(|| self.media.listed.get(id)).cloned();
        // A photo used twice is shown under an id that nothing lists. When one such place and one photo are left, they belong together.
        let thing = own.or_else(|| match (unknown, spare) {
            ([_], [one]) => Some(one.clone()),
            _ => None,
        });
        let Some(thing) = thing else {
            self.draft.missing.push(format!("{} → {}", self.draft.item, link.target));
            mark.take(link.target);
            return None;
        };
        let (attachment, name) = self.take(&thing, mark)?;
        let label = if link.label.trim().is_empty() { links::label_of(&name) } else { link.label.to_owned() };
        let shows = if thing.folder == "photos" { "!" } else { "" };
        Some(format!("{shows}[{label}](attachment:{attachment})"))
    }

    /// Attaches a thing, once.
    fn take(&mut self, thing: &Listed, mark: &mut Mark) -> Option<(AttachmentId, String)> {
        if let Some(known) = self.taken.get(&thing.id) {
            return known.clone();
        }
        let found = self.media.find(thing);
        let name = thing.name.clone().or_else(|| found.map(|file| file.name().to_owned()));
        let name = name.unwrap_or_else(|| {
            format!("{}/{}.{}", thing.folder, thing.md5.as_ref().unwrap_or(&thing.id), thing.ending)
        });
        mark.take(&name);
        let taken = match found {
            Some(file) if file.size > 0 => {
                self.media.used.borrow_mut().insert(file.path.clone());
                let id: AttachmentId = self.host.ids.make_id().into();
                // A file found by its id bears that as its name, which says nothing of its bytes.
                let hash = thing.md5.as_deref().unwrap_or_default();
                let expected = data_encoding::HEXLOWER_PERMISSIVE.decode(hash.as_bytes()).ok();
                self.draft.files.push(DraftFile {
                    id,
                    lies: file.lies.clone(),
                    size: file.size,
                    name: name.clone(),
                    expected: expected.and_then(|hash| hash.try_into().ok()).map(Expected::Md5),
                    voice: None,
                });
                Some((id, name))
            }
            Some(file) => {
                self.media.used.borrow_mut().insert(file.path.clone());
                self.draft.missing.push(format!("{} → {name} (the file is empty)", self.draft.item));
                None
            }
            None => {
                self.draft.missing.push(format!("{} → {name}", self.draft.item));
                None
            }
        };
        self.taken.insert(thing.id.clone(), taken.clone());
        taken
    }
}

/// Gives the id of a thing that a link shows: `dayone-moment://ID`, `dayone-moment:/audio/ID` and the like.
fn moment_of(target: &str) -> Option<String> {
    let rest = target.trim().strip_prefix("dayone-moment:")?;
    clean_id(rest.rsplit('/').next()?)
}

/// Gives the id of an entry that a link leads to.
fn entry_of(target: &str) -> Option<String> {
    let rest = target.trim().strip_prefix("dayone")?;
    let query = rest.strip_prefix('2').unwrap_or(rest).strip_prefix("://view?")?;
    query.split('&').find_map(|part| part.strip_prefix("entryId=")).and_then(clean_id)
}

/// Turns addresses of entries that stand by themselves into links.
fn bare_links(text: String, ids: &HashMap<String, EntryId>, mark: &mut Mark) -> String {
    if !text.contains("://view?") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("dayone") {
        let (before, from) = rest.split_at(at);
        let end = from
            .find(|letter: char| letter.is_whitespace() || ")>]\"'".contains(letter))
            .unwrap_or(from.len());
        let linked = entry_of(&from[..end]).filter(|_| !before.ends_with("](")).and_then(|id| {
            mark.take(&id);
            links::link_to_entry("Day One", "", *ids.get(&id)?)
        });
        out.push_str(before);
        out.push_str(linked.as_deref().unwrap_or(&from[..end]));
        rest = &from[end..];
        if end == 0 {
            break;
        }
    }
    out.push_str(rest);
    out
}
