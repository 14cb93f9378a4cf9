//! What search takes in and hands out. The names are those of the views in `vv-api`, which are made from these one to one.

use chrono::NaiveDate;

use crate::ids::EntryId;

/// Asks for entries by words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchEntries {
    /// What was typed. Everything a person can type is a query; what says nothing is passed over and named.
    pub query: String,
    /// In which order.
    pub order: SearchOrder,
    /// How many hits, at most 200.
    pub limit: u32,
}

/// Says in which order hits come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SearchOrder {
    /// Newest first.
    #[default]
    Newest,
    /// Best first, among the newest 2,000 hits.
    Best,
}

/// Holds what a search found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchResult {
    /// The hits.
    pub hits: Vec<SearchHit>,
    /// How many there are in all; none when there are more than were counted.
    pub total: Option<u32>,
    /// Entries the index has yet to take in. The newest of them were searched all the same.
    pub not_indexed: u32,
    /// Parts of the query that say nothing and were passed over.
    pub ignored: Vec<String>,
}

/// Holds one hit.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit {
    /// The entry.
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

/// Holds a stretch of text that was or was not searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedStretch {
    /// The words.
    pub text: String,
    /// Whether they were searched for.
    pub marked: bool,
}

/// Tells how far the index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    /// Entries that were taken in now.
    pub taken_in: u32,
    /// Entries that still wait.
    pub waiting: u32,
    /// False while there is more to do: entries wait, or the index is being put together after a large change.
    pub settled: bool,
}
