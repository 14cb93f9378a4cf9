//! A person with several devices in a space with others.

use super::people::*;
use crate::devices::{DeviceId, revoke_device};
use crate::spaces::*;
use crate::store::StoreError;
use crate::store::tests::devices::{Laptop, bring as bring_all, exchange};

const ONE: [u8; 16] = [1; 16];
const TWO: [u8; 16] = [2; 16];
const THREE: [u8; 16] = [3; 16];

/// Ben's two laptops, of which the second learns of everything by sync.
fn second_laptop(ben: &Person) -> Person {
    let Laptop { profile, notebook } = Laptop::join(&ben.notebook, 22);
    exchange(&ben.notebook, &notebook);
    Person { name: ben.name.clone(), profile, notebook }
}

#[test]
fn a_second_device_learns_of_the_space_from_the_journal_and_writes_in_it() {
    let (ana, ben) = (Person::new("Ana", 1), Person::new("Ben", 2));
    let space = create(&ana, SpaceKind::Pairing);
    let_in(&ana, &ben, space, Role::Owner, History::FromJoin);
    meet(&[&ana, &ben], space);
    ana.write(space, ONE, "from Ana");
    meet(&[&ana, &ben], space);
    let other = second_laptop(&ben);
    meet(&[&ana, &ben, &other], space);
    assert_eq!(other.title(space, ONE).as_deref(), Some("from Ana"));
    other.write(space, TWO, "from Ben's other laptop");
    meet(&[&ana, &ben, &other], space);
    assert_eq!(ana.title(space, TWO).as_deref(), Some("from Ben's other laptop"));
    assert_eq!(ben.title(space, TWO).as_deref(), Some("from Ben's other laptop"));
    for person in [&ana, &ben, &other] {
        person.has_no_problems();
    }
}

#[test]
fn a_device_that_was_taken_away_reads_nothing_new_in_the_space_either() {
    let (ana, ben) = (Person::new("Ana", 1), Person::new("Ben", 2));
    let space = create(&ana, SpaceKind::Pairing);
    let_in(&ana, &ben, space, Role::Owner, History::FromJoin);
    meet(&[&ana, &ben], space);
    let stolen = second_laptop(&ben);
    meet(&[&ana, &ben, &stolen], space);
    stolen.write(space, ONE, "in time");
    meet(&[&ana, &ben, &stolen], space);

    let device = stolen.notebook.read(|reader| Ok::<_, StoreError>(reader.core().device())).unwrap();
    ben.notebook.write(|tx| revoke_device(tx, DeviceId(device))).unwrap();
    meet(&[&ana, &ben], space);
    ana.write(space, TWO, "after the theft");
    stolen.write(space, THREE, "from the thief");
    meet(&[&ana, &ben], space);
    bring(&ana, &stolen, space);
    bring_all(&ben.notebook, &stolen.notebook);
    bring(&stolen, &ana, space);
    bring(&stolen, &ben, space);
    assert_eq!(stolen.title(space, TWO), None);
    for person in [&ana, &ben] {
        assert_eq!(person.title(space, ONE).as_deref(), Some("in time"));
        assert_eq!(person.title(space, TWO).as_deref(), Some("after the theft"));
        assert_eq!(person.title(space, THREE), None);
        person.has_no_problems();
    }
}
