//! Recording a voice note: one at a time, on a thread of its own that holds the microphone.
//!
//! A command hands an order to that thread and waits for its answer; the thread tells listeners how it goes. Closing the
//! notebook ends the recording and keeps it. Start at `recorder.rs` for what the thread does.

mod recorder;
mod views;

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{Sender, channel},
    },
    thread::JoinHandle,
};

use vv_core::{Notebook, voice as core};

use crate::{
    App,
    error::{ApiError, ErrorCode},
    model::{
        journal::AttachmentView,
        voice::{ChangeMark, RecoveredVoice, StartVoice, VoicePhase, VoiceState},
    },
};
use recorder::{Order, Recorder};

/// Holds the recording that runs, and what is known of the last one.
#[derive(Default)]
pub(crate) struct Voice {
    running: Mutex<Option<Running>>,
    state: Arc<Mutex<VoiceState>>,
    /// What a crash left, until a screen has told of it.
    recovered: Mutex<Vec<RecoveredVoice>>,
}

struct Running {
    orders: Sender<(Order, Sender<Result<(), ApiError>>)>,
    thread: JoinHandle<()>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Voice {
    fn state(&self) -> VoiceState {
        held(&self.state).clone()
    }

    /// Says whether it listens now. Somebody who talks is there, although no key is touched.
    pub(crate) fn is_listening(&self) -> bool {
        self.state().phase == VoicePhase::Recording
    }

    /// Ends a recording that runs and keeps it; waits until that is done.
    pub(crate) fn end(&self) {
        let running = held(&self.running).take();
        let Some(Running { orders, thread }) = running else { return };
        // A recording that has ended by itself hears no orders.
        let (answer, _) = channel();
        let _ = orders.send((Order::Stop, answer));
        if thread.join().is_err() {
            tracing::error!("the recording ended badly; what was written comes back at the next opening");
        }
    }

    /// Brings back what a crash left.
    pub(crate) fn recover(&self, notebook: &Notebook) -> Result<(), core::VoiceError> {
        let recovered = core::recover(notebook)?;
        held(&self.recovered).extend(recovered.into_iter().map(RecoveredVoice::from));
        Ok(())
    }
}

/// Says what the recorder is doing.
pub fn voice_state(app: &App) -> Result<VoiceState, ApiError> {
    Ok(app.voice.state())
}

/// Begins to record into an entry.
pub fn voice_start(app: &App, request: StartVoice) -> Result<VoiceState, ApiError> {
    let mut running = held(&app.voice.running);
    if app.voice.state().phase != VoicePhase::Idle {
        return Err(ApiError::new(
            ErrorCode::Conflict,
            "A voice note is being recorded already, and it goes on. Stop it before you begin another.",
        ));
    }
    if let Some(before) = running.take() {
        drop(before.orders);
        let _ = before.thread.join();
    }
    let (orders, inbox) = channel();
    let (begun, outcome) = channel();
    let recorder = Recorder::new(app, request, Arc::clone(&app.voice.state), inbox);
    let thread =
        std::thread::Builder::new().name("voice".to_owned()).spawn(move || recorder.run(&begun)).map_err(
            |_| ApiError::new(ErrorCode::Internal, "The recording could not begin. Nothing was changed."),
        )?;
    outcome.recv().unwrap_or_else(|_| Err(ended_badly()))?;
    *running = Some(Running { orders, thread });
    Ok(app.voice.state())
}

/// Marks this moment of the recording.
pub fn voice_mark(app: &App) -> Result<VoiceState, ApiError> {
    order(app, Order::Mark)
}

/// Stops listening for a while; what was heard is kept.
pub fn voice_pause(app: &App) -> Result<VoiceState, ApiError> {
    order(app, Order::Pause)
}

/// Listens again.
pub fn voice_resume(app: &App) -> Result<VoiceState, ApiError> {
    order(app, Order::Resume)
}

/// Ends the recording: it becomes a file of its entry.
pub fn voice_stop(app: &App) -> Result<VoiceState, ApiError> {
    order(app, Order::Stop)
}

/// Ends the recording and keeps nothing of it.
pub fn voice_discard(app: &App) -> Result<VoiceState, ApiError> {
    order(app, Order::Discard)
}

/// Names a mark of a voice note, adds one, or takes one away.
pub fn voice_change_mark(app: &App, request: ChangeMark) -> Result<AttachmentView, ApiError> {
    let ChangeMark { id, at_ms, name } = request;
    let file = app.with(|notebook| notebook.write(|tx| core::change_mark(tx, id, at_ms, name.as_deref())))?;
    Ok(file.into())
}

/// Tells of the recordings that a crash left and that were brought back, once.
pub fn voice_recovered(app: &App) -> Result<Vec<RecoveredVoice>, ApiError> {
    Ok(std::mem::take(&mut *held(&app.voice.recovered)))
}

/// Hands an order to the recording and waits until it is done.
fn order(app: &App, order: Order) -> Result<VoiceState, ApiError> {
    let running = held(&app.voice.running);
    let idle =
        || ApiError::new(ErrorCode::Conflict, "Nothing is being recorded. What was recorded before is kept.");
    if app.voice.state().phase == VoicePhase::Idle {
        return Err(idle());
    }
    let (answer, outcome) = channel();
    let recording = running.as_ref().ok_or_else(idle)?;
    recording.orders.send((order, answer)).map_err(|_| idle())?;
    outcome.recv().unwrap_or_else(|_| Err(idle()))?;
    Ok(app.voice.state())
}

fn ended_badly() -> ApiError {
    ApiError::new(
        ErrorCode::Internal,
        "The recording ended in a way that nobody foresaw. What was written of it comes back at the next opening.",
    )
}
