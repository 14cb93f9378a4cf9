//! Which guide a session is likely to follow. A suggestion: whoever begins a meeting takes any guide they like.

use super::error::MeetingError;
use super::of_pairing::{held_sessions, read_charter};
use crate::guides::find_built_in;
use crate::ids::PairSessionId;
use crate::pairings::table;
use crate::pairings::{Home, PairingKind};
use crate::store::Reader;

/// Guides that take the place of the standard session now and then.
pub const SHELF: [&str; 5] = ["p3-shadow", "p3-document", "p3-role-play", "p3-network", "p3-story"];

/// Names the guide for a session: the step of its programme, the first meeting, or what its kind of pairing does in an hour.
pub fn suggested_guide(
    reader: &Reader,
    home: Home,
    session: Option<PairSessionId>,
) -> Result<&'static str, MeetingError> {
    if let Some(session) = session
        && let Some(row) = table::session(reader.sql(), (home.sid(reader)?, home.key()), session)?
        && let Some(found) = find_built_in(&row.topic.replace('/', "-"), "en")
    {
        return Ok(&found.guide.id);
    }
    let held = held_sessions(reader, home)?.len();
    Ok(match read_charter(reader, home)?.kind {
        PairingKind::Handover => "k3-handover",
        PairingKind::PeerCoaching => "p7",
        PairingKind::PracticePartner => "c5",
        PairingKind::Reverse | PairingKind::Reciprocal if held == 0 => "p6-s1",
        _ if held == 0 => "p2",
        _ => "p3",
    })
}
