//! How quickly a Day One zip and a Joplin JEX of 10,000 entries each become entries, what memory that takes, and how soon a stop
//! is answered.
//!
//! Every tenth entry shows a photo of its own. Each import runs in a process of its own, so that the peak of memory is its own;
//! the archives are written before, by this one. The control is a plain copy of the archive to the disk, flushed.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use vv_core::portability::{self, ImportJournal, Progress, Watch};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use crate::corpus::{Chance, Corpus, Sample};
use crate::figures::Table;
use crate::machine;
use crate::place::{self, Place, SEED};

const ENTRIES: usize = 10_000;
/// One entry in so many shows a photo.
const PHOTO_EVERY: usize = 10;
/// The side of a photo in pixels: enough that a small picture has to be made of it.
const SIDE: u32 = 320;

/// Measures both imports, and a stop in the middle of each.
pub fn measure(table: &mut Table) {
    for (name, ending, write) in
        [("Day One zip", "zip", write_day_one as fn(&Path)), ("Joplin JEX", "jex", write_joplin as fn(&Path))]
    {
        let place = Place::new();
        drop(place.make_notebook());
        let archive = place.path(&format!("archive.{ending}"));
        write(&archive);
        let copy = copied_in(&archive, &place.path("copy"));
        let seen = run_apart(place.root(), &archive, "whole");
        let number = |name: &str| seen[name].as_f64().unwrap_or_default();
        let rate = ENTRIES as f64 / number("import");
        table.row(
            format!("import of a {name}, {ENTRIES} entries, {} photos", ENTRIES / PHOTO_EVERY),
            format!(
                "{rate:.0}/s ({:.1} s; a copy of its {:.0} MiB, flushed: {copy:.2} s)",
                number("import"),
                mib(&archive)
            ),
            "≥ 2000/s",
            rate >= 2_000.0,
        );
        table.row(
            format!("import of a {name}: peak memory of the process"),
            format!("{:.0} MiB", number("peak")),
            "≤ 400 MB",
            number("peak") * 1.048_576 <= 400.0,
        );
        let place = Place::new();
        drop(place.make_notebook());
        let stopped = run_apart(place.root(), &archive_in(&place, ending, write), "stop");
        let answer = stopped["answer"].as_f64().unwrap_or(f64::MAX);
        table.row(
            format!("import of a {name}: a stop in the middle is answered"),
            format!("{:.0} ms, {} entries are in, whole", answer * 1000.0, stopped["added"]),
            "≤ 1 s",
            answer <= 1.0,
        );
        table.row(
            format!("import of a {name}, the same once more"),
            format!(
                "{} added, {} changed ({:.1} s)",
                seen["again_added"],
                seen["again_updated"],
                number("again")
            ),
            "0 and 0",
            seen["again_added"] == 0 && seen["again_updated"] == 0,
        );
    }
}

fn archive_in(place: &Place, ending: &str, write: fn(&Path)) -> PathBuf {
    let archive = place.path(&format!("archive.{ending}"));
    write(&archive);
    archive
}

/// Does an import in this process; its arguments are the place, the archive, and whether it is to be stopped.
pub fn bring_here(arguments: &[String]) -> Value {
    let [root, archive, how] = arguments else { panic!("an import has a place, an archive and a way") };
    let notebook = place::open_notebook(Path::new(root));
    let request = ImportJournal::of(PathBuf::from(archive));
    let stop = AtomicBool::new(false);
    if how == "stop" {
        let mut asked: Option<Instant> = None;
        let mut progress = |progress: Progress| {
            if progress.done > 0 && asked.is_none() {
                asked = Some(Instant::now());
                stop.store(true, Ordering::Relaxed);
            }
        };
        let report =
            portability::import(&notebook, &request, &mut Watch { progress: &mut progress, stop: &stop })
                .expect("the archive can be imported");
        let answer = asked.map_or(Duration::MAX, |asked| asked.elapsed());
        assert!(report.stopped, "it was stopped");
        return json!({ "answer": answer.as_secs_f64(), "added": report.added });
    }
    let import = || {
        let begun = Instant::now();
        let report =
            portability::import(&notebook, &request, &mut Watch { progress: &mut |_| {}, stop: &stop })
                .expect("the archive can be imported");
        (report, begun.elapsed().as_secs_f64())
    };
    machine::settle_disk();
    let (report, took) = import();
    let peak = machine::own_peak_mib();
    assert_eq!(report.added as usize, ENTRIES, "every entry arrives");
    assert_eq!(report.attachments.added as usize, ENTRIES / PHOTO_EVERY, "every photo arrives");
    let (again, took_again) = import();
    json!({
        "import": took,
        "peak": peak,
        "again": took_again,
        "again_added": again.added,
        "again_updated": again.updated,
    })
}

fn run_apart(root: &Path, archive: &Path, how: &str) -> Value {
    let this = std::env::current_exe().expect("a program knows where it lies");
    let done = Command::new(this)
        .args([crate::APART, "bring"])
        .args([root, archive])
        .arg(how)
        .output()
        .expect("this program starts again");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "the import came to an end: {}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_str(said.trim()).expect("the other process says what it saw")
}

fn copied_in(from: &Path, to: &Path) -> f64 {
    let begun = Instant::now();
    fs::copy(from, to).expect("there is room for a copy");
    File::open(to).and_then(|file| file.sync_all()).expect("the disk keeps a copy");
    begun.elapsed().as_secs_f64()
}

fn mib(file: &Path) -> f64 {
    fs::metadata(file).map_or(0.0, |found| found.len() as f64 / 1_048_576.0)
}

/// Makes a photo that no other is like: a noisy picture, as photos are.
fn photo(number: usize) -> Vec<u8> {
    let mut chance = Chance::new(number as u64 + 1);
    let mut pixels = Vec::with_capacity((SIDE * SIDE * 3) as usize);
    for at in 0..SIDE * SIDE {
        let shade = (at / SIDE / 2) as u8;
        pixels.extend([shade.wrapping_add((chance.next() & 15) as u8), shade, 200]);
    }
    let mut bytes = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 80);
    image::ImageEncoder::write_image(encoder, &pixels, SIDE, SIDE, image::ExtendedColorType::Rgb8)
        .expect("a picture can be made");
    bytes
}

fn samples() -> impl Iterator<Item = (usize, Sample)> {
    let mut corpus = Corpus::new(SEED);
    (0..ENTRIES).map(move |number| (number, corpus.sample(number)))
}

/// Writes a zip as Day One exports it.
fn write_day_one(to: &Path) {
    let mut zip = zip::ZipWriter::new(File::create(to).expect("there is room for a zip"));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut entries = Vec::with_capacity(ENTRIES);
    for (number, sample) in samples() {
        let mut entry = json!({
            "uuid": format!("{number:032X}"),
            "creationDate": sample.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            "modifiedDate": sample.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            "timeZone": "Europe/Lisbon",
            "tags": sample.tags,
            "starred": number % 50 == 0,
            "location": { "latitude": 38.7, "longitude": -9.1, "localityName": "Lisboa", "country": "Portugal" },
            "weather": { "conditionsDescription": "Clear", "temperatureCelsius": 18.5 },
            "creationDevice": "Phone",
        });
        let mut text = format!("# {}\n\n{}", sample.title, sample.text);
        if number % PHOTO_EVERY == 0 {
            let bytes = photo(number);
            let hash = <md5::Md5 as md5::Digest>::digest(&bytes);
            let name = hash.iter().fold(String::new(), |mut name, byte| {
                write!(name, "{byte:02x}").expect("a text takes letters");
                name
            });
            zip.start_file(format!("photos/{name}.jpeg"), stored).expect("a zip takes files");
            zip.write_all(&bytes).expect("there is room");
            write!(text, "\n\n![](dayone-moment://{number:032X})").expect("a text takes letters");
            entry["photos"] =
                json!([{ "identifier": format!("{number:032X}"), "md5": name, "type": "jpeg" }]);
        }
        if number > 0 && number % 7 == 0 {
            write!(text, "\n\nSee [before](dayone://view?entryId={:032X}).", number - 1)
                .expect("a text takes letters");
        }
        entry["text"] = text.into();
        entries.push(entry);
    }
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    zip.start_file("Journal.json", deflated).expect("a zip takes files");
    let journal = json!({ "metadata": { "version": "1.0" }, "entries": entries });
    serde_json::to_writer(&mut zip, &journal).expect("there is room");
    zip.finish().expect("there is room");
}

/// Writes a JEX as Joplin exports it.
fn write_joplin(to: &Path) {
    let mut tar = tar::Builder::new(File::create(to).expect("there is room for an archive"));
    let mut add = |path: String, bytes: &[u8]| {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, path, bytes).expect("there is room");
    };
    let folder = format!("{:032x}", 0xF000_0000_u64);
    add(format!("{folder}.md"), format!("Journal\n\nid: {folder}\nparent_id: \ntype_: 2").as_bytes());
    for (number, sample) in samples() {
        let id = format!("{number:032x}");
        let at = sample.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
        let mut text = sample.text;
        if number % PHOTO_EVERY == 0 {
            let resource = format!("{:032x}", 0xA000_0000_u64 + number as u64);
            let bytes = photo(number);
            add(format!("resources/{resource}.jpg"), &bytes);
            let item = format!(
                "photo.jpg\n\nid: {resource}\nmime: image/jpeg\nfile_extension: jpg\nsize: {}\ntype_: 4",
                bytes.len()
            );
            add(format!("{resource}.md"), item.as_bytes());
            write!(text, "\n\n![photo.jpg](:/{resource})").expect("a text takes letters");
        }
        if number > 0 && number % 7 == 0 {
            write!(text, "\n\nSee [before](:/{:032x}).", number - 1).expect("a text takes letters");
        }
        let item = format!(
            "{}\n\n{text}\n\nid: {id}\nparent_id: {folder}\ncreated_time: {at}\nupdated_time: {at}\nis_conflict: 0\nlatitude: \
             0.00000000\nlongitude: 0.00000000\naltitude: 0.0000\nauthor: \nsource_url: \nis_todo: 0\ntodo_due: 0\nsource: \
             joplin-desktop\nuser_created_time: {at}\nuser_updated_time: {at}\nencryption_applied: 0\nmarkup_language: 1\ntype_: 1",
            sample.title
        );
        add(format!("{id}.md"), item.as_bytes());
    }
    tar.into_inner().expect("there is room");
}
