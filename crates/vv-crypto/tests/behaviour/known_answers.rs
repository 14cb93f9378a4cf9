//! Published test vectors, so that the primitives are the ones we think they are.

use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
use data_encoding::HEXLOWER_PERMISSIVE;
use ed25519_dalek::Signer;
use vv_crypto::*;

fn hex(text: &str) -> Vec<u8> {
    let digits: String = text.split_whitespace().collect();
    HEXLOWER_PERMISSIVE.decode(digits.as_bytes()).unwrap()
}

fn array<const N: usize>(text: &str) -> [u8; N] {
    hex(text).try_into().unwrap()
}

/// RFC 8032, section 7.1, tests 1 to 3.
#[test]
fn ed25519_is_that_of_rfc_8032() {
    let cases = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ];
    for (secret, public, message, signature) in cases {
        let ours = SigningKey::from_seed(&Key32::from_bytes(array(secret)));
        assert_eq!(ours.verifying_key().as_bytes(), &array(public));
        let key = ed25519_dalek::SigningKey::from_bytes(&array(secret));
        assert_eq!(key.sign(&hex(message)).to_bytes(), array(signature));
    }
}

/// RFC 9180, appendix A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305, base mode, first message.
#[test]
fn wraps_are_hpke_suite_1_of_rfc_9180() {
    let secret = array("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb");
    let secret = EncSecret::from_key(Key32::from_bytes(secret));
    let public = array("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a");
    assert_eq!(secret.public().as_bytes(), &public);
    let info = hex("4f6465206f6e2061204772656369616e2055726e");
    let wrapped = hex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a
        1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28");
    let plain = unwrap_key(&secret, &info, &hex("436f756e742d30"), &wrapped).unwrap();
    assert_eq!(*plain, b"Beauty is truth, truth beauty");
}

/// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
#[test]
fn sealing_is_xchacha20_poly1305_of_the_draft() {
    let key: Vec<u8> = (0x80..=0x9f).collect();
    let nonce: Vec<u8> = (0x40..=0x57).collect();
    let plain =
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
                  sunscreen would be it.";
    let sealed = hex("bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb
        731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452
        2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9
        21f9664c97637da9768812f615c68b13b52e
        c0875924c1c7987947deafd8780acf49");
    let (key, nonce) = (Key32::from_slice(&key).unwrap(), nonce.try_into().unwrap());
    let aad = hex("50515253c0c1c2c3c4c5c6c7");
    assert_eq!(seal(&key, &nonce, &aad, plain), sealed);
    assert_eq!(open(&key, &nonce, &aad, &sealed).unwrap().as_slice(), plain);
}

/// The official BLAKE3 vectors for inputs of 0 and 1 byte.
#[test]
fn blake3_is_that_of_its_authors() {
    let context = "BLAKE3 2019-12-27 16:29:52 test vectors context";
    let cases: [(&[u8], &str, &str); 2] = [
        (
            b"",
            "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
            "2cc39783c223154fea8dfb7c1b1660f2ac2dcbd1c1de8277b0b0dd39b7e50d7d",
        ),
        (
            b"\0",
            "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213",
            "b3e2e340a117a499c6cf2398a19ee0d29cca2bb7404c73063382693bf66cb06c",
        ),
    ];
    for (input, plain, derived) in cases {
        assert_eq!(chunk_name(input), array(plain));
        assert_eq!(blake3::derive_key(context, input), array(derived));
    }
}

/// RFC 9106, section 5.3: Argon2id.
#[test]
fn argon2id_is_that_of_rfc_9106() {
    let params = ParamsBuilder::new()
        .m_cost(32)
        .t_cost(3)
        .p_cost(4)
        .data(AssociatedData::new(&[4; 12]).unwrap())
        .build()
        .unwrap();
    let argon2 = Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params).unwrap();
    let mut tag = [0; 32];
    argon2.hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
    assert_eq!(tag, array("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
}

/// The 256-bit vectors of BIP-39.
#[test]
fn words_are_those_of_bip_39() {
    let cases = [
        ("00".repeat(32), "abandon ".repeat(23) + "art"),
        ("ff".repeat(32), "zoo ".repeat(23) + "vote"),
        (
            "7f".repeat(32),
            "legal winner thank year wave sausage worth useful ".repeat(2)
                + "legal winner thank year wave sausage worth title",
        ),
        (
            "68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c".to_owned(),
            "hamster diagram private dutch cause delay private meat slide toddler razor book happy fancy gospel \
             tennis maple dilemma loan word shrug inflict delay length"
                .to_owned(),
        ),
    ];
    for (seed, words) in cases {
        let kit = KitSeed::from_key(Key32::from_bytes(array(&seed)));
        assert_eq!(kit.to_words().join(" "), words);
        assert_eq!(KitSeed::from_words(&words), Ok(kit));
    }
}
