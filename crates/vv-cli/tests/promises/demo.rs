//! `vv demo`, where it was built in.

use crate::profile::Profile;

#[test]
fn a_sample_notebook_is_whole_and_never_made_over_another() {
    let profile = Profile::empty();
    let made = profile.json_line(["demo"]);
    assert!(made["entry_count"].as_u64().unwrap() > 50);
    assert_eq!(profile.json_line(["verify"])["problems"], serde_json::json!([]));
    assert_eq!(profile.refused(["demo"]), (1, "notebook_exists".to_owned()));
}
