//! Which title is which kind of section: the longest known phrase in it decides. [`titles`] is the data.

mod titles;

use crate::config::SiteConfig;
use crate::model::SectionKind;
use std::collections::BTreeMap;
use titles::{AFTER, LANGUAGES, STORY, WHOLE};

/// Longest title that is looked at, in words.
const MAX_WORDS: usize = 24;

/// Longest phrase that is looked for in a title, in words.
const LONGEST_PHRASE: usize = 8;

/// Which title is which kind, with what `site.toml` adds.
#[derive(Debug, Clone)]
pub(super) struct Synonyms {
    phrases: BTreeMap<String, SectionKind>,
    whole: BTreeMap<String, SectionKind>,
}

impl Synonyms {
    /// The known titles and those of `config`, which win.
    pub(super) fn new(config: &SiteConfig) -> Self {
        let table = |data: &[(SectionKind, &[&str])]| -> BTreeMap<String, SectionKind> {
            data.iter().flat_map(|(kind, all)| all.iter().map(|phrase| (normal(phrase), *kind))).collect()
        };
        let mut phrases = table(&STORY);
        phrases.extend(table(&AFTER));
        phrases.extend(table(&LANGUAGES));
        for (name, titles) in &config.sections {
            phrases.extend(
                titles.iter().map(|title| (normal(title), name.0)).filter(|(title, _)| !title.is_empty()),
            );
        }
        Self { phrases, whole: table(&WHOLE) }
    }

    /// The kind of a section that is titled just so.
    pub(super) fn exact(&self, title: &str) -> Option<SectionKind> {
        let title = normal(title);
        self.phrases.get(&title).or_else(|| self.whole.get(&title)).copied()
    }

    /// The same, without the words that are too common to open a section in running text.
    pub(super) fn phrase(&self, title: &str) -> Option<SectionKind> {
        self.phrases.get(&normal(title)).copied()
    }

    /// The kind of a section by the longest phrase in its title. A single word counts in a short title, and at the
    /// beginning of a longer one: `An ounce of prevention …` is a sentence, `Timeline (all times PST) 01/16/2024` is not.
    pub(super) fn kind(&self, title: &str) -> Option<SectionKind> {
        if let Some(kind) = self.exact(title) {
            return Some(kind);
        }
        // `Recovery (one-time remediation)`: what stands in brackets adds to a title that is known without.
        if let Some(kind) = without_brackets(title).and_then(|title| self.exact(&title)) {
            return Some(kind);
        }
        let normal = normal(title);
        // Where each word begins and ends: a phrase is a part of the title, nothing is copied to look it up.
        let words: Vec<(usize, usize)> = word_bounds(&normal).take(MAX_WORDS + 1).collect();
        if words.len() > MAX_WORDS {
            return None;
        }
        // `Recovery TODO` and `Monitoring improvements` are work left to do, whatever it is about.
        if words.len() <= 3 && [" todo", " todos", " improvements"].iter().any(|end| normal.ends_with(end)) {
            return Some(SectionKind::Actions);
        }
        if let Some(kind) = self.first_of_two(&normal) {
            return Some(kind);
        }
        let short = words.len() <= 4;
        let mut best: Option<(usize, SectionKind)> = None;
        for (first, (start, _)) in words.iter().enumerate() {
            // A single word counts alone in a short title and at the beginning of a longer one.
            let shortest = if first == 0 || short { 1 } else { 2 };
            for (_, end) in words.iter().skip(first).take(LONGEST_PHRASE).skip(shortest - 1) {
                let phrase = normal.get(*start..*end).unwrap_or_default();
                if let Some(kind) = self.phrases.get(phrase)
                    && best.is_none_or(|(length, _)| phrase.len() > length)
                {
                    best = Some((phrase.len(), *kind));
                }
            }
        }
        best.map(|(_, kind)| kind).or_else(|| self.at_the_end(&normal))
    }

    /// `定量的影響`, `事故原因`: written without blanks, a title ends in the word that says what it is.
    fn at_the_end(&self, normal: &str) -> Option<SectionKind> {
        let last = normal.split(' ').next_back().unwrap_or_default();
        let length = last.chars().count();
        if !last.chars().next_back().is_some_and(is_ideographic) || length > MAX_SIGNS {
            return None;
        }
        let ends = last.char_indices().skip(1).filter_map(|(at, _)| last.get(at..));
        let mut ends = ends.take(length.saturating_sub(2));
        ends.find_map(|end| self.phrases.get(end)).copied()
    }
}

/// Longest title that is looked at by its end, in signs.
const MAX_SIGNS: usize = 16;

/// Whether a sign belongs to a writing without blanks between words.
fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

impl Synonyms {
    /// `Timeline & detection`: two titles in one, of which the first says what follows first. Promises among them are
    /// found by the longest phrase.
    fn first_of_two(&self, normal: &str) -> Option<SectionKind> {
        let known = |title: &str| self.phrases.get(title).copied();
        let (first, second) = normal.split_once(" and ")?;
        let (first, second) = (known(first)?, known(second)?);
        (first != SectionKind::Actions && second != SectionKind::Actions).then_some(first)
    }

    /// What a title of `kind` names besides: `Root cause and resolution`, `Detection / response`. Each half must be a title
    /// by itself.
    pub(super) fn besides(&self, title: &str, kind: SectionKind) -> Option<SectionKind> {
        let title = title.replace(" / ", " and ");
        let normal = normal(&title);
        let (first, second) = normal.split_once(" and ")?;
        // `The team's response and recovery`: the words before a known title say whose it is.
        let known = |half: &str| self.exact(half).or_else(|| self.kind(half).filter(|_| is_short(half)));
        let both = [known(first)?, known(second)?];
        both.into_iter().find(|other| *other != kind && both.contains(&kind))
    }
}

/// Whether a half of a title has few enough words for one that is known among them to say what it is.
fn is_short(half: &str) -> bool {
    half.split(' ').count() <= 3
}

/// Where the words of a [`normal`] title begin and end.
fn word_bounds(normal: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut start = 0;
    normal.split(' ').map(move |word| {
        let bounds = (start, start + word.len());
        start = bounds.1 + 1;
        bounds
    })
}

/// A title without case, markup, numbering, emoji and punctuation: `**4. What _didn't_ go well?**` becomes
/// `what didnt go well`.
pub(super) fn normal(title: &str) -> String {
    let mut words = Words { text: String::with_capacity(title.len()), gap: false };
    // `Cause(s)`
    let several = title.contains("(s)").then(|| title.replace("(s)", "s"));
    for c in several.as_deref().unwrap_or(title).chars() {
        if c.is_ascii() {
            words.push(c.to_ascii_lowercase());
        } else {
            c.to_lowercase().for_each(|c| words.push(c));
        }
    }
    without_number(words.text)
}

/// Words with one blank between them, as they come.
struct Words {
    text: String,
    gap: bool,
}

impl Words {
    fn push(&mut self, c: char) {
        match c {
            '&' | '+' => {
                self.gap = true;
                "and".chars().for_each(|c| self.push(c));
                self.gap = true;
            }
            '\'' | '’' | '`' | '´' => {}
            c if c.is_alphanumeric() => {
                if std::mem::take(&mut self.gap) && !self.text.is_empty() {
                    self.text.push(' ');
                }
                self.text.push(c);
            }
            _ => self.gap = true,
        }
    }
}

/// A title without what ends it in brackets.
fn without_brackets(title: &str) -> Option<String> {
    let (head, inner) = title.trim().trim_end_matches([':', ' ']).strip_suffix(')')?.rsplit_once('(')?;
    (inner.split_whitespace().count() > 0 && !head.trim().is_empty()).then(|| head.to_owned())
}

/// Drops the number of a title. `5 whys` begins with one that belongs to it.
fn without_number(mut words: String) -> String {
    let mut start = 0;
    for word in words.split(' ') {
        if !word.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        start += word.len() + 1;
    }
    let rest = words.get(start..).unwrap_or_default();
    if start > 0 && !rest.starts_with("why") {
        words.drain(..start.min(words.len()));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SectionKind::{
        About, Actions, Impact, Lessons, Resolution, Response, RootCause, Summary, Timeline, Trigger,
        WentPoorly, WentWell, Whys,
    };

    fn kind(title: &str) -> Option<SectionKind> {
        Synonyms::new(&SiteConfig::default()).kind(title)
    }

    #[test]
    fn every_phrase_belongs_to_one_kind_and_is_written_as_titles_are_compared() {
        let mut seen: BTreeMap<&str, SectionKind> = BTreeMap::new();
        for (kind, phrases) in STORY.iter().chain(&AFTER).chain(&LANGUAGES).chain(&WHOLE) {
            for phrase in *phrases {
                assert_eq!(normal(phrase), *phrase);
                assert_eq!(seen.insert(phrase, *kind), None, "{phrase} stands twice");
            }
        }
    }

    #[test]
    fn titles_of_real_reports_are_known() {
        for (title, wanted) in [
            ("Timeline (times in CEST)", Timeline),
            ("4. Timeline", Timeline),
            ("Timeline (all times PST) 01/16/2024 - 02/28/2024. All times approximations", Timeline),
            ("🙋🏿‍♂️ Response", Response),
            ("Follow-up timeline", Timeline),
            ("Impact analysis", Impact),
            ("Severity & Impact", Impact),
            ("What didn't go so well?", WentPoorly),
            ("What went well & where did we get lucky", WentWell),
            ("Five Why's", Whys),
            ("5 whys", Whys),
            ("Root cause identification: the five whys", Whys),
            ("Actions taken", Response),
            ("Actions planned", Actions),
            ("How are we going to do better in the future?", Actions),
            ("Årsak", RootCause),
            ("Tiltak", Actions),
            ("Blameless root cause", RootCause),
            ("Yearn response timeline", Timeline),
            ("Lessons learned", Lessons),
            ("Trigger", Trigger),
            ("Actionables", Actions),
            ("Recovery TODO", Actions),
            ("Steps we will take", Actions),
            ("What we're doing", Actions),
            ("What happened, step by step", Timeline),
            ("The damage", Impact),
            ("Not so nice", WentPoorly),
            ("Cause(s)", RootCause),
            ("Timeline & Detection", Timeline),
            ("Impact and resolution", Impact),
            ("Fallout", Impact),
            ("Prevention (permanent)", Actions),
            ("Immediate Actions (Completed)", Response),
            ("Why was this happening?", RootCause),
            ("アクションアイテム", Actions),
            ("时间线", Timeline),
            ("定量的影響", Impact),
            ("事故原因", RootCause),
            ("今後の対策", Actions),
            ("Первопричина", RootCause),
            ("Что сработало", WentWell),
            ("Co poszło źle", WentPoorly),
            ("What did not help", WentPoorly),
            ("Future works", Actions),
            ("Thanks", About),
            ("Monitoring improvements", Actions),
            ("Preventing similar incidents", Actions),
            ("What could we do better?", WentPoorly),
        ] {
            assert_eq!(kind(title), Some(wanted), "{title}");
        }
    }

    #[test]
    fn a_title_of_two_names_both() {
        let synonyms = Synonyms::new(&SiteConfig::default());
        for (title, kind, also) in [
            ("Root cause and resolution", RootCause, Some(Resolution)),
            ("Recovery & lessons learned", Resolution, Some(Lessons)),
            ("Summary / Impact", Summary, Some(Impact)),
            ("Resolution and recovery", Resolution, None),
            ("Corrective and preventative measures", Actions, None),
        ] {
            assert_eq!((synonyms.kind(title), synonyms.besides(title, kind)), (Some(kind), also), "{title}");
        }
    }

    #[test]
    fn sentences_and_names_are_no_sections() {
        for title in [
            "An ounce of prevention is worth a pound of cure",
            "Details about a hub",
            "対応の評価",
            "Alex",
            "",
            "🔥",
            "2021",
        ] {
            assert_eq!(kind(title), None, "{title}");
        }
    }

    #[test]
    fn site_settings_add_titles_and_win() {
        let config: SiteConfig =
            toml::from_str("[sections]\ntimeline = ['Chronik der Nacht', 'Impact']").unwrap();
        let synonyms = Synonyms::new(&config);
        assert_eq!(synonyms.kind("Die Chronik der Nacht:"), Some(Timeline));
        assert_eq!(synonyms.kind("Impact"), Some(Timeline));
    }
}
