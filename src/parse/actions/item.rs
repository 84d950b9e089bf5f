//! One promise from one run of text: its words without marks, ticket links and owner.

use super::reader::Reader;
use super::{Group, aside, due, owner, state, ticket};
use crate::config::SiteConfig;
use crate::diag::Span;
use crate::model::text::{Inline, InlineKind};
use crate::model::{ActionItem, ActionState, StateMark, Ticket};
use jiff::civil::Date;

/// Text of links that say nothing but that there is a ticket.
const LINK_WORDS: [&str; 18] = [
    "issue",
    "github issue",
    "pr",
    "pull request",
    "ticket",
    "jira",
    "link",
    "here",
    "see here",
    "see issue here",
    "issue here",
    "see here for an issue",
    "this issue",
    "trello",
    "pull requests",
    "tracking issue",
    "card",
    "jira ticket",
];

/// Words before a number that only tells of another ticket.
const MENTIONS: [&str; 16] = [
    "of", "sure", "from", "since", "after", "before", "until", "like", "than", "rule", "step", "point",
    "lesson", "option", "cause", "incident",
];

/// Text and tickets of a run of inlines.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) tickets: Vec<Ticket>,
    /// Characters under a strike-through.
    struck: usize,
}

impl Words {
    pub(super) fn of(inlines: &[Inline], config: &SiteConfig) -> Self {
        let mut words = Self::default();
        // `… (Ann) **Done**`: a bold word at the end that says where the item stands is a mark like one in brackets.
        if let [before @ .., last] = inlines
            && let InlineKind::Strong(mark) = &last.kind
            && !before.is_empty()
            && let said = crate::model::text::plain(mark)
            && let dashed = crate::model::text::plain(before).trim_end().ends_with(['-', '–', '—'])
            && (state::is_word(said.trim_end_matches(['.', '!'])) || dashed && owner::is_name(&said, config))
        {
            words.push(before, config, false);
            let name = !state::is_word(said.trim_end_matches(['.', '!']));
            // `… - **Ann**` is read as `… (Ann)`.
            words.text = words.text.trim_end_matches([' ', '-', '–', '—']).to_owned();
            words.text.push_str(if name { " (" } else { " - " });
            words.push(mark, config, false);
            words.text.push_str(if name { ")" } else { "" });
        } else {
            words.push(inlines, config, false);
        }
        words.tidy();
        words
    }

    /// The same with another text.
    pub(super) fn with_text(self, text: String) -> Self {
        Self { text, ..self }
    }

    /// Adds the words of a further line.
    pub(super) fn join(&mut self, more: Self) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(&more.text);
        self.struck += more.struck;
        self.tickets.extend(more.tickets);
    }

    fn push(&mut self, inlines: &[Inline], config: &SiteConfig, struck: bool) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) => self.text(text, config, struck),
                InlineKind::Code(code) => self.text.push_str(code),
                InlineKind::Emphasis(inner) | InlineKind::Strong(inner) => self.push(inner, config, struck),
                InlineKind::Strike(inner) => self.push(inner, config, true),
                InlineKind::Link(link) => self.link(&link.target, &link.text, config, struck),
                InlineKind::SoftBreak | InlineKind::HardBreak => self.text.push(' '),
                InlineKind::Html(html) if html.starts_with("<br") => self.text.push(' '),
                InlineKind::Image(_) | InlineKind::Html(_) | InlineKind::FootnoteMark(_) => {}
            }
        }
    }

    fn text(&mut self, text: &str, config: &SiteConfig, struck: bool) {
        let signs = with_signs(text);
        let text = signs.as_str();
        let before = self.text.len();
        let mut last = "";
        for word in text.split_inclusive(char::is_whitespace) {
            let bare = word.trim().trim_matches(['(', ')', '[', ']', ',', '.', ':', ';']);
            let before = std::mem::replace(&mut last, bare);
            let counted = ticket::of_number(before, bare);
            if let Some(found) = counted {
                // The number stays in the sentence, as the word before it does.
                self.ticket(found);
                self.text.push_str(word);
                continue;
            }
            // `review of #40`, `superseded by #61`: told of, and not where this is done.
            if bare.starts_with('#') && MENTIONS.contains(&before.to_lowercase().as_str()) {
                self.text.push_str(word);
                continue;
            }
            let found = if bare.starts_with("http") {
                ticket::of_url(bare, "", config)
            } else {
                ticket::of_word(bare, config)
            };
            match found {
                Some(found) => {
                    self.ticket(found);
                    self.text.push_str(&word.replacen(bare, "", 1));
                }
                None => self.text.push_str(word),
            }
        }
        self.struck += if struck { self.text.len() - before } else { 0 };
    }

    fn link(&mut self, target: &str, text: &[Inline], config: &SiteConfig, struck: bool) {
        let shown = crate::model::text::plain(text);
        let bare = shown.trim().trim_matches(['(', ')', '[', ']', '.']);
        match ticket::of_url(target, bare, config) {
            None => self.push(text, config, struck),
            Some(found) => {
                let lower = bare.to_lowercase();
                let number =
                    lower.trim_start_matches(['p', 'r', ' ', '#']).chars().all(|c| c.is_ascii_digit());
                let says_nothing = LINK_WORDS.contains(&lower.as_str())
                    || lower.starts_with("http")
                    || number
                    || bare.split_whitespace().all(|word| {
                        ticket::is_ticket(word) || LINK_WORDS.contains(&word.to_lowercase().as_str())
                    });
                self.ticket(found);
                // `[OPS-12 (Done)](…)`: what a link says beside its ticket may be where it stands.
                let besides: Vec<&str> =
                    shown.split_whitespace().filter(|word| !ticket::is_ticket(word)).collect();
                let besides = besides.join(" ");
                if state::is_word(besides.trim_matches(['(', ')', '[', ']'])) {
                    self.text.push_str(&format!("({})", besides.trim_matches(['(', ')', '[', ']'])));
                } else if !says_nothing {
                    self.text.push_str(&shown);
                }
                self.struck += if struck { shown.len() } else { 0 };
            }
        }
    }

    fn ticket(&mut self, found: Ticket) {
        if !self
            .tickets
            .iter()
            .any(|known| known.url == found.url && (known.id == found.id || found.url.is_some()))
        {
            self.tickets.push(found);
        }
    }

    /// Removes what a ticket's link leaves behind: `()`, `[]`, `(see )`, `()[]`, double blanks.
    fn tidy(&mut self) {
        let mut text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        for empty in ["( )", "(see )", "(see)", "(related to )", "()", "[ ]", "[]", "( ,)", "(, )", "(,)"] {
            while let Some(at) = text.find(empty) {
                text.replace_range(at..at + empty.len(), "");
            }
        }
        let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for word in [" in", " via", " see", " by", " in PR"].iter().filter(|_| !self.tickets.is_empty()) {
            text.truncate(text.strip_suffix(word).map_or(text.len(), str::len));
        }
        let tidy = text
            .replace(" .", ".")
            .trim_matches([' ', '-', '–', '—', ',', ';', '•', '◦', '▪', '●', '‣'])
            .trim_start_matches([':', ' '])
            .trim_end_matches(':')
            .to_owned();
        self.text = tidy;
    }
}

impl Reader<'_> {
    /// Reads the item made of `words`; `None` where it promises nothing (`N/A`, a template's hint).
    pub(super) fn item(
        &self,
        words: Words,
        task: Option<bool>,
        group: &Group,
        span: Span,
        line: u32,
    ) -> Option<ActionItem> {
        let Words { text, tickets, struck } = words;
        let mut text = marked_for(unlabelled(&text)).unwrap_or_else(|| unlabelled(&text).to_owned());
        let all_struck = struck > 0 && struck + 4 >= text.len();
        let behind = aside::take(&mut text, self);
        let marked = behind.as_ref().and_then(|aside| aside.marked.clone());
        let marked = marked.or_else(|| state::take(&mut text, self.config));
        // `… (Ann, 2 Sep 2022) - done`: the bracket stands at the end once the mark is taken off.
        let aside = behind.or_else(|| aside::take(&mut text, self)).unwrap_or_default();
        let due = aside.due.or_else(|| due::take(&mut text, self.order, self.incident));
        let owners = if aside.owners.is_empty() { owner::take(&mut text, self.config) } else { aside.owners };
        let owners = if owners.is_empty() { group.owners.clone() } else { owners };
        let marked = marked.or_else(|| state::take(&mut text, self.config));
        let priority = priority(&mut text);
        if text.is_empty() {
            text = tickets.first().map(|ticket| ticket.id.clone()).unwrap_or_default();
        }
        if promises_nothing(&text) {
            return None;
        }
        let refused = state::refusal(&text);
        let reason = refused.as_ref().map(|(_, reason)| reason.clone());
        let mark = |from, written: &str| StateMark { from, written: written.to_owned() };
        let from_task = task.map(|done| {
            if done {
                (ActionState::Done, mark("checkbox", "[x]"))
            } else {
                (ActionState::Open, mark("checkbox", "[ ]"))
            }
        });
        let from_strike = all_struck.then(|| (ActionState::Cancelled, mark("strike-through", "~~")));
        let (state, state_from) = marked
            .filter(|_| from_task.as_ref().is_none_or(|(state, _)| *state != ActionState::Done))
            .or(from_task)
            .or(from_strike)
            .or(refused.map(|(state, _)| state))
            .or_else(|| group.state.clone())
            .or_else(|| state::past(&text))
            .unwrap_or_else(|| (ActionState::Unknown, mark("none", "")));
        // `(cancelled: the service was retired)` says why behind the colon.
        let marked_reason = (state == ActionState::Cancelled)
            .then(|| state_from.written.split_once(':'))
            .flatten()
            .map(|(_, why)| why.trim().trim_end_matches(')').to_owned())
            .filter(|why| !why.is_empty());
        let reason = reason.or(marked_reason);
        Some(ActionItem {
            text,
            owners,
            due,
            created: None,
            closed: closing_day(state, &state_from),
            tickets,
            state,
            state_from,
            reason,
            kind: group.kind,
            priority,
            done_when: None,
            section: group.title.clone(),
            public: None,
            span,
            line,
        })
    }
}

/// `Action item: add alerts`, `AI-1: add alerts`, `Action 2: …`: what every item is says nothing of this one.
fn unlabelled(text: &str) -> &str {
    let Some((label, rest)) = text.split_once(':') else { return text };
    let lower = label.trim().to_lowercase();
    let word = lower.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '#' | '-' | '.'));
    let known = ["action", "action item", "action items", "ai", "task", "item"].contains(&word);
    if known && !rest.trim().is_empty() { rest.trim_start() } else { text }
}

/// `TODO(ann): write it` as `TODO: write it (@ann)`.
fn marked_for(text: &str) -> Option<String> {
    let mark = ["TODO", "DONE", "WIP"].into_iter().find(|mark| text.starts_with(mark))?;
    let (who, rest) = text.strip_prefix(mark)?.strip_prefix('(')?.split_once(')')?;
    let who = who.trim_start_matches('@');
    let rest = rest.trim_start_matches([':', ' ', '-', '–', '—']);
    let handle = !who.is_empty() && who.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    (handle && !rest.is_empty()).then(|| format!("{mark}: {rest} (@{who})"))
}

/// Names of signs as chats and forges write them, as signs.
fn with_signs(text: &str) -> String {
    const NAMES: [(&str, &str); 6] = [
        (":white_check_mark:", "✅"),
        (":heavy_check_mark:", "✔"),
        (":ballot_box_with_check:", "☑"),
        (":construction:", "🚧"),
        (":hourglass_flowing_sand:", "⏳"),
        (":x:", "❌"),
    ];
    let mut text = text.to_owned();
    for (name, sign) in NAMES {
        if text.contains(name) {
            text = text.replace(name, sign);
        }
    }
    text
}

/// The day a closed item's mark names: `(done 2024-07-02)`.
pub(super) fn closing_day(state: ActionState, mark: &StateMark) -> Option<Date> {
    let closed = state.is_closed();
    closed.then(|| state::day_of(&mark.written)).flatten()
}

/// Takes `HIGH`, `[P1]`, `P2:` off the start.
fn priority(text: &mut String) -> Option<String> {
    let first = text.split_whitespace().next()?;
    let bare = first.trim_matches(['[', ']', '(', ')', ':', '*']);
    let numbered = bare.len() == 2 && bare.starts_with('P') && bare.ends_with(|c: char| c.is_ascii_digit());
    let loud = ["HIGH", "MEDIUM", "LOW", "CRITICAL", "URGENT"].contains(&bare);
    if !numbered && !loud {
        return None;
    }
    let bare = bare.to_owned();
    *text = text.get(first.len()..)?.trim_start_matches([':', '-', ' ']).to_owned();
    Some(bare)
}

/// `N/A`, `None`, "No immediate action items", and what a template left: `{{ summary }}`, `<describe>`, `TBD`.
pub(super) fn promises_nothing(text: &str) -> bool {
    let lower = text
        .trim()
        .trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '{' | '}' | '<' | '>'))
        .to_lowercase();
    let nothing = [
        "",
        "n/a",
        "na",
        "none",
        "tbd",
        "tba",
        "todo",
        "nothing",
        "no",
        "not applicable",
        "none yet",
        "action item",
        "ingen",
        "keine",
    ];
    let hints =
        ["these are only sample", "list any tasks", "every action item should", "(even a small skeleton"];
    nothing.contains(&lower.as_str())
        || (lower.starts_with("no ")
            && (lower.contains("action") || lower.contains("follow"))
            && lower.len() < 60)
        || (["none ", "nothing "].iter().any(|word| lower.starts_with(word)) && lower.len() < 40)
        || lower.starts_with("${")
        || hints.iter().any(|hint| lower.contains(hint))
        || (lower.contains("{{") && lower.contains("}}"))
        || (lower.starts_with(['<', '{']) && lower.ends_with(['>', '}']))
}
