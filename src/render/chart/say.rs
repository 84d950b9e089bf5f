//! What charts say: their words from the table of the site's language, their numbers and units as that language writes
//! them.

use super::table::{Cell, DataTable};
use super::{Chart, KeyEntry};
use crate::measure::{Share, Units};
use crate::plan::Words;
use std::fmt::Display;

/// The words and units that charts are written with.
pub struct Say<'w> {
    words: &'w Words,
    /// How lengths of time and shares are written.
    pub units: &'w Units,
}

impl<'w> Say<'w> {
    /// Says things with `words`.
    pub fn new(words: &'w Words) -> Self {
        Self { words, units: &words.units }
    }

    /// The words for `key`.
    pub fn get(&self, key: &str) -> String {
        self.words.get(key).to_owned()
    }

    /// The sentence for `key` with the values filled in.
    pub fn fill(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        self.words.fill(key, values)
    }

    /// The sentence for `key` with its number.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.words.fill(key, &[("n", &n)])
    }

    /// The words of a list.
    pub(super) fn list(&self, key: &str) -> Vec<String> {
        self.words.get(key).split('|').map(|one| one.trim().to_owned()).collect()
    }

    /// What the colours mean: a class for each word of the list.
    pub(super) fn key(&self, key: &str, classes: &[&'static str]) -> Vec<KeyEntry> {
        classes.iter().zip(self.list(key)).map(|(class, label)| KeyEntry { class, label }).collect()
    }

    /// An empty table with the columns of the list.
    pub(in crate::render) fn table(&self, key: &str) -> DataTable {
        DataTable { columns: self.list(key), ..DataTable::default() }
    }

    /// A share with the items that have it.
    pub(in crate::render) fn share(&self, share: &Share) -> Cell {
        Cell::of(self.units.share(share), share.yes.clone())
    }

    /// A figure that is its table.
    pub(in crate::render) fn shown(&self, id: &'static str, finding: String, table: DataTable) -> Chart {
        Chart { id, title: self.title(id), finding, svg: None, key: Vec::new(), table }
    }

    /// The title of a figure.
    pub(super) fn title(&self, id: &str) -> String {
        self.get(&format!("chart_{id}_title"))
    }
}
