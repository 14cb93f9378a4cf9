//! One month of RedNotebook: YAML that maps days to their words and categories.

use serde_yaml_ng::Value;

use super::super::front_matter::{plain, whole};

/// Is the name of a file of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MonthName {
    pub(super) folder: String,
    pub(super) year: i32,
    pub(super) month: u32,
    /// 0 for the month itself, 1 for what was being saved, 2 for what was there before.
    pub(super) rank: u8,
}

impl MonthName {
    /// Reads `2014-12.txt`, `2014-12.new.txt` or `2014-12.old.txt`.
    pub(super) fn read(path: &str) -> Option<Self> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = name.strip_suffix(".txt")?;
        let (stem, rank) = match stem.rsplit_once('.') {
            Some((stem, "new")) => (stem, 1),
            Some((stem, "old")) => (stem, 2),
            Some(_) => return None,
            None => (stem, 0),
        };
        let (year, month) = stem.split_once('-')?;
        let digits =
            |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
        Some(Self { folder: folder.to_owned(), year: year.parse().ok()?, month, rank })
    }
}

/// Is one day as it stands in its month.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Day {
    pub(super) number: i64,
    pub(super) text: String,
    /// The categories with their entries.
    pub(super) categories: Vec<(String, Vec<String>)>,
    /// What stands where words should, as words.
    pub(super) others: Vec<(String, String)>,
}

/// Reads the days of a month; none when it is no month.
pub(super) fn read(bytes: &[u8]) -> Option<Vec<Day>> {
    let (text, _) = crate::journal::text::text_from_bytes(bytes);
    if text.trim().is_empty() {
        return Some(Vec::new());
    }
    let Value::Mapping(days) = serde_yaml_ng::from_str(&text).ok()? else { return None };
    days.into_iter().map(|(number, day)| Some(day_of(number.as_i64()?, bare(day)))).collect()
}

/// Takes the name of a type away that stands before a value: old files call their words objects of Python.
fn bare(value: Value) -> Value {
    match value {
        Value::Tagged(tagged) => tagged.value,
        other => other,
    }
}

fn day_of(number: i64, day: Value) -> Day {
    let mut made = Day { number, ..Day::default() };
    let Value::Mapping(parts) = day else {
        match plain(&day) {
            Some(text) => made.text = text,
            None if day.is_null() => {}
            None => made.others.push(("day".to_owned(), whole(&day))),
        }
        return made;
    };
    for (name, value) in parts {
        let name = plain(&bare(name)).unwrap_or_default();
        let value = bare(value);
        match (name.as_str(), value) {
            ("text", Value::String(text)) => made.text = text,
            ("text", Value::Null) => {}
            ("text", other) => match plain(&other) {
                Some(text) => made.text = text,
                None => made.others.push(("text".to_owned(), whole(&other))),
            },
            (_, Value::Null) => made.categories.push((name, Vec::new())),
            (_, Value::Mapping(entries)) => {
                let entry = |(entry, more): (Value, Value)| {
                    let entry = plain(&bare(entry)).unwrap_or_default();
                    match bare(more) {
                        Value::Null => entry,
                        more => format!("{entry}: {}", whole(&more)),
                    }
                };
                made.categories.push((name, entries.into_iter().map(entry).collect()));
            }
            (_, other) => made.others.push((name, whole(&other))),
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words_whatever_type_they_claim() {
        let days = read(b"1: {text: !!python/unicode 'Quiet'}\n2: {text: !!python/object/apply:os.system ['touch /tmp/x']}\n3: {text: !x 7}").unwrap();
        assert_eq!(days[0].text, "Quiet");
        assert_eq!((days[1].text.as_str(), days[1].others[0].1.as_str()), ("", "touch /tmp/x"));
        assert_eq!(days[2].text, "7");
    }

    #[test]
    fn an_empty_month_has_no_days_and_what_is_no_month_is_none() {
        assert_eq!(read(b"{}"), Some(Vec::new()));
        assert_eq!(read(b""), Some(Vec::new()));
        for bytes in [&b"1: {text: ["[..], b"words", b"[1, 2]", b"title: x"] {
            assert_eq!(read(bytes), None, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn names_of_months_are_told_from_all_others() {
        let name = |path: &str| MonthName::read(path).map(|month| (month.year, month.month, month.rank));
        assert_eq!(name("data/2014-12.txt"), Some((2014, 12, 0)));
        assert_eq!(name("2014-12.new.txt"), Some((2014, 12, 1)));
        assert_eq!(name("2014-12.old.txt"), Some((2014, 12, 2)));
        for path in ["2014-13.txt", "1.txt", "2014-12.md", "2014-12.x.txt", "214-12.txt"] {
            assert_eq!(name(path), None, "{path}");
        }
    }
}
