//! Looking at the checks of a guide: which of them have something to say at a step.

use chrono::{NaiveDateTime, NaiveTime};

use super::super::answer::{Answer, AnswerKey};
use super::super::model::{Check, CheckKind, Guide, Weight};
use super::super::template;
use super::state::{Around, RunState};
use super::steps::{Step, fields};

/// Tells what a check has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The check.
    pub check: String,
    /// How much it weighs.
    pub weight: Weight,
    /// The sentence of the guide, with what was found.
    pub say: String,
    /// The answers it is about.
    pub about: Vec<AnswerKey>,
    /// For a check of time: the hours between the moment and now.
    pub hours: Option<u32>,
}

/// Looks at the checks that concern a step, as a person has answered it.
pub fn look(guide: &Guide, run: &RunState, around: &Around, step: &Step, person: &str) -> Vec<Note> {
    let asked: Vec<AnswerKey> =
        fields(guide, run, around, step, person).into_iter().map(|field| field.key).collect();
    guide
        .checks
        .iter()
        .filter_map(|check| {
            let about: Vec<AnswerKey> =
                asked.iter().filter(|key| check.prompts.contains(&key.prompt)).cloned().collect();
            if about.is_empty() { None } else { judge(guide, run, around, check, about, person) }
        })
        .collect()
}

/// Looks at every check that can hold a run open, wherever it stands.
pub fn held(guide: &Guide, run: &RunState, around: &Around, person: &str) -> Vec<Note> {
    let holding = guide.checks.iter().filter(|check| check.weight == Weight::Hold);
    holding
        .filter_map(|check| {
            let about = check.prompts.iter().map(|prompt| AnswerKey::of(prompt)).collect();
            judge(guide, run, around, check, about, person)
        })
        .collect()
}

fn judge(
    guide: &Guide,
    run: &RunState,
    around: &Around,
    check: &Check,
    about: Vec<AnswerKey>,
    person: &str,
) -> Option<Note> {
    let answers = |keys: &[AnswerKey]| -> Vec<(AnswerKey, Answer)> {
        keys.iter().filter_map(|key| Some((key.clone(), run.found(guide, person, key)?.clone()))).collect()
    };
    let words_of = |answers: &[(AnswerKey, Answer)]| -> String {
        let words = answers.iter().filter_map(|(key, answer)| {
            guide.prompt(&key.prompt).map(|(_, asked)| answer.words(asked.capture))
        });
        words.collect::<Vec<_>>().join("\n")
    };
    let list =
        || check.words.as_ref().and_then(|name| guide.words.get(name)).map(Vec::as_slice).unwrap_or_default();
    let given = answers(&about);
    let note = |found: &[String], about: Vec<AnswerKey>, hours: Option<u32>| {
        let (say, _) = template::filled(&check.say, |name| match (name, hours) {
            ("found", _) => Some(found.join(", ")),
            ("hours", Some(hours)) => Some(hours.to_string()),
            _ => None,
        });
        Note { check: check.id.clone(), weight: check.weight, say, about, hours }
    };
    match check.kind {
        CheckKind::AllAnswered => {
            let missing: Vec<AnswerKey> =
                about.into_iter().filter(|key| run.found(guide, person, key).is_none()).collect();
            (!missing.is_empty()).then(|| note(&[], missing, None))
        }
        CheckKind::HoldsWords => {
            let found = found_words(&words_of(&given), list());
            (!found.is_empty()).then(|| note(&found, about, None))
        }
        CheckKind::LacksWords => {
            let words = words_of(&given);
            (!given.is_empty() && found_words(&words, list()).is_empty()).then(|| note(&[], about, None))
        }
        CheckKind::Within => {
            let hours = given.iter().find_map(|(_, answer)| hours_since(answer, around.local))?;
            (hours > check.hours.unwrap_or(0)).then(|| note(&[], about, Some(hours)))
        }
        CheckKind::Below => {
            let is_below = given.iter().any(|(_, answer)| match answer {
                Answer::Rating(mark) => *mark < check.than.unwrap_or(0),
                _ => false,
            });
            is_below.then(|| note(&[], about, None))
        }
        CheckKind::Enough => {
            let has_few = given.iter().any(|(key, answer)| {
                let least = guide.prompt(&key.prompt).and_then(|(_, asked)| asked.capture.least).unwrap_or(0);
                let Answer::Lines(lines) = answer else { return false };
                lines.iter().filter(|line| !line.text.trim().is_empty()).count() < least as usize
            });
            has_few.then(|| note(&[], about, None))
        }
        CheckKind::Balance => {
            let (key, now) = given.first()?;
            let last = around.earlier.iter().find_map(|earlier| earlier.0.get(key))?;
            (last == now).then(|| note(&[], about, None))
        }
    }
}

/// Finds the words of a list in a text, in the order of the list. A word of the list can be several words in a row; a `*` at
/// its end stands for any ending.
pub(crate) fn found_words(text: &str, list: &[String]) -> Vec<String> {
    let words = split(text);
    let stands = |wanted: &[String]| {
        !wanted.is_empty()
            && words.windows(wanted.len()).any(|window| {
                window.iter().zip(wanted).all(|(word, wanted)| match wanted.strip_suffix('*') {
                    Some(stem) => word.starts_with(stem),
                    None => word == wanted,
                })
            })
    };
    list.iter()
        .filter(|word| stands(&split(word)))
        .map(|word| word.trim_end_matches('*').to_owned())
        .collect()
}

fn split(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '*' | '-'))
        .map(|word| word.replace('’', "'").trim_matches(['\'', '-']).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Counts the whole hours since a moment; a day without a time counts from its end, so that nobody is hurried by it.
pub(crate) fn hours_since(answer: &Answer, local: NaiveDateTime) -> Option<u32> {
    let then = match answer {
        Answer::Moment { on, time: Some(time) } => on.and_time(*time),
        Answer::Moment { on, time: None } | Answer::Day(on) => on.succ_opt()?.and_time(NaiveTime::MIN),
        _ => return None,
    };
    u32::try_from((local - then).num_hours()).ok()
}
