//! What follows from a control stream for this device: the keys it holds, the epoch it writes in, and up to where others'
//! feeds count.

use std::collections::BTreeMap;

use vv_protocol::CONTROL_STREAM;

use super::epochs::Writing;
use super::merge::secrets_of;
use super::shared::Shared;
use crate::identity::epochs;
use crate::store::hlc::clock_ms;
use crate::store::log::{self, FeedRow};
use crate::store::topics::Topic;
use crate::store::{StoreError, Tx, cutting, standing};

/// Settles every shared space of which something changed; tells whether there was one.
pub(crate) fn settle_all(tx: &mut Tx) -> Result<bool, StoreError> {
    let mut settled = false;
    while let Some(sid) = tx.unsettled.pop_first() {
        settle(tx, sid)?;
        settled = true;
    }
    Ok(settled)
}

/// Brings keys, writing and limits in line with the control stream.
pub(super) fn settle(tx: &mut Tx, sid: i64) -> Result<(), StoreError> {
    tx.renew_keys()?;
    let core = tx.core().clone();
    let Some(space) = core.keyring.space_of(sid).filter(|space| space.is_shared()) else { return Ok(()) };
    let shared = Shared::load(tx.sql(), space)?;
    let mut ring = shared.ring(tx.sql())?;
    ring.open_all(&shared.epochs, &core.account_id, &|generation| secrets_of(&core, generation));
    for (epoch, grant) in ring.grants() {
        if let Some(record) = shared.epochs.find(epoch) {
            epochs::put_grant(tx.sql(), sid, epoch, &record.op.control, grant)?;
        }
    }
    match shared.writing(tx.sql(), &core, clock_ms(tx.now()))? {
        Writing::In(epoch) => epochs::use_epoch(tx.sql(), sid, &epoch)?,
        _ => epochs::use_none(tx.sql(), sid)?,
    }
    tx.keys_changed();
    limit_feeds(tx, &shared)?;
    tx.publish(Topic::Spaces);
    Ok(())
}

fn limit_feeds(tx: &mut Tx, shared: &Shared) -> Result<(), StoreError> {
    let mut accounts = BTreeMap::new();
    for feed in log::list_feeds(tx.sql())? {
        if feed.sid != shared.sid || feed.head.stream == CONTROL_STREAM {
            continue;
        }
        let account = match accounts.get(&feed.device) {
            Some(account) => *account,
            None => {
                let account = standing::account_of(tx.sql(), &feed.device)?;
                accounts.insert(feed.device, account);
                account
            }
        };
        let Some(account) = account else { continue };
        let limit = shared.limit(&account, &feed.head.feed);
        cutting::limit_feed(tx, &feed, limit)?;
    }
    Ok(())
}

/// Sets up to where a feed counts that has just begun in a shared space.
pub(crate) fn limit_new(tx: &mut Tx, feed: &FeedRow) -> Result<(), StoreError> {
    let core = tx.core().clone();
    let Some(space) = core.keyring.space_of(feed.sid) else { return Ok(()) };
    let Some(account) = standing::account_of(tx.sql(), &feed.device)? else { return Ok(()) };
    if feed.head.stream == CONTROL_STREAM {
        return Ok(());
    }
    let shared = Shared::load(tx.sql(), space)?;
    cutting::limit_feed(tx, feed, shared.limit(&account, &feed.head.feed))
}
