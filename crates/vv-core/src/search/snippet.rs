//! Cuts the words around a hit out of the original text and marks what was searched for.
//!
//! Marks stand on whole words and whole letters of the original, accents and all, never inside a letter.

use super::matcher::{Folded, Found, find};
use super::model::MarkedStretch;
use super::query::Clause;
use crate::journal::text::plain_words;

/// Letters of a snippet, about.
const LETTERS: usize = 180;
/// Letters of it that stand before the first mark, about.
const LEAD: usize = 48;
/// How far around a hit the text is read; more than enough for a snippet after Markdown marks are gone.
const AROUND: usize = 800;
/// How much of a long text is looked through for the best place.
const LOOKED_THROUGH: usize = 200_000;

/// Marks what was searched for in a title.
pub(crate) fn mark(text: &str, clauses: &[Clause]) -> Vec<MarkedStretch> {
    stretches(text, &find(clauses, &Folded::of(text)))
}

/// Gives the words around the best place in a text, or its first words when nothing is marked in it.
pub(crate) fn snippet(text: &str, clauses: &[Clause]) -> Vec<MarkedStretch> {
    let looked = &text[..floor(text, LOOKED_THROUGH)];
    let found = find(clauses, &Folded::of(looked));
    let Some(best) = best_place(&found) else {
        return cut(&plain_words(&text[..floor(text, AROUND)], AROUND), &[]);
    };
    let window = around(text, best.start);
    let plain = plain_words(window, AROUND);
    let marks = find(clauses, &Folded::of(&plain));
    if marks.is_empty() {
        // The hit stands in what Markdown hides, such as the address of a link: show the text as it is written.
        let raw = window.split_whitespace().collect::<Vec<_>>().join(" ");
        let marks = find(clauses, &Folded::of(&raw));
        return cut(&raw, &marks);
    }
    cut(&plain, &marks)
}

/// Chooses the place where most different clauses stand close together; the earliest of equals.
fn best_place(found: &[Found]) -> Option<Found> {
    let mut best: Option<(usize, Found)> = None;
    for (at, first) in found.iter().enumerate().take(2_000) {
        let mut clauses: Vec<usize> = found[at..]
            .iter()
            .take_while(|other| other.start <= first.start + LETTERS)
            .take(64)
            .map(|other| other.clause)
            .collect();
        clauses.sort_unstable();
        clauses.dedup();
        if best.as_ref().is_none_or(|(most, _)| clauses.len() > *most) {
            best = Some((clauses.len(), *first));
        }
    }
    best.map(|(_, place)| place)
}

/// Gives the stretch of text around a place, from the beginning of a line where one is near.
fn around(text: &str, place: usize) -> &str {
    let near = floor(text, place.saturating_sub(AROUND / 4));
    let start = match text[near..place].find('\n') {
        _ if near == 0 => 0,
        Some(line) => near + line + 1,
        None => word_start(text, near, place),
    };
    &text[start..floor(text, place.saturating_add(AROUND * 3 / 4))]
}

/// Cuts marked text down to the length of a snippet, at words where there are any.
fn cut(text: &str, found: &[Found]) -> Vec<MarkedStretch> {
    let first = found.first().map_or(0, |found| found.start);
    let mut start = 0;
    if text[..first].chars().count() > LEAD {
        let lead = text[..first].char_indices().rev().nth(LEAD).map_or(0, |(at, _)| at);
        start = word_start(text, lead, first);
    }
    let mut end = text.len();
    if let Some((limit, _)) = text[start..].char_indices().nth(LETTERS) {
        end = word_end(text, start + limit, first.max(start));
    }
    let inside: Vec<Found> = found
        .iter()
        .filter(|found| found.start >= start && found.start < end)
        .map(|found| Found { start: found.start - start, end: found.end.min(end) - start, ..*found })
        .collect();
    let mut marked = stretches(&text[start..end], &inside);
    if start > 0 {
        put(&mut marked, 0, "…");
    }
    if end < text.len() {
        let last = marked.len();
        put(&mut marked, last, "…");
    }
    marked
}

fn put(marked: &mut Vec<MarkedStretch>, at: usize, text: &str) {
    marked.insert(at, MarkedStretch { text: text.to_owned(), marked: false });
}

/// Finds where the first whole word at or after `from` begins, not past `to`.
fn word_start(text: &str, from: usize, to: usize) -> usize {
    if from == 0 || text[..from].ends_with(char::is_whitespace) {
        return from;
    }
    text[from..to].find(char::is_whitespace).map_or_else(
        || letter_start(text, from),
        |at| from + at + text[from + at..].chars().next().map_or(0, char::len_utf8),
    )
}

/// Finds where the last whole word before `limit` ends, not before `from`.
fn word_end(text: &str, limit: usize, from: usize) -> usize {
    text[from..limit]
        .trim_end()
        .rfind(char::is_whitespace)
        .map_or_else(|| letter_start(text, limit), |at| from + at)
}

/// Goes back to where a letter with all its marks begins, so that no letter is cut in two.
fn letter_start(text: &str, mut at: usize) -> usize {
    use unicode_normalization::char::is_combining_mark;
    while at > 0 && at < text.len() {
        let here = text[at..].chars().next().unwrap_or(' ');
        let before = text[..at].chars().next_back().unwrap_or(' ');
        let joined = |letter: char| {
            is_combining_mark(letter)
                || matches!(letter as u32, 0x200D | 0xFE00..=0xFE0F | 0x1F3FB..=0x1F3FF | 0x1160..=0x11FF)
        };
        let flags = |letter: char| matches!(letter as u32, 0x1F1E6..=0x1F1FF);
        if !(joined(here) || before == '\u{200D}' || (flags(here) && flags(before))) {
            break;
        }
        at -= before.len_utf8();
    }
    at
}

fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

/// Splits a text into marked and unmarked stretches; places that touch or overlap become one mark.
fn stretches(text: &str, found: &[Found]) -> Vec<MarkedStretch> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for place in found {
        // A term ends with its last letter; an accent written as its own sign belongs to it.
        match spans.last_mut() {
            Some(last) if place.start <= last.1 => last.1 = last.1.max(place.end),
            _ => spans.push((place.start, place.end)),
        }
    }
    let mut marked = Vec::new();
    let mut push = |text: &str, is: bool| {
        if !text.is_empty() {
            marked.push(MarkedStretch { text: text.to_owned(), marked: is });
        }
    };
    let mut at = 0;
    for (start, end) in spans {
        push(&text[at..start], false);
        push(&text[start..end], true);
        at = end;
    }
    push(&text[at..], false);
    marked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::parse;
    use proptest::prelude::*;

    fn clauses(query: &str) -> Vec<Clause> {
        parse(query, "2026-11-19".parse().unwrap()).wanted
    }

    fn shown(marked: &[MarkedStretch]) -> String {
        marked
            .iter()
            .map(|part| if part.marked { format!("[{}]", part.text) } else { part.text.clone() })
            .collect()
    }

    #[test]
    fn whole_words_of_the_original_are_marked() {
        assert_eq!(
            shown(&mark("Die Rückmeldung, naïve Café", &clauses("meldung naive cafe"))),
            "Die [Rückmeldung], [naïve] [Café]"
        );
        assert_eq!(
            shown(&mark("a silence nobody broke", &clauses("\"silence nobody\""))),
            "a [silence nobody] broke"
        );
        assert_eq!(shown(&mark("cafe\u{301}s", &clauses("cafe"))), "[cafe\u{301}s]");
        assert_eq!(shown(&mark("今日は東京都です", &clauses("東京都"))), "今日は[東京都]です");
    }

    #[test]
    fn a_snippet_is_cut_at_words_around_the_first_hit_and_shows_no_markdown() {
        let text = format!(
            "# Title\n\n{}Then **nobody** spoke, and the [silence](https://x.example/a) was a good one. {}",
            "before and before ".repeat(30),
            "after and after ".repeat(30)
        );
        let shown = shown(&snippet(&text, &clauses("silence")));
        assert!(shown.starts_with('…') && shown.ends_with('…'), "{shown}");
        assert!(shown.contains("Then nobody spoke, and the [silence] was a good one."), "{shown}");
        assert!(shown.chars().count() < LETTERS + 10);
    }

    #[test]
    fn a_snippet_shows_where_most_of_the_words_stand_together() {
        let text = format!("margin. {} freight moved the margin", "filler words here ".repeat(40));
        let shown = shown(&snippet(&text, &clauses("margin freight")));
        assert!(shown.contains("[freight] moved the [margin]"), "{shown}");
    }

    #[test]
    fn a_hit_in_the_address_of_a_link_is_shown_as_written() {
        let shown = shown(&snippet("See [the page](https://example.org/zebra).", &clauses("zebra")));
        assert!(shown.contains("[zebra]"), "{shown}");
    }

    proptest! {
        #[test]
        fn any_text_can_be_cut(text in "(\\PC|\n|e\u{301}|👩\u{200d}🔧|🇩🇪|東京){0,400}", word in "\\PC{1,4}") {
            let wanted = clauses(&word);
            let whole: String = mark(&text, &wanted).iter().map(|part| part.text.clone()).collect();
            prop_assert_eq!(whole, text.clone());
            snippet(&text, &wanted);
        }
    }
}
