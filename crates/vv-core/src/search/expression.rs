//! Writes a query as an FTS5 expression. Only finished terms go in, between quotes, so nothing typed is ever syntax.

use std::fmt::Write as _;

use super::query::{Clause, Query};
use super::terms::{EVERY_ENTRY, NOBODY};
use super::vocabulary::Vocabulary;

/// Holds what the list of words adds to the terms of a query.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) list: &'a Vocabulary,
    /// Whether the list knows every word of the index.
    pub(crate) complete: bool,
    /// Whether words that hold a searched word elsewhere than at their beginning are asked too.
    pub(crate) parts: bool,
}

/// Writes the expression of a query.
pub(crate) fn expression(query: &Query, words: Option<Words<'_>>) -> String {
    let mut out = String::new();
    if query.wanted.is_empty() {
        term(&mut out, EVERY_ENTRY);
    }
    for (at, clause) in query.wanted.iter().enumerate() {
        if at > 0 {
            out.push_str(" AND ");
        }
        write_clause(&mut out, clause, words);
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

fn write_clause(out: &mut String, clause: &Clause, words: Option<Words<'_>>) {
    match clause {
        Clause::Tag(tag) => term(out, tag),
        Clause::Person { terms, .. } => {
            out.push('(');
            // Where nobody goes by the name, a term is asked that no entry bears.
            term(out, terms.first().map_or(NOBODY, String::as_str));
            for other in terms.iter().skip(1) {
                out.push_str(" OR ");
                term(out, other);
            }
            out.push(')');
        }
        Clause::Phrase { terms, open } => {
            term(out, &terms.join(" "));
            if *open {
                out.push_str(" *");
            }
        }
        Clause::Word(word) => {
            out.push('(');
            write_word(out, word, words);
            out.push(')');
        }
    }
}

fn write_word(out: &mut String, word: &str, words: Option<Words<'_>>) {
    let letters = word.chars().take(6).count();
    term(out, word);
    if letters == 1 {
        return;
    }
    // The index has lists for beginnings of two, three and five letters. Four letters are asked as the lists of the five letters
    // that begin with them, more than five as the words that begin with them. A beginning without a list is found too, slowly.
    let complete = words.filter(|words| words.complete).map(|words| words.list);
    let longer = match letters {
        4 => complete.and_then(|list| list.continuations(word)).map(|longer| (longer, " *")),
        6 => complete.and_then(|list| list.beginning(word)).map(|longer| (longer, "")),
        _ => None,
    };
    match longer {
        Some((longer, ending)) => {
            for whole in &longer {
                out.push_str(" OR ");
                term(out, whole);
                out.push_str(ending);
            }
        }
        None => out.push_str(" *"),
    }
    for whole in words.filter(|words| words.parts).map(|words| words.list.holding(word)).unwrap_or_default() {
        out.push_str(" OR ");
        term(out, whole);
    }
}
