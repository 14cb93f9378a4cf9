//! Taking in what came: each record on its own, so that one that is wrong keeps none of the others away.

use std::collections::BTreeMap;

use vv_protocol::wire::Carried;

use super::claims;
use super::copies;
use super::error::SyncError;
use super::model::{AlarmKind, PlaceId};
use super::spaces::TravellingSpace;
use super::table;
use crate::notebook::Notebook;
use crate::store::log;
use crate::store::page::Page;
use crate::store::splits::{self, SPLIT};
use crate::store::take_in::Taken;
use crate::store::{Reader, StoreError, Tx, critical};

/// Counts what became of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Applied {
    /// Merged.
    pub new: u64,
    /// Here already.
    pub known: u64,
    /// Waiting for something that has not come yet.
    pub parked: u64,
    /// Put aside.
    pub refused: u64,
    /// Put aside because another record stands in its place.
    pub doubled: u64,
}

/// Reads, opens and verifies what came, before any transaction is begun.
pub(super) fn prepare(notebook: &Notebook, records: &[Carried]) -> Result<Page, SyncError> {
    let raws = records.iter().map(|record| record.raw().to_vec()).collect();
    Ok(notebook.read(|reader: &Reader<'_>| Page::prepare(reader, raws))?)
}

/// Takes in what came of a space. What came back of this device's own feeds is noted as sent.
pub(super) fn apply(
    tx: &mut Tx<'_>,
    space: &TravellingSpace,
    records: &[Carried],
    page: &Page,
    pid: PlaceId,
) -> Result<Applied, StoreError> {
    let mut applied = Applied::default();
    let quoted = page.seen();
    let mut there: BTreeMap<(u32, [u8; 16]), u64> = BTreeMap::new();
    let was_stopped = critical::is_stopped(tx.sql(), space.sid)?;
    let taken = tx.take_in_page(page)?;
    if !was_stopped && critical::is_stopped(tx.sql(), space.sid)? {
        table::raise(tx.sql(), pid, space.sid, AlarmKind::UpdateNeeded, 1, tx.now())?;
    }
    let has_evidence = splits::is_any(tx.sql())?;
    for ((record, taken), seen) in records.iter().zip(taken).zip(quoted) {
        let header = record.header();
        if let (Taken::New | Taken::Parked(_), Some(seen)) = (taken, &seen) {
            claims::note(tx, pid, space.sid, header.stream, seen)?;
        }
        match taken {
            Taken::New => applied.new += 1,
            Taken::Known => applied.known += 1,
            Taken::Parked(_) => applied.parked += 1,
            Taken::Refused(SPLIT) => applied.doubled += 1,
            Taken::Refused(_) => applied.refused += 1,
        }
        let is_here = matches!(taken, Taken::New | Taken::Known);
        if is_here && !(has_evidence && splits::is_evidence(tx.sql(), &record.hash())?) {
            let seq = there.entry((header.stream, header.feed)).or_default();
            *seq = header.seq.max(*seq);
        }
    }
    for ((stream, feed), seq) in there {
        note_own(tx, space, (stream, &feed, seq), pid)?;
    }
    if applied.doubled > 0 {
        copies::tell(tx, pid)?;
    }
    Ok(applied)
}

fn note_own(
    tx: &Tx<'_>,
    space: &TravellingSpace,
    (stream, feed, seq): (u32, &[u8; 16], u64),
    pid: PlaceId,
) -> Result<(), StoreError> {
    let Some(feed) = log::find_feed(tx.sql(), space.sid, stream, feed)? else { return Ok(()) };
    if feed.device == tx.core().device() {
        table::set_sent(tx.sql(), pid, feed.fid, seq)?;
    }
    Ok(())
}
