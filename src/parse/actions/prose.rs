//! Promises written as paragraphs, in action sections without a list.

use crate::diag::Span;
use crate::model::text::{Inline, InlineKind, plain};
use crate::parse::lines::Line;

/// First words of sentences that tell and do not promise, unless a word of [`INTENT`] follows.
const TELLING: [&str; 68] = [
    "the",
    "this",
    "these",
    "those",
    "there",
    "it",
    "its",
    "we",
    "our",
    "i",
    "in",
    "on",
    "at",
    "as",
    "after",
    "since",
    "why",
    "what",
    "how",
    "when",
    "while",
    "most",
    "going",
    "they",
    "he",
    "she",
    "a",
    "an",
    "all",
    "no",
    "for",
    "see",
    "from",
    "with",
    "although",
    "during",
    "if",
    "perhaps",
    "because",
    "please",
    "thank",
    "thanks",
    "sorry",
    "completed",
    "note",
    "nb",
    "you",
    "based",
    "inspired",
    "more",
    "here",
    "that",
    "however",
    "unfortunately",
    "luckily",
    "overall",
    "many",
    "some",
    "both",
    "none",
    "yes",
    "apologies",
    "hopefully",
    "hope",
    "currently",
    "again",
    "once",
    "now",
];

/// Verbs that sentences of promises begin with, where the same sentence tells what is: `Verify that backups are made`.
const ORDERS: [&str; 40] = [
    "add",
    "alert",
    "ask",
    "automate",
    "avoid",
    "build",
    "check",
    "confirm",
    "consider",
    "create",
    "define",
    "deploy",
    "document",
    "enable",
    "enforce",
    "ensure",
    "evaluate",
    "find",
    "fix",
    "implement",
    "improve",
    "introduce",
    "investigate",
    "keep",
    "limit",
    "make",
    "migrate",
    "monitor",
    "move",
    "notify",
    "reduce",
    "remove",
    "replace",
    "require",
    "review",
    "set",
    "test",
    "update",
    "use",
    "verify",
];

/// Words that say that something is still to be done.
const INTENT: [&str; 26] = [
    " will ",
    " should ",
    " need to ",
    " needs to ",
    " must ",
    " to be ",
    " going to ",
    " plan to ",
    " plans to ",
    " continuing to ",
    " intend to ",
    " committed to ",
    "'ll ",
    " aim to ",
    " would be useful",
    " would be good",
    " would be nice",
    " would be better",
    " would help ",
    " would like to ",
    " have to ",
    " has to ",
    " want to ",
    " ought to ",
    " hope to ",
    " could be improved",
];

/// Short headings of groups that are no promises however many words they have.
pub(super) fn is_topic(title: &str) -> bool {
    let lower = title.to_lowercase();
    ["improvement", "action", "follow up", "follow-up", "long term", "short term", "long-term", "short-term"]
        .iter()
        .any(|word| lower.contains(word))
}

/// How a sentence ends that announces a list.
const ENDS: [&str; 10] = [
    " will",
    " will also",
    "following",
    " should",
    " need to",
    " plan to",
    " going to",
    "these",
    " steps",
    " measures",
];

/// `This showed that we need better tests. Moving forward, we will:`: what follows below is promised, not this. A single
/// sentence that ends so is the promise, and what follows its details.
pub(super) fn announces(text: &str) -> bool {
    let several = text.contains(". ");
    let text = text.trim_end_matches(':').to_lowercase();
    several && ENDS.iter().any(|end| text.ends_with(end))
}

/// Whether the list below a line with a colon tells the details of what the line says, as `Write a check that shows:` and
/// `Start-up of the worker hardened:` do, and is not told item by item.
pub(super) fn has_details(text: &str) -> bool {
    const DETAILS: [&str; 10] = [
        "that checks",
        "that shows",
        "that verifies",
        "that tests",
        "that covers",
        "showing",
        "checking",
        "including",
        "such as",
        "covering",
    ];
    // `Further work needed:`
    const HEADS: [&str; 16] = [
        "needed",
        "required",
        "planned",
        "proposed",
        "completed",
        "implemented",
        "suggested",
        "recommended",
        "identified",
        "learned",
        "scheduled",
        "deferred",
        "agreed",
        "involved",
        "affected",
        "started",
    ];
    let lower = text.trim_end_matches(':').to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let told =
        words.last().is_some_and(|last| last.len() > 4 && last.ends_with("ed") && !HEADS.contains(last));
    let joined = words.iter().any(|word| ["we", "be", "to", "what", "not", "i", "as"].contains(word));
    DETAILS.iter().any(|end| lower.ends_with(end)) || told && !joined && words.len() >= 3
}

/// Whether a line begins with a mark that Markdown knows no list by: `•`, `–`, `a.`
pub(super) fn has_bullet(text: &str) -> bool {
    let bullet =
        |mark: &str| text.strip_prefix(mark).is_some_and(|rest| rest.starts_with([' ', '\u{a0}', '\t']));
    let lettered = text.split_once(['.', ')']).is_some_and(|(letter, rest)| {
        letter.len() == 1 && letter.starts_with(|c: char| c.is_ascii_lowercase()) && rest.starts_with(' ')
    });
    lettered || ["•", "–", "—", "◦", "▪", "●", "‣", "·", "➤", "→"].iter().any(|mark| bullet(mark))
}

/// Cuts the lines of a paragraph where a line ends a sentence, or behind each where each is `marked` as one: every run is
/// told on its own.
pub(super) fn promises<'a, 'b>(lines: &'b [Line<'a>], marked: bool) -> impl Iterator<Item = &'b [Line<'a>]> {
    let cut = move |line: &Line<'_>, next: &Line<'_>| {
        marked || line.text.ends_with(['.', '!', '?', ')', ':']) || has_bullet(&next.text)
    };
    lines.chunk_by(move |line, next| !cut(line, next))
}

/// Whether a sentence promises something: it begins with a deed, says what will be, or links a ticket.
pub(super) fn promises_something(text: &str, linked: bool) -> bool {
    let lower = format!(" {} ", text.to_lowercase());
    let first =
        lower.split_whitespace().next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let intends = INTENT.iter().any(|phrase| lower.contains(phrase)) || is_at_it(&lower);
    let question = text.trim_end().ends_with('?') && text.split_whitespace().count() > 12;
    let words = text.split_whitespace().count();
    // What only introduces the promises below it is none.
    let intro = [
        " here are ",
        " here is ",
        " the following ",
        " by addressing these ",
        " by addressing this ",
        " by implementing these ",
        " by taking these ",
    ]
    .iter()
    .any(|phrase| lower.contains(phrase));
    let orders = !TELLING.contains(&first) && (linked || ORDERS.contains(&first) || !tells_what_is(&lower));
    // A paragraph that is nothing but a ticket leaves no word.
    !question && (linked || !intro) && (words >= 2 || linked) && (intends || orders)
}

/// `We are also testing it`, `We're adding alerts`: somebody is at it.
fn is_at_it(lower: &str) -> bool {
    let mut words = lower.split_whitespace();
    let begun = match words.next() {
        Some("we're" | "we’re" | "i'm" | "i’m") => true,
        Some("we") => words.next() == Some("are"),
        Some("i") => words.next() == Some("am"),
        _ => false,
    };
    let verb =
        words.find(|word| !["also", "now", "currently", "actively", "still", "already"].contains(word));
    begun && verb.is_some_and(|verb| verb.len() > 5 && verb.ends_with("ing"))
}

/// `Client teams are still at work`: a sentence about a state of things.
fn tells_what_is(lower: &str) -> bool {
    // `Process: the stagger was not strict enough` is told under a label, and what is to be changed about it.
    if lower.split_whitespace().take(3).any(|word| word.ends_with(':')) {
        return false;
    }
    let be = ["is", "are", "was", "were", "has", "have", "had", "did"];
    lower.split_whitespace().take(7).any(|word| be.contains(&word))
}

/// The inlines of a line without the section's own label: `**Action item:** Start incidents earlier`.
pub(super) fn after_label<'a>(line: &Line<'a>, label: Span) -> &'a [Inline] {
    let from = line.inlines.iter().position(|inline| inline.span.start >= label.end);
    if line.span.start <= label.start && label.start < line.span.end {
        from.and_then(|from| line.inlines.get(from..)).unwrap_or_default()
    } else {
        line.inlines
    }
}

/// The promise of an item whose bold lead-in says it all: `**Limit the pool size**: today it grows …`. Lead-ins of
/// fewer than three words are topics, and the sentence behind them is the promise.
pub(super) fn promise(inlines: &[Inline]) -> &[Inline] {
    let [first, rest @ ..] = inlines else {
        return inlines;
    };
    let InlineKind::Strong(inner) = &first.kind else {
        return inlines;
    };
    let lead = plain(inner);
    let closed = lead.ends_with([':', '.'])
        || matches!(rest.first().map(|inline| &inline.kind), Some(InlineKind::Text(text)) if text.starts_with([':', '.']));
    let told = rest.iter().any(|inline| !matches!(&inline.kind, InlineKind::Text(text) if text.trim_matches([' ', ':', '.']).is_empty()));
    if closed && told && lead.split_whitespace().count() >= 3 { std::slice::from_ref(first) } else { inlines }
}
