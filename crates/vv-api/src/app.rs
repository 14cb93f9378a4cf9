//! The app behind every command: one profile, its ports, and its notebook when that is open.
//!
//! A program makes one [`App`] and hands it to every command. Commands block; a window calls them away from its own thread.
//! Besides commands the shell calls what no screen asks for: [`App::tick`] each second, [`App::touch`] when a key or click
//! came, [`App::subscribe`] for what is to be told to screens. It holds no facts of the journal itself.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicBool, Ordering},
        mpsc::Receiver,
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use vv_core::{Notebook, guides, journal, pairings, ports::Host};

use crate::{
    backup_round::Round,
    devices::Linking,
    error::{ApiError, ErrorCode},
    host::{self, Profile},
    job::Job,
    listeners::Listeners,
    model::events::{Changed, Topic},
    model::notebook::NotebookStatus,
    model::portability::Progress,
    model::voice::VoiceState,
    notebook::look_and_open,
    reminding::Reminding,
    settings::SettingsFile,
    spaces::Mail,
    sync::Syncing,
    unlocking::Key,
    voice::Voice,
};

/// How long a round of sync is waited for when the notebook closes.
const ROUND_ENDS: Duration = Duration::from_secs(2);
/// What changes when a notebook opens or closes.
const OPENED: [Topic; 13] = [
    Topic::Notebook,
    Topic::Journal,
    Topic::Search,
    Topic::Files,
    Topic::Loops,
    Topic::Past,
    Topic::Guides,
    Topic::Templates,
    Topic::People,
    Topic::Sync,
    Topic::Devices,
    Topic::Spaces,
    Topic::Pairings,
];

/// Tells a program what happened without its asking.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Facts changed.
    Changed(Changed),
    /// Long work went on.
    Progress(Progress),
    /// The notebook locked by itself, because nobody was there.
    Locked,
    /// It is time for the reminder of the day.
    Reminder(Reminder),
    /// A voice note is being recorded, or was.
    Voice(Box<VoiceState>),
}

/// Says what a reminder is about. It never holds what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reminder {
    /// A few minutes for the journal.
    Write,
    /// Something that was set out to be done comes back today.
    IntentionDue,
}

/// Holds one profile, and its notebook while that is open.
pub struct App {
    pub(crate) profile: Profile,
    pub(crate) host: Host,
    pub(crate) settings: SettingsFile,
    pub(crate) job: Job,
    pub(crate) round: Round,
    open: Arc<RwLock<Option<Open>>>,
    /// One opening at a time: two windows may ask at once.
    opening: Mutex<()>,
    /// The opening that was begun before anybody asked for it.
    early: Mutex<Option<Early>>,
    damage: Mutex<Option<Damage>>,
    pub(crate) listeners: Listeners,
    touched_at: Mutex<DateTime<Utc>>,
    pub(crate) reminding: Reminding,
    pub(crate) voice: Voice,
    pub(crate) syncing: Syncing,
    pub(crate) linking: Linking,
    pub(crate) mail: Mail,
}

/// Is an opening that goes on by itself; it ends in what the first who asks for the state is told.
type Early = JoinHandle<Result<NotebookStatus, ApiError>>;

/// Holds what is known of a damaged notebook.
pub(crate) struct Damage {
    /// The key that was right although the file behind it is damaged; a salvage needs it.
    pub(crate) key: Key,
    /// How many entries a salvage would bring back, when it was tried.
    pub(crate) salvageable_entries: Option<u32>,
}

/// Holds the open notebook and what this program knows of its opening.
pub(crate) struct Open {
    /// Shared with a round of sync, which may wait for a network and must keep nobody from locking.
    pub(crate) notebook: Arc<Notebook>,
    pub(crate) opened_at: DateTime<Utc>,
    is_heard: AtomicBool,
}

impl App {
    /// Begins on a profile with the ports of this computer. Opens nothing.
    pub fn new(profile: Profile) -> Self {
        let host = host::of_this_computer(&profile);
        Self::with_host(profile, host)
    }

    /// Begins on a profile with ports of one's own. Opens nothing.
    pub fn with_host(profile: Profile, host: Host) -> Self {
        let now = host.clock.now();
        Self {
            settings: SettingsFile::at(profile.settings()),
            profile,
            host,
            job: Job::default(),
            round: Round::default(),
            open: Arc::default(),
            opening: Mutex::new(()),
            early: Mutex::new(None),
            damage: Mutex::new(None),
            listeners: Listeners::default(),
            reminding: Reminding::default(),
            voice: Voice::default(),
            syncing: Syncing::default(),
            linking: Linking::default(),
            mail: Mail::default(),
            touched_at: Mutex::new(now),
        }
    }

    /// Hears what happens from now on.
    pub fn subscribe(&self) -> Receiver<Event> {
        let receiver = self.listeners.subscribe();
        if let Some(open) = self.opened().as_ref() {
            self.hear(open);
        }
        receiver
    }

    /// Notes that the person is there: a key, a click. The idle clock begins anew.
    pub fn touch(&self) {
        *self.touched_at.lock().unwrap_or_else(PoisonError::into_inner) = self.host.clock.now();
    }

    /// Tells the folder of the profile.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    pub(crate) fn touched_at(&self) -> DateTime<Utc> {
        *self.touched_at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.profile.notebook()
    }

    /// Works with the open notebook. It stays open at least until the work ends.
    pub(crate) fn with<R, E: Into<ApiError>>(
        &self,
        work: impl FnOnce(&Notebook) -> Result<R, E>,
    ) -> Result<R, ApiError> {
        match self.opened().as_ref() {
            Some(open) => work(&open.notebook).map_err(Into::into),
            None => Err(locked()),
        }
    }

    /// Lends what is open. Never to be called by one who holds it already.
    pub(crate) fn opened(&self) -> RwLockReadGuard<'_, Option<Open>> {
        lend(&self.open)
    }

    /// Shares what is open with a thread that goes on beside the commands.
    pub(crate) fn shared(&self) -> Arc<RwLock<Option<Open>>> {
        Arc::clone(&self.open)
    }

    /// Lends what is known of damage; none as long as nothing was found damaged.
    pub(crate) fn damage(&self) -> MutexGuard<'_, Option<Damage>> {
        self.damage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to open the notebook with the key in the keyring, on a thread of its own, while a program makes its window.
    /// Whoever asks for the state first is given the outcome, so that no keyring asks a person twice.
    pub fn open_early(self: &Arc<Self>) {
        let app = Arc::clone(self);
        let begun = thread::Builder::new().name("opening".to_owned()).spawn(move || look_and_open(&app)).ok();
        *self.early.lock().unwrap_or_else(PoisonError::into_inner) = begun;
    }

    /// Waits for the opening that was begun early, and gives its outcome once.
    pub(crate) fn opened_early(&self) -> Option<Result<NotebookStatus, ApiError>> {
        let early = self.early.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        early.join().ok()
    }

    pub(crate) fn one_at_a_time(&self) -> MutexGuard<'_, ()> {
        self.opening.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes an opened notebook in.
    pub(crate) fn put(&self, notebook: Notebook) {
        let open = Open {
            notebook: Arc::new(notebook),
            opened_at: self.host.clock.now(),
            is_heard: AtomicBool::new(false),
        };
        if !self.listeners.is_empty() {
            self.hear(&open);
        }
        *self.damage() = None;
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = Some(open);
        self.touch();
        self.raise(&OPENED);
    }

    /// Closes the notebook, once all work on it has ended: long work is asked to stop, a recording ends and is kept, and what
    /// editors still hold becomes a save. Its key is wiped as it is dropped. With nothing open it does nothing.
    pub fn close(&self) {
        self.job.stop();
        self.voice.end();
        self.syncing.halt();
        let closed = self.open.write().unwrap_or_else(PoisonError::into_inner).take();
        let Some(open) = closed else { return };
        // A round may have begun between the two lines above; it ends at its next step.
        self.syncing.halt();
        if let Err(error) = journal::settle_editors(&open.notebook) {
            // The drafts stay in the notebook and become saves at the next opening.
            tracing::warn!(%error, "what editors held could not be saved before closing");
        }
        if !open.notebook.is_read_only()
            && let Err(error) = pairings::settle_papers(&open.notebook)
        {
            tracing::warn!(%error, "what was typed into pairings could not be saved before closing");
        }
        if !open.notebook.is_read_only()
            && let Err(error) = open.notebook.write(guides::settle_drafts)
        {
            tracing::warn!(%error, "what was typed into guides could not be saved before closing");
        }
        // What comes next may want the notebook for itself. A round that waits for a network is not waited for.
        let begun = Instant::now();
        while Arc::strong_count(&open.notebook) > 1 && begun.elapsed() < ROUND_ENDS {
            thread::sleep(Duration::from_millis(5));
        }
        drop(open);
        self.raise(&OPENED);
    }

    /// Ends a recording that runs and keeps it, because its window is put away.
    pub fn end_recording(&self) {
        self.voice.end();
    }

    /// Tells listeners that facts changed.
    pub(crate) fn raise(&self, topics: &[Topic]) {
        self.listeners.tell(&Event::Changed(Changed { topics: topics.to_vec() }));
    }

    /// Passes on what the notebook says changed, until it is closed.
    fn hear(&self, open: &Open) {
        if open.is_heard.swap(true, Ordering::Relaxed) {
            return;
        }
        let changes = open.notebook.subscribe();
        let listeners = self.listeners.clone();
        let begun = thread::Builder::new().name("changes".to_owned()).spawn(move || {
            for changed in changes {
                let topics = changed.topics.into_iter().map(Topic::from).collect();
                listeners.tell(&Event::Changed(Changed { topics }));
            }
        });
        if begun.is_err() {
            tracing::warn!("no thread to pass changes on");
        }
    }
}

impl From<vv_core::notebook::Topic> for Topic {
    fn from(topic: vv_core::notebook::Topic) -> Self {
        use vv_core::notebook::Topic as Core;
        match topic {
            Core::Journal => Self::Journal,
            Core::Search => Self::Search,
            Core::Notebook => Self::Notebook,
            Core::Files => Self::Files,
            Core::Loops => Self::Loops,
            Core::Past => Self::Past,
            Core::Guides => Self::Guides,
            Core::Templates => Self::Templates,
            Core::People => Self::People,
            Core::Sync => Self::Sync,
            Core::Devices => Self::Devices,
            Core::Spaces => Self::Spaces,
            Core::Pairings => Self::Pairings,
        }
    }
}

/// Lends what is open. Never to be called by one who holds it already.
pub(crate) fn lend(open: &RwLock<Option<Open>>) -> RwLockReadGuard<'_, Option<Open>> {
    open.read().unwrap_or_else(PoisonError::into_inner)
}

/// Says that the notebook is locked.
pub(crate) fn locked() -> ApiError {
    ApiError::new(ErrorCode::Locked, "The notebook is locked. Nothing was changed; open it and try again.")
}
