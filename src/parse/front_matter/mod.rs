//! Front matter: YAML between `---` lines or TOML between `+++` lines at the start of a file.
//!
//! [`value`] is what was written, with places; keys and values get their meaning in the readers of this folder.

mod value;

pub(super) use value::{Field, Value};

use crate::model::{ClockPoint, Milestone};

/// The front matter of one file; empty where there is none.
#[derive(Debug, Clone, Default)]
pub(super) struct FrontMatter {
    /// All fields as written, in order.
    pub(super) fields: Vec<Field>,
    /// Clock points, each from `front matter`; impossible ones have been reported and left out.
    pub(super) clock: Vec<(Milestone, ClockPoint)>,
    /// Byte at which the Markdown begins.
    pub(super) body: usize,
}

impl FrontMatter {
    /// The field that goes by one of `names`, compared without regard to case, `-` and `_`; the first name wins.
    pub(super) fn get(&self, names: &[&str]) -> Option<&Field> {
        let wanted = |field: &&Field, name: &str| same_key(&field.key.value, name);
        names.iter().find_map(|name| self.fields.iter().find(|field| wanted(field, name)))
    }
}

/// Whether two keys are one but for case, `-` and `_`: `rootCause`, `root-cause`, `root_cause`.
fn same_key(a: &str, b: &str) -> bool {
    let letters = |key: &str| -> Vec<char> {
        key.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
    };
    letters(a) == letters(b)
}
