//! The year as Day One exports it: a zip with one JSON and the photos beside it.

use std::{
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;
use md5::{Digest as _, Md5};
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use super::Page;

/// The name of the journal; each entry bears it as a tag.
pub const JOURNAL: &str = "Notes";
/// Where the starred ones were written.
pub const PLACE: &str = "Café Lune, Berlin, Germany";

/// Packs the year into a folder and gives the zip.
pub fn pack(year: &[Page], folder: &Path) -> PathBuf {
    let path = folder.join("Export.zip");
    let mut zip = zip::ZipWriter::new(File::create(&path).expect("the folder is ours"));
    let mut put = |name: &str, bytes: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default())
            .and_then(|()| Ok(zip.write_all(bytes)?))
            .expect("it fits");
    };
    let entries: Vec<Value> = year.iter().map(entry).collect();
    put(
        &format!("{JOURNAL}.json"),
        json!({ "metadata": { "version": "1.0" }, "entries": entries }).to_string().as_bytes(),
    );
    for photo in year.iter().filter_map(|page| page.photo.as_ref()) {
        put(&format!("photos/{}.png", hash(photo)), photo);
    }
    zip.finish().expect("the zip ends");
    path
}

fn entry(page: &Page) -> Value {
    let mut text = format!("# {}\n\n{}", page.title, page.words);
    if let Some(to) = page.leads_to {
        text += &format!("\n\nAs on [that day](dayone://view?entryId={})", id(to));
    }
    let mut entry = json!({
        "uuid": id(page.number), "timeZone": page.zone, "tags": page.tags, "starred": page.starred,
        "creationDate": page.at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
    });
    if let Some(photo) = &page.photo {
        let photo_id = format!("{:032X}", 0xF000_0000_u32 as usize + page.number);
        text += &format!("\n\n![](dayone-moment://{photo_id})");
        entry["photos"] = json!([{ "identifier": photo_id, "md5": hash(photo), "type": "png" }]);
    }
    if page.starred {
        entry["location"] = json!({ "placeName": "Café Lune", "localityName": "Berlin", "country": "Germany", "latitude": 52.5 });
        entry["weather"] = json!({ "conditionsDescription": "Rain" });
    }
    entry["text"] = json!(text);
    entry
}

fn id(number: usize) -> String {
    format!("{:032X}", 0xA000_0000_u32 as usize + number)
}

fn hash(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Md5::digest(bytes))
}
