//! A text that several can edit at once: Markdown in, updates out.

use super::error::StoreError;

/// Holds one replica of a shared text. Offsets are UTF-16 units.
pub struct TextDoc {
    text: String,
}

impl TextDoc {
    /// Makes an empty text that will be written as `client`.
    pub fn new(_client: u64) -> Self {
        todo!()
    }

    /// Loads a kept state, to be written as `client`.
    pub fn load(_state: &[u8], _client: u64) -> Result<Self, StoreError> {
        todo!()
    }

    /// Gives the text.
    pub fn text(&self) -> String {
        self.text.clone()
    }

    /// Changes the text to `new` and returns the updates that do the same elsewhere, each at most 64 KiB.
    pub fn apply_text(&mut self, _new: &str) -> Vec<Vec<u8>> {
        todo!()
    }

    /// Takes in an update made elsewhere.
    pub fn import(&mut self, _update: &[u8]) -> Result<(), StoreError> {
        todo!()
    }

    /// Gives the state to be kept.
    pub fn save(&self) -> Vec<u8> {
        todo!()
    }
}
