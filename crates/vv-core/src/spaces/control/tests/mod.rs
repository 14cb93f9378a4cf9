//! The operations as bytes: there is one form, and it is the one of the protocol.

mod fuzz;
mod golden;
mod strict;
