//! The settings of this computer: read, changed, and kept in `settings.json` of the profile folder.
//!
//! The file is no part of the notebook, because theme and language are needed before it is unlocked. A key that this version
//! does not know stays in it; one value that makes no sense costs that value alone; a file that cannot be read at all is
//! moved aside and never overwritten.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use serde_json::{Map, Value};

use crate::{
    App,
    error::{ApiError, ErrorCode},
    model::{events::Topic, settings::Settings},
    reminding,
};

/// Gives the settings of this computer.
pub fn settings_read(app: &App) -> Result<Settings, ApiError> {
    app.settings.read()
}

/// Changes the settings of this computer.
pub fn settings_change(app: &App, request: Settings) -> Result<Settings, ApiError> {
    check(&request)?;
    app.settings.change(&request)?;
    app.raise(&[Topic::Settings]);
    Ok(request)
}

fn check(settings: &Settings) -> Result<(), ApiError> {
    if !(16..=24).contains(&settings.text_size) {
        return Err(ApiError::about("text_size", "Text can be 16 to 24 pixels large. Nothing was changed."));
    }
    if settings.lock_after_minutes == Some(0) {
        return Err(ApiError::about(
            "lock_after_minutes",
            "The notebook can lock after one minute or more, or never. Nothing was changed.",
        ));
    }
    if settings.weekly_minutes.is_some_and(|minutes| !(5..=1200).contains(&minutes)) {
        let message = "A week can be planned with 5 to 1,200 minutes, or not at all. Nothing was changed.";
        return Err(ApiError::about("weekly_minutes", message));
    }
    reminding::check(settings)
}

/// Keeps the settings in their file.
pub(crate) struct SettingsFile {
    path: PathBuf,
    known: Mutex<Option<Settings>>,
}

impl SettingsFile {
    pub(crate) fn at(path: PathBuf) -> Self {
        Self { path, known: Mutex::new(None) }
    }

    /// Gives what was read or changed last, without the disk; reads once when nothing was.
    pub(crate) fn known(&self) -> Settings {
        if let Some(settings) = self.lock().clone() {
            return settings;
        }
        self.read().unwrap_or_default()
    }

    fn read(&self) -> Result<Settings, ApiError> {
        let settings = settings_in(&self.load()?);
        *self.lock() = Some(settings.clone());
        Ok(settings)
    }

    fn change(&self, settings: &Settings) -> Result<(), ApiError> {
        let mut kept = self.load()?;
        for (key, value) in as_map(settings) {
            kept.insert(key, value);
        }
        let mut text = serde_json::to_vec_pretty(&kept).expect("a map of plain values can be written");
        text.push(b'\n');
        write_whole(&self.path, &text).map_err(|error| refused(&error))?;
        *self.lock() = Some(settings.clone());
        Ok(())
    }

    /// Reads the file as it stands. One that is no JSON object is moved aside, and counts as empty.
    fn load(&self) -> Result<Map<String, Value>, ApiError> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Map::new()),
            Err(error) => return Err(refused(&error)),
        };
        if let Ok(Value::Object(kept)) = serde_json::from_slice(&bytes) {
            return Ok(kept);
        }
        let aside = free_name_beside(&self.path);
        // In a folder that cannot be written it stays where it is, and is not written over either.
        match fs::rename(&self.path, &aside) {
            Ok(()) => tracing::warn!("the settings could not be read and were moved aside"),
            Err(error) => tracing::warn!(%error, "the settings cannot be read"),
        }
        Ok(Map::new())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Settings>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes each setting that makes sense, and the default for each that does not.
fn settings_in(kept: &Map<String, Value>) -> Settings {
    let mut taken = Map::new();
    for key in as_map(&Settings::default()).keys() {
        let Some(value) = kept.get(key) else { continue };
        let alone = Map::from_iter([(key.clone(), value.clone())]);
        let makes_sense = serde_json::from_value::<Settings>(Value::Object(alone))
            .is_ok_and(|settings| check(&settings).is_ok());
        if makes_sense {
            taken.insert(key.clone(), value.clone());
        }
    }
    serde_json::from_value(Value::Object(taken)).unwrap_or_default()
}

fn as_map(settings: &Settings) -> Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

fn free_name_beside(path: &Path) -> PathBuf {
    (1_u32..)
        .map(|number| path.with_extension(format!("damaged-{number}.json")))
        .find(|aside| !aside.exists())
        .expect("a folder does not hold four billion damaged files")
}

/// Writes a file so that a crash leaves the old one or the new one, whole. Its owner alone may read it.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    let mut name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let new = folder.join(name);
    let written =
        create_private(&new).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    let put = written.and_then(|()| fs::rename(&new, path));
    if put.is_err() {
        let _ = fs::remove_file(&new);
    }
    put
}

fn create_private(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn refused(error: &io::Error) -> ApiError {
    let (code, why) = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            (ErrorCode::DiskFull, "the disk is full")
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            (ErrorCode::ReadOnly, "the profile folder cannot be written")
        }
        _ => (ErrorCode::UnreadableFile, "the system reported an error with the file of the settings"),
    };
    ApiError::new(
        code,
        format!("The settings stay as they were: {why}. Your journal is not touched by this."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::settings::Theme;

    fn file() -> (tempfile::TempDir, SettingsFile) {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::at(folder.path().join("settings.json"));
        (folder, file)
    }

    #[test]
    fn settings_come_back_as_they_were_changed() {
        let (_folder, file) = file();
        let settings = Settings { theme: Theme::Dark, lock_after_minutes: None, ..Settings::default() };
        file.change(&settings).unwrap();
        assert_eq!(file.read().unwrap(), settings);
    }

    #[test]
    fn reading_makes_no_file() {
        let (folder, file) = file();
        assert_eq!(file.read().unwrap(), Settings::default());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn keys_of_another_version_are_kept() {
        let (folder, file) = file();
        let path = folder.path().join("settings.json");
        fs::write(&path, r#"{"theme":"dark","from_tomorrow":{"a":[1]}}"#).unwrap();
        file.change(&Settings { text_size: 20, ..file.read().unwrap() }).unwrap();
        let kept: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        assert_eq!(kept["from_tomorrow"]["a"][0], 1);
        assert_eq!(kept["theme"], "dark");
        assert_eq!(kept["text_size"], 20);
    }

    #[test]
    fn one_value_without_sense_costs_that_value_alone() {
        let (folder, file) = file();
        fs::write(folder.path().join("settings.json"), r#"{"theme":"plaid","text_size":3,"language":"en"}"#)
            .unwrap();
        assert_eq!(file.read().unwrap(), Settings { language: "en".to_owned(), ..Settings::default() });
    }

    #[test]
    fn a_damaged_file_is_moved_aside_and_kept() {
        let (folder, file) = file();
        fs::write(folder.path().join("settings.json"), "{\"theme\":").unwrap();
        assert_eq!(file.read().unwrap(), Settings::default());
        file.change(&Settings::default()).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("settings.damaged-1.json")).unwrap(), "{\"theme\":");
    }

    #[test]
    fn a_setting_out_of_range_is_refused_by_its_name() {
        let refused = check(&Settings { text_size: 60, ..Settings::default() }).unwrap_err();
        assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::Invalid, Some("text_size")));
    }
}
