//! Ports for tests: a clock that is set by hand, ids that repeat, a keyring that fails on demand.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Clock, Host, Ids, KeyVault, VaultError};

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Tells the time it was told.
pub struct FakeClock {
    now: Mutex<DateTime<Utc>>,
    zone: Mutex<Option<String>>,
}

impl FakeClock {
    /// Makes a clock that stands at an instant, in Europe/Berlin.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self { now: Mutex::new(now), zone: Mutex::new(Some("Europe/Berlin".to_owned())) }
    }

    /// Sets the clock.
    pub fn set(&self, now: DateTime<Utc>) {
        *lock(&self.now) = now;
    }

    /// Moves the clock on.
    pub fn advance(&self, by: TimeDelta) {
        *lock(&self.now) += by;
    }

    /// Sets the time zone.
    pub fn set_time_zone(&self, zone: Option<&str>) {
        *lock(&self.zone) = zone.map(str::to_owned);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> DateTime<Utc> {
        *lock(&self.now)
    }

    fn time_zone(&self) -> Option<String> {
        lock(&self.zone).clone()
    }
}

/// Makes the same row of ids for the same seed.
pub struct SeededIds {
    seed: u32,
    count: Mutex<u64>,
}

impl SeededIds {
    /// Begins the row that belongs to a seed.
    pub fn new(seed: u32) -> Self {
        Self { seed, count: Mutex::new(0) }
    }
}

impl Ids for SeededIds {
    fn make_id(&self) -> Uuid {
        let mut count = lock(&self.count);
        *count += 1;
        let mut tail = [0; 10];
        tail[2..].copy_from_slice(&count.to_be_bytes());
        tail[..4].copy_from_slice(&self.seed.to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(1_700_000_000_000 + *count, &tail).into_uuid()
    }
}

/// Says what a [`MemoryVault`] shall answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultState {
    /// It works.
    Works,
    /// It says that it is locked.
    Locked,
    /// It does not answer.
    Unreachable,
}

/// Keeps secrets in memory, like a keyring.
pub struct MemoryVault {
    state: Mutex<VaultState>,
    secrets: Mutex<BTreeMap<String, Vec<u8>>>,
    asked: AtomicUsize,
}

impl MemoryVault {
    /// Makes an empty keyring that works.
    pub fn new() -> Self {
        Self { state: Mutex::new(VaultState::Works), secrets: Mutex::default(), asked: AtomicUsize::new(0) }
    }

    /// Tells it what to answer from now on.
    pub fn set_state(&self, state: VaultState) {
        *lock(&self.state) = state;
    }

    /// Forgets every secret, as a new login does.
    pub fn empty(&self) {
        lock(&self.secrets).clear();
    }

    /// Lists the names of what it holds.
    pub fn names(&self) -> Vec<String> {
        lock(&self.secrets).keys().cloned().collect()
    }

    /// Tells how often it was asked for anything.
    pub fn times_asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }

    fn answer(&self) -> Result<(), VaultError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        match *lock(&self.state) {
            VaultState::Works => Ok(()),
            VaultState::Locked => Err(VaultError::Locked),
            VaultState::Unreachable => Err(VaultError::Unreachable),
        }
    }
}

impl Default for MemoryVault {
    fn default() -> Self {
        Self::new()
    }
}

impl KeyVault for MemoryVault {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        self.answer()?;
        Ok(lock(&self.secrets).get(name).cloned().map(Zeroizing::new))
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        self.answer()?;
        lock(&self.secrets).insert(name.to_owned(), secret.to_vec());
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), VaultError> {
        self.answer()?;
        lock(&self.secrets).remove(name);
        Ok(())
    }
}

/// Bundles the ports of one pretended computer.
#[derive(Clone)]
pub struct TestHost {
    /// Its clock.
    pub clock: Arc<FakeClock>,
    /// Its keyring.
    pub vault: Arc<MemoryVault>,
    /// All of its ports.
    pub host: Host,
}

impl TestHost {
    /// Makes a computer whose clock stands at noon of 1 March 2026 and whose state folder is `state_folder`.
    pub fn new(seed: u32, state_folder: &Path) -> Self {
        let noon = DateTime::from_timestamp(1_772_362_800, 0).expect("a day of the year 2026 is an instant");
        let clock = Arc::new(FakeClock::at(noon));
        let vault = Arc::new(MemoryVault::new());
        let host = Host {
            clock: clock.clone(),
            ids: Arc::new(SeededIds::new(seed)),
            vault: vault.clone(),
            device_name: format!("Test laptop {seed}"),
            state_folder: state_folder.to_owned(),
        };
        Self { clock, vault, host }
    }
}
