//! Spaces through the surface: made, invited into, asked for, let in, left; through a folder and by files.

use tempfile::TempDir;
use vv_api::{
    error::ErrorCode,
    model::{
        spaces::{
            CompareWords, CreateSpace, GivenInvite, History, JoinSpace, MakeInvite, NamedInvite, NamedMember,
            NamedRequest, RenameSpace, Role, SaveInvite, SaveLetter, SpaceKind, SpaceState, SpaceView,
            TakenLetter,
        },
        sync::AddFolder,
    },
};

use crate::computer::{Computer, code};

fn syncing(folder: &TempDir) -> Computer {
    let computer = Computer::with_keyring();
    let path = folder.path().to_string_lossy().into_owned();
    vv_api::sync_add_folder(&computer.app, AddFolder { path }).unwrap();
    vv_api::sync_now(&computer.app).unwrap();
    computer
}

fn pairing(computer: &Computer) -> SpaceView {
    let request = CreateSpace {
        kind: SpaceKind::Pairing,
        name: String::new(),
        my_name: "Ada".to_owned(),
        history: History::FromJoin,
    };
    vv_api::spaces_create(&computer.app, request).unwrap()
}

fn invite(computer: &Computer, space: &SpaceView, role: Role) -> String {
    let request = MakeInvite { space: space.id.clone(), role, uses: 1, days: 7, auto_approve: false };
    let invite = vv_api::spaces_invite(&computer.app, request).unwrap();
    assert!(invite.qr_svg.contains("<svg"));
    invite.link
}

fn join(link: &str) -> JoinSpace {
    JoinSpace { invite: GivenInvite::Link { link: link.to_owned() }, my_name: "Jon".to_owned() }
}

fn get(computer: &Computer, id: &str) -> SpaceView {
    vv_api::spaces_get(&computer.app, id.to_owned()).unwrap()
}

fn readers(space: &SpaceView) -> Vec<&str> {
    let mut names: Vec<&str> = space.content_readers.iter().map(|reader| reader.name.as_str()).collect();
    names.sort_unstable();
    names
}

/// Brings both to where they share a pairing, through the folder alone.
fn share(one: &Computer, other: &Computer) -> String {
    let space = pairing(one);
    let link = invite(one, &space, Role::Peer);
    let asked = vv_api::spaces_join(&other.app, join(&link)).unwrap();
    assert_eq!((asked.state, asked.content_readers.len()), (SpaceState::Asked, 0));
    vv_api::sync_now(&one.app).unwrap();
    let waiting = get(one, &space.id).requests;
    assert_eq!((waiting.len(), waiting[0].name.as_str(), waiting[0].safety_words.len()), (1, "Jon", 8));
    let named = NamedRequest { space: space.id.clone(), request: waiting[0].id.clone() };
    vv_api::spaces_approve(&one.app, named).unwrap();
    for _ in 0..3 {
        vv_api::sync_now(&one.app).unwrap();
        vv_api::sync_now(&other.app).unwrap();
    }
    space.id
}

#[test]
fn the_journal_is_the_first_space_and_read_by_nobody_else() {
    let computer = Computer::with_keyring();
    let rows = vv_api::spaces_list(&computer.app).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].kind, rows[0].readers.len()), (SpaceKind::Journal, 1));
    assert!(rows[0].readers[0].is_me && !rows[0].readers[0].name.is_empty());
    let journal = get(&computer, &rows[0].id);
    assert!(journal.rights.invite.is_empty() && !journal.rights.leave);
    assert!(journal.keys_fit, "and its keys are sealed to nobody else");
}

#[test]
fn two_people_share_a_pairing_through_a_folder_and_both_see_who_can_read() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (syncing(&folder), syncing(&folder));
    let id = share(&one, &other);
    let (here, there) = (get(&one, &id), get(&other, &id));
    assert_eq!((here.state, there.state), (SpaceState::Open, SpaceState::Open));
    assert_eq!((readers(&here), readers(&there)), (vec!["Ada", "Jon"], vec!["Ada", "Jon"]));
    assert!(here.members.iter().all(|member| member.role == Role::Peer && !member.can_remove));
    let words = |space: &SpaceView| {
        space.members.iter().find(|member| !member.is_me).map(|member| member.safety_words.clone())
    };
    assert_eq!(words(&here), words(&there));

    let jon = here.members.iter().find(|member| !member.is_me).unwrap();
    let compared = CompareWords { space: id.clone(), account: jon.account.clone(), same: true };
    let after = vv_api::spaces_compare_words(&one.app, compared).unwrap();
    assert!(after.members.iter().any(|member| member.compared_at.is_some()));
    let remove = NamedMember { space: id.clone(), account: jon.account.clone() };
    assert_eq!(code(vv_api::spaces_remove_member(&one.app, remove)), ErrorCode::NotAllowed);

    vv_api::spaces_leave(&other.app, id.clone()).unwrap();
    vv_api::sync_now(&other.app).unwrap();
    vv_api::sync_now(&one.app).unwrap();
    assert_eq!(get(&one, &id).state, SpaceState::Frozen);
}

#[test]
fn a_request_and_its_answer_travel_as_files_where_nothing_carries_them() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (one, other) = (Computer::with_keyring(), Computer::with_keyring());
    let space = pairing(&one);
    invite(&one, &space, Role::Peer);
    let made = get(&one, &space.id).invites.remove(0);
    let save = SaveInvite { space: space.id.clone(), invite: made.id.clone(), path: file("invitation.vv") };
    vv_api::spaces_save_invite(&one.app, save).unwrap();

    let taken = vv_api::spaces_take_letter(&other.app, file("invitation.vv")).unwrap();
    let TakenLetter::Invitation { invitation } = taken else { panic!("it is an invitation") };
    assert_eq!((invitation.by.as_str(), invitation.can_send, invitation.role), ("Ada", false, Role::Peer));
    let by_file = GivenInvite::File { path: file("invitation.vv") };
    vv_api::spaces_join(&other.app, JoinSpace { invite: by_file, my_name: "Jon".to_owned() }).unwrap();
    let request = SaveLetter { space: space.id.clone(), request: None, path: file("request.vv") };
    vv_api::spaces_save_letter(&other.app, request).unwrap();

    let taken = vv_api::spaces_take_letter(&one.app, file("request.vv")).unwrap();
    assert_eq!(taken, TakenLetter::Request { space: space.id.clone(), name: "Jon".to_owned() });
    let asked = get(&one, &space.id).requests.remove(0);
    assert!(asked.by_file);
    vv_api::spaces_approve(&one.app, NamedRequest { space: space.id.clone(), request: asked.id.clone() })
        .unwrap();
    let answer = SaveLetter { space: space.id.clone(), request: Some(asked.id), path: file("answer.vv") };
    vv_api::spaces_save_letter(&one.app, answer).unwrap();

    let taken = vv_api::spaces_take_letter(&other.app, file("answer.vv")).unwrap();
    assert_eq!(taken, TakenLetter::Approval { space: space.id.clone() });
    assert_eq!(readers(&get(&other, &space.id)), ["Ada", "Jon"]);
    assert_eq!(code(vv_api::spaces_take_letter(&one.app, file("nothing.vv"))), ErrorCode::UnreadableFile);
    std::fs::write(folder.path().join("words.vv"), "A letter of another kind.").unwrap();
    assert_eq!(code(vv_api::spaces_take_letter(&one.app, file("words.vv"))), ErrorCode::UnreadableFile);
}

#[test]
fn an_invitation_that_was_taken_back_lets_nobody_in() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (syncing(&folder), syncing(&folder));
    let space = pairing(&one);
    let link = invite(&one, &space, Role::Peer);
    let made = get(&one, &space.id).invites.remove(0);
    let named = NamedInvite { space: space.id.clone(), invite: made.id };
    assert!(vv_api::spaces_withdraw_invite(&one.app, named).unwrap().invites.is_empty());
    vv_api::spaces_join(&other.app, join(&link)).unwrap();
    vv_api::sync_now(&one.app).unwrap();
    assert!(get(&one, &space.id).requests.is_empty());
    // Whoever asked may think better of it.
    assert_eq!(vv_api::spaces_leave(&other.app, space.id).unwrap().len(), 1);
}

#[test]
fn a_circle_needs_a_name_and_is_named_anew() {
    let computer = Computer::with_keyring();
    let circle = |name: &str| CreateSpace {
        kind: SpaceKind::Circle,
        name: name.to_owned(),
        my_name: "Ada".to_owned(),
        history: History::Full,
    };
    assert_eq!(code(vv_api::spaces_create(&computer.app, circle(" "))), ErrorCode::Invalid);
    let made = vv_api::spaces_create(&computer.app, circle("Release circle")).unwrap();
    assert_eq!((made.name.as_str(), made.role), ("Release circle", Some(Role::Owner)));
    assert!(made.rights.invite.contains(&Role::Facilitator));
    let renamed =
        vv_api::spaces_rename(&computer.app, RenameSpace { space: made.id, name: "Releases".to_owned() })
            .unwrap();
    assert_eq!(renamed.name, "Releases");
    assert_eq!(code(vv_api::spaces_get(&computer.app, "00".repeat(16))), ErrorCode::NotFound);
}
