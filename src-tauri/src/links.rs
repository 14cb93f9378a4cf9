//! Links out of the window: what may be opened in the browser or the mail program, and what may be shown inside.

use tauri::Url;

/// Takes an address that may be opened outside of the window: the web or mail, and nothing that runs or reads a file.
pub fn openable(address: &str) -> Option<Url> {
    if address.len() > 8192 || address.chars().any(char::is_control) {
        return None;
    }
    let url = Url::parse(address.trim()).ok()?;
    let fits = match url.scheme() {
        "http" | "https" => {
            url.host_str().is_some_and(|host| !host.is_empty())
                && url.username().is_empty()
                && url.password().is_none()
        }
        "mailto" => !url.path().is_empty(),
        _ => false,
    };
    fits.then_some(url)
}

/// Says whether an address is one of the program's own pages. Nothing else is ever loaded into its windows.
pub fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost") || is_dev_server(url),
        "about" => url.path() == "blank",
        _ => false,
    }
}

/// Says whether an address is the interface's own server, which only a build for developers knows.
fn is_dev_server(url: &Url) -> bool {
    tauri::is_dev()
        && url.scheme() == "http"
        && url.host_str() == Some("localhost")
        && url.port() == Some(1420)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_web_and_mail_open_outside() {
        for address in [
            "https://example.org/a?b#c",
            "http://example.org",
            "mailto:a@example.org?subject=Hi",
            " https://example.org ",
        ] {
            assert!(openable(address).is_some(), "{address}");
        }
    }

    #[test]
    fn nothing_that_runs_or_reads_a_file_opens() {
        for address in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,x",
            "vv://localhost/attachment/1",
            "tauri://localhost",
            "smb://host/share",
            "https://",
            "https://user:word@example.org",
            "mailto:",
            "/etc/passwd",
            "https://example.org/\u{0}",
            "",
        ] {
            assert!(openable(address).is_none(), "{address}");
        }
    }

    #[test]
    fn a_window_shows_the_programs_own_pages_only() {
        let own = |address: &str| is_own_page(&Url::parse(address).unwrap());
        assert!(own("tauri://localhost/index.html"));
        assert!(own("http://tauri.localhost/capture.html"));
        assert!(!own("https://example.org/"));
        assert!(!own("tauri://elsewhere/"));
        assert!(!own("file:///index.html"));
        assert!(!own("data:text/html,x"));
    }
}
