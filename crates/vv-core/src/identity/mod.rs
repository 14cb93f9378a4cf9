//! Who writes: the account, its first device, and the journal space that belongs to it alone.
//!
//! Made once, when a notebook is made, exactly as later devices and servers will read it: what is signed here is never
//! written again in another form. `record.rs` has the operations as bytes, `make.rs` makes them, `table.rs` keeps the
//! secrets inside the encrypted file. `profile.rs` has the two objects of the journal that name the person and the
//! device.
//!
//! What comes later: `account_op.rs` has the operations by which devices are added and revoked, `resolve.rs` says what they come
//! to, `account_log.rs` takes them in, `epochs.rs` has the keys of spaces. `welcome.rs` makes a further device one
//! of the person's, `recovery.rs` does so with nothing but the recovery kit. `adopt.rs` brings notebooks of earlier versions along.

pub(crate) mod account_log;
pub(crate) mod account_op;
pub(crate) mod adopt;
pub(crate) mod devices;
pub(crate) mod epochs;
pub(crate) mod make;
pub(crate) mod profile;
pub(crate) mod record;
pub(crate) mod recovery;
pub(crate) mod resolve;
pub(crate) mod table;
pub(crate) mod welcome;

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod vectors;
