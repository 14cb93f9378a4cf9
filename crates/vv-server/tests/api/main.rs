//! The server over HTTP, as devices meet it: the program itself, on a port of its own.

#![allow(clippy::unwrap_used)]

mod access;
mod administrator;
mod bucket;
mod live;
mod records;
mod running;

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use vv_protocol::wire::{ErrorCode, KeyRights, Refusal, Rights};
use vv_server::testing::{Answer, Device, Feed, Key, Process};

const CT: usize = 304;
const SPACE: [u8; 16] = [1; 16];

fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_vv-server"))
}

/// A running server with an embedded database.
struct Place {
    folder: TempDir,
    process: Process,
}

impl Place {
    fn start(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let process = start_in(folder.path(), options);
        Self { folder, process }
    }

    fn device(&self, key: u64, space: [u8; 16]) -> Device {
        Device::new(&Device::client(), self.process.address(), Key::of(key), space)
    }

    /// A device that has made a space and holds a token.
    async fn maker(&self) -> Device {
        let mut device = self.device(1, SPACE);
        let readers = [KeyRights { key: Key::of(3).public(), rights: Rights::READ }];
        assert_eq!(device.make_space(&readers, None).await.unwrap(), 201);
        device.sign_in().await.unwrap();
        device
    }

    /// A device that may read the space of the maker.
    async fn reader(&self) -> Device {
        let mut device = self.device(3, SPACE);
        assert_eq!(device.sign_in().await.unwrap().rights, Rights::READ.bits());
        device
    }

    /// What a command of the administrator prints.
    fn administer(&self, words: &[&str]) -> (bool, String) {
        let out = Command::new(program()).args(words).arg("--data").arg(self.folder.path()).output().unwrap();
        (
            out.status.success(),
            String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap(),
        )
    }
}

fn start_in(folder: &Path, options: &[&str]) -> Process {
    let data = folder.to_str().unwrap();
    Process::start(&program(), &[&["--data", data], options].concat())
}

fn feed(number: u64) -> Feed {
    Feed::begin(Key::of(1_000 + number), SPACE, 1)
}

/// Why a server refused.
fn refused<T>(answer: Answer<T>) -> (u16, ErrorCode, Option<u64>) {
    let Err(Some((status, Refusal { code, expected, .. }))) = answer else { panic!("the server refuses") };
    (status, code, expected)
}
