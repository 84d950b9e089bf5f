//! Suggestions: earlier incidents that are like one, best first, each with its reasons; or none.

use super::Relatives;
use super::profile::{Profile, Reader};
use super::reason::{Reason, reasons};
use super::score::{Likeness, Query, compare, saturated};
use super::weights::{Aspect, CANDIDATES, STRONG, SUGGESTED};
use crate::corpus::Published;
use crate::model::LinkKind;
use rayon::prelude::*;
use serde::Serialize;
use std::borrow::Cow;

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
    fn of(share: Option<f32>) -> Self {
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
    /// Whether it is worth showing: alike enough in all, and in symptoms or in causes more than hardly. Reports of one
    /// team share words all over; what came back shares them where it counts.
    fn is_telling(&self) -> bool {
        let [looks, cause] = [self.likeness.looks_like, self.likeness.same_cause].map(Likelihood::of);
        self.likeness.score >= SUGGESTED && looks.max(cause) >= Likelihood::Some
    }
}

impl Relatives {
    /// What to suggest for incident `number`: at most as many as `site.toml` allows, none where nothing is alike
    /// enough or nothing can be said in words.
    pub fn similar(&self, number: usize) -> Vec<Similar> {
        if !self.infer {
            return Vec::new();
        }
        let earlier = self.ranked(number);
        let mut suggestions = Vec::new();
        for one in earlier.into_iter().filter(Compared::is_telling) {
            if suggestions.len() == self.limit {
                break;
            }
            let link = self.stated.between(number, one.number);
            if matches!(link, None | Some(LinkKind::SeeAlso)) {
                suggestions.extend(self.explain(number, one));
            }
        }
        suggestions
    }

    /// [`similar`](Self::similar) for every incident, in their order.
    pub fn similar_to_each(&self) -> Vec<Vec<Similar>> {
        (0..self.len()).into_par_iter().map(|number| self.similar(number)).collect()
    }

    /// The incidents for which `number` is suggested: where it may have happened again.
    pub fn suggested_in(&self, number: usize) -> Vec<Similar> {
        let Some(profile) = self.index.profiles.get(number) else {
            return Vec::new();
        };
        let mut later = self.compare_all(profile, &self.query(number, profile), |other| other > number);
        later.retain(Compared::is_telling);
        later.sort_by_key(|one| one.number);
        let mine = |one: &Compared| {
            let found = self.similar(one.number).into_iter().find(|found| found.number == number)?;
            Some(Similar { number: one.number, days_before: found.days_before.map(|days| -days), ..found })
        };
        later.iter().filter_map(mine).collect()
    }

    /// What to suggest for a text that is being written: incidents of any day but not the text's own earlier state,
    /// which is known by its path.
    pub fn similar_to_draft(&self, draft: &Published) -> Vec<Similar> {
        let mut reader = Reader::new(&self.index.words, &self.index.marks, &self.language);
        let profile = reader.profile(draft);
        let query = Query::of(&profile, &self.index);
        let refused = |other: usize| {
            draft.links.iter().any(|link| link.to == other && link.kind == LinkKind::NotRelated)
        };
        let itself =
            |other: usize| self.index.profiles.get(other).is_some_and(|one| one.path == profile.path);
        let mut compared = self.compare_all(&profile, &query, |other| !itself(other) && !refused(other));
        compared.retain(Compared::is_telling);
        let told = compared.into_iter().filter_map(|one| {
            let other = self.index.profiles.get(one.number)?;
            let theirs = self.query(one.number, other);
            let why = reasons(&self.index, (&profile, &query), (other, &theirs), |id| reader.shown(id));
            suggestion(one, &profile, other, why)
        });
        told.take(self.limit).collect()
    }

    /// The position of earlier incidents by likeness alone, best first, without threshold: what evaluation measures.
    pub fn ranking(&self, number: usize) -> Vec<(usize, f32)> {
        let ranked = self.ranked(number).into_iter();
        ranked.map(|one| (one.number, one.likeness.score)).collect()
    }

    /// Earlier incidents, best first.
    fn ranked(&self, number: usize) -> Vec<Compared> {
        let Some(profile) = self.index.profiles.get(number) else {
            return Vec::new();
        };
        self.compare_all(profile, &self.query(number, profile), |other| other < number)
    }

    /// Incidents at least as alike as `least`, earlier and later ones.
    pub(super) fn neighbours(&self, number: usize, least: f32) -> Vec<Compared> {
        let Some(profile) = self.index.profiles.get(number) else {
            return Vec::new();
        };
        let mut all = self.compare_all(profile, &self.query(number, profile), |other| other != number);
        all.retain(|one| one.likeness.score >= least);
        all
    }

    pub(super) fn query(&self, number: usize, profile: &Profile) -> Cow<'_, Query> {
        match self.queries.get(number) {
            Some(query) => Cow::Borrowed(query),
            None => Cow::Owned(Query::of(profile, &self.index)),
        }
    }

    /// The best candidates by one direction, compared in both, best first; the newer one first where equal.
    fn compare_all(&self, profile: &Profile, query: &Query, may: impl Fn(usize) -> bool) -> Vec<Compared> {
        let mut compared: Vec<Compared> = self
            .candidates(profile, query, may)
            .into_iter()
            .filter_map(|number| {
                let other = self.index.profiles.get(number)?;
                let likeness = compare(&self.index, (profile, query), (other, &self.query(number, other)));
                Some(Compared { number, likeness })
            })
            .collect();
        compared.sort_by(|a, b| {
            (b.likeness.score.total_cmp(&a.likeness.score)).then_with(|| b.number.cmp(&a.number))
        });
        compared
    }

    fn candidates(&self, profile: &Profile, query: &Query, may: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut scores = vec![0.0_f32; self.len()];
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
            for (number, eighths) in self.index.with_term(*word) {
                add(number, share * saturated(f32::from(eighths) / 8.0));
            }
        }
        for (key, idf) in &query.marks {
            let share = query.marks_share(*idf) * super::weights::MARKS;
            for number in self.index.with_mark(*key) {
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
        let (ours, theirs) = (self.query(number, profile), self.query(one.number, other));
        let mut why =
            reasons(&self.index, (profile, &ours), (other, &theirs), |id| self.index.words.text(id));
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
