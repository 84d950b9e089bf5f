//! Incidents under one name, and all such names of one sort.

use crate::corpus::slugify;
use std::collections::{BTreeMap, HashMap};

/// The incidents under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The name as it was first written.
    pub name: String,
    /// The last part of its address; unique among its sort.
    pub slug: String,
    /// Numbers of its incidents, oldest first, each once.
    pub members: Vec<usize>,
}

/// All groups of one sort, by slug. Names that differ only in case and punctuation are one.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    all: Vec<Group>,
    by_slug: BTreeMap<String, usize>,
    /// Every spelling that occurred: most names are asked for as they were written.
    by_name: HashMap<String, usize>,
}

impl Groups {
    /// Puts incident `number` under each of `names`. Numbers must come in ascending order.
    pub(super) fn add_all<'a>(&mut self, names: impl IntoIterator<Item = &'a str>, number: usize) {
        for name in names {
            let place = self.by_name.get(name).copied().unwrap_or_else(|| self.place(name));
            if let Some(group) = self.all.get_mut(place)
                && group.members.last() != Some(&number)
            {
                group.members.push(number);
            }
        }
    }

    /// The place of a spelling that is new: with the others of its slug, or in a group of its own.
    fn place(&mut self, name: &str) -> usize {
        let slug = address(name);
        let next = self.all.len();
        let place = *self.by_slug.entry(slug.clone()).or_insert(next);
        if place == next {
            self.all.push(Group { name: name.to_owned(), slug, members: Vec::new() });
        }
        self.by_name.insert(name.to_owned(), place);
        place
    }

    /// The groups in the order in which they first occur.
    pub fn all(&self) -> &[Group] {
        &self.all
    }

    /// The groups in the order of their slugs.
    pub fn sorted(&self) -> impl Iterator<Item = &Group> {
        self.by_slug.values().filter_map(|place| self.all.get(*place))
    }

    /// The group with this address.
    pub fn by_slug(&self, slug: &str) -> Option<&Group> {
        self.by_slug.get(slug).and_then(|place| self.all.get(*place))
    }

    /// The group that `name` falls into.
    pub fn of(&self, name: &str) -> Option<&Group> {
        match self.by_name.get(name) {
            Some(place) => self.all.get(*place),
            None => self.by_slug(&address(name)),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// The slug of `name`; `index` is the list page's own.
fn address(name: &str) -> String {
    let slug = slugify(name);
    if slug == "index" { "index-1".to_owned() } else { slug }
}
