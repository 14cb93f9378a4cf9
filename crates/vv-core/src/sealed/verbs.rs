//! Sealing an answer, skipping, and revealing what is due.

use std::collections::BTreeSet;

use vv_crypto::make_bytes;

use super::core::{Account, Act, Standing, Terms};
use super::matter::Matter;
use super::record::{self, ASKED, MATTER, OWN_DONE, OWN_MATTER, OWN_OF, OWN_SECRETS, SAID};
use super::view::{find, own_id};
use crate::meetings::MeetingError;
use crate::meetings::home::{home_in, home_ops};
use crate::meetings::table;
use crate::pairings::home;
use crate::pairings::{Home, PairingError};
use crate::spaces::{Role, SpaceError, get_space};
use crate::store::op::{Change, Kind, Op, Value};
use crate::store::op_cbor::encode_value;
use crate::store::{Reader, Tx};

/// Bytes an answer may have.
const MAX_ANSWER: usize = 128 * 1024;

/// Seals an answer. Alone it is simply kept.
///
/// # Errors
/// [`MeetingError::IsSealed`] when one of the person's devices has sealed an answer already; [`PairingError::NotTwo`] while the
/// other is not there.
pub(crate) fn commit(tx: &mut Tx, home: Home, matter: &Matter, answer: &Value) -> Result<(), MeetingError> {
    let bytes = encode_value(answer);
    if bytes.len() > MAX_ANSWER {
        return Err(MeetingError::TooLong);
    }
    let nonce: [u8; 32] = make_bytes();
    let Home::Shared(space) = home else {
        let id = home.derive_of("sealed-alone/v1", &matter.encode());
        return keep(tx, home, id, matter, &nonce, &bytes);
    };
    let me = tx.core().account_id;
    let terms = terms_for(tx, home, matter)?;
    let object = terms.object();
    if let Some(found) = find(tx, home, matter)?
        && !matches!(found.terms.standings(&found.said)[&me], Standing::Waiting | Standing::Skipped)
    {
        return Err(MeetingError::IsSealed);
    }
    if tx.object(&own_id(&space.0, &object))?.is_some_and(|own| !own.elements(OWN_SECRETS).is_empty()) {
        return Err(MeetingError::IsSealed);
    }
    // First what opens it, in the journal; a commitment that nobody can open would be of no use.
    keep(tx, home, object, matter, &nonce, &bytes)?;
    let commitment = terms.commitment(&me, &nonce, &bytes);
    let at_ms = tx.now().timestamp_millis();
    say(tx, home, &terms, &Act::Commit { commitment, at_ms })?;
    // Perhaps the other was waiting for this one alone.
    reveal_if_due(tx, home, &terms)
}

/// Says that one does not answer this time. What others have sealed stays sealed then.
pub(crate) fn skip(tx: &mut Tx, home: Home, matter: &Matter) -> Result<(), MeetingError> {
    let Home::Shared(_) = home else {
        let id = home.derive_of("sealed-alone/v1", &matter.encode());
        return note_done(tx, home, id, matter);
    };
    let terms = terms_for(tx, home, matter)?;
    say(tx, home, &terms, &Act::Skip)
}

/// Reveals what is due, in every home: everybody who was asked has committed. Called after something was taken in.
pub fn keep_up(tx: &mut Tx) -> Result<(), MeetingError> {
    for (id, home_key) in table::waiting_seals(tx.sql())? {
        let Some(own) = tx.object(&id)? else { continue };
        let (Some(Home::Shared(space)), Some(object)) = (home_in(tx, &own), own.id(OWN_OF)) else { continue };
        debug_assert_eq!(space.0, home_key);
        let home = Home::Shared(space);
        let Some(found) = home.object(tx, &object, Kind::Sealed)? else { continue };
        let Some(terms) = record::terms_of(&found, space.0) else { continue };
        match reveal_if_due(tx, home, &terms) {
            Ok(()) => {}
            // Frozen, or waiting for keys: at the next chance.
            Err(MeetingError::Pairing(PairingError::Space(
                SpaceError::Frozen | SpaceError::WaitsForKeys | SpaceError::NotMember,
            ))) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Fixes who is asked: the two of the pairing. An object that is there already keeps whom it asks.
fn terms_for(tx: &Tx, home: Home, matter: &Matter) -> Result<Terms, MeetingError> {
    if let Some(found) = find(tx, home, matter)? {
        return Ok(found.terms);
    }
    let asked = the_two(tx, home)?;
    if asked.len() < 2 {
        return Err(PairingError::NotTwo.into());
    }
    Ok(Terms { space: home.key(), matter: matter.encode(), asked })
}

/// Lists the accounts of the two of a shared home.
pub(crate) fn the_two(reader: &Reader, home: Home) -> Result<BTreeSet<Account>, MeetingError> {
    let Home::Shared(space) = home else { return Ok(BTreeSet::new()) };
    let members = get_space(reader, space).map_err(PairingError::from)?.members;
    let two = members.into_iter().filter(|member| member.role == Role::Owner);
    Ok(two.map(|member| member.id.0).collect())
}

fn say(tx: &mut Tx, home: Home, terms: &Terms, act: &Act) -> Result<(), MeetingError> {
    let id = terms.object();
    let is_new = home.object(tx, &id, Kind::Sealed)?.is_none();
    let mut ops = Vec::new();
    if is_new {
        ops.push(Op::Set { field: MATTER, value: Value::Bytes(terms.matter.clone()) });
        ops.push(Op::Set { field: ASKED, value: record::asked_value(&terms.asked) });
    }
    ops.push(Op::Add { field: SAID, element: record::act_value(act) });
    Ok(home::commit(tx, home, id, is_new.then_some(Kind::Sealed), Vec::new(), ops)?)
}

fn reveal_if_due(tx: &mut Tx, home: Home, terms: &Terms) -> Result<(), MeetingError> {
    let (me, id) = (tx.core().account_id, terms.object());
    let own = own_id(&terms.space, &id);
    let Some(kept) = tx.object(&own)? else { return Ok(()) };
    let authored = home.read(tx, |reader| reader.authored(&id))?;
    let said = authored.map(|authored| record::said_of(&authored)).unwrap_or_default();
    if let Some(act) = terms.reveal(&me, &record::secrets_of(&kept), &said) {
        say(tx, home, terms, &act)?;
    }
    // Once both are open, no second commitment of another device can change anything.
    let authored = home.read(tx, |reader| reader.authored(&id))?;
    let said = authored.map(|authored| record::said_of(&authored)).unwrap_or_default();
    let all_open =
        terms.standings(&said).values().all(|standing| matches!(standing, Standing::Revealed { .. }));
    if all_open && kept.int(OWN_DONE) != Some(1) {
        tx.commit(Change { object: own, ops: vec![Op::Set { field: OWN_DONE, value: Value::Int(1) }] })?;
    }
    Ok(())
}

/// Keeps an answer with its random bytes in the journal.
fn keep(
    tx: &mut Tx,
    home: Home,
    object: [u8; 16],
    matter: &Matter,
    nonce: &[u8; 32],
    answer: &[u8],
) -> Result<(), MeetingError> {
    let id = own_id(&home.key(), &object);
    let kept = tx.object(&id)?;
    let mut ops = Vec::new();
    match &kept {
        None => ops.extend(begin(home, object, matter)),
        // Alone the latest is the one that is kept.
        Some(kept) if matches!(home, Home::Alone(_)) => {
            let earlier = kept.elements(OWN_SECRETS).iter().cloned();
            ops.extend(earlier.map(|element| Op::Remove { field: OWN_SECRETS, element }));
        }
        Some(_) => {}
    }
    ops.push(Op::Add { field: OWN_SECRETS, element: record::secret_value(nonce, answer) });
    tx.commit(Change { object: id, ops })?;
    Ok(())
}

/// Notes in the journal that nothing is answered to a matter, by somebody who tracks the pairing alone.
fn note_done(tx: &mut Tx, home: Home, object: [u8; 16], matter: &Matter) -> Result<(), MeetingError> {
    let id = own_id(&home.key(), &object);
    let mut ops = Vec::new();
    if tx.object(&id)?.is_none() {
        ops.extend(begin(home, object, matter));
    }
    ops.push(Op::Set { field: OWN_DONE, value: Value::Int(1) });
    tx.commit(Change { object: id, ops })?;
    Ok(())
}

fn begin(home: Home, object: [u8; 16], matter: &Matter) -> Vec<Op> {
    let mut ops = vec![Op::Create { kind: Kind::SealedOwn }];
    ops.extend(home_ops(home));
    ops.push(Op::Set { field: OWN_OF, value: Value::Bytes(object.to_vec()) });
    ops.push(Op::Set { field: OWN_MATTER, value: Value::Bytes(matter.encode()) });
    ops
}
