//! Pairings through the surface: kept alone, agreed, met, promised, ended; shared by a folder, and met by a guide.

use chrono::{Duration, Utc};
use tempfile::TempDir;
use vv_api::{
    error::ErrorCode,
    model::{
        guides::RunStatus,
        meetings::{BeginMeeting, MeetingAct, MeetingView, MoveMeeting, NameMeeting},
        pairing_asks::{
            AnswerPromise, AnswerSession, ChosenParts, DraftAgreement, EndPairing, KeepPreparation,
            MakePairing, MakePromise, OpenPairingText, PairingText, PausePairing, PlanSession,
            PreviewSharing, PromiseAnswer, SavePairingGoal, SavePairingText, SessionAnswer, SharePairing,
            SignAgreement,
        },
        pairings::{
            AgreementSection, AgreementStage, GoingOverView, LaneWay, PairSessionState, PairWho,
            PairingEnding, PairingHealth, PairingKind, PairingPart, PairingView, PromiseState, WaitView,
        },
        spaces::{GivenInvite, JoinSpace, NamedRequest},
        sync::AddFolder,
    },
};

use crate::computer::{Computer, code};

fn begin(computer: &Computer, name: &str, kind: PairingKind) -> PairingView {
    let request = MakePairing {
        name: name.to_owned(),
        hope: "To read a month".to_owned(),
        kind,
        learn: "reading a P&L".to_owned(),
        teach: "testing with a screen reader".to_owned(),
        leads: Some(LaneWay::Learn),
    };
    vv_api::pairings_make(&computer.app, request).unwrap()
}

fn get(computer: &Computer, id: &str) -> PairingView {
    vv_api::pairings_get(&computer.app, id.to_owned()).unwrap()
}

/// Acts of one moment have no order; people take a moment for each.
fn a_moment_later(computer: &Computer) {
    computer.ports.clock.advance(Duration::seconds(1));
}

fn propose(computer: &Computer, pairing: &str, case: &str) -> PairingView {
    let request = PlanSession {
        pairing: pairing.to_owned(),
        session: None,
        at: Utc::now() + Duration::days(3),
        minutes: 60,
        place: "his office".to_owned(),
        case: case.to_owned(),
        whose: PairWho::Me,
        lane: None,
    };
    vv_api::pairings_plan(&computer.app, request).unwrap()
}

fn promise(computer: &Computer, pairing: &str, what: &str) -> PairingView {
    let request = MakePromise {
        pairing: pairing.to_owned(),
        promise: None,
        mine: true,
        what: what.to_owned(),
        place: String::new(),
        if_then: "If stand-up ends early, then before lunch".to_owned(),
        small: "Ask for it".to_owned(),
        due_on: None,
    };
    vv_api::pairings_promise(&computer.app, request).unwrap()
}

/// Practice 12: a name and a hope are enough, and nobody has to be asked.
#[test]
fn somebody_keeps_a_pairing_alone_from_the_first_word_to_the_end() {
    let ada = Computer::with_keyring();
    let made = begin(&ada, "Jon Adeyemi", PairingKind::Mentoring);
    let id = made.row.id.clone();
    assert_eq!((made.row.part, made.row.is_two, made.readers.len()), (PairingPart::Mentee, false, 0));
    assert_eq!(made.row.health, PairingHealth::New);

    // The agreement: a draft in its sections, then signed exactly as it stands.
    let sections = vec![AgreementSection { number: 5, text: "What is said stays.".to_owned() }];
    let draft = |put_forward| DraftAgreement {
        pairing: id.clone(),
        sections: sections.clone(),
        review_on: None,
        put_forward,
    };
    let drafted = vv_api::pairings_draft(&ada.app, draft(false)).unwrap();
    assert_eq!(
        (drafted.agreement.stage, drafted.agreement.draft.clone()),
        (AgreementStage::Drafting, sections.clone())
    );
    let signed = vv_api::pairings_draft(&ada.app, draft(true)).unwrap();
    let version = &signed.agreement.versions[0];
    assert_eq!((version.sections.clone(), version.signatures.len()), (sections, 1));
    let other_text =
        SignAgreement { pairing: id.clone(), agreement: version.id.clone(), hash: "0".repeat(64) };
    assert_eq!(code(vv_api::pairings_sign(&ada.app, other_text)), ErrorCode::Conflict);

    // A session needs a real case; it is prepared, held and written about.
    let no_case = PlanSession {
        pairing: id.clone(),
        session: None,
        at: Utc::now() + Duration::days(3),
        minutes: 60,
        place: String::new(),
        case: " ".to_owned(),
        whose: PairWho::Me,
        lane: None,
    };
    assert_eq!(code(vv_api::pairings_plan(&ada.app, no_case)), ErrorCode::Invalid);
    let planned = propose(&ada, &id, "The October sheet");
    let session = planned.sessions[0].id.clone();
    assert_eq!(planned.sessions[0].state, PairSessionState::Agreed);
    let kept = KeepPreparation {
        pairing: id.clone(),
        session: session.clone(),
        thoughts: "He was tired".to_owned(),
        want: "Say why freight moved".to_owned(),
        show: false,
    };
    let prepared = vv_api::pairings_keep_preparation(&ada.app, kept).unwrap();
    assert_eq!(
        (prepared.thoughts.as_str(), prepared.want.as_str()),
        ("He was tired", "Say why freight moved")
    );
    let held = AnswerSession { pairing: id.clone(), session: session.clone(), answer: SessionAnswer::Held };
    let held = vv_api::pairings_answer_session(&ada.app, held).unwrap();
    assert_eq!((held.sessions[0].state, held.row.held.len()), (PairSessionState::Held, 1));
    let text = PairingText::Shared { session: session.clone() };
    let opened = vv_api::pairings_open_text(&ada.app, OpenPairingText { pairing: id.clone(), text }).unwrap();
    let saved = SavePairingText { editing: opened.editing, text: "- Margin 31 %".to_owned(), close: true };
    assert_eq!(vv_api::pairings_save_text(&ada.app, saved).unwrap(), Vec::new());
    assert_eq!(get(&ada, &id).sessions[0].notes, "- Margin 31 %");
    let weeks = vv_api::growth_braid(&ada.app).unwrap();
    assert_eq!((weeks.len(), weeks.last().map(|week| (week.learn, week.teach))), (52, Some((30, 30))));

    // A promise, its small version, and an honest skip.
    let promised = promise(&ada, &id, "Bring the invoice");
    let answer = |promise: &str, answer, words: &str| AnswerPromise {
        pairing: id.clone(),
        promise: promise.to_owned(),
        answer,
        words: words.to_owned(),
    };
    let own = promised.promises[0].id.clone();
    assert_eq!(vv_api::pairings_promises(&ada.app).unwrap().len(), 1);
    let skipped =
        vv_api::pairings_answer_promise(&ada.app, answer(&own, PromiseAnswer::Skipped, "the audit")).unwrap();
    assert_eq!(skipped.promises[0].state, PromiseState::Skipped);
    a_moment_later(&ada);
    vv_api::pairings_answer_promise(&ada.app, answer(&own, PromiseAnswer::Reopened, "")).unwrap();
    a_moment_later(&ada);
    let small =
        vv_api::pairings_answer_promise(&ada.app, answer(&own, PromiseAnswer::DoneSmall, "")).unwrap();
    assert_eq!(small.promises[0].state, PromiseState::DoneSmall);

    // A pause of one's own, and an end without a reason.
    a_moment_later(&ada);
    let pause = |paused| PausePairing { id: id.clone(), paused, until: None };
    assert_eq!(vv_api::pairings_pause(&ada.app, pause(true)).unwrap().row.health, PairingHealth::Paused);
    a_moment_later(&ada);
    assert_ne!(vv_api::pairings_pause(&ada.app, pause(false)).unwrap().row.health, PairingHealth::Paused);
    let end = EndPairing {
        id: id.clone(),
        ending: PairingEnding::Ended,
        words: String::new(),
        until: None,
        again: Some(true),
    };
    let ended = vv_api::pairings_end(&ada.app, end).unwrap();
    assert_eq!((ended.row.health, ended.writable, ended.again), (PairingHealth::Closed, false, Some(true)));
    assert!(ended.row.ended_on.is_some());
    let report = vv_api::notebook_verify(&ada.app).unwrap();
    assert!(report.problems.is_empty(), "{:?}", report.problems);
}

fn syncing(folder: &TempDir) -> Computer {
    let computer = Computer::with_keyring();
    let path = folder.path().to_string_lossy().into_owned();
    vv_api::sync_add_folder(&computer.app, AddFolder { path }).unwrap();
    vv_api::sync_now(&computer.app).unwrap();
    computer
}

fn sync(people: &[&Computer]) {
    for _ in 0..3 {
        for computer in people {
            vv_api::sync_now(&computer.app).unwrap();
        }
    }
}

/// Shares a pairing of one with the other through a folder; gives the id that each has for it.
fn share(ada: &Computer, jon: &Computer) -> (String, String) {
    let id = begin(ada, "Jon", PairingKind::Reciprocal).row.id;
    let goal = SavePairingGoal {
        pairing: id.clone(),
        goal: None,
        way: LaneWay::Learn,
        what: "Read a sheet cold".to_owned(),
        sign: "The odd line in ten minutes".to_owned(),
    };
    let goal = vv_api::pairings_goal(&ada.app, goal).unwrap().goals[0].id.clone();
    promise(ada, &id, "Not for him to see");
    let chosen = ChosenParts {
        lanes: true,
        draft: false,
        goals: vec![goal],
        promises: Vec::new(),
        sessions: Vec::new(),
    };
    let preview = PreviewSharing { id: id.clone(), chosen: chosen.clone() };
    let preview = vv_api::pairings_preview_sharing(&ada.app, preview).unwrap();
    assert!(
        preview
            .iter()
            .any(|one| matches!(one, GoingOverView::Goal { words, .. } if words == "Read a sheet cold"))
    );
    assert!(!format!("{preview:?}").contains("Not for him"), "what was not chosen does not go over");
    let shared = SharePairing { id: id.clone(), chosen, my_name: "Ada".to_owned() };
    let link = vv_api::pairings_share(&ada.app, shared).unwrap().link;
    let join = JoinSpace { invite: GivenInvite::Link { link }, my_name: "Jon".to_owned() };
    vv_api::spaces_join(&jon.app, join).unwrap();
    sync(&[ada]);
    let space = get(ada, &id).space.unwrap();
    let asks = vv_api::spaces_get(&ada.app, space.clone()).unwrap().requests[0].id.clone();
    vv_api::spaces_approve(&ada.app, NamedRequest { space, request: asks }).unwrap();
    sync(&[ada, jon]);
    let rows = vv_api::pairings_list(&jon.app).unwrap();
    assert_eq!(rows.len(), 1);
    (id, rows[0].id.clone())
}

/// Practice 2: what one learns the other teaches, and each sees it from their own side.
#[test]
fn two_share_a_pairing_agree_to_a_time_and_keep_their_own_words_apart() {
    let folder = tempfile::tempdir().unwrap();
    let (ada, jon) = (syncing(&folder), syncing(&folder));
    let (of_ada, of_jon) = share(&ada, &jon);
    let (hers, his) = (get(&ada, &of_ada), get(&jon, &of_jon));
    assert!(hers.row.is_two && his.row.is_two);
    assert_eq!((hers.readers.len(), his.readers.len()), (2, 2));
    let about =
        |view: &PairingView, way| view.row.lanes.iter().find(|lane| lane.way == way).unwrap().about.clone();
    assert_eq!(about(&hers, LaneWay::Learn), about(&his, LaneWay::Teach));
    assert_eq!((his.goals.len(), his.promises.len(), his.hope.as_str()), (1, 0, ""));

    let planned = propose(&ada, &of_ada, "The October sheet");
    assert_eq!(planned.sessions[0].state, PairSessionState::Proposed);
    sync(&[&ada, &jon]);
    let his = get(&jon, &of_jon);
    assert!(his.row.waits.iter().any(|wait| matches!(wait, WaitView::Answer { .. })));
    let yes = AnswerSession {
        pairing: of_jon.clone(),
        session: his.sessions[0].id.clone(),
        answer: SessionAnswer::Agree,
    };
    assert_eq!(
        vv_api::pairings_answer_session(&jon.app, yes).unwrap().sessions[0].state,
        PairSessionState::Agreed
    );
    sync(&[&jon, &ada]);
    assert_eq!(get(&ada, &of_ada).sessions[0].state, PairSessionState::Agreed);
}

fn goes_on(computer: &Computer, of: &NameMeeting) -> MeetingView {
    vv_api::meetings_move(&computer.app, MoveMeeting { of: of.clone(), act: MeetingAct::Next }).unwrap()
}

/// Practice 80: one guide runs on both screens.
#[test]
fn two_meet_by_a_guide_and_both_are_at_the_same_step() {
    let folder = tempfile::tempdir().unwrap();
    let (ada, jon) = (syncing(&folder), syncing(&folder));
    let (of_ada, of_jon) = share(&ada, &jon);
    let session = propose(&ada, &of_ada, "The October sheet").sessions[0].id.clone();
    let begun = BeginMeeting {
        pairing: of_ada.clone(),
        guide: "p3".to_owned(),
        language: "en".to_owned(),
        session: Some(session),
        short: false,
        room: false,
    };
    let begun = vv_api::meetings_begin(&ada.app, begun).unwrap();
    assert_eq!((begun.status, begun.room, begun.rules.is_empty()), (RunStatus::Open, false, false));
    let of = |pairing: &str| NameMeeting {
        pairing: pairing.to_owned(),
        meeting: begun.id.clone(),
        language: "en".to_owned(),
    };
    let at = goes_on(&ada, &of(&of_ada)).here.unwrap().key;
    assert_ne!(Some(at.as_str()), begun.here.as_ref().map(|step| step.key.as_str()));
    sync(&[&ada, &jon]);
    let seen = vv_api::meetings_get(&jon.app, of(&of_jon)).unwrap();
    assert_eq!(seen.here.unwrap().key, at);
}
