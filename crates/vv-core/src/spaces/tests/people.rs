//! People with a notebook each, who hand each other raw records.

use crate::notebook::{NewKey, Notebook};
use crate::ports::testing::TestHost;
use crate::spaces::*;
use crate::store::log::{self, RecordState};
use crate::store::page::Page;
use crate::store::take_in::Taken;
use crate::store::tests::{Profile, TITLE, make_thing};
use crate::store::{StoreError, Value};

/// Is somebody with a notebook.
pub struct Person {
    pub name: String,
    pub profile: Profile,
    pub notebook: Notebook,
}

impl Person {
    pub fn new(name: &str, seed: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = TestHost::new(seed, &folder.path().join("state"));
        let profile = Profile { folder, host };
        let notebook =
            Notebook::create(&profile.notebook(), &profile.host.host, name, NewKey::Keyring).unwrap();
        Self { name: name.to_owned(), profile, notebook }
    }

    pub fn id(&self) -> MemberId {
        MemberId(self.notebook.read(|reader| Ok::<_, StoreError>(reader.core().account_id)).unwrap())
    }

    pub fn space(&self, id: SpaceId) -> Space {
        self.notebook.read(|reader| get_space(reader, id)).unwrap()
    }

    pub fn name_in(&self, id: SpaceId) -> Vec<(String, Role)> {
        self.space(id).members.into_iter().map(|member| (member.name, member.role)).collect()
    }

    pub fn readers(&self, id: SpaceId) -> (Vec<String>, Vec<String>) {
        let readers = self.space(id).readers;
        assert!(!readers.unknown);
        let names = |list: Vec<(MemberId, String)>| {
            let mut names: Vec<String> = list.into_iter().map(|(_, name)| name).collect();
            names.sort();
            names
        };
        (names(readers.content), names(readers.process_only))
    }

    /// Writes something into a stream of a space, with new keys where they are due.
    pub fn try_write(
        &self,
        space: SpaceId,
        stream: u32,
        id: [u8; 16],
        title: &str,
    ) -> Result<(), SpaceError> {
        self.notebook.write(|tx| {
            ready_to_write(tx, space)?;
            tx.in_stream(&space.0, stream, |tx| make_thing(tx, id, title, "its words\n"))?;
            Ok(())
        })
    }

    pub fn write(&self, space: SpaceId, id: [u8; 16], title: &str) {
        self.try_write(space, 1, id, title).unwrap();
    }

    /// Reads the title of something in a space.
    pub fn title(&self, space: SpaceId, id: [u8; 16]) -> Option<String> {
        let object = self
            .notebook
            .read(|reader| reader.in_space(&space.0)?.object(&id))
            .unwrap()
            .filter(|object| object.kind != 0)?;
        object.fields.get(&TITLE).and_then(Value::as_text).map(str::to_owned)
    }

    pub fn has_no_problems(&self) {
        assert_eq!(self.notebook.verify().unwrap().problems, Vec::<String>::new());
    }
}

/// Gives all records of a space as a server or a folder has them.
pub fn raws_of(person: &Person, space: SpaceId) -> Vec<Vec<u8>> {
    person
        .notebook
        .read(|reader| {
            let sid = log::find_space(reader.sql(), &space.0)?.unwrap();
            let feeds: Vec<i64> = log::list_feeds(reader.sql())?
                .into_iter()
                .filter(|feed| feed.sid == sid)
                .map(|feed| feed.fid)
                .collect();
            let rows = log::records_after(reader.sql(), 0, 100_000)?;
            let own =
                rows.into_iter().filter(|row| feeds.contains(&row.fid) && row.state != RecordState::Stub);
            Ok::<_, StoreError>(own.map(|row| row.raw).collect())
        })
        .unwrap()
}

pub fn take_all(into: &Person, raws: Vec<Vec<u8>>) -> Vec<Taken> {
    let page = into.notebook.read(|reader| Page::prepare(reader, raws)).unwrap();
    into.notebook.write(|tx| tx.take_in_page(&page)).unwrap()
}

pub fn bring(from: &Person, into: &Person, space: SpaceId) -> Vec<Taken> {
    take_all(into, raws_of(from, space))
}

/// Lets people exchange all they have of a space until nobody has anything new.
pub fn meet(people: &[&Person], space: SpaceId) {
    for _ in 0..4 {
        for a in people {
            for b in people {
                if !std::ptr::eq(*a, *b) {
                    bring(a, b, space);
                }
            }
        }
        for person in people {
            person.notebook.write(keep_up).unwrap();
        }
    }
}

/// Invites somebody into a space and lets them in, by messages alone; gives what they were given.
pub fn let_in(host: &Person, guest: &Person, space: SpaceId, role: Role, history: History) {
    let made = invite(host, space, role, history);
    let asked = guest.notebook.write(|tx| ask_to_join(tx, &made.link(), &guest.name)).unwrap();
    let (_, request) = host.notebook.write(|tx| take_request(tx, &asked.sealed, false)).unwrap();
    host.notebook.write(|tx| approve(tx, request)).unwrap();
    let due = host.notebook.write(answers_due).unwrap();
    let (of, answer) = due.into_iter().next().expect("the guest is in");
    assert_eq!(of, request);
    host.notebook.write(|tx| answered(tx, request)).unwrap();
    let got = guest.notebook.write(|tx| take_answer(tx, &answer.sealed)).unwrap();
    assert_eq!(got, Answer::In(space));
}

pub fn invite(host: &Person, space: SpaceId, role: Role, history: History) -> InvitationMade {
    let new = NewInvitation { role, history, uses: 1, days: 14, places: Vec::new(), open_door: false };
    host.notebook.write(|tx| invite_into(tx, space, &new)).unwrap()
}

pub fn create(person: &Person, kind: SpaceKind) -> SpaceId {
    person.notebook.write(|tx| create_space(tx, kind, "Ours", &person.name, History::FromJoin)).unwrap()
}
