//! Damage, newer versions, folders that cannot be written: told first, and nothing lost.

use std::fs;

use crate::profile::{Profile, code, contents, stderr};

#[test]
fn a_damaged_file_ends_with_5_and_nothing_is_moved_or_deleted() {
    let profile = Profile::with_notebook();
    profile.add(&["words"]);
    let database = profile.notebook("notebook.db");
    let mut bytes = fs::read(&database).unwrap();
    bytes[1000..3000].fill(0x55);
    fs::write(&database, &bytes).unwrap();
    for words in [&["entry", "list"][..], &["entry", "add", "more"], &["search", "words"], &["verify"]] {
        assert_eq!(profile.refused(words), (5, "damaged".to_owned()), "{words:?}");
    }
    assert_eq!(fs::read(&database).unwrap(), bytes);
    let said = profile.vv(["entry", "list"]).output().unwrap();
    assert!(stderr(&said).contains("vv restore"), "it says what to do");
    assert_eq!(code(&profile.vv(["doctor"]).output().unwrap()), 5);
}

#[test]
fn a_wrong_passphrase_for_a_damaged_file_is_a_wrong_passphrase() {
    let profile = Profile::with_notebook();
    let database = profile.notebook("notebook.db");
    let mut bytes = fs::read(&database).unwrap();
    bytes[1000..3000].fill(0x55);
    fs::write(&database, &bytes).unwrap();
    profile.write("passphrase", b"not this one");
    assert_eq!(profile.refused(["entry", "list"]), (3, "wrong_key".to_owned()));
}

#[test]
fn a_backup_takes_the_place_of_a_damaged_notebook() {
    let profile = Profile::with_notebook();
    profile.add(&["words"]);
    let file = profile.path("safe.vvbackup");
    profile.succeed(["backup".as_ref(), file.as_os_str()]);
    fs::write(profile.notebook("notebook.db"), b"gone").unwrap();
    profile.succeed(["restore".as_ref(), file.as_os_str()]);
    assert_eq!(profile.json(["entry", "list"])[0]["text"], "words");
}

#[test]
fn a_notebook_of_a_newer_version_is_left_untouched() {
    let profile = Profile::with_notebook();
    profile.add(&["words"]);
    let key_file = profile.notebook("notebook.key");
    let mut bytes = fs::read(&key_file).unwrap();
    bytes[8..12].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&key_file, bytes).unwrap();
    let before = contents(&profile.path("home"));
    for words in [&["entry", "list"][..], &["entry", "add", "more"], &["verify"]] {
        assert_eq!(profile.refused(words), (1, "newer_version".to_owned()), "{words:?}");
    }
    assert_eq!(profile.refused(["init"]), (1, "notebook_exists".to_owned()));
    assert_eq!(contents(&profile.path("home")), before);
}

#[test]
fn half_a_notebook_never_looks_like_a_new_person() {
    for (lost, kept) in [("notebook.db", "notebook.key"), ("notebook.key", "notebook.db")] {
        let profile = Profile::with_notebook();
        fs::rename(profile.notebook(lost), profile.path("lost")).unwrap();
        let (code, _) = profile.refused(["entry", "list"]);
        assert_eq!(code, 1, "{lost}");
        assert_eq!(profile.refused(["init"]).0, 1, "{lost}");
        assert!(profile.notebook(kept).exists() && !profile.notebook(lost).exists());
        fs::rename(profile.path("lost"), profile.notebook(lost)).unwrap();
        profile.succeed(["entry", "list"]);
    }
}

/// Runs `vv` as somebody who is not root, since root may write anywhere.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_can_be_read_and_nothing_is_changed() {
    use std::os::unix::{
        fs::{MetadataExt as _, PermissionsExt as _, chown},
        process::CommandExt as _,
    };

    const NOBODY: u32 = 65_534;
    let profile = Profile::with_notebook();
    let id = profile.add(&["words"]);
    let program = profile.path("vv");
    fs::copy(env!("CARGO_BIN_EXE_vv"), &program).unwrap();
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;

    let home = profile.path("home");
    let mut all = vec![home.clone()];
    while let Some(path) = all.pop() {
        let folder = path.is_dir();
        if folder {
            all.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
        if is_root {
            chown(&path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(if folder { 0o555 } else { 0o444 })).unwrap();
    }
    if is_root {
        for path in [profile.path(""), profile.path("passphrase"), program.clone()] {
            chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
    let before = contents(&home);
    let run = |words: &[&str]| {
        let mut command = std::process::Command::new(&program);
        profile.surround(&mut command);
        command.env("VV_PASSPHRASE_FILE", profile.path("passphrase")).arg("--json").args(words);
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.output().unwrap()
    };
    let read = run(&["entry", "show", &id]);
    assert_eq!(code(&read), 0, "{}", stderr(&read));
    assert_eq!(crate::profile::refusal(&run(&["entry", "add", "more"])), (1, "read_only".to_owned()));
    assert_eq!(contents(&home), before);
    // The temporary folder can be removed only when its folders can be written.
    let mut folders = vec![home];
    while let Some(folder) = folders.pop() {
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        folders.extend(
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()),
        );
    }
}
