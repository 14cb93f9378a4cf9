//! Whether a guide that could be read makes sense: ids, references, limits, and which capture takes which field.
//!
//! Pure. A guide that passes here can be run to its end whatever is answered; that is what the engine relies on.

use std::collections::BTreeSet;

use super::format::Part::{self, Index, Name};
use super::model::{
    Asked, Capture, CaptureKind, Check, CheckKind, Condition, Guide, IntentionOutput, Phase, Prompt, Readers,
    Speaks, Suggest,
};
use super::{sound_meeting, template};

/// What is wrong, and where.
pub(super) type Unsound = (Vec<Part<'static>>, String);

/// Ids that mean something to the engine.
const TAKEN: [&str; 7] = ["end", "all", "turns", "nobody", "found", "each", "line"];
const MOST_PHASES: usize = 60;
const MOST_PROMPTS: usize = 24;
const MOST_TIMES: u32 = 24;
const MOST_MINUTES: u32 = 600;
const MOST_CHARS: usize = 1_000;
const MOST_WORDS: usize = 500;
const MOST_DAYS: u32 = 3_660;

/// Checks all of a guide.
pub(super) fn check(guide: &Guide) -> Result<(), Unsound> {
    check_head(guide)?;
    check_phases(guide)?;
    check_references(guide)?;
    for (at, one) in guide.checks.iter().enumerate() {
        check_check(guide, one)
            .map_err(|(field, why)| (vec![Name("checks"), Index(at), Name(field)], why))?;
    }
    check_outputs(guide)?;
    sound_meeting::check(guide)
}

fn check_head(guide: &Guide) -> Result<(), Unsound> {
    check_id(&guide.id).map_err(|why| (vec![Name("id")], why))?;
    if guide.version == 0 {
        return Err((vec![Name("version")], "versions begin at 1".to_owned()));
    }
    let is_language = (2..=35).contains(&guide.language.len())
        && guide
            .language
            .split('-')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric()));
    if !is_language {
        return Err((vec![Name("language")], "a language is written like `en` or `pt-BR`".to_owned()));
    }
    check_words(&guide.title, 120).map_err(|why| (vec![Name("title")], why))?;
    check_words(&guide.summary, MOST_CHARS).map_err(|why| (vec![Name("summary")], why))?;
    if guide.people.least == 0 || guide.people.least > guide.people.most || guide.people.most > 100 {
        return Err((
            vec![Name("people")],
            "`least` is 1 or more, `most` not less than that, and at most 100".to_owned(),
        ));
    }
    check_count(guide.rules.len(), 40).map_err(|why| (vec![Name("rules")], why))?;
    for (at, rule) in guide.rules.iter().enumerate() {
        check_words(rule, MOST_CHARS).map_err(|why| (vec![Name("rules"), Index(at)], why))?;
    }
    let mut roles = BTreeSet::new();
    for (at, role) in guide.roles.iter().enumerate() {
        let here = |field, why| (vec![Name("roles"), Index(at), Name(field)], why);
        check_id(&role.id).map_err(|why| here("id", why))?;
        if !roles.insert(&role.id) {
            return Err(here("id", "two roles have this id".to_owned()));
        }
        check_words(&role.name, 120).map_err(|why| here("name", why))?;
        check_maybe(role.card.as_deref()).map_err(|why| here("card", why))?;
    }
    let lists = guide.words.values().map(Vec::len).sum::<usize>();
    check_count(lists, MOST_WORDS).map_err(|why| (vec![Name("words")], why))?;
    let fit = guide.words.values().flatten().all(|word| check_words(word, 80).is_ok());
    if !fit {
        return Err((
            vec![Name("words")],
            "each word has 1 to 80 characters and stands on one line".to_owned(),
        ));
    }
    if guide.gather.is_some_and(|gather| gather.days == 0 || gather.days > 366) {
        return Err((
            vec![Name("gather"), Name("days")],
            "between 1 and 366 days can be gathered".to_owned(),
        ));
    }
    Ok(())
}

fn check_phases(guide: &Guide) -> Result<(), Unsound> {
    if guide.phases.is_empty() {
        return Err((vec![Name("phases")], "a guide has at least one phase".to_owned()));
    }
    check_count(guide.phases.len(), MOST_PHASES).map_err(|why| (vec![Name("phases")], why))?;
    let mut phases = BTreeSet::new();
    let mut prompts = BTreeSet::new();
    for (at, phase) in guide.phases.iter().enumerate() {
        let here = |path: Vec<Part<'static>>, why| {
            let mut whole = vec![Name("phases"), Index(at)];
            whole.extend(path);
            (whole, why)
        };
        check_phase(guide, phase).map_err(|(field, why)| here(vec![Name(field)], why))?;
        if !phases.insert(&phase.id) {
            return Err(here(vec![Name("id")], "two phases have this id".to_owned()));
        }
        if phase.prompts.is_empty() && !prompts.insert(phase.id.as_str()) {
            return Err(here(vec![Name("id")], "two prompts have this id".to_owned()));
        }
        for (index, prompt) in phase.prompts.iter().enumerate() {
            let field = |field, why| here(vec![Name("prompts"), Index(index), Name(field)], why);
            check_prompt(guide, prompt).map_err(|(name, why)| field(name, why))?;
            if !prompts.insert(&prompt.id) {
                return Err(field("id", "two prompts have this id".to_owned()));
            }
        }
    }
    if let Some(form) = &guide.short_form {
        let here = |field, why: &str| (vec![Name("short_form"), Name(field)], why.to_owned());
        if form.minutes == 0 || form.minutes > MOST_MINUTES {
            return Err(here("minutes", "a short form takes between 1 and 600 minutes"));
        }
        if form.phases.is_empty() || form.phases.iter().any(|id| guide.phase(id).is_none()) {
            return Err(here("phases", "a short form names phases of this guide, at least one"));
        }
    }
    Ok(())
}

fn check_phase(guide: &Guide, phase: &Phase) -> Result<(), (&'static str, String)> {
    check_id(&phase.id).map_err(|why| ("id", why))?;
    check_words(&phase.name, 60).map_err(|why| ("name", why))?;
    check_words(&phase.ask, MOST_CHARS).map_err(|why| ("ask", why))?;
    check_maybe(phase.help.as_deref()).map_err(|why| ("help", why))?;
    check_maybe(phase.note.as_deref()).map_err(|why| ("note", why))?;
    if phase.minutes > MOST_MINUTES {
        return Err(("minutes", format!("a phase takes at most {MOST_MINUTES} minutes")));
    }
    if let Speaks::Role(role) = &phase.speaks
        && !guide.roles.iter().any(|known| known.id == *role)
    {
        return Err(("speaks", "`all`, `turns`, `nobody` or the id of a role".to_owned()));
    }
    if phase.repeat.is_some_and(|repeat| repeat.times == 0 || repeat.times > MOST_TIMES) {
        return Err(("repeat", format!("a phase comes between 1 and {MOST_TIMES} times")));
    }
    check_count(phase.prompts.len(), MOST_PROMPTS).map_err(|why| ("prompts", why))?;
    let is_sealed = phase.asked().any(|asked| asked.capture.readers == Readers::Sealed);
    if is_sealed && phase.speaks == Speaks::Turns {
        return Err((
            "speaks",
            "answers that are revealed together are given at one time, not in turns".to_owned(),
        ));
    }
    check_capture(&phase.capture).map_err(|why| ("capture", why))
}

fn check_prompt(guide: &Guide, prompt: &Prompt) -> Result<(), (&'static str, String)> {
    check_id(&prompt.id).map_err(|why| ("id", why))?;
    check_words(&prompt.text, MOST_CHARS).map_err(|why| ("text", why))?;
    check_maybe(prompt.hint.as_deref()).map_err(|why| ("hint", why))?;
    check_maybe(prompt.lead.as_deref()).map_err(|why| ("lead", why))?;
    if let Some(role) = &prompt.role
        && !guide.roles.iter().any(|known| known.id == *role)
    {
        return Err(("role", "this guide has no such role".to_owned()));
    }
    prompt.capture.as_ref().map_or(Ok(()), |capture| check_capture(capture).map_err(|why| ("capture", why)))
}

fn check_capture(capture: &Capture) -> Result<(), String> {
    use CaptureKind::{Choice, Line, Lines, Rating, Text};
    let only = |given: bool, kinds: &[CaptureKind], field: &str| {
        if given && !kinds.contains(&capture.kind) {
            Err(format!("`{field}` does not go with this kind"))
        } else {
            Ok(())
        }
    };
    only(capture.least.is_some() || capture.most.is_some(), &[Lines, Rating], "least` and `most")?;
    only(capture.low.is_some() || capture.high.is_some(), &[Rating], "low` and `high")?;
    only(capture.mark.is_some(), &[Lines], "mark")?;
    only(!capture.options.is_empty() || capture.own, &[Choice], "options` and `own")?;
    only(capture.suggest.is_some(), &[Text, Line, Choice], "suggest")?;
    let takes_own_words = capture.kind == Line || (capture.kind == Choice && capture.own);
    if capture.suggest == Some(Suggest::Earlier) && !takes_own_words {
        return Err("earlier answers are suggested for one line, or for own words beside a choice".to_owned());
    }
    if capture.suggest == Some(Suggest::OpenLoops) && capture.kind == Choice {
        return Err("open loops are suggested for text and lines only".to_owned());
    }
    match capture.kind {
        Choice => {
            let ids: BTreeSet<&str> = capture.options.iter().map(|option| option.id.as_str()).collect();
            if ids.len() != capture.options.len() || capture.options.len() < 2 || capture.options.len() > 60 {
                return Err("a choice has 2 to 60 options, each with an id of its own".to_owned());
            }
            for option in &capture.options {
                check_id(&option.id)?;
                check_words(&option.text, 200)?;
            }
        }
        Rating => {
            let (least, most) = (capture.least.unwrap_or(1), capture.most.unwrap_or(5));
            if least >= most || most > 10 {
                return Err(
                    "a rating goes from `least` to `most`, which is greater and at most 10".to_owned()
                );
            }
        }
        Lines => {
            let (least, most) = (capture.least.unwrap_or(0), capture.most.unwrap_or(40));
            if least > most || most == 0 || most > 100 {
                return Err(
                    "there are at least `least` lines and at most `most`, which is at most 100".to_owned()
                );
            }
        }
        _ => {}
    }
    sound_meeting::check_rubric(capture)?;
    check_maybe(capture.mark.as_deref())?;
    check_maybe(capture.low.as_deref())?;
    check_maybe(capture.high.as_deref())
}

/// Checks that whatever names a prompt names one, and that an earlier one where that counts.
fn check_references(guide: &Guide) -> Result<(), Unsound> {
    let mut earlier: BTreeSet<&str> = BTreeSet::new();
    for (at, phase) in guide.phases.iter().enumerate() {
        let here = |path: Vec<Part<'static>>, why: String| {
            let mut whole = vec![Name("phases"), Index(at)];
            whole.extend(path);
            (whole, why)
        };
        let phase_words =
            [("ask", Some(&phase.ask)), ("help", phase.help.as_ref()), ("note", phase.note.as_ref())];
        for (field, words) in phase_words {
            check_placeholders(words, &earlier).map_err(|why| here(vec![Name(field)], why))?;
        }
        check_condition(guide, phase.when.as_ref(), &earlier).map_err(|why| here(vec![Name("when")], why))?;
        for (index, prompt) in phase.prompts.iter().enumerate() {
            let field = |field, why| here(vec![Name("prompts"), Index(index), Name(field)], why);
            let words = [
                ("text", Some(&prompt.text)),
                ("hint", prompt.hint.as_ref()),
                ("lead", prompt.lead.as_ref()),
            ];
            for (name, words) in words {
                // `{line}` is the marked line that is asked about.
                let mut known = earlier.clone();
                known.extend(prompt.each_marked.as_ref().map(|_| "line"));
                check_placeholders(words, &known).map_err(|why| field(name, why))?;
            }
            check_condition(guide, prompt.when.as_ref(), &earlier).map_err(|why| field("when", why))?;
            if let Some(of) = &prompt.each_marked {
                let can_be_marked = |(_, asked): (&Phase, Asked<'_>)| asked.capture.mark.is_some();
                if !earlier.contains(of.as_str()) || !guide.prompt(of).is_some_and(can_be_marked) {
                    let why = "names an earlier prompt of kind `lines` with a `mark`".to_owned();
                    return Err(field("each_marked", why));
                }
            }
            earlier.insert(&prompt.id);
        }
        if phase.prompts.is_empty() {
            earlier.insert(&phase.id);
        }
    }
    check_placeholders(guide.subject.as_ref(), &earlier).map_err(|why| (vec![Name("subject")], why))
}

pub(super) fn check_condition(
    guide: &Guide,
    when: Option<&Condition>,
    known: &BTreeSet<&str>,
) -> Result<(), String> {
    let Some(when) = when else { return Ok(()) };
    let ((Some(of), None) | (None, Some(of))) = (&when.answer, &when.recurs) else {
        return Err("says either `answer` or `recurs`".to_owned());
    };
    if !known.contains(of.as_str()) {
        return Err("names a prompt that comes before".to_owned());
    }
    if when.recurs.is_some() {
        return match (when.times, &when.is) {
            (Some(2..=20), None) => Ok(()),
            _ => Err("`recurs` goes with `times`, between 2 and 20".to_owned()),
        };
    }
    if when.times.is_some() {
        return Err("`times` goes with `recurs`".to_owned());
    }
    if when.below.is_some() {
        let is_rating = guide.prompt(of).is_some_and(|(_, asked)| asked.capture.kind == CaptureKind::Rating);
        return if is_rating && when.is.is_none() {
            Ok(())
        } else {
            Err("`below` goes with a rating, and without `is`".to_owned())
        };
    }
    let (Some(is), Some((_, asked))) = (&when.is, guide.prompt(of)) else { return Ok(()) };
    let fits = match asked.capture.kind {
        CaptureKind::Choice => asked.capture.options.iter().any(|option| option.id == *is),
        CaptureKind::Tick => is == "yes" || is == "no",
        _ => false,
    };
    if fits {
        Ok(())
    } else {
        Err("`is` names an option of that choice, or `yes` or `no` for a tick".to_owned())
    }
}

fn check_check(guide: &Guide, check: &Check) -> Result<(), (&'static str, String)> {
    check_id(&check.id).map_err(|why| ("id", why))?;
    if guide.checks.iter().filter(|other| other.id == check.id).count() > 1 {
        return Err(("id", "two checks have this id".to_owned()));
    }
    check_words(&check.say, MOST_CHARS).map_err(|why| ("say", why))?;
    check_placeholders(Some(&check.say), &BTreeSet::from(["found", "hours"]))
        .map_err(|_| ("say", "only `{found}` and `{hours}` can stand here".to_owned()))?;
    let found = check.prompts.iter().map(|id| guide.prompt(id)).collect::<Option<Vec<_>>>();
    let Some(found) = found.filter(|found| !found.is_empty()) else {
        return Err(("prompts", "names prompts of this guide, at least one".to_owned()));
    };
    let kinds = |wanted: &[CaptureKind]| found.iter().all(|(_, asked)| wanted.contains(&asked.capture.kind));
    let looks_for_words = matches!(check.kind, CheckKind::HoldsWords | CheckKind::LacksWords);
    match (&check.words, looks_for_words) {
        (Some(list), true) if !guide.words.contains_key(list) => {
            return Err(("words", "names a list of `words` of this guide".to_owned()));
        }
        (None, true) => return Err(("words", "this kind of check needs a list of words".to_owned())),
        (Some(_), false) => return Err(("words", "this kind of check looks for no words".to_owned())),
        _ => {}
    }
    if (check.kind == CheckKind::Within) != check.hours.is_some() {
        return Err(("hours", "goes with `within`, and only with it".to_owned()));
    }
    if (check.kind == CheckKind::Below) != check.than.is_some() {
        return Err(("than", "goes with `below`, and only with it".to_owned()));
    }
    let fits = match check.kind {
        CheckKind::AllAnswered => !kinds(&[CaptureKind::Nothing]),
        CheckKind::HoldsWords | CheckKind::LacksWords => {
            kinds(&[CaptureKind::Text, CaptureKind::Line, CaptureKind::Lines])
        }
        CheckKind::Within => kinds(&[CaptureKind::Moment, CaptureKind::Day]),
        CheckKind::Balance => kinds(&[CaptureKind::Choice]) && found.len() == 1,
        CheckKind::Below => kinds(&[CaptureKind::Rating]),
        CheckKind::Enough => {
            kinds(&[CaptureKind::Lines]) && found.iter().all(|(_, asked)| asked.capture.least.is_some())
        }
    };
    if fits {
        Ok(())
    } else {
        Err(("prompts", "this kind of check cannot look at that kind of answer".to_owned()))
    }
}

fn check_outputs(guide: &Guide) -> Result<(), Unsound> {
    let all: BTreeSet<&str> = guide.asked().map(|asked| asked.id).collect();
    let outputs = &guide.outputs;
    let words = |path: Vec<Part<'static>>, text: Option<&String>| {
        check_maybe(text.map(String::as_str)).and_then(|()| check_placeholders(text, &all)).map_err(|why| {
            let mut whole = vec![Name("outputs")];
            whole.extend(path);
            (whole, why)
        })
    };
    words(vec![Name("entry"), Name("title")], outputs.entry.title.as_ref())?;
    for (at, tag) in outputs.entry.tags.iter().enumerate() {
        words(vec![Name("entry"), Name("tags"), Index(at)], Some(tag))?;
    }
    for (at, intention) in outputs.intentions.iter().enumerate() {
        check_intention(guide, intention, &all).map_err(|(field, why)| {
            (vec![Name("outputs"), Name("intentions"), Index(at), Name(field)], why)
        })?;
    }
    if let Some(goal) = &outputs.goal {
        let parts = [&goal.wish, &goal.best_result, &goal.obstacle, &goal.if_then, &goal.first_step];
        for part in parts {
            words(vec![Name("goal")], Some(part))?;
        }
        check_days(goal.review_in_days)
            .map_err(|why| (vec![Name("outputs"), Name("goal"), Name("review_in_days")], why))?;
    }
    if let Some(parts) = &outputs.learning_loop {
        let later = [&parts.source, &parts.practise, &parts.feedback, &parts.who, &parts.reflect];
        for part in
            [&parts.title, &parts.gain].into_iter().chain(later.into_iter().filter(|part| !part.is_empty()))
        {
            words(vec![Name("loop")], Some(part))?;
        }
    }
    for (at, follow_up) in guide.follow_up.iter().enumerate() {
        let here = |field, why| (vec![Name("follow_up"), Index(at), Name(field)], why);
        check_words(&follow_up.text, MOST_CHARS).map_err(|why| here("text", why))?;
        check_placeholders(Some(&follow_up.text), &all).map_err(|why| here("text", why))?;
        check_days(follow_up.in_days).map_err(|why| here("in_days", why))?;
    }
    Ok(())
}

fn check_intention(
    guide: &Guide,
    intention: &IntentionOutput,
    all: &BTreeSet<&str>,
) -> Result<(), (&'static str, String)> {
    check_words(&intention.text, MOST_CHARS).map_err(|why| ("text", why))?;
    let mut known = all.clone();
    known.extend(intention.each.as_ref().map(|_| "each"));
    check_placeholders(Some(&intention.text), &known).map_err(|why| ("text", why))?;
    check_placeholders(intention.from.as_ref(), all).map_err(|why| ("from", why))?;
    if intention.each.as_ref().is_some_and(|each| !all.contains(each.as_str())) {
        return Err(("each", "names a prompt of this guide".to_owned()));
    }
    check_condition(guide, intention.when.as_ref(), all).map_err(|why| ("when", why))?;
    if intention.due.is_none() && intention.in_days.is_none() {
        return Err((
            "due",
            "an intention has a day: `due` names a prompt, or `in_days` counts from today".to_owned(),
        ));
    }
    if let Some(due) = &intention.due {
        let is_day = |(_, asked): (&Phase, Asked<'_>)| asked.capture.kind == CaptureKind::Day;
        if !guide.prompt(due).is_some_and(is_day) {
            return Err(("due", "names a prompt of kind `day`".to_owned()));
        }
    }
    intention.in_days.map_or(Ok(()), check_days).map_err(|why| ("in_days", why))
}

pub(super) fn check_days(days: u32) -> Result<(), String> {
    if (1..=MOST_DAYS).contains(&days) { Ok(()) } else { Err(format!("between 1 and {MOST_DAYS} days")) }
}

pub(super) fn check_placeholders(words: Option<&String>, known: &BTreeSet<&str>) -> Result<(), String> {
    let Some(words) = words else { return Ok(()) };
    let named =
        template::placeholders(words).ok_or("a brace is open; `{{` stands for a brace itself".to_owned())?;
    if named.iter().all(|name| known.contains(name)) {
        Ok(())
    } else {
        Err("a placeholder names a prompt that comes before".to_owned())
    }
}

pub(super) fn check_id(id: &str) -> Result<(), String> {
    let fits = (1..=60).contains(&id.len())
        && id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
        && !TAKEN.contains(&id);
    if fits {
        Ok(())
    } else {
        Err("an id begins with a small letter and has 1 to 60 of a–z, 0–9, `-` and `_`; some words are taken"
            .to_owned())
    }
}

pub(super) fn check_words(text: &str, most: usize) -> Result<(), String> {
    let chars = text.chars().count();
    if text.trim().is_empty() {
        Err("some words are needed here".to_owned())
    } else if chars > most {
        Err(format!("{chars} characters stand here; {most} at most"))
    } else if text.chars().any(|c| c.is_control() && c != '\n') {
        Err("a control character stands here".to_owned())
    } else {
        Ok(())
    }
}

pub(super) fn check_maybe(text: Option<&str>) -> Result<(), String> {
    text.map_or(Ok(()), |text| check_words(text, MOST_CHARS))
}

pub(super) fn check_count(count: usize, most: usize) -> Result<(), String> {
    if count > most { Err(format!("there are {count}; {most} at most")) } else { Ok(()) }
}
