//! The sentences on the printed recovery kit, in each language that is spoken.

use crate::language::Language;

/// Holds the sentences of one language.
pub(super) struct KitWording {
    pub(super) code: &'static str,
    pub(super) title: &'static str,
    pub(super) warning: &'static str,
    pub(super) steps: [&'static str; 4],
    pub(super) places: &'static str,
    of: &'static str,
    made_on: &'static str,
}

impl KitWording {
    /// Gives the sentences of a language.
    pub(super) fn of(language: &str) -> &'static Self {
        match Language::of(language).unwrap_or_default() {
            Language::English => &ENGLISH,
            Language::German => &GERMAN,
        }
    }

    /// Says whose kit it is and when it was made.
    pub(super) fn whose(&self, owner: &str, made_on: &str) -> String {
        format!("{} {owner}, {} {made_on}. Vice Versa.", self.of, self.made_on)
    }
}

const ENGLISH: KitWording = KitWording {
    code: "en",
    title: "Recovery kit",
    warning: "Whoever has this page can read the whole journal. Keep it where you keep a passport, and not beside the computer. Delete the file once it is printed.",
    steps: [
        "The passphrase is forgotten: choose “Use the recovery kit” on the lock screen and type the words in this order.",
        "The computer is gone: open Vice Versa on another one, choose “I already use Vice Versa”, then “I have my recovery kit”.",
        "The square holds the same words, for whoever would rather scan than type.",
        "Nobody can make this kit again for you, and nobody else can open your journal.",
    ],
    places: "When it was made, the journal was at:",
    of: "The journal of",
    made_on: "made on",
};

const GERMAN: KitWording = KitWording {
    code: "de",
    title: "Wiederherstellungs-Set",
    warning: "Wer diese Seite hat, kann das ganze Journal lesen. Heb sie auf, wo dein Reisepass liegt, und nicht neben dem Computer. Lösch die Datei, sobald sie gedruckt ist.",
    steps: [
        "Die Passphrase ist vergessen: Wähl auf dem Sperrbildschirm „Wiederherstellungs-Set benutzen“ und tipp die Wörter in dieser Reihenfolge.",
        "Der Computer ist weg: Öffne Vice Versa auf einem anderen, wähl „Ich benutze Vice Versa schon“ und dann „Ich habe mein Wiederherstellungs-Set“.",
        "Im Quadrat stehen dieselben Wörter, falls du lieber abliest als tippst.",
        "Niemand kann dieses Set noch einmal für dich machen, und niemand sonst kann dein Journal öffnen.",
    ],
    places: "Als es gemacht wurde, lag das Journal hier:",
    of: "Das Journal von",
    made_on: "gemacht am",
};
