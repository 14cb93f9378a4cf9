//! What a file is, told from its bytes, and small pictures of pictures.
//!
//! A picture is decoded within limits, so that a small file that claims to be a wall of pixels costs nothing. What cannot be
//! decoded is a file like any other.

use std::io::Cursor;
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

/// The longer edge of a small picture, in pixels.
const THUMBNAIL_EDGE: u32 = 640;
/// The longest edge that is decoded.
const MAX_EDGE: u32 = 30_000;
/// The most memory that decoding may take: a photo of 100 million pixels.
const MAX_DECODE_BYTES: u64 = 400 << 20;
/// The largest file that is decoded.
pub(crate) const MAX_PICTURE_BYTES: u64 = 64 << 20;
const JPEG_QUALITY: u8 = 82;

/// Holds a picture that can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its media type: `image/jpeg`, or `image/png` where something is transparent.
    pub mime: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a look at the bytes of a picture gave.
pub(crate) struct Looked {
    /// Size in pixels as it is to be shown.
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) thumbnail: Picture,
}

/// Opens a picture whole; none when it is not one, is damaged, or is larger than the limits.
pub(crate) fn look_at(bytes: &[u8]) -> Option<Looked> {
    look_within(bytes, THUMBNAIL_EDGE)
}

/// Makes a picture for print, its longer edge at most so many pixels, turned as it is to be shown.
pub(crate) fn for_print(bytes: &[u8], edge: u32) -> Option<Picture> {
    Some(look_within(bytes, edge)?.thumbnail)
}

fn look_within(bytes: &[u8], edge: u32) -> Option<Looked> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let format = reader.format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_EDGE);
    limits.max_image_height = Some(MAX_EDGE);
    limits.max_alloc = Some(MAX_DECODE_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    if decoder.total_bytes() > MAX_DECODE_BYTES {
        return None;
    }
    // A camera turns the picture by a note beside the pixels.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    let (width, height) = (picture.width(), picture.height());
    let small = if width.max(height) > edge { picture.thumbnail(edge, edge) } else { picture };
    let thumbnail = encode(&small, format)?;
    Some(Looked { width, height, thumbnail })
}

fn encode(picture: &DynamicImage, format: ImageFormat) -> Option<Picture> {
    let is_clear = format != ImageFormat::Jpeg
        && picture.color().has_alpha()
        && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] < u8::MAX);
    let mut bytes = Vec::new();
    if is_clear {
        DynamicImage::ImageRgba8(picture.to_rgba8())
            .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
            .ok()?;
        return Some(Picture { mime: "image/png".to_owned(), bytes });
    }
    picture.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY)).ok()?;
    Some(Picture { mime: "image/jpeg".to_owned(), bytes })
}

/// Finds the media type of a file from its first bytes, and from its name where the bytes do not tell.
pub fn find_mime(beginning: &[u8], name: &str) -> &'static str {
    mime_of_bytes(beginning).unwrap_or_else(|| mime_of_name(beginning, name))
}

fn mime_of_bytes(bytes: &[u8]) -> Option<&'static str> {
    let at = |from: usize, sign: &[u8]| bytes.get(from..from + sign.len()) == Some(sign);
    Some(match bytes {
        _ if at(0, b"\x89PNG\r\n\x1a\n") => "image/png",
        _ if at(0, b"\xff\xd8\xff") => "image/jpeg",
        _ if at(0, b"GIF87a") || at(0, b"GIF89a") => "image/gif",
        _ if at(0, b"RIFF") && at(8, b"WEBP") => "image/webp",
        _ if at(0, b"BM") && at(6, &[0; 4]) && bytes.len() >= 26 => "image/bmp",
        _ if at(4, b"ftyp") => mime_of_brand(bytes.get(8..12)?)?,
        _ if at(0, b"II*\0") || at(0, b"MM\0*") => "image/tiff",
        _ if at(0, b"%PDF-") => "application/pdf",
        _ if at(0, b"OggS") => "audio/ogg",
        _ if at(0, b"RIFF") && at(8, b"WAVE") => "audio/wav",
        _ if at(0, b"fLaC") => "audio/flac",
        _ if at(0, b"ID3") || at(0, b"\xff\xfb") || at(0, b"\xff\xf3") => "audio/mpeg",
        _ if at(0, b"\x1a\x45\xdf\xa3") => "video/webm",
        _ if at(0, b"\x1f\x8b") => "application/gzip",
        _ if at(0, b"7z\xbc\xaf\x27\x1c") => "application/x-7z-compressed",
        _ => return None,
    })
}

fn mime_of_brand(brand: &[u8]) -> Option<&'static str> {
    Some(match brand {
        b"avif" | b"avis" => "image/avif",
        b"heic" | b"heix" | b"mif1" | b"msf1" => "image/heic",
        b"M4A " | b"M4B " => "audio/mp4",
        b"qt  " => "video/quicktime",
        b"isom" | b"iso2" | b"mp41" | b"mp42" | b"avc1" | b"M4V " | b"dash" => "video/mp4",
        _ => return None,
    })
}

/// A name never makes a picture of something whose bytes are not one.
fn mime_of_name(beginning: &[u8], name: &str) -> &'static str {
    let ending = Path::new(name)
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_zip = beginning.starts_with(b"PK\x03\x04") || beginning.starts_with(b"PK\x05\x06");
    let is_text = !beginning.contains(&0) && is_utf8_beginning(beginning);
    match (ending.as_str(), is_zip, is_text) {
        ("docx", true, _) => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ("xlsx", true, _) => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ("pptx", true, _) => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ("odt", true, _) => "application/vnd.oasis.opendocument.text",
        ("ods", true, _) => "application/vnd.oasis.opendocument.spreadsheet",
        ("odp", true, _) => "application/vnd.oasis.opendocument.presentation",
        ("epub", true, _) => "application/epub+zip",
        (_, true, _) => "application/zip",
        ("md" | "markdown", _, true) => "text/markdown",
        ("csv", _, true) => "text/csv",
        ("html" | "htm", _, true) => "text/html",
        ("json", _, true) => "application/json",
        ("svg", _, true) => "image/svg+xml",
        (_, _, true) if !beginning.is_empty() => "text/plain",
        _ => "application/octet-stream",
    }
}

/// Says whether bytes are UTF-8, a character cut off at their end apart.
fn is_utf8_beginning(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

/// Says whether a media type, or the ending of a name, claims a picture of a kind this program can open.
pub(crate) fn claims_picture(name: &str, mime: &str) -> bool {
    let ending = Path::new(name)
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default()
        .to_ascii_lowercase();
    matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "gif" | "webp" | "bmp") || can_open(mime)
}

/// Says whether pictures of this media type can be opened.
pub(crate) fn can_open(mime: &str) -> bool {
    matches!(mime, "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/bmp")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        DynamicImage::new_rgb8(width, height)
            .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
            .unwrap();
        bytes
    }

    #[test]
    fn a_picture_gets_its_size_and_a_small_copy() {
        let looked = look_at(&png(1600, 400)).unwrap();
        assert_eq!((looked.width, looked.height), (1600, 400));
        let small = image::load_from_memory(&looked.thumbnail.bytes).unwrap();
        assert_eq!((small.width(), small.height()), (640, 160));
        assert_eq!(looked.thumbnail.mime, "image/jpeg");
    }

    #[test]
    fn a_transparent_picture_stays_transparent() {
        let mut bytes = Vec::new();
        DynamicImage::new_rgba8(8, 8).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        assert_eq!(look_at(&bytes).unwrap().thumbnail.mime, "image/png");
    }

    #[test]
    fn a_picture_that_claims_a_wall_of_pixels_is_not_opened() {
        let mut bytes = png(4, 4);
        // The width and height of the header, and its checksum.
        bytes[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
        let crc = crc32(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&crc.to_be_bytes());
        assert!(look_at(&bytes).is_none());
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(
                crc ^ u32::from(*byte),
                |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
            )
        })
    }

    #[test]
    fn a_cut_off_or_pretended_picture_is_no_picture() {
        let whole = png(64, 64);
        assert!(look_at(&whole[..whole.len() / 2]).is_none());
        assert!(look_at(b"this is not a picture at all").is_none());
        assert_eq!(find_mime(b"not a picture", "cat.png"), "text/plain");
        assert!(claims_picture("cat.PNG", "text/plain"));
    }

    #[test]
    fn the_bytes_tell_the_media_type_and_the_name_helps() {
        assert_eq!(find_mime(&png(1, 1), "notes.txt"), "image/png");
        assert_eq!(find_mime(b"%PDF-1.7", "a"), "application/pdf");
        assert_eq!(find_mime(b"PK\x03\x04....", "a.docx").len(), 71);
        assert_eq!(find_mime("naïve".as_bytes(), "a.md"), "text/markdown");
        assert_eq!(find_mime(&[0, 1, 2, 3], "a.md"), "application/octet-stream");
    }
}
