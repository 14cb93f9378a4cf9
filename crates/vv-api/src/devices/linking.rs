//! The one linking that may go on in this process: this computer as the new device or as the old one.
//!
//! A thread of [`keep_linking`] asks it to go on each second; where there is none, as in a terminal, asking how it stands does. What
//! is shown is kept apart from the linking itself, so that a screen never waits for a network.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use vv_core::{
    Notebook,
    linking::{LinkCode, LinkError, NewDevice, NewDeviceStep, OldDevice, OldDeviceStep, Picture},
    notebook::{Inspected, NewKey, NotebookError},
    ports::{Host, mailbox::MailboxError},
    sync::{Address, add_place, list_places},
};
use zeroize::Zeroizing;

use super::meeting::{Meeting, address_of};
use crate::{
    App,
    error::{ApiError, ErrorCode},
    model::{
        devices::{AnswerLink, BeginLink, ConfirmLink, LinkFailure, LinkSign, LinkView},
        events::Topic,
        notebook::KeyPlace,
        sync::PlaceKind,
    },
};

/// So often it is looked what the other device said.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Holds the linking of this process.
#[derive(Default)]
pub(crate) struct Linking {
    /// Held while it goes on, which may wait for a network.
    side: Mutex<Option<Side>>,
    view: Mutex<Option<LinkView>>,
    /// Whether a thread asks it to go on.
    is_kept: AtomicBool,
}

enum Side {
    New(Box<Newcomer>),
    Old { device: Box<OldDevice>, meeting: Meeting },
}

/// Holds the new device's side, and what its notebook is made with in the end.
struct Newcomer {
    device: NewDevice,
    meeting: Meeting,
    at: Address,
    host: Host,
    passphrase: Option<Zeroizing<String>>,
}

impl Linking {
    fn side(&self) -> MutexGuard<'_, Option<Side>> {
        self.side.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn shown(&self) -> MutexGuard<'_, Option<LinkView>> {
        self.view.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn view(&self) -> LinkView {
        self.shown().clone().unwrap_or(LinkView::Idle)
    }
}

/// Says where the linking of a device stands, on either side.
pub fn devices_link_state(app: &App) -> Result<LinkView, ApiError> {
    if !app.linking.is_kept.load(Ordering::Acquire) {
        app.go_on_linking();
    }
    Ok(app.linking.view())
}

/// Begins on the new computer: shows a code. There must be no notebook here.
pub fn devices_link_begin(app: &App, request: BeginLink) -> Result<LinkView, ApiError> {
    let passphrase = request.passphrase.map(Zeroizing::new);
    if request.key_place == KeyPlace::Passphrase && passphrase.is_none() {
        return Err(ApiError::about("passphrase", "A passphrase is missing. Nothing was created."));
    }
    if app.opened().is_some() || !matches!(Notebook::inspect(&app.folder()), Ok(Inspected::Absent)) {
        return Err(NotebookError::AlreadyThere.into());
    }
    let meeting = Meeting::at(&request.at)
        .ok_or_else(|| ApiError::about("at", "This is no address of a server. Nothing was changed."))?;
    let mut host = app.host.clone();
    request.device_name.trim().clone_into(&mut host.device_name);
    let device = NewDevice::begin(&host, &meeting.mailboxes(host.clock.now()))?;
    let code = device.code();
    let view = LinkView::ShowingCode {
        code: code.to_string(),
        qr_svg: code.draw(),
        expires_at: device.good_until(),
        at: kind_of(&address_of(&request.at)),
    };
    let at = address_of(&request.at);
    let passphrase = passphrase.filter(|_| request.key_place == KeyPlace::Passphrase);
    *app.linking.side() = Some(Side::New(Box::new(Newcomer { device, meeting, at, host, passphrase })));
    app.show_linking(view)
}

/// Answers on the old computer: looks for the one that shows the code.
pub fn devices_link_answer(app: &App, request: AnswerLink) -> Result<LinkView, ApiError> {
    let code = LinkCode::read(&request.code)?;
    let (device, meeting) = app.with(|notebook| {
        let meeting = Meeting::at_every(&list_places(notebook)?);
        Ok::<_, NotebookError>((OldDevice::begin(notebook, code), meeting))
    })?;
    if meeting.is_nowhere() {
        return Err(ApiError::new(
            ErrorCode::Offline,
            "The two computers have nowhere to meet. Nothing was changed; set up sync first.",
        ));
    }
    let expires_at = app.host.clock.now() + vv_core::linking::GOOD_FOR;
    *app.linking.side() = Some(Side::Old { device: Box::new(device), meeting });
    app.show_linking(LinkView::Looking { expires_at })
}

/// Says on the old computer whether both show the same signs.
pub fn devices_link_confirm(app: &App, request: ConfirmLink) -> Result<LinkView, ApiError> {
    let mut side = app.linking.side();
    let Some(Side::Old { device, meeting }) = side.as_mut() else { return Err(LinkError::NotNow.into()) };
    let now = app.host.clock.now();
    if request.same {
        app.with(|notebook| device.confirm(notebook, &meeting.mailboxes(now)))?;
        drop(side);
        return app.show_linking(LinkView::Joining);
    }
    if let Some(Side::Old { device, meeting }) = side.take() {
        tell_stopped(device.stop(&meeting.mailboxes(now)));
    }
    drop(side);
    app.show_linking(LinkView::Failed { why: LinkFailure::NotTheSame })
}

/// Ends a linking on either side, or puts its outcome away.
pub fn devices_link_cancel(app: &App) -> Result<LinkView, ApiError> {
    let now = app.host.clock.now();
    match app.linking.side().take() {
        Some(Side::New(newcomer)) => {
            let Newcomer { device, meeting, .. } = *newcomer;
            tell_stopped(device.stop(&meeting.mailboxes(now)));
        }
        Some(Side::Old { device, meeting }) => tell_stopped(device.stop(&meeting.mailboxes(now))),
        None => {}
    }
    app.show_linking(LinkView::Idle)
}

/// The other side notices by itself after ten minutes; that it could not be told changes nothing.
fn tell_stopped(told: Result<(), LinkError>) {
    if let Err(problem) = told {
        tracing::debug!(%problem, "the other device could not be told that linking was stopped");
    }
}

/// Asks a linking to go on each second, on a thread of its own, until the app is dropped.
pub fn keep_linking(app: &Arc<App>) -> std::io::Result<()> {
    app.linking.is_kept.store(true, Ordering::Release);
    let app = Arc::downgrade(app);
    thread::Builder::new().name("linking".to_owned()).spawn(move || {
        while let Some(app) = app.upgrade() {
            app.go_on_linking();
            drop(app);
            thread::sleep(LOOK_EVERY);
        }
    })?;
    Ok(())
}

impl App {
    fn show_linking(&self, view: LinkView) -> Result<LinkView, ApiError> {
        let is_news = self.linking.shown().replace(view.clone()).as_ref() != Some(&view);
        if is_news {
            self.raise(&[Topic::Devices]);
        }
        Ok(view)
    }

    /// Goes on as far as what the other device said allows.
    fn go_on_linking(&self) {
        let mut side = self.linking.side();
        let outcome = match side.as_mut() {
            None => return,
            Some(Side::New(newcomer)) => self.go_on_as_new(newcomer),
            Some(Side::Old { device, meeting }) => self.go_on_as_old(device, meeting),
        };
        let view = match outcome {
            // A network that does not answer may answer again before the code ends.
            Err(error) if is_passing(&error) => return,
            Err(error) => Some(LinkView::Failed { why: failure(&error) }),
            Ok(view) => view,
        };
        let Some(view) = view else { return };
        if matches!(view, LinkView::Done { .. } | LinkView::Failed { .. }) {
            *side = None;
        }
        drop(side);
        // Nobody waits for an answer here; how it stands was written down.
        let _shown = self.show_linking(view);
    }

    fn go_on_as_new(&self, newcomer: &mut Newcomer) -> Result<Option<LinkView>, Trouble> {
        let Newcomer { device, meeting, at, host, passphrase } = newcomer;
        let expires_at = device.good_until();
        let joined = match device.go_on(host, &meeting.mailboxes(host.clock.now()))? {
            NewDeviceStep::Waiting => return Ok(None),
            NewDeviceStep::Compare(pictures) => {
                return Ok(Some(LinkView::Comparing {
                    signs: signs(&pictures),
                    other: String::new(),
                    confirms: false,
                    expires_at,
                }));
            }
            NewDeviceStep::Receiving => return Ok(Some(LinkView::Joining)),
            NewDeviceStep::Joined(joined) => joined,
        };
        let key = passphrase.as_ref().map_or(NewKey::Keyring, |passphrase| NewKey::Passphrase(passphrase));
        let notebook = Notebook::join(&self.folder(), host, &joined, key)?;
        if let Err(problem) = add_place(&notebook, at, "") {
            tracing::warn!(%problem, "the place where the devices met could not be kept for sync");
        }
        self.put(notebook);
        self.syncing.look_at_all();
        Ok(Some(LinkView::Done { device_name: host.device_name.clone() }))
    }

    fn go_on_as_old(&self, device: &mut OldDevice, meeting: &Meeting) -> Result<Option<LinkView>, Trouble> {
        let Some(notebook) = self.shared_notebook() else { return Err(Trouble::Closed) };
        let now = self.host.clock.now();
        let shown = match device.go_on(&notebook, &meeting.mailboxes(now))? {
            OldDeviceStep::Looking => return Ok(None),
            OldDeviceStep::Compare { pictures, name } => {
                // The ten minutes began when the code was entered.
                let LinkView::Looking { expires_at } = self.linking.view() else { return Ok(None) };
                LinkView::Comparing { signs: signs(&pictures), other: name, confirms: true, expires_at }
            }
            OldDeviceStep::Sending => LinkView::Joining,
            OldDeviceStep::Linked { name, .. } => {
                self.syncing.look_at_all();
                LinkView::Done { device_name: name }
            }
        };
        Ok(Some(shown))
    }
}

/// Says why a linking does not go on.
enum Trouble {
    Link(LinkError),
    Notebook(NotebookError),
    /// The notebook was locked meanwhile.
    Closed,
}

impl From<LinkError> for Trouble {
    fn from(error: LinkError) -> Self {
        Self::Link(error)
    }
}

impl From<NotebookError> for Trouble {
    fn from(error: NotebookError) -> Self {
        Self::Notebook(error)
    }
}

fn is_passing(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Link(LinkError::Mailbox(MailboxError::Unreachable)))
}

fn failure(trouble: &Trouble) -> LinkFailure {
    match trouble {
        Trouble::Link(LinkError::Expired | LinkError::NotACode) => LinkFailure::Expired,
        Trouble::Link(LinkError::Disturbed | LinkError::Unusable) => LinkFailure::Tampered,
        Trouble::Link(LinkError::NewerVersion | LinkError::OlderVersion) => LinkFailure::OtherVersion,
        Trouble::Link(LinkError::Mailbox(_)) => LinkFailure::Unreachable,
        Trouble::Link(error @ (LinkError::Device(_) | LinkError::Store(_))) => {
            tracing::warn!(%error, "linking ended");
            LinkFailure::Cancelled
        }
        Trouble::Notebook(error) => {
            tracing::warn!(%error, "the notebook of this device could not be made");
            LinkFailure::Cancelled
        }
        Trouble::Link(LinkError::Stopped | LinkError::NotNow) | Trouble::Closed => LinkFailure::Cancelled,
    }
}

fn signs(pictures: &[&Picture]) -> Vec<LinkSign> {
    let sign = |picture: &&Picture| LinkSign {
        symbol: picture.emoji.to_owned(),
        en: picture.en.to_owned(),
        de: picture.de.to_owned(),
    };
    pictures.iter().map(sign).collect()
}

fn kind_of(address: &Address) -> PlaceKind {
    match address {
        Address::Folder(path) => PlaceKind::Folder { path: path.to_string_lossy().into_owned() },
        Address::Server(address) => PlaceKind::Server { address: address.clone() },
    }
}
