//! The microphone of this computer, the one its owner chose in the system. The only file that names the sound library.
//!
//! The system calls from a thread of its own and must not be held up, so what it brings goes into a queue; whoever listens
//! takes it out, brought to one channel and the rate that is wanted. Start at [`SystemMicrophone`].

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    time::{Duration, Instant},
};

use cpal::{
    ErrorKind, FromSample, Sample as _, SampleFormat, SizedSample, SupportedStreamConfig,
    traits::{DeviceTrait as _, HostTrait as _, StreamTrait as _},
};
use vv_core::{
    ports::{Listening, Microphone, MicrophoneError},
    voice::RATE,
};

use super::resample::Resampler;

/// How many buffers of the system wait at most, some seconds of sound: for as long as a disk is slow.
const QUEUE: usize = 1_024;
/// A microphone that gives nothing for so long, not even silence, is gone.
const PATIENCE: Duration = Duration::from_secs(5);

/// Hears through the microphone that the system has chosen.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemMicrophone;

impl Microphone for SystemMicrophone {
    fn listen(&self) -> Result<Box<dyn Listening>, MicrophoneError> {
        let device = cpal::default_host().default_input_device().ok_or(MicrophoneError::Absent)?;
        let config = choose(&device)?;
        let (sender, receiver) = sync_channel(QUEUE);
        let stream = match config.sample_format() {
            SampleFormat::F32 => build::<f32>(&device, &config, sender),
            SampleFormat::I16 => build::<i16>(&device, &config, sender),
            SampleFormat::U16 => build::<u16>(&device, &config, sender),
            SampleFormat::I32 => build::<i32>(&device, &config, sender),
            SampleFormat::I8 => build::<i8>(&device, &config, sender),
            SampleFormat::U8 => build::<u8>(&device, &config, sender),
            SampleFormat::F64 => build::<f64>(&device, &config, sender),
            _ => return Err(MicrophoneError::Busy),
        }
        .map_err(|error| why(&error))?;
        stream.play().map_err(|error| why(&error))?;
        Ok(Box::new(Open {
            _stream: stream,
            receiver,
            resampler: Resampler::new(config.sample_rate(), RATE),
            heard_at: Instant::now(),
        }))
    }
}

/// Holds a stream of the system; dropping it ends the listening.
struct Open {
    _stream: cpal::Stream,
    receiver: Receiver<Result<Vec<f32>, MicrophoneError>>,
    resampler: Resampler,
    heard_at: Instant,
}

impl Listening for Open {
    fn hear(&mut self, into: &mut Vec<f32>) -> Result<(), MicrophoneError> {
        match self.receiver.recv_timeout(Duration::from_millis(100)) {
            Ok(sound) => {
                self.heard_at = Instant::now();
                self.resampler.add(&sound?, into);
                while let Ok(sound) = self.receiver.try_recv() {
                    self.resampler.add(&sound?, into);
                }
                Ok(())
            }
            Err(RecvTimeoutError::Timeout) if self.heard_at.elapsed() < PATIENCE => Ok(()),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Err(MicrophoneError::Gone),
        }
    }
}

/// Chooses how the microphone is asked: at the wanted rate where it can, else as it likes best.
fn choose(device: &cpal::Device) -> Result<SupportedStreamConfig, MicrophoneError> {
    let usual = device.default_input_config();
    if let Ok(usual) = &usual
        && usual.sample_rate() == RATE
    {
        return Ok(*usual);
    }
    let offered = device.supported_input_configs().map_err(|error| why(&error))?;
    let at_rate = offered.filter_map(|range| range.try_with_sample_rate(RATE));
    let best = at_rate
        .filter(|config| {
            matches!(config.sample_format(), SampleFormat::F32 | SampleFormat::I16 | SampleFormat::I32)
        })
        .min_by_key(|config| config.channels());
    best.map_or_else(|| usual.map_err(|error| why(&error)), Ok)
}

fn build<T: SizedSample>(
    device: &cpal::Device,
    config: &SupportedStreamConfig,
    sender: SyncSender<Result<Vec<f32>, MicrophoneError>>,
) -> Result<cpal::Stream, cpal::Error>
where
    f32: FromSample<T>,
{
    let channels = usize::from(config.channels().max(1));
    let failed = sender.clone();
    device.build_input_stream(
        config.config(),
        move |sound: &[T], _: &cpal::InputCallbackInfo| {
            let one = sound
                .chunks_exact(channels)
                .map(|all| all.iter().map(|sample| f32::from_sample(*sample)).sum::<f32>() / channels as f32);
            // When the queue is full, nobody has taken anything out for seconds: a gap is better than a stall of the system.
            let _ = sender.try_send(Ok(one.collect()));
        },
        move |error| match error.kind() {
            ErrorKind::Xrun | ErrorKind::RealtimeDenied | ErrorKind::DeviceChanged => {}
            _ => {
                let _ = failed.try_send(Err(MicrophoneError::Gone));
            }
        },
        None,
    )
}

fn why(error: &cpal::Error) -> MicrophoneError {
    match error.kind() {
        ErrorKind::PermissionDenied => MicrophoneError::Refused,
        ErrorKind::DeviceNotAvailable | ErrorKind::HostUnavailable => MicrophoneError::Absent,
        _ => MicrophoneError::Busy,
    }
}
