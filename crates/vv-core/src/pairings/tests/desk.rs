//! The desk of somebody with many pairings.

use super::two::*;
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
