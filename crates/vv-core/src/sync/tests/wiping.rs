//! What was deleted for good is gone from every place.

use std::fs;

use vv_protocol::wire::Carried;

use super::*;
use crate::ids::EntryId;
use crate::journal::{NewEntry, attach_bytes, create_entry, delete_entry, get_entry, trash_entry};
use crate::store::tests::files_under;

fn write(notebook: &Notebook, text: &str) -> EntryId {
    notebook.write(|tx| create_entry(tx, NewEntry { text: text.into(), ..NewEntry::default() })).unwrap()
}

fn delete(notebook: &Notebook, entry: EntryId) {
    notebook.write(|tx| trash_entry(tx, entry)).unwrap();
    delete_entry(notebook, entry).unwrap();
}

#[test]
fn a_server_keeps_neither_records_nor_chunks_of_what_was_deleted_for_good() {
    let way = server();
    let (one, two) = two(&way);
    let Way::Server(memory) = &way else { unreachable!("it is a server") };
    let (gone, stays) = (write(one.notebook(), "gone"), write(one.notebook(), "stays"));
    attach_bytes(one.notebook(), gone, "gone.bin", &[7; 3000]).unwrap();
    attach_bytes(one.notebook(), stays, "stays.bin", &[8; 3000]).unwrap();
    settle(&one, &two);
    let stubs = |server: &MemoryServer| {
        let kept = server.copy();
        let streams = kept.spaces.values().flat_map(|space| space.streams.values());
        let records = streams.flat_map(|stream| stream.records.clone()).filter(Carried::is_stub).count();
        (records, kept.spaces.values().map(|space| space.chunks.len()).sum::<usize>())
    };
    assert_eq!(stubs(memory), (0, 2));
    // The other laptop deletes what this one wrote.
    delete(two.notebook(), gone);
    settle(&one, &two);
    let (erased, chunks) = stubs(memory);
    assert!(erased >= 3, "entry, file and what became of them: {erased}");
    assert_eq!(chunks, 1);
    assert!(one.notebook().read(|reader| get_entry(reader, gone)).is_err());
    // A device that comes later builds the same from what is left.
    let late = Synced::with(Laptop::join(one.notebook(), 3), way.clone());
    settle(&one, &late);
    assert!(late.notebook().read(|reader| get_entry(reader, stays)).is_ok());
}

#[test]
fn what_was_deleted_before_it_was_ever_sent_is_sent_without_its_content() {
    let way = server();
    let (one, two) = two(&way);
    let gone = write(one.notebook(), "never sent");
    delete(one.notebook(), gone);
    let stays = write(one.notebook(), "sent");
    settle(&one, &two);
    assert!(two.notebook().read(|reader| get_entry(reader, stays)).is_ok());
}

#[test]
fn a_folder_keeps_no_file_of_what_was_deleted_for_good() {
    let shared = tempfile::tempdir().unwrap();
    let (one, two) = two(&folder(shared.path()));
    let (gone, stays) = (write(one.notebook(), "gone"), write(one.notebook(), "stays"));
    attach_bytes(one.notebook(), gone, "gone.bin", &[7; 3000]).unwrap();
    settle(&one, &two);
    let before: Vec<Vec<u8>> =
        files_under(shared.path()).iter().map(|file| fs::read(file).unwrap()).collect();
    delete(one.notebook(), gone);
    settle(&one, &two);
    let after = files_under(shared.path());
    assert!(after.iter().all(|file| fs::metadata(file).unwrap().len() != 3016), "the chunk is gone");
    let kept: Vec<Vec<u8>> = after.iter().map(|file| fs::read(file).unwrap()).collect();
    assert!(before.iter().any(|file| !kept.contains(file)), "the file that held it was written anew");
    let late = Synced::with(Laptop::join(one.notebook(), 3), folder(shared.path()));
    settle(&one, &late);
    assert!(late.notebook().read(|reader| get_entry(reader, stays)).is_ok());
    assert!(late.notebook().read(|reader| get_entry(reader, gone)).is_err());
}
