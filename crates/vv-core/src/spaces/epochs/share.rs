//! What those who came later still lack of the epochs before them.
//!
//! Everybody must read the whole membership log, or they could not judge it; who reads history must have what they wrote
//! in. Most of that lies behind the epoch of joining; what does not is given epoch by epoch.

use vv_crypto::{EpochGrant, EpochWrapPlace, wrap_epoch};

use super::holders::Access;
use super::log::EpochLog;
use super::mint::Recipient;
use super::ring::KeyRing;
use crate::identity::record::account_tag;
use crate::spaces::control::SharedEpoch;

/// Makes what is missing, as far as one holds it oneself.
pub(crate) fn missing_shares(
    space: &[u8; 16],
    log: &EpochLog,
    ring: &KeyRing,
    recipients: &[Recipient],
) -> Vec<SharedEpoch> {
    let mut shares = Vec::new();
    for Recipient { holder, enc } in recipients {
        let tag = account_tag(space, &holder.account);
        let reach = log.reach(space, &holder.account);
        for record in log.epochs() {
            let epoch = record.op.epoch;
            let Some(held) = ring.grant(&epoch) else { continue };
            let has = reach.get(&epoch);
            let lacks_history = holder.access == Access::ContentWithHistory
                && held.content.is_some()
                && has.is_none_or(|has| *has > Access::Content);
            // What lies behind later epochs is found once these have their place in the log, and to find that place takes
            // every control key; so those are given outright.
            let grant = if lacks_history {
                held.clone()
            } else if !log.is_given(space, &epoch, &holder.account) && held.control.is_some() {
                EpochGrant { control: held.control.clone(), ..EpochGrant::default() }
            } else {
                continue;
            };
            let (account_id, generation) = (holder.account, holder.generation);
            let place = EpochWrapPlace { space_id: *space, epoch_id: epoch, account_id, generation };
            shares.push(SharedEpoch { epoch, tag, generation, wrap: wrap_epoch(enc, &place, &grant) });
        }
    }
    shares
}
