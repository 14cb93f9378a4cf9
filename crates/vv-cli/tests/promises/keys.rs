//! Unlocking: passphrase files, wrong keys, the keyring that is not there, the recovery kit.

use std::fs;

use crate::profile::{PASSPHRASE, Profile, code, contents, refusal, stderr};

#[test]
fn a_passphrase_comes_from_the_option_before_the_environment() {
    let profile = Profile::with_notebook();
    let wrong = profile.write("wrong", b"something else");
    let right = profile.path("passphrase");
    let run = |option: &std::path::Path, environment: &std::path::Path| {
        let mut command = profile.vv_without_passphrase(["entry", "list", "--passphrase-file"]);
        code(&command.arg(option).env("VV_PASSPHRASE_FILE", environment).output().unwrap())
    };
    assert_eq!(run(&right, &wrong), 0);
    assert_eq!(run(&wrong, &right), 3);
}

#[test]
fn the_end_of_the_line_does_not_belong_to_the_passphrase() {
    let profile = Profile::with_notebook();
    for ending in ["\n", "\r\n"] {
        profile.write("passphrase", format!("{PASSPHRASE}{ending}").as_bytes());
        profile.succeed(["entry", "list"]);
    }
    profile.write("passphrase", format!("{PASSPHRASE}\n\n").as_bytes());
    assert_eq!(profile.refused(["entry", "list"]), (3, "wrong_key".to_owned()));
}

#[test]
fn a_wrong_passphrase_ends_with_3_and_touches_nothing() {
    let profile = Profile::with_notebook();
    profile.add(&["words"]);
    let before = contents(&profile.path("home"));
    profile.write("passphrase", b"not this one");
    assert_eq!(profile.refused(["entry", "list"]), (3, "wrong_key".to_owned()));
    assert_eq!(contents(&profile.path("home")), before);
}

#[test]
fn without_any_passphrase_the_notebook_is_locked_and_ends_with_3() {
    let profile = Profile::with_notebook();
    let output = profile.vv_without_passphrase(["--json", "entry", "list"]).output().unwrap();
    assert_eq!(refusal(&output), (3, "locked".to_owned()));
}

#[test]
fn a_passphrase_file_that_is_missing_empty_or_no_text_is_named_as_such() {
    let profile = Profile::with_notebook();
    let run = || profile.refused(["entry", "list"]);
    fs::remove_file(profile.path("passphrase")).unwrap();
    assert_eq!(run(), (1, "unreadable_file".to_owned()));
    profile.write("passphrase", b"");
    assert_eq!(run(), (1, "unreadable_file".to_owned()));
    profile.write("passphrase", &[0xff, 0xfe]);
    assert_eq!(run(), (1, "unreadable_file".to_owned()));
}

#[test]
fn a_passphrase_never_shows_in_a_message() {
    let profile = Profile::with_notebook();
    profile.write("passphrase", b"hunter2-not-the-one");
    let output = profile.vv(["entry", "list"]).output().unwrap();
    assert!(!stderr(&output).contains("hunter2"));
}

#[test]
fn a_keyring_that_cannot_be_reached_is_said_and_nothing_is_created() {
    let profile = Profile::empty();
    let output = profile.vv_without_passphrase(["--json", "init", "--keyring"]).output().unwrap();
    assert_eq!(refusal(&output), (3, "keyring_unreachable".to_owned()));
    let output = profile.vv_without_passphrase(["--json", "init"]).output().unwrap();
    assert_eq!(refusal(&output), (3, "keyring_unreachable".to_owned()));
    assert!(!profile.notebook("notebook.key").exists());
}

#[test]
fn an_init_never_makes_anything_over_a_notebook() {
    let profile = Profile::with_notebook();
    profile.add(&["words"]);
    let before = contents(&profile.path("home"));
    assert_eq!(profile.refused(["init"]), (1, "notebook_exists".to_owned()));
    assert_eq!(contents(&profile.path("home")), before);
}

#[test]
fn an_init_says_what_it_made() {
    let profile = Profile::empty();
    let made = profile.json_line(["init", "--name", "Ada Lovelace"]);
    assert_eq!(made["name"], "Ada Lovelace");
    assert_eq!(made["key_place"], "passphrase");
    assert_eq!(made["folder"].as_str(), profile.path("home/notebook").to_str());
}

#[test]
fn without_a_notebook_every_command_says_so_and_ends_with_1() {
    let profile = Profile::empty();
    for words in [&["entry", "list"][..], &["search", "x"], &["verify"], &["recovery", "kit", "k"]] {
        assert_eq!(profile.refused(words), (1, "no_notebook".to_owned()), "{words:?}");
    }
    assert!(!profile.path("home/notebook").exists());
}

#[test]
fn a_recovery_kit_opens_the_notebook_and_gives_it_a_new_passphrase() {
    let profile = Profile::with_notebook();
    profile.add(&["kept"]);
    let kit = profile.path("my.kit");
    profile.succeed(["recovery".as_ref(), "kit".as_ref(), kit.as_os_str()]);
    assert_eq!(profile.json_line(["recovery".as_ref(), "check".as_ref(), kit.as_os_str()])["opens"], true);

    profile.write("passphrase", b"the new one");
    assert_eq!(profile.refused(["entry", "list"]), (3, "wrong_key".to_owned()));
    let opened = profile.json_line(["recovery".as_ref(), "use".as_ref(), kit.as_os_str()]);
    assert_eq!(opened["key_place"], "passphrase");
    assert_eq!(profile.json(["entry", "list"])[0]["text"], "kept");
    profile.write("passphrase", PASSPHRASE.as_bytes());
    assert_eq!(profile.refused(["entry", "list"]), (3, "wrong_key".to_owned()));
}

#[test]
fn a_kit_of_its_own_passphrase_needs_it() {
    let profile = Profile::with_notebook();
    let (kit, own) = (profile.path("sealed.kit"), profile.write("kit-passphrase", b"for the kit"));
    let run = |verb: &str, passphrase: Option<&std::path::Path>| {
        let mut command = profile.vv(["--json", "recovery", verb]);
        command.arg(&kit);
        if let Some(passphrase) = passphrase {
            command.arg("--kit-passphrase-file").arg(passphrase);
        }
        command.output().unwrap()
    };
    assert_eq!(code(&run("kit", Some(&own))), 0);
    assert_eq!(refusal(&run("check", None)), (1, "kit_invalid".to_owned()));
    let wrong = profile.write("wrong", b"not for the kit");
    assert_eq!(refusal(&run("check", Some(&wrong))), (3, "wrong_key".to_owned()));
    assert_eq!(code(&run("check", Some(&own))), 0);
}

#[test]
fn a_kit_of_another_notebook_does_not_open_this_one() {
    let (one, other) = (Profile::with_notebook(), Profile::with_notebook());
    let kit = other.path("other.kit");
    other.succeed(["recovery".as_ref(), "kit".as_ref(), kit.as_os_str()]);
    assert_eq!(
        one.refused(["recovery".as_ref(), "check".as_ref(), kit.as_os_str()]),
        (3, "wrong_key".to_owned())
    );
    assert_eq!(
        one.refused(["recovery".as_ref(), "use".as_ref(), kit.as_os_str()]),
        (3, "wrong_key".to_owned())
    );
    let no_kit = one.write("text.kit", b"some text");
    assert_eq!(
        one.refused(["recovery".as_ref(), "check".as_ref(), no_kit.as_os_str()]),
        (1, "kit_invalid".to_owned())
    );
}

#[test]
fn a_kit_file_is_never_written_over_and_only_its_owner_may_read_it() {
    let profile = Profile::with_notebook();
    let kit = profile.path("my.kit");
    profile.succeed(["recovery".as_ref(), "kit".as_ref(), kit.as_os_str()]);
    let first = fs::read(&kit).unwrap();
    assert_eq!(
        profile.vv(["recovery".as_ref(), "kit".as_ref(), kit.as_os_str()]).output().unwrap().status.code(),
        Some(1)
    );
    assert_eq!(fs::read(&kit).unwrap(), first);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&kit).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
