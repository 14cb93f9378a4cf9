//! The year as jrnl keeps it: one text file, a minute at the head of each entry, tags among the words. It knows no photos.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use super::Page;

/// Writes the file into a folder and gives its place.
pub fn pack(year: &[Page], folder: &Path) -> PathBuf {
    let path = folder.join("diary.txt");
    let mut text = String::new();
    for page in year {
        let star = if page.starred { " *" } else { "" };
        let _ = write!(
            text,
            "[{}] {}{star}\n{}\n\n",
            page.local().format("%Y-%m-%d %H:%M"),
            page.title,
            body(page)
        );
    }
    fs::write(&path, text).expect("the folder is ours");
    path
}

/// Gives the words of a page with its tags among them.
pub fn body(page: &Page) -> String {
    let tags: Vec<String> = page.tags.iter().map(|tag| format!("@{tag}")).collect();
    format!("{}\n\n{}", page.words, tags.join(" "))
}
