//! Where things lie on this computer: the profile folder with the notebook and the settings, and the state folder.
//!
//! Looking for a place makes nothing: folders come into being when something is put into them.

use std::path::{Path, PathBuf};

/// Names the folder of this program inside the folders of the platform.
const FOLDER: &str = "vice-versa";

/// Says that this computer names no folder for a program's own files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this computer names no folder for the notebook. Name one with --home or in VV_HOME")]
pub struct NoProfile;

/// Names the folders of one profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Holds the notebook and the settings.
    pub folder: PathBuf,
    /// Holds what must not travel along when the profile is copied.
    pub state_folder: PathBuf,
}

impl Profile {
    /// Finds the profile: the folder that was named, else `VV_HOME`, else the platform's data folder.
    pub fn find(named: Option<&Path>) -> Result<Self, NoProfile> {
        let from_environment =
            || std::env::var_os("VV_HOME").filter(|home| !home.is_empty()).map(PathBuf::from);
        let folder = named
            .map(Path::to_path_buf)
            .or_else(from_environment)
            .or_else(|| dirs::data_dir().map(|data| data.join(FOLDER)))
            .ok_or(NoProfile)?;
        // Folders are compared and shown later, when the working folder may be another one.
        let folder = std::path::absolute(&folder).unwrap_or(folder);
        let state = dirs::state_dir().or_else(dirs::data_local_dir).ok_or(NoProfile)?;
        Ok(Self { folder, state_folder: state.join(FOLDER).join("state") })
    }

    /// Gives the folder of the notebook.
    pub fn notebook(&self) -> PathBuf {
        self.folder.join("notebook")
    }

    /// Gives the file that says when the last reminder came; nothing private stands in it.
    pub fn reminded(&self) -> PathBuf {
        self.folder.join("reminded.json")
    }

    /// Gives the file of the settings.
    pub fn settings(&self) -> PathBuf {
        self.folder.join("settings.json")
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Profile;

    #[test]
    fn a_named_folder_wins_and_is_made_absolute() {
        let profile = Profile::find(Some(Path::new("some/folder"))).unwrap();
        assert!(profile.folder.is_absolute());
        assert!(profile.notebook().ends_with("some/folder/notebook"));
        assert!(!profile.state_folder.starts_with(&profile.folder));
    }
}
