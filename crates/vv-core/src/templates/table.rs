//! The table of templates: all SQL of the feature. `project` alone writes it.

use rusqlite::{Connection, Row, params};

use super::model::{Template, TemplateWords};
use super::record;
use crate::ids::TemplateId;
use crate::store::error::StoreError;
use crate::store::op::Object;
use crate::store::topics::Topic;
use crate::store::tx::Tx;

/// Projects a template into its row; one that was deleted loses it.
pub(crate) fn project(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    tx.publish(Topic::Templates);
    let sql = tx.sql();
    if object.erased {
        sql.prepare_cached("DELETE FROM template WHERE id = ?1")?.execute([&object.id])?;
        return Ok(());
    }
    let words = record::words_of(object);
    sql.prepare_cached("INSERT OR REPLACE INTO template VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(
        params![
            object.id,
            words.name,
            words.name.to_lowercase(),
            words.title,
            words.text,
            words.tags.join("\n"),
        ],
    )?;
    Ok(())
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<Template> {
    let tags: String = row.get(4)?;
    Ok(Template {
        id: TemplateId::from_bytes(row.get(0)?),
        words: TemplateWords {
            name: row.get(1)?,
            title: row.get(2)?,
            text: row.get(3)?,
            tags: tags.split('\n').filter(|tag| !tag.is_empty()).map(str::to_owned).collect(),
        },
    })
}

/// Lists templates by name.
pub(super) fn list(sql: &Connection) -> Result<Vec<Template>, StoreError> {
    let mut read =
        sql.prepare_cached("SELECT id, name, title, text, tags FROM template ORDER BY name_key, id")?;
    Ok(read.query_map([], read_row)?.collect::<Result<_, _>>()?)
}
