//! Spaces that are taken out with their keys, read by a program that shares no line with this one: `docs/reader/read_space.py`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::AtomicBool;

use data_encoding::HEXLOWER;
use serde_json::Value as Json;

use super::*;
use crate::devices::revoke_device;
use crate::journal::{NewEntry, attach_bytes, create_entry, delete_entry, trash_entry};
use crate::spaces::tests::people::{Person, create, let_in, meet};
use crate::spaces::{History, Role, SpaceId, SpaceKind, remove_member};
use crate::store::tests::devices::{Laptop, exchange};
use crate::store::tests::{copy_folder, make_thing, set_title, write_text};

const ONE: [u8; 16] = [1; 16];
const TWO: [u8; 16] = [2; 16];

/// Finds the Python that the set-up has made for the reader.
fn python() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let target = here.ancestors().find(|folder| folder.join("reader").is_dir());
    let folder = target.map(|target| target.join("reader"));
    let python =
        folder.map(|folder| folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" }));
    python.filter(|python| python.exists()).expect("`cargo xtask setup` makes a Python for the reader")
}

fn run(script: &str, words: &[&Path]) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reader").join(script);
    Command::new(python()).arg("-B").arg(script).args(words).output().unwrap()
}

/// Takes a space out, all of whose files are here, and reads it with the reader.
fn taken_out(notebook: &Notebook, space: Option<SpaceId>, folder: &Path) -> Json {
    taken_out_without(0, notebook, space, folder)
}

fn taken_out_without(missing: u64, notebook: &Notebook, space: Option<SpaceId>, folder: &Path) -> Json {
    let request = ExportSpace { space, path: folder.to_owned() };
    let stop = AtomicBool::new(false);
    let report = export_space(notebook, &request, &mut Watch { progress: &mut |_| {}, stop: &stop }).unwrap();
    assert_eq!(report.missing_chunks, missing);
    let output = run("read_space.py", &[folder]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(read["records"], report.records);
    read
}

fn object<'a>(read: &'a Json, id: &[u8; 16]) -> &'a Json {
    let id = HEXLOWER.encode(id);
    read["objects"].as_array().unwrap().iter().find(|object| object["id"] == id.as_str()).unwrap()
}

/// Flips bytes all over the folder, each of which the reader must tell.
fn is_told_of_every_damage(folder: &Path) {
    let output = run("flip_bytes.py", &[folder, Path::new("200"), Path::new("7")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn another_program_reads_an_exported_journal_of_two_devices_and_tells_every_flipped_byte() {
    let one = Laptop::first();
    let two = Laptop::join(&one.notebook, 2);
    let gone = Laptop::join(&one.notebook, 3);
    exchange(&one.notebook, &two.notebook);
    exchange(&one.notebook, &gone.notebook);
    one.notebook.write(|tx| make_thing(tx, ONE, "first", "a line\n")).unwrap();
    exchange(&one.notebook, &two.notebook);
    one.notebook.write(|tx| write_text(tx, ONE, "above\na line\n")).unwrap();
    two.notebook.write(|tx| write_text(tx, ONE, "a line\nbelow 🌱\n")).unwrap();
    two.notebook.write(|tx| set_title(tx, ONE, "from the second")).unwrap();
    exchange(&one.notebook, &two.notebook);
    // A device goes, so that the keys change; then a file, and an entry that goes for good.
    one.notebook.write(|tx| revoke_device(tx, gone.id())).unwrap();
    let file: Vec<u8> = (0..1_200_000_u32).map(|place| (place % 251) as u8).collect();
    let entry = one
        .notebook
        .write(|tx| create_entry(tx, NewEntry { text: "Kept".into(), ..NewEntry::default() }))
        .unwrap();
    attach_bytes(&one.notebook, entry, "board.bin", &file).unwrap();
    let deleted = one
        .notebook
        .write(|tx| create_entry(tx, NewEntry { text: "Gone".into(), ..NewEntry::default() }))
        .unwrap();
    one.notebook.write(|tx| trash_entry(tx, deleted)).unwrap();
    delete_entry(&one.notebook, deleted).unwrap();
    exchange(&one.notebook, &two.notebook);

    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("out");
    let read = taken_out(&one.notebook, None, &place);
    let thing = object(&read, &ONE);
    assert_eq!(thing["texts"]["103"], "above\na line\nbelow 🌱\n");
    assert_eq!(thing["fields"]["101"], "from the second");
    assert_eq!(object(&read, entry.as_bytes())["texts"]["2"], "Kept");
    assert_eq!(object(&read, deleted.as_bytes())["erased"], true);
    assert!(read["erased_records"].as_u64().unwrap() > 0);
    assert!(read["epochs"].as_u64().unwrap() >= 2, "the keys changed on the way");
    assert_eq!(read["files"][0]["name"], "board.bin");
    assert_eq!(read["files"][0]["size"], file.len());
    is_told_of_every_damage(&place);
    // The other device takes out the same, but for the file, of which it has only the record.
    let other = taken_out_without(2, &two.notebook, None, &folder.path().join("other"));
    assert_eq!(read["objects"], other["objects"]);
    assert!(other["files"][0]["size"].is_null());
}

#[test]
fn another_program_reads_an_exported_space_of_several_people_as_its_members_do() {
    let people = [Person::new("Ana", 1), Person::new("Ben", 2), Person::new("Cora", 3)];
    let [ana, ben, cora] = &people;
    let space = create(ana, SpaceKind::Circle);
    let_in(ana, ben, space, Role::Member, History::Full);
    meet(&[ana, ben], space);
    ana.write(space, ONE, "from Ana");
    let_in(ana, cora, space, Role::Member, History::Full);
    meet(&[ana, ben, cora], space);
    cora.write(space, TWO, "from Cora");
    meet(&[ana, ben, cora], space);
    ana.notebook.write(|tx| remove_member(tx, space, cora.id())).unwrap();
    ben.notebook
        .write(|tx| {
            tx.in_stream(&space.0, 1, |tx| set_title(tx, ONE, "from Ben"))
                .map_err(crate::spaces::SpaceError::from)
        })
        .unwrap();
    meet(&[ana, ben], space);

    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("out");
    let read = taken_out(&ben.notebook, Some(space), &place);
    assert_eq!(read["name"], "Ours");
    assert_eq!(read["members"].as_object().unwrap().len(), 3, "{}", read["members"]);
    assert_eq!(object(&read, &ONE)["fields"]["101"], ben.title(space, ONE).unwrap());
    assert_eq!(object(&read, &TWO)["fields"]["101"], "from Cora");
    assert!(read["epochs"].as_u64().unwrap() >= 2);
    is_told_of_every_damage(&place);
}

#[test]
fn nothing_is_written_over_and_nothing_is_left_behind_by_an_export_that_did_not_come_to_its_end() {
    let one = Laptop::first();
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("out");
    let stop = AtomicBool::new(true);
    let request = ExportSpace { space: None, path: place.clone() };
    let mut watch = Watch { progress: &mut |_| {}, stop: &stop };
    assert!(matches!(export_space(&one.notebook, &request, &mut watch), Err(PortabilityError::Stopped)));
    let unknown = ExportSpace { space: Some(SpaceId([9; 16])), ..request.clone() };
    assert!(matches!(export_space(&one.notebook, &unknown, &mut watch), Err(PortabilityError::NoSpace)));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    taken_out(&one.notebook, request.space, &place);
    let copy = folder.path().join("copy");
    copy_folder(&place, &copy);
    let stop = AtomicBool::new(false);
    let mut watch = Watch { progress: &mut |_| {}, stop: &stop };
    assert!(matches!(export_space(&one.notebook, &request, &mut watch), Err(PortabilityError::PlaceTaken)));
    // No file bears a name of a person's own, and the keys are for their owner's eyes.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let keys = fs::metadata(place.join("keys.json")).unwrap();
        assert_eq!(keys.permissions().mode() & 0o077, 0);
    }
}
