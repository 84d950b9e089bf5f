//! The leak guard: what a public edition must not contain, to be looked for in every byte before it is published.
//!
//! The gate already cuts these things out; the guard does not trust it. It knows two kinds of secret: exact names (handles,
//! people, tickets, ids, slugs and titles of hidden documents, internal hosts), and passages of hidden text, as hashes
//! of eight words in a row. What published documents say themselves is no secret.

use super::draft::Corpus;
use super::edition::Edition;
use super::packed::members;
use super::slug::slugify;
use super::tags;
use crate::config::SiteConfig;
use crate::model::fold::{folded_text, is_mark};
use crate::model::text::{Block, BlockKind, plain_blocks};
use crate::model::{Audience, Incident};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher;

/// Words in a row that identify a passage.
const PASSAGE: usize = 8;
/// Of the windows of a passage one in this many is kept, and always the smallest of each block.
const KEPT: u64 = 4;

/// Something hidden that was found in an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// The words that leaked; for a passage, its words.
    pub text: String,
    /// Where they come from: a file, or `site.toml`.
    pub source: String,
}

/// What must not be published.
pub struct Secrets {
    names: Option<AhoCorasick>,
    sources: Vec<(String, String)>,
    passages: BTreeMap<u64, String>,
    /// Full names of people as words, by their first word.
    people: BTreeMap<String, Vec<Vec<String>>>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{} names and {} passages>", self.sources.len(), self.passages.len())
    }
}

impl Secrets {
    /// What `edition` must not say. Empty for an internal edition.
    pub fn of(corpus: &Corpus, edition: &Edition, config: &SiteConfig) -> Self {
        if edition.audience == Audience::Internal {
            return Self {
                names: None,
                sources: Vec::new(),
                passages: BTreeMap::new(),
                people: BTreeMap::new(),
            };
        }
        let published: BTreeSet<&str> =
            edition.incidents.iter().chain(&edition.pages).map(|one| &*one.incident.path).collect();
        let said = said(edition);
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        let mut passages = BTreeMap::new();
        for draft in &corpus.drafts {
            let incident = &draft.whole;
            let path = incident.path.to_string();
            if !published.contains(&*incident.path) {
                hidden_names(incident, &mut names);
                note(&incident.document.blocks, &path, &said, &mut passages);
            } else if draft.without_internal.is_some() {
                note(&incident.document.blocks, &path, &said, &mut passages);
            }
            for action in &incident.actions {
                names.extend(action.tickets.iter().map(|ticket| (ticket.id.clone(), path.clone())));
            }
        }
        handles(config, &mut names);
        // One digit or letter more makes another name, so short ones would only raise false alarms.
        names.retain(|name, _| name.chars().count() >= 4);
        let ids = hidden_ids(corpus, edition, &published);
        let (ids, names): (Vec<_>, Vec<_>) = names.into_iter().partition(|(name, _)| ids.contains(name));
        let (telling, names): (Vec<_>, Vec<_>) = names.into_iter().partition(|(name, _)| is_telling(name));
        let mut sources = unsaid(names, &said.text);
        sources.extend(unsaid(telling, &said.names));
        // Whoever names a hidden report by its id, file or whole title knows of it: that is no coincidence of words.
        sources.extend(ids);
        sources.extend(settings(config));
        let finder = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(sources.iter().map(|(name, _)| name));
        Self { names: finder.ok(), sources, passages, people: people(config) }
    }

    /// The first secret in `bytes`; compressed bytes are looked into.
    pub fn leak(&self, bytes: &[u8]) -> Option<Leak> {
        if self.names.is_none() && self.passages.is_empty() {
            return None;
        }
        let plain = |bytes: &[u8]| self.named(bytes).or_else(|| self.told(bytes));
        // What is packed inside what is packed is not searched: no host and no browser opens it.
        plain(bytes).or_else(|| members(bytes, plain))
    }

    fn named(&self, bytes: &[u8]) -> Option<Leak> {
        let word = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
        let finder = self.names.as_ref()?;
        finder.find_iter(bytes).find_map(|hit| {
            let before = hit.start().checked_sub(1).and_then(|at| bytes.get(at));
            let inside = word(before) || word(bytes.get(hit.end()));
            let (text, source) = self.sources.get(hit.pattern().as_usize())?;
            (!inside).then(|| Leak { text: text.clone(), source: source.clone() })
        })
    }

    fn told(&self, bytes: &[u8]) -> Option<Leak> {
        if self.passages.is_empty() && self.people.is_empty() {
            return None;
        }
        let words = words(&without_tags(&String::from_utf8_lossy(bytes)));
        // In the lists of an index words stand side by side that no text has so.
        let is_text = std::str::from_utf8(bytes).is_ok();
        self.person(if is_text { &words } else { &[] }).or_else(|| {
            words.windows(PASSAGE).find_map(|window| {
                let source = self.passages.get(&hash(window))?;
                Some(Leak { text: window.join(" "), source: source.clone() })
            })
        })
    }

    /// Somebody's full name, in whatever letters and with whatever between its parts.
    fn person(&self, words: &[String]) -> Option<Leak> {
        words.iter().enumerate().find_map(|(at, word)| {
            let named = |name: &&Vec<String>| words.get(at..at + name.len()) == Some(name);
            let name = self.people.get(word)?.iter().find(named)?;
            Some(Leak { text: name.join(" "), source: "site.toml".into() })
        })
    }
}

fn people(config: &SiteConfig) -> BTreeMap<String, Vec<Vec<String>>> {
    let mut people: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for name in config.people.values().filter_map(|person| person.name.as_deref()) {
        let name = words(name);
        if let Some(first) = name.first().filter(|_| name.len() >= 2) {
            people.entry(first.clone()).or_default().push(name);
        }
    }
    people
}

/// Everything the edition says: its passages, and its words in lower case.
struct Said {
    passages: BTreeSet<u64>,
    text: String,
    /// What published documents are called, and their tags and families.
    names: String,
}

/// A name that no text has by chance: a title of four words, a file called by its day or number.
fn is_telling(name: &str) -> bool {
    let words = name.split_whitespace().count();
    let has = |kind: fn(&u8) -> bool| name.bytes().any(|b| kind(&b));
    words >= 4 && name.len() >= 20
        || words == 1
            && name.len() >= 8
            && has(u8::is_ascii_digit)
            && has(u8::is_ascii_alphabetic)
            && name.contains(['-', '_'])
}

fn said(edition: &Edition) -> Said {
    let mut passages = BTreeSet::new();
    let mut text = String::new();
    let mut names = String::new();
    for published in edition.incidents.iter().chain(&edition.pages) {
        let incident = &published.incident;
        let body = plain_blocks(&incident.document.blocks);
        passages.extend(words(&body).windows(PASSAGE).map(hash));
        let words = [&incident.title, &incident.id, &published.slug, &body];
        let other =
            incident.family.iter().chain(&incident.tags).chain(&incident.components).chain(&incident.aliases);
        let called = [&incident.title, &incident.id, &published.slug].into_iter().chain(other.clone());
        for name in called.chain([&incident.path.to_string()]) {
            names.extend([&name.to_lowercase(), "\n", &slugify(name), "\n"]);
        }
        for part in words.into_iter().chain(other) {
            text.push_str(&part.to_lowercase());
            text.push('\n');
            text.push_str(&slugify(part));
            text.push('\n');
        }
    }
    Said { passages, text, names }
}

/// The names that `text` does not contain anyway; found in one pass, however many there are.
fn unsaid(names: Vec<(String, String)>, text: &str) -> Vec<(String, String)> {
    let finder = AhoCorasick::builder().build(names.iter().map(|(name, _)| name.to_lowercase()));
    let Ok(finder) = finder else { return names };
    let said: BTreeSet<usize> =
        finder.find_overlapping_iter(text).map(|hit| hit.pattern().as_usize()).collect();
    let kept = names.into_iter().enumerate().filter(|(place, _)| !said.contains(place));
    kept.map(|(_, name)| name).collect()
}

/// Ids of hidden reports that look like ids, and are no name of something published.
fn hidden_ids<'c>(corpus: &'c Corpus, edition: &Edition, published: &BTreeSet<&str>) -> BTreeSet<&'c String> {
    let mut open = BTreeSet::new();
    for one in edition.incidents.iter().chain(&edition.pages) {
        open.extend([one.slug.to_lowercase(), one.incident.id.to_lowercase()]);
        open.extend(one.incident.aliases.iter().map(|alias| alias.to_lowercase()));
    }
    let wholes = corpus.drafts.iter().map(|draft| &draft.whole);
    let hidden = wholes.filter(|one| one.id_stated && !published.contains(&*one.path)).map(|one| &one.id);
    let numbered =
        |id: &&String| id.bytes().any(|b| b.is_ascii_digit()) && id.bytes().any(|b| b.is_ascii_alphabetic());
    hidden.filter(numbered).filter(|id| !open.contains(&id.to_lowercase())).collect()
}

fn hidden_names(incident: &Incident, names: &mut BTreeMap<String, String>) {
    let path = incident.path.to_string();
    let mut add = |name: String| {
        names.insert(name, path.clone());
    };
    if incident.title.split_whitespace().count() >= 2 {
        add(incident.title.clone());
        add(incident.title.replace('&', "&amp;").replace('<', "&lt;"));
    }
    if incident.id_stated {
        add(incident.id.clone());
    }
    incident
        .slug
        .iter()
        .chain(&incident.aliases)
        .filter(|name| name.len() >= 8)
        .for_each(|name| add(name.clone()));
    let stem = incident.path.rsplit('/').next().unwrap_or_default();
    let stem = stem.strip_suffix(".md").or_else(|| stem.strip_suffix(".markdown")).unwrap_or(stem);
    if !matches!(stem, "index" | "README" | "_index") && stem.len() >= 8 {
        add(stem.to_owned());
        add(slugify(stem));
    }
}

fn handles(config: &SiteConfig, names: &mut BTreeMap<String, String>) {
    let short = |name: &String| name.split_whitespace().count() < 2;
    let named = config.people.values().filter_map(|person| person.name.clone()).filter(short);
    let handles = config.people.keys().map(|handle| format!("@{handle}"));
    names.extend(handles.chain(named).map(|name| (name, "site.toml".to_owned())));
}

/// What the settings forbid whoever says it: full names, internal hosts, and words of the author's choice.
fn settings(config: &SiteConfig) -> impl Iterator<Item = (String, String)> {
    let full = |name: &&String| name.split_whitespace().count() >= 2;
    let people = config.people.values().filter_map(|person| person.name.as_ref()).filter(full);
    let public = &config.audience.public;
    let all = people.chain(&public.internal_hosts).chain(&public.forbidden_words);
    all.filter(|word| !word.trim().is_empty()).map(|word| (word.clone(), "site.toml".to_owned()))
}

/// Notes the passages of `blocks` that nothing published says.
fn note(blocks: &[Block], path: &str, said: &Said, passages: &mut BTreeMap<u64, String>) {
    for block in blocks {
        let own = match &block.kind {
            BlockKind::Code(code) => code.text.to_string(),
            _ => block.inlines().into_iter().map(crate::model::text::plain).collect::<Vec<_>>().join(" "),
        };
        let words = words(&own);
        let windows: Vec<u64> =
            words.windows(PASSAGE).map(hash).filter(|one| !said.passages.contains(one)).collect();
        let smallest = windows.iter().min().copied();
        for window in windows.into_iter().filter(|one| one % KEPT == 0 || Some(*one) == smallest) {
            passages.insert(window, path.to_owned());
        }
        for children in block.children() {
            note(children, path, said, passages);
        }
    }
}

/// The words of a text, folded, so that neither case nor the way an accent is written hides one.
fn words(text: &str) -> Vec<String> {
    let folded = folded_text(text);
    folded
        .split(|c: char| !(c.is_alphanumeric() || is_mark(c)))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn hash<S: AsRef<str>>(window: &[S]) -> u64 {
    // Fixed keys: the same words give the same number in every run.
    let mut hasher = std::hash::DefaultHasher::new();
    for word in window {
        hasher.write(word.as_ref().as_bytes());
        hasher.write_u8(0);
    }
    hasher.finish()
}

/// A text without tags and with the five named entities decoded, so that markup between words hides nothing.
fn without_tags(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::read;
    use crate::corpus::{Draft, publish};
    use crate::diag::{Source, Span};
    use crate::model::text::{Document, Inline, InlineKind};

    fn incident(path: &str, title: &str, visibility: Audience, body: &str) -> Incident {
        let text = vec![Inline { span: Span::default(), kind: InlineKind::Text(body.into()) }];
        let block = Block { span: Span::default(), kind: BlockKind::Paragraph(text) };
        Incident {
            path: path.into(),
            title: title.into(),
            visibility,
            document: Document { blocks: vec![block], has_html: false },
            ..Incident::default()
        }
    }

    fn secrets() -> Secrets {
        let config = read(&Source::new("site.toml", "[people]\nada = { name = 'Ada Lind' }")).value;
        let hidden = "the pool was sized by guess and nobody had looked at it since the spring of that year";
        let drafts = vec![
            Draft::seal(
                incident("2024-01-02-open.md", "Open words", Audience::Public, "A short public text."),
                None,
            ),
            Draft::seal(incident("2024-02-03-pool.md", "Pool exhausted", Audience::Internal, hidden), None),
        ];
        let corpus = Corpus::gather(drafts, Vec::new(), &config).value;
        let edition = publish(&corpus, Audience::Public, &config, false);
        Secrets::of(&corpus, &edition, &config)
    }

    #[test]
    fn names_and_passages_are_found_however_they_are_wrapped() {
        let secrets = secrets();
        let leak = |text: &str| secrets.leak(text.as_bytes()).map(|leak| leak.source);
        assert_eq!(leak("<p>thanks to Ada Lind</p>").as_deref(), Some("site.toml"));
        assert_eq!(leak("see 2024-02-03-pool.html").as_deref(), Some("2024-02-03-pool.md"));
        assert_eq!(leak("<p>… the pool was <em>sized by</em> guess and nobody had looked at it since the spring of that year")
            .as_deref(), Some("2024-02-03-pool.md"));
        assert_eq!(leak("A short public text."), None);
    }

    #[test]
    fn compressed_bytes_are_looked_into() {
        use std::io::Write;
        let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        zip.write_all(b"... @ada ...").unwrap();
        assert!(secrets().leak(&zip.finish().unwrap()).is_some());
    }
}
