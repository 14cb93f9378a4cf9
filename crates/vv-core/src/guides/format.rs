//! From a file to a guide, and what may be said about a file that is none.
//!
//! A file is TOML of at most 256 KiB. Errors name line and field and never repeat what stands there. The text of a file is
//! kept as it was written, so comments and what other programs keep under `extra` survive.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::FormatError;
use super::model::{FORMAT, Guide};
use super::sound;

/// Bytes a guide file may have.
pub const MAX_FILE_BYTES: usize = 256 * 1024;

/// One step on the way to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Name(&'a str),
    Index(usize),
}

/// Reads a guide.
pub fn parse(source: &str) -> Result<Guide, FormatError> {
    if source.len() > MAX_FILE_BYTES {
        return Err(whole(format!(
            "a guide file has at most {MAX_FILE_BYTES} bytes; this one has {}",
            source.len()
        )));
    }
    check_format(source)?;
    let guide: Guide = toml::from_str(source).map_err(|error| said_by_reader(source, &error))?;
    sound::check(&guide).map_err(|(path, why)| FormatError {
        line: line_of(source, &path),
        field: written(&path),
        why,
    })?;
    Ok(guide)
}

/// Reads the bytes of a file as a guide.
pub fn parse_bytes(bytes: &[u8]) -> Result<(String, Guide), FormatError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(whole(format!(
            "a guide file has at most {MAX_FILE_BYTES} bytes; this one has {}",
            bytes.len()
        )));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        FormatError { line: Some(line), field: String::new(), why: "this is not UTF-8 text".to_owned() }
    })?;
    let text = text.replace("\r\n", "\n");
    let guide = parse(&text)?;
    Ok((text, guide))
}

/// Gives the same file with another id and title, everything else as it was written.
pub fn renamed(source: &str, id: &str, title: Option<&str>) -> Result<String, FormatError> {
    #[derive(Deserialize)]
    struct Head {
        id: Spanned<String>,
        title: Spanned<String>,
    }
    let head: Head = toml::from_str(source).map_err(|error| said_by_reader(source, &error))?;
    let mut changes = vec![(head.id.span(), quoted(id))];
    changes.extend(title.map(|title| (head.title.span(), quoted(title))));
    changes.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut text = source.to_owned();
    for (Range { start, end }, value) in changes {
        text.replace_range(start..end, &value);
    }
    Ok(text)
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn whole(why: String) -> FormatError {
    FormatError { line: None, field: String::new(), why }
}

/// Looks at the format first: a file of a later one is told apart from one with a mistake.
fn check_format(source: &str) -> Result<(), FormatError> {
    let table = DeTable::parse(source).map_err(|error| said_by_reader(source, &error))?;
    let about = |why: String, span: Option<Range<usize>>| FormatError {
        line: span.map(|span| line_at(source, span.start)),
        field: "format".to_owned(),
        why,
    };
    let Some((_, format)) = table.get_ref().iter().find(|(key, _)| key.get_ref() == "format") else {
        return Err(about(format!("a guide begins with `format = {FORMAT}`"), None));
    };
    let number: Option<u64> = match format.get_ref() {
        DeValue::Integer(number) => number.as_str().parse().ok(),
        _ => None,
    };
    match number {
        Some(number) if number == u64::from(FORMAT) => Ok(()),
        Some(number) if number > u64::from(FORMAT) => Err(about(
            "this guide was written for a newer version of Vice Versa".to_owned(),
            Some(format.span()),
        )),
        _ => Err(about(format!("this program reads format {FORMAT}"), Some(format.span()))),
    }
}

/// Says what the reader of TOML says, without the words that stand in the file.
fn said_by_reader(source: &str, error: &toml::de::Error) -> FormatError {
    let at = error.span().map(|span| span.start);
    let field = at.and_then(|at| field_at(source, at)).unwrap_or_default();
    FormatError { line: at.map(|at| line_at(source, at)), field, why: without_values(error.message()) }
}

/// Takes out what stands in double quotes, and the word that is none of those allowed: values of the file. Names of fields
/// stand in backquotes and stay.
fn without_values(message: &str) -> String {
    let message = message.lines().collect::<Vec<_>>().join(", ");
    if let Some((_, allowed)) =
        message.strip_prefix("unknown variant").and_then(|rest| rest.rsplit_once("`, expected "))
    {
        return format!("this is none of the words that can stand here: {allowed}");
    }
    let mut out = String::new();
    for (at, part) in message.split('"').enumerate() {
        out.push_str(if at % 2 == 0 { part } else { "…" });
    }
    out.trim_end_matches([',', ' ']).to_owned()
}

/// Names the field whose value stands at a place of the file; none when the file cannot be taken apart.
fn field_at(source: &str, at: usize) -> Option<String> {
    let table = DeTable::parse(source).ok()?;
    field_in(table.get_ref(), at, "")
}

fn field_in(table: &DeTable<'_>, at: usize, path: &str) -> Option<String> {
    table.iter().find_map(|(key, value)| {
        let name = key.get_ref();
        let here = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
        let inner = match value.get_ref() {
            DeValue::Table(table) => field_in(table, at, &here),
            DeValue::Array(array) => {
                array.iter().enumerate().find_map(|(index, item)| match item.get_ref() {
                    DeValue::Table(table) => field_in(table, at, &format!("{here}[{index}]")),
                    _ => item.span().contains(&at).then(|| format!("{here}[{index}]")),
                })
            }
            _ => value.span().contains(&at).then(|| here.clone()),
        };
        inner.or_else(|| key.span().contains(&at).then_some(here))
    })
}

fn line_at(source: &str, offset: usize) -> usize {
    source.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count() + 1
}

/// Finds the line of a field, or of the nearest thing around it that is written in the file.
fn line_of(source: &str, path: &[Part<'_>]) -> Option<usize> {
    let table = DeTable::parse(source).ok()?;
    let mut line = None;
    let mut names: Option<&DeTable<'_>> = Some(table.get_ref());
    let mut items: Option<&toml::de::DeArray<'_>> = None;
    for part in path {
        let found: &Spanned<DeValue<'_>> = match part {
            Part::Name(name) => {
                let Some(found) = names.and_then(|table| table.iter().find(|(key, _)| key.get_ref() == name))
                else {
                    return line;
                };
                line = Some(line_at(source, found.0.span().start));
                found.1
            }
            Part::Index(index) => {
                let Some(found) = items.and_then(|items| items.get(*index)) else { return line };
                line = Some(line_at(source, found.span().start));
                found
            }
        };
        names = if let DeValue::Table(table) = found.get_ref() { Some(table) } else { None };
        items = if let DeValue::Array(array) = found.get_ref() { Some(array) } else { None };
    }
    line
}

fn written(path: &[Part<'_>]) -> String {
    let mut out = String::new();
    for part in path {
        match part {
            Part::Name(name) if out.is_empty() => out.push_str(name),
            Part::Name(name) => {
                out.push('.');
                out.push_str(name);
            }
            Part::Index(index) => out.push_str(&format!("[{index}]")),
        }
    }
    out
}
