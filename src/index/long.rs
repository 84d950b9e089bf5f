//! A pasted log line or stack trace is no list of words that must all be there: it is reduced to its signatures and its
//! rarest words, of which two must match.

use super::Index;
use super::analysis::Analysis;
use super::grammar::Text;
use super::signature;
use crate::error::Error;
use std::collections::BTreeSet;

/// More words than this are a paste.
const MOST_WORDS: usize = 12;
/// Most bytes of a paste that are read.
const LONGEST: usize = 8 << 10;
/// Most different words of a paste that are looked up.
const LOOKED_UP: usize = 300;
/// How many words and signatures are kept.
const KEPT: usize = 8;

/// Whether `text` is a paste: several lines, or more than twelve words where a quotation counts as one.
pub(super) fn is_paste(text: &str) -> bool {
    text.trim().contains('\n') || count_words(text) > MOST_WORDS
}

fn count_words(text: &str) -> usize {
    let mut words = 0;
    let mut rest = text.trim_start();
    while !rest.is_empty() && words <= MOST_WORDS {
        words += 1;
        let end = match rest.strip_prefix('"') {
            Some(quoted) => quoted.find('"').map_or(rest.len(), |at| at + 2),
            None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
        };
        rest = rest.get(end..).unwrap_or_default().trim_start();
    }
    words
}

/// What is looked for instead of the whole `text`: signatures first, then the words in the fewest documents.
pub(super) fn reduced(index: &Index, text: &str) -> Result<Vec<Text>, Error> {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text.get(..end).unwrap_or_default();
    let mut kept: Vec<String> = Vec::new();
    let mut covered: BTreeSet<String> = BTreeSet::new();
    for found in signature::in_text(text) {
        let reading = Analysis::read(&found.text);
        let terms: Vec<String> = reading.leaves.iter().map(|(surface, _)| index.term_of(surface)).collect();
        let mut known = kept.len() < KEPT;
        for term in &terms {
            known &= index.frequency(term)? > 0;
        }
        if known {
            covered.extend(terms);
            kept.push(found.text);
        }
    }
    let mut words: Vec<(u32, usize, String)> = Vec::new();
    for (place, (surface, _)) in Analysis::read(text).leaves.into_iter().enumerate() {
        let telling = surface.chars().any(char::is_alphabetic) && surface.chars().count() > 1;
        let term = index.term_of(&surface);
        if !telling
            || index.analysis.is_stop(&surface)
            || words.len() == LOOKED_UP
            || !covered.insert(term.clone())
        {
            continue;
        }
        let frequency = index.frequency(&term)?;
        if frequency > 0 {
            words.push((frequency, place, surface));
        }
    }
    words.sort_unstable();
    kept.extend(words.into_iter().map(|(_, _, surface)| surface));
    kept.truncate(KEPT);
    let text = |words| Text { column: None, words, quoted: false, prefix: false, boost: 1.0 };
    Ok(kept.into_iter().map(text).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_has_lines_or_many_words() {
        assert!(!is_paste("connection pool exhausted"));
        assert!(!is_paste(r#""one quotation counts as one word however long it is, and this one is long""#));
        assert!(is_paste("a b c d e f g h i j k l m"));
        assert!(is_paste("panic: nil map\n  at main.go:3"));
    }
}
