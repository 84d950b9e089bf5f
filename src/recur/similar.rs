//! Suggestions: earlier incidents that are like one, best first, each with its reasons; or none.

use super::Relatives;
use super::family::Pair;
use super::profile::{Profile, Reader};
use super::reason::{Reason, reasons};
use super::score::{Likeness, Query, compare, saturated};
use super::weights::{Aspect, CANDIDATES, LEAST, ONE_SIDED, STRONG, SUGGESTED};
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

/// A candidate that was compared in both directions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compared {
    pub(super) number: usize,
    pub(super) likeness: Likeness,
}

impl Compared {
    /// Whether it is worth showing: alike enough in all and, on the average of that, in symptoms or in causes. Reports of
    /// one team share words all over; what came back shares them where it counts.
    fn is_telling(&self) -> bool {
        let Likeness { score, looks_like, same_cause } = self.likeness;
        let aspect = match (looks_like, same_cause) {
            (Some(looks), Some(cause)) => looks.max(cause),
            (one, other) => ONE_SIDED * one.or(other).unwrap_or(0.0),
        };
        score >= LEAST && f32::midpoint(score, aspect) >= SUGGESTED
    }
}

impl Relatives {
    /// What to suggest for incident `number`: at most as many as `site.toml` allows, none where nothing is alike
    /// enough or nothing can be said in words.
    pub fn similar(&self, number: usize) -> Vec<Similar> {
        self.suggest(number, self.ranked(number))
    }

    /// The same, and the earlier incidents that are strongly alike.
    pub(super) fn similar_and_strong(&self, number: usize) -> (Vec<Similar>, Vec<Pair>) {
        if !self.infer {
            return (Vec::new(), Vec::new());
        }
        let earlier = self.ranked(number);
        let strong = earlier.iter().filter(|one| one.likeness.score >= STRONG);
        let pair = |one: &Compared| Pair::new(one.likeness.score, one.number, number);
        let strong = strong.map(pair).collect();
        (self.suggest(number, earlier), strong)
    }

    fn suggest(&self, number: usize, earlier: Vec<Compared>) -> Vec<Similar> {
        if !self.infer {
            return Vec::new();
        }
        let mut suggestions = Vec::new();
        for one in earlier.into_iter().filter(Compared::is_telling) {
            if suggestions.len() == self.limit {
                break;
            }
            if self.stated.leaves_open(number, one.number) {
                suggestions.extend(self.explain(number, one));
            }
        }
        suggestions
    }

    /// All incidents, of any day, that are like a text that is not, or not in this form, among them: a draft that is being
    /// written. Its own earlier state is known by its path. Best first, without a limit.
    pub fn similar_to_draft(&self, draft: &Published) -> Vec<Similar> {
        if !self.infer {
            return Vec::new();
        }
        let mut reader = Reader::new(&self.index.words, &self.index.marks, &self.language);
        let profile = reader.profile(draft);
        let query = Query::of(&profile, &self.index);
        let itself =
            |other: usize| self.index.profiles.get(other).is_some_and(|one| one.path == profile.path);
        let mut compared = self.compare_all(&profile, &query, self.len(), |other| !itself(other));
        compared.retain(Compared::is_telling);
        let told = compared.into_iter().filter_map(|one| {
            let other = self.index.profiles.get(one.number)?;
            let theirs = self.queries.get(one.number)?;
            let why = reasons(&self.index, (&profile, &query), (other, theirs), |id| reader.shown(id));
            suggestion(one, &profile, other, why)
        });
        told.collect()
    }

    /// The position of earlier incidents by likeness alone, best first, without threshold: what evaluation measures.
    pub fn ranking(&self, number: usize) -> Vec<(usize, f32)> {
        let ranked = self.ranked(number).into_iter();
        ranked.map(|one| (one.number, one.likeness.score)).collect()
    }

    /// Earlier incidents, best first; of a report without a date, all that have one.
    fn ranked(&self, number: usize) -> Vec<Compared> {
        match (self.index.profiles.get(number), self.queries.get(number)) {
            (Some(profile), Some(query)) => {
                let below = if profile.date.is_some() { number } else { self.len() };
                self.compare_all(profile, query, below, |other| self.asks(number, other))
            }
            _ => Vec::new(),
        }
    }

    fn asks(&self, number: usize, other: usize) -> bool {
        let dated = |number: usize| self.index.profiles.get(number).is_some_and(|one| one.date.is_some());
        other < number || !dated(number) && dated(other)
    }

    /// The best candidates by one direction among those numbered below `below`, compared in both, best first; the newer one
    /// first where equal.
    fn compare_all(
        &self,
        profile: &Profile,
        query: &Query,
        below: usize,
        may: impl Fn(usize) -> bool,
    ) -> Vec<Compared> {
        let mut compared: Vec<Compared> = self
            .candidates(profile, query, below, may)
            .into_iter()
            .filter_map(|number| {
                let other = self.index.profiles.get(number)?;
                let likeness = compare(&self.index, (profile, query), (other, self.queries.get(number)?));
                Some(Compared { number, likeness })
            })
            .collect();
        compared.sort_by(|a, b| {
            (b.likeness.score.total_cmp(&a.likeness.score)).then_with(|| b.number.cmp(&a.number))
        });
        compared
    }

    fn candidates(
        &self,
        profile: &Profile,
        query: &Query,
        below: usize,
        may: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        let mut scores = vec![0.0_f32; below.min(self.len())];
        let mut touched = Vec::new();
        let mut add = |number: usize, share: f32| {
            if let Some(score) = scores.get_mut(number).filter(|_| may(number)) {
                if *score == 0.0 {
                    touched.push(number);
                }
                *score += share;
            }
        };
        for (word, idf) in &query.terms {
            let ours = profile.term(*word).map_or(0.0, |term| term.weight(Aspect::Neither));
            let share = query.share_of(*idf, ours, 1.0) / saturated(1.0);
            for (number, eighths) in self.index.with_term(*word).take_while(|(number, _)| *number < below) {
                add(number, share * saturated(f32::from(eighths) / 8.0));
            }
        }
        for (key, idf) in &query.marks {
            let share = query.marks_share(*idf) * super::weights::MARKS;
            for number in self.index.with_mark(*key).take_while(|number| *number < below) {
                add(number, share);
            }
        }
        let score = |number: &usize| scores.get(*number).copied().unwrap_or(0.0);
        let best_first = |a: &usize, b: &usize| score(b).total_cmp(&score(a)).then_with(|| b.cmp(a));
        if touched.len() > CANDIDATES {
            touched.select_nth_unstable_by(CANDIDATES, best_first);
            touched.truncate(CANDIDATES);
        }
        touched
    }

    /// The suggestion with its reasons; none where nothing can be said.
    fn explain(&self, number: usize, one: Compared) -> Option<Similar> {
        let (profile, other) = (self.index.profiles.get(number)?, self.index.profiles.get(one.number)?);
        let (ours, theirs) = (self.queries.get(number)?, self.queries.get(one.number)?);
        let mut why = reasons(&self.index, (profile, ours), (other, theirs), |id| self.index.words.text(id));
        if self.stated.link(number, one.number).is_some() {
            why.push(Reason::Linked);
        }
        suggestion(one, profile, other, why)
    }
}

fn suggestion(one: Compared, profile: &Profile, other: &Profile, reasons: Vec<Reason>) -> Option<Similar> {
    let days_before = profile.date.zip(other.date).and_then(|(now, then)| days(then, now));
    (!reasons.is_empty()).then_some(Similar {
        number: one.number,
        score: one.likeness.score,
        looks_like: one.likeness.looks_like,
        same_cause: one.likeness.same_cause,
        reasons,
        days_before,
    })
}

/// Days from `then` to `now`.
pub(super) fn days(then: jiff::civil::Date, now: jiff::civil::Date) -> Option<i64> {
    then.until(now).ok().map(|span| i64::from(span.get_days()))
}
