//! The operations as bytes: there is one form, and it is the one of the protocol.

mod golden;
mod strict;
