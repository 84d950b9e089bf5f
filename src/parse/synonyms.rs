//! What teams call their sections. Data only: which title is which kind, in the languages the survey met.
//!
//! Phrases are normalised as titles are (see [`normal`]): lower case, no markup, numbers in front, emoji or punctuation.

use crate::config::SiteConfig;
use crate::model::SectionKind;
use SectionKind::{
    Actions, Appendix, ContributingFactors, Detection, Impact, Lessons, Lucky, Related, Resolution, Response,
    RootCause, Summary, Timeline, Trigger, WentPoorly, WentWell, Whys,
};
use std::collections::BTreeMap;

/// Found wherever they stand in a title; the longest wins.
const PHRASES: [(SectionKind, &[&str]); 17] = [
    (
        Summary,
        &[
            "summary",
            "what happened",
            "what happend",
            "details of incident",
            "details of the incident",
            "incident description",
            "description of the incident",
            "technical description",
            "executive summary",
            "tl dr",
            "tldr",
            "sammendrag",
            "oppsummering",
            "hva skjedde",
            "resumé",
            "résumé",
            "resumen",
            "resumo",
            "zusammenfassung",
            "was ist passiert",
            "que s est il passé",
            "qué pasó",
            "o que aconteceu",
        ],
    ),
    (
        Timeline,
        &[
            "timeline",
            "time line",
            "timelines",
            "timeline of events",
            "key events",
            "sequence of events",
            "chain of events",
            "chronology",
            "order of events",
            "event log",
            "incident log",
            "follow up timeline",
            "timeline and response",
            "response timeline",
            "impact timeline",
            "summary and timeline",
            "timeline of actions",
            "tidslinje",
            "hendelsesforløp",
            "zeitlinie",
            "zeitleiste",
            "chronologie",
            "cronología",
            "línea de tiempo",
            "linha do tempo",
        ],
    ),
    (
        RootCause,
        &[
            "root cause",
            "root causes",
            "why did it happen",
            "why did this happen",
            "why it happened",
            "what caused",
            "cause analysis",
            "causes",
            "root cause analysis",
            "analysis of causes",
            "analysis of cause",
            "what allowed this to happen",
            "what allowed it to happen",
            "technical cause",
            "underlying cause",
            "probable cause",
            "root causes and trigger",
            "leadup",
            "lead up",
            "cause of",
            "causa raíz",
            "causa raiz",
            "årsak",
            "årsaker",
            "rotårsak",
            "bakenforliggende årsak",
            "hvorfor skjedde det",
            "why it failed",
            "why did it fail",
            "ursache",
            "ursachen",
        ],
    ),
    (
        Whys,
        &[
            "five whys",
            "5 whys",
            "whys",
            "the five whys",
            "the 5 whys",
            "root cause identification the five whys",
            "root cause identification 5 whys",
            "five why analysis",
            "5 why analysis",
            "fem hvorfor",
        ],
    ),
    (
        Trigger,
        &[
            "triggers",
            "triggering event",
            "trigger of the incident",
            "utløsende årsak",
            "utløser",
            "auslöser",
        ],
    ),
    (
        ContributingFactors,
        &[
            "contributing factors",
            "contributing factor",
            "contributing causes",
            "aggravating factors",
            "contributors and enablers",
            "medvirkende årsaker",
            "medvirkende faktorer",
        ],
    ),
    (
        Impact,
        &[
            "impact",
            "impacts",
            "incident impact",
            "severity and impact",
            "impact on users",
            "impact analysis",
            "user impact",
            "customer impact",
            "business impact",
            "impact assessment",
            "assets affected",
            "strategies impacted",
            "who was affected",
            "what was affected",
            "affected services",
            "affected systems",
            "affected users",
            "blast radius",
            "konsekvens",
            "konsekvenser",
            "påvirkning",
            "auswirkung",
            "auswirkungen",
            "impacto",
        ],
    ),
    (
        Detection,
        &[
            "detection",
            "alerting",
            "why was this hard to detect",
            "how was it detected",
            "how was this detected",
            "how did we detect",
            "how we found out",
            "how we noticed",
            "why it wasnt caught",
            "detection and response",
            "time to detect",
            "deteksjon",
            "oppdagelse",
            "hvordan ble det oppdaget",
            "entdeckung",
            "détection",
            "detección",
            "detecção",
        ],
    ),
    (
        Response,
        &[
            "response",
            "responses",
            "incident response",
            "actions taken",
            "action taken",
            "actions we took",
            "steps taken",
            "what did we do",
            "what we did",
            "immediate actions completed",
            "immediate actions taken",
            "our response",
            "communication",
            "escalation",
            "håndtering",
            "reaktion",
        ],
    ),
    (
        Resolution,
        &[
            "resolution",
            "resolution and recovery",
            "recovery",
            "mitigation",
            "mitigations",
            "details of fix",
            "details of the fix",
            "details of mitigation",
            "how it was fixed",
            "how was it fixed",
            "how we fixed it",
            "how did we fix",
            "how was it resolved",
            "how was this resolved",
            "short term fix",
            "long term fix",
            "immediate fix",
            "workaround",
            "solution",
            "solutions",
            "løsning",
            "lösung",
            "behebung",
            "solución",
            "solução",
        ],
    ),
    (
        WentWell,
        &[
            "what went well",
            "went well",
            "things that went well",
            "what went right",
            "what worked well",
            "what worked",
            "what went well and where did we get lucky",
            "what we did well",
            "what did we do well",
            "hva gikk bra",
            "was gut lief",
            "was lief gut",
            "ce qui a bien fonctionné",
            "qué salió bien",
            "o que correu bem",
        ],
    ),
    (
        WentPoorly,
        &[
            "what went wrong",
            "went wrong",
            "what went poorly",
            "went poorly",
            "things that went poorly",
            "what didnt go well",
            "what didnt go so well",
            "didnt go well",
            "didnt go so well",
            "what did not go well",
            "what could have gone better",
            "could have gone better",
            "what went badly",
            "went badly",
            "what didnt work",
            "what did not work",
            "what we could have done better",
            "what could be improved",
            "room for improvement",
            "hva gikk dårlig",
            "hva gikk galt",
            "was schlecht lief",
            "was lief schlecht",
            "qué salió mal",
        ],
    ),
    (
        Lucky,
        &[
            "lucky",
            "luck",
            "where we got lucky",
            "where did we get lucky",
            "got lucky",
            "hvor hadde vi flaks",
            "flaks",
            "glück gehabt",
            "wo wir glück hatten",
        ],
    ),
    (
        Lessons,
        &[
            "lessons",
            "lessons learned",
            "lessons learnt",
            "lessons learned and actions",
            "learnings",
            "key learnings",
            "takeaways",
            "key takeaways",
            "what we learned",
            "what we learnt",
            "what did we learn",
            "what have we learned",
            "what can we learn",
            "retrospective",
            "reflections",
            "lærdom",
            "lærdommer",
            "læringspunkter",
            "hva lærte vi",
            "erkenntnisse",
            "leçons apprises",
            "lecciones aprendidas",
            "lições aprendidas",
        ],
    ),
    (
        Actions,
        &[
            "action items",
            "action item",
            "actions",
            "action points",
            "action plan",
            "corrective actions",
            "corrective action",
            "corrective measures",
            "corrective and preventative measures",
            "corrective and preventative measure",
            "corrective and preventive measures",
            "corrective and preventive actions",
            "preventive actions",
            "preventative actions",
            "preventive measures",
            "preventative measures",
            "tracking of preventative measures",
            "process improvements",
            "technical improvements",
            "documentation improvements",
            "follow up",
            "follow ups",
            "followup",
            "followups",
            "follow up tasks",
            "follow up actions",
            "follow up items",
            "review actions",
            "actions planned",
            "planned actions",
            "resulting action",
            "resulting actions",
            "remediation",
            "remediations",
            "remediation items",
            "recommendations",
            "next steps",
            "moving forward",
            "going forward",
            "future actions",
            "future work",
            "future prevention",
            "how are we going to do better",
            "how do we do better",
            "what are we doing to prevent",
            "how are we preventing it from happening again",
            "how will we prevent",
            "how do we prevent",
            "preventing it from happening again",
            "prevent recurrence",
            "immediate improvements",
            "short term improvements",
            "medium term improvements",
            "long term improvements",
            "planned improvements",
            "possible fixes",
            "to do",
            "todo",
            "to dos",
            "todos",
            "what we do about it",
            "what we will do",
            "what are we doing about it",
            "what we are doing",
            "tiltak",
            "aksjon",
            "aksjoner",
            "aksjonspunkter",
            "oppfølging",
            "videre arbeid",
            "maßnahmen",
            "mesures",
            "acciones",
            "próximos pasos",
            "ações",
            "próximos passos",
        ],
    ),
    (
        Related,
        &[
            "related incidents",
            "related incident",
            "similar incidents",
            "previous incidents",
            "earlier incidents",
            "related postmortems",
            "recurrence",
            "relaterte hendelser",
            "tidligere hendelser",
        ],
    ),
    (
        Appendix,
        &[
            "appendix",
            "appendices",
            "references",
            "supporting material",
            "supporting information",
            "chat log",
            "chat logs",
            "security related",
            "backlog check",
            "attendees",
            "responders",
            "participants",
            "acknowledgements",
            "acknowledgments",
            "glossary",
            "further reading",
            "vedlegg",
            "referanser",
            "lenker",
            "anhang",
        ],
    ),
];

/// Words too common to mean a section unless they are the whole title.
const WHOLE: [(SectionKind, &[&str]); 10] = [
    (
        Summary,
        &[
            "background",
            "details",
            "description",
            "overview",
            "context",
            "introduction",
            "intro",
            "abstract",
            "incident",
            "the incident",
            "about the incident",
            "problem",
            "the problem",
            "problem statement",
            "bakgrunn",
            "hintergrund",
        ],
    ),
    (Timeline, &["events", "events timeline", "history", "log"]),
    (
        RootCause,
        &["cause", "the cause", "analysis", "fault", "diagnosis", "why"],
    ),
    (Trigger, &["trigger"]),
    (
        Impact,
        &[
            "scope",
            "severity",
            "affected",
            "effects",
            "effect",
            "who was impacted",
        ],
    ),
    (Detection, &["identified", "monitoring", "discovery", "alerts"]),
    (
        Resolution,
        &["fix", "fixes", "the fix", "solved", "restoration", "resolved"],
    ),
    (WentPoorly, &["opportunities"]),
    (
        Lessons,
        &[
            "conclusion",
            "conclusions",
            "commentary",
            "discussion",
            "lesson",
            "learning",
        ],
    ),
    (
        Appendix,
        &[
            "links",
            "linker",
            "logs",
            "stats",
            "statistics",
            "metadata",
            "meta",
            "state",
            "thanks",
            "authors",
            "people",
            "sources",
            "graphs",
            "screenshots",
            "notes",
            "resources",
            "data",
            "credits",
            "participants and roles",
        ],
    ),
];

/// Longest title that is looked at, in words.
const MAX_WORDS: usize = 24;

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
            data.iter()
                .flat_map(|(kind, all)| all.iter().map(|phrase| (normal(phrase), *kind)))
                .collect()
        };
        let mut phrases = table(&PHRASES);
        for (name, titles) in &config.sections {
            phrases.extend(
                titles
                    .iter()
                    .map(|title| (normal(title), name.0))
                    .filter(|(title, _)| !title.is_empty()),
            );
        }
        Self {
            phrases,
            whole: table(&WHOLE),
        }
    }

    /// The kind of a section that is titled just so.
    pub(super) fn exact(&self, title: &str) -> Option<SectionKind> {
        let title = normal(title);
        self.phrases
            .get(&title)
            .or_else(|| self.whole.get(&title))
            .copied()
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
        let normal = normal(title);
        let words: Vec<&str> = normal.split(' ').take(MAX_WORDS + 1).collect();
        let short = words.len() <= 4;
        let mut best: Option<(usize, SectionKind)> = None;
        for first in 0..words.len() {
            for last in first..words.len().min(first + 8) {
                if last == first && first > 0 && !short {
                    continue;
                }
                let phrase = words.get(first..=last).unwrap_or_default().join(" ");
                if let Some(kind) = self.phrases.get(&phrase)
                    && best.is_none_or(|(length, _)| phrase.len() > length)
                {
                    best = Some((phrase.len(), *kind));
                }
            }
        }
        best.filter(|_| words.len() <= MAX_WORDS).map(|(_, kind)| kind)
    }
}

/// A title without case, markup, numbering, emoji and punctuation: `**4. What _didn't_ go well?**` becomes
/// `what didnt go well`.
pub(super) fn normal(title: &str) -> String {
    let mut words = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        match c {
            c if c.is_alphanumeric() => words.push(c),
            '&' | '+' => words.push_str(" and "),
            '\'' | '’' | '`' | '´' => {}
            _ => words.push(' '),
        }
    }
    let numbers = |word: &&str| word.chars().all(|c| c.is_ascii_digit());
    let all: Vec<&str> = words.split_whitespace().collect();
    let leading = all.iter().take_while(|word| numbers(word)).count();
    // `5 whys` begins with a number that belongs to it.
    let skip = if all.get(leading).is_some_and(|word| word.starts_with("why")) {
        0
    } else {
        leading
    };
    all.get(skip..).unwrap_or_default().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(title: &str) -> Option<SectionKind> {
        Synonyms::new(&SiteConfig::default()).kind(title)
    }

    #[test]
    fn every_phrase_belongs_to_one_kind_and_is_written_as_titles_are_compared() {
        let mut seen: BTreeMap<&str, SectionKind> = BTreeMap::new();
        for (kind, phrases) in PHRASES.iter().chain(&WHOLE) {
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
            (
                "Timeline (all times PST) 01/16/2024 - 02/28/2024. All times approximations",
                Timeline,
            ),
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
        ] {
            assert_eq!(kind(title), Some(wanted), "{title}");
        }
    }

    #[test]
    fn sentences_and_names_are_no_sections() {
        for title in [
            "An ounce of prevention is worth a pound of cure",
            "Details about a hub",
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
