//! From the core's models to views and back, field by field and nothing else.

use data_encoding::HEXLOWER;
use vv_core::journal as core;

use crate::model::journal::{
    AttachmentView, ChangeEntry, ComparedStretch, CreateEntry, DeletedView, EditorView, EntryFilter,
    EntryOrigin, EntryPage, EntryRow, EntryView, SavedText, SourceView, Splice, StretchChange, VersionRow,
    VersionView,
};
use crate::model::voice::VoiceView;

impl From<core::Entry> for EntryView {
    fn from(entry: core::Entry) -> Self {
        Self {
            id: entry.id,
            title: entry.title,
            text: entry.text,
            tags: entry.tags,
            on: entry.on,
            at: entry.at,
            local_at: entry.local_at.format("%Y-%m-%dT%H:%M:%S").to_string(),
            time_zone: entry.time_zone,
            starred: entry.starred,
            trashed: entry.trashed,
            source: entry.source.map(|source| SourceView {
                app: source.app,
                id: source.id,
                fields: source.fields,
            }),
            attachments: entry.attachments.into_iter().map(AttachmentView::from).collect(),
            origin: entry.origin.into(),
            word_count: entry.word_count,
            version_count: entry.version_count,
            changed_at: entry.changed_at,
        }
    }
}

impl From<core::Attachment> for AttachmentView {
    fn from(file: core::Attachment) -> Self {
        Self {
            id: file.id,
            name: file.name,
            mime: file.mime,
            size: file.size,
            blake3: HEXLOWER.encode(&file.blake3),
            width: file.width,
            height: file.height,
            voice: file.voice.map(VoiceView::from),
            not_a_picture: false,
        }
    }
}

impl From<core::Attached> for AttachmentView {
    fn from(attached: core::Attached) -> Self {
        Self { not_a_picture: attached.not_a_picture, ..attached.attachment.into() }
    }
}

impl From<core::EntryRow> for EntryRow {
    fn from(row: core::EntryRow) -> Self {
        Self {
            id: row.id,
            title: row.title,
            excerpt: row.excerpt,
            on: row.on,
            time: row.time,
            tags: row.tags,
            starred: row.starred,
            trashed: row.trashed,
            has_attachments: row.has_attachments,
            origin: row.origin.into(),
        }
    }
}

impl From<core::EntryPage> for EntryPage {
    fn from(page: core::EntryPage) -> Self {
        Self { total: page.total, rows: page.rows.into_iter().map(EntryRow::from).collect() }
    }
}

impl From<core::EntryOrigin> for EntryOrigin {
    fn from(origin: core::EntryOrigin) -> Self {
        match origin {
            core::EntryOrigin::Written => Self::Written,
            core::EntryOrigin::Captured => Self::Captured,
            core::EntryOrigin::Imported => Self::Imported,
            core::EntryOrigin::Guided => Self::Guided,
        }
    }
}

impl From<EntryOrigin> for core::EntryOrigin {
    fn from(origin: EntryOrigin) -> Self {
        match origin {
            EntryOrigin::Written => Self::Written,
            EntryOrigin::Captured => Self::Captured,
            EntryOrigin::Imported => Self::Imported,
            EntryOrigin::Guided => Self::Guided,
        }
    }
}

impl From<EntryFilter> for core::EntryFilter {
    fn from(filter: EntryFilter) -> Self {
        Self {
            tags: filter.tags,
            from: filter.from,
            to: filter.to,
            starred: filter.starred,
            trashed: filter.trashed,
        }
    }
}

impl From<CreateEntry> for core::NewEntry {
    fn from(request: CreateEntry) -> Self {
        Self {
            title: request.title,
            text: request.text,
            tags: request.tags,
            on: request.on,
            origin: request.origin.map(core::EntryOrigin::from).unwrap_or_default(),
            ..Self::default()
        }
    }
}

impl From<ChangeEntry> for core::EntryChange {
    fn from(request: ChangeEntry) -> Self {
        Self {
            title: request.title,
            tags: request.tags,
            on: request.on,
            local_at: request.local_at,
            time_zone: request.time_zone,
            starred: request.starred,
        }
    }
}

impl From<core::Editor> for EditorView {
    fn from(editor: core::Editor) -> Self {
        Self { session: editor.session, entry: editor.entry.into(), recovered: editor.recovered }
    }
}

impl From<core::SavedText> for SavedText {
    fn from(saved: core::SavedText) -> Self {
        let splice =
            |splice: core::Splice| Splice { at: splice.at, delete: splice.delete, insert: splice.insert };
        Self {
            entry: saved.entry.into(),
            splices: saved.splices.into_iter().map(splice).collect(),
            title: saved.title,
            saved_at: saved.saved_at,
            word_count: saved.word_count,
            version_count: saved.version_count,
        }
    }
}

impl From<core::VersionRow> for VersionRow {
    fn from(row: core::VersionRow) -> Self {
        Self {
            number: row.number,
            saved_at: row.saved_at,
            device: row.device,
            word_count: row.word_count,
            words_added: row.words_added,
            words_removed: row.words_removed,
        }
    }
}

impl From<core::Version> for VersionView {
    fn from(version: core::Version) -> Self {
        let stretch = |stretch: core::ComparedStretch| ComparedStretch {
            change: stretch.change.into(),
            text: stretch.text,
        };
        Self {
            number: version.number,
            title: version.title,
            text: version.text,
            compared: version.compared.into_iter().map(stretch).collect(),
        }
    }
}

impl From<core::StretchChange> for StretchChange {
    fn from(change: core::StretchChange) -> Self {
        match change {
            core::StretchChange::Same => Self::Same,
            core::StretchChange::Added => Self::Added,
            core::StretchChange::Removed => Self::Removed,
        }
    }
}

impl From<core::Deleted> for DeletedView {
    fn from(deleted: core::Deleted) -> Self {
        Self {
            backups: deleted
                .backups
                .into_iter()
                .map(|backup| backup.path.to_string_lossy().into_owned())
                .collect(),
        }
    }
}
