//! Histories of partitioned copies, and what must hold of every one of them.

mod cases;
mod circle;
mod histories;
mod pairing;
mod reference;

use proptest::prelude::ProptestConfig;

/// Sets how many histories are tried; `VV_SOAK` multiplies it.
fn cases(count: u32) -> ProptestConfig {
    let factor = std::env::var("VV_SOAK").ok().and_then(|factor| factor.parse().ok()).unwrap_or(1);
    ProptestConfig { max_shrink_iters: 4000, ..ProptestConfig::with_cases(count * factor) }
}
