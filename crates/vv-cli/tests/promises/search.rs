//! `vv search`: the shape of a hit, its order, and that what was written a moment ago is found.

use crate::profile::Profile;

#[test]
fn a_hit_in_json_has_the_shape_that_scripts_know() {
    let profile = Profile::with_notebook();
    let id =
        profile.add(&["--on", "2026-05-01", "--title", "On listening", "She paused before every answer."]);
    let hit = profile.json_line(["search", "paused"]);
    let mut keys: Vec<&str> = hit.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["id", "on", "score", "snippet", "title"]);
    assert_eq!(hit["id"].as_str(), Some(id.as_str()));
    assert_eq!(hit["title"], "On listening");
    assert_eq!(hit["on"], "2026-05-01");
    assert!(hit["snippet"].as_str().unwrap().contains("paused"));
    assert!(hit["score"].is_number());
}

#[test]
fn hits_come_newest_first_and_as_many_as_asked_for() {
    let profile = Profile::with_notebook();
    let old = profile.add(&["--on", "2020-01-01", "harbour"]);
    let new = profile.add(&["--on", "2025-01-01", "harbour"]);
    let ids = |words: &[&str]| -> Vec<String> {
        profile
            .json(["search", "harbour"].iter().chain(words))
            .iter()
            .map(|hit| hit["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids(&[]), [new.clone(), old]);
    assert_eq!(ids(&["--limit", "1"]), [new]);
}

#[test]
fn best_first_gives_scores() {
    let profile = Profile::with_notebook();
    profile.add(&[
        "--on",
        "2025-01-01",
        "a long entry that names the harbour once among many other words of no weight at all",
    ]);
    let best = profile.add(&["--on", "2020-01-01", "--title", "Harbour", "harbour harbour"]);
    let hits = profile.json(["search", "harbour", "--best"]);
    assert_eq!(hits[0]["id"].as_str(), Some(best.as_str()));
    assert!(hits[0]["score"].as_f64() > hits[1]["score"].as_f64());
}

#[test]
fn nothing_found_is_no_failure() {
    let profile = Profile::with_notebook();
    assert_eq!(profile.succeed(["search", "nowhere"]), "");
    assert_eq!(profile.succeed(["--json", "search", "\"( * -"]), "");
}

#[test]
fn a_query_that_begins_with_a_minus_can_be_asked() {
    let profile = Profile::with_notebook();
    profile.add(&["apples"]);
    profile.add(&["pears"]);
    assert_eq!(profile.json(["search", "--", "-apples pears"]).len(), 1);
}
