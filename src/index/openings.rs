//! Which texts may hold one of some words, told by the first three letters: a passage is looked for in whole reports, and
//! most of their paragraphs have none of the words of a question.
//!
//! It may say yes where there is none, never no where there is one. Only texts in ASCII are looked at; of all others it says
//! yes.

/// How many bytes of a word are looked at.
const LOOKED_AT: usize = 3;
/// Bits for one of them: its class.
const BITS: u32 = 5;
/// The class of nothing, and of what may join the runs of an identifier.
const NONE: u8 = 0;
/// The class of what ends a word.
const END: u8 = 31;

/// The first letters of some words.
pub(super) struct Openings {
    /// One bit for each row of classes.
    rows: Vec<bool>,
    /// Whether a word begins with something else than ASCII.
    others: bool,
}

impl Default for Openings {
    fn default() -> Self {
        Self { rows: vec![false; 1 << (BITS as usize * LOOKED_AT)], others: false }
    }
}

/// Letters have classes of their own in either case; digits share the rest.
const fn class(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' => byte - b'a' + 1,
        b'A'..=b'Z' => byte - b'A' + 1,
        b'0'..=b'9' => 27 + byte % 4,
        b'_' | b'-' | b'.' | b':' => NONE,
        _ => END,
    }
}

fn row(classes: [u8; LOOKED_AT]) -> usize {
    classes.into_iter().fold(0, |row, class| row << BITS | usize::from(class))
}

impl Openings {
    /// Adds a word in lower case.
    pub(super) fn add(&mut self, word: &str) {
        let bytes = word.as_bytes();
        let opening = bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or_default();
        if !opening.is_ascii() {
            self.others = true;
            return;
        }
        let at = |n: usize| opening.get(n).map_or(NONE, |byte| class(*byte));
        let [first, second, third] = [at(0), at(1), at(2)];
        // A short word may go on in the text, as the first hump of an identifier; a long one may be broken there by what
        // joins its runs.
        let any = 0..1 << BITS;
        match opening.len() {
            0 => {}
            1 => any.clone().for_each(|b| any.clone().for_each(|c| self.put([first, b, c]))),
            2 => any.for_each(|c| self.put([first, second, c])),
            _ => self.put([first, second, third]),
        }
        self.put([first, second, NONE]);
        self.put([first, NONE, NONE]);
    }

    fn put(&mut self, classes: [u8; LOOKED_AT]) {
        if let Some(slot) = self.rows.get_mut(row(classes)) {
            *slot = true;
        }
    }

    fn has(&self, classes: [u8; LOOKED_AT]) -> bool {
        self.rows.get(row(classes)) == Some(&true)
    }

    /// Whether one of the words may begin with what `word` begins with; `word` is one by itself.
    pub(super) fn may_begin(&self, word: &str) -> bool {
        let mut classes = [NONE; LOOKED_AT];
        for (class_of, byte) in classes.iter_mut().zip(word.bytes()) {
            if !byte.is_ascii() {
                return true;
            }
            *class_of = class(byte);
        }
        self.has(classes)
    }

    /// Whether one of the words may be in `text`.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        let mut before = b' ';
        let bytes = text.as_bytes();
        // Words begin after something else, or with a capital.
        let may_begin = |(at, byte): (usize, &u8)| {
            let begins = byte.is_ascii_alphanumeric()
                && (!before.is_ascii_alphanumeric() || byte.is_ascii_uppercase());
            before = *byte;
            begins && self.has(ahead(bytes.get(at..).unwrap_or_default()))
        };
        !text.is_ascii() || bytes.iter().enumerate().any(may_begin)
    }
}

/// The classes `text` begins with, up to the end of its first run.
fn ahead(text: &[u8]) -> [u8; LOOKED_AT] {
    let mut classes = [NONE; LOOKED_AT];
    for (class_of, byte) in classes.iter_mut().zip(text) {
        *class_of = class(*byte);
        if !byte.is_ascii_alphanumeric() {
            break;
        }
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::words::split;
    use proptest::prelude::*;

    fn of(words: &[&str]) -> Openings {
        let mut openings = Openings::default();
        for word in words {
            openings.add(word);
        }
        openings
    }

    #[test]
    fn what_begins_otherwise_is_passed_over() {
        let openings = of(&["connection", "pool"]);
        assert!(openings.may_be_in("the Connection was reset") && openings.may_be_in("a k8sPool"));
        assert!(!openings.may_be_in("a second spool of the rest, as usual"));
        assert!(!of(&["android"]).may_be_in("a to-do") && of(&["todo"]).may_be_in("a to-do"));
        assert!(!of(&["über"]).may_begin("under") && of(&["über"]).may_be_in("ein Übel"));
        assert!(!Openings::default().may_be_in("nothing is looked for"));
    }

    proptest! {
        #[test]
        fn no_word_is_missed(text in "[a-cA-C0-1é数 ._:-]{0,24}") {
            let mut words = Vec::new();
            split(&text, &mut |word| words.push(word.text.to_lowercase()));
            for word in words {
                let openings = of(&[&word]);
                prop_assert!(openings.may_be_in(&text) && openings.may_begin(&word), "{word} in {text}");
            }
        }
    }
}
