//! Reads `tests/fixtures/vectors`, which `second_implementation.py` there wrote from the protocol's text.

use std::path::PathBuf;

use data_encoding::HEXLOWER;
use serde_json::Value;
use vv_protocol::{Header, Record};

/// One vector file, or a part of one.
pub struct Vector(Value);

pub fn file(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/vectors").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn read(name: &str) -> Vector {
    Vector(serde_json::from_slice(&file(name)).unwrap())
}

impl Vector {
    pub fn at(&self, name: &str) -> Vector {
        Vector(self.0.get(name).unwrap_or_else(|| panic!("the vector has no {name}")).clone())
    }

    pub fn list(&self) -> Vec<Vector> {
        self.0.as_array().unwrap().iter().cloned().map(Vector).collect()
    }

    pub fn list_at(&self, name: &str) -> Vec<Vector> {
        self.at(name).list()
    }

    pub fn text(&self, name: &str) -> String {
        self.at(name).as_text()
    }

    pub fn as_text(&self) -> String {
        self.0.as_str().unwrap().to_owned()
    }

    pub fn number(&self, name: &str) -> u64 {
        self.at(name).0.as_u64().unwrap()
    }

    pub fn numbers(&self) -> Vec<u64> {
        self.0.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect()
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        self.at(name).as_bytes()
    }

    pub fn as_bytes(&self) -> Vec<u8> {
        HEXLOWER.decode(self.as_text().as_bytes()).unwrap()
    }

    pub fn array<const N: usize>(&self, name: &str) -> [u8; N] {
        self.bytes(name).try_into().unwrap()
    }

    /// A list of byte strings, to be lent as parts.
    pub fn parts(&self, name: &str) -> Vec<Vec<u8>> {
        self.list_at(name).iter().map(Vector::as_bytes).collect()
    }
}

pub fn lend(parts: &[Vec<u8>]) -> Vec<&[u8]> {
    parts.iter().map(Vec::as_slice).collect()
}

/// The three records of the golden feed.
pub fn golden_records() -> Vec<Record> {
    let records = read("records.json");
    records.list_at("records").iter().map(|v| Record::decode(&v.bytes("record")).unwrap()).collect()
}

/// A header with numbers anybody can tell apart.
pub fn some_header() -> Header {
    Header {
        version: 1,
        space: [1; 16],
        stream: 1,
        feed: [2; 16],
        seq: 7,
        prev: [3; 32],
        epoch: [4; 32],
        nonce: [5; 24],
    }
}
