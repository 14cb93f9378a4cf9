//! Two people with a notebook and a clock each, who hand each other raw records.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::ids::{PairSessionId, PairingId};
use crate::pairings::*;
use crate::spaces::tests::people::*;
use crate::spaces::*;
use crate::store::Tx;

/// The words of an agreement, short.
pub fn words() -> Vec<(Section, String)> {
    Section::ALL.into_iter().map(|section| (section, format!("section {}", section.number()))).collect()
}

impl Person {
    pub fn doing<R>(&self, f: impl FnOnce(&mut Tx) -> Result<R, PairingError>) -> R {
        self.notebook.write(f).unwrap()
    }

    pub fn tries<R>(&self, f: impl FnOnce(&mut Tx) -> Result<R, PairingError>) -> Result<R, PairingError> {
        self.notebook.write(f)
    }

    pub fn pairing(&self, id: PairingId) -> Pairing {
        self.notebook.read(|reader| get_pairing(reader, id)).unwrap()
    }

    pub fn sessions(&self, id: PairingId) -> Vec<Session> {
        self.notebook.read(|reader| list_sessions(reader, id)).unwrap()
    }

    pub fn promises(&self, id: PairingId) -> Vec<Promise> {
        self.notebook.read(|reader| list_promises(reader, id)).unwrap()
    }

    pub fn desk(&self) -> Desk {
        self.notebook.read(read_desk).unwrap()
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.profile.host.host.clock.now()
    }

    pub fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }

    pub fn waits_on_me(&self, id: PairingId) -> Vec<WaitsFor> {
        self.pairing(id).waits.into_iter().filter(|one| one.on == Who::Me).map(|one| one.what).collect()
    }
}

/// Is a pairing of two.
pub struct Two {
    pub ana: Person,
    pub ben: Person,
    pub space: SpaceId,
    /// Ana's side, and Ben's.
    pub a: PairingId,
    pub b: PairingId,
}

impl Two {
    /// Ana begins alone, shares and invites; Ben comes in.
    pub fn of(new: NewPairing, chosen: impl FnOnce(&Person, PairingId) -> Chosen) -> Self {
        let (ana, ben) = (Person::new("Ana", 1), Person::new("Ben", 2));
        let a = ana.doing(|tx| begin_pairing(tx, new));
        let chosen = chosen(&ana, a);
        let space = ana.doing(|tx| share_pairing(tx, a, &chosen, "Ana"));
        let made = ana.doing(|tx| invite_other(tx, a, Vec::new()));
        come_in(&ana, &ben, &made);
        meet(&[&ana, &ben], space);
        let b = ben.doing(|tx| pairing_of_space(tx, space));
        let two = Self { ana, ben, space, a, b };
        two.meet();
        two
    }

    pub fn of_kind(kind: PairingKind, leads: Lane) -> Self {
        let new = NewPairing {
            name: "Ben".into(),
            kind: Some(kind),
            leads: Some(leads),
            mine_about: "how to say no".into(),
            theirs_about: "how money is planned".into(),
            ..NewPairing::default()
        };
        Self::of(new, |_, _| Chosen { lanes: true, ..Chosen::default() })
    }

    pub fn meet(&self) {
        meet(&[&self.ana, &self.ben], self.space);
    }

    /// Lets days pass for both.
    pub fn pass(&self, days: i64) {
        for person in [&self.ana, &self.ben] {
            person.profile.host.clock.advance(TimeDelta::days(days));
        }
    }

    /// Both sign what Ana puts forward.
    pub fn agree(&self, review_in: u64) -> crate::ids::AgreementId {
        self.ana.doing(|tx| begin_draft(tx, self.a, &words()));
        let review = crate::day::after(self.ana.today(), review_in);
        let agreement = self.ana.doing(|tx| propose_agreement(tx, self.a, Some(review)));
        self.meet();
        let read = self.ben.notebook.read(|reader| list_agreements(reader, self.b)).unwrap().remove(0);
        self.ben.doing(|tx| sign_agreement(tx, self.b, agreement, &read.hash));
        self.meet();
        agreement
    }

    /// Ana proposes a session in some days, and Ben says yes.
    pub fn plan(&self, in_days: i64) -> PairSessionId {
        let new = case(self.ana.now() + TimeDelta::days(in_days));
        let session = self.ana.doing(|tx| propose_session(tx, self.a, &new));
        self.meet();
        self.ben.doing(|tx| accept_session(tx, self.b, session));
        self.meet();
        session
    }

    pub fn are_sound(&self) {
        self.ana.has_no_problems();
        self.ben.has_no_problems();
    }
}

/// Brings somebody in by an invitation, with messages alone.
pub fn come_in(host: &Person, guest: &Person, made: &InvitationMade) {
    let asked = guest.notebook.write(|tx| ask_to_join(tx, &made.link(), &guest.name)).unwrap();
    let (_, request) = host.notebook.write(|tx| take_request(tx, &asked.sealed, false)).unwrap();
    host.notebook.write(|tx| approve(tx, request)).unwrap();
    let due = host.notebook.write(answers_due).unwrap();
    let (_, answer) = due.into_iter().find(|(of, _)| *of == request).expect("the guest is in");
    host.notebook.write(|tx| answered(tx, request)).unwrap();
    guest.notebook.write(|tx| take_answer(tx, &answer.sealed)).unwrap();
}

/// A session with a case.
pub fn case(starts_at: DateTime<Utc>) -> NewSession {
    NewSession {
        starts_at: Some(starts_at),
        live_case: "the release that slips".into(),
        whose: Some(Who::Me),
        ..NewSession::default()
    }
}

/// A promise.
pub fn promise(owner: Who, what: &str) -> NewPromise {
    NewPromise {
        owner,
        what: what.into(),
        due_on: None,
        place: String::new(),
        if_then: String::new(),
        small: String::new(),
        session: None,
    }
}
