//! Streams and their records: pushing, pulling, erasing.
//!
//! The lock of a stream's row orders those who write to it, so its numbers have no gaps and become visible in their order.
//! Statements that do not wait for each other's answers are sent together.

use std::collections::{BTreeMap, HashMap};

use deadpool_postgres::Object;
use futures_util::future::{try_join, try_join5};
use tokio_postgres::{Row, Statement};
use vv_protocol::wire::{Carried, Poke, PurgeClaim, PushAnswer, Rights};

use super::Core;
use super::connect::{fixed, number, signed};
use super::spaces::{change_access, need, rights_of};
use crate::store::model::make_log_id;
use crate::store::plan::{self, FeedEnd, NO_FEED, NewRow};
use crate::store::{AccessKey, Ask, Caller, Outcome, Pulled, Push, SpaceId, StoreError, StoredStream};

/// Is the number under which the records of a stream are kept, as the database's own text of it.
pub(super) type Sid = String;

const STREAM: &str =
    "SELECT sid::text, log, head, chain FROM stream WHERE space = $1 AND stream = $2 FOR UPDATE";
const FEEDS: &str = "SELECT f.feed, f.seq, f.hash FROM feed f JOIN stream s USING (sid)
    WHERE s.space = $1 AND s.stream = $2 AND f.feed = ANY($3)";
const ACCESS: &str = "SELECT key, rights FROM access WHERE space = $1 AND key = ANY($2)";
const SPACE: &str = "SELECT quota, used, access_version FROM space WHERE id = $1";
const INSERT: &str = "INSERT INTO record (sid, gseq, feed, fseq, chain, body)
    SELECT $1::text::uuid, * FROM unnest($2::int8[], $3::bytea[], $4::int8[], $5::bytea[], $6::bytea[])";
const ADVANCE: &str = "UPDATE stream SET head = $2, chain = $3 WHERE sid = $1::text::uuid";
const FEED_ENDS: &str = "INSERT INTO feed (sid, feed, seq, hash)
    SELECT $1::text::uuid, * FROM unnest($2::bytea[], $3::int8[], $4::bytea[])
    ON CONFLICT (sid, feed) DO UPDATE SET seq = excluded.seq, hash = excluded.hash";
const TAKE: &str = "UPDATE space SET used = used + $2 WHERE id = $1";

/// What is known of a stream once its lock is held.
struct Locked {
    sid: Sid,
    stream: StoredStream,
    ends: HashMap<[u8; 16], FeedEnd>,
    rights: HashMap<AccessKey, Rights>,
    room: u64,
    access_version: u64,
}

/// Takes in batches of one stream in one transaction, and answers each.
pub async fn push_together(
    core: &Core,
    space: SpaceId,
    stream: u32,
    pushes: &[Push],
) -> Outcome<Vec<Outcome<PushAnswer>>> {
    let client = core.pool.get().await?;
    let outcome = in_transaction(&client, space, stream, pushes).await;
    match outcome {
        Ok((answers, poke)) => {
            if let Some(poke) = poke {
                core.announce(poke);
            }
            Ok(answers)
        }
        Err(error) => {
            // A connection that cannot even do this is not used again.
            if client.batch_execute("ROLLBACK").await.is_err() {
                drop(Object::take(client));
            }
            Err(error)
        }
    }
}

async fn in_transaction(
    client: &Object,
    space: SpaceId,
    stream: u32,
    pushes: &[Push],
) -> Outcome<(Vec<Outcome<PushAnswer>>, Option<Poke>)> {
    let Some(mut locked) = lock(client, space, stream, pushes).await? else {
        client.batch_execute("ROLLBACK").await?;
        return Ok((vec![Err(StoreError::Forbidden); pushes.len()], None));
    };
    let mut answers = Vec::with_capacity(pushes.len());
    let mut rows = Vec::new();
    let mut ends: BTreeMap<[u8; 16], FeedEnd> = BTreeMap::new();
    let mut bytes = 0;
    for push in pushes {
        let answer = match one(client, &mut locked, push).await {
            Ok(plan) => {
                bytes += plan.bytes();
                if !plan.rows.is_empty() {
                    ends.insert(push.feed(), plan.feed_end);
                }
                let answer = plan.answer(locked.access_version);
                rows.extend(plan.rows);
                Ok(answer)
            }
            Err(error @ StoreError::Unavailable(_)) => return Err(error),
            // A change of access stands alone in its transaction, so nothing of it stays.
            Err(error) if push.access.is_some() => {
                client.batch_execute("ROLLBACK").await?;
                return Ok((vec![Err(error)], None));
            }
            Err(error) => Err(error),
        };
        answers.push(answer);
    }
    if rows.is_empty() {
        client.batch_execute("COMMIT").await?;
        return Ok((answers, None));
    }
    write(client, space, &locked, &rows, &ends, bytes).await?;
    let StoredStream { stream, log, head, chain } = locked.stream;
    Ok((answers, Some(Poke { space, stream, log_id: log, head, chain })))
}

/// Decides about one push and carries the lock's knowledge on.
async fn one(client: &Object, locked: &mut Locked, push: &Push) -> Outcome<plan::Plan> {
    if !locked.rights.get(&push.caller.key).is_some_and(|rights| rights.allow(Rights::WRITE)) {
        return Err(StoreError::Forbidden);
    }
    let end = locked.ends.get(&push.feed()).copied().unwrap_or(NO_FEED);
    let compared = match plan::compared(push, end) {
        Some(seq) => Some(hash_at(client, &locked.sid, push.feed(), seq).await?),
        None => None,
    };
    let plan = plan::plan(locked.stream, end, compared, push)?;
    if plan.bytes() > locked.room {
        return Err(StoreError::Quota);
    }
    if let Some((by, claim)) = &push.access {
        // A batch that is known in full was answered before, and so was its change of access.
        if !plan.rows.is_empty() || claim.version >= locked.access_version {
            locked.access_version = change_access(client, *by, claim).await?;
        }
    }
    locked.room -= plan.bytes();
    locked.stream = plan.after;
    locked.ends.insert(push.feed(), plan.feed_end);
    Ok(plan)
}

/// Begins the transaction, locks the stream and reads what a push needs. Nothing, when nobody may push.
async fn lock(client: &Object, space: SpaceId, stream: u32, pushes: &[Push]) -> Outcome<Option<Locked>> {
    let (id, number_of) = (space.as_slice(), i64::from(stream));
    let keys: Vec<Vec<u8>> = pushes.iter().map(|push| push.caller.key.to_vec()).collect();
    let feeds: Vec<Vec<u8>> = pushes.iter().map(|push| push.feed().to_vec()).collect();
    let [stream_row, space_row, access, ends] = [STREAM, SPACE, ACCESS, FEEDS];
    let stream_row = client.prepare_cached(stream_row).await?;
    let space_row = client.prepare_cached(space_row).await?;
    let access = client.prepare_cached(access).await?;
    let ends = client.prepare_cached(ends).await?;
    let (_, found, space_row, access, mut ends_of) = try_join5(
        client.batch_execute("BEGIN"),
        client.query_opt(&stream_row, &[&id, &number_of]),
        client.query_opt(&space_row, &[&id]),
        client.query(&access, &[&id, &keys]),
        client.query(&ends, &[&id, &number_of, &feeds]),
    )
    .await?;
    let mut rights = HashMap::new();
    for row in &access {
        rights.insert(fixed(row, 0)?, rights_of(row, 1)?);
    }
    let may = |push: &Push| rights.get(&push.caller.key).is_some_and(|it: &Rights| it.allow(Rights::WRITE));
    let Some(space_row) = space_row.filter(|_| pushes.iter().any(may)) else { return Ok(None) };
    let (sid, stored) = match found {
        Some(row) => read_stream(&row, stream)?,
        None => {
            let begin = "INSERT INTO stream (space, stream, log, head, chain) VALUES ($1, $2, $3, 0, $4)
                         ON CONFLICT DO NOTHING";
            let (log, chain) = (make_log_id(), [0u8; 32]);
            client.execute(begin, &[&id, &number_of, &log.as_slice(), &chain.as_slice()]).await?;
            let row = client.query_one(&stream_row, &[&id, &number_of]).await?;
            // Another replica may have begun it meanwhile, and these feeds with it.
            ends_of = client.query(&ends, &[&id, &number_of, &feeds]).await?;
            read_stream(&row, stream)?
        }
    };
    let mut ends = HashMap::new();
    for row in &ends_of {
        ends.insert(fixed(row, 0)?, FeedEnd { seq: number(row, 1)?, hash: fixed(row, 2)? });
    }
    let room = number(&space_row, 0)?.saturating_sub(number(&space_row, 1)?);
    Ok(Some(Locked { sid, stream: stored, ends, rights, room, access_version: number(&space_row, 2)? }))
}

fn read_stream(row: &Row, stream: u32) -> Outcome<(Sid, StoredStream)> {
    let stored = StoredStream { stream, log: fixed(row, 1)?, head: number(row, 2)?, chain: fixed(row, 3)? };
    Ok((row.try_get(0)?, stored))
}

/// Writes new records, how far stream and feeds have come and the room that was taken, and commits.
async fn write(
    client: &Object,
    space: SpaceId,
    locked: &Locked,
    rows: &[NewRow],
    ends: &BTreeMap<[u8; 16], FeedEnd>,
    bytes: u64,
) -> Outcome<()> {
    // All are prepared before any is sent: preparing waits for an answer, and what waits would come after the COMMIT.
    let statements = Statements::prepare(client).await?;
    let advance = client.prepare_cached(ADVANCE).await?;
    let take = client.prepare_cached(TAKE).await?;
    let sid = &locked.sid;
    let (head, chain) = (signed(locked.stream.head), locked.stream.chain.as_slice());
    let (id, bytes) = (space.as_slice(), signed(bytes));
    try_join5(
        statements.insert(client, sid, rows),
        statements.set_ends(client, sid, ends),
        async { Ok(client.execute(&advance, &[sid, &head, &chain]).await?) },
        async { Ok(client.execute(&take, &[&id, &bytes]).await?) },
        async { Ok::<_, StoreError>(client.batch_execute("COMMIT").await?) },
    )
    .await?;
    Ok(())
}

/// Holds the statements that add records.
pub(super) struct Statements {
    insert: Statement,
    ends: Statement,
}

impl Statements {
    /// Prepares them.
    pub(super) async fn prepare(client: &Object) -> Outcome<Self> {
        Ok(Self {
            insert: client.prepare_cached(INSERT).await?,
            ends: client.prepare_cached(FEED_ENDS).await?,
        })
    }

    /// Adds records.
    pub(super) async fn insert(&self, client: &Object, sid: &Sid, rows: &[NewRow]) -> Outcome<u64> {
        let places: Vec<i64> = rows.iter().map(|row| signed(row.gseq)).collect();
        let feeds: Vec<&[u8]> = rows.iter().map(|row| row.feed.as_slice()).collect();
        let numbers: Vec<i64> = rows.iter().map(|row| signed(row.fseq)).collect();
        let chains: Vec<&[u8]> = rows.iter().map(|row| row.chain.as_slice()).collect();
        let bodies: Vec<&[u8]> = rows.iter().map(|row| row.raw.as_slice()).collect();
        Ok(client.execute(&self.insert, &[sid, &places, &feeds, &numbers, &chains, &bodies]).await?)
    }

    /// Says where feeds end.
    pub(super) async fn set_ends(
        &self,
        client: &Object,
        sid: &Sid,
        ends: &BTreeMap<[u8; 16], FeedEnd>,
    ) -> Outcome<u64> {
        let feeds: Vec<&[u8]> = ends.keys().map(<[u8; 16]>::as_slice).collect();
        let numbers: Vec<i64> = ends.values().map(|end| signed(end.seq)).collect();
        let hashes: Vec<&[u8]> = ends.values().map(|end| end.hash.as_slice()).collect();
        Ok(client.execute(&self.ends, &[sid, &feeds, &numbers, &hashes]).await?)
    }
}

async fn hash_at(client: &Object, sid: &Sid, feed: [u8; 16], seq: u64) -> Outcome<[u8; 32]> {
    let select = "SELECT body FROM record WHERE sid = $1::text::uuid AND feed = $2 AND fseq = $3";
    let row = client.query_one(select, &[sid, &feed.as_slice(), &signed(seq)]).await?;
    Ok(read_stored(row.try_get(0)?)?.hash())
}

fn read_stored(body: Vec<u8>) -> Outcome<Carried> {
    Carried::from_raw(body).map_err(|_| StoreError::Damaged("a stored record cannot be read"))
}

pub async fn pull(core: &Core, caller: Caller, ask: Ask) -> Outcome<Pulled> {
    let client = core.pool.get().await?;
    // Only as many as fit: what the window adds up is lengths, so what does not fit is not even read.
    let page = client
        .prepare_cached(
            "SELECT gseq, chain, body FROM (
               SELECT gseq, chain, body, sum(octet_length(body)) OVER (ORDER BY gseq) AS upto FROM (
                 SELECT r.gseq, r.chain, r.body FROM record r JOIN stream s USING (sid)
                 WHERE s.space = $1 AND s.stream = $2 AND r.gseq > $3 ORDER BY r.gseq LIMIT $4
               ) few
             ) counted WHERE upto <= $5 OR gseq = $3 + 1 ORDER BY gseq",
        )
        .await?;
    let state =
        client.prepare_cached("SELECT log, head, chain FROM stream WHERE space = $1 AND stream = $2").await?;
    let (space, stream) = (caller.space.as_slice(), i64::from(ask.stream));
    let (after, limit, bytes) = (signed(ask.after), i64::from(ask.limit), signed(ask.max_bytes));
    // The head is read after the records, so it is never behind them.
    let (_, (rows, found)) = try_join(need(&client, caller, Rights::READ), async {
        Ok(try_join(
            client.query(&page, &[&space, &stream, &after, &limit, &bytes]),
            client.query_opt(&state, &[&space, &stream]),
        )
        .await?)
    })
    .await?;
    let Some(state) = found else {
        return Ok(Pulled { log: [0; 8], after: 0, head: 0, chain: [0; 32], records: Vec::new() });
    };
    let (log, head) = (fixed(&state, 0)?, number(&state, 1)?);
    let Some(last) = rows.last() else {
        let after = ask.after.min(head);
        let chain = chain_at(&client, caller.space, ask.stream, after).await?;
        return Ok(Pulled { log, after, head, chain, records: Vec::new() });
    };
    let chain = fixed(last, 1)?;
    let records = rows.iter().map(|row| row.try_get(2)).collect::<Result<_, _>>()?;
    Ok(Pulled { log, after: ask.after, head, chain, records })
}

async fn chain_at(client: &Object, space: SpaceId, stream: u32, gseq: u64) -> Outcome<[u8; 32]> {
    if gseq == 0 {
        return Ok(vv_protocol::STREAM_CHAIN_START);
    }
    let select = "SELECT r.chain FROM record r JOIN stream s USING (sid) WHERE s.space = $1 AND s.stream = $2 AND r.gseq = $3";
    let row = client.query_one(select, &[&space.as_slice(), &i64::from(stream), &signed(gseq)]).await?;
    fixed(&row, 0)
}

/// Erases contents; the stubs stay.
pub async fn purge(
    core: &Core,
    caller: Caller,
    claim: &PurgeClaim,
    signer: Option<AccessKey>,
) -> Outcome<u64> {
    let mut client = core.pool.get().await?;
    need(&client, caller, Rights::WRITE).await?;
    if let Some(key) = signer {
        need(&client, Caller { space: claim.space, key }, Rights::ADMIN).await?;
    }
    let tx = client.transaction().await?;
    let (space, stream) = (claim.space.as_slice(), i64::from(claim.stream));
    let row = tx.query_opt(STREAM, &[&space, &stream]).await?.ok_or(StoreError::NotFound)?;
    let (sid, _) = read_stream(&row, claim.stream)?;
    let seqs: Vec<i64> = claim.seqs.iter().map(|seq| signed(*seq)).collect();
    let found = tx
        .query(
            "SELECT gseq, body FROM record WHERE sid = $1::text::uuid AND feed = $2 AND fseq = ANY($3)",
            &[&sid, &claim.feed.as_slice(), &seqs],
        )
        .await?;
    let (mut erased, mut freed) = (0, 0);
    for row in &found {
        let body: Vec<u8> = row.try_get(1)?;
        let length = body.len();
        let record = read_stored(body)?;
        if record.is_stub() {
            continue;
        }
        let stub = record.to_stub().encode();
        freed += (length - stub.len()) as u64;
        erased += 1;
        let update = "UPDATE record SET body = $3 WHERE sid = $1::text::uuid AND gseq = $2";
        tx.execute(update, &[&sid, &row.try_get::<_, i64>(0)?, &stub]).await?;
    }
    tx.execute("UPDATE space SET used = used - $2 WHERE id = $1", &[&space, &signed(freed)]).await?;
    tx.commit().await?;
    Ok(erased)
}

pub async fn stream_heads(core: &Core, spaces: &[SpaceId]) -> Outcome<Vec<Poke>> {
    let client = core.pool.get().await?;
    let select = client
        .prepare_cached("SELECT space, stream, log, head, chain FROM stream WHERE space = ANY($1)")
        .await?;
    let ids: Vec<&[u8]> = spaces.iter().map(<[u8; 16]>::as_slice).collect();
    let rows = client.query(&select, &[&ids]).await?;
    rows.iter()
        .map(|row| {
            Ok(Poke {
                space: fixed(row, 0)?,
                stream: u32::try_from(number(row, 1)?)
                    .map_err(|_| StoreError::Damaged("a stream's number"))?,
                log_id: fixed(row, 2)?,
                head: number(row, 3)?,
                chain: fixed(row, 4)?,
            })
        })
        .collect()
}
