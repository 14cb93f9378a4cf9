//! A microphone for tests of the window, on machines that have none. Not part of a build for people.
//!
//! `VV_MICROPHONE` says what it does: `tone` gives a voice-like tone in the time of a clock, `tone:SECONDS` the same and then
//! goes away, `absent` and `refused` fail at once; anything else is the path of a file of samples, each four bytes.

use std::{
    fs,
    time::{Duration, Instant},
};

use vv_core::{
    ports::{Listening, Microphone, MicrophoneError},
    voice::RATE,
};

const VARIABLE: &str = "VV_MICROPHONE";

/// Gives what the variable asks for.
pub(super) struct FedMicrophone(String);

/// Gives the stand-in when a test asks for it.
pub(super) fn asked_for() -> Option<FedMicrophone> {
    std::env::var(VARIABLE).ok().filter(|what| !what.is_empty()).map(FedMicrophone)
}

impl Microphone for FedMicrophone {
    fn listen(&self) -> Result<Box<dyn Listening>, MicrophoneError> {
        let mut feed = Feed { begun: Instant::now(), given: 0, sound: None, goes_at: None };
        match self.0.split_once(':').unwrap_or((&self.0, "")) {
            ("absent", _) => return Err(MicrophoneError::Absent),
            ("refused", _) => return Err(MicrophoneError::Refused),
            ("tone", seconds) => {
                feed.goes_at = seconds.parse::<usize>().ok().map(|seconds| seconds * RATE as usize);
            }
            _ => {
                let bytes = fs::read(&self.0).map_err(|_| MicrophoneError::Absent)?;
                let samples = bytes.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four));
                feed.sound = Some(samples.collect());
            }
        }
        Ok(Box::new(feed))
    }
}

struct Feed {
    begun: Instant,
    given: usize,
    sound: Option<Vec<f32>>,
    goes_at: Option<usize>,
}

impl Listening for Feed {
    fn hear(&mut self, into: &mut Vec<f32>) -> Result<(), MicrophoneError> {
        // It speaks in the time of a clock, as a microphone does.
        let due = Duration::from_secs_f64(self.given as f64 / f64::from(RATE)) + Duration::from_millis(50);
        std::thread::sleep(due.saturating_sub(self.begun.elapsed()));
        for _ in 0..RATE / 20 {
            if self.goes_at == Some(self.given) {
                return Err(MicrophoneError::Gone);
            }
            into.push(match &self.sound {
                Some(sound) => sound.get(self.given).copied().unwrap_or(0.0),
                None => tone(self.given),
            });
            self.given += 1;
        }
        Ok(())
    }
}

/// A low tone that swells and falls like somebody who talks.
fn tone(at: usize) -> f32 {
    let time = at as f32 / RATE as f32;
    let wave =
        (time * 170.0 * std::f32::consts::TAU).sin() + 0.5 * (time * 340.0 * std::f32::consts::TAU).sin();
    let swell = (time * 2.3).sin().abs() * (0.4 + 0.6 * (time * 0.7).sin().abs());
    wave * swell * 0.5
}
