//! What teams call their sections, in the languages that reports were seen in. Data only.
//!
//! Phrases are normalised as titles are (see [`normal`](super::normal)): lower case, no markup, numbers in front, emoji
//! or punctuation.

mod after;
mod languages;
mod story;
mod whole;

pub(super) use after::AFTER;
pub(super) use languages::LANGUAGES;
pub(super) use story::STORY;
pub(super) use whole::WHOLE;
