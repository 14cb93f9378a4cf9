//! `vv person`, `vv helped`, and search by person.

use crate::profile::Profile;

#[test]
fn somebody_is_written_down_renamed_and_led_together_with_somebody_else() {
    let profile = Profile::with_notebook();
    let katie = profile.json_line(["person", "add", "Katie Moran", "--about", "Data, third floor"]);
    let id = katie["id"].as_str().unwrap().to_owned();
    let text = format!("Asked [@Katie Moran](person:{id}) about the margin.");
    let entry = profile.json_line(["entry", "add", &text]);
    profile.succeed(["person", "rename", "katie moran", "Katie Lindgren"]);
    assert_eq!(profile.json_line(["entry", "show", entry["id"].as_str().unwrap()])["text"], text.as_str());
    assert!(profile.succeed(["entry", "list"]).contains("@Katie Lindgren"));
    profile.succeed(["person", "add", "KL"]);
    let one = profile.json_line(["person", "merge", "KL", "Katie Lindgren"]);
    assert_eq!((one["id"].as_str(), one["same"][0]["name"].as_str()), (Some(id.as_str()), Some("KL")));
    assert_eq!(profile.succeed(["search", "person:kl"]).lines().count(), 1);
    assert_eq!(profile.json_line(["person", "list"])["other_names"], serde_json::json!(["KL"]));
    assert_eq!(profile.refused(["person", "show", "nobody"]), (1, "not_found".to_owned()));
    profile.succeed(["verify"]);
}

#[test]
fn help_is_noted_by_name_and_listed_by_person_and_subject() {
    let profile = Profile::with_notebook();
    let note = profile.json_line(["helped", "add", "Scott", "slides", "--on", "2026-11-19"]);
    assert_eq!((note["who"].as_str(), note["on"].as_str()), (Some("Scott"), Some("2026-11-19")));
    profile.succeed(["helped", "add", "@scott", "Slides"]);
    profile.succeed(["helped", "add", "Katie", "data"]);
    assert_eq!(profile.succeed(["person", "list"]).lines().count(), 2, "the same name is the same person");
    assert_eq!(profile.succeed(["helped", "list", "--person", "Scott"]).lines().count(), 2);
    assert_eq!(profile.succeed(["helped", "list", "--subject", "SLIDES"]).lines().count(), 2);
    assert_eq!(profile.refused(["helped", "add", "Katie", " "]), (1, "invalid".to_owned()));
    profile.succeed(["person", "delete", "Scott"]);
    assert!(profile.succeed(["helped", "list"]).contains("Scott: Slides"), "the words stay");
}
