//! vv-crypto
