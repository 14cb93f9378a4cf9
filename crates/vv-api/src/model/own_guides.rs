//! Requests and views of a person's own guides: kept, copied, brought in, written into a file, put away.
//!
//! They are named through `guides`, which holds all that concerns guides.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Keeps a guide of the person's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaveGuide {
    /// Which one; none makes a new one.
    pub id: Option<String>,
    /// Its file.
    pub text: String,
}

/// Makes a copy of a guide that can be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CopyGuide {
    /// What it is called by.
    pub id: String,
    /// The language of the interface.
    pub language: String,
    /// What the copy is called.
    pub title: String,
}

/// Writes a guide into a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportGuide {
    /// What it is called by.
    pub id: String,
    /// The language of the interface.
    pub language: String,
    /// The file to write.
    pub path: String,
}

/// Tells what became of a guide file that was brought in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportedGuide {
    /// What the guide is called by.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether it is new here.
    pub added: bool,
    /// Whether it comes with the app.
    pub built_in: bool,
}

/// Puts a guide of the person's own away, or takes it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TrashGuide {
    /// What it is called by.
    pub id: String,
    /// Away, or back.
    pub trashed: bool,
}
