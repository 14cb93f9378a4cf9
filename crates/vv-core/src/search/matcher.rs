//! Looks for the clauses of a query in a text directly: for the marks of a hit, and for entries the index has yet to take in.

use super::query::{Clause, Query};
use super::terms::{for_each_term, tag_term};

/// Is a place where a clause was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// Which of the clauses.
    pub(crate) clause: usize,
    /// Where it begins in the text, in bytes.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
}

/// Is a text as its terms, in one string with a space around each: what is looked for is found in one pass.
pub(crate) struct Folded {
    spelt: String,
    places: Vec<Place>,
}

/// Is where a term stands: in the string of all terms, and in the text it came from.
struct Place {
    at: usize,
    start: usize,
    end: usize,
    paired: bool,
}

impl Folded {
    /// Folds a text.
    pub(crate) fn of(text: &str) -> Self {
        let mut folded = Self { spelt: String::with_capacity(text.len() + 16), places: Vec::new() };
        for_each_term(text, |term, start, end, paired| {
            folded.spelt.push(' ');
            folded.places.push(Place { at: folded.spelt.len(), start, end, paired });
            folded.spelt.push_str(term);
        });
        folded.spelt.push(' ');
        folded
    }

    /// Gives the number of the term that holds a byte of `spelt`; the space before a term belongs to it.
    fn term_at(&self, at: usize) -> usize {
        self.places.partition_point(|place| place.at <= at + 1).saturating_sub(1)
    }
}

/// Finds every place of every clause, in order of where they begin.
pub(crate) fn find(clauses: &[Clause], folded: &Folded) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, clause) in clauses.iter().enumerate() {
        find_clause(clause, folded, |first, last| {
            let (start, end) = (folded.places[first].start, folded.places[last].end);
            found.push(Found { clause: index, start, end });
        });
    }
    found.sort_by_key(|found| (found.start, found.clause));
    found
}

/// Calls `take` with the numbers of the first and last term of each place of a clause.
fn find_clause(clause: &Clause, folded: &Folded, mut take: impl FnMut(usize, usize)) {
    match clause {
        Clause::Tag(_) | Clause::Person { .. } => {}
        Clause::Word(word) => {
            let needle = match word.chars().take(3).count() {
                1 => format!(" {word} "),
                2 => format!(" {word}"),
                _ => word.clone(),
            };
            let mut before = None;
            each_place(&needle, &folded.spelt, |at| {
                let term = folded.term_at(at);
                if !folded.places[term].paired && before != Some(term) {
                    before = Some(term);
                    take(term, term);
                }
            });
        }
        Clause::Phrase { terms, open } => {
            let Some(rest) = terms.len().checked_sub(1) else { return };
            let end = if *open { "" } else { " " };
            each_place(&format!(" {}{end}", terms.join(" ")), &folded.spelt, |at| {
                let first = folded.term_at(at);
                take(first, first + rest);
            });
        }
    }
}

/// Calls `take` with every place of a needle, also where two overlap.
fn each_place(needle: &str, hay: &str, mut take: impl FnMut(usize)) {
    let finder = memchr::memmem::Finder::new(needle);
    let mut from = 0;
    while let Some(at) = hay.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
        take(from + at);
        from += at + 1;
    }
}

/// Is an entry as it is searched: title, text, tags and people.
pub(crate) struct Page<'a> {
    /// The title.
    pub(crate) title: &'a str,
    /// The text.
    pub(crate) text: &'a str,
    /// The tags.
    pub(crate) tags: &'a [String],
    /// Who is named in it, as `person_term` spells them.
    pub(crate) people: &'a [String],
}

/// Tells whether a query's words and tags fit an entry, and how often; none when they do not.
pub(crate) fn occurrences(query: &Query, page: &Page<'_>) -> Option<usize> {
    let title = Folded::of(page.title);
    let text = Folded::of(super::table::searched_text(page.text).as_ref());
    let tags: Vec<Folded> = page.tags.iter().map(|tag| Folded::of(tag)).collect();
    let tag_terms: Vec<String> = page.tags.iter().map(|tag| tag_term(tag)).collect();
    let count = |clause: &Clause| match clause {
        Clause::Tag(tag) => usize::from(tag_terms.contains(tag)),
        Clause::Person { terms, .. } => usize::from(terms.iter().any(|term| page.people.contains(term))),
        words => {
            let one = std::slice::from_ref(words);
            // A title counts four times, as in the index's own rank.
            4 * find(one, &title).len()
                + find(one, &text).len()
                + tags.iter().map(|tag| find(one, tag).len()).sum::<usize>()
        }
    };
    if query.unwanted.iter().any(|clause| count(clause) > 0) {
        return None;
    }
    let mut all = 0;
    for clause in &query.wanted {
        match count(clause) {
            0 => return None,
            some => all += some,
        }
    }
    Some(all)
}
