//! Pairings: two people who learn from each other, in two directions, with what they agreed, promised, tried and noticed in one
//! place that only they can read.
//!
//! A pairing has a *side* and a *home*. The side is an object of the journal: what of it is mine alone. The home is where everything
//! else stands: the journal while I track it alone, the space of the two once we share it. Start at `kinds.rs` (what each kind
//! brings), `record.rs` (how it stands in records), `home.rs` and `seats.rs` (where, and who is who), then `begin.rs`.
//!
//! Not here: who may read a space (`spaces/`), guides and feedback. Health, balance and who waits for whom are functions of facts
//! and a day; they are stored nowhere and sent nowhere.

mod agreement;
mod agreement_text;
mod begin;
mod between;
mod calendar;
mod charter;
mod desk;
mod ending;
mod error;
mod facilitator;
mod glance;
mod goals;
mod handover;
pub(crate) mod home;
mod kinds;
mod line;
mod model;
mod page;
mod papers;
mod preparation;
mod project;
mod promises;
pub(crate) mod record;
mod room;
pub(crate) mod seats;
mod sessions;
mod sharing;
pub(crate) mod table;
mod table_at_a_glance;
#[cfg(test)]
mod tests;

pub use agreement::{
    begin_draft, list_agreements, note_their_signature, propose_agreement, read_draft, sign_agreement,
};
pub use begin::{
    begin_pairing, change_side, erase_pairing, get_side, list_trashed, pairing_of_space, restore_pairing,
    trash_pairing,
};
pub use between::{Rhythm, health, nudges};
pub use calendar::{CalendarInvitation, MAX_CALENDAR_BYTES, read_calendar, session_calendar, take_calendar};
pub use charter::{change_charter, note_primer, pause, resume, say_why};
pub(crate) use desk::every_pairing;
pub use desk::{PairingsToday, desk_row, pairings_today, read_desk};
pub use ending::{answer_ending, begin_closing, end_pairing, freeze_pairing, renew_pairing};
pub use error::PairingError;
pub use facilitator::{
    agree_to_facilitator, ask_for_facilitator, check_facilitator, invite_facilitator, unseat_facilitator,
};
pub use goals::{
    change_pair_goal, end_pair_goal, list_pair_goals, make_pair_goal, note_evidence, put_goal_behind,
    reopen_pair_goal,
};
pub use handover::{
    add_responsibility, change_responsibility, coverage, list_responsibilities, sign_readiness,
};
pub use kinds::{LineRelation, LineRule, PairingKind, Part};
pub use line::{decide_line, line_findings, list_line, remove_line, save_line};
pub use model::*;
pub use page::get_pairing;
pub use papers::{
    Paper, PaperEditor, Papers, SavedPaper, close_paper, keep_paper, open_paper, read_paper, recover_papers,
    save_paper, settle_papers,
};
pub use preparation::{prepare, save_preparation, show_want};
pub use promises::{answer_promise, change_promise, list_promises, make_promise, take_on_promise};
pub use room::{list_room, set_room};
pub use sessions::{
    accept_session, cancel_session, get_session, hold_session, junior_circle_days, list_sessions,
    met_without_logging, move_session, note_attendance, plan_programme, programme_days, propose_session,
    schedule_session, set_case,
};
pub use sharing::{
    Chosen, GoingOver, INVITATION_DAYS, check_joining, invite_other, keep_up_pairings, preview_sharing,
    share_pairing,
};

pub(crate) use agreement::make_draft;
pub(crate) use charter::{has_ended, read as read_charter};
pub(crate) use home::is_kept;
pub(crate) use papers::write_whole;
pub(crate) use project::project;
