//! The recovery kit as a page to print: the words, the same as a QR code, what to do with them, and where the journal is.
//!
//! Whoever has the page can read everything, and it says so. Nothing of it is kept: it is given as bytes, and the caller decides
//! where they go.

use krilla::metadata::Metadata;
use qrcode::{Color, EcLevel, QrCode};
use zeroize::Zeroizing;

use super::blocks::Words;
use super::kit_wording::KitWording;
use super::letters::{Letters, Look, Side};
use super::pages::{COLUMN, Pages};
use super::{BODY, SMALL, TITLE};
use crate::kit::{KitHints, KitSeed};
use crate::portability::error::PortabilityError;

/// Words stand in so many columns, read downwards.
const COLUMNS: usize = 3;
/// The edge of the QR code with its white margin.
const SQUARE: f32 = 128.0;
/// The white margin that readers ask for, in squares of the code.
const MARGIN: f32 = 4.0;
const NUMBER: f32 = 20.0;

/// Makes the page. `language` is a tag such as `de`; another than those that are spoken gives English.
pub fn print_kit(
    seed: &KitSeed,
    owner: &str,
    hints: &KitHints,
    language: &str,
) -> Result<Zeroizing<Vec<u8>>, PortabilityError> {
    let cannot = || PortabilityError::Unwritable(std::io::ErrorKind::Other);
    let said = KitWording::of(language);
    let words = Zeroizing::new(seed.to_words());
    let text = Zeroizing::new(words.join(" "));
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).map_err(|_| cannot())?;

    let mut letters = Letters::new();
    let mut pages = Pages::drawing();
    pages.set_head("", true);
    let start = Look { side: Side::Start, ..BODY };
    pages.set(&mut letters, &Words::plain(said.title), &Look { size: 22.0, ..TITLE }, 0.0, COLUMN);
    pages.set(&mut letters, &Words::plain(said.whose(owner, &hints.made_on)), &SMALL, 0.0, COLUMN);
    pages.skip(10.0);
    let bold = Look { bold: true, size: 9.5, ..start };
    pages.set(&mut letters, &Words::plain(said.warning), &bold, 0.0, COLUMN);
    pages.skip(12.0);
    put_words(&mut letters, &mut pages, &words);
    pages.skip(14.0);
    put_code(&mut pages, &code);
    let beside = SQUARE + 14.0;
    let steps = Words::plain(said.steps.join("\n"));
    let lines = letters.lines(&steps, &Look { size: 9.0, leading: 1.45, ..start }, COLUMN - beside);
    let tall: f32 = lines.iter().map(|line| line.height).sum();
    let top = pages.y();
    pages.put_beside(lines, beside);
    pages.drop_to(top + tall.max(SQUARE));
    pages.skip(10.0);
    let places: Vec<&str> = hints.servers.iter().chain(&hints.folders).map(String::as_str).collect();
    if !places.is_empty() {
        let line = format!("{} {}", said.places, places.join(", "));
        pages.set(&mut letters, &Words::plain(line), &SMALL, 0.0, COLUMN);
    }

    let mut document = pages.finish(&mut letters).ok_or_else(cannot)?;
    document.set_metadata(
        Metadata::new()
            .title(said.title.to_owned())
            .language(said.code.to_owned())
            .creator("Vice Versa".to_owned()),
    );
    document.finish().map(Zeroizing::new).map_err(|_| cannot())
}

/// Sets the words in columns, each with its number.
fn put_words(letters: &mut Letters, pages: &mut Pages, words: &[String]) {
    let rows = words.len().div_ceil(COLUMNS);
    let width = COLUMN / COLUMNS as f32;
    let number = Look { side: Side::End, size: 8.5, ..SMALL };
    let word = Look { size: 12.0, leading: 1.55, bold: true, side: Side::Start, ..BODY };
    for row in 0..rows {
        let top = pages.y();
        let mut tall: f32 = 0.0;
        for column in 0..COLUMNS {
            let at = column * rows + row;
            let Some(text) = words.get(at) else { continue };
            let x = column as f32 * width;
            let lines = letters.lines(&Words::plain(text.as_str()), &word, width - NUMBER - 8.0);
            tall = tall.max(lines.iter().map(|line| line.height).sum());
            pages.put_beside(letters.lines(&Words::plain((at + 1).to_string()), &number, NUMBER), x);
            pages.put_beside(lines, x + NUMBER + 8.0);
        }
        pages.drop_to(top + tall);
    }
}

/// Draws the code at the left of the column, without moving on.
fn put_code(pages: &mut Pages, code: &QrCode) {
    let wide = code.width();
    let edge = SQUARE / (wide as f32 + 2.0 * MARGIN);
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = ((at % wide) as f32 + MARGIN, (at / wide) as f32 + MARGIN);
            // A hair wider than a square, so that no line of paper shows between two.
            pages.put_square(x * edge, y * edge, edge + 0.02);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn hints() -> KitHints {
        KitHints {
            made_on: "2026-11-22".to_owned(),
            servers: vec!["https://sync.example.org".to_owned()],
            folders: Vec::new(),
        }
    }

    #[test]
    fn a_kit_becomes_one_page_in_each_language() {
        let seed = KitSeed::make();
        for language in ["en", "de"] {
            let page = print_kit(&seed, "Mara Lindqvist", &hints(), language).unwrap();
            assert!(page.starts_with(b"%PDF-"));
            assert_eq!(pages_of(&page), 1, "{language}");
        }
    }

    /// Counts the pages of a book: what says so stands in streams that are packed.
    fn pages_of(pdf: &[u8]) -> usize {
        let mut text = pdf.to_vec();
        for at in 0..pdf.len() {
            if let Some(packed) = pdf[at..].strip_prefix(b"stream\n") {
                // What is no packed stream gives nothing.
                let _unpacked = flate2::read::ZlibDecoder::new(packed).read_to_end(&mut text);
            }
        }
        let text = String::from_utf8_lossy(&text).replace("/Type /", "/Type/");
        text.matches("/Type/Page").count() - text.matches("/Type/Pages").count()
    }

    #[test]
    fn a_very_long_name_does_not_push_the_words_off_the_page() {
        let page = print_kit(&KitSeed::make(), &"Wolfeschlegelstein ".repeat(12), &hints(), "de").unwrap();
        assert!(page.starts_with(b"%PDF-"));
    }
}
