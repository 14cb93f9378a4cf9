//! What `vv-crypto` promises: published test vectors, the golden vectors of this project, and properties.

#![allow(clippy::unwrap_used)]

mod document;
mod golden;
mod kit;
mod known_answers;
mod passphrase;
mod properties;
mod vectors;
