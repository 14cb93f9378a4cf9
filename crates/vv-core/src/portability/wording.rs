//! The few words that stand around the entries in an exported file, and how it writes a day.
//!
//! The interface has its own words in `ui/src/text`; a file that leaves the app has to bring its words along.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::language::Language;

/// Holds the words of one language.
#[derive(Debug)]
pub(super) struct Wording {
    pub(super) code: &'static str,
    pub(super) journal_of: &'static str,
    pub(super) search: &'static str,
    pub(super) search_hint: &'static str,
    pub(super) all: &'static str,
    pub(super) found: &'static str,
    pub(super) none_found: &'static str,
    pub(super) dates: &'static str,
    pub(super) year: &'static str,
    pub(super) to_top: &'static str,
    pub(super) tags: &'static str,
    pub(super) starred: &'static str,
    pub(super) facts: &'static str,
    pub(super) from: &'static str,
    pub(super) files: &'static str,
    pub(super) left_out: &'static str,
    pub(super) readable: &'static str,
    pub(super) made_with: &'static str,
    pub(super) untitled: &'static str,
    pub(super) written: &'static str,
    pub(super) entry: &'static str,
    pub(super) entries: &'static str,
    pub(super) contents: &'static str,
    months: [&'static str; 12],
    short_months: [&'static str; 12],
    weekdays: [&'static str; 7],
    /// Whether the day's number is followed by a full stop.
    day_has_stop: bool,
    thousands: char,
}

const ENGLISH: Wording = Wording {
    code: "en",
    journal_of: "The journal of",
    search: "Search",
    search_hint: "Words in titles, text and tags",
    all: "All entries are shown.",
    found: "Entries found:",
    none_found: "Nothing found.",
    dates: "Table of dates",
    year: "Year",
    to_top: "To the top",
    tags: "Tags",
    starred: "Starred",
    facts: "Facts",
    from: "From",
    files: "Files",
    left_out: "These files are damaged, missing or too large for one file, and are not in it",
    readable: "This file is not locked. Whoever has it can read it.",
    made_with: "Taken out of Vice Versa on",
    untitled: "Without a title",
    written: "written on",
    entry: "entry",
    entries: "entries",
    contents: "Contents",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    short_months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    day_has_stop: false,
    thousands: ',',
};

const GERMAN: Wording = Wording {
    code: "de",
    journal_of: "Das Journal von",
    search: "Suche",
    search_hint: "Wörter in Titeln, Text und Schlagwörtern",
    all: "Alle Einträge werden gezeigt.",
    found: "Gefundene Einträge:",
    none_found: "Nichts gefunden.",
    dates: "Alle Tage im Überblick",
    year: "Jahr",
    to_top: "Nach oben",
    tags: "Schlagwörter",
    starred: "Mit Stern",
    facts: "Angaben",
    from: "Aus",
    files: "Dateien",
    left_out: "Diese Dateien sind beschädigt, fehlen oder sind zu groß für eine Datei und stehen nicht darin",
    readable: "Diese Datei ist nicht verschlossen. Wer sie hat, kann sie lesen.",
    made_with: "Aus Vice Versa mitgenommen am",
    untitled: "Ohne Titel",
    written: "geschrieben am",
    entry: "Eintrag",
    entries: "Einträge",
    contents: "Inhalt",
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    short_months: ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"],
    weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    day_has_stop: true,
    thousands: '.',
};

impl Wording {
    /// Gives the words of a language, such as `de` or `de-AT`; English where there are none.
    pub(super) fn of(language: &str) -> &'static Self {
        match Language::of(language).unwrap_or_default() {
            Language::English => &ENGLISH,
            Language::German => &GERMAN,
        }
    }

    /// Writes `Thursday, 19 November 2026`.
    pub(super) fn long_day(&self, on: NaiveDate) -> String {
        let weekday = self.weekdays[on.weekday().num_days_from_monday() as usize];
        format!("{weekday}, {}", self.day(on))
    }

    /// Writes `19 November 2026`.
    pub(super) fn day(&self, on: NaiveDate) -> String {
        let stop = if self.day_has_stop { "." } else { "" };
        format!("{}{stop} {} {}", on.day(), self.month(on.month()), on.year())
    }

    /// Writes `18:42`.
    pub(super) fn clock(&self, at: NaiveDateTime) -> String {
        at.format("%H:%M").to_string()
    }

    /// Gives the name of a month from 1 to 12.
    pub(super) fn month(&self, number: u32) -> &'static str {
        self.months[(number as usize + 11) % 12]
    }

    /// Gives the short name of a month from 1 to 12.
    pub(super) fn short_month(&self, number: u32) -> &'static str {
        self.short_months[(number as usize + 11) % 12]
    }

    /// Writes `1,204 entries`.
    pub(super) fn count(&self, entries: usize) -> String {
        let word = if entries == 1 { self.entry } else { self.entries };
        format!("{} {word}", self.number(entries))
    }

    /// Writes `1,204`.
    pub(super) fn number(&self, number: usize) -> String {
        let digits = number.to_string();
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(self.thousands);
            }
            out.push(digit);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_numbers_are_written_as_the_language_writes_them() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 19).unwrap();
        assert_eq!(Wording::of("en-GB").long_day(day), "Thursday, 19 November 2026");
        assert_eq!(Wording::of("de_AT").long_day(day), "Donnerstag, 19. November 2026");
        assert_eq!(Wording::of("xx").count(1_204), "1,204 entries");
        assert_eq!(Wording::of("de").count(1), "1 Eintrag");
        assert_eq!(Wording::of("").short_month(12), "Dec");
    }
}
