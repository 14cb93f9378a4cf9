//! `vv loop`, `vv entry add --loop`, `vv today`.

use crate::profile::Profile;

#[test]
fn an_entry_is_put_into_a_loop_and_says_so_in_json() {
    let profile = Profile::with_notebook();
    let made = profile.json_line(["loop", "add", "Reading a P&L", "--why", "to speak first"]);
    let id = made["row"]["id"].as_str().unwrap().to_owned();
    assert_eq!(made["row"]["missing"], serde_json::json!(["gain", "practise", "feedback", "reflect"]));
    let entry = profile.json_line([
        "entry",
        "add",
        "--loop",
        "reading a p&l",
        "--stage",
        "practise",
        "Read August aloud.",
    ]);
    assert_eq!(entry["loop"], serde_json::json!({ "id": id, "title": "Reading a P&L", "stage": "practise" }));
    let shown = profile.json_line(["loop", "show", "Reading a P&L"]);
    assert_eq!(shown["row"]["practise"], 1);
    assert_eq!(shown["fillings"][0]["entry"], entry["id"]);
    assert!(profile.succeed(["loop", "list"]).contains(".p.."));
}

#[test]
fn a_loop_that_is_not_there_leaves_no_entry_behind() {
    let profile = Profile::with_notebook();
    let refused = profile.refused(["entry", "add", "--loop", "nothing", "--stage", "gain", "text"]);
    assert_eq!(refused, (1, "not_found".to_owned()));
    assert_eq!(profile.succeed(["entry", "list"]), "");
    let without_stage = profile.vv(["entry", "add", "--loop", "nothing", "text"]).output().unwrap();
    assert_eq!(crate::profile::code(&without_stage), 2, "a loop needs its stage");
}

#[test]
fn a_loop_closes_with_what_changed_and_keeps_then_and_now() {
    let profile = Profile::with_notebook();
    profile.succeed(["loop", "add", "Saying no"]);
    profile.succeed([
        "loop",
        "fill",
        "Saying no",
        "--stage",
        "feedback",
        "--who",
        "Priya",
        "I could plan with that.",
    ]);
    assert_eq!(profile.refused(["loop", "close", "Saying no", " "]), (1, "invalid".to_owned()));
    profile.succeed(["loop", "close", "Saying no", "--then", "I said yes.", "I name a day."]);
    let shown = profile.succeed(["loop", "show", "Saying no"]);
    assert!(shown.contains("then: I said yes.") && shown.contains("now:  I name a day."), "{shown}");
    assert!(shown.contains("from Priya"));
    let closed = profile.refused(["loop", "fill", "Saying no", "--stage", "gain", "more"]);
    assert_eq!(closed, (1, "conflict".to_owned()));
    profile.succeed(["loop", "reopen", "Saying no"]);
    assert!(profile.succeed(["loop", "list"]).contains("Saying no"));
    profile.succeed(["loop", "delete", "Saying no"]);
    assert_eq!(profile.succeed(["loop", "list"]), "");
}

#[test]
fn the_page_of_today_is_one_object() {
    let profile = Profile::with_notebook();
    let today = profile.json_line(["today"]);
    assert_eq!((today["written"].clone(), today["loops"].clone()), (false.into(), serde_json::json!([])));
    profile.succeed(["entry", "add", "a line"]);
    assert_eq!(profile.json_line(["today"])["written"], true);
    assert!(profile.succeed(["today"]).contains("Nothing waits."));
}
