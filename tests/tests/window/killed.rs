//! The window is killed while somebody types, ten times over; what it said was kept is there each time.

use vv_tests::{Desktop, Keyring, desktop};

use crate::acts;

fn kills() -> usize {
    std::env::var("VV_WINDOW_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(10)
}

#[tokio::test]
async fn words_that_were_kept_are_there_however_often_the_window_is_killed() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "Through the storm", "Kept at the start.").await;
    let mut kept = vec!["Kept at the start.".to_owned()];
    let mut window = Some(window);
    for kill in 1..=kills() {
        let open = match window.take() {
            Some(open) => open,
            None => {
                let open = desktop.open().await;
                acts::open_entry(&open, "Through the storm").await;
                open
            }
        };
        for words in &kept {
            open.wait_for_text(words).await;
        }
        let words = format!(" Kept before kill {kill}.");
        acts::write_on(&open, &words).await;
        kept.push(words.trim().to_owned());
        // A few more letters are on their way when it happens, a different number each time.
        open.type_text(&"and more"[..1 + kill % 8]).await;
        desktop.kill();
    }
    let check = desktop.command(desktop::vv()).arg("verify").output().unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}
