//! The year as a vault of Obsidian: a daily note for the first page of a day, notes of their own for the others.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::Page;

/// Writes the vault into a folder and gives its place.
pub fn pack(year: &[Page], folder: &Path) -> PathBuf {
    let vault = folder.join("Vault");
    let put = |path: String, bytes: &[u8]| {
        let path = vault.join(path);
        let folder = path.parent().expect("it lies in the vault");
        fs::create_dir_all(folder).and_then(|()| fs::write(&path, bytes)).expect("the folder is ours");
    };
    put(".obsidian/daily-notes.json".into(), br#"{"folder":"Daily","format":"YYYY/YYYY-MM-DD"}"#);
    let dailies = dailies(year);
    for page in year {
        let mut text = format!(
            "---\ntags: [{}]\ncreated: {}\nstarred: {}\nmood: calm\n---\n{}",
            page.tags.join(", "),
            page.local().format("%Y-%m-%dT%H:%M:%S"),
            page.starred,
            page.words
        );
        if let Some(to) = page.leads_to {
            let name = if dailies.contains(&to) {
                year[to].local().date().to_string()
            } else {
                year[to].title.clone()
            };
            text += &format!("\n\nAs on [[{name}|that day]]");
        }
        if let Some(photo) = &page.photo {
            text += &format!("\n\n![[{}.png]]", page.number);
            put(format!("img/{}.png", page.number), photo);
        }
        let on = page.local().date();
        if dailies.contains(&page.number) {
            put(format!("Daily/{}/{on}.md", on.format("%Y")), text.as_bytes());
        } else {
            put(format!("Notes/{}.md", page.title), text.as_bytes());
        }
    }
    vault
}

/// Lists the pages that are the daily note of their day.
pub fn dailies(year: &[Page]) -> BTreeSet<usize> {
    let mut days = BTreeSet::new();
    year.iter().filter(|page| days.insert(page.local().date())).map(|page| page.number).collect()
}
