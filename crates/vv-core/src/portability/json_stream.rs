//! Reads a journal that is one large JSON object with a list `entries`, an entry at a time: memory stays that of one entry.

use std::fmt;
use std::io::BufReader;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::archive::{Allowance, Metered, TreeFile};

/// Bytes that one entry may have.
const LARGEST_ENTRY: u64 = 64 << 20;
/// Bytes that are read to find out what a file is.
const LARGEST_LOOK: u64 = 16 << 20;

/// Says how reading came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Everything was read, or nothing more was wanted.
    Whole,
    /// What follows is no JSON, or the file breaks off.
    Broken,
    /// An entry is larger than may be.
    TooLarge,
}

impl End {
    /// Says for the report what was left out because of it.
    pub(crate) fn why(self) -> Option<&'static str> {
        match self {
            Self::Whole => None,
            Self::Broken => {
                Some("it breaks off here or is damaged; everything before was read, what comes after was not")
            }
            Self::TooLarge => Some("an entry has more than 64 MiB; it and what comes after was left out"),
        }
    }
}

/// Gives each entry of a file to `take`, until that gives false.
pub(crate) fn each_entry(file: &TreeFile, take: &mut dyn FnMut(Value) -> bool) -> End {
    read(file, LARGEST_ENTRY, &mut |_| {}, take)
}

/// Says whose journal a file of JSON is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    DayOne,
    Jrnl,
}

/// Finds out whose journal a file of JSON is.
pub(crate) fn shape_of(file: &TreeFile) -> Option<Shape> {
    let begun = file.beginning(256);
    if !begun.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&begun).trim_ascii_start().starts_with(b"{") {
        return None;
    }
    let mut keys = Vec::new();
    let mut first = None;
    read(file, LARGEST_LOOK, &mut |key| keys.push(key.to_owned()), &mut |entry| {
        first = Some(entry);
        false
    });
    if !keys.iter().any(|key| key == "entries") {
        return None;
    }
    let has = |name: &str| first.as_ref().is_some_and(|entry| entry.get(name).is_some());
    let top = |name: &str| keys.iter().any(|key| key == name);
    if has("creationDate") || first.is_none() && top("metadata") {
        Some(Shape::DayOne)
    } else if has("date") && (has("title") || has("body")) || first.is_none() && top("tags") {
        Some(Shape::Jrnl)
    } else {
        None
    }
}

fn read(file: &TreeFile, most: u64, see: &mut dyn FnMut(&str), take: &mut dyn FnMut(Value) -> bool) -> End {
    let Ok(open) = file.lies.open() else { return End::Broken };
    let allowance = Allowance::of(most);
    let mut reader = BufReader::with_capacity(1 << 16, Metered::new(open, allowance.clone()));
    skip_mark(&mut reader);
    let mut wanted = true;
    let mut json = serde_json::Deserializer::from_reader(reader);
    let top = Top { allowance: &allowance, see, take, wanted: &mut wanted };
    let outcome = json.deserialize_map(top);
    match outcome {
        Ok(()) => End::Whole,
        Err(_) if !wanted => End::Whole,
        Err(_) if allowance.is_spent() => End::TooLarge,
        Err(_) => End::Broken,
    }
}

/// Passes over a byte order mark.
fn skip_mark(reader: &mut impl std::io::BufRead) {
    if reader.fill_buf().is_ok_and(|begun| begun.starts_with(b"\xEF\xBB\xBF")) {
        reader.consume(3);
    }
}

struct Top<'a> {
    allowance: &'a Allowance,
    see: &'a mut dyn FnMut(&str),
    take: &'a mut dyn FnMut(Value) -> bool,
    wanted: &'a mut bool,
}

impl<'de> Visitor<'de> for Top<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a list of entries")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            (self.see)(&key);
            if key == "entries" {
                map.next_value_seed(Entries {
                    allowance: self.allowance,
                    take: self.take,
                    wanted: self.wanted,
                })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

struct Entries<'a> {
    allowance: &'a Allowance,
    take: &'a mut dyn FnMut(Value) -> bool,
    wanted: &'a mut bool,
}

impl<'de> DeserializeSeed<'de> for Entries<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        self.allowance.refill();
        while let Some(entry) = seq.next_element::<Value>()? {
            if !(self.take)(entry) {
                *self.wanted = false;
                return Err(A::Error::custom("nothing more is wanted"));
            }
            self.allowance.refill();
        }
        Ok(())
    }
}
