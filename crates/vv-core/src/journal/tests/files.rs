//! Files of entries.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat};

use super::*;

fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    DynamicImage::new_rgb8(900, 300).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

#[test]
fn a_picture_comes_back_byte_for_byte_with_its_size_and_a_small_copy() {
    let story = Story::begin();
    let id = story.write("a", "");
    let attached = attach_bytes(&story.notebook, id, "photo.png", &png()).unwrap();
    assert!(!attached.not_a_picture);
    let file = story.get(id).attachments.pop().unwrap();
    assert_eq!(file, attached.attachment);
    assert_eq!((file.mime.as_str(), file.width, file.height), ("image/png", Some(900), Some(300)));
    assert_eq!(file.blake3, *blake3::hash(&png()).as_bytes());
    assert_eq!(read_attachment(&story.notebook, file.id).unwrap().as_slice(), png());
    let small = thumbnail(&story.notebook, file.id).unwrap().unwrap();
    assert_eq!(image::load_from_memory(&small.bytes).unwrap().width(), 640);
    let page = story.notebook.read(|reader| list_entries(reader, &EntryFilter::default(), 0, 1)).unwrap();
    assert!(page.rows[0].has_attachments);
    story.assert_sound();
}

#[test]
fn a_small_picture_is_made_again_when_this_machine_has_none() {
    let story = Story::begin();
    let id = story.write("a", "");
    let file = attach_bytes(&story.notebook, id, "photo.png", &png()).unwrap().attachment.id;
    let first = thumbnail(&story.notebook, file).unwrap();
    story
        .notebook
        .write(|tx| {
            tx.sql().execute("DELETE FROM thumbnail", []).map_err(crate::store::error::StoreError::from)
        })
        .unwrap();
    assert_eq!(thumbnail(&story.notebook, file).unwrap(), first);
}

#[test]
fn an_image_that_is_not_one_stays_a_file_with_a_note() {
    let story = Story::begin();
    let id = story.write("a", "");
    for bytes in [&b"this is no picture"[..], &png()[..60]] {
        let attached = attach_bytes(&story.notebook, id, "photo.png", bytes).unwrap();
        assert!(attached.not_a_picture);
        assert_eq!((attached.attachment.width, attached.attachment.height), (None, None));
        assert_eq!(read_attachment(&story.notebook, attached.attachment.id).unwrap().as_slice(), bytes);
        assert_eq!(thumbnail(&story.notebook, attached.attachment.id).unwrap(), None);
    }
}

#[test]
fn an_empty_file_is_a_file() {
    let story = Story::begin();
    let id = story.write("a", "");
    let file = attach_bytes(&story.notebook, id, "", b"").unwrap().attachment;
    assert_eq!((file.name.as_str(), file.size), ("file", 0));
    assert_eq!(read_attachment(&story.notebook, file.id).unwrap().len(), 0);
    story.assert_sound();
}

#[test]
fn files_lie_sealed_on_the_disk() {
    let story = Story::begin();
    let id = story.write("a", "");
    let canary = b"a sentence that must not be readable anywhere ".repeat(60_000);
    let file = attach_bytes(&story.notebook, id, "canary-name.txt", &canary).unwrap().attachment;
    assert_eq!(file.size, canary.len() as u64);
    for word in [&b"must not be readable"[..], b"canary-name"] {
        assert!(!stands_on_disk(&story.path, word));
    }
    assert_eq!(read_attachment(&story.notebook, file.id).unwrap().as_slice(), canary);
    story.assert_sound();
}

#[test]
fn a_file_of_the_disk_is_copied_in_and_out_and_stays_where_it_was() {
    let story = Story::begin();
    let id = story.write("a", "");
    let outside = tempfile::tempdir().unwrap();
    let from = outside.path().join("Minutes of May.md");
    std::fs::write(&from, "# Minutes").unwrap();
    let file = attach_path(&story.notebook, id, &from).unwrap().attachment;
    assert_eq!((file.name.as_str(), file.mime.as_str()), ("Minutes of May.md", "text/markdown"));
    assert!(from.exists());
    let to = outside.path().join("copy.md");
    save_attachment_to(&story.notebook, file.id, &to).unwrap();
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "# Minutes");
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 2, "nothing half written stays");
    let nowhere = save_attachment_to(&story.notebook, file.id, &outside.path().join("missing/copy.md"));
    assert!(matches!(nowhere, Err(JournalError::Unwritable(std::io::ErrorKind::NotFound))));
}

#[test]
fn folders_and_missing_files_are_refused() {
    let story = Story::begin();
    let id = story.write("a", "");
    let outside = tempfile::tempdir().unwrap();
    assert!(matches!(attach_path(&story.notebook, id, outside.path()), Err(JournalError::NotAFile)));
    let missing = attach_path(&story.notebook, id, &outside.path().join("missing"));
    assert!(matches!(missing, Err(JournalError::Unreadable(std::io::ErrorKind::NotFound))));
}

#[test]
fn a_removed_file_leaves_its_entry_and_the_folder() {
    let story = Story::begin();
    let id = story.write("a", "text");
    let file = attach_bytes(&story.notebook, id, "a.txt", b"bytes").unwrap().attachment.id;
    remove_attachment(&story.notebook, file).unwrap();
    assert_eq!(story.get(id).attachments, []);
    assert!(matches!(remove_attachment(&story.notebook, file), Err(JournalError::NoAttachment)));
    assert!(matches!(thumbnail(&story.notebook, file), Err(JournalError::NoAttachment)));
    story.assert_sound();
}

#[test]
fn nothing_is_attached_to_an_entry_that_is_not_there() {
    let story = Story::begin();
    let nobody = story.notebook.host().ids.make_id().into();
    assert!(matches!(attach_bytes(&story.notebook, nobody, "a", b"b"), Err(JournalError::NoEntry)));
    let sealed = std::fs::read_dir(story.path.join("blobs")).map_or(0, Iterator::count);
    assert_eq!(sealed, 0);
}
