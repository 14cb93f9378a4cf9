//! Desktop manners: one instance, quick capture, dark mode, closing, links.

use fantoccini::key::Key;
use vv_tests::{Desktop, Keyring};

use crate::acts;

#[tokio::test]
async fn a_second_start_ends_and_leaves_the_first_in_front() {
    let desktop = Desktop::new(Keyring::Open);
    let _window = desktop.open().await;
    let before = desktop.running();
    assert_eq!(desktop.start_again(&[]), Some(0));
    assert_eq!(desktop.running(), before);
}

#[tokio::test]
async fn two_profiles_run_side_by_side() {
    let mut desktop = Desktop::new(Keyring::Open);
    let _one = desktop.open().await;
    let other = desktop.scratch().join("other profile");
    desktop.set("VV_HOME", &other);
    let window = desktop.open().await;
    acts::begin(&window, "On the other side").await;
    assert!(other.join("notebook").exists());
}

#[tokio::test]
async fn a_line_captured_while_locked_becomes_an_entry_at_the_unlock() {
    let desktop = Desktop::new(Keyring::Missing);
    let window = desktop.open().await;
    acts::begin_with_passphrase(&window, "First").await;
    window.press(&[Key::Control], "l").await;
    window.wait_for_text("Your journal is locked").await;
    let main = window.client().window().await.unwrap();

    assert_eq!(desktop.start_again(&["--capture"]), Some(0));
    acts::to_capture(&window).await;
    window.fill("textbox", "What to keep", "A thought between two doors").await;
    window.press(&[], char::from(Key::Enter).to_string()).await;
    window.wait_for_text("Kept, sealed until you unlock.").await;
    assert_eq!(acts::files_with(&desktop.profile(), b"between two doors"), Vec::<String>::new());

    window.client().switch_to_window(main).await.unwrap();
    acts::unlock(&window).await;
    window.find("option", "A thought between two doors").await;
}

#[tokio::test]
async fn an_address_of_the_program_leads_to_its_place_also_once_it_is_unlocked() {
    let desktop = Desktop::new(Keyring::Missing);
    let window = desktop.open().await;
    acts::begin_with_passphrase(&window, "First").await;
    assert_eq!(desktop.start_again(&["viceversa://settings/backup"]), Some(0));
    window.wait_for_text("Copies that open").await;

    window.press(&[Key::Control], "l").await;
    window.wait_for_text("Your journal is locked").await;
    assert_eq!(desktop.start_again(&["viceversa://settings/appearance"]), Some(0));
    window.wait_for_no_text("How it looks").await;
    acts::unlock(&window).await;
    window.wait_for_text("How it looks").await;

    assert_eq!(desktop.start_again(&["viceversa://nowhere"]), Some(2));
}

#[tokio::test]
async fn the_capture_window_may_read_nothing_of_the_journal() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "Mine").await;
    assert_eq!(desktop.start_again(&["--capture"]), Some(0));
    acts::to_capture(&window).await;
    let answer = window
        .client()
        .execute_async(
            "const done = arguments[0]; window.__TAURI_INTERNALS__.invoke('journal_list_entries', \
             { request: { offset: 0, limit: 9 } }).then(() => done('read'), (refusal) => done(String(refusal)))",
            vec![],
        )
        .await
        .unwrap();
    assert!(answer.as_str().unwrap().contains("not allowed"), "{answer}");
}

#[tokio::test]
async fn the_window_is_dark_when_the_desktop_is_and_light_when_the_person_says_so() {
    let desktop = Desktop::new(Keyring::Open);
    desktop.make_dark();
    let window = desktop.open().await;
    let is_dark = "matchMedia('(prefers-color-scheme: dark)').matches";
    window.wait_for("the page is dark", is_dark).await;
    window.wait_for("its paper is dark", &format!("{LIGHTNESS} < 80")).await;
    acts::begin(&window, "In the dark").await;
    acts::command(&window, "Light colours").await;
    window.wait_for("its paper is light", &format!("{LIGHTNESS} > 200")).await;
    desktop.kill();
    drop(window);

    let window = desktop.open().await;
    window.wait_for("the choice stays", &format!("{LIGHTNESS} > 200")).await;
}

/// How light the paper is, 0 to 255.
const LIGHTNESS: &str = "(() => { const of = (one) => getComputedStyle(one).backgroundColor; \
    const seen = [document.querySelector('main'), document.body, document.documentElement].filter(Boolean).map(of)\
    .find((one) => !/rgba\\(0, 0, 0, 0\\)|transparent/.test(one)) ?? 'rgb(255, 255, 255)'; \
    return Math.max(...seen.match(/\\d+/g).slice(0, 3).map(Number)); })()";

#[tokio::test]
async fn a_link_opens_outside_of_the_window_and_only_when_it_leads_to_the_web_or_mail() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    let open = "const [address, done] = arguments; window.__TAURI_INTERNALS__.invoke('shell_open_link', { request: address })\
        .then(() => done('opened'), (refusal) => done(refusal.code))";
    let ask = async |address: &str| window.client().execute_async(open, vec![address.into()]).await.unwrap();
    assert_eq!(ask("https://example.org/page").await, "opened");
    assert_eq!(ask("file:///etc/passwd").await, "invalid");
    assert_eq!(ask("javascript:alert(1)").await, "invalid");
    assert_eq!(std::fs::read_to_string(desktop.opened()).unwrap().trim(), "https://example.org/page");
}

#[tokio::test]
async fn no_page_but_the_programs_own_loads_in_the_window() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    window.run("location.href = 'https://example.org/'", vec![]).await;
    window.run("window.open('https://example.org/')", vec![]).await;
    window.settle().await;
    let url = window.client().current_url().await.unwrap();
    assert_eq!(url.host_str(), Some("localhost"), "{url}");
    assert_eq!(
        window.client().windows().await.unwrap().len(),
        window.client().windows().await.unwrap().len().min(2)
    );
}

#[tokio::test]
async fn the_window_comes_back_in_the_size_it_had() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "Size").await;
    window.resize(1000, 700).await;
    desktop.quit();
    drop(window);

    let window = desktop.open().await;
    window
        .wait_for("the page is as large as before", "innerWidth === 1000 && Math.abs(innerHeight - 700) < 3")
        .await;
}
