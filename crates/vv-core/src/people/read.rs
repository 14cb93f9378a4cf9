//! Reading people: the list, one whole, and whom an entry names.

use std::collections::HashMap;

use super::directory::Directory;
use super::error::PersonError;
use super::model::{Named, Person, PersonRow};
use super::{record, table};
use crate::ids::{EntryId, PersonId};
use crate::search::folded;
use crate::store::StoreError;
use crate::store::tx::Reader;

/// How many entries of a person are listed.
const MOST_ENTRIES: usize = 100;

/// Lists everybody by name, people that turned out to be another apart.
pub fn list_people(reader: &Reader) -> Result<Vec<PersonRow>, PersonError> {
    Ok(rows(reader)?)
}

/// Lists people one of whose names has words that begin with each of the given ones.
pub fn find_people(reader: &Reader, asked: &str) -> Result<Vec<PersonRow>, PersonError> {
    let mut rows = rows(reader)?;
    rows.retain(|row| goes_by(row, asked));
    Ok(rows)
}

/// Gives a person whole. One that turned out to be another is shown as that other.
pub fn get_person(reader: &Reader, id: PersonId) -> Result<Person, PersonError> {
    let sql = reader.sql();
    let known = Directory::read(sql)?;
    let id = known.root(id).ok_or(PersonError::NoPerson)?;
    let words = record::words_of(&super::verbs::read_object(reader, id)?);
    let group = known.group(id);
    let (entries, entry_count) = table::entries_naming(sql, &group, MOST_ENTRIES)?;
    let named =
        |other: &PersonId| Named { id: *other, name: known.own_name(*other).unwrap_or_default().to_owned() };
    let same = group.iter().filter(|other| **other != id).map(named).collect();
    Ok(Person { id, words, same, entries, entry_count })
}

/// Lists whom an entry names, by the names of today; somebody who was deleted is not among them.
pub fn people_of_entry(reader: &Reader, entry: EntryId) -> Result<Vec<Named>, PersonError> {
    let named = table::named_in(reader.sql(), entry)?;
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let known = Directory::read(reader.sql())?;
    let mut people: Vec<Named> = Vec::new();
    for id in named.into_iter().filter_map(|id| known.root(id)) {
        if let Some(name) = known.name(id)
            && !people.iter().any(|one| one.id == id)
        {
            people.push(Named { id, name: name.to_owned() });
        }
    }
    Ok(people)
}

/// Names everybody by every id that may stand in a text: also those that turned out to be another, by the name of today.
pub fn name_everybody(reader: &Reader) -> Result<Vec<Named>, PersonError> {
    let known = Directory::read(reader.sql())?;
    let named = |id: PersonId| Named { id, name: known.name(id).unwrap_or_default().to_owned() };
    Ok(known.ids().map(named).collect())
}

/// Lists the ids of whoever goes by a name, see [`find_people`].
pub(crate) fn who_goes_by(reader: &Reader, asked: &str) -> Result<Vec<PersonId>, StoreError> {
    Ok(rows(reader)?.into_iter().filter(|row| goes_by(row, asked)).map(|row| row.id).collect())
}

/// Tells whether somebody goes by a name that has words beginning with each of the given ones.
fn goes_by(row: &PersonRow, asked: &str) -> bool {
    let asked = folded(asked);
    let fits = |name: &str| {
        let name = folded(name);
        asked.iter().all(|part| name.iter().any(|word| word.starts_with(part.as_str())))
    };
    !asked.is_empty() && (fits(&row.name) || row.other_names.iter().any(|name| fits(name)))
}

fn rows(reader: &Reader) -> Result<Vec<PersonRow>, StoreError> {
    let sql = reader.sql();
    let known = Directory::read(sql)?;
    let mut members: HashMap<PersonId, Vec<PersonId>> = HashMap::new();
    for id in known.ids() {
        if let Some(root) = known.root(id).filter(|root| *root != id) {
            members.entry(root).or_default().push(id);
        }
    }
    let mut rows = Vec::new();
    for id in known.roots() {
        let name = known.own_name(id).unwrap_or_default().to_owned();
        let mut other_names = table::other_names(sql, id)?;
        for other in members.remove(&id).unwrap_or_default() {
            other_names.extend(known.own_name(other).map(str::to_owned));
            other_names.extend(table::other_names(sql, other)?);
        }
        other_names.retain(|other| *other != name);
        other_names.sort();
        other_names.dedup();
        rows.push(PersonRow { id, name, other_names, about: table::about(sql, id)?, shares_name: false });
    }
    let mut count: HashMap<String, u32> = HashMap::new();
    for row in &rows {
        *count.entry(row.name.to_lowercase()).or_default() += 1;
    }
    for row in &mut rows {
        row.shares_name = count.get(&row.name.to_lowercase()).is_some_and(|count| *count > 1);
    }
    rows.sort_by_cached_key(|row| (row.name.to_lowercase(), row.id));
    Ok(rows)
}
