//! What a run holds, and what lies around it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDateTime, Utc};

use super::super::answer::{Answer, AnswerKey};
use super::super::model::{Asked, Condition, Guide, Phase};
use super::super::template;
use super::clock::RunClock;

/// Names the one person of a run alone.
pub const SOLO: &str = "me";

/// Holds a run as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct RunState {
    /// Who takes part, in the order in which turns go round.
    pub people: Vec<Participant>,
    /// All of it, or the short form.
    pub form: Form,
    /// How much longer or shorter than planned, in per cent, from -25 to 25.
    pub pace: i32,
    /// The step it stands at, by key; [`super::END`] after the last one.
    pub at: String,
    /// Whether it is open.
    pub status: Status,
    /// The answers of each person.
    pub answers: BTreeMap<String, BTreeMap<AnswerKey, Answer>>,
    /// Steps that were passed over on purpose.
    pub skipped: BTreeSet<String>,
    /// Checks that have stopped somebody once, with their step: `check@step`.
    pub asked: BTreeSet<String>,
    /// Who has sealed the answers of a step: step and person.
    pub sealed: BTreeSet<(String, String)>,
    /// How long each step took.
    pub clock: RunClock,
}

/// Describes somebody who takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Who it is.
    pub id: String,
    /// The roles taken; in a guide without roles none are needed.
    pub roles: Vec<String>,
}

/// Says which form of a guide is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// All of it.
    #[default]
    Whole,
    /// The phases that stay when there is little time.
    Short,
}

/// Says whether a run is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It goes on, now or some day.
    Open,
    /// It came to its end.
    Finished,
    /// It was put away, and can be taken up again.
    PutAway,
}

/// Shows what lies around a run while an event is taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Around {
    /// The present instant.
    pub now: DateTime<Utc>,
    /// The same on the clock of the place.
    pub local: NaiveDateTime,
    /// Earlier runs of the same guide that came to their end, newest first.
    pub earlier: Vec<Earlier>,
}

/// Holds the answers of an earlier run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Earlier(pub BTreeMap<AnswerKey, Answer>);

impl RunState {
    /// Finds an answer of a person that says something.
    pub fn answer(&self, person: &str, key: &AnswerKey) -> Option<&Answer> {
        self.answers.get(person)?.get(key).filter(|answer| !answer.is_empty())
    }

    /// Finds an answer as a person has it: their own, or somebody's where one is enough for all.
    pub fn found(&self, guide: &Guide, person: &str, key: &AnswerKey) -> Option<&Answer> {
        let is_shared = || guide.prompt(&key.prompt).is_some_and(|(_, asked)| asked.capture.shared);
        let of_others = || self.people.iter().find_map(|one| self.answer(&one.id, key));
        self.answer(person, key).or_else(|| if is_shared() { of_others() } else { None })
    }

    /// Says whether a person has a role in a phase, in which the roles may have gone round by one.
    pub fn has_role_in(&self, phase: &Phase, person: &str, role: &str) -> bool {
        let at = self.people.iter().position(|one| one.id == person);
        match at {
            Some(at) if phase.swap => self.has_role(&self.people[(at + 1) % self.people.len()].id, role),
            _ => self.has_role(person, role),
        }
    }

    /// Says whether anything was answered.
    pub fn is_empty(&self) -> bool {
        self.answers.values().flatten().all(|(_, answer)| answer.is_empty())
    }

    /// Says whether a person has a role; alone, one has all of them.
    pub fn has_role(&self, person: &str, role: &str) -> bool {
        self.people.len() == 1
            || self.people.iter().any(|one| one.id == person && one.roles.iter().any(|own| own == role))
    }

    /// Gives the words for a placeholder as a person may read them: the answer in the same round where there is one, else
    /// in the first.
    pub fn words_for(&self, guide: &Guide, person: &str, name: &str, round: u32) -> Option<String> {
        let (_, asked) = guide.prompt(name)?;
        let key = |round| AnswerKey { prompt: name.to_owned(), round, line: None };
        let answer = self.found(guide, person, &key(round)).or_else(|| self.found(guide, person, &key(1)))?;
        Some(answer.words(asked.capture))
    }

    /// Fills the placeholders of a text; says whether each had an answer.
    pub fn fill(&self, guide: &Guide, person: &str, text: &str, round: u32) -> (String, bool) {
        template::filled(text, |name| self.words_for(guide, person, name, round))
    }

    /// Says whether a condition holds for a person. What is on another round does not count.
    pub fn holds(&self, guide: &Guide, around: &Around, person: &str, when: Option<&Condition>) -> bool {
        let Some(when) = when else { return true };
        if let Some(prompt) = &when.recurs {
            let Some(now) = self.answer(person, &AnswerKey::of(prompt)) else { return false };
            let Some((_, asked)) = guide.prompt(prompt) else { return false };
            let before = times_before(around, asked, now);
            return before + 1 >= when.times.unwrap_or(2) as usize;
        }
        let Some(prompt) = &when.answer else { return true };
        let answer = self.found(guide, person, &AnswerKey::of(prompt));
        if let Some(below) = when.below {
            return matches!(answer, Some(Answer::Rating(mark)) if *mark < below);
        }
        match (&when.is, answer) {
            (None, answer) => answer.is_some(),
            (Some(is), Some(Answer::Choice(chosen))) => chosen == is,
            (Some(is), Some(Answer::Tick(true))) => is == "yes",
            (Some(is), None) => is == "no" && guide.prompt(prompt).is_some_and(|(_, asked)| is_tick(&asked)),
            _ => false,
        }
    }
}

fn is_tick(asked: &Asked<'_>) -> bool {
    asked.capture.kind == super::super::model::CaptureKind::Tick
}

/// Counts the earlier runs in which the same was answered.
fn times_before(around: &Around, asked: Asked<'_>, now: &Answer) -> usize {
    let wanted = comparable(&now.words(asked.capture));
    let key = AnswerKey::of(asked.id);
    let same = |earlier: &&Earlier| {
        earlier.0.get(&key).is_some_and(|answer| comparable(&answer.words(asked.capture)) == wanted)
    };
    around.earlier.iter().filter(same).count()
}

/// Gives the form in which answers are compared: the words in order of spelling, without case and punctuation.
pub(crate) fn comparable(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.sort();
    words.dedup();
    words
}
