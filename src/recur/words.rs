//! Text into terms that can be compared: identifiers whole and in parts, folded and stemmed; numbers, dates, ids and
//! lengths of time left out, because they differ each time.

use super::common::tells_nothing;
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RawTokenizer, Stemmer, StopWordFilter, TextAnalyzer,
};

/// Terms longer than this are data, not words.
const LONGEST: usize = 64;

/// One term with the form a reader knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// What is compared.
    pub(super) term: String,
    /// What is shown.
    pub(super) shown: String,
}

/// Turns written words into terms, in one language.
pub(super) struct Words {
    analyzer: TextAnalyzer,
    english: bool,
}

impl Words {
    /// For texts in `language` (a BCP 47 tag). Without a stemmer for it, words are only folded.
    pub(super) fn new(language: &str) -> Self {
        let folded = TextAnalyzer::builder(RawTokenizer::default()).filter(LowerCaser);
        let stemming = stemming(language);
        let analyzer = match (stemming, stemming.and_then(StopWordFilter::new)) {
            (Some(language), Some(stops)) => {
                folded.filter(stops).filter(AsciiFoldingFilter).filter(Stemmer::new(language)).build()
            }
            (Some(language), None) => {
                folded.filter(AsciiFoldingFilter).filter(Stemmer::new(language)).build()
            }
            (None, _) => folded.filter(AsciiFoldingFilter).build(),
        };
        Self { analyzer, english: stemming == Some(Language::English) }
    }

    /// The terms of one written word, as [`scan`] finds them: `max_client_conn` gives the whole and three parts.
    pub(super) fn pieces(&mut self, written: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let parts: Vec<&str> = written.split(['-', '.', '_']).filter(|part| !part.is_empty()).collect();
        let kept: Vec<&str> = parts.iter().copied().filter(|part| !is_data(part)).collect();
        for part in &kept {
            if part.chars().any(is_cjk) {
                self.bigrams(part, &mut pieces);
                continue;
            }
            self.push(part, part, &mut pieces);
            let humps = humps(part);
            if humps.len() > 1 {
                for hump in humps.iter().filter(|hump| hump.len() > 2) {
                    self.push(hump, hump, &mut pieces);
                }
            }
        }
        if kept.len() > 1 {
            let shown = if kept.len() == parts.len() { written } else { "" };
            let whole = kept.concat();
            self.push(&whole, if shown.is_empty() { &whole } else { shown }, &mut pieces);
        }
        pieces
    }

    fn push(&mut self, word: &str, shown: &str, pieces: &mut Vec<Piece>) {
        let lower = word.to_lowercase();
        if word.len() >= LONGEST || self.english && tells_nothing(&lower) {
            return;
        }
        let mut stream = self.analyzer.token_stream(word);
        if let Some(token) = stream.next()
            && token.text.chars().nth(1).is_some()
        {
            pieces.push(Piece { term: token.text.clone(), shown: shown.to_lowercase() });
        }
    }

    /// Scripts without spaces: overlapping pairs of characters.
    fn bigrams(&mut self, text: &str, pieces: &mut Vec<Piece>) {
        let characters: Vec<char> = text.chars().collect();
        for pair in characters.windows(2) {
            let pair: String = pair.iter().collect();
            self.push(&pair, &pair, pieces);
        }
    }
}

/// Calls `visit` for each written word of `text`: letters and digits, with `-`, `.` and `_` inside. Addresses are
/// passed over.
pub(super) fn scan<'t>(text: &'t str, mut visit: impl FnMut(&'t str)) {
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let tail = rest.get(start..).unwrap_or_default();
        let end = word_end(tail);
        let (word, after) = tail.split_at(end);
        if after.starts_with("://") {
            rest = after.find(char::is_whitespace).and_then(|space| after.get(space..)).unwrap_or_default();
        } else {
            visit(word);
            rest = after;
        }
    }
}

/// Length of the word that `text` begins with.
fn word_end(text: &str) -> usize {
    // Most words are plain letters to their end.
    let plain = text.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len());
    let mut end = plain;
    let mut joined = false;
    for (at, c) in text.get(plain..).unwrap_or_default().char_indices() {
        if c.is_alphanumeric() {
            end = plain + at + c.len_utf8();
            joined = false;
        } else if matches!(c, '-' | '.' | '_') && (!joined || c == '_') {
            joined = true;
        } else {
            break;
        }
    }
    end
}

/// Whether a part of a word is data: a number with at most two letters after it (`30`, `5m`, `21st`), a hexadecimal
/// id, or a random suffix.
pub(super) fn is_data(part: &str) -> bool {
    let digits = part.chars().filter(char::is_ascii_digit).count();
    if digits == 0 {
        return false;
    }
    let length = part.chars().count();
    let unit = part.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = unit.len() < part.len() && unit.len() <= 2 && !unit.contains(|c: char| c.is_ascii_digit());
    let hexadecimal = length >= 7 && part.chars().all(|c| c.is_ascii_hexdigit());
    let random = length >= 8 && digits >= 3 && digits < length;
    number || hexadecimal || random
}

/// The parts of a word in camel case: `OOMKilled` gives `OOM` and `Killed`.
pub(super) fn humps(word: &str) -> Vec<&str> {
    let characters: Vec<(usize, char)> = word.char_indices().collect();
    let mut humps = Vec::new();
    let mut start = 0;
    for (place, window) in characters.windows(2).enumerate() {
        let [(_, a), (next, b)] = window else { continue };
        let rises = a.is_lowercase() && b.is_uppercase();
        let after = characters.get(place + 2).map(|(_, c)| *c);
        let acronym_ends = a.is_uppercase() && b.is_uppercase() && after.is_some_and(char::is_lowercase);
        if rises || acronym_ends {
            humps.extend(word.get(start..*next));
            start = *next;
        }
    }
    humps.extend(word.get(start..).filter(|last| !last.is_empty()));
    humps
}

fn is_cjk(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff)
}

fn stemming(tag: &str) -> Option<Language> {
    let language = tag.split(['-', '_']).next().unwrap_or_default();
    Some(match language.to_ascii_lowercase().as_str() {
        "ar" => Language::Arabic,
        "da" => Language::Danish,
        "nl" => Language::Dutch,
        "en" => Language::English,
        "fi" => Language::Finnish,
        "fr" => Language::French,
        "de" => Language::German,
        "el" => Language::Greek,
        "hu" => Language::Hungarian,
        "it" => Language::Italian,
        "no" | "nb" | "nn" => Language::Norwegian,
        "pt" => Language::Portuguese,
        "ro" => Language::Romanian,
        "ru" => Language::Russian,
        "es" => Language::Spanish,
        "sv" => Language::Swedish,
        "ta" => Language::Tamil,
        "tr" => Language::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<String> {
        let mut words = Words::new("en-GB");
        let mut terms = Vec::new();
        scan(text, |word| {
            terms.extend(words.pieces(word).into_iter().map(|piece| piece.term));
        });
        terms
    }

    #[test]
    fn identifiers_are_read_whole_and_in_parts() {
        assert_eq!(terms("max_client_conn"), ["max", "client", "conn", "maxclientconn"]);
        assert_eq!(terms("OOMKilled"), ["oomkil", "oom", "kill"]);
        assert_eq!(terms("gke-resource-quotas."), ["gke", "resourc", "quota", "gkeresourcequota"]);
    }

    #[test]
    fn forms_of_a_word_become_one_term() {
        assert_eq!(terms("Retried retries RETRY"), ["retri", "retri", "retri"]);
        assert_eq!(terms("naïve café"), ["naiv", "cafe"]);
    }

    #[test]
    fn what_differs_each_time_is_left_out() {
        let data =
            "2021-06-22 08:21 30s 5m 21st 134a959a 10.12.8.137 a1b2c3d4e5 https://example.com/some/where";
        assert_eq!(terms(data), Vec::<String>::new());
        assert_eq!(terms("ipv6 on k8s and v1.21"), ["ipv6", "k8s", "v1"]);
        assert_eq!(terms("pool-32-134a959a"), ["pool"]);
    }

    #[test]
    fn scripts_without_spaces_become_pairs() {
        assert_eq!(terms("接続障害"), ["接続", "続障", "障害"]);
    }

    #[test]
    fn any_text_can_be_scanned() {
        for odd in ["", "-._", "a://", "Ⅷ\u{301}ß_", "\u{0}\u{fffd}x", "ǅAǅa"] {
            terms(odd);
            humps(odd);
        }
    }
}
