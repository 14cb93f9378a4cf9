//! The rows of shared spaces: operations and members as they follow from the log, and what this computer alone knows.

use rusqlite::{Connection, OptionalExtension, params};
use vv_protocol::OpType;

use super::membership::{AccountId, Membership, OpId};
use crate::store::StoreError;
use crate::store::hlc::{Hlc, from_sql, to_sql};

/// Is a row of `space_op`.
pub(super) struct OpRow {
    pub hash: OpId,
    pub author: AccountId,
    pub feed: [u8; 16],
    pub hlc: Hlc,
    pub kind: u64,
    pub body: Vec<u8>,
}

pub(super) fn put_op(
    sql: &Connection,
    sid: i64,
    hash: &OpId,
    author: &AccountId,
    (feed, hlc): (&[u8; 16], Hlc),
    kind: OpType,
    body: &[u8],
) -> Result<(), StoreError> {
    sql.prepare_cached(
        "INSERT OR IGNORE INTO space_op (space, hash, author, feed, hlc, type, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![sid, hash, author, feed, to_sql(hlc), kind.number(), body])?;
    Ok(())
}

/// Forgets an operation whose record has gone from its place.
pub(crate) fn forget_op(sql: &Connection, sid: i64, hash: &OpId) -> Result<(), StoreError> {
    sql.prepare_cached("DELETE FROM space_op WHERE space = ?1 AND hash = ?2")?.execute(params![sid, hash])?;
    Ok(())
}

pub(super) fn list_ops(sql: &Connection, sid: i64) -> Result<Vec<OpRow>, StoreError> {
    Ok(sql
        .prepare_cached(
            "SELECT hash, author, feed, hlc, type, body FROM space_op WHERE space = ?1 ORDER BY hash",
        )?
        .query_map([sid], |row| {
            Ok(OpRow {
                hash: row.get(0)?,
                author: row.get(1)?,
                feed: row.get(2)?,
                hlc: from_sql(row.get(3)?),
                kind: row.get(4)?,
                body: row.get(5)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Writes down who belongs to a space.
pub(super) fn put_members(sql: &Connection, sid: i64, now: &Membership) -> Result<(), StoreError> {
    sql.prepare_cached("DELETE FROM member WHERE space = ?1")?.execute([sid])?;
    for (account, member) in &now.members {
        sql.prepare_cached("INSERT INTO member (space, account, role, history) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![sid, account, member.role.number(), member.history.number()])?;
    }
    Ok(())
}

/// Finds the newest key of an account, to which new keys are wrapped, and its generation.
pub(super) fn account_key(
    sql: &Connection,
    account: &AccountId,
) -> Result<Option<(u32, [u8; 32])>, StoreError> {
    Ok(sql
        .prepare_cached(
            "SELECT k.generation, k.public FROM account a JOIN account_key k ON k.space = a.space
             WHERE a.id = ?1 AND k.current = 1",
        )?
        .query_row([account], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Finds the number and the key of an account's log.
pub(super) fn account_log(
    sql: &Connection,
    account: &AccountId,
) -> Result<Option<(i64, [u8; 32])>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT space, log_key FROM account WHERE id = ?1")?
        .query_row([account], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Writes down another key of an account's log.
pub(super) fn put_log_key(sql: &Connection, sid: i64, key: &[u8; 32]) -> Result<(), StoreError> {
    sql.execute("UPDATE account SET log_key = ?2 WHERE space = ?1", params![sid, key])?;
    Ok(())
}

/// Lists the devices of an account: public signing key, and whether it was taken away.
pub(super) fn devices_of(sql: &Connection, account: &AccountId) -> Result<Vec<([u8; 32], bool)>, StoreError> {
    Ok(sql
        .prepare_cached(
            "SELECT d.sign, d.revoked_at IS NOT NULL FROM account a JOIN device d ON d.space = a.space
             WHERE a.id = ?1 ORDER BY d.place",
        )?
        .query_map([account], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// Is what this device has asked for.
pub(super) struct Asked {
    pub space: [u8; 16],
    pub link: String,
    pub answer_secret: [u8; 32],
    pub request: [u8; 32],
    pub sealed: Vec<u8>,
    pub declined: bool,
    /// How the person goes by there.
    pub my_name: String,
}

pub(super) fn put_asked(sql: &Connection, asked: &Asked, at_ms: i64) -> Result<(), StoreError> {
    sql.execute(
        "INSERT OR REPLACE INTO space_asked (space, link, answer_secret, request, sealed, made_at, declined, my_name)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            asked.space,
            asked.link,
            asked.answer_secret,
            asked.request,
            asked.sealed,
            at_ms,
            asked.declined,
            asked.my_name
        ],
    )?;
    Ok(())
}

pub(super) fn list_asked(sql: &Connection) -> Result<Vec<Asked>, StoreError> {
    Ok(sql
        .prepare_cached(
            "SELECT space, link, answer_secret, request, sealed, declined, my_name FROM space_asked ORDER BY made_at",
        )?
        .query_map([], |row| {
            Ok(Asked {
                space: row.get(0)?,
                link: row.get(1)?,
                answer_secret: row.get(2)?,
                request: row.get(3)?,
                sealed: row.get(4)?,
                declined: row.get(5)?,
                my_name: row.get(6)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

pub(super) fn remove_asked(sql: &Connection, space: &[u8; 16]) -> Result<(), StoreError> {
    sql.execute("DELETE FROM space_asked WHERE space = ?1", [space])?;
    Ok(())
}

/// Says how far a request of somebody else's has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Waits,
    Approved,
    Answered,
    Declined,
}

impl Standing {
    const ALL: [Self; 4] = [Self::Waits, Self::Approved, Self::Answered, Self::Declined];

    fn number(self) -> i64 {
        Self::ALL.iter().position(|one| *one == self).map_or(0, |at| at as i64)
    }

    fn from_number(number: i64) -> Self {
        usize::try_from(number).ok().and_then(|at| Self::ALL.get(at)).copied().unwrap_or(Self::Waits)
    }
}

/// Is a request of somebody else's.
pub(super) struct RequestRow {
    pub request: [u8; 32],
    pub space: [u8; 16],
    pub invite: [u8; 16],
    pub sealed: Vec<u8>,
    pub standing: Standing,
    /// Whether it came as a file, so that the answer travels as one too.
    pub by_file: bool,
}

pub(super) fn put_request(sql: &Connection, row: &RequestRow, at_ms: i64) -> Result<(), StoreError> {
    sql.execute(
        "INSERT OR IGNORE INTO space_request (request, space, invite, sealed, state, by_file, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![row.request, row.space, row.invite, row.sealed, row.standing.number(), row.by_file, at_ms],
    )?;
    Ok(())
}

pub(super) fn set_standing(
    sql: &Connection,
    request: &[u8; 32],
    standing: Standing,
) -> Result<(), StoreError> {
    sql.execute(
        "UPDATE space_request SET state = ?2 WHERE request = ?1",
        params![request, standing.number()],
    )?;
    Ok(())
}

pub(super) fn list_requests(sql: &Connection, space: &[u8; 16]) -> Result<Vec<RequestRow>, StoreError> {
    Ok(sql
        .prepare_cached(
            "SELECT request, space, invite, sealed, state, by_file FROM space_request WHERE space = ?1 ORDER BY at, request",
        )?
        .query_map([space], |row| {
            Ok(RequestRow {
                request: row.get(0)?,
                space: row.get(1)?,
                invite: row.get(2)?,
                sealed: row.get(3)?,
                standing: Standing::from_number(row.get(4)?),
                by_file: row.get(5)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

pub(super) fn open_door(sql: &Connection, invite: &[u8; 16]) -> Result<(), StoreError> {
    sql.execute("INSERT OR IGNORE INTO space_open_door (invite) VALUES (?1)", [invite])?;
    Ok(())
}

pub(super) fn close_door(sql: &Connection, invite: &[u8; 16]) -> Result<(), StoreError> {
    sql.execute("DELETE FROM space_open_door WHERE invite = ?1", [invite])?;
    Ok(())
}

pub(super) fn is_door_open(sql: &Connection, invite: &[u8; 16]) -> Result<bool, StoreError> {
    Ok(sql.prepare_cached("SELECT 1 FROM space_open_door WHERE invite = ?1")?.exists([invite])?)
}
