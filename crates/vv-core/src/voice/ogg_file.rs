//! The file that players know: packets of Opus in pages of Ogg (RFC 7845), written while it is read, so that no more than a
//! page of it is held.

use std::io::{self, Read};

use ogg::{PacketWriteEndInfo, PacketWriter};

use super::opus::{FRAME, Packets, RATE};

/// Packets of one page: a second.
const PAGE: u64 = 50;
/// Names the one stream of the file. Any number would do.
const STREAM: u32 = 0x5656_6e6f;

/// Gives packets one after the other, each with how many samples of it are meant; none at the end.
pub(super) trait Source {
    fn next(&mut self) -> io::Result<Option<(Vec<u8>, u64)>>;
}

/// Reads as the bytes of the file.
pub(super) struct OggFile<S> {
    source: S,
    pages: PacketWriter<'static, Vec<u8>>,
    /// Where the next byte lies in what the writer has finished.
    at: usize,
    begun: bool,
    /// The packet that waits until it is known whether it is the last.
    waiting: Option<(Vec<u8>, u64)>,
    packets: u64,
    samples: u64,
    ended: bool,
}

impl<S: Source> OggFile<S> {
    pub(super) fn new(source: S) -> Self {
        Self {
            source,
            pages: PacketWriter::new(Vec::new()),
            at: 0,
            begun: false,
            waiting: None,
            packets: 0,
            samples: 0,
            ended: false,
        }
    }

    /// Lends where the packets come from.
    pub(super) fn source_mut(&mut self) -> &mut S {
        &mut self.source
    }

    /// Gives back where the packets came from.
    pub(super) fn into_source(self) -> S {
        self.source
    }

    /// Writes a little more.
    fn go_on(&mut self) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            self.pages.write_packet(head(), STREAM, PacketWriteEndInfo::EndPage, 0)?;
            self.pages.write_packet(tags(), STREAM, PacketWriteEndInfo::EndPage, 0)?;
            self.waiting = self.source.next()?;
        }
        let Some((packet, samples)) = self.waiting.take() else {
            self.ended = true;
            return Ok(());
        };
        self.waiting = self.source.next()?;
        self.packets += 1;
        self.samples += samples;
        let lead_in = u64::from(Packets::lead_in());
        let (end, position) = match self.waiting {
            // The position of the last page tells a player what to leave out of the last packet.
            None => (PacketWriteEndInfo::EndStream, lead_in + self.samples),
            Some(_) if self.packets.is_multiple_of(PAGE) => {
                (PacketWriteEndInfo::EndPage, self.packets * FRAME as u64)
            }
            Some(_) => (PacketWriteEndInfo::NormalPacket, self.packets * FRAME as u64),
        };
        // What the encoder holds back at its beginning has to fit into the last packet.
        self.pages.write_packet(packet, STREAM, end, position.min(self.packets * FRAME as u64))
    }
}

impl<S: Source> Read for OggFile<S> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.pages.inner().len() && !self.ended {
            self.pages.inner_mut().clear();
            self.at = 0;
            self.go_on()?;
        }
        let written = self.pages.inner();
        let count = into.len().min(written.len() - self.at);
        into[..count].copy_from_slice(&written[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

/// Section 5.1: version 1, one channel, the lead-in, the rate it was heard at, no gain, one stream.
fn head() -> Vec<u8> {
    let mut head = b"OpusHead\x01\x01".to_vec();
    head.extend(Packets::lead_in().to_le_bytes());
    head.extend(RATE.to_le_bytes());
    head.extend([0, 0, 0]);
    head
}

/// Section 5.2: who wrote it, and no comments; what a person calls it stands in the notebook alone.
fn tags() -> Vec<u8> {
    let mut tags = b"OpusTags".to_vec();
    let vendor = b"Vice Versa";
    tags.extend((vendor.len() as u32).to_le_bytes());
    tags.extend(vendor);
    tags.extend(0_u32.to_le_bytes());
    tags
}
