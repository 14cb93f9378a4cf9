//! How quickly words are found among many entries: six kinds of query, newest first and best first.

use std::time::Instant;

use vv_core::Notebook;
use vv_core::search::{self, SearchEntries, SearchOrder};

use crate::corpus::{Chance, Corpus};
use crate::figures::{Runs, Table};
use crate::place::{Filling, SEED};

/// Hits with snippets that one query asks for.
const HITS: u32 = 20;
/// Words that each kind of query is made of.
const WORDS_OF_A_KIND: usize = 100;
/// Entries from which phrases are taken.
const PHRASES_FROM: usize = 2_000;

/// Is a kind of query with its queries.
struct Kind {
    name: &'static str,
    queries: Vec<String>,
}

/// Measures searching in a notebook of `count` entries whose index was filled as told.
pub fn measure(notebook: &Notebook, corpus: &Corpus, count: usize, filling: &Filling, table: &mut Table) {
    let rate = count as f64 / filling.filled.as_secs_f64();
    table.row(
        format!("search: filling the index, {count} entries"),
        format!(
            "{rate:.0}/s; put together after {:.0} s more",
            (filling.settled - filling.filled).as_secs_f64()
        ),
        "≥ 2000/s",
        rate >= 2_000.0,
    );
    let kinds = kinds(corpus, count);
    let first = ask(notebook, &kinds[0].queries[0], SearchOrder::Newest);
    table.note("search: the very first query of a process", format!("{first:.1} ms"));
    for (order, name, must) in
        [(SearchOrder::Newest, "newest first", 3.0), (SearchOrder::Best, "best first", 30.0)]
    {
        for kind in &kinds {
            // Each query once before: what is measured is a notebook that is in use.
            for query in kind.queries.iter().step_by(7) {
                ask(notebook, query, order);
            }
            let mut runs = Runs::default();
            let mut slowest = (0.0, "");
            for query in &kind.queries {
                let took = ask(notebook, query, order);
                if took > slowest.0 {
                    slowest = (took, query);
                }
                runs.add_ms(took);
            }
            table.row(
                format!("search: {}, {name}, {count} entries", kind.name),
                format!(
                    "p50 {:.2} ms, p95 {:.2} ms, worst {:.1} ms ({})",
                    runs.median(),
                    runs.p95(),
                    slowest.0,
                    slowest.1
                ),
                format!("p95 ≤ {must} ms"),
                runs.p95() <= must,
            );
        }
    }
}

fn ask(notebook: &Notebook, query: &str, order: SearchOrder) -> f64 {
    let request = SearchEntries { query: query.to_owned(), order, limit: HITS };
    let begun = Instant::now();
    let result = search::search(notebook, &request).expect("a search goes through");
    let took = begun.elapsed().as_secs_f64() * 1_000.0;
    assert_eq!(result.not_indexed, 0, "the index is full while it is measured");
    assert!(!result.hits.is_empty(), "every query of the measure finds something");
    took
}

fn kinds(corpus: &Corpus, count: usize) -> Vec<Kind> {
    let mut chance = Chance::new(7);
    let mut from = |first: usize, last: usize| corpus.word(first + chance.below(last - first)).to_owned();
    let rare = (0..WORDS_OF_A_KIND).map(|_| from(20_000, 40_000)).collect();
    let common = (0..WORDS_OF_A_KIND).map(|_| from(0, 100)).collect();
    let two = (0..WORDS_OF_A_KIND).map(|_| format!("{} {}", from(10, 200), from(200, 3_000))).collect();
    let typed: Vec<String> = (0..WORDS_OF_A_KIND).map(|_| from(200, 5_000)).collect();
    let parts = (0..WORDS_OF_A_KIND).map(|_| middle(&from(200, 5_000))).collect();
    vec![
        Kind { name: "rare word", queries: rare },
        Kind { name: "common word", queries: common },
        Kind { name: "two words", queries: two },
        Kind { name: "phrase", queries: phrases(count) },
        Kind {
            name: "prefix as typed, from the second letter",
            queries: typed.iter().flat_map(|word| beginnings(word)).collect(),
        },
        Kind { name: "part of a word", queries: parts },
    ]
}

/// Gives what stands in the box while a word is typed, from its second letter on.
fn beginnings(word: &str) -> Vec<String> {
    (2..=word.len()).map(|end| word[..end].to_owned()).collect()
}

/// Cuts the first letter off and what is beyond four more.
fn middle(word: &str) -> String {
    word.chars().skip(1).take(4).collect()
}

/// Takes pairs of words that stand beside each other in entries of the corpus.
fn phrases(count: usize) -> Vec<String> {
    let mut corpus = Corpus::new(SEED);
    let mut chance = Chance::new(11);
    let mut phrases = Vec::with_capacity(WORDS_OF_A_KIND);
    for n in 0..PHRASES_FROM.min(count) {
        let text = corpus.sample(count - 1 - n).text;
        if n % (PHRASES_FROM.min(count) / WORDS_OF_A_KIND).max(1) != 0 {
            continue;
        }
        let sentences: Vec<&str> =
            text.split(['.', '\n']).filter(|sentence| sentence.split_whitespace().count() > 3).collect();
        let words: Vec<&str> = sentences[chance.below(sentences.len())].split_whitespace().collect();
        let at = chance.below(words.len() - 1);
        phrases.push(format!("\"{} {}\"", words[at], words[at + 1]));
    }
    phrases
}
