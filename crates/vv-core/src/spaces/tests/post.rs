//! Coming in through a mailbox, with nobody handing anything on.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::people::*;
use crate::ports::mailbox::{Mailbox, MailboxError};
use crate::spaces::*;

/// Is a mailbox in memory, with whatever strangers leave there.
#[derive(Default)]
struct Boxes(RefCell<BTreeMap<[u8; 16], Vec<Vec<u8>>>>);

impl Mailbox for Boxes {
    fn post(&self, id: &[u8; 16], message: &[u8]) -> Result<(), MailboxError> {
        self.0.borrow_mut().entry(*id).or_default().push(message.to_vec());
        Ok(())
    }

    fn fetch(&self, id: &[u8; 16]) -> Result<Vec<Vec<u8>>, MailboxError> {
        Ok(self.0.borrow().get(id).cloned().unwrap_or_default())
    }
}

#[test]
fn somebody_asks_and_is_let_in_through_a_mailbox_however_often_it_is_looked_into() {
    let (ana, ben, boxes) = (Person::new("Ana", 1), Person::new("Ben", 2), Boxes::default());
    let pass = |who: &Person| pass_messages(&who.notebook, &boxes).unwrap();
    let space = create(&ana, SpaceKind::Pairing);
    let made = invite(&ana, space, Role::Owner, History::FromJoin);
    boxes.post(&made.id.0, b"left by a stranger").unwrap();
    ben.notebook.write(|tx| ask_to_join(tx, &made.link(), "Ben")).unwrap();
    for _ in 0..2 {
        assert_eq!(pass(&ben), Passed::default());
    }
    assert_eq!(pass(&ana).asked_into, [space]);
    assert_eq!(pass(&ana), Passed::default());
    let request = ana.space(space).requests.remove(0);
    ana.notebook.write(|tx| approve(tx, request.id)).unwrap();
    pass(&ana);
    assert_eq!(pass(&ben).answers, [Answer::In(space)]);
    assert_eq!(pass(&ben), Passed::default());
    assert_eq!(ben.space(space).state, SpaceState::Open);
    let messages: usize = boxes.0.borrow().values().map(Vec::len).sum();
    assert_eq!(messages, 3, "one request, one answer, and what the stranger left");
}

#[test]
fn a_request_that_is_declined_is_answered_through_the_mailbox_as_well() {
    let (ana, ben, boxes) = (Person::new("Ana", 1), Person::new("Ben", 2), Boxes::default());
    let pass = |who: &Person| pass_messages(&who.notebook, &boxes).unwrap();
    let space = create(&ana, SpaceKind::Circle);
    let made = invite(&ana, space, Role::Member, History::FromJoin);
    ben.notebook.write(|tx| ask_to_join(tx, &made.link(), "Ben")).unwrap();
    pass(&ben);
    pass(&ana);
    let request = ana.space(space).requests.remove(0);
    ana.notebook.write(|tx| decline(tx, request.id)).unwrap();
    pass(&ana);
    assert_eq!(pass(&ben).answers, [Answer::Declined(space)]);
    assert!(ana.space(space).requests.is_empty());
}
