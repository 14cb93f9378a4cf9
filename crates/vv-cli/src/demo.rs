//! `vv demo`: a new notebook with a sample year in it, for trying the app out and for tests.
//!
//! It is hidden from the help because nobody who keeps a journal needs it, and there only when it was built in. It refuses a
//! profile that has a notebook.

use vv_api::{SAMPLE_PASSPHRASE, model::notebook::KeyPlace};

use crate::{
    Done,
    failure::Failure,
    init,
    output::Output,
    session::{Session, opened},
};

/// Makes the notebook.
pub fn run(session: &Session, output: &mut Output) -> Result<Done, Failure> {
    let chosen = if session.names_a_passphrase() { session.passphrase("")? } else { None };
    let passphrase = chosen.as_ref().map(|passphrase| passphrase.as_str());
    let made = opened(vv_api::make_sample(&session.app, passphrase)?)?;
    output.result(&made, || init::text(&made))?;
    if made.key_place == KeyPlace::Passphrase && passphrase.is_none() {
        output.note(&format!("Its passphrase is: {SAMPLE_PASSPHRASE}"));
    }
    Ok(Done::Wholly)
}
