//! History: every version can be read, compared and brought back.

use fantoccini::key::Key;
use vv_tests::{Desktop, Keyring, desktop::vv};

use crate::acts;

const THOUGHT: &str = "A thought that came much later.";

#[tokio::test]
async fn an_older_version_is_compared_and_brought_back() {
    let desktop = Desktop::new(Keyring::Open);
    // Saves that follow each other closely are one version; what the sample holds was saved long ago.
    let made = desktop.command(vv()).arg("demo").output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let window = desktop.open().await;
    window.find("button", "New entry").await;
    window.wait_for("the timeline is there", "document.querySelectorAll('[role=option]').length > 4").await;
    let first = window.run("return document.querySelectorAll('[role=option]')[3].id", vec![]).await;
    window.run("document.getElementById(arguments[0]).click()", vec![first]).await;
    acts::wait_for_editor(&window).await;
    window.wait_for("its text is there", &format!("{}?.length > 20", acts::FRONT_TEXT)).await;
    acts::write_on(&window, &format!("\n\n{THOUGHT}")).await;

    acts::command(&window, "Versions").await;
    window
        .wait_for(
            "there are two versions",
            "document.querySelectorAll('ol[aria-label^=Versions] li').length >= 2",
        )
        .await;
    window
        .wait_for(
            "what came is marked",
            &format!(
                "[...document.querySelectorAll('ins')].some((one) => one.innerText.includes('{THOUGHT}'))"
            ),
        )
        .await;
    window.run("document.querySelectorAll('ol[aria-label^=Versions] li button')[1].click()", vec![]).await;
    window.click("button", "Bring this version back").await;
    window.wait_for_text("The older version is the newest again.").await;
    acts::wait_for_editor(&window).await;
    window.wait_for("the thought is gone", &format!("!{}?.includes('{THOUGHT}')", acts::FRONT_TEXT)).await;

    // What stood before is still there.
    acts::command(&window, "Versions").await;
    window
        .wait_for(
            "there are three versions",
            "document.querySelectorAll('ol[aria-label^=Versions] li').length >= 3",
        )
        .await;
    window.press(&[], char::from(Key::Escape).to_string()).await;
}
