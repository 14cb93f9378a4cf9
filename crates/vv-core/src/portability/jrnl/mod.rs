//! jrnl: its JSON, its text file, a folder with a file a day, and encrypted files, for which the passphrase is asked.
//!
//! The program gives its entries no ids and no seconds, so several may be of one minute; which is which is told by the words.

mod encrypted;
mod entry;
mod text;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::archive::{Lying, Tree, TreeFile};
use super::error::PortabilityError;
use super::folder::is_note;
use super::import::{Found, Journal, MOST_ENTRIES, Sender, Survey};
use super::json_stream::{Shape, each_entry, shape_of};
use crate::ids::EntryId;
use crate::ports::Host;
use entry::Reading;
use text::DayOrder;

/// The program that these entries come from.
pub(crate) const APP: &str = "jrnl";
/// Bytes of an encrypted journal: it is opened in memory.
const LARGEST_ENCRYPTED: u64 = 96 << 20;
/// Bytes that tell what a file is.
const LOOK: u64 = 64 << 10;

/// Reads a journal of jrnl.
pub(crate) struct Jrnl {
    name: String,
    host: Host,
    files: Vec<(TreeFile, Form)>,
    skipped: Vec<(String, &'static str)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    /// Text, with its dates between brackets or, before version 2, without.
    Text {
        brackets: bool,
        order: DayOrder,
    },
}

/// Tells whether a tree is a journal of jrnl. An encrypted one of the first version shows no sign, so there the person says it,
/// or the name of a single file makes it likely.
pub(crate) fn is_it(tree: &Tree, said: bool) -> bool {
    if tree.is_single {
        let file = &tree.files[0];
        // A note that happens to begin with a date between brackets is a note.
        if !said && is_note(&file.path) {
            return false;
        }
        let likely = said || matches!(file.ending().as_str(), "txt" | "jrnl" | "journal" | "");
        return form_of(file).is_some()
            || encrypted::find(&file.beginning(LOOK), file.size)
                .is_some_and(|version| version == encrypted::Version::Two || likely);
    }
    tree.files.iter().any(|file| (said || is_of_a_day(&file.path)) && form_of(file).is_some())
}

/// Tells whether a path is that of a day: `2024/01/15.txt`.
fn is_of_a_day(path: &str) -> bool {
    let mut parts = path.rsplit('/');
    let mut digits = |count: usize, ending: &str| {
        parts
            .next()
            .and_then(|part| part.strip_suffix(ending))
            .is_some_and(|part| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    digits(2, ".txt") && digits(2, "") && digits(4, "")
}

fn form_of(file: &TreeFile) -> Option<Form> {
    if shape_of(file) == Some(Shape::Jrnl) {
        return Some(Form::Json);
    }
    let begun = file.beginning(LOOK);
    let begun = String::from_utf8_lossy(begun.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&begun));
    text::find_brackets(&begun).map(|brackets| Form::Text { brackets, order: DayOrder::DayFirst })
}

impl Jrnl {
    /// Opens a journal, with its passphrase where it needs one.
    pub(crate) fn open(tree: Tree, passphrase: Option<&str>, host: &Host) -> Result<Self, PortabilityError> {
        let mut jrnl = Self { name: tree.name, host: host.clone(), files: Vec::new(), skipped: Vec::new() };
        for file in tree.files {
            if let Some(form) = form_of(&file) {
                jrnl.files.push((file, form));
                continue;
            }
            let Some(version) = encrypted::find(&file.beginning(LOOK), file.size).filter(|_| tree.is_single)
            else {
                jrnl.skipped.push((file.path, "it is no journal of jrnl"));
                continue;
            };
            let passphrase = passphrase.ok_or(PortabilityError::NeedsPassphrase)?;
            let sealed = file.read(LARGEST_ENCRYPTED).map_err(|_| PortabilityError::TooMuch)?;
            let plain =
                encrypted::open(version, &sealed, passphrase).ok_or(PortabilityError::WrongPassphrase)?;
            let file =
                TreeFile { lies: Lying::Memory(plain.as_slice().into()), size: plain.len() as u64, ..file };
            // A journal without a single entry is an empty one, once the passphrase has opened it.
            let form = form_of(&file).unwrap_or(Form::Text { brackets: true, order: DayOrder::DayFirst });
            jrnl.files.push((file, form));
        }
        Ok(jrnl)
    }
}

impl Journal for Jrnl {
    fn survey(&mut self, stop: &AtomicBool) -> Result<Survey, PortabilityError> {
        let mut total = 0;
        for (file, form) in &mut self.files {
            let goes_on = |total: u64| total <= MOST_ENTRIES && !stop.load(Ordering::Relaxed);
            match form {
                Form::Json => {
                    each_entry(file, &mut |_| {
                        total += 1;
                        goes_on(total)
                    });
                }
                Form::Text { brackets, order } => {
                    *order = text::find_order(file, *brackets, stop);
                    text::each_entry(file, *brackets, *order, &mut |_| {
                        total += 1;
                        goes_on(total)
                    });
                }
            }
        }
        if total > MOST_ENTRIES {
            return Err(PortabilityError::TooMuch);
        }
        Ok(Survey { total, app: APP, ids: Vec::new() })
    }

    fn read(&mut self, _: &HashMap<String, EntryId>, sender: &mut Sender<'_>) {
        for (path, why) in std::mem::take(&mut self.skipped) {
            sender.send(Found::Skipped(path, why.to_owned()));
        }
        let time_zone = self.host.clock.time_zone();
        for (file, form) in &self.files {
            let journal = if is_of_a_day(&file.path) { &self.name } else { file.stem() };
            let reading = Reading { journal, time_zone: time_zone.as_deref() };
            let mut count = 0_u64;
            let mut wanted = true;
            let mut take = |draft: Result<_, String>| {
                count += 1;
                wanted = sender.send(match draft {
                    Ok(draft) => Found::Draft(Box::new(draft)),
                    Err(why) => Found::Skipped(format!("{}, entry {count}", file.path), why),
                });
                wanted
            };
            let end = match form {
                Form::Json => each_entry(file, &mut |entry| take(reading.of_json(entry))).why(),
                Form::Text { brackets, order } => {
                    text::each_entry(file, *brackets, *order, &mut |entry| take(reading.of_text(entry))).why()
                }
            };
            if let Some(why) = end {
                sender.send(Found::Skipped(format!("{}, after entry {count}", file.path), why.to_owned()));
            }
            if let (Form::Text { order: DayOrder::Unclear, .. }, true) = (form, count > 0) {
                let why = "its dates can be read in two ways; the month was taken to come first, as slashes suggest";
                sender.send(Found::Skipped(file.path.clone(), why.to_owned()));
            }
            if !wanted {
                return;
            }
        }
    }
}
