//! Writes the TypeScript of the surface into `ui/src/ipc/generated/`. Run by `cargo xtask types`.

use std::{fs, path::Path};

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/ipc/generated");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("types.ts"), vv_api::typescript::types())?;
    fs::write(folder.join("commands.ts"), vv_api::typescript::commands())
}
