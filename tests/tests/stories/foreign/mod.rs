//! A year in the journal of somebody who does not exist, and how three programs would hand it over.
//!
//! The same seed gives the same year. It holds what makes real journals hard: travels to both ends of the clock, an hour that
//! was left out and one that came twice, two entries of one minute, days with several, photos, stars, links from page to page.

pub mod day_one;
pub mod jrnl;
pub mod obsidian;

use std::io::Cursor;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

/// Where somebody is who travels nowhere.
pub const HOME: &str = "Europe/Berlin";

/// Is one entry as it was written.
#[derive(Clone)]
pub struct Page {
    /// Its number in the year, which its words name too.
    pub number: usize,
    pub title: String,
    pub words: String,
    pub tags: Vec<&'static str>,
    pub at: DateTime<Utc>,
    pub zone: &'static str,
    pub starred: bool,
    pub photo: Option<Vec<u8>>,
    /// The earlier page it leads to.
    pub leads_to: Option<usize>,
}

impl Page {
    /// Gives a word that stands in this page and in no other.
    pub fn rare_word(&self) -> String {
        rare_word(self.number)
    }

    /// Tells the time on the wall where it was written.
    pub fn local(&self) -> chrono::NaiveDateTime {
        let zone: chrono_tz::Tz = self.zone.parse().expect("it is a zone");
        self.at.with_timezone(&zone).naive_local()
    }
}

fn rare_word(number: usize) -> String {
    let letters =
        format!("{number:04}").bytes().map(|digit| char::from(b'a' + digit - b'0')).collect::<String>();
    format!("kelpie{letters}")
}

/// Gives pseudo-random numbers, the same ones for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }
}

const BEGINNINGS: [&str; 6] = [
    "Meral asked what would change my mind, and I had no answer.",
    "The release went out at 9:04; Spain went quiet at 9:11.",
    "Ich habe **zweimal** nachgefragt und nichts gesagt bekommen – “später”, hieß es.",
    "Café with Tom: he lets a silence stand until it works for him.",
    "I wrote the summary last, and it was half as long.",
    "会議のあと、質問を三つ書いた。 Then a walk. 👩🏽‍🔧",
];
const ENDS: [&str; 4] = [
    "- ask first\n- wait\n- write it down",
    "> No is a date, not a wall.",
    "Next time I say it at the beginning.",
    "1. the agenda\n2. the clock\n3. the cake",
];
const TAGS: [&str; 6] = ["work", "listening", "releases", "family", "walks", "Slow"];

/// Makes a year. Who travels writes in other zones; otherwise all of it is written at home.
pub fn a_year(seed: u64, travels: bool) -> Vec<Page> {
    let mut chance = Chance(seed);
    let mut moments: Vec<(DateTime<Utc>, &'static str)> = Vec::new();
    let first = NaiveDate::from_ymd_opt(2025, 1, 1).expect("there was such a day");
    for day in first.iter_days().take_while(|day| day.year() == 2025) {
        let count = chance.pick(&[0, 0, 1, 1, 1, 1, 2, 3]);
        for _ in 0..count {
            let time = TimeDelta::minutes(6 * 60 + chance.below(14 * 60) as i64);
            let at = day.and_time(chrono::NaiveTime::MIN).and_utc() + time;
            moments.push((at, if travels { zone_on(day) } else { HOME }));
        }
    }
    // Around the hour that was left out, in both of the hours that came twice, and two in one minute.
    for at in ["2025-03-30T00:59:00Z", "2025-03-30T01:01:00Z", "2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z"]
        .into_iter()
        .chain(["2025-05-04T16:10:00Z"; 2])
    {
        moments.push((at.parse().expect("it is an instant"), HOME));
    }
    moments.sort();
    moments.into_iter().enumerate().map(|(number, (at, zone))| page(&mut chance, number, at, zone)).collect()
}

fn zone_on(day: NaiveDate) -> &'static str {
    match (day.month(), day.day()) {
        (2, 5..=12) => "Asia/Tokyo",
        (3, 8..=11) => "America/New_York",
        (7, 1..=4) => "Pacific/Kiritimati",
        (7, 6..=9) => "Pacific/Pago_Pago",
        (11, 3..=6) => "Asia/Kathmandu",
        _ => HOME,
    }
}

/// Makes the page of a number.
fn page(chance: &mut Chance, number: usize, at: DateTime<Utc>, zone: &'static str) -> Page {
    let mut tags = vec![chance.pick(&TAGS), chance.pick(&TAGS)];
    tags.sort_unstable();
    tags.dedup();
    let words = format!(
        "{}\n\n{} and nothing else.\n\n{}",
        chance.pick(&BEGINNINGS),
        rare_word(number),
        chance.pick(&ENDS)
    );
    Page {
        number,
        title: format!("Page {number} of the year"),
        words,
        tags,
        at,
        zone,
        starred: chance.below(9) == 0,
        photo: (chance.below(7) == 0).then(|| photo(number)),
        leads_to: (number > 0 && chance.below(5) == 0).then(|| chance.below(number as u64) as usize),
    }
}

/// Gives what the journal became some weeks later: three pages say more, and two are new.
pub fn some_weeks_later(year: &[Page]) -> Vec<Page> {
    let mut later = year.to_vec();
    for number in [3, 40, 120] {
        later[number].words.push_str("\n\nAnd later I saw why.");
    }
    let mut chance = Chance(77);
    for day in [3, 9] {
        let at = year.last().expect("the year holds pages").at + TimeDelta::days(day);
        let mut page = page(&mut chance, later.len(), at, HOME);
        (page.photo, page.leads_to) = (None, None);
        later.push(page);
    }
    later
}

/// Draws a small photo that is like no other.
fn photo(number: usize) -> Vec<u8> {
    let shade = |by: u32| (number as u32 * by % 251) as u8;
    let drawn = image::RgbImage::from_fn(24, 16, |x, y| {
        image::Rgb([shade(7).wrapping_add(x as u8), shade(13).wrapping_add(y as u8), (number / 200) as u8])
    });
    let mut bytes = Cursor::new(Vec::new());
    drawn.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture can be written to memory");
    bytes.into_inner()
}
