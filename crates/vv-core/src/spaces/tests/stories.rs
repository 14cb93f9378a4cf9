//! What happens between people in pairings and circles.

use super::people::*;
use crate::spaces::*;

const ONE: [u8; 16] = [1; 16];
const TWO: [u8; 16] = [2; 16];
const THREE: [u8; 16] = [3; 16];

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn two_people_share_a_pairing_and_the_second_reads_from_joining_on() {
    let (ana, ben) = (Person::new("Ana", 1), Person::new("Ben", 2));
    let space = create(&ana, SpaceKind::Pairing);
    ana.write(space, ONE, "before Ben");
    let made = invite(&ana, space, Role::Owner, History::FromJoin);

    let seen = ben.notebook.read(|reader| look_at(reader, &made.link())).unwrap();
    assert_eq!((seen.inviter_name.as_str(), seen.kind, seen.is_in), ("Ana", SpaceKind::Pairing, false));
    let asked = ben.notebook.write(|tx| ask_to_join(tx, &made.file("Ana invites you."), &ben.name)).unwrap();
    assert_eq!(ben.notebook.read(list_asked).unwrap()[0].inviter_name, "Ana");
    let mailboxes = ana.notebook.read(request_mailboxes).unwrap();
    assert_eq!(mailboxes, [(space, asked.mailbox)]);

    let (_, request) = ana.notebook.write(|tx| take_request(tx, &asked.sealed, false)).unwrap();
    let waiting = ana.space(space).requests;
    assert_eq!(waiting[0].name, "Ben");
    assert_eq!(waiting[0].safety_words, seen.safety_words, "both see the same words");
    assert!(ana.notebook.write(answers_due).unwrap().is_empty(), "nobody has let Ben in");
    ana.notebook.write(|tx| approve(tx, request)).unwrap();
    let answer = ana.notebook.write(answers_due).unwrap().remove(0).1;
    let AnswerBox { mailbox, .. } = ben.notebook.read(answer_mailboxes).unwrap().remove(0);
    assert_eq!(mailbox, answer.mailbox);
    ben.notebook.write(|tx| take_answer(tx, &answer.sealed)).unwrap();
    meet(&[&ana, &ben], space);

    for person in [&ana, &ben] {
        let shown = person.space(space);
        assert_eq!((shown.name.as_str(), shown.state), ("Ours", SpaceState::Open));
        assert_eq!(person.name_in(space), [("Ana".into(), Role::Owner), ("Ben".into(), Role::Owner)]);
        assert_eq!(person.readers(space), (names(&["Ana", "Ben"]), names(&[])));
    }
    ana.write(space, TWO, "from Ana");
    ben.write(space, THREE, "from Ben");
    meet(&[&ana, &ben], space);
    assert_eq!(ben.title(space, TWO).as_deref(), Some("from Ana"));
    assert_eq!(ana.title(space, THREE).as_deref(), Some("from Ben"));
    assert_eq!(ben.title(space, ONE), None, "it was written before Ben came");
    assert_eq!(ana.title(space, ONE).as_deref(), Some("before Ben"));
    assert!(ana.space(space).invitations.is_empty(), "the seat is taken");
    ana.has_no_problems();
    ben.has_no_problems();
}

#[test]
fn a_member_with_all_history_reads_what_was_written_before() {
    let (ana, ben, cleo) = (Person::new("Ana", 1), Person::new("Ben", 2), Person::new("Cleo", 3));
    let space = create(&ana, SpaceKind::Circle);
    ana.write(space, ONE, "first");
    let_in(&ana, &ben, space, Role::Member, History::FromJoin);
    meet(&[&ana, &ben], space);
    ben.write(space, TWO, "second");
    meet(&[&ana, &ben], space);
    let_in(&ana, &cleo, space, Role::Member, History::Full);
    meet(&[&ana, &ben, &cleo], space);
    assert_eq!(cleo.title(space, ONE).as_deref(), Some("first"));
    assert_eq!(cleo.title(space, TWO).as_deref(), Some("second"));
    assert_eq!(ben.title(space, ONE), None);
    for person in [&ana, &ben, &cleo] {
        person.has_no_problems();
    }
}

#[test]
fn whoever_was_removed_reads_nothing_new_and_what_they_write_later_counts_for_nobody() {
    let (ana, ben, cleo) = (Person::new("Ana", 1), Person::new("Ben", 2), Person::new("Cleo", 3));
    let space = create(&ana, SpaceKind::Circle);
    let_in(&ana, &ben, space, Role::Member, History::FromJoin);
    let_in(&ana, &cleo, space, Role::Member, History::FromJoin);
    meet(&[&ana, &ben, &cleo], space);
    cleo.write(space, ONE, "in time");
    meet(&[&ana, &ben, &cleo], space);

    ana.notebook.write(|tx| remove_member(tx, space, cleo.id())).unwrap();
    // Cleo does not know yet and goes on; Ben hears of it from Cleo first.
    cleo.write(space, TWO, "too late");
    bring(&cleo, &ben, space);
    assert_eq!(ben.title(space, TWO).as_deref(), Some("too late"));
    ana.write(space, THREE, "without Cleo");
    meet(&[&ana, &ben], space);
    bring(&ana, &cleo, space);
    bring(&ben, &cleo, space);
    bring(&cleo, &ana, space);

    for person in [&ana, &ben] {
        assert_eq!(person.title(space, ONE).as_deref(), Some("in time"));
        assert_eq!(person.title(space, TWO), None);
        assert_eq!(person.title(space, THREE).as_deref(), Some("without Cleo"));
        assert_eq!(person.readers(space).0, names(&["Ana", "Ben"]));
        person.has_no_problems();
    }
    assert_eq!(cleo.title(space, THREE), None, "there is no key to it");
    assert_eq!(cleo.title(space, ONE).as_deref(), Some("in time"), "nothing that was there is taken away");
    assert_eq!(cleo.space(space).state, SpaceState::Left);
    assert!(matches!(cleo.try_write(space, 1, [4; 16], "more"), Err(SpaceError::NotMember)));
    cleo.has_no_problems();

    // Whoever comes back goes on anew.
    let_in(&ana, &cleo, space, Role::Member, History::FromJoin);
}

#[test]
fn whoever_comes_back_writes_anew_and_what_was_cut_stays_cut() {
    let (ana, ben) = (Person::new("Ana", 1), Person::new("Ben", 2));
    let space = create(&ana, SpaceKind::Circle);
    let_in(&ana, &ben, space, Role::Member, History::FromJoin);
    meet(&[&ana, &ben], space);
    ben.write(space, ONE, "in time");
    meet(&[&ana, &ben], space);
    ana.notebook.write(|tx| remove_member(tx, space, ben.id())).unwrap();
    ben.write(space, TWO, "too late");
    meet(&[&ana, &ben], space);
    assert_eq!(ben.title(space, TWO), None, "Ben sees that it is not part of the space");

    let add = |tx: &mut crate::store::Tx| change_role(tx, space, ben.id(), Role::Member);
    assert!(matches!(ana.notebook.write(add), Err(SpaceError::NotFound)), "a role is not a way back in");
    let made = invite(&ana, space, Role::Member, History::FromJoin);
    let asked = ben.notebook.write(|tx| ask_to_join(tx, &made.link(), &ben.name)).unwrap();
    let (_, request) = ana.notebook.write(|tx| take_request(tx, &asked.sealed, false)).unwrap();
    ana.notebook.write(|tx| approve(tx, request)).unwrap();
    meet(&[&ana, &ben], space);
    ben.write(space, THREE, "back again");
    meet(&[&ana, &ben], space);
    assert_eq!(ana.title(space, THREE).as_deref(), Some("back again"));
    assert_eq!(ana.title(space, TWO), None);
    ana.has_no_problems();
    ben.has_no_problems();
}

#[test]
fn a_facilitator_leads_and_reads_no_content() {
    let (ana, ben, fay) = (Person::new("Ana", 1), Person::new("Ben", 2), Person::new("Fay", 3));
    let space = create(&ana, SpaceKind::Circle);
    let_in(&ana, &ben, space, Role::Member, History::FromJoin);
    let_in(&ana, &fay, space, Role::Facilitator, History::FromJoin);
    meet(&[&ana, &ben, &fay], space);
    ana.write(space, ONE, "content");
    ana.try_write(space, 2, TWO, "the agenda").unwrap();
    fay.try_write(space, 2, THREE, "the times").unwrap();
    meet(&[&ana, &ben, &fay], space);
    assert_eq!(fay.title(space, ONE), None);
    assert_eq!(fay.title(space, TWO).as_deref(), Some("the agenda"));
    assert_eq!(ben.title(space, THREE).as_deref(), Some("the times"));
    assert!(fay.try_write(space, 1, [4; 16], "content").is_err());
    assert_eq!(ben.readers(space), (names(&["Ana", "Ben"]), names(&["Fay"])));

    // Fay takes Ben out; the keys follow from Ana's device.
    fay.notebook.write(|tx| remove_member(tx, space, ben.id())).unwrap();
    assert_eq!(fay.space(space).state, SpaceState::WaitsForKeys);
    assert!(matches!(fay.try_write(space, 2, [5; 16], "times"), Err(SpaceError::WaitsForKeys)));
    meet(&[&ana, &fay], space);
    assert_eq!(fay.space(space).state, SpaceState::Open);
    let forbidden = fay.notebook.write(|tx| remove_member(tx, space, ana.id()));
    assert!(matches!(forbidden, Err(SpaceError::NotAllowed)));
    for person in [&ana, &fay] {
        person.has_no_problems();
    }
}

#[test]
fn two_owners_remove_two_members_at_once_and_both_are_out() {
    let people: Vec<Person> =
        ["Ana", "Ben", "Cleo", "Dan"].iter().zip(1..).map(|(name, seed)| Person::new(name, seed)).collect();
    let [ana, ben, cleo, dan] = people.as_slice() else { unreachable!() };
    let space = create(ana, SpaceKind::Circle);
    let_in(ana, ben, space, Role::Owner, History::Full);
    let_in(ana, cleo, space, Role::Member, History::FromJoin);
    let_in(ana, dan, space, Role::Member, History::FromJoin);
    meet(&[ana, ben, cleo, dan], space);
    ana.notebook.write(|tx| remove_member(tx, space, cleo.id())).unwrap();
    ben.notebook.write(|tx| remove_member(tx, space, dan.id())).unwrap();
    ana.write(space, ONE, "Dan still reads this");
    meet(&[ana, ben], space);
    ben.write(space, TWO, "neither reads this");
    meet(&[ana, ben], space);
    for out in [cleo, dan] {
        bring(ana, out, space);
        assert_eq!(out.title(space, TWO), None);
    }
    for person in [ana, ben] {
        assert_eq!(person.title(space, TWO).as_deref(), Some("neither reads this"));
        assert_eq!(person.readers(space).0, names(&["Ana", "Ben"]));
        person.has_no_problems();
    }
}

#[test]
fn a_pairing_takes_a_facilitator_by_the_word_of_both() {
    let (ana, ben, fay) = (Person::new("Ana", 1), Person::new("Ben", 2), Person::new("Fay", 3));
    let space = create(&ana, SpaceKind::Pairing);
    let_in(&ana, &ben, space, Role::Owner, History::FromJoin);
    meet(&[&ana, &ben], space);
    let made = invite(&ana, space, Role::Facilitator, History::FromJoin);
    let asked = fay.notebook.write(|tx| ask_to_join(tx, &made.link(), &fay.name)).unwrap();
    let (_, request) = ana.notebook.write(|tx| take_request(tx, &asked.sealed, false)).unwrap();
    ana.notebook.write(|tx| approve(tx, request)).unwrap();
    assert!(ana.notebook.write(answers_due).unwrap().is_empty(), "Ben has not agreed");
    meet(&[&ana, &ben], space);
    let proposal = ben.space(space).proposals.remove(0);
    assert_eq!((proposal.by, proposal.whom), (ana.id(), fay.id()));
    ben.notebook.write(|tx| note_compared(tx, space, ana.id())).unwrap();
    assert!(ben.space(space).members.iter().all(|member| member.compared_at.is_some() != member.is_me));
    ben.notebook.write(|tx| forget_compared(tx, space, ana.id())).unwrap();
    assert!(ben.space(space).members.iter().all(|member| member.compared_at.is_none()));
    let own_word = ana.notebook.write(|tx| consent(tx, space, proposal.id));
    assert!(matches!(own_word, Err(SpaceError::NotAllowed)));
    ben.notebook.write(|tx| consent(tx, space, proposal.id)).unwrap();
    meet(&[&ana, &ben], space);
    let answer = ana.notebook.write(answers_due).unwrap().remove(0).1;
    fay.notebook.write(|tx| take_answer(tx, &answer.sealed)).unwrap();
    meet(&[&ana, &ben, &fay], space);
    assert_eq!(ben.readers(space), (names(&["Ana", "Ben"]), names(&["Fay"])));
    assert_eq!(fay.space(space).role, Some(Role::Facilitator));
    let removed = ben.notebook.write(|tx| remove_member(tx, space, ana.id()));
    assert!(matches!(removed, Err(SpaceError::NotAllowed)), "neither of two removes the other");
    for person in [&ana, &ben, &fay] {
        person.has_no_problems();
    }
}

#[test]
fn a_peer_who_leaves_freezes_the_pairing_and_both_keep_what_they_have() {
    let (ana, ben) = (Person::new("Ana", 1), Person::new("Ben", 2));
    let space = create(&ana, SpaceKind::Pairing);
    let_in(&ana, &ben, space, Role::Owner, History::FromJoin);
    meet(&[&ana, &ben], space);
    ben.write(space, ONE, "before parting");
    meet(&[&ana, &ben], space);
    ben.notebook.write(|tx| leave_space(tx, space)).unwrap();
    meet(&[&ana, &ben], space);
    for person in [&ana, &ben] {
        assert_eq!(person.space(space).state, SpaceState::Frozen);
        assert_eq!(person.title(space, ONE).as_deref(), Some("before parting"));
        assert!(matches!(person.try_write(space, 1, TWO, "more"), Err(SpaceError::Frozen)));
        person.has_no_problems();
    }
    let new = NewInvitation {
        role: Role::Owner,
        history: History::Full,
        uses: 1,
        days: 1,
        places: Vec::new(),
        open_door: false,
    };
    assert!(matches!(ana.notebook.write(|tx| invite_into(tx, space, &new)), Err(SpaceError::Frozen)));
}

#[test]
fn requests_and_answers_travel_as_files_and_a_declined_one_says_so() {
    let (ana, ben) = (Person::new("Ana", 1), Person::new("Ben", 2));
    let space = create(&ana, SpaceKind::Circle);
    let made = invite(&ana, space, Role::Member, History::FromJoin);
    let asked = ben.notebook.write(|tx| ask_to_join(tx, &made.link(), &ben.name)).unwrap();
    let (_, request) = ana.notebook.write(|tx| take_request(tx, &asked.file, true)).unwrap();
    let no = ana.notebook.write(|tx| decline(tx, request)).unwrap();
    assert!(ana.space(space).requests.is_empty());
    assert!(matches!(ana.notebook.write(|tx| approve(tx, request)), Err(SpaceError::NoRequest)));
    let told = ben.notebook.write(|tx| take_letter(tx, &no.file)).unwrap();
    assert_eq!(told, Letter::Answer(Answer::Declined(space)));
    assert!(ben.notebook.read(list_asked).unwrap()[0].declined);
    ben.notebook.write(|tx| forget_request(tx, space)).unwrap();

    // Asked again, and let in with nothing but files and no sync at all.
    let asked = ben.notebook.write(|tx| ask_to_join(tx, &made.link(), &ben.name)).unwrap();
    let (_, request) = ana.notebook.write(|tx| take_request(tx, &asked.file, true)).unwrap();
    ana.notebook.write(|tx| approve(tx, request)).unwrap();
    let answers = ana.notebook.write(answers_due).unwrap();
    let answer = answers.into_iter().find(|(of, _)| *of == request).unwrap().1;
    ben.notebook.write(|tx| take_answer(tx, &answer.file)).unwrap();
    assert_eq!(ben.space(space).state, SpaceState::Open);
    ben.write(space, ONE, "from Ben");
    bring(&ben, &ana, space);
    assert_eq!(ana.title(space, ONE).as_deref(), Some("from Ben"));
    assert!(matches!(ben.notebook.write(|tx| take_answer(tx, &answer.file)), Err(SpaceError::ForeignAnswer)));
    ben.has_no_problems();
}

#[test]
fn an_invitation_holds_for_as_many_and_as_long_as_it_says() {
    let (ana, ben, cleo) = (Person::new("Ana", 1), Person::new("Ben", 2), Person::new("Cleo", 3));
    let space = create(&ana, SpaceKind::Circle);
    let made = invite(&ana, space, Role::Member, History::FromJoin);
    let ask = |who: &Person, made: &InvitationMade| {
        who.notebook.write(|tx| ask_to_join(tx, &made.link(), &who.name)).unwrap()
    };
    let (first, second) = (ask(&ben, &made), ask(&cleo, &made));
    let (_, first) = ana.notebook.write(|tx| take_request(tx, &first.sealed, false)).unwrap();
    let (_, second) = ana.notebook.write(|tx| take_request(tx, &second.sealed, false)).unwrap();
    ana.notebook.write(|tx| approve(tx, first)).unwrap();
    assert!(matches!(ana.notebook.write(|tx| approve(tx, second)), Err(SpaceError::UsedUp)));

    let ended = invite(&ana, space, Role::Member, History::FromJoin);
    ana.notebook.write(|tx| end_invitation(tx, space, ended.id)).unwrap();
    let late = ask(&cleo, &ended);
    assert!(matches!(ana.notebook.write(|tx| take_request(tx, &late.sealed, false)), Err(SpaceError::Ended)));

    let old = invite(&ana, space, Role::Member, History::FromJoin);
    let asked = ask(&cleo, &old);
    ana.profile.host.clock.advance(chrono::TimeDelta::days(15));
    assert!(matches!(
        ana.notebook.write(|tx| take_request(tx, &asked.sealed, false)),
        Err(SpaceError::Expired)
    ));
    cleo.profile.host.clock.advance(chrono::TimeDelta::days(15));
    let too_late = cleo.notebook.write(|tx| ask_to_join(tx, &old.link(), &cleo.name));
    assert!(matches!(too_late, Err(SpaceError::Expired)));
}

#[test]
fn behind_an_open_door_whoever_asks_is_let_in_at_once() {
    let (ana, ben) = (Person::new("Ana", 1), Person::new("Ben", 2));
    let space = create(&ana, SpaceKind::Circle);
    let new = NewInvitation {
        role: Role::Member,
        history: History::FromJoin,
        uses: 3,
        days: 1,
        places: vec!["https://vv.example.org".into()],
        open_door: true,
    };
    let made = ana.notebook.write(|tx| invite_into(tx, space, &new)).unwrap();
    let asked = ben
        .notebook
        .write(|tx| ask_to_join(tx, &made.web_link("https://vv.example.org"), &ben.name))
        .unwrap();
    ana.notebook.write(|tx| take_request(tx, &asked.sealed, false)).unwrap();
    let answer = ana.notebook.write(answers_due).unwrap().remove(0).1;
    ben.notebook.write(|tx| take_answer(tx, &answer.sealed)).unwrap();
    assert_eq!(ben.space(space).places, ["https://vv.example.org"]);
    meet(&[&ana, &ben], space);
    assert_eq!(ana.name_in(space)[1], ("Ben".into(), Role::Member));
    assert!(made.picture().unwrap().contains("<svg"));
}

#[test]
fn records_of_a_space_arrive_in_any_order() {
    let (ana, ben, cleo) = (Person::new("Ana", 1), Person::new("Ben", 2), Person::new("Cleo", 3));
    let space = create(&ana, SpaceKind::Circle);
    let_in(&ana, &ben, space, Role::Member, History::FromJoin);
    meet(&[&ana, &ben], space);
    ben.write(space, ONE, "from Ben");
    let made = invite(&ana, space, Role::Member, History::Full);
    let asked = cleo.notebook.write(|tx| ask_to_join(tx, &made.link(), &cleo.name)).unwrap();
    meet(&[&ana, &ben], space);
    let (_, request) = ana.notebook.write(|tx| take_request(tx, &asked.sealed, false)).unwrap();
    ana.notebook.write(|tx| approve(tx, request)).unwrap();
    meet(&[&ana, &ben], space);
    let mut answer = ana.notebook.write(answers_due).unwrap().remove(0).1;
    answer.file.clear();
    cleo.notebook.write(|tx| take_answer(tx, &answer.sealed)).unwrap();
    // The newest come first, one page each.
    for raw in raws_of(&ana, space).into_iter().rev() {
        take_all(&cleo, vec![raw]);
    }
    assert_eq!(cleo.title(space, ONE).as_deref(), Some("from Ben"));
    assert_eq!(cleo.name_in(space).len(), 3);
    cleo.has_no_problems();
}
