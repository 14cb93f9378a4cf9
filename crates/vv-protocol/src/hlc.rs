//! Hybrid logical clock: time of day where clocks agree, order of cause where they do not.

/// Is an instant of the hybrid clock: 48 bits of milliseconds since 1970, then 16 bits of counter.
///
/// Compared as a number. Two devices may produce the same value; ties are broken by feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hlc(u64);

/// The first millisecond after the year 2200.
const END_MS: u64 = 7_289_654_400_000;
const COUNTER_BITS: u32 = 16;
/// How far ahead of its own clock a device lets others carry it.
const TRUST_AHEAD_MS: u64 = 60 * 60 * 1000;

impl Hlc {
    /// The earliest value.
    pub const ZERO: Self = Self(0);
    /// The latest value that is valid, at the end of the year 2200.
    pub const MAX: Self = Self((END_MS << COUNTER_BITS) - 1);

    /// Takes milliseconds since 1970 and a counter, unless they lie after the year 2200.
    pub fn new(ms: u64, counter: u16) -> Option<Self> {
        (ms < END_MS).then(|| Self(ms << COUNTER_BITS | u64::from(counter)))
    }

    /// Takes a number from a record, unless it lies after the year 2200.
    pub fn from_number(number: u64) -> Option<Self> {
        (number <= Self::MAX.0).then_some(Self(number))
    }

    /// Gives the number that stands in records.
    pub fn number(self) -> u64 {
        self.0
    }

    /// Gives the milliseconds since 1970.
    pub fn ms(self) -> u64 {
        self.0 >> COUNTER_BITS
    }

    /// Gives the counter within the millisecond.
    pub fn counter(self) -> u16 {
        (self.0 & u64::from(u16::MAX)) as u16
    }

    /// Gives the value for the next thing this device writes: its clock, or just after `last` when the clock stands
    /// still or went back.
    pub fn tick(now_ms: u64, last: Hlc) -> Self {
        let now = Self::new(now_ms, 0).unwrap_or(Self::MAX);
        now.max(last.next())
    }

    /// Gives the value that overwrites `stored`, however far ahead that is. For the one object only: keep the result
    /// out of the `last` of [`Hlc::tick`] when it lies ahead of the clock.
    pub fn tick_over(now_ms: u64, last: Hlc, stored: Hlc) -> Self {
        Self::tick(now_ms, last).max(stored.next())
    }

    /// Gives this device's `last` after it saw somebody else's value. A value more than an hour ahead of the own clock
    /// does not carry it along.
    pub fn observe(now_ms: u64, last: Hlc, seen: Hlc) -> Self {
        if seen.ms() <= now_ms.saturating_add(TRUST_AHEAD_MS) { last.max(seen) } else { last }
    }

    /// Gives the next value, which at [`Hlc::MAX`] is the same.
    fn next(self) -> Self {
        Self(self.0 + 1).min(Self::MAX)
    }
}
