//! Who writes: the account, its first device, and the journal space that belongs to it alone.
//!
//! Made once, when a notebook is made, exactly as later devices and servers will read it: what is signed here is never
//! written again in another form. `record.rs` has the operations as bytes, `make.rs` makes them, `table.rs` keeps the
//! secrets inside the encrypted file. `profile.rs` has the two objects of the journal that name the person and the
//! device.

pub(crate) mod make;
pub(crate) mod profile;
pub(crate) mod record;
pub(crate) mod table;

#[cfg(test)]
mod tests;
