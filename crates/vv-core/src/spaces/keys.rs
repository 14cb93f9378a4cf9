//! Making new keys where they are due, and giving newcomers what they lack.

use super::SpaceId;
use super::control::ControlOp;
use super::epochs::{Writing, may_write_content, mint, missing_shares};
use super::error::SpaceError;
use super::settle::settle;
use super::shared::Shared;
use crate::store::hlc::clock_ms;
use crate::store::{StoreError, Tx};

/// How many wraps go into one record.
const SHARES_IN_ONE: usize = 400;

/// Reads a shared space.
pub(super) fn load(tx: &Tx, space: &[u8; 16]) -> Result<Shared, SpaceError> {
    let core = tx.core().clone();
    let keys = core.keyring.space(space).filter(|keys| keys.is_shared()).ok_or(SpaceError::NotFound)?;
    Ok(Shared::load(tx.sql(), keys)?)
}

/// Writes an operation into the control stream and lets it take effect.
pub(super) fn say(tx: &mut Tx, space: &[u8; 16], op: &ControlOp) -> Result<[u8; 32], StoreError> {
    let hash = tx.write_control_op(space, op.kind(), op.encode())?;
    let sid = tx.place_in(space, vv_protocol::CONTROL_STREAM)?.sid;
    settle(tx, sid)?;
    tx.renew_keys()?;
    Ok(hash)
}

/// Gives operations as another names them for its parents.
pub(super) fn sorted(mut heads: Vec<[u8; 32]>) -> Vec<[u8; 32]> {
    heads.sort_unstable();
    heads
}

/// Makes sure that one may write in a space, with new keys where they are due. Comes before every change of its content.
pub fn ready_to_write(tx: &mut Tx, space: SpaceId) -> Result<(), SpaceError> {
    let space = &space.0;
    let shared = load(tx, space)?;
    let core = tx.core().clone();
    match shared.writing(tx.sql(), &core, clock_ms(tx.now()))? {
        Writing::In(_) => Ok(()),
        Writing::AfterMinting { parents } => {
            let recipients = shared.recipients(tx.sql())?.ok_or(SpaceError::WaitsForKeys)?;
            let kind = shared.now.kind.ok_or(SpaceError::NotFound)?;
            let ring = shared.ring(tx.sql())?;
            let parents: Vec<_> = parents
                .iter()
                .filter_map(|parent| shared.epochs.find(parent))
                .map(|record| &record.op)
                .collect();
            let (op, _) = mint(space, kind, &recipients, &parents, &shared.now.heads, &ring);
            tx.write_control_op(space, vv_protocol::OpType::Epoch, op.encode())?;
            settle(tx, shared.sid)?;
            tx.renew_keys()?;
            share_missing(tx, &load(tx, space)?)
        }
        Writing::Waiting => Err(SpaceError::WaitsForKeys),
        Writing::Closed if shared.now.frozen => Err(SpaceError::Frozen),
        Writing::Closed => Err(SpaceError::NotMember),
    }
}

/// Makes new keys at once where one may; where one may not, another member's device will.
pub(super) fn renew_if_possible(tx: &mut Tx, space: &[u8; 16]) -> Result<(), SpaceError> {
    match ready_to_write(tx, SpaceId(*space)) {
        Err(SpaceError::WaitsForKeys | SpaceError::Frozen | SpaceError::NotMember) => Ok(()),
        other => other,
    }
}

/// Gives to members what they lack of earlier epochs, as far as it is here.
pub(super) fn share_missing(tx: &mut Tx, shared: &Shared) -> Result<(), SpaceError> {
    let space = &shared.id;
    let may = shared.now.role(&tx.core().account_id).is_some_and(may_write_content);
    let Some(recipients) = shared.recipients(tx.sql())?.filter(|_| may && !shared.now.frozen) else {
        return Ok(());
    };
    let missing = missing_shares(space, &shared.epochs, &shared.ring(tx.sql())?, &recipients);
    for part in missing.chunks(SHARES_IN_ONE) {
        say(tx, space, &ControlOp::ShareEpochs(part.to_vec()))?;
    }
    Ok(())
}
