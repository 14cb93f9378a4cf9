//! Writes in a notebook and carries it into a folder without pause, saying after each round what is there now.
//!
//! It is killed in the stories, at any moment: while it writes, while it reads what others put there, while it puts its own. Each line on its
//! output is `carried`, an entry and its text after tabs.

#![allow(clippy::print_stdout, reason = "the story reads what it prints")]

use std::io::Write;
use std::path::PathBuf;

use vv_core::Notebook;
use vv_core::ids::EntryId;
use vv_core::journal::{self, NewEntry};
use vv_core::notebook::Unlock;
use vv_core::sync::{Address, Unwatched, list_places, sync_with_folder};

fn main() {
    let mut arguments = std::env::args_os().skip(1);
    let place = PathBuf::from(arguments.next().expect("the first argument is the folder of the story"));
    let run = arguments.next().expect("the second argument names the run").to_string_lossy().into_owned();
    let host = vv_tests::file_vault::host_in(&place);
    let notebook =
        Notebook::open(&place.join("notebook"), &host, Unlock::Keyring).expect("the notebook opens");
    let through = list_places(&notebook).expect("places are listed").remove(0);
    let Address::Folder(folder) = &through.address else { panic!("it goes through a folder") };
    for count in 0_u64.. {
        let entries: Vec<(EntryId, String)> = (0..1 + count % 3)
            .map(|number| {
                let text = format!("run {run} round {count} entry {number} {}", "word ".repeat(40));
                let new = NewEntry { text: text.clone(), ..NewEntry::default() };
                (notebook.write(|tx| journal::create_entry(tx, new)).expect("an entry is made"), text)
            })
            .collect();
        sync_with_folder(&notebook, through.id, folder, &mut Unwatched).expect("a round with the folder");
        let mut out = std::io::stdout().lock();
        for (id, text) in entries {
            let said = writeln!(out, "carried\t{id}\t{text}").and_then(|()| out.flush());
            said.expect("the story listens");
        }
    }
}
