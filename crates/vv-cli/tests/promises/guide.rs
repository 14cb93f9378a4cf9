//! `vv guide`: what there is, one of them whole, and a guide of one's own out into a file and in again.

use crate::profile::{Profile, code, stderr};

#[test]
fn the_guides_are_listed_each_with_what_it_is_for() {
    let profile = Profile::with_notebook();
    let rows = profile.json(["guide", "list"]);
    let ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids[..15], (1..=15).map(|number| format!("j{number}")).collect::<Vec<_>>());
    assert_eq!(ids[15..19], ["to-practice", "six-weeks", "twelve-weeks", "could-teach"]);
    assert!(["p1", "p2", "p3", "p6-s4", "c0", "c5", "a2"].iter().all(|id| ids[19..].contains(id)));
    assert!(
        rows.iter()
            .all(|row| !row["summary"].as_str().unwrap().is_empty() && row["minutes"].as_u64() > Some(0))
    );
    assert!(profile.succeed(["guide", "list"]).contains("17 min  After-action review"));
}

#[test]
fn a_guide_is_shown_with_its_questions_and_its_file() {
    let profile = Profile::with_notebook();
    let shown = profile.json_line(["guide", "show", "j6"]);
    assert_eq!(shown["phases"].as_array().unwrap().len(), 3);
    assert!(profile.succeed(["guide", "show", "j6"]).contains("2. So what? (3 min)"));
    assert!(profile.succeed(["guide", "show", "j6", "--source"]).starts_with("format = 1\n"));
    assert_eq!(profile.refused(["guide", "show", "nothing"]), (1, "not_found".to_owned()));
}

#[test]
fn a_guide_leaves_as_a_file_and_comes_back_as_ones_own() {
    let profile = Profile::with_notebook();
    let file = profile.path("mine.toml");
    let before = profile.json(["guide", "list"]).len();
    profile.succeed(["guide".as_ref(), "export".as_ref(), "j6".as_ref(), file.as_os_str()]);
    let unchanged = profile.json_line(["guide".as_ref(), "import".as_ref(), file.as_os_str()]);
    assert_eq!((&unchanged["built_in"], &unchanged["added"]), (&true.into(), &false.into()));

    let text = std::fs::read_to_string(&file).unwrap().replace("What, so what, now what", "Three boxes");
    let own = profile.write("own.toml", text.as_bytes());
    let added = profile.json_line(["guide".as_ref(), "import".as_ref(), own.as_os_str()]);
    assert_eq!((added["added"].as_bool(), added["title"].as_str()), (Some(true), Some("Three boxes")));
    let again = profile.json_line(["guide".as_ref(), "import".as_ref(), own.as_os_str()]);
    assert_eq!((again["added"].as_bool(), &again["id"]), (Some(false), &added["id"]));
    assert_eq!(profile.json(["guide", "list"]).len(), before + 1);
    profile.succeed(["verify"]);
}

#[test]
fn a_file_that_is_no_guide_is_refused_by_line_and_nothing_changes() {
    let profile = Profile::with_notebook();
    let before = profile.json(["guide", "list"]).len();
    let broken = profile.write("broken.toml", b"format = 1\nid = \"x\"\nkind = \"Geheim\"\n");
    let output = profile.vv(["guide".as_ref(), "import".as_ref(), broken.as_os_str()]).output().unwrap();
    let message = stderr(&output);
    assert_eq!(code(&output), 1);
    assert!(message.contains("line") && !message.contains("Geheim"), "{message}");
    assert_eq!(profile.json(["guide", "list"]).len(), before);
}

#[test]
fn guides_come_in_the_language_that_is_asked_for_or_that_of_the_environment() {
    let profile = Profile::with_notebook();
    let said = |language: &str, words: &[&str]| {
        let output = profile.vv(words).env("LC_ALL", language).output().unwrap();
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(said("C", &["guide", "list"]).contains("j2   15 min  Weekly look-back"));
    assert!(said("de_AT.UTF-8", &["guide", "list"]).contains("j2   15 min  Wochenrückblick"));
    assert!(said("de_AT.UTF-8", &["guide", "--language", "en", "list"]).contains("Weekly look-back"));
    assert!(
        said("C", &["guide", "show", "j6", "--language", "de"]).contains("2. Und was heißt das? (3 min)")
    );
    let file = profile.path("deutsch.toml");
    said("C", &["guide", "export", "j3", file.to_str().unwrap(), "--language", "de"]);
    assert!(std::fs::read_to_string(&file).unwrap().contains("title = \"Nachbesprechung\""));
    let back = profile.json_line(["guide".as_ref(), "import".as_ref(), file.as_os_str()]);
    assert_eq!((&back["built_in"], &back["title"]), (&true.into(), &"Nachbesprechung".into()));
}
