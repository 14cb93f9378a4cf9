//! Spaces, who has access to them, their notes and the vouchers that made them.

use rusqlite::{Connection, OptionalExtension};
use vv_protocol::wire::{AccessClaim, KeyRights, Rights, SpaceHeads, StreamHead};

use crate::store::{AccessKey, Caller, Made, NewSpace, Outcome, SpaceId, StoreError};

/// Gives what a key may do.
pub fn rights(sql: &Connection, caller: Caller) -> Outcome<Rights> {
    let bits: Option<u64> = sql
        .prepare_cached("SELECT rights FROM access WHERE space = ?1 AND key = ?2")?
        .query_row((caller.space, caller.key), |row| row.get(0))
        .optional()?;
    Ok(bits.and_then(Rights::from_bits).unwrap_or(Rights::NONE))
}

/// Refuses a key that lacks a right.
pub fn need(sql: &Connection, caller: Caller, right: Rights) -> Outcome<()> {
    if rights(sql, caller)?.allow(right) { Ok(()) } else { Err(StoreError::Forbidden) }
}

pub fn make(sql: &Connection, new: &NewSpace) -> Outcome<Made> {
    let there = sql.prepare_cached("SELECT 1 FROM space WHERE id = ?1")?.exists([new.space])?;
    if there {
        let by = Caller { space: new.space, key: new.by };
        return if rights(sql, by)?.allow(Rights::ADMIN) {
            Ok(Made::Before)
        } else {
            Err(StoreError::Exists)
        };
    }
    if let Some(voucher) = new.voucher {
        let spent = "INSERT INTO voucher (hash, times, expires) VALUES (?1, 1, ?3)
                     ON CONFLICT (hash) DO UPDATE SET times = times + 1 WHERE times < ?2";
        if sql.prepare_cached(spent)?.execute((voucher.hash, voucher.uses, voucher.expires))? == 0 {
            return Err(StoreError::VoucherSpent);
        }
    }
    sql.prepare_cached("INSERT INTO space (id, quota) VALUES (?1, ?2)")?.execute((new.space, new.quota))?;
    set_keys(sql, new.space, &new.keys)?;
    Ok(Made::Now)
}

/// Changes who has access and gives the new number of the list.
pub fn change_access(sql: &Connection, by: AccessKey, claim: &AccessClaim) -> Outcome<u64> {
    need(sql, Caller { space: claim.space, key: by }, Rights::ADMIN)?;
    let is = access_version(sql, claim.space)?;
    if is != claim.version {
        return Err(StoreError::Stale { is });
    }
    set_keys(sql, claim.space, &claim.keys)?;
    let administered = sql
        .prepare_cached("SELECT 1 FROM access WHERE space = ?1 AND rights & 4 = 4")?
        .exists([claim.space])?;
    if !administered {
        return Err(StoreError::NobodyLeft);
    }
    sql.prepare_cached("UPDATE space SET access_version = ?2 WHERE id = ?1")?
        .execute((claim.space, is + 1))?;
    Ok(is + 1)
}

pub fn access_version(sql: &Connection, space: SpaceId) -> Outcome<u64> {
    Ok(sql
        .prepare_cached("SELECT access_version FROM space WHERE id = ?1")?
        .query_row([space], |row| row.get(0))?)
}

pub fn set_keys(sql: &Connection, space: SpaceId, keys: &[KeyRights]) -> Outcome<()> {
    for KeyRights { key, rights } in keys {
        match *rights {
            Rights::NONE => sql
                .prepare_cached("DELETE FROM access WHERE space = ?1 AND key = ?2")?
                .execute((space, key))?,
            rights => sql
                .prepare_cached("INSERT OR REPLACE INTO access (space, key, rights) VALUES (?1, ?2, ?3)")?
                .execute((space, key, rights.bits()))?,
        };
    }
    Ok(())
}

pub fn heads(sql: &Connection, caller: Caller) -> Outcome<SpaceHeads> {
    need(sql, caller, Rights::READ)?;
    let streams = sql
        .prepare_cached("SELECT stream, log, head, chain FROM stream WHERE space = ?1 ORDER BY stream")?
        .query_map([caller.space], |row| {
            Ok(StreamHead { stream: row.get(0)?, log_id: row.get(1)?, head: row.get(2)?, chain: row.get(3)? })
        })?
        .collect::<Result<_, _>>()?;
    let (used, quota, access_version) = sql
        .prepare_cached("SELECT used, quota, access_version FROM space WHERE id = ?1")?
        .query_row([caller.space], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(SpaceHeads { streams, note_version: note(sql, caller.space)?.0, access_version, used, quota })
}

/// Gives the note with its version.
pub fn note(sql: &Connection, space: SpaceId) -> Outcome<(u64, Vec<u8>)> {
    let note = sql
        .prepare_cached("SELECT version, body FROM note WHERE space = ?1")?
        .query_row([space], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(note.unwrap_or_default())
}

pub fn put_note(sql: &Connection, caller: Caller, replaces: u64, body: &[u8]) -> Outcome<u64> {
    need(sql, caller, Rights::WRITE)?;
    let (is, before) = note(sql, caller.space)?;
    // The same note once more: the answer was lost.
    if is == replaces + 1 && before == body {
        return Ok(is);
    }
    if is != replaces {
        return Err(StoreError::Stale { is });
    }
    sql.prepare_cached("INSERT OR REPLACE INTO note (space, version, body) VALUES (?1, ?2, ?3)")?
        .execute((caller.space, is + 1, body))?;
    Ok(is + 1)
}
