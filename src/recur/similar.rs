//! Suggestions: earlier incidents that are like one, best first, each with its reasons; or none.

use super::Relatives;
use super::neighbours::Neighbours;
use super::profile::{Profile, Reader};
use super::ranks::{Desk, Ranked};
use super::reason::{Reason, reasons};
use super::score::{Likeness, Query, compare};
use super::weights::{BACKGROUND, LEAST, ONE_SIDED, OUTSTANDING, STRONG, SUGGESTED};
use crate::corpus::Published;
use serde::Serialize;

/// How alike two incidents are in one respect, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likelihood {
    /// One of them does not tell.
    Unknown,
    /// Hardly.
    Little,
    /// In part.
    Some,
    /// Strongly.
    Strong,
}

impl Likelihood {
    /// The word for a likeness.
    pub fn of(share: Option<f32>) -> Self {
        match share {
            None => Self::Unknown,
            Some(share) if share >= STRONG => Self::Strong,
            Some(share) if share >= STRONG / 2.0 => Self::Some,
            Some(_) => Self::Little,
        }
    }

    /// The word for readers and data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Little => "little",
            Self::Some => "some",
            Self::Strong => "strong",
        }
    }
}

/// An incident like the one asked about.
#[derive(Debug, Clone, PartialEq)]
pub struct Similar {
    /// Its number in the edition.
    pub number: usize,
    /// Decides the order; the same seen from either side. 0 is nothing in common, 1 the same text.
    pub score: f32,
    /// By symptoms, from 0 to 1; unknown where one of the two tells none.
    pub looks_like: Option<f32>,
    /// By causes, from 0 to 1; unknown where one of the two tells none.
    pub same_cause: Option<f32>,
    /// Why, strongest first; never empty in a suggestion.
    pub reasons: Vec<Reason>,
    /// Days since it happened, where both days are known.
    pub days_before: Option<i64>,
}

impl Similar {
    /// Likeness of symptoms in a word.
    pub fn looks(&self) -> Likelihood {
        Likelihood::of(self.looks_like)
    }

    /// Likeness of causes in a word.
    pub fn cause(&self) -> Likelihood {
        Likelihood::of(self.same_cause)
    }

    /// Whether it is alike enough for a suggested family.
    pub(super) fn is_strong(&self) -> bool {
        self.score >= STRONG
    }

    /// Whether it looked the same and was not, as far as the reports tell.
    pub fn only_looked_the_same(&self) -> bool {
        self.looks() == Likelihood::Strong && self.cause() == Likelihood::Little
    }
}

impl Relatives {
    /// What to suggest of `earlier` for incident `number`: at most as many as `site.toml` allows, none where nothing is alike
    /// enough or nothing can be said in words. `nearest` tells how like each was to what stood there before.
    pub(super) fn suggest(
        &self,
        number: usize,
        earlier: &[Ranked],
        nearest: impl Fn(usize) -> f32,
    ) -> Vec<Similar> {
        let (Some(profile), Some(query)) = (self.index.profiles.get(number), self.queries.get(number)) else {
            return Vec::new();
        };
        let mut suggestions = Vec::new();
        for one in earlier.iter().take_while(|one| one.score >= LEAST) {
            if !self.infer || suggestions.len() == self.limit {
                break;
            }
            if self.stated.leaves_open(number, one.number) {
                let text = |id| self.index.words.text(id);
                let found = self.told((profile, query), *one, nearest(one.number), text);
                suggestions.extend(found.map(|found| self.with_link(number, found)));
            }
        }
        suggestions
    }

    /// A suggestion that rests on a link says so.
    fn with_link(&self, number: usize, mut found: Similar) -> Similar {
        if self.stated.link(number, found.number).is_some() {
            found.reasons.push(Reason::Linked);
        }
        found
    }

    /// All incidents, of any day, that are like a text that is not, or not in this form, among them: a draft that is being
    /// written. Its own earlier state is known by its path. Best first, without a limit. `neighbours` are those of all.
    pub(super) fn similar_to_draft(&self, draft: &Published, neighbours: &Neighbours) -> Vec<Similar> {
        if !self.infer {
            return Vec::new();
        }
        let mut reader = Reader::new(&self.index.words, &self.index.marks, &self.language);
        let mut profile = reader.profile(draft);
        self.index.number(&mut profile);
        let query = Query::of(&profile, &self.index);
        let itself = self.index.profiles.iter().position(|one| one.path == profile.path);
        let asking = (&profile, &query);
        let ranked = self.rank(&mut Desk::default(), asking, self.len(), |other| Some(other) != itself);
        let alike = ranked.into_iter().take_while(|one| one.score >= LEAST);
        let told = alike.filter_map(|one| {
            let nearest = neighbours.nearest(one.number, itself);
            self.told(asking, one, nearest, |id| reader.shown(id))
        });
        told.collect()
    }

    /// The position of earlier incidents by likeness alone, best first, without threshold: what evaluation measures.
    pub fn ranking(&self, number: usize) -> Vec<(usize, f32)> {
        let ranked = self.ranked(&mut Desk::default(), number).into_iter();
        ranked.map(|one| (one.number, one.score)).collect()
    }

    /// Earlier incidents, best first; of a report without a date, all that have one.
    pub(super) fn ranked(&self, desk: &mut Desk, number: usize) -> Vec<Ranked> {
        match (self.index.profiles.get(number), self.queries.get(number)) {
            (Some(profile), Some(query)) => {
                let below = if profile.date.is_some() { number } else { self.len() };
                self.rank(desk, (profile, query), below, |other| self.asks(number, other))
            }
            _ => Vec::new(),
        }
    }

    fn asks(&self, number: usize, other: usize) -> bool {
        other < number || !self.is_dated(number) && self.is_dated(other)
    }

    /// Whether incident `number` has a date.
    pub(super) fn is_dated(&self, number: usize) -> bool {
        self.index.profiles.get(number).is_some_and(|one| one.date.is_some())
    }

    /// The suggestion with its reasons; none where it is not alike enough or nothing can be said.
    fn told<'t>(
        &self,
        asking: (&Profile, &Query),
        one: Ranked,
        nearest: f32,
        text: impl Fn(u32) -> &'t str,
    ) -> Option<Similar> {
        let other = (self.index.profiles.get(one.number)?, self.queries.get(one.number)?);
        let likeness = compare(&self.index, asking, other);
        if !likeness.is_telling(nearest) {
            return None;
        }
        let reasons = reasons(&self.index, asking, other, text);
        let days_before = asking.0.date.zip(other.0.date).and_then(|(now, then)| days(then, now));
        (!reasons.is_empty()).then_some(Similar {
            number: one.number,
            score: one.score,
            looks_like: likeness.looks_like,
            same_cause: likeness.same_cause,
            reasons,
            days_before,
        })
    }
}

impl Likeness {
    /// Whether it is worth showing: alike enough in all and, on the average of that, in symptoms or in causes. Reports of
    /// one team share words all over; what came back shares them where it counts. An incident that was much like another one
    /// before, `nearest`, is like many things, and has to be more like this one.
    pub(super) fn is_telling(self, nearest: f32) -> bool {
        let Self { score, looks_like, same_cause } = self;
        let aspect = match (looks_like, same_cause) {
            (Some(looks), Some(cause)) => looks.max(cause),
            (one, other) => ONE_SIDED * one.or(other).unwrap_or(0.0),
        };
        let alike = f32::midpoint(score, aspect);
        score >= LEAST && alike >= SUGGESTED && alike - BACKGROUND * nearest >= OUTSTANDING
    }
}

/// Days from `then` to `now`.
pub(super) fn days(then: jiff::civil::Date, now: jiff::civil::Date) -> Option<i64> {
    then.until(now).ok().map(|span| i64::from(span.get_days()))
}
