//! The text file of jrnl: `[date] title`, and what follows up to the next date. Before version 2 the dates stood without brackets.

use std::io::{BufRead, BufReader, Read};
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::archive::TreeFile;
use super::super::json_stream::End;
use super::super::when::{self, NoDate, Written};

/// Bytes that one entry may have.
const LARGEST_ENTRY: usize = 64 << 20;
/// Characters that a date may have.
const LONGEST_DATE: usize = 60;

/// Says what comes first in a date of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayOrder {
    DayFirst,
    MonthFirst,
    /// Both can be; with slashes the month is taken to be first.
    Unclear,
}

/// Is an entry as it stands in the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Raw {
    /// Its date, or why it has none.
    pub(super) date: Result<Written, NoDate>,
    /// Everything after the date.
    pub(super) text: String,
}

/// Finds out whether a text is a journal, and whether its dates stand between brackets.
pub(super) fn find_brackets(begun: &str) -> Option<bool> {
    let first = begun.lines().find(|line| !line.trim().is_empty())?;
    [true, false].into_iter().find(|brackets| {
        split(first, *brackets, DayOrder::DayFirst)
            .is_some_and(|(date, _)| date.is_ok_and(|date| date.time.is_some() || *brackets))
    })
}

/// Splits a line that begins an entry into its date and the rest; none when it begins none.
fn split(line: &str, brackets: bool, order: DayOrder) -> Option<(Result<Written, NoDate>, &str)> {
    let is_date = |text: &str| match when::read_loosely(text, order != DayOrder::DayFirst) {
        Err(NoDate::NotADate) => None,
        found => Some(found),
    };
    if brackets {
        let inner = line.strip_prefix('[')?;
        let (date, rest) = inner.split_once(']')?;
        let fits = date.len() <= LONGEST_DATE && (rest.is_empty() || rest.starts_with(' '));
        return is_date(date).filter(|_| fits).map(|date| (date, rest.trim_start()));
    }
    // `2013-06-09 15:39 Title`: as many words as make a date with a time.
    let second = line.match_indices(' ').nth(1).map_or(line.len(), |(at, _)| at);
    let third = line.match_indices(' ').nth(2).map(|(at, _)| at);
    let half_day = third.filter(|third| matches!(line[second..*third].trim(), "AM" | "PM" | "am" | "pm"));
    let end = half_day.unwrap_or(second);
    let date = &line[..end];
    let fits = date.len() <= LONGEST_DATE && date.starts_with(|letter: char| letter.is_ascii_digit());
    let found = Some(date).filter(|_| fits).and_then(is_date)?;
    found.is_ok_and(|date| date.time.is_some()).then(|| (found, line[end..].trim_start()))
}

/// Finds out whether days or months come first in dates of figures, by one that can be read in one way only.
pub(super) fn find_order(file: &TreeFile, brackets: bool, stop: &AtomicBool) -> DayOrder {
    let Ok(open) = file.lies.open() else { return DayOrder::DayFirst };
    let mut slashes = false;
    for line in BufReader::new(open.take(LARGEST_ENTRY as u64)).split(b'\n').map_while(Result::ok) {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let line = String::from_utf8_lossy(&line[..line.len().min(80)]);
        let date = if brackets { line.strip_prefix('[') } else { Some(line.as_ref()) };
        let Some(date) = date.filter(|date| date.starts_with(|letter: char| letter.is_ascii_digit())) else {
            continue;
        };
        let mut parts = date.split(['/', '.', '-', ' ', ']']).map(|part| part.parse::<u32>().unwrap_or(0));
        let (first, second) = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
        let sign = date.chars().find(|letter| !letter.is_ascii_digit());
        match (first, second, sign) {
            (32.., ..) | (_, _, Some('.')) => {}
            (13..=31, 1..=12, _) => return DayOrder::DayFirst,
            (1..=12, 13..=31, _) => return DayOrder::MonthFirst,
            (1..=12, 1..=12, Some('/')) => slashes = true,
            _ => {}
        }
    }
    if slashes { DayOrder::Unclear } else { DayOrder::DayFirst }
}

/// Gives each entry to `take`, until that gives false.
pub(super) fn each_entry(
    file: &TreeFile,
    brackets: bool,
    order: DayOrder,
    take: &mut dyn FnMut(Raw) -> bool,
) -> End {
    let Ok(open) = file.lies.open() else { return End::Broken };
    let mut reader = BufReader::with_capacity(1 << 16, open);
    let mut entry: Option<Raw> = None;
    let mut line = Vec::new();
    let mut is_first = true;
    loop {
        line.clear();
        match reader.by_ref().take(LARGEST_ENTRY as u64).read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(_) => {
                if let Some(entry) = entry {
                    take(entry);
                }
                return End::Broken;
            }
        }
        if is_first && line.starts_with(b"\xEF\xBB\xBF") {
            line.drain(..3);
        }
        is_first = false;
        let text = String::from_utf8_lossy(&line);
        let bare = text.trim_end_matches(['\n', '\r']);
        match (split(bare, brackets, order), &mut entry) {
            (Some((date, rest)), before) => {
                if let Some(before) = before.take()
                    && !take(before)
                {
                    return End::Whole;
                }
                entry = Some(Raw { date, text: format!("{rest}\n") });
            }
            (None, Some(entry)) if entry.text.len() + bare.len() > LARGEST_ENTRY => return End::TooLarge,
            (None, Some(entry)) => {
                entry.text.push_str(bare);
                entry.text.push('\n');
            }
            (None, None) if bare.trim().is_empty() => {}
            // Words before the first date are an entry without one: named, not lost in silence.
            (None, None) => entry = Some(Raw { date: Err(NoDate::NotADate), text: format!("{bare}\n") }),
        }
    }
    if let Some(entry) = entry {
        take(entry);
    }
    End::Whole
}
