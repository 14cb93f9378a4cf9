//! Pairings, walked through the window: kept alone from a name to the end, and shared between two windows by files.

use vv_tests::{Desktop, Keyring, Window};

use crate::acts;
use crate::two_computers::{set_up_folder, shared};

async fn go(window: &Window, place: &str) {
    window.run(&format!("location.hash = '#/{place}'"), Vec::new()).await;
}

/// Starts a pairing with a name and a hope, which is enough.
async fn start(window: &Window, name: &str, hope: &str) {
    go(window, "pairings").await;
    window.click("button", "Start a pairing").await;
    window.fill("textbox", "With whom?", name).await;
    window.fill("textbox", "What do you hope for?", hope).await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    window.click("button", "Start").await;
    window.find("heading", name).await;
}

/// Practices 12, 53 and 66: alone, with a name and a hope; met, promised, ended; nobody else needed.
#[tokio::test]
async fn a_pairing_is_kept_alone_from_a_name_to_its_end() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    go(&window, "pairings").await;
    window.find("heading", "Two people, both ways").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    start(&window, "Jon Adeyemi", "To read a P&L without fear").await;
    window.wait_for_text("Only you can read this").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());

    window.click("button", "We met").await;
    window.wait_for_text("On rhythm").await;
    window.click("button", "Promise something").await;
    window.fill("textbox", "What", "Send Jon the August sheet").await;
    window.fill("textbox", "If …", "If the books close on Friday").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    window.click("button", "Promise it").await;
    window.wait_for_text("Send Jon the August sheet").await;
    go(&window, "today").await;
    window.wait_for_text("Send Jon the August sheet").await;

    go(&window, "pairings").await;
    window.click("link", "J Jon Adeyemi").await;
    window.click("button", "More").await;
    window.click("menuitem", "End it").await;
    window.click("radio", "End it now").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    window.click("button", "End it").await;
    window.wait_for_text("You ended it.").await;
    window.wait_for_text("Ended well").await;
    let said = desktop.command(vv_tests::desktop::vv()).arg("verify").output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    desktop.quit();
}

/// Practices 2, 13, 53 and 75: two people connect over a folder that both see, agree, and meet; each sees who can read it.
#[tokio::test]
async fn two_windows_share_a_pairing_sign_an_agreement_and_meet() {
    let (mara, jon) = (Desktop::new(Keyring::Open), Desktop::new(Keyring::Open));
    let folder = shared(&mara);
    let (hers, his) = (mara.open().await, jon.open().await);
    acts::begin(&hers, "").await;
    set_up_folder(&mara, &hers, &folder).await;
    acts::begin(&his, "").await;
    set_up_folder(&jon, &his, &folder).await;

    start(&hers, "Jon Adeyemi", "A hope that is nobody else's").await;
    hers.click("button", "Invite Jon").await;
    hers.fill("textbox", "What they call you", "Mara").await;
    assert_eq!(hers.barriers().await, Vec::<String>::new());
    hers.click("button", "Share and invite").await;
    let invitation = mara.scratch().join("invitation.vv");
    mara.will_pick(&[&invitation]);
    hers.click("button", "Save as a file").await;
    hers.wait_for_text("Saved. Hand it over as you like.").await;
    assert_eq!(hers.barriers().await, Vec::<String>::new());
    hers.click("button", "Done").await;

    go(&his, "pairings").await;
    his.click("button", "I was invited").await;
    jon.will_pick(&[&invitation]);
    his.click("button", "Choose a file instead").await;
    his.wait_for_text("Mara invites you to a pairing.").await;
    assert_eq!(his.barriers().await, Vec::<String>::new());
    his.fill("textbox", "Your name there", "Jon").await;
    his.click("button", "Ask to join").await;
    his.wait_for_text("You have asked.").await;
    hers.wait_for_text("Jon asks to come in").await;
    assert_eq!(hers.barriers().await, Vec::<String>::new());
    hers.click("button", "They are the same, let them in").await;
    hers.wait_for_text("2 people can read this:").await;
    his.click("button", "Show it").await;
    his.wait_for_text("2 people can read this:").await;
    go(&his, "pairings").await;
    his.click("link", "M Mara").await;
    his.wait_for_text("2 people can read this:").await;
    assert_eq!(his.barriers().await, Vec::<String>::new());

    hers.click("button", "Write the agreement").await;
    hers.click("button", "Put it forward and sign").await;
    hers.wait_for_text("It waits for Jon to sign.").await;
    assert_eq!(hers.barriers().await, Vec::<String>::new());
    his.click("link", "Read it").await;
    his.wait_for_text("It waits for you to sign.").await;
    his.click("button", "Sign it").await;
    his.wait_for_text("Sign exactly this text?").await;
    assert_eq!(his.barriers().await, Vec::<String>::new());
    his.run("[...document.querySelectorAll('dialog[open] button')].find((one) => one.innerText.includes('Sign it')).click()", Vec::new()).await;
    his.wait_for_text("Signed by both").await;
    hers.wait_for_text("Signed by both").await;

    his.click("button", "Back to the pairing").await;
    his.click("button", "We met").await;
    his.wait_for_text("On rhythm").await;
    go(&hers, "pairings").await;
    hers.click("link", "J Jon Adeyemi").await;
    hers.wait_for_text("On rhythm").await;
    for (desktop, window) in [(&mara, &hers), (&jon, &his)] {
        assert_eq!(window.barriers().await, Vec::<String>::new());
        let said = desktop.command(vv_tests::desktop::vv()).arg("verify").output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    }
    assert_eq!(acts::files_with(&folder, b"A hope that is nobody else's"), Vec::<String>::new());
    jon.quit();
    mara.quit();
}
