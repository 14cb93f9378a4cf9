//! Finds out what a tree is, by what it holds and not by its name.

use super::archive::Tree;
use super::error::PortabilityError;
use super::folder::is_note;
use super::model::ImportFormat;
use super::{dayone, joplin, jrnl, own_json, rednotebook};

/// Says what a tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Our own export as JSON.
    Own,
    /// A folder of notes.
    Notes(ImportFormat),
    DayOne,
    Joplin,
    Jrnl,
    RedNotebook,
}

impl Kind {
    /// Names its format.
    pub(crate) fn format(self) -> ImportFormat {
        match self {
            Self::Own => ImportFormat::ViceVersa,
            Self::Notes(format) => format,
            Self::DayOne => ImportFormat::DayOne,
            Self::Joplin => ImportFormat::Joplin,
            Self::Jrnl => ImportFormat::Jrnl,
            Self::RedNotebook => ImportFormat::RedNotebook,
        }
    }
}

/// Finds out what a tree is, or checks that it is what the person says.
pub(crate) fn find(tree: &Tree, wanted: Option<ImportFormat>) -> Result<Kind, PortabilityError> {
    let Some(wanted) = wanted else {
        return KINDS
            .iter()
            .find(|(_, is_it)| is_it(tree))
            .map(|(kind, _)| *kind)
            .ok_or(PortabilityError::UnknownFormat);
    };
    if matches!(wanted, ImportFormat::Markdown | ImportFormat::Obsidian) && is_notes(tree) {
        return Ok(Kind::Notes(wanted));
    }
    // An encrypted journal may show no sign of what it is.
    if wanted == ImportFormat::Jrnl && jrnl::is_it(tree, true) {
        return Ok(Kind::Jrnl);
    }
    let found =
        KINDS.iter().find(|(kind, is_it)| kind.format() == wanted && is_it(tree)).map(|(kind, _)| *kind);
    match (found, wanted) {
        (Some(kind), _) => Ok(kind),
        // Joplin also writes Markdown with front matter, which shows no sign of its own.
        (None, ImportFormat::Joplin) if is_notes(tree) => Ok(Kind::Notes(wanted)),
        (None, _) => Err(PortabilityError::OtherFormat(name_of(wanted))),
    }
}

type Test = fn(&Tree) -> bool;

/// The kinds in the order in which they are looked for: what bears a sure sign first.
const KINDS: [(Kind, Test); 8] = [
    (Kind::Own, is_own),
    (Kind::DayOne, dayone::is_it),
    (Kind::Joplin, is_joplin),
    (Kind::Jrnl, is_jrnl),
    (Kind::RedNotebook, rednotebook::is_it),
    (Kind::Notes(ImportFormat::Obsidian), is_obsidian),
    (Kind::Notes(ImportFormat::Joplin), is_joplin_markdown),
    (Kind::Notes(ImportFormat::Markdown), is_notes),
];

fn name_of(format: ImportFormat) -> &'static str {
    match format {
        ImportFormat::DayOne => "journal of Day One",
        ImportFormat::Joplin => "export of Joplin",
        ImportFormat::Jrnl => "journal of jrnl",
        ImportFormat::Obsidian => "vault of Obsidian",
        ImportFormat::RedNotebook => "journal of RedNotebook",
        ImportFormat::Markdown => "folder of Markdown files",
        ImportFormat::ViceVersa => "export of this program as JSON",
    }
}

fn is_own(tree: &Tree) -> bool {
    tree.file(own_json::FILE).is_some()
}

fn is_joplin(tree: &Tree) -> bool {
    tree.files.iter().filter(|file| joplin::is_item_name(file)).take(8).any(joplin::is_item)
}

fn is_jrnl(tree: &Tree) -> bool {
    jrnl::is_it(tree, false)
}

fn is_obsidian(tree: &Tree) -> bool {
    !tree.settings.is_empty() && is_notes(tree)
}

fn is_joplin_markdown(tree: &Tree) -> bool {
    is_notes(tree) && tree.files.iter().any(|file| file.path.starts_with("_resources/"))
}

fn is_notes(tree: &Tree) -> bool {
    tree.files.iter().any(|file| is_note(&file.path))
}
