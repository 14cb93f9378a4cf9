//! Taking in the operations of a shared space, each as its record comes.

use vv_crypto::{EncSecret, EpochGrant, EpochWrapPlace, derive_epoch_id, unwrap_epoch};
use vv_protocol::OpType;

use super::accounts::adopt_account;
use super::control::{ControlOp, genesis_op};
use super::shared::Shared;
use super::table;
use crate::identity::epochs;
use crate::identity::record::{EpochOp, account_tag};
use crate::store::inner::Inner;
use crate::store::keyring::SpaceKeys;
use crate::store::merge::Source;
use crate::store::topics::Topic;
use crate::store::unlocked::Unlocked;
use crate::store::{StoreError, Tx, standing};

const MALFORMED: StoreError = StoreError::BadRecord("an operation is malformed");

/// Merges an operation of the control stream of a shared space.
pub(crate) fn merge(tx: &mut Tx, source: &Source, kind: OpType, body: &[u8]) -> Result<(), StoreError> {
    let core = tx.core().clone();
    let space = core.keyring.space_of(source.sid).ok_or(StoreError::NotFound)?;
    let author = standing::account_of(tx.sql(), &source.device)?
        .ok_or(StoreError::BadRecord("its device belongs to nobody who is known"))?;
    let hash = source.record.ok_or(StoreError::Damaged)?;
    match kind {
        OpType::SpaceGenesis => {
            genesis_op(hash, &author, &space.id, body)
                .ok_or(StoreError::BadRecord("it founds another space"))?;
        }
        OpType::Epoch => epochs::put(tx.sql(), source.sid, body)?,
        _ => {
            let op = ControlOp::decode(kind, body).map_err(|_| MALFORMED)?.ok_or(MALFORMED)?;
            if let ControlOp::ShareAccount(shared) = op
                && source.has_log
            {
                take_account(tx, &core, &shared.account, &shared.key, shared.records)?;
            }
        }
    }
    table::put_op(tx.sql(), source.sid, &hash, &author, (&source.feed, source.hlc), kind, body)?;
    let shared = Shared::load(tx.sql(), space)?;
    table::put_members(tx.sql(), source.sid, &shared.now)?;
    if source.has_log {
        tx.unsettled.insert(source.sid);
        tx.publish(Topic::Spaces);
    }
    Ok(())
}

/// Remembers an account whose log is shown, and hands its records on.
fn take_account(
    tx: &mut Tx,
    core: &Unlocked,
    account: &[u8; 32],
    key: &[u8; 32],
    records: Vec<Vec<u8>>,
) -> Result<(), StoreError> {
    if *account != core.account_id {
        adopt_account(tx, account, key)?;
        tx.arriving.extend(records);
    }
    Ok(())
}

/// Looks at an operation whose record has to wait for its place: keys and accounts in it prove themselves, and what waits may
/// wait for just these. Tells whether anything was learned.
pub(crate) fn glimpse(tx: &mut Tx, space: &SpaceKeys, inner: &Inner) -> Result<bool, StoreError> {
    let core = tx.core().clone();
    let tag = account_tag(&space.id, &core.account_id);
    let Some(kind) = OpType::from_number(inner.kind) else { return Ok(false) };
    if kind == OpType::Epoch {
        let Ok(op) = EpochOp::decode(&inner.body) else { return Ok(false) };
        let own = op.wraps.iter().find(|(to, ..)| *to == tag);
        return match own {
            Some((_, generation, wrap)) => take_wrap(tx, space, &op.epoch, *generation, wrap),
            None => Ok(false),
        };
    }
    match ControlOp::decode(kind, &inner.body) {
        Ok(Some(ControlOp::ShareEpochs(shares))) => {
            let mut learned = false;
            for share in shares.iter().filter(|share| share.tag == tag) {
                learned |= take_wrap(tx, space, &share.epoch, share.generation, &share.wrap)?;
            }
            Ok(learned)
        }
        Ok(Some(ControlOp::ShareAccount(shared))) => {
            let is_new = table::account_log(tx.sql(), &shared.account)?.is_none();
            if is_new {
                take_account(tx, &core, &shared.account, &shared.key, shared.records)?;
            }
            Ok(is_new)
        }
        _ => Ok(false),
    }
}

fn take_wrap(
    tx: &mut Tx,
    space: &SpaceKeys,
    epoch: &[u8; 32],
    generation: u32,
    wrap: &[u8],
) -> Result<bool, StoreError> {
    let core = tx.core().clone();
    let has_control =
        |held: &crate::store::keyring::HeldEpoch| held.epoch == *epoch && held.control.is_some();
    if epochs::held(tx.sql(), space.sid)?.iter().any(has_control) {
        return Ok(false);
    }
    let place =
        EpochWrapPlace { space_id: space.id, epoch_id: *epoch, account_id: core.account_id, generation };
    let grant =
        secrets_of(&core, generation).iter().find_map(|secret| unwrap_epoch(secret, &place, wrap).ok());
    let Some(control) = grant.as_ref().and_then(|grant| grant.control.clone()) else { return Ok(false) };
    // A key is named by an id that follows from it, so one that is not what it says opens nothing.
    let grant = EpochGrant { control: Some(control.clone()), ..EpochGrant::default() };
    epochs::put_grant(tx.sql(), space.sid, epoch, &derive_epoch_id(&control, &space.id), &grant)?;
    tx.keys_changed();
    Ok(true)
}

/// Gives the keys of this person's account of one generation.
pub(super) fn secrets_of(core: &Unlocked, generation: u32) -> Vec<EncSecret> {
    let fitting = core.account_secrets.iter().filter(|secret| secret.generation() == generation);
    fitting.map(|secret| secret.derive_account_enc().0).collect()
}
