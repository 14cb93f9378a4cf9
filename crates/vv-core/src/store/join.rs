//! Joining a backup to the notebook it was made of: what the backup has and the notebook has not comes in, and nothing goes.
//!
//! It is the same merge by which records of another device come in. It can be done because the log of a notebook only grows: a
//! feed here is either a part of the same feed there or the other way round, which is checked before anything is taken in. What
//! was deleted for good here stays deleted.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use vv_crypto::Key32;
use vv_protocol::{Record, Stub};

use super::backup;
use super::blobs::BlobStore;
use super::error::{NotebookError, StoreError};
use super::folder::Folder;
use super::key_file::KeyFile;
use super::log::{self, FeedRow, RecordRow, RecordState};
use super::migrate::{self, MIGRATIONS};
use super::open::{self, Access};
use super::restore;
use super::take_in::{Chain, Taken};
use super::tx::Tx;
use crate::identity::table::{self, fact};
use crate::journal::{all_attachments, blob_of_attachment};

const JOINING: &str = "joining";
const BATCH: u32 = 256;

/// Tells what came out of a backup into the notebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JoinReport {
    /// Records that were not here.
    pub records: u64,
    /// Entries that are here now and were not before.
    pub entries: u32,
}

/// Holds a backup unpacked beside the notebook; it is removed when it is dropped.
pub(crate) struct Unpacked {
    workshop: Folder,
    sql: Connection,
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        // Sealed like the backup itself; a leftover is removed the next time.
        let _removed = fs::remove_dir_all(self.workshop.root());
    }
}

/// Unpacks a backup that was made of this notebook, and opens it.
pub(crate) fn unpack(folder: &Folder, file: &Path, key: &Key32) -> Result<Unpacked, NotebookError> {
    folder.remove_leftovers(JOINING)?;
    let workshop = Folder::new(&folder.workshop(JOINING));
    let opened = restore::unpack(file, &workshop).and_then(|()| {
        let of_backup = KeyFile::read(&workshop.key_file())?;
        if !of_backup.is_key(key) {
            return Err(NotebookError::OtherNotebook);
        }
        let sql =
            open::connect(&workshop.database(), key, Access::Frozen).map_err(|problem| match problem {
                StoreError::Damaged => NotebookError::BackupDamaged,
                other => other.into(),
            })?;
        migrate::standing(&sql, MIGRATIONS)?;
        Ok(sql)
    });
    match opened {
        Ok(sql) => Ok(Unpacked { workshop, sql }),
        Err(problem) => {
            let _removed = fs::remove_dir_all(workshop.root());
            Err(problem)
        }
    }
}

/// Takes in what is not here, and the chunks that it names.
pub(crate) fn join(tx: &mut Tx<'_>, from: &Unpacked, blobs: &BlobStore) -> Result<JoinReport, NotebookError> {
    let account = |sql: &Connection| table::fact_of::<[u8; 32]>(sql, fact::ACCOUNT_ID);
    if account(tx.sql())? != account(&from.sql)? {
        return Err(NotebookError::OtherNotebook);
    }
    let before = backup::count_entries(tx.sql())?;
    let mut report = JoinReport::default();
    let feeds = log::list_feeds(&from.sql)?;
    let mut ahead = Vec::new();
    for feed in feeds {
        if let Some(known) = how_far(tx.sql(), &from.sql, &feed)? {
            ahead.push((feed, known));
        }
    }
    // In the order in which they were merged there, so that nothing comes before what it builds on.
    let mut rid = 0;
    loop {
        let rows = log::records_after(&from.sql, rid, BATCH)?;
        let Some(last) = rows.last() else { break };
        rid = last.rid;
        for row in rows {
            if ahead.iter().any(|(feed, known)| feed.fid == row.fid && row.seq > *known) {
                report.records += u64::from(take_in(tx, &row)? == Taken::New);
            }
        }
    }
    bring_chunks(tx, &from.workshop, blobs)?;
    report.entries = backup::count_entries(tx.sql())?.saturating_sub(before);
    Ok(report)
}

fn take_in(tx: &mut Tx<'_>, row: &RecordRow) -> Result<Taken, StoreError> {
    match row.state {
        RecordState::Stub => tx.take_in_stub(&row.raw, row.kind, &row.object, row.hlc, Chain::Whole),
        _ => tx.take_in(&row.raw, Chain::Whole),
    }
}

/// Tells up to which record a feed of the backup is known here; none when all of it is. Where the two have gone different
/// ways under one name, they cannot be joined.
fn how_far(here: &Connection, there: &Connection, feed: &FeedRow) -> Result<Option<u64>, NotebookError> {
    let sid = log::find_space(here, &feed.head.space)?.ok_or(NotebookError::OtherNotebook)?;
    let Some(known) = log::find_feed(here, sid, feed.head.stream, &feed.head.feed)? else {
        return Ok(Some(0));
    };
    let shared = known.head.seq.min(feed.head.seq);
    if shared > 0
        && let (Some(here), Some(there)) =
            (hash_at(here, known.fid, shared)?, hash_at(there, feed.fid, shared)?)
        && here != there
    {
        return Err(NotebookError::OtherNotebook);
    }
    Ok((feed.head.seq > known.head.seq).then_some(known.head.seq))
}

/// Gives the hash of a record; none where it is known to be lost.
fn hash_at(sql: &Connection, fid: i64, seq: u64) -> Result<Option<[u8; 32]>, StoreError> {
    let Some(row) = log::records_of_feed(sql, fid, seq - 1, 1)?.into_iter().find(|row| row.seq == seq) else {
        return Ok(None);
    };
    let malformed = |_| StoreError::BadRecord("it is malformed");
    Ok(Some(match row.state {
        RecordState::Stub => Stub::decode(&row.raw).map_err(malformed)?.hash(),
        _ => Record::decode(&row.raw).map_err(malformed)?.hash(),
    }))
}

/// Copies the chunks that entries name and that are not here.
fn bring_chunks(tx: &Tx<'_>, workshop: &Folder, blobs: &BlobStore) -> Result<(), NotebookError> {
    let there = BlobStore::new(workshop.blobs());
    for id in all_attachments(tx)? {
        for name in blob_of_attachment(tx, id)?.map(|blob| blob.chunks).unwrap_or_default() {
            let (from, to) = (there.path_of(&name), blobs.path_of(&name));
            if to.exists() || !from.exists() {
                continue;
            }
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder)?;
            }
            // Beside the notebook, so a rename brings it over whole.
            fs::rename(from, to)?;
        }
    }
    Ok(())
}
