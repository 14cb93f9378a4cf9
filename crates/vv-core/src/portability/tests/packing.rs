//! Packs the fixtures as their programs do: a zip, a tar. The fixtures lie unpacked, so that they can be read.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// Gives the place of a fixture.
pub(super) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/import").join(name)
}

/// Lists the files of a fixture: path inside it, and bytes.
pub(super) fn files_of(root: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let at = entry.unwrap().path();
            if at.is_dir() {
                open.push(at);
            } else {
                let path = at.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                found.push((path, fs::read(&at).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// Packs files as a zip.
pub(super) fn zip(to: &Path, files: &[(String, Vec<u8>)]) {
    let mut zip = zip::ZipWriter::new(File::create(to).unwrap());
    for (path, bytes) in files {
        let method =
            if path.ends_with(".png") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(path.as_str(), SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

/// Packs files as a tar.
pub(super) fn tar(to: &Path, files: &[(String, Vec<u8>)]) {
    let mut tar = tar::Builder::new(File::create(to).unwrap());
    for (path, bytes) in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(1_700_000_000);
        tar.append_data(&mut header, path, bytes.as_slice()).unwrap();
    }
    tar.into_inner().unwrap();
}
