//! Commands of sharing: choosing what the other gets, seeing exactly that, and inviting them.

use data_encoding::HEXLOWER;
use vv_core::{
    pairings::{self as core, Chosen, GoingOver, Home, PairingError, Who},
    spaces::{InvitationMade, SpaceError},
};

use super::{inner_id, pairing_id};
use crate::{
    App,
    error::ApiError,
    model::{
        pairing_asks::{ChosenParts, PreviewSharing, SharePairing},
        pairings::GoingOverView,
        spaces::InviteView,
    },
    spaces::{servers, spaces_get},
};

/// Shows exactly what would go over.
pub fn pairings_preview_sharing(app: &App, request: PreviewSharing) -> Result<Vec<GoingOverView>, ApiError> {
    let (id, chosen) = (pairing_id(&request.id)?, parts(&request.chosen)?);
    let going = app.with(|notebook| notebook.read(|reader| core::preview_sharing(reader, id, &chosen)))?;
    Ok(going.into_iter().map(Into::into).collect())
}

/// Makes the space of both, copies the chosen parts into it, and invites the other. One that is shared already is only invited into.
pub fn pairings_share(app: &App, request: SharePairing) -> Result<InviteView, ApiError> {
    let (id, chosen) = (pairing_id(&request.id)?, parts(&request.chosen)?);
    let places = servers(app)?;
    let (space, made): (_, InvitationMade) = app.with(|notebook| {
        notebook.write(|tx| {
            let space = match core::get_pairing(tx, id)?.home {
                Home::Shared(space) => space,
                Home::Alone(_) => core::share_pairing(tx, id, &chosen, &request.my_name)?,
            };
            Ok::<_, PairingError>((space, core::invite_other(tx, id, places)?))
        })
    })?;
    app.syncing.look_at_all();
    let made = HEXLOWER.encode(&made.id.0);
    let shown = spaces_get(app, HEXLOWER.encode(&space.0))?;
    shown.invites.into_iter().find(|invite| invite.id == made).ok_or_else(|| SpaceError::Ended.into())
}

fn parts(chosen: &ChosenParts) -> Result<Chosen, PairingError> {
    Ok(Chosen {
        lanes: chosen.lanes,
        draft: chosen.draft,
        goals: chosen.goals.iter().map(|id| inner_id(id)).collect::<Result<_, _>>()?,
        promises: chosen.promises.iter().map(|id| inner_id(id)).collect::<Result<_, _>>()?,
        sessions: chosen.sessions.iter().map(|id| inner_id(id)).collect::<Result<_, _>>()?,
        ..Chosen::default()
    })
}

impl From<GoingOver> for GoingOverView {
    fn from(going: GoingOver) -> Self {
        match going {
            GoingOver::Charter(charter) => Self::Charter {
                kind: charter.kind.into(),
                learn: charter.mine_about,
                teach: charter.theirs_about,
                every_days: charter.rhythm_days,
                begun_on: charter.begun_on,
            },
            GoingOver::Goal { what, sign, .. } => Self::Goal { words: what, sign },
            GoingOver::Promise { owner, what, due_on, if_then, small, .. } => {
                Self::Promise { mine: owner == Who::Me, words: what, if_then, small, due_on }
            }
            GoingOver::Session { on, place, live_case, held, .. } => {
                Self::Session { on, place, case: live_case, held }
            }
            GoingOver::Section { section, words } => Self::Section { number: section.number(), words },
            GoingOver::Responsibility { name, .. } => Self::Responsibility { words: name },
        }
    }
}
