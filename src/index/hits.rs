//! A result as a reader sees it: the incident, and the passage that shows why it was found.

use super::marks::{Marks, Place};
use super::piece::{Piece, Spot, walk};
use crate::config::SiteConfig;
use crate::corpus::{Edition, Published};

/// One incident that was found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Its number in the edition.
    pub number: u32,
    /// How well it fits; comparable within one search only.
    pub score: f32,
    /// The part that fits best; `None` where only its names or nothing in particular was asked for.
    pub passage: Option<Passage>,
    /// Words it lacks.
    pub lacks: Vec<String>,
}

/// A part of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its name for readers: `Timeline 06:30`, `Root cause`.
    pub place: String,
    /// The id on the page, without `#`; empty for the top.
    pub anchor: String,
    /// The words, each run marked or not.
    pub runs: Vec<(String, bool)>,
}

/// About how long a passage is, in bytes.
const LENGTH: usize = 240;
/// How much of it comes before the first marked word.
const BEFORE: usize = 60;

/// The incident with its best passage.
pub(super) fn hit(
    edition: &Edition,
    config: &SiteConfig,
    number: u32,
    score: f32,
    marks: &Marks,
) -> Option<Hit> {
    let published = edition.incidents.get(number as usize)?;
    let passage = if marks.is_empty() { None } else { passage(published, config, marks) };
    Some(Hit { number, score, passage, lacks: Vec::new() })
}

fn passage(published: &Published, config: &SiteConfig, marks: &Marks) -> Option<Passage> {
    let mut best: Option<(f32, Spot<'_>, String)> = None;
    walk(published, config, &mut |piece: Piece<'_, '_>| {
        if piece.repeated || matches!(piece.spot, Spot::Title | Spot::Names) {
            return;
        }
        let text = shown_text(published, piece.spot, piece.text);
        let worth = worth(&marks.places(text));
        if worth > 0.0 && best.as_ref().is_none_or(|(most, ..)| worth > *most) {
            best = Some((worth, piece.spot, text.to_owned()));
        }
    });
    let (_, spot, text) = best?;
    let (place, anchor) = place_of(published, spot);
    Some(Passage { place, anchor, runs: cut(&text, &marks.places(&text)) })
}

/// Different words count once each, rare ones more, neighbours half again.
fn worth(places: &[Place]) -> f32 {
    let mut seen: Vec<usize> = Vec::new();
    let mut worth = 0.0;
    let mut before: Option<&Place> = None;
    for place in places {
        if !seen.contains(&place.term) {
            seen.push(place.term);
            worth += place.weight;
            let beside = before.is_some_and(|b| b.term != place.term && place.position == b.position + 1);
            worth += if beside { place.weight * 0.5 } else { 0.0 };
        }
        before = Some(place);
    }
    worth
}

/// What is shown of the text at `spot`: an entry of the timeline without its time, which its place says.
pub(super) fn shown_text<'t>(published: &Published, spot: Spot<'_>, text: &'t str) -> &'t str {
    match spot {
        Spot::Entry(n) => without_time(published, n, text),
        _ => text,
    }
}

fn without_time<'t>(published: &Published, n: usize, text: &'t str) -> &'t str {
    let written = published.incident.timeline.get(n).map_or("", |entry| entry.written.as_str());
    let rest = text.trim_start().strip_prefix(written).unwrap_or(text);
    rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '`' | '"' | '(' | '#' | '@'))
}

/// The name of `spot` for readers, and its id on the page.
pub(super) fn place_of(published: &Published, spot: Spot<'_>) -> (String, String) {
    match spot {
        Spot::Title | Spot::Names => (String::new(), String::new()),
        Spot::Fix => ("Fixed by".to_owned(), String::new()),
        Spot::Summary => ("Summary".to_owned(), String::new()),
        Spot::Cause => ("Cause".to_owned(), String::new()),
        Spot::Entry(n) => {
            let written = published.incident.timeline.get(n).map_or("", |entry| entry.written.as_str());
            (format!("Timeline {written}").trim_end().to_owned(), format!("t{}", n + 1))
        }
        Spot::Action(n) => ("Action items".to_owned(), format!("action-{}", n + 1)),
        Spot::Section(title, anchor) => (title.to_owned(), anchor.to_owned()),
    }
}

/// The stretch of `text` with the most marked words, as runs.
fn cut(text: &str, places: &[Place]) -> Vec<(String, bool)> {
    let densest = (0..places.len()).max_by(|a, b| {
        let within = |from: usize| {
            let start = places.get(from).map_or(0, |place| place.start);
            let rest = places.get(from..).unwrap_or_default();
            // Parts of an identifier end before it does, so ends are in no order that could be halved.
            let end = rest.iter().take_while(|place| place.end <= start + LENGTH - BEFORE).count();
            worth(rest.get(..end).unwrap_or_default())
        };
        within(*a).total_cmp(&within(*b)).then_with(|| b.cmp(a))
    });
    let anchor = densest.and_then(|n| places.get(n)).map_or(0, |place| place.start);
    let (start, end) = stretch(text, anchor);
    let mut runs = Vec::new();
    let mut at = start;
    if start > 0 {
        runs.push(("… ".to_owned(), false));
    }
    for place in places.iter().filter(|place| place.start >= start && place.end <= end) {
        if place.start < at {
            continue;
        }
        push_run(&mut runs, text.get(at..place.start).unwrap_or_default(), false);
        push_run(&mut runs, text.get(place.start..place.end).unwrap_or_default(), true);
        at = place.end;
    }
    push_run(&mut runs, text.get(at..end).unwrap_or_default().trim_end(), false);
    if end < text.trim_end().len() {
        runs.push((" …".to_owned(), false));
    }
    runs
}

/// From a little before `anchor`, between words.
fn stretch(text: &str, anchor: usize) -> (usize, usize) {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let wished = if anchor <= BEFORE * 2 { 0 } else { floor(anchor - BEFORE) };
    let to_space = text.get(wished..anchor).and_then(|ahead| ahead.find(char::is_whitespace));
    let start = if wished == 0 { 0 } else { to_space.map_or(wished, |at| wished + at + 1) };
    let start = floor(start);
    let wished = floor(start + LENGTH);
    if wished == text.len() {
        return (start, wished);
    }
    let back = text.get(anchor..wished).and_then(|ahead| ahead.rfind(char::is_whitespace));
    (start, back.map_or(wished, |at| anchor + at))
}

/// Appends a run with its spaces made single; marked parts of one identifier become one run.
fn push_run(runs: &mut Vec<(String, bool)>, text: &str, marked: bool) {
    if let Some((last, true)) = runs.last_mut()
        && marked
    {
        last.push_str(text);
        return;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    if !out.is_empty() {
        runs.push((out, marked));
    }
}
