//! The side of the new device: it shows a code and seven pictures, and gets everything that makes it a device of the person.

use chrono::{DateTime, Utc};
use vv_crypto::AgreeSecret;

use super::GOOD_FOR;
use super::code::{LinkCode, Way};
use super::error::LinkError;
use super::pictures::Picture;
use super::words::{About, Answer, Channel, Opening, Said, decode_gift, read_all};
use crate::identity::welcome::{DeviceKeys, Welcome};
use crate::notebook::Joined;
use crate::ports::Host;
use crate::ports::mailbox::Mailbox;

/// The longest name of a device that is passed on, in letters.
const LONGEST_NAME: usize = 100;

/// Links this device, which has no notebook yet, with another one.
pub struct NewDevice {
    code: LinkCode,
    begun_at: DateTime<Utc>,
    keys: Option<DeviceKeys>,
    about: About,
    opening: Opening,
    state: State,
    /// What is still to be posted.
    unsent: Vec<Said>,
}

enum State {
    /// It has committed itself and waits for an answer.
    Committed(AgreeSecret),
    /// Both show pictures; the person compares them on the old device.
    Comparing(Channel),
    /// The old device has said yes, and this one has said whose it wants to be.
    Proving(Channel, [u8; 32]),
    Ended,
}

/// Tells how far linking has come on the new device.
pub enum NewDeviceStep {
    /// Nobody has entered the code yet.
    Waiting,
    /// These pictures are to be shown; the person compares them on the other device.
    Compare([&'static Picture; 7]),
    /// The person has said that they are the same; the rest is on its way.
    Receiving,
    /// Everything is here: the notebook can be made with it.
    Joined(Box<Joined>),
}

impl NewDevice {
    /// Begins, and says so in the mailbox.
    pub fn begin(host: &Host, mailbox: &dyn Mailbox) -> Result<Self, LinkError> {
        let keys = DeviceKeys::make();
        let (secret, public) = AgreeSecret::make();
        let name: String = host.device_name.chars().take(LONGEST_NAME).collect();
        let sign = *keys.sign.verifying_key().as_bytes();
        let about = About::new(sign, *keys.open.public().as_bytes(), &name);
        let opening = Opening::new(&public, &about);
        let commit = Said::Commit(opening.commitment());
        let mut begun = Self {
            code: LinkCode::make(),
            begun_at: host.clock.now(),
            keys: Some(keys),
            about,
            opening,
            state: State::Committed(secret),
            unsent: vec![commit],
        };
        begun.post(mailbox)?;
        Ok(begun)
    }

    /// Gives the code that is to be entered on the old device.
    pub fn code(&self) -> LinkCode {
        self.code
    }

    /// Tells until when the code is good.
    pub fn good_until(&self) -> DateTime<Utc> {
        self.begun_at + GOOD_FOR
    }

    /// Looks what the other device said, and goes on as far as that allows. To be asked again every second or so.
    pub fn go_on(&mut self, host: &Host, mailbox: &dyn Mailbox) -> Result<NewDeviceStep, LinkError> {
        self.post(mailbox)?;
        let messages = mailbox.fetch(&self.code.mailbox(Way::FromOld))?;
        let step = self.hear(host.clock.now(), &messages);
        if step.is_err() {
            self.state = State::Ended;
        }
        let step = step?;
        self.post(mailbox)?;
        Ok(step)
    }

    /// Stops, and tells the other device.
    pub fn stop(mut self, mailbox: &dyn Mailbox) -> Result<(), LinkError> {
        self.unsent = vec![Said::Stop];
        self.post(mailbox)
    }

    fn post(&mut self, mailbox: &dyn Mailbox) -> Result<(), LinkError> {
        while let Some(said) = self.unsent.first() {
            mailbox.post(&self.code.mailbox(Way::FromNew), &said.encode())?;
            self.unsent.remove(0);
        }
        Ok(())
    }

    fn hear(&mut self, now: DateTime<Utc>, messages: &[Vec<u8>]) -> Result<NewDeviceStep, LinkError> {
        if !matches!(self.state, State::Proving(..)) && now > self.good_until() {
            return Err(LinkError::Expired);
        }
        let said = read_all(messages)?;
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Committed(secret) => self.hear_answer(secret, &said),
            State::Comparing(channel) => self.hear_account(channel, &said),
            State::Proving(channel, account_id) => self.hear_gift(channel, account_id, &said),
            State::Ended => Err(LinkError::NotNow),
        }
    }

    fn hear_answer(&mut self, secret: AgreeSecret, said: &[Said]) -> Result<NewDeviceStep, LinkError> {
        let answers: Vec<&Answer> = said
            .iter()
            .filter_map(|one| if let Said::Answer(answer) = one { Some(answer) } else { None })
            .collect();
        match answers.as_slice() {
            [] => {
                self.state = State::Committed(secret);
                Ok(NewDeviceStep::Waiting)
            }
            [answer] => {
                let commitment = self.opening.commitment();
                let channel = Channel::open(secret, &answer.agree, &commitment, answer, &self.opening)?;
                self.unsent.push(Said::Opening(self.opening.clone()));
                self.unsent.extend(channel.seal(Way::FromNew, 0, &self.about.encode()));
                let pictures = channel.pictures;
                self.state = State::Comparing(channel);
                Ok(NewDeviceStep::Compare(pictures))
            }
            // Two have answered to one code; whose answer is whose cannot be told.
            _ => Err(LinkError::Disturbed),
        }
    }

    fn hear_account(&mut self, channel: Channel, said: &[Said]) -> Result<NewDeviceStep, LinkError> {
        let Some(account_id) = channel.open_all(Way::FromOld, 0, said) else {
            let pictures = channel.pictures;
            self.state = State::Comparing(channel);
            return Ok(NewDeviceStep::Compare(pictures));
        };
        let account_id: [u8; 32] = account_id.try_into().map_err(|_| LinkError::Unusable)?;
        let keys = self.keys.as_ref().ok_or(LinkError::NotNow)?;
        self.unsent.extend(channel.seal(Way::FromNew, 1, &keys.newcomer(&account_id).proof));
        self.state = State::Proving(channel, account_id);
        Ok(NewDeviceStep::Receiving)
    }

    fn hear_gift(
        &mut self,
        channel: Channel,
        account_id: [u8; 32],
        said: &[Said],
    ) -> Result<NewDeviceStep, LinkError> {
        let Some(gift) = channel.open_all(Way::FromOld, 1, said) else {
            self.state = State::Proving(channel, account_id);
            return Ok(NewDeviceStep::Receiving);
        };
        let (certificate, welcome) = decode_gift(&gift).ok_or(LinkError::Unusable)?;
        let welcome = Welcome::decode(&welcome).map_err(|_| LinkError::Unusable)?;
        if welcome.root.account_id != account_id {
            return Err(LinkError::Unusable);
        }
        let keys = self.keys.take().ok_or(LinkError::NotNow)?;
        self.unsent.extend(channel.seal(Way::FromNew, 2, b""));
        Ok(NewDeviceStep::Joined(Box::new(Joined { keys, welcome, certificate })))
    }
}
