//! Stories of recordings, told with samples that are made up and a time that is what was heard.

use std::path::{Path, PathBuf};

use ogg::PacketReader;
use opusic_c::{Channels, Decoder, SampleRate};
use tempfile::TempDir;

use super::*;
use crate::Notebook;
use crate::ids::{AttachmentId, EntryId};
use crate::journal::{
    self, Attachment, NewEntry, create_entry, delete_entry, get_entry, read_attachment, trash_entry,
};
use crate::notebook::{NewKey, Unlock};
use crate::ports::testing::TestHost;

const SECOND: usize = RATE as usize;
const MINUTE: usize = 60 * SECOND;

struct Story {
    notebook: Notebook,
    host: TestHost,
    path: PathBuf,
    entry: EntryId,
    _folder: TempDir,
}

impl Story {
    fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = TestHost::new(3, &folder.path().join("state"));
        let path = folder.path().join("notebook");
        let notebook = Notebook::create(&path, &host.host, "Mira", NewKey::Keyring).unwrap();
        let new = NewEntry { title: "On the train".into(), ..NewEntry::default() };
        let entry = notebook.write(|tx| create_entry(tx, new)).unwrap();
        Self { notebook, host, path, entry, _folder: folder }
    }

    fn record(&self) -> Recording {
        Recording::begin(&self.notebook, self.entry, "Thinking aloud").unwrap()
    }

    /// Closes the notebook without a word to what runs in it, and opens it again.
    fn die_and_open(self) -> Self {
        let Self { notebook, host, path, entry, _folder } = self;
        drop(notebook);
        let notebook = Notebook::open(&path, &host.host, Unlock::Keyring).unwrap();
        Self { notebook, host, path, entry, _folder }
    }

    fn files(&self) -> Vec<Attachment> {
        self.notebook.read(|reader| get_entry(reader, self.entry)).unwrap().attachments
    }

    fn change_mark(&self, id: AttachmentId, at_ms: u64, name: Option<&str>) -> Result<Voice, VoiceError> {
        let file = self.notebook.write(|tx| change_mark(tx, id, at_ms, name))?;
        Ok(file.voice.unwrap())
    }

    fn assert_sound(&self) {
        assert_eq!(self.notebook.verify().unwrap().problems, Vec::<String>::new());
    }

    fn rows_left(&self) -> i64 {
        let count = "SELECT (SELECT count(*) FROM recording) + (SELECT count(*) FROM recording_piece) + \
                     (SELECT count(*) FROM recording_mark)";
        self.notebook
            .read(|reader| {
                Ok::<_, crate::store::StoreError>(reader.sql().query_row(count, [], |row| row.get(0))?)
            })
            .unwrap()
    }
}

/// A tone that goes on from `from`.
fn tone(from: usize, samples: usize) -> Vec<f32> {
    (from..from + samples).map(|at| ((at % 240) as f32 / 240.0 * std::f32::consts::TAU).sin() * 0.4).collect()
}

/// Lets a recording hear so many samples, a tenth of a second at a time.
fn hear(recording: &mut Recording, notebook: &Notebook, samples: usize) {
    let tenth = tone(0, SECOND / 10);
    let mut left = samples;
    while left > 0 {
        let now = left.min(tenth.len());
        recording.hear(notebook, &tenth[..now]).unwrap();
        left -= now;
    }
}

/// Takes a file apart: its packets, and how many samples of them a player lets be heard.
fn take_apart(bytes: &[u8]) -> (Vec<Vec<u8>>, usize) {
    let mut file = PacketReader::new(std::io::Cursor::new(bytes));
    let head = file.read_packet_expected().unwrap().data;
    assert_eq!(&head[..8], b"OpusHead");
    assert_eq!(u16::from_le_bytes([head[10], head[11]]), 312);
    assert_eq!(&file.read_packet_expected().unwrap().data[..8], b"OpusTags");
    let mut packets = Vec::new();
    let mut end = 0;
    while let Some(packet) = file.read_packet().unwrap() {
        end = usize::try_from(packet.absgp_page()).unwrap();
        let is_last = packet.last_in_stream();
        packets.push(packet.data);
        if is_last {
            break;
        }
    }
    (packets, end - 312)
}

/// Gives the samples of packets that follow one another.
fn decode(packets: &[Vec<u8>]) -> Vec<f32> {
    let mut decoder = Decoder::new(Channels::Mono, SampleRate::Hz48000).unwrap();
    let mut heard = Vec::new();
    for packet in packets {
        let mut frame = vec![0.0; 5_760];
        let count = decoder.decode_float_to_slice(packet, &mut frame, false).unwrap();
        heard.extend_from_slice(&frame[..count]);
    }
    heard
}

/// Plays a file: the samples a player would let be heard.
fn play(bytes: &[u8]) -> Vec<f32> {
    let (packets, samples) = take_apart(bytes);
    decode(&packets).split_off(312)[..samples].to_vec()
}

fn loudness(samples: &[f32]) -> f32 {
    (samples.iter().map(|one| one * one).sum::<f32>() / samples.len() as f32).sqrt()
}

#[test]
fn what_was_said_can_be_heard_again_from_its_first_to_its_last_sample() {
    let story = Story::begin();
    let mut recording = story.record();
    for (from, samples) in [(0, 4_800), (4_800, 1), (4_801, 100_000), (104_801, 777)] {
        recording.hear(&story.notebook, &tone(from, samples)).unwrap();
    }
    assert_eq!(recording.elapsed_ms(), 2_199);
    let file = recording.finish(&story.notebook, false).unwrap().unwrap();
    assert_eq!((file.name.as_str(), file.mime.as_str()), ("Thinking aloud.ogg", "audio/ogg"));
    let voice = file.voice.clone().unwrap();
    assert_eq!((voice.duration_ms, voice.cut_short, voice.peaks.len()), (2_199, false, 22));

    let bytes = read_attachment(&story.notebook, file.id).unwrap();
    let heard = play(&bytes);
    assert_eq!(heard.len(), 105_578);
    assert!((loudness(&heard[4_800..100_000]) - loudness(&tone(0, 100_000))).abs() < 0.03);
    assert_eq!(story.files(), [file]);
    assert_eq!(story.rows_left(), 0);
    story.assert_sound();
}

#[test]
fn nothing_of_thirty_minutes_is_lost_when_the_program_dies_after_them() {
    let story = Story::begin();
    let mut recording = story.record();
    hear(&mut recording, &story.notebook, 12 * MINUTE);
    recording.mark(&story.notebook).unwrap();
    hear(&mut recording, &story.notebook, 18 * MINUTE);
    // Not a word to the recording: the program is gone with the second half hour before it.
    drop(recording);
    let story = story.die_and_open();
    assert_eq!(story.files(), []);

    let recovered = recover(&story.notebook).unwrap();
    assert_eq!(recovered.iter().map(|one| one.entry).collect::<Vec<_>>(), [story.entry]);
    let file = story.files().remove(0);
    let voice = file.voice.clone().unwrap();
    assert_eq!((voice.duration_ms, voice.cut_short), (30 * 60_000, true));
    assert_eq!(voice.marks, [Mark { at_ms: 12 * 60_000, name: String::new() }]);
    assert!(voice.peaks.len() <= 480);
    let bytes = read_attachment(&story.notebook, file.id).unwrap();
    let (packets, samples) = take_apart(&bytes);
    assert!(30 * MINUTE - samples < SECOND / 50, "{samples} samples");
    assert_eq!(packets.len(), 30 * 60 * 50);
    for minute in packets.chunks(60 * 50) {
        assert!(loudness(&decode(&minute[..25])[SECOND / 10..]) > 0.2);
    }
    assert_eq!(recover(&story.notebook).unwrap(), [], "what was brought back once is not brought back again");
    story.assert_sound();
}

#[test]
fn a_program_that_dies_between_two_writes_loses_less_than_a_second() {
    let story = Story::begin();
    let mut recording = story.record();
    hear(&mut recording, &story.notebook, 10 * SECOND + SECOND * 9 / 10);
    drop(recording);
    let story = story.die_and_open();
    recover(&story.notebook).unwrap();
    let voice = story.files().remove(0).voice.unwrap();
    assert_eq!(voice.duration_ms, 10_500);
}

#[test]
fn a_recording_of_any_length_holds_no_more_than_a_second_in_memory() {
    let story = Story::begin();
    let mut recording = story.record();
    let mut most = 0;
    for _ in 0..600 {
        hear(&mut recording, &story.notebook, SECOND / 3);
        most = most.max(recording.held_bytes());
    }
    assert!(most < 16_000, "{most} bytes");
}

#[test]
fn no_sample_lies_readable_on_the_disk() {
    let story = Story::begin();
    let mut recording = story.record();
    // Loud noise that repeats would be found as samples, as packets or as the beginning of a file.
    hear(&mut recording, &story.notebook, 20 * SECOND);
    let canary: Vec<u8> = tone(0, 64).iter().flat_map(|sample| sample.to_le_bytes()).collect();
    let packets = story.notebook.read(|reader| table::pieces(reader.sql(), recording.id, 0, 40)).unwrap();
    let packet = packets[10].packets[2..34].to_vec();
    let found = |story: &Story| {
        [canary.as_slice(), &packet, b"OpusHead", b"OggS", b"Thinking aloud"]
            .map(|wanted| stands_below(story._folder.path(), wanted))
    };
    assert_eq!(found(&story), [false; 5], "while it is recorded");
    let file = recording.finish(&story.notebook, false).unwrap().unwrap();
    let bytes = read_attachment(&story.notebook, file.id).unwrap();
    assert!(bytes.windows(packet.len()).any(|window| window == packet), "the packet is a part of the file");
    assert_eq!(found(&story), [false; 5], "once it is a file");
}

#[test]
fn what_is_discarded_leaves_nothing() {
    let story = Story::begin();
    let mut recording = story.record();
    hear(&mut recording, &story.notebook, 5 * SECOND);
    recording.mark(&story.notebook).unwrap();
    recording.discard(&story.notebook).unwrap();
    assert_eq!(story.rows_left(), 0);
    let story = story.die_and_open();
    assert_eq!(recover(&story.notebook).unwrap(), []);
    assert_eq!(story.files(), []);
    assert!(!story.path.join("blobs").exists());
}

#[test]
fn what_a_crash_left_of_a_finished_or_discarded_recording_goes_at_the_next_opening() {
    let story = Story::begin();
    let mut recording = story.record();
    hear(&mut recording, &story.notebook, 5 * SECOND);
    story.notebook.write(|tx| table::end(tx.sql(), recording.id)).unwrap();
    drop(recording);
    let story = story.die_and_open();
    assert_eq!(story.rows_left(), 10);
    assert_eq!(recover(&story.notebook).unwrap(), []);
    assert_eq!((story.files(), story.rows_left()), (vec![], 0));
}

#[test]
fn a_recording_that_heard_nothing_becomes_no_file() {
    let story = Story::begin();
    assert_eq!(story.record().finish(&story.notebook, false).unwrap(), None);
    assert_eq!((story.files(), story.rows_left()), (vec![], 0));
}

#[test]
fn an_entry_that_is_deleted_for_good_takes_its_sound_along() {
    let story = Story::begin();
    let mut first = story.record();
    hear(&mut first, &story.notebook, 3 * SECOND);
    let file = first.finish(&story.notebook, false).unwrap().unwrap();
    story.change_mark(file.id, 1_000, Some("here")).unwrap();
    let mut second = story.record();
    hear(&mut second, &story.notebook, 3 * SECOND);
    story.notebook.write(|tx| trash_entry(tx, story.entry)).unwrap();
    delete_entry(&story.notebook, story.entry).unwrap();
    assert!(matches!(second.hear(&story.notebook, &tone(0, SECOND)), Err(VoiceError::Gone)));
    assert!(matches!(second.mark(&story.notebook), Err(VoiceError::Gone)));
    assert!(matches!(second.finish(&story.notebook, false), Err(VoiceError::Gone)));
    assert_eq!(story.rows_left(), 0);
    assert!(read_attachment(&story.notebook, file.id).is_err());
    let mut chunks = 0;
    visit(&story.path.join("blobs"), &mut |_| chunks += 1);
    assert_eq!(chunks, 0);
    story.assert_sound();
}

#[test]
fn a_recording_of_a_program_that_still_runs_is_left_to_it() {
    let story = Story::begin();
    let mut recording = story.record();
    hear(&mut recording, &story.notebook, 2 * SECOND);
    let another = Notebook::open(&story.path, &story.host.host, Unlock::Keyring).unwrap();
    assert_eq!(recover(&another).unwrap(), []);
    assert_eq!(recover(&story.notebook).unwrap(), []);
    hear(&mut recording, &story.notebook, 2 * SECOND);
    let file = recording.finish(&story.notebook, false).unwrap().unwrap();
    assert_eq!(file.voice.unwrap().duration_ms, 4_000);
}

#[test]
fn marks_are_kept_named_and_taken_away() {
    let story = Story::begin();
    let mut recording = story.record();
    hear(&mut recording, &story.notebook, 2 * SECOND);
    assert_eq!(recording.mark(&story.notebook).unwrap(), 2_000);
    assert_eq!(recording.mark(&story.notebook).unwrap(), 2_000);
    hear(&mut recording, &story.notebook, 2 * SECOND);
    let file = recording.finish(&story.notebook, false).unwrap().unwrap();
    let names =
        |voice: &Voice| voice.marks.iter().map(|mark| (mark.at_ms, mark.name.clone())).collect::<Vec<_>>();
    assert_eq!(names(&file.voice.unwrap()), [(2_000, String::new())]);
    let voice = story.change_mark(file.id, 2_000, Some("  the\nidea ")).unwrap();
    assert_eq!(names(&voice), [(2_000, "the idea".to_owned())]);
    let voice = story.change_mark(file.id, 500, Some("")).unwrap();
    assert_eq!(names(&voice), [(500, String::new()), (2_000, "the idea".to_owned())]);
    let voice = story.change_mark(file.id, 2_000, None).unwrap();
    assert_eq!(names(&voice), [(500, String::new())]);
    assert!(matches!(story.change_mark(file.id, 4_001, Some("")), Err(VoiceError::Beyond)));
    assert!(matches!(story.change_mark(file.id, 1, Some(&"a".repeat(121))), Err(VoiceError::LongName)));
    let other = journal::attach_bytes(&story.notebook, story.entry, "a.txt", b"text").unwrap();
    assert!(matches!(story.change_mark(other.attachment.id, 1, Some("")), Err(VoiceError::NotAVoiceNote)));
    story.assert_sound();
}

#[test]
fn samples_that_are_no_numbers_do_not_spoil_what_comes_after_them() {
    let story = Story::begin();
    let mut recording = story.record();
    recording.hear(&story.notebook, &[f32::NAN, f32::INFINITY, -9.0, 9.0]).unwrap();
    hear(&mut recording, &story.notebook, 2 * SECOND);
    let file = recording.finish(&story.notebook, false).unwrap().unwrap();
    let heard = play(&read_attachment(&story.notebook, file.id).unwrap());
    assert!(heard.iter().all(|sample| sample.is_finite()) && loudness(&heard[SECOND..]) > 0.2);
}

fn visit(folder: &Path, with: &mut dyn FnMut(&Path)) {
    let Ok(found) = std::fs::read_dir(folder) else { return };
    for found in found {
        let path = found.unwrap().path();
        if path.is_dir() { visit(&path, with) } else { with(&path) }
    }
}

fn stands_below(folder: &Path, wanted: &[u8]) -> bool {
    let mut found = false;
    visit(folder, &mut |path| {
        found |= std::fs::read(path).unwrap().windows(wanted.len()).any(|window| window == wanted);
    });
    found
}
