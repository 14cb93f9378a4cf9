//! What comes of a run: the entry as readable Markdown, and what is made beside it. Plain facts, nothing is written here.
//!
//! The entry holds no word of this program: its headings and labels are those of the guide, in the guide's language.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};

use super::answer::{Answer, AnswerKey};
use super::model::{CaptureKind, Guide, IntentionOutput, Into, Suggest};
use super::run::{Around, Field, RunState, fields, steps};
use super::template;

/// Characters of a title that is made from an answer.
const TITLE_CHARS: usize = 90;
/// Characters of a line that is kept beside the entry, which holds all of it.
const LINE_CHARS: usize = 450;
/// Characters of paragraphs that are kept beside the entry.
const WORDS_CHARS: usize = 4_000;
/// Characters a tag may have.
const TAG_CHARS: usize = crate::journal::MAX_TAG_CHARS;

/// Holds all that will come of a run as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The entry.
    pub entry: PlannedEntry,
    /// Dated intentions, those of the guide first, then what may follow some time later.
    pub intentions: Vec<PlannedIntention>,
    /// A goal.
    pub goal: Option<PlannedGoal>,
    /// A loop.
    pub learning_loop: Option<PlannedLoop>,
}

/// Describes the entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedEntry {
    /// Its title.
    pub title: String,
    /// Its Markdown.
    pub text: String,
    /// Its tags.
    pub tags: Vec<String>,
}

/// Describes an intention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedIntention {
    /// Names it within the outcome.
    pub id: String,
    /// Its words.
    pub text: String,
    /// Its day.
    pub due_on: NaiveDate,
    /// The words it comes back beside; may be empty.
    pub from_words: String,
    /// The title of the loop it is about, when one was taken over from those that are open.
    pub loop_title: Option<String>,
    /// Whether it is only offered: made when somebody says so.
    pub is_offered: bool,
}

/// Describes a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedGoal {
    /// What is wished for.
    pub wish: String,
    /// The best result.
    pub best_result: String,
    /// What stands in the way.
    pub obstacle: String,
    /// The plan for it.
    pub if_then: String,
    /// The first step.
    pub first_step: String,
    /// The day to look at it again.
    pub review_on: NaiveDate,
}

/// Describes a loop; a part without words stays open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedLoop {
    /// Its title.
    pub title: String,
    /// What was gained.
    pub gain: Option<String>,
    /// Where it came from; may be empty.
    pub source: String,
    /// What was practised.
    pub practise: Option<String>,
    /// What was said about it.
    pub feedback: Option<String>,
    /// Who said it; may be empty.
    pub who: String,
    /// What changed.
    pub reflect: Option<String>,
}

/// Tells what will come of a run for a person.
pub fn outcome(guide: &Guide, run: &RunState, around: &Around, person: &str) -> Outcome {
    let outputs = &guide.outputs;
    let whole = |text: &str| {
        let (words, is_whole) = run.fill(guide, person, text, 1);
        is_whole.then(|| words.trim().to_owned())
    };
    let today = around.local.date();
    let later = |days: u32| today.checked_add_days(Days::new(u64::from(days))).unwrap_or(today);
    let laid_out = steps(guide, run, around);
    let mut intentions = Vec::new();
    for (at, output) in outputs.intentions.iter().enumerate() {
        if !run.holds(guide, around, person, output.when.as_ref()) {
            continue;
        }
        let given = output.due.as_ref().and_then(|due| match run.answer(person, &AnswerKey::of(due)) {
            Some(Answer::Day(on)) => Some(*on),
            _ => None,
        });
        let due_on = given.or_else(|| output.in_days.map(later));
        let Some(due_on) = due_on else { continue };
        let texts: Vec<String> = match &output.each {
            None => whole(&output.text).into_iter().collect(),
            Some(prompt) => {
                let asked = laid_out.iter().flat_map(|step| fields(guide, run, around, step, person));
                asked
                    .filter(|field| field.asked.id == prompt)
                    .filter_map(|field| {
                        let answer = run.answer(person, &field.key)?;
                        for_each(guide, run, person, &output.text, &field.key, answer)
                    })
                    .collect()
            }
        };
        for (number, text) in texts.into_iter().enumerate() {
            let id = format!("intention-{at}-{number}");
            intentions.push(PlannedIntention {
                id,
                text: one_line(&text, LINE_CHARS),
                due_on,
                from_words: from_words(guide, run, around, person, output),
                loop_title: loop_title(guide, run, person, &output.text),
                is_offered: false,
            });
        }
    }
    for (at, follow_up) in guide.follow_up.iter().enumerate() {
        if let Some(text) = whole(&follow_up.text) {
            let due_on = later(follow_up.in_days);
            intentions.push(PlannedIntention {
                id: format!("follow-up-{at}"),
                text: one_line(&text, LINE_CHARS),
                due_on,
                from_words: String::new(),
                loop_title: None,
                is_offered: true,
            });
        }
    }
    let line =
        |text: &str| whole(text).map(|words| one_line(&words, LINE_CHARS)).filter(|words| !words.is_empty());
    let part = |text: &str| line(text).unwrap_or_default();
    let words = |text: &str| whole(text).map(|words| shortened(&words)).filter(|words| !words.is_empty());
    Outcome {
        entry: entry(guide, run, around, person),
        intentions,
        goal: outputs.goal.as_ref().and_then(|goal| {
            Some(PlannedGoal {
                wish: line(&goal.wish)?,
                best_result: part(&goal.best_result),
                obstacle: part(&goal.obstacle),
                if_then: part(&goal.if_then),
                first_step: part(&goal.first_step),
                review_on: later(goal.review_in_days),
            })
        }),
        learning_loop: outputs.learning_loop.as_ref().and_then(|parts| {
            Some(PlannedLoop {
                title: line(&parts.title)?,
                gain: words(&parts.gain),
                source: part(&parts.source),
                practise: words(&parts.practise),
                feedback: words(&parts.feedback),
                who: part(&parts.who),
                reflect: words(&parts.reflect),
            })
        }),
    }
}

/// Fills the words of an intention that comes once for each answer.
fn for_each(
    guide: &Guide,
    run: &RunState,
    person: &str,
    text: &str,
    key: &AnswerKey,
    answer: &Answer,
) -> Option<String> {
    let (_, asked) = guide.prompt(&key.prompt)?;
    let (words, is_whole) = template::filled(text, |name| match name {
        "each" => Some(answer.words(asked.capture)),
        _ => run.words_for(guide, person, name, key.round),
    });
    is_whole.then_some(words)
}

/// Gives the words an intention comes back beside: those the guide names, or what was answered where it was made.
fn from_words(
    guide: &Guide,
    run: &RunState,
    around: &Around,
    person: &str,
    output: &IntentionOutput,
) -> String {
    if let Some(from) = &output.from {
        let (words, _) = run.fill(guide, person, from, 1);
        return shortened(words.trim());
    }
    let named = template::placeholders(&output.text).unwrap_or_default();
    let prompt = output.each.as_deref().or_else(|| named.iter().copied().find(|name| *name != "each"));
    let Some((phase, _)) = prompt.and_then(|prompt| guide.prompt(prompt)) else { return String::new() };
    let mut said = Vec::new();
    for step in steps(guide, run, around).iter().filter(|step| guide.phase_of(step).id == phase.id) {
        for field in fields(guide, run, around, step, person) {
            // What the intention says itself is not said once more beside it.
            let is_in_it = named.contains(&field.asked.id);
            let answer = run.answer(person, &field.key);
            let answer = answer.filter(|answer| !is_in_it && !matches!(answer, Answer::Day(_)));
            if let Some(answer) = answer {
                said.push((field.label.clone(), answer.words(field.asked.capture).trim().to_owned()));
            }
        }
    }
    // A label tells several answers apart; for one each it would only be read twice.
    let labelled = |(label, words): &(String, String)| match label.as_str() {
        "" => words.clone(),
        _ if said.len() == 1 && output.each.is_none() => words.clone(),
        label => format!("{label}: {words}"),
    };
    shortened(&said.iter().map(labelled).collect::<Vec<_>>().join("\n"))
}

/// Gives the title of the open loop that was taken over into a text.
fn loop_title(guide: &Guide, run: &RunState, person: &str, text: &str) -> Option<String> {
    let names = template::placeholders(text)?;
    let name = names.into_iter().find(|name| {
        guide.prompt(name).is_some_and(|(_, asked)| asked.capture.suggest == Some(Suggest::OpenLoops))
    })?;
    run.words_for(guide, person, name, 1).map(|title| title.trim().to_owned())
}

/// Gives paragraphs as they can be kept beside the entry.
fn shortened(text: &str) -> String {
    if text.chars().count() <= WORDS_CHARS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(WORDS_CHARS - 1).collect();
    format!("{}…", cut.trim_end())
}

/// Gives the subject of a run, as the guide words it; empty as long as it has none.
pub fn subject(guide: &Guide, run: &RunState, person: &str) -> String {
    let Some(template) = &guide.subject else { return String::new() };
    let (words, is_whole) = run.fill(guide, person, template, 1);
    if is_whole { one_line(&words, TITLE_CHARS) } else { String::new() }
}

fn entry(guide: &Guide, run: &RunState, around: &Around, person: &str) -> PlannedEntry {
    let titled = guide.outputs.entry.title.as_ref().map(|title| run.fill(guide, person, title, 1));
    let title =
        titled.filter(|(_, is_whole)| *is_whole).map_or_else(|| guide.title.clone(), |(title, _)| title);
    let mut text = String::new();
    for step in steps(guide, run, around) {
        if step.turn.as_deref().is_some_and(|turn| turn != person) {
            continue;
        }
        let phase = guide.phase_of(&step);
        let asked = fields(guide, run, around, &step, person);
        let answered: Vec<(&Field<'_>, &Answer)> = asked
            .iter()
            .filter(|field| field.asked.capture.into == Into::Entry)
            .filter_map(|field| Some((field, run.answer(person, &field.key)?)))
            .collect();
        if answered.is_empty() {
            continue;
        }
        let round = if step.rounds > 1 { format!(" {}", step.round) } else { String::new() };
        let (ask, _) = run.fill(guide, person, &phase.ask, step.round);
        let _ = write!(text, "## {}{round}\n\n", one_line(&phase.name, TITLE_CHARS));
        // A field without words of its own answers the question of its phase, so the question stands with it.
        if asked.len() == 1 && ask.trim() != phase.name.trim() {
            let _ = write!(text, "*{}*\n\n", one_line(&ask, 400));
        }
        for (field, answer) in answered {
            write_answer(&mut text, field, answer);
        }
        close_list(&mut text);
    }
    let tags = guide.outputs.entry.tags.iter().filter_map(|tag| {
        let (tag, is_whole) = run.fill(guide, person, tag, 1);
        is_whole.then(|| one_line(&tag, TAG_CHARS))
    });
    PlannedEntry {
        title: one_line(&title, TITLE_CHARS + guide.title.chars().count()),
        text: text.trim_end().to_owned() + "\n",
        tags: tags.collect(),
    }
}

/// Writes an answer: a text beneath its label, anything shorter as a line of a list.
fn write_answer(text: &mut String, field: &Field<'_>, answer: &Answer) {
    let (label, capture) = (field.label.trim(), field.asked.capture);
    let lead = if field.lead.trim().is_empty() { String::new() } else { format!("{} ", field.lead.trim()) };
    let words = match answer {
        Answer::Words(words) if capture.kind == CaptureKind::Text => {
            close_list(text);
            if !label.is_empty() {
                let _ = write!(text, "### {}\n\n", one_line(label, 400));
            }
            let _ = write!(text, "{lead}{}\n\n", words.trim());
            return;
        }
        Answer::Lines(lines) => {
            close_list(text);
            if !label.is_empty() {
                let _ = write!(text, "### {}\n\n", one_line(label, 400));
            }
            for line in lines.iter().filter(|line| !line.text.trim().is_empty()) {
                let mark = capture.mark.as_deref().filter(|_| line.marked);
                let mark = mark.map_or_else(String::new, |mark| format!(" *({mark})*"));
                let _ = writeln!(text, "- {}{mark}", line.text.trim());
            }
            text.push('\n');
            return;
        }
        Answer::Tick(_) => {
            let _ = writeln!(text, "- [x] {}", one_line(label, 400));
            return;
        }
        Answer::Rubric(levels) => {
            close_list(text);
            for one in &capture.criteria {
                let level = levels.get(&one.id).map(|level| (*level, *level as usize));
                let said = level.and_then(|(level, at)| Some((level, one.levels.get(at.checked_sub(1)?)?)));
                if let Some((level, said)) = said {
                    let _ = writeln!(text, "- **{}:** {level}, {said}", one.text);
                }
            }
            text.push('\n');
            return;
        }
        Answer::Rating(mark) => format!("{mark}/{}", capture.most.unwrap_or(5)),
        Answer::Entry { id, title } => {
            let plain: String =
                title.chars().map(|c| if matches!(c, '[' | ']' | '|') { ' ' } else { c }).collect();
            format!("[[{}|{id}]]", one_line(&plain, 200))
        }
        other => one_line(&other.words(capture), usize::MAX),
    };
    if label.is_empty() {
        let _ = write!(text, "{lead}{words}\n\n");
    } else {
        let colon = if label.ends_with([':', '?', '.', '!', '…']) { "" } else { ":" };
        let _ = writeln!(text, "- **{}{colon}** {lead}{words}", one_line(label, 400));
    }
}

/// Ends a list with an empty line, so that what follows does not belong to it.
fn close_list(text: &mut String) {
    if text.ends_with('\n') && !text.ends_with("\n\n") {
        text.push('\n');
    }
}

/// Gives a text on one line, cut after a word where it is too long.
pub(super) fn one_line(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let cut: String = line.chars().take(most.saturating_sub(1)).collect();
    let end = cut.rfind(' ').filter(|at| *at > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':', ' ', '.']))
}
