//! Figures in sentences of the impact section: `~38% of evaluation requests`, `3.7M failed requests`, `4,200 EUR`,
//! `down for 90 minutes`.

use super::length::{Length, is_unit};
use super::words::{BEHIND, FAILED, GONE, HARM, MONEY, ROUGHLY, noun};
use crate::model::{Impact, ImpactKind};
use crate::parse::lines::Line;

/// Most words of one line that are looked at.
const MOST_WORDS: usize = 400;

/// Adds the figures that `line` tells to `figures`.
pub(super) fn read(line: &Line<'_>, figures: &mut Vec<Impact>) {
    let sentence = Sentence::of(&line.text);
    for at in 0..sentence.words.len() {
        if let Some((kind, value, label)) = sentence.figure(at) {
            figures.push(Impact { kind, label, value, from: "words", span: line.span });
        }
    }
}

struct Sentence<'l> {
    words: Vec<&'l str>,
    /// Whether it says that data did not survive.
    lost: bool,
    /// Whether it says that something did not work.
    failed: bool,
}

/// What a figure counts, its value, and what it is called.
type Told = (ImpactKind, String, String);

impl<'l> Sentence<'l> {
    fn of(text: &'l str) -> Self {
        let lower = text.to_lowercase();
        Self {
            words: text.split_whitespace().take(MOST_WORDS).collect(),
            lost: GONE.iter().any(|gone| lower.contains(gone)),
            failed: FAILED.iter().any(|failed| lower.contains(failed)),
        }
    }

    /// The figure that begins with the word at `at`.
    fn figure(&self, at: usize) -> Option<Told> {
        let number = self.words.get(at)?.trim_matches(['(', ')', ',', '.', ';', ':', '*', '[', ']']);
        if self.is_length(at) {
            return self.length(at);
        }
        if !is_figure(number) || self.is_status(number, at) || self.is_whole(at) {
            return None;
        }
        let scale = self.word(at + 1);
        let scaled = ["thousand", "million", "billion"].contains(&scale.as_str());
        let value = if scaled { format!("{number} {scale}") } else { number.to_owned() };
        let next = at + 1 + usize::from(scaled);
        if number.starts_with(['$', '€', '£']) || MONEY.contains(&self.word(next).as_str()) {
            let unit = if number.starts_with(['$', '€', '£']) { "" } else { self.shown(next) };
            return Some((
                ImpactKind::Revenue,
                format!("{value} {unit}").trim_end().to_owned(),
                String::new(),
            ));
        }
        let apart = self.words.get(next).is_some_and(|word| word.trim_matches([',', '.']) == "%");
        if number.ends_with('%') || apart {
            let value = if apart { format!("{number} %") } else { number.to_owned() };
            return self.share(at, next + usize::from(apart)).map(|(kind, label)| (kind, value, label));
        }
        if let Some(end) = self.unit_end(at) {
            let goes_on =
                (at.saturating_sub(3)..at).any(|before| self.unit_end(before).is_some_and(|end| end > at));
            return if goes_on { None } else { self.lasted(at, end, &self.shown_to(at, end)) };
        }
        let (value, next) = self.of_all(at, next).unwrap_or((value, next));
        let (far, kind) = self.counted(next, 3)?;
        let kind = if kind == ImpactKind::DataLoss && !self.lost { ImpactKind::Other } else { kind };
        Some((kind, value, self.label(next, far)))
    }

    /// `22 hours of downtime`, `~5 min full outage`, `unavailable for about 90 minutes`.
    fn lasted(&self, at: usize, next: usize, value: &str) -> Option<Told> {
        let value = value.to_owned();
        if let Some(far) = (next..next + 5).find(|far| HARM.contains(&self.word(*far).as_str())) {
            return Some((ImpactKind::Duration, value, self.label(next, far)));
        }
        let mut before = (0..at).rev().map(|before| self.word(before));
        let of = before.find(|word| !ROUGHLY.contains(&word.as_str()))?;
        let failed = of == "for" && self.failed;
        failed.then(|| (ImpactKind::Duration, value, String::new()))
    }

    /// Where the length of time in words that begins at `at` ends: `22 hours`, `1 hour and 30 minutes`.
    fn unit_end(&self, at: usize) -> Option<usize> {
        let is_part = |at: usize| {
            let number = self.words.get(at).is_some_and(|word| is_figure(word.trim_start_matches('(')));
            number && is_unit(&self.word(at + 1))
        };
        if !is_part(at) {
            return None;
        }
        let more = at + 2 + usize::from(self.word(at + 2) == "and");
        Some(if is_part(more) { more + 2 } else { at + 2 })
    }

    /// `1h 28m`, from the first of its words.
    fn length(&self, at: usize) -> Option<Told> {
        if at > 0 && self.is_length(at - 1) {
            return None;
        }
        let end = (at + 1..=self.words.len()).find(|next| !self.is_length(*next))?;
        self.lasted(at, end, &self.shown_to(at, end))
    }

    /// Whether the word at `at` is a length of time by itself: `90m`, `2h30m`.
    fn is_length(&self, at: usize) -> bool {
        let word = self.words.get(at).map_or("", |word| word.trim_end_matches(['.', ',', ';', ')']));
        Length::read(word.trim_start_matches('(')).is_some()
    }

    /// `2 of 3 nodes`, `2 out of 3 nodes`: what is counted stands behind the second number.
    fn of_all(&self, at: usize, next: usize) -> Option<(String, usize)> {
        let of = next + usize::from(self.word(next) == "out");
        let all = self.words.get(of + 1).filter(|word| self.word(of) == "of" && is_figure(word))?;
        Some((format!("{} of {all}", self.shown(at)), of + 2))
    }

    /// Whether the number at `at` is what another is a part of.
    fn is_whole(&self, at: usize) -> bool {
        let number =
            |at: Option<usize>| at.and_then(|at| self.words.get(at)).is_some_and(|word| is_figure(word));
        let of = at > 0 && self.word(at - 1) == "of";
        of && (number(at.checked_sub(2)) || at > 2 && self.word(at - 2) == "out" && number(at.checked_sub(3)))
    }

    /// The noun that what stands from `from` on is counted by, at most `reach` words on and before the clause ends.
    fn counted(&self, from: usize, reach: usize) -> Option<(usize, ImpactKind)> {
        let mut far = from;
        while far < from + reach {
            if self.ends(far.saturating_sub(1)) {
                return None;
            }
            if let Some(kind) = noun(&self.word(far)) {
                // `upload attempts` are attempts.
                let second = noun(&self.word(far + 1)).filter(|_| !self.ends(far));
                return Some(second.map_or((far, kind), |kind| (far + 1, kind)));
            }
            far += 1;
        }
        None
    }

    /// `HTTP 504 errors` and `503 responses` are no numbers of anything.
    fn is_status(&self, number: &str, at: usize) -> bool {
        let code = number.len() == 3 && number.starts_with(['4', '5']);
        let http = |word: String| matches!(word.as_str(), "http" | "https" | "status" | "code" | "codes");
        let answers = |word: &str| {
            ["error", "response", "status", "code", "internal", "bad", "gateway", "service", "not", "too"]
                .iter()
                .any(|begin| word.starts_with(begin))
        };
        let listed = |far: usize| {
            self.words.get(far).is_some_and(|word| word.starts_with(['4', '5']) && word.len() <= 5)
        };
        code && ((at > 0 && http(self.word(at - 1)))
            || answers(&self.word(at + 1))
            || (matches!(self.word(at + 1).as_str(), "and" | "or") && listed(at + 2))
            || (listed(at + 1) && answers(&self.word(at + 2)))
            || self.words.get(at + 1).is_some_and(|word| word.starts_with('(')))
    }

    /// What the share at `at` is of: `of evaluation requests` behind it, up to the noun that ends it, or the rate before it.
    /// A share of nothing that is named, such as the load of a machine, tells no harm.
    fn share(&self, at: usize, next: usize) -> Option<(ImpactKind, String)> {
        let reach = if self.word(next) == "of" { 8 } else { 3 };
        if let Some((far, _)) = self.counted(next, reach) {
            return Some((ImpactKind::Percent, self.label(next, far)));
        }
        if self.word(next) == "of" {
            let goes_on = |far: &usize| !self.ends(far - 1) && !BEHIND.contains(&self.word(*far).as_str());
            let last = (next + 1..next + 5).take_while(goes_on).last()?;
            return Some((ImpactKind::Percent, self.label(next, last)));
        }
        let is_rate = |far: &usize| matches!(self.word(*far).as_str(), "rate" | "rates" | "availability");
        let rate = (at.saturating_sub(5)..at).rev().find(is_rate)?;
        let first = rate.saturating_sub(1);
        let failing = ["error", "failure"].contains(&self.word(first).as_str());
        let kind = if failing { ImpactKind::ErrorRate } else { ImpactKind::Percent };
        Some((kind, self.label(first, rate)))
    }

    /// Whether a clause or a cell ends with the word at `at`.
    fn ends(&self, at: usize) -> bool {
        self.words.get(at).is_none_or(|word| *word == "|" || word.ends_with([',', '.', ';', ':']))
    }

    /// The words from `from` to before `to`, without what stands around them.
    fn shown_to(&self, from: usize, to: usize) -> String {
        let words = self.words.get(from..to).unwrap_or_default().join(" ");
        words.trim_start_matches('(').trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned()
    }

    /// The words from `from` to `to`, as they stand there.
    fn label(&self, from: usize, to: usize) -> String {
        let words = self.words.get(from..=to).unwrap_or_default().join(" ");
        words.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
    }

    /// The word at `at` in small letters, without what stands around it.
    fn word(&self, at: usize) -> String {
        let word = self.words.get(at).copied().unwrap_or_default();
        word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
    }

    fn shown(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.trim_matches(|c: char| !c.is_alphanumeric()))
    }
}

/// A number as people write it: `1,200`, `3.7M`, `~38%`, `$12k`.
fn is_figure(word: &str) -> bool {
    let word = word.trim_start_matches(['~', '<', '>', '≈', '$', '€', '£', '+']);
    let number = word.trim_end_matches(['%', 'k', 'K', 'M', 'm', 'B', '+']);
    number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        && word.len() - number.len() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let sentence = Sentence::of(text);
        let all = (0..sentence.words.len()).filter_map(|at| sentence.figure(at));
        all.map(|(kind, value, label)| format!("{} {value} [{label}]", kind.word()))
            .collect::<Vec<_>>()
            .join(" / ")
    }

    #[test]
    fn sentences_tell_figures_with_their_units() {
        for (text, figures) in [
            ("~38% of evaluation requests failed", "percent ~38% [of evaluation requests]"),
            (
                "4 % of all feature flag evaluation requests failed",
                "percent 4 % [of all feature flag evaluation requests]",
            ),
            ("There were 3.7M failed requests.", "requests 3.7M [failed requests]"),
            ("1.2 million requests were dropped", "requests 1.2 million [requests]"),
            ("It cost us 4,200 EUR in refunds", "revenue 4,200 EUR []"),
            ("About $12k of refunds", "revenue $12k []"),
            ("1 customer noticed", "users 1 [customer]"),
            ("we lost 486,000 records", "data_loss 486,000 [records]"),
            ("it read 486,000 records", "other 486,000 [records]"),
            ("~14 hours of chat downtime", "duration ~14 hours [of chat downtime]"),
            ("no images for 1h 28m, all pulls failed", "duration 1h 28m []"),
            ("it ran on 2 out of 3 nodes", "other 2 of 3 [nodes]"),
            ("Roughly 18,000 upload attempts failed", "requests 18,000 [upload attempts]"),
            ("customers | 31 | Customer data lost", ""),
            ("11m DAI, 305 teams", "users 305 [teams]"),
            ("down for approximately 1 hour and 30 minutes.", "duration 1 hour and 30 minutes []"),
            ("100% of checkouts failed", "percent 100% [of checkouts]"),
            ("45m of downtime", "duration 45m [of downtime]"),
            ("Error rates peaked at 34%", "error_rate 34% [Error rates]"),
            ("Uploads failed for about 90 minutes", "duration 90 minutes []"),
        ] {
            assert_eq!(told(text), figures, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_figures() {
        for text in [
            "HTTP 500 errors for everyone",
            "503 Service Unavailable",
            "500 Internal Server Error pages, then 429 (rate limit) errors",
            "answers of HTTP 429, 504 errors",
            "502 and 504 errors",
            "memory stood at 90%",
            "rolled back within 2 minutes",
            "pods restart every 5 minutes",
            "version v1.2 on the 14th",
        ] {
            assert_eq!(told(text), "", "{text}");
        }
        assert_eq!(told("500 users saw errors"), "users 500 [users]");
    }

    #[test]
    fn numbers_are_told_from_other_words() {
        for (word, figure) in
            [("3.7M", true), ("~38%", true), ("$12,000", true), ("v1.2", false), ("503s", false)]
        {
            assert_eq!(is_figure(word), figure, "{word}");
        }
    }
}
