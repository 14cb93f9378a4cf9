//! Through a folder that something else carries, as cloud drives do it: late, renamed, twice, in pieces.

use std::fs;

use proptest::prelude::*;

use super::*;
use crate::store::tests::{files_under, is_on_disk, make_thing, set_title, text_of, title_of, write_text};

#[test]
fn one_journal_is_on_two_laptops_through_a_folder() {
    let shared = tempfile::tempdir().unwrap();
    let (one, two) = two(&folder(shared.path()));
    one.notebook().write(|tx| make_thing(tx, A, "One", "first line\n")).unwrap();
    settle(&one, &two);
    one.notebook().write(|tx| write_text(tx, A, "above\nfirst line\n")).unwrap();
    two.notebook().write(|tx| write_text(tx, A, "first line\nbelow\n")).unwrap();
    settle(&one, &two);
    assert_eq!(text_of(one.notebook(), A), "above\nfirst line\nbelow\n");
    assert!(!is_on_disk(shared.path(), "first line"));
    assert_eq!(one.sync(), Round::default(), "nothing is left to do");
}

#[test]
fn a_folder_and_a_server_at_once_bring_the_same() {
    let shared = tempfile::tempdir().unwrap();
    let (one, two) = two(&folder(shared.path()));
    let memory = MemoryServer::new();
    let at = Address::Server("https://sync.example.org".to_owned());
    let servers = [&one, &two].map(|laptop| add_place(laptop.notebook(), &at, "").unwrap());
    for round in 0..4_u8 {
        one.notebook().write(|tx| make_thing(tx, [20 + round; 16], "One", "by folder or by server")).unwrap();
        two.notebook().write(|tx| make_thing(tx, [40 + round; 16], "Two", "by server or by folder")).unwrap();
        if round % 2 == 0 {
            one.sync();
            sync_with_server(two.notebook(), servers[1], memory.as_ref(), &mut Unwatched).unwrap();
        } else {
            sync_with_server(one.notebook(), servers[0], memory.as_ref(), &mut Unwatched).unwrap();
            two.sync();
        }
    }
    for (laptop, server) in [&one, &two].into_iter().zip(servers) {
        sync_with_server(laptop.notebook(), server, memory.as_ref(), &mut Unwatched).unwrap();
    }
    settle(&one, &two);
}

#[test]
fn all_files_renamed() {
    let shared = tempfile::tempdir().unwrap();
    let (one, two) = two(&folder(shared.path()));
    one.notebook().write(|tx| make_thing(tx, A, "One", "text")).unwrap();
    one.sync();
    for (number, file) in files_under(shared.path()).into_iter().enumerate() {
        if file.extension().is_some_and(|extension| extension == "seg") {
            fs::rename(&file, file.with_file_name(format!("{number} (conflict of LAPTOP-7).seg"))).unwrap();
        }
    }
    two.sync();
    assert_eq!(title_of(two.notebook(), A).as_deref(), Some("One"));
    one.notebook().write(|tx| set_title(tx, A, "Later")).unwrap();
    settle(&one, &two);
}

#[test]
fn upload_cut_at_every_byte_boundary_of_a_segment() {
    let shared = tempfile::tempdir().unwrap();
    let (one, two) = two(&folder(shared.path()));
    settle(&one, &two);
    let before = files_under(shared.path());
    one.notebook().write(|tx| make_thing(tx, A, "One", "text")).unwrap();
    one.sync();
    let fresh = files_under(shared.path())
        .into_iter()
        .find(|file| !before.contains(file) && file.extension().is_some_and(|extension| extension == "seg"));
    let fresh = fresh.unwrap();
    let whole = fs::read(&fresh).unwrap();
    for length in (0..whole.len()).rev() {
        fs::write(&fresh, &whole[..length]).unwrap();
        assert_eq!(two.sync().received, 0, "cut to {length} bytes");
    }
    assert_eq!(title_of(two.notebook(), A), None);
    assert!(open_alarms(two.notebook()).unwrap().is_empty(), "files come in pieces every day");
    two.laptop.profile.host.clock.advance(chrono::TimeDelta::hours(2));
    two.sync();
    let told = open_alarms(two.notebook()).unwrap();
    assert_eq!(
        told.iter().map(|alarm| (alarm.kind, alarm.count)).collect::<Vec<_>>(),
        [(AlarmKind::Incomplete, 1)]
    );
    fs::write(&fresh, &whole).unwrap();
    settle(&one, &two);
    assert_eq!(title_of(two.notebook(), A).as_deref(), Some("One"));
    assert!(open_alarms(two.notebook()).unwrap().is_empty(), "what is no longer so is not told any more");
}

#[test]
fn many_small_files_become_one_and_go_after_a_week() {
    let shared = tempfile::tempdir().unwrap();
    let (one, two) = two(&folder(shared.path()));
    settle(&one, &two);
    for number in 0..70_u8 {
        one.notebook().write(|tx| make_thing(tx, [number + 10; 16], "Many", "words")).unwrap();
        one.sync();
    }
    let many = files_under(shared.path()).len();
    assert!(many > 64);
    one.laptop.profile.host.clock.advance(chrono::TimeDelta::days(8));
    one.sync();
    assert!(files_under(shared.path()).len() < 20, "{}", files_under(shared.path()).len());
    settle(&one, &two);
    let late = Laptop::join(one.notebook(), 3);
    let late = Synced::with(late, folder(shared.path()));
    settle(&one, &late);
}

#[test]
fn attached_files_travel_too() {
    let shared = tempfile::tempdir().unwrap();
    let (one, two) = two(&folder(shared.path()));
    let text = crate::journal::NewEntry { text: "with a picture".into(), ..Default::default() };
    let entry = one.notebook().write(|tx| crate::journal::create_entry(tx, text)).unwrap();
    crate::journal::attach_bytes(one.notebook(), entry, "board.bin", &[9; 2_500_000]).unwrap();
    assert_eq!(one.sync().chunks_sent, 3);
    assert_eq!(two.sync().chunks_received, 3);
    let shown = two.notebook().read(|reader| crate::journal::get_entry(reader, entry)).unwrap();
    let bytes = crate::journal::read_attachment(two.notebook(), shown.attachments[0].id).unwrap();
    assert_eq!(bytes.len(), 2_500_000);
    // A chunk that was changed on its way is as good as none, and the rest goes on.
    let other = crate::journal::NewEntry { text: "another".into(), ..Default::default() };
    let entry = one.notebook().write(|tx| crate::journal::create_entry(tx, other)).unwrap();
    crate::journal::attach_bytes(one.notebook(), entry, "other.bin", &[7; 5000]).unwrap();
    one.sync();
    let chunk = files_under(shared.path())
        .into_iter()
        .find(|file| fs::metadata(file).unwrap().len() == 5016)
        .unwrap();
    let good = fs::read(&chunk).unwrap();
    fs::write(&chunk, &good[..5000]).unwrap();
    assert_eq!(two.sync().chunks_received, 0);
    fs::write(&chunk, good).unwrap();
    assert_eq!(two.sync().chunks_received, 1);
    assert_same(one.notebook(), two.notebook());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Each laptop has its own copy of the folder, and a cloud drive carries files between them late, renamed, cut or twice.
    #[test]
    fn whatever_a_cloud_drive_does_both_end_the_same(acts in prop::collection::vec((0..6_u8, any::<u16>()), 10..40)) {
        let (left, right) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let first = Laptop::first();
        let second = Laptop::join(&first.notebook, 2);
        let one = Synced::with(first, folder(left.path()));
        let two = Synced::with(second, folder(right.path()));
        for (act, with) in acts {
            let (here, from, to) = if with % 2 == 0 { (&one, &left, &right) } else { (&two, &right, &left) };
            match act {
                0 => {
                    let id = [(with / 2 % 200) as u8 + 3; 16];
                    let title = format!("Nr {with}");
                    here.notebook()
                        .write(|tx| match tx.object(&id)? {
                            None => make_thing(tx, id, &title, "a line\n"),
                            Some(_) => set_title(tx, id, &title),
                        })
                        .unwrap();
                }
                1 | 2 => { here.sync(); }
                _ => carry(from.path(), to.path(), act, with),
            }
        }
        for _ in 0..4 {
            one.sync();
            two.sync();
            carry(left.path(), right.path(), 9, 0);
            carry(right.path(), left.path(), 9, 0);
        }
        one.sync();
        two.sync();
        assert_same(one.notebook(), two.notebook());
    }
}

/// Carries one file, or all, from one copy of a folder to the other: as it is, cut short, or under another name. What is
/// longer or says more stays.
fn carry(from: &Path, to: &Path, how: u8, which: u16) {
    let files = files_under(from);
    let chosen = usize::from(which / 2) % files.len().max(1);
    for (at, file) in files.iter().enumerate() {
        let place = to.join(file.strip_prefix(from).unwrap());
        let (bytes, there) = (fs::read(file).unwrap(), fs::read(&place).unwrap_or_default());
        let is_newer = match file.file_name().is_some_and(|name| name == "head") {
            true => there.is_empty() || number_in(&bytes) > number_in(&there),
            false => bytes.len() > there.len(),
        };
        if (how != 9 && at != chosen) || !is_newer {
            continue;
        }
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        match how {
            4 => fs::write(place, &bytes[..bytes.len() / 2]).unwrap(),
            5 => fs::write(place.with_extension("copy"), bytes).unwrap(),
            _ => fs::write(place, bytes).unwrap(),
        }
    }
}

/// Reads from a head up to which record its feed has come.
fn number_in(head: &[u8]) -> u64 {
    head.get(39..47).map_or(0, |bytes| u64::from_le_bytes(bytes.try_into().unwrap()))
}
