//! “Rule”: anybody in a meeting may call it, to all or to the facilitator alone. Whoever calls decides.
//!
//! What is for the facilitator alone stands in the process stream, which they read, sealed to their key: the other of the two sees
//! nothing of what it says, and no screen shows that it is there.

use vv_crypto::{open_from, seal_to};

use super::error::MeetingError;
use super::model::{CallTo, RuleCall};
use super::read::get_meeting;
use super::record::CALLS;
use crate::ids::MeetingId;
use crate::journal::record::instant_of;
use crate::pairings::{Home, Who, home};
use crate::spaces::{self, Role, get_space};
use crate::store::authors::Authored;
use crate::store::op::{Op, Value};
use crate::store::op_cbor::{decode_value, encode_value};
use crate::store::{Reader, Tx};
use crate::words::{line, paragraphs};

const CONTEXT: &[u8] = b"vice-versa rule-call/v1";

/// Calls a rule. Which one and why can stay unsaid.
///
/// # Errors
/// [`MeetingError::NoFacilitator`] when it is for the facilitator and nobody is seated, or their key is not here yet.
pub fn call_rule(
    tx: &mut Tx,
    home: Home,
    id: MeetingId,
    to: CallTo,
    rule: &str,
    words: &str,
) -> Result<(), MeetingError> {
    get_meeting(tx, home, id, "en")?;
    let call = Value::List(vec![
        Value::Int(tx.now().timestamp_millis()),
        Value::Text(line(rule, "rule")?),
        Value::Text(paragraphs(words, "words")?),
    ]);
    let element = match to {
        CallTo::All => call,
        CallTo::Facilitator => {
            let Home::Shared(space) = home else { return Err(MeetingError::NoFacilitator) };
            let members = get_space(tx, space)?.members;
            let facilitator = members.into_iter().find(|member| member.role == Role::Facilitator);
            let account = facilitator.ok_or(MeetingError::NoFacilitator)?.id.0;
            let key = spaces::enc_of(tx, &account)?.ok_or(MeetingError::NoFacilitator)?;
            Value::List(vec![
                Value::Bytes(account.to_vec()),
                Value::Bytes(seal_to(&key, CONTEXT, &padded(&call))),
            ])
        }
    };
    let op = vec![Op::Add { field: CALLS, element }];
    let (process, content) = if to == CallTo::All { (vec![], op) } else { (op, vec![]) };
    Ok(home::commit(tx, home, *id.as_bytes(), None, process, content)?)
}

/// Lists the calls that the person may read, in the order of their times.
pub(super) fn calls_of(
    reader: &Reader,
    home: Home,
    authored: &Authored,
) -> Result<Vec<RuleCall>, MeetingError> {
    let me = reader.core().account_id;
    let mut found = Vec::new();
    for act in authored.acts(CALLS) {
        let (call, to) = match act.value.as_list() {
            Some([Value::Bytes(account), Value::Bytes(sealed)]) => {
                if account[..] != me[..] {
                    continue;
                }
                let opened = spaces::open_mine(reader, |secret| open_from(secret, CONTEXT, sealed).ok())?;
                let Some(call) = opened.and_then(|bytes| decode_value(unpadded(&bytes)?).ok()) else {
                    continue;
                };
                (call, CallTo::Facilitator)
            }
            _ => (act.value.clone(), CallTo::All),
        };
        let Some([Value::Int(at), Value::Text(rule), Value::Text(words)]) = call.as_list() else { continue };
        let by = match (act.author, home) {
            (Some(author), _) if author == me => Who::Me,
            (Some(author), Home::Shared(space)) => {
                let members = get_space(reader, space)?.members;
                match members.iter().find(|member| member.id.0 == author).map(|member| member.role) {
                    Some(Role::Facilitator) => Who::Facilitator,
                    Some(_) => Who::Other,
                    None => Who::Unknown,
                }
            }
            _ => Who::Unknown,
        };
        found.push(RuleCall { by, to, at: instant_of(*at), rule: rule.clone(), words: words.clone() });
    }
    found.sort_by_key(|call| call.at);
    Ok(found)
}

/// Makes every sealed call of one of few lengths, so that its length says little.
fn padded(call: &Value) -> Vec<u8> {
    let bytes = encode_value(call);
    let whole = (bytes.len() + 4).next_multiple_of(1_024);
    let mut out = u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes().to_vec();
    out.extend(bytes);
    out.resize(whole, 0);
    out
}

fn unpadded(bytes: &[u8]) -> Option<&[u8]> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.get(..u32::from_le_bytes(*length) as usize)
}
