//! The agreement: a draft both write, put forward as one exact text, signed by both.
//!
//! A draft has a shared text for each section. Putting it forward keeps its words as they are then, under a name that is a hash of
//! them; a signature names that hash and carries the words, so what was signed stays what it is, whatever is changed later. An
//! agreement holds once both have signed the same text; a change is put forward and signed the same way, and what held before stays
//! readable for good.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::agreement_text::{MAX_BYTES, decode, encode, hash};
use super::charter::{open_home, row_or_default};
use super::error::PairingError;
use super::home::{Seat, commit, home_of};
use super::model::{Agreement, AgreementState, AgreementText, Home, Section, Signature, Who};
use super::record::agreement;
use super::seats::Seats;
use super::table;
use crate::day;
use crate::ids::{AgreementId, PairingId};
use crate::journal::text::normal_lines;
use crate::store::op::{Kind, Op, Value};
use crate::store::{Reader, Tx};
use crate::words::Unfit;

/// Shows the sections of the draft, in the order of the agreement; of one that nobody began the words are empty.
pub fn read_draft(reader: &Reader, id: PairingId) -> Result<Vec<(Section, String)>, PairingError> {
    let home = home_of(reader, id)?;
    draft_of(reader, home)
}

pub(super) fn draft_of(reader: &Reader, home: Home) -> Result<Vec<(Section, String)>, PairingError> {
    let kind = row_or_default(reader, home)?.kind;
    let draft = home.draft();
    home.read(reader, |reader| {
        let mut sections = Vec::new();
        for section in kind.sections() {
            let words = reader.doc_text(&draft, section.number())?.unwrap_or_default();
            sections.push((section, words));
        }
        Ok(sections)
    })
}

/// Begins the draft with words to start from; a section that has words already keeps them.
pub fn begin_draft(tx: &mut Tx, id: PairingId, words: &[(Section, String)]) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    make_draft(tx, home, words)
}

/// Fills the empty sections of a home's draft.
pub(crate) fn make_draft(tx: &mut Tx, home: Home, words: &[(Section, String)]) -> Result<(), PairingError> {
    for (section, words) in words {
        let now = home.read(tx, |reader| reader.doc_text(&home.draft(), section.number()))?;
        if now.is_none_or(|now| now.is_empty()) {
            super::papers::write_whole(
                tx,
                home,
                home.draft(),
                section.number(),
                Kind::AgreementDraft,
                words,
            )?;
        }
    }
    Ok(())
}

/// Puts the draft forward as it is now, to be looked at again on a day, and signs it; gives the agreement.
pub fn propose_agreement(
    tx: &mut Tx,
    id: PairingId,
    review_on: Option<NaiveDate>,
) -> Result<AgreementId, PairingError> {
    let home = open_home(tx, id)?;
    let review_on = review_on.map(|on| day::check(on, "review_on")).transpose()?;
    let charter = row_or_default(tx, home)?;
    let mut sections = draft_of(tx, home)?;
    for (_, words) in &mut sections {
        *words = normal_lines(words.trim()).into_owned();
    }
    sections.retain(|(_, words)| !words.is_empty());
    if sections.is_empty() {
        let why = "write at least one section before you put the agreement forward".to_owned();
        return Err(Unfit { field: "sections", why }.into());
    }
    let leads = u32::try_from(charter.leads).unwrap_or(0);
    let text = encode(&AgreementText { kind: charter.kind, leads, sections, review_on });
    if text.len() > MAX_BYTES {
        let why = "the agreement is longer than it may be; put what is long into an entry".to_owned();
        return Err(Unfit { field: "sections", why }.into());
    }
    let new: AgreementId = tx.make_id();
    let at_ms = tx.now().timestamp_millis();
    let ops = vec![
        Op::Set { field: agreement::TEXT, value: Value::Bytes(text.clone()) },
        Op::Set { field: agreement::AT, value: Value::Int(at_ms) },
        signature_op(&home, at_ms, text, false),
    ];
    commit(tx, home, *new.as_bytes(), Some(Kind::Agreement), Vec::new(), ops)?;
    Ok(new)
}

fn signature_op(home: &Home, at_ms: i64, text: Vec<u8>, of_other: bool) -> Op {
    let element = Value::List(vec![
        Value::Int(i64::from(of_other)),
        Value::Int(at_ms),
        Value::Bytes(hash(home, &text).to_vec()),
        Value::Bytes(text),
    ]);
    Op::Add { field: agreement::SIGNATURES, element }
}

/// Signs an agreement that was put forward. `read` is the hash of the text that was read: one that was changed meanwhile is not
/// signed by it.
///
/// # Errors
/// [`PairingError::Changed`] when another text stands there now.
pub fn sign_agreement(
    tx: &mut Tx,
    id: PairingId,
    agreement: AgreementId,
    read: &[u8; 32],
) -> Result<(), PairingError> {
    sign(tx, id, agreement, read, false)
}

/// Notes, where the pairing is tracked alone, that the other has agreed to a text.
pub fn note_their_signature(
    tx: &mut Tx,
    id: PairingId,
    agreement: AgreementId,
    read: &[u8; 32],
) -> Result<(), PairingError> {
    match home_of(tx, id)? {
        Home::Alone(_) => sign(tx, id, agreement, read, true),
        Home::Shared(_) => Err(PairingError::NotYours),
    }
}

fn sign(
    tx: &mut Tx,
    id: PairingId,
    agreement: AgreementId,
    read: &[u8; 32],
    of_other: bool,
) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let all = agreements_of(tx, home)?;
    let found = all.into_iter().find(|one| one.id == agreement).ok_or(PairingError::NotThere)?;
    if found.hash != *read {
        return Err(PairingError::Changed);
    }
    let by = if of_other { Who::Other } else { Who::Me };
    if found.signatures.iter().any(|signature| signature.by == by && signature.fits) {
        return Ok(());
    }
    let op = signature_op(&home, tx.now().timestamp_millis(), encode(&found.text), of_other);
    commit(tx, home, *agreement.as_bytes(), None, Vec::new(), vec![op])
}

/// Lists every agreement that was ever put forward, the latest first.
pub fn list_agreements(reader: &Reader, id: PairingId) -> Result<Vec<Agreement>, PairingError> {
    let mut all = agreements_of(reader, home_of(reader, id)?)?;
    all.reverse();
    Ok(all)
}

/// Is a text both have signed.
struct Held {
    agreement: AgreementId,
    hash: [u8; 32],
    /// When the second of them did.
    since_ms: i64,
}

/// Reads the agreements of a home in the order in which they were put forward.
pub(super) fn agreements_of(reader: &Reader, home: Home) -> Result<Vec<Agreement>, PairingError> {
    let key = (home.sid(reader)?, home.key());
    let seats = Seats::load(reader, home)?;
    let signatures = table::signatures(reader.sql(), key)?;
    // Of each text when each of the two signed it first.
    let mut signed: BTreeMap<(AgreementId, [u8; 32]), BTreeMap<Seat, i64>> = BTreeMap::new();
    let mut shown: BTreeMap<AgreementId, Vec<([u8; 32], Signature)>> = BTreeMap::new();
    for row in signatures {
        let Some(seat) = seats.seat(row.fid, row.of_other) else { continue };
        // What names another text than it carries signs nothing.
        let Some(text) = decode(&row.text).filter(|_| hash(&home, &row.text) == row.hash) else { continue };
        let first = signed.entry((row.agreement, row.hash)).or_default().entry(seat).or_insert(row.at_ms);
        *first = (*first).min(row.at_ms);
        let signature = Signature { by: seats.who_sits(seat), at: instant(row.at_ms), text, fits: false };
        shown.entry(row.agreement).or_default().push((row.hash, signature));
    }
    let held = signed.iter().filter(|(_, by)| by.len() == 2).map(|((agreement, hash), by)| Held {
        agreement: *agreement,
        hash: *hash,
        since_ms: by.values().copied().max().unwrap_or(0),
    });
    let held: Vec<Held> = held.collect();
    let latest = held.iter().max_by_key(|held| (held.since_ms, held.agreement)).map(|held| held.agreement);
    let mut found = Vec::new();
    for (place, row) in table::agreements(reader.sql(), key)?.into_iter().enumerate() {
        // The text that both signed is what the agreement says from then on, whatever stands in its field.
        let both = held.iter().filter(|held| held.agreement == row.id).max_by_key(|held| held.since_ms);
        let of_both = both.and_then(|held| {
            let of_it = shown.get(&row.id)?.iter().find(|(hash, _)| *hash == held.hash)?;
            Some((held.hash, of_it.1.text.clone()))
        });
        let stands = || decode(&row.text).map(|text| (hash(&home, &row.text), text));
        let Some((hash, text)) = of_both.or_else(stands) else { continue };
        let own = shown.remove(&row.id).unwrap_or_default();
        let signatures =
            own.into_iter().map(|(of, signature)| Signature { fits: of == hash, ..signature }).collect();
        found.push(Agreement {
            id: row.id,
            number: u32::try_from(place + 1).unwrap_or(u32::MAX),
            by: seats.who(row.fid, false),
            at: instant(row.at_ms),
            text,
            hash,
            signatures,
            is_signed: both.is_some(),
            holds: latest == Some(row.id),
        });
    }
    Ok(found)
}

/// Tells how far the agreement of a home is.
pub(super) fn state_of(reader: &Reader, home: Home) -> Result<AgreementState, PairingError> {
    let all = agreements_of(reader, home)?;
    let holds = all.iter().find(|one| one.holds);
    let newest = all.last();
    Ok(match (newest, holds) {
        (None, _) => AgreementState::Drafting,
        (Some(newest), _) if !newest.is_signed => AgreementState::Proposed {
            id: newest.id,
            signed: newest.signatures.iter().filter(|one| one.fits).map(|one| one.by).collect(),
            holds: holds.map(|one| one.id),
        },
        (_, Some(holds)) => AgreementState::Signed { id: holds.id, review_on: holds.text.review_on },
        (Some(_), None) => AgreementState::Drafting,
    })
}

fn instant(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or(DateTime::UNIX_EPOCH)
}
