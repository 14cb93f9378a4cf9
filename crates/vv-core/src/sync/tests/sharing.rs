//! A space of several people, through a server and through a folder.

use super::*;
use crate::spaces::tests::people::{Person, create, let_in};
use crate::spaces::{History, Role, SpaceKind, SpaceState, remove_member};

/// Is somebody who syncs with one place.
struct Syncing<'a> {
    person: &'a Person,
    place: PlaceId,
    way: Way,
}

impl<'a> Syncing<'a> {
    fn new(person: &'a Person, way: &Way) -> Self {
        let address = match way {
            Way::Server(_) => Address::Server("https://sync.example.org".to_owned()),
            Way::Folder(path) => Address::Folder(path.clone()),
        };
        let place = add_place(&person.notebook, &address, "").unwrap();
        Self { person, place, way: way.clone() }
    }

    fn sync(&self) {
        let notebook = &self.person.notebook;
        match &self.way {
            Way::Server(server) => {
                sync_with_server(notebook, self.place, server.as_ref(), &mut Unwatched).unwrap()
            }
            Way::Folder(path) => sync_with_folder(notebook, self.place, path, &mut Unwatched).unwrap(),
        };
    }
}

fn rounds(people: &[&Syncing]) {
    for _ in 0..4 {
        people.iter().for_each(|person| person.sync());
    }
}

fn a_circle_lives(way: &Way) {
    let (ana, ben, cleo) = (Person::new("Ana", 1), Person::new("Ben", 2), Person::new("Cleo", 3));
    let [a, b, c] = [&ana, &ben, &cleo].map(|person| Syncing::new(person, way));
    let space = create(&ana, SpaceKind::Circle);
    let_in(&ana, &ben, space, Role::Member, History::FromJoin);
    // Ben's computer is there before the space is.
    b.sync();
    rounds(&[&a, &b]);
    let_in(&ana, &cleo, space, Role::Member, History::FromJoin);
    rounds(&[&a, &b, &c]);
    ana.write(space, A, "from Ana");
    ben.write(space, B, "from Ben");
    rounds(&[&a, &b, &c]);
    for person in [&ana, &ben, &cleo] {
        assert_eq!(person.title(space, A).as_deref(), Some("from Ana"));
        assert_eq!(person.title(space, B).as_deref(), Some("from Ben"));
        assert_eq!(person.space(space).state, SpaceState::Open);
    }

    ana.notebook.write(|tx| remove_member(tx, space, cleo.id())).unwrap();
    rounds(&[&a, &b, &c]);
    ana.write(space, [3; 16], "without Cleo");
    rounds(&[&a, &b, &c]);
    assert_eq!(ben.title(space, [3; 16]).as_deref(), Some("without Cleo"));
    assert_eq!(cleo.title(space, [3; 16]), None);
    for person in [&ana, &ben, &cleo] {
        person.has_no_problems();
    }
}

#[test]
fn a_circle_lives_on_a_server_that_lets_in_its_members_alone() {
    a_circle_lives(&server());
}

#[test]
fn a_circle_lives_in_a_folder() {
    let shared = tempfile::tempdir().unwrap();
    a_circle_lives(&folder(shared.path()));
}
