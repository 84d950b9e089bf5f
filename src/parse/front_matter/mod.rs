//! Front matter: YAML between `---` lines or TOML between `+++` lines at the start of a file.
//!
//! [`fences`] finds the block, [`yaml`] and [`toml`] turn it into fields with places, [`keys`] judges them, and
//! [`typed`] hands out values of the kind a key asks for. Errors name the place; the rest of the file is read all the
//! same.

mod clock;
mod fences;
mod keys;
#[cfg(test)]
mod tests;
mod toml;
mod typed;
mod value;
mod yaml;

pub(super) use keys::{names_of, same_key};
pub(super) use typed::truth;
pub(super) use value::{Field, Value};

use crate::diag::{Checked, Diagnostic, Located, Source, Span};
use crate::model::{ClockPoint, Milestone};
use fences::Fenced;
pub(super) use fences::Notation;
use yaml::Wrong;

/// Longest front matter that is read, in bytes.
const MAX_BYTES: usize = 256 << 10;

/// Most keys that are read.
const MAX_FIELDS: usize = 300;

/// The front matter of one file; empty where there is none.
#[derive(Debug, Clone, Default)]
pub(super) struct FrontMatter {
    /// All fields as written, in order.
    pub(super) fields: Vec<Field>,
    /// Clock points, each from `front matter`; impossible ones have been reported and left out.
    pub(super) clock: Vec<(Milestone, ClockPoint)>,
    /// When the postmortem was published.
    pub(super) published: Option<ClockPoint>,
    /// Byte at which the Markdown begins.
    pub(super) body: usize,
}

/// The notation of the front matter that `text` begins with and where it stands between its fences.
pub(super) fn place(text: &str) -> Option<(Notation, std::ops::Range<usize>)> {
    let fenced = fences::find(text)?;
    Some((fenced.notation, fenced.inner))
}

/// Reads the front matter of `source` and tells what is wrong with it.
pub(super) fn read(source: &Source) -> Checked<FrontMatter> {
    let none = Checked::new(FrontMatter::default(), Vec::new());
    let Some(fenced) = fences::find(&source.text) else {
        return Checked::new(FrontMatter::default(), unclosed(source).into_iter().collect());
    };
    let inner = source.text.get(fenced.inner.clone()).unwrap_or_default();
    if inner.len() > MAX_BYTES {
        let message = format!(
            "the front matter is {} KiB long; at most {} KiB are read",
            inner.len() >> 10,
            MAX_BYTES >> 10
        );
        let finding = Diagnostic::error("front-matter", source, Span::at(fenced.inner.start), message);
        return Checked::new(FrontMatter { body: fenced.body, ..FrontMatter::default() }, vec![finding]);
    }
    match block(&fenced, inner) {
        None => none,
        Some((fields, wrong)) => {
            let mut fields: Vec<Field> =
                fields.into_iter().map(|field| field.shifted(fenced.inner.start)).collect();
            let mut found = tell(wrong, fenced.inner.start, source);
            found.extend(too_many(&mut fields, source));
            found.extend(keys::check(&fields, source));
            let front = FrontMatter { fields, body: fenced.body, ..FrontMatter::default() };
            Checked::new(front, found)
        }
    }
}

/// A warning where a file begins as front matter does and no fence closes it: its keys are read as text.
fn unclosed(source: &Source) -> Option<Diagnostic> {
    let (fence, rest) = source.text.split_once('\n')?;
    let fence = fence.trim_end();
    let (key, _) = rest.lines().next()?.split_once([':', '='])?;
    let named = !key.is_empty() && key.trim_end().chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
    (matches!(fence, "---" | "+++") && named).then(|| {
        let message = format!("front matter begins here, and no `{fence}` closes it");
        let help =
            format!("write `{fence}` alone on a line after the last key; until then all keys are text");
        Diagnostic::warning("front-matter", source, Span::new(0, fence.len()), message).help(help)
    })
}

/// Drops the keys beyond those that are read, and tells it.
fn too_many(fields: &mut Vec<Field>, source: &Source) -> Option<Diagnostic> {
    let at = fields.get(MAX_FIELDS)?.key.span;
    fields.truncate(MAX_FIELDS);
    let message = format!("more than {MAX_FIELDS} keys; the rest is not read");
    Some(Diagnostic::error("front-matter", source, at, message))
}

/// The fields of a block and what is wrong with it; `None` where the fences are rules around ordinary text.
fn block(fenced: &Fenced, inner: &str) -> Option<(Vec<Field>, Vec<Wrong>)> {
    match fenced.notation {
        Notation::Toml => Some(toml::read(inner)),
        Notation::Yaml => match yaml::read(inner) {
            Ok(fields) => fields.map(|fields| (fields, Vec::new())),
            Err(wrong) => begins_with_key(inner).then(|| (Vec::new(), vec![wrong])),
        },
    }
}

/// Whether the first line that says anything is `key: …`.
fn begins_with_key(inner: &str) -> bool {
    let says = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let Some((key, rest)) = inner.lines().find(says).and_then(|line| line.split_once(':')) else {
        return false;
    };
    let fine = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '"' | '\'');
    !key.is_empty() && key.chars().all(fine) && (rest.is_empty() || rest.starts_with(char::is_whitespace))
}

fn tell(wrong: Vec<Wrong>, offset: usize, source: &Source) -> Vec<Diagnostic> {
    let finding = |wrong: Wrong| {
        let message = format!("the front matter cannot be read: {}", wrong.message);
        let told = Diagnostic::error("front-matter", source, wrong.span.shifted(offset), message);
        let quotes =
            ["mapping values", "illegal placement"].iter().any(|words| wrong.message.contains(words));
        if quotes {
            told.help("a value with `: ` or a bracket in it stands in quotes: `title: \"a: b\"`")
        } else {
            told
        }
    };
    wrong.into_iter().take(20).map(finding).collect()
}

impl FrontMatter {
    /// The field that goes by one of `names`, compared without regard to case, `-` and `_`; the first name wins.
    pub(super) fn get(&self, names: &[&str]) -> Option<&Field> {
        let named = |name: &&str| self.fields.iter().find(|field| same_key(&field.key.value, name));
        names.iter().find_map(named)
    }

    /// The fields of key `name` and its other names, in the order of the names.
    pub(super) fn all(&self, name: &str) -> Vec<&Field> {
        keys::names(name).filter_map(|name| self.get(&[name])).collect()
    }

    /// Keys kb does not know, with their values as text.
    pub(super) fn extra(&self) -> Vec<(String, String)> {
        let unknown = self.fields.iter().filter(|field| !keys::is_known(&field.key.value));
        unknown.map(|field| (field.key.value.clone(), field.value.value.shown())).collect()
    }
}

impl Field {
    fn shifted(self, by: usize) -> Self {
        let key = Located::new(self.key.value, self.key.span.shifted(by));
        Self { key, value: self.value.shifted(by) }
    }
}

impl Located<Value> {
    fn shifted(self, by: usize) -> Self {
        let value = match self.value {
            Value::List(all) => Value::List(all.into_iter().map(|one| one.shifted(by)).collect()),
            Value::Map(all) => Value::Map(all.into_iter().map(|field| field.shifted(by)).collect()),
            other => other,
        };
        Self { value, span: self.span.shifted(by) }
    }
}
