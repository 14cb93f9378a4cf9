//! The side of the device that belongs to the person already: the code is entered here, and here the person says that the pictures
//! are the same.

use chrono::{DateTime, Utc};
use vv_crypto::AgreeSecret;

use super::GOOD_FOR;
use super::code::{LinkCode, Way};
use super::error::LinkError;
use super::pictures::Picture;
use super::words::{About, Answer, Channel, Said, encode_gift, read_all};
use crate::devices::{DeviceError, DeviceId};
use crate::identity::devices::{Newcomer, add_device, put_name};
use crate::identity::welcome::Welcome;
use crate::notebook::Notebook;
use crate::ports::mailbox::Mailbox;
use crate::store::StoreError;

/// Links another device with this one.
pub struct OldDevice {
    code: LinkCode,
    begun_at: DateTime<Utc>,
    state: State,
    /// What is still to be posted.
    unsent: Vec<Said>,
}

enum State {
    /// It looks for the one who shows the code.
    Looking,
    /// It has answered and waits for the new device to say who it is.
    Answered {
        secret: AgreeSecret,
        commitment: [u8; 32],
        answer: Answer,
    },
    /// The new device has opened what it committed itself to, and has not said yet who it is.
    Opened {
        channel: Channel,
        /// What stands for who it is.
        about: [u8; 32],
    },
    /// Both show pictures.
    Comparing {
        channel: Channel,
        about: About,
    },
    /// The person has said that they are the same.
    Confirmed {
        channel: Channel,
        about: About,
    },
    /// The device was added, and everything it needs was posted.
    Sent {
        channel: Channel,
        about: About,
    },
    Ended,
}

/// Tells how far linking has come on the old device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OldDeviceStep {
    /// Nobody is found under the code yet.
    Looking,
    /// These pictures are to be compared with those on the new device, and confirmed here.
    Compare {
        /// The pictures.
        pictures: [&'static Picture; 7],
        /// How the new device calls itself.
        name: String,
    },
    /// The new device is being added.
    Sending,
    /// The new device has everything.
    Linked {
        /// The new device.
        device: DeviceId,
        /// How it calls itself.
        name: String,
    },
}

impl OldDevice {
    /// Begins with a code that was entered.
    pub fn begin(notebook: &Notebook, code: LinkCode) -> Self {
        let begun_at = notebook.host().clock.now();
        Self { code, begun_at, state: State::Looking, unsent: Vec::new() }
    }

    /// Looks what the other device said, and goes on as far as that allows. To be asked again every second or so.
    pub fn go_on(&mut self, notebook: &Notebook, mailbox: &dyn Mailbox) -> Result<OldDeviceStep, LinkError> {
        self.post(mailbox)?;
        let messages = mailbox.fetch(&self.code.mailbox(Way::FromNew))?;
        let step = self.hear(notebook, &messages);
        if step.is_err() {
            self.state = State::Ended;
        }
        let step = step?;
        self.post(mailbox)?;
        Ok(step)
    }

    /// Says that the pictures are the same on both devices.
    pub fn confirm(&mut self, notebook: &Notebook, mailbox: &dyn Mailbox) -> Result<(), LinkError> {
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Comparing { channel, about } => {
                if notebook.host().clock.now() > self.begun_at + GOOD_FOR {
                    return Err(LinkError::Expired);
                }
                let account = notebook.read(|reader| Ok::<_, StoreError>(reader.core().account_id))?;
                self.unsent.extend(channel.seal(Way::FromOld, 0, &account));
                self.state = State::Confirmed { channel, about };
                self.post(mailbox)
            }
            other => {
                self.state = other;
                Err(LinkError::NotNow)
            }
        }
    }

    /// Stops, also because the pictures differ, and tells the other device.
    pub fn stop(mut self, mailbox: &dyn Mailbox) -> Result<(), LinkError> {
        self.unsent = vec![Said::Stop];
        self.post(mailbox)
    }

    fn post(&mut self, mailbox: &dyn Mailbox) -> Result<(), LinkError> {
        while let Some(said) = self.unsent.first() {
            mailbox.post(&self.code.mailbox(Way::FromOld), &said.encode())?;
            self.unsent.remove(0);
        }
        Ok(())
    }

    fn hear(&mut self, notebook: &Notebook, messages: &[Vec<u8>]) -> Result<OldDeviceStep, LinkError> {
        let is_confirmed = matches!(self.state, State::Confirmed { .. } | State::Sent { .. });
        if !is_confirmed && notebook.host().clock.now() > self.begun_at + GOOD_FOR {
            return Err(LinkError::Expired);
        }
        let said = read_all(messages)?;
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Looking => self.hear_commitment(&said),
            State::Answered { secret, commitment, answer } => {
                self.hear_opening(secret, commitment, answer, &said)
            }
            State::Opened { channel, about } => self.hear_about(channel, about, &said),
            State::Comparing { channel, about } => {
                let step = OldDeviceStep::Compare { pictures: channel.pictures, name: about.name.clone() };
                self.state = State::Comparing { channel, about };
                Ok(step)
            }
            State::Confirmed { channel, about } => self.hear_newcomer(notebook, channel, about, &said),
            State::Sent { channel, about } => {
                if channel.open_all(Way::FromNew, 2, &said).is_some() {
                    return Ok(OldDeviceStep::Linked { device: DeviceId(about.sign), name: about.name });
                }
                self.state = State::Sent { channel, about };
                Ok(OldDeviceStep::Sending)
            }
            State::Ended => Err(LinkError::NotNow),
        }
    }

    fn hear_commitment(&mut self, said: &[Said]) -> Result<OldDeviceStep, LinkError> {
        let commitments: Vec<&[u8; 32]> = said
            .iter()
            .filter_map(|one| if let Said::Commit(hash) = one { Some(hash) } else { None })
            .collect();
        match commitments.as_slice() {
            [] => self.state = State::Looking,
            [commitment] => {
                let (secret, public) = AgreeSecret::make();
                let answer = Answer::new(&public);
                self.unsent.push(Said::Answer(answer.clone()));
                self.state = State::Answered { secret, commitment: **commitment, answer };
            }
            // Two show one code; which of them is the person's cannot be told.
            _ => return Err(LinkError::Disturbed),
        }
        Ok(OldDeviceStep::Looking)
    }

    fn hear_opening(
        &mut self,
        secret: AgreeSecret,
        commitment: [u8; 32],
        answer: Answer,
        said: &[Said],
    ) -> Result<OldDeviceStep, LinkError> {
        let opening =
            said.iter().find_map(|one| if let Said::Opening(opening) = one { Some(opening) } else { None });
        let Some(opening) = opening else {
            self.state = State::Answered { secret, commitment, answer };
            return Ok(OldDeviceStep::Looking);
        };
        if opening.commitment() != commitment {
            return Err(LinkError::Disturbed);
        }
        let channel = Channel::open(secret, &opening.agree, &commitment, &answer, opening)?;
        self.hear_about(channel, opening.about, said)
    }

    fn hear_about(
        &mut self,
        channel: Channel,
        digest: [u8; 32],
        said: &[Said],
    ) -> Result<OldDeviceStep, LinkError> {
        let Some(about) = channel.open_all(Way::FromNew, 0, said) else {
            self.state = State::Opened { channel, about: digest };
            return Ok(OldDeviceStep::Looking);
        };
        // The pictures follow from the digest, so they also say that it is this device and no other.
        let about =
            About::decode(&about).filter(|about| about.digest() == digest).ok_or(LinkError::Disturbed)?;
        let step = OldDeviceStep::Compare { pictures: channel.pictures, name: about.name.clone() };
        self.state = State::Comparing { channel, about };
        Ok(step)
    }

    fn hear_newcomer(
        &mut self,
        notebook: &Notebook,
        channel: Channel,
        about: About,
        said: &[Said],
    ) -> Result<OldDeviceStep, LinkError> {
        let Some(proof) = channel.open_all(Way::FromNew, 1, said) else {
            self.state = State::Confirmed { channel, about };
            return Ok(OldDeviceStep::Sending);
        };
        let proof = proof.try_into().map_err(|_| LinkError::Disturbed)?;
        let newcomer = Newcomer { sign: about.sign, open: about.open, proof };
        let gift = notebook.write(|tx| {
            let certificate = add_device(tx, &newcomer)?;
            // It says so itself too, once it syncs; until then it is no stranger in the list.
            put_name(tx, &about.sign, &about.name)?;
            Ok::<_, DeviceError>(encode_gift(&certificate, &Welcome::gather(tx)?.encode()))
        })?;
        self.unsent.extend(channel.seal(Way::FromOld, 1, &gift));
        self.state = State::Sent { channel, about };
        Ok(OldDeviceStep::Sending)
    }
}
