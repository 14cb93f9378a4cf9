//! A copied computer: two programs that write under one name, and what becomes of what both wrote.
//!
//! What is seen of it is told where it is seen, and nothing of such a feed is sent until a person has decided. Then the feed begins
//! another life here, and what gave way is written anew in it. `store/splits.rs` does that; here is which of the two runs stays.

use super::model::{Address, Alarm, AlarmKind, Pause, PlaceId};
use super::table;
use crate::store::splits::{self, Split, Stays};
use crate::store::{StoreError, Tx};

/// Tells of feeds that have split. What a device of the person wrote is for the person to decide; of what others wrote in a shared
/// space the first that came stays.
pub(super) fn tell(tx: &Tx<'_>, pid: PlaceId) -> Result<(), StoreError> {
    let (sql, now) = (tx.sql(), tx.now());
    for split in splits::list(sql)? {
        let sid = split.feed.sid;
        if is_ones_own(tx, &split) {
            table::raise(sql, pid, sid, AlarmKind::SetBack, 1, now)?;
        } else {
            splits::leave_aside(sql, split.feed.fid)?;
            table::raise(sql, pid, sid, AlarmKind::Doubled, 1, now)?;
        }
    }
    Ok(())
}

fn is_ones_own(tx: &Tx<'_>, split: &Split) -> bool {
    let core = tx.core();
    let space = core.keyring.space_of(split.feed.sid);
    let is_shared =
        space.is_none_or(|space| space.is_shared() || space.is_account() && space.id != core.account_space);
    split.feed.device == core.device() || !is_shared
}

/// Goes on after a feed has split, as the person decided at a place.
///
/// What a server has, everybody has who reads there, so it stays. In a folder both runs may lie before anybody reads either; then
/// the smaller hash decides, for every device the same.
pub(super) fn go_on(tx: &mut Tx<'_>, pid: PlaceId) -> Result<(), StoreError> {
    let place = table::find_place(tx.sql(), pid)?;
    let is_server = place.is_some_and(|place| matches!(place.address, Address::Server(_)));
    for split in splits::list(tx.sql())? {
        let is_own = split.feed.device == tx.core().device();
        let went_out = !is_own || table::sent(tx.sql(), pid, split.feed.fid)? >= split.at;
        let stays = if is_server || !went_out { Stays::Theirs } else { Stays::Smaller };
        if splits::settle(tx, &split, stays)? {
            table::set_back(tx.sql(), &split.feed, split.at - 1)?;
        }
    }
    // It is decided for every place.
    for alarm in table::open_alarms(tx.sql())?.iter().filter(|alarm| alarm.kind == AlarmKind::SetBack) {
        close(tx, alarm)?;
    }
    Ok(())
}

/// Notes that an alarm was answered; its place goes on where nothing else holds it up.
pub(super) fn close(tx: &Tx<'_>, alarm: &Alarm) -> Result<(), StoreError> {
    table::answer(tx.sql(), alarm.id, tx.now())?;
    let open = table::open_alarms(tx.sql())?;
    let place = table::find_place(tx.sql(), alarm.place)?;
    let waited = place.is_some_and(|place| place.pause == Pause::ByAlarm);
    if waited && !open.iter().any(|other| other.place == alarm.place && other.kind.pauses()) {
        table::set_pause(tx.sql(), alarm.place, Pause::No, tx.now())?;
    }
    Ok(())
}
