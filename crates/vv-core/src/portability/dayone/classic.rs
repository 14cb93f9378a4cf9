//! Day One Classic: one plist for each entry, one photo beside it under the same name.

use plist::{Dictionary, Value};
use serde_json::{Map, Value as Json};

use super::super::archive::{Tree, TreeFile, Unread};
use super::clean_id;

/// Bytes that an entry may have.
const LARGEST: u64 = 64 << 20;
/// Dictionaries and lists that an entry may hold: the program writes about ten, and nesting is done by recursion.
const MOST_PARTS: usize = 1_000;
/// Names that stand for the same thing in the JSON of today.
const NAMES: [(&str, &str); 6] = [
    ("UUID", "uuid"),
    ("Entry Text", "text"),
    ("Creation Date", "creationDate"),
    ("Time Zone", "timeZone"),
    ("Starred", "starred"),
    ("Tags", "tags"),
];
/// Names of the parts of a place, likewise.
const PLACE: [(&str, &str); 6] = [
    ("Place Name", "placeName"),
    ("Locality", "localityName"),
    ("Administrative Area", "administrativeArea"),
    ("Country", "country"),
    ("Latitude", "latitude"),
    ("Longitude", "longitude"),
];

/// Gives the name of the journal an entry lies in, that of the folder `Name.dayone`.
pub(super) fn journal_of<'a>(file: &'a TreeFile, tree: &'a Tree) -> &'a str {
    let folder = file.path.split('/').rev().find_map(|part| part.strip_suffix(".dayone"));
    folder.unwrap_or_else(|| tree.name.strip_suffix(".dayone").unwrap_or(&tree.name))
}

/// Reads an entry into the form of today's JSON, with its photo.
///
/// # Errors
/// A sentence that says why it cannot be an entry.
pub(super) fn read(file: &TreeFile, tree: &Tree) -> Result<Json, String> {
    let bytes = file.read(LARGEST).map_err(|why| match why {
        Unread::TooLarge => "it is larger than 64 MiB, which is no entry any more".to_owned(),
        Unread::Unreadable => "the file cannot be read".to_owned(),
    })?;
    let mut entry = parse(&bytes).ok_or("it is no entry of Day One Classic, or breaks off")?;
    if !entry.contains_key("uuid") {
        entry.insert("uuid".to_owned(), file.stem().into());
    }
    let id = entry.get("uuid").and_then(Json::as_str).and_then(clean_id);
    let is_photo = |other: &&TreeFile| {
        other.path.rsplit('/').nth(1) == Some("photos") && clean_id(other.stem()) == id && id.is_some()
    };
    if let Some(photo) = tree.files.iter().find(is_photo) {
        let photo = serde_json::json!([{ "identifier": photo.stem(), "type": photo.ending() }]);
        entry.insert("photos".to_owned(), photo);
    }
    Ok(Json::Object(entry))
}

/// Reads the plist of an entry.
pub(super) fn parse(bytes: &[u8]) -> Option<Map<String, Json>> {
    let opens = |tag: &[u8]| memchr::memmem::find_iter(bytes, tag).count();
    if opens(b"<dict") + opens(b"<array") > MOST_PARTS || bytes.starts_with(b"bplist") {
        return None;
    }
    let value = Value::from_reader_xml(bytes).ok()?;
    let entry = to_json(value.as_dictionary()?, &NAMES);
    Some(entry)
}

fn to_json(dictionary: &Dictionary, names: &[(&str, &str)]) -> Map<String, Json> {
    let name = |given: &str| {
        names
            .iter()
            .find(|(known, _)| *known == given)
            .map_or_else(|| given.to_owned(), |(_, name)| (*name).to_owned())
    };
    dictionary
        .iter()
        .map(|(given, value)| {
            let inner: &[(&str, &str)] = if given == "Location" { &PLACE } else { &[] };
            let given = if given == "Location" { "location".to_owned() } else { name(given) };
            (given, value_to_json(value, inner))
        })
        .collect()
}

fn value_to_json(value: &Value, names: &[(&str, &str)]) -> Json {
    match value {
        Value::Dictionary(parts) => Json::Object(to_json(parts, names)),
        Value::Array(parts) => parts.iter().map(|part| value_to_json(part, &[])).collect(),
        Value::Boolean(yes) => (*yes).into(),
        Value::Date(date) => date.to_xml_format().into(),
        Value::Real(number) => (*number).into(),
        Value::Integer(number) => number
            .as_signed()
            .map(Json::from)
            .or_else(|| number.as_unsigned().map(Json::from))
            .unwrap_or_default(),
        Value::String(text) => text.as_str().into(),
        Value::Data(bytes) => data_encoding::BASE64.encode(bytes).into(),
        _ => Json::Null,
    }
}
