//! Choosing lines, looking at what will be sent, sending, commenting, taking back.

use std::collections::BTreeSet;

use vv_crypto::make_bytes;

use super::model::{Comment, Excerpt, ExcerptDraft, ExcerptState, Preview};
use super::record;
use crate::ids::{EntryId, ExcerptId, FillingId, LoopId};
use crate::journal::record::instant_of;
use crate::journal::{get_row, text_of_entry};
use crate::loops::{self, Filling, NewFilling, Part};
use crate::meetings::home::{erase_in, home_in, home_ops, owned_id};
use crate::meetings::{MeetingError, of_pairing, table};
use crate::pairings::{Home, PairingError, Who, home};
use crate::store::authors::Act;
use crate::store::op::{Change, Kind, Object, Op, Value};
use crate::store::op_cbor::encode_value;
use crate::store::{Reader, Tx};
use crate::words::{Unfit, line, paragraphs};

/// Of what the id of a copy is made, with whoever sent it.
const CONTEXT: &str = "excerpt/v1";
const TOO_LONG: &str = "an excerpt has at most 20,000 characters; choose fewer lines";

/// Chooses lines of an entry for a pairing; gives the draft. Nobody else sees anything of it until it is sent.
///
/// # Errors
/// [`MeetingError::NoLines`] when none of the lines says anything.
pub fn draft_excerpt(
    tx: &mut Tx,
    entry: EntryId,
    home: Home,
    title: &str,
    lines: &[u32],
) -> Result<ExcerptId, MeetingError> {
    let (text, lines) = chosen(tx, entry, lines)?;
    let id: ExcerptId = tx.make_id();
    let mut ops = vec![Op::Create { kind: Kind::ExcerptOwn }];
    ops.extend(home_ops(home));
    ops.push(Op::Set { field: record::OWN_ENTRY, value: Value::Bytes(entry.as_bytes().to_vec()) });
    ops.push(Op::Set { field: record::OWN_STATE, value: Value::Int(0) });
    ops.extend(draft_ops(&line(title, "title")?, &text, &lines));
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(id)
}

/// Chooses other lines or another heading for a draft.
///
/// # Errors
/// [`MeetingError::Sent`] once it was sent.
pub fn change_excerpt(tx: &mut Tx, id: ExcerptId, title: &str, lines: &[u32]) -> Result<(), MeetingError> {
    let (_, draft) = read_draft(tx, id)?;
    if draft.state != ExcerptState::Draft {
        return Err(MeetingError::Sent);
    }
    let (text, lines) = chosen(tx, draft.entry.ok_or(MeetingError::NotThere)?, lines)?;
    let ops = draft_ops(&line(title, "title")?, &text, &lines);
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(())
}

/// Shows what the other will see: read back from the very operations that sending writes.
pub fn preview_excerpt(reader: &Reader, id: ExcerptId) -> Result<Preview, MeetingError> {
    let (_, draft) = read_draft(reader, id)?;
    let (mut title, mut text, mut bytes) = (String::new(), String::new(), 0);
    for op in record::sent_ops(&draft.title, &draft.text, reader.now().timestamp_millis(), &[0; 16]) {
        let Op::Add { element, .. } = op else { continue };
        bytes += encode_value(&element).len();
        if let Some(sent) = record::sent_of(&element) {
            (title, text) = (sent.title.to_owned(), sent.text.to_owned());
        }
    }
    Ok(Preview { title, text, bytes })
}

/// Sends a draft: its lines are copied into the home.
pub fn send_excerpt(tx: &mut Tx, id: ExcerptId) -> Result<ExcerptId, MeetingError> {
    let (object, draft) = read_draft(tx, id)?;
    if draft.state == ExcerptState::Sent {
        return Err(MeetingError::Sent);
    }
    let home = home_in(tx, &object).ok_or(MeetingError::NotThere)?;
    if of_pairing::has_ended(tx, home)? {
        return Err(PairingError::Ended.into());
    }
    let at_ms = tx.now().timestamp_millis();
    // Random bytes, so that the copy names nothing of the journal.
    let nonce = make_bytes();
    let copy = ExcerptId::from_bytes(owned_id(home, CONTEXT, &tx.core().account_id, &nonce));
    let content = record::sent_ops(&draft.title, &draft.text, at_ms, &nonce);
    home::commit(tx, home, *copy.as_bytes(), Some(Kind::Excerpt), Vec::new(), content)?;
    let ops = vec![
        Op::Set { field: record::OWN_STATE, value: Value::Int(1) },
        Op::Set { field: record::OWN_COPY, value: Value::Bytes(copy.as_bytes().to_vec()) },
        Op::Set { field: record::OWN_SENT_AT, value: Value::Int(at_ms) },
        Op::Set { field: record::OWN_WITHDRAWN_AT, value: Value::Null },
    ];
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(copy)
}

/// Takes an excerpt back: the copy is deleted for good, with what was said to it. What the other has read they have read.
pub fn withdraw_excerpt(tx: &mut Tx, id: ExcerptId) -> Result<(), MeetingError> {
    let (object, draft) = read_draft(tx, id)?;
    let (ExcerptState::Sent, Some(copy)) = (draft.state, object.id(record::OWN_COPY)) else {
        return Err(MeetingError::NotThere);
    };
    match home_in(tx, &object) {
        Some(home) if home.object(tx, &copy, Kind::Excerpt)?.is_some() => erase_in(tx, home, &copy)?,
        // It is gone already.
        _ => {}
    }
    let at_ms = tx.now().timestamp_millis();
    let ops = vec![
        Op::Set { field: record::OWN_STATE, value: Value::Int(2) },
        Op::Set { field: record::OWN_WITHDRAWN_AT, value: Value::Int(at_ms) },
    ];
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(())
}

/// Forgets a draft, or where an excerpt went that was taken back.
///
/// # Errors
/// [`MeetingError::Sent`] while it stands in the home.
pub fn forget_excerpt(tx: &mut Tx, id: ExcerptId) -> Result<(), MeetingError> {
    let (_, draft) = read_draft(tx, id)?;
    if draft.state == ExcerptState::Sent {
        return Err(MeetingError::Sent);
    }
    Ok(tx.erase(id.as_bytes())?)
}

/// Comments on an excerpt in a home, one's own or the other's.
pub fn comment_excerpt(tx: &mut Tx, home: Home, id: ExcerptId, words: &str) -> Result<(), MeetingError> {
    home.object(tx, id.as_bytes(), Kind::Excerpt)?.ok_or(MeetingError::NotThere)?;
    let words = paragraphs(words, "words")?;
    if words.is_empty() {
        return Err(Unfit { field: "words", why: "write something; one word is enough".to_owned() }.into());
    }
    let element = Value::List(vec![Value::Int(tx.now().timestamp_millis()), words.as_str().into()]);
    let content = vec![Op::Add { field: record::COMMENTS, element }];
    Ok(home::commit(tx, home, *id.as_bytes(), None, Vec::new(), content)?)
}

/// Fills the part of a loop that is for feedback with a comment on an excerpt, in its words.
pub fn fill_loop_with_comment(
    tx: &mut Tx,
    home: Home,
    id: ExcerptId,
    comment: usize,
    learning_loop: LoopId,
) -> Result<FillingId, MeetingError> {
    let excerpt = get_excerpt(tx, home, id)?;
    let comment = excerpt.comments.get(comment).ok_or(MeetingError::NotThere)?;
    let who = if comment.by == Who::Other { of_pairing::name_in(tx, home)? } else { String::new() };
    let filling = Filling::Words(comment.words.clone());
    let new = NewFilling { part: Part::Feedback, filling, on: None, who, source: String::new() };
    Ok(loops::fill_with(tx, learning_loop, new)?)
}

/// Shows an excerpt as it stands in a home.
pub fn get_excerpt(reader: &Reader, home: Home, id: ExcerptId) -> Result<Excerpt, MeetingError> {
    home.object(reader, id.as_bytes(), Kind::Excerpt)?.ok_or(MeetingError::NotThere)?;
    let authored =
        home.read(reader, |reader| reader.authored(id.as_bytes()))?.ok_or(MeetingError::NotThere)?;
    let me = reader.core().account_id;
    let who = |by: Option<[u8; 32]>| match (by, home) {
        (_, Home::Alone(_)) => Who::Me,
        (Some(by), _) if by == me => Who::Me,
        (Some(_), _) => Who::Other,
        (None, _) => Who::Unknown,
    };
    let comments = authored.acts(record::COMMENTS).iter().filter_map(|act| {
        let [at, words] = act.value.as_list()? else { return None };
        Some(Comment {
            by: who(act.author),
            at: instant_of(at.as_int()?),
            words: words.as_text()?.to_owned(),
        })
    });
    let mut comments: Vec<Comment> = comments.collect();
    comments.sort_by(|a, b| (a.at, &a.words).cmp(&(b.at, &b.words)));
    let own = |act: &Act| {
        let (sent, author) = (record::sent_of(&act.value)?, act.author?);
        (owned_id(home, CONTEXT, &author, &sent.nonce) == *id.as_bytes()).then_some(author)
    };
    let acts = authored.acts(record::SENT);
    let (act, author) = acts.iter().find_map(|act| Some((act, own(act)?))).ok_or(MeetingError::NotThere)?;
    let sent = record::sent_of(&act.value).ok_or(MeetingError::NotThere)?;
    let (title, text) = (sent.title.to_owned(), sent.text.to_owned());
    Ok(Excerpt { id, by: who(Some(author)), sent_at: instant_of(sent.at_ms), title, text, comments })
}

/// Lists the excerpts of a home, the latest first.
pub fn list_excerpts(reader: &Reader, home: Home) -> Result<Vec<Excerpt>, MeetingError> {
    let mut found = Vec::new();
    for id in table::of_home(reader.sql(), &home.key(), Kind::Excerpt)? {
        match get_excerpt(reader, home, ExcerptId::from_bytes(id)) {
            Ok(excerpt) => found.push(excerpt),
            Err(MeetingError::NotThere) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// Lists where lines of an entry went or are to go, the latest first.
pub fn excerpts_of_entry(reader: &Reader, entry: EntryId) -> Result<Vec<ExcerptDraft>, MeetingError> {
    drafts(reader, table::about(reader.sql(), entry.as_bytes(), Kind::ExcerptOwn)?)
}

/// Lists what was chosen for a home, the latest first.
pub fn list_drafts(reader: &Reader, home: Home) -> Result<Vec<ExcerptDraft>, MeetingError> {
    drafts(reader, table::of_home(reader.sql(), &home.key(), Kind::ExcerptOwn)?)
}

fn drafts(reader: &Reader, ids: Vec<[u8; 16]>) -> Result<Vec<ExcerptDraft>, MeetingError> {
    ids.into_iter().map(|id| Ok(read_draft(reader, ExcerptId::from_bytes(id))?.1)).collect()
}

fn read_draft(reader: &Reader, id: ExcerptId) -> Result<(Object, ExcerptDraft), MeetingError> {
    let object = reader.object(id.as_bytes())?;
    let object = object.filter(|object| !object.erased && object.kind == Kind::ExcerptOwn.0);
    let object = object.ok_or(MeetingError::NotThere)?;
    let moment = |field: u32| object.int(field).map(instant_of);
    let entry = object.id(record::OWN_ENTRY).map(EntryId::from_bytes);
    let lines = object.fields.get(&record::OWN_LINES).and_then(Value::as_list).unwrap_or_default();
    let draft = ExcerptDraft {
        id,
        entry: entry.filter(|entry| get_row(reader, *entry).is_ok()),
        home: home_in(reader, &object),
        state: match object.int(record::OWN_STATE) {
            Some(1) => ExcerptState::Sent,
            Some(2) => ExcerptState::Withdrawn,
            _ => ExcerptState::Draft,
        },
        title: object.text(record::OWN_TITLE).to_owned(),
        text: object.text(record::OWN_TEXT).to_owned(),
        lines: lines.iter().filter_map(|line| u32::try_from(line.as_int()?).ok()).collect(),
        sent_at: moment(record::OWN_SENT_AT),
        withdrawn_at: moment(record::OWN_WITHDRAWN_AT),
    };
    Ok((object, draft))
}

/// Takes the chosen lines out of an entry, in the order in which they stand there.
fn chosen(reader: &Reader, entry: EntryId, lines: &[u32]) -> Result<(String, Vec<u32>), MeetingError> {
    get_row(reader, entry)?;
    let text = text_of_entry(reader, entry)?;
    let wanted: BTreeSet<u32> = lines.iter().copied().collect();
    let found: Vec<(u32, &str)> =
        (1..).zip(text.split('\n')).filter(|(number, _)| wanted.contains(number)).collect();
    let words = found.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\n");
    if words.trim().is_empty() {
        return Err(MeetingError::NoLines);
    }
    if words.chars().count() > 20_000 {
        return Err(Unfit { field: "lines", why: TOO_LONG.to_owned() }.into());
    }
    Ok((words, found.into_iter().map(|(number, _)| number).collect()))
}

fn draft_ops(title: &str, text: &str, lines: &[u32]) -> Vec<Op> {
    let lines = lines.iter().map(|line| Value::Int(i64::from(*line))).collect();
    vec![
        Op::Set { field: record::OWN_TITLE, value: title.into() },
        Op::Set { field: record::OWN_TEXT, value: text.into() },
        Op::Set { field: record::OWN_LINES, value: Value::List(lines) },
    ]
}
