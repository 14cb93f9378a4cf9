//! Making a space: its genesis, its first keys, who made it, and its name.

use vv_crypto::{derive_epoch_id, make_bytes, make_epoch};
use vv_protocol::OpType;

use super::SpaceId;
use super::accounts::own_account;
use super::control::ControlOp;
use super::epochs::{Access, Holder, KeyRing, Recipient, mint_with};
use super::error::SpaceError;
use super::keys::say;
use super::membership::{History, SpaceKind};
use super::record::{Entry, enter};
use super::shared::POLICY_FULL_HISTORY;
use crate::identity::epochs;
use crate::identity::record::SpaceGenesis;
use crate::store::Tx;
use crate::store::hlc::clock_ms;
use crate::words::{line, some_line};

/// Makes a pairing or a circle that belongs to this person alone until others come.
///
/// A pairing may go without a name. `history` says how far back those read who come later, unless their invitation says
/// otherwise; `my_name` is how the person goes by there.
pub fn create_space(
    tx: &mut Tx,
    kind: SpaceKind,
    name: &str,
    my_name: &str,
    history: History,
) -> Result<SpaceId, SpaceError> {
    if kind == SpaceKind::Journal {
        return Err(SpaceError::NotAllowed);
    }
    let name = match kind {
        SpaceKind::Pairing => line(name, "name")?,
        _ => some_line(name, "name", "a circle needs a name")?,
    };
    let my_name = some_line(my_name, "my_name", "the others need a name to call you by")?;
    let core = tx.core().clone();
    let genesis = SpaceGenesis {
        kind: kind.number(),
        founder: core.account_id,
        policy: if history == History::Full { POLICY_FULL_HISTORY } else { 0 },
        nonce: make_bytes(),
        made_ms: clock_ms(tx.now()),
    }
    .encode();
    let space = vv_protocol::space_id(&genesis);
    let secret = core.account_secret()?;
    let holder = Holder {
        account: core.account_id,
        generation: secret.generation(),
        access: Access::ContentWithHistory,
    };
    let recipient = Recipient { holder, enc: secret.derive_account_enc().1 };
    let first = make_epoch();
    let (epoch, control) = (derive_epoch_id(&first.content, &space), first.control.clone());
    let entry = Entry {
        space,
        kind,
        first_epoch: epoch,
        control: &control,
        name: &name,
        my_name: &my_name,
        places: &[],
    };
    enter(tx, &entry)?;
    let founded = tx.write_control_op(&space, OpType::SpaceGenesis, genesis)?;
    let nothing = KeyRing::new(space);
    let op = mint_with(&first, &space, kind, &[recipient], &[], &[founded], &nothing);
    let sid = tx.place_in(&space, vv_protocol::CONTROL_STREAM)?.sid;
    epochs::put_keys(tx.sql(), sid, &space, &first)?;
    tx.write_control_op(&space, OpType::Epoch, op.encode())?;
    let account = own_account(tx)?;
    say(tx, &space, &ControlOp::ShareAccount(account))?;
    if !name.is_empty() {
        say(tx, &space, &ControlOp::Name { name })?;
    }
    let access = *core.account_secret()?.derive_space_access(&space).verifying_key().as_bytes();
    say(tx, &space, &ControlOp::Access { key: access })?;
    say(tx, &space, &ControlOp::MemberName { name: my_name })?;
    Ok(SpaceId(space))
}
