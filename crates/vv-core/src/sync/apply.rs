//! Taking in what came: each record on its own, so that one that is wrong keeps none of the others away.

use vv_protocol::wire::Carried;

use super::claims;
use super::error::SyncError;
use super::model::PlaceId;
use super::spaces::TravellingSpace;
use super::table;
use crate::notebook::Notebook;
use crate::store::log;
use crate::store::page::Page;
use crate::store::take_in::Taken;
use crate::store::{Reader, StoreError, Tx};

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
    for ((record, taken), seen) in records.iter().zip(tx.take_in_page(page)?).zip(quoted) {
        if let (Taken::New | Taken::Parked(_), Some(seen)) = (taken, &seen) {
            claims::note(tx, pid, space.sid, record.header().stream, seen)?;
        }
        match taken {
            Taken::New => applied.new += 1,
            Taken::Known => {
                applied.known += 1;
                note_own(tx, space, record, pid)?;
            }
            Taken::Parked(_) => applied.parked += 1,
            Taken::Refused(_) => applied.refused += 1,
        }
    }
    Ok(applied)
}

fn note_own(tx: &Tx<'_>, space: &TravellingSpace, record: &Carried, pid: PlaceId) -> Result<(), StoreError> {
    let header = record.header();
    let Some(feed) = log::find_feed(tx.sql(), space.sid, header.stream, &header.feed)? else { return Ok(()) };
    if feed.device == tx.core().device() {
        table::set_sent(tx.sql(), pid, feed.fid, header.seq)?;
    }
    Ok(())
}
