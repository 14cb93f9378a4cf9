//! Whether what a guide says for several people makes sense: rubrics, roles of a pairing, the plan of a programme, promises and
//! sections of an agreement. The other half of `sound.rs`.

use std::collections::BTreeSet;

use super::format::Part::{Index, Name};
use super::model::{Capture, CaptureKind, Guide, PlannedPart, PromiseOutput, With};
use super::sound::{
    Unsound, check_condition, check_count, check_days, check_id, check_maybe, check_placeholders, check_words,
};

/// Checks everything that is there for several people alone.
pub(super) fn check(guide: &Guide) -> Result<(), Unsound> {
    for (at, phase) in guide.phases.iter().enumerate() {
        for asked in phase.asked() {
            let here = |why: &str| (vec![Name("phases"), Index(at)], why.to_owned());
            if asked.capture.kind == CaptureKind::Rubric && guide.people.most < 2 {
                return Err(here("a rubric is marked by one of several people"));
            }
            if asked.capture.compare.as_ref().is_some_and(|of| !is_earlier_rubric(guide, of, asked.id)) {
                return Err(here("`compare` names an earlier rubric with the same criteria"));
            }
        }
    }
    check_count(guide.plan.len(), 60).map_err(|why| (vec![Name("plan")], why))?;
    let mut ids = BTreeSet::new();
    for (at, part) in guide.plan.iter().enumerate() {
        let here = |field, why| (vec![Name("plan"), Index(at), Name(field)], why);
        if !ids.insert(&part.id) {
            return Err(here("id", "two parts have this id".to_owned()));
        }
        check_part(guide, part).map_err(|(field, why)| here(field, why))?;
    }
    check_outputs(guide)
}

fn is_earlier_rubric(guide: &Guide, of: &str, than: &str) -> bool {
    let at = |id: &str| guide.asked().position(|asked| asked.id == id);
    let (Some((_, one)), Some((_, other))) = (guide.prompt(of), guide.prompt(than)) else { return false };
    at(of) < at(than) && one.capture.criteria == other.capture.criteria
}

fn check_part(guide: &Guide, part: &PlannedPart) -> Result<(), (&'static str, String)> {
    check_id(&part.id).map_err(|why| ("id", why))?;
    check_maybe(part.name.as_deref()).map_err(|why| ("name", why))?;
    if part.guide.is_none() && part.name.is_none() {
        return Err(("name", "a part that follows no guide has a name".to_owned()));
    }
    if part.guide.is_some() && part.with == With::Circle {
        return Err((
            "with",
            "a circle stands in a programme as a date; it follows no guide here".to_owned(),
        ));
    }
    if part.day > 3_660 {
        return Err(("day", "a programme lasts ten years at most".to_owned()));
    }
    match &part.role {
        Some(role) if !guide.roles.iter().any(|known| known.id == *role) => {
            Err(("role", "this guide has no such role".to_owned()))
        }
        _ => Ok(()),
    }
}

fn check_outputs(guide: &Guide) -> Result<(), Unsound> {
    let all: BTreeSet<&str> = guide.asked().map(|asked| asked.id).collect();
    for (at, promise) in guide.outputs.promises.iter().enumerate() {
        check_promise(guide, promise, &all)
            .map_err(|(field, why)| (vec![Name("outputs"), Name("promises"), Index(at), Name(field)], why))?;
    }
    for (at, section) in guide.outputs.agreement.iter().enumerate() {
        let here = |field, why| (vec![Name("outputs"), Name("agreement"), Index(at), Name(field)], why);
        if !(1..=13).contains(&section.section) {
            return Err(here("section", "an agreement has the sections 1 to 13".to_owned()));
        }
        check_words(&section.text, 1_000).map_err(|why| here("text", why))?;
        check_placeholders(Some(&section.text), &all).map_err(|why| here("text", why))?;
        check_condition(guide, section.when.as_ref(), &all).map_err(|why| here("when", why))?;
    }
    let Some(next) = &guide.outputs.next else { return Ok(()) };
    let is_time = |kind: CaptureKind| matches!(kind, CaptureKind::Day | CaptureKind::Moment);
    if guide.prompt(&next.on).is_some_and(|(_, asked)| is_time(asked.capture.kind)) {
        Ok(())
    } else {
        let path = vec![Name("outputs"), Name("next"), Name("on")];
        Err((path, "names a prompt of kind `day` or `moment`".to_owned()))
    }
}

fn check_promise(
    guide: &Guide,
    promise: &PromiseOutput,
    all: &BTreeSet<&str>,
) -> Result<(), (&'static str, String)> {
    check_words(&promise.text, 1_000).map_err(|why| ("text", why))?;
    let parts = [
        ("text", Some(&promise.text)),
        ("instead", promise.instead.as_ref()),
        ("where", promise.place.as_ref()),
        ("if_then", promise.if_then.as_ref()),
    ];
    for (field, words) in parts {
        check_maybe(words.map(String::as_str)).map_err(|why| (field, why))?;
        check_placeholders(words, all).map_err(|why| (field, why))?;
    }
    check_condition(guide, promise.when.as_ref(), all).map_err(|why| ("when", why))?;
    let is_day =
        |id: &String| guide.prompt(id).is_some_and(|(_, asked)| asked.capture.kind == CaptureKind::Day);
    if promise.due.as_ref().is_some_and(|due| !is_day(due)) {
        return Err(("due", "names a prompt of kind `day`".to_owned()));
    }
    promise.in_days.map_or(Ok(()), check_days).map_err(|why| ("in_days", why))
}

/// Checks the fields of a rubric, which stand with it and with nothing else.
pub(super) fn check_rubric(capture: &Capture) -> Result<(), String> {
    let is_rubric = capture.kind == CaptureKind::Rubric;
    if is_rubric == capture.criteria.is_empty() {
        return Err("`criteria` stand with a rubric, and only there".to_owned());
    }
    if !is_rubric && (capture.ready.is_some() || capture.compare.is_some()) {
        return Err("`ready` and `compare` stand with a rubric, and only there".to_owned());
    }
    check_count(capture.criteria.len(), 20)?;
    let mut ids = BTreeSet::new();
    for one in &capture.criteria {
        check_id(&one.id)?;
        check_words(&one.text, 200)?;
        if !ids.insert(one.id.as_str()) || !(2..=6).contains(&one.levels.len()) {
            return Err("a criterion has an id of its own and two to six levels".to_owned());
        }
        one.levels.iter().try_for_each(|level| check_words(level, 400))?;
    }
    let Some(ready) = &capture.ready else { return Ok(()) };
    if ready.of.iter().all(|id| ids.contains(id.as_str())) {
        Ok(())
    } else {
        Err("`ready` names criteria of this rubric".to_owned())
    }
}
