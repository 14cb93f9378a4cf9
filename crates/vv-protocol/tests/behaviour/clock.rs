//! The hybrid clock.

use proptest::prelude::*;
use vv_protocol::Hlc;

/// The last millisecond of the year 2200.
const LAST_MS: u64 = 7_289_654_399_999;

fn at(ms: u64, counter: u16) -> Hlc {
    Hlc::new(ms, counter).unwrap()
}

#[test]
fn an_instant_is_48_bits_of_milliseconds_and_16_of_counter() {
    let instant = at(1_795_219_200_000, 7);
    assert_eq!(instant.number(), 1_795_219_200_000 * 65_536 + 7);
    assert_eq!((instant.ms(), instant.counter()), (1_795_219_200_000, 7));
    assert_eq!(Hlc::from_number(instant.number()), Some(instant));
}

#[test]
fn an_instant_after_the_year_2200_is_invalid() {
    assert_eq!(Hlc::new(LAST_MS, u16::MAX), Some(Hlc::MAX));
    assert_eq!(Hlc::new(LAST_MS + 1, 0), None);
    assert_eq!(Hlc::from_number(Hlc::MAX.number() + 1), None);
    assert_eq!(Hlc::from_number(u64::MAX), None);
}

#[test]
fn the_clock_advances_although_the_wall_clock_stands_still_or_goes_back() {
    let first = Hlc::tick(1_000, Hlc::ZERO);
    assert_eq!(first, at(1_000, 0));
    let second = Hlc::tick(1_000, first);
    assert_eq!(second, at(1_000, 1));
    assert_eq!(Hlc::tick(10, second), at(1_000, 2));
    assert_eq!(Hlc::tick(2_000, second), at(2_000, 0));
    assert_eq!(Hlc::tick(1_000, at(1_000, u16::MAX)), at(1_001, 0));
}

#[test]
fn a_device_far_ahead_does_not_carry_others_along() {
    let (now, last) = (1_000_000_000, at(1_000_000_000, 3));
    let hour = 60 * 60 * 1000;
    assert_eq!(Hlc::observe(now, last, at(now + hour, 0)), at(now + hour, 0));
    assert_eq!(Hlc::observe(now, last, at(now + hour + 1, 0)), last);
    assert_eq!(Hlc::observe(now, last, at(5, 0)), last);
}

#[test]
fn a_field_written_far_ahead_can_be_overwritten() {
    let (now, last, poisoned) = (1_000, at(1_000, 0), at(LAST_MS, 0));
    assert!(Hlc::tick(now, last) < poisoned);
    assert_eq!(Hlc::tick_over(now, last, poisoned), at(LAST_MS, 1));
    assert_eq!(Hlc::tick_over(now, last, at(500, 0)), at(1_000, 1));
}

proptest! {
    #[test]
    fn what_is_written_later_is_always_later(now: u64, last in 0..Hlc::MAX.number()) {
        let last = Hlc::from_number(last).unwrap();
        let next = Hlc::tick(now, last);
        prop_assert!(next > last);
        prop_assert!(Hlc::from_number(next.number()).is_some());
    }
}
