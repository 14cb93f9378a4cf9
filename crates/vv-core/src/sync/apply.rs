//! Taking in what came: each record on its own, so that one that is wrong keeps none of the others away.

use vv_protocol::wire::Carried;

use super::model::PlaceId;
use super::spaces::TravellingSpace;
use super::table;
use crate::store::log;
use crate::store::take_in::{Chain, Taken};
use crate::store::{StoreError, Tx};

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

/// Takes in what came of a space. What came back of this device's own feeds is noted as sent.
pub(super) fn apply(
    tx: &mut Tx<'_>,
    space: &TravellingSpace,
    records: &[Carried],
    pid: PlaceId,
) -> Result<Applied, StoreError> {
    let mut applied = Applied::default();
    for record in records {
        let header = record.header();
        if header.space != space.id {
            applied.refused += 1;
            continue;
        }
        let taken = if record.is_stub() {
            tx.take_in_stub(record.raw(), 0, &[0; 16], crate::store::Hlc::ZERO, Chain::Whole)
        } else {
            tx.take_in(record.raw(), Chain::Whole)
        };
        match taken {
            Ok(Taken::New) => applied.new += 1,
            Ok(Taken::Known) => {
                applied.known += 1;
                note_own(tx, space, record, pid)?;
            }
            Err(StoreError::BadRecord(_) | StoreError::BadUpdate(_)) => applied.refused += 1,
            Err(problem) => return Err(problem),
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
