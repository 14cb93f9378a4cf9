//! The hub: who listens for which spaces, and what has to be told them.
//!
//! A listener holds the newest poke of each stream and nothing else, so one that is slow misses steps but never the last
//! one. What another replica did is heard over the store's bus; what the bus lost is found by looking at the streams that
//! are listened for every few seconds.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::sync::broadcast::error::RecvError;
use vv_protocol::wire::Poke;

use crate::store::{SpaceId, Store};

/// How often the streams that are listened for are looked at.
const SWEEP: Duration = Duration::from_secs(5);
/// How many spaces are looked at in one question.
const SWEPT_AT_ONCE: usize = 1_000;

/// Knows who listens.
#[derive(Default)]
pub struct Hub {
    listeners: Mutex<HashMap<SpaceId, Vec<Ear>>>,
    next: AtomicU64,
}

/// Is a listener as a space knows it.
struct Ear {
    id: u64,
    pending: Arc<Pending>,
}

/// Is what waits for one listener.
#[derive(Default)]
struct Pending {
    streams: Mutex<Streams>,
    woken: Notify,
}

#[derive(Default)]
struct Streams {
    /// How far each stream was told.
    told: HashMap<(SpaceId, u32), ([u8; 8], u64)>,
    /// What has not been told yet.
    waiting: BTreeMap<(SpaceId, u32), Poke>,
}

/// Listens until it is dropped.
pub struct Listener {
    hub: Arc<Hub>,
    id: u64,
    spaces: Vec<SpaceId>,
    pending: Arc<Pending>,
}

impl Hub {
    /// Begins to listen for some spaces. `known` says how far the listener has come in which streams.
    pub fn listen(self: &Arc<Self>, mut spaces: Vec<SpaceId>, known: &[(SpaceId, u32, u64)]) -> Listener {
        spaces.sort_unstable();
        spaces.dedup();
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let pending = Arc::new(Pending::default());
        if let Ok(mut streams) = pending.streams.lock() {
            // The log is not said; a stream that has come as far under any log is known.
            streams
                .told
                .extend(known.iter().map(|(space, stream, head)| ((*space, *stream), ([0; 8], *head))));
        }
        if let Ok(mut listeners) = self.listeners.lock() {
            for space in &spaces {
                listeners.entry(*space).or_default().push(Ear { id, pending: pending.clone() });
            }
        }
        Listener { hub: self.clone(), id, spaces, pending }
    }

    /// Passes on what grew.
    pub fn tell(&self, poke: &Poke) {
        let Ok(listeners) = self.listeners.lock() else { return };
        for ear in listeners.get(&poke.space).into_iter().flatten() {
            ear.pending.take(poke);
        }
    }

    /// Gives the spaces that are listened for.
    pub fn spaces(&self) -> Vec<SpaceId> {
        self.listeners.lock().map(|listeners| listeners.keys().copied().collect()).unwrap_or_default()
    }

    /// Passes on what the store says, for as long as the program runs.
    pub async fn run(self: Arc<Self>, store: Arc<dyn Store>) {
        let mut pokes = store.pokes();
        let mut sweep = tokio::time::interval(SWEEP);
        sweep.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                poke = pokes.recv() => match poke {
                    Ok(poke) => self.tell(&poke),
                    Err(RecvError::Lagged(_)) => self.sweep(store.as_ref()).await,
                    Err(RecvError::Closed) => return,
                },
                _ = sweep.tick() => self.sweep(store.as_ref()).await,
            }
        }
    }

    async fn sweep(&self, store: &dyn Store) {
        for some in self.spaces().chunks(SWEPT_AT_ONCE) {
            match store.stream_heads(some).await {
                Ok(pokes) => pokes.iter().for_each(|poke| self.tell(poke)),
                Err(error) => return tracing::warn!(%error, "streams could not be looked at"),
            }
        }
    }
}

impl Pending {
    fn take(&self, poke: &Poke) {
        let Ok(mut streams) = self.streams.lock() else { return };
        let place = (poke.space, poke.stream);
        let is_news = match streams.told.get(&place) {
            Some((log, head)) if *log == poke.log_id || *log == [0; 8] => poke.head > *head,
            Some(_) => true,
            None => poke.head > 0,
        };
        if is_news {
            streams.told.insert(place, (poke.log_id, poke.head));
            streams.waiting.insert(place, poke.clone());
            self.woken.notify_one();
        }
    }
}

impl Listener {
    /// Looks once at all that is listened for, so that nothing that came before is missed.
    pub async fn look(&self, store: &dyn Store) -> Result<(), crate::store::StoreError> {
        for poke in store.stream_heads(&self.spaces).await? {
            self.pending.take(&poke);
        }
        Ok(())
    }

    /// Waits until something grew, and gives it.
    pub async fn next(&self) -> Vec<Poke> {
        loop {
            let woken = self.pending.woken.notified();
            let waiting =
                self.pending.streams.lock().map(|mut it| std::mem::take(&mut it.waiting)).unwrap_or_default();
            if !waiting.is_empty() {
                return waiting.into_values().collect();
            }
            woken.await;
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let Ok(mut listeners) = self.hub.listeners.lock() else { return };
        for space in &self.spaces {
            if let Some(of_space) = listeners.get_mut(space) {
                of_space.retain(|ear| ear.id != self.id);
                if of_space.is_empty() {
                    listeners.remove(space);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poke(space: u8, head: u64) -> Poke {
        Poke { space: [space; 16], stream: 1, log_id: [7; 8], head, chain: [head as u8; 32] }
    }

    #[tokio::test]
    async fn a_slow_listener_hears_the_newest_of_each_stream_once() {
        let hub = Arc::new(Hub::default());
        let listener = hub.listen(vec![[1; 16], [2; 16]], &[]);
        for head in 1..=5 {
            hub.tell(&poke(1, head));
        }
        hub.tell(&poke(2, 1));
        hub.tell(&poke(3, 1));
        assert_eq!(listener.next().await, [poke(1, 5), poke(2, 1)]);
        hub.tell(&poke(1, 4));
        hub.tell(&poke(2, 1));
        hub.tell(&poke(2, 2));
        assert_eq!(listener.next().await, [poke(2, 2)]);
    }

    #[tokio::test]
    async fn what_a_listener_knows_is_not_told_and_a_new_log_is() {
        let hub = Arc::new(Hub::default());
        let listener = hub.listen(vec![[1; 16]], &[([1; 16], 1, 5)]);
        hub.tell(&poke(1, 5));
        hub.tell(&poke(1, 6));
        assert_eq!(listener.next().await, [poke(1, 6)]);
        let restored = Poke { log_id: [8; 8], ..poke(1, 3) };
        hub.tell(&restored);
        assert_eq!(listener.next().await, [restored]);
    }

    #[test]
    fn who_has_gone_is_forgotten() {
        let hub = Arc::new(Hub::default());
        let (one, other) = (hub.listen(vec![[1; 16]], &[]), hub.listen(vec![[1; 16], [2; 16]], &[]));
        drop(other);
        assert_eq!(hub.spaces(), [[1; 16]]);
        drop(one);
        assert!(hub.spaces().is_empty());
    }
}
