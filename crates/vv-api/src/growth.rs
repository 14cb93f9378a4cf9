//! Growth commands: what pictures are drawn of, and saving a picture. Drawing is the page's business.

use std::{fs, io::Write as _, path::Path};

use data_encoding::BASE64;
use vv_core::growth as core;

use crate::{
    App,
    error::{ApiError, ErrorCode},
    model::growth::{BraidWeek, PictureKind, ReadGrowth, SavePicture, TopicView, TopicsView, YearWord},
    refusals::of_writing,
};

/// The largest picture that is written.
const LARGEST: usize = 64 << 20;

/// Counts the tags of a stretch of days, month by month.
pub fn growth_topics(app: &App, request: ReadGrowth) -> Result<TopicsView, ApiError> {
    let read = app.with(|notebook| {
        notebook.read(|reader| core::read_topics(reader, request.from, request.to, request.most.into()))
    })?;
    let topics = read.topics.into_iter();
    Ok(TopicsView {
        months: read.months,
        topics: topics
            .map(|topic| TopicView { tag: topic.tag, entries: topic.entries, by_month: topic.by_month })
            .collect(),
    })
}

/// Counts the words that stand in most entries of a stretch of days.
pub fn growth_words(app: &App, request: ReadGrowth) -> Result<Vec<YearWord>, ApiError> {
    let words = app.with(|notebook| {
        notebook.read(|reader| core::read_words(reader, request.from, request.to, request.most.into()))
    })?;
    Ok(words.into_iter().map(|word| YearWord { word: word.word, entries: word.entries }).collect())
}

/// Counts the minutes learned and taught in each week of a year.
pub fn growth_braid(app: &App) -> Result<Vec<BraidWeek>, ApiError> {
    let weeks = app.with(|notebook| notebook.read(core::read_braid))?;
    let week = |week: core::BraidWeek| BraidWeek { from: week.from, learn: week.learn, teach: week.teach };
    Ok(weeks.into_iter().map(week).collect())
}

impl From<core::BraidError> for ApiError {
    fn from(error: core::BraidError) -> Self {
        match error {
            core::BraidError::Pairing(error) => error.into(),
            core::BraidError::Loop(error) => error.into(),
            core::BraidError::Store(error) => error.into(),
        }
    }
}

/// Writes a picture that the page has drawn to a file. It appears whole or not at all, and only what is such a picture is
/// written: this is no way to write any file.
pub fn growth_save_picture(app: &App, request: SavePicture) -> Result<(), ApiError> {
    let no_picture =
        || ApiError::about("content", "This is not a picture of that kind. Nothing was written.");
    if request.content.len() > LARGEST {
        return Err(no_picture());
    }
    let bytes = match request.kind {
        PictureKind::Svg if request.content.starts_with("<svg ") => request.content.into_bytes(),
        PictureKind::Png => BASE64.decode(request.content.as_bytes()).map_err(|_| no_picture())?,
        PictureKind::Svg => return Err(no_picture()),
    };
    let (begins, ending): (&[u8], _) = match request.kind {
        PictureKind::Svg => (b"<svg ", "svg"),
        PictureKind::Png => (b"\x89PNG\r\n\x1a\n", "png"),
    };
    let path = Path::new(&request.path);
    let ends_so = path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending));
    if !bytes.starts_with(begins) || !ends_so {
        return Err(no_picture());
    }
    let part = path.with_extension(format!("{ending}.{}.part", app.host.ids.make_id().simple()));
    let written = fs::File::create_new(&part)
        .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&part, path));
    written.map_err(|error| {
        // What was begun is of no use to anybody; the first error is the one to tell.
        let _ = fs::remove_file(&part);
        let code = match of_writing(error.kind()) {
            ErrorCode::UnreadableFile => ErrorCode::NotFound,
            code => code,
        };
        ApiError::new(code, "The picture could not be written there, and nothing was left behind.")
    })
}
