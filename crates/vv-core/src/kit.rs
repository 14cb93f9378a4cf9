//! The recovery kit, as the surface needs it: its words, its file, and what is wrong with either.
//!
//! The kit itself lives in `vv-crypto`, which nobody above this crate may reach; what stands here is all they need of it.

pub use vv_crypto::{
    KitFile, KitFileError, KitHints, KitSeed, KitWordsError, PassphraseError, read_kit_file, seal_kit_file,
    write_open_kit_file,
};
