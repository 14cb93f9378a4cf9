//! Where the bytes of a file lie, and reading them there: from the disk or out of an archive, again and again, never unpacked.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use md5::{Digest, Md5};

/// A file of an archive up to this size may unfold as it likes.
const SMALL: u64 = 16 << 20;
/// How many times its packed size a larger one may have: text folds to a twentieth, a bomb to a thousandth.
const LARGEST_RATIO: u64 = 200;

/// Says where the bytes of a file lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lying {
    /// In a file of the disk.
    Disk(PathBuf),
    /// In an archive.
    Inside(Stretch),
    /// In memory, because it was opened with a passphrase.
    Memory(Arc<[u8]>),
}

/// Is a stretch of an archive that holds one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(super) archive: Arc<Path>,
    /// Where its bytes begin.
    pub(super) at: u64,
    /// How many they are in the archive.
    pub(super) packed: u64,
    /// How many they unfold to.
    pub(super) size: u64,
    pub(super) deflated: bool,
    pub(super) crc: Option<u32>,
}

impl Stretch {
    /// Tells whether it unfolds to far more than what people write does.
    pub(super) fn is_bomb(&self) -> bool {
        self.size > SMALL && self.size / LARGEST_RATIO > self.packed
    }
}

/// Says why a file was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is larger than may be.
    TooLarge,
    /// The system or the archive does not give it.
    Unreadable,
}

impl Lying {
    /// Opens the bytes from the beginning.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        match self {
            Self::Disk(path) => Ok(Box::new(File::open(path)?)),
            Self::Memory(bytes) => Ok(Box::new(io::Cursor::new(bytes.clone()))),
            Self::Inside(stretch) => {
                let mut file = File::open(&stretch.archive)?;
                file.seek(SeekFrom::Start(stretch.at))?;
                let packed = file.take(stretch.packed);
                let inner: Box<dyn Read + Send> = if stretch.deflated {
                    Box::new(flate2::read::DeflateDecoder::new(packed))
                } else {
                    Box::new(packed)
                };
                Ok(Box::new(Checked {
                    inner,
                    left: stretch.size,
                    crc: stretch.crc.map(|crc| (crc, crc32fast::Hasher::new())),
                }))
            }
        }
    }

    /// Reads all of it, when it has at most so many bytes.
    pub(crate) fn read(&self, most: u64) -> Result<Vec<u8>, Unread> {
        let open = self.open().map_err(|_| Unread::Unreadable)?;
        let mut bytes = Vec::new();
        open.take(most + 1).read_to_end(&mut bytes).map_err(|_| Unread::Unreadable)?;
        if bytes.len() as u64 > most { Err(Unread::TooLarge) } else { Ok(bytes) }
    }
}

/// Reads a file of an archive: as many bytes as it says and no more, and these bytes.
struct Checked {
    inner: Box<dyn Read + Send>,
    left: u64,
    crc: Option<(u32, crc32fast::Hasher)>,
}

impl Read for Checked {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(into.len());
        if most == 0 {
            return Ok(0);
        }
        let read = self.inner.read(&mut into[..most])?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= read as u64;
        if let Some((_, hasher)) = &mut self.crc {
            hasher.update(&into[..read]);
        }
        if self.left == 0
            && let Some((crc, hasher)) = self.crc.take()
            && hasher.finalize() != crc
        {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(read)
    }
}

/// Reads a file that can begin again, which is all that sealing needs, and stops when the person does.
pub(crate) struct Reopened<'a> {
    lies: &'a Lying,
    open: Box<dyn Read + Send>,
    stop: &'a AtomicBool,
    /// The hash of what was read since the beginning, where one is wanted.
    md5: Option<Md5>,
    failed: bool,
}

impl<'a> Reopened<'a> {
    pub(crate) fn new(lies: &'a Lying, stop: &'a AtomicBool, hashes: bool) -> io::Result<Self> {
        Ok(Self { open: lies.open()?, lies, stop, md5: hashes.then(Md5::new), failed: false })
    }

    /// Reads to the end without keeping anything.
    pub(crate) fn pass_over(&mut self) -> io::Result<()> {
        io::copy(self, &mut io::sink()).map(|_| ())
    }

    /// Tells whether reading has failed, so that a failure of sealing is not that of the notebook.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed
    }

    /// Gives the hash of all that was read since the beginning.
    pub(crate) fn md5(&self) -> Option<[u8; 16]> {
        self.md5.clone().map(|hash| hash.finalize().into())
    }
}

impl Read for Reopened<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            self.failed = true;
            return Err(io::ErrorKind::TimedOut.into());
        }
        let read = self.open.read(into).inspect_err(|_| self.failed = true)?;
        if let Some(md5) = &mut self.md5 {
            md5.update(&into[..read]);
        }
        Ok(read)
    }
}

impl Seek for Reopened<'_> {
    /// Goes back to the beginning, the only place it can go to.
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if to != SeekFrom::Start(0) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.open = self.lies.open()?;
        self.md5 = self.md5.is_some().then(Md5::new);
        Ok(0)
    }
}
