//! Topics over time: how many entries bore each tag, month by month.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use super::each_entry;
use crate::journal::{JournalError, tag_key};
use crate::store::Reader;

/// Holds the months of a stretch and what was tagged in each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topics {
    /// The first day of each month, in order.
    pub months: Vec<NaiveDate>,
    /// The tags, most used first.
    pub topics: Vec<Topic>,
}

/// Counts the entries with one tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The tag as its newest entry spells it.
    pub tag: String,
    /// Entries in all.
    pub entries: u32,
    /// Entries of each month.
    pub by_month: Vec<u32>,
}

/// Counts the most used tags of a stretch, month by month.
///
/// # Errors
/// [`JournalError::Invalid`] for a year outside 1 to 9999 or a stretch that ends before it begins.
pub fn read_topics(
    reader: &Reader<'_>,
    from: NaiveDate,
    to: NaiveDate,
    most: usize,
) -> Result<Topics, JournalError> {
    if to < from {
        return Err(JournalError::Invalid {
            field: "to",
            why: "the last day comes before the first; nothing was counted".to_owned(),
        });
    }
    let number_of = |day: NaiveDate| day.year() * 12 + day.month0() as i32;
    let first = number_of(from);
    let count = usize::try_from(number_of(to) - first + 1).unwrap_or(0);
    let months = (0..count as i32)
        .filter_map(|at| {
            let number = first + at;
            NaiveDate::from_ymd_opt(number.div_euclid(12), number.rem_euclid(12) as u32 + 1, 1)
        })
        .collect();
    let mut by_key: HashMap<String, Topic> = HashMap::new();
    each_entry(reader, from, to, |row| {
        let month = usize::try_from(number_of(row.on) - first).unwrap_or(0);
        for tag in row.tags {
            let topic = by_key.entry(tag_key(&tag)).or_insert_with(|| Topic {
                tag,
                entries: 0,
                by_month: vec![0; count],
            });
            topic.entries += 1;
            if let Some(of_month) = topic.by_month.get_mut(month) {
                *of_month += 1;
            }
        }
        Ok(())
    })?;
    let mut topics: Vec<Topic> = by_key.into_values().collect();
    topics.sort_by_cached_key(|topic| (std::cmp::Reverse(topic.entries), tag_key(&topic.tag)));
    topics.truncate(most);
    Ok(Topics { months, topics })
}
