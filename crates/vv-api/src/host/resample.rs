//! Brings sound from the rate of a microphone to the rate that is wanted.
//!
//! Most microphones give the wanted rate, and nothing is done. For the others a straight line is drawn from each sample to the
//! next, after an average where samples are left out: enough for speech, and no more than that.

/// Carries what lies between two buffers.
pub(super) struct Resampler {
    from: u32,
    to: u32,
    last: f32,
    /// Where the next sample lies after `last`, in parts of `to` of the distance between two samples.
    at: u64,
    /// The average that a lower rate needs: its sum, and how many samples it has.
    sum: (f32, u32),
}

impl Resampler {
    pub(super) fn new(from: u32, to: u32) -> Self {
        Self { from: from.max(1), to: to.max(1), last: 0.0, at: 0, sum: (0.0, 0) }
    }

    /// Adds sound at the wanted rate.
    pub(super) fn add(&mut self, sound: &[f32], into: &mut Vec<f32>) {
        if self.from == self.to {
            into.extend_from_slice(sound);
            return;
        }
        let together = (self.from / self.to).max(1);
        for sample in sound {
            self.sum = (self.sum.0 + sample, self.sum.1 + 1);
            if self.sum.1 == together {
                let next = self.sum.0 / together as f32;
                self.sum = (0.0, 0);
                self.step(next, self.from / together, into);
            }
        }
    }

    fn step(&mut self, next: f32, from: u32, into: &mut Vec<f32>) {
        let (to, from) = (u64::from(self.to), u64::from(from));
        while self.at < to {
            let part = self.at as f32 / to as f32;
            into.push(self.last + (next - self.last) * part);
            self.at += from;
        }
        self.at -= to;
        self.last = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(rate: u32, seconds: u32) -> Vec<f32> {
        (0..rate * seconds)
            .map(|at| (at as f32 / rate as f32 * 440.0 * std::f32::consts::TAU).sin())
            .collect()
    }

    #[test]
    fn a_tone_keeps_its_length_and_its_height_whatever_the_microphone_gives() {
        for rate in [8_000, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000] {
            let mut resampler = Resampler::new(rate, 48_000);
            let mut heard = Vec::new();
            for buffer in tone(rate, 2).chunks(441) {
                resampler.add(buffer, &mut heard);
            }
            assert!((heard.len() as i64 - 96_000).abs() <= 8, "{rate}: {} samples", heard.len());
            let rises = heard.windows(2).filter(|two| two[0] < 0.0 && two[1] >= 0.0).count();
            assert!((878..=881).contains(&rises), "{rate}: {rises} waves");
            let power = heard.iter().map(|one| one * one).sum::<f32>() / heard.len() as f32;
            assert!((0.45..=0.51).contains(&power), "{rate}: {power}");
        }
    }
}
