//! Reads what a person typed into the search box. It never fails: what says nothing is passed over and named.
//!
//! A bare word finds words that begin with it and, from three letters on, words that hold it. In quotes, words are found
//! exactly as they stand, one after the other; while the closing quote is missing the last one may still grow. `tag:x`
//! is the whole tag, `-x` the whole word that must not be there, and `on:`, `from:` and `to:` take a day, a month or a
//! year (`2026-11-19`, `2026-11`, `2026`), `today` or `yesterday`. `person:katie` and `@katie` are whoever goes by that name.

use chrono::{Datelike, NaiveDate};

use super::terms::{Term, tag_term, terms};

/// The most terms a query is read for; a pasted page is not a question.
const MOST_TERMS: usize = 48;
/// The most parts that are named as passed over, and how many letters of each.
const MOST_IGNORED: usize = 8;
const IGNORED_LETTERS: usize = 60;

/// Is a query that was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    /// What an entry must have, each of it.
    pub(crate) wanted: Vec<Clause>,
    /// What an entry must not have.
    pub(crate) unwanted: Vec<Clause>,
    /// The first day.
    pub(crate) from: Option<NaiveDate>,
    /// The last day.
    pub(crate) to: Option<NaiveDate>,
    /// What said nothing.
    pub(crate) ignored: Vec<String>,
}

/// Is one condition on an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Clause {
    /// A word, its beginning, or a part of it.
    Word(String),
    /// Terms one after the other; when it is open the last may go on.
    Phrase {
        /// The terms; never empty.
        terms: Vec<String>,
        /// Whether the last may go on.
        open: bool,
    },
    /// A whole tag, as `tag_term` spells it.
    Tag(String),
    /// Somebody whom an entry names.
    Person {
        /// The name as it was asked.
        asked: String,
        /// Whether it was asked by the sign alone: then it is a word where nobody goes by it.
        by_sign: bool,
        /// Whoever goes by it, as `person_term` spells them; empty until `name_people` has looked.
        terms: Vec<String>,
    },
}

impl Query {
    /// Tells whether it asks for anything.
    pub(crate) fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.unwanted.is_empty() && self.from.is_none() && self.to.is_none()
    }

    /// Tells whether it asks for words, which is what "best" is measured by.
    pub(crate) fn has_words(&self) -> bool {
        self.wanted.iter().any(|clause| !matches!(clause, Clause::Tag(_) | Clause::Person { .. }))
    }

    /// Looks up who is asked for. `find` gives the terms of whoever goes by a name.
    pub(crate) fn name_people<E>(
        &mut self,
        mut find: impl FnMut(&str) -> Result<Vec<String>, E>,
    ) -> Result<(), E> {
        for (clauses, unwanted) in [(&mut self.wanted, false), (&mut self.unwanted, true)] {
            for one in clauses {
                let Clause::Person { asked, by_sign, terms: found } = one else { continue };
                *found = find(asked)?;
                if found.is_empty() && *by_sign {
                    *one = clause(terms(asked), Quote::None, unwanted);
                }
            }
        }
        Ok(())
    }
}

/// Reads a query. `today` is what `today` and `yesterday` mean.
pub(crate) fn parse(input: &str, today: NaiveDate) -> Query {
    let mut query = Query::default();
    let mut left = MOST_TERMS;
    for part in parts(input) {
        if left == 0 {
            query.ignore(&part.written);
            continue;
        }
        let used = query.take(&part, today, left);
        left = left.saturating_sub(used);
    }
    query
}

/// Is a stretch of the input between spaces, with quotes taken apart.
#[derive(Debug, Default)]
struct Part {
    written: String,
    unwanted: bool,
    key: Option<Key>,
    value: String,
    quote: Quote,
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Quote {
    #[default]
    None,
    Open,
    Closed,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Key {
    Tag,
    Person,
    On,
    From,
    To,
}

fn parts(input: &str) -> Vec<Part> {
    let mut found = Vec::new();
    let mut letters = input.char_indices().peekable();
    while let Some(&(start, first)) = letters.peek() {
        if first.is_whitespace() {
            letters.next();
            continue;
        }
        let mut part = Part::default();
        if first == '-' {
            letters.next();
            part.unwanted = true;
        }
        while let Some(&(at, letter)) = letters.peek() {
            if letter.is_whitespace() || (is_quote(letter) && !part.value.is_empty()) {
                break;
            }
            letters.next();
            if is_quote(letter) {
                part.quote = Quote::Open;
                for (_, letter) in letters.by_ref() {
                    if is_quote(letter) {
                        part.quote = Quote::Closed;
                        break;
                    }
                    part.value.push(letter);
                }
                break;
            }
            part.value.push(letter);
            if letter == ':' && part.key.is_none() {
                part.key = match input[start..at].trim_start_matches('-').to_ascii_lowercase().as_str() {
                    "tag" => Some(Key::Tag),
                    "person" => Some(Key::Person),
                    "on" => Some(Key::On),
                    "from" => Some(Key::From),
                    "to" => Some(Key::To),
                    _ => None,
                };
                if part.key.is_some() {
                    part.value.clear();
                }
            }
        }
        let end = letters.peek().map_or(input.len(), |&(at, _)| at);
        part.written = input[start..end].to_owned();
        found.push(part);
    }
    found
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '„' | '«' | '»')
}

impl Query {
    /// Takes one part in and tells how many terms it cost.
    fn take(&mut self, part: &Part, today: NaiveDate, left: usize) -> usize {
        match part.key {
            Some(_) if part.value.trim().is_empty() => return 0,
            Some(Key::Tag) => {
                let clause = Clause::Tag(tag_term(&part.value));
                let to = if part.unwanted { &mut self.unwanted } else { &mut self.wanted };
                to.push(clause);
                return 1;
            }
            Some(Key::Person) => {
                self.take_person(part.value.trim().trim_start_matches('@'), false, part);
                return 1;
            }
            Some(key) => {
                match period(part.value.trim(), today) {
                    Some((first, last)) if !part.unwanted => self.narrow(key, first, last),
                    _ => self.ignore(&part.written),
                }
                return 0;
            }
            None => {}
        }
        if let Some(asked) = part.value.strip_prefix('@')
            && !terms(asked).is_empty()
        {
            self.take_person(asked, true, part);
            return 1;
        }
        let mut found = terms(&part.value);
        if found.len() > left {
            found.truncate(left);
            self.ignore(&part.written);
        }
        let cost = found.len();
        if cost == 0 {
            // A lone minus or quote is the beginning of something, not a mistake.
            if !matches!(part.written.trim(), "-" | "\"" | "-\"" | "\"\"") {
                self.ignore(&part.written);
            }
            return 0;
        }
        let clause = clause(found, part.quote, part.unwanted);
        if part.unwanted {
            self.unwanted.push(clause)
        } else {
            self.wanted.push(clause)
        }
        cost
    }

    fn take_person(&mut self, asked: &str, by_sign: bool, part: &Part) {
        let clause = Clause::Person { asked: asked.to_owned(), by_sign, terms: Vec::new() };
        let to = if part.unwanted { &mut self.unwanted } else { &mut self.wanted };
        to.push(clause);
    }

    fn narrow(&mut self, key: Key, first: NaiveDate, last: NaiveDate) {
        if matches!(key, Key::On | Key::From) {
            self.from = Some(self.from.map_or(first, |from| from.max(first)));
        }
        if matches!(key, Key::On | Key::To) {
            self.to = Some(self.to.map_or(last, |to| to.min(last)));
        }
    }

    fn ignore(&mut self, written: &str) {
        if self.ignored.len() < MOST_IGNORED {
            self.ignored.push(written.chars().filter(|c| !c.is_control()).take(IGNORED_LETTERS).collect());
        }
    }
}

fn clause(mut found: Vec<Term>, quote: Quote, unwanted: bool) -> Clause {
    let mut open = !unwanted && quote != Quote::Closed;
    if let [.., before, last] = found.as_slice()
        && last.paired
        && before.paired
        && before.end > last.start
    {
        // The last letter of a run stands in the pair before it, and in a longer run it would be the start of another pair.
        found.pop();
        open = false;
    } else if let Some(last) = found.last()
        && last.paired
    {
        // One such letter alone is the beginning of every pair it leads.
        open = true;
    } else if let [only] = found.as_slice()
        && open
        && quote == Quote::None
    {
        return Clause::Word(only.folded.clone());
    }
    if let Some(last) = found.last()
        && !last.paired
        && last.folded.chars().count() < 2
    {
        open = false;
    }
    Clause::Phrase { terms: found.into_iter().map(|term| term.folded).collect(), open }
}

/// Reads a day, a month or a year as its first and last day.
fn period(text: &str, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    match text.to_lowercase().as_str() {
        "today" => return Some((today, today)),
        "yesterday" => return today.pred_opt().map(|day| (day, day)),
        _ => {}
    }
    let numbers: Vec<&str> = text.split('-').collect();
    let sizes: Vec<usize> = numbers.iter().map(|number| number.len()).collect();
    if !(sizes == [4] || sizes == [4, 2] || sizes == [4, 2, 2]) {
        return None;
    }
    if !numbers.iter().all(|number| number.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let year: i32 = numbers[0].parse().ok().filter(|year| *year >= 1)?;
    let month: Option<u32> = numbers.get(1).and_then(|month| month.parse().ok());
    let day: Option<u32> = numbers.get(2).and_then(|day| day.parse().ok());
    let first = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))?;
    let last = match (month, day) {
        (_, Some(_)) => first,
        (Some(_), None) => last_of_month(first)?,
        (None, _) => NaiveDate::from_ymd_opt(year, 12, 31)?,
    };
    Some((first, last))
}

fn last_of_month(first: NaiveDate) -> Option<NaiveDate> {
    (28..=31).rev().find_map(|day| NaiveDate::from_ymd_opt(first.year(), first.month(), day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn read(input: &str) -> Query {
        parse(input, day("2026-11-19"))
    }

    fn phrase(terms: &[&str], open: bool) -> Clause {
        Clause::Phrase { terms: terms.iter().map(|term| (*term).to_owned()).collect(), open }
    }

    #[test]
    fn words_phrases_tags_and_minus_are_told_apart() {
        let query = read("Réview \"the silence\" tag:\"Slow Work\" -Budget -tag:draft -\"no thanks\"");
        assert_eq!(
            query.wanted,
            [
                Clause::Word("review".into()),
                phrase(&["the", "silence"], false),
                Clause::Tag(tag_term("slow work"))
            ]
        );
        assert_eq!(
            query.unwanted,
            [phrase(&["budget"], false), Clause::Tag(tag_term("draft")), phrase(&["no", "thanks"], false)]
        );
        assert!(query.ignored.is_empty());
    }

    #[test]
    fn whoever_is_asked_for_is_looked_up_and_a_sign_without_anybody_is_a_word() {
        let mut query = read("person:\"Katie Moran\" @jon -@ada a@b.example person:");
        let known =
            |asked: &str| Ok::<_, ()>(if asked == "jon" { vec![] } else { vec![format!("<{asked}>")] });
        query.name_people(known).unwrap();
        let person = |asked: &str, by_sign| Clause::Person {
            asked: asked.into(),
            by_sign,
            terms: vec![format!("<{asked}>")],
        };
        let address = phrase(&["a", "b", "example"], true);
        assert_eq!(query.wanted, [person("Katie Moran", false), Clause::Word("jon".into()), address]);
        assert_eq!(query.unwanted, [person("ada", true)]);
        assert!(query.ignored.is_empty());
    }

    #[test]
    fn what_is_still_being_typed_stays_open() {
        assert_eq!(read("\"the sil").wanted, [phrase(&["the", "sil"], true)]);
        assert_eq!(read("follow-up").wanted, [phrase(&["follow", "up"], true)]);
        assert_eq!(read("follow-u").wanted, [phrase(&["follow", "u"], false)]);
        for unfinished in ["", " ", "-", "\"", "-\"", "tag:", "on:", "tag:\""] {
            assert!(read(unfinished).is_empty(), "{unfinished}");
            assert!(read(unfinished).ignored.is_empty(), "{unfinished}");
        }
    }

    #[test]
    fn days_months_and_years_narrow_each_other() {
        let query = read("from:2026 to:2026-11");
        assert_eq!((query.from, query.to), (Some(day("2026-01-01")), Some(day("2026-11-30"))));
        let query = read("on:2024-02 on:2024-02-29");
        assert_eq!((query.from, query.to), (Some(day("2024-02-29")), Some(day("2024-02-29"))));
        let query = read("on:yesterday");
        assert_eq!(query.from, Some(day("2026-11-18")));
    }

    #[test]
    fn a_date_that_is_none_is_named_and_passed_over() {
        let query = read("plan on:yesterdayish from:2026-02-30 to:0000 to:99999-01-01 -on:2026 ***");
        assert_eq!(query.wanted, [Clause::Word("plan".into())]);
        assert_eq!((query.from, query.to), (None, None));
        assert_eq!(
            query.ignored,
            ["on:yesterdayish", "from:2026-02-30", "to:0000", "to:99999-01-01", "-on:2026", "***"]
        );
    }

    #[test]
    fn runs_without_spaces_are_looked_for_as_pairs() {
        assert_eq!(read("東京都").wanted, [phrase(&["東京", "京都"], false)]);
        assert_eq!(read("東").wanted, [phrase(&["東"], true)]);
        assert_eq!(read("日本のiPhone").wanted, [phrase(&["日本", "本の", "の", "iphone"], true)]);
    }

    #[test]
    fn a_pasted_page_is_read_for_its_first_words() {
        let query = read(&"word ".repeat(2_000));
        assert_eq!(query.wanted.len(), MOST_TERMS);
        assert_eq!(query.ignored.len(), MOST_IGNORED);
        let query = read(&"a-".repeat(5_000));
        assert_eq!(query.wanted.len(), 1);
    }

    proptest! {
        #[test]
        fn no_input_is_an_error(input in "\\PC{0,80}|[\"*:()\\-\\^\\x00+{}~ANDORNOTNEAR ]{0,60}") {
            let query = read(&input);
            prop_assert!(query.wanted.len() + query.unwanted.len() <= MOST_TERMS + 1);
        }
    }
}
