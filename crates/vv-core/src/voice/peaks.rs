//! How loud a sound was: one number for each tenth of a second while it is heard, and at most [`STEPS`] for the whole.

use super::opus::{FRAME, RATE};

/// Packets of one peak while it is recorded.
const STEP: usize = RATE as usize / 10 / FRAME;
/// How many peaks a whole note has at most.
const STEPS: usize = 480;

/// Measures while packets come.
#[derive(Default)]
pub(super) struct Meter {
    loudest: f32,
    packets: usize,
}

impl Meter {
    /// Hears the samples of one packet; gives the peak when a tenth of a second is full.
    pub(super) fn hear(&mut self, frame: &[f32]) -> Option<u8> {
        self.loudest = frame.iter().fold(self.loudest, |loudest, sample| loudest.max(sample.abs()));
        self.packets += 1;
        if self.packets == STEP { self.take() } else { None }
    }

    /// Gives the peak of what was heard since the last, when there was something.
    pub(super) fn take(&mut self) -> Option<u8> {
        let heard = std::mem::take(self);
        // The square root lets quiet speech be seen beside loud.
        (heard.packets > 0).then(|| (heard.loudest.clamp(0.0, 1.0).sqrt() * 255.0).round() as u8)
    }
}

/// Draws the outline of a whole note from peaks of equal length, however many come, in the memory of [`STEPS`].
pub(super) struct Outline {
    steps: Vec<u8>,
    /// How many peaks each step stands for.
    width: usize,
    /// The step that is not full yet, and how many peaks it has.
    open: (u8, usize),
}

impl Outline {
    pub(super) fn begin() -> Self {
        Self { steps: Vec::new(), width: 1, open: (0, 0) }
    }

    pub(super) fn add(&mut self, peak: u8) {
        self.open = (self.open.0.max(peak), self.open.1 + 1);
        if self.open.1 == self.width {
            self.steps.push(self.open.0);
            self.open = (0, 0);
        }
        if self.steps.len() == STEPS {
            self.steps = self.steps.chunks(2).map(|two| two.iter().copied().max().unwrap_or(0)).collect();
            self.width *= 2;
        }
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        if self.open.1 > 0 {
            self.steps.push(self.open.0);
        }
        self.steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loud_moment_stands_at_its_place_however_long_the_note_is() {
        for (length, loud_at) in [(5, 2), (480, 300), (36_000, 9_000), (360_001, 180_000)] {
            let mut outline = Outline::begin();
            for at in 0..length {
                outline.add(if at == loud_at { 255 } else { 3 });
            }
            let steps = outline.finish();
            assert!(steps.len() <= STEPS && (length < 240 || steps.len() >= STEPS / 2), "{}", steps.len());
            let found = steps.iter().position(|step| *step == 255).unwrap();
            let wanted = loud_at as f64 / length as f64;
            assert!((found as f64 / steps.len() as f64 - wanted).abs() < 0.02, "{length}: {found}");
            assert_eq!(steps.iter().filter(|step| **step == 255).count(), 1);
        }
    }

    #[test]
    fn silence_is_nothing_and_the_loudest_is_all() {
        let mut meter = Meter::default();
        assert_eq!(meter.take(), None);
        let mut peaks = |level: f32| (0..STEP).filter_map(|_| meter.hear(&[0.0, level])).collect::<Vec<_>>();
        assert_eq!(peaks(-2.0), [255]);
        assert_eq!(peaks(0.0), [0]);
        assert_eq!(peaks(0.25), [128], "a quarter of the height is drawn at half");
    }
}
