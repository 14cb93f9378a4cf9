//! The thread that records: from the microphone into the notebook, and an ear for orders.
//!
//! It lends the notebook for a moment each time and never keeps it, so that everything else goes on beside it. Whatever ends
//! it, what was heard is kept; only [`Order::Discard`] throws something away.

use std::sync::{
    Arc, Mutex, RwLock,
    mpsc::{Receiver, Sender, TryRecvError},
};

use vv_core::{
    Notebook,
    ids::EntryId,
    journal::{self, NewEntry},
    ports::{Listening, Microphone},
    voice::{Recording, VoiceError},
};
use zeroize::Zeroizing;

use super::held;
use crate::{
    App, Event,
    app::{Open, lend, locked},
    error::ApiError,
    listeners::Listeners,
    model::{
        journal::AttachmentView,
        voice::{StartVoice, VoiceEnded, VoicePhase, VoiceState},
    },
};

/// Says what a recording shall do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Mark,
    Pause,
    Resume,
    Stop,
    Discard,
}

/// Hands an order over, with where its answer is waited for.
pub(super) type Inbox = Receiver<(Order, Sender<Result<(), ApiError>>)>;

/// Says how a recording ended.
enum End {
    /// Somebody said so; the answer is waited for.
    Asked(Order, Sender<Result<(), ApiError>>),
    /// It cannot go on.
    Trouble(ApiError),
}

/// Holds what the thread needs.
pub(super) struct Recorder {
    open: Arc<RwLock<Option<Open>>>,
    listeners: Listeners,
    microphone: Arc<dyn Microphone>,
    state: Arc<Mutex<VoiceState>>,
    inbox: Inbox,
    request: StartVoice,
}

impl Recorder {
    pub(super) fn new(app: &App, request: StartVoice, state: Arc<Mutex<VoiceState>>, inbox: Inbox) -> Self {
        Self {
            open: app.shared(),
            listeners: app.listeners.clone(),
            microphone: Arc::clone(&app.host.microphone),
            state,
            inbox,
            request,
        }
    }

    /// Records until it is ended, and says by `begun` whether it could begin.
    pub(super) fn run(self, begun: &Sender<Result<(), ApiError>>) {
        match self.begin() {
            Ok((recording, listening)) => {
                // The caller waits for it; should it be gone, the recording goes on all the same.
                let _ = begun.send(Ok(()));
                self.go_on(recording, listening);
            }
            Err(error) => {
                let _ = begun.send(Err(error));
            }
        }
    }

    fn begin(&self) -> Result<(Recording, Box<dyn Listening>), ApiError> {
        self.with(|_| Ok::<_, ApiError>(()))?;
        // First the microphone: without one no entry is made for it.
        let listening = self.microphone.listen()?;
        let recording = self.with(|notebook| {
            let entry = match self.request.entry {
                Some(entry) => entry,
                None => make_entry(notebook, &self.request.name)?,
            };
            Recording::begin(notebook, entry, &self.request.name)
        })?;
        let entry = Some(recording.entry());
        self.show(VoiceState { phase: VoicePhase::Recording, entry, ..VoiceState::default() });
        Ok((recording, listening))
    }

    fn go_on(&self, mut recording: Recording, listening: Box<dyn Listening>) {
        let end = self.listen(&mut recording, listening);
        let (order, answer, trouble) = match end {
            End::Asked(order, answer) => (order, Some(answer), None),
            End::Trouble(error) => (Order::Stop, None, Some(error)),
        };
        let entry = recording.entry();
        let ended = self.with(|notebook| match order {
            Order::Discard => recording.discard(notebook).map(|()| None),
            _ => recording.finish(notebook, trouble.is_some()),
        });
        let (attachment, failure) = match ended {
            Ok(file) => (file.map(AttachmentView::from), None),
            Err(error) => (None, Some(error)),
        };
        let ended = VoiceEnded { attachment, trouble: trouble.or_else(|| failure.clone()) };
        self.show(VoiceState { entry: Some(entry), ended: Some(ended), ..VoiceState::default() });
        if let Some(answer) = answer {
            let _ = answer.send(failure.map_or(Ok(()), Err));
        }
    }

    /// Hears until it shall end or cannot go on.
    fn listen(&self, recording: &mut Recording, listening: Box<dyn Listening>) -> End {
        let mut listening = Some(listening);
        let mut sound = Zeroizing::new(Vec::new());
        loop {
            let next = if listening.is_some() {
                self.inbox.try_recv()
            } else {
                // Nothing is heard while it is paused, so there is nothing to do but wait.
                self.inbox.recv().map_err(|_| TryRecvError::Disconnected)
            };
            match next {
                Ok((order @ (Order::Stop | Order::Discard), answer)) => return End::Asked(order, answer),
                Ok((order, answer)) => {
                    let done = self.follow(order, recording, &mut listening);
                    let _ = answer.send(done);
                    continue;
                }
                Err(TryRecvError::Disconnected) => return End::Trouble(locked()),
                Err(TryRecvError::Empty) => {}
            }
            let Some(ear) = &mut listening else { continue };
            sound.clear();
            let heard = ear.hear(&mut sound);
            if let Err(error) = self.with(|notebook| recording.hear(notebook, &sound)) {
                return End::Trouble(error);
            }
            if !sound.is_empty() {
                self.tell(recording, VoicePhase::Recording);
            }
            if let Err(error) = heard {
                return End::Trouble(error.into());
            }
        }
    }

    fn follow(
        &self,
        order: Order,
        recording: &mut Recording,
        listening: &mut Option<Box<dyn Listening>>,
    ) -> Result<(), ApiError> {
        match order {
            Order::Mark => {
                let at = self.with(|notebook| recording.mark(notebook))?;
                let mut state = held(&self.state);
                if state.marks.last() != Some(&at) {
                    state.marks.push(at);
                }
            }
            Order::Pause => {
                // Let go of, so that the system shows that nobody listens.
                *listening = None;
                self.with(|notebook| recording.flush(notebook))?;
            }
            Order::Resume if listening.is_none() => *listening = Some(self.microphone.listen()?),
            _ => {}
        }
        let phase = if listening.is_some() { VoicePhase::Recording } else { VoicePhase::Paused };
        self.tell(recording, phase);
        Ok(())
    }

    /// Tells how it goes on.
    fn tell(&self, recording: &Recording, phase: VoicePhase) {
        let marks = held(&self.state).marks.clone();
        let level = if phase == VoicePhase::Recording { recording.level() } else { 0 };
        let (entry, ms) = (Some(recording.entry()), recording.elapsed_ms());
        self.show(VoiceState { phase, entry, ms, level, marks, ended: None });
    }

    fn show(&self, state: VoiceState) {
        *held(&self.state) = state.clone();
        self.listeners.tell(&Event::Voice(Box::new(state)));
    }

    fn with<R, E: Into<ApiError>>(
        &self,
        work: impl FnOnce(&Notebook) -> Result<R, E>,
    ) -> Result<R, ApiError> {
        match lend(&self.open).as_ref() {
            Some(open) => work(&open.notebook).map_err(Into::into),
            None => Err(locked()),
        }
    }
}

fn make_entry(notebook: &Notebook, title: &str) -> Result<EntryId, VoiceError> {
    let entry = NewEntry { title: title.to_owned(), ..NewEntry::default() };
    Ok(notebook.write(|tx| journal::create_entry(tx, entry))?)
}
