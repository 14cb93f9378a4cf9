//! Logical time: milliseconds and a counter in one number, so that records of several devices have one order.

use chrono::{DateTime, Utc};
pub use vv_protocol::Hlc;

/// Gives the milliseconds since 1970 that a clock shows; a clock before 1970 counts as 1970.
pub(crate) fn clock_ms(now: DateTime<Utc>) -> u64 {
    u64::try_from(now.timestamp_millis()).unwrap_or(0)
}

/// Gives the instant a logical time was taken at.
pub(crate) fn instant_of(hlc: Hlc) -> DateTime<Utc> {
    i64::try_from(hlc.ms()).ok().and_then(DateTime::from_timestamp_millis).unwrap_or(DateTime::UNIX_EPOCH)
}

/// Gives the number as the database holds it. A valid logical time fits into 63 bits.
pub(crate) fn to_sql(hlc: Hlc) -> i64 {
    i64::try_from(hlc.number()).expect("a logical time before the year 2200 fits into 63 bits")
}

/// Reads a number of the database.
pub(crate) fn from_sql(number: i64) -> Hlc {
    u64::try_from(number).ok().and_then(Hlc::from_number).unwrap_or(Hlc::ZERO)
}
