//! `vv pairing`, `vv session`, `vv promise`: a pairing that is kept alone in a terminal.

use crate::profile::Profile;

#[test]
fn a_pairing_begins_with_a_name_meets_and_keeps_a_promise() {
    let profile = Profile::with_notebook();
    let made = profile.json_line(["pairing", "add", "Jon", "--hope", "To read a month", "--learn", "a P&L"]);
    let id = made["row"]["id"].as_str().unwrap().to_owned();
    assert_eq!(
        (made["row"]["kind"].as_str(), made["row"]["part"].as_str()),
        (Some("mentoring"), Some("mentee"))
    );
    assert!(profile.succeed(["pairing", "show", "jon"]).contains("Only you can read this"));
    assert_eq!(profile.refused(["pairing", "show", "nobody"]), (1, "not_found".to_owned()));

    assert_eq!(
        profile.refused(["session", "propose", "Jon", "--at", "2031-11-24T15:00", "--case", " "]),
        (1, "invalid".to_owned())
    );
    let planned = profile.json_line([
        "session",
        "propose",
        "Jon",
        "--at",
        "2031-11-24T15:00",
        "--case",
        "The October sheet",
    ]);
    assert_eq!((planned["state"].as_str(), planned["minutes"].as_u64()), (Some("agreed"), Some(60)));
    let session = planned["id"].as_str().unwrap().to_owned();
    let cancelled = profile.json_line(["session", "cancel", &id, &session]);
    assert_eq!(cancelled["state"], "cancelled");
    let met = profile.json(["session", "met", "Jon"]);
    assert_eq!(met.iter().filter(|one| one["state"] == "held").count(), 1);

    let promised = profile.json_line(["promise", "add", "Jon", "Bring the invoice", "--small", "Ask for it"]);
    let promise = promised["id"].as_str().unwrap();
    assert_eq!(profile.succeed(["promise", "done", promise, "--small"]), "");
    assert_eq!(profile.refused(["promise", "skip", promise]), (1, "not_found".to_owned()));

    let ended = profile.json_line(["pairing", "end", "Jon"]);
    assert_eq!(ended["row"]["health"], "closed");
    profile.succeed(["verify"]);
}
