//! Devices through the surface: two computers meet in a folder, a third comes back with the recovery kit, one is removed.

use std::path::Path;

use tempfile::TempDir;
use vv_api::{
    error::ErrorCode,
    model::{
        devices::{
            AnswerLink, BeginLink, ComeBack, ConfirmLink, GivenKit, LinkFailure, LinkView, MeetingPlace,
            RehearseKit, RehearsedWord, RenameDevice,
        },
        notebook::KeyPlace,
        sync::{AddFolder, AlarmAct, AlarmKind, AnswerAlarm, SyncState},
    },
};

use crate::computer::{Computer, code};

/// How often both sides look before a test gives up.
const LOOKS: usize = 40;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn path(folder: &TempDir) -> String {
    folder.path().to_string_lossy().into_owned()
}

fn at(path: &Path) -> MeetingPlace {
    MeetingPlace::Folder { path: path.to_string_lossy().into_owned() }
}

/// How the new computer calls itself: no other words anywhere are like it.
const NEW_DEVICE: &str = "The tall desk by the window";

/// Says whether words lie readable in any file of a folder.
fn holds(folder: &Path, words: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, words);
        }
        std::fs::read(path).unwrap().windows(words.len()).any(|window| window == words.as_bytes())
    })
}

/// Makes a computer with a journal that goes through a folder.
fn syncing(folder: &TempDir) -> Computer {
    let computer = Computer::with_keyring();
    vv_api::sync_add_folder(&computer.app, AddFolder { path: path(folder) }).unwrap();
    vv_api::sync_now(&computer.app).unwrap();
    computer
}

fn begin(new: &Computer, folder: &TempDir) -> String {
    let request = BeginLink {
        at: at(folder.path()),
        device_name: NEW_DEVICE.to_owned(),
        key_place: KeyPlace::Passphrase,
        passphrase: Some("another passphrase of four words".to_owned()),
    };
    let LinkView::ShowingCode { code, qr_svg, .. } = vv_api::devices_link_begin(&new.app, request).unwrap()
    else {
        panic!("a code is shown")
    };
    assert!(qr_svg.contains("<svg"));
    code
}

fn state(computer: &Computer) -> LinkView {
    vv_api::devices_link_state(&computer.app).unwrap()
}

/// Lets both look until the pictures are there; gives what each shows.
fn to_pictures(old: &Computer, new: &Computer) -> (LinkView, LinkView) {
    for _ in 0..LOOKS {
        let (on_old, on_new) = (state(old), state(new));
        if matches!((&on_old, &on_new), (LinkView::Comparing { .. }, LinkView::Comparing { .. })) {
            return (on_old, on_new);
        }
    }
    panic!("the two did not find each other")
}

fn to_end(old: &Computer, new: &Computer) -> (LinkView, LinkView) {
    let is_over = |view: &LinkView| matches!(view, LinkView::Done { .. } | LinkView::Failed { .. });
    for _ in 0..LOOKS {
        let (on_old, on_new) = (state(old), state(new));
        if is_over(&on_old) && is_over(&on_new) {
            return (on_old, on_new);
        }
    }
    panic!("linking did not end")
}

#[test]
fn a_second_computer_joins_through_a_folder_and_has_the_same_journal() {
    let shared = folder();
    let old = syncing(&shared);
    old.write("What I wrote before");
    vv_api::sync_now(&old.app).unwrap();
    let new = Computer::new();
    let shown = begin(&new, &shared);
    let looking = vv_api::devices_link_answer(&old.app, AnswerLink { code: shown.to_lowercase() }).unwrap();
    assert!(matches!(looking, LinkView::Looking { .. }));

    let (on_old, on_new) = to_pictures(&old, &new);
    let LinkView::Comparing { signs, other, confirms: true, .. } = on_old else {
        panic!("it confirms there")
    };
    let LinkView::Comparing { signs: on_new, confirms: false, .. } = on_new else { panic!("and not here") };
    assert_eq!((signs.len(), other.as_str()), (7, NEW_DEVICE));
    assert_eq!(signs, on_new);
    assert!(signs.iter().all(|sign| !sign.en.is_empty() && !sign.de.is_empty()));

    vv_api::devices_link_confirm(&old.app, ConfirmLink { same: true }).unwrap();
    let (on_old, on_new) = to_end(&old, &new);
    assert_eq!(on_old, LinkView::Done { device_name: NEW_DEVICE.to_owned() });
    assert_eq!(on_new, LinkView::Done { device_name: NEW_DEVICE.to_owned() });

    assert!(
        !holds(shared.path(), NEW_DEVICE),
        "whoever carries the folder reads how the new device is called"
    );
    vv_api::sync_now(&old.app).unwrap();
    vv_api::sync_now(&new.app).unwrap();
    assert!(!holds(shared.path(), NEW_DEVICE) && !holds(shared.path(), "What I wrote before"));
    assert_eq!(new.texts(), ["What I wrote before"]);
    new.write("And what I wrote there");
    vv_api::sync_now(&new.app).unwrap();
    vv_api::sync_now(&old.app).unwrap();
    assert_eq!(old.texts().len(), 2);
    let devices = vv_api::devices_list(&old.app).unwrap();
    assert_eq!(devices.len(), 2);
    let (first, desk) = (&devices[0], &devices[1]);
    assert_eq!((desk.name.as_str(), desk.is_this), (NEW_DEVICE, false));
    assert_eq!((desk.added_by.as_deref(), first.added_by.as_deref()), (Some(first.name.as_str()), None));
    assert!(!desk.system.is_empty() && desk.system == first.system, "both say what they run");
    let view = vv_api::sync_read(&old.app).unwrap();
    assert!(view.places[0].free.is_some_and(|free| free > 0) && view.alarms.is_empty());
    assert!(matches!(vv_api::sync_state(&new.app).unwrap(), SyncState::InStep { .. }));
}

#[test]
fn a_copied_notebook_is_told_of_and_goes_on_when_its_person_says_so() {
    let shared = folder();
    let one = syncing(&shared);
    one.write("Before the copy");
    vv_api::sync_now(&one.app).unwrap();
    let copy = one.copied();
    one.write("On one");
    copy.write("On the copy");
    vv_api::sync_now(&one.app).unwrap();
    let told = vv_api::sync_now(&copy.app).unwrap();
    assert_eq!(told.alarms[0].what, AlarmKind::DeviceForked { device: None });
    assert!(told.alarms[0].stops && told.alarms[0].acts.contains(&AlarmAct::GoOn));
    let answer = AnswerAlarm { id: told.alarms[0].id.clone(), act: AlarmAct::GoOn };
    assert!(vv_api::sync_answer_alarm(&copy.app, answer).unwrap().alarms.is_empty());
    for computer in [&copy, &one, &copy] {
        vv_api::sync_now(&computer.app).unwrap();
    }
    for computer in [&one, &copy] {
        let mut texts = computer.texts();
        texts.sort();
        assert_eq!(texts, ["Before the copy", "On one", "On the copy"]);
    }
}

#[test]
fn signs_that_differ_hand_nothing_over() {
    let shared = folder();
    let (old, new) = (syncing(&shared), Computer::new());
    let shown = begin(&new, &shared);
    vv_api::devices_link_answer(&old.app, AnswerLink { code: shown }).unwrap();
    to_pictures(&old, &new);
    let ended = vv_api::devices_link_confirm(&old.app, ConfirmLink { same: false }).unwrap();
    assert_eq!(ended, LinkView::Failed { why: LinkFailure::NotTheSame });
    let (_, on_new) = to_end(&old, &new);
    assert!(matches!(on_new, LinkView::Failed { .. }));
    assert_eq!(vv_api::devices_list(&old.app).unwrap().len(), 1);
    assert!(!new.profile.notebook().exists() || code(vv_api::devices_list(&new.app)) == ErrorCode::Locked);
    assert_eq!(vv_api::devices_link_cancel(&old.app).unwrap(), LinkView::Idle);
}

#[test]
fn what_is_no_code_is_refused_and_so_is_linking_with_nowhere_to_meet() {
    let alone = Computer::with_keyring();
    assert_eq!(
        code(vv_api::devices_link_answer(&alone.app, AnswerLink { code: "K7M".to_owned() })),
        ErrorCode::Invalid
    );
    let code_of_nine = AnswerLink { code: "K7M-2QX-9PD".to_owned() };
    assert_eq!(code(vv_api::devices_link_answer(&alone.app, code_of_nine)), ErrorCode::Offline);
    let shared = folder();
    let request = BeginLink {
        at: at(shared.path()),
        device_name: "Here".to_owned(),
        key_place: KeyPlace::Keyring,
        passphrase: None,
    };
    assert_eq!(code(vv_api::devices_link_begin(&alone.app, request)), ErrorCode::NotebookExists);
}

#[test]
fn a_device_is_renamed_and_removed_and_says_before_what_that_does() {
    let shared = folder();
    let (old, new) = (syncing(&shared), Computer::new());
    let shown = begin(&new, &shared);
    vv_api::devices_link_answer(&old.app, AnswerLink { code: shown }).unwrap();
    to_pictures(&old, &new);
    vv_api::devices_link_confirm(&old.app, ConfirmLink { same: true }).unwrap();
    to_end(&old, &new);
    let devices = vv_api::devices_list(&old.app).unwrap();
    let (this, other) =
        (devices.iter().find(|one| one.is_this).unwrap(), devices.iter().find(|one| !one.is_this).unwrap());
    let renamed =
        vv_api::devices_rename(&old.app, RenameDevice { id: other.id.clone(), name: " Desk ".to_owned() })
            .unwrap();
    assert!(renamed.iter().any(|one| one.name == "Desk"));
    let nameless = RenameDevice { id: other.id.clone(), name: "  ".to_owned() };
    assert_eq!(code(vv_api::devices_rename(&old.app, nameless)), ErrorCode::Invalid);

    let plan = vv_api::devices_plan_revoke(&old.app, other.id.clone()).unwrap();
    assert_eq!(plan.device.id, other.id);
    assert!(!plan.heard_later, "the folder is there");
    assert_eq!(code(vv_api::devices_revoke(&old.app, this.id.clone())), ErrorCode::NotAllowed);
    let after = vv_api::devices_revoke(&old.app, other.id.clone()).unwrap();
    assert!(after.iter().any(|one| one.id == other.id && one.revoked_at.is_some()));
    assert_eq!(code(vv_api::devices_revoke(&old.app, other.id.clone())), ErrorCode::Conflict);

    vv_api::sync_now(&old.app).unwrap();
    old.write("Not for the one that was removed");
    vv_api::sync_now(&old.app).unwrap();
    let told = vv_api::sync_now(&new.app).unwrap();
    assert_eq!(new.texts(), Vec::<String>::new());
    let told: Vec<AlarmKind> = told.alarms.into_iter().map(|alarm| alarm.what).collect();
    assert!(matches!(told[..], [AlarmKind::DeviceRevoked { at: Some(_) }]), "it is told so: {told:?}");
}

#[test]
fn whoever_has_nothing_but_the_kit_and_the_folder_comes_back() {
    let shared = folder();
    let old = syncing(&shared);
    old.write("What must not be lost");
    vv_api::sync_now(&old.app).unwrap();
    let words = vv_api::recovery_show_kit(&old.app).unwrap().words.join(" ");
    drop(old);

    let new = Computer::new();
    let back = |words: &str, place: &Path| ComeBack {
        kit: GivenKit::Words { words: words.to_owned() },
        at: at(place),
        device_name: "The new one".to_owned(),
        key_place: KeyPlace::Keyring,
        passphrase: None,
    };
    let elsewhere = folder();
    assert_eq!(
        code(vv_api::devices_come_back(&new.app, back(&words, elsewhere.path()))),
        ErrorCode::NotFound
    );
    let stranger = Computer::with_keyring();
    let other_words = vv_api::recovery_show_kit(&stranger.app).unwrap().words.join(" ");
    assert_eq!(
        code(vv_api::devices_come_back(&new.app, back(&other_words, shared.path()))),
        ErrorCode::NotFound
    );

    vv_api::devices_come_back(&new.app, back(&words, shared.path())).unwrap();
    vv_api::sync_now(&new.app).unwrap();
    assert_eq!(new.texts(), ["What must not be lost"]);
    assert_eq!(new.view().name, "Ada");
    assert_eq!(vv_api::devices_list(&new.app).unwrap().len(), 2);
}

#[test]
fn a_kit_is_printed_and_rehearsed() {
    let computer = Computer::with_keyring();
    let words = vv_api::recovery_show_kit(&computer.app).unwrap().words;
    let file = computer.profile.folder.join("kit.pdf");
    let print = vv_api::model::devices::PrintKit {
        path: file.to_string_lossy().into_owned(),
        language: "de".to_owned(),
    };
    vv_api::recovery_print_kit(&computer.app, print).unwrap();
    assert!(std::fs::read(&file).unwrap().starts_with(b"%PDF-"));

    let asked = vv_api::recovery_ask_words(&computer.app).unwrap();
    assert!(!asked.due, "it was seen just now");
    computer.ports.clock.advance(chrono::TimeDelta::days(31));
    assert!(vv_api::recovery_ask_words(&computer.app).unwrap().due);
    let typed = |word: &dyn Fn(u8) -> String| RehearseKit {
        words: asked
            .asks
            .iter()
            .map(|number| RehearsedWord { number: *number, word: word(*number) })
            .collect(),
    };
    let wrong = typed(&|_| "zoo".to_owned());
    assert_eq!(code(vv_api::recovery_rehearse(&computer.app, wrong)), ErrorCode::WrongKey);
    assert!(vv_api::recovery_ask_words(&computer.app).unwrap().due, "a wrong word is no rehearsal");
    let right = typed(&|number| format!(" {} ", words[usize::from(number) - 1].to_uppercase()));
    vv_api::recovery_rehearse(&computer.app, right).unwrap();
    assert!(!vv_api::recovery_ask_words(&computer.app).unwrap().due);
}
