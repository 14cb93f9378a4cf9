//! Searches what is no entry: loops, goals, intentions, the answers of open runs, people, and notes of who helped.
//!
//! There are as many of these as a person writes by hand, some hundreds. So there is no index of them: each is read and looked
//! through when it is asked for, always as it now stands, and the index of entries stays what it is. Answers of a run that was
//! finished stand in its entry.

use chrono::NaiveDate;

use super::error::SearchError;
use super::find::{MOST_HITS, today};
use super::matcher::{Page, occurrences};
use super::model::MarkedStretch;
use super::query::{Query, parse};
use super::snippet::{mark, snippet};
use super::table;
use super::terms::person_term;
use crate::goals::{self, Goal, GoalFilter};
use crate::guides::{self, Answer};
use crate::helped::{self, HelpedFilter};
use crate::ids::{EntryId, GoalId, HelpedId, IntentionId, LoopId, PersonId, RunId};
use crate::intentions::{self, IntentionFilter};
use crate::loops::{self, Loop, LoopFilter};
use crate::notebook::Notebook;
use crate::people;
use crate::store::Reader;

/// Names what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// A loop.
    Loop(LoopId),
    /// A goal.
    Goal(GoalId),
    /// An intention, with the entry it came from.
    Intention(IntentionId, Option<EntryId>),
    /// An open run of a guide.
    Run(RunId),
    /// Somebody.
    Person(PersonId),
    /// A note that somebody helped, with who it was unless they were deleted.
    Helped(HelpedId, Option<PersonId>),
}

/// Holds one hit that is no entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherHit {
    /// What was found.
    pub what: Other,
    /// Its title, in stretches.
    pub title: Vec<MarkedStretch>,
    /// The words around the first hit, in stretches; empty when the title says it all.
    pub snippet: Vec<MarkedStretch>,
    /// The day it belongs to; none for a person.
    pub on: Option<NaiveDate>,
}

/// Is something that can be found.
struct Thing {
    what: Other,
    title: String,
    text: String,
    on: Option<NaiveDate>,
    people: Vec<String>,
}

/// Finds what is no entry and lies outside the trash: what fits best first; of what fits alike people first, then the newer. A
/// guide that comes with the app is named in the language that is asked for.
pub fn search_others(
    notebook: &Notebook,
    asked: &str,
    language: &str,
    limit: u32,
) -> Result<Vec<OtherHit>, SearchError> {
    notebook.read(|reader| {
        let mut query = parse(asked, today(reader));
        query.name_people(|asked| table::person_terms(reader, asked))?;
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let mut found: Vec<(usize, Thing)> = Vec::new();
        let mut look = |thing: Thing| found.extend(fit(&query, &thing).map(|count| (count, thing)));
        read_all(reader, language, &mut look)?;
        // Of what fits alike, somebody comes before what is about them.
        found.sort_by_key(|(count, thing)| std::cmp::Reverse((*count, thing.on.is_none(), thing.on)));
        found.truncate(limit.min(MOST_HITS) as usize);
        let show = |(_, thing): (usize, Thing)| OtherHit {
            what: thing.what,
            title: mark(&thing.title, &query.wanted),
            snippet: if thing.text.is_empty() { Vec::new() } else { snippet(&thing.text, &query.wanted) },
            on: thing.on,
        };
        Ok(found.into_iter().map(show).collect())
    })
}

fn fit(query: &Query, thing: &Thing) -> Option<usize> {
    if query.from.is_some() || query.to.is_some() {
        let on = thing.on?;
        if query.from.is_some_and(|from| on < from) || query.to.is_some_and(|to| on > to) {
            return None;
        }
    }
    occurrences(query, &Page { title: &thing.title, text: &thing.text, tags: &[], people: &thing.people })
}

fn read_all(reader: &Reader<'_>, language: &str, look: &mut impl FnMut(Thing)) -> Result<(), SearchError> {
    read_people(reader, look)?;
    for filter in [LoopFilter::Open, LoopFilter::Closed] {
        for row in loops::list_loops(reader, filter)? {
            look(of_a_loop(loops::get_loop(reader, row.id)?));
        }
    }
    for filter in [GoalFilter::Open, GoalFilter::Ended] {
        goals::list_goals(reader, filter)?.into_iter().for_each(|goal| look(of_a_goal(goal)));
    }
    for filter in [IntentionFilter::Waiting, IntentionFilter::Answered] {
        for one in intentions::list_intentions(reader, filter)? {
            look(Thing {
                what: Other::Intention(one.id, one.entry.filter(|_| one.is_there)),
                text: together([
                    one.from_words,
                    one.answered.map(|answered| answered.words).unwrap_or_default(),
                ]),
                title: one.text,
                on: Some(one.due_on),
                people: Vec::new(),
            });
        }
    }
    for row in guides::list_runs(reader, language)? {
        let run = guides::get_run(reader, row.id)?;
        let answers = run.state.answers.values().flat_map(|answers| answers.values()).filter_map(words_of);
        look(Thing {
            what: Other::Run(row.id),
            title: row.title,
            text: together(answers),
            on: Some(row.changed_at.date_naive()),
            people: Vec::new(),
        });
    }
    Ok(())
}

fn read_people(reader: &Reader<'_>, look: &mut impl FnMut(Thing)) -> Result<(), SearchError> {
    for row in people::list_people(reader)? {
        look(Thing {
            what: Other::Person(row.id),
            title: row.name,
            text: together([row.other_names.join(", "), row.about]),
            on: None,
            people: vec![person_term(row.id)],
        });
    }
    for note in helped::list_helped(reader, &HelpedFilter::default())? {
        look(Thing {
            what: Other::Helped(note.id, note.person),
            title: format!("{}: {}", note.who, note.subject),
            text: String::new(),
            on: Some(note.on),
            people: note.person.map(person_term).into_iter().collect(),
        });
    }
    Ok(())
}

fn of_a_loop(one: Loop) -> Thing {
    // An entry that fills a part is found by itself.
    let own = one.fillings.into_iter().map(|filling| {
        let words = if filling.entry.is_none() { filling.words } else { String::new() };
        together([words, filling.who, filling.source])
    });
    let closings = one.closings.into_iter().map(|closing| together([closing.then, closing.now]));
    Thing {
        what: Other::Loop(one.row.id),
        text: together([one.row.why].into_iter().chain(own).chain(closings)),
        title: one.row.title,
        on: Some(one.row.touched_on),
        people: Vec::new(),
    }
}

fn of_a_goal(goal: Goal) -> Thing {
    let plan = goal.plan;
    let said = [plan.best_result, plan.obstacle, plan.if_then, plan.fallback, plan.first_step, plan.why];
    let points = goal.points.into_iter().map(|point| point.words);
    let end = goal.end.map(|end| end.words);
    Thing {
        what: Other::Goal(goal.id),
        title: plan.wish,
        text: together(said.into_iter().chain(plan.behaviours).chain(points).chain(end)),
        on: Some(goal.begun_on),
        people: Vec::new(),
    }
}

/// Gives what a person wrote in an answer; marks, days and choices of a guide are no words of theirs.
fn words_of(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Words(text) => Some(text.clone()),
        Answer::Lines(lines) => Some(together(lines.iter().map(|line| line.text.clone()))),
        Answer::Entry { title, .. } => Some(title.clone()),
        _ => None,
    }
}

fn together(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    parts.join("\n")
}
