//! Padding: what is sealed gets one of few lengths, so that a length says little about a text.
//!
//! Padmé: of a length's binary digits only the first few may differ from zero, which costs at most 12 % and leaks
//! only the logarithm of the logarithm of the length. Short texts all become 256 bytes.

use crate::limits::MIN_PADDED_LEN;

const LENGTH_LEN: usize = 4;

/// Reports a text whose padding is not as [`pad`] makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the padding of the record is malformed")]
pub struct PaddingError;

/// Gives the length to which `len` bytes are padded; `len` already counts the four bytes that hold the length.
pub fn padded_len(len: usize) -> usize {
    if len <= MIN_PADDED_LEN {
        return MIN_PADDED_LEN;
    }
    let exponent = len.ilog2();
    let digits = exponent.ilog2() + 1;
    let mask = (1usize << (exponent - digits)) - 1;
    (len + mask) & !mask
}

/// Pads `content` with zeros; the last four bytes hold its length, little-endian.
///
/// # Panics
/// When `content` is longer than 4 GiB, which no record is.
pub fn pad(content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("the content of a record is far shorter than 4 GiB");
    let total = padded_len(content.len() + LENGTH_LEN);
    let mut padded = Vec::with_capacity(total);
    padded.extend_from_slice(content);
    padded.resize(total - LENGTH_LEN, 0);
    padded.extend_from_slice(&length.to_le_bytes());
    padded
}

/// Gives the content of what [`pad`] made, and refuses any other bytes.
pub fn unpad(padded: &[u8]) -> Result<&[u8], PaddingError> {
    let (body, length) = padded.split_last_chunk::<LENGTH_LEN>().ok_or(PaddingError)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| PaddingError)?;
    let (content, zeros) = body.split_at_checked(length).ok_or(PaddingError)?;
    if padded.len() != padded_len(length + LENGTH_LEN) || zeros.iter().any(|byte| *byte != 0) {
        return Err(PaddingError);
    }
    Ok(content)
}
