//! From alone to two: choosing what the other gets, seeing exactly that, inviting, and what happens when both invited at once.
//!
//! Sharing is a copy outwards. A plan says what goes over, the preview shows the plan, and the plan is all that is written; nothing in
//! the space names anything of the journal, where everything stays as it was.

use chrono::{DateTime, NaiveDate, Utc};

use super::agreement::{draft_of, make_draft};
use super::begin::{id_value, list_sides, touch};
use super::charter::{self, open_home};
use super::error::PairingError;
use super::goals::goals_of;
use super::handover::responsibilities_of;
use super::home::{Doing, act_now, commit, home_of, pairing_spaces, seat_value, set_text};
use super::line::{Somebody, check_beginning};
use super::model::{Charter, Home, Lane, PromiseState, Section, SessionState, Who};
use super::promises::promises_of;
use super::record::{self, Deed, side};
use super::seats::Seats;
use super::sessions::sessions_of;
use super::table::{self, CharterRow, SessionRow};
use crate::day;
use crate::ids::{PairGoalId, PairSessionId, PairingId, PromiseId, ResponsibilityId};
use crate::spaces::{
    self, History, InvitationMade, MemberId, NewInvitation, Role, SpaceId, SpaceKind, SpaceState,
};
use crate::store::op::{Change, Kind, ObjectId, Op, Value};
use crate::store::{Reader, Tx};

/// For how many days an invitation into a pairing holds.
pub const INVITATION_DAYS: u32 = 14;

/// Says what of a pairing that was tracked alone goes over to the space of the two. Nothing that is not named does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// What each of us learns, in the words I wrote for it.
    pub lanes: bool,
    /// What I wrote that we both want from it.
    pub purpose: bool,
    /// The draft of the agreement.
    pub draft: bool,
    /// Goals.
    pub goals: Vec<PairGoalId>,
    /// Promises that are open.
    pub promises: Vec<PromiseId>,
    /// Sessions: their days, and for those that are to come what they are for.
    pub sessions: Vec<PairSessionId>,
    /// What is handed over.
    pub responsibilities: Vec<ResponsibilityId>,
}

/// Is one thing that goes over, whole: what stands here is written, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoingOver {
    /// What the pairing is. It always goes over: its kind, its rhythm, its days; its words as chosen.
    Charter(Charter),
    /// A goal.
    Goal {
        /// Which, in the journal.
        id: PairGoalId,
        /// In whose learning it lies.
        lane: Lane,
        /// What.
        what: String,
        /// The sign by which both will see it.
        sign: String,
    },
    /// A promise. One of the other's is offered to them.
    Promise {
        /// Which, in the journal.
        id: PromiseId,
        /// Whose.
        owner: Who,
        /// What.
        what: String,
        /// By when.
        due_on: Option<NaiveDate>,
        /// Where.
        place: String,
        /// If something comes in between, then this.
        if_then: String,
        /// The small version that still counts.
        small: String,
    },
    /// A session.
    Session {
        /// Which, in the journal.
        id: PairSessionId,
        /// Its day.
        on: NaiveDate,
        /// When it begins.
        starts_at: Option<DateTime<Utc>>,
        /// How long, in minutes.
        minutes: u32,
        /// Where.
        place: String,
        /// The real case of one that is to come.
        live_case: String,
        /// Whether it was held.
        held: bool,
    },
    /// A section of the draft of the agreement.
    Section {
        /// Which.
        section: Section,
        /// What it says.
        words: String,
    },
    /// Something that is handed over.
    Responsibility {
        /// Which, in the journal.
        id: ResponsibilityId,
        /// What it is.
        name: String,
        /// What one has to know of it.
        about: String,
        /// How bad it would be if it were lost.
        risk: u32,
        /// How few know it.
        rarity: u32,
        /// Who could do it from then on.
        successors: Vec<String>,
    },
}

/// Shows exactly what would go over.
pub fn preview_sharing(
    reader: &Reader,
    id: PairingId,
    chosen: &Chosen,
) -> Result<Vec<GoingOver>, PairingError> {
    match home_of(reader, id)? {
        Home::Alone(_) => plan(reader, id, home_of(reader, id)?, chosen),
        Home::Shared(_) => Err(PairingError::AlreadyShared),
    }
}

fn plan(reader: &Reader, id: PairingId, home: Home, chosen: &Chosen) -> Result<Vec<GoingOver>, PairingError> {
    let mut charter = charter::read(reader, home)?;
    if !chosen.lanes {
        (charter.mine_about, charter.theirs_about) = (String::new(), String::new());
    }
    if !chosen.purpose {
        charter.purpose = String::new();
    }
    let mut going = vec![GoingOver::Charter(charter)];
    if chosen.draft {
        let written = draft_of(reader, home)?.into_iter().filter(|(_, words)| !words.is_empty());
        going.extend(written.map(|(section, words)| GoingOver::Section { section, words }));
    }
    for goal in goals_of(reader, home, id)?.into_iter().filter(|goal| chosen.goals.contains(&goal.id)) {
        going.push(GoingOver::Goal { id: goal.id, lane: goal.lane, what: goal.what, sign: goal.sign });
    }
    let open = |state: &PromiseState| matches!(state, PromiseState::Open | PromiseState::Offered);
    for one in promises_of(reader, home)? {
        if chosen.promises.contains(&one.id) && open(&one.state) {
            going.push(GoingOver::Promise {
                id: one.id,
                owner: one.owner,
                what: one.what,
                due_on: one.due_on,
                place: one.place,
                if_then: one.if_then,
                small: one.small,
            });
        }
    }
    for one in sessions_of(reader, home)? {
        if chosen.sessions.contains(&one.id) && one.state != SessionState::Cancelled {
            let held = one.state == SessionState::Held;
            going.push(GoingOver::Session {
                id: one.id,
                on: one.on,
                starts_at: one.starts_at,
                minutes: one.minutes,
                place: one.place,
                live_case: if held { String::new() } else { one.live_case },
                held,
            });
        }
    }
    for one in responsibilities_of(reader, home)? {
        if chosen.responsibilities.contains(&one.id) {
            going.push(GoingOver::Responsibility {
                id: one.id,
                name: one.name,
                about: one.about,
                risk: one.risk,
                rarity: one.rarity,
                successors: one.successors,
            });
        }
    }
    Ok(going)
}

/// Makes the space of a pairing and copies the chosen parts into it; `my_name` is how the other shall call me. From then on the
/// pairing stands there; what was written alone stays in the journal.
pub fn share_pairing(
    tx: &mut Tx,
    id: PairingId,
    chosen: &Chosen,
    my_name: &str,
) -> Result<SpaceId, PairingError> {
    let home = open_home(tx, id)?;
    let Home::Alone(_) = home else { return Err(PairingError::AlreadyShared) };
    let going = plan(tx, id, home, chosen)?;
    let row = charter::row_or_default(tx, home)?;
    let known = table::side(tx.sql(), id)?.ok_or(PairingError::NoPairing)?;
    check_beginning(
        tx,
        row.kind,
        &Somebody { person: known.person, account: None, names: vec![known.name] },
    )?;
    let space = spaces::create_space(tx, SpaceKind::Pairing, "", my_name, History::Full)?;
    write(tx, Home::Shared(space), &going, |_| None)?;
    let ops = vec![Op::Set { field: side::SPACE, value: id_value(&space.0) }];
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(space)
}

/// Writes what goes over into a home. `name` gives ids to what was copied before, so that it is copied once.
fn write(
    tx: &mut Tx,
    home: Home,
    going: &[GoingOver],
    name: impl Fn(&ObjectId) -> Option<ObjectId>,
) -> Result<(), PairingError> {
    let seats = Seats::load(tx, home)?;
    for piece in going {
        let (old, kind) = match piece {
            GoingOver::Charter(charter) => {
                if charter::read_row(tx, home)?.is_none() {
                    charter::put(tx, home, &row_of(charter, &seats))?;
                }
                continue;
            }
            GoingOver::Section { section, words } => {
                make_draft(tx, home, &[(*section, words.clone())])?;
                continue;
            }
            GoingOver::Goal { id, .. } => (*id.as_bytes(), Kind::PairGoal),
            GoingOver::Promise { id, .. } => (*id.as_bytes(), Kind::Promise),
            GoingOver::Session { id, .. } => (*id.as_bytes(), Kind::PairSession),
            GoingOver::Responsibility { id, .. } => (*id.as_bytes(), Kind::Responsibility),
        };
        let new = name(&old).unwrap_or_else(|| *tx.make_id::<PairGoalId>().as_bytes());
        if home.object(tx, &new, kind)?.is_none() {
            let (process, content) = ops_of(tx, &seats, piece);
            commit(tx, home, new, Some(kind), process, content)?;
        }
    }
    Ok(())
}

fn row_of(charter: &Charter, seats: &Seats) -> CharterRow {
    let (mine, theirs) = (charter.mine_about.clone(), charter.theirs_about.clone());
    let am_first = seats.mine() == super::home::Seat::First;
    let (first_about, second_about) = if am_first { (mine, theirs) } else { (theirs, mine) };
    CharterRow {
        kind: charter.kind,
        leads: seats.lane_number(charter.leads),
        first_about,
        second_about,
        rhythm_days: charter.rhythm_days,
        minutes: charter.minutes,
        sessions: charter.sessions,
        begun_on: charter.begun_on,
        ends_on: charter.ends_on,
        programme: charter.programme.clone(),
        purpose: charter.purpose.clone(),
    }
}

fn ops_of(tx: &Tx, seats: &Seats, piece: &GoingOver) -> (Vec<Op>, Vec<Op>) {
    let number = |field: u32, number: i64| Some(Op::Set { field, value: Value::Int(number) });
    let today = day::value(Some(day::today(tx)));
    let (mut process, mut content) = (Vec::new(), Vec::new());
    match piece {
        GoingOver::Charter(_) | GoingOver::Section { .. } => {}
        GoingOver::Goal { lane, what, sign, .. } => {
            use record::goal::*;
            content.extend(number(LANE, seats.lane_number(Some(*lane))));
            content.extend([set_text(None, WHAT, what), set_text(None, SIGN, sign)].into_iter().flatten());
            content.push(Op::Set { field: MADE_ON, value: today });
        }
        GoingOver::Promise { owner, what, due_on, place, if_then, small, .. } => {
            use record::promise::*;
            content.push(Op::Set { field: OWNER, value: seat_value(seats.seat_of(*owner)) });
            content.push(Op::Set { field: MADE_ON, value: today });
            content.extend(due_on.map(|on| Op::Set { field: DUE_ON, value: day::value(Some(on)) }));
            for (field, words) in [(WHAT, what), (PLACE, place), (IF_THEN, if_then), (SMALL, small)] {
                content.extend(set_text(None, field, words));
            }
            if *owner == Who::Me {
                content.push(act_now(tx, Deed::TakenOn, Doing::default()).to_op());
            }
        }
        GoingOver::Session { on, starts_at, minutes, place, live_case, held, .. } => {
            use record::session::*;
            let state = if *held { SessionRow::HELD } else { SessionRow::OPEN };
            process.extend(number(STATE, state));
            process.push(Op::Set { field: ON, value: day::value(Some(*on)) });
            process.extend(starts_at.and_then(|at| number(STARTS_AT, at.timestamp_millis())));
            process.extend(number(MINUTES, (*minutes).into()));
            process.extend(set_text(None, PLACE, place));
            content.extend(set_text(None, CASE, live_case));
        }
        GoingOver::Responsibility { name, about, risk, rarity, successors, .. } => {
            use record::responsibility::*;
            content.extend([set_text(None, NAME, name), set_text(None, ABOUT, about)].into_iter().flatten());
            content.extend(
                [number(RISK, (*risk).into()), number(RARITY, (*rarity).into())].into_iter().flatten(),
            );
            let names = successors.iter().map(|name| name.as_str().into()).collect();
            content.push(Op::Set { field: SUCCESSORS, value: Value::List(names) });
        }
    }
    (process, content)
}

/// Invites the other into the space of a pairing, by a link, a picture or a file. One may come by it, and reads what is there.
pub fn invite_other(tx: &mut Tx, id: PairingId, places: Vec<String>) -> Result<InvitationMade, PairingError> {
    let Home::Shared(space) = open_home(tx, id)? else { return Err(PairingError::NotTwo) };
    let new = NewInvitation {
        role: Role::Owner,
        history: History::Full,
        uses: 1,
        days: INVITATION_DAYS,
        places,
        open_door: false,
    };
    Ok(spaces::invite_into(tx, space, &new)?)
}

/// Looks whether somebody may come into a pairing who asks to, before they are let in.
///
/// # Errors
/// [`PairingError::InLine`] where the person's own line at work forbids it.
pub fn check_joining(
    reader: &Reader,
    id: PairingId,
    account: Option<MemberId>,
    name: &str,
) -> Result<(), PairingError> {
    let home = home_of(reader, id)?;
    let kind = charter::row_or_default(reader, home)?.kind;
    check_beginning(reader, kind, &Somebody { person: None, account, names: vec![name.to_owned()] })
}

/// Is a pair of spaces that two people made for each other at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Twins {
    kept: SpaceId,
    left: SpaceId,
}

/// Lists the spaces whose two people share another one as well.
fn of_the_same_two(reader: &Reader) -> Result<Vec<SpaceId>, PairingError> {
    let spaces = pairing_spaces(reader);
    if spaces.len() < 2 {
        return Ok(Vec::new());
    }
    let people = table::people(reader.sql(), None)?;
    let two_of = |space: &SpaceId| {
        let sid = Home::Shared(*space).sid(reader).ok()?;
        people.present.get(&sid).filter(|two| two.len() == 2)
    };
    let has_twin = |space: &SpaceId| {
        let two = two_of(space);
        two.is_some() && spaces.iter().any(|other| other != space && two_of(other) == two)
    };
    Ok(spaces.iter().copied().filter(has_twin).collect())
}

/// Finds spaces of the same two people of which each founded one before they came into the other's, for the same kind of pairing.
/// Both people find the same, and keep the one with the smaller id.
fn twins(reader: &Reader) -> Result<Vec<Twins>, PairingError> {
    struct Seen {
        id: SpaceId,
        kind: super::kinds::PairingKind,
        founded_at: DateTime<Utc>,
        /// Both, each with since when they belong; the founder first.
        two: Vec<(MemberId, DateTime<Utc>)>,
    }
    let mut seen: Vec<Seen> = Vec::new();
    for id in of_the_same_two(reader)? {
        let space = spaces::get_space(reader, id)?;
        let Some(charter) = charter::read_row(reader, Home::Shared(id))? else { continue };
        let mut two: Vec<_> = space
            .members
            .iter()
            .filter(|member| member.role == Role::Owner)
            .map(|member| (member.id, member.since))
            .collect();
        two.sort_by_key(|(member, since)| (*since, *member));
        if let (Some(founded_at), 2, SpaceState::Open) = (space.founded_at, two.len(), space.state) {
            seen.push(Seen { id, kind: charter.kind, founded_at, two });
        }
    }
    seen.sort_by_key(|seen| seen.id);
    let mut found = Vec::new();
    for (at, kept) in seen.iter().enumerate() {
        for left in &seen[at + 1..] {
            let crossed = kept.kind == left.kind
                && kept.two[0].0 == left.two[1].0
                && kept.two[1].0 == left.two[0].0
                && kept.founded_at < left.two[1].1
                && left.founded_at < kept.two[1].1;
            if crossed && !found.iter().any(|twins: &Twins| twins.left == left.id) {
                found.push(Twins { kept: kept.id, left: left.id });
            }
        }
    }
    Ok(found)
}

/// Does what is due in pairings without anybody's asking: gives a side to spaces one came into, and brings two spaces together that
/// both made for each other at once. Called after something was taken in.
pub fn keep_up_pairings(tx: &mut Tx) -> Result<(), PairingError> {
    for row in list_sides(tx)? {
        if table::side(tx.sql(), row.id)?.is_none() {
            touch(tx, row.id)?;
        }
    }
    for pair in twins(tx)? {
        bring_together(tx, pair)?;
    }
    Ok(())
}

fn bring_together(tx: &mut Tx, twins: Twins) -> Result<(), PairingError> {
    let Twins { kept, left } = twins;
    let (from, to) = (Home::Shared(left), Home::Shared(kept));
    if Seats::load(tx, from)?.mine() == super::home::Seat::First {
        // Whoever made it takes along what is in it, and leaves; it stays readable for both.
        let id = table::side_to(tx.sql(), &left)?.ok_or(PairingError::NoPairing)?;
        let everything = Chosen {
            draft: true,
            goals: goals_of(tx, from, id)?.into_iter().map(|one| one.id).collect(),
            promises: promises_of(tx, from)?.into_iter().map(|one| one.id).collect(),
            sessions: sessions_of(tx, from)?.into_iter().map(|one| one.id).collect(),
            responsibilities: responsibilities_of(tx, from)?.into_iter().map(|one| one.id).collect(),
            ..Chosen::default()
        };
        let going = plan(tx, id, from, &everything)?;
        write(tx, to, &going, |old| {
            Some(
                *vv_protocol::hash("pairing-copy/v1", &[&kept.0, old])
                    .first_chunk()
                    .expect("a hash is longer"),
            )
        })?;
        spaces::leave_space(tx, left)?;
    }
    // A side that led to the one that is left leads to the other; what was written in it alone stays with it.
    let into_kept = table::side_to(tx.sql(), &kept)?;
    if let Some(id) = table::side_to(tx.sql(), &left)?.filter(|id| Some(*id) != into_kept) {
        let mut ops = vec![
            Op::Set { field: side::SPACE, value: id_value(&kept.0) },
            Op::Set { field: side::OTHER_SPACE, value: id_value(&left.0) },
        ];
        if let Some(other) = into_kept {
            // Of two sides the one that the person began themselves stays, the other is put away.
            let (stays, goes) =
                if other == super::home::side_of_space(&kept) { (id, other) } else { (other, id) };
            let at = Value::Int(tx.now().timestamp_millis());
            let away = vec![Op::Set { field: side::TRASHED_AT, value: at }];
            tx.commit(Change { object: *goes.as_bytes(), ops: away })?;
            if stays != id {
                ops = vec![Op::Set { field: side::OTHER_SPACE, value: id_value(&left.0) }];
            }
            tx.commit(Change { object: *stays.as_bytes(), ops })?;
        } else {
            tx.commit(Change { object: *id.as_bytes(), ops })?;
        }
    }
    Ok(())
}
