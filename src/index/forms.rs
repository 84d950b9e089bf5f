//! Forms of words that the texts do not have, without a stemmer: from how the forms they do have became terms.
//!
//! The page of a published site has no stemmer, only the list of surfaces and terms. So that it and the server come to
//! the same, both look a word up in that list, and try these rules where it is not there: `retries` is found as `retri`
//! because `entries` became `entri`. Of all terms a rule leads to, the longest is taken.
//!
//! A few reports have few forms: so that `retry` finds their `retried`, the commonest words of the site's language are
//! learnt from as if they stood in the texts once.

use super::Index;
use super::analysis::Analysis;
use super::surfaces::Surfaces;
use std::collections::HashMap;
use tantivy::tokenizer::Language;

/// Most rules that are kept.
const MOST: usize = 250;
/// Least number of words that must have followed a rule.
const LEAST: usize = 2;
/// Longest ending of a rule, in characters.
const LONGEST: usize = 8;

/// An ending and what stands in its place in the term.
pub(super) type Rule = (String, String);

/// The rules of one archive, and how often each was followed.
#[derive(Debug, Clone, Default)]
pub(super) struct Forms {
    seen: HashMap<Rule, usize>,
    /// The commonest rules by which surfaces became terms, commonest first.
    pub(super) rules: Vec<Rule>,
}

impl Forms {
    /// The rules that `surfaces`, and common words of the language, followed on their way to terms.
    pub(super) fn learn(surfaces: &Surfaces, analysis: &Analysis) -> Self {
        let fold = |surface: &str| analysis.fold(surface);
        let common = common(analysis.language()).split_whitespace();
        let mut forms = Self::default();
        let common = common.filter_map(|word| followed((word, &analysis.term(word)), fold));
        for rule in surfaces.iter().filter_map(|pair| followed(pair, fold)).chain(common) {
            *forms.seen.entry(rule).or_default() += 1;
        }
        forms.choose();
        forms
    }

    /// The rules with what came to `surfaces` and went since these were learnt.
    pub(super) fn after(&self, surfaces: &Surfaces, fold: impl Fn(&str) -> String) -> Self {
        let mut forms = self.clone();
        let (came, went) = surfaces.differences();
        for rule in came.filter_map(|pair| followed(pair, &fold)) {
            *forms.seen.entry(rule).or_default() += 1;
        }
        for rule in went.filter_map(|pair| followed(pair, &fold)) {
            if let Some(times) = forms.seen.get_mut(&rule) {
                *times = times.saturating_sub(1);
            }
        }
        forms.choose();
        forms
    }

    fn choose(&mut self) {
        let mut rules: Vec<(&Rule, usize)> = self
            .seen
            .iter()
            .map(|(rule, times)| (rule, *times))
            .filter(|(_, times)| *times >= LEAST)
            .collect();
        rules.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        self.rules = rules.into_iter().take(MOST).map(|(rule, _)| rule.clone()).collect();
    }
}

/// Words of everyday reports in their forms; none for languages nobody has listed any.
fn common(language: Option<Language>) -> &'static str {
    match language {
        Some(Language::English) => include_str!("common/en.txt"),
        Some(Language::German) => include_str!("common/de.txt"),
        _ => "",
    }
}

/// The rule by which a surface became its term, if it is one.
fn followed((surface, term): (&str, &str), fold: impl Fn(&str) -> String) -> Option<Rule> {
    if surface == term {
        return None;
    }
    let folded = if surface.is_ascii() { surface.to_owned() } else { fold(surface) };
    let same: usize =
        folded.chars().zip(term.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (ending, put) = (&folded[same..], &term[same..]);
    let is_rule = !ending.is_empty() && same > 0 && ending.chars().count() <= LONGEST;
    is_rule.then(|| (ending.to_owned(), put.to_owned()))
}

impl Index {
    /// The term for `surface`, whether or not the texts have this form of it.
    pub(super) fn term_of(&self, surface: &str) -> String {
        if let Some(term) = self.surfaces.term_of(surface) {
            return term.to_owned();
        }
        let folded = self.analysis.fold(surface);
        let by_rule = self.forms.rules.iter().filter_map(|(ending, put)| {
            let stem = folded.strip_suffix(ending.as_str()).filter(|stem| !stem.is_empty())?;
            Some(format!("{stem}{put}"))
        });
        let mut longest: Option<String> = None;
        for candidate in std::iter::once(folded.clone()).chain(by_rule) {
            let longer = longest.as_ref().is_none_or(|known| letters(&candidate) > letters(known));
            if longer && self.surfaces.is_term(&candidate) {
                longest = Some(candidate);
            }
        }
        longest.unwrap_or(folded)
    }
}

/// Length as JavaScript counts it, where the same choice is made.
fn letters(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::SiteConfig;

    #[test]
    fn endings_that_words_lost_become_rules() {
        let pair = |(a, b): (&str, &str)| (a.into(), b.into(), 1);
        let pairs = [
            ("entries", "entri"),
            ("entry", "entri"),
            ("once", "onc"),
            ("policies", "polici"),
            ("policy", "polici"),
        ];
        let none = Analysis::new(&SiteConfig { language: "tlh".into(), ..SiteConfig::default() });
        let forms = Forms::learn(&Surfaces::new(pairs.map(pair).to_vec()), &none);
        let told: Vec<_> = forms.rules.iter().map(|(ending, put)| format!("{ending}>{put}")).collect();
        assert_eq!(told, ["es>", "y>i"], "what happened once is no rule");
    }

    #[test]
    fn a_single_report_is_found_by_other_forms_of_its_words() {
        for (language, met, asked) in [
            ("en", "retried", "retry"),
            ("en", "queues", "queued"),
            ("en", "stopped", "stopping"),
            ("en", "certificate", "certificates"),
            ("de", "überweisungen", "überweisung"),
            ("de", "langsamen", "langsam"),
            ("de", "ausfälle", "ausfall"),
        ] {
            let analysis = Analysis::new(&SiteConfig { language: language.into(), ..SiteConfig::default() });
            let term = analysis.term(met);
            let surfaces = Surfaces::new(vec![(met.into(), term.as_str().into(), 1)]);
            let rules = Forms::learn(&surfaces, &analysis).rules;
            let folded = analysis.fold(asked);
            let leads = |(ending, put): &Rule| {
                folded.strip_suffix(ending.as_str()).map(|stem| format!("{stem}{put}")) == Some(term.clone())
            };
            assert!(folded == term || rules.iter().any(leads), "{asked} leads to {term} in {language}");
        }
    }
}
