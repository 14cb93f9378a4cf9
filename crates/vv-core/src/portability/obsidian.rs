//! What a vault of Obsidian has beyond Markdown: daily notes whose names are dates in a form of their own, tags between the
//! words, copies that a conflict has left.

use chrono::{Datelike, NaiveDate};
use serde_json::Value;

use super::archive::{Tree, name_of};
use super::when::MONTHS;

/// Bytes that the settings may have.
const LARGEST_SETTINGS: u64 = 1 << 20;
/// The form of names that the program takes when none is chosen.
const USUAL: &str = "YYYY-MM-DD";

/// Says how the names of daily notes are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DailyNotes {
    folder: String,
    format: String,
}

impl DailyNotes {
    /// Reads the settings of a vault; without any, the usual ones.
    pub(crate) fn of(tree: &Tree) -> Self {
        let file = tree.settings.iter().find(|file| file.name() == "daily-notes.json");
        let settings: Option<Value> =
            file.and_then(|file| serde_json::from_slice(&file.read(LARGEST_SETTINGS).ok()?).ok());
        let text = |name: &str| {
            settings.as_ref().and_then(|it| it.get(name)).and_then(Value::as_str).unwrap_or_default()
        };
        let format = Some(text("format")).filter(|format| !format.trim().is_empty()).unwrap_or(USUAL);
        Self {
            folder: text("folder").trim_matches('/').to_owned(),
            format: format.chars().take(200).collect(),
        }
    }

    /// Gives the day of a note by its path, when it is a daily note.
    pub(crate) fn day_of(&self, path: &str) -> Option<NaiveDate> {
        let path = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let inside = if self.folder.is_empty() {
            path
        } else {
            path.strip_prefix(self.folder.as_str())?.strip_prefix('/')?
        };
        // The folder that is set is the usual place; notes of the same name lie in others too, but are no daily notes.
        day_by(&self.format, inside)
    }

    /// Lends the folder of daily notes.
    pub(crate) fn folder(&self) -> &str {
        &self.folder
    }
}

/// Reads a day by a form of moment.js: `YYYY/MMMM/YYYY-MMM-DD`. Names of months are read in English.
fn day_by(format: &str, text: &str) -> Option<NaiveDate> {
    let (mut year, mut month, mut day, mut of_year) = (None, None, None, None);
    let mut rest = text;
    let letters: Vec<char> = format.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        let letter = letters[at];
        if letter == '[' {
            let end = letters[at..].iter().position(|letter| *letter == ']')? + at;
            let literal: String = letters[at + 1..end].iter().collect();
            rest = rest.strip_prefix(literal.as_str())?;
            at = end + 1;
            continue;
        }
        let run = letters[at..].iter().take_while(|next| **next == letter).count();
        match (letter, run) {
            ('Y', 4) => year = Some(digits(&mut rest, 4, 4)?),
            ('Y', 2) => year = Some(2_000 + digits(&mut rest, 2, 2)?),
            ('M', 1 | 2) => month = Some(digits(&mut rest, run.min(2), 2)?),
            ('M', 3 | 4) => month = Some(name_of_month(&mut rest, run == 3)?),
            ('D', 1) if letters.get(at + 1) == Some(&'o') => {
                day = Some(digits(&mut rest, 1, 2)?);
                rest = rest.get(2..)?;
                at += 1;
            }
            ('D', 1 | 2) => day = Some(digits(&mut rest, run, 2)?),
            ('D', 3 | 4) => of_year = Some(digits(&mut rest, if run == 4 { 3 } else { 1 }, 3)?),
            ('d', 2..=4) => {
                let end =
                    rest.find(|letter: char| !letter.is_alphabetic() && letter != '.').unwrap_or(rest.len());
                rest = &rest[end..];
            }
            ('d' | 'e' | 'E' | 'Q', 1) | ('w' | 'W' | 'H' | 'h' | 'm' | 's', 1 | 2) | ('g' | 'G', 2 | 4) => {
                digits(&mut rest, 1, 4)?;
            }
            _ => {
                for _ in 0..run {
                    rest = rest.strip_prefix(letter)?;
                }
            }
        }
        at += run;
    }
    if !rest.is_empty() {
        return None;
    }
    let year = i32::try_from(year?).ok().filter(|year| *year > 0)?;
    match (month, day, of_year) {
        (Some(month), Some(day), _) => NaiveDate::from_ymd_opt(year, month, day),
        (_, _, Some(of_year)) => NaiveDate::from_yo_opt(year, of_year).filter(|day| day.year() == year),
        _ => None,
    }
}

fn digits(rest: &mut &str, least: usize, most: usize) -> Option<u32> {
    let count = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (number, after) = rest.split_at(Some(count).filter(|count| *count >= least)?);
    *rest = after;
    number.parse().ok()
}

fn name_of_month(rest: &mut &str, short: bool) -> Option<u32> {
    let lower = rest[..rest.floor_char_boundary(12)].to_ascii_lowercase();
    let written = |month: &'static str| if short { &month[..3] } else { month };
    let at = MONTHS.iter().position(|month| lower.starts_with(written(month)))?;
    *rest = rest.get(written(MONTHS[at]).len()..)?;
    u32::try_from(at + 1).ok()
}

/// Lists the tags that stand between the words: `#tag`, `#tag/sub`, not in code and not in an address.
pub(crate) fn tags_in(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut fence = false;
    for line in text.lines() {
        let bare = line.trim_start();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            fence = !fence;
        } else if !fence {
            tags_of_line(line, &mut found);
        }
    }
    found
}

fn tags_of_line<'t>(line: &'t str, found: &mut Vec<&'t str>) {
    let mut code = false;
    let mut before = ' ';
    for (at, letter) in line.char_indices() {
        if letter == '`' {
            code = !code;
        }
        if letter == '#' && !code && (before.is_whitespace() || matches!(before, '(' | '>')) {
            let rest = &line[at + 1..];
            let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '/');
            let tag = &rest[..rest.find(|letter| !fits(letter)).unwrap_or(rest.len())];
            let tag = tag.trim_end_matches('/');
            // A number alone is no tag: `#123` is an issue or a place in a list.
            if tag.chars().any(|letter| !letter.is_numeric()) {
                found.push(tag);
            }
        }
        before = letter;
    }
}

/// Gives the name of the note of which a file is a conflicted copy.
pub(crate) fn conflict_of(path: &str) -> Option<&str> {
    let (name, rest) = name_of(path).split_once(" (Conflicted copy ")?;
    rest.contains(')').then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_daily_notes_are_read_in_the_form_that_is_set() {
        for (format, text, day) in [
            ("YYYY-MM-DD", "2024-01-15", Some("2024-01-15")),
            ("YYYY/MMMM/YYYY-MMM-DD", "2024/January/2024-Jan-15", Some("2024-01-15")),
            ("[Day] D.M.YYYY", "Day 5.1.2024", Some("2024-01-05")),
            ("dddd, MMMM Do YYYY", "Monday, January 15th 2024", Some("2024-01-15")),
            ("GGGG-[W]WW/YYYY-MM-DD", "2024-W03/2024-01-15", Some("2024-01-15")),
            ("YYYY-DDDD", "2024-366", Some("2024-12-31")),
            ("YYYYMMDD", "20240115", Some("2024-01-15")),
            ("YYYY-MM-DD", "2024-02-30", None),
            ("YYYY-MM-DD", "2024-01-15 more", None),
            ("YYYY-MM-DD", "Plan", None),
            ("MMMM Do", "Ümläüte", None),
            ("[open", "x", None),
        ] {
            assert_eq!(day_by(format, text).map(|day| day.to_string()).as_deref(), day, "{format} {text}");
        }
    }

    #[test]
    fn tags_stand_between_words_and_not_in_code_or_addresses() {
        assert_eq!(
            tags_in(
                "#work and #work/Meetings, `#code` https://x/#part #123 #2024-plan a#b (#in)\n```\n#no\n```\n# Heading"
            ),
            ["work", "work/Meetings", "2024-plan", "in"]
        );
    }

    #[test]
    fn a_conflicted_copy_is_known_by_its_name() {
        assert_eq!(conflict_of("a/Plan (Conflicted copy Phone 202401151005).md"), Some("Plan"));
        assert_eq!(conflict_of("Plan.md"), None);
    }
}
