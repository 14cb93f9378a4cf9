//! The one file of a backup: named parts one after another, and a hash over all of them at the end.
//!
//! Only what is sealed anyway goes in: the encrypted database, the key file, the sealed chunks. A file that was cut short
//! or changed is noticed before anything of it is used.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use super::error::NotebookError;
use super::key_file::create_private;

const MARK: &[u8; 20] = b"vice-versa backup\r\n\x1a";
const VERSION: u32 = 1;
const CHECKSUM: &str = "vice-versa hash backup/v1";
const PART: u8 = 1;
const END: u8 = 0;

/// Writes a backup part by part.
pub(crate) struct Writer {
    file: BufWriter<File>,
    sum: blake3::Hasher,
}

impl Writer {
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        let mut writer = Self {
            file: BufWriter::with_capacity(1 << 18, create_private(path)?),
            sum: blake3::Hasher::new_derive_key(CHECKSUM),
        };
        writer.put(MARK)?;
        writer.put(&VERSION.to_le_bytes())?;
        Ok(writer)
    }

    /// Adds a part whose length is known.
    pub(crate) fn add(&mut self, name: &str, length: u64, source: &mut dyn Read) -> io::Result<()> {
        let name_length = u16::try_from(name.len()).map_err(io::Error::other)?;
        self.put(&[PART])?;
        self.put(&name_length.to_le_bytes())?;
        self.put(name.as_bytes())?;
        self.put(&length.to_le_bytes())?;
        let mut source = source.take(length);
        let mut chunk = vec![0; 1 << 18];
        let mut left = length;
        loop {
            let count = source.read(&mut chunk)?;
            if count == 0 {
                break;
            }
            left -= count as u64;
            self.put(&chunk[..count])?;
        }
        if left == 0 { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    /// Adds a file as a part.
    pub(crate) fn add_file(&mut self, name: &str, path: &Path) -> io::Result<()> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        self.add(name, length, &mut file)
    }

    /// Ends the backup, durable when it returns.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.put(&[END])?;
        let sum = self.sum.finalize();
        self.file.write_all(sum.as_bytes())?;
        self.file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sum.update(bytes);
        self.file.write_all(bytes)
    }
}

/// Reads a backup part by part.
pub(crate) struct Reader {
    file: BufReader<File>,
    sum: blake3::Hasher,
}

impl Reader {
    pub(crate) fn open(path: &Path) -> Result<Self, NotebookError> {
        let file = BufReader::with_capacity(1 << 18, File::open(path)?);
        let mut reader = Self { file, sum: blake3::Hasher::new_derive_key(CHECKSUM) };
        let mut mark = [0; MARK.len()];
        match reader.take(&mut mark) {
            Err(NotebookError::BackupDamaged) => return Err(NotebookError::NotABackup),
            other => other?,
        }
        if &mark != MARK {
            return Err(NotebookError::NotABackup);
        }
        let mut version = [0; 4];
        reader.take(&mut version)?;
        match u32::from_le_bytes(version) {
            VERSION => Ok(reader),
            0 => Err(NotebookError::BackupDamaged),
            _ => Err(NotebookError::NewerVersion),
        }
    }

    /// Hands every part to `keep`, which must read it to its end, and checks the hash over all of them.
    pub(crate) fn read_all(
        mut self,
        mut keep: impl FnMut(&str, &mut dyn Read) -> Result<(), NotebookError>,
    ) -> Result<(), NotebookError> {
        loop {
            let mut tag = [0; 1];
            self.take(&mut tag)?;
            match tag[0] {
                END => break,
                PART => {}
                _ => return Err(NotebookError::BackupDamaged),
            }
            let mut length = [0; 2];
            self.take(&mut length)?;
            let mut name = vec![0; usize::from(u16::from_le_bytes(length))];
            self.take(&mut name)?;
            let name = String::from_utf8(name).map_err(|_| NotebookError::BackupDamaged)?;
            let mut length = [0; 8];
            self.take(&mut length)?;
            let mut part = Part { reader: &mut self, left: u64::from_le_bytes(length) };
            let kept = keep(&name, &mut part);
            // A part that ended early makes the whole backup damaged, whatever came of it.
            io::copy(&mut part, &mut io::sink()).map_err(|_| NotebookError::BackupDamaged)?;
            kept?;
        }
        let sum = self.sum.finalize();
        let mut written = [0; 32];
        self.file.read_exact(&mut written).map_err(|_| NotebookError::BackupDamaged)?;
        if *sum.as_bytes() == written { Ok(()) } else { Err(NotebookError::BackupDamaged) }
    }

    fn take(&mut self, into: &mut [u8]) -> Result<(), NotebookError> {
        match self.file.read_exact(into) {
            Ok(()) => {
                self.sum.update(into);
                Ok(())
            }
            Err(problem) if problem.kind() == io::ErrorKind::UnexpectedEof => {
                Err(NotebookError::BackupDamaged)
            }
            Err(problem) => Err(problem.into()),
        }
    }
}

struct Part<'a> {
    reader: &'a mut Reader,
    left: u64,
}

impl Read for Part<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let wanted = into.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        if wanted == 0 {
            return Ok(0);
        }
        let count = self.reader.file.read(&mut into[..wanted])?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.reader.sum.update(&into[..count]);
        self.left -= count as u64;
        Ok(count)
    }
}
