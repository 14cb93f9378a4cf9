//! What the administrator does with all of it: counting, backing up, putting back, removing.

use std::collections::BTreeMap;

use vv_protocol::stream_chain;
use vv_protocol::wire::{Carried, KeyRights};

use super::Core;
use super::connect::{fixed, number, signed};
use super::records::Statements;
use super::spaces::{read_note, rights_of, set_keys};
use crate::store::model::make_log_id;
use crate::store::plan::{FeedEnd, NewRow};
use crate::store::{
    Chunk, ChunkName, Outcome, SpaceContent, SpaceId, SpaceRow, StoreError, StoredStream, Totals,
};

/// How many records are read at one go.
const AT_ONCE: i64 = 500;

pub async fn totals(core: &Core) -> Outcome<Totals> {
    let client = core.pool.get().await?;
    let row = client
        .query_one(
            "SELECT (SELECT count(*) FROM space), (SELECT count(*) FROM stream),
                    (SELECT coalesce(sum(head), 0)::int8 FROM stream), (SELECT count(*) FROM chunk),
                    (SELECT count(*) FROM mailbox), (SELECT coalesce(sum(used), 0)::int8 FROM space)",
            &[],
        )
        .await?;
    Ok(Totals {
        spaces: number(&row, 0)?,
        streams: number(&row, 1)?,
        records: number(&row, 2)?,
        chunks: number(&row, 3)?,
        mailbox_items: number(&row, 4)?,
        bytes: number(&row, 5)?,
    })
}

pub async fn spaces(core: &Core, after: Option<SpaceId>, limit: u32) -> Outcome<Vec<SpaceRow>> {
    let client = core.pool.get().await?;
    let after = after.map_or(Vec::new(), |id| id.to_vec());
    let select = "SELECT id, used, quota FROM space WHERE id > $1 ORDER BY id LIMIT $2";
    let rows = client.query(select, &[&after, &i64::from(limit)]).await?;
    rows.iter()
        .map(|row| Ok(SpaceRow { space: fixed(row, 0)?, used: number(row, 1)?, quota: number(row, 2)? }))
        .collect()
}

pub async fn content(core: &Core, space: SpaceId) -> Outcome<SpaceContent> {
    let client = core.pool.get().await?;
    let id = space.as_slice();
    let row = client
        .query_opt("SELECT used, quota, access_version FROM space WHERE id = $1", &[&id])
        .await?
        .ok_or(StoreError::NotFound)?;
    let (used, quota, access_version) = (number(&row, 0)?, number(&row, 1)?, number(&row, 2)?);
    let rows = client.query("SELECT key, rights FROM access WHERE space = $1 ORDER BY key", &[&id]).await?;
    let keys = rows
        .iter()
        .map(|row| Ok(KeyRights { key: fixed(row, 0)?, rights: rights_of(row, 1)? }))
        .collect::<Outcome<_>>()?;
    let select = "SELECT stream, log, head, chain FROM stream WHERE space = $1 ORDER BY stream";
    let streams = client
        .query(select, &[&id])
        .await?
        .iter()
        .map(|row| {
            let stream =
                u32::try_from(number(row, 0)?).map_err(|_| StoreError::Damaged("a stream's number"))?;
            Ok(StoredStream { stream, log: fixed(row, 1)?, head: number(row, 2)?, chain: fixed(row, 3)? })
        })
        .collect::<Outcome<_>>()?;
    let chunks = client
        .query("SELECT name, size FROM chunk WHERE space = $1 ORDER BY name", &[&id])
        .await?
        .iter()
        .map(|row| Ok(Chunk { name: fixed(row, 0)?, size: number(row, 1)? }))
        .collect::<Outcome<_>>()?;
    let note = read_note(&client, space).await?;
    Ok(SpaceContent { row: SpaceRow { space, used, quota }, access_version, keys, note, streams, chunks })
}

pub async fn stored(
    core: &Core,
    space: SpaceId,
    stream: u32,
    after: u64,
) -> Outcome<Vec<(Vec<u8>, [u8; 32])>> {
    let client = core.pool.get().await?;
    let select = "SELECT r.body, r.chain FROM record r JOIN stream s USING (sid)
                  WHERE s.space = $1 AND s.stream = $2 AND r.gseq > $3 ORDER BY r.gseq LIMIT $4";
    let rows =
        client.query(select, &[&space.as_slice(), &i64::from(stream), &signed(after), &AT_ONCE]).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, fixed(row, 1)?))).collect()
}

pub async fn put_back(core: &Core, content: &SpaceContent) -> Outcome<()> {
    let client = core.pool.get().await?;
    let SpaceRow { space, used, quota } = content.row;
    let id = space.as_slice();
    let add =
        "INSERT INTO space (id, quota, used, access_version) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    let version = signed(content.access_version);
    if client.execute(add, &[&id, &signed(quota), &signed(used), &version]).await? == 0 {
        return Err(StoreError::Exists);
    }
    set_keys(&client, space, &content.keys).await?;
    let (version, body) = &content.note;
    if *version > 0 {
        let add = "INSERT INTO note (space, version, body) VALUES ($1, $2, $3)";
        client.execute(add, &[&id, &signed(*version), body]).await?;
    }
    for Chunk { name, size } in &content.chunks {
        let add = "INSERT INTO chunk (space, name, size) VALUES ($1, $2, $3)";
        client.execute(add, &[&id, &name.as_slice(), &signed(*size)]).await?;
    }
    Ok(())
}

pub async fn put_back_records(
    core: &Core,
    space: SpaceId,
    stream: u32,
    after: u64,
    records: Vec<Vec<u8>>,
) -> Outcome<()> {
    let client = core.pool.get().await?;
    let (id, number_of) = (space.as_slice(), i64::from(stream));
    let begin = "INSERT INTO stream (space, stream, log, head, chain) VALUES ($1, $2, $3, 0, $4) ON CONFLICT DO NOTHING";
    client.execute(begin, &[&id, &number_of, &make_log_id().as_slice(), &[0u8; 32].as_slice()]).await?;
    let select = "SELECT sid::text, head, chain FROM stream WHERE space = $1 AND stream = $2";
    let row = client.query_one(select, &[&id, &number_of]).await?;
    let (sid, mut head, mut chain) = (row.try_get(0)?, number(&row, 1)?, fixed(&row, 2)?);
    if head != after {
        return Err(StoreError::Stale { is: head });
    }
    let (mut rows, mut ends) = (Vec::with_capacity(records.len()), BTreeMap::new());
    for raw in records {
        let record = Carried::from_raw(raw).map_err(|_| StoreError::Damaged("a record cannot be read"))?;
        head += 1;
        chain = stream_chain(&chain, &record.hash());
        let (feed, fseq, hash) = (record.header().feed, record.header().seq, record.hash());
        ends.insert(feed, FeedEnd { seq: fseq, hash });
        rows.push(NewRow { gseq: head, feed, fseq, hash, chain, raw: record.into_raw() });
    }
    let statements = Statements::prepare(&client).await?;
    statements.insert(&client, &sid, &rows).await?;
    statements.set_ends(&client, &sid, &ends).await?;
    let advance = "UPDATE stream SET head = $2, chain = $3 WHERE sid = $1::text::uuid";
    client.execute(advance, &[&sid, &signed(head), &chain.as_slice()]).await?;
    Ok(())
}

pub async fn set_quota(core: &Core, space: SpaceId, quota: u64) -> Outcome<()> {
    let client = core.pool.get().await?;
    let set = "UPDATE space SET quota = $2 WHERE id = $1";
    match client.execute(set, &[&space.as_slice(), &signed(quota)]).await? {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}

pub async fn remove_space(core: &Core, space: SpaceId) -> Outcome<Vec<ChunkName>> {
    let mut client = core.pool.get().await?;
    let tx = client.transaction().await?;
    let id = space.as_slice();
    // The streams are locked first, so that nobody adds records under them any more.
    tx.query("SELECT sid FROM stream WHERE space = $1 FOR UPDATE", &[&id]).await?;
    let names = tx
        .query("SELECT name FROM chunk WHERE space = $1", &[&id])
        .await?
        .iter()
        .map(|row| fixed(row, 0))
        .collect::<Outcome<_>>()?;
    tx.execute("DELETE FROM record r USING stream s WHERE r.sid = s.sid AND s.space = $1", &[&id]).await?;
    if tx.execute("DELETE FROM space WHERE id = $1", &[&id]).await? == 0 {
        return Err(StoreError::NotFound);
    }
    tx.commit().await?;
    Ok(names)
}

pub async fn renew_logs(core: &Core) -> Outcome<u64> {
    let client = core.pool.get().await?;
    let renew = "UPDATE stream SET log = substring(uuid_send(gen_random_uuid()) FROM 9 FOR 8)";
    Ok(client.execute(renew, &[]).await?)
}
