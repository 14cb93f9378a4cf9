//! What two people do together: agreeing, meeting, promising, writing in one text, pausing, asking for a facilitator.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::two::*;
use crate::pairings::home::{Doing, act};
use crate::pairings::record::Deed;
use crate::pairings::*;
use crate::spaces::tests::people::*;
use crate::spaces::*;

/// Practice 13: an agreement with two signatures, a date, a review date.
#[test]
fn an_agreement_holds_once_both_signed_the_same_text_and_stays_readable() {
    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    two.ana.doing(|tx| begin_draft(tx, two.a, &words()));
    two.meet();
    let drafted = two.ben.notebook.read(|reader| read_draft(reader, two.b)).unwrap();
    assert_eq!(drafted.len(), 10);
    let first = two.agree(90);
    for (person, id) in [(&two.ana, two.a), (&two.ben, two.b)] {
        assert!(matches!(person.pairing(id).agreement, AgreementState::Signed { id, .. } if id == first));
    }
    // A change is put forward and needs both again; what held before holds meanwhile.
    let editor = open_paper(&two.ben.notebook, Paper::Section(two.b, Section::Ending)).unwrap();
    save_paper(&two.ben.notebook, editor.session, "either may end it with one sentence", true).unwrap();
    let second = two.ben.doing(|tx| propose_agreement(tx, two.b, None));
    two.meet();
    assert_eq!(two.waits_on(true), [WaitsFor::Signature(second)]);
    assert!(matches!(
        two.ana.pairing(two.a).agreement,
        AgreementState::Proposed { holds: Some(holds), .. } if holds == first
    ));
    let all = two.ana.notebook.read(|reader| list_agreements(reader, two.a)).unwrap();
    two.ana.doing(|tx| sign_agreement(tx, two.a, second, &all[0].hash));
    two.meet();
    let all = two.ben.notebook.read(|reader| list_agreements(reader, two.b)).unwrap();
    assert_eq!(
        all.iter().map(|one| (one.id, one.is_signed, one.holds)).collect::<Vec<_>>(),
        [(second, true, true), (first, true, false)]
    );
    assert!(
        all[1].text.sections.contains(&(Section::Ending, "section 9".into())),
        "the first is readable still"
    );
    two.are_sound();
}

#[test]
fn an_agreement_changed_while_it_is_signed_is_not_signed_by_that() {
    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    two.ana.doing(|tx| begin_draft(tx, two.a, &words()));
    let agreement = two.ana.doing(|tx| propose_agreement(tx, two.a, None));
    two.meet();
    let read = two.ben.notebook.read(|reader| list_agreements(reader, two.b)).unwrap().remove(0);
    // Ana's program puts another text into the same agreement while Ben signs.
    let other = agreement_text::encode(&AgreementText {
        sections: vec![(Section::Purpose, "something else".into())],
        ..read.text.clone()
    });
    two.ana.doing(|tx| {
        let field = record::agreement::TEXT;
        let value = crate::store::Value::Bytes(other);
        let ops = vec![crate::store::Op::Set { field, value }];
        home::commit(tx, Home::Shared(two.space), *agreement.as_bytes(), None, vec![], ops)
    });
    two.ben.doing(|tx| sign_agreement(tx, two.b, agreement, &read.hash));
    two.meet();
    for (person, id) in [(&two.ana, two.a), (&two.ben, two.b)] {
        let all = person.notebook.read(|reader| list_agreements(reader, id)).unwrap();
        assert!(all[0].is_signed, "both signed one text");
        assert_eq!(all[0].text, read.text, "and it says what both signed, not what was put there");
    }
    // Whoever reads what stands there now cannot sign what stood there before.
    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    two.ana.doing(|tx| begin_draft(tx, two.a, &words()));
    let agreement = two.ana.doing(|tx| propose_agreement(tx, two.a, None));
    two.meet();
    let signed = two.ben.tries(|tx| sign_agreement(tx, two.b, agreement, &[0; 32]));
    assert!(matches!(signed, Err(PairingError::Changed)));
}

#[test]
fn nobody_signs_accepts_or_takes_on_for_the_other() {
    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    let session = two.ana.doing(|tx| propose_session(tx, two.a, &case(two.ana.now() + TimeDelta::days(3))));
    let own = two.ana.tries(|tx| accept_session(tx, two.a, session));
    assert!(matches!(own, Err(PairingError::NotYours)));
    let offered = two.ana.doing(|tx| make_promise(tx, two.a, &promise(Who::Other, "introduce me to Jo")));
    let own = two.ana.tries(|tx| take_on_promise(tx, two.a, offered, true));
    assert!(matches!(own, Err(PairingError::NotYours)));
    // A program that says so all the same is not believed: the record says whose words they are.
    let home = Home::Shared(two.space);
    let as_other = || Doing { of_other: true, ..Doing::default() };
    two.ana.doing(|tx| act(tx, home, *offered.as_bytes(), Deed::TakenOn, as_other()));
    let time = two.ana.sessions(two.a)[0].starts_at.unwrap().timestamp_millis();
    two.ana.doing(|tx| {
        act(tx, home, *session.as_bytes(), Deed::Accepted, Doing { number: Some(time), ..as_other() })
    });
    two.meet();
    for (person, id) in [(&two.ana, two.a), (&two.ben, two.b)] {
        assert_eq!(person.sessions(id)[0].state, SessionState::Proposed);
        assert_eq!(person.promises(id)[0].state, PromiseState::Offered);
    }
    assert_eq!(two.waits_on(false), [WaitsFor::TakingOn(offered), WaitsFor::Answer(session)]);
    two.ben.doing(|tx| take_on_promise(tx, two.b, offered, true));
    two.ben.doing(|tx| accept_session(tx, two.b, session));
    two.meet();
    assert_eq!(two.ana.promises(two.a)[0].state, PromiseState::Open);
    assert_eq!(two.ana.sessions(two.a)[0].state, SessionState::Agreed);
    two.are_sound();
}

#[test]
fn what_somebody_did_counts_whatever_the_other_takes_away() {
    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    let agreement = two.agree(90);
    two.ana.doing(|tx| pause(tx, two.a, None));
    two.meet();
    // Ben's program removes every act and signature there is.
    two.ben.doing(|tx| {
        let home = Home::Shared(two.space);
        for (id, field) in
            [(home.charter(), record::ACTS), (*agreement.as_bytes(), record::agreement::SIGNATURES)]
        {
            let object = home.read(tx, |reader| reader.object(&id))?.unwrap();
            let gone = object.elements(field).iter().cloned();
            let ops = gone.map(|element| crate::store::Op::Remove { field, element }).collect();
            home::commit(tx, home, id, None, Vec::new(), ops)?;
        }
        Ok(())
    });
    two.meet();
    for (person, id) in [(&two.ana, two.a), (&two.ben, two.b)] {
        let shown = person.pairing(id);
        assert!(matches!(shown.agreement, AgreementState::Signed { .. }));
        assert_eq!(shown.health, Health::Paused);
    }
    two.are_sound();
}

#[test]
fn what_both_share_is_erased_by_neither() {
    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    let goal = two.ana.doing(|tx| make_pair_goal(tx, two.a, Lane::Mine, "ours", "a sign"));
    two.meet();
    let erased = two.ben.notebook.write(|tx| tx.in_stream(&two.space.0, 1, |tx| tx.erase(goal.as_bytes())));
    assert!(matches!(erased, Err(crate::store::StoreError::BadRecord(_))));
    // A program that erases all the same finds nobody who follows.
    two.ben
        .notebook
        .write(|tx| {
            ready_to_write(tx, two.space)?;
            tx.in_stream(&two.space.0, 1, |tx| {
                let (sql, now) = (tx.sql(), tx.now());
                let own = tx.own()?;
                let hlc = own.tick(now);
                let body = vec![0x81, 20];
                own.append(sql, vv_protocol::OpType::ObjErase, *goal.as_bytes(), body, hlc)
            })?;
            Ok::<_, SpaceError>(())
        })
        .unwrap();
    two.meet();
    let goals = two.ana.notebook.read(|reader| list_pair_goals(reader, two.a)).unwrap();
    assert_eq!(goals.len(), 1, "what Ana wrote stays");
    two.ana.has_no_problems();
}

/// Practice 51: who moved how often is for the two alone.
#[test]
fn moves_are_counted_and_a_moved_time_is_agreed_anew() {
    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    let session = two.plan(5);
    let later = two.ben.now() + TimeDelta::days(6);
    two.ben.doing(|tx| move_session(tx, two.b, session, later, "a customer comes"));
    two.meet();
    let shown = two.ana.sessions(two.a).remove(0);
    assert_eq!((shown.state, shown.moves.as_slice()), (SessionState::Proposed, &[(Who::Other, 1)][..]));
    two.ana.doing(|tx| accept_session(tx, two.a, session));
    two.pass(6);
    two.ana.doing(|tx| hold_session(tx, two.a, session));
    two.meet();
    assert_eq!(two.ben.sessions(two.b)[0].state, SessionState::Held);
    assert_eq!(two.ben.sessions(two.b)[0].present, [Who::Other]);
    two.ben.doing(|tx| note_attendance(tx, two.b, session, Who::Me, true));
    two.meet();
    assert_eq!(two.ana.sessions(two.a)[0].present.len(), 2);
    two.are_sound();
}

/// Practices 70, 16: where we left off before the next one; what I want is shown when I say so.
#[test]
fn before_a_session_each_has_thoughts_of_their_own_and_shows_what_they_choose() {
    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    let first = two.plan(1);
    two.pass(1);
    two.ana.doing(|tx| hold_session(tx, two.a, first));
    let notes = open_paper(&two.ana.notebook, Paper::Notes(two.a, first)).unwrap();
    save_paper(&two.ana.notebook, notes.session, "we talked about the release", true).unwrap();
    let next = two.plan(7);
    two.ana.doing(|tx| save_preparation(tx, two.a, next, "Ben seems tired", "one honest no"));
    two.meet();
    let ben = two.ben.notebook.read(|reader| prepare(reader, two.b)).unwrap();
    assert_eq!(ben.last.map(|(_, words)| words).as_deref(), Some("we talked about the release"));
    assert!(ben.their_want.is_none() && ben.thoughts.is_empty());
    two.ana.doing(|tx| show_want(tx, two.a, next));
    two.meet();
    let ben = two.ben.notebook.read(|reader| prepare(reader, two.b)).unwrap();
    assert_eq!(ben.their_want.map(|said| said.words).as_deref(), Some("one honest no"));
    let ana = two.ana.notebook.read(|reader| prepare(reader, two.a)).unwrap();
    assert!(ana.is_shown && ana.thoughts == "Ben seems tired");
    let today = two.ana.notebook.read(pairings_today).unwrap();
    assert!(today.sessions.is_empty(), "it is a week away");
    two.pass(6);
    let today = two.ben.notebook.read(pairings_today).unwrap();
    assert_eq!(today.sessions.len(), 1, "and shown the evening before");
    two.are_sound();
}

#[test]
fn both_type_in_the_same_notes_and_what_a_crash_left_comes_back() {
    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    let session = two.plan(1);
    let (paper_a, paper_b) = (Paper::Notes(two.a, session), Paper::Notes(two.b, session));
    let a = open_paper(&two.ana.notebook, paper_a).unwrap();
    let b = open_paper(&two.ben.notebook, paper_b).unwrap();
    save_paper(&two.ana.notebook, a.session, "Ana's line\n", false).unwrap();
    save_paper(&two.ben.notebook, b.session, "Ben's line\n", false).unwrap();
    two.meet();
    let saved = save_paper(&two.ana.notebook, a.session, "Ana's line\n", false).unwrap();
    assert!(!saved.splices.is_empty(), "what Ben wrote comes back");
    let text = |person: &Person, paper| person.notebook.read(|reader| read_paper(reader, paper)).unwrap();
    assert_eq!(text(&two.ana, paper_a), text(&two.ben, paper_b));
    assert!(text(&two.ana, paper_a).contains("Ana's line") && text(&two.ana, paper_a).contains("Ben's line"));
    // Kept and never saved: the next opening saves it.
    let b = open_paper(&two.ben.notebook, paper_b).unwrap();
    keep_paper(&two.ben.notebook, b.session, &format!("{}typed before the crash\n", b.text)).unwrap();
    settle_papers(&two.ben.notebook).unwrap();
    assert!(text(&two.ben, paper_b).contains("typed before the crash"));
    assert!(matches!(save_paper(&two.ben.notebook, b.session, "", false), Err(PairingError::NoSession)));
    // Private notes are in no space.
    let mine = open_paper(&two.ana.notebook, Paper::Private(two.a)).unwrap();
    save_paper(&two.ana.notebook, mine.session, "only for me", true).unwrap();
    two.meet();
    assert_eq!(text(&two.ben, Paper::Private(two.b)), "");
    two.are_sound();
}

/// Practices 75 and 81: a facilitator sees the process and no words, seated by both.
#[test]
fn a_facilitator_is_asked_for_seated_by_both_and_reads_only_the_process() {
    let two = Two::of_kind(PairingKind::Reverse, Lane::Mine);
    let fay = Person::new("Fay", 3);
    two.ben.doing(|tx| ask_for_facilitator(tx, two.b, "Fay from the library"));
    two.meet();
    assert_eq!(two.ana.pairing(two.a).facilitator.asked[0].words, "Fay from the library");
    let line = NewLine {
        person: None,
        account: None,
        name: "Fay".into(),
        relation: LineRelation::Manager,
        since: None,
        until: None,
    };
    let (line, _) = two.ana.doing(|tx| save_line(tx, None, line));
    let check = two.ana.notebook.read(|reader| check_facilitator(reader, two.a, Some(fay.id()), "Fay"));
    assert!(matches!(check, Err(PairingError::InLine(LineRelation::Manager))), "outside both lines");
    two.ana.doing(|tx| remove_line(tx, line));

    let made = two.ben.doing(|tx| invite_facilitator(tx, two.b, Vec::new()));
    let asked = fay.notebook.write(|tx| ask_to_join(tx, &made.link(), "Fay")).unwrap();
    let (_, request) = two.ben.notebook.write(|tx| take_request(tx, &asked.sealed, false)).unwrap();
    two.ben.notebook.write(|tx| approve(tx, request)).unwrap();
    two.meet();
    let seat = two.ana.pairing(two.a).facilitator;
    assert!(seat.seated.is_empty(), "one signature is void");
    assert!(seat.proposed[0].is_mine && seat.proposed[0].by == Who::Other, "and shown");
    assert!(two.waits_on(true).contains(&WaitsFor::Facilitator));
    two.ana.doing(|tx| agree_to_facilitator(tx, two.a, seat.proposed[0].id));
    two.meet();
    let answer = two.ben.notebook.write(answers_due).unwrap().remove(0).1;
    fay.notebook.write(|tx| take_answer(tx, &answer.sealed)).unwrap();
    let all = [&two.ana, &two.ben, &fay];
    meet(&all, two.space);
    let session = two.plan(3);
    two.ana.doing(|tx| make_promise(tx, two.a, &promise(Who::Me, "words for two")));
    meet(&all, two.space);
    let seen = fay.notebook.read(|reader| {
        Home::Shared(two.space).object(reader, session.as_bytes(), crate::store::Kind::PairSession)
    });
    let seen = seen.unwrap().expect("the session is in the process");
    assert!(seen.int(record::session::STARTS_AT).is_some());
    assert_eq!(seen.text(record::session::CASE), "", "and its case is not");
    assert!(fay.desk().open.is_empty(), "what one leads for others is no pairing of one's own");
    two.ben.doing(|tx| unseat_facilitator(tx, two.b, fay.id()));
    meet(&all, two.space);
    assert!(two.ana.pairing(two.a).facilitator.seated.is_empty());
    two.are_sound();
}

impl Two {
    /// What Ana is waited for, or Ben.
    pub fn waits_on(&self, ana: bool) -> Vec<WaitsFor> {
        let (person, id) = if ana { (&self.ana, self.a) } else { (&self.ben, self.b) };
        person.waits_on_me(id).into_iter().filter(|what| *what != WaitsFor::Primer).collect()
    }
}

#[derive(Debug, Clone)]
enum Step {
    Type(bool, usize, String),
    Bring,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (any::<bool>(), 0..40usize, "[a-z]{1,4} ").prop_map(|(ana, at, words)| Step::Type(ana, at, words)),
        1 => Just(Step::Bring),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn no_character_is_lost_whoever_types_when(steps in proptest::collection::vec(step(), 4..24)) {
        let two = Two::of_kind(PairingKind::PeerCoaching, Lane::Mine);
        let session = two.plan(1);
        let papers = [Paper::Notes(two.a, session), Paper::Notes(two.b, session)];
        let people = [&two.ana, &two.ben];
        let mut editors: Vec<_> = (0..2).map(|at| open_paper(&people[at].notebook, papers[at]).unwrap()).collect();
        let mut written = Vec::new();
        for step in &steps {
            match step {
                Step::Type(ana, at, words) => {
                    let who = usize::from(!ana);
                    let mut text = editors[who].text.clone();
                    let at = text.char_indices().map(|(at, _)| at).nth(*at).unwrap_or(text.len());
                    text.insert_str(at, words);
                    written.push(words.clone());
                    save_paper(&people[who].notebook, editors[who].session, &text, false).unwrap();
                    editors[who].text = people[who].notebook.read(|reader| read_paper(reader, papers[who])).unwrap();
                }
                Step::Bring => two.meet(),
            }
        }
        two.meet();
        let texts: Vec<String> =
            (0..2).map(|at| people[at].notebook.read(|reader| read_paper(reader, papers[at])).unwrap()).collect();
        prop_assert_eq!(&texts[0], &texts[1]);
        let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        prop_assert_eq!(count(&texts[0]), written.iter().map(|words| count(words)).sum::<usize>());
    }
}
