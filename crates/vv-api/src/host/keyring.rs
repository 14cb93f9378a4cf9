//! The keyring of the operating system: Secret Service, Keychain or Credential Manager.
//!
//! It is the only file that names `keyring`. Each call runs on a thread of its own with a time limit, because a keyring may ask
//! its person for a password, or never answer. An answer that comes late is kept for the next question, so that whoever
//! unlocks the keyring slowly need not do it twice. "Works and holds nothing" is never mixed up with "does not answer".
//!
//! The library connects once in a process and remembers a failure: after a keyring was started, the program is, too.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    time::Duration,
};

use keyring::v1::{Entry, Error};
use vv_core::ports::{KeyVault, VaultError};
use zeroize::Zeroizing;

/// Names this program in the keyring. The account of an entry names the notebook.
const SERVICE: &str = "org.viceversa.desktop";

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

type Secret = Zeroizing<Vec<u8>>;
type Answer = Result<Option<Secret>, VaultError>;

/// Keeps small secrets in the keyring of the operating system.
pub struct Keyring {
    store: Arc<dyn Store>,
    patience: Duration,
    late: Mutex<HashMap<String, Receiver<Answer>>>,
}

impl Default for Keyring {
    fn default() -> Self {
        Self::over(Arc::new(OfTheSystem), PATIENCE)
    }
}

impl Keyring {
    fn over(store: Arc<dyn Store>, patience: Duration) -> Self {
        Self { store, patience, late: Mutex::default() }
    }

    /// Asks on a thread of its own.
    fn ask(&self, ask: impl FnOnce(&dyn Store) -> Answer + Send + 'static) -> Receiver<Answer> {
        let (answer, receiver) = channel();
        let store = Arc::clone(&self.store);
        let begun = std::thread::Builder::new().name("keyring".to_owned()).spawn(move || {
            // Nobody may be listening any more: then the answer is dropped, and wiped with it.
            let _ = answer.send(ask(store.as_ref()));
        });
        if begun.is_err() {
            tracing::warn!("no thread to ask the keyring on");
        }
        receiver
    }

    fn wait(&self, answer: &Receiver<Answer>) -> Result<Answer, StillWaiting> {
        match answer.recv_timeout(self.patience) {
            Ok(answer) => Ok(answer),
            Err(RecvTimeoutError::Timeout) => Err(StillWaiting),
            Err(RecvTimeoutError::Disconnected) => Ok(Err(VaultError::Unreachable)),
        }
    }

    fn change(
        &self,
        name: &str,
        ask: impl FnOnce(&dyn Store) -> Answer + Send + 'static,
    ) -> Result<(), VaultError> {
        self.late().remove(name);
        let answer = self.ask(ask);
        self.wait(&answer).unwrap_or(Err(VaultError::Unreachable)).map(drop)
    }

    fn late(&self) -> std::sync::MutexGuard<'_, HashMap<String, Receiver<Answer>>> {
        self.late.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct StillWaiting;

impl KeyVault for Keyring {
    fn read(&self, name: &str) -> Result<Option<Secret>, VaultError> {
        let asked_before = self.late().remove(name);
        let account = name.to_owned();
        let answer = asked_before.unwrap_or_else(|| self.ask(move |store| store.read(&account)));
        match self.wait(&answer) {
            Ok(answer) => answer,
            Err(StillWaiting) => {
                self.late().insert(name.to_owned(), answer);
                Err(VaultError::Unreachable)
            }
        }
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        let (account, secret) = (name.to_owned(), Zeroizing::new(secret.to_vec()));
        self.change(name, move |store| store.write(&account, &secret).map(|()| None))
    }

    fn remove(&self, name: &str) -> Result<(), VaultError> {
        let account = name.to_owned();
        self.change(name, move |store| store.remove(&account).map(|()| None))
    }
}

/// What is asked of a keyring, without a time limit.
trait Store: Send + Sync {
    fn read(&self, account: &str) -> Answer;
    fn write(&self, account: &str, secret: &[u8]) -> Result<(), VaultError>;
    fn remove(&self, account: &str) -> Result<(), VaultError>;
}

struct OfTheSystem;

impl OfTheSystem {
    fn entry(account: &str) -> Result<Entry, VaultError> {
        Entry::new(SERVICE, account).map_err(|error| meaning(&error))
    }
}

impl Store for OfTheSystem {
    fn read(&self, account: &str) -> Answer {
        match Self::entry(account)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(meaning(&error)),
        }
    }

    fn write(&self, account: &str, secret: &[u8]) -> Result<(), VaultError> {
        Self::entry(account)?.set_secret(secret).map_err(|error| meaning(&error))
    }

    fn remove(&self, account: &str) -> Result<(), VaultError> {
        match Self::entry(account)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(meaning(&error)),
        }
    }
}

/// Tells a keyring that is locked from one that is not there.
fn meaning(error: &Error) -> VaultError {
    match error {
        Error::NoStorageAccess(cause) if !lacks_a_collection(cause.as_ref()) => VaultError::Locked,
        _ => VaultError::Unreachable,
    }
}

/// Says whether the Secret Service runs and has nothing yet to put an entry into. Nobody can unlock what is not there.
#[cfg(target_os = "linux")]
fn lacks_a_collection(cause: &(dyn std::error::Error + 'static)) -> bool {
    matches!(cause.downcast_ref::<secret_service::Error>(), Some(secret_service::Error::NoResult))
}

#[cfg(not(target_os = "linux"))]
fn lacks_a_collection(_cause: &(dyn std::error::Error + 'static)) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::Sender;

    use super::*;

    /// Answers each read only when it is told to.
    struct Slow {
        go: Mutex<Receiver<Answer>>,
        asked: Mutex<u32>,
    }

    impl Store for Slow {
        fn read(&self, _account: &str) -> Answer {
            *self.asked.lock().unwrap() += 1;
            self.go.lock().unwrap().recv().unwrap_or(Err(VaultError::Unreachable))
        }
        fn write(&self, _account: &str, _secret: &[u8]) -> Result<(), VaultError> {
            Ok(())
        }
        fn remove(&self, _account: &str) -> Result<(), VaultError> {
            Ok(())
        }
    }

    fn slow(patience: Duration) -> (Keyring, Arc<Slow>, Sender<Answer>) {
        let (answer, go) = channel();
        let store = Arc::new(Slow { go: Mutex::new(go), asked: Mutex::new(0) });
        (Keyring::over(store.clone(), patience), store, answer)
    }

    #[test]
    fn a_keyring_that_never_answers_is_unreachable_and_not_empty() {
        let (keyring, _store, _answer) = slow(Duration::from_millis(1));
        assert_eq!(keyring.read("notebook"), Err(VaultError::Unreachable));
    }

    #[test]
    fn an_answer_that_came_late_is_given_to_the_next_question_without_asking_again() {
        let (mut keyring, store, answer) = slow(Duration::from_millis(1));
        assert_eq!(keyring.read("notebook"), Err(VaultError::Unreachable));
        answer.send(Ok(Some(Zeroizing::new(vec![7])))).unwrap();
        keyring.patience = Duration::from_secs(60);
        assert_eq!(keyring.read("notebook"), Ok(Some(Zeroizing::new(vec![7]))));
        assert_eq!(*store.asked.lock().unwrap(), 1);
    }

    #[test]
    fn a_late_answer_from_before_a_change_is_forgotten() {
        let (mut keyring, _store, _answer) = slow(Duration::from_millis(1));
        assert!(keyring.read("notebook").is_err());
        assert!(keyring.late().contains_key("notebook"));
        keyring.patience = Duration::from_secs(60);
        keyring.write("notebook", &[9]).unwrap();
        assert!(!keyring.late().contains_key("notebook"));
    }

    #[test]
    fn a_locked_keyring_and_one_that_is_not_there_are_told_apart() {
        let because =
            || -> Box<dyn std::error::Error + Send + Sync> { Box::new(std::io::Error::other("a reason")) };
        assert_eq!(meaning(&Error::NoStorageAccess(because())), VaultError::Locked);
        assert_eq!(meaning(&Error::PlatformFailure(because())), VaultError::Unreachable);
        assert_eq!(meaning(&Error::NoDefaultStore), VaultError::Unreachable);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_keyring_without_a_collection_is_not_called_locked() {
        let missing = Error::NoStorageAccess(Box::new(secret_service::Error::NoResult));
        assert_eq!(meaning(&missing), VaultError::Unreachable);
        let dismissed = Error::NoStorageAccess(Box::new(secret_service::Error::Prompt));
        assert_eq!(meaning(&dismissed), VaultError::Locked);
    }
}
