//! The `.kit` file: the recovery kit as a text file, for opening without the notebook.
//!
//! Two protections. *Open*: the words in clear, with a warning, for printing and a locked drawer. *Passphrase*: the same
//! text sealed with a passphrase of its own. Both are lines of `name: value` ending in a checksum, so that a damaged
//! file is told from a wrong passphrase, and both survive mail programs that change line ends and spaces. The format
//! stands in `docs/protocol.md`.

use data_encoding::{BASE64, HEXLOWER};
use zeroize::Zeroizing;

use crate::aead::{NONCE_LEN, TAG_LEN, open_with_nonce_prefix, seal_with_random_nonce};
use crate::contexts;
use crate::key::{hash, make_bytes};
use crate::kit::KitSeed;
use crate::kit_words::KitWordsError;
use crate::passphrase::{PassphraseError, PassphraseParams, derive_passphrase_key};

const TITLE: &str = "Vice Versa recovery kit, format ";
const OPEN: &str = "1, open";
const SEALED: &str = "1, sealed with a passphrase";
const OPEN_WARNING: &str = "WARNING: whoever has this file, or a print of it, can read the whole journal. Keep it \
                            where you keep a passport, and not on the same machine as the journal.";
const SEALED_ADVICE: &str = "It opens with the passphrase that was chosen for it, and with nothing else.";
const SALT_LEN: usize = 16;

/// Longest file that is looked at; a kit is a fiftieth of this.
const MAX_FILE_LEN: usize = 64 * 1024;

/// Tells how a kit file is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KitProtection {
    /// The words stand in it in clear.
    Open,
    /// It needs the passphrase that was chosen for it.
    Passphrase,
}

/// Says where to look for the account after everything else is gone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KitHints {
    /// The day the kit was made, as the person would write it.
    pub made_on: String,
    /// Addresses of servers that hold the account.
    pub servers: Vec<String>,
    /// Folders that were synced to or backed up to.
    pub folders: Vec<String>,
}

/// Is what a kit file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KitFile {
    /// The seed.
    pub seed: KitSeed,
    /// Where to look.
    pub hints: KitHints,
    /// How the file was protected.
    pub protection: KitProtection,
}

/// Reports why a kit file was not read or written. Nothing was changed in any of these cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KitFileError {
    /// The file is something else.
    #[error("this file is not a recovery kit of Vice Versa")]
    NotAKit,
    /// The file was written by a newer version.
    #[error("this recovery kit was written by a newer version of Vice Versa; update to open it")]
    NewerFormat,
    /// The file was changed or cut off.
    #[error(
        "this recovery kit file is damaged: it was changed or cut off; use another copy, or type the 24 words"
    )]
    Damaged,
    /// The file is sealed and no passphrase was given.
    #[error("this recovery kit is sealed; it opens with the passphrase that was chosen for it")]
    PassphraseNeeded,
    /// The file is whole but the passphrase is not its own.
    #[error("this is not the passphrase of this recovery kit; the file itself is whole")]
    WrongPassphrase,
    /// The file is whole but its words are not those of a kit.
    #[error("the words in this recovery kit are not right: {0}")]
    Words(#[from] KitWordsError),
    /// The passphrase could not be used at all.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
}

/// Writes a kit file with the words in clear, for printing.
pub fn write_open_kit_file(seed: &KitSeed, hints: &KitHints) -> Zeroizing<Vec<u8>> {
    let mut text = Zeroizing::new(String::with_capacity(4096));
    text.push_str(&format!("{TITLE}{OPEN}\n{OPEN_WARNING}\n\n"));
    push_line(&mut text, "made on", &hints.made_on);
    hints.servers.iter().for_each(|server| push_line(&mut text, "server", server));
    hints.folders.iter().for_each(|folder| push_line(&mut text, "folder", folder));
    text.push('\n');
    for (row, words) in seed.to_words().chunks(6).enumerate() {
        let first = row * 6 + 1;
        push_line(&mut text, &format!("words {first}-{}", first + 5), &words.join(" "));
    }
    push_check(&mut text);
    Zeroizing::new(text.as_bytes().to_vec())
}

/// Writes a kit file that opens only with this passphrase (Argon2id, 256 MiB, three passes; about a second of work).
pub fn seal_kit_file(seed: &KitSeed, hints: &KitHints, passphrase: &str) -> Result<Vec<u8>, KitFileError> {
    let salt: [u8; SALT_LEN] = make_bytes();
    let key = derive_passphrase_key(passphrase, &kit_params(salt))?;
    let mut payload = salt.to_vec();
    let inside = write_open_kit_file(seed, hints);
    payload.extend_from_slice(&seal_with_random_nonce(&key, contexts::KIT_FILE.as_bytes(), &inside));

    let mut text = format!("{TITLE}{SEALED}\n{SEALED_ADVICE}\n\n");
    for line in BASE64.encode(&payload).as_bytes().chunks(64) {
        push_line(&mut text, "sealed", std::str::from_utf8(line).expect("base 64 is ASCII"));
    }
    push_check(&mut text);
    Ok(text.into_bytes())
}

/// Tells how a kit file is protected, without opening it.
pub fn kit_file_protection(bytes: &[u8]) -> Result<KitProtection, KitFileError> {
    Lines::read(bytes).map(|lines| lines.protection)
}

/// Reads a kit file of either protection.
pub fn read_kit_file(bytes: &[u8], passphrase: Option<&str>) -> Result<KitFile, KitFileError> {
    let lines = Lines::read(bytes)?;
    match lines.protection {
        KitProtection::Open => lines.open_content(),
        KitProtection::Passphrase => {
            let inside = lines.unseal(passphrase.ok_or(KitFileError::PassphraseNeeded)?)?;
            let inside = Lines::read(&inside)?;
            if inside.protection != KitProtection::Open {
                return Err(KitFileError::Damaged);
            }
            Ok(KitFile { protection: KitProtection::Passphrase, ..inside.open_content()? })
        }
    }
}

/// The parameters of format 1. They are constants and do not stand in the file, so nobody can lower them.
fn kit_params(salt: [u8; SALT_LEN]) -> PassphraseParams {
    PassphraseParams { memory_kib: 256 * 1024, iterations: 3, lanes: 1, salt }
}

/// The named lines of a kit file whose checksum was right.
struct Lines {
    protection: KitProtection,
    named: Vec<(String, Zeroizing<String>)>,
}

impl Lines {
    fn read(bytes: &[u8]) -> Result<Self, KitFileError> {
        if bytes.len() > MAX_FILE_LEN {
            return Err(KitFileError::NotAKit);
        }
        // Invalid UTF-8 may be damage behind a good title, so it is judged by the checksum, not here.
        let text = Zeroizing::new(String::from_utf8_lossy(bytes).into_owned());
        let lines = canonical_lines(&text);
        let (title, rest) = lines.split_first().ok_or(KitFileError::NotAKit)?;
        let protection = match title.trim_start_matches('\u{feff}').strip_prefix(TITLE) {
            None => return Err(KitFileError::NotAKit),
            Some(OPEN) => KitProtection::Open,
            Some(SEALED) => KitProtection::Passphrase,
            Some(other) => return Err(unknown_format(other)),
        };
        let mut named = Vec::new();
        let mut covered: Vec<&[u8]> = vec![title.trim_start_matches('\u{feff}').as_bytes()];
        for line in rest {
            let Some((name, value)) = line.split_once(": ") else {
                covered.push(line.as_bytes());
                continue;
            };
            if name == "check" {
                let whole = value.eq_ignore_ascii_case(&check_of(&covered));
                return if whole { Ok(Self { protection, named }) } else { Err(KitFileError::Damaged) };
            }
            covered.push(line.as_bytes());
            named.push((name.to_owned(), Zeroizing::new(value.to_owned())));
        }
        Err(KitFileError::Damaged)
    }

    fn open_content(&self) -> Result<KitFile, KitFileError> {
        let mut words = Zeroizing::new(String::with_capacity(512));
        let mut hints = KitHints::default();
        for (name, value) in &self.named {
            match name.as_str() {
                "made on" => hints.made_on = unescape(value),
                "server" => hints.servers.push(unescape(value)),
                "folder" => hints.folders.push(unescape(value)),
                name if name.starts_with("words ") => {
                    words.push_str(value);
                    words.push(' ');
                }
                _ => {}
            }
        }
        Ok(KitFile { seed: KitSeed::from_words(&words)?, hints, protection: KitProtection::Open })
    }

    fn unseal(&self, passphrase: &str) -> Result<Zeroizing<Vec<u8>>, KitFileError> {
        let sealed: String =
            self.named.iter().filter(|(name, _)| name == "sealed").map(|(_, value)| value.as_str()).collect();
        let payload = BASE64.decode(sealed.as_bytes()).map_err(|_| KitFileError::Damaged)?;
        let (salt, sealed) = payload.split_first_chunk::<SALT_LEN>().ok_or(KitFileError::Damaged)?;
        if sealed.len() < NONCE_LEN + TAG_LEN {
            return Err(KitFileError::Damaged);
        }
        let key = derive_passphrase_key(passphrase, &kit_params(*salt))?;
        open_with_nonce_prefix(&key, contexts::KIT_FILE.as_bytes(), sealed)
            .map_err(|_| KitFileError::WrongPassphrase)
    }
}

/// Tells a format of a later version from a damaged title.
fn unknown_format(rest: &str) -> KitFileError {
    let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
    match number.parse::<u32>() {
        Ok(number) if number > 1 => KitFileError::NewerFormat,
        _ => KitFileError::Damaged,
    }
}

/// Gives the lines that count: trimmed, runs of spaces made one, empty ones left out.
fn canonical_lines(text: &str) -> Vec<Zeroizing<String>> {
    text.lines()
        .map(|line| Zeroizing::new(line.split_whitespace().collect::<Vec<_>>().join(" ")))
        .filter(|line| !line.is_empty())
        .collect()
}

fn check_of(lines: &[&[u8]]) -> String {
    HEXLOWER.encode(&hash(contexts::KIT_FILE_CHECK, lines)[..8])
}

fn push_line(text: &mut String, name: &str, value: &str) {
    let value = escape(value);
    if !value.is_empty() {
        text.push_str(&format!("{name}: {value}\n"));
    }
}

fn push_check(text: &mut String) {
    let lines = canonical_lines(text);
    let covered: Vec<&[u8]> = lines.iter().map(|line| line.as_bytes()).collect();
    let check = check_of(&covered);
    text.push_str(&format!("\ncheck: {check}\n"));
}

/// Writes `%` and everything that reading would not give back (control characters, and spaces other than single
/// ordinary ones between words) as `%XX` per byte of UTF-8.
fn escape(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    let last = value.chars().count().saturating_sub(1);
    let mut after_space = true;
    for (at, c) in value.chars().enumerate() {
        let plain_space = c == ' ' && !after_space && at != last;
        if c == '%' || c == '\u{feff}' || c.is_control() || (c.is_whitespace() && !plain_space) {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                escaped.push_str(&format!("%{byte:02X}"));
            }
        } else {
            escaped.push(c);
        }
        after_space = plain_space;
    }
    escaped
}

fn unescape(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = tail.get(..2).filter(|_| first == b'%');
        match escaped
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
        {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
