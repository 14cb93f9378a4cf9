//! Logical time: milliseconds and a counter in one number, so that records of several devices have one order.

/// Orders records: 48 bits of milliseconds since 1970, 16 bits of a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hlc(pub u64);
