//! Search commands.

use vv_core::search as core;

use crate::{
    App,
    error::ApiError,
    model::search::{
        MarkedStretch, OtherHit, OtherKind, SearchEntries, SearchHit, SearchOrder, SearchOthers, SearchResult,
    },
};

/// How many entries are taken into the index in one go.
const A_STEP: u32 = 1_000;

/// Searches titles, text and tags.
pub fn search_entries(app: &App, request: SearchEntries) -> Result<SearchResult, ApiError> {
    let order = match request.order {
        SearchOrder::Newest => core::SearchOrder::Newest,
        SearchOrder::Best => core::SearchOrder::Best,
    };
    let wanted = core::SearchEntries { query: request.query, order, limit: request.limit };
    let found = app.with(|notebook| core::search(notebook, &wanted))?;
    Ok(SearchResult {
        hits: found.hits.into_iter().map(SearchHit::from).collect(),
        total: found.total,
        not_indexed: found.not_indexed,
        ignored: found.ignored,
    })
}

/// Searches what is no entry: loops, goals, intentions, open runs, people, notes of who helped.
pub fn search_others(app: &App, request: SearchOthers) -> Result<Vec<OtherHit>, ApiError> {
    let found =
        app.with(|notebook| core::search_others(notebook, &request.query, &request.language, request.limit))?;
    Ok(found.into_iter().map(OtherHit::from).collect())
}

/// Tells how far the index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    /// Entries that still wait.
    pub waiting: u32,
    /// True when there is nothing left to do for it.
    pub settled: bool,
}

/// Takes some waiting entries into the index. No command: a program calls it when it has a moment, until it is settled.
pub fn fill_search(app: &App) -> Result<Filled, ApiError> {
    let filled = app.with(|notebook| core::index_some(notebook, A_STEP))?;
    Ok(Filled { waiting: filled.waiting, settled: filled.settled })
}

/// Says how many entries wait for the index.
pub(crate) fn waiting(app: &App) -> Result<u32, ApiError> {
    app.with(|notebook| core::index_some(notebook, 0)).map(|filled| filled.waiting)
}

fn stretches(all: Vec<core::MarkedStretch>) -> Vec<MarkedStretch> {
    all.into_iter().map(|stretch| MarkedStretch { text: stretch.text, marked: stretch.marked }).collect()
}

impl From<core::SearchHit> for SearchHit {
    fn from(hit: core::SearchHit) -> Self {
        Self {
            id: hit.id,
            title: stretches(hit.title),
            snippet: stretches(hit.snippet),
            on: hit.on,
            tags: hit.tags,
            score: hit.score,
        }
    }
}

impl From<core::OtherHit> for OtherHit {
    fn from(hit: core::OtherHit) -> Self {
        let (kind, id, entry, person) = match hit.what {
            core::Other::Loop(id) => (OtherKind::Loop, id.to_string(), None, None),
            core::Other::Goal(id) => (OtherKind::Goal, id.to_string(), None, None),
            core::Other::Intention(id, entry) => (OtherKind::Intention, id.to_string(), entry, None),
            core::Other::Run(id) => (OtherKind::Run, id.to_string(), None, None),
            core::Other::Person(id) => (OtherKind::Person, id.to_string(), None, Some(id)),
            core::Other::Helped(id, person) => (OtherKind::Helped, id.to_string(), None, person),
        };
        Self {
            kind,
            id,
            title: stretches(hit.title),
            snippet: stretches(hit.snippet),
            on: hit.on,
            entry,
            person,
        }
    }
}
