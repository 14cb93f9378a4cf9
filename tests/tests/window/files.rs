//! Photos and files: shown in the text, sealed on the disk.

use std::fs;

use vv_tests::{Desktop, Keyring, desktop::root};

use crate::acts;

#[tokio::test]
async fn a_photo_is_shown_in_the_text_and_lies_nowhere_in_the_clear() {
    let desktop = Desktop::new(Keyring::Open);
    let photo = desktop.scratch().join("whiteboard.png");
    fs::copy(root().join("icons/512x512.png"), &photo).unwrap();
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "With a photo", "Look: ").await;
    desktop.will_pick(&[&photo]);
    window.click("button", "Photo or file").await;
    window
        .wait_for(
            "the photo is shown",
            "[...document.querySelectorAll('.cm-content img')].some((one) => one.complete && one.naturalWidth > 100)",
        )
        .await;

    let bytes = fs::read(&photo).unwrap();
    assert_eq!(acts::files_with(&desktop.profile(), &bytes[200..264]), Vec::<String>::new());
    assert_eq!(acts::files_with(&desktop.profile(), b"whiteboard.png"), Vec::<String>::new());
}

#[tokio::test]
async fn a_file_that_is_dragged_onto_the_text_is_shown_where_it_fell() {
    let desktop = Desktop::new(Keyring::Open);
    let photo = desktop.scratch().join("white board.png");
    fs::copy(root().join("icons/512x512.png"), &photo).unwrap();
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "With a photo", "Look: ").await;
    let mut source = desktop.command(env!("CARGO_BIN_EXE_dragged"));
    window.drop_file(source.arg(&photo), "textbox", "Text of the entry").await;
    window
        .wait_for(
            "the photo is shown",
            "[...document.querySelectorAll('.cm-content img')].some((one) => one.complete && one.naturalWidth > 100)",
        )
        .await;
    window.wait_until_kept().await;
    let entry = acts::ask_vv(&desktop, &["entry", "list"]).remove(0);
    let entry = acts::ask_vv(&desktop, &["entry", "show", entry["id"].as_str().unwrap()]).remove(0);
    assert_eq!(entry["attachments"][0]["name"], "white board.png");
}

#[tokio::test]
async fn a_page_reaches_no_file_but_by_its_id() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    for address in [
        "vv://localhost/attachment/../notebook.db",
        "vv://localhost/",
        "file:///etc/hostname",
        "https://example.org/x.png",
    ] {
        let loaded = window
            .client()
            .execute_async(
                "const [address, done] = arguments; const image = new Image(); image.onload = () => done('loaded'); \
                 image.onerror = () => done('refused'); image.src = address;",
                vec![address.into()],
            )
            .await
            .unwrap();
        assert_eq!(loaded, "refused", "{address}");
    }
}
