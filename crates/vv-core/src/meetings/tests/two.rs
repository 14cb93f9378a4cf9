//! Meetings on a device each, and before one screen.

use super::pair::*;
use crate::guides::run::{Event, Status};
use crate::guides::{Answer, around};
use crate::meetings::record::{SAID, answer_op};
use crate::meetings::*;
use crate::pairings::record::{promise, session};
use crate::pairings::{
    Home, NewPairing, PromiseState, Who, begin_pairing, erase_pairing, hold_session, home, list_promises,
    pairing_of_space, take_on_promise, trash_pairing,
};
use crate::spaces::tests::people::{Person, invite};
use crate::spaces::*;
use crate::store::op::{Kind, Object};

fn promises(pair: &Pair, person: &Person) -> Vec<(i64, String, String)> {
    let ids: Vec<[u8; 16]> = person
        .notebook
        .read(|reader| {
            let sid = pair.home.sid(reader)?;
            let mut read =
                reader.sql().prepare("SELECT id FROM obj WHERE space = ?1 AND kind = ?2 ORDER BY id")?;
            let rows = read.query_map(rusqlite::params![sid, Kind::Promise.0], |row| row.get(0))?;
            Ok::<_, crate::store::StoreError>(rows.collect::<Result<_, _>>()?)
        })
        .unwrap();
    let mut found: Vec<_> = ids
        .into_iter()
        .map(|id| {
            let object: Object =
                person.notebook.read(|reader| pair.home.object(reader, &id, Kind::Promise)).unwrap().unwrap();
            let number = object.int(promise::OWNER).unwrap();
            (number, object.text(promise::WHAT).to_owned(), object.text(promise::IF_THEN).to_owned())
        })
        .collect();
    found.sort();
    found
}

/// Practices 2 and 80: each on their own device, merged.
#[test]
fn two_run_a_first_meeting_each_on_their_own_and_what_comes_of_it_is_in_both_notebooks_once() {
    let pair = pair();
    let (ana, ben) = (&pair.ana, &pair.ben);
    let of = pair.session("2026-03-01", 1);
    let id = pair.begin("p2", false, Some(of));
    assert_eq!(pair.see(ben, id).guide.title, "First meeting");
    assert_eq!(pair.see(ben, id).rules.len(), 9, "the ground rules stand beside it");
    // Both write before they hear of each other.
    pair.answer(ana, id, "draft_why", words("to be asked"));
    pair.answer(ana, id, "action", words("write down one question"));
    pair.answer(ben, id, "draft_why", words("to see my own work again"));
    pair.answer(ben, id, "action", words("bring the plan"));
    pair.answer(ben, id, "obstacle", words("it is not done"));
    pair.answer(ben, id, "then", words("bring the half of it"));
    pair.answer(ben, id, "shared_things", lines(&["bread", "early trains", "bad handwriting"]));
    let on = "2026-03-29".parse().unwrap();
    pair.answer(ana, id, "next_on", Answer::Moment { on, time: None });
    let refused = pair.answer_as(ana, id, Who::Other, "action", words("not mine to say"));
    assert!(matches!(refused, Err(MeetingError::NotYours)));
    pair.meet();
    assert_eq!(pair.read(ben, id, ana, "draft_why"), Some(words("to be asked")));
    assert_eq!(pair.read(ana, id, ben, "action"), Some(words("bring the plan")));
    let done = ana.notebook.write(|tx| finish_meeting(tx, pair.home, id, "en")).unwrap();
    assert_eq!(done.planned_on, Some(on));
    pair.meet();
    pair.meet();
    for person in [ana, ben] {
        assert_eq!(pair.see(person, id).state.status, Status::Finished);
        let said = promises(&pair, person);
        assert_eq!(said.len(), 2, "{said:?}");
        assert_eq!(said[0], (1, "write down one question".into(), String::new()));
        assert_eq!(
            said[1],
            (2, "bring the plan".into(), "If it is not done, then I bring the half of it".into())
        );
        let notes = person
            .notebook
            .read(|reader| pair.home.read(reader, |reader| reader.doc_text(of.as_bytes(), session::NOTES)))
            .unwrap()
            .unwrap();
        assert!(notes.contains("bread; early trains; bad handwriting"), "{notes}");
        let draft = person
            .notebook
            .read(|reader| pair.home.read(reader, |reader| reader.doc_text(&pair.home.draft(), 1)))
            .unwrap();
        assert_eq!(draft.as_deref().map(str::trim), Some("to be asked\nto see my own work again"));
    }
    pair.check();
}

/// Practice 80: one laptop in the room, no phones.
#[test]
fn before_one_screen_one_device_writes_for_both_and_never_asks_what_is_the_others_alone() {
    let pair = pair();
    let (ana, ben) = (&pair.ana, &pair.ben);
    let id = pair.begin("p3", true, None);
    let meeting = pair.see(ana, id);
    let around = ana.notebook.read(|reader| around(reader, &meeting.guide)).unwrap();
    let laid_out = crate::guides::run::steps(&meeting.guide, &meeting.state, &around);
    for step in &laid_out {
        for asked in asked_here(&meeting, &around, step) {
            assert_eq!(asked.field.asked.capture.readers, crate::guides::model::Readers::All);
        }
    }
    let since = laid_out.iter().find(|step| step.key == "since").unwrap();
    let people: Vec<Who> = asked_here(&meeting, &around, since).into_iter().map(|asked| asked.who).collect();
    assert!(people.contains(&Who::Me) && people.contains(&Who::Other));
    let alone: Vec<_> =
        asked_alone(&meeting, &around).into_iter().map(|asked| asked.field.key.to_string()).collect();
    assert_eq!(alone, ["private_note"]);
    // Ana began, so she is the mentee; Ben's words are written on her laptop.
    pair.answer_as(ana, id, Who::Other, "tried_since", words("I asked twice")).unwrap();
    let refused = pair.answer_as(ana, id, Who::Other, "private_note", words("spied"));
    assert!(matches!(refused, Err(MeetingError::NotOnThisScreen)));
    pair.answer(ana, id, "action", words("ask for the numbers"));
    pair.answer(ana, id, "private_note", words("quietly relieved"));
    pair.meet();
    let seen = pair.see(ben, id);
    assert_eq!(pair.read(ben, id, ben, "tried_since"), Some(words("I asked twice")));
    assert!(seen.written_down.iter().any(|(person, key)| *person == seen.me && key.prompt == "tried_since"));
    assert!(!holds(ben, pair.space, "quietly relieved"), "what is for one alone leaves the journal never");
    assert!(holds(ben, pair.space, "I asked twice"));
    ana.notebook.write(|tx| finish_meeting(tx, pair.home, id, "en")).unwrap();
    pair.meet();
    assert_eq!(promises(&pair, ben).len(), 1);
    pair.check();
}

#[test]
fn what_somebody_writes_in_the_name_of_the_other_does_not_count_nor_take_anything_away() {
    let pair = pair();
    let (ana, ben) = (&pair.ana, &pair.ben);
    let id = pair.begin("p2", false, None);
    pair.answer(ana, id, "action", words("call the plant"));
    pair.meet();
    let victim = pair.see(ben, id).other;
    // A changed program of Ben's writes past every check.
    let forged = answer_op(&victim, &"action".parse().unwrap(), Some(&words("resign")), 1 << 60);
    let cleared = answer_op(&victim, &"action".parse().unwrap(), None, 1 << 61);
    ben.notebook
        .write(|tx| home::commit(tx, pair.home, *id.as_bytes(), None, Vec::new(), vec![forged, cleared]))
        .unwrap();
    let object =
        ben.notebook.read(|reader| pair.home.object(reader, id.as_bytes(), Kind::Meeting)).unwrap().unwrap();
    let own =
        object.elements(SAID).iter().find(|value| format!("{value:?}").contains("call the plant")).cloned();
    let removal = crate::store::op::Op::Remove { field: SAID, element: own.unwrap() };
    ben.notebook
        .write(|tx| home::commit(tx, pair.home, *id.as_bytes(), None, Vec::new(), vec![removal]))
        .unwrap();
    pair.meet();
    for person in [ana, ben] {
        assert_eq!(pair.read(person, id, ana, "action"), Some(words("call the plant")));
    }
    pair.answer(ana, id, "action", words("call the plant on Monday"));
    pair.meet();
    assert_eq!(pair.read(ben, id, ana, "action"), Some(words("call the plant on Monday")));
}

/// Practices 81 and 83: a facilitator reads the process, the caller of a rule decides who hears of it.
#[test]
fn a_facilitator_sees_steps_and_no_words_and_hears_a_rule_that_is_called_to_them_alone() {
    let pair = pair();
    let (ana, ben, fay) = (&pair.ana, &pair.ben, Person::new("Fay", 3));
    let made = invite(ana, pair.space, Role::Facilitator, History::FromJoin);
    let asked = fay.notebook.write(|tx| ask_to_join(tx, &made.link(), &fay.name)).unwrap();
    let (_, request) = ana.notebook.write(|tx| take_request(tx, &asked.sealed, false)).unwrap();
    ana.notebook.write(|tx| approve(tx, request)).unwrap();
    pair.meet();
    let proposal = ben.space(pair.space).proposals.remove(0);
    ben.notebook.write(|tx| consent(tx, pair.space, proposal.id)).unwrap();
    pair.meet();
    let answer = ana.notebook.write(answers_due).unwrap().remove(0).1;
    fay.notebook.write(|tx| take_answer(tx, &answer.sealed)).unwrap();
    let all = [ana, ben, &fay];
    meet_all(&all, pair.space);
    let id = pair.begin("p3", false, None);
    pair.answer(ana, id, "hour_goal", words("decide about Lisbon"));
    ana.notebook
        .write(|tx| call_rule(tx, pair.home, id, CallTo::All, "Equal air for everyone.", ""))
        .unwrap();
    ana.notebook
        .write(|tx| call_rule(tx, pair.home, id, CallTo::Facilitator, "", "he laughed at my plan"))
        .unwrap();
    pair.act(ana, id, Event::GoTo("reality".into())).unwrap();
    meet_all(&all, pair.space);
    let seen = pair.see(&fay, id);
    assert_eq!((seen.state.at.as_str(), seen.me.as_str()), ("reality", ""));
    assert!(seen.state.answers.is_empty());
    assert!(matches!(pair.act(&fay, id, Event::GoTo("will".into())), Err(MeetingError::NotYours)));
    let calls = |person: &Person| -> Vec<(CallTo, String)> {
        pair.see(person, id).calls.into_iter().map(|call| (call.to, call.rule + &call.words)).collect()
    };
    assert_eq!(calls(ben), [(CallTo::All, "Equal air for everyone.".into())]);
    assert_eq!(calls(&fay), [(CallTo::Facilitator, "he laughed at my plan".into())]);
    assert!(!holds(ben, pair.space, "he laughed") && !holds_in_process(ana, pair.space, "he laughed"));
    assert!(!holds_in_process(ana, pair.space, "decide about Lisbon"));
    assert!(!holds(&fay, pair.space, "decide about Lisbon"));
    pair.check();
    fay.has_no_problems();
}

#[test]
fn a_rule_cannot_be_called_to_a_facilitator_who_is_not_there() {
    let pair = pair();
    let id = pair.begin("p3", false, None);
    let called = pair.ana.notebook.write(|tx| call_rule(tx, pair.home, id, CallTo::Facilitator, "", "x"));
    assert!(matches!(called, Err(MeetingError::NoFacilitator)));
}

#[test]
fn a_guide_for_one_is_no_meeting_and_a_meeting_of_another_pairing_is_not_found() {
    let (pair, other) = (pair(), Home::Shared(SpaceId([7; 16])));
    let new = NewMeeting { guide: "j1".into(), language: "en".into(), ..NewMeeting::default() };
    let begun = pair.ana.notebook.write(|tx| begin_meeting(tx, pair.home, &new));
    assert!(matches!(begun, Err(MeetingError::NotForTwo)));
    let id = pair.begin("p2", false, None);
    assert!(pair.ana.notebook.read(|reader| get_meeting(reader, other, id, "en")).is_err());
    let listed = pair.ben.notebook.read(|reader| list_meetings(reader, pair.home, "de")).unwrap();
    assert_eq!(
        (listed.len(), listed[0].title.as_str()),
        (1, "Erstes Treffen"),
        "each reads it in their language"
    );
}

#[test]
fn the_first_hour_is_a_first_meeting_and_the_next_ones_the_usual_session() {
    let pair = pair();
    let named = || pair.ana.notebook.read(|reader| suggested_guide(reader, pair.home, None)).unwrap();
    assert_eq!(named(), "p2");
    pair.held("2026-02-20");
    assert_eq!(named(), "p3");
    assert!(SHELF.iter().all(|id| crate::guides::find_built_in(id, "de").is_some()));
}

/// Practices 66 and 70: what was promised and what was written down lie beside the first question of the next hour.
#[test]
fn a_session_begins_beside_the_promises_and_notes_of_the_last_one() {
    let pair = pair();
    let (ana, ben) = (&pair.ana, &pair.ben);
    let first = pair.session("2026-02-20", 1);
    let id = pair.begin("p3", false, Some(first));
    pair.answer(ana, id, "action", words("ask for the numbers"));
    pair.answer(ana, id, "five_lines", lines(&["We spoke of the margin."]));
    ana.notebook.write(|tx| finish_meeting(tx, pair.home, id, "en")).unwrap();
    let side = ana.notebook.write(|tx| pairing_of_space(tx, pair.space)).unwrap();
    ana.notebook.write(|tx| hold_session(tx, side, first)).unwrap();
    pair.meet();
    let next = pair.begin("p3", false, None);
    for person in [ana, ben] {
        let meeting = pair.see(person, next);
        let around = person.notebook.read(|reader| around(reader, &meeting.guide)).unwrap();
        let step = crate::guides::run::steps(&meeting.guide, &meeting.state, &around).remove(0);
        assert_eq!(step.key, "since");
        let laid = person.notebook.read(|reader| laid_beside(reader, &meeting, &step)).unwrap();
        let promised: Vec<_> = laid.promises.iter().map(|one| (one.owner, one.what.as_str())).collect();
        let whose = if std::ptr::eq(person, ana) { Who::Me } else { Who::Other };
        assert_eq!(promised, [(whose, "ask for the numbers")]);
        let (_, notes) = laid.last.expect("it was held");
        assert!(notes.contains("We spoke of the margin."), "{notes}");
        assert!(laid.goals.is_empty() && laid.agreement.is_none(), "only what is asked for");
    }
    pair.check();
}

#[test]
fn a_pairing_that_is_deleted_for_good_takes_along_what_was_kept_of_its_meetings() {
    let ana = Person::new("Ana", 1);
    let new = NewPairing { name: "Bo".into(), ..NewPairing::default() };
    let id = ana.notebook.write(|tx| begin_pairing(tx, new)).unwrap();
    let home = Home::Alone(id);
    let new = NewMeeting { guide: "p3".into(), language: "en".into(), ..NewMeeting::default() };
    let meeting = ana.notebook.write(|tx| begin_meeting(tx, home, &new)).unwrap();
    let event =
        Event::Answer { by: "me".into(), key: "private_note".parse().unwrap(), answer: words("only for me") };
    ana.notebook.write(|tx| act(tx, home, meeting, event)).unwrap();
    ana.notebook.write(|tx| trash_pairing(tx, id)).unwrap();
    ana.notebook.write(|tx| erase_pairing(tx, id)).unwrap();
    let left: i64 = ana
        .notebook
        .read(|reader| {
            let counted = reader.sql().query_row("SELECT count(*) FROM meeting_part", [], |row| row.get(0));
            Ok::<_, crate::store::StoreError>(counted?)
        })
        .unwrap();
    assert_eq!(left, 0);
    ana.has_no_problems();
}

#[test]
fn before_one_screen_the_promise_of_the_other_is_offered_and_theirs_to_take_on() {
    let pair = pair();
    let (ana, ben) = (&pair.ana, &pair.ben);
    let id = pair.begin("p2", true, None);
    pair.answer(ana, id, "action", words("write down one question"));
    pair.answer_as(ana, id, Who::Other, "action", words("bring the plan")).unwrap();
    ana.notebook.write(|tx| finish_meeting(tx, pair.home, id, "en")).unwrap();
    pair.meet();
    let side = ben.notebook.write(|tx| pairing_of_space(tx, pair.space)).unwrap();
    let see = || {
        let all = ben.notebook.read(|reader| list_promises(reader, side)).unwrap();
        let mut all: Vec<_> = all.into_iter().map(|one| (one.what, one.owner, one.state, one.id)).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    };
    let all = see();
    assert_eq!((all[0].0.as_str(), all[0].1, &all[0].2), ("bring the plan", Who::Me, &PromiseState::Offered));
    assert_eq!((all[1].1, &all[1].2), (Who::Other, &PromiseState::Open));
    ben.notebook.write(|tx| take_on_promise(tx, side, all[0].3, true)).unwrap();
    assert_eq!(see()[0].2, PromiseState::Open);
    pair.meet();
    pair.check();
}
