//! Pages: what is set flows from one to the next, with its number at the foot and the month at the head.
//!
//! The same flow runs twice: once to count, which gives every entry its page number, and once to draw.

use krilla::Document;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::luma;
use krilla::destination::{Destination, XyzDestination};
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;

use super::blocks::Words;
use super::letters::{Letters, Line, Look, Run, Side};

/// A5, in points.
const WIDTH: f32 = 419.53;
const HEIGHT: f32 = 595.28;
const TOP: f32 = 58.0;
const BOTTOM: f32 = 62.0;
/// The margin where pages are bound is wider.
const INNER: f32 = 60.0;
const OUTER: f32 = 50.0;
/// The width of the column.
pub(super) const COLUMN: f32 = WIDTH - INNER - OUTER;
/// The height of the column.
pub(super) const DEPTH: f32 = HEIGHT - TOP - BOTTOM;

const FOOT: Look = Look {
    size: 8.5,
    leading: 1.2,
    sans: true,
    bold: false,
    italic: false,
    code: false,
    ink: 96,
    side: Side::Start,
};

enum Mark {
    Run(Run, f32, f32),
    Picture(Image, Rect),
    Bar(Rect, u8),
    /// Leads to the top of a page, by its index.
    Link(Rect, usize),
}

/// Lets what is set flow from page to page.
pub(super) struct Pages {
    drawing: Option<Document>,
    marks: Vec<Mark>,
    y: f32,
    /// The index of the page that is being filled.
    page: usize,
    head: String,
    plain: bool,
}

impl Pages {
    /// Begins to count pages.
    pub(super) fn counting() -> Self {
        Self { drawing: None, marks: Vec::new(), y: 0.0, page: 0, head: String::new(), plain: true }
    }

    /// Begins to draw pages.
    pub(super) fn drawing() -> Self {
        Self { drawing: Some(Document::new()), ..Self::counting() }
    }

    /// Tells whether pages are drawn and not only counted.
    pub(super) fn draws(&self) -> bool {
        self.drawing.is_some()
    }

    /// Tells the index of the page that is being filled.
    pub(super) fn page(&self) -> usize {
        self.page
    }

    /// Tells how much of the page is left.
    pub(super) fn left(&self) -> f32 {
        DEPTH - self.y
    }

    /// Tells whether nothing stands on the page yet.
    pub(super) fn is_fresh(&self) -> bool {
        self.y <= 0.0
    }

    /// Leaves room, except at the top of a page.
    pub(super) fn skip(&mut self, room: f32) {
        if !self.is_fresh() {
            self.y += room;
        }
    }

    /// Goes down to a place of the page.
    pub(super) fn drop_to(&mut self, y: f32) {
        self.y = self.y.max(y);
    }

    /// Says what stands at the head of the pages from here on, and whether they have a head and a number at all.
    pub(super) fn set_head(&mut self, head: &str, plain: bool) {
        head.clone_into(&mut self.head);
        self.plain = plain;
    }

    /// Sets words and puts them on the page and those after it.
    pub(super) fn set(&mut self, letters: &mut Letters, words: &Words, look: &Look, x: f32, width: f32) {
        let lines = letters.lines(words, look, width);
        self.put(letters, lines, x);
    }

    /// Puts set lines on the page and those after it, `x` from the left of the column. Neither the first nor the last line of
    /// several is left alone on a page.
    pub(super) fn put(&mut self, letters: &mut Letters, lines: Vec<Line>, x: f32) {
        let mut lines: std::collections::VecDeque<Line> = lines.into();
        while !lines.is_empty() {
            let mut fit = 0;
            let mut height = 0.0;
            for line in &lines {
                if self.y + height + line.height > DEPTH {
                    break;
                }
                height += line.height;
                fit += 1;
            }
            let rest = lines.len() - fit;
            if rest == 1 && fit > 2 {
                fit -= 1;
            } else if fit == 1 && rest > 0 && !self.is_fresh() {
                fit = 0;
            }
            if fit == 0 && self.is_fresh() {
                // A line that is higher than a page stands on one alone.
                fit = 1;
            }
            for line in lines.drain(..fit) {
                self.put_line(line, x);
            }
            if !lines.is_empty() {
                self.turn(letters);
            }
        }
    }

    /// Puts one line on the page without looking whether there is room.
    pub(super) fn put_line(&mut self, line: Line, x: f32) {
        if self.draws() {
            let top = self.y;
            self.marks.extend(line.runs.into_iter().map(|run| Mark::Run(run, x, top)));
        }
        self.y += line.height;
    }

    /// Puts lines beside what was put last, without moving on: the number of an item, a cell.
    pub(super) fn put_beside(&mut self, lines: Vec<Line>, x: f32) {
        let y = self.y;
        for line in lines {
            self.put_line(line, x);
        }
        self.y = y;
    }

    /// Puts a picture on the page, or on the next where there is no room.
    pub(super) fn put_picture(&mut self, image: Option<Image>, x: f32, width: f32, height: f32) {
        if let (Some(image), Some(place)) = (image, Rect::from_xywh(x, self.y, width, height))
            && self.draws()
        {
            self.marks.push(Mark::Picture(image, place));
        }
        self.y += height;
    }

    /// Draws a line across the column.
    pub(super) fn put_bar(&mut self, x: f32, width: f32, thick: f32, ink: u8) {
        if let Some(place) = Rect::from_xywh(x, self.y, width, thick)
            && self.draws()
        {
            self.marks.push(Mark::Bar(place, ink));
        }
        self.y += thick;
    }

    /// Fills a square of the page, from here rightwards and down, without moving on.
    pub(super) fn put_square(&mut self, x: f32, down: f32, edge: f32) {
        if let Some(place) = Rect::from_xywh(x, self.y + down, edge, edge)
            && self.draws()
        {
            self.marks.push(Mark::Bar(place, 0));
        }
    }

    /// Makes the place from `top` to here, as wide as the column, a link to a page.
    pub(super) fn put_link(&mut self, top: f32, to: usize) {
        if let Some(place) = Rect::from_xywh(0.0, top, COLUMN, (self.y - top).max(1.0))
            && self.draws()
        {
            self.marks.push(Mark::Link(place, to));
        }
    }

    /// Tells how far down the page it has come.
    pub(super) fn y(&self) -> f32 {
        self.y
    }

    /// Turns the page when there is less room than this.
    pub(super) fn need(&mut self, letters: &mut Letters, room: f32) {
        if self.left() < room && !self.is_fresh() {
            self.turn(letters);
        }
    }

    /// Ends the page and begins the next.
    pub(super) fn turn(&mut self, letters: &mut Letters) {
        let marks = std::mem::take(&mut self.marks);
        let right_hand = self.page.is_multiple_of(2);
        let left = if right_hand { INNER } else { OUTER };
        if let Some(document) = &mut self.drawing
            && let Some(settings) = PageSettings::from_wh(WIDTH, HEIGHT)
        {
            let (head, foot) = if self.plain {
                (Vec::new(), Vec::new())
            } else {
                // Numbers and months stand outside, where a thumb finds them.
                let side = if right_hand { Side::End } else { Side::Start };
                let look = Look { side, ..FOOT };
                let number = (self.page + 1).to_string();
                (
                    letters.lines(&Words::plain(self.head.as_str()), &look, COLUMN),
                    letters.lines(&Words::plain(number), &look, COLUMN),
                )
            };
            let mut page = document.start_page_with(settings);
            let mut links = Vec::new();
            {
                let mut surface = page.surface();
                surface.push_transform(&Transform::from_translate(left, TOP));
                for line in head {
                    draw_runs(&mut surface, line.runs, 0.0, -26.0);
                }
                for line in foot {
                    draw_runs(&mut surface, line.runs, 0.0, DEPTH + 18.0);
                }
                for mark in marks {
                    match mark {
                        Mark::Run(run, x, y) => draw_runs(&mut surface, vec![run], x, y),
                        Mark::Picture(image, place) => draw_picture(&mut surface, image, place),
                        Mark::Bar(place, ink) => draw_bar(&mut surface, place, ink),
                        Mark::Link(place, to) => links.push((place, to)),
                    }
                }
                surface.pop();
                surface.finish();
            }
            for (place, to) in links {
                let place =
                    Rect::from_xywh(place.left() + left, place.top() + TOP, place.width(), place.height());
                let target = Target::Destination(Destination::Xyz(top_of(to)));
                if let Some(place) = place {
                    page.add_annotation(Annotation::new_link(LinkAnnotation::new(place, target), None));
                }
            }
            page.finish();
        }
        self.page += 1;
        self.y = 0.0;
    }

    /// Ends the last page and gives what was drawn.
    pub(super) fn finish(mut self, letters: &mut Letters) -> Option<Document> {
        if !self.is_fresh() {
            self.turn(letters);
        }
        self.drawing
    }
}

/// Gives the top of a page as a place to go to.
pub(super) fn top_of(page: usize) -> XyzDestination {
    XyzDestination::new(page, Point::from_xy(0.0, 0.0))
}

fn ink_of(ink: u8) -> Option<Fill> {
    Some(Fill { paint: luma::Color::new(ink).into(), opacity: NormalizedF32::ONE, rule: Default::default() })
}

fn draw_runs(surface: &mut Surface<'_>, runs: Vec<Run>, x: f32, y: f32) {
    for run in runs {
        surface.set_fill(ink_of(run.ink));
        let start = Point::from_xy(x + run.x, y + run.baseline);
        surface.draw_glyphs(start, &run.glyphs, run.font, &run.text, run.size, false);
        if run.struck
            && let Some(place) = Rect::from_xywh(start.x, start.y - run.size * 0.28, run.width.max(0.1), 0.6)
        {
            draw_bar(surface, place, run.ink);
        }
    }
}

fn draw_bar(surface: &mut Surface<'_>, place: Rect, ink: u8) {
    let mut path = PathBuilder::new();
    path.push_rect(place);
    if let Some(path) = path.finish() {
        surface.set_fill(ink_of(ink));
        surface.set_stroke(None);
        surface.draw_path(&path);
    }
}

fn draw_picture(surface: &mut Surface<'_>, image: Image, place: Rect) {
    if let Some(size) = Size::from_wh(place.width(), place.height()) {
        surface.push_transform(&Transform::from_translate(place.left(), place.top()));
        surface.draw_image(image, size);
        surface.pop();
    }
}
