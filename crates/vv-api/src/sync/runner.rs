//! What runs beside the commands: rounds with every place, whenever something is to be sent or fetched.
//!
//! One thread goes the rounds; for each server one more waits for word that something moved there. A round shares the notebook
//! and is asked to end when it closes, so a network that does not answer keeps nobody from locking.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak, atomic::AtomicBool, atomic::Ordering},
    thread,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use vv_core::{
    Notebook,
    notebook::StoreError,
    ports::remote::{Remote, RemoteError, wire::Known},
    sync::{self as core, Address, Pause, Place, PlaceId, Progress, Round, SyncError, Watch},
};

use crate::{App, Event, host::HttpServer, model::events::Topic};

/// So often a folder is looked at, and a server that sends no word.
const FOLDER_EVERY: Duration = Duration::from_secs(5);
const SERVER_EVERY: Duration = Duration::from_secs(60);
/// How long is waited after failures: doubled each time up to the last.
const FIRST_AGAIN: Duration = Duration::from_secs(2);
const LAST_AGAIN: Duration = Duration::from_secs(120);
/// So often a server is asked for its time.
const CLOCK_EVERY: Duration = Duration::from_secs(3600);
/// So often a round tells how far it has come.
const TOLD_EVERY: Duration = Duration::from_millis(250);

/// Holds how sync stands in this process.
#[derive(Default)]
pub(crate) struct Syncing {
    inner: Mutex<Inner>,
    wake: Condvar,
    /// Counts openings, so that what belongs to one before ends.
    halted: AtomicBool,
}

#[derive(Default)]
struct Inner {
    due: BTreeSet<PlaceId>,
    is_looking: bool,
    standings: BTreeMap<PlaceId, Standing>,
    servers: BTreeMap<PlaceId, Arc<HttpServer>>,
    /// The servers at which a thread waits for word.
    waited_at: BTreeSet<PlaceId>,
}

/// Says how a place stands in this process.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing {
    /// A round goes on, and how far it has come since when.
    pub(crate) round: Option<(Progress, Instant)>,
    /// Since when it does not answer.
    pub(crate) away_since: Option<DateTime<Utc>>,
    /// Its certificate or answer was refused, and why in short.
    pub(crate) problem: Option<RemoteError>,
    /// Bytes that lie there and that may.
    pub(crate) room: Option<(u64, u64)>,
    /// The disk of this computer is full, since when.
    pub(crate) is_full_since: Option<DateTime<Utc>>,
    /// By how many seconds the clock of this computer is ahead of a server's, where that is far, since when that is known.
    pub(crate) clock_ahead: Option<(i64, DateTime<Utc>)>,
    /// When a server was asked for its time.
    clock_asked: Option<Instant>,
    /// Whether the beacon there is the present one.
    has_beacon: bool,
    failures: u32,
    again: Option<Instant>,
}

impl Syncing {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks that places be looked at now: one, or all.
    pub(crate) fn look(&self, place: Option<PlaceId>) {
        let mut inner = self.lock();
        match place {
            Some(place) => {
                inner.due.insert(place);
                if let Some(standing) = inner.standings.get_mut(&place) {
                    standing.again = None;
                }
            }
            None => inner.is_looking = true,
        }
        drop(inner);
        self.wake.notify_all();
    }

    /// Asks that every place be looked at now, also one that did not answer lately.
    pub(crate) fn look_at_all(&self) {
        let mut inner = self.lock();
        for standing in inner.standings.values_mut() {
            standing.again = None;
            standing.clock_asked = None;
        }
        drop(inner);
        self.look(None);
    }

    /// Ends the round that goes on, because the notebook closes.
    pub(crate) fn halt(&self) {
        self.halted.store(true, Ordering::Release);
        *self.lock() = Inner::default();
        self.wake.notify_all();
    }

    /// Tells how each place stands.
    pub(crate) fn standing(&self, place: PlaceId) -> Standing {
        self.lock().standings.get(&place).cloned().unwrap_or_default()
    }

    /// Has the beacons left anew, because what they say changed.
    pub(crate) fn renew_beacons(&self) {
        for standing in self.lock().standings.values_mut() {
            standing.has_beacon = false;
        }
    }

    /// Forgets a place that was left.
    pub(crate) fn forget(&self, place: PlaceId) {
        let mut inner = self.lock();
        inner.standings.remove(&place);
        inner.servers.remove(&place);
        inner.waited_at.remove(&place);
    }

    /// Gives the connection to a server, made once.
    fn server(&self, place: PlaceId, address: &str) -> Result<Arc<HttpServer>, RemoteError> {
        let mut inner = self.lock();
        if let Some(server) = inner.servers.get(&place) {
            return Ok(Arc::clone(server));
        }
        let server = Arc::new(HttpServer::at(address).map_err(|_| RemoteError::NotUnderstood)?);
        inner.servers.insert(place, Arc::clone(&server));
        Ok(server)
    }
}

/// Passes progress on, not too often, and ends a round when the notebook closes.
struct Telling<'a> {
    app: &'a App,
    place: PlaceId,
    told_at: Instant,
}

impl Watch for Telling<'_> {
    fn step(&mut self, progress: Progress) -> bool {
        if let Some(standing) = self.app.syncing.lock().standings.get_mut(&self.place)
            && let Some(round) = &mut standing.round
        {
            round.0 = progress;
        }
        if self.told_at.elapsed() >= TOLD_EVERY {
            self.told_at = Instant::now();
            self.app.raise(&[Topic::Sync]);
        }
        !self.app.syncing.halted.load(Ordering::Acquire)
    }
}

/// Goes rounds on a thread of its own until the app is dropped.
pub fn keep_syncing(app: &Arc<App>) -> std::io::Result<()> {
    let changes = app.subscribe();
    let of_changes = Arc::downgrade(app);
    thread::Builder::new().name("sync-changes".to_owned()).spawn(move || {
        for event in changes {
            let Some(app) = of_changes.upgrade() else { return };
            // What sync itself tells is no reason to sync.
            if let Event::Changed(changed) = event
                && changed.topics.iter().any(|topic| *topic != Topic::Sync)
            {
                app.syncing.look(None);
            }
        }
    })?;
    let app = Arc::downgrade(app);
    thread::Builder::new().name("sync".to_owned()).spawn(move || {
        while let Some(app) = app.upgrade() {
            let rest = app.go_due_rounds();
            app.wait_for_work(rest);
        }
    })?;
    Ok(())
}

impl App {
    /// Waits until there is something to do, at most so long, and never so long that the app could not end.
    fn wait_for_work(&self, at_most: Duration) {
        let inner = self.syncing.lock();
        if !inner.is_looking && inner.due.is_empty() {
            let _woken = self.syncing.wake.wait_timeout(inner, at_most.min(Duration::from_secs(1)));
        }
    }

    /// Goes every round that is due and tells how long nothing will be, unless something happens.
    fn go_due_rounds(self: &Arc<Self>) -> Duration {
        let Some(notebook) = self.shared_notebook() else { return SERVER_EVERY };
        self.syncing.halted.store(false, Ordering::Release);
        let Ok(places) = core::list_places(&notebook) else { return SERVER_EVERY };
        let (is_looking, due) = {
            let mut inner = self.syncing.lock();
            (std::mem::take(&mut inner.is_looking), std::mem::take(&mut inner.due))
        };
        let mut rest = SERVER_EVERY;
        for place in places.iter().filter(|place| place.pause == Pause::No) {
            self.wait_for_word(place);
            let again = self.syncing.standing(place.id).again;
            let is_time = again.is_none_or(|again| again <= Instant::now());
            let has_news = is_looking
                && again.is_none_or(|_| !self.is_away(place.id))
                && has_waiting(&notebook, place.id);
            if due.contains(&place.id) || is_time || has_news {
                let _told = self.go_round(&notebook, place);
            }
            let until = self.syncing.standing(place.id).again;
            rest = rest
                .min(until.map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now())));
        }
        rest
    }

    fn is_away(&self, place: PlaceId) -> bool {
        self.syncing.standing(place).away_since.is_some()
    }

    /// Goes one round with a place and notes how it stands after it.
    pub(crate) fn go_round(&self, notebook: &Notebook, place: &Place) -> Result<Round, SyncError> {
        let begun = Instant::now();
        self.syncing.lock().standings.entry(place.id).or_default().round = Some((Progress::default(), begun));
        let mut watch = Telling { app: self, place: place.id, told_at: begun };
        let outcome = match &place.address {
            Address::Folder(path) => core::sync_with_folder(notebook, place.id, path, &mut watch),
            Address::Server(address) => match self.syncing.server(place.id, address) {
                Ok(server) => core::sync_with_server(notebook, place.id, server.as_ref(), &mut watch),
                Err(problem) => Err(problem.into()),
            },
        };
        let every = if matches!(place.address, Address::Folder(_)) { FOLDER_EVERY } else { SERVER_EVERY };
        let now = self.host.clock.now();
        let mut inner = self.syncing.lock();
        let standing = inner.standings.entry(place.id).or_default();
        let before = standing.clone();
        standing.round = None;
        standing.problem = None;
        if let Ok(round) = &outcome {
            standing.room = round.room;
        }
        match &outcome {
            Ok(_) | Err(SyncError::Alarm(_) | SyncError::Stopped) => {
                (standing.away_since, standing.failures) = (None, 0);
                standing.is_full_since = None;
                standing.again = Some(Instant::now() + every);
            }
            // The place is there; it is this computer that has no room for what comes.
            Err(SyncError::Store(StoreError::DiskFull)) => {
                standing.is_full_since = standing.is_full_since.or(Some(now));
                standing.failures += 1;
                standing.again = Some(Instant::now() + LAST_AGAIN);
            }
            Err(problem) => {
                tracing::debug!(%problem, "a round of sync ended early");
                standing.away_since = standing.away_since.or(Some(now));
                standing.failures += 1;
                standing.problem =
                    if let SyncError::Remote(problem) = problem { Some(*problem) } else { None };
                let after = FIRST_AGAIN * 2_u32.saturating_pow(standing.failures.min(7) - 1);
                let asked =
                    if let SyncError::Remote(RemoteError::Busy { after }) = problem { *after } else { after };
                standing.again = Some(Instant::now() + after.min(LAST_AGAIN).max(asked));
            }
        }
        let wants_beacon = outcome.is_ok() && !standing.has_beacon;
        let is_news = match &outcome {
            Ok(round) => round.moved() || before.away_since.is_some() || place.in_step_at.is_none(),
            Err(_) => before.away_since.is_none() && before.is_full_since.is_none(),
        };
        let is_clock_due =
            outcome.is_ok() && standing.clock_asked.is_none_or(|at| at.elapsed() >= CLOCK_EVERY);
        drop(inner);
        if is_clock_due {
            self.compare_clocks(notebook, place);
        }
        if wants_beacon {
            self.leave_beacon(notebook, place);
        }
        if is_news {
            self.raise(&[Topic::Sync]);
        }
        outcome
    }

    /// Compares the clock of this computer with a server's. What fails is tried again later.
    fn compare_clocks(&self, notebook: &Notebook, place: &Place) {
        let Address::Server(address) = &place.address else { return };
        let Ok(server) = self.syncing.server(place.id, address) else { return };
        let Ok(ahead) = core::clock_ahead(notebook, server.as_ref()) else { return };
        let now = self.host.clock.now();
        if let Some(standing) = self.syncing.lock().standings.get_mut(&place.id) {
            standing.clock_asked = Some(Instant::now());
            standing.clock_ahead = ahead.map(|ahead| (ahead, now));
        }
    }

    /// Leaves the beacon at a place, so that the recovery kit leads back from there. What fails is tried again after the next round.
    fn leave_beacon(&self, notebook: &Notebook, place: &Place) {
        let left = match &place.address {
            Address::Folder(path) => core::leave_beacon_in_folder(notebook, path),
            Address::Server(address) => match self.syncing.server(place.id, address) {
                Ok(server) => core::leave_beacon_at_server(notebook, place.id, server.as_ref()),
                Err(problem) => Err(problem.into()),
            },
        };
        match left {
            Ok(()) => {
                if let Some(standing) = self.syncing.lock().standings.get_mut(&place.id) {
                    standing.has_beacon = true;
                }
            }
            Err(problem) => tracing::debug!(%problem, "the beacon could not be left"),
        }
    }

    /// Waits at a server for word that something moved, on a thread of its own, as long as the place is in use.
    fn wait_for_word(self: &Arc<Self>, place: &Place) {
        let Address::Server(address) = &place.address else { return };
        let Ok(server) = self.syncing.server(place.id, address) else { return };
        // Before a first round nobody knows the spaces there.
        if place.in_step_at.is_none() || !self.syncing.lock().waited_at.insert(place.id) {
            return;
        }
        let (app, pid) = (Arc::downgrade(self), place.id);
        let begun = thread::Builder::new().name("sync-word".to_owned()).spawn(move || {
            let mut before = Vec::new();
            while wait_once(&app, pid, &server, &mut before) {}
        });
        if begun.is_err() {
            self.syncing.lock().waited_at.remove(&place.id);
        }
    }

    /// Shares the open notebook, unless it can only be read.
    pub(crate) fn shared_notebook(&self) -> Option<Arc<Notebook>> {
        let open = self.opened();
        open.as_ref().map(|open| Arc::clone(&open.notebook)).filter(|notebook| !notebook.is_read_only())
    }
}

/// Waits once; says whether to go on waiting.
fn wait_once(app: &Weak<App>, pid: PlaceId, server: &Arc<HttpServer>, before: &mut Vec<Known>) -> bool {
    let asked = {
        let Some(app) = app.upgrade() else { return false };
        let is_waited_at = app.syncing.lock().waited_at.contains(&pid);
        let Some(notebook) = app.shared_notebook().filter(|_| is_waited_at) else {
            app.syncing.lock().waited_at.remove(&pid);
            return false;
        };
        core::listening(&notebook, pid)
    };
    let Ok((keys, known)) = asked else { return false };
    // Word came and the round after it took nothing in: the place is paused, or the round failed. The next round begins anew.
    if *before == known && !known.is_empty() {
        if let Some(app) = app.upgrade() {
            app.syncing.lock().waited_at.remove(&pid);
        }
        return false;
    }
    let word = server.wait(&keys, &known);
    let Some(app) = app.upgrade() else { return false };
    match word {
        Ok(pokes) if pokes.is_empty() => true,
        Ok(_) => {
            *before = known;
            app.syncing.look(Some(pid));
            // The round takes in what moved, or the same word would come again at once.
            app.syncing.rest(pid);
            true
        }
        Err(_) => {
            // Whether the server is away is for the rounds to find out; this thread begins anew after one.
            app.syncing.lock().waited_at.remove(&pid);
            false
        }
    }
}

impl Syncing {
    /// Waits until the round that was asked for is over, at most a few seconds.
    fn rest(&self, place: PlaceId) {
        let until = Instant::now() + Duration::from_secs(5);
        let mut inner = self.lock();
        while inner.due.contains(&place)
            || inner.standings.get(&place).is_some_and(|standing| standing.round.is_some())
        {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            inner = self
                .wake
                .wait_timeout(inner, left.min(Duration::from_millis(20)))
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }
}

fn has_waiting(notebook: &Notebook, place: PlaceId) -> bool {
    core::space_progress(notebook, place).is_ok_and(|spaces| spaces.iter().any(|space| space.waiting > 0))
}
