//! Who is who: which people are one, and what each is called today.
//!
//! “This one is that one” is a field of the person that leads to the other, so it merges like any field. Two devices may lead two
//! people to each other at once; then the one with the smallest id stands for the ring, on every device the same.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::ids::PersonId;
use crate::store::error::StoreError;

/// Holds every person with their name and whom they turned out to be.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    people: BTreeMap<PersonId, Known>,
}

#[derive(Debug)]
struct Known {
    name: String,
    merged_into: Option<PersonId>,
}

impl Directory {
    /// Reads everybody.
    pub(crate) fn read(sql: &Connection) -> Result<Self, StoreError> {
        let mut read = sql.prepare_cached("SELECT id, name, merged_into FROM person")?;
        let rows = read.query_map([], |row| {
            let merged_into = row.get::<_, Option<[u8; 16]>>(2)?.map(PersonId::from_bytes);
            Ok((PersonId::from_bytes(row.get(0)?), Known { name: row.get(1)?, merged_into }))
        })?;
        Ok(Self { people: rows.collect::<Result<_, _>>()? })
    }

    /// Gives the person that somebody turned out to be, or themselves; none when nobody knows them.
    pub(crate) fn root(&self, id: PersonId) -> Option<PersonId> {
        let mut way = vec![id];
        let mut known = self.people.get(&id)?;
        while let Some(next) = known.merged_into {
            // One that was deleted stands in nobody's way.
            let Some(there) = self.people.get(&next) else { break };
            if let Some(at) = way.iter().position(|passed| *passed == next) {
                return way[at..].iter().min().copied();
            }
            way.push(next);
            known = there;
        }
        way.last().copied()
    }

    /// Lends the name of today; none while the record that gives it is still on its way.
    pub(crate) fn name(&self, id: PersonId) -> Option<&str> {
        self.people.get(&self.root(id)?).map(|known| known.name.as_str()).filter(|name| !name.is_empty())
    }

    /// Lends the name that somebody has by themselves, whoever they turned out to be.
    pub(crate) fn own_name(&self, id: PersonId) -> Option<&str> {
        self.people.get(&id).map(|known| known.name.as_str())
    }

    /// Lists everybody who is the same as this one, themselves among them.
    pub(crate) fn group(&self, id: PersonId) -> Vec<PersonId> {
        let Some(root) = self.root(id) else { return Vec::new() };
        self.ids().filter(|other| self.root(*other) == Some(root)).collect()
    }

    /// Lists everybody whom nobody else stands for.
    pub(crate) fn roots(&self) -> Vec<PersonId> {
        self.ids().filter(|id| self.root(*id) == Some(*id)).collect()
    }

    /// Lists everybody, also those that turned out to be another.
    pub(crate) fn ids(&self) -> impl Iterator<Item = PersonId> {
        self.people.keys().copied()
    }

    /// Lists those who are called otherwise in the other directory, or are in one of the two alone.
    pub(crate) fn called_otherwise(&self, other: &Self) -> Vec<PersonId> {
        let mut all: Vec<PersonId> = self.ids().chain(other.ids()).collect();
        all.sort();
        all.dedup();
        all.retain(|id| self.name(*id) != other.name(*id));
        all
    }
}
