//! What the owner of the sample notebook learns: loops, a goal, intentions, each at its evening of the year.
//!
//! The entries are those of the year, by name. What is still open today is open on purpose: a loop that waits for a
//! reflection, one that has been quiet for long, an intention that comes back today.

use std::collections::HashMap;

use chrono::TimeDelta;

use super::DemoError;
use crate::day;
use crate::goals::{self, GoalPlan, NewPoint, PointKind};
use crate::ids::{EntryId, GoalId, IntentionId, LoopId};
use crate::intentions::{self, Answer, Into, NewIntention};
use crate::loops::{self, Filling, NewFilling, NewLoop, Part};
use crate::store::tx::Tx;

/// Is one thing that was learned, begun or answered, so many days ago.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lesson {
    pub(super) days_ago: u64,
    pub(super) what: What,
}

/// Says what happened.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    /// A loop begins: its title and its purpose.
    Begins(&'static str, &'static str),
    /// A part of the loop of that title is filled by the entry of that name.
    Entry(&'static str, Part, &'static str),
    /// A part of a loop is filled by words, with who and where from.
    Words(&'static str, Part, &'static str, &'static str, &'static str),
    /// A loop closes: then and now.
    Closes(&'static str, &'static str, &'static str),
    /// Something is set out to be done: what, in how many days, from which entry and words, for which loop.
    SetsOut(&'static str, u64, &'static str, &'static str, &'static str),
    /// It was done: how it went, into which loop.
    Done(&'static str, &'static str, &'static str),
    /// A goal begins.
    Goal,
    /// The goal moves: what happened, the entry that shows it, the behaviour it shows.
    Moves(&'static str, &'static str, &'static str),
    /// The goal is skipped for a week.
    Skips(&'static str),
}

use What::{Begins, Closes, Done, Entry, Goal, Moves, SetsOut, Skips, Words};

const INDEX: &str = "Index choices in Postgres";
const READER: &str = "Testing with a screen reader";
const NO: &str = "Saying no with a date";
const P_AND_L: &str = "Reading a P&L";
const RANGES: &str = "Estimating in ranges";
const ASKING: &str = "Asking before advising";
const STANDUP: &str = "Running a quiet stand-up";
const NOTE: &str = "Writing a decision note";
const CASH: &str = "Reading cash, not margin";
const TWICE: &str = "If a question comes twice, then I say it back before I answer.";
const BEHAVIOURS: [&str; 3] = [
    "I ask one question before I give an answer.",
    "I say back in my own words what I heard.",
    "I let a silence stand for four breaths.",
];

/// Lists the lessons of the year, in order of time.
pub(super) const LESSONS: &[Lesson] = &[
    at(354, Begins(INDEX, "So that I need not send every slow query to Priya.")),
    at(354, Entry(INDEX, Part::Gain, "index-lesson")),
    at(351, Entry(INDEX, Part::Practise, "index-follow")),
    at(299, Begins(RANGES, "So that a date I give is one that others can plan with.")),
    at(299, Entry(RANGES, Part::Gain, "ranges-book")),
    at(281, Words(INDEX, Part::Feedback, "You asked the plan before you asked me. Good.", "Priya", "")),
    at(265, Begins(READER, "So that Ravi does not have to tell us what we could have heard ourselves.")),
    at(264, Entry(READER, Part::Gain, "headings")),
    at(261, Entry(READER, Part::Practise, "sr-start")),
    at(257, Entry(READER, Part::Practise, "sr-fix")),
    at(244, Begins(NO, "So that a yes of mine is worth something.")),
    at(244, Entry(NO, Part::Gain, "no-with-date")),
    at(
        229,
        Closes(
            INDEX,
            "I added an index and hoped.",
            "I read the plan first, and can say in one sentence what the index will be used for.",
        ),
    ),
    at(193, Words(READER, Part::Feedback, "I did not have to ask you where the total is.", "Jon", "")),
    at(
        190,
        Closes(
            READER,
            "I thought of labels as something for later.",
            "I listen to each screen once with my eyes shut before I call it done.",
        ),
    ),
    at(
        181,
        Begins(
            P_AND_L,
            "So that I can say what a feature costs before somebody from finance says it for me.",
        ),
    ),
    at(181, Entry(P_AND_L, Part::Gain, "margin-gearbox")),
    at(179, Entry(P_AND_L, Part::Gain, "own-words")),
    at(170, Begins(STANDUP, "")),
    at(170, Entry(STANDUP, Part::Practise, "quiet-standup")),
    at(156, Entry(STANDUP, Part::Practise, "standup-ten")),
    at(152, Entry(RANGES, Part::Practise, "range-first")),
    at(138, Entry(RANGES, Part::Practise, "range-count")),
    at(134, Entry(P_AND_L, Part::Feedback, "feedback-jon")),
    at(122, Words(NO, Part::Feedback, "With a date I could tell my people something.", "Martin", "")),
    at(119, Entry(NO, Part::Practise, "no-date")),
    at(
        118,
        Closes(
            NO,
            "I said yes, and was late for it.",
            "I name the day on which I could begin before I give the reason.",
        ),
    ),
    at(98, Entry(P_AND_L, Part::Practise, "accrual")),
    at(92, Entry(P_AND_L, Part::Practise, "rebuild-one")),
    at(91, Entry(P_AND_L, Part::Practise, "rebuild-two")),
    at(76, Begins(NOTE, "So that nobody has to remember why.")),
    at(76, Entry(NOTE, Part::Practise, "decision-note")),
    at(72, Words(STANDUP, Part::Feedback, "It is the first meeting I leave with less to do.", "Wen", "")),
    at(69, Begins(ASKING, "So that people come to me to think, and not to be told.")),
    at(69, Entry(ASKING, Part::Gain, "advising")),
    at(
        64,
        Words(
            NOTE,
            Part::Gain,
            "One page: what we decide, what we give up, the day we look again.",
            "",
            "Ines, release circle",
        ),
    ),
    at(62, Entry(ASKING, Part::Practise, "advising-count")),
    at(35, Goal),
    at(33, Moves("Noor talked for ten minutes. I asked two questions.", "noor-first", BEHAVIOURS[0])),
    at(28, Skips("the sunset of the old shop took all of it")),
    at(
        21,
        SetsOut(
            "If Tom brings a plan, then I ask what he would try first.",
            9,
            "tom-anniversary",
            "",
            ASKING,
        ),
    ),
    at(17, Moves("I had three numbers ready and said none of them.", "helen-eight", BEHAVIOURS[2])),
    at(14, Entry(NOTE, Part::Practise, "stop-note")),
    at(
        12,
        Done(
            "If Tom brings a plan, then I ask what he would try first.",
            "He tried the smaller half, and told me on Friday that it was the right half.",
            ASKING,
        ),
    ),
    at(
        10,
        SetsOut(
            TWICE,
            10,
            "same-day",
            "You answered before she was finished. I thought you would want to hear it today.",
            "",
        ),
    ),
    at(8, Begins(CASH, "")),
    at(
        8,
        SetsOut(
            "Take the spare-parts line to Jon and ask it one question.",
            13,
            "jon-next",
            "Cash still goes by like weather.",
            CASH,
        ),
    ),
    at(3, Entry(CASH, Part::Gain, "before-cash")),
];

const fn at(days_ago: u64, what: What) -> Lesson {
    Lesson { days_ago, what }
}

/// Knows what was begun so far.
#[derive(Default)]
pub(super) struct Learned {
    loops: HashMap<&'static str, LoopId>,
    intentions: HashMap<&'static str, IntentionId>,
    goal: Option<GoalId>,
}

impl Learned {
    /// Writes one lesson down, as its owner would have.
    pub(super) fn write(
        &mut self,
        tx: &mut Tx,
        lesson: Lesson,
        entries: &HashMap<&'static str, EntryId>,
    ) -> Result<(), DemoError> {
        let of = |title: &str| self.loops.get(title).copied();
        let entry = |name: &str| entries.get(name).copied();
        match lesson.what {
            Begins(title, why) => {
                let new = NewLoop { title: title.into(), why: why.into(), begun_on: None };
                self.loops.insert(title, loops::make_loop_with(tx, new)?);
            }
            Entry(title, part, name) => {
                if let (Some(id), Some(entry)) = (of(title), entry(name)) {
                    loops::fill(tx, id, part, Filling::Entry(entry))?;
                }
            }
            Words(title, part, words, who, source) => {
                if let Some(id) = of(title) {
                    let filling = Filling::Words(words.into());
                    let new = NewFilling { part, filling, on: None, who: who.into(), source: source.into() };
                    loops::fill_with(tx, id, new)?;
                }
            }
            Closes(title, then, now) => {
                if let Some(id) = of(title) {
                    loops::close(tx, id, then, now)?;
                }
            }
            SetsOut(text, in_days, name, from, title) => {
                let new = NewIntention {
                    text: text.into(),
                    due_on: day::after(day::today(tx), in_days),
                    entry: entry(name),
                    from_words: from.into(),
                    loop_id: of(title),
                };
                self.intentions.insert(text, intentions::make(tx, new)?);
            }
            Done(text, words, title) => {
                if let (Some(id), Some(of)) = (self.intentions.get(text).copied(), of(title)) {
                    let into = Into::Loop { id: of, part: Some(Part::Practise) };
                    intentions::answer(tx, id, Answer::Done { words: words.into(), into })?;
                }
            }
            Goal => {
                let plan = plan(tx, of(ASKING));
                self.goal = Some(goals::make_with(tx, plan)?);
            }
            Moves(words, name, behaviour) => {
                self.add_point(tx, PointKind::Progress, words, entry(name), behaviour)?
            }
            Skips(words) => self.add_point(tx, PointKind::Skip, words, None, "")?,
        }
        Ok(())
    }

    fn add_point(
        &self,
        tx: &mut Tx,
        kind: PointKind,
        words: &str,
        entry: Option<EntryId>,
        behaviour: &str,
    ) -> Result<(), DemoError> {
        let Some(goal) = self.goal else { return Ok(()) };
        let new = NewPoint { kind, words: words.into(), on: None, entry, behaviour: behaviour.into() };
        goals::add_point(tx, goal, new)?;
        Ok(())
    }
}

fn plan(tx: &Tx, loop_id: Option<LoopId>) -> GoalPlan {
    GoalPlan {
        wish: "Ask one question before I give an answer".into(),
        best_result: "Somebody leaves my desk with their own idea.".into(),
        obstacle: "I like being the one who knows.".into(),
        if_then: "If I feel the answer coming, then I ask what they have tried.".into(),
        fallback: "One question a week, in the stand-up.".into(),
        first_step: "Write the question on the card beside the screen.".into(),
        why: "I was told things for ten years. I remember what I found out.".into(),
        review_on: Some(day::after(day::today(tx), 35)),
        objective: "communication".into(),
        behaviours: BEHAVIOURS.map(str::to_owned).into(),
        loop_id,
    }
}

/// At this time of its evening a lesson is written down.
pub(super) const EVENING: TimeDelta = TimeDelta::minutes(21 * 60 + 40);
