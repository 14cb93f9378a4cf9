//! From a meeting into the person's own journal: an entry with what they wrote, words that fill a loop. Copies, which nobody else sees.

use super::error::MeetingError;
use super::of_pairing::name_in;
use super::read::get_meeting;
use crate::guides::{around, outcome};
use crate::ids::{EntryId, FillingId, LoopId, MeetingId};
use crate::journal::{EntryOrigin, NewEntry, create_entry};
use crate::loops::{self, Filling, NewFilling, Part};
use crate::pairings::Home;
use crate::store::Tx;
use crate::words::{Unfit, paragraphs};

/// Writes an entry with what the person answered in a meeting, what was for them alone included.
///
/// # Errors
/// [`MeetingError::Unfit`] when they have written nothing.
pub fn keep_as_entry(
    tx: &mut Tx,
    home: Home,
    id: MeetingId,
    language: &str,
) -> Result<EntryId, MeetingError> {
    let meeting = get_meeting(tx, home, id, language)?;
    let around = around(tx, &meeting.guide)?;
    let planned = outcome(&meeting.guide, &meeting.state, &around, &meeting.me).entry;
    if planned.text.trim().is_empty() {
        let why = "you wrote nothing in this meeting, so there is nothing to keep".to_owned();
        return Err(Unfit { field: "meeting", why }.into());
    }
    let new = NewEntry {
        title: planned.title,
        text: planned.text,
        tags: planned.tags,
        origin: EntryOrigin::Guided,
        ..NewEntry::default()
    };
    Ok(create_entry(tx, new)?)
}

/// Fills a part of a loop with words from a meeting, with whom it was and in which meeting.
pub fn fill_loop_with_meeting(
    tx: &mut Tx,
    home: Home,
    id: MeetingId,
    (learning_loop, part): (LoopId, Part),
    words: &str,
    language: &str,
) -> Result<FillingId, MeetingError> {
    let meeting = get_meeting(tx, home, id, language)?;
    let new = NewFilling {
        part,
        filling: Filling::Words(paragraphs(words, "words")?),
        on: None,
        who: name_in(tx, home)?,
        source: meeting.guide.title,
    };
    Ok(loops::fill_with(tx, learning_loop, new)?)
}
