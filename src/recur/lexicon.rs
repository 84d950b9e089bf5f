//! Strings as small numbers. A reader of documents keeps new strings to itself ([`Interner`]); when it is done, the
//! archive's [`Lexicon`] takes them over, so that documents can be read in parallel or against an archive that
//! stays as it is.

use foldhash::HashMap;
use std::sync::Arc;

/// All strings of one sort, numbered from 0.
#[derive(Debug, Default, Clone)]
pub(super) struct Lexicon {
    ids: HashMap<Arc<str>, u32>,
    texts: Vec<Arc<str>>,
}

impl Lexicon {
    /// The string with this number; empty for one that was never given out.
    pub(super) fn text(&self, id: u32) -> &str {
        self.texts.get(id as usize).map_or("", |text| text)
    }

    /// How many strings there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    fn get(&self, text: &str) -> Option<u32> {
        self.ids.get(text).copied()
    }

    fn insert(&mut self, text: &Arc<str>) -> u32 {
        if let Some(id) = self.get(text) {
            return id;
        }
        let id = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(Arc::clone(text));
        self.ids.insert(Arc::clone(text), id);
        id
    }

    /// Takes over the strings of a reader. The answer gives the final number for each number of the reader's own;
    /// see [`settle`].
    pub(super) fn absorb(&mut self, own: &Self) -> Vec<u32> {
        own.texts.iter().map(|text| self.insert(text)).collect()
    }
}

/// The final number of `id`, where a reader began to count at `base` and the lexicon answered `given`.
pub(super) fn settle(id: u32, base: u32, given: &[u32]) -> u32 {
    let own = id.checked_sub(base).and_then(|place| given.get(place as usize));
    own.copied().unwrap_or(id)
}

/// A lexicon that stays as it is, and the new strings of one reader, numbered after it.
#[derive(Debug)]
pub(super) struct Interner<'a> {
    base: &'a Lexicon,
    own: Lexicon,
}

impl<'a> Interner<'a> {
    /// Numbers new strings after those of `base`.
    pub(super) fn new(base: &'a Lexicon) -> Self {
        Self { base, own: Lexicon::default() }
    }

    /// The number of `text`, a new one where neither side knows it.
    pub(super) fn id(&mut self, text: &str) -> u32 {
        if let Some(id) = self.base.get(text) {
            return id;
        }
        let start = self.start();
        let own = self.own.get(text).unwrap_or_else(|| self.own.insert(&Arc::from(text)));
        start.saturating_add(own)
    }

    /// Where the reader's own numbers begin.
    pub(super) fn start(&self) -> u32 {
        u32::try_from(self.base.len()).unwrap_or(u32::MAX)
    }

    /// The string with this number, of either side.
    pub(super) fn text(&self, id: u32) -> &str {
        match id.checked_sub(self.start()) {
            Some(own) => self.own.text(own),
            None => self.base.text(id),
        }
    }

    /// The reader's own strings.
    pub(super) fn into_own(self) -> Lexicon {
        self.own
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_readers_numbers_settle_into_the_lexicon() {
        let mut lexicon = Lexicon::default();
        lexicon.insert(&"node".into());
        let mut reader = Interner::new(&lexicon);
        let (node, pod, disk) = (reader.id("node"), reader.id("pod"), reader.id("disk"));
        assert_eq!((node, reader.id("pod"), reader.text(disk)), (0, pod, "disk"));

        let (start, own) = (reader.start(), reader.into_own());
        lexicon.insert(&"disk".into());
        let given = lexicon.absorb(&own);
        let final_texts = [node, pod, disk].map(|id| lexicon.text(settle(id, start, &given)).to_owned());
        assert_eq!(final_texts, ["node", "pod", "disk"]);
    }
}
