//! vv-protocol
