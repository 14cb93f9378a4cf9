//! Looks for the clauses of a query in a text directly: for the marks of a hit, and for entries the index has yet to take in.

use super::query::{Clause, Query};
use super::terms::{Term, tag_term, terms};

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

/// Finds every place of every clause, in order of where they begin.
pub(crate) fn find(clauses: &[Clause], terms: &[Term]) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, term) in terms.iter().enumerate() {
        for (index, clause) in clauses.iter().enumerate() {
            if let Some(length) = length_at(clause, &terms[at..]) {
                found.push(Found { clause: index, start: term.start, end: terms[at + length - 1].end });
            }
        }
    }
    found
}

/// Tells how many terms a clause takes up at the beginning of `terms`, when it stands there.
fn length_at(clause: &Clause, terms: &[Term]) -> Option<usize> {
    match clause {
        Clause::Tag(_) => None,
        Clause::Word(word) => word_fits(word, terms.first()?).then_some(1),
        Clause::Phrase { terms: wanted, open } => {
            let (last, before) = wanted.split_last()?;
            let here = terms.get(..wanted.len())?;
            let fits = before.iter().zip(here).all(|(wanted, term)| *wanted == term.folded)
                && here.last().is_some_and(|term| {
                    if *open { term.folded.starts_with(last.as_str()) } else { term.folded == *last }
                });
            fits.then_some(wanted.len())
        }
    }
}

fn word_fits(word: &str, term: &Term) -> bool {
    match word.chars().take(3).count() {
        _ if term.paired => false,
        1 => term.folded == word,
        2 => term.folded.starts_with(word),
        _ => term.folded.contains(word),
    }
}

/// Is an entry as it is searched: title, text and tags.
pub(crate) struct Page<'a> {
    /// The title.
    pub(crate) title: &'a str,
    /// The text.
    pub(crate) text: &'a str,
    /// The tags.
    pub(crate) tags: &'a [String],
}

/// Tells whether a query's words and tags fit an entry, and how often; none when they do not.
pub(crate) fn occurrences(query: &Query, page: &Page<'_>) -> Option<usize> {
    let title = terms(page.title);
    let text = terms(super::table::searched_text(page.text).as_ref());
    let tags: Vec<Vec<Term>> = page.tags.iter().map(|tag| terms(tag)).collect();
    let tag_terms: Vec<String> = page.tags.iter().map(|tag| tag_term(tag)).collect();
    let count = |clause: &Clause| match clause {
        Clause::Tag(tag) => usize::from(tag_terms.contains(tag)),
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
