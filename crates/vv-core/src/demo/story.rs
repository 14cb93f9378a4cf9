//! Reads the texts of the sample notebook and lays them out over the last year.
//!
//! A text begins with `=== name`, lines of facts and an empty line; a line `+++ 35` begins how it read 35 minutes later.

use chrono::{DateTime, Datelike, Days, NaiveTime, TimeDelta, Utc, Weekday};

use super::learning::{EVENING, LESSONS, Lesson};
use crate::journal::{EntryOrigin, Moment};

const PARTS: [&str; 5] = [
    include_str!("year-1.md"),
    include_str!("year-2.md"),
    include_str!("year-3.md"),
    include_str!("year-4.md"),
    include_str!("lines.md"),
];
/// At least this much lies between two entries.
const BETWEEN: TimeDelta = TimeDelta::minutes(6);

/// Is one entry of the story.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub(super) name: &'static str,
    pub(super) days_ago: u64,
    pub(super) time: NaiveTime,
    pub(super) title: &'static str,
    pub(super) tags: Vec<&'static str>,
    pub(super) starred: bool,
    pub(super) trashed: bool,
    pub(super) origin: EntryOrigin,
    /// How it read, first and then.
    pub(super) texts: Vec<&'static str>,
    /// How many minutes after it was begun each later text was written.
    pub(super) later: Vec<i64>,
}

impl Page {
    /// Names the files that its text shows.
    pub(super) fn files(&self) -> impl Iterator<Item = &'static str> {
        let last = self.texts.last().copied().unwrap_or_default();
        last.split("](@").skip(1).filter_map(|rest| rest.split_once(')').map(|(name, _)| name))
    }
}

/// Is one thing that happens in the story, at its time.
pub(super) struct Step {
    pub(super) at: DateTime<Utc>,
    pub(super) what: Told,
}

/// Says what happens.
pub(super) enum Told {
    /// An entry is begun.
    Begins(Page),
    /// An entry reads differently from now on.
    Changes(Page, &'static str),
    /// An entry goes to the trash.
    GoesToTrash(Page),
    /// Something is learned, begun or answered.
    Learns(Lesson),
}

/// Gives every page as the files hold it.
pub(super) fn pages() -> Vec<Page> {
    PARTS
        .iter()
        .flat_map(|part| part.split("=== ").skip(1))
        .map(|text| {
            let (facts, body) = text.split_once("\n\n").unwrap_or((text, ""));
            page(facts, body)
        })
        .collect()
}

fn page(facts: &'static str, body: &'static str) -> Page {
    let fact = |name: &str| {
        facts
            .lines()
            .skip(1)
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
            .map_or("", str::trim)
    };
    let mut texts = vec![];
    let mut later = vec![];
    for (number, text) in body.split("\n+++ ").enumerate() {
        let text = match text.split_once('\n') {
            Some((minutes, text)) if number > 0 => {
                later.push(minutes.trim().parse().unwrap_or(30));
                text
            }
            _ => text,
        };
        texts.push(text.trim_matches('\n'));
    }
    Page {
        name: facts.lines().next().unwrap_or_default().trim(),
        days_ago: fact("days_ago").parse().unwrap_or(0),
        time: NaiveTime::parse_from_str(fact("time"), "%H:%M").unwrap_or_default(),
        title: fact("title"),
        tags: fact("tags").split(',').map(str::trim).filter(|tag| !tag.is_empty()).collect(),
        starred: fact("starred") == "yes",
        trashed: fact("trashed") == "yes",
        origin: if fact("origin") == "captured" { EntryOrigin::Captured } else { EntryOrigin::Written },
        texts,
        later,
    }
}

/// Lays the story out over the year that ends now, in order of time.
pub(super) fn read_story(now: DateTime<Utc>, zone: Option<&str>) -> Vec<Step> {
    let mut pages = pages();
    pages.sort_by_key(|page| (std::cmp::Reverse(page.days_ago), page.time));
    let mut times = Vec::with_capacity(pages.len());
    for page in &pages {
        let at = time_of(page, now, zone);
        // A weekend that moved must not overtake the Friday it moved to.
        times.push(times.last().map_or(at, |before: &DateTime<Utc>| at.max(*before + BETWEEN)));
    }
    // What would lie ahead of now is drawn back behind it, in its order.
    let mut latest = now - TimeDelta::minutes(4);
    for at in times.iter_mut().rev() {
        if *at <= latest {
            break;
        }
        *at = latest;
        latest -= BETWEEN;
    }
    let mut steps = Vec::new();
    for (page, at) in pages.into_iter().zip(times) {
        for (minutes, text) in page.later.iter().zip(&page.texts[1..]) {
            let at = (at + TimeDelta::minutes(*minutes)).min(now - TimeDelta::minutes(1));
            steps.push(Step { at, what: Told::Changes(page.clone(), text) });
        }
        if page.trashed {
            let at = (at + TimeDelta::hours(20)).min(now);
            steps.push(Step { at, what: Told::GoesToTrash(page.clone()) });
        }
        steps.push(Step { at, what: Told::Begins(page) });
    }
    for lesson in LESSONS {
        let evening = NaiveTime::MIN + EVENING;
        let at = local_time(lesson.days_ago, evening, now, zone).min(now - TimeDelta::minutes(2));
        steps.push(Step { at, what: Told::Learns(*lesson) });
    }
    // Stable, and begun before changed: a change never comes at the very time of its beginning.
    steps.sort_by_key(|step| (step.at, !matches!(step.what, Told::Begins(_))));
    steps
}

fn time_of(page: &Page, now: DateTime<Utc>, zone: Option<&str>) -> DateTime<Utc> {
    local_time(page.days_ago, page.time, now, zone)
}

/// Gives a time of a day so many days ago; what would fall on a weekend falls on the Friday before.
fn local_time(days_ago: u64, time: NaiveTime, now: DateTime<Utc>, zone: Option<&str>) -> DateTime<Utc> {
    let today = Moment::at(now, zone).map_or(now.date_naive(), |moment| moment.local_at().date());
    let day = today - Days::new(days_ago);
    let back = match day.weekday() {
        _ if days_ago < 2 => 0,
        Weekday::Sat => 1,
        Weekday::Sun => 2,
        _ => 0,
    };
    let local = (day - Days::new(back)).and_time(time);
    Moment::local(local, zone).map_or(local.and_utc(), |moment| moment.instant())
}
