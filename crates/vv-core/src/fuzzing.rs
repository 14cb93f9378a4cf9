//! Damaging bytes in ways that follow from a seed, for every reader of what comes from outside.
//!
//! A target is handed valid bytes, changed in thousands of ways; nothing may panic, hang or claim more memory than there is.
//! `cargo xtask fuzz` runs all of them longer, from seeds of its own; the line of a failure names the seed and the round that make it
//! again. The targets stand in the modules named `fuzz` beside what they try.

use std::time::{Duration, Instant};

use proptest::prelude::ProptestConfig;

/// Rounds of each target in an ordinary run.
const ROUNDS: u64 = 250;

/// Heads of CBOR that claim much, numbers that could be shorter, and values that are rare.
pub(crate) const CBOR: &[&[u8]] = &[
    b"\x00",
    b"\x18\x00",
    b"\x19\x00\x01",
    b"\x1b\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\x3b\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\x40",
    b"\x58\x20",
    b"\x5a\xff\xff\xff\xff",
    b"\x5b\x7f\xff\xff\xff\xff\xff\xff\xff",
    b"\x5f\xff",
    b"\x61\xff",
    b"\x7a\xff\xff\xff\xff",
    b"\x80",
    b"\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81",
    b"\x9a\x7f\xff\xff\xff",
    b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\x9f",
    b"\xa0",
    b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\xc2\x40",
    b"\xf6",
    b"\xf7",
    b"\xf9\x7e\x00",
    b"\xff",
];

/// Makes numbers that follow from a seed.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 8) as usize
    }

    fn below(&mut self, end: usize) -> usize {
        self.next() % end.max(1)
    }
}

fn changed(seeds: &[Vec<u8>], pieces: &[&[u8]], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(6) {
        let at = chance.below(bytes.len() + 1);
        let length = chance.below(64).min(bytes.len() - at);
        match chance.below(7) {
            0 if !bytes.is_empty() => {
                let at = at.min(bytes.len() - 1);
                bytes[at] ^= 1 << chance.below(8);
            }
            1 => drop(bytes.drain(at..at + length)),
            2 => {
                let again = bytes[at..at + length].to_vec();
                let to = chance.below(bytes.len() + 1);
                bytes.splice(to..to, again);
            }
            3 => {
                let piece = pieces[chance.below(pieces.len())].repeat(1 + chance.below(3));
                bytes.splice(at..at, piece);
            }
            4 => bytes.truncate(at),
            5 => {
                let other = &seeds[chance.below(seeds.len())];
                let from = chance.below(other.len() + 1);
                let until = (from + chance.below(200)).min(other.len());
                bytes.splice(at..at + length, other[from..until].iter().copied());
            }
            _ => {
                let piece = pieces[chance.below(pieces.len())];
                bytes.splice(at..at + length.min(piece.len()), piece.iter().copied());
            }
        }
    }
    bytes
}

/// Runs a target over seeds and over changed seeds: some rounds, or as long as the run is asked to go on.
pub(crate) fn fuzz(name: &str, seeds: &[Vec<u8>], pieces: &[&[u8]], mut target: impl FnMut(&[u8])) {
    assert!(!seeds.is_empty(), "{name} has seeds");
    seeds.iter().for_each(|seed| target(seed));
    let asked = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let seconds = asked("VV_FUZZ_SECONDS").map(Duration::from_secs);
    let first = asked("VV_FUZZ_SEED").unwrap_or(0x1234_5678_9ABC_DEF1);
    let begun = Instant::now();
    for round in 0.. {
        let done = seconds.map_or(round >= ROUNDS, |seconds| begun.elapsed() >= seconds);
        if done {
            break;
        }
        let mut chance = Chance(first.wrapping_add(round.wrapping_mul(0x9E37_79B9_7F4A_7C15)) | 1);
        let bytes = changed(seeds, pieces, &mut chance);
        let began = Instant::now();
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| target(&bytes)));
        assert!(outcome.is_ok(), "{name} panicked in round {round} of seed {first}");
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "{name} took too long in round {round} of seed {first}"
        );
    }
}

/// Runs a target over CBOR.
pub(crate) fn fuzz_cbor(name: &str, seeds: &[Vec<u8>], target: impl FnMut(&[u8])) {
    fuzz(name, seeds, CBOR, target);
}

/// Sets how many histories a property is tried on; `VV_SOAK` multiplies it.
pub(crate) fn histories(count: u32) -> ProptestConfig {
    let factor = std::env::var("VV_SOAK").ok().and_then(|factor| factor.parse().ok()).unwrap_or(1);
    ProptestConfig { cases: count * factor, max_shrink_iters: 300, ..ProptestConfig::default() }
}
