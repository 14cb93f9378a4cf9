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
        for record in log.epochs() {
            let epoch = record.op.epoch;
            let Some(held) = ring.grant(&epoch) else { continue };
            let has = log.access_to(space, &epoch, &holder.account);
            let has_control = has.is_some() || !log.shares(&epoch, &tag).is_empty();
            let grant = match holder.access {
                Access::ContentWithHistory if has.is_none_or(|has| has > Access::Content) => held.clone(),
                _ if !has_control => EpochGrant { control: held.control.clone(), ..EpochGrant::default() },
                _ => continue,
            };
            // One may hold no more of it than the other has.
            if grant == EpochGrant::default() || has_control && grant.content.is_none() {
                continue;
            }
            let (account_id, generation) = (holder.account, holder.generation);
            let place = EpochWrapPlace { space_id: *space, epoch_id: epoch, account_id, generation };
            shares.push(SharedEpoch { epoch, tag, generation, wrap: wrap_epoch(enc, &place, &grant) });
        }
    }
    shares
}
