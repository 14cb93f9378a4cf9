//! One person, several devices: the same journal on each, whatever is written where, and nothing from a device that was taken away.

use super::*;
use crate::devices::{DeviceError, DeviceId, list_devices, rename_device, revoke_device};
use crate::identity::devices::{add_device, keep_up};
use crate::identity::welcome::{DeviceKeys, Welcome};
use crate::notebook::{Beacon, Joined};
use crate::store::log;
use crate::store::page::Page;
use crate::store::take_in::Taken;

pub(crate) const A: [u8; 16] = [1; 16];
pub(crate) const B: [u8; 16] = [2; 16];

/// Holds a computer with a notebook of the same person.
pub(crate) struct Laptop {
    pub profile: Profile,
    pub notebook: Notebook,
}

impl Laptop {
    pub(crate) fn first() -> Self {
        let profile = Profile::new();
        let notebook = profile.create();
        Self { profile, notebook }
    }

    /// Makes a further device of the person, which has nothing but the welcome yet.
    pub(crate) fn join(old: &Notebook, seed: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = TestHost::new(seed, &folder.path().join("state"));
        let profile = Profile { folder, host };
        let keys = DeviceKeys::make();
        let joined = old
            .write(|tx| {
                let certificate = add_device(tx, &keys.newcomer(&tx.core().account_id.clone()))?;
                Ok::<_, DeviceError>(Joined { keys, welcome: Welcome::gather(tx)?, certificate })
            })
            .unwrap();
        let host = &profile.host.host;
        let notebook = Notebook::join(&profile.notebook(), host, &joined, NewKey::Keyring).unwrap();
        Self { profile, notebook }
    }

    pub(crate) fn id(&self) -> DeviceId {
        self.notebook.read(|reader| Ok::<_, StoreError>(DeviceId(reader.core().device()))).unwrap()
    }
}

/// Gives every record that a notebook has, or what is left of it, in the order in which they came there.
pub(crate) fn raws(from: &Notebook) -> Vec<Vec<u8>> {
    let rows = from.read(|reader| log::records_after(reader.sql(), 0, 100_000)).unwrap();
    rows.into_iter().map(|row| row.raw).collect()
}

pub(crate) fn take_all(into: &Notebook, raws: Vec<Vec<u8>>) -> Vec<Taken> {
    let page = into.read(|reader| Page::prepare(reader, raws)).unwrap();
    into.write(|tx| tx.take_in_page(&page)).unwrap()
}

/// Brings to one notebook what another has.
pub(crate) fn bring(from: &Notebook, into: &Notebook) -> Vec<Taken> {
    take_all(into, raws(from))
}

/// Lets two notebooks exchange all they have until neither has anything new.
pub(crate) fn exchange(a: &Notebook, b: &Notebook) {
    for _ in 0..3 {
        bring(a, b);
        bring(b, a);
        for notebook in [a, b] {
            notebook.write(keep_up).unwrap();
        }
    }
    assert!(!bring(a, b).contains(&Taken::New));
    assert!(!bring(b, a).contains(&Taken::New));
}

/// Writes down everything that was merged in the journal, without the numbers that each copy gives on its own.
pub(crate) fn dump(notebook: &Notebook) -> Vec<String> {
    notebook
        .read(|reader| {
            let ids: Vec<[u8; 16]> = reader
                .sql()
                .prepare("SELECT id FROM obj WHERE space = ?1 ORDER BY id")?
                .query_map([reader.place().sid], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            let mut lines = Vec::new();
            for id in ids {
                if let Some(object) = reader.object(&id)? {
                    let text = reader.doc(&id, TEXT)?.map(|doc| doc.text);
                    lines.push(format!("{object:?} {text:?}"));
                }
            }
            let mut devices = list_devices(reader).unwrap();
            devices.iter_mut().for_each(|device| (device.is_this, device.last_seen) = (false, None));
            lines.push(format!("{devices:?}"));
            Ok::<_, StoreError>(lines)
        })
        .unwrap()
}

pub(crate) fn assert_same(a: &Notebook, b: &Notebook) {
    assert_eq!(dump(a), dump(b));
    for notebook in [a, b] {
        assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
    }
}

#[test]
fn a_second_device_has_the_same_journal_and_both_edit_it_at_once() {
    let one = Laptop::first();
    one.notebook.write(|tx| make_thing(tx, A, "One", "first line\n")).unwrap();
    let two = Laptop::join(&one.notebook, 2);
    assert_eq!(title_of(&two.notebook, A), None, "the content comes by sync");
    exchange(&one.notebook, &two.notebook);
    assert_eq!(text_of(&two.notebook, A), "first line\n");

    one.notebook.write(|tx| write_text(tx, A, "above\nfirst line\n")).unwrap();
    two.notebook.write(|tx| write_text(tx, A, "first line\nbelow\n")).unwrap();
    two.notebook.write(|tx| set_title(tx, A, "Two")).unwrap();
    two.notebook.write(|tx| make_thing(tx, B, "Other", "from the second")).unwrap();
    exchange(&one.notebook, &two.notebook);
    assert_eq!(text_of(&one.notebook, A), "above\nfirst line\nbelow\n");
    assert_eq!(title_of(&one.notebook, A).as_deref(), Some("Two"));
    assert_same(&one.notebook, &two.notebook);
    assert_eq!(two.notebook.name().unwrap(), NAME);
}

#[test]
fn devices_are_listed_and_named_on_each_of_them() {
    let one = Laptop::first();
    let two = Laptop::join(&one.notebook, 2);
    exchange(&one.notebook, &two.notebook);
    let id = two.id();
    one.notebook.write(|tx| rename_device(tx, id, "Work laptop")).unwrap();
    exchange(&one.notebook, &two.notebook);
    let devices = two.notebook.read(list_devices).unwrap();
    let shown: Vec<_> = devices.iter().map(|device| (device.name.as_str(), device.is_this)).collect();
    assert_eq!(shown, [("Test laptop 1", false), ("Work laptop", true)]);
    assert!(devices.iter().all(|device| device.revoked_at.is_none() && device.last_seen.is_some()));
    let stranger = DeviceId([9; 32]);
    let named = one.notebook.write(|tx| rename_device(tx, stranger, "x"));
    assert!(matches!(named, Err(DeviceError::NotFound)));
}

#[test]
fn a_device_that_was_taken_away_reads_nothing_later_and_nothing_it_writes_later_counts() {
    let one = Laptop::first();
    let two = Laptop::join(&one.notebook, 2);
    let three = Laptop::join(&one.notebook, 3);
    one.notebook.write(|tx| make_thing(tx, A, "One", "before\n")).unwrap();
    exchange(&one.notebook, &two.notebook);
    exchange(&one.notebook, &three.notebook);
    two.notebook.write(|tx| write_text(tx, A, "before\nand in time\n")).unwrap();
    bring(&two.notebook, &one.notebook);

    let id = two.id();
    one.notebook.write(|tx| revoke_device(tx, id)).unwrap();
    one.notebook.write(|tx| make_thing(tx, B, "Later", "not for the second")).unwrap();
    // The one that was taken away does not know, and goes on.
    two.notebook.write(|tx| set_title(tx, A, "from the thief")).unwrap();
    bring(&two.notebook, &one.notebook);
    bring(&one.notebook, &two.notebook);
    bring(&two.notebook, &three.notebook);
    exchange(&one.notebook, &three.notebook);

    assert_eq!(title_of(&two.notebook, B), None, "it has no key to what was written later");
    assert!(!two.notebook.read(crate::devices::is_this_device_in).unwrap());
    assert_eq!(title_of(&one.notebook, A).as_deref(), Some("One"));
    assert_eq!(text_of(&one.notebook, A), "before\nand in time\n");
    assert_eq!(title_of(&three.notebook, B).as_deref(), Some("Later"));
    assert_same(&one.notebook, &three.notebook);
    let again = one.notebook.write(|tx| revoke_device(tx, id));
    assert!(matches!(again, Err(DeviceError::Revoked)));
    let own = one.notebook.write(|tx| revoke_device(tx, DeviceId(tx.core().device())));
    assert!(matches!(own, Err(DeviceError::ThisDevice)));
}

#[test]
fn what_a_taken_away_device_wrote_later_is_unmerged_where_it_had_arrived_first() {
    let one = Laptop::first();
    let two = Laptop::join(&one.notebook, 2);
    let three = Laptop::join(&one.notebook, 3);
    one.notebook.write(|tx| make_thing(tx, A, "One", "before\n")).unwrap();
    exchange(&one.notebook, &two.notebook);
    exchange(&one.notebook, &three.notebook);
    two.notebook.write(|tx| set_title(tx, A, "from the thief")).unwrap();
    two.notebook.write(|tx| make_thing(tx, B, "from the thief", "all of it")).unwrap();
    bring(&two.notebook, &three.notebook);
    assert_eq!(title_of(&three.notebook, A).as_deref(), Some("from the thief"));
    let id = two.id();
    one.notebook.write(|tx| revoke_device(tx, id)).unwrap();
    exchange(&one.notebook, &three.notebook);
    assert_eq!(title_of(&three.notebook, A).as_deref(), Some("One"));
    assert_eq!(title_of(&three.notebook, B), None);
    assert_same(&one.notebook, &three.notebook);
}

#[test]
fn with_nothing_but_the_kit_a_person_comes_back_and_takes_the_lost_laptop_away() {
    let one = Laptop::first();
    one.notebook.write(|tx| make_thing(tx, A, "One", "words")).unwrap();
    let two = Laptop::join(&one.notebook, 2);
    exchange(&one.notebook, &two.notebook);
    // The secret was renewed since the kit was made.
    let lost = two.id();
    one.notebook.write(|tx| revoke_device(tx, lost)).unwrap();
    one.notebook.write(|tx| make_thing(tx, B, "Later", "after the renewal")).unwrap();
    let kit = one.notebook.kit().unwrap();
    let places = ["https://sync.example.test".to_owned()];
    let beacon = one.notebook.make_beacon(&places).unwrap();
    let everything = raws(&one.notebook);

    let stranger = vv_crypto::KitSeed::make();
    assert!(Beacon::open(&stranger, &beacon).is_none());
    let found = Beacon::open(&kit, &beacon).unwrap();
    assert_eq!(found.places, places);
    let logs: Vec<Vec<u8>> = everything
        .iter()
        .filter(|raw| vv_protocol::Record::decode(raw).is_ok_and(|record| record.header.stream == 0))
        .cloned()
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let host = TestHost::new(7, &folder.path().join("state"));
    let profile = Profile { folder, host };
    let path = profile.notebook();
    let made = Notebook::come_back(&path, &profile.host.host, &stranger, &found, &logs, NewKey::Keyring);
    assert!(
        matches!(made, Err(crate::notebook::NotebookError::WrongKey)),
        "the account is not the stranger's"
    );
    let back = Notebook::come_back(&path, &profile.host.host, &kit, &found, &logs, NewKey::Keyring).unwrap();
    take_all(&back, everything);
    assert_eq!(text_of(&back, A), "words");
    assert_eq!(text_of(&back, B), "after the renewal");
    assert_eq!(back.name().unwrap(), NAME);
    assert_eq!(back.verify().unwrap().problems, Vec::<String>::new());

    // Senior to all others, it takes the lost one away, whatever that one does about it.
    let old = one.id();
    bring(&back, &one.notebook);
    let me = back.read(|reader| Ok::<_, StoreError>(DeviceId(reader.core().device()))).unwrap();
    one.notebook.write(|tx| revoke_device(tx, me)).unwrap();
    back.write(|tx| revoke_device(tx, old)).unwrap();
    back.write(|tx| set_title(tx, A, "mine again")).unwrap();
    bring(&one.notebook, &back);
    bring(&back, &one.notebook);
    assert!(back.read(crate::devices::is_this_device_in).unwrap());
    assert_eq!(title_of(&back, A).as_deref(), Some("mine again"));
    assert_eq!(title_of(&one.notebook, A).as_deref(), Some("One"), "it has no key to what comes later");
    assert_eq!(back.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn two_revocations_made_apart_leave_one_secret_that_neither_of_the_revoked_has() {
    let one = Laptop::first();
    let two = Laptop::join(&one.notebook, 2);
    let three = Laptop::join(&one.notebook, 3);
    let four = Laptop::join(&one.notebook, 4);
    for other in [&two, &three, &four] {
        exchange(&one.notebook, &other.notebook);
    }
    exchange(&one.notebook, &two.notebook);
    let (third, fourth) = (three.id(), four.id());
    one.notebook.write(|tx| revoke_device(tx, third)).unwrap();
    two.notebook.write(|tx| revoke_device(tx, fourth)).unwrap();
    exchange(&one.notebook, &two.notebook);
    one.notebook.write(|tx| make_thing(tx, A, "for two", "only")).unwrap();
    two.notebook.write(|tx| make_thing(tx, B, "for two", "only")).unwrap();
    exchange(&one.notebook, &two.notebook);
    for revoked in [&three, &four] {
        bring(&one.notebook, &revoked.notebook);
        assert_eq!(title_of(&revoked.notebook, A), None);
        assert_eq!(title_of(&revoked.notebook, B), None);
    }
    assert_same(&one.notebook, &two.notebook);
}

#[test]
fn a_restored_backup_goes_on_in_another_life_and_nothing_is_said_twice() {
    let one = Laptop::first();
    let two = Laptop::join(&one.notebook, 2);
    let backup = one.notebook.backup(None).unwrap();
    one.notebook.write(|tx| make_thing(tx, A, "lost here, kept there", "words")).unwrap();
    exchange(&one.notebook, &two.notebook);
    let Laptop { profile, notebook } = one;
    drop(notebook);
    let host = &profile.host.host;
    let one = Notebook::restore(&profile.notebook(), host, &backup.path, Unlock::Keyring).unwrap();
    one.write(|tx| make_thing(tx, B, "written since", "words")).unwrap();
    exchange(&one, &two.notebook);
    assert_eq!(title_of(&one, A).as_deref(), Some("lost here, kept there"));
    assert_same(&one, &two.notebook);
    let splits: i64 = two
        .notebook
        .read(|reader| {
            Ok::<_, StoreError>(reader.sql().query_row("SELECT count(*) FROM evidence", [], |r| r.get(0))?)
        })
        .unwrap();
    assert_eq!(splits, 0);
}

#[test]
fn clocks_of_1970_and_2199_poison_nothing() {
    let one = Laptop::first();
    let two = Laptop::join(&one.notebook, 2);
    one.notebook.write(|tx| make_thing(tx, A, "now", "words")).unwrap();
    exchange(&one.notebook, &two.notebook);
    let now = two.profile.host.host.clock.now();
    let far = chrono::TimeZone::with_ymd_and_hms(&chrono::Utc, 2199, 6, 1, 0, 0, 0).unwrap();
    two.profile.host.clock.advance(far - now);
    two.notebook.write(|tx| set_title(tx, A, "from 2199")).unwrap();
    exchange(&one.notebook, &two.notebook);
    assert_eq!(title_of(&one.notebook, A).as_deref(), Some("from 2199"));
    one.notebook.write(|tx| set_title(tx, A, "overwritten today")).unwrap();
    one.notebook.write(|tx| make_thing(tx, B, "today", "words")).unwrap();
    let made = one.notebook.read(|reader| reader.object(&B)).unwrap().unwrap();
    assert!(made.created.ms() < 2_000_000_000_000, "the clock was not carried along");
    two.profile.host.clock.advance(chrono::DateTime::UNIX_EPOCH - far);
    exchange(&one.notebook, &two.notebook);
    two.notebook.write(|tx| set_title(tx, B, "from 1970")).unwrap();
    exchange(&one.notebook, &two.notebook);
    assert_eq!(title_of(&one.notebook, A).as_deref(), Some("overwritten today"));
    assert_eq!(
        title_of(&one.notebook, B).as_deref(),
        Some("from 1970"),
        "who wrote it had seen what was there"
    );
    assert_same(&one.notebook, &two.notebook);
}

#[test]
fn a_kit_is_rehearsed_with_two_of_its_words_while_they_are_here() {
    let one = Laptop::first();
    assert_eq!(one.notebook.kit_rehearsal_due_at().unwrap(), None);
    let words = one.notebook.kit().unwrap().to_words();
    let now = one.profile.host.host.clock.now();
    assert_eq!(one.notebook.kit_rehearsal_due_at().unwrap(), Some(now + chrono::TimeDelta::days(30)));
    one.profile.host.clock.advance(chrono::TimeDelta::days(40));
    assert!(!one.notebook.rehearse_kit(&[(7, words[6].as_str()), (19, "zebra?")]).unwrap());
    assert!(!one.notebook.rehearse_kit(&[]).unwrap());
    let typed = format!(" {} ", words[18].to_uppercase());
    assert!(one.notebook.rehearse_kit(&[(7, words[6].as_str()), (19, typed.as_str())]).unwrap());
    assert_eq!(one.notebook.kit_rehearsal_due_at().unwrap(), Some(now + chrono::TimeDelta::days(70)));
}
