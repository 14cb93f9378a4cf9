//! `vv search`: words in, hits out.

use std::time::{Duration, Instant};

use serde_json::json;
use vv_api::model::search::{MarkedStretch, SearchEntries, SearchHit, SearchOrder};

use crate::{
    Done,
    failure::Failure,
    output::{Output, is_bold_seen},
    session::Session,
};

/// How long a search may first take in what waits.
const FILLING: Duration = Duration::from_secs(2);

/// Searches and lists the hits.
pub fn run(
    session: &Session,
    output: &mut Output,
    query: String,
    limit: u32,
    best: bool,
) -> Result<Done, Failure> {
    session.open()?;
    take_in_what_waits(session);
    let order = if best { SearchOrder::Best } else { SearchOrder::Newest };
    let found = vv_api::search_entries(&session.app, SearchEntries { query, order, limit })?;
    let bold = is_bold_seen();
    for hit in &found.hits {
        let (title, snippet) = (plain(&hit.title), plain(&hit.snippet));
        output.row(
            &json!({ "id": hit.id, "title": title, "on": hit.on, "snippet": snippet, "score": hit.score }),
            || line(hit, bold),
        )?;
    }
    output.finish()?;
    for part in &found.ignored {
        output.note(&format!("Passed over, because it says nothing: {part}"));
    }
    if found.not_indexed > 0 {
        output.note(&format!(
            "The search has yet to take in {} entries; they may be missing above.",
            found.not_indexed
        ));
    }
    Ok(Done::Wholly)
}

/// Takes waiting entries into the index for a moment. Whoever uses no window has nobody else to do it; what cannot be done now
/// is said below the hits.
fn take_in_what_waits(session: &Session) {
    let begun = Instant::now();
    while begun.elapsed() < FILLING {
        match vv_api::fill_search(&session.app) {
            Ok(filled) if !filled.settled => {}
            _ => return,
        }
    }
}

fn line(hit: &SearchHit, bold: bool) -> String {
    let snippet = if bold { marked(&hit.snippet) } else { plain(&hit.snippet) };
    let title = if bold { marked(&hit.title) } else { plain(&hit.title) };
    let parts: Vec<&str> =
        [title.as_str(), snippet.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}  {}  {}", hit.id, hit.on, parts.join(" · "))
}

fn plain(stretches: &[MarkedStretch]) -> String {
    stretches.iter().map(|stretch| stretch.text.as_str()).collect()
}

fn marked(stretches: &[MarkedStretch]) -> String {
    let bold = |stretch: &MarkedStretch| match stretch.marked {
        true => format!("\x1b[1m{}\x1b[0m", without_controls(&stretch.text)),
        false => without_controls(&stretch.text),
    };
    stretches.iter().map(bold).collect()
}

/// Takes out what could give orders to a terminal.
fn without_controls(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
