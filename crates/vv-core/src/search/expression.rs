//! Writes a query as an FTS5 expression. Only finished terms go in, between quotes, so nothing typed is ever syntax.

use std::fmt::Write as _;

use super::query::{Clause, Query};
use super::terms::EVERY_ENTRY;
use super::vocabulary::Vocabulary;

/// Writes the expression of a query.
pub(crate) fn expression(query: &Query, vocabulary: Option<&Vocabulary>) -> String {
    let mut out = String::new();
    if query.wanted.is_empty() {
        term(&mut out, EVERY_ENTRY);
    }
    for (at, clause) in query.wanted.iter().enumerate() {
        if at > 0 {
            out.push_str(" AND ");
        }
        write_clause(&mut out, clause, vocabulary);
    }
    if !query.unwanted.is_empty() {
        out = format!("({out}) NOT (");
        for (at, clause) in query.unwanted.iter().enumerate() {
            if at > 0 {
                out.push_str(" OR ");
            }
            write_clause(&mut out, clause, None);
        }
        out.push(')');
    }
    out
}

fn term(out: &mut String, term: &str) {
    // Terms hold neither quotes nor other signs; `terms.rs` proves it for every letter there is.
    let _ = write!(out, "\"{term}\"");
}

fn write_clause(out: &mut String, clause: &Clause, vocabulary: Option<&Vocabulary>) {
    match clause {
        Clause::Tag(tag) => term(out, tag),
        Clause::Phrase { terms, open } => {
            term(out, &terms.join(" "));
            if *open {
                out.push_str(" *");
            }
        }
        Clause::Word(word) => {
            out.push('(');
            write_word(out, word, vocabulary);
            out.push(')');
        }
    }
}

fn write_word(out: &mut String, word: &str, vocabulary: Option<&Vocabulary>) {
    let letters = word.chars().take(5).count();
    if letters == 1 {
        term(out, word);
        return;
    }
    term(out, word);
    // The index has lists for beginnings of two and of four letters. Three letters are asked as the lists of the four letters
    // that begin with them, more than four as the words that begin with them.
    let continuations =
        vocabulary.filter(|_| letters == 3).and_then(|vocabulary| vocabulary.continuations(word));
    let words = vocabulary.filter(|_| letters > 4).and_then(|vocabulary| vocabulary.beginning(word));
    match (continuations, words) {
        (Some(longer), _) => {
            for beginning in &longer {
                out.push_str(" OR ");
                term(out, beginning);
                out.push_str(" *");
            }
        }
        (_, Some(words)) => {
            for whole in words {
                out.push_str(" OR ");
                term(out, whole);
            }
        }
        _ => out.push_str(" *"),
    }
    for whole in vocabulary.map(|vocabulary| vocabulary.holding(word)).unwrap_or_default() {
        out.push_str(" OR ");
        term(out, whole);
    }
}
