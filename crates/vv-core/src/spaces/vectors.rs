//! Reads the golden vectors of `tests/fixtures/vectors` in tests.

use data_encoding::HEXLOWER;
use serde_json::Value;

pub fn vector(name: &str) -> Value {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/vectors").join(name);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

pub fn bytes(of: &Value, name: &str) -> Vec<u8> {
    HEXLOWER.decode(of[name].as_str().unwrap_or_else(|| panic!("no {name}")).as_bytes()).unwrap()
}

pub fn array<const N: usize>(of: &Value, name: &str) -> [u8; N] {
    bytes(of, name).try_into().unwrap()
}

pub fn text(of: &Value, name: &str) -> String {
    of[name].as_str().unwrap_or_else(|| panic!("no {name}")).to_owned()
}

pub fn number(of: &Value, name: &str) -> u64 {
    of[name].as_u64().unwrap_or_else(|| panic!("no {name}"))
}

pub fn list(of: &Value, name: &str) -> Vec<Value> {
    of[name].as_array().unwrap_or_else(|| panic!("no {name}")).clone()
}
