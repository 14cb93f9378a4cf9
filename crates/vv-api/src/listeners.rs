//! Who listens to what happens: the shell, which tells screens, or the progress line of a terminal.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    mpsc::{Receiver, Sender, channel},
};

use crate::Event;

/// Tells whoever subscribed. A listener that went away is forgotten.
#[derive(Clone, Default)]
pub(crate) struct Listeners(Arc<Mutex<Vec<Sender<Event>>>>);

impl Listeners {
    pub(crate) fn subscribe(&self) -> Receiver<Event> {
        let (sender, receiver) = channel();
        self.all().push(sender);
        receiver
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all().is_empty()
    }

    pub(crate) fn tell(&self, event: &Event) {
        self.all().retain(|listener| listener.send(event.clone()).is_ok());
    }

    fn all(&self) -> MutexGuard<'_, Vec<Sender<Event>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
