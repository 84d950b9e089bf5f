//! Values of the kind a key asks for.

use super::value::Value;
use super::{FrontMatter, keys};
use crate::diag::{Located, Span};

impl FrontMatter {
    /// The one value of key `name`, under whichever of its names it stands.
    pub(in crate::parse) fn text(&self, name: &str) -> Option<Located<&str>> {
        self.all(name).into_iter().find_map(|field| {
            let text = field.value.value.text()?;
            Some(Located::new(text.trim(), field.value.span))
        })
    }

    /// All values of key `name`, under all of its names; `commas` says whether one line may hold several.
    pub(in crate::parse) fn texts(&self, name: &str, commas: bool) -> Vec<Located<String>> {
        let mut all: Vec<Located<String>> = Vec::new();
        for field in self.all(name) {
            for one in words(&field.value.value, field.value.span, commas) {
                if !all.iter().any(|known| known.value == one.value) {
                    all.push(one);
                }
            }
        }
        all
    }

    /// Whether key `name` says yes or no; `None` where it is absent or says neither.
    pub(in crate::parse) fn truth(&self, name: &str) -> Option<bool> {
        truth(self.text(name)?.value)
    }
}

fn words(value: &Value, span: Span, commas: bool) -> Vec<Located<String>> {
    let texts = match value {
        Value::Scalar(text) if commas => text.split(',').map(|word| Located::new(word, span)).collect(),
        Value::List(all) => all
            .iter()
            .filter_map(|one| {
                Some(Located::new(one.value.text().or_else(|| keys::name_in(&one.value))?, one.span))
            })
            .collect(),
        other => other.texts(span),
    };
    let trimmed = texts.into_iter().map(|text| text.map(|text| text.trim().to_owned()));
    trimmed.filter(|text| !text.value.is_empty()).collect()
}

/// `yes`, `true`, `on`, `no`, `false`, `off`, in any case.
pub(in crate::parse) fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "y" => Some(true),
        "false" | "no" | "off" | "n" => Some(false),
        _ => None,
    }
}
