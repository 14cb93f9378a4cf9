//! What a notebook holds besides entries (loops, goals, intentions, own guides, and whatever a later version adds) as lines of
//! JSON beside the entries, and back.
//!
//! It knows no feature: an object goes out as its kind, its fields by number, its sets and its texts, and comes back as the
//! operations that make the same. So a feature that keeps objects leaves and returns without a line of its own here. An object
//! that is here already stays as it is.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use data_encoding::BASE64;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

use super::archive::TreeFile;
use super::error::PortabilityError;
use super::export::unwritable;
use super::model::ImportReport;
use crate::notebook::Notebook;
use crate::store::op::{Change, Op, Value};
use crate::store::{Kind, Reader, StoreError, Tx};

/// The name of the file of lines.
pub(super) const FILE: &str = "objects.jsonl";
/// Kinds up to this one belong to entries, files, the person and the device; they go other ways or stay.
const LAST_OWN: u32 = Kind::Device.0;
const LONGEST_LINE: u64 = 16 << 20;
const BATCH: usize = 500;
/// How deep lists may lie in lists.
const DEEPEST: usize = 16;

/// Is one object as it stands in JSON.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    kind: u32,
    id: Uuid,
    #[serde(default)]
    fields: BTreeMap<u32, Json>,
    #[serde(default)]
    sets: BTreeMap<u32, Vec<Json>>,
    #[serde(default)]
    texts: BTreeMap<u32, String>,
}

/// Writes every object that is neither entry nor file, oldest first; nothing when there is none.
pub(super) fn write_objects(reader: &Reader<'_>, part: &Path) -> Result<(), PortabilityError> {
    let sql = reader.sql();
    let mut select = sql
        .prepare("SELECT oid, id FROM obj WHERE kind > ?1 AND erased = 0 ORDER BY created, id")
        .map_err(StoreError::from)?;
    let found: Vec<(i64, [u8; 16])> = select
        .query_map([LAST_OWN], |row| Ok((row.get(0)?, row.get(1)?)))
        .and_then(Iterator::collect)
        .map_err(StoreError::from)?;
    if found.is_empty() {
        return Ok(());
    }
    let mut out = BufWriter::new(File::create_new(part.join(FILE)).map_err(unwritable)?);
    for (oid, id) in found {
        let Some(object) = reader.object(&id)? else { continue };
        let line = Line {
            kind: object.kind,
            id: Uuid::from_bytes(id),
            fields: object.fields.iter().map(|(field, value)| (*field, to_json(value))).collect(),
            sets: object
                .sets
                .iter()
                .map(|(field, values)| (*field, values.iter().map(to_json).collect()))
                .collect(),
            texts: texts_of(reader, oid)?,
        };
        serde_json::to_writer(&mut out, &line)
            .map_err(io::Error::from)
            .and_then(|()| out.write_all(b"\n"))
            .map_err(unwritable)?;
    }
    out.flush().and_then(|()| out.get_ref().sync_all()).map_err(unwritable)
}

fn texts_of(reader: &Reader<'_>, oid: i64) -> Result<BTreeMap<u32, String>, StoreError> {
    let mut select = reader.sql().prepare_cached("SELECT field, text FROM doc WHERE oid = ?1")?;
    let texts = select.query_map(params![oid], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(texts.collect::<Result<_, _>>()?)
}

/// Brings in the objects of an export that are not here yet. A line that cannot be read is named; the others come in.
pub(super) fn bring_in(
    notebook: &Notebook,
    file: Option<&TreeFile>,
    dry_run: bool,
    report: &mut ImportReport,
) -> Result<(), PortabilityError> {
    let Some(file) = file else { return Ok(()) };
    let Ok(open) = file.lies.open() else {
        report.skip(FILE, "the file cannot be read");
        return Ok(());
    };
    let mut reader = BufReader::new(open);
    let mut waiting = Vec::new();
    let mut bytes = Vec::new();
    for number in 1_u64.. {
        bytes.clear();
        let read = reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes);
        let item = format!("{FILE}, line {number}");
        match read {
            Ok(0) => break,
            Ok(_) if bytes.trim_ascii().is_empty() => continue,
            Ok(read) if read as u64 == LONGEST_LINE && !bytes.ends_with(b"\n") => {
                report.skip(item, "the line is longer than 16 MiB; it and all after it were left");
                break;
            }
            Ok(_) => match serde_json::from_slice::<Line>(&bytes) {
                Ok(line) if line.kind > LAST_OWN => match ops_of(&line) {
                    Some(ops) => waiting.push((item, line, ops)),
                    None => report.skip(item, "it holds a value that nothing is made of"),
                },
                _ => report.skip(item, "the line is no object in JSON"),
            },
            Err(_) => {
                report.skip(item, "the file cannot be read on from here");
                break;
            }
        }
        if waiting.len() >= BATCH {
            commit(notebook, &mut waiting, dry_run, report)?;
        }
    }
    commit(notebook, &mut waiting, dry_run, report)
}

fn commit(
    notebook: &Notebook,
    waiting: &mut Vec<(String, Line, Vec<Op>)>,
    dry_run: bool,
    report: &mut ImportReport,
) -> Result<(), PortabilityError> {
    let objects = std::mem::take(waiting);
    if dry_run || objects.is_empty() {
        return Ok(());
    }
    let mut refused = Vec::new();
    notebook.write(|tx| {
        for (item, line, ops) in objects {
            let id = *line.id.as_bytes();
            // What is here stays, also where it was deleted for good.
            if tx.object(&id)?.is_some() {
                continue;
            }
            match make(tx, id, &line, ops) {
                Err(StoreError::TooLarge | StoreError::BadRecord(_) | StoreError::BadUpdate(_)) => {
                    refused.push(item)
                }
                other => other?,
            }
        }
        Ok::<_, StoreError>(())
    })?;
    for item in refused {
        report.skip(item, "the notebook does not take it");
    }
    Ok(())
}

fn make(tx: &mut Tx<'_>, id: [u8; 16], line: &Line, mut ops: Vec<Op>) -> Result<(), StoreError> {
    for (field, text) in &line.texts {
        ops.extend(tx.rewrite_text(&id, *field, None, text)?);
    }
    tx.commit(Change { object: id, ops })?;
    Ok(())
}

/// Makes the operations of a line, its texts apart; none when a value is of no sort that is known.
fn ops_of(line: &Line) -> Option<Vec<Op>> {
    let mut ops = vec![Op::Create { kind: Kind(line.kind) }];
    for (field, value) in &line.fields {
        ops.push(Op::Set { field: *field, value: from_json(value, 0)? });
    }
    for (field, values) in &line.sets {
        for value in values {
            ops.push(Op::Add { field: *field, element: from_json(value, 0)? });
        }
    }
    Some(ops)
}

fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(yes) => Json::Bool(*yes),
        Value::Int(number) => (*number).into(),
        Value::Text(text) => Json::String(text.clone()),
        Value::Bytes(bytes) => serde_json::json!({ "bytes": BASE64.encode(bytes) }),
        Value::List(values) => values.iter().map(to_json).collect(),
    }
}

fn from_json(json: &Json, depth: usize) -> Option<Value> {
    Some(match json {
        Json::Null => Value::Null,
        Json::Bool(yes) => Value::Bool(*yes),
        Json::Number(number) => Value::Int(number.as_i64()?),
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(values) if depth < DEEPEST => {
            Value::List(values.iter().map(|value| from_json(value, depth + 1)).collect::<Option<_>>()?)
        }
        Json::Object(object) if object.len() == 1 => {
            Value::Bytes(BASE64.decode(object.get("bytes")?.as_str()?.as_bytes()).ok()?)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::Int),
            "\\PC{0,12}".prop_map(Value::Text),
            proptest::collection::vec(any::<u8>(), 0..20).prop_map(Value::Bytes),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| proptest::collection::vec(inner, 0..4).prop_map(Value::List))
    }

    proptest! {
        #[test]
        fn every_value_comes_back_from_json(value in any_value()) {
            let text = serde_json::to_string(&to_json(&value)).unwrap();
            prop_assert_eq!(from_json(&serde_json::from_str(&text).unwrap(), 0), Some(value));
        }
    }

    #[test]
    fn lists_that_lie_too_deep_and_values_of_no_sort_are_refused() {
        let deep = (0..40).fold(Json::Null, |inner, _| Json::Array(vec![inner]));
        for bad in [
            deep,
            serde_json::json!(1.5),
            serde_json::json!({"bytes": "?"}),
            serde_json::json!({"a": 1, "b": 2}),
        ] {
            assert_eq!(from_json(&bad, 0), None);
        }
    }
}
