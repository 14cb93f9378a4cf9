//! Pages to begin from: written in Settings, asked and filled on an empty page.

use fantoccini::key::Key;
use vv_tests::{Desktop, Keyring};

use crate::{acts, answering::Run};

#[tokio::test]
async fn a_template_is_made_in_settings_and_fills_an_empty_page_by_keys() {
    let desktop = Desktop::new(Keyring::Open);
    desktop.make_it_day(0);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    window.run("location.hash = '#/settings/templates'", vec![]).await;
    window.click("button", "New template").await;
    window.fill("textbox", "Name", "A talk").await;
    window.fill("textbox", "Title of the entry", "Talk with {{ask: With whom?}}").await;
    window.fill("textbox", "Text", "On {{weekday}} I asked: {{cursor}}").await;
    window.fill("textbox", "Tags", "talks, listening").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    window.click("button", "Keep").await;
    window.find("button", "Change A talk").await;

    window.press(&[Key::Control], "n").await;
    window.find("group", "Begin from").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    let keys = Run(&window);
    keys.tick("A talk").await;
    window.find("dialog", "A talk").await;
    assert_eq!(window.barriers().await, Vec::<String>::new());
    keys.fill("With whom?", "Meral").await;
    window.press(&[], char::from(Key::Enter).to_string()).await;
    let filled = format!("{}?.startsWith('On Monday I asked:')", acts::FRONT_TEXT);
    window.wait_for("the page is filled", &filled).await;
    window.type_text("what is missing?").await;
    window.wait_for_text("what is missing?").await;
    desktop.quit();
    let entry = acts::ask_vv(&desktop, &["entry", "list", "--tag", "listening"]).remove(0);
    let entry = acts::ask_vv(&desktop, &["entry", "show", entry["id"].as_str().unwrap()]).remove(0);
    assert_eq!(entry["title"], "Talk with Meral");
    assert_eq!(entry["text"], "On Monday I asked: what is missing?");
    assert_eq!(entry["tags"], serde_json::json!(["listening", "talks"]));
}
