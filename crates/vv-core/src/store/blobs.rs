//! Files as sealed chunks: never a plain byte on the disk.
//!
//! A file becomes chunks of 1 MiB, each sealed under the file's own random key and bound to its place. A chunk is named by
//! the hash of its sealed bytes and lies at `blobs/<first two digits>/<64 digits>`. Chunks are written beside their place,
//! made durable, and only then renamed, so that a name never stands for half a chunk. What the chunks mean stands in a
//! [`Blob`], which belongs into an encrypted record.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use vv_crypto::{
    Key32, Zeroizing, chunk_name, make_blob_nonce, make_bytes, make_key, open_chunk, seal_chunk,
};

use super::error::StoreError;

/// Plain bytes of a chunk; the last may be shorter.
pub const CHUNK: usize = 1 << 20;

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
pub struct BlobStore {
    folder: PathBuf,
}

impl BlobStore {
    /// Takes the folder the chunks lie in; it is made with the first chunk.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Lends the folder the chunks lie in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Seals a file into chunks, durable when it returns. Refuses more than `limit` bytes and keeps nothing then.
    pub fn put(&self, source: &mut dyn Read, limit: u64) -> Result<Blob, StoreError> {
        let mut blob = Blob {
            key: make_key(),
            nonce16: make_blob_nonce(),
            chunks: Vec::new(),
            size: 0,
            blake3: [0; 32],
        };
        let kept = self.put_chunks(source, limit, &mut blob);
        if kept.is_err() {
            self.remove(&blob.chunks)?;
        }
        kept.map(|()| blob)
    }

    fn put_chunks(&self, source: &mut dyn Read, limit: u64, blob: &mut Blob) -> Result<(), StoreError> {
        let mut hash = blake3::Hasher::new();
        let mut chunk = read_chunk(source)?;
        let mut index = 0;
        loop {
            blob.size += chunk.len() as u64;
            if blob.size > limit {
                return Err(StoreError::BlobTooLarge);
            }
            hash.update(&chunk);
            // A chunk is the last when nothing follows it, so one is always read ahead.
            let next = if chunk.len() < CHUNK { Zeroizing::new(Vec::new()) } else { read_chunk(source)? };
            let last = next.is_empty();
            let sealed = seal_chunk(&blob.key, &blob.nonce16, index, last, &chunk);
            blob.chunks.push(self.write_chunk(&sealed)?);
            if last {
                break;
            }
            chunk = next;
            index += 1;
        }
        blob.blake3 = *hash.finalize().as_bytes();
        Ok(())
    }

    /// Opens a file whole.
    pub fn read(&self, blob: &Blob) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        // What a record says of a file is its author's word alone: no room is made for more than its chunks can hold.
        let most = blob.size.min((blob.chunks.len() * CHUNK) as u64);
        let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(most).unwrap_or(0)));
        for index in 0..blob.chunks.len() {
            bytes.extend_from_slice(&self.open_chunk(blob, index)?);
        }
        if blake3::hash(&bytes).as_bytes() == &blob.blake3 { Ok(bytes) } else { Err(StoreError::BlobDamaged) }
    }

    /// Opens a file chunk by chunk.
    pub fn reader<'a>(&'a self, blob: &'a Blob) -> BlobReader<'a> {
        BlobReader { store: self, blob, next: 0, chunk: Zeroizing::new(Vec::new()), at: 0 }
    }

    /// Removes chunks by name; one that is not there is no error.
    pub fn remove(&self, names: &[[u8; 32]]) -> Result<(), StoreError> {
        for name in names {
            match fs::remove_file(self.path_of(name)) {
                Err(problem) if problem.kind() != io::ErrorKind::NotFound => return Err(problem.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Checks that every chunk is there, opens, and makes the file that was put.
    pub fn check(&self, blob: &Blob) -> Result<(), StoreError> {
        let mut hash = blake3::Hasher::new();
        let mut size = 0;
        for index in 0..blob.chunks.len() {
            let chunk = self.open_chunk(blob, index)?;
            size += chunk.len() as u64;
            hash.update(&chunk);
        }
        if size == blob.size && hash.finalize().as_bytes() == &blob.blake3 {
            Ok(())
        } else {
            Err(StoreError::BlobDamaged)
        }
    }

    /// Tells where a chunk of that name lies.
    pub fn path_of(&self, name: &[u8; 32]) -> PathBuf {
        let digits = blake3::Hash::from_bytes(*name).to_hex();
        self.folder.join(&digits[..2]).join(digits.as_str())
    }

    fn open_chunk(&self, blob: &Blob, index: usize) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let name = blob.chunks.get(index).ok_or(StoreError::BlobDamaged)?;
        let sealed = match fs::read(self.path_of(name)) {
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Err(StoreError::BlobMissing),
            other => other?,
        };
        if &chunk_name(&sealed) != name {
            return Err(StoreError::BlobDamaged);
        }
        let last = index + 1 == blob.chunks.len();
        open_chunk(&blob.key, &blob.nonce16, index as u64, last, &sealed).map_err(|_| StoreError::BlobDamaged)
    }

    /// Gives the sealed bytes of a chunk; none when it is not here.
    pub(crate) fn sealed(&self, name: &[u8; 32]) -> Result<Option<Vec<u8>>, StoreError> {
        match fs::read(self.path_of(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(problem) => Err(problem.into()),
        }
    }

    /// Keeps a chunk that came from elsewhere; one that is not what its name says is refused.
    pub(crate) fn put_sealed(&self, name: &[u8; 32], sealed: &[u8]) -> Result<(), StoreError> {
        if chunk_name(sealed) != *name {
            return Err(StoreError::BlobDamaged);
        }
        self.write_chunk(sealed).map(drop)
    }

    fn write_chunk(&self, sealed: &[u8]) -> Result<[u8; 32], StoreError> {
        let name = chunk_name(sealed);
        let path = self.path_of(&name);
        let folder = path.parent().expect("a chunk lies in a folder of the store");
        fs::create_dir_all(folder)?;
        let beside = folder.join(format!("{}.part", blake3::Hash::from_bytes(make_bytes()).to_hex()));
        let written = write_durably(&beside, sealed).and_then(|()| fs::rename(&beside, &path));
        if let Err(problem) = written {
            // The half chunk is of no use; that it could not be removed either changes nothing for the person.
            let _leftover = fs::remove_file(&beside);
            return Err(problem.into());
        }
        sync_folder(folder)?;
        Ok(name)
    }
}

/// Reads a file chunk by chunk; what it has opened is wiped.
pub struct BlobReader<'a> {
    store: &'a BlobStore,
    blob: &'a Blob,
    next: usize,
    chunk: Zeroizing<Vec<u8>>,
    at: usize,
}

impl Read for BlobReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at == self.chunk.len() {
            if self.next == self.blob.chunks.len() {
                return Ok(0);
            }
            self.chunk = self.store.open_chunk(self.blob, self.next).map_err(io::Error::other)?;
            self.next += 1;
            self.at = 0;
        }
        let count = into.len().min(self.chunk.len() - self.at);
        into[..count].copy_from_slice(&self.chunk[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

fn read_chunk(source: &mut dyn Read) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let mut chunk = Zeroizing::new(Vec::with_capacity(CHUNK));
    source.take(CHUNK as u64).read_to_end(&mut chunk)?;
    Ok(chunk)
}

fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes a rename in a folder durable, where the system has such a thing.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, BlobStore) {
        let folder = tempfile::tempdir().unwrap();
        let store = BlobStore::new(folder.path().join("blobs"));
        (folder, store)
    }

    #[test]
    fn a_file_of_any_length_comes_back_as_it_was() {
        let (_folder, store) = store();
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7] {
            let file: Vec<u8> = (0..length).map(|place| (place % 251) as u8).collect();
            let blob = store.put(&mut file.as_slice(), u64::MAX).unwrap();
            assert_eq!(blob.size, length as u64);
            assert_eq!(*store.read(&blob).unwrap(), file);
            store.check(&blob).unwrap();
            let mut streamed = Vec::new();
            store.reader(&blob).read_to_end(&mut streamed).unwrap();
            assert_eq!(streamed, file);
        }
    }

    #[test]
    fn a_file_over_the_limit_leaves_nothing_behind() {
        let (_folder, store) = store();
        let file = vec![7; 2 * CHUNK + 1];
        assert!(matches!(store.put(&mut file.as_slice(), 2 * CHUNK as u64), Err(StoreError::BlobTooLarge)));
        let left = walk(store.folder());
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn no_plain_byte_of_a_file_lies_on_the_disk() {
        let (_folder, store) = store();
        let file = b"a whiteboard that nobody else shall see ".repeat(50);
        store.put(&mut file.as_slice(), u64::MAX).unwrap();
        for path in walk(store.folder()) {
            let bytes = fs::read(path).unwrap();
            assert!(!bytes.windows(10).any(|window| window == b"whiteboard"));
        }
    }

    #[test]
    fn a_chunk_that_is_missing_changed_or_moved_is_noticed() {
        let (_folder, store) = store();
        let file = vec![3; CHUNK + 5];
        let blob = store.put(&mut file.as_slice(), u64::MAX).unwrap();
        let mut turned = blob.clone();
        turned.chunks.reverse();
        assert!(matches!(store.check(&turned), Err(StoreError::BlobDamaged)));
        let mut cut = blob.clone();
        cut.chunks.pop();
        assert!(matches!(store.check(&cut), Err(StoreError::BlobDamaged)));

        let first = store.path_of(&blob.chunks[0]);
        let mut bytes = fs::read(&first).unwrap();
        bytes[100] ^= 1;
        fs::write(&first, bytes).unwrap();
        assert!(matches!(store.read(&blob), Err(StoreError::BlobDamaged)));
        fs::remove_file(&first).unwrap();
        assert!(matches!(store.read(&blob), Err(StoreError::BlobMissing)));
    }

    fn walk(folder: &Path) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        entries
            .flat_map(|entry| {
                let path = entry.unwrap().path();
                if path.is_dir() { walk(&path) } else { vec![path] }
            })
            .collect()
    }
}
