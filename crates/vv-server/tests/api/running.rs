//! The process itself: killed, spoken to over TLS, and what it writes to its log.

use std::process::Stdio;

use reqwest::Method;
use vv_protocol::wire::{hex, paths};

use super::*;

#[tokio::test]
async fn what_was_acknowledged_is_there_after_any_kill() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = start_in(folder.path(), &["--pushes", "100000"]);
    let mut device = Device::new(&Device::client(), process.address(), Key::of(1), SPACE);
    device.make_space(&[], None).await.unwrap();
    device.sign_in().await.unwrap();
    let mut feed = feed(1);
    let mut acknowledged = 0;
    let mut unanswered = None;
    for round in 0..6u64 {
        let device = device.at(process.address());
        let killing = process.id();
        let mut pushed = 0;
        loop {
            let batch = unanswered.take().unwrap_or_else(|| feed.batch(20, CT));
            match device.push(1, &batch).await {
                Ok(answer) => {
                    acknowledged += 20;
                    assert_eq!(answer.head, acknowledged, "every record is there once");
                }
                Err(None) => {
                    unanswered = Some(batch);
                    break;
                }
                Err(refused) => panic!("{refused:?}"),
            }
            pushed += 1;
            if pushed == 3 + round {
                // In the middle of whatever comes next.
                Command::new("kill").args(["-KILL", &killing.to_string()]).status().unwrap();
            }
        }
        drop(process);
        process = start_in(folder.path(), &["--pushes", "100000"]);
        let head = device.at(process.address()).heads().await.unwrap().streams[0].head;
        assert!(head == acknowledged || head == acknowledged + 20, "{head} after {acknowledged}");
    }
    drop(process);
    let out = Command::new(program()).args(["verify", "--data"]).arg(folder.path()).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}

#[tokio::test]
async fn with_certificates_it_speaks_tls_and_nothing_else() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/tls");
    let (certificate, key) = (fixtures.join("certificate.pem"), fixtures.join("key.pem"));
    let tls = ["--tls-certificates", certificate.to_str().unwrap(), "--tls-key", key.to_str().unwrap()];
    let place = Place::start(&tls);
    let plain = place.device(1, SPACE).send(Method::GET, paths::INFO, Vec::new()).await;
    assert!(plain.is_err());
    let pem = std::fs::read(&certificate).unwrap();
    let client = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([reqwest::Certificate::from_pem(&pem).unwrap()])
        .build()
        .unwrap();
    let url = format!("https://{}{}", place.process.address(), paths::INFO);
    assert!(client.get(url).send().await.unwrap().status().is_success());
}

#[tokio::test]
async fn the_log_says_what_was_done_and_not_by_whom_or_where() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(program());
    command.args(["--listen", "127.0.0.1:0", "--log", "debug", "--log-format", "json", "--data"]);
    let mut child = command.arg(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    let out = child.stdout.take().unwrap();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut line).unwrap();
    let address = line.trim().strip_prefix("listening at ").unwrap();
    let mut device = Device::new(&Device::client(), address, Key::of(1), SPACE);
    device.make_space(&[], None).await.unwrap();
    let _ = device.heads().await;
    device.sign_in().await.unwrap();
    let mut feed = feed(1);
    device.push(1, &feed.batch(2, CT)).await.unwrap();
    // One more that is refused, because the one before it is missing.
    feed.write(CT);
    assert_eq!(refused(device.push(1, &feed.batch(1, CT)).await).0, 409);
    device.pull(1, 0, 10).await.unwrap();
    Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    let log = String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap();
    assert!(log.contains("/v1/spaces/{space}/streams/{stream}/records"), "{log}");
    let secrets = [
        hex::to_text(&SPACE),
        hex::to_text(&device.key().public()),
        hex::to_text(&feed.id()),
        device.token()[..20].to_owned(),
    ];
    for secret in secrets {
        assert!(!log.contains(&secret), "{log}");
    }
    let own_words: Vec<&str> = log.lines().filter(|line| line.contains("\"request\"")).collect();
    assert!(own_words.iter().all(|line| !line.contains("127.0.0.1")), "{log}");
}
