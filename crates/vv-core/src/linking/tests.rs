//! Two devices that meet, and everybody who comes between them.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::TimeDelta;

use super::code::Way;
use super::words::{About, Answer, Channel, Opening, Said};
use super::*;
use crate::devices::list_devices;
use crate::notebook::{NewKey, Notebook};
use crate::ports::mailbox::{Mailbox, MailboxError};
use crate::store::tests::Profile;
use crate::store::tests::devices::{A, assert_same, exchange};
use crate::store::tests::{make_thing, text_of};

/// Keeps messages in memory, and may do to them what a server could.
#[derive(Default)]
struct MessageBox {
    messages: RefCell<HashMap<[u8; 16], Vec<Vec<u8>>>>,
    is_down: RefCell<bool>,
}

impl Mailbox for MessageBox {
    fn post(&self, id: &[u8; 16], message: &[u8]) -> Result<(), MailboxError> {
        if *self.is_down.borrow() {
            return Err(MailboxError::Unreachable);
        }
        assert!(message.len() <= 64 * 1024, "a mailbox takes no longer messages");
        self.messages.borrow_mut().entry(*id).or_default().push(message.to_vec());
        Ok(())
    }

    fn fetch(&self, id: &[u8; 16]) -> Result<Vec<Vec<u8>>, MailboxError> {
        if *self.is_down.borrow() {
            return Err(MailboxError::Unreachable);
        }
        // In no order, and each twice.
        let mut found = self.messages.borrow().get(id).cloned().unwrap_or_default();
        found.extend(found.clone());
        found.reverse();
        Ok(found)
    }
}

struct Meeting {
    home: Profile,
    old: Notebook,
    away: Profile,
    mailbox: MessageBox,
}

impl Meeting {
    fn new() -> Self {
        let home = Profile::new();
        let old = home.create();
        Self { home, old, away: Profile::of_another(), mailbox: MessageBox::default() }
    }

    fn begin(&self) -> (NewDevice, OldDevice) {
        let new = NewDevice::begin(&self.away.host.host, &self.mailbox).unwrap();
        let typed = new.code().to_string().to_lowercase();
        let old = OldDevice::begin(&self.old, LinkCode::read(&typed).unwrap());
        (new, old)
    }

    fn new_goes_on(&self, new: &mut NewDevice) -> Result<NewDeviceStep, LinkError> {
        new.go_on(&self.away.host.host, &self.mailbox)
    }

    fn old_goes_on(&self, old: &mut OldDevice) -> Result<OldDeviceStep, LinkError> {
        old.go_on(&self.old, &self.mailbox)
    }

    /// Brings both to where the pictures are compared.
    fn to_pictures(
        &self,
        new: &mut NewDevice,
        old: &mut OldDevice,
    ) -> ([&'static Picture; 7], [&'static Picture; 7]) {
        assert_eq!(self.old_goes_on(old).unwrap(), OldDeviceStep::Looking);
        let NewDeviceStep::Compare(on_new) = self.new_goes_on(new).unwrap() else { panic!() };
        let OldDeviceStep::Compare { pictures, name } = self.old_goes_on(old).unwrap() else { panic!() };
        assert_eq!(name, "Test laptop 2");
        (on_new, pictures)
    }

    fn devices(&self) -> usize {
        self.old.read(list_devices).unwrap().len()
    }
}

#[test]
fn the_same_pictures_on_both_and_a_yes_on_the_old_one_make_a_second_device() {
    let meeting = Meeting::new();
    meeting.old.write(|tx| make_thing(tx, A, "One", "words")).unwrap();
    let (mut new, mut old) = meeting.begin();
    assert!(matches!(meeting.new_goes_on(&mut new).unwrap(), NewDeviceStep::Waiting));
    let (on_new, on_old) = meeting.to_pictures(&mut new, &mut old);
    assert_eq!(on_new, on_old);
    assert_eq!(meeting.devices(), 1, "nothing is given away before the yes");
    old.confirm(&meeting.old, &meeting.mailbox).unwrap();
    assert!(matches!(meeting.new_goes_on(&mut new).unwrap(), NewDeviceStep::Receiving));
    assert_eq!(meeting.old_goes_on(&mut old).unwrap(), OldDeviceStep::Sending);
    let NewDeviceStep::Joined(joined) = meeting.new_goes_on(&mut new).unwrap() else { panic!() };
    let OldDeviceStep::Linked { name, .. } = meeting.old_goes_on(&mut old).unwrap() else { panic!() };
    assert_eq!(name, "Test laptop 2");
    let host = &meeting.away.host.host;
    let key = NewKey::Passphrase("the second one");
    let second = Notebook::join(&meeting.away.notebook(), host, &joined, key).unwrap();
    exchange(&meeting.old, &second);
    assert_eq!(text_of(&second, A), "words");
    assert_same(&meeting.old, &second);
    // The kit of the first day opens the second notebook too.
    let kit = meeting.old.kit().unwrap();
    drop(second);
    let unlock = crate::notebook::Unlock::Kit(&kit);
    assert_eq!(text_of(&Notebook::open(&meeting.away.notebook(), host, unlock).unwrap(), A), "words");
}

#[test]
fn nothing_that_the_mailbox_holds_tells_whose_account_it_is_or_which_device_or_what_is_in_it() {
    let meeting = Meeting::new();
    meeting.old.write(|tx| make_thing(tx, A, "One", "walrus words")).unwrap();
    let (mut new, mut old) = meeting.begin();
    meeting.to_pictures(&mut new, &mut old);
    old.confirm(&meeting.old, &meeting.mailbox).unwrap();
    meeting.new_goes_on(&mut new).unwrap();
    meeting.old_goes_on(&mut old).unwrap();
    let NewDeviceStep::Joined(joined) = meeting.new_goes_on(&mut new).unwrap() else { panic!() };
    let keys = [*joined.keys.sign.verifying_key().as_bytes(), *joined.keys.open.public().as_bytes()];
    let name = meeting.away.host.host.device_name.clone();
    assert!(name.len() > 8);
    for message in meeting.mailbox.messages.borrow().values().flatten() {
        assert!(!message.windows(name.len()).any(|window| window == name.as_bytes()));
        for key in &keys {
            assert!(!message.windows(32).any(|window| window == key));
        }
    }
    let (account, journal) = meeting
        .old
        .read(|reader| {
            Ok::<_, crate::store::StoreError>((reader.core().account_id, reader.core().journal.id))
        })
        .unwrap();
    for message in meeting.mailbox.messages.borrow().values().flatten() {
        for secret in [&account[..16], &journal] {
            assert!(!message.windows(16).any(|window| window == secret));
        }
    }
}

/// Puts itself between the two: it answers the new device, and shows the old one another device of its own.
#[test]
fn whoever_comes_between_shows_other_pictures_and_gets_nothing() {
    let meeting = Meeting::new();
    let (mut new, mut old) = meeting.begin();
    let (from_new, from_old) = (new.code().mailbox(Way::FromNew), new.code().mailbox(Way::FromOld));
    let mailbox = &meeting.mailbox;
    let taken = mailbox.messages.borrow_mut().remove(&from_new).unwrap();
    let Some(Said::Commit(commitment)) = Said::decode(&taken[0]).unwrap() else { panic!() };
    // To the old device: a device of the attacker's.
    let (secret, public) = vv_crypto::AgreeSecret::make();
    let about = About::new([7; 32], [8; 32], "Test laptop 2");
    let opening = Opening::new(&public, &about);
    mailbox.post(&from_new, &Said::Commit(opening.commitment()).encode()).unwrap();
    meeting.old_goes_on(&mut old).unwrap();
    let answers = mailbox.messages.borrow_mut().remove(&from_old).unwrap();
    let Some(Said::Answer(answer)) = Said::decode(&answers[0]).unwrap() else { panic!() };
    mailbox.post(&from_new, &Said::Opening(opening.clone()).encode()).unwrap();
    assert_eq!(meeting.old_goes_on(&mut old).unwrap(), OldDeviceStep::Looking, "who it is was not said yet");
    let of_attacker = Channel::open(secret, &answer.agree, &opening.commitment(), &answer, &opening).unwrap();
    for piece in of_attacker.seal(Way::FromNew, 0, &about.encode()) {
        mailbox.post(&from_new, &piece.encode()).unwrap();
    }
    let OldDeviceStep::Compare { pictures: on_old, .. } = meeting.old_goes_on(&mut old).unwrap() else {
        panic!()
    };
    assert_eq!(of_attacker.pictures, on_old);
    // To the new device: an answer of the attacker's.
    mailbox.messages.borrow_mut().clear();
    let (_, public) = vv_crypto::AgreeSecret::make();
    mailbox.post(&from_old, &Said::Answer(Answer::new(&public)).encode()).unwrap();
    let NewDeviceStep::Compare(on_new) = meeting.new_goes_on(&mut new).unwrap() else { panic!() };
    assert_ne!(on_new, on_old);
    assert_ne!(commitment, opening.commitment());
    // The person sees that they differ, and stops.
    old.stop(mailbox).unwrap();
    assert!(matches!(meeting.new_goes_on(&mut new), Err(LinkError::Stopped)));
    assert_eq!(meeting.devices(), 1);
}

#[test]
fn a_device_that_opens_something_else_than_it_committed_itself_to_is_sent_away() {
    let meeting = Meeting::new();
    let (new, mut old) = meeting.begin();
    meeting.old_goes_on(&mut old).unwrap();
    let (_, public) = vv_crypto::AgreeSecret::make();
    let other = Said::Opening(Opening::new(&public, &About::new([7; 32], [8; 32], "another")));
    meeting.mailbox.post(&new.code().mailbox(Way::FromNew), &other.encode()).unwrap();
    assert!(matches!(meeting.old_goes_on(&mut old), Err(LinkError::Disturbed)));
    assert!(matches!(meeting.old_goes_on(&mut old), Err(LinkError::NotNow)), "it is over");
}

#[test]
fn a_device_that_is_another_than_the_one_it_committed_itself_to_is_sent_away() {
    let meeting = Meeting::new();
    let code = LinkCode::make();
    let mut old = OldDevice::begin(&meeting.old, code);
    let (from_new, from_old) = (code.mailbox(Way::FromNew), code.mailbox(Way::FromOld));
    let mailbox = &meeting.mailbox;
    let (secret, public) = vv_crypto::AgreeSecret::make();
    let about = About::new([7; 32], [8; 32], "the one");
    let opening = Opening::new(&public, &about);
    mailbox.post(&from_new, &Said::Commit(opening.commitment()).encode()).unwrap();
    meeting.old_goes_on(&mut old).unwrap();
    let Some(Said::Answer(answer)) = Said::decode(&mailbox.messages.borrow()[&from_old][0]).unwrap() else {
        panic!()
    };
    let channel = Channel::open(secret, &answer.agree, &opening.commitment(), &answer, &opening).unwrap();
    mailbox.post(&from_new, &Said::Opening(opening).encode()).unwrap();
    // The keys are the same, the name is another: the digest tells.
    let other = About { name: "the other".to_owned(), ..about };
    for piece in channel.seal(Way::FromNew, 0, &other.encode()) {
        mailbox.post(&from_new, &piece.encode()).unwrap();
    }
    assert!(matches!(meeting.old_goes_on(&mut old), Err(LinkError::Disturbed)));
    assert_eq!(meeting.devices(), 1);
}

#[test]
fn a_device_of_the_first_version_is_told_apart_from_rubbish() {
    let meeting = Meeting::new();
    let (mut new, _) = meeting.begin();
    let mut first = Said::Answer(Answer { nonce: [1; 16], agree: [9; 32] }).encode();
    first[1] = 1;
    meeting.mailbox.post(&new.code().mailbox(Way::FromOld), &first).unwrap();
    assert!(matches!(meeting.new_goes_on(&mut new), Err(LinkError::OlderVersion)));
}

#[test]
fn two_who_show_one_code_or_answer_to_one_are_both_sent_away() {
    let meeting = Meeting::new();
    let (mut new, mut old) = meeting.begin();
    let (from_new, from_old) = (new.code().mailbox(Way::FromNew), new.code().mailbox(Way::FromOld));
    meeting.mailbox.post(&from_new, &Said::Commit([1; 32]).encode()).unwrap();
    assert!(matches!(meeting.old_goes_on(&mut old), Err(LinkError::Disturbed)));
    for seed in [1, 2] {
        let answer = Answer { nonce: [seed; 16], agree: [9; 32] };
        meeting.mailbox.post(&from_old, &Said::Answer(answer).encode()).unwrap();
    }
    assert!(matches!(meeting.new_goes_on(&mut new), Err(LinkError::Disturbed)));
}

#[test]
fn a_wrong_code_finds_nobody_and_a_code_is_good_for_ten_minutes() {
    let meeting = Meeting::new();
    let (mut new, _) = meeting.begin();
    let mut old = OldDevice::begin(&meeting.old, LinkCode::make());
    for _ in 0..3 {
        assert_eq!(meeting.old_goes_on(&mut old).unwrap(), OldDeviceStep::Looking);
    }
    for host in [&meeting.home.host, &meeting.away.host] {
        host.clock.advance(TimeDelta::seconds(601));
    }
    assert!(matches!(meeting.old_goes_on(&mut old), Err(LinkError::Expired)));
    assert!(matches!(meeting.new_goes_on(&mut new), Err(LinkError::Expired)));
}

#[test]
fn a_yes_that_comes_too_late_or_too_early_gives_nothing_away() {
    let meeting = Meeting::new();
    let (mut new, mut old) = meeting.begin();
    assert!(matches!(old.confirm(&meeting.old, &meeting.mailbox), Err(LinkError::NotNow)));
    meeting.to_pictures(&mut new, &mut old);
    meeting.home.host.clock.advance(TimeDelta::minutes(11));
    assert!(matches!(old.confirm(&meeting.old, &meeting.mailbox), Err(LinkError::Expired)));
    assert_eq!(meeting.devices(), 1);
}

#[test]
fn old_messages_and_rubbish_change_nothing() {
    let meeting = Meeting::new();
    let (mut new, mut old) = meeting.begin();
    let from_old = new.code().mailbox(Way::FromOld);
    for rubbish in [&b""[..], b"rubbish", &[0xff; 3_000], &[0x82, 0x00, 0x01]] {
        meeting.mailbox.post(&from_old, rubbish).unwrap();
    }
    let (on_new, on_old) = meeting.to_pictures(&mut new, &mut old);
    assert_eq!(on_new, on_old);
    old.confirm(&meeting.old, &meeting.mailbox).unwrap();
    meeting.new_goes_on(&mut new).unwrap();
    meeting.old_goes_on(&mut old).unwrap();
    // What the old device sent for this one is of no use to the next that shows a code.
    let sent = meeting.mailbox.messages.borrow()[&from_old].clone();
    let mut third = NewDevice::begin(&meeting.away.host.host, &meeting.mailbox).unwrap();
    let to_third = third.code().mailbox(Way::FromOld);
    for message in &sent {
        meeting.mailbox.post(&to_third, message).unwrap();
    }
    for _ in 0..3 {
        let step = meeting.new_goes_on(&mut third);
        assert!(!matches!(step, Ok(NewDeviceStep::Joined(_) | NewDeviceStep::Receiving)));
    }
    // The one it was meant for is not kept from it.
    assert!(matches!(meeting.new_goes_on(&mut new).unwrap(), NewDeviceStep::Joined(_)));
}

#[test]
fn a_mailbox_that_is_away_for_a_while_stops_nothing() {
    let meeting = Meeting::new();
    let (mut new, mut old) = meeting.begin();
    *meeting.mailbox.is_down.borrow_mut() = true;
    assert!(matches!(meeting.old_goes_on(&mut old), Err(LinkError::Mailbox(_))));
    *meeting.mailbox.is_down.borrow_mut() = false;
    meeting.to_pictures(&mut new, &mut old);
    old.confirm(&meeting.old, &meeting.mailbox).unwrap();
    meeting.new_goes_on(&mut new).unwrap();
    meeting.old_goes_on(&mut old).unwrap();
    assert!(matches!(meeting.new_goes_on(&mut new).unwrap(), NewDeviceStep::Joined(_)));
}

#[test]
fn what_is_said_and_what_follows_from_it_are_those_of_the_protocol() {
    use crate::identity::vectors::{array, bytes, read};
    let of = read("linking.json");
    let code = LinkCode::read(of["code"].as_str().unwrap()).unwrap();
    assert_eq!(code.mailbox(Way::FromNew), array(&of["mailbox_from_new"]));
    assert_eq!(code.mailbox(Way::FromOld), array(&of["mailbox_from_old"]));
    let said: Vec<Said> =
        ["commit", "answer", "opening"].map(|name| Said::decode(&bytes(&of[name])).unwrap().unwrap()).into();
    let [Said::Commit(commitment), Said::Answer(answer), Said::Opening(opening)] = said.as_slice() else {
        panic!()
    };
    for (one, name) in said.iter().zip(["commit", "answer", "opening"]) {
        assert_eq!(one.encode(), bytes(&of[name]));
    }
    assert_eq!((opening.commitment(), *commitment), (array(&of["commitment"]), array(&of["commitment"])));
    assert_eq!(answer.agree, array(&of["old_public"]));
    let shared = vv_crypto::Key32::from_bytes(array(&of["shared"]));
    let channel = Channel::follow(&shared, commitment, answer, opening);
    let numbers: Vec<usize> =
        of["pictures"].as_array().unwrap().iter().map(|number| number.as_u64().unwrap() as usize).collect();
    assert_eq!(
        channel.pictures.to_vec(),
        numbers.iter().map(|number| &PICTURES[*number]).collect::<Vec<_>>()
    );
    let said_of_itself = Said::decode(&bytes(&of["about_piece"])).unwrap().unwrap();
    let said_of_itself = channel.open_all(Way::FromNew, 0, &[said_of_itself]).unwrap();
    let about = About::decode(&said_of_itself).unwrap();
    assert_eq!((about.name.as_str(), about.digest()), ("Laptop 💻", opening.about));
    assert_eq!((about.sign, about.open), (array(&of["device_sig"]), array(&of["device_enc"])));
    assert_eq!(about.encode(), said_of_itself);
    let piece = Said::decode(&bytes(&of["piece"])).unwrap().unwrap();
    assert_eq!(channel.open_all(Way::FromOld, 1, &[piece]), Some(bytes(&of["plain"])));
}
