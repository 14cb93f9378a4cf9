//! The desk of somebody with many pairings.

use std::time::Instant;

use super::two::*;
use crate::day;
use crate::pairings::*;
use crate::spaces::tests::people::*;

#[test]
fn whoever_waits_for_me_comes_first_and_what_has_ended_stands_apart() {
    let ana = Person::new("Ana", 1);
    let begin = |name: &str| {
        ana.doing(|tx| begin_pairing(tx, NewPairing { name: name.into(), ..NewPairing::default() }))
    };
    let (quiet, due, next, over) = (begin("Quiet"), begin("Due"), begin("Next"), begin("Over"));
    let promised = NewPromise { due_on: Some(ana.today()), ..promise(Who::Me, "send it") };
    ana.doing(|tx| make_promise(tx, due, &promised));
    ana.doing(|tx| propose_session(tx, next, &case(ana.now())));
    ana.doing(|tx| end_pairing(tx, over, "", None));
    let desk = ana.desk();
    assert_eq!(desk.open.iter().map(|row| row.id).collect::<Vec<_>>(), [due, next, quiet]);
    assert_eq!(desk.closed.iter().map(|row| row.id).collect::<Vec<_>>(), [over]);
    assert_eq!(desk.open[0].my_promises, 1);
    let mentee = desk.room.iter().find(|room| room.part == Part::Mentee).unwrap();
    assert_eq!((mentee.most, mentee.taken), (2, 3));
    for row in desk.open.iter().chain(&desk.closed) {
        let page = ana.pairing(row.id);
        assert_eq!((row.health, &row.waits, row.balance), (page.health, &page.waits, page.balance));
    }
}

/// A measurement by hand: `cargo test -p vv-core --release -- --ignored desk_of_forty`.
#[test]
#[ignore = "a measurement"]
#[allow(clippy::print_stderr)]
fn desk_of_forty() {
    let ana = Person::new("Ana", 1);
    let mut ids = Vec::new();
    for number in 0..40 {
        let new = NewPairing { name: format!("Person {number}"), ..NewPairing::default() };
        let id = ana.doing(|tx| begin_pairing(tx, new));
        ana.doing(|tx| {
            for at in 0..50u64 {
                let on = day::before(day::today(tx), at * 7);
                let session = met_without_logging(tx, id, Some(on))?;
                for _ in 0..5 {
                    let new =
                        NewPromise { session: Some(session), ..promise(Who::Me, "a promise of some words") };
                    let made = make_promise(tx, id, &new)?;
                    if at > 0 {
                        home::act(
                            tx,
                            Home::Alone(id),
                            *made.as_bytes(),
                            record::Deed::Done,
                            home::Doing::default(),
                        )?;
                    }
                }
            }
            Ok(())
        });
        ids.push(id);
    }
    for _ in 0..3 {
        let begun = Instant::now();
        assert_eq!(ana.desk().open.len(), 40);
        let desk = begun.elapsed();
        let begun = Instant::now();
        ana.notebook.read(|reader| prepare(reader, ids[7])).unwrap();
        let prepared = begun.elapsed();
        let begun = Instant::now();
        ana.pairing(ids[7]);
        let page = begun.elapsed();
        let begun = Instant::now();
        ana.notebook.read(pairings_today).unwrap();
        eprintln!("desk {desk:?} preparation {prepared:?} page {page:?} today {:?}", begun.elapsed());
    }
}
