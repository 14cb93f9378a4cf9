//! Whom the sample notebook names, and who helped its owner with what.
//!
//! The texts of the year stay plain to read: whoever stands in one of the last ten months is named there by the first place of
//! their name in it, so that people have pages with something on them.

use std::collections::HashMap;

use chrono::Days;

use super::DemoError;
use crate::day;
use crate::helped::{self, NewHelped};
use crate::ids::{EntryId, PersonId};
use crate::people::{self, PersonWords, mention_of};
use crate::store::tx::Tx;

/// In texts of how many days somebody is named.
const LAST_DAYS: u64 = 300;

/// Name, other names, and the line about them.
const PEOPLE: &[(&str, &[&str], &str)] = &[
    ("Ines", &[], "Support. Hears what customers say before they write it."),
    ("Jon", &["JB"], "Finance, second floor. Explains a balance sheet without sighing."),
    ("Noor", &[], "Pairs with me on Thursdays."),
    ("Priya", &[], "The one to ask about Postgres, and about saying what a query costs."),
    ("Ravi", &[], "Accessibility. Always begins with what he hears."),
    ("Selin", &[], "Writes the shortest decision notes in the house."),
];

/// Who helped with what, how many days ago, and the entry it belongs to.
const NOTES: &[(u64, &str, &str, &str)] = &[
    (354, "Priya", "slow queries", "index-lesson"),
    (281, "Priya", "slow queries", ""),
    (264, "Ravi", "screen readers", "headings"),
    (96, "Jon", "reading the P&L", ""),
    (74, "Priya", "slow queries", ""),
    (60, "Selin", "a decision note", ""),
    (41, "Jon", "accruals", ""),
    (17, "Ines", "what customers mean", ""),
    (13, "Jon", "reading the P&L", ""),
    (3, "Priya", "data", ""),
];

/// Knows everybody by name.
#[derive(Debug, Default)]
pub(super) struct Met(HashMap<&'static str, PersonId>);

impl Met {
    /// Writes everybody down.
    pub(super) fn everybody(tx: &mut Tx) -> Result<Self, DemoError> {
        let mut met = HashMap::new();
        for (name, others, about) in PEOPLE {
            let words = PersonWords {
                name: (*name).to_owned(),
                other_names: others.iter().map(|other| (*other).to_owned()).collect(),
                about: (*about).to_owned(),
            };
            met.insert(*name, people::save_person(tx, None, words)?);
        }
        Ok(Self(met))
    }

    /// Names whoever stands in a text: the first word of theirs becomes a mention.
    pub(super) fn name(&self, text: &str, days_ago: u64) -> String {
        let mut text = text.to_owned();
        for (name, ..) in PEOPLE {
            if let (Some(id), true) = (self.0.get(name), days_ago <= LAST_DAYS)
                && let Some(at) = first_word(&text, name)
            {
                text.replace_range(at..at + name.len(), &mention_of(*id, name));
            }
        }
        text
    }

    /// Notes who helped, each on its day.
    pub(super) fn note_help(
        &self,
        tx: &mut Tx,
        entries: &HashMap<&'static str, EntryId>,
    ) -> Result<(), DemoError> {
        let today = day::today(tx);
        for (days_ago, name, subject, entry) in NOTES {
            let Some(person) = self.0.get(name) else { continue };
            let new = NewHelped {
                person: *person,
                subject: (*subject).to_owned(),
                on: Some(today - Days::new(*days_ago)),
                entry: entries.get(entry).copied(),
            };
            helped::note_helped(tx, &new)?;
        }
        Ok(())
    }
}

/// Finds the first place of a name in a line without links.
fn first_word(text: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let begin = from;
        from += line.len();
        if line.contains(['[', '`', '#', '|']) {
            continue;
        }
        let stands_alone = |at: &usize| {
            let before = line[..*at].chars().next_back();
            let after = line[at + name.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        };
        if let Some(at) = line.match_indices(name).map(|(at, _)| at).find(stands_alone) {
            return Some(begin + at);
        }
    }
    None
}
