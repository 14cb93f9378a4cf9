//! The build of the shell: what the window may call, and what the executable must not show.
//!
//! The commands are not listed here again: the one list of `vv-api` and the shell's own short one are read as they stand.

#[path = "../crates/vv-api/src/commands.rs"]
#[allow(dead_code)]
mod surface;

#[path = "src/commands/names.rs"]
#[allow(dead_code)]
mod own;

fn main() {
    println!("cargo:rerun-if-changed=../crates/vv-api/src/commands.rs");
    println!("cargo:rerun-if-changed=src/commands/names.rs");
    println!("cargo:rerun-if-changed=../icons");

    // WebKit looks its SQLite up by name; were ours exported, it would bind to the encrypted one.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo:rustc-link-arg-bins=-Wl,--exclude-libs,ALL");
    }

    let names: Vec<&'static str> = surface::COMMANDS
        .iter()
        .map(|command| command.name)
        .chain(own::SHELL_CALLS.iter().copied())
        .collect();
    let manifest = tauri_build::AppManifest::new().commands(Vec::leak(names));
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .expect("the configuration of the shell is sound");
}
