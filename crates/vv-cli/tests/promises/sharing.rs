//! `vv sync`, `vv device`, `vv space`, `vv invite`, `vv join`, `vv approve`: two people share a pairing through a folder.

use std::fs;

use crate::profile::Profile;

#[test]
fn a_folder_is_synced_through_and_devices_are_listed() {
    let profile = Profile::with_notebook();
    assert_eq!(profile.json_line(["sync", "status"])["state"]["state"], "off");
    let folder = profile.path("carried");
    assert_eq!(profile.refused(["sync", "--folder", folder.to_str().unwrap()]), (1, "invalid".to_owned()));
    fs::create_dir(&folder).unwrap();
    profile.succeed(["entry", "add", "A sentence for nobody else"]);
    let synced = profile.json_line(["sync", "--folder", folder.to_str().unwrap()]);
    assert_eq!(
        (synced["state"]["state"].as_str(), synced["places"][0]["waiting"].as_u64()),
        (Some("in_step"), Some(0))
    );
    assert!(folder.join(".vv1").is_dir());
    profile.succeed(["sync"]);
    let devices = profile.json_line(["device", "list"]);
    assert_eq!(devices["is_this"], true);
    let id = devices["id"].as_str().unwrap();
    assert_eq!(profile.refused(["device", "revoke", id]), (1, "not_allowed".to_owned()));
    assert_eq!(profile.refused(["device", "add", "K7M-2QX-9PD"]), (1, "not_allowed".to_owned()));
    profile.succeed(["verify"]);
}

#[test]
fn somebody_is_invited_asks_is_let_in_and_both_say_who_can_read() {
    let (ada, jon) = (Profile::with_notebook(), Profile::with_notebook());
    let folder = ada.path("carried");
    fs::create_dir(&folder).unwrap();
    for person in [&ada, &jon] {
        person.succeed(["sync", "--folder", folder.to_str().unwrap()]);
    }
    let space = ada.json_line(["space", "create", "pairing"])["id"].as_str().unwrap().to_owned();
    let link = ada.json_line(["invite", &space])["link"].as_str().unwrap().to_owned();
    jon.succeed(["join", &link]);
    ada.succeed(["sync"]);
    let request =
        ada.json_line(["space", "members", &space])["requests"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(ada.refused(["approve", &"0".repeat(64)]), (1, "not_found".to_owned()));
    ada.succeed(["approve", &request]);
    for _ in 0..3 {
        ada.succeed(["sync"]);
        jon.succeed(["sync"]);
    }
    for person in [&ada, &jon] {
        let readers = &person.json_line(["space", "members", &space])["content_readers"];
        assert_eq!(readers.as_array().unwrap().len(), 2);
        person.succeed(["verify"]);
    }
    assert_eq!(jon.succeed(["space", "list"]).lines().count(), 2);
}

#[test]
fn a_space_is_written_with_its_keys_into_a_new_folder_and_never_over_anything() {
    let profile = Profile::with_notebook();
    profile.succeed(["entry", "add", "A sentence for nobody else"]);
    let journal = profile.json_line(["space", "list"])["id"].as_str().unwrap().to_owned();
    let folder = profile.path("out");
    let to = folder.to_str().unwrap();
    let report = profile.json_line(["space", "export", &journal, "--to", to]);
    assert!(report["records"].as_u64().unwrap() > 3);
    let keys: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("keys.json")).unwrap()).unwrap();
    assert_eq!((keys["format"].as_str(), keys["kind"].as_u64()), (Some("vice-versa-space"), Some(1)));
    assert_eq!(profile.refused(["space", "export", &journal, "--to", to]), (1, "invalid".to_owned()));
    let elsewhere = profile.path("elsewhere");
    let unknown = ["space", "export", &"0".repeat(32), "--to", elsewhere.to_str().unwrap()];
    assert_eq!(profile.refused(unknown), (1, "not_found".to_owned()));
    assert!(!elsewhere.exists());
}
