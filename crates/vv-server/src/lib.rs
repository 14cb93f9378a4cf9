//! The optional server: keeps spaces that it cannot read, and tells devices that there is something new.
//!
//! It stores sealed records in order, sealed chunks of files, one sealed note for each space, and who may do what by keys that
//! belong to no name. It links no decryption: `vv-protocol` is all it shares with the app, and a test over the dependency
//! graph holds that (`xtask/tests/house.rs`). Several processes may run on one PostgreSQL; nothing is kept in a process.
//!
//! Start at `http/mod.rs` (what is asked), `store/mod.rs` (what is kept) and `serve.rs` (how it is put together).

pub mod admin;
mod backup;
mod chunks;
pub mod config;
mod http;
mod hub;
mod metrics;
mod patience;
mod rates;
mod seals;
mod serve;
mod server;
pub mod store;
#[cfg(feature = "testing")]
pub mod testing;

pub use http::document;
pub use serve::serve;
