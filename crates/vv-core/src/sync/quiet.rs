//! Whether a round with a server has anything to do, told from one snapshot: most rounds have not.

use vv_protocol::wire::StreamHead;

use super::batches::own_feeds;
use super::chain::unseen;
use super::claims;
use super::model::PlaceId;
use super::server::Bound;
use super::table;
use crate::store::op::Kind;
use crate::store::{Reader, StoreError};

/// Tells that nothing moved at a server since it was last read, and that nothing here waits for it. When in doubt it says no.
pub(super) fn is_quiet(
    reader: &Reader<'_>,
    pid: PlaceId,
    bound: &Bound,
    heads: &[StreamHead],
) -> Result<bool, StoreError> {
    let (sql, sid) = (reader.sql(), bound.space.sid);
    if !table::knows_space(sql, pid, sid)? {
        return Ok(false);
    }
    for stream in bound.space.streams() {
        let at = table::stream_head(sql, pid, sid, stream)?;
        let there = heads.iter().find(|head| head.stream == stream);
        if there.map_or_else(|| unseen(stream) != at, |there| *there != at)
            || claims::is_any(sql, pid, sid, stream)?
            || claims::is_kept_back(reader, &bound.space.id, stream)?
        {
            return Ok(false);
        }
        for feed in own_feeds(reader, sid, stream)? {
            if table::sent(sql, pid, feed.fid)? < feed.head.seq {
                return Ok(false);
            }
        }
    }
    let (_, last) = table::touched_since(sql, pid, sid, Kind::Attachment.0)?;
    Ok(last == 0
        && table::due(sql, pid, sid)?.is_empty()
        && table::gone(sql, pid)?.is_empty()
        && table::stubs_due(sql, pid, sid)?.is_empty())
}
