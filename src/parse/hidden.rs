//! What `[audience.public]` keeps from customers beside internal parts: whole sections, and keys of the front matter.
//!
//! Sections are cut out of the text that the public reading is made from, and keys taken out of its front matter, before
//! anything is understood: nothing later can know of them.

use super::front_matter::{Field, FrontMatter, Value, names_of, same_key};
use super::synonyms::normal;
use crate::config::PublicAudience;
use crate::diag::Span;
use crate::model::Section;
use std::ops::Range;

/// What is hidden, as `site.toml` names it.
#[derive(Debug, Clone)]
pub(super) struct Hidden {
    /// Kinds, or titles as titles are compared.
    sections: Vec<(String, String)>,
    /// Keys, each as the steps of its path.
    fields: Vec<Vec<String>>,
}

impl Hidden {
    /// What `public` hides.
    pub(super) fn new(public: &PublicAudience) -> Self {
        let sections = public.hide_sections.iter().map(|name| (name.trim().to_lowercase(), normal(name)));
        let steps = |path: &String| path.split('.').map(|step| step.trim().to_owned()).collect();
        Self { sections: sections.collect(), fields: public.hide_fields.iter().map(steps).collect() }
    }

    /// Where hidden sections stand in `text`, from the beginning of the line that opens each.
    pub(super) fn extents(&self, sections: &[Section], text: &str) -> Vec<Range<usize>> {
        let hidden = sections.iter().filter(|section| self.hides(section));
        hidden.map(|section| whole_lines(section.extent, text)).filter(|cut| !cut.is_empty()).collect()
    }

    fn hides(&self, section: &Section) -> bool {
        let title = normal(&section.title);
        let kind = section.kind.map(crate::model::SectionKind::word);
        self.sections
            .iter()
            .any(|(word, wanted)| kind == Some(word) || !wanted.is_empty() && *wanted == title)
    }

    /// `front` without hidden keys, and whether it had any.
    pub(super) fn without_fields(&self, front: FrontMatter) -> (FrontMatter, bool) {
        let mut any = false;
        let mut fields = front.fields;
        for path in &self.fields {
            any |= remove(&mut fields, path, true);
        }
        (FrontMatter { fields, ..front }, any)
    }
}

/// Takes the field at `path` out of `fields`, wherever the path leads; says whether there was one.
fn remove(fields: &mut Vec<Field>, path: &[String], outermost: bool) -> bool {
    let before = fields.len();
    let Some((step, rest)) = path.split_first() else { return false };
    let goes_by = |field: &Field| {
        same_key(&field.key.value, step)
            || outermost && names_of(step).any(|name| same_key(&field.key.value, name))
    };
    if rest.is_empty() {
        fields.retain(|field| !goes_by(field));
        return fields.len() < before;
    }
    let joined = path.join(".");
    fields.retain(|field| !same_key(&field.key.value, &joined));
    let mut any = fields.len() < before;
    for field in fields.iter_mut().filter(|field| goes_by(field)) {
        any |= remove_within(&mut field.value.value, rest);
    }
    any
}

fn remove_within(value: &mut Value, path: &[String]) -> bool {
    match value {
        Value::Map(fields) => remove(fields, path, false),
        // Every one of several, whichever of them has the key.
        // Every element must be visited, so this is no `any`.
        Value::List(all) => {
            all.iter_mut().filter_map(|one| remove_within(&mut one.value, path).then_some(())).count() > 0
        }
        Value::Null | Value::Scalar(_) => false,
    }
}

fn whole_lines(extent: Span, text: &str) -> Range<usize> {
    let range = extent.range();
    let before = text.get(..range.start).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    line..range.end.min(text.len())
}
