//! What tests and measures need of a device: keys that sign, records, a client, processes and a PostgreSQL of their own.
//!
//! Nothing here is in a build for people. Records made here are sealed by nobody: their contents are noise, which is all that
//! a server ever sees of any record.

mod cluster;
mod device;
mod process;
mod writing;

pub use cluster::Cluster;
pub use device::{Answer, Device, Live};
pub use process::Process;
pub use writing::{Feed, Key};
