//! Requests and views of search.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vv_core::ids::{EntryId, PersonId};

/// Asks for entries by words. `query` knows words, prefixes as typed, `"phrases"`, `tag:x`, `person:x` or `@x`, `on:`, `from:`,
/// `to:` and `-word`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchEntries {
    /// What was typed.
    pub query: String,
    /// In which order.
    pub order: SearchOrder,
    /// How many hits, at most 200.
    pub limit: u32,
}

/// Says in which order hits come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SearchOrder {
    /// Newest first.
    Newest,
    /// Best first.
    Best,
}

/// Shows what a search found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SearchResult {
    /// The hits.
    pub hits: Vec<SearchHit>,
    /// How many there are in all; none when there are more than were counted.
    pub total: Option<u32>,
    /// Entries the index has yet to take in; they are not searched unless they wait among the last changes.
    pub not_indexed: u32,
    /// Parts of the query that say nothing and were passed over, such as `on:yesterdayish`.
    pub ignored: Vec<String>,
}

/// Shows one hit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SearchHit {
    /// The entry.
    #[ts(type = "string")]
    pub id: EntryId,
    /// Its title, in stretches.
    pub title: Vec<MarkedStretch>,
    /// The words around the first hit, in stretches.
    pub snippet: Vec<MarkedStretch>,
    /// The day it belongs to.
    pub on: NaiveDate,
    /// Its tags.
    pub tags: Vec<String>,
    /// How well it fits; larger is better. Zero when the order is newest first.
    pub score: f64,
}

/// Shows a stretch of text that was or was not searched for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MarkedStretch {
    /// The words.
    pub text: String,
    /// Whether they were searched for.
    pub marked: bool,
}

/// Asks for what is no entry: loops, goals, intentions, open runs, people, notes of who helped.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchOthers {
    /// What was typed; as for entries.
    pub query: String,
    /// The language in which guides are named.
    pub language: String,
    /// How many hits, at most 200.
    pub limit: u32,
}

/// Says what was found that is no entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OtherKind {
    /// A loop.
    Loop,
    /// A goal.
    Goal,
    /// An intention.
    Intention,
    /// An open run of a guide.
    Run,
    /// Somebody.
    Person,
    /// A note that somebody helped.
    Helped,
}

/// Shows one hit that is no entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OtherHit {
    /// What it is.
    pub kind: OtherKind,
    /// Its id.
    pub id: String,
    /// Its title, in stretches.
    pub title: Vec<MarkedStretch>,
    /// The words around the first hit, in stretches; empty when the title says it all.
    pub snippet: Vec<MarkedStretch>,
    /// The day it belongs to; none for a person.
    pub on: Option<NaiveDate>,
    /// The entry an intention came from.
    #[ts(type = "string | null")]
    pub entry: Option<EntryId>,
    /// Who helped.
    #[ts(type = "string | null")]
    pub person: Option<PersonId>,
}
