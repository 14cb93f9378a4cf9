//! The places a person chose: added, paused, answered for, and left.

use super::copies;
use super::error::SyncError;
use super::model::{Address, Alarm, AlarmKind, Answer, Pause, Place, PlaceId, SpaceProgress};
use super::sharing;
use super::spaces::travelling;
use super::table;
use crate::notebook::Notebook;
use crate::ports::remote::AccessKey;
use crate::store::StoreError;
use vv_protocol::wire::Known;

/// Adds a place, with the voucher that its administrator gave out, if any. Nothing is sent before the next round.
pub fn add_place(notebook: &Notebook, address: &Address, voucher: &str) -> Result<PlaceId, SyncError> {
    notebook.write(|tx| table::insert_place(tx.sql(), address, voucher, tx.now()))
}

/// Lists the places.
pub fn list_places(notebook: &Notebook) -> Result<Vec<Place>, StoreError> {
    notebook.read(|reader| table::list_places(reader.sql()))
}

/// Leaves a place. What is in the notebook and what lies at the place stay as they are.
pub fn leave_place(notebook: &Notebook, place: PlaceId) -> Result<(), StoreError> {
    notebook.write(|tx| table::remove_place(tx.sql(), place))
}

/// Pauses a place, or goes on with it. One that waits for an answer goes on only by [`answer_alarm`].
pub fn pause_place(notebook: &Notebook, place: PlaceId, paused: bool) -> Result<(), SyncError> {
    notebook.write(|tx| {
        let found = table::find_place(tx.sql(), place)?.ok_or(SyncError::NoPlace)?;
        if found.pause == Pause::ByAlarm {
            return Ok(());
        }
        Ok(table::set_pause(tx.sql(), place, if paused { Pause::ByPerson } else { Pause::No }, tx.now())?)
    })
}

/// Tells what went through a place, space by space.
pub fn space_progress(notebook: &Notebook, place: PlaceId) -> Result<Vec<SpaceProgress>, StoreError> {
    notebook.read(|reader| table::progress(reader.sql(), place, &reader.core().device()))
}

/// Gives the keys of what travels through a server, and how far each stream is known: what is asked for when one waits there.
pub fn listening(notebook: &Notebook, place: PlaceId) -> Result<(Vec<AccessKey>, Vec<Known>), StoreError> {
    notebook.read(|reader| {
        let (mut keys, mut known) = (Vec::new(), Vec::new());
        for space in travelling(reader)? {
            if !table::knows_space(reader.sql(), place, space.sid)? {
                continue;
            }
            keys.push(space.access_key(reader)?);
            for stream in space.streams() {
                let head = table::stream_head(reader.sql(), place, space.sid, stream)?.head;
                known.push(Known { space: space.id, stream, head });
            }
        }
        Ok((keys, known))
    })
}

/// Lists what went wrong and waits for an answer.
pub fn open_alarms(notebook: &Notebook) -> Result<Vec<Alarm>, StoreError> {
    notebook.read(|reader| table::open_alarms(reader.sql()))
}

/// Does what a person decided about an alarm.
pub fn answer_alarm(notebook: &Notebook, alarm: i64, answer: Answer) -> Result<(), SyncError> {
    notebook.write(|tx| {
        let open = table::open_alarms(tx.sql())?;
        let Some(found) = open.iter().find(|open| open.id == alarm) else { return Ok(()) };
        match answer {
            Answer::UploadAgain if found.kind == AlarmKind::SetBack => {
                return Ok(copies::go_on(tx, found.place)?);
            }
            Answer::UploadAgain => {
                table::forget_progress(tx.sql(), found.place)?;
                for space in travelling(tx)? {
                    sharing::forget_given(tx, found.place, &space.id)?;
                }
            }
            Answer::TryAgain => {}
            Answer::LeavePlace => return Ok(table::remove_place(tx.sql(), found.place)?),
        }
        Ok(copies::close(tx, found)?)
    })
}
