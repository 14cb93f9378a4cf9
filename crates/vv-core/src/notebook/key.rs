//! What is done with the key of an open notebook: where it is kept, and the recovery kit.

use chrono::{DateTime, TimeDelta, Utc};
use vv_crypto::KitSeed;

use super::entering::place_key;
use super::{KeyPlace, NewKey, Notebook, NotebookError, StoreError};
use crate::identity::table::{self, fact, secret};
use crate::store::key_file::KeyFile;
use crate::store::topics::Topic;
use crate::store::unlocked::Unlocked;

/// How long after it was last in hand a kit is rehearsed.
const REHEARSE_AFTER: TimeDelta = TimeDelta::days(30);

impl Notebook {
    /// Tells where the key is kept day to day.
    pub fn key_place(&self) -> Result<KeyPlace, NotebookError> {
        Ok(KeyFile::read(&self.path_of_key_file())?.key_place())
    }

    /// Moves the key to the keyring or behind a passphrase, or changes the passphrase. The other place is emptied.
    ///
    /// A passphrase that protects the notebook now must be given to be replaced by another one, unless the notebook was opened
    /// by its kit: whoever lost the passphrase comes back that way.
    pub fn move_key(&self, to: NewKey, current: Option<&str>) -> Result<(), NotebookError> {
        self.lock.alone(|| {
            let path = self.path_of_key_file();
            let mut key_file = KeyFile::read(&path)?;
            let from = key_file.key_place();
            match (from, to, current) {
                (KeyPlace::Passphrase, _, Some(current)) => {
                    key_file.open_with_passphrase(current)?;
                }
                (KeyPlace::Passphrase, NewKey::Passphrase(_), None) if !self.by_kit => {
                    return Err(NotebookError::WrongKey);
                }
                // It lies there already, under a wrapping key that need not be replaced.
                (KeyPlace::Keyring, NewKey::Keyring, _) => return Ok(()),
                _ => {}
            }
            place_key(&mut key_file, self.host(), &self.key, to)?;
            key_file.write(&path)?;
            if from == KeyPlace::Keyring
                && let Err(problem) = self.host().vault.remove(&key_file.vault_name())
            {
                // It opens nothing any more: the slot it belonged to is gone.
                tracing::warn!(%problem, "the old entry of the keyring is still there");
            }
            Ok(())
        })?;
        self.subscribers.publish([Topic::Notebook].into());
        Ok(())
    }

    /// Makes the keyring's entry again after the notebook was opened by its kit because the keyring held none.
    pub(super) fn renew_keyring_entry(&self) -> Result<(), NotebookError> {
        if self.is_read_only() {
            return Ok(());
        }
        let path = self.path_of_key_file();
        let mut key_file = KeyFile::read(&path)?;
        if key_file.key_place() != KeyPlace::Keyring {
            return Ok(());
        }
        // A keyring that is locked or silent may well hold the entry, so it is left alone.
        if let Ok(None) = self.host().vault.read(&key_file.vault_name()) {
            place_key(&mut key_file, self.host(), &self.key, NewKey::Keyring)?;
            key_file.write(&path)?;
        }
        Ok(())
    }

    /// Lets lines that are captured while the notebook is locked be sealed to the newest account secret. What was sealed to an older
    /// one can still be opened, so it is no harm when another program is in the way; the next change tries it again.
    pub(super) fn renew_capture_key(&self, core: &Unlocked) {
        let Ok(secret) = core.account_secret() else { return };
        let (_, newest) = secret.derive_account_enc();
        let path = self.path_of_key_file();
        if KeyFile::read(&path).is_ok_and(|key_file| key_file.capture_to == newest) {
            return;
        }
        let renewed = self.lock.alone(|| {
            let mut key_file = KeyFile::read(&path)?;
            key_file.capture_to = newest;
            key_file.write(&path)
        });
        if let Err(problem) = renewed {
            tracing::warn!(%problem, "captured lines are still sealed to an older key");
        }
    }

    /// Gives the seed of the recovery kit, to be shown as words or written to a file, and notes the date.
    pub fn kit(&self) -> Result<KitSeed, NotebookError> {
        let seed = self.read(|reader| table::kit(reader.sql()))?.ok_or(NotebookError::KitForgotten)?;
        if !self.is_read_only() {
            self.note_instant(fact::KIT_MADE_AT)?;
        }
        Ok(seed)
    }

    /// Tells whether a kit opens this notebook, and notes the date when it does.
    pub fn check_kit(&self, seed: &KitSeed) -> Result<(), NotebookError> {
        let opened = KeyFile::read(&self.path_of_key_file())?.open_with_kit(seed)?;
        if opened != self.key {
            return Err(NotebookError::WrongKey);
        }
        if !self.is_read_only() {
            self.note_instant(fact::KIT_CHECKED_AT)?;
        }
        Ok(())
    }

    /// Checks some words of the recovery kit by their numbers, from 1, and notes the date when they are right. Only while the words are
    /// kept here; later the whole kit is asked for, with [`Notebook::check_kit`].
    pub fn rehearse_kit(&self, words: &[(usize, &str)]) -> Result<bool, NotebookError> {
        let seed = self.read(|reader| table::kit(reader.sql()))?.ok_or(NotebookError::KitForgotten)?;
        let kept = seed.to_words();
        let is_right = |(number, typed): &(usize, &str)| {
            number
                .checked_sub(1)
                .and_then(|at| kept.get(at))
                .is_some_and(|word| *word == typed.trim().to_lowercase())
        };
        let right = !words.is_empty() && words.iter().all(is_right);
        if right && !self.is_read_only() {
            self.note_instant(fact::KIT_REHEARSED_AT)?;
        }
        Ok(right)
    }

    /// Tells when a rehearsal of the kit is due: thirty days after it was last seen, checked or rehearsed; none before the person has
    /// ever seen it.
    pub fn kit_rehearsal_due_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut latest = None;
        for name in [fact::KIT_MADE_AT, fact::KIT_CHECKED_AT, fact::KIT_REHEARSED_AT] {
            latest = latest.max(self.instant(name)?);
        }
        Ok(latest.map(|at| at + REHEARSE_AFTER))
    }

    /// Removes the seed of the recovery kit from this computer. Only after it was checked that the person has it.
    pub fn forget_kit(&self) -> Result<(), NotebookError> {
        if self.kit_checked_at()?.is_none() {
            return Err(NotebookError::KitUnchecked);
        }
        self.write(|tx| {
            table::remove_secret(tx.sql(), secret::KIT)?;
            tx.publish(Topic::Notebook);
            Ok::<(), StoreError>(())
        })?;
        Ok(self.checkpoint()?)
    }

    /// Tells when the kit was last shown or written to a file.
    pub fn kit_made_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.instant(fact::KIT_MADE_AT)
    }

    /// Tells when it was last checked that the person's kit opens this notebook.
    pub fn kit_checked_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.instant(fact::KIT_CHECKED_AT)
    }

    fn note_instant(&self, name: &str) -> Result<(), StoreError> {
        self.write(|tx| {
            table::put_fact(tx.sql(), name, tx.now().timestamp_millis())?;
            tx.publish(Topic::Notebook);
            Ok(())
        })
    }
}
