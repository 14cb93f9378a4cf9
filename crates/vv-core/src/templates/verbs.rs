//! Keeping, reading and deleting templates.

use super::error::TemplateError;
use super::model::{Template, TemplateWords};
use super::{record, table};
use crate::ids::TemplateId;
use crate::journal::tag::clean_tags;
use crate::store::op::{Change, Kind, Object, Op};
use crate::store::tx::{Reader, Tx};
use crate::words::{line, paragraphs, some_line};

const NEEDS_NAME: &str = "give the template a name, to find it by";

/// Lists the person's templates by name.
pub fn list_templates(reader: &Reader) -> Result<Vec<Template>, TemplateError> {
    Ok(table::list(reader.sql())?)
}

/// Gives one template.
pub fn get_template(reader: &Reader, id: TemplateId) -> Result<Template, TemplateError> {
    let object = read_object(reader, id)?;
    Ok(Template { id, words: record::words_of(&object) })
}

/// Keeps a new template, or other words of one, and gives its id. What is already so makes no record.
pub fn save_template(
    tx: &mut Tx,
    id: Option<TemplateId>,
    words: TemplateWords,
) -> Result<TemplateId, TemplateError> {
    let words = TemplateWords {
        name: some_line(&words.name, "name", NEEDS_NAME)?,
        title: line(&words.title, "title")?,
        text: paragraphs(&words.text, "text")?,
        tags: clean_tags(&words.tags)?,
    };
    let (id, before, mut ops) = match id {
        Some(id) => (id, Some(read_object(tx, id)?), Vec::new()),
        None => (tx.make_id(), None, vec![Op::Create { kind: Kind::Template }]),
    };
    for (field, value) in record::fields_of(words) {
        if before.as_ref().and_then(|object| object.fields.get(&field)) != Some(&value) {
            ops.push(Op::Set { field, value });
        }
    }
    if !ops.is_empty() {
        tx.commit(Change { object: *id.as_bytes(), ops })?;
    }
    Ok(id)
}

/// Deletes a template for good. Entries that began from it stay as they are.
pub fn delete_template(tx: &mut Tx, id: TemplateId) -> Result<(), TemplateError> {
    read_object(tx, id)?;
    Ok(tx.erase(id.as_bytes())?)
}

fn read_object(reader: &Reader, id: TemplateId) -> Result<Object, TemplateError> {
    let object = reader.object(id.as_bytes())?;
    object.filter(|object| !object.erased && object.kind == Kind::Template.0).ok_or(TemplateError::NoTemplate)
}
