//! How each feature's error becomes the one error of the surface.
//!
//! Every match is exhaustive, so that a new variant anywhere must be placed here. The sentences of the core say what
//! happened, what is safe and what to do; here they only get their code, and their first letter.

use vv_core::{
    goals::GoalError,
    guides::{GuideError, Refusal},
    helped::HelpedError,
    intentions::IntentionError,
    journal::JournalError,
    loops::LoopError,
    notebook::{NotebookError, StoreError},
    past::PastError,
    people::PersonError,
    portability::PortabilityError,
    ports::{MicrophoneError, VaultError},
    search::SearchError,
    templates::TemplateError,
    voice::VoiceError,
    words::Unfit,
};

use crate::error::{ApiError, ErrorCode};

/// Makes an error of a code and the core's own sentence.
pub(crate) fn say(code: ErrorCode, error: &impl std::fmt::Display) -> ApiError {
    let sentence = error.to_string();
    let mut letters = sentence.chars();
    let begun: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let stop = if begun.ends_with(['.', '!', '?']) { "" } else { "." };
    ApiError::new(code, format!("{begun}{stop}"))
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::DiskFull | StoreError::FileLimit => ErrorCode::DiskFull,
            StoreError::ReadOnly => ErrorCode::ReadOnly,
            StoreError::Damaged | StoreError::BadRecord(_) => ErrorCode::Damaged,
            StoreError::Busy => ErrorCode::InUse,
            StoreError::TooLarge | StoreError::BlobTooLarge => ErrorCode::TooLarge,
            StoreError::NotFound | StoreError::Erased => ErrorCode::NotFound,
            StoreError::UpdateNeeded => ErrorCode::NewerVersion,
            StoreError::BlobMissing | StoreError::BlobDamaged => ErrorCode::UnreadableFile,
            StoreError::BadUpdate(_) | StoreError::Io(_) | StoreError::Sql(_) => ErrorCode::Internal,
        };
        if code == ErrorCode::Internal {
            tracing::error!(%error, "the store failed");
        }
        say(code, &error)
    }
}

impl From<NotebookError> for ApiError {
    fn from(error: NotebookError) -> Self {
        let code = match error {
            NotebookError::Store(error) => return error.into(),
            NotebookError::Absent
            | NotebookError::DatabaseMissing
            | NotebookError::KeyFileMissing
            | NotebookError::OnlyRemains => ErrorCode::NoNotebook,
            NotebookError::AlreadyThere => ErrorCode::NotebookExists,
            NotebookError::KeyFileDamaged | NotebookError::NothingToSalvage => ErrorCode::Damaged,
            NotebookError::NewerVersion => ErrorCode::NewerVersion,
            NotebookError::WrongKey | NotebookError::NoSuchSlot => ErrorCode::WrongKey,
            NotebookError::KeyringNoEntry => ErrorCode::KeyringNoEntry,
            NotebookError::Vault(VaultError::Locked) => ErrorCode::KeyringLocked,
            NotebookError::Vault(VaultError::Unreachable) => ErrorCode::KeyringUnreachable,
            NotebookError::Passphrase(_) => {
                return ApiError { field: Some("passphrase".to_owned()), ..say(ErrorCode::Invalid, &error) };
            }
            NotebookError::KitForgotten => ErrorCode::NotFound,
            NotebookError::KitUnchecked => ErrorCode::Conflict,
            NotebookError::InUse => ErrorCode::InUse,
            NotebookError::NotABackup | NotebookError::BackupDamaged => ErrorCode::UnreadableFile,
            NotebookError::OtherNotebook => ErrorCode::Conflict,
        };
        say(code, &error)
    }
}

impl From<JournalError> for ApiError {
    fn from(error: JournalError) -> Self {
        let code = match error {
            JournalError::Store(error) => return error.into(),
            JournalError::Invalid { field, .. } => {
                return ApiError { field: Some(field.to_owned()), ..say(ErrorCode::Invalid, &error) };
            }
            JournalError::NoEntry | JournalError::NoAttachment | JournalError::NoVersion(_) => {
                ErrorCode::NotFound
            }
            JournalError::NoSession | JournalError::NotInTrash => ErrorCode::Conflict,
            JournalError::TooLarge { .. } => ErrorCode::TooLarge,
            JournalError::Unreadable(_) | JournalError::NotAFile => ErrorCode::UnreadableFile,
            JournalError::Unwritable(kind) => of_writing(kind),
        };
        say(code, &error)
    }
}

impl From<VoiceError> for ApiError {
    fn from(error: VoiceError) -> Self {
        let code = match error {
            VoiceError::Journal(error) => return error.into(),
            VoiceError::Store(error) => return error.into(),
            VoiceError::Gone => ErrorCode::NotFound,
            VoiceError::NotAVoiceNote | VoiceError::Beyond => ErrorCode::Invalid,
            VoiceError::LongName => {
                return Self { field: Some("name".to_owned()), ..say(ErrorCode::Invalid, &error) };
            }
            VoiceError::Encoding => ErrorCode::Internal,
        };
        say(code, &error)
    }
}

impl From<MicrophoneError> for ApiError {
    fn from(error: MicrophoneError) -> Self {
        let code = match error {
            MicrophoneError::Absent | MicrophoneError::Busy => ErrorCode::NoMicrophone,
            MicrophoneError::Refused => ErrorCode::MicrophoneRefused,
            MicrophoneError::Gone => ErrorCode::MicrophoneGone,
        };
        say(code, &error)
    }
}

impl From<GuideError> for ApiError {
    fn from(error: GuideError) -> Self {
        let code = match error {
            GuideError::Journal(error) => return error.into(),
            GuideError::Store(error) => return error.into(),
            GuideError::Loop(error) => return error.into(),
            GuideError::Intention(error) => return error.into(),
            GuideError::Goal(error) => return error.into(),
            GuideError::NoGuide | GuideError::NoRun => ErrorCode::NotFound,
            GuideError::Format(_) => {
                return ApiError { field: Some("text".to_owned()), ..say(ErrorCode::Invalid, &error) };
            }
            GuideError::BuiltIn | GuideError::NotAlone => ErrorCode::Invalid,
            GuideError::NotPutAway => ErrorCode::Conflict,
            GuideError::Refused(Refusal::NotOpen | Refusal::Sealed | Refusal::Held | Refusal::NoStep) => {
                ErrorCode::Conflict
            }
            GuideError::Refused(Refusal::TooLong) => ErrorCode::TooLarge,
            GuideError::Refused(
                Refusal::NotAsked | Refusal::WrongKind | Refusal::NotYours | Refusal::Empty,
            ) => ErrorCode::Invalid,
        };
        say(code, &error)
    }
}

impl From<Unfit> for ApiError {
    fn from(error: Unfit) -> Self {
        Self { field: Some(error.field.to_owned()), ..say(ErrorCode::Invalid, &error) }
    }
}

impl From<LoopError> for ApiError {
    fn from(error: LoopError) -> Self {
        let code = match error {
            LoopError::Store(error) => return error.into(),
            LoopError::Unfit(error) => return error.into(),
            LoopError::NoLoop | LoopError::NoFilling | LoopError::NoEntry => ErrorCode::NotFound,
            LoopError::NeedsReflection => {
                return ApiError { field: Some("now".to_owned()), ..say(ErrorCode::Invalid, &error) };
            }
            LoopError::Closed | LoopError::NotInTrash => ErrorCode::Conflict,
        };
        say(code, &error)
    }
}

impl From<GoalError> for ApiError {
    fn from(error: GoalError) -> Self {
        let code = match error {
            GoalError::Store(error) => return error.into(),
            GoalError::Unfit(error) => return error.into(),
            GoalError::NoGoal | GoalError::NoPoint | GoalError::NoEntry => ErrorCode::NotFound,
            GoalError::NotInTrash => ErrorCode::Conflict,
        };
        say(code, &error)
    }
}

impl From<IntentionError> for ApiError {
    fn from(error: IntentionError) -> Self {
        let code = match error {
            IntentionError::Store(error) => return error.into(),
            IntentionError::Unfit(error) => return error.into(),
            IntentionError::Loop(error) => return error.into(),
            IntentionError::NoIntention => ErrorCode::NotFound,
            IntentionError::Answered | IntentionError::NotInTrash => ErrorCode::Conflict,
        };
        say(code, &error)
    }
}

impl From<PastError> for ApiError {
    fn from(error: PastError) -> Self {
        match error {
            PastError::Journal(error) => error.into(),
            PastError::Loop(error) => error.into(),
            PastError::Goal(error) => error.into(),
            PastError::Intention(error) => error.into(),
            PastError::Store(error) => error.into(),
            PastError::NotKept => say(ErrorCode::Conflict, &error),
        }
    }
}

impl From<TemplateError> for ApiError {
    fn from(error: TemplateError) -> Self {
        match error {
            TemplateError::Store(error) => error.into(),
            TemplateError::Tags(error) => error.into(),
            TemplateError::NoTemplate => say(ErrorCode::NotFound, &error),
            TemplateError::Unfit(ref unfit) => {
                ApiError { field: Some(unfit.field.to_owned()), ..say(ErrorCode::Invalid, &error) }
            }
        }
    }
}

impl From<PersonError> for ApiError {
    fn from(error: PersonError) -> Self {
        let code = match error {
            PersonError::Store(error) => return error.into(),
            PersonError::Unfit(error) => return error.into(),
            PersonError::NoPerson => ErrorCode::NotFound,
            PersonError::SamePerson | PersonError::SeveralOfName => ErrorCode::Conflict,
        };
        say(code, &error)
    }
}

impl From<HelpedError> for ApiError {
    fn from(error: HelpedError) -> Self {
        let code = match error {
            HelpedError::Store(error) => return error.into(),
            HelpedError::Unfit(error) => return error.into(),
            HelpedError::NoNote | HelpedError::NoPerson | HelpedError::NoEntry => ErrorCode::NotFound,
        };
        say(code, &error)
    }
}

impl From<SearchError> for ApiError {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Loop(error) => error.into(),
            SearchError::Goal(error) => error.into(),
            SearchError::Intention(error) => error.into(),
            SearchError::Guide(error) => error.into(),
            SearchError::Person(error) => error.into(),
            SearchError::Helped(error) => error.into(),
            SearchError::Store(error) => error.into(),
        }
    }
}

impl From<PortabilityError> for ApiError {
    fn from(error: PortabilityError) -> Self {
        let code = match error {
            PortabilityError::Journal(error) => return error.into(),
            PortabilityError::Store(error) => return error.into(),
            PortabilityError::Unreadable(_)
            | PortabilityError::UnknownFormat
            | PortabilityError::OtherFormat(_)
            | PortabilityError::DamagedArchive
            | PortabilityError::TooMuch => ErrorCode::UnreadableFile,
            PortabilityError::NeedsPassphrase | PortabilityError::WrongPassphrase => {
                // Not `Locked`: that would say it of the notebook.
                let code = if matches!(error, PortabilityError::NeedsPassphrase) {
                    ErrorCode::Invalid
                } else {
                    ErrorCode::WrongKey
                };
                return ApiError { field: Some("passphrase".to_owned()), ..say(code, &error) };
            }
            PortabilityError::PlaceTaken | PortabilityError::InsideNotebook => {
                return ApiError { field: Some("path".to_owned()), ..say(ErrorCode::Invalid, &error) };
            }
            PortabilityError::FileTaken => ErrorCode::FileExists,
            PortabilityError::NoLoop | PortabilityError::NoSpace => ErrorCode::NotFound,
            PortabilityError::Unwritable(kind) => of_writing(kind),
            PortabilityError::Stopped => ErrorCode::Cancelled,
        };
        say(code, &error)
    }
}

/// Gives the code for a file outside the notebook that could not be written.
pub(crate) fn of_writing(kind: std::io::ErrorKind) -> ErrorCode {
    use std::io::ErrorKind;
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => ErrorCode::DiskFull,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => ErrorCode::ReadOnly,
        _ => ErrorCode::UnreadableFile,
    }
}
