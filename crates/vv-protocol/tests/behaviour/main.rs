//! What `vv-protocol` promises: the golden vectors of this project, frozen numbers, and properties.

#![allow(clippy::unwrap_used)]

mod batches;
mod clock;
mod document;
mod golden;
mod headers;
mod op_types;
mod padding;
mod records;
mod vectors;
mod wire;
