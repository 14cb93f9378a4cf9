//! Sets words in lines: shaping, fallback to other fonts, breaking, justification.
//!
//! The fonts of the app come along with it. A letter they do not have is taken from the fonts of this computer, as far as there
//! is one, and embedded too, so that the book looks the same everywhere.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, GenericFamily, SourceCache};
use parley::layout::{Alignment, AlignmentOptions, GlyphRun, Layout, PositionedLayoutItem};
use parley::style::{
    FontFamily, FontFamilyName, FontStyle, FontWeight, LineHeight, OverflowWrap, StyleProperty,
};
use parley::{FontContext, LayoutContext};

use super::blocks::{Style, Words};

const SERIF: &str = "Book Serif";
const SERIF_MORE: &str = "Book Serif More";
const SANS: &str = "Book Sans";
const SANS_MORE: &str = "Book Sans More";

macro_rules! font {
    ($name:literal) => {
        include_bytes!(concat!("../../../fonts/", $name, ".ttf"))
    };
}

/// The fonts that come along: family, weight, whether it is italic.
const FONTS: &[(&str, f32, bool, &[u8])] = &[
    (SERIF, 400.0, false, font!("source-serif-4-latin-400-normal")),
    (SERIF, 400.0, true, font!("source-serif-4-latin-400-italic")),
    (SERIF, 600.0, false, font!("source-serif-4-latin-600-normal")),
    (SERIF_MORE, 400.0, false, font!("source-serif-4-latin-ext-400-normal")),
    (SERIF_MORE, 400.0, true, font!("source-serif-4-latin-ext-400-italic")),
    (SERIF_MORE, 600.0, false, font!("source-serif-4-latin-ext-600-normal")),
    (SANS, 400.0, false, font!("hanken-grotesk-latin-400-normal")),
    (SANS, 600.0, false, font!("hanken-grotesk-latin-600-normal")),
    (SANS_MORE, 400.0, false, font!("hanken-grotesk-latin-ext-400-normal")),
    (SANS_MORE, 600.0, false, font!("hanken-grotesk-latin-ext-600-normal")),
];

/// Says how words are set where nothing in them says otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) size: f32,
    /// Height of a line, in parts of the size.
    pub(super) leading: f32,
    pub(super) sans: bool,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) code: bool,
    /// From 0, black, to 255, white.
    pub(super) ink: u8,
    pub(super) side: Side,
}

/// Says to which side lines are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Start,
    Middle,
    End,
    /// Both sides even.
    Both,
}

/// Is one set line.
pub(super) struct Line {
    pub(super) height: f32,
    pub(super) runs: Vec<Run>,
}

/// Is a stretch of a line in one font.
#[derive(Clone)]
pub(super) struct Run {
    pub(super) font: Font,
    pub(super) size: f32,
    pub(super) ink: u8,
    pub(super) text: Arc<str>,
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// Where it begins, from the left of the column and the top of the line.
    pub(super) x: f32,
    pub(super) baseline: f32,
    pub(super) width: f32,
    pub(super) struck: bool,
}

/// Sets words.
pub(super) struct Letters {
    fonts: FontContext,
    layouts: LayoutContext<u8>,
    known: HashMap<(u64, u32), Option<Font>>,
}

impl Letters {
    pub(super) fn new() -> Self {
        let options = CollectionOptions { shared: false, system_fonts: true };
        let mut fonts =
            FontContext { collection: Collection::new(options), source_cache: SourceCache::default() };
        for (family, weight, italic, bytes) in FONTS {
            let style = if *italic { FontStyle::Italic } else { FontStyle::Normal };
            let named = FontInfoOverride {
                family_name: Some(family),
                weight: Some(FontWeight::new(*weight)),
                style: Some(style),
                ..FontInfoOverride::default()
            };
            fonts.collection.register_fonts(Blob::new(Arc::new(*bytes)), Some(named));
        }
        Self { fonts, layouts: LayoutContext::new(), known: HashMap::new() }
    }

    /// Sets words in lines of a width.
    pub(super) fn lines(&mut self, words: &Words, look: &Look, width: f32) -> Vec<Line> {
        let layout = self.layout(words, look, width);
        let text: Arc<str> = words.text.as_str().into();
        let mut lines = Vec::new();
        let mut top = 0.0;
        for line in layout.lines() {
            let metrics = *line.metrics();
            let mut runs = Vec::new();
            // A run of one font comes in stretches of one style, one after another.
            let (mut of_run, mut done) = (usize::MAX, 0);
            for item in line.items() {
                let PositionedLayoutItem::GlyphRun(set) = item else { continue };
                if set.run().index() != of_run {
                    (of_run, done) = (set.run().index(), 0);
                }
                let letters = letters_of(set.run());
                let count = set.glyphs().count();
                let letters = letters.get(done..done + count).unwrap_or_default();
                done += count;
                runs.extend(self.run(&set, letters, &text, metrics.baseline - top));
            }
            lines.push(Line { height: metrics.line_height, runs });
            top += metrics.line_height;
        }
        lines
    }

    /// Tells how wide words are on one line.
    pub(super) fn width(&mut self, text: &str, look: &Look) -> f32 {
        self.layout(&Words::plain(text), look, 10_000.0).width()
    }

    fn layout(&mut self, words: &Words, look: &Look, width: f32) -> Layout<u8> {
        let mut set = self.layouts.ranged_builder(&mut self.fonts, &words.text, 1.0, false);
        set.push_default(StyleProperty::Brush(look.ink));
        set.push_default(StyleProperty::FontFamily(if look.code { code() } else { family(look.sans) }));
        set.push_default(StyleProperty::FontSize(look.size));
        set.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(look.leading)));
        set.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        if look.bold {
            set.push_default(StyleProperty::FontWeight(FontWeight::new(600.0)));
        }
        if look.italic {
            set.push_default(StyleProperty::FontStyle(FontStyle::Italic));
        }
        for (range, style) in &words.styles {
            let range = range.clone();
            match style {
                Style::Bold => set.push(StyleProperty::FontWeight(FontWeight::new(600.0)), range),
                Style::Italic => set.push(StyleProperty::FontStyle(FontStyle::Italic), range),
                Style::Struck => set.push(StyleProperty::Strikethrough(true), range),
                Style::Code => {
                    set.push(StyleProperty::FontFamily(code()), range.clone());
                    set.push(StyleProperty::FontSize(look.size * 0.88), range);
                }
            }
        }
        let mut layout = set.build(&words.text);
        layout.break_all_lines(Some(width));
        let side = match look.side {
            Side::Start => Alignment::Start,
            Side::Middle => Alignment::Center,
            Side::End => Alignment::End,
            Side::Both => Alignment::Justify,
        };
        layout.align(side, AlignmentOptions::default());
        layout
    }

    fn run(
        &mut self,
        set: &GlyphRun<'_, u8>,
        letters: &[Range<usize>],
        text: &Arc<str>,
        baseline: f32,
    ) -> Option<Run> {
        let font = self.font(set.run().font())?;
        let size = set.run().font_size();
        let glyphs = set.glyphs().zip(letters).map(|(glyph, letters)| {
            let (advance, x, y) = (glyph.advance / size, glyph.x / size, glyph.y / size);
            KrillaGlyph::new(GlyphId::new(glyph.id), advance, x, y, 0.0, letters.clone(), None)
        });
        let glyphs = glyphs.collect();
        Some(Run {
            font,
            size,
            ink: set.style().brush,
            text: text.clone(),
            glyphs,
            x: set.offset(),
            baseline,
            width: set.advance(),
            struck: set.style().strikethrough.is_some(),
        })
    }

    fn font(&mut self, found: &parley::FontData) -> Option<Font> {
        let (bytes, id) = found.data.clone().into_raw_parts();
        self.known.entry((id, found.index)).or_insert_with(|| Font::new(bytes.into(), found.index)).clone()
    }
}

/// Gives for each glyph of a run the letters it stands for.
fn letters_of(run: &parley::layout::Run<'_, u8>) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for cluster in run.visual_clusters() {
        let letters = cluster.text_range();
        if cluster.is_ligature_continuation() {
            if let Some(last) = ranges.last_mut() {
                *last = last.start.min(letters.start)..last.end.max(letters.end);
            }
            continue;
        }
        ranges.extend(cluster.glyphs().map(|_| letters.clone()));
    }
    ranges
}

fn family(sans: bool) -> FontFamily<'static> {
    let named = |name: &'static str| FontFamilyName::Named(Cow::Borrowed(name));
    let (own, more, like) = match sans {
        true => (SANS, SANS_MORE, GenericFamily::SansSerif),
        false => (SERIF, SERIF_MORE, GenericFamily::Serif),
    };
    let list = vec![
        named(own),
        named(more),
        FontFamilyName::Generic(like),
        FontFamilyName::Generic(GenericFamily::Emoji),
    ];
    FontFamily::List(Cow::Owned(list))
}

fn code() -> FontFamily<'static> {
    let list = vec![
        FontFamilyName::Generic(GenericFamily::Monospace),
        FontFamilyName::Named(Cow::Borrowed(SANS)),
        FontFamilyName::Named(Cow::Borrowed(SANS_MORE)),
    ];
    FontFamily::List(Cow::Owned(list))
}
