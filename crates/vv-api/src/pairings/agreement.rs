//! Commands of the agreement: drafting it section by section, putting it forward, signing exactly what was shown.

use data_encoding::HEXLOWER;
use vv_core::{
    Notebook,
    ids::PairingId,
    pairings::{self as core, PairingError, Paper, Section},
};

use super::{changed, inner_id};
use crate::{
    App,
    error::ApiError,
    model::{
        pairing_asks::{DraftAgreement, SignAgreement},
        pairings::{AgreementSection, PairingView},
    },
};

/// Changes the draft of the agreement, or puts it forward and signs it.
pub fn pairings_draft(app: &App, request: DraftAgreement) -> Result<PairingView, ApiError> {
    changed(app, &request.pairing, |notebook, id| {
        draft(notebook, id, &request.sections)?;
        if request.put_forward {
            notebook.write(|tx| core::propose_agreement(tx, id, request.review_on))?;
        }
        Ok(())
    })
}

/// Writes what differs from the draft as it stands, section by section, each as an edit of its own: two who draft at once lose nothing.
fn draft(notebook: &Notebook, id: PairingId, sections: &[AgreementSection]) -> Result<(), PairingError> {
    let stands = notebook.read(|reader| core::read_draft(reader, id))?;
    for (section, was) in stands {
        let wanted = sections.iter().find(|one| Section::of_number(one.number) == Some(section));
        let text = wanted.map_or("", |one| one.text.as_str());
        if text == was {
            continue;
        }
        let editor = core::open_paper(notebook, Paper::Section(id, section))?;
        core::save_paper(notebook, editor.session, text, true)?;
    }
    Ok(())
}

/// Signs an agreement, exactly as it was shown.
pub fn pairings_sign(app: &App, request: SignAgreement) -> Result<PairingView, ApiError> {
    let agreement = inner_id(&request.agreement)?;
    let hash: [u8; 32] = HEXLOWER
        .decode(request.hash.as_bytes())
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(PairingError::Changed)?;
    changed(app, &request.pairing, |notebook, id| {
        notebook.write(|tx| core::sign_agreement(tx, id, agreement, &hash))
    })
}
