//! Takes a space out as it is: its records sealed and signed as they were written, its files as sealed chunks, and the keys beside
//! them, so that anybody to whom a person gives the folder can read it and check it without this program.
//!
//! Nothing is opened on the way, from one snapshot. Not here: what a person reads without any program (`export.rs`).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use uuid::Uuid;
use vv_crypto::chunk_name;

use super::error::PortabilityError;
use super::export::{place, settle, unwritable};
use super::model::{Progress, Watch};
use super::space_files::{KeysFile, RecordsFile, write_chunk};
use crate::journal::blob_of_attachment;
use crate::notebook::Notebook;
use crate::spaces::SpaceId;
use crate::store::keyring::SpaceKeys;
use crate::store::log::{self, FeedRow, RecordState};
use crate::store::op::Kind;
use crate::store::{Reader, StoreError, standing};

/// Bytes after which a file of records ends and another begins.
const FILE: usize = 8 * 1024 * 1024;
/// How many records are read at once.
const WINDOW: u32 = 1_000;

/// Asks for a space to be taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportSpace {
    /// The space; none means the journal.
    pub space: Option<SpaceId>,
    /// The folder; it is made, or is there and empty.
    pub path: PathBuf,
}

/// Tells what was taken out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpaceExport {
    /// Records, with those of which only header and hash are left.
    pub records: u64,
    /// Sealed chunks of files.
    pub chunks: u64,
    /// Chunks that are not on this computer, or are damaged.
    pub missing_chunks: u64,
}

/// Writes a space and its keys into a new folder.
///
/// # Errors
/// [`PortabilityError::NoSpace`] when there is no such space, [`PortabilityError::PlaceTaken`] when something lies at the place,
/// [`PortabilityError::Stopped`] when the person stopped it. After any error nothing is left behind.
pub fn export_space(
    notebook: &Notebook,
    request: &ExportSpace,
    watch: &mut Watch<'_>,
) -> Result<SpaceExport, PortabilityError> {
    let place = place(notebook, &request.path, false, false)?;
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let part = place.with_file_name(format!(".{name}.{}.part", notebook.host().ids.make_id().simple()));
    let written = fs::create_dir(&part).map_err(unwritable).and_then(|()| {
        let report = notebook.read(|reader| {
            Writing { notebook, reader, part: &part, watch, done: SpaceExport::default(), total: 0 }
                .write(request.space)
        })?;
        settle(&part, &place, false, false)?;
        Ok(report)
    });
    if written.is_err() {
        // What was begun is of no use to anybody; the first error is the one to tell.
        let _ = fs::remove_dir_all(&part);
    }
    written
}

struct Writing<'a, 'w> {
    notebook: &'a Notebook,
    reader: &'a Reader<'a>,
    part: &'a Path,
    watch: &'a mut Watch<'w>,
    done: SpaceExport,
    total: u64,
}

impl Writing<'_, '_> {
    fn write(mut self, space: Option<SpaceId>) -> Result<SpaceExport, PortabilityError> {
        let core = self.reader.core();
        let space = space.map_or(core.journal.id, |space| space.0);
        let held = core.keyring.space(&space).filter(|held| !held.is_account());
        let held = held.ok_or(PortabilityError::NoSpace)?;
        let now = self.reader.now().timestamp_millis();
        let mut keys = KeysFile::begin(&held.id, held.kind, now, &held.epochs);
        let logs = self.account_logs(held)?;
        let all = log::list_feeds(self.reader.sql())?;
        let wanted = |feed: &&FeedRow| feed.sid == held.sid || logs.iter().any(|log| log.sid == feed.sid);
        self.total = all.iter().filter(wanted).map(|feed| feed.head.seq).sum();
        for feed in all.iter().filter(wanted) {
            self.write_feed(feed, &mut keys)?;
        }
        for log in &logs {
            if let (Some(account), Some(key)) = (&log.account, &log.log_key) {
                keys.add_account(account, key);
            }
        }
        self.write_chunks(held, &mut keys)?;
        keys.write(self.part).map_err(unwritable)?;
        Ok(self.done)
    }

    /// Finds the account logs of all whose devices have written in a space: without them nobody can tell who wrote.
    fn account_logs(&self, held: &SpaceKeys) -> Result<Vec<SpaceKeys>, StoreError> {
        let sql = self.reader.sql();
        let mut accounts = BTreeSet::from([self.reader.core().account_id]);
        for feed in log::list_feeds(sql)?.into_iter().filter(|feed| feed.sid == held.sid) {
            accounts.extend(standing::account_of(sql, &feed.device)?);
        }
        let of_them = |log: &&SpaceKeys| log.account.is_some_and(|account| accounts.contains(&account));
        Ok(self.reader.core().keyring.spaces().filter(of_them).cloned().collect())
    }

    fn write_feed(&mut self, feed: &FeedRow, keys: &mut KeysFile) -> Result<(), PortabilityError> {
        let folder = self.part.join(HEXLOWER.encode(&feed.head.space));
        fs::create_dir_all(&folder).map_err(unwritable)?;
        let (mut after, mut missing, mut left_out) = (0, Vec::new(), Vec::new());
        let mut file: Option<RecordsFile> = None;
        loop {
            let rows = log::records_of_feed(self.reader.sql(), feed.fid, after, WINDOW)?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                if row.seq > after + 1 {
                    missing.push((after + 1, row.seq - 1));
                    finish(file.take(), &folder)?;
                }
                after = row.seq;
                if matches!(row.state, RecordState::Cut | RecordState::Refused) {
                    extend(&mut left_out, row.seq);
                }
                if file.as_ref().is_some_and(|file| file.len() + row.raw.len() > FILE) {
                    finish(file.take(), &folder)?;
                }
                let (space, stream) = (&feed.head.space, feed.head.stream);
                file.get_or_insert_with(|| RecordsFile::begin(space, stream, &feed.public_key, row.seq))
                    .add(&row.raw);
                self.done.records += 1;
            }
            self.tell()?;
        }
        finish(file, &folder)?;
        if after < feed.head.seq {
            missing.push((after + 1, feed.head.seq));
        }
        keys.add_feed(&feed.head, missing, left_out);
        Ok(())
    }

    /// Copies the chunks of every file that is in the space. Each is checked by its name, and none is opened.
    fn write_chunks(&mut self, held: &SpaceKeys, keys: &mut KeysFile) -> Result<(), PortabilityError> {
        let within = self.reader.in_space(&held.id)?;
        let mut names = BTreeSet::new();
        for object in files_of(self.reader, held.sid)? {
            let blob = blob_of_attachment(&within, Uuid::from_bytes(object).into())?;
            names.extend(blob.into_iter().flat_map(|blob| blob.chunks));
        }
        for name in names {
            match self.notebook.blobs().sealed(&name)? {
                Some(sealed) if chunk_name(&sealed) == name => {
                    write_chunk(self.part, &name, &sealed).map_err(unwritable)?;
                    keys.add_chunk(&name);
                    self.done.chunks += 1;
                }
                _ => self.done.missing_chunks += 1,
            }
            self.tell()?;
        }
        Ok(())
    }

    /// Tells how far it is, and ends it when the person stopped it.
    fn tell(&mut self) -> Result<(), PortabilityError> {
        if self.watch.is_stopped() {
            return Err(PortabilityError::Stopped);
        }
        let done = self.done.records;
        (self.watch.progress)(Progress { done, total: Some(self.total.max(done)), seconds_left: None });
        Ok(())
    }
}

/// Lists the files that are attached to anything in a space.
fn files_of(reader: &Reader<'_>, sid: i64) -> Result<Vec<[u8; 16]>, StoreError> {
    Ok(reader
        .sql()
        .prepare_cached("SELECT id FROM obj WHERE space = ?1 AND kind = ?2 AND erased = 0 ORDER BY id")?
        .query_map([sid, i64::from(Kind::Attachment.0)], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

fn finish(file: Option<RecordsFile>, folder: &Path) -> Result<(), PortabilityError> {
    file.map_or(Ok(()), |file| file.write(folder)).map_err(unwritable)
}

/// Adds a number to ranges that rise.
fn extend(ranges: &mut Vec<(u64, u64)>, number: u64) {
    match ranges.last_mut() {
        Some((_, last)) if *last + 1 == number => *last = number,
        _ => ranges.push((number, number)),
    }
}
