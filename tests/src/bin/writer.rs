//! Writes in a notebook without pause, saying before each act what it is about to do and after it that it is done.
//!
//! It is killed in the stories, at any moment. Each line on its output is one word and fields after tabs:
//! `about`/`saved` entry text, `about-draft`/`drafted` entry text. What was said to be saved must be there afterwards.

#![allow(clippy::print_stdout, reason = "the story reads what it prints")]

use std::io::Write;
use std::path::PathBuf;

use vv_core::Notebook;
use vv_core::ids::EntryId;
use vv_core::journal::{self, NewEntry};
use vv_core::notebook::Unlock;

fn main() {
    let mut arguments = std::env::args_os().skip(1);
    let place = PathBuf::from(arguments.next().expect("the first argument is the folder of the story"));
    let seed: u64 = arguments
        .next()
        .and_then(|word| word.to_str()?.parse().ok())
        .expect("the second argument is a number");
    let host = vv_tests::file_vault::host_in(&place);
    let notebook =
        Notebook::open(&place.join("notebook"), &host, Unlock::Keyring).expect("the notebook opens");
    journal::recover_drafts(&notebook).expect("drafts are recovered");
    let mut chance = seed.max(1);
    let mut entries: Vec<EntryId> = Vec::new();
    for count in 0_u64.. {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        let text = format!("run {seed} act {count} {}", "word ".repeat((chance % 60) as usize));
        if entries.len() < 3 || chance.is_multiple_of(4) {
            entries.push(create(&notebook, &text));
        } else {
            let entry = entries[(chance / 7) as usize % entries.len()];
            edit(&notebook, entry, &text, chance % 3);
        }
    }
}

fn create(notebook: &Notebook, text: &str) -> EntryId {
    let id: EntryId = notebook.host().ids.make_id().into();
    say("about", id, text);
    let new = NewEntry { id: Some(id), text: text.to_owned(), ..NewEntry::default() };
    notebook.write(|tx| journal::create_entry(tx, new)).expect("an entry is made");
    say("saved", id, text);
    id
}

fn edit(notebook: &Notebook, id: EntryId, text: &str, drafts: u64) {
    let editor = journal::open_editor(notebook, id).expect("an entry is opened");
    for draft in 0..drafts {
        let text = format!("{text} draft {draft}");
        say("about-draft", id, &text);
        journal::keep_draft(notebook, editor.session, &text, "").expect("a draft is kept");
        say("drafted", id, &text);
    }
    say("about", id, text);
    journal::save_text(notebook, editor.session, text, "", true).expect("a text is saved");
    say("saved", id, text);
}

fn say(word: &str, id: EntryId, text: &str) {
    let mut out = std::io::stdout().lock();
    let said = writeln!(out, "{word}\t{id}\t{text}").and_then(|()| out.flush());
    said.expect("the story listens");
}
