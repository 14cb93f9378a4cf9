//! A program that writes is killed at any moment, again and again; what it said was saved is there, and all is sound.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use vv_core::Notebook;
use vv_core::ids::EntryId;
use vv_core::journal;
use vv_core::notebook::{NewKey, Unlock};

/// What a text may be after a kill: what was last said to be kept, or what was under way.
#[derive(Default, Clone)]
struct Texts {
    kept: Option<String>,
    under_way: Vec<String>,
}

fn kills() -> u64 {
    std::env::var("VV_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(200)
}

#[test]
fn what_was_saved_is_there_however_often_the_writer_is_killed() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let host = vv_tests::file_vault::host_in(place.path());
    let folder = place.path().join("notebook");
    drop(Notebook::create(&folder, &host, "Mara", NewKey::Keyring).expect("the notebook is made"));
    let kills = kills();
    let mut known: BTreeMap<EntryId, Texts> = BTreeMap::new();
    for kill in 1..=kills {
        let lifetime = Duration::from_micros(500 + (kill * 7_919) % 60_000);
        for (word, id, text) in write_until_killed(place.path(), kill, lifetime) {
            let texts = known.entry(id).or_default();
            match word.as_str() {
                "about" | "about-draft" => texts.under_way.push(text),
                _ => *texts = Texts { kept: Some(text), under_way: Vec::new() },
            }
        }
        let notebook =
            Notebook::open(&folder, &host, Unlock::Keyring).expect("the notebook opens after a kill");
        journal::recover_drafts(&notebook).expect("drafts are recovered");
        known = look(&notebook, known);
        if kill % 25 == 0 || kill == kills {
            let report = notebook.verify().expect("a check runs");
            assert!(report.problems.is_empty(), "after {kill} kills: {:?}", report.problems);
        }
    }
    assert!(known.len() > 20, "the writer hardly wrote: {} entries", known.len());
}

/// Reads every entry that was written about, and gives what is known of it from now on.
fn look(notebook: &Notebook, known: BTreeMap<EntryId, Texts>) -> BTreeMap<EntryId, Texts> {
    let mut seen = BTreeMap::new();
    for (id, texts) in known {
        // Only those that could have changed are looked at; the rest was seen before.
        if texts.under_way.is_empty() && texts.kept.is_none() {
            continue;
        }
        match notebook.read(|reader| journal::get_entry(reader, id)) {
            Ok(entry) => {
                let is_known =
                    texts.kept.as_ref() == Some(&entry.text) || texts.under_way.contains(&entry.text);
                assert!(is_known, "{id} holds {:?}, kept was {:?}", entry.text, texts.kept);
                seen.insert(id, Texts { kept: Some(entry.text), under_way: Vec::new() });
            }
            Err(_) => assert!(texts.kept.is_none(), "{id} was said to be saved and is not there"),
        }
    }
    seen
}

fn write_until_killed(place: &Path, seed: u64, lifetime: Duration) -> Vec<(String, EntryId, String)> {
    let mut writer = Command::new(env!("CARGO_BIN_EXE_writer"))
        .arg(place)
        .arg(seed.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the writer starts");
    let mut lines = BufReader::new(writer.stdout.take().expect("its output is piped")).lines();
    let first = lines.next().and_then(Result::ok);
    kill_after(&mut writer, lifetime);
    // A last line that was cut short says nothing.
    let said: Vec<String> = first.into_iter().chain(lines.map_while(Result::ok)).collect();
    said.iter().filter_map(|line| parse(line)).collect()
}

/// Waits for a while that is no synchronisation but the moment of the accident itself, and kills.
pub(super) fn kill_after(writer: &mut Child, lifetime: Duration) {
    std::thread::park_timeout(lifetime);
    writer.kill().expect("the writer is killed");
    writer.wait().expect("the writer ends");
}

fn parse(line: &str) -> Option<(String, EntryId, String)> {
    let mut fields = line.splitn(3, '\t');
    let (word, id, text) = (fields.next()?, fields.next()?, fields.next()?);
    Some((word.to_owned(), id.parse().ok()?, text.to_owned()))
}
