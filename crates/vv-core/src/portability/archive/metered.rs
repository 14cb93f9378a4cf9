//! A reader with an allowance: what reads one thing after another cannot be made to take one huge thing into memory.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

/// Reads as long as the allowance lasts. Whoever holds the other end fills it up between two things.
pub(crate) struct Metered<R> {
    inner: R,
    allowance: Allowance,
}

/// Holds the bytes that may still be read.
#[derive(Clone)]
pub(crate) struct Allowance {
    left: Rc<Cell<u64>>,
    most: u64,
}

impl Allowance {
    /// Allows so many bytes at a time.
    pub(crate) fn of(most: u64) -> Self {
        Self { left: Rc::new(Cell::new(most)), most }
    }

    /// Fills it up again.
    pub(crate) fn refill(&self) {
        self.left.set(self.most);
    }

    /// Tells whether it ran out.
    pub(crate) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }
}

impl<R> Metered<R> {
    pub(crate) fn new(inner: R, allowance: Allowance) -> Self {
        Self { inner, allowance }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.allowance.left.get();
        if left == 0 && !into.is_empty() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(into.len());
        let read = self.inner.read(&mut into[..most])?;
        self.allowance.left.set(left - read as u64);
        Ok(read)
    }
}

impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
