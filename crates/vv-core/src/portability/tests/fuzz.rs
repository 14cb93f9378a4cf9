//! Every reader of a foreign format against damaged files: the fixtures, changed in thousands of ways that follow from a seed.
//!
//! Nothing may panic, hang or make an entry that the journal does not take. `cargo xtask fuzz` runs it longer, from seeds of
//! its own; the line of a failure names the seed and the round that make it again.

use std::sync::atomic::AtomicBool;

use super::super::archive::{Lying, Tree, TreeFile};
use super::super::import::{Found, Journal, gather};
use super::super::note::{APP, JOPLIN, OBSIDIAN, Place, read_note};
use super::super::{
    dayone, detect, draft::Draft, front_matter, html, joplin, jrnl, links, obsidian, rednotebook,
};
use super::packing::{files_of, fixture};
use super::*;
use crate::journal::tag::clean_tags;
use crate::journal::text::clean_title;

/// Pieces that mean something to one of the formats.
const PIECES: &[&[u8]] = &[
    b"\"",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\n",
    b"\\n",
    b"\\u200b",
    b"\xFF",
    b"\xE2\x80",
    b"---\n",
    b"```",
    b"[[",
    b"]]",
    b"](",
    b"![",
    b"<script>",
    b"<b>",
    b"</",
    b"&a",
    b"*a",
    b"!!python/object ",
    b"type_: 1",
    b": ",
    b"\tDate:\t",
    b"[2024-01-15 10:05] ",
    b"0000-00-00",
    b"99999999999999999999",
    b"-1",
    b"attachment:",
    b"PK\x01\x02",
    b"ustar",
    b"\0\0\0\0",
    b"gAAAAA",
];

/// Runs a reader over changed fixtures.
fn fuzz(name: &str, seeds: &[Vec<u8>], target: impl FnMut(&[u8])) {
    crate::fuzzing::fuzz(name, seeds, PIECES, target);
}

fn seeds(folder: &str, endings: &[&str]) -> Vec<Vec<u8>> {
    let fits = |path: &str| endings.iter().any(|ending| path.ends_with(ending));
    files_of(&fixture(folder)).into_iter().filter(|(path, _)| fits(path)).map(|(_, bytes)| bytes).collect()
}

fn tree(files: &[(&str, &[u8])]) -> Tree {
    let file = |(path, bytes): &(&str, &[u8])| TreeFile {
        path: (*path).to_owned(),
        lies: Lying::Memory((*bytes).into()),
        size: bytes.len() as u64,
        modified: None,
    };
    let mut tree = Tree { name: "fuzz".into(), files: files.iter().map(file).collect(), ..Tree::default() };
    tree.is_single = files.len() == 1;
    tree.files.sort_by(|a, b| a.path.cmp(&b.path));
    tree
}

/// Holds what must be so of any draft.
fn check(draft: &Draft) {
    assert!(clean_title(&draft.title).is_ok(), "a title the journal takes");
    assert!(clean_tags(&draft.tags).is_ok(), "tags the journal takes");
    let fields = draft.source.iter().flat_map(|source| &source.fields);
    assert!(
        fields.map(|(name, value)| name.len() + value.len()).sum::<usize>() < 200 << 10,
        "fields that a record holds"
    );
    for file in &draft.files {
        assert!(!file.name.is_empty() || file.size > 0);
    }
    for (_, _, link) in links::links(&draft.text) {
        assert!(!link.target.to_ascii_lowercase().starts_with("javascript:") || draft.source.is_none());
    }
}

fn drive(journal: &mut dyn Journal) {
    let stop = AtomicBool::new(false);
    let Ok(survey) = journal.survey(&stop) else { return };
    let host = TestHost::new(7, Path::new("/nowhere"));
    let ids = survey.ids.into_iter().map(|id| (id, host.host.ids.make_id().into())).collect();
    for found in gather(|sender| journal.read(&ids, sender)) {
        if let Found::Draft(draft) = found {
            check(&draft);
        }
    }
}

fn host() -> crate::ports::Host {
    TestHost::new(7, Path::new("/nowhere")).host
}

#[test]
fn day_one_json_survives() {
    let host = host();
    fuzz("Day One JSON", &seeds("dayone", &[".json"]), |bytes| {
        drive(&mut dayone::DayOne::new(
            tree(&[("Journal.json", bytes), ("photos/a7f98b5719b63655b7f315f479ca884c.png", b"x")]),
            &host,
        ));
    });
}

#[test]
fn day_one_classic_and_plain_text_survive() {
    let host = host();
    fuzz("Day One Classic", &seeds("dayone-classic", &[".doentry"]), |bytes| {
        drive(&mut dayone::DayOne::new(
            tree(&[("a/entries/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.doentry", bytes), ("x", b"")]),
            &host,
        ));
    });
    fuzz("Day One plain text", &seeds("dayone-text", &[".txt"]), |bytes| {
        drive(&mut dayone::DayOne::new(tree(&[("Journal.txt", bytes)]), &host));
    });
}

#[test]
fn joplin_items_survive() {
    let host = host();
    let items = files_of(&fixture("joplin"));
    fuzz("Joplin", &seeds("joplin", &[".md"]), |bytes| {
        let mut files: Vec<(&str, &[u8])> =
            items.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
        files.retain(|(path, _)| !path.starts_with("0000"));
        files.push(("00000000000000000000000000000009.md", bytes));
        drive(&mut joplin::Joplin::new(tree(&files), &host));
    });
}

#[test]
fn jrnl_survives() {
    let host = host();
    fuzz("jrnl", &seeds("jrnl", &[".txt", ".json"]), |bytes| {
        if let Ok(mut journal) = jrnl::Jrnl::open(tree(&[("journal.txt", bytes)]), None, &host) {
            drive(&mut journal);
        }
    });
}

#[test]
fn rednotebook_survives() {
    let host = host();
    fuzz("RedNotebook", &seeds("rednotebook/data", &[".txt"]), |bytes| {
        drive(&mut rednotebook::RedNotebook::new(tree(&[("2014-12.txt", bytes)]), &host));
    });
}

#[test]
fn notes_with_front_matter_survive() {
    let mut all = seeds("obsidian", &[".md"]);
    all.extend(seeds("joplin-markdown", &[".md"]));
    fuzz("notes", &all, |bytes| {
        for app in [APP, OBSIDIAN, JOPLIN] {
            let place = Place {
                folder: "fuzz",
                path: "Work/2024-01-15 Note.md",
                modified: None,
                time_zone: Some("Europe/Berlin"),
                app,
                daily: None,
                is_utc: app == JOPLIN,
            };
            if let Ok(draft) = read_note(&place, bytes) {
                check(&draft);
            }
        }
        let text = String::from_utf8_lossy(bytes);
        let _ = (front_matter::split(&text), obsidian::tags_in(&text));
    });
}

#[test]
fn html_survives_and_never_keeps_a_script() {
    let seed = b"<h1 id=x>Hi</h1><table><tr><td>a<td>b</table><script>steal()</script><a href='javascript:x'>go</a><pre><code>c</code></pre><img src=a onerror=x>".to_vec();
    fuzz("HTML", &[seed, b"<ul><li>a<ol><li>b</ul><!-- c --><p>d<br>e&amp;f&#x41;".to_vec()], |bytes| {
        html::to_markdown(&String::from_utf8_lossy(bytes));
    });
}

#[test]
fn archives_survive() {
    let place = tempfile::tempdir().unwrap();
    let zip = place.path().join("a.zip");
    let tar = place.path().join("a.jex");
    packing::zip(&zip, &files_of(&fixture("dayone")));
    packing::tar(&tar, &files_of(&fixture("joplin")));
    let seeds = [fs::read(&zip).unwrap(), fs::read(&tar).unwrap()];
    let host = host();
    let at = place.path().join("changed");
    fuzz("archives", &seeds, |bytes| {
        fs::write(&at, bytes).unwrap();
        let Ok(tree) = Tree::open(&at, &AtomicBool::new(false)) else { return };
        for file in &tree.files {
            assert!(
                !file.path.starts_with('/') && !file.path.split('/').any(|part| part == ".."),
                "inside the archive"
            );
        }
        match detect::find(&tree, None) {
            Ok(detect::Kind::DayOne) => drive(&mut dayone::DayOne::new(tree, &host)),
            Ok(detect::Kind::Joplin) => drive(&mut joplin::Joplin::new(tree, &host)),
            _ => {}
        }
    });
}
