//! The words a site shows, one table per language, so that themes and teams can change them.

use crate::diag::{Checked, Diagnostic, Source, Span};
use crate::measure::Units;
use crate::theme::Theme;
use jiff::SignedDuration;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Display;

/// Words by key, in one language.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub struct Words {
    by_key: BTreeMap<String, String>,
    /// How the language writes lengths of time and shares.
    #[serde(skip)]
    pub units: Units,
}

impl Words {
    /// The words of `theme` in `language`, English where that language has none.
    pub fn of(theme: &Theme, language: &str) -> Checked<Self> {
        let base = language.split('-').next().unwrap_or(language).to_ascii_lowercase();
        let mut found = Vec::new();
        let mut words = BTreeMap::new();
        for wanted in ["en", base.as_str()] {
            for layer in theme.layers().iter().rev() {
                let sources = layer.words.iter().filter(|(language, _)| language == wanted);
                for (_, source) in sources {
                    words.extend(read(source, &mut found));
                }
            }
        }
        Checked::new(Self::from(words), found)
    }

    /// A length of time: `37 min`, `2 d 7 h`, `8.7 y`; nothing where it is negative.
    pub fn length(&self, time: SignedDuration) -> String {
        self.units.length(time.as_secs_f64().max(0.0))
    }

    /// A number of days: `93 d`, `8.7 y`.
    #[expect(clippy::cast_precision_loss, reason = "days of a calendar are few")]
    pub fn days(&self, days: i64) -> String {
        self.units.days(days as f64)
    }

    /// The words for `key`; the key itself where there are none.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.by_key.get(key).map_or(key, String::as_str)
    }

    /// The sentence for `key` with `{n}` and `{m}` filled in; the form `<key>_one` is taken where `n` is 1.
    pub fn count(&self, key: &str, n: usize, m: usize) -> String {
        self.fill(key, &[("n", &n), ("m", &m)])
    }

    /// The sentence for `key` with each `{name}` filled in that has a value; the form `<key>_one` is taken where `n` is 1.
    /// What is filled in stays as it is, braces and all.
    pub fn fill(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        let value = |wanted: &str| values.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value);
        let single = value("n").is_some_and(|n| n.to_string() == "1");
        let one = if single { self.by_key.get(&format!("{key}_one")) } else { None };
        let mut rest = one.map_or_else(|| self.get(key), String::as_str);
        let mut out = String::new();
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let known = after.split_once('}').and_then(|(name, behind)| Some((value(name)?, behind)));
            if let Some((value, behind)) = known {
                out.push_str(&value.to_string());
                rest = behind;
            } else {
                out.push('{');
                rest = after;
            }
        }
        out + rest
    }

    /// The sentence for `key` with `{x}` filled in.
    pub fn with(&self, key: &str, x: &str) -> String {
        self.fill(key, &[("x", &x)])
    }
}

impl From<BTreeMap<String, String>> for Words {
    fn from(by_key: BTreeMap<String, String>) -> Self {
        let mut units = Units::default();
        let parts =
            [("unit_point", &mut units.point), ("unit_year", &mut units.year), ("share_of", &mut units.of)];
        for (key, part) in parts {
            if let Some(word) = by_key.get(key) {
                part.clone_from(word);
            }
        }
        Self { by_key, units }
    }
}

fn read(source: &Source, found: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    toml::from_str(&source.text).unwrap_or_else(|error| {
        let span = error.span().map_or(Span::at(0), Span::from);
        found.push(Diagnostic::error("theme-words", source, span, error.message().trim_end_matches('.')));
        BTreeMap::new()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn german_has_every_word_that_english_has() {
        let theme = Theme::builtin();
        let english = Words::of(&theme, "en").value;
        let table = |language: &str| {
            let layer = theme.layers().last().unwrap();
            let (_, source) = layer.words.iter().find(|(name, _)| name == language).unwrap();
            read(source, &mut Vec::new()).into_keys().collect::<Vec<_>>()
        };
        assert_eq!(table("de"), table("en"));
        assert_eq!(english.count("incidents_n", 1, 0), "1 incident");
        assert_eq!(english.count("incidents_n", 3, 0), "3 incidents");
        let sentence = Words::from(BTreeMap::from([("k".to_owned(), "{b} {a} {c}".to_owned())]));
        assert_eq!(sentence.fill("k", &[("a", &"{b}"), ("b", &1)]), "1 {b} {c}");
        let german = Words::of(&theme, "de").value;
        let lengths =
            |words: &Words| [words.length(SignedDuration::from_mins(634)), words.days(93), words.days(3_176)];
        assert_eq!(lengths(&english), ["10 h 34 min", "93 d", "8.7 y"]);
        assert_eq!(lengths(&german), ["10 h 34 min", "93 d", "8,7 J"]);
        assert_ne!(Words::of(&theme, "de-AT").value.get("home"), english.get("home"));
    }
}
