//! Stand-ins for services of a desktop that a test machine does not have: the one that announces sleep.

#![allow(missing_docs, reason = "the macro of the bus writes methods without comments")]

use std::{
    io::{PipeWriter, pipe},
    os::fd::OwnedFd,
    sync::{Arc, Mutex},
};

use zbus::{Connection, connection, fdo, interface, object_server::SignalEmitter, zvariant};

const PATH: &str = "/org/freedesktop/login1";

/// Stands in for logind: says that the computer goes to sleep, and waits for those who asked it to.
pub struct Logind {
    bus: Connection,
    held: Arc<Mutex<Vec<std::io::PipeReader>>>,
}

struct Sleep {
    held: Arc<Mutex<Vec<std::io::PipeReader>>>,
}

#[interface(name = "org.freedesktop.login1.Manager")]
impl Sleep {
    /// Gives a file; sleep waits while it is open.
    fn inhibit(&self, what: &str, _who: &str, _why: &str, mode: &str) -> fdo::Result<zvariant::OwnedFd> {
        if (what, mode) != ("sleep", "delay") {
            return Err(fdo::Error::InvalidArgs("only sleep can be held up here".to_owned()));
        }
        let (reader, writer): (_, PipeWriter) =
            pipe().map_err(|failure| fdo::Error::Failed(failure.to_string()))?;
        self.held.lock().map_err(|_| fdo::Error::Failed("the stand-in broke".to_owned()))?.push(reader);
        Ok(OwnedFd::from(writer).into())
    }

    /// Says that sleep begins, or that it is over.
    #[zbus(signal)]
    async fn prepare_for_sleep(emitter: &SignalEmitter<'_>, begins: bool) -> zbus::Result<()>;
}

impl Logind {
    /// Begins on a bus.
    pub async fn begin(address: &str) -> zbus::Result<Self> {
        let held = Arc::<Mutex<Vec<_>>>::default();
        let bus = connection::Builder::address(address)?
            .name("org.freedesktop.login1")?
            .serve_at(PATH, Sleep { held: Arc::clone(&held) })?
            .build()
            .await?;
        Ok(Self { bus, held })
    }

    /// Says how many programs hold sleep up now.
    pub fn holders(&self) -> usize {
        self.held.lock().map_or(0, |held| held.len())
    }

    /// Goes to sleep: says so, and waits until everybody has let go.
    pub async fn sleep(&self) -> zbus::Result<()> {
        let emitter = SignalEmitter::new(&self.bus, PATH)?;
        Sleep::prepare_for_sleep(&emitter, true).await?;
        let held = Arc::clone(&self.held);
        tokio::task::spawn_blocking(move || {
            let waiting = held.lock().map(|mut held| std::mem::take(&mut *held)).unwrap_or_default();
            for mut reader in waiting {
                // A pipe gives its end when the other side is closed.
                std::io::copy(&mut reader, &mut std::io::sink())?;
            }
            Ok::<_, std::io::Error>(())
        })
        .await
        .map_err(|failure| zbus::Error::Failure(failure.to_string()))?
        .map_err(|failure| zbus::Error::Failure(failure.to_string()))
    }
}
