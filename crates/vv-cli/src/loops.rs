//! `vv loop` and `vv today`: what is being learned, and what waits today.

use serde::Serialize as _;
use serde_json::{Value, json};
use vv_api::{
    error::{ApiError, ErrorCode},
    ids::EntryId,
    model::{
        loops::{CloseLoop, FillLoop, FillingView, LoopFilter, LoopPart, LoopRow, LoopView, MakeLoop},
        past::TodayView,
    },
};

use crate::{
    Done,
    arguments::{Loop, Stage},
    failure::Failure,
    output::Output,
    session::Session,
};

/// Does what was asked with loops.
pub fn run(session: &Session, output: &mut Output, command: Loop) -> Result<Done, Failure> {
    session.open()?;
    let app = &session.app;
    match command {
        Loop::Add { title, why } => {
            let made = vv_api::loops_make(app, MakeLoop { title, why: why.unwrap_or_default() })?;
            show(output, &made, line)
        }
        Loop::List { closed, trashed } => {
            let filter = match (closed, trashed) {
                (_, true) => LoopFilter::Trashed,
                (true, _) => LoopFilter::Closed,
                _ => LoopFilter::Open,
            };
            for row in vv_api::loops_list(app, filter)? {
                output.row(&row, || row_line(&row))?;
            }
            output.finish()?;
            Ok(Done::Wholly)
        }
        Loop::Show { name } => show(output, &vv_api::loops_get(app, find(session, &name)?)?, whole),
        Loop::Fill { name, stage, entry, who, source, words } => {
            let id = open_loop(session, &name)?;
            let entry = entry.map(|entry| entry_id(&entry)).transpose()?;
            let request = FillLoop {
                id,
                part: stage.into(),
                entry,
                words,
                on: None,
                who: who.unwrap_or_default(),
                source: source.unwrap_or_default(),
            };
            show(output, &vv_api::loops_fill(app, request)?, line)
        }
        Loop::Close { name, then, now } => {
            let id = open_loop(session, &name)?;
            let request = CloseLoop { id, then: then.unwrap_or_default(), now };
            show(output, &vv_api::loops_close(app, request)?, line)
        }
        Loop::Reopen { name } => show(output, &vv_api::loops_reopen(app, find(session, &name)?)?, line),
        Loop::Trash { name } => {
            let id = find(session, &name)?;
            vv_api::loops_trash(app, id.clone())?;
            show(output, &vv_api::loops_get(app, id)?, line)
        }
        Loop::Restore { name } => {
            let id = find(session, &name)?;
            vv_api::loops_restore(app, id.clone())?;
            show(output, &vv_api::loops_get(app, id)?, line)
        }
        Loop::Delete { name } => {
            let id = find(session, &name)?;
            // Who names a loop here has decided: it passes through the trash on the way.
            vv_api::loops_trash(app, id.clone())?;
            vv_api::loops_erase(app, id.clone())?;
            output.result(&json!({ "deleted": id }), || {
                "Deleted for good. Entries that filled it stay in the journal.".to_owned()
            })?;
            Ok(Done::Wholly)
        }
    }
}

/// Shows the page of today.
pub fn today(session: &Session, output: &mut Output) -> Result<Done, Failure> {
    session.open()?;
    let today = vv_api::past_today(&session.app)?;
    output.result(&today, || today_text(&today))?;
    Ok(Done::Wholly)
}

/// Puts an entry into a loop that was looked up before.
pub fn put_entry(
    session: &Session,
    id: vv_api::ids::LoopId,
    stage: Stage,
    entry: EntryId,
) -> Result<(), Failure> {
    let request = FillLoop {
        id,
        part: stage.into(),
        entry: Some(entry),
        words: None,
        on: None,
        who: String::new(),
        source: String::new(),
    };
    vv_api::loops_fill(&session.app, request)?;
    Ok(())
}

/// Finds an open loop by its id or its title.
pub fn open_loop(session: &Session, name: &str) -> Result<vv_api::ids::LoopId, Failure> {
    let row = vv_api::loops_get(&session.app, find(session, name)?)?.row;
    if row.closed_on.is_some() {
        let message = "This loop is closed and stays as it was written. “vv loop reopen” opens it again. Nothing was changed.";
        return Err(ApiError::new(ErrorCode::Conflict, message).into());
    }
    Ok(row.id)
}

/// Says which loop an entry belongs to, as scripts know it: the one it filled last, with its stage.
pub fn of_entry(session: &Session, entry: EntryId) -> Result<Value, Failure> {
    let found = vv_api::loops_of_entry(&session.app, entry.to_string())?;
    let first = found.loops.into_iter().next();
    Ok(first
        .map_or(Value::Null, |one| json!({ "id": one.row.id, "title": one.row.title, "stage": one.part })))
}

/// Finds a loop by its id, or by its title when only one bears it; open ones come before the others.
fn find(session: &Session, name: &str) -> Result<String, Failure> {
    if name.parse::<vv_api::ids::LoopId>().is_ok() {
        return Ok(name.to_owned());
    }
    let wanted = name.trim().to_lowercase();
    for filter in [LoopFilter::Open, LoopFilter::Closed, LoopFilter::Trashed] {
        let rows = vv_api::loops_list(&session.app, filter)?;
        let mut same = rows.into_iter().filter(|row| row.title.to_lowercase() == wanted);
        match (same.next(), same.next()) {
            (Some(row), None) => return Ok(row.id.to_string()),
            (Some(_), Some(_)) => {
                let message = "More than one loop bears this title. Name it by its id; “vv loop list” shows them. Nothing was changed.";
                return Err(ApiError::new(ErrorCode::Conflict, message).into());
            }
            (None, _) => {}
        }
    }
    let message = "There is no loop of that name. “vv loop list” shows those there are, “vv loop add” begins one. Nothing was changed.";
    Err(ApiError::new(ErrorCode::NotFound, message).into())
}

fn entry_id(text: &str) -> Result<EntryId, Failure> {
    text.parse()
        .map_err(|_| ApiError::about("entry", "This is not the id of an entry. Nothing was changed.").into())
}

fn show(output: &mut Output, shown: &LoopView, text: fn(&LoopView) -> String) -> Result<Done, Failure> {
    output.result(shown, || text(shown))?;
    Ok(Done::Wholly)
}

fn line(shown: &LoopView) -> String {
    row_line(&shown.row)
}

fn row_line(row: &LoopRow) -> String {
    format!("{}  {}  {}  {}", row.id, ring(row), row.title, state(row))
}

/// Draws the ring as four letters: those of the parts that are there.
fn ring(row: &LoopRow) -> String {
    let parts = [(row.gain, 'g'), (row.practise, 'p'), (row.feedback, 'f'), (row.reflect, 'r')];
    parts.iter().map(|(count, letter)| if *count > 0 { *letter } else { '.' }).collect()
}

fn state(row: &LoopRow) -> String {
    if row.trashed {
        return "(in the trash)".to_owned();
    }
    if let Some(on) = row.closed_on {
        return format!("(closed {on})");
    }
    if let Some(until) = row.parked_until {
        return format!("(parked until {until})");
    }
    match row.missing.as_slice() {
        [] => "(can be closed)".to_owned(),
        missing => format!("(missing: {})", missing.iter().map(word).collect::<Vec<_>>().join(", ")),
    }
}

fn word(part: &LoopPart) -> String {
    // The word scripts know, as it stands in JSON.
    part.serialize(serde_json::value::Serializer)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn whole(shown: &LoopView) -> String {
    let mut text = format!("{}\n\n# {}\n", line(shown), shown.row.title);
    if !shown.row.why.is_empty() {
        text.push_str(&format!("\n{}\n", shown.row.why));
    }
    for part in [LoopPart::Gain, LoopPart::Practise, LoopPart::Feedback, LoopPart::Reflect] {
        text.push_str(&format!("\n{}\n", word(&part)));
        let mut there = shown.fillings.iter().filter(|filling| filling.part == part).peekable();
        if there.peek().is_none() {
            text.push_str("  missing\n");
        }
        for filling in there {
            text.push_str(&format!("  {}\n", filling_line(filling)));
        }
    }
    for closing in &shown.closings {
        text.push_str(&format!(
            "\nclosed {}\n  then: {}\n  now:  {}\n",
            closing.on, closing.then, closing.now
        ));
    }
    text
}

fn filling_line(filling: &FillingView) -> String {
    let words = match (filling.entry, filling.is_there) {
        (Some(_), false) => "(an entry that is not there any more)".to_owned(),
        (Some(id), true) => format!("{}  ({id})", filling.words),
        (None, _) => filling.words.clone(),
    };
    let who = if filling.who.is_empty() { String::new() } else { format!("  from {}", filling.who) };
    let source = if filling.source.is_empty() { String::new() } else { format!("  from {}", filling.source) };
    format!("{}  {words}{who}{source}", filling.on)
}

fn today_text(today: &TodayView) -> String {
    let mut text = format!("{}\n", today.on);
    let mut part = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            text.push_str(&format!("\n{title}\n"));
            lines.iter().for_each(|line| text.push_str(&format!("  {line}\n")));
        }
    };
    part(
        "Set out to do",
        today.intentions.iter().map(|one| format!("{}  {}", one.due_on, one.text)).collect(),
    );
    let loops = today.surfaced.iter().chain(&today.loops);
    part("Loops waiting", loops.map(row_line).collect());
    part("Goals to look at again", today.goals.iter().map(|goal| goal.plan.wish.clone()).collect());
    let name = |row: &vv_api::model::journal::EntryRow| {
        format!("{}  {}  {}", row.on, row.id, if row.title.is_empty() { &row.excerpt } else { &row.title })
    };
    part("Still true?", today.keepsake.iter().map(|one| name(&one.entry)).collect());
    part(
        "Did you use it?",
        today.learned.iter().map(|one| format!("{}: {}", one.title, one.gain.words)).collect(),
    );
    part("On this day", today.on_this_day.iter().map(|one| name(&one.entry)).collect());
    if text.lines().count() == 1 {
        text.push_str("\nNothing waits. A blank line is yours: vv entry add \"…\"\n");
    }
    text
}

impl From<Stage> for LoopPart {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Gain => Self::Gain,
            Stage::Practise => Self::Practise,
            Stage::Feedback => Self::Feedback,
            Stage::Reflect => Self::Reflect,
        }
    }
}
