//! Promise 17: whoever has all that a server keeps learns no name, title, tag, role, address or account from it, after a whole life in it.

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};
use vv_api::model::journal::CreateEntry;
use vv_api::model::spaces::{
    CreateSpace, GivenInvite, History, JoinSpace, MakeInvite, NamedMember, NamedRequest, RenameSpace, Role,
    SpaceKind,
};

use crate::served::{Computer, NEW_DEVICE, Server, add, link};

/// Everything that somebody wrote or was called in this life. Each is long enough not to be found by chance.
const WORDS: [&str; 13] = [
    "Ada of the tests",
    "Benedikta Fischerin",
    "Cornelius Abernathy",
    "ada.of.the.tests@example.org",
    "What nobody else may read",
    "whiteboard-from-tuesday",
    "a title like no other",
    "tag-of-unusual-length",
    "Release circle of the north",
    "Pairing about sourdough",
    "facilitator",
    "observer",
    NEW_DEVICE,
];

fn sync(computers: &[&Computer]) {
    for _ in 0..3 {
        for computer in computers {
            computer.sync();
        }
    }
}

fn make(computer: &Computer, kind: SpaceKind, name: &str, my_name: &str) -> String {
    let (name, my_name) = (name.to_owned(), my_name.to_owned());
    let request = CreateSpace { kind, name, my_name, history: History::Full };
    vv_api::spaces_create(&computer.app, request).unwrap().id
}

/// Brings somebody into a space through the server alone.
fn let_in(host: &Computer, guest: &Computer, space: &str, role: Role, name: &str) {
    let asked = MakeInvite { space: space.to_owned(), role, uses: 1, days: 7, auto_approve: false };
    let link = vv_api::spaces_invite(&host.app, asked).unwrap().link;
    let join = JoinSpace { invite: GivenInvite::Link { link }, my_name: name.to_owned() };
    vv_api::spaces_join(&guest.app, join).unwrap();
    sync(&[guest, host]);
    let request = vv_api::spaces_get(&host.app, space.to_owned()).unwrap().requests.remove(0).id;
    vv_api::spaces_approve(&host.app, NamedRequest { space: space.to_owned(), request }).unwrap();
    sync(&[host, guest]);
}

#[test]
fn promise_17_a_server_knows_nobody_and_nothing_after_a_whole_life() {
    let server = Server::start(&[]);
    let people = ["Ada of the tests", "Benedikta Fischerin", "Cornelius Abernathy"];
    let [ada, ben, cor] = [21, 22, 23].map(|number| Computer::of(number, people[number as usize - 21]));
    for computer in [&ada, &ben, &cor] {
        add(computer, &server, None);
        computer.sync();
    }
    // A journal on two devices, of which one goes again.
    let entry = CreateEntry {
        title: "a title like no other".to_owned(),
        text: "What nobody else may read, ada.of.the.tests@example.org".to_owned(),
        tags: vec!["tag-of-unusual-length".to_owned()],
        ..CreateEntry::default()
    };
    let entry = vv_api::journal_create_entry(&ada.app, entry).unwrap().id.to_string();
    vv_api::attach_bytes(&ada.app, &entry, "whiteboard-from-tuesday.txt", b"What nobody else may read")
        .unwrap();
    ada.sync();
    let second = link(&ada, 24, &server);
    sync(&[&ada, &second]);
    second.write("What nobody else may read, from the other computer");
    sync(&[&second, &ada]);
    let gone = vv_api::devices_list(&ada.app).unwrap().into_iter().find(|device| !device.is_this).unwrap();
    vv_api::devices_revoke(&ada.app, gone.id).unwrap();
    sync(&[&ada]);
    // A pairing, and a circle with somebody in it who keeps the time, out of which somebody is taken.
    let pairing = make(&ada, SpaceKind::Pairing, "Pairing about sourdough", people[0]);
    let_in(&ada, &ben, &pairing, Role::Peer, people[1]);
    let circle = make(&ben, SpaceKind::Circle, "Release circle", people[1]);
    let rename = RenameSpace { space: circle.clone(), name: "Release circle of the north".to_owned() };
    vv_api::spaces_rename(&ben.app, rename).unwrap();
    let_in(&ben, &ada, &circle, Role::Facilitator, people[0]);
    let_in(&ben, &cor, &circle, Role::Observer, people[2]);
    let members = vv_api::spaces_get(&ben.app, circle.clone()).unwrap().members;
    assert_eq!(members.len(), 3);
    let removed = members.iter().find(|member| member.name == people[2]).unwrap().account.clone();
    vv_api::spaces_remove_member(&ben.app, NamedMember { space: circle.clone(), account: removed }).unwrap();
    sync(&[&ada, &ben, &cor]);
    vv_api::spaces_leave(&ben.app, pairing).unwrap();
    sync(&[&ada, &ben]);

    let known = HEXLOWER.decode(circle.as_bytes()).unwrap();
    assert!(server.holds(&known), "what the server does know is found by this way of looking");
    for words in WORDS {
        for spelled in
            [words.to_owned(), words.to_lowercase(), words.to_uppercase(), BASE64.encode(words.as_bytes())]
        {
            assert!(!server.holds(spelled.as_bytes()), "the server holds “{words}”");
        }
    }
    for member in members {
        let account = HEXLOWER.decode(member.account.as_bytes()).unwrap();
        // The log of an account is a space there, so the first half of an id stands there; whose, nobody can tell from it.
        let [whole, second_half] = [account.as_slice(), &account[16..]];
        assert!(!server.holds(whole) && !server.holds(second_half), "the server holds the id of an account");
        for spelled in [
            HEXLOWER.encode(whole),
            HEXUPPER.encode(whole),
            BASE64.encode(whole),
            BASE64URL_NOPAD.encode(whole),
        ] {
            assert!(!server.holds(spelled.as_bytes()), "the server holds the id of an account, spelled out");
        }
    }
}
