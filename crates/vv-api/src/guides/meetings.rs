//! Commands of meetings: a guide that two people run together, before one screen or each on their own.

use vv_core::{
    Notebook,
    guides::{
        self as core, AnswerKey, Guide, GuideError,
        model::{Readers, Speaks},
        run::{self, Event, Form, Status, Step},
    },
    ids::{MeetingId, PairingId},
    meetings::{self, CallTo, Meeting, MeetingError, NewMeeting},
    pairings::{self, Home, PairingError, Who},
    store::Reader,
};

use super::views;
use crate::{
    App,
    error::{ApiError, ErrorCode},
    model::{
        guides::{ClockView, PastAnswer, PastStep},
        meetings::{
            AnswerMeeting, BeginMeeting, CallView, MeetingAct, MeetingField, MeetingMark, MeetingStep,
            MeetingView, MoveMeeting, NameMeeting,
        },
        pairings::PairWho,
    },
    refusals::say,
};

/// Begins a meeting of a pairing.
pub fn meetings_begin(app: &App, request: BeginMeeting) -> Result<MeetingView, ApiError> {
    let pairing = pairing_id(&request.pairing)?;
    let session = request.session.map(|id| id.parse().map_err(|_| PairingError::NotThere)).transpose()?;
    let new = NewMeeting {
        guide: request.guide,
        language: request.language.clone(),
        form: if request.short { Form::Short } else { Form::Whole },
        session,
        room: request.room,
        ..NewMeeting::default()
    };
    let shown = app.with(|notebook| {
        let id = notebook.write(|tx| {
            let home = pairings::get_pairing(tx, pairing)?.home;
            meetings::begin_meeting(tx, home, &new)
        })?;
        view(notebook, pairing, id, &request.language)
    });
    app.syncing.look_at_all();
    shown
}

/// Names the meeting of a pairing that goes on; none when none does.
pub fn meetings_open(app: &App, request: String) -> Result<Option<String>, ApiError> {
    let pairing = pairing_id(&request)?;
    let rows = app.with(|notebook| {
        notebook.read(|reader| {
            let home = pairings::get_pairing(reader, pairing)?.home;
            meetings::list_meetings(reader, home, "en")
        })
    })?;
    Ok(rows.into_iter().find(|row| row.status == Status::Open).map(|row| row.id.to_string()))
}

/// Shows a meeting.
pub fn meetings_get(app: &App, request: NameMeeting) -> Result<MeetingView, ApiError> {
    let (pairing, id) = named(&request)?;
    app.with(|notebook| view(notebook, pairing, id, &request.language))
}

/// Saves answers in a meeting.
pub fn meetings_answer(app: &App, request: AnswerMeeting) -> Result<MeetingView, ApiError> {
    let mut given = Vec::new();
    for one in request.answers {
        let key: AnswerKey = one.key.parse().map_err(|error| ApiError::from(GuideError::Refused(error)))?;
        given.push(match one.answer.map(views::answer_from).transpose()? {
            Some(answer) => Event::Answer { by: one.person, key, answer },
            None => Event::Clear { by: one.person, key },
        });
    }
    changed(app, &request.of, |notebook, home, id| {
        notebook.write(|tx| given.into_iter().try_for_each(|event| meetings::act(tx, home, id, event)))
    })
}

/// Goes on or back in a meeting, stops its clock, seals, calls “rule”, or brings it to its end.
pub fn meetings_move(app: &App, request: MoveMeeting) -> Result<MeetingView, ApiError> {
    let language = request.of.language.clone();
    changed(app, &request.of, |notebook, home, id| {
        notebook.write(|tx| {
            let me = meetings::get_meeting(tx, home, id, &language)?.me;
            let event = match request.act {
                MeetingAct::Next => Event::Next { by: me },
                MeetingAct::Back => Event::Back,
                MeetingAct::To { step } => Event::GoTo(step),
                MeetingAct::Pause => Event::Pause,
                MeetingAct::Resume => Event::Resume,
                MeetingAct::Seal { step } => Event::Seal { by: me, step },
                MeetingAct::Rule { rule } => {
                    return meetings::call_rule(tx, home, id, CallTo::All, &rule, "");
                }
                MeetingAct::Finish => return meetings::finish_meeting(tx, home, id, &language).map(drop),
            };
            meetings::act(tx, home, id, event)
        })
    })
}

fn changed(
    app: &App,
    of: &NameMeeting,
    work: impl FnOnce(&Notebook, Home, MeetingId) -> Result<(), MeetingError>,
) -> Result<MeetingView, ApiError> {
    let (pairing, id) = named(of)?;
    let shown = app.with(|notebook| {
        let home = notebook.read(|reader| pairings::get_pairing(reader, pairing))?.home;
        work(notebook, home, id)?;
        view(notebook, pairing, id, &of.language)
    })?;
    app.syncing.look_at_all();
    Ok(shown)
}

fn named(of: &NameMeeting) -> Result<(PairingId, MeetingId), ApiError> {
    let id = of.meeting.parse().map_err(|_| MeetingError::NotThere)?;
    Ok((pairing_id(&of.pairing)?, id))
}

fn pairing_id(text: &str) -> Result<PairingId, PairingError> {
    text.parse().map_err(|_| PairingError::NoPairing)
}

fn view(
    notebook: &Notebook,
    pairing: PairingId,
    id: MeetingId,
    language: &str,
) -> Result<MeetingView, MeetingError> {
    notebook.read(|reader| {
        let home = pairings::get_pairing(reader, pairing)?.home;
        let meeting = meetings::get_meeting(reader, home, id, language)?;
        show(reader, pairing, &meeting)
    })
}

fn show(reader: &Reader, pairing: PairingId, meeting: &Meeting) -> Result<MeetingView, MeetingError> {
    let around = core::around(reader, &meeting.guide)?;
    let (guide, state) = (&meeting.guide, &meeting.state);
    let steps = run::steps(guide, state, &around);
    let here = steps.iter().position(|step| step.key == state.at);
    let seconds = |step: &Step| core::planned_seconds(guide, state, step);
    let spent = state.clock.spent_at(&state.at, true, around.now);
    let left: u32 = here.map_or(0, |here| steps[here..].iter().map(seconds).sum());
    let mark = |(at, step): (usize, &Step)| MeetingMark {
        key: step.key.clone(),
        name: views::name_of(guide, step),
        turn: step.turn.as_ref().map(|person| who(meeting, person)),
        minutes: seconds(step).div_ceil(60),
        is_past: here.is_none_or(|here| at < here),
        is_here: here == Some(at),
    };
    let step_at = |at: usize| {
        let step = &steps[at];
        let phase = guide.phase_of(step);
        let filled = |text: &str| state.fill(guide, &meeting.me, text, step.round).0;
        let asked = meetings::asked_here(meeting, &around, step);
        MeetingStep {
            key: step.key.clone(),
            name: views::name_of(guide, step),
            ask: filled(&phase.ask),
            help: phase.help.as_deref().map(filled).unwrap_or_default(),
            speaks: speaker(meeting, guide, step),
            is_silent: phase.speaks == Speaks::Nobody,
            is_sealed: asked.iter().any(|one| one.field.asked.capture.readers == Readers::Sealed),
            has_sealed: state.sealed.contains(&(step.key.clone(), meeting.me.clone())),
            fields: asked
                .into_iter()
                .map(|one| MeetingField {
                    who: one.who.into(),
                    field: views::field_view((guide, state, &one.person), &around, one.field, &[]),
                    person: one.person,
                })
                .collect(),
            next: steps.get(at + 1).map(|step| views::name_of(guide, step)),
        }
    };
    Ok(MeetingView {
        id: meeting.id.to_string(),
        pairing: pairing.to_string(),
        title: guide.title.clone(),
        room: meeting.room,
        status: state.status.into(),
        rules: meeting.rules.clone(),
        calls: meeting
            .calls
            .iter()
            .map(|call| CallView { by: call.by.into(), rule: call.rule.clone() })
            .collect(),
        steps: steps.iter().enumerate().map(mark).collect(),
        here: here.map(step_at),
        past: past(meeting, &around, &steps),
        clock: ClockView {
            planned_seconds: here.map_or(0, |here| seconds(&steps[here])),
            spent_seconds: spent,
            minutes_left: left.saturating_sub(spent).div_ceil(60),
            is_running: state.clock.is_running(),
        },
    })
}

fn who(meeting: &Meeting, person: &str) -> PairWho {
    if person == meeting.me { Who::Me.into() } else { Who::Other.into() }
}

/// Says who speaks at a step: whose turn it is, or whoever alone has the role.
fn speaker(meeting: &Meeting, guide: &Guide, step: &Step) -> Option<PairWho> {
    if let Some(person) = &step.turn {
        return Some(who(meeting, person));
    }
    let Speaks::Role(role) = &guide.phase_of(step).speaks else { return None };
    let mut with_role = meeting.state.people.iter().filter(|person| person.roles.contains(role));
    match (with_role.next(), with_role.next()) {
        (Some(person), None) => Some(who(meeting, &person.id)),
        _ => None,
    }
}

/// Shows what was answered and this person may read, step by step.
fn past(meeting: &Meeting, around: &run::Around, steps: &[Step]) -> Vec<PastStep> {
    let (guide, state) = (&meeting.guide, &meeting.state);
    let mut shown = Vec::new();
    for step in steps {
        let mut answers = Vec::new();
        for person in &state.people {
            for field in run::fields(guide, state, around, step, &person.id) {
                if let Some(answer) = state.answer(&person.id, &field.key) {
                    answers.push(PastAnswer { text: views::said(&field, answer), label: field.label });
                }
            }
        }
        if !answers.is_empty() {
            shown.push(PastStep { key: step.key.clone(), name: views::name_of(guide, step), answers });
        }
    }
    shown
}

impl From<MeetingError> for ApiError {
    fn from(error: MeetingError) -> Self {
        let code = match error {
            MeetingError::Pairing(error) => return error.into(),
            MeetingError::Guide(error) => return error.into(),
            MeetingError::Refused(error) => return GuideError::Refused(error).into(),
            MeetingError::Journal(error) => return error.into(),
            MeetingError::Loop(error) => return error.into(),
            MeetingError::Helped(error) => return error.into(),
            MeetingError::Space(error) => return error.into(),
            MeetingError::Unfit(error) => return error.into(),
            MeetingError::Store(error) => return error.into(),
            MeetingError::NotThere => ErrorCode::NotFound,
            MeetingError::TooLong => ErrorCode::TooLarge,
            MeetingError::NoLines => ErrorCode::Invalid,
            MeetingError::IsSealed
            | MeetingError::Sent
            | MeetingError::NotOpen
            | MeetingError::ThankFirst => ErrorCode::Conflict,
            MeetingError::NotOnThisScreen
            | MeetingError::NotYours
            | MeetingError::NotForTwo
            | MeetingError::NoFacilitator
            | MeetingError::NoPulses => ErrorCode::NotAllowed,
        };
        say(code, &error)
    }
}
