//! Who may read which answer in a run of several.
//!
//! What is for its writer alone is never shown to another. What is sealed is shown to nobody but its writer until everyone
//! who is asked has sealed, and then to all at once.

use super::super::answer::{Answer, AnswerKey};
use super::super::model::{Guide, Readers};
use super::state::{Around, RunState};
use super::steps::{Step, fields, is_sealed_step, step_of, steps};

/// Shows an answer of a run to a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Sight<'a> {
    /// Who wrote it.
    pub by: &'a str,
    /// Which one.
    pub key: &'a AnswerKey,
    /// The answer.
    pub answer: &'a Answer,
}

/// Lists every answer that a person may read now.
pub fn sight_of<'a>(guide: &Guide, run: &'a RunState, around: &Around, person: &str) -> Vec<Sight<'a>> {
    let laid_out = steps(guide, run, around);
    let mut out = Vec::new();
    for one in &run.people {
        let by = one.id.as_str();
        for (key, answer) in
            run.answers.get(by).into_iter().flatten().filter(|(_, answer)| !answer.is_empty())
        {
            let Some((_, asked)) = guide.prompt(&key.prompt) else { continue };
            let is_seen = by == person
                || match asked.capture.readers {
                    Readers::Me => false,
                    Readers::All => true,
                    Readers::Sealed => step_of(guide, &laid_out, key, by)
                        .is_some_and(|step| is_revealed(guide, run, around, step)),
                };
            if is_seen {
                out.push(Sight { by, key, answer });
            }
        }
    }
    out
}

/// Says whether the sealed answers of a step are shown: everyone who is asked has sealed.
pub fn is_revealed(guide: &Guide, run: &RunState, around: &Around, step: &Step) -> bool {
    is_sealed_step(guide, step)
        && run
            .people
            .iter()
            .filter(|person| !fields(guide, run, around, step, &person.id).is_empty())
            .all(|person| run.sealed.contains(&(step.key.clone(), person.id.clone())))
}
