//! How often somebody may ask: token buckets in memory, one for each access key or address.
//!
//! A bucket is forgotten once it is full again, so what is kept is who asked lately, and never longer than it takes to fill.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// After how many questions the full buckets are thrown away.
const SWEEP_EVERY: u32 = 10_000;

/// Says how fast a bucket fills and how much it holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// How much comes back each second.
    pub per_second: f64,
    /// How much there is at most.
    pub burst: f64,
}

struct Bucket {
    left: f64,
    at: Instant,
}

/// Holds the buckets of one kind.
pub struct Rates<K> {
    rate: Rate,
    buckets: Mutex<(HashMap<K, Bucket>, u32)>,
}

impl<K: Hash + Eq> Rates<K> {
    /// Begins with every bucket full.
    pub fn new(rate: Rate) -> Self {
        Self { rate, buckets: Mutex::new((HashMap::new(), 0)) }
    }

    /// Takes `cost` from a bucket, or says how long to wait. A cost above what a bucket holds is taken from a full one.
    pub fn take(&self, key: K, cost: f64, now: Instant) -> Result<(), Duration> {
        let Rate { per_second, burst } = self.rate;
        let Ok(mut buckets) = self.buckets.lock() else { return Ok(()) };
        let (buckets, asked) = &mut *buckets;
        *asked += 1;
        if *asked >= SWEEP_EVERY {
            *asked = 0;
            buckets.retain(|_, bucket| bucket.filled(self.rate, now) < burst);
        }
        let bucket = buckets.entry(key).or_insert(Bucket { left: burst, at: now });
        bucket.left = bucket.filled(self.rate, now);
        bucket.at = now;
        let needed = cost.min(burst);
        if bucket.left < needed {
            return Err(Duration::from_secs_f64((needed - bucket.left) / per_second));
        }
        bucket.left -= cost;
        Ok(())
    }
}

impl Bucket {
    fn filled(&self, rate: Rate, now: Instant) -> f64 {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        (self.left + passed * rate.per_second).min(rate.burst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_let_through_and_then_as_much_as_comes_back() {
        let rates = Rates::new(Rate { per_second: 2.0, burst: 3.0 });
        let begun = Instant::now();
        for _ in 0..3 {
            assert_eq!(rates.take("a", 1.0, begun), Ok(()));
        }
        assert_eq!(rates.take("a", 1.0, begun), Err(Duration::from_millis(500)));
        assert_eq!(rates.take("b", 1.0, begun), Ok(()), "others are not held up");
        assert_eq!(rates.take("a", 1.0, begun + Duration::from_millis(500)), Ok(()));
    }

    #[test]
    fn something_larger_than_the_bucket_passes_when_it_is_full_and_is_paid_for_later() {
        let rates = Rates::new(Rate { per_second: 1.0, burst: 4.0 });
        let begun = Instant::now();
        assert_eq!(rates.take("a", 6.0, begun), Ok(()));
        assert_eq!(rates.take("a", 1.0, begun), Err(Duration::from_secs(3)));
    }

    #[test]
    fn full_buckets_are_forgotten() {
        let rates = Rates::new(Rate { per_second: 1.0, burst: 1.0 });
        let begun = Instant::now();
        for key in 0..SWEEP_EVERY {
            let _ = rates.take(key, 1.0, begun + Duration::from_secs(u64::from(key)));
        }
        assert!(rates.buckets.lock().unwrap().0.len() < 10);
    }
}
