//! A disk that is full, provoked: a small disk of memory of one's own, written until nothing goes any more. What was saved
//! before is there, what could not be written says so, and nothing half is left.

use std::{
    fs,
    process::{Command, Output},
};

use crate::profile::Profile;

/// Writes entries until one is refused; then lists, checks, exports and backs up on the full disk.
const STORY: &str = r#"
set -u
"$VV" init --name Ada > /dev/null || exit 90
saved=0
while [ $saved -lt 400 ]; do
  "$VV" --json entry add - < "$TEXT" > "$OUT/added" 2> "$OUT/refused" || break
  saved=$((saved + 1))
done
echo $saved > "$OUT/saved"
"$VV" --json entry list --limit 500 > "$OUT/list" 2> "$OUT/list-error"; echo $? > "$OUT/list-code"
for form in html json pdf; do
  "$VV" --json export "$DISK/journal.$form" --as $form > "$OUT/$form" 2>&1; echo $? > "$OUT/$form-code"
done
"$VV" --json backup "$DISK/safe.vvbackup" > "$OUT/backup" 2>&1; echo $? > "$OUT/backup-code"
ls -A "$DISK" > "$OUT/left"; ls -A "$DISK/home" > "$OUT/left-home"
# Somebody makes room: everything goes on as if nothing had been.
rm "$DISK/ballast"
"$VV" --json entry add "after" > /dev/null 2> "$OUT/after"; echo $? > "$OUT/after-code"
"$VV" --json entry list --limit 500 > "$OUT/list-after"
"$VV" --json verify > "$OUT/verify"; echo $? > "$OUT/verify-code"
"#;

/// Runs the story on a disk of a few megabytes; none where the system gives nobody a disk of their own.
fn on_a_small_disk(profile: &Profile) -> Option<Output> {
    let story = format!(
        "mount -t tmpfs -o size=5m none \"$DISK\" && head -c 1500000 /dev/zero > \"$DISK/ballast\" || exit 91\n{STORY}"
    );
    for own in [&["--user", "--map-root-user", "--mount"][..], &["--mount"]] {
        let mut command = Command::new("unshare");
        profile.surround(&mut command);
        command
            .args(own)
            .args(["sh", "-c", &story])
            .env("VV", env!("CARGO_BIN_EXE_vv"))
            .env("VV_HOME", profile.path("disk/home"))
            .env("VV_PASSPHRASE_FILE", profile.path("passphrase"))
            .env("DISK", profile.path("disk"))
            .env("OUT", profile.path("out"))
            .env("TEXT", profile.path("text"));
        let output = command.output().ok()?;
        if !matches!(output.status.code(), Some(1 | 91)) {
            return Some(output);
        }
    }
    None
}

#[test]
fn on_a_full_disk_everything_that_was_saved_is_there_and_the_rest_is_said() {
    let profile = Profile::empty();
    for folder in ["disk", "out"] {
        fs::create_dir_all(profile.path(folder)).unwrap();
    }
    // Words that do not pack well, so that the disk fills after a few dozen entries.
    let text: String =
        (0_u64..20_000).map(|n| format!("{:x} ", n.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
    profile.write("text", &text.as_bytes()[..120_000]);
    let Some(output) = on_a_small_disk(&profile) else { return };
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let said = |name: &str| fs::read_to_string(profile.path("out").join(name)).unwrap().trim().to_owned();
    let saved: usize = said("saved").parse().unwrap();
    assert!(saved > 2 && saved < 400, "{saved}");
    assert!(said("refused").contains("\"disk_full\""), "{}", said("refused"));
    assert_eq!(said("list-code"), "0", "what is there can be read: {}", said("list-error"));
    assert_eq!(said("list").lines().count(), saved);
    for what in ["html", "json", "pdf", "backup"] {
        if said(&format!("{what}-code")) != "0" {
            assert!(said(what).contains("\"disk_full\""), "{what}: {}", said(what));
        }
    }
    assert_ne!(said("backup-code"), "0", "a backup of all of it cannot fit");
    for left in [said("left"), said("left-home")] {
        assert!(!left.contains(".part") && !left.contains("proving"), "nothing half is left: {left}");
    }
    assert_eq!(said("after-code"), "0", "{}", said("after"));
    assert_eq!(said("list-after").lines().count(), saved + 1);
    assert_eq!(said("verify-code"), "0", "{}", said("verify"));
}
