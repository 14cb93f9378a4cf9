//! What is done with the key of an open notebook: where it is kept, and the recovery kit.

use chrono::{DateTime, Utc};
use vv_crypto::KitSeed;
use zeroize::Zeroizing;

use super::entering::place_key;
use super::{KeyPlace, NewKey, Notebook, NotebookError, StoreError};
use crate::identity::table::{self, fact, secret};
use crate::store::key_file::KeyFile;
use crate::store::topics::Topic;

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

    /// Compares some words of the kit, by their number from 1, with what the person typed. Gives the number of the first that is
    /// another one; none when all are right, and then it notes the date.
    pub fn rehearse_kit(&self, typed: &[(u8, &str)]) -> Result<Option<u8>, NotebookError> {
        let seed = self.read(|reader| table::kit(reader.sql()))?.ok_or(NotebookError::KitForgotten)?;
        let words = Zeroizing::new(seed.to_words());
        let differs = |(number, text): &&(u8, &str)| {
            let word = usize::from(*number).checked_sub(1).and_then(|at| words.get(at));
            word.is_none_or(|word| !word.eq_ignore_ascii_case(text.trim()))
        };
        if let Some((number, _)) = typed.iter().find(differs) {
            return Ok(Some(*number));
        }
        if !self.is_read_only() {
            self.note_instant(fact::KIT_CHECKED_AT)?;
        }
        Ok(None)
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
