//! Spaces, who has access to them, their notes and the vouchers that made them.

use deadpool_postgres::Object;
use tokio_postgres::Row;
use vv_protocol::wire::{AccessClaim, KeyRights, Rights, SpaceHeads, StreamHead};

use super::Core;
use super::connect::{fixed, number, signed};
use crate::store::{AccessKey, Caller, Made, NewSpace, Outcome, SpaceId, StoreError};

/// Reads rights from a row.
pub(super) fn rights_of(row: &Row, column: usize) -> Outcome<Rights> {
    let bits: i16 = row.try_get(column)?;
    Ok(u64::try_from(bits).ok().and_then(Rights::from_bits).unwrap_or(Rights::NONE))
}

/// Gives what a key may do.
pub async fn rights(client: &Object, caller: Caller) -> Outcome<Rights> {
    let select = client.prepare_cached("SELECT rights FROM access WHERE space = $1 AND key = $2").await?;
    let (space, key) = (caller.space.as_slice(), caller.key.as_slice());
    client.query_opt(&select, &[&space, &key]).await?.map_or(Ok(Rights::NONE), |row| rights_of(&row, 0))
}

/// Refuses a key that lacks a right.
pub async fn need(client: &Object, caller: Caller, right: Rights) -> Outcome<()> {
    if rights(client, caller).await?.allow(right) { Ok(()) } else { Err(StoreError::Forbidden) }
}

pub async fn make(core: &Core, new: &NewSpace) -> Outcome<Made> {
    let mut client = core.pool.get().await?;
    let tx = client.transaction().await?;
    let made = tx
        .execute(
            "INSERT INTO space (id, quota) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            &[&new.space.as_slice(), &signed(new.quota)],
        )
        .await?;
    if made == 0 {
        tx.rollback().await?;
        let by = Caller { space: new.space, key: new.by };
        let is_own = rights(&client, by).await?.allow(Rights::ADMIN);
        return if is_own { Ok(Made::Before) } else { Err(StoreError::Exists) };
    }
    if let Some(voucher) = new.voucher {
        let spent = tx
            .execute(
                "INSERT INTO voucher (hash, times, expires) VALUES ($1, 1, $3)
                 ON CONFLICT (hash) DO UPDATE SET times = voucher.times + 1 WHERE voucher.times < $2",
                &[&voucher.hash.as_slice(), &i64::from(voucher.uses), &signed(voucher.expires)],
            )
            .await?;
        if spent == 0 {
            return Err(StoreError::VoucherSpent);
        }
    }
    for KeyRights { key, rights } in &new.keys {
        let add = "INSERT INTO access (space, key, rights) VALUES ($1, $2, $3)";
        tx.execute(add, &[&new.space.as_slice(), &key.as_slice(), &i16::from(rights.bits())]).await?;
    }
    tx.commit().await?;
    Ok(Made::Now)
}

/// Changes who has access in a transaction that is open, and gives the new number of the list.
pub async fn change_access(client: &Object, by: AccessKey, claim: &AccessClaim) -> Outcome<u64> {
    let space = claim.space.as_slice();
    let row = client
        .query_opt("SELECT access_version FROM space WHERE id = $1 FOR UPDATE", &[&space])
        .await?
        .ok_or(StoreError::Forbidden)?;
    // After the lock, so that nobody changes who may between asking and acting.
    need(client, Caller { space: claim.space, key: by }, Rights::ADMIN).await?;
    let is = number(&row, 0)?;
    if is != claim.version {
        return Err(StoreError::Stale { is });
    }
    set_keys(client, claim.space, &claim.keys).await?;
    let administered = "SELECT 1 FROM access WHERE space = $1 AND rights & 4 = 4 LIMIT 1";
    if client.query_opt(administered, &[&space]).await?.is_none() {
        return Err(StoreError::NobodyLeft);
    }
    client.execute("UPDATE space SET access_version = $2 WHERE id = $1", &[&space, &signed(is + 1)]).await?;
    Ok(is + 1)
}

pub(super) async fn set_keys(client: &Object, space: SpaceId, keys: &[KeyRights]) -> Outcome<()> {
    let space = space.as_slice();
    for KeyRights { key, rights } in keys {
        let key = key.as_slice();
        match *rights {
            Rights::NONE => {
                client.execute("DELETE FROM access WHERE space = $1 AND key = $2", &[&space, &key]).await?
            }
            rights => {
                let set = "INSERT INTO access (space, key, rights) VALUES ($1, $2, $3)
                           ON CONFLICT (space, key) DO UPDATE SET rights = excluded.rights";
                client.execute(set, &[&space, &key, &i16::from(rights.bits())]).await?
            }
        };
    }
    Ok(())
}

/// Changes who has access in a transaction of its own.
pub async fn change_access_alone(core: &Core, by: AccessKey, claim: AccessClaim) -> Outcome<u64> {
    let client = core.pool.get().await?;
    // In a task of its own: whoever asked may go away in the middle, the transaction must not.
    let work = async move {
        client.batch_execute("BEGIN").await?;
        let outcome = change_access(&client, by, &claim).await;
        let end = if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" };
        if let Err(error) = client.batch_execute(end).await {
            drop(Object::take(client));
            return Err(error.into());
        }
        outcome
    };
    tokio::spawn(work).await.map_err(|error| StoreError::Unavailable(error.to_string()))?
}

pub async fn heads(core: &Core, caller: Caller) -> Outcome<SpaceHeads> {
    let client = core.pool.get().await?;
    need(&client, caller, Rights::READ).await?;
    let space = caller.space.as_slice();
    let select = client
        .prepare_cached("SELECT stream, log, head, chain FROM stream WHERE space = $1 ORDER BY stream")
        .await?;
    let rows = client.query(&select, &[&space]).await?;
    let streams = rows
        .iter()
        .map(|row| {
            Ok(StreamHead {
                stream: u32::try_from(number(row, 0)?)
                    .map_err(|_| StoreError::Damaged("a stream's number"))?,
                log_id: fixed(row, 1)?,
                head: number(row, 2)?,
                chain: fixed(row, 3)?,
            })
        })
        .collect::<Outcome<_>>()?;
    let select = client
        .prepare_cached(
            "SELECT used, quota, access_version, coalesce((SELECT version FROM note WHERE space = id), 0)
             FROM space WHERE id = $1",
        )
        .await?;
    let row = client.query_opt(&select, &[&space]).await?.ok_or(StoreError::Forbidden)?;
    Ok(SpaceHeads {
        streams,
        note_version: number(&row, 3)?,
        access_version: number(&row, 2)?,
        used: number(&row, 0)?,
        quota: number(&row, 1)?,
    })
}

/// Gives the note with its version.
pub(super) async fn read_note(client: &Object, space: SpaceId) -> Outcome<(u64, Vec<u8>)> {
    match client.query_opt("SELECT version, body FROM note WHERE space = $1", &[&space.as_slice()]).await? {
        Some(row) => Ok((number(&row, 0)?, row.try_get(1)?)),
        None => Ok((0, Vec::new())),
    }
}

pub async fn note(core: &Core, caller: Caller) -> Outcome<(u64, Vec<u8>)> {
    let client = core.pool.get().await?;
    need(&client, caller, Rights::READ).await?;
    read_note(&client, caller.space).await
}

pub async fn put_note(core: &Core, caller: Caller, replaces: u64, body: &[u8]) -> Outcome<u64> {
    let client = core.pool.get().await?;
    need(&client, caller, Rights::WRITE).await?;
    let space = caller.space.as_slice();
    let written = if replaces == 0 {
        let first = "INSERT INTO note (space, version, body) VALUES ($1, 1, $2) ON CONFLICT DO NOTHING";
        client.execute(first, &[&space, &body]).await?
    } else {
        let next = "UPDATE note SET version = version + 1, body = $3 WHERE space = $1 AND version = $2";
        client.execute(next, &[&space, &signed(replaces), &body]).await?
    };
    if written == 1 {
        return Ok(replaces + 1);
    }
    let (is, before) = read_note(&client, caller.space).await?;
    // The same note once more: the answer was lost.
    if is == replaces + 1 && before == body { Ok(is) } else { Err(StoreError::Stale { is }) }
}
