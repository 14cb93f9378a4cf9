//! Taking in what was captured while the notebook was locked.

use std::fs;
use std::io;

use super::{Capture, Notebook, StoreError};
use crate::store::blobs::sync_folder;
use crate::store::inbox;
use crate::store::key_file::KeyFile;
use crate::store::tx::Tx;

impl Notebook {
    /// Hands each waiting line to `keep`, which makes an entry of exactly the capture's id, and tells how many became one.
    ///
    /// A sealed line is removed only after its entry is durable. A line whose entry is there already, because a crash came
    /// in between, is not handed out again. A file that cannot be opened stays where it is.
    pub fn take_captures<E: From<StoreError>>(
        &self,
        mut keep: impl FnMut(&mut Tx, &Capture) -> Result<(), E>,
    ) -> Result<u32, E> {
        if self.is_read_only() || inbox::count_waiting(self.folder()) == 0 {
            return Ok(0);
        }
        let id = KeyFile::read(&self.path_of_key_file()).map_err(|_| StoreError::Damaged)?.id;
        let waiting =
            inbox::open_waiting(self.folder(), &self.core().account_keys(), &id).map_err(StoreError::from)?;
        let mut taken = 0;
        for (path, capture) in waiting {
            let is_new = self.write(|tx| {
                let is_new = tx.object(capture.id.as_bytes())?.is_none();
                if is_new {
                    keep(tx, &capture)?;
                }
                Ok::<bool, E>(is_new)
            })?;
            taken += u32::from(is_new);
            match fs::remove_file(&path) {
                Err(problem) if problem.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::from(problem).into());
                }
                _ => {}
            }
            if let Some(folder) = path.parent() {
                sync_folder(folder).map_err(StoreError::from)?;
            }
        }
        Ok(taken)
    }
}
