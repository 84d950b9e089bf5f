//! Where a promise stands, from the marks authors leave: `[x]`, ✅, `(Done!)`, `- DONE`, `~~…~~`, a status column, a group.

mod words;

use crate::config::SiteConfig;
use crate::model::{ActionState, StateMark};
use crate::parse::times;
use jiff::civil::Date;
use words::{CLOSING_DEEDS, COLUMN_SIGNS, COLUMN_WORDS, ENDINGS, NO_DEED, REFUSALS, SIGNS, UNMADE, WORDS};

use ActionState::{Cancelled, Done, InProgress, Open, Proposed};

/// Where the words of a status column are told to come from.
pub(super) const COLUMN: &str = "status column";

/// A state with the mark that decided it.
pub(super) type Marked = (ActionState, StateMark);

/// The state of a word or short phrase, the site's own words first; `from` names where it stands.
pub(super) fn of_words(words: &str, from: &'static str, config: &SiteConfig) -> Option<Marked> {
    // `DONE?` asks.
    if words.trim_end().ends_with('?') {
        return None;
    }
    let trimmed = words.trim_matches(|c: char| !c.is_alphanumeric() && !is_sign(c));
    let lower = trimmed.to_lowercase();
    let own = config.states.iter().find(|(word, _)| word.to_lowercase() == lower).map(|(_, state)| state.0);
    // `⏳ Pending` in a column: the word says it better than the sign. `already done` says no more than `done`.
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let bare = ["already ", "now "].iter().find_map(|early| bare.strip_prefix(early)).unwrap_or(bare);
    let signed = |signs: &[(&str, ActionState)]| {
        signs.iter().find(|(sign, _)| words.contains(sign)).map(|(_, state)| *state)
    };
    let sign = || signed(&SIGNS);
    let state = own
        .or_else(|| unmade(bare))
        .or_else(|| if from == COLUMN { known(bare).or_else(sign) } else { sign().or_else(|| known(bare)) });
    let column = || {
        let boxed = words.trim();
        // `Queued for June`, but not `Next to nothing`.
        let goes_on = |word: &str| {
            word.len() > 5 && bare.strip_prefix(word).is_some_and(|rest| rest.starts_with(AFTER_WORD))
        };
        let wanted = |word: &str| word == bare || word == boxed || goes_on(word);
        let named = COLUMN_WORDS.iter().find(|(word, _)| wanted(word)).map(|(_, state)| *state);
        named.or_else(|| signed(&COLUMN_SIGNS)).filter(|_| from == COLUMN)
    };
    let state = state.or_else(column)?;
    Some((state, StateMark { from, written: words.trim().to_owned() }))
}

/// Whether a text is nothing but a sign or a box for where an item stands; a colour may be a priority.
pub(super) fn is_mark(text: &str) -> bool {
    let bare = text.trim().trim_end_matches('\u{fe0f}');
    ["✅", "✔", "✓", "☑", "⬜", "☐", "⏳", "🚧", "🔄", "[x]", "[X]", "[ ]"].contains(&bare)
}

/// `Closed — not pursued`: closed, but not because it was done.
fn unmade(lower: &str) -> Option<ActionState> {
    let why = lower.strip_prefix("closed")?;
    UNMADE.iter().any(|phrase| why.contains(phrase)).then_some(Cancelled)
}

/// Whether a text ends in brackets that tell what was done about it: `… (fixed by asking the right host)`.
pub(super) fn ends_in_a_deed(text: &str) -> bool {
    let head = text.trim_end_matches(['.', ' ']);
    let inner = head.strip_suffix(')').and_then(|head| head.rsplit_once('(')).map(|(_, inner)| inner);
    inner.is_some_and(tells_a_deed)
}

/// `fixed by …`, `added a second check`; `added in v2` tells when.
fn tells_a_deed(inner: &str) -> bool {
    let lower = inner.to_lowercase();
    if lower.split_once(' ').is_some_and(|(_, rest)| is_condition(rest)) {
        return false;
    }
    let mut words = lower.split_whitespace();
    let (Some(deed), Some(next)) = (words.next(), words.next()) else { return false };
    let when =
        ["in", "by", "to", "at", "on", "as", "for", "with", "from", "during", "after", "since", "when"];
    ["fixed", "done", "resolved", "addressed", "solved"].contains(&deed)
        || CLOSING_DEEDS.contains(&deed) && !when.contains(&next)
}

/// Whether a text is nothing but a word for where an item stands: no name of an owner.
pub(super) fn is_word(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    WORDS.iter().any(|(word, _)| *word == lower)
}

/// What may follow a word that says where an item stands: `Done (#12)`, `Done!`, `done as of 2021-06-30`.
const AFTER_WORD: [char; 8] = [' ', ':', ',', '!', '(', '（', ';', '.'];

/// `done`, `done!`, `done as of 2021-06-30`, `done in`, `n/a done`.
fn known(lower: &str) -> Option<ActionState> {
    let exact = WORDS.iter().find(|(word, _)| *word == lower);
    let begins = || {
        let mut all = WORDS.iter();
        all.find(|(word, _)| {
            let rest =
                lower.strip_prefix(word).filter(|rest| rest.starts_with(AFTER_WORD) && rest.len() < 40);
            rest.is_some_and(|rest| !is_condition(rest))
        })
    };
    // `n/a done`, `bug 5554825 done`: a cell that holds a ticket and where it stands.
    let ends = || {
        let (before, last) = lower.rsplit_once(' ')?;
        let ticket = before == "n/a"
            || before
                .split_whitespace()
                .last()
                .is_some_and(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
        WORDS.iter().find(|(word, _)| *word == last).filter(|_| ticket && before.len() < 24)
    };
    exact.or_else(begins).or_else(ends).map(|(_, state)| *state)
}

/// What follows `done` where it is not done yet: `(done by 2026-04-01)`, `(done when alerts fire)`.
fn is_condition(rest: &str) -> bool {
    let rest = rest.trim_start();
    let until = rest.strip_prefix("by ").is_some_and(|day| day.starts_with(|c: char| c.is_ascii_digit()));
    until || ["when ", "once ", "if ", "until ", "before "].iter().any(|word| rest.starts_with(word))
}

fn is_sign(c: char) -> bool {
    SIGNS.iter().any(|(sign, _)| sign.starts_with(c))
}

/// Takes a mark off the start or end of an item's text: `✅ Revert`, `Add alerts (Done!)`, `Add alerts - DONE`.
pub(super) fn take(text: &mut String, config: &SiteConfig) -> Option<Marked> {
    // `⚠️ TODO: …`
    let rest = text.trim_start_matches(['⚠', '\u{fe0f}', '❗', ' ']);
    if rest.len() < text.len() && rest.starts_with("TODO") {
        *text = rest.to_owned();
    }
    let found = labelled(text, config)
        .or_else(|| task_box(text))
        .or_else(|| sign(text))
        .or_else(|| bracket(text, config))
        .or_else(|| shouted(text, config));
    let tidy = text
        .trim_matches([' ', '\u{fe0f}', '-', '–', '—', ',', ';'])
        .trim_start_matches([':', ' '])
        .to_owned();
    if found.is_some() {
        *text = tidy;
    }
    found
}

/// `[x]` and `[ ]` where Markdown sees no task, and the further boxes of note-taking tools: `[~]`, `[/]`, `[-]`.
fn task_box(text: &mut String) -> Option<Marked> {
    let boxes = [
        ("[x]", Done),
        ("[X]", Done),
        ("[ ]", Open),
        ("[~]", InProgress),
        ("[/]", InProgress),
        ("[-]", Cancelled),
        ("[N/A]", Cancelled),
        ("[n/a]", Cancelled),
    ];
    let (written, state) = boxes.into_iter().find(|(mark, _)| text.starts_with(mark))?;
    let rest = text.split_off(written.len());
    rest.trim_start().clone_into(text);
    Some((state, StateMark { from: "checkbox", written: written.to_owned() }))
}

/// `Status: done 2025-02-19` at the end of an item.
fn labelled(text: &mut String, config: &SiteConfig) -> Option<Marked> {
    let at = ["Status:", "status:", "State:", "state:"].iter().find_map(|label| text.rfind(label))?;
    let (before, label) = text.split_at_checked(at)?;
    let (_, written) = label.split_once(':')?;
    let begins = before.is_empty() || before.ends_with([' ', '(', '[', '.', ',', ';']);
    let first = written.split([',', ';', '(']).next().unwrap_or(written);
    let (state, _) =
        of_words(written, "word", config).or_else(|| of_words(first, "word", config)).filter(|_| begins)?;
    let mark = StateMark { from: "word", written: written.trim().to_owned() };
    *text = before.trim_end_matches([' ', '(', '[', ',', ';', '.']).to_owned();
    Some((state, mark))
}

/// The day that a mark such as `Done 2024-07-02` names.
pub(super) fn day_of(written: &str) -> Option<Date> {
    let mut words = written.split(|c: char| !c.is_ascii_digit() && c != '-');
    words.find_map(|word| word.parse().ok().filter(|day| word.len() == 10 && times::is_near(*day)))
}

fn sign(text: &mut String) -> Option<Marked> {
    let (sign, state) = SIGNS.iter().find(|(sign, _)| {
        text.starts_with(sign) || text.trim_end_matches(['\u{fe0f}', '.', ' ']).ends_with(sign)
    })?;
    let mark = StateMark { from: "emoji", written: (*sign).to_owned() };
    let bare = text.replacen(sign, "", 1).trim_start_matches('\u{fe0f}').trim().to_owned();
    *text = bare;
    Some((*state, mark))
}

/// `(Done!)`, `[WIP]` at either end.
fn bracket(text: &mut String, config: &SiteConfig) -> Option<Marked> {
    let end = text.trim_end_matches(['.', ' ', '*', '!']).len();
    let head = text.get(..end)?;
    for (open, close) in [('(', ')'), ('[', ']')] {
        if head.ends_with(close)
            && let Some(at) = head.rfind(open)
        {
            let inner = head.get(at + 1..end - 1)?;
            if let Some((state, _)) = of_words(inner, "word", config) {
                let written = head.get(at..)?.to_owned();
                *text = head.get(..at)?.trim_end().to_owned();
                return Some((state, StateMark { from: "word", written }));
            }
            if open == '(' && tells_a_deed(inner) {
                return Some((Done, StateMark { from: "word", written: inner.to_owned() }));
            }
        }
        if head.starts_with(open)
            && let Some(at) = head.find(close)
            && let Some((state, _)) = of_words(head.get(1..at)?, "word", config)
        {
            let written = head.get(..=at)?.to_owned();
            *text = text.get(at + 1..)?.trim_start().to_owned();
            return Some((state, StateMark { from: "word", written }));
        }
    }
    None
}

/// `… - DONE`, `DONE in …`, `TODO: …`, `Done: …`, `This has been done: …`.
fn shouted(text: &mut String, config: &SiteConfig) -> Option<Marked> {
    let stated = "This has been done";
    if let Some(rest) = text.strip_prefix(stated) {
        let rest = rest.trim_start_matches([':', '.', ' ']).to_owned();
        *text = rest;
        return Some((Done, StateMark { from: "word", written: stated.to_owned() }));
    }
    let trimmed = text.trim_end_matches(['.', ' ', '!']);
    for ending in ENDINGS {
        let at = trimmed.len().saturating_sub(ending.len());
        if let Some((head, tail)) = trimmed.split_at_checked(at)
            && tail.eq_ignore_ascii_case(ending)
            && head.ends_with([' ', ',', ';', '.', '-'])
        {
            let mark = StateMark { from: "word", written: tail.to_owned() };
            *text = head.trim_end_matches([' ', ',', ';', '.', '-', '–', '—']).to_owned();
            return Some((Done, mark));
        }
    }
    for separator in [" - ", " – ", " — ", ": "] {
        if let Some((head, tail)) = trimmed.rsplit_once(separator)
            && tail.split_whitespace().count() <= 3
            && let Some(found) = of_words(tail, "word", config)
        {
            *text = head.trim_end().to_owned();
            return Some(found);
        }
    }
    // `… for the queue. Done.`: a sentence of its own.
    if let Some((head, tail)) = trimmed.rsplit_once(". ")
        && is_word(tail)
        && let Some(found) = of_words(tail, "word", config)
    {
        *text = format!("{}.", head.trim_end());
        return Some(found);
    }
    // `Done - add alerts`
    for separator in [" - ", " – ", " — "] {
        if let Some((head, tail)) = text.split_once(separator)
            && is_word(head)
            && let Some(found) = of_words(head, "word", config)
        {
            *text = tail.trim_start().to_owned();
            return Some(found);
        }
    }
    if let Some((head, tail)) = text.split_once(':')
        && head.len() < 16
        // `Ongoing: …` beside `Today: …` is a time.
        && !head.trim().eq_ignore_ascii_case("ongoing")
        && let Some(found) = of_words(head, "word", config)
        // `Backlog task: …` names the item; only what is done may say more than its one word.
        && (found.0 == Done || is_word(head) || config.states.contains_key(head))
    {
        *text = tail.trim_start().to_owned();
        return Some(found);
    }
    let word = text.split_whitespace().next().unwrap_or_default().to_owned();
    let mut ends = trimmed.split_whitespace().rev();
    let last = ends.next().unwrap_or_default().to_owned();
    // `IT MUST BE REVIEWED BEFORE BEING MERGED` is loud from end to end.
    let goes_on = ends.next().is_some_and(|before| {
        let loud = before.len() > 1 && before.chars().all(|c| c.is_ascii_uppercase());
        loud || ["be", "being", "is", "are", "get", "gets"].contains(&before.to_lowercase().as_str())
    });
    let last = if goes_on { String::new() } else { last };
    for (word, at_start) in [(word, true), (last, false)] {
        let loud = word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase());
        if loud && let Some(found) = of_words(&word, "word", config) {
            *text = if at_start {
                text.strip_prefix(&word)?.trim_start().to_owned()
            } else {
                trimmed.strip_suffix(&word)?.trim_end().to_owned()
            };
            return Some(found);
        }
    }
    None
}

/// "Discussed but decided not to do.", "Not needed as …": dropped, with the reason.
pub(super) fn refusal(text: &str) -> Option<(Marked, String)> {
    let lower = text.to_lowercase();
    // `Remove the node if no longer needed` refuses nothing.
    let conditional = |at: usize| {
        let before = lower.get(..at).and_then(|text| text.split_whitespace().next_back());
        before.is_some_and(|word| {
            ["if", "when", "once", "unless", "until"].contains(&word.trim_start_matches('('))
        })
    };
    let phrase = REFUSALS.iter().find(|phrase| lower.find(**phrase).is_some_and(|at| !conditional(at)))?;
    let mark = StateMark { from: "word", written: (*phrase).to_owned() };
    Some(((Cancelled, mark), text.trim().to_owned()))
}

/// The past tense at the start, a weak sign that it is done: `Added alerts`, `We've tightened …`.
pub(super) fn past(text: &str) -> Option<Marked> {
    let mut words =
        text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\''));
    let first = words.next()?.to_lowercase();
    let told = ["we've", "we"].contains(&first.as_str());
    let verb = if told {
        words.find(|word| !["have", "also", "already", "now", "significantly"].contains(word))?.to_lowercase()
    } else {
        first
    };
    let regular =
        verb.len() > 4 && verb.ends_with("ed") && !verb.contains('-') && !NO_DEED.contains(&verb.as_str());
    let irregular =
        ["built", "made", "wrote", "sent", "rebuilt", "began", "brought", "found"].contains(&verb.as_str());
    let verb = (regular || irregular).then_some(verb).or_else(|| ended(text)).or_else(|| already(text));
    verb.map(|verb| (Done, StateMark { from: "past tense", written: verb }))
}

/// `Better alerts. We've already added one`, `The limit has already been raised`.
fn already(text: &str) -> Option<String> {
    const SAID: [&str; 5] =
        ["we've already ", "we have already ", " has already been ", " have already been ", "i've already "];
    let lower = text.to_lowercase().replace('’', "'");
    SAID.iter().find(|said| lower.contains(**said)).map(|said| said.trim().to_owned())
}

/// `Health check and logging fixed`: told as done by its last word, unless it says when or whether.
fn ended(text: &str) -> Option<String> {
    const DEEDS: [&str; 12] = [
        "fixed",
        "added",
        "deployed",
        "implemented",
        "merged",
        "rotated",
        "removed",
        "enabled",
        "disabled",
        "updated",
        "restored",
        "replaced",
    ];
    const NOT_YET: [&str; 14] = [
        "be", "being", "is", "are", "get", "gets", "until", "when", "once", "if", "that", "ensure", "to",
        "not",
    ];
    let lower = text.trim_end_matches(['.', ' ']).to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let last = words.last().filter(|last| DEEDS.contains(last) && words.len() >= 2)?;
    (!words.iter().any(|word| NOT_YET.contains(word))).then(|| (*last).to_owned())
}

/// The state a group's heading gives to its items: `Immediate Actions (Completed)`, `✅ Gjort:`, `Planned actions`.
pub(super) fn of_group(title: &str, config: &SiteConfig) -> Option<Marked> {
    let whole = of_words(title, "group heading", config);
    let words = || title.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty());
    let sure = [
        "done",
        "completed",
        "gjort",
        "planned",
        "todo",
        "pending",
        "proposed",
        "cancelled",
        "rejected",
        "finished",
        "outstanding",
        "possible",
        "potential",
        "suggested",
        "implemented",
        "applied",
        "recommended",
        "remaining",
        "erledigt",
        "offen",
        "aplicadas",
        "implementadas",
        "realizadas",
        "réalisées",
        "umgesetzt",
        "umgesetzte",
        "pendientes",
        "pendentes",
    ];
    let by_word = || words().find(|word| sure.contains(&word.to_lowercase().as_str()));
    let lower = title.trim().trim_end_matches(':').to_lowercase();
    let left = || (lower.starts_with("to do ") || lower.ends_with(" to do")).then_some("to do");
    let refused = || {
        let all = ["not doing", "won't do", "will not do", "won't fix", "decided against"];
        all.into_iter().find(|phrase| lower.contains(phrase))
    };
    let phrase = || lower.contains("in progress").then_some("in progress").or_else(left).or_else(refused);
    if is_denied(&lower) {
        return Some((Open, StateMark { from: "group heading", written: title.trim().to_owned() }));
    }
    whole.or_else(|| {
        let word = phrase().or_else(by_word)?;
        let state = match word.to_lowercase().as_str() {
            "possible" | "potential" | "suggested" | "recommended" => Proposed,
            "remaining" | "pendientes" | "pendentes" => Open,
            "not doing" | "won't do" | "will not do" | "won't fix" | "decided against" => Cancelled,
            "aplicadas" | "implementadas" | "realizadas" | "réalisées" | "umgesetzt" | "umgesetzte" => Done,
            word => known(word)?,
        };
        Some((state, StateMark { from: "group heading", written: title.trim().to_owned() }))
    })
}

/// `Follow-ups (not done yet)`, `To be done`, `Partly implemented`: what is denied to be done is open.
fn is_denied(lower: &str) -> bool {
    const DONE: [&str; 9] = [
        "done",
        "completed",
        "implemented",
        "finished",
        "applied",
        "started",
        "progress",
        "erledigt",
        "umgesetzt",
    ];
    const NOT: [&str; 12] = [
        "not",
        "nicht",
        "never",
        "ikke",
        "be",
        "yet",
        "nothing",
        "half",
        "partly",
        "partially",
        "cannot",
        "teilweise",
    ];
    const LATER: [&str; 3] = ["soon", "later", "next"];
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
    let denies = |word: &&str| NOT.contains(word) || word.ends_with("n't");
    let denied = |(at, word): (usize, &&str)| {
        DONE.contains(word)
            && (words.iter().take(at).rev().take(3).any(denies)
                || words.get(at + 1).is_some_and(|next| LATER.contains(next)))
    };
    let open = ["incomplete", "undone", "unfinished", "unresolved"];
    lower.ends_with('?') && words.len() == 1
        || words.iter().any(|word| open.contains(word))
        || words.iter().enumerate().any(denied)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off_the_text_they_stand_at() {
        for (written, text, state) in [
            ("✅ Reverted the change", "Reverted the change", Some(Done)),
            ("Stop it from happening again. ✔️", "Stop it from happening again.", Some(Done)),
            ("Email everybody (done by 2026-04-01)", "Email everybody (done by 2026-04-01)", None),
            ("Email everybody (done when it rains)", "Email everybody (done when it rains)", None),
            ("Email everybody - DONE?", "Email everybody - DONE?", None),
            ("Email everybody (DONE)", "Email everybody", Some(Done)),
            ("Email everybody (Done as of 2021-06-30)", "Email everybody", Some(Done)),
            ("Add alerts - DONE", "Add alerts", Some(Done)),
            ("Add alerts (in progress)", "Add alerts", Some(InProgress)),
            ("TODO: add alerts", "add alerts", Some(Open)),
            ("This has been done: new key", "new key", Some(Done)),
            ("Limit the queue - this has already been done.", "Limit the queue", Some(Done)),
            ("Ask whether this is done by others", "Ask whether this is done by others", None),
            ("Add alerts. Status: done 2025-02-19", "Add alerts", Some(Done)),
            ("Add alerts. Status: cancelled, the service is gone", "Add alerts", Some(Cancelled)),
            ("Update the page under Status: all of it", "Update the page under Status: all of it", None),
            ("Add alerts (already done)", "Add alerts", Some(Done)),
            ("Add alerts. Done.", "Add alerts.", Some(Done)),
            ("Done - add alerts", "add alerts", Some(Done)),
            ("[N/A] Add alerts", "Add alerts", Some(Cancelled)),
            ("Open the door - it is done by hand", "Open the door - it is done by hand", None),
            ("Add alerts (see wiki)", "Add alerts (see wiki)", None),
            ("Open the firewall for the new node", "Open the firewall for the new node", None),
            ("It MUST BE READ BEFORE BEING MERGED", "It MUST BE READ BEFORE BEING MERGED", None),
            (
                "Ask one host (fixed by asking the other, which has the lamp and its log)",
                "Ask one host (fixed by asking the other, which has the lamp and its log)",
                Some(Done),
            ),
            (
                "Drop the flag (added in the second version)",
                "Drop the flag (added in the second version)",
                None,
            ),
        ] {
            let mut left = written.to_owned();
            let found = take(&mut left, &SiteConfig::default()).map(|(state, _)| state);
            assert_eq!((left.as_str(), found), (text, state), "{written}");
        }
    }

    #[test]
    fn a_column_says_it_in_a_word_a_sign_or_a_box() {
        for (written, state) in [
            ("⏳ Pending", Some(Open)),
            ("✅ Done", Some(Done)),
            ("✓", Some(Done)),
            ("[ ]", Some(Open)),
            ("[x]", Some(Done)),
            ("DONE（#12）", Some(Done)),
            ("Future", Some(Open)),
            ("進行中", Some(InProgress)),
            ("soon", None),
            ("📅 Queued", Some(Open)),
            ("Queued for June", Some(Open)),
            ("Next to nothing", None),
            ("Closed — not pursued", Some(Cancelled)),
            ("Closed in May", Some(Done)),
            ("в работе", Some(InProgress)),
        ] {
            let found = of_words(written, COLUMN, &SiteConfig::default()).map(|(state, _)| state);
            assert_eq!(found, state, "{written}");
        }
    }

    #[test]
    fn a_mark_may_name_its_day() {
        let day = |written: &str| day_of(written).map(|day| day.to_string());
        assert_eq!(day("(done 2024-07-02)").as_deref(), Some("2024-07-02"));
        assert_eq!(day("✅ Done 2024-07-02.").as_deref(), Some("2024-07-02"));
        assert_eq!([day("Done"), day("Done in OPS-2024"), day("done 2024-02-31")], [None, None, None]);
    }

    #[test]
    fn the_past_tense_is_a_weak_sign_of_done() {
        for (text, done) in [
            ("Added alerts", true),
            ("We've significantly tightened it", true),
            ("Need a plan", false),
            ("Health check and logs fixed", true),
            ("Tell us when it is fixed", false),
            ("User-supplied limits", false),
        ] {
            assert_eq!(past(text).is_some(), done, "{text}");
        }
    }
}
