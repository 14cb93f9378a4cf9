//! Changing facts of an entry: title, tags, star, date and time zone.

use super::error::JournalError;
use super::get::read_object;
use super::model::EntryChange;
use super::moment::{Moment, check_year, parse_local};
use super::record::{self, EntryFacts, entry};
use super::tag::clean_tags;
use super::text::clean_title;
use crate::ids::EntryId;
use crate::store::op::{Change, Object, Op, Value};
use crate::store::tx::Tx;

/// Changes facts of an entry. What is already so makes no record.
///
/// Another time zone keeps the instant and reads it on the new clock; with another wall-clock time, that time is taken in
/// the zone. The day follows the moment as long as nobody chose another one.
pub fn change_entry(tx: &mut Tx, id: EntryId, change: &EntryChange) -> Result<(), JournalError> {
    let object = read_object(tx, id)?;
    let facts = EntryFacts::of(&object);
    let mut ops = Vec::new();
    if let Some(title) = &change.title {
        let title = clean_title(title)?;
        if title != facts.title {
            ops.push(Op::Set { field: entry::TITLE, value: Value::Text(title) });
        }
    }
    if let Some(tags) = &change.tags {
        ops.extend(change_tags(&object, &clean_tags(tags)?));
    }
    ops.extend(change_moment(&facts, change)?);
    if let Some(starred) = change.starred.filter(|starred| *starred != facts.starred) {
        ops.push(Op::Set { field: entry::STARRED, value: Value::Bool(starred) });
    }
    if !ops.is_empty() {
        tx.commit(Change { object: *id.as_bytes(), ops })?;
    }
    Ok(())
}

/// Removes every spelling that is not wanted any more and adds those that are new.
pub(crate) fn change_tags(object: &Object, wanted: &[String]) -> Vec<Op> {
    let kept: Vec<&str> =
        object.sets.get(&entry::TAGS).into_iter().flatten().filter_map(Value::as_text).collect();
    let gone = kept.iter().filter(|tag| !wanted.iter().any(|wanted| wanted == *tag));
    let came = wanted.iter().filter(|tag| !kept.contains(&tag.as_str()));
    let remove = gone.map(|tag| Op::Remove { field: entry::TAGS, element: Value::from(*tag) });
    let add = came.map(|tag| Op::Add { field: entry::TAGS, element: Value::from(tag.as_str()) });
    remove.chain(add).collect()
}

fn change_moment(facts: &EntryFacts, change: &EntryChange) -> Result<Vec<Op>, JournalError> {
    let zone = change.time_zone.as_deref().or(facts.moment.time_zone());
    let moment = match &change.local_at {
        Some(written) => {
            let local = parse_local(written)?;
            let kept = facts.moment.local_at();
            // A form without seconds that shows the same minute changes nothing.
            let same_minute =
                local == kept || local.and_utc().timestamp() == kept.and_utc().timestamp() / 60 * 60;
            let same_zone = zone == facts.moment.time_zone();
            if same_minute && same_zone {
                facts.moment.clone()
            } else if zone.is_none() {
                let offset = facts.moment.offset_seconds();
                let at = local.and_utc() - chrono::Duration::seconds(i64::from(offset));
                Moment::with_offset(at, offset, None)?
            } else {
                Moment::local(local, zone)?
            }
        }
        None if change.time_zone.is_some() => Moment::at(facts.moment.instant(), zone)?,
        None => facts.moment.clone(),
    };

    let mut ops = Vec::new();
    if moment != facts.moment {
        ops.extend(record::set_moment(&moment));
    }
    let local_day = moment.local_at().date();
    let chosen = match change.on {
        Some(on) => {
            check_year(on, "on")?;
            Some(on)
        }
        None if change.local_at.is_some() => None,
        None => facts.on_is_chosen.then_some(facts.on),
    };
    let chosen = chosen.filter(|on| *on != local_day);
    if chosen != facts.on_is_chosen.then_some(facts.on) {
        ops.push(record::set_on(chosen));
    }
    Ok(ops)
}
