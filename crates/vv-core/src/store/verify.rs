//! Checking a notebook from the ground: pages, chains, signatures, identity, every projection, every file.
//!
//! Nothing is repaired and nothing is written. Problems are sentences without content. The projections are rebuilt from the
//! log alone, in memory, by the same merge and the same features that wrote them, and compared row by row.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{Connection, Rows};
use vv_crypto::{EncPublic, EpochWrapPlace, Key32, derive_epoch_id, unwrap_epoch};
use vv_protocol::{CONTENT_STREAM, CONTROL_STREAM, FIRST_PREV, FeedHead, OpType, Record, Stub};

use super::backup::{count_entries, pages_are_whole};
use super::blobs::BlobStore;
use super::cutting;
use super::doc::TextDoc;
use super::error::StoreError;
use super::log::{self, FeedRow, RecordRow, RecordState};
use super::merge::{self, Source};
use super::migrate::{self, MIGRATIONS};
use super::open;
use super::seal::Opened;
use super::standing;
use super::take_in::{NOTHING, open_verified, read_feed_open};
use super::tx::{Reader, Tx};
use super::unlocked::ACCOUNT_STREAM;
use crate::identity::account_log::{self, Glimpsed};
use crate::identity::record::{
    AccountGenesis, EpochOp, POLICY_LOCKED, SPACE_JOURNAL, SignedAccountOp, SpaceGenesis, account_tag,
    member_set_of_one,
};
use crate::identity::table;
use crate::journal;

const PAGE: u32 = 512;

/// Reports what a check of the whole notebook found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VerifyReport {
    /// Records whose chain and signature were checked.
    pub records: u64,
    /// Entries rebuilt from the log and compared.
    pub entries: u64,
    /// Files opened and hashed.
    pub files: u64,
    /// Records that an earlier damage took; known since a salvage.
    pub known_lost: u64,
    /// What is wrong, as sentences without content; empty when all holds.
    pub problems: Vec<String>,
}

type Check = fn(&Reader, &BlobStore, &mut VerifyReport) -> Result<(), StoreError>;

/// Checks everything.
pub(crate) fn verify(reader: &Reader, blobs: &BlobStore) -> VerifyReport {
    let mut report = VerifyReport::default();
    let checks: [(&str, Check); 5] = [
        ("the pages of the file", check_pages),
        ("the log", check_log),
        ("the identity", check_identity),
        ("the tables", check_projections),
        ("the files", check_files),
    ];
    for (what, check) in checks {
        if let Err(problem) = check(reader, blobs, &mut report) {
            report.problems.push(format!("{what} could not be checked to the end: {problem}"));
        }
    }
    report
}

fn check_pages(reader: &Reader, _: &BlobStore, report: &mut VerifyReport) -> Result<(), StoreError> {
    // A page that is being written while it is looked at is whole the second time.
    if !pages_are_whole(reader.sql())? && !pages_are_whole(reader.sql())? {
        report.problems.push("some pages of the encrypted file are damaged".to_owned());
    }
    Ok(())
}

fn check_log(reader: &Reader, _: &BlobStore, report: &mut VerifyReport) -> Result<(), StoreError> {
    for feed in log::list_feeds(reader.sql())? {
        check_feed(reader, &feed, report)?;
    }
    Ok(())
}

fn check_feed(reader: &Reader, feed: &FeedRow, report: &mut VerifyReport) -> Result<(), StoreError> {
    let gaps = log::gaps_of(reader.sql(), feed.fid)?;
    report.known_lost += gaps.iter().map(|(from, to)| to - from + 1).sum::<u64>();
    let mut head = FeedHead { seq: 0, hash: FIRST_PREV, ..feed.head };
    loop {
        let rows = log::records_of_feed(reader.sql(), feed.fid, head.seq, PAGE)?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            report.records += 1;
            // A gap that is known is stepped over: the chain goes on with what its next record says.
            let known = gaps.iter().find(|(from, to)| *from == head.seq + 1 && *to + 1 == row.seq);
            match check_record(reader, feed, &row, &head, known.is_some()) {
                Ok(next) => head = next,
                Err(problem) => {
                    report.problems.push(format!("record {} of a feed of the log: {problem}", row.seq));
                    head = FeedHead { seq: row.seq, hash: log::hash_of(&row).unwrap_or(FIRST_PREV), ..head };
                }
            }
        }
    }
    if (head.seq, head.hash) != (feed.head.seq, feed.head.hash) {
        report.problems.push("the end of a feed is not where the notebook says it is".to_owned());
    }
    Ok(())
}

fn check_record(
    reader: &Reader,
    feed: &FeedRow,
    row: &RecordRow,
    head: &FeedHead,
    after_gap: bool,
) -> Result<FeedHead, StoreError> {
    let malformed = |_| StoreError::BadRecord("it is malformed");
    let (header, hash, record) = if row.state == RecordState::Stub {
        let stub = Stub::decode(&row.raw).map_err(malformed)?;
        let hash = stub.hash();
        (stub.header, hash, None)
    } else {
        let record = Record::decode(&row.raw).map_err(malformed)?;
        (record.header.clone(), record.hash(), Some(record))
    };
    if header.seq != row.seq {
        return Err(StoreError::BadRecord("it stands at another place than it says"));
    }
    let next = if after_gap {
        FeedHead { seq: header.seq, hash, ..*head }
    } else {
        head.follow(&header, hash)
            .map_err(|_| StoreError::BadRecord("it does not follow the record before it"))?
    };
    // What was refused may be malformed inside; that it is in its place is all there is to check.
    let Some(record) = record.filter(|_| row.state != RecordState::Refused) else { return Ok(next) };
    let opened = open_verified(reader.core(), &record, &feed.public_key)?;
    let inner = &opened.inner;
    if (inner.kind, inner.object, inner.hlc) != (row.kind, row.object, row.hlc) {
        return Err(StoreError::BadRecord("the notebook's list of records says something else about it"));
    }
    if header.seq == 1 {
        let open = read_feed_open(&header, &opened)?;
        open.verify(&feed.device, &header.space, header.stream)?;
        if (open.feed_key, open.incarnation) != (feed.public_key, feed.incarnation)
            || !is_device(reader, feed, &open.certificate)?
        {
            return Err(StoreError::BadRecord("the notebook's list of feeds says something else about it"));
        }
    }
    Ok(next)
}

/// Checks that a certificate is that of the device a feed is said to belong to. Of a device whose addition turned out to be void
/// nothing counts, so it is nobody's.
fn is_device(reader: &Reader, feed: &FeedRow, certificate: &[u8; 32]) -> Result<bool, StoreError> {
    let core = reader.core();
    let Some(space) = core.keyring.space(&feed.head.space) else { return Ok(false) };
    let found = standing::device_behind(reader.sql(), core, &Glimpsed::default(), space, certificate)?;
    Ok(match found {
        Some(device) => device == feed.device,
        None => cutting::limit_of(reader.sql(), feed.fid)? == Some(0),
    })
}

/// Checks that account, devices, journal and epochs are what their operations say, and that the secrets here belong to them.
fn check_identity(reader: &Reader, _: &BlobStore, report: &mut VerifyReport) -> Result<(), StoreError> {
    let core = reader.core();
    let mut seen = Vec::new();
    for feed in log::list_feeds(reader.sql())? {
        let is_account = feed.head.space == core.account_space && feed.head.stream == ACCOUNT_STREAM;
        let is_control = feed.head.space == core.journal.id && feed.head.stream == CONTROL_STREAM;
        if !is_account && !is_control {
            continue;
        }
        for row in log::records_of_feed(reader.sql(), feed.fid, 0, PAGE)? {
            let Ok(record) = Record::decode(&row.raw) else { continue };
            let Ok(opened) = open_verified(core, &record, &feed.public_key) else { continue };
            if row.state.is_merged() {
                if check_founding(reader, &opened)? {
                    seen.push(opened.inner.kind);
                } else {
                    report.problems.push("a founding operation does not belong to this notebook".to_owned());
                }
            }
        }
    }
    for kind in [OpType::AccountGenesis, OpType::EncRotate, OpType::SpaceGenesis, OpType::Epoch] {
        if !seen.contains(&kind.number()) {
            report.problems.push(format!("the founding operation {} is missing", kind.word()));
        }
    }
    check_secrets(reader, report)
}

/// Checks what this device has of its own against what the logs say of it.
fn check_secrets(reader: &Reader, report: &mut VerifyReport) -> Result<(), StoreError> {
    let (core, sql) = (reader.core(), reader.sql());
    let Some(own_log) = core.keyring.space(&core.account_space) else { return Err(StoreError::Damaged) };
    let resolved = account_log::resolved(sql, own_log.sid)?;
    let own = resolved.devices.iter().find(|device| device.certificate == core.certificate);
    let opens = table::device_enc(sql)?;
    if own.is_none_or(|own| own.sign != core.device() || own.open != *opens.public().as_bytes()) {
        report.problems.push("the keys of this device are not those that its account knows".to_owned());
    }
    let is_revoked = own.is_none_or(|own| own.revoked_ms.is_some());
    let newest = resolved.keys.last().map(|key| key.public);
    let held = core.account_secret().ok().map(|secret| *secret.derive_account_enc().1.as_bytes());
    if !is_revoked && newest != held {
        report.problems.push("the newest secret of the account is not here".to_owned());
    }
    for held in core.keyring.spaces().flat_map(|space| space.epochs.iter().map(move |held| (space, held))) {
        let (space, epoch) = held;
        let derived = |key: &Option<Key32>, id: &[u8; 32]| {
            key.as_ref().is_none_or(|key| derive_epoch_id(key, &space.id) == *id)
        };
        if !derived(&epoch.content, &epoch.epoch) || !derived(&epoch.control, &epoch.control_id) {
            report.problems.push("a key of an epoch is not the one it stands under".to_owned());
        }
    }
    Ok(())
}

fn check_founding(reader: &Reader, opened: &Opened) -> Result<bool, StoreError> {
    let (core, inner) = (reader.core(), &opened.inner);
    Ok(match OpType::from_number(inner.kind) {
        Some(OpType::AccountGenesis) => {
            let signed = SignedAccountOp::decode(&inner.body)?;
            signed.verify(&core.account_id, inner.kind)?;
            let genesis = AccountGenesis::decode(&signed.op)?;
            vv_protocol::account_id(&signed.op) == core.account_id
                && signed.signer == genesis.root
                && EncPublic::from_bytes(genesis.recovery).is_ok()
        }
        Some(OpType::EncRotate | OpType::DeviceAdd | OpType::DeviceRevoke | OpType::Recover) => {
            SignedAccountOp::decode(&inner.body)?.verify(&core.account_id, inner.kind).is_ok()
        }
        Some(OpType::SpaceGenesis) => {
            let genesis = SpaceGenesis::decode(&inner.body)?;
            vv_protocol::space_id(&inner.body) == core.journal.id
                && (genesis.kind, genesis.policy) == (SPACE_JOURNAL, POLICY_LOCKED)
                && genesis.founder == core.account_id
        }
        Some(OpType::Epoch) => {
            let epoch = EpochOp::decode(&inner.body)?;
            let tag = account_tag(&core.journal.id, &core.account_id);
            let [(to, generation, wrap)] = epoch.wraps.as_slice() else { return Ok(false) };
            let place = EpochWrapPlace {
                space_id: core.journal.id,
                epoch_id: epoch.epoch,
                account_id: core.account_id,
                generation: *generation,
            };
            let held = core.keyring.space(&core.journal.id);
            let kept = held.and_then(|space| space.epochs.iter().find(|held| held.epoch == epoch.epoch));
            // What was wrapped to a secret that this device was not given any more, it cannot have.
            let unwrapped = core
                .account_secrets
                .iter()
                .filter(|secret| secret.generation() == *generation)
                .find_map(|secret| unwrap_epoch(&secret.derive_account_enc().0, &place, wrap).ok());
            *to == tag
                && epoch.member_set == member_set_of_one(&core.account_id)
                && match (unwrapped.and_then(|grant| grant.into_keys()), kept.and_then(|held| held.keys())) {
                    (Some(unwrapped), Some(kept)) => unwrapped == kept,
                    (Some(_), None) => false,
                    (None, _) => true,
                }
        }
        _ => true,
    })
}

/// Rebuilds every projection from the log and compares it with what is there.
fn check_projections(reader: &Reader, _: &BlobStore, report: &mut VerifyReport) -> Result<(), StoreError> {
    let mut rebuilt = open::in_memory()?;
    migrate::migrate(&mut rebuilt, MIGRATIONS)?;
    rebuilt.execute_batch("BEGIN")?;
    rebuild(reader, &rebuilt, report)?;
    for name in migrate::projections(MIGRATIONS) {
        let differing = compare_table(reader.sql(), &rebuilt, &name)?;
        if differing > 0 {
            report
                .problems
                .push(format!("the table “{name}” has {differing} rows that do not follow from the log"));
        }
    }
    report.entries = u64::from(count_entries(&rebuilt)?);
    check_docs(reader.sql(), report)
}

/// Replays the whole log into an empty database.
pub(crate) fn rebuild(
    reader: &Reader,
    into: &Connection,
    report: &mut VerifyReport,
) -> Result<(), StoreError> {
    copy_rows(reader.sql(), into, "space")?;
    copy_rows(reader.sql(), into, "feed")?;
    copy_rows(reader.sql(), into, "account")?;
    let feeds = log::list_feeds(reader.sql())?;
    let mut tx = Tx::new(into, reader.core().clone());
    let filled = log::feeds_filled_later(reader.sql())?;
    let mut again = BTreeSet::new();
    let mut after = 0;
    loop {
        let rows = log::records_after(reader.sql(), after, PAGE)?;
        let Some(last) = rows.last() else { break };
        after = last.rid;
        for row in &rows {
            let Some(feed) = feeds.iter().find(|feed| feed.fid == row.fid) else {
                report.problems.push("a record belongs to no feed".to_owned());
                continue;
            };
            match replay(&mut tx, reader, feed, row, filled.contains(&feed.fid)) {
                Ok(true) => {}
                // It builds on words that do not count: such an object is merged anew from all of its records.
                Ok(false) => {
                    again.insert((feed.sid, row.object));
                }
                Err(problem) => report
                    .problems
                    .push(format!("record {} of a feed could not be merged again: {problem}", row.seq)),
            }
        }
    }
    for (sid, object) in again {
        let rows = log::records_of(reader.sql(), sid, &object)?;
        cutting::merge_from(&mut tx, sid, &object, rows)?;
    }
    Ok(())
}

/// Merges a record anew; false when it builds on something that does not count.
fn replay(
    tx: &mut Tx,
    reader: &Reader,
    feed: &FeedRow,
    row: &RecordRow,
    filled_later: bool,
) -> Result<bool, StoreError> {
    if row.state == RecordState::Stub {
        if feed.head.stream == CONTENT_STREAM && row.object != NOTHING {
            merge::find_or_begin(tx.sql(), feed.sid, &row.object)?;
        }
        return Ok(true);
    }
    if !row.state.is_merged() {
        return Ok(true);
    }
    let record = Record::decode(&row.raw).map_err(|_| StoreError::BadRecord("it is malformed"))?;
    let header = &record.header;
    let key = reader.core().record_key(&header.space, header.stream, &header.epoch)?;
    let inner = super::seal::open_record(&record, &key)?.inner;
    let whole = !filled_later && log::gaps_of(reader.sql(), feed.fid)?.is_empty();
    let source = Source {
        sid: feed.sid,
        fid: feed.fid,
        feed: feed.head.feed,
        hlc: inner.hlc,
        whole,
        has_log: false,
        device: feed.device,
        record: Some(record.hash()),
    };
    let merged = tx.merge_record(&source, header.stream, inner.kind, &inner.object, &inner.body)?;
    Ok(merged.is_some())
}

fn copy_rows(from: &Connection, to: &Connection, table: &str) -> Result<(), StoreError> {
    let mut select = from.prepare(&format!("SELECT * FROM {table}"))?;
    let marks = vec!["?"; select.column_count()].join(", ");
    let count = select.column_count();
    let mut insert = to.prepare(&format!("INSERT INTO {table} VALUES ({marks})"))?;
    let mut rows = select.query([])?;
    while let Some(row) = next_row(&mut rows, count)? {
        insert.execute(rusqlite::params_from_iter(row))?;
    }
    Ok(())
}

/// Counts the rows of a table that are not in both databases alike.
fn compare_table(a: &Connection, b: &Connection, name: &str) -> Result<u64, StoreError> {
    let order = Order::of(a, name)?;
    let (text, keys, count) = (order.select, order.keys, order.count);
    let mut differing = order.strays.map_or(Ok(0), |strays| a.query_row(&strays, [], |row| row.get(0)))?;
    let (mut select_a, mut select_b) = (a.prepare(&text)?, b.prepare(&text)?);
    let (mut rows_a, mut rows_b) = (select_a.query([])?, select_b.query([])?);
    let (mut row_a, mut row_b) = (next_row(&mut rows_a, count)?, next_row(&mut rows_b, count)?);
    loop {
        let order = match (&row_a, &row_b) {
            (None, None) => return Ok(differing),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) => keys
                .iter()
                .fold(Ordering::Equal, |order, key| order.then_with(|| compare_values(&a[*key], &b[*key]))),
        };
        if order != Ordering::Equal || row_a != row_b {
            differing += 1;
        }
        if order != Ordering::Greater {
            row_a = next_row(&mut rows_a, count)?;
        }
        if order != Ordering::Less {
            row_b = next_row(&mut rows_b, count)?;
        }
    }
}

/// Says how the rows of a table are compared: in which order, and by which of their columns they are the same row.
struct Order {
    select: String,
    keys: Vec<usize>,
    count: usize,
    /// Counts rows that belong to nothing.
    strays: Option<String>,
}

impl Order {
    fn of(sql: &Connection, name: &str) -> Result<Self, StoreError> {
        // Numbers of objects are given as they come, so objects are compared by their names. The state of a text may be packed
        // in several ways that mean the same; it is compared by what it means.
        let (columns, keys): (&[&str], usize) = match name {
            "obj" => (&["x.kind", "x.created", "x.updated", "x.erased"], 2),
            "field" => (&["x.field", "x.value", "x.hlc", "x.fid"], 3),
            "element" => (&["x.field", "x.element", "x.tag", "x.removed", "x.fid"], 5),
            "element_also" => (&["x.field", "x.element", "x.tag", "x.fid"], 6),
            "doc" => (&["x.field", "x.codec", "x.text"], 3),
            _ => return Self::by_key(sql, name),
        };
        let columns = ["o.space", "o.id"].iter().chain(columns).copied().collect::<Vec<_>>();
        let select = format!(
            "SELECT {} FROM obj o JOIN {name} x ON x.oid = o.oid ORDER BY {}",
            columns.join(", "),
            columns[..keys].join(", ")
        );
        let strays = format!("SELECT count(*) FROM {name} WHERE oid NOT IN (SELECT oid FROM obj)");
        Ok(Self { select, keys: (0..keys).collect(), count: columns.len(), strays: Some(strays) })
    }

    fn by_key(sql: &Connection, name: &str) -> Result<Self, StoreError> {
        let columns = columns_of(sql, name)?;
        let names: Vec<&str> = columns.iter().map(|(column, _)| column.as_str()).collect();
        let mut key: Vec<(usize, i64)> = columns
            .iter()
            .enumerate()
            .filter(|(_, (_, place))| *place > 0)
            .map(|(at, c)| (at, c.1))
            .collect();
        key.sort_by_key(|(_, place)| *place);
        let order: Vec<&str> = key.iter().map(|(at, _)| names[*at]).collect();
        let order = if order.is_empty() { "rowid".to_owned() } else { order.join(", ") };
        Ok(Self {
            select: format!("SELECT {} FROM {name} ORDER BY {order}", names.join(", ")),
            keys: key.into_iter().map(|(at, _)| at).collect(),
            count: names.len(),
            strays: None,
        })
    }
}

fn next_row(rows: &mut Rows, count: usize) -> Result<Option<Vec<Value>>, StoreError> {
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some((0..count).map(|column| row.get(column)).collect::<Result<_, _>>()?))
}

fn columns_of(sql: &Connection, name: &str) -> Result<Vec<(String, i64)>, StoreError> {
    let mut info = sql.prepare("SELECT name, pk FROM pragma_table_info(?1) ORDER BY cid")?;
    Ok(info.query_map([name], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}

/// Orders the values of keys as SQLite does.
fn compare_values(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Integer(a), Value::Integer(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.as_bytes().cmp(b.as_bytes()),
        (Value::Blob(a), Value::Blob(b)) => a.cmp(b),
        _ => Ordering::Equal,
    }
}

/// Checks that the state of every text stands for the text beside it.
fn check_docs(sql: &Connection, report: &mut VerifyReport) -> Result<(), StoreError> {
    // An empty state stands for the one update in the log, which the comparison of the tables has looked at.
    let mut select = sql.prepare("SELECT state, text FROM doc WHERE state <> x''")?;
    let mut rows = select.query([])?;
    let mut differing = 0;
    while let Some(row) = rows.next()? {
        let state: Vec<u8> = row.get(0)?;
        let text: String = row.get(1)?;
        if TextDoc::load(&state, 1).map(|doc| doc.text()).ok() != Some(text) {
            differing += 1;
        }
    }
    if differing > 0 {
        report.problems.push(format!("{differing} texts are kept in a state that stands for another text"));
    }
    Ok(())
}

/// Opens every file of the journal.
fn check_files(reader: &Reader, blobs: &BlobStore, report: &mut VerifyReport) -> Result<(), StoreError> {
    for id in journal::all_attachments(reader)? {
        report.files += 1;
        match journal::blob_of_attachment(reader, id)? {
            Some(blob) => {
                if let Err(problem) = blobs.check(&blob) {
                    report.problems.push(format!("the file {id}: {problem}"));
                }
            }
            None => report.problems.push(format!("the file {id} has no record of where it lies")),
        }
    }
    Ok(())
}
