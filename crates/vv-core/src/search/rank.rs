//! Says how well a hit fits: BM25 over the terms of the newest hits.
//!
//! FTS5's own `bm25()` counts every phrase over the whole index before it ranks the first row, which takes longer the larger
//! the journal grows. Here the rows of the newest hits are read as the index holds them and counted directly, so the time
//! depends on the number of hits that are ranked and on nothing else.

use super::query::{Clause, Query};

/// How much a hit in the title, the text and the tags says.
const COLUMNS: [f64; 3] = [4.0, 1.0, 2.0];
/// How much a whole word, the beginning of a word and a part of one say.
const WHOLE: f64 = 1.0;
const BEGINNING: f64 = 0.6;
const PART: f64 = 0.15;
/// The usual constants of BM25: how soon more of the same stops counting, and how much long texts are held back.
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.75;

/// Is a row of the index: the terms of title, text and tags, a space before each.
pub(super) struct Row {
    pub(super) row: i64,
    pub(super) columns: [String; 3],
}

/// Gives each row with how well it fits, the best first and the newer of equals first.
pub(super) fn ranked(query: &Query, rows: Vec<Row>) -> Vec<(i64, f64)> {
    let needles: Vec<String> = query.wanted.iter().filter_map(needle).collect();
    let counted: Vec<(i64, f64, Vec<f64>)> = rows
        .iter()
        .map(|row| {
            let length: usize = row.columns.iter().map(String::len).sum();
            (row.row, length as f64, needles.iter().map(|needle| weight(needle, row)).collect())
        })
        .collect();
    let all = counted.len().max(1) as f64;
    let usual_length = counted.iter().map(|(_, length, _)| length).sum::<f64>() / all;
    // Of several words the rarer says more, measured by how strongly it stands in these rows.
    let rarity: Vec<f64> = (0..needles.len())
        .map(|index| {
            let strong = counted.iter().filter(|(_, _, weights)| weights[index] >= BEGINNING).count() as f64;
            (1.0 + (all - strong + 0.5) / (strong + 0.5)).ln() + 0.1
        })
        .collect();
    let mut scored: Vec<(i64, f64)> = counted
        .into_iter()
        .map(|(row, length, weights)| {
            let held_back = SATURATION * (1.0 - LENGTH + LENGTH * length / usual_length.max(1.0));
            let score = weights
                .iter()
                .zip(&rarity)
                .map(|(weight, rarity)| rarity * weight * (SATURATION + 1.0) / (weight + held_back))
                .sum();
            (row, score)
        })
        .collect();
    scored.sort_by(|a: &(i64, f64), b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
    scored
}

/// Gives the terms of a clause as they stand in a row. Tags say nothing about how well an entry fits: all hits bear them.
fn needle(clause: &Clause) -> Option<String> {
    match clause {
        Clause::Tag(_) | Clause::Person { .. } => None,
        Clause::Word(word) => Some(word.clone()),
        Clause::Phrase { terms, .. } => Some(terms.join(" ")),
    }
}

fn weight(needle: &str, row: &Row) -> f64 {
    let finder = memchr::memmem::Finder::new(needle);
    row.columns
        .iter()
        .zip(COLUMNS)
        .map(|(terms, column)| {
            let bytes = terms.as_bytes();
            let sum: f64 = finder
                .find_iter(bytes)
                .map(|at| {
                    let begins = at == 0 || bytes[at - 1] == b' ';
                    let ends = matches!(bytes.get(at + needle.len()), None | Some(b' '));
                    match (begins, ends) {
                        (true, true) => WHOLE,
                        (true, false) => BEGINNING,
                        _ => PART,
                    }
                })
                .sum();
            column * sum
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(query: &str, rows: &[[&str; 3]]) -> Vec<i64> {
        let query = super::super::query::parse(query, "2026-11-19".parse().unwrap());
        let rows = rows
            .iter()
            .enumerate()
            .map(|(row, columns)| Row { row: row as i64, columns: columns.map(str::to_owned) });
        ranked(&query, rows.collect()).into_iter().map(|(row, _)| row).collect()
    }

    #[test]
    fn whole_words_come_before_beginnings_and_those_before_parts() {
        let rows = [["", " a remargin b", ""], ["", " a marginal b", ""], ["", " a margin b c", ""]];
        assert_eq!(order("margin", &rows), [2, 1, 0]);
    }

    #[test]
    fn the_title_says_most_and_more_says_more() {
        let rows = [["", " margin x y z", ""], ["", " margin margin y z", ""], [" margin", " x y z", ""]];
        assert_eq!(order("margin", &rows), [2, 1, 0]);
    }

    #[test]
    fn of_two_words_the_rarer_decides() {
        let common = ["", " work freight", ""];
        let rows = [
            ["", " work work freight", ""],
            ["", " work freight freight", ""],
            ["", " works freighter", ""],
            common,
        ];
        let found = order("work freight", &rows);
        assert_eq!(found.last(), Some(&2));
    }

    #[test]
    fn of_equals_the_newer_comes_first() {
        assert_eq!(order("a", &[["", " a", ""], ["", " a", ""]]), [1, 0]);
    }
}
