//! Clock points that sentences tell: `At 03:01 UTC we were paged`, `down from 14:18 to 18:39 (UTC)`, `was resolved at …`.
//!
//! Sentences of the sections that tell the story are read one by one. A time counts where the words beside it leave
//! little doubt which point it is; the nearest telling words decide, and a time without any is none.

use super::words::{
    BEGAN, BREAKS, CAUSED, DEPLOYED, ENDED, EVENTS, FAULTY, NAMED, NOTICED, OPENERS, OTHER_SPANS, POINTING,
    SPANNING, UNITS,
};
use crate::diag::Span;
use crate::model::{ClockPoint, EntryKind, Milestone, Moment, Precision, SectionKind, TimelineEntry};
use crate::parse::context::Context;
use crate::parse::lines::{self, Line, Lined, Shape};
use crate::parse::timeline;
use crate::parse::times::{self, Order, Stamp};
use crate::parse::wording::{self, Phrases};
use jiff::SignedDuration;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How far outside the timeline a time without a day may lie.
const SLACK: SignedDuration = SignedDuration::from_mins(60);

/// Ranks up to which a statement is surer than the words of the timeline: spans anywhere, single times of the summary.
const FIRM: u8 = 10;

/// Rank of a day alone, below all others.
const DAY: u8 = 100;

/// Clock points with how sure they are.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Spans of time, and single times in the summary: surer than the words of entries.
    pub(super) firm: Vec<(Milestone, ClockPoint)>,
    /// Single times elsewhere.
    pub(super) loose: Vec<(Milestone, ClockPoint)>,
    /// Days without a time of day.
    pub(super) days: Vec<(Milestone, ClockPoint)>,
}

/// The points that the text outside the timeline tells, the summary before other sections.
pub(super) fn points(
    context: &Context<'_>,
    lined: &Lined<'_>,
    order: Order,
    timeline: &[TimelineEntry],
) -> Told {
    let bounds = Bounds::of(timeline);
    let first = timeline.iter().find_map(|entry| entry.at.as_ref()).map(|at| at.local.date());
    let mut told: Vec<(u8, Milestone, ClockPoint)> = Vec::new();
    let mut paragraphs = paragraphs(lined, &bounds);
    paragraphs.extend(indented(context));
    paragraphs.sort_by_key(|one| one.span.start);
    let story = |one: &&Paragraph| rank(context, one.span.start, false) == Some(1) && !one.is_field;
    let opening = paragraphs.iter().find(story).map(|one| one.span);
    for paragraph in paragraphs.into_iter().filter(|one| times::has_digits(&one.text)) {
        let Some(rank) = rank(context, paragraph.span.start, timeline.is_empty()) else { continue };
        let entry = bounds.has(paragraph.span);
        let until = bounds.at(paragraph.span);
        let beside = entry || rank == BESIDE;
        let day = until.map(|at| at.local.date()).or(context.date).or(first);
        let opens = rank == 1 && opening == Some(paragraph.span);
        let told = &mut told;
        let (bounds, span) = (&bounds, paragraph.span);
        let mut reader =
            Reader { context, order, day, span, rank, opens, beside, entry, until, bounds, told };
        for sentence in sentences(&paragraph.text) {
            reader.sentence(sentence);
            reader.opens = false;
        }
    }
    // Of ends that are told alike the last one counts: `the first hall at 06:58, and all of them by 07:42`.
    let is_end = |one: &(u8, Milestone, ClockPoint)| one.1 == Milestone::Resolved;
    let (mut ends, mut told): (Vec<_>, Vec<_>) = told.into_iter().partition(is_end);
    ends.reverse();
    told.extend(ends);
    told.sort_by_key(|(rank, _, _)| *rank);
    let (firm, loose): (Vec<_>, Vec<_>) = told.into_iter().partition(|(rank, _, _)| *rank <= FIRM);
    let (days, loose): (Vec<_>, Vec<_>) = loose.into_iter().partition(|(rank, _, _)| *rank >= DAY);
    let bare = |told: Vec<(u8, Milestone, ClockPoint)>| {
        told.into_iter().map(|(_, milestone, point)| (milestone, point)).collect()
    };
    Told { firm: bare(firm), loose: bare(loose), days: bare(days) }
}

/// The timeline, which the sentences must fit.
struct Bounds {
    /// The first and the last time of day in it.
    span: Option<(Moment, Moment)>,
    /// Where entries begin, and when they were.
    entries: BTreeMap<u32, Option<Moment>>,
}

impl Bounds {
    fn of(timeline: &[TimelineEntry]) -> Self {
        let timed = || {
            timeline.iter().filter_map(|entry| entry.at.as_ref()).filter(|at| at.precision != Precision::Day)
        };
        let first = timed().min_by_key(|at| at.local);
        let last = timed().max_by_key(|at| at.local);
        let entries = timeline.iter().map(|entry| (entry.span.start, entry.at.clone())).collect();
        Self { span: first.cloned().zip(last.cloned()), entries }
    }

    /// Whether an entry, which was read already, begins where `words` do.
    fn has(&self, words: Span) -> bool {
        self.entries.contains_key(&words.start)
    }

    /// When the entry was that begins where `words` do.
    fn at(&self, words: Span) -> Option<&Moment> {
        self.entries.get(&words.start)?.as_ref()
    }

    /// Whether a time without a day can be one of the day of the timeline: one far outside it belongs to another day or
    /// another zone.
    fn fits(&self, at: &Moment) -> bool {
        let Some((first, last)) = &self.span else { return true };
        let after = |later: &Moment, earlier: &Moment| {
            later.since(earlier).unwrap_or_else(|| later.local.duration_since(earlier.local))
        };
        after(first, at) <= SLACK && after(at, last) <= SLACK
    }
}

/// A paragraph or an item in one piece; in a paragraph that holds entries what stands before the first, and each entry.
struct Paragraph {
    text: String,
    span: Span,
    is_field: bool,
}

fn paragraphs(lined: &Lined<'_>, bounds: &Bounds) -> Vec<Paragraph> {
    let mut all: Vec<Paragraph> = Vec::new();
    let mut open = false;
    for line in &lined.all {
        let goes_on = line.shape == (Shape::Text { first: false }) && !bounds.has(line.span);
        let fits = !line.quoted && matches!(line.shape, Shape::Text { .. } | Shape::Item { .. });
        match all.last_mut() {
            Some(last) if goes_on && open && fits && !is_field(line) => join(last, line),
            _ if fits => all.push(Paragraph {
                text: line.text.clone(),
                span: first_line(line),
                is_field: is_field(line),
            }),
            _ => {}
        }
        open = fits;
    }
    all
}

/// A paragraph whose lines stand indented below its heading, which makes code of them.
fn indented(context: &Context<'_>) -> impl Iterator<Item = Paragraph> {
    let text = &context.source.text;
    let blocks = context.document.blocks.iter().filter(|block| block.is_indented(text));
    blocks.filter_map(|block| {
        let lines = lines::trimmed(block.span.of(text), block.span.start as usize);
        let text = lines.map(|(_, line)| line).collect::<Vec<_>>().join(" ").trim().to_owned();
        reads_as_prose(&text).then_some(Paragraph { text, span: block.span, is_field: false })
    })
}

/// Whether a text is sentences and no code: a capital, many words, and a point at its end.
fn reads_as_prose(text: &str) -> bool {
    let words = text
        .split_whitespace()
        .filter(|word| word.chars().all(|c| c.is_alphanumeric() || ",.'’-:()%".contains(c)));
    let all = text.split_whitespace().count();
    text.starts_with(char::is_uppercase)
        && text.ends_with(['.', '!'])
        && all >= 8
        && words.count() * 10 >= all * 9
}

/// `**Status:** recovered`, `End of incident: 11:40`: a line that is a field belongs to no sentence above it.
fn is_field(line: &Line<'_>) -> bool {
    line.text.split_once(':').is_some_and(|(label, value)| {
        let words = label.split_whitespace().count();
        label.starts_with(char::is_uppercase) && (1..=4).contains(&words) && value.starts_with([' ', '*'])
    })
}

fn join(paragraph: &mut Paragraph, line: &Line<'_>) {
    paragraph.text.push(' ');
    paragraph.text.push_str(&line.text);
    paragraph.span.end = line.span.end;
}

/// An item without what is nested below it.
fn first_line(line: &Line<'_>) -> Span {
    let end = line.inlines.last().map_or(line.span.end, |last| last.span.end);
    Span { start: line.span.start, end: end.max(line.span.start) }
}

/// Rank of words beside the entries of a timeline.
const BESIDE: u8 = 5;

/// How much a section's word counts, `None` where it does not tell the story. A timeline without entries (`prose`) does.
fn rank(context: &Context<'_>, at: u32, prose: bool) -> Option<u8> {
    use SectionKind::{
        Detection, Impact, Resolution, Response, RootCause, Summary, Timeline, Trigger, WentPoorly,
    };
    let last = context.sections.partition_point(|section| section.extent.start <= at);
    let around = context.sections.get(last.saturating_sub(8)..last).unwrap_or_default();
    let innermost = around.iter().rev().find(|section| section.extent.end > at);
    match innermost.and_then(|section| section.kind) {
        Some(Summary) => Some(1),
        Some(Impact | Detection | Resolution) => Some(2),
        Some(Response | Trigger | RootCause) => Some(3),
        Some(Timeline) => Some(if prose { 3 } else { BESIDE }),
        // `What went wrong?` tells the story in posts that have no other place for it.
        Some(WentPoorly) => Some(4),
        Some(_) => None,
        None if innermost.is_none() => Some(1),
        None => Some(4),
    }
}

/// The sentences of a text: what ends in a mark that a capital follows.
fn sentences(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut from = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let ends = matches!(letter, '.' | '!' | '?') && letters.peek().is_some_and(|(_, next)| *next == ' ');
        let next = text.get(at + 1..).and_then(|rest| rest.trim_start().chars().next());
        if ends && next.is_some_and(char::is_uppercase) && !is_short(text.get(from..at).unwrap_or_default()) {
            all.push(text.get(from..=at).unwrap_or_default());
            from = at + 1;
        }
    }
    all.push(text.get(from..).unwrap_or_default());
    all
}

/// Whether a point belongs to the word before it: `a.m`, `Nov`, `approx`.
fn is_short(before: &str) -> bool {
    let word = before.rsplit(' ').next().unwrap_or(before).to_lowercase();
    let known = [
        "a.m", "p.m", "ca", "approx", "nov", "dec", "jan", "feb", "aug", "sep", "sept", "oct", "e.g", "i.e",
        "no",
    ];
    known.contains(&word.as_str())
}

struct Reader<'a, 'b> {
    context: &'b Context<'a>,
    order: Order,
    /// The day that times without one belong to.
    day: Option<Date>,
    span: Span,
    rank: u8,
    /// Whether the sentence opens the story: a span of time in it is that of the incident, whatever it calls it.
    opens: bool,
    /// Whether it stands in a timeline: there only spans count, and times beside which it says that it began.
    beside: bool,
    /// Whether it is of an entry.
    entry: bool,
    /// When that was.
    until: Option<&'b Moment>,
    bounds: &'b Bounds,
    told: &'b mut Vec<(u8, Milestone, ClockPoint)>,
}

impl Reader<'_, '_> {
    fn sentence(&mut self, sentence: &str) {
        let stamps = times::all(sentence, self.order);
        for (number, (at, stamp)) in stamps.iter().enumerate() {
            let from = number
                .checked_sub(1)
                .and_then(|last| stamps.get(last))
                .map_or(0, |(at, stamp)| at + stamp.written.end);
            let to = stamps.get(number + 1).map_or(sentence.len(), |(at, _)| *at);
            let before = last_clause(sentence.get(from..at + stamp.written.start).unwrap_or_default());
            let after = sentence.get(at + stamp.written.end..to).unwrap_or_default();
            let after = after.split([';']).next().unwrap_or(after);
            let Some((start, end)) = self.moments(stamp, sentence) else { continue };
            let day = start.precision == Precision::Day;
            if let Some(end) = end {
                let words = sentence.get(from..at + stamp.written.end).unwrap_or_default();
                let dated = stamp.date.is_some() && !day;
                let spans = self.opens && (dated || SPANNING.said(&wording::head(words)));
                self.span_of_time(sentence, &before, spans, start, end);
            } else if self.beside {
                let began = edge(&before).filter(|one| *one == Milestone::Started);
                let faulty = FAULTY.said(&wording::head(sentence)) || POINTING.said(&before);
                if let Some(milestone) = began.filter(|_| faulty && self.before_entry(&start)) {
                    self.tell(1, milestone, start);
                }
            } else if let Some(milestone) = single(&before, after, sentence) {
                self.tell(1, milestone, start);
            } else if !day && (self.begins(stamp, &before, after) || brought(&before, after, sentence)) {
                self.tell(2, Milestone::Started, start);
            } else if !day && ends(after) {
                self.tell(2, Milestone::Resolved, start);
            }
        }
    }

    /// Whether the story opens with this day and time: `On 14 March 2024, at 14:02 UTC, a wrong list was printed`.
    fn begins(&self, stamp: &Stamp, before: &str, after: &str) -> bool {
        self.opens && stamp.date.is_some() && opens(before) && !mends(&wording::head(after))
    }

    /// Whether a time that an entry speaks of was before it.
    fn before_entry(&self, at: &Moment) -> bool {
        !self.entry || self.until.is_some_and(|entry| at.local < entry.local)
    }

    /// When a stamp is; a day moves the times after it. A day alone counts where the story is told.
    fn moments(&mut self, stamp: &Stamp, written: &str) -> Option<(Moment, Option<Moment>)> {
        if stamp.problem.is_some() {
            return None;
        }
        let (at, until) = timeline::lone_span(stamp.clone(), written, self.day, self.context.zone)?;
        if stamp.date.is_some() {
            self.day = Some(at.local.date());
        }
        let fits = stamp.date.is_some() || self.entry || self.bounds.fits(&at);
        let counts = stamp.time.is_some() || (self.rank <= 2 && !self.beside);
        (counts && fits).then_some((at, until))
    }

    fn span_of_time(&mut self, sentence: &str, before: &str, spans: bool, start: Moment, end: Moment) {
        let head = wording::head(sentence);
        let days = start.precision == Precision::Day && end.precision == Precision::Day;
        let in_order =
            end.since(&start).is_some_and(|gap| gap.is_positive()) || (days && end.local > start.local);
        let length =
            before.trim_end().strip_suffix('(').and_then(|words| words.split_whitespace().next_back());
        let measured = length.is_some_and(|unit| UNITS.contains(&unit));
        if in_order && (measured || spans || FAULTY.said(&head)) && !OTHER_SPANS.said(&head) {
            self.tell(0, Milestone::Started, start);
            self.tell(0, Milestone::Resolved, end);
        }
    }

    fn tell(&mut self, sure: u8, milestone: Milestone, at: Moment) {
        let point = ClockPoint { at, from: "text", span: self.span };
        let rank = if point.at.precision == Precision::Day {
            DAY + self.rank
        } else if self.entry {
            FIRM + FIRM
        } else if sure == 2 {
            FIRM + FIRM + self.rank
        } else if sure == 0 || self.rank == 1 {
            self.rank * 2 + sure
        } else {
            FIRM + self.rank
        };
        self.told.push((rank, milestone, point));
    }
}

/// The clause that a text ends in: behind the last comma, semicolon or colon.
fn last_clause(text: &str) -> String {
    let text = &without_thousands(text);
    let mut parts = text.rsplit([';', ':', ',', '—', '→']);
    let last = parts.next().unwrap_or(text);
    let last = last.rsplit(" -- ").next().unwrap_or(last);
    // `On Thursday, January 20th, 2022 at` is one clause up to its time.
    wording::head(last)
}

/// `332,816` is one number: its comma ends no clause.
fn without_thousands(text: &str) -> String {
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    let mut all = String::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        let inside = before.is_ascii_digit() && letters.peek().is_some_and(char::is_ascii_digit);
        if !(letter == ',' && inside) {
            all.push(letter);
        }
        before = letter;
    }
    all
}

/// Which point a single time is.
fn single(before: &str, after: &str, sentence: &str) -> Option<Milestone> {
    let whole = wording::head(sentence);
    let named = after.trim_start().split([')', ',', ';', '→', '–', '—', '.']).next().unwrap_or_default();
    if let Some((_, milestone)) = NAMED.iter().find(|(word, _)| named.trim() == *word) {
        return Some(*milestone);
    }
    // `Started 14:02. Fixed 15:10.`, but not `Beginning at 14:02, …`
    let label = before.trim_end_matches([' ', ':']);
    let told = Some(label).filter(|label| !label.contains("ing")).and_then(timeline::label_meaning);
    if let Some(EntryKind::Milestone(milestone)) = told {
        return Some(milestone);
    }
    if let Some(milestone) = foreign_edge(before).filter(|_| FAULTY.said(&whole)) {
        return Some(milestone);
    }
    let rough = ["around", "about", "approximately", "roughly", "on", "or", "~"];
    match before.split_whitespace().rev().find(|word| !rough.contains(word)) {
        Some("from") if FAULTY.said(before) => return Some(Milestone::Started),
        Some("through") if FAULTY.said(&whole) => return Some(Milestone::Resolved),
        Some("since") if FAULTY.said(&whole) => return Some(Milestone::Started),
        Some("until" | "till") => {
            let over = FAULTY.said(before) && !NOTICED.said(before) && !is_negated(before);
            return over.then_some(Milestone::Resolved);
        }
        _ => {}
    }
    if let Some(milestone) = edge(before).filter(|_| FAULTY.said(&whole)) {
        return Some(milestone);
    }
    if let Some(named) = before.strip_suffix('(') {
        let event = EVENTS.iter().any(|event| named.trim_end().ends_with(event));
        // `mainnet resumed normal operations at block 332,836 (03:14)`
        let told =
            || nearest(named, Phrases::last, std::cmp::max_by_key).filter(|one| *one != Milestone::Detected);
        return event.then_some(Milestone::Started).or_else(told);
    }
    // `At 10:00 on 14.03., there was an almost complete failure`
    let there = ["there was", "there were", "we had", "we saw"];
    if opens(before) {
        let after_head = wording::head(after.split(". ").next().unwrap_or(after));
        if there.iter().any(|words| after_head.trim_start_matches([',', ' ']).starts_with(words))
            && BREAKS.said(&after_head)
        {
            return Some(Milestone::Started);
        }
        nearest(&wording::head(after), Phrases::first, std::cmp::min_by_key)
    } else {
        nearest(before, Phrases::last, std::cmp::max_by_key)
    }
}

/// Whether a time is that of the change that brought the fault: `a release at 14:02 that caused errors`.
fn brought(before: &str, after: &str, sentence: &str) -> bool {
    let near = if opens(before) { &wording::head(after) } else { before };
    DEPLOYED.said(near) && CAUSED.said(&wording::head(sentence)) && !mends(near)
}

/// Whether the words behind a time go on to the end of it all: `deployed at 14:02 and service returned to normal`.
fn ends(after: &str) -> bool {
    let goes_on =
        [" and ", ", and ", ", which ", ", restoring ", " which "].iter().any(|word| after.starts_with(word));
    goes_on && ENDED.said(&wording::head(after))
}

/// Whether a clause tells of what was done against the fault.
fn mends(clause: &str) -> bool {
    let stems = ["fix", "patch", "rever", "rollback", "rolled back", "mitigat", "workaround", "resol"];
    stems.iter().any(|stem| clause.contains(stem))
}

/// Whether nothing but a day stands between the start of a clause and its time.
fn opens(before: &str) -> bool {
    before.split_whitespace().all(|word| OPENERS.contains(&word) || is_day_word(word))
}

/// `war seit 10:00 nicht erreichbar`, `не работал с 10:00 до примерно 11:00`: the word beside the time.
fn foreign_edge(before: &str) -> Option<Milestone> {
    let rough = ["примерно", "около", "etwa", "gegen", "environ", "las", "sobre", "aproximadamente"];
    match before.split_whitespace().rev().find(|word| !rough.contains(word))? {
        "seit" | "depuis" | "desde" | "sinds" | "siden" | "с" => Some(Milestone::Started),
        "bis" | "jusqu'à" | "hasta" | "até" | "tot" | "до" => Some(Milestone::Resolved),
        _ => None,
    }
}

/// `an outage which started at 06:27`, `errors beginning at 14:00`, `unavailable, ending at 15:10`: the verb beside the time.
fn edge(before: &str) -> Option<Milestone> {
    let before = before.trim_end_matches([' ', '~']);
    let rough = ["around", "about", "approximately", "roughly", "at", "from", "on", "utc", "gmt"];
    let mut words = before.split_whitespace().rev().skip_while(|word| rough.contains(word));
    match words.next()? {
        "started" | "starting" | "began" | "beginning" | "commenced" | "commencing" => {
            Some(Milestone::Started)
        }
        "ended" | "ending" => Some(Milestone::Resolved),
        _ => None,
    }
}

fn is_negated(clause: &str) -> bool {
    clause
        .split_whitespace()
        .any(|word| ["not", "nobody", "never", "only"].contains(&word) || word.ends_with("n't"))
}

fn is_day_word(word: &str) -> bool {
    let word = word.trim_matches([',', '.']);
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].contains(&word)
        || word.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '~' | '(' | '`'))
}

type Find = fn(&Phrases, &str) -> Option<usize>;
type Choose =
    fn((usize, Milestone), (usize, Milestone), fn(&(usize, Milestone)) -> usize) -> (usize, Milestone);

/// The point whose words stand nearest to the time.
fn nearest(clause: &str, find: Find, choose: Choose) -> Option<Milestone> {
    let lists =
        [(&NOTICED, Milestone::Detected), (&BEGAN, Milestone::Started), (&ENDED, Milestone::Resolved)];
    let found = lists.iter().filter_map(|(words, milestone)| Some((find(words, clause)?, *milestone)));
    found.reduce(|a, b| choose(a, b, |(at, _)| *at)).map(|(_, milestone)| milestone)
}
