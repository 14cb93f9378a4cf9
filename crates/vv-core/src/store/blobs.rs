//! Files as sealed chunks: never a plain byte on the disk.

use std::io::Read;

use vv_crypto::{Key32, Zeroizing};

use super::error::StoreError;

/// Describes a file in the notebook's folder: how to find and open its chunks. Belongs into an encrypted record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// Opens the chunks.
    pub key: Key32,
    /// The blob's own part of each chunk's nonce.
    pub nonce16: [u8; 16],
    /// The names of the chunks in order: BLAKE3 of the sealed bytes.
    pub chunks: Vec<[u8; 32]>,
    /// Length of the file in bytes.
    pub size: u64,
    /// BLAKE3 of the file.
    pub blake3: [u8; 32],
}

/// Keeps files as sealed chunks in one folder.
#[derive(Debug, Clone)]
pub struct BlobStore {}

impl BlobStore {
    /// Seals a file into chunks, durable when it returns. Refuses more than `limit` bytes and keeps nothing then.
    pub fn put(&self, _source: &mut dyn Read, _limit: u64) -> Result<Blob, StoreError> {
        todo!()
    }

    /// Opens a file whole.
    pub fn read(&self, _blob: &Blob) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        todo!()
    }

    /// Opens a file chunk by chunk.
    pub fn reader<'a>(&'a self, _blob: &'a Blob) -> BlobReader<'a> {
        todo!()
    }

    /// Removes chunks by name; one that is not there is no error.
    pub fn remove(&self, _names: &[[u8; 32]]) -> Result<(), StoreError> {
        todo!()
    }

    /// Checks that every chunk is there, opens, and makes the file that was put.
    pub fn check(&self, _blob: &Blob) -> Result<(), StoreError> {
        todo!()
    }
}

/// Reads a file chunk by chunk; what it has opened is wiped.
pub struct BlobReader<'a> {
    blob: &'a Blob,
}

impl Read for BlobReader<'_> {
    fn read(&mut self, _into: &mut [u8]) -> std::io::Result<usize> {
        let _ = self.blob;
        todo!()
    }
}
