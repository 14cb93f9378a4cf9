//! Keeping, changing and deleting people.

use super::directory::Directory;
use super::error::PersonError;
use super::model::PersonWords;
use super::read::list_people;
use super::record;
use crate::ids::PersonId;
use crate::store::op::{Change, Kind, Object, Op};
use crate::store::tx::{Reader, Tx};
use crate::words::{Unfit, line, paragraphs, some_line};

/// Other names that one person may have.
const MOST_NAMES: usize = 20;
const NEEDS_NAME: &str = "write the name; everything else can stay empty";

/// Keeps a new person, or other words about one, and gives the id. What is already so makes no record.
pub fn save_person(tx: &mut Tx, id: Option<PersonId>, words: PersonWords) -> Result<PersonId, PersonError> {
    let after = clean(words)?;
    let (id, before, mut ops) = match id {
        Some(id) => (id, record::words_of(&read_object(tx, id)?), Vec::new()),
        None => (tx.make_id(), PersonWords::default(), vec![Op::Create { kind: Kind::Person }]),
    };
    ops.extend(record::ops_between(&before, &after));
    if !ops.is_empty() {
        tx.commit(Change { object: *id.as_bytes(), ops })?;
    }
    Ok(id)
}

/// Gives whoever goes by exactly this name, however it is capitalised; where nobody does, a new person is kept.
///
/// # Errors
/// [`PersonError::SeveralOfName`] when it is not clear who is meant.
pub fn find_or_meet(tx: &mut Tx, name: &str) -> Result<PersonId, PersonError> {
    let wanted = plain(name).trim().to_lowercase();
    let is_it = |other: &str| other.to_lowercase() == wanted;
    let mut meant = list_people(tx)?;
    if meant.iter().any(|row| is_it(&row.name)) {
        meant.retain(|row| is_it(&row.name));
    } else {
        meant.retain(|row| row.other_names.iter().any(|other| is_it(other)));
    }
    match meant.as_slice() {
        [] => save_person(tx, None, PersonWords { name: name.to_owned(), ..PersonWords::default() }),
        [only] => Ok(only.id),
        _ => Err(PersonError::SeveralOfName),
    }
}

/// Deletes a person for good, and everybody who turned out to be the same. Entries keep the name as words.
pub fn delete_person(tx: &mut Tx, id: PersonId) -> Result<(), PersonError> {
    read_object(tx, id)?;
    for same in Directory::read(tx.sql())?.group(id) {
        tx.erase(same.as_bytes())?;
    }
    Ok(())
}

/// Reads the object of a person that is there and not deleted.
pub(super) fn read_object(reader: &Reader, id: PersonId) -> Result<Object, PersonError> {
    let object = reader.object(id.as_bytes())?;
    object.filter(|object| !object.erased && object.kind == Kind::Person.0).ok_or(PersonError::NoPerson)
}

fn clean(words: PersonWords) -> Result<PersonWords, Unfit> {
    if words.other_names.len() > MOST_NAMES {
        let why = format!("a person has at most {MOST_NAMES} other names");
        return Err(Unfit { field: "other_names", why });
    }
    let name = some_line(&plain(&words.name), "name", NEEDS_NAME)?;
    let mut other_names: Vec<String> =
        words.other_names.iter().map(|one| line(&plain(one), "other_names")).collect::<Result<_, _>>()?;
    other_names.retain(|one| !one.is_empty() && *one != name);
    other_names.sort();
    other_names.dedup();
    Ok(PersonWords { name, other_names, about: paragraphs(&words.about, "about")? })
}

/// Takes away the sign that stands before a name in a text; it is no part of it.
fn plain(name: &str) -> String {
    name.trim().trim_start_matches('@').to_owned()
}
