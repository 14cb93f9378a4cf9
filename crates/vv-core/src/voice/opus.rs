//! Sound made small: 20 milliseconds of samples become one packet of Opus. The only file that names the codec.

use opusic_c::{Application, Bitrate, Channels, Encoder, SampleRate, Signal};

use super::error::VoiceError;

/// Samples in a second, one channel.
pub const RATE: u32 = 48_000;
/// Samples of one packet.
pub(super) const FRAME: usize = 960;
/// Bits in a second: speech is clear and an hour has about 11 MB.
const BITS: u32 = 24_000;
/// How hard the encoder tries, from 0 to 10: at this rate the ear hears no more of the rest than the battery does.
const COMPLEXITY: u8 = 5;
/// No packet of one channel and 20 milliseconds is longer.
const MAX_PACKET: usize = 1_276;

/// Makes packets.
pub(super) struct Packets(Encoder);

impl Packets {
    /// Begins anew.
    pub(super) fn begin() -> Result<Self, VoiceError> {
        let made = || {
            let mut encoder = Encoder::new(Channels::Mono, SampleRate::Hz48000, Application::Voip)?;
            encoder.set_bitrate(Bitrate::Value(BITS))?;
            encoder.set_vbr(true)?;
            encoder.set_signal(Signal::Voice)?;
            encoder.set_complexity(COMPLEXITY)?;
            Ok(encoder)
        };
        made().map(Self).map_err(|_: opusic_c::ErrorCode| VoiceError::Encoding)
    }

    /// Makes the packet of [`FRAME`] samples.
    pub(super) fn make(&mut self, frame: &[f32]) -> Result<Vec<u8>, VoiceError> {
        let mut packet = vec![0; MAX_PACKET];
        let length = self.0.encode_float_to_slice(frame, &mut packet).map_err(|_| VoiceError::Encoding)?;
        packet.truncate(length);
        Ok(packet)
    }

    /// Tells how many samples come before the first that was heard, when the packets are played.
    pub(super) fn lead_in() -> u16 {
        // 6.5 milliseconds: the same for every encoder of this version at this rate; a test holds it.
        312
    }
}

#[cfg(test)]
mod tests {
    use std::f32::consts::TAU;

    use super::*;

    #[test]
    fn the_lead_in_is_that_of_the_encoder() {
        let mut packets = Packets::begin().unwrap();
        assert_eq!(packets.0.get_look_ahead().unwrap(), u32::from(Packets::lead_in()));
    }

    #[test]
    fn an_hour_of_speech_stays_small() {
        let mut packets = Packets::begin().unwrap();
        let mut bytes = 0;
        // Twenty seconds of a voice-like tone stand for the hour.
        for frame in 0..1_000 {
            let samples: Vec<f32> = (0..FRAME)
                .map(|at| {
                    let time = (frame * FRAME + at) as f32 / RATE as f32;
                    (time * TAU * 180.0).sin() * 0.3 * (time * TAU * 3.0).sin().abs()
                })
                .collect();
            bytes += packets.make(&samples).unwrap().len();
        }
        assert!(bytes * 180 < 16_000_000, "{bytes} bytes for twenty seconds");
    }
}
