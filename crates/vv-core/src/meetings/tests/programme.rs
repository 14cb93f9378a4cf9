//! A whole programme, from the first meeting to the last, by two on a device each.

use super::pair::*;
use crate::guides::run::{Event, Status};
use crate::guides::{Answer, find_built_in};
use crate::journal::get_entry;
use crate::loops::{Part, get_loop, make_loop};
use crate::meetings::*;
use crate::pairings::Who;
use crate::store::op::Kind;

/// Practices 51 and 71: six meetings, each with what comes of it, and the journal of each takes along what is theirs.
#[test]
fn two_run_the_six_meetings_of_the_programme_and_each_promise_is_made_once() {
    let pair = pair();
    let (ana, ben) = (&pair.ana, &pair.ben);
    let mut last = None;
    for number in 1..=6 {
        let of = pair.session(&format!("2026-03-{number:02}"), 1);
        let id = pair.begin(&format!("p6-s{number}"), false, Some(of));
        let meeting = pair.see(ben, id);
        let has = |key: &str| meeting.guide.prompt(key).is_some();
        if has("fact") {
            // Ana began; her learning leads, so Ben is the junior and brings the observation.
            pair.answer(ben, id, "fact", words("three reviews in a row you answered for Tom"));
            pair.answer(ben, id, "said_back", words("I answer for others"));
            assert!(pair.answer_as(ana, id, Who::Me, "fact", words("x")).is_err());
        }
        let who = if matches!(number, 4 | 6) { vec![ana] } else { vec![ana, ben] };
        for person in who {
            pair.answer(person, id, "action", words(&format!("try it {number} as {}", person.name)));
        }
        if has("silent") {
            pair.answer(ana, id, "silent", words("it stung for a moment"));
        }
        if has("next_on") && number < 6 {
            let on = format!("2026-04-{number:02}").parse().unwrap();
            pair.answer(ben, id, "next_on", Answer::Moment { on, time: None });
        }
        // Both go on, each on their own, and meet afterwards.
        let by = pair.see(ana, id).me;
        pair.act(ana, id, Event::Next { by }).unwrap();
        pair.meet();
        ben.notebook.write(|tx| finish_meeting(tx, pair.home, id, "de")).unwrap();
        pair.meet();
        pair.meet();
        assert_eq!(pair.see(ana, id).state.status, Status::Finished);
        last = Some(id);
        if number == 4 {
            let entry = ana.notebook.write(|tx| keep_as_entry(tx, pair.home, id, "en")).unwrap();
            let kept = ana.notebook.read(|reader| get_entry(reader, entry)).unwrap();
            assert!(kept.text.contains("it stung for a moment") && !kept.text.contains("three reviews"));
            assert!(!holds(ben, pair.space, "it stung"));
            let learning = ana.notebook.write(|tx| make_loop(tx, "Leaving room")).unwrap();
            let place = (learning, Part::Practise);
            ana.notebook
                .write(|tx| fill_loop_with_meeting(tx, pair.home, id, place, "I counted to five", "en"))
                .unwrap();
            let filled = ana.notebook.read(|reader| get_loop(reader, learning)).unwrap();
            assert!(format!("{filled:?}").contains("Hard mirror"));
        }
    }
    let count = |person: &crate::spaces::tests::people::Person| -> i64 {
        person
            .notebook
            .read(|reader| {
                let sid = pair.home.sid(reader)?;
                let counted = reader.sql().query_row(
                    "SELECT count(*) FROM obj WHERE space = ?1 AND kind = ?2",
                    rusqlite::params![sid, Kind::Promise.0],
                    |row| row.get(0),
                );
                Ok::<_, crate::store::StoreError>(counted?)
            })
            .unwrap()
    };
    assert_eq!((count(ana), count(ben)), (10, 10));
    let listed = ana.notebook.read(|reader| list_meetings(reader, pair.home, "en")).unwrap();
    assert_eq!(listed.len(), 6);
    assert_eq!(listed[0].title, find_built_in("p6-s6", "en").unwrap().guide.title);
    assert!(last.is_some());
    pair.check();
}
