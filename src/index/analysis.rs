//! From the words of a text to the terms of the index.
//!
//! A word in lower case is a *surface*, what a reader types. Folded (accents dropped) and stemmed in the site's language
//! it is a *term*, what is indexed. Which surfaces led to which terms is kept beside the index ([`Surfaces`](super::Surfaces)), so that
//! completion, spelling and marking work on whole words.

use super::surfaces::Met;
use super::words::{Word, WordKind, split};
use crate::config::SiteConfig;
use foldhash::HashMap;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, RawTokenizer, Stemmer, StopWordFilter, TextAnalyzer, Token, TokenStream,
    Tokenizer,
};

/// The rules of one site.
#[derive(Clone)]
pub struct Analysis {
    chain: TextAnalyzer,
    folding: TextAnalyzer,
    stops: Stops,
    language: Option<Language>,
}

#[derive(Clone)]
enum Stops {
    Listed(Arc<BTreeSet<String>>),
    Language(TextAnalyzer),
}

/// A word of a query: its leaves with their positions, and the identifier they make together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// Surface and position of each leaf.
    pub leaves: Vec<(String, u32)>,
    /// Surface of the identifier that all leaves form.
    pub whole: Option<String>,
}

impl Analysis {
    /// The rules for `config`'s language and stop words.
    pub fn new(config: &SiteConfig) -> Self {
        let language = language(&config.language);
        let fold = || TextAnalyzer::builder(RawTokenizer::default()).filter(AsciiFoldingFilter);
        let chain = match language {
            Some(language) => fold().filter(Stemmer::new(language)).build(),
            None => fold().build(),
        };
        let stops = match (&config.search.stop_words, language.and_then(StopWordFilter::new)) {
            (Some(words), _) => {
                Stops::Listed(Arc::new(words.iter().map(|word| word.to_lowercase()).collect()))
            }
            (None, Some(filter)) => {
                Stops::Language(TextAnalyzer::builder(RawTokenizer::default()).filter(filter).build())
            }
            (None, None) => Stops::Listed(Arc::default()),
        };
        Self { chain, folding: fold().build(), stops, language }
    }

    /// The language whose words are stemmed, where there is a stemmer for it.
    pub(super) fn language(&self) -> Option<Language> {
        self.language
    }

    /// `surface` without accents.
    pub fn fold(&self, surface: &str) -> String {
        let mut folding = self.folding.clone();
        let mut stream = folding.token_stream(surface);
        stream.next().map_or_else(|| surface.to_owned(), |token| token.text.clone())
    }

    /// What is indexed for `surface`.
    pub fn term(&self, surface: &str) -> String {
        let mut chain = self.chain.clone();
        let mut stream = chain.token_stream(surface);
        stream.next().map_or_else(|| surface.to_owned(), |token| token.text.clone())
    }

    /// Whether `surface` is too common to be asked for.
    pub fn is_stop(&self, surface: &str) -> bool {
        match &self.stops {
            Stops::Listed(words) => words.contains(surface),
            Stops::Language(filter) => filter.clone().token_stream(surface).next().is_none(),
        }
    }

    /// The words of a piece of a query.
    pub fn read(text: &str) -> Reading {
        let mut reading = Reading::default();
        let mut spans: Vec<(usize, usize)> = Vec::new();
        let mut wholes: Vec<(String, usize, usize)> = Vec::new();
        split(text, &mut |word| match word.kind {
            WordKind::Leaf => {
                spans.push((word.start, word.end));
                reading.leaves.push((surface(word.text), word.position));
            }
            WordKind::Whole => wholes.push((surface(word.text), word.start, word.end)),
        });
        if let (Some(first), Some(last)) = (spans.first(), spans.last()) {
            let covers = |start: usize, end: usize| start == first.0 && end == last.1;
            reading.whole = wholes.into_iter().find(|(_, s, e)| covers(*s, *e)).map(|(whole, _, _)| whole);
        }
        reading
    }
}

/// A word in lower case.
pub fn surface(word: &str) -> String {
    word.to_lowercase()
}

fn language(tag: &str) -> Option<Language> {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    Some(match primary.as_str() {
        "ar" => Language::Arabic,
        "da" => Language::Danish,
        "de" => Language::German,
        "el" => Language::Greek,
        "en" => Language::English,
        "es" => Language::Spanish,
        "fi" => Language::Finnish,
        "fr" => Language::French,
        "hu" => Language::Hungarian,
        "it" => Language::Italian,
        "nb" | "nn" | "no" => Language::Norwegian,
        "nl" => Language::Dutch,
        "pt" => Language::Portuguese,
        "ro" => Language::Romanian,
        "ru" => Language::Russian,
        "sv" => Language::Swedish,
        "ta" => Language::Tamil,
        "tr" => Language::Turkish,
        _ => return None,
    })
}

/// Feeds tantivy; remembers every surface it has met and its term.
#[derive(Clone)]
pub(super) struct Indexer {
    analysis: Analysis,
    met: Arc<Mutex<Vocabulary>>,
    tokens: Tokens,
}

impl Indexer {
    pub(super) fn new(analysis: Analysis) -> Self {
        Self { analysis, met: Arc::default(), tokens: Tokens::default() }
    }

    /// Every surface met so far with its term and how often, sorted.
    pub(super) fn surfaces(&self) -> Vec<Met> {
        let met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        let all = met.iter().map(|(surface, (term, times))| (surface.clone(), term.clone(), *times));
        let mut all: Vec<Met> = all.collect();
        all.sort_unstable();
        all
    }
}

/// Surfaces with their terms and how often each was met.
type Vocabulary = HashMap<Box<str>, (Box<str>, u32)>;

/// The tokens of one text, in one buffer.
#[derive(Clone, Default)]
pub(super) struct Tokens {
    letters: String,
    spans: Vec<(usize, usize, u32)>,
    next: usize,
    token: Token,
}

impl Tokens {
    fn push(&mut self, term: &str, position: u32) {
        let start = self.letters.len();
        self.letters.push_str(term);
        self.spans.push((start, self.letters.len(), position));
    }
}

impl Tokenizer for Indexer {
    type TokenStream<'a> = TokenRun<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TokenRun<'a> {
        let Self { analysis, met, tokens } = self;
        let mut met = met.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.letters.clear();
        tokens.spans.clear();
        tokens.next = 0;
        let mut lower = String::new();
        split(text, &mut |word: Word<'_>| {
            lower.clear();
            if word.text.is_ascii() {
                lower.push_str(word.text);
                lower.make_ascii_lowercase();
            } else {
                lower.push_str(&surface(word.text));
            }
            if let Some((term, times)) = met.get_mut(lower.as_str()) {
                *times = times.saturating_add(1);
                tokens.push(term, word.position);
            } else {
                let term = analysis.term(&lower);
                tokens.push(&term, word.position);
                met.insert(lower.as_str().into(), (term.into(), 1));
            }
        });
        TokenRun(tokens)
    }
}

/// A pass over [`Tokens`].
pub(super) struct TokenRun<'a>(&'a mut Tokens);

impl TokenStream for TokenRun<'_> {
    fn advance(&mut self) -> bool {
        let tokens = &mut *self.0;
        let Some((start, end, position)) = tokens.spans.get(tokens.next) else {
            return false;
        };
        tokens.next += 1;
        tokens.token.text.clear();
        tokens.token.text.push_str(&tokens.letters[*start..*end]);
        tokens.token.position = *position as usize;
        true
    }

    fn token(&self) -> &Token {
        &self.0.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.0.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Analysis {
        Analysis::new(&SiteConfig::default())
    }

    #[test]
    fn forms_of_a_word_share_a_term_and_other_words_do_not() {
        let english = english();
        assert_eq!(english.term("retried"), english.term("retry"));
        assert_ne!(english.term("lost"), english.term("lot"));
        assert_eq!(english.term("münchen"), "munchen");
    }

    #[test]
    fn the_language_decides() {
        let german = Analysis::new(&SiteConfig { language: "de-AT".into(), ..SiteConfig::default() });
        assert_eq!(german.term("verbindungen"), german.term("verbindung"));
        assert!(german.is_stop("und") && !german.is_stop("the"));
        let none = Analysis::new(&SiteConfig { language: "ja".into(), ..SiteConfig::default() });
        assert_eq!(none.term("retries"), "retries");
    }

    #[test]
    fn stop_words_can_be_listed() {
        let mut config = SiteConfig::default();
        config.search.stop_words = Some(vec!["Incident".into()]);
        let analysis = Analysis::new(&config);
        assert!(analysis.is_stop("incident") && !analysis.is_stop("the"));
    }

    #[test]
    fn a_query_word_is_read_as_identifier_and_as_parts() {
        let reading = Analysis::read("NodeLost");
        assert_eq!(reading.whole.as_deref(), Some("nodelost"));
        assert_eq!(reading.leaves, [("node".to_owned(), 0), ("lost".to_owned(), 1)]);
        assert_eq!(Analysis::read("node lost").whole, None);
        assert_eq!(Analysis::read("pool").leaves, [("pool".to_owned(), 0)]);
    }
}
