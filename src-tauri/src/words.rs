//! Every word the shell says: menus, tray, notices, titles of windows. In each language it speaks.
//!
//! The page says everything else, from `ui/src/text`. What the program says to a terminal stays English, as `vv` does. Start at
//! [`of`], which finds the language that is spoken now.

use tauri::{AppHandle, Manager as _};
use vv_api::Language;

use crate::{notices::Notice, shell::Shell};

/// Holds the words of one language.
#[derive(Debug)]
pub struct Words {
    pub file: &'static str,
    pub new_entry: &'static str,
    pub capture: &'static str,
    pub close_entry: &'static str,
    pub import: &'static str,
    pub export: &'static str,
    pub backup: &'static str,
    pub print: &'static str,
    pub settings: &'static str,
    pub lock: &'static str,
    pub quit: &'static str,
    pub edit: &'static str,
    pub undo: &'static str,
    pub redo: &'static str,
    pub cut: &'static str,
    pub copy: &'static str,
    pub paste: &'static str,
    pub select_all: &'static str,
    pub find_in_entry: &'static str,
    pub view: &'static str,
    pub today: &'static str,
    pub journal: &'static str,
    pub loops: &'static str,
    pub calendar: &'static str,
    pub trash: &'static str,
    pub search: &'static str,
    pub focus_mode: &'static str,
    pub zoom_in: &'static str,
    pub zoom_out: &'static str,
    pub zoom_reset: &'static str,
    pub colours: &'static str,
    pub theme_system: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    pub help: &'static str,
    pub shortcuts: &'static str,
    pub about: &'static str,
    pub open: &'static str,
    kept_while_locked: &'static str,
    stays_in_tray: &'static str,
    time_to_write: &'static str,
    comes_back_today: &'static str,
}

const ENGLISH: Words = Words {
    file: "File",
    new_entry: "New entry",
    capture: "Quick capture",
    close_entry: "Close entry",
    import: "Import…",
    export: "Export…",
    backup: "Back up…",
    print: "Print…",
    settings: "Settings",
    lock: "Lock",
    quit: "Quit",
    edit: "Edit",
    undo: "Undo",
    redo: "Redo",
    cut: "Cut",
    copy: "Copy",
    paste: "Paste",
    select_all: "Select all",
    find_in_entry: "Find in entry",
    view: "View",
    today: "Today",
    journal: "Journal",
    loops: "Loops",
    calendar: "Calendar",
    trash: "Trash",
    search: "Search and commands",
    focus_mode: "Focus on the page",
    zoom_in: "Larger",
    zoom_out: "Smaller",
    zoom_reset: "Usual size",
    colours: "Colours",
    theme_system: "As the system",
    theme_light: "Light",
    theme_dark: "Dark",
    help: "Help",
    shortcuts: "Keyboard shortcuts",
    about: "About Vice Versa",
    open: "Open Vice Versa",
    kept_while_locked: "Kept and sealed. It becomes an entry when you unlock your journal.",
    stays_in_tray: "Vice Versa stays in the tray for quick capture. Quit from its menu, or change this in Settings.",
    time_to_write: "A few minutes for your journal? Skipping is fine too.",
    comes_back_today: "Something you set out to do comes back today. It waits on your Today page.",
};

const GERMAN: Words = Words {
    file: "Datei",
    new_entry: "Neuer Eintrag",
    capture: "Schnellnotiz",
    close_entry: "Eintrag schließen",
    import: "Importieren…",
    export: "Exportieren…",
    backup: "Sichern…",
    print: "Drucken…",
    settings: "Einstellungen",
    lock: "Sperren",
    quit: "Beenden",
    edit: "Bearbeiten",
    undo: "Rückgängig",
    redo: "Wiederholen",
    cut: "Ausschneiden",
    copy: "Kopieren",
    paste: "Einfügen",
    select_all: "Alles auswählen",
    find_in_entry: "Im Eintrag suchen",
    view: "Ansicht",
    today: "Heute",
    journal: "Journal",
    loops: "Lernschleifen",
    calendar: "Kalender",
    trash: "Papierkorb",
    search: "Suche und Befehle",
    focus_mode: "Nur der Text",
    zoom_in: "Größer",
    zoom_out: "Kleiner",
    zoom_reset: "Übliche Größe",
    colours: "Farben",
    theme_system: "Wie das System",
    theme_light: "Hell",
    theme_dark: "Dunkel",
    help: "Hilfe",
    shortcuts: "Tastenkürzel",
    about: "Über Vice Versa",
    open: "Vice Versa öffnen",
    kept_while_locked: "Gesichert und versiegelt. Die Zeile wird zum Eintrag, wenn du dein Journal entsperrst.",
    stays_in_tray: "Vice Versa bleibt für die Schnellnotiz in der Leiste. Über das Menü dort beendest du es; ändern kannst du das in den Einstellungen.",
    time_to_write: "Ein paar Minuten für dein Journal? Auslassen ist auch gut.",
    comes_back_today: "Etwas, das du dir vorgenommen hast, kommt heute wieder. Es wartet auf der Seite Heute.",
};

/// Gives the words of a language.
pub const fn in_language(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
    }
}

/// Gives the words of the language that is spoken now.
pub fn of(app: &AppHandle) -> &'static Words {
    in_language(vv_api::language(&app.state::<Shell>().settings()))
}

impl Words {
    /// Gives the words of an entry of a menu by its id.
    pub fn of_entry(&self, id: &str) -> Option<&'static str> {
        Some(match id {
            "file" => self.file,
            "new_entry" => self.new_entry,
            "capture" => self.capture,
            "close_entry" => self.close_entry,
            "import" => self.import,
            "export" => self.export,
            "backup" => self.backup,
            "print" => self.print,
            "settings" => self.settings,
            "lock" => self.lock,
            "quit" => self.quit,
            "edit" => self.edit,
            "undo" => self.undo,
            "redo" => self.redo,
            "cut" => self.cut,
            "copy" => self.copy,
            "paste" => self.paste,
            "select_all" => self.select_all,
            "find_in_entry" => self.find_in_entry,
            "view" => self.view,
            "today" => self.today,
            "journal" => self.journal,
            "loops" => self.loops,
            "calendar" => self.calendar,
            "trash" => self.trash,
            "search" => self.search,
            "focus_mode" => self.focus_mode,
            "zoom_in" => self.zoom_in,
            "zoom_out" => self.zoom_out,
            "zoom_reset" => self.zoom_reset,
            "colours" => self.colours,
            "theme_system" => self.theme_system,
            "theme_light" => self.theme_light,
            "theme_dark" => self.theme_dark,
            "help" => self.help,
            "shortcuts" => self.shortcuts,
            "about" => self.about,
            "open" => self.open,
            _ => return None,
        })
    }

    /// Gives the sentence of a notice. None holds a word of a person's.
    pub fn of_notice(&self, notice: Notice) -> &'static str {
        match notice {
            Notice::KeptWhileLocked => self.kept_while_locked,
            Notice::StaysInTray => self.stays_in_tray,
            Notice::TimeToWrite => self.time_to_write,
            Notice::ComesBackToday => self.comes_back_today,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives every word of a language, as they are written in its table.
    fn said(words: &Words) -> Vec<String> {
        let table = format!("{words:?}");
        table.split('"').skip(1).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn every_entry_that_the_page_answers_has_its_words() {
        for language in [Language::English, Language::German] {
            for id in crate::menu::ANSWERED_BY_PAGE {
                assert!(in_language(language).of_entry(id).is_some(), "{id}");
            }
        }
    }

    #[test]
    fn no_german_word_was_left_in_english() {
        let same = ["Journal"];
        let (english, german) = (said(&ENGLISH), said(&GERMAN));
        assert_eq!(english.len(), german.len());
        for (one, other) in english.iter().zip(&german) {
            assert!(!other.is_empty());
            assert!(one != other || same.contains(&one.as_str()), "{one}");
        }
    }
}
