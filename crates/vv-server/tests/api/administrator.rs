//! What the administrator does from a terminal.

use reqwest::Method;
use vv_protocol::wire::{hex, paths};

use super::*;

#[tokio::test]
async fn a_backup_taken_while_serving_is_put_back_and_devices_hand_in_what_is_missing() {
    let place = Place::start(&[]);
    let maker = place.maker().await;
    let mut feed = feed(1);
    let first = maker.push(1, &feed.batch(600, CT)).await.unwrap();
    let content = vec![5; 10_000];
    let chunk = paths::blob(&SPACE, blake3::hash(&content).as_bytes());
    maker.send(Method::PUT, &chunk, content.clone()).await.unwrap();
    let backup = place.folder.path().join("backup");
    let (done, text) = place.administer(&["backup", backup.to_str().unwrap()]);
    assert!(done && text.contains("600 records"), "{text}");
    let lost = feed.batch(5, CT);
    maker.push(1, &lost).await.unwrap();

    let elsewhere = tempfile::tempdir().unwrap();
    let administer = |words: &[&str]| {
        let out = Command::new(program()).args(words).arg("--data").arg(elsewhere.path()).output().unwrap();
        (
            out.status.success(),
            String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap(),
        )
    };
    let (done, text) = administer(&["restore", backup.to_str().unwrap()]);
    assert!(done && text.contains("600 records"), "{text}");
    assert!(!administer(&["restore", backup.to_str().unwrap()]).0, "only into an empty server");
    let (done, text) = administer(&["verify"]);
    assert!(done && text.contains("Everything is as it was"), "{text}");

    let process = start_in(elsewhere.path(), &[]);
    let mut restored = maker.at(process.address());
    restored.sign_in().await.unwrap();
    let heads = restored.heads().await.unwrap();
    assert_eq!((heads.streams[0].head, heads.streams[0].chain), (600, first.chain));
    assert_ne!(heads.streams[0].log_id, first.log_id, "devices see that it was put back");
    assert_eq!(restored.push(1, &lost).await.unwrap().accepted, 5);
    assert_eq!(restored.send(Method::GET, &chunk, Vec::new()).await.unwrap().bytes().await.unwrap(), content);
}

#[tokio::test]
async fn damage_of_any_kind_is_found_by_verify_and_a_damaged_backup_is_not_put_back() {
    let place = Place::start(&[]);
    let maker = place.maker().await;
    maker.push(1, &feed(1).batch(10, CT)).await.unwrap();
    let backup = place.folder.path().join("backup");
    assert!(place.administer(&["backup", backup.to_str().unwrap()]).0);
    assert!(place.administer(&["verify"]).0);
    let path = place.folder.path().join("server.db");
    let spoil = |sql: &str| rusqlite::Connection::open(&path).unwrap().execute(sql, ()).unwrap();
    spoil("UPDATE record SET body = (SELECT body FROM record WHERE gseq = 2) WHERE gseq = 4");
    let (done, text) = place.administer(&["verify"]);
    assert!(!done && text.contains("record 4"), "{text}");
    spoil("DELETE FROM record WHERE gseq = 9");
    assert!(!place.administer(&["verify"]).0);

    let file = backup.join("spaces").join(format!("{}.space", hex::to_text(&SPACE)));
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let empty = tempfile::tempdir().unwrap();
    let restore = |backup: &Path| {
        Command::new(program()).arg("restore").arg(backup).arg("--data").arg(empty.path()).output().unwrap()
    };
    assert!(!restore(&backup).status.success());
    std::fs::remove_file(backup.join("complete")).unwrap();
    assert!(!restore(&backup).status.success());
}

#[tokio::test]
async fn spaces_are_counted_limited_and_removed_from_a_terminal() {
    let place = Place::start(&[]);
    let maker = place.maker().await;
    maker.push(1, &feed(1).batch(10, CT)).await.unwrap();
    let name = hex::to_text(&SPACE);
    let (done, text) = place.administer(&["stats"]);
    assert!(done && text.contains("records         10") && text.contains(&name), "{text}");
    assert!(place.administer(&["quota", &name, "7"]).0);
    assert_eq!(maker.heads().await.unwrap().quota, 7 * 1024 * 1024);
    let log = maker.heads().await.unwrap().streams[0].log_id;
    assert!(place.administer(&["restore", "--in-place"]).0);
    assert_ne!(maker.heads().await.unwrap().streams[0].log_id, log);
    assert!(place.administer(&["purge", &name]).0);
    assert_eq!(refused(maker.heads().await).0, 403);
    assert!(!place.administer(&["purge", &name]).0);
    assert!(!place.administer(&["quota", "zz", "7"]).0);
}

#[test]
fn wrong_options_are_refused_with_a_sentence() {
    let fails = |words: &[&str], says: &str| {
        let out = Command::new(program()).args(words).output().unwrap();
        let text = String::from_utf8(out.stderr).unwrap();
        assert!(!out.status.success() && text.contains(says), "{words:?}: {text}");
    };
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    fails(&["--listen", "0.0.0.0:0", "--data", data], "--host");
    fails(&["--config", "/nowhere.toml"], "nowhere.toml");
    let file = folder.path().join("wrong.toml");
    std::fs::write(&file, "space_qota = 1").unwrap();
    fails(&["--config", file.to_str().unwrap()], "space_qota");
    let file = folder.path().join("right.toml");
    std::fs::write(&file, format!("data = {data:?}\nlog = \"warn\"")).unwrap();
    let out = Command::new(program()).args(["stats", "--config", file.to_str().unwrap()]).output().unwrap();
    assert!(out.status.success() && folder.path().join("server.db").exists());
}
