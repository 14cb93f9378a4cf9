//! Puts a pairing together for the screen: its row, its page, the evening before a session.

use data_encoding::HEXLOWER;
use vv_core::{
    Notebook, day,
    ids::{PairingId, PromiseId},
    pairings::{self as core, PairingError, Paper, Who},
    spaces::SpaceState,
    store::Reader,
};

use super::views;
use crate::{
    model::{
        pairings::{
            AgreementsView, LaneView, LaneWay, NextView, PairSessionView, PairingRow, PairingView,
            PreparationView, PromiseView, WaitView,
        },
        spaces::Reader as ReaderView,
    },
    spaces::readers_of,
};

/// Lists the pairings: whoever waits first, and those that ended last.
pub(super) fn rows(reader: &Reader) -> Result<Vec<PairingRow>, PairingError> {
    let desk = core::read_desk(reader)?;
    desk.open.into_iter().chain(desk.closed).map(|row| row_of(reader, row)).collect()
}

fn row_of(reader: &Reader, row: core::DeskRow) -> Result<PairingRow, PairingError> {
    let lane = |way: LaneWay, about: String, minutes: u32| LaneView {
        leads: row.leads == Some(way.into()),
        way,
        about,
        minutes,
    };
    let lanes = vec![
        lane(LaneWay::Learn, row.mine_about.clone(), row.balance.mine.minutes),
        lane(LaneWay::Teach, row.theirs_about.clone(), row.balance.theirs.minutes),
    ];
    let next: Option<NextView> = row.next.map(Into::into);
    let mut waits = Vec::new();
    if let Some((session, on)) = row.unspoken {
        waits.push(WaitView::Held { session: session.to_string(), since: on });
    }
    for waiting in row.waits.iter().filter(|waiting| waiting.on == Who::Me) {
        waits.push(wait(reader, row.id, waiting)?);
    }
    waits.extend(row.nudges.first().map(|nudge| WaitView::Nudge { nudge: (*nudge).into() }));
    Ok(PairingRow {
        id: row.id.to_string(),
        name: row.name,
        kind: row.kind.into(),
        part: row.my_part.into(),
        space: row.space.map(|space| HEXLOWER.encode(&space.0)),
        is_two: row.is_two,
        health: row.health.into(),
        lanes,
        next,
        held: row.held_on,
        every_days: row.rhythm_days,
        begun_on: row.begun_on,
        ends_on: row.ends_on,
        paused_until: row.paused_until,
        ended_on: row.ended_on,
        waits,
        mine: row.my_promises,
        theirs: row.their_promises,
    })
}

fn wait(reader: &Reader, id: PairingId, waiting: &core::Waiting) -> Result<WaitView, PairingError> {
    let since = waiting.since.unwrap_or_else(|| day::today(reader));
    Ok(match waiting.what {
        core::WaitsFor::ToJoin => WaitView::ToJoin { since },
        core::WaitsFor::Signature(_) => WaitView::Signature { since },
        core::WaitsFor::Answer(session) => WaitView::Answer { session: session.to_string(), since },
        core::WaitsFor::TakingOn(promise) => WaitView::TakingOn { promise: promise.to_string(), since },
        core::WaitsFor::Promise(promise) => {
            WaitView::Promise { promise: promise.to_string(), words: said(reader, id, promise)?, since }
        }
        core::WaitsFor::Facilitator => WaitView::Facilitator { since },
        core::WaitsFor::Primer => WaitView::Primer { since },
    })
}

fn said(reader: &Reader, id: PairingId, promise: PromiseId) -> Result<String, PairingError> {
    let promises = core::list_promises(reader, id)?;
    Ok(promises.into_iter().find(|one| one.id == promise).map(|one| one.what).unwrap_or_default())
}

/// Shows one pairing whole.
pub(super) fn view(notebook: &Notebook, id: PairingId) -> Result<PairingView, PairingError> {
    notebook.read(|reader| {
        let pairing = core::get_pairing(reader, id)?;
        let row = row_of(reader, core::desk_row(reader, id)?)?;
        let sessions = sessions(reader, id)?;
        let shown = row.id.clone();
        let promises = core::list_promises(reader, id)?;
        let promises = promises.into_iter().map(|one| views::promise(one, &shown, &row.name)).collect();
        let readers: Vec<ReaderView> = match pairing.home {
            core::Home::Shared(space) => readers_of(reader, space)?,
            core::Home::Alone(_) => Vec::new(),
        };
        let draft = core::read_draft(reader, id)?.into_iter().filter(|(_, text)| !text.is_empty()).collect();
        let versions = core::list_agreements(reader, id)?;
        Ok(PairingView {
            writable: pairing.health != core::Health::Closed
                && pairing.space_state.is_none_or(|state| state == SpaceState::Open),
            space: row.space.clone(),
            row,
            their_part: pairing.their_part.into(),
            hope: pairing.side.hope,
            why: pairing.side.why,
            purpose: pairing.charter.purpose,
            whys: pairing.whys.into_iter().map(Into::into).collect(),
            minutes: pairing.charter.minutes,
            planned: pairing.charter.sessions,
            readers,
            sessions,
            promises,
            goals: core::list_pair_goals(reader, id)?.into_iter().map(Into::into).collect(),
            agreement: AgreementsView {
                stage: views::stage(&pairing.agreement),
                numbers: pairing.charter.kind.sections().into_iter().map(core::Section::number).collect(),
                draft: views::sections(draft),
                review_proposed: pairing.charter.kind.review_on(pairing.charter.begun_on),
                versions: versions.into_iter().map(Into::into).collect(),
            },
            pauses: pairing.pauses.into_iter().map(Into::into).collect(),
            endings: pairing.endings.into_iter().map(Into::into).collect(),
            cards: pairing.cards.into_iter().map(|card| views::card(card, &pairing.line)).collect(),
            again: pairing.side.wish,
        })
    })
}

/// Shows the sessions of a pairing in the order of their days, numbered as they were held or stand, with the notes of both.
fn sessions(reader: &Reader, id: PairingId) -> Result<Vec<PairSessionView>, PairingError> {
    let mut number = 0;
    let mut shown = Vec::new();
    for session in core::list_sessions(reader, id)? {
        let counts = session.state != core::SessionState::Cancelled;
        number += u32::from(counts);
        let notes = core::read_paper(reader, Paper::Notes(id, session.id))?;
        shown.push(views::session(session, counts.then_some(number), notes));
    }
    Ok(shown)
}

/// Shows the page for the evening before a session.
pub(super) fn preparation(reader: &Reader, id: PairingId) -> Result<PreparationView, PairingError> {
    let prepared = core::prepare(reader, id)?;
    let row = core::desk_row(reader, id)?;
    let (pairing, name) = (id.to_string(), row.name);
    let promises = |all: Vec<core::Promise>| -> Vec<PromiseView> {
        all.into_iter().map(|one| views::promise(one, &pairing, &name)).collect()
    };
    let (last, left_off) = prepared.last.unzip();
    Ok(PreparationView {
        mine: promises(prepared.my_promises),
        theirs: promises(prepared.their_promises),
        session: prepared.session.map(|session| views::session(session, None, String::new())),
        last: last.map(|session| views::session(session, None, String::new())),
        left_off: left_off.unwrap_or_default(),
        thoughts: prepared.thoughts,
        want: prepared.want,
        is_shown: prepared.is_shown,
        their_want: prepared.their_want.map(|said| said.words).unwrap_or_default(),
        goals: prepared.goals.into_iter().map(Into::into).collect(),
        is_two: row.is_two,
        pairing,
        name,
    })
}

/// Lists the open promises of all pairings that go on, those due first.
pub(super) fn open_promises(reader: &Reader) -> Result<Vec<PromiseView>, PairingError> {
    let mut open = Vec::new();
    for row in core::read_desk(reader)?.open {
        if row.health == core::Health::Paused {
            continue;
        }
        let pairing = row.id.to_string();
        let promises = core::list_promises(reader, row.id)?;
        let promises = promises.into_iter().filter(|one| one.state == core::PromiseState::Open);
        open.extend(promises.map(|one| views::promise(one, &pairing, &row.name)));
    }
    // Mine first, and of those what is due first; what has no day comes last.
    open.sort_by_key(|one| (!one.mine, one.due_on.is_none(), one.due_on));
    Ok(open)
}
