//! Writing thanks, reading them, deciding what becomes of those one received.

use vv_crypto::make_bytes;

use super::model::{NewThanks, Thanks, ThanksDecision};
use super::record;
use crate::day;
use crate::helped;
use crate::ids::ThanksId;
use crate::journal::record::instant_of;
use crate::meetings::home::{home_ops, owned_id};
use crate::meetings::{MeetingError, table};
use crate::pairings::{Home, Who, home};
use crate::store::op::{Change, Kind, Object, Op, Value};
use crate::store::{Reader, Tx};
use crate::words::{Unfit, line, paragraphs};

/// Of what the id of a note is made, with whoever wrote it.
const CONTEXT: &str = "thanks/v1";

/// Writes a thanks note into a home. The note of help it comes from remembers it.
pub fn send_thanks(tx: &mut Tx, home: Home, new: &NewThanks) -> Result<ThanksId, MeetingError> {
    let did = paragraphs(&new.did, "did")?;
    if did.is_empty() {
        return Err(Unfit { field: "did", why: "say what they did; one line is enough".to_owned() }.into());
    }
    let on = new.on.map(|on| day::check(on, "on")).transpose()?;
    if let Some(note) = new.helped {
        helped::get_helped(tx, note)?;
    }
    let nonce: [u8; 16] = make_bytes();
    let id = ThanksId::from_bytes(owned_id(home, CONTEXT, &tx.core().account_id, &nonce));
    let parts = vec![
        Value::Int(tx.now().timestamp_millis()),
        day::value(on),
        Value::Text(did),
        Value::Text(paragraphs(&new.let_me, "let_me")?),
        Value::Text(paragraphs(&new.learned, "learned")?),
        Value::Bytes(nonce.to_vec()),
    ];
    let content = vec![Op::Add { field: record::SENT, element: Value::List(parts) }];
    home::commit(tx, home, *id.as_bytes(), Some(Kind::Thanks), Vec::new(), content)?;
    if let Some(note) = new.helped {
        helped::note_thanked(tx, note, id)?;
    }
    Ok(id)
}

/// Decides what becomes of a note that was received. Nobody else learns it.
///
/// # Errors
/// [`MeetingError::NotYours`] for a note of one's own.
pub fn decide_thanks(
    tx: &mut Tx,
    home: Home,
    id: ThanksId,
    decision: &ThanksDecision,
) -> Result<(), MeetingError> {
    if get_thanks(tx, home, id)?.by == Who::Me && matches!(home, Home::Shared(_)) {
        return Err(MeetingError::NotYours);
    }
    let (number, named) = match decision {
        ThanksDecision::Undecided => (0, Vec::new()),
        ThanksDecision::Keep => (1, Vec::new()),
        ThanksDecision::ShowTo(names) => {
            let names: Vec<String> =
                names.iter().map(|name| line(name, "names")).collect::<Result<_, _>>()?;
            (2, names.into_iter().filter(|name| !name.is_empty()).collect())
        }
        ThanksDecision::ShowAll => (3, Vec::new()),
    };
    if number == 2 && named.is_empty() {
        return Err(Unfit { field: "names", why: "name at least one person".to_owned() }.into());
    }
    let own = own_id(home, id);
    let mut ops = Vec::new();
    if tx.object(&own)?.is_none() {
        ops.push(Op::Create { kind: Kind::ThanksKept });
        ops.extend(home_ops(home));
        ops.push(Op::Set { field: record::OWN_OF, value: Value::Bytes(id.as_bytes().to_vec()) });
    }
    ops.push(Op::Set { field: record::OWN_DECISION, value: Value::Int(number) });
    let named = named.into_iter().map(Value::Text).collect();
    ops.push(Op::Set { field: record::OWN_NAMED, value: Value::List(named) });
    tx.commit(Change { object: own, ops })?;
    Ok(())
}

/// Shows a note.
pub fn get_thanks(reader: &Reader, home: Home, id: ThanksId) -> Result<Thanks, MeetingError> {
    home.object(reader, id.as_bytes(), Kind::Thanks)?.ok_or(MeetingError::NotThere)?;
    let authored =
        home.read(reader, |reader| reader.authored(id.as_bytes()))?.ok_or(MeetingError::NotThere)?;
    let me = reader.core().account_id;
    let sent = authored.acts(record::SENT).iter().filter_map(|act| {
        let [at, on, did, let_me, learned, nonce] = act.value.as_list()? else { return None };
        let (texts, author) = ((did.as_text()?, let_me.as_text()?, learned.as_text()?), act.author?);
        let is_it = owned_id(home, CONTEXT, &author, &nonce.as_id()?) == *id.as_bytes();
        is_it.then_some((at.as_int()?, on.clone(), texts, author))
    });
    let (at_ms, on, (did, let_me, learned), author) = sent.min().ok_or(MeetingError::NotThere)?;
    let by = if author == me { Who::Me } else { Who::Other };
    let own = reader.object(&own_id(home, id))?;
    Ok(Thanks {
        id,
        by,
        at: instant_of(at_ms),
        on: day::of_value(Some(&on)),
        did: did.to_owned(),
        let_me: let_me.to_owned(),
        learned: learned.to_owned(),
        decision: own.map(|own| decision_of(&own)).unwrap_or_default(),
    })
}

/// Lists the notes of a home, the latest first.
pub fn list_thanks(reader: &Reader, home: Home) -> Result<Vec<Thanks>, MeetingError> {
    let ids = table::of_home(reader.sql(), &home.key(), Kind::Thanks)?;
    ids.into_iter().map(|id| get_thanks(reader, home, ThanksId::from_bytes(id))).collect()
}

fn decision_of(own: &Object) -> ThanksDecision {
    match own.int(record::OWN_DECISION) {
        Some(1) => ThanksDecision::Keep,
        Some(2) => {
            let named = own.fields.get(&record::OWN_NAMED).and_then(Value::as_list).unwrap_or_default();
            ThanksDecision::ShowTo(named.iter().filter_map(Value::as_text).map(str::to_owned).collect())
        }
        Some(3) => ThanksDecision::ShowAll,
        _ => ThanksDecision::Undecided,
    }
}

fn own_id(home: Home, id: ThanksId) -> [u8; 16] {
    home.derive_of("thanks-kept/v1", id.as_bytes())
}
