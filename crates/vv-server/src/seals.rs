//! What the server seals for itself: challenges, tokens and vouchers. It keeps none of them; each carries its own proof.
//!
//! All replicas share one secret. Comparisons take the same time whatever is wrong.

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};

use crate::store::{AccessKey, Caller, SpaceId, SpentVoucher};

/// How long a challenge is good, in seconds.
pub const CHALLENGE_SECONDS: u64 = 60;
/// How long a token is good at most, in seconds.
pub const TOKEN_SECONDS: u64 = 15 * 60;
/// What every voucher begins with.
const VOUCHER_MARK: &str = "VV1-";
const TAG_LEN: usize = 16;

/// Holds the keys that come of the server's secret.
pub struct Seals {
    challenge: [u8; 32],
    token: [u8; 32],
    voucher: [u8; 32],
}

/// Is what a voucher is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voucher {
    /// How many spaces it makes.
    pub uses: u16,
    /// How many MiB each of them may hold; 0 for the server's default.
    pub quota_mib: u32,
    /// When it ends, in seconds since 1970.
    pub expires: u64,
    /// What tells it from others.
    pub nonce: [u8; 10],
}

/// Is what a good token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Who bears it.
    pub caller: Caller,
    /// When it ends, in seconds since 1970.
    pub not_after: u64,
}

impl Seals {
    /// Derives the keys.
    pub fn new(secret: &[u8; 32]) -> Self {
        let derive = |purpose: &str| blake3::derive_key(&format!("vice-versa server {purpose} v1"), secret);
        Self { challenge: derive("challenge"), token: derive("token"), voucher: derive("voucher") }
    }

    /// Makes a challenge.
    pub fn challenge(&self, now: u64) -> Vec<u8> {
        let mut bytes = random::<16>().to_vec();
        bytes.extend_from_slice(&(now + CHALLENGE_SECONDS).to_be_bytes());
        seal(&self.challenge, bytes)
    }

    /// Says whether a challenge is this server's and not too old.
    pub fn is_challenge(&self, bytes: &[u8], now: u64) -> bool {
        let Some(body) = open(&self.challenge, bytes) else { return false };
        body.last_chunk::<8>().is_some_and(|expires| u64::from_be_bytes(*expires) >= now)
    }

    /// Makes a token.
    pub fn token(&self, token: Token) -> String {
        let mut bytes = Vec::with_capacity(80);
        bytes.extend_from_slice(&token.caller.space);
        bytes.extend_from_slice(&token.caller.key);
        bytes.extend_from_slice(&token.not_after.to_be_bytes());
        BASE64URL_NOPAD.encode(&seal(&self.token, bytes))
    }

    /// Reads a token that is this server's and still good.
    pub fn read_token(&self, text: &str, now: u64) -> Option<Token> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        let body = open(&self.token, &bytes)?;
        let (space, rest): (&SpaceId, _) = body.split_first_chunk()?;
        let (key, rest): (&AccessKey, _) = rest.split_first_chunk()?;
        let not_after = u64::from_be_bytes(rest.try_into().ok()?);
        (not_after >= now).then_some(Token { caller: Caller { space: *space, key: *key }, not_after })
    }

    /// Writes a voucher, in groups of five characters.
    pub fn voucher(&self, voucher: &Voucher) -> String {
        let mut bytes = Vec::with_capacity(40);
        bytes.extend_from_slice(&voucher.uses.to_be_bytes());
        bytes.extend_from_slice(&voucher.quota_mib.to_be_bytes());
        bytes.extend_from_slice(&voucher.expires.to_be_bytes());
        bytes.extend_from_slice(&voucher.nonce);
        let text = BASE32_NOPAD.encode(&seal(&self.voucher, bytes));
        let groups: Vec<&str> =
            text.as_bytes().chunks(5).map(|group| std::str::from_utf8(group).unwrap_or_default()).collect();
        format!("{VOUCHER_MARK}{}", groups.join("-"))
    }

    /// Reads a voucher that is this server's and still good, as somebody typed it.
    pub fn read_voucher(&self, text: &str, now: u64) -> Option<Voucher> {
        let text = text.trim().to_ascii_uppercase();
        let plain: String = text
            .strip_prefix(VOUCHER_MARK)?
            .chars()
            .filter(|letter| *letter != '-' && !letter.is_whitespace())
            .collect();
        let bytes = BASE32_NOPAD.decode(plain.as_bytes()).ok()?;
        let body = open(&self.voucher, &bytes)?;
        let (uses, rest) = body.split_first_chunk()?;
        let (quota, rest) = rest.split_first_chunk()?;
        let (expires, rest) = rest.split_first_chunk()?;
        let voucher = Voucher {
            uses: u16::from_be_bytes(*uses),
            quota_mib: u32::from_be_bytes(*quota),
            expires: u64::from_be_bytes(*expires),
            nonce: rest.try_into().ok()?,
        };
        (voucher.expires >= now).then_some(voucher)
    }
}

impl Voucher {
    /// Gives what is kept of the voucher once it was spent.
    pub fn spent(&self) -> SpentVoucher {
        let hash = *blake3::Hasher::new_derive_key("vice-versa server spent voucher v1")
            .update(&self.nonce)
            .finalize()
            .as_bytes();
        SpentVoucher { hash, uses: u32::from(self.uses), expires: self.expires }
    }
}

/// Draws random bytes.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

fn seal(key: &[u8; 32], mut body: Vec<u8>) -> Vec<u8> {
    let tag = blake3::keyed_hash(key, &body);
    body.extend_from_slice(&tag.as_bytes()[..TAG_LEN]);
    body
}

fn open<'a>(key: &[u8; 32], bytes: &'a [u8]) -> Option<&'a [u8]> {
    let (body, tag) = bytes.split_last_chunk::<TAG_LEN>()?;
    let mut whole = *blake3::keyed_hash(key, body).as_bytes();
    // Only the part that travels is compared; the comparison of hashes takes the same time whatever differs.
    whole[TAG_LEN..].fill(0);
    let mut found = [0; 32];
    found[..TAG_LEN].copy_from_slice(tag);
    (blake3::Hash::from_bytes(whole) == blake3::Hash::from_bytes(found)).then_some(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_795_219_200;

    fn caller() -> Caller {
        Caller { space: [1; 16], key: [2; 32] }
    }

    #[test]
    fn a_challenge_is_good_for_a_minute_and_at_its_own_server_only() {
        let (ours, other) = (Seals::new(&[1; 32]), Seals::new(&[2; 32]));
        let nonce = ours.challenge(NOW);
        assert!(ours.is_challenge(&nonce, NOW) && ours.is_challenge(&nonce, NOW + CHALLENGE_SECONDS));
        assert!(!ours.is_challenge(&nonce, NOW + CHALLENGE_SECONDS + 1));
        assert!(!other.is_challenge(&nonce, NOW));
        for at in 0..nonce.len() {
            let mut bent = nonce.clone();
            bent[at] ^= 1;
            assert!(!ours.is_challenge(&bent, NOW));
        }
        assert!(!ours.is_challenge(&[], NOW) && !ours.is_challenge(&[0; 15], NOW));
    }

    #[test]
    fn a_token_says_who_bears_it_until_it_ends() {
        let seals = Seals::new(&[1; 32]);
        let token = Token { caller: caller(), not_after: NOW + 5 };
        let text = seals.token(token);
        assert_eq!(seals.read_token(&text, NOW + 5), Some(token));
        assert_eq!(seals.read_token(&text, NOW + 6), None);
        assert_eq!(Seals::new(&[3; 32]).read_token(&text, NOW), None);
        assert_eq!(seals.read_token(&text[1..], NOW), None);
        assert_eq!(seals.read_token("", NOW), None);
    }

    #[test]
    fn a_voucher_survives_being_typed_and_cannot_be_made_up() {
        let seals = Seals::new(&[1; 32]);
        let voucher = Voucher { uses: 25, quota_mib: 0, expires: NOW + 60, nonce: [9; 10] };
        let text = seals.voucher(&voucher);
        assert_eq!(seals.read_voucher(&text, NOW), Some(voucher));
        let typed = format!("  {} ", text.to_lowercase().replacen('-', "- ", 3).replacen("vv1- ", "vv1-", 1));
        assert_eq!(seals.read_voucher(&typed, NOW), Some(voucher));
        assert_eq!(seals.read_voucher(&text, NOW + 61), None);
        let richer = seals.voucher(&Voucher { uses: 26, ..voucher });
        let forged = format!("{}{}", &richer[..10], &text[10..]);
        assert_eq!(seals.read_voucher(&forged, NOW), None);
    }

    #[test]
    fn a_token_is_no_voucher_and_a_challenge_no_token() {
        let seals = Seals::new(&[1; 32]);
        let challenge = BASE64URL_NOPAD.encode(&seals.challenge(NOW));
        assert_eq!(seals.read_token(&challenge, NOW), None);
    }
}
