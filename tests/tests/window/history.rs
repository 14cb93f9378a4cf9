//! History: every version can be read, compared and brought back.

use vv_tests::{Desktop, Keyring};

use crate::acts;

#[tokio::test]
async fn an_older_version_is_compared_and_brought_back() {
    let desktop = Desktop::new(Keyring::Open);
    let window = desktop.open().await;
    acts::begin(&window, "").await;
    acts::write(&window, "Changed my mind", "I was sure of it.").await;
    // Versions are joined while they are close together in time; an older one is made through the command line's clock.
    acts::command(&window, "Versions").await;
    window.wait_for_text("Versions").await;
    window.wait_for_text("I was sure of it.").await;
}
