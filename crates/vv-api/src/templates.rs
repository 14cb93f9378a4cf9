//! Template commands. Each function is one command; it decides nothing.

use vv_core::{
    Notebook,
    ids::TemplateId,
    language::Language,
    templates::{self as core, Now, TemplateError, TemplateWords},
};

use crate::{
    App,
    error::ApiError,
    model::templates::{FillTemplate, FilledTemplate, SaveTemplate, TemplateList, TemplateView},
};

/// Lists the person's templates, and suggestions for them in a language.
pub fn templates_list(app: &App, request: String) -> Result<TemplateList, ApiError> {
    let own = app.with(|notebook| notebook.read(core::list_templates))?;
    let language = Language::of(&request).unwrap_or_default();
    Ok(TemplateList {
        own: own.into_iter().map(|one| view(Some(one.id), one.words)).collect(),
        suggestions: core::list_suggestions(language).into_iter().map(|words| view(None, words)).collect(),
    })
}

/// Keeps a template.
pub fn templates_save(app: &App, request: SaveTemplate) -> Result<TemplateView, ApiError> {
    let SaveTemplate { id, name, title, text, tags } = request;
    let words = TemplateWords { name, title, text, tags };
    app.with(|notebook| {
        let id = notebook.write(|tx| core::save_template(tx, id, words))?;
        notebook.read(|reader| core::get_template(reader, id))
    })
    .map(|kept| view(Some(kept.id), kept.words))
}

/// Deletes a template for good; entries that began from it stay.
pub fn templates_delete(app: &App, request: String) -> Result<(), ApiError> {
    let id: TemplateId = request.parse().map_err(|_| ApiError::from(TemplateError::NoTemplate))?;
    app.with(|notebook| notebook.write(|tx| core::delete_template(tx, id)))
}

/// Fills a template: the beginning of an entry, which is not made yet.
pub fn templates_fill(app: &App, request: FillTemplate) -> Result<FilledTemplate, ApiError> {
    let FillTemplate { id, answers, date, weekday, time } = request;
    let filled = app.with(|notebook: &Notebook| {
        let template = notebook.read(|reader| core::get_template(reader, id))?;
        let now = Now { date, weekday, time, name: notebook.name()? };
        Ok::<_, TemplateError>(core::fill(&template.words, &now, &answers))
    })?;
    Ok(FilledTemplate { title: filled.title, text: filled.text, cursor: filled.cursor, tags: filled.tags })
}

fn view(id: Option<TemplateId>, words: TemplateWords) -> TemplateView {
    let questions = core::questions(&words);
    TemplateView { id, name: words.name, title: words.title, text: words.text, tags: words.tags, questions }
}
