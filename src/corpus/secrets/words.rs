//! Texts as the guard compares them: words without markup, case and accents.

use super::PASSAGE;
use crate::corpus::addresses::percent;
use crate::corpus::tags;
use crate::model::fold::{folded_text, is_mark, is_unseen};
use foldhash::quality::FixedState;
use std::hash::BuildHasher;

/// The words of a text, folded, so that neither case nor the way an accent is written hides one.
pub(super) fn words(text: &str) -> Vec<String> {
    let folded = folded_text(text);
    folded
        .split(|c: char| !(c.is_alphanumeric() || is_mark(c)))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// All passages of `words` as numbers, in order; the same words give the same number in every run.
pub(super) fn passages(words: &[String]) -> impl Iterator<Item = u64> {
    let keys = FixedState::with_seed(0);
    let each: Vec<u64> = words.iter().map(|word| keys.hash_one(word)).collect();
    let last = (each.len() + 1).saturating_sub(PASSAGE);
    (0..last).map(move |at| keys.hash_one(each.get(at..at + PASSAGE).unwrap_or_default()))
}

/// A text without tags and with the five named entities decoded, so that markup between words hides nothing.
pub(super) fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag, after)) = tags::first(rest) {
        out.push_str(before);
        // Attribute values can hold text too; inline tags must not part words that stand side by side.
        if tag.contains("=\"") {
            out.push_str(" \u{1} ");
        }
        rest = after;
    }
    out.push_str(rest);
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    entities.iter().fold(out, |text, (entity, plain)| text.replace(entity, plain))
}

/// `text` with its percent signs decoded, without what nobody sees, and with words made whole that the end of a line parts,
/// where that makes another text of it.
pub(super) fn plainer(text: &str) -> Option<String> {
    let whole = text.contains("-\n").then(|| text.replace("-\n", ""));
    let text = whole.as_deref().unwrap_or(text);
    let escaped = text
        .as_bytes()
        .windows(3)
        .any(|three| three.first() == Some(&b'%') && three.iter().skip(1).all(u8::is_ascii_hexdigit));
    let unseen = !text.is_ascii() && text.chars().any(is_unseen);
    (escaped || unseen || whole.is_some()).then(|| folded_text(&String::from_utf8_lossy(&percent(text))))
}

/// What bytes say that are no text in UTF-8, but one in UTF-16 or in one byte for each letter, as logs of old programs are.
pub(super) fn in_other_letters(bytes: &[u8]) -> Option<String> {
    let pairs = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let pairs = bytes.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok());
        String::from_utf16_lossy(&pairs.map(read).collect::<Vec<_>>())
    };
    match bytes {
        [0xff, 0xfe, text @ ..] => return Some(pairs(text, u16::from_le_bytes)),
        [0xfe, 0xff, text @ ..] => return Some(pairs(text, u16::from_be_bytes)),
        _ => {}
    }
    let control = |b: &u8| b.is_ascii_control() && !b.is_ascii_whitespace();
    let text = !bytes.iter().take(1024).any(control);
    text.then(|| bytes.iter().map(|b| char::from(*b)).collect())
}
