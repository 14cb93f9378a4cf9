//! Two people in a pairing, and everything that anybody who carries their records could have had, opened.

use chrono::{NaiveDate, TimeDelta};

use crate::day;
use crate::guides::run::{Event, Form};
use crate::guides::{Answer, MarkedLine};
use crate::ids::{MeetingId, PairSessionId};
use crate::meetings::*;
use crate::pairings::home::commit;
use crate::pairings::record::session;
use crate::pairings::{Home, Who};
use crate::spaces::tests::people::{self, Person, create, let_in};
use crate::spaces::{History, Role, SpaceId, SpaceKind};
use crate::store::op::{Kind, Op, Value};
use crate::store::{StoreError, log};

pub struct Pair {
    pub ana: Person,
    pub ben: Person,
    pub space: SpaceId,
    pub home: Home,
}

pub fn pair() -> Pair {
    let (ana, ben) = (Person::new("Ana", 1), Person::new("Ben", 2));
    let space = create(&ana, SpaceKind::Pairing);
    let_in(&ana, &ben, space, Role::Owner, History::FromJoin);
    let pair = Pair { ana, ben, space, home: Home::Shared(space) };
    pair.meet();
    pair
}

impl Pair {
    /// Lets both exchange all they have until nobody has anything new.
    pub fn meet(&self) {
        meet_all(&[&self.ana, &self.ben], self.space);
    }

    pub fn check(&self) {
        self.ana.has_no_problems();
        self.ben.has_no_problems();
    }

    /// Makes a session that was held on a day.
    pub fn held(&self, on: &str) -> PairSessionId {
        self.session(on, 2)
    }

    pub fn session(&self, on: &str, state: i64) -> PairSessionId {
        let on: NaiveDate = on.parse().unwrap();
        let id = self
            .ana
            .notebook
            .write(|tx| {
                let id: PairSessionId = tx.make_id();
                let process = vec![
                    Op::Set { field: session::STATE, value: Value::Int(state) },
                    Op::Set { field: session::ON, value: day::value(Some(on)) },
                    Op::Set { field: session::MINUTES, value: Value::Int(60) },
                ];
                commit(tx, self.home, *id.as_bytes(), Some(Kind::PairSession), process, Vec::new())?;
                Ok::<_, MeetingError>(id)
            })
            .unwrap();
        self.meet();
        id
    }

    pub fn begin(&self, guide: &str, room: bool, of: Option<PairSessionId>) -> MeetingId {
        let new = NewMeeting {
            guide: guide.into(),
            language: "en".into(),
            form: Form::Whole,
            room,
            session: of,
            ..NewMeeting::default()
        };
        let id = self.ana.notebook.write(|tx| begin_meeting(tx, self.home, &new)).unwrap();
        self.meet();
        id
    }

    pub fn see(&self, person: &Person, id: MeetingId) -> Meeting {
        person.notebook.read(|reader| get_meeting(reader, self.home, id, "en")).unwrap()
    }

    pub fn act(&self, person: &Person, id: MeetingId, event: Event) -> Result<(), MeetingError> {
        person.notebook.write(|tx| act(tx, self.home, id, event))
    }

    /// Answers as somebody, on somebody's device.
    pub fn answer_as(
        &self,
        device: &Person,
        id: MeetingId,
        who: Who,
        key: &str,
        answer: Answer,
    ) -> Result<(), MeetingError> {
        let meeting = self.see(device, id);
        let by = if who == Who::Me { meeting.me } else { meeting.other };
        self.act(device, id, Event::Answer { by, key: key.parse().unwrap(), answer })
    }

    pub fn answer(&self, person: &Person, id: MeetingId, key: &str, answer: Answer) {
        self.answer_as(person, id, Who::Me, key, answer).unwrap_or_else(|why| panic!("{key}: {why}"));
    }

    pub fn seal(&self, person: &Person, id: MeetingId, step: &str) -> Result<(), MeetingError> {
        let by = self.see(person, id).me;
        self.act(person, id, Event::Seal { by, step: step.into() })
    }

    /// Gives what somebody sees of an answer of one of the two.
    pub fn read(&self, person: &Person, id: MeetingId, of: &Person, key: &str) -> Option<Answer> {
        let meeting = self.see(person, id);
        let name = data_encoding::HEXLOWER.encode(&of.id().0);
        meeting.state.answer(&name, &key.parse().unwrap()).cloned()
    }
}

pub fn meet_all(people: &[&Person], space: SpaceId) {
    for _ in 0..3 {
        people::meet(people, space);
        for person in people {
            person.notebook.write(keep_up).unwrap();
        }
    }
    people::meet(people, space);
}

pub fn words(text: &str) -> Answer {
    Answer::Words(text.to_owned())
}

pub fn lines(texts: &[&str]) -> Answer {
    Answer::Lines(texts.iter().map(|text| MarkedLine { text: (*text).into(), marked: false }).collect())
}

pub fn later(person: &Person, days: i64) {
    person.profile.host.clock.advance(TimeDelta::days(days));
}

/// Opens everything of a space that is here, each record with its stream.
pub fn opened(person: &Person, space: SpaceId) -> Vec<(u32, Vec<u8>)> {
    person
        .notebook
        .write(|tx| {
            let sid = log::find_space(tx.sql(), &space.0)?.unwrap();
            let feeds: Vec<_> =
                log::list_feeds(tx.sql())?.into_iter().filter(|feed| feed.sid == sid).collect();
            let mut found = Vec::new();
            for row in log::records_after(tx.sql(), 0, 100_000)? {
                let Some(feed) = feeds.iter().find(|feed| feed.fid == row.fid) else { continue };
                if let Ok(inner) = tx.open_row(&row) {
                    found.push((feed.head.stream, inner.body));
                }
            }
            Ok::<_, StoreError>(found)
        })
        .unwrap()
}

/// Says whether some words stand anywhere in what a person has of a space.
pub fn holds(person: &Person, space: SpaceId, words: &str) -> bool {
    let is_in = |body: &[u8]| body.windows(words.len()).any(|window| window == words.as_bytes());
    opened(person, space).iter().any(|(_, body)| is_in(body))
}

/// Says whether some words stand anywhere in the stream that a facilitator reads.
pub fn holds_in_process(person: &Person, space: SpaceId, words: &str) -> bool {
    let is_in = |body: &[u8]| body.windows(words.len()).any(|window| window == words.as_bytes());
    opened(person, space).iter().any(|(stream, body)| *stream == 2 && is_in(body))
}
