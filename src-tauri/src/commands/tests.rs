//! The lists of names hold: what `vv-api` lists is what the shell handles is what the windows may call.

use std::collections::BTreeSet;

use vv_api::commands::COMMANDS;

use super::{names::SHELL_CALLS, own, surface};

fn granted(capability: &str) -> BTreeSet<String> {
    let file: serde_json::Value = serde_json::from_str(capability).unwrap();
    file["permissions"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

fn permission(name: &str) -> String {
    format!("allow-{}", name.replace('_', "-"))
}

const EVENTS: [&str; 2] = ["core:event:allow-listen", "core:event:allow-unlisten"];
const MAIN: &str = include_str!("../../capabilities/main.json");
const CAPTURE: &str = include_str!("../../capabilities/capture.json");

#[test]
fn every_command_of_the_surface_has_one_handler() {
    let listed: BTreeSet<&str> = COMMANDS.iter().map(|command| command.name).collect();
    let handled: BTreeSet<&str> = surface::HANDLED.iter().copied().collect();
    assert_eq!(listed, handled);
    assert_eq!(surface::HANDLED.len(), COMMANDS.len());
}

#[test]
fn every_call_of_the_shell_has_one_handler() {
    let listed: BTreeSet<&str> = SHELL_CALLS.iter().copied().collect();
    let handled: BTreeSet<&str> = own::HANDLED.iter().copied().collect();
    assert_eq!(listed, handled);
}

#[test]
fn the_main_window_may_call_the_commands_and_nothing_else() {
    let wanted: BTreeSet<String> = COMMANDS
        .iter()
        .map(|command| command.name)
        .chain(SHELL_CALLS.iter().copied().filter(|name| !name.starts_with("shell_capture")))
        .map(permission)
        .chain(EVENTS.map(str::to_owned))
        .collect();
    assert_eq!(granted(MAIN), wanted);
}

#[test]
fn the_capture_window_can_read_nothing_of_the_journal() {
    let wanted: BTreeSet<String> = [
        "capture_keep",
        "capture_helped",
        "capture_undo",
        "settings_read",
        "shell_state",
        "shell_capture_close",
        "shell_capture_resize",
    ]
    .into_iter()
    .map(permission)
    .chain(EVENTS.map(str::to_owned))
    .collect();
    assert_eq!(granted(CAPTURE), wanted);
}

#[test]
fn no_page_of_the_web_may_call_anything() {
    for capability in [MAIN, CAPTURE] {
        let file: serde_json::Value = serde_json::from_str(capability).unwrap();
        assert!(file.get("remote").is_none());
        assert_eq!(file["local"], true);
        assert_eq!(file["windows"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn the_content_policy_names_no_host_and_no_way_to_run_text() {
    let configuration: serde_json::Value =
        serde_json::from_str(include_str!("../../tauri.conf.json")).unwrap();
    let security = &configuration["app"]["security"];
    let policy = security["csp"].as_object().unwrap();
    assert_eq!(policy["default-src"], "'none'");
    assert_eq!(policy["script-src"], "'self'");
    for (directive, sources) in policy {
        let sources = sources.as_str().unwrap();
        assert!(
            !sources.contains("unsafe-eval") && !sources.contains('*') && !sources.contains("https:"),
            "{directive}"
        );
        let may_be_inline = directive == "style-src-attr";
        assert!(may_be_inline || !sources.contains("unsafe-inline"), "{directive}");
    }
    assert_eq!(configuration["app"]["withGlobalTauri"], false);
}
