//! Who will do it: `@ann`, `(Ann)`, `Owner: Ann`, `Ann and Bo to write …`, `Cloud Team will …`, or a name above a list.

use super::kind::kind_of;
use crate::config::SiteConfig;

/// Words that stand in brackets at the end of an item and are no names.
const NO_NAMES: [&str; 24] = [
    "asap", "utc", "optional", "issue", "issues", "pr", "ticket", "link", "jira", "high", "low", "medium",
    "urgent", "done", "todo", "tbd", "pending", "internal", "public", "maybe", "github", "slack", "grafana",
    "trello",
];
/// Words before "to" or "will" that are no names.
const NO_SUBJECTS: [&str; 48] = [
    "we",
    "i",
    "it",
    "this",
    "they",
    "these",
    "that",
    "the",
    "you",
    "someone",
    "everyone",
    "need",
    "ability",
    "way",
    "ways",
    "process",
    "tool",
    "plan",
    "script",
    "alert",
    "alerts",
    "runbook",
    "job",
    "test",
    "tests",
    "want",
    "try",
    "remember",
    "how",
    "continue",
    "decide",
    "agree",
    "able",
    "dashboard",
    "ticket",
    "issue",
    "task",
    "work",
    "feature",
    "mechanism",
    "checks",
    "time",
    "access",
    "going",
    "there",
    "monitoring",
    "steps",
    "what",
];
/// Verbs after "Name to".
const DEEDS: [&str; 85] = [
    "write",
    "create",
    "add",
    "investigate",
    "check",
    "update",
    "fix",
    "review",
    "look",
    "follow",
    "document",
    "set",
    "ensure",
    "discuss",
    "talk",
    "make",
    "move",
    "raise",
    "contact",
    "ask",
    "find",
    "speak",
    "do",
    "arrange",
    "organise",
    "organize",
    "build",
    "test",
    "change",
    "implement",
    "remove",
    "improve",
    "prepare",
    "share",
    "draft",
    "schedule",
    "book",
    "configure",
    "chase",
    "confirm",
    "share",
    "propose",
    "explore",
    "get",
    "alert",
    "lower",
    "reduce",
    "increase",
    "decrease",
    "stop",
    "start",
    "turn",
    "drop",
    "rotate",
    "upgrade",
    "migrate",
    "rename",
    "enable",
    "disable",
    "extend",
    "split",
    "measure",
    "limit",
    "require",
    "restrict",
    "replace",
    "subscribe",
    "coordinate",
    "produce",
    "define",
    "publish",
    "collect",
    "gather",
    "present",
    "notify",
    "align",
    "refactor",
    "rewrite",
    "automate",
    "audit",
    "clarify",
    "backport",
    "benchmark",
    "host",
    "meet",
];
/// Titles of groups that are topics.
#[rustfmt::skip]
const TOPICS: [&str; 123] = [
    "monitoring", "process", "processes", "documentation", "alerting", "detection", "prevention", "mitigation",
    "technical", "testing", "infrastructure", "communication", "training", "deployment", "tooling", "security",
    "general", "other", "misc", "backend", "frontend", "database", "engineering", "product", "support",
    "platform", "future", "immediate", "actions", "action", "items", "improvements", "todo", "done", "backups",
    "backup", "alerts", "alert", "logs", "logging", "metrics", "dashboards", "dashboard", "runbook", "runbooks",
    "docs", "code", "config", "configuration", "network", "networking", "storage", "cache", "caching", "kafka",
    "redis", "postgres", "mysql", "kubernetes", "terraform", "deploy", "deploys", "deployments", "release",
    "releases", "ci", "cd", "tests", "test", "customers", "customer", "comms", "tools", "design",
    "architecture", "research", "review", "cleanup", "hardening", "resilience", "reliability", "observability",
    "capacity", "performance", "scaling", "scalability", "access", "permissions", "credentials", "secrets",
    "certificates", "dns", "api", "ui", "client", "clients", "server", "servers", "hardware", "software",
    "data", "application", "applications", "service", "services", "system", "systems", "automation",
    "validation", "verification", "response", "recovery", "analysis", "investigation", "education", "awareness",
    "policy", "policies", "governance", "compliance", "culture", "quality", "redundancy",
];

/// Owners named in a cell, after `Owner:` or in a list: split at commas, slashes and "and".
pub(super) fn split(text: &str) -> Vec<String> {
    if text.trim().eq_ignore_ascii_case("n/a") {
        return Vec::new();
    }
    let names = text.replace(" and ", ",").replace(" & ", ",").replace(" og ", ",");
    let names = names
        .split([',', ';', '/'])
        .map(|name| name.trim().trim_start_matches('@').trim_matches(['*', '.', ' ']));
    let blank = |name: &&str| {
        let lower = name.to_lowercase();
        !name.is_empty()
            && !["-", "--", "tbd", "tba", "n/a", "none", "?", "todo", "unassigned", "nobody"]
                .contains(&lower.as_str())
    };
    names.filter(blank).filter(|name| name.chars().any(char::is_alphabetic)).map(str::to_owned).collect()
}

/// Takes the owner off an item's text where it stands apart from the sentence; reads it where it is the subject.
pub(super) fn take(text: &mut String, config: &SiteConfig) -> Vec<String> {
    for read in [labelled, bracketed, in_front, at_the_start, at_the_end, assigned, of_team] {
        if let Some((rest, owners)) = read(text, config).filter(|(_, owners)| !owners.is_empty()) {
            *text = rest;
            return owners;
        }
    }
    subject(text, config)
}

type Taken = Option<(String, Vec<String>)>;

/// `… Owner: @ann`, `… (Owner: Ann)`, `Assignee: Ann`.
fn labelled(text: &str, _: &SiteConfig) -> Taken {
    let lower = text.to_ascii_lowercase();
    let names = [
        "owner:",
        "owners:",
        "assignee:",
        "assigned to:",
        "assigned:",
        "eier:",
        "responsible:",
        "dri:",
        "poc:",
        "verantwortlich:",
        "ansvarlig:",
        "responsable:",
    ];
    let whole = |at: usize| !text.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric));
    let (at, name) =
        names.iter().find_map(|name| lower.find(name).filter(|at| whole(*at)).map(|at| (at, name)))?;
    let tail = text.get(at + name.len()..)?;
    let end = tail.find([')', '.', ';', '|', '·']).unwrap_or(tail.len());
    let owners = split(tail.get(..end)?);
    let after = tail.get(end..)?.trim_start_matches([')', '.', ';', ' ']);
    let head = text.get(..at)?.trim_end_matches(['(', ' ', ',', '-', '–', '—', '*']);
    let gap = if after.is_empty() || head.is_empty() { "" } else { " " };
    (owners.iter().all(|name| name.split_whitespace().count() <= 3))
        .then(|| (format!("{head}{gap}{after}"), owners))
}

/// `… (@ann)`, `… (Ann)`, `… (@ann, @bo)`, `… [@ann]`.
fn bracketed(text: &str, config: &SiteConfig) -> Taken {
    let head = text.trim_end_matches(['.', ' ']);
    let square = head.ends_with(']');
    let inner_end = head.strip_suffix([')', ']'])?;
    let at = inner_end.rfind(if square { '[' } else { '(' })?;
    let inner = inner_end.get(at + 1..)?;
    let parts = || inner.split([',', ' ', '/']).filter(|part| !part.is_empty());
    let handles = parts().all(|part| part.starts_with('@'));
    // `(ask @nils)`: few words around one handle.
    let one: Vec<&str> = parts().filter(|part| part.starts_with('@') && part.len() > 2).collect();
    if let [handle] = one.as_slice()
        && !handles
        && parts().count() <= 3
    {
        return Some((text.to_owned(), split(handle)));
    }
    // `(Ann to follow up)`, `(Bo call for a meeting)`: who, and what they do about it.
    if let Some((name, deed)) = inner.split_once(' ')
        && ["will", "to", "call", "calls"].contains(&deed.split(' ').next().unwrap_or_default())
        && is_name(name, config)
        && !DEEDS.contains(&name.to_lowercase().as_str())
        && deed.split(' ').nth(1).is_some_and(|verb| verb.starts_with(char::is_lowercase))
    {
        return Some((text.to_owned(), split(name)));
    }
    let is_part = |name: &String| PARTS.contains(&name.as_str());
    let fits = handles || split(inner).iter().all(|name| is_name(name, config) && !is_part(name));
    fits.then(|| {
        (inner_end.get(..at).unwrap_or_default().trim_end().to_owned(), split(&inner.replace(" @", ",@")))
    })
}

/// Capitals that name a part of a system, before an item or in brackets behind it, and nobody who does it.
const PARTS: [&str; 40] = [
    "API", "UI", "CLI", "DB", "CI", "CD", "DNS", "SDK", "AWS", "GCP", "CDN", "HTTP", "SSL", "TLS", "TTL",
    "URL", "RPC", "CPU", "RAM", "OOM", "SLO", "SLA", "VM", "VPC", "IAM", "JWT", "SSO", "NAT", "TCP", "UDP",
    "SQL", "JSON", "YAML", "RDS", "PVC", "HPA", "EKS", "GKE", "PDF", "SSH",
];

/// `[Ann] write it`, `[ICL] publish it`, `(@ann) write it`.
fn in_front(text: &str, config: &SiteConfig) -> Taken {
    let round = text.strip_prefix('(').and_then(|inner| inner.split_once(')'));
    let round = round.filter(|(inner, _)| inner.split([',', ' ', '/']).all(|part| part.starts_with('@')));
    let (inner, rest) = round.or_else(|| text.strip_prefix('[')?.split_once(']'))?;
    let owners = split(&inner.replace(" @", ",@"));
    if rest.starts_with(' ')
        && inner.split([',', ' ', '/']).all(|part| part.is_empty() || part.starts_with('@'))
    {
        return Some((rest.trim().to_owned(), owners));
    }
    let topic = |word: &str| TOPICS.contains(&word.to_lowercase().as_str()) || PARTS.contains(&word);
    let named = owners.iter().all(|name| is_name(name, config) && !name.split_whitespace().any(topic));
    let fits = named && kind_of(inner).is_none() && rest.starts_with(' ') && rest.len() > 1;
    fits.then(|| (rest.trim().to_owned(), owners))
}

/// `Ann: write it`, `Ann + Bo: write it`: the names and the rest. One item alone may as well begin with its topic.
pub(super) fn head<'t>(text: &'t str, config: &SiteConfig) -> Option<(Vec<String>, &'t str)> {
    let (names, rest) = text.split_once(": ")?;
    let topic = |word: &str| TOPICS.contains(&word.to_lowercase().as_str()) || PARTS.contains(&word);
    let owners = split(&names.replace('+', ","));
    let named = owners.iter().all(|name| is_name(name, config) && !name.split_whitespace().any(topic));
    (named && !owners.is_empty() && kind_of(names).is_none()).then(|| (owners, rest.trim()))
}

/// `write it — Ann`, `write it - Ann, Bo`: the rest and the names. One item alone may as well end in what it is about.
pub(super) fn tail<'t>(text: &'t str, config: &SiteConfig) -> Option<(&'t str, Vec<String>)> {
    let text = text.trim_end_matches(['.', ' ']);
    let dashed = [" — ", " – ", " - "].iter().find_map(|dash| text.rsplit_once(dash));
    let (rest, names) = dashed?;
    let topic = |word: &str| TOPICS.contains(&word.to_lowercase().as_str()) || PARTS.contains(&word);
    let owners = split(&names.replace('+', ","));
    let named = owners.iter().all(|name| is_name(name, config) && !name.split_whitespace().any(topic));
    (named && !owners.is_empty() && kind_of(names).is_none()).then(|| (rest.trim_end(), owners))
}

/// `@ann: write it`, `me — write it`, `@ann write it`; `**Ann**: write it` is a label and read elsewhere.
fn at_the_start(text: &str, _: &SiteConfig) -> Taken {
    let named = |head: &str| {
        let parts: Vec<&str> =
            head.split([',', ' ', '/', '&']).filter(|part| !part.is_empty() && *part != "and").collect();
        let handles = !parts.is_empty() && parts.iter().all(|part| part.starts_with('@'));
        let own = ["me", "myself"].contains(&head.trim().to_lowercase().as_str());
        (handles || own).then(|| split(&parts.join(",")))
    };
    let marked = text.split_once([':', '–', '—']).or_else(|| text.split_once(" - "));
    if let Some((head, rest)) = marked
        && let Some(owners) = named(head)
    {
        return Some((rest.trim().to_owned(), owners));
    }
    // The sentence whose subject is the handle stays whole.
    let end =
        text.split(' ').take_while(|word| word.starts_with('@')).map(|word| word.len() + 1).sum::<usize>();
    let (head, rest) = (text.get(..end)?.trim_end(), text.get(end..)?.trim());
    let next = rest.split_whitespace().next()?;
    (!TURNS.contains(&next) && next != "and")
        .then(|| named(head))
        .flatten()
        .map(|owners| (rest.to_owned(), owners))
}

/// `write it - @ann`, `write it @ann @bo`, `write it → Ann`.
fn at_the_end(text: &str, config: &SiteConfig) -> Taken {
    let trimmed = text.trim_end_matches(['.', ' ']);
    if let Some((head, name)) = trimmed.rsplit_once('→').filter(|(_, name)| is_name(name.trim(), config)) {
        return Some((head.trim_end().to_owned(), split(name)));
    }
    let plain = |word: &str| {
        let handle = word.strip_prefix('@').unwrap_or_default().trim_end_matches(',');
        !handle.is_empty() && handle.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    let handles: Vec<&str> = trimmed.rsplit(' ').take_while(|word| plain(word)).collect();
    let length = handles.iter().map(|word| word.len() + 1).sum::<usize>();
    let head = trimmed.get(..trimmed.len().checked_sub(length)?)?;
    let loose =
        !["with", "by", "to", "from", "for", "and", "as"].contains(&head.split_whitespace().next_back()?);
    let owners = split(&handles.into_iter().rev().collect::<Vec<_>>().join(","));
    (loose && !owners.is_empty())
        .then(|| (head.trim_end_matches([' ', '-', '–', '—', ':', ',']).to_owned(), owners))
}

/// `write it. Assigned to Ann`
fn assigned(text: &str, config: &SiteConfig) -> Taken {
    let (head, names) = ["Assigned to ", "assigned to ", "Owned by ", "owned by "]
        .iter()
        .find_map(|label| text.rsplit_once(label))?;
    let owners = split(names.trim_end_matches(['.', ')', ' ']));
    let named = owners.iter().all(|name| is_name(name, config));
    (named && !owners.is_empty() && !head.is_empty())
        .then(|| (head.trim_end_matches([' ', '(', '-', '–', '—', ',', '.']).to_owned(), owners))
}

/// `Storage team: write it`; before a colon other names may as well be topics.
fn of_team(text: &str, _: &SiteConfig) -> Taken {
    let (team, rest) = text.split_once(": ")?;
    (is_team(team) && team.split_whitespace().count() <= 4).then(|| (rest.trim().to_owned(), split(team)))
}

/// Whether words name a team by their last one: `Storage team`, `Search squad`.
pub(super) fn is_team(name: &str) -> bool {
    let mut words = name.trim().trim_end_matches(':').split_whitespace();
    let first = words.next().is_some_and(|word| word.starts_with(char::is_uppercase));
    let last = words.next_back().map(str::to_lowercase);
    first && last.is_some_and(|last| ["team", "squad", "guild", "crew"].contains(&last.as_str()))
}

/// Whether the title of a group is only a topic: `Prevent`, `Short term`, `Monitoring`.
pub(super) fn is_topic(title: &str) -> bool {
    const MORE: [&str; 36] = [
        "short", "long", "medium", "mid", "near", "term", "prevent", "detect", "mitigate", "respond", "now",
        "today", "tomorrow", "soon", "later", "next", "this", "week", "weeks", "month", "quarter", "sprint",
        "ongoing", "priority", "high", "low", "critical", "must", "should", "quick", "wins", "follow", "up",
        "p0", "p1", "p2",
    ];
    let mut words =
        title.split([' ', '-', '/', '&']).map(str::to_lowercase).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some()
        && words.all(|word| TOPICS.contains(&word.as_str()) || MORE.contains(&word.as_str()))
}

/// Words that end a subject.
const TURNS: [&str; 7] = ["to", "will", "should", "is", "are", "has", "have"];

/// What follows "is", "are", "has" and "have" where somebody is at it already.
const AT_IT: [&str; 8] =
    ["working", "planning", "placed", "scheduled", "started", "agreed", "committed", "begun"];

/// `@ann will …`, `Ann and Bo to write …`, `K Sweeney will create …`, `Storage engineers are working on …`: the sentence
/// stays whole.
fn subject(text: &str, config: &SiteConfig) -> Vec<String> {
    let all: Vec<&str> = text.split_whitespace().take(200).collect();
    let handle = all.windows(2).find(|pair| matches!(pair, [who, "will"] if who.starts_with('@')));
    if let Some([who, _]) = handle {
        return split(who);
    }
    let words: Vec<&str> = text.split_whitespace().take(8).collect();
    let Some(turn) = words.iter().position(|word| TURNS.contains(word)) else {
        return Vec::new();
    };
    let (subject, verb) = (words.get(..turn).unwrap_or_default(), words.get(turn));
    let next = words.get(turn + 1).map(|word| word.to_lowercase()).unwrap_or_default();
    let owners = split(&subject.join(" "));
    let handles = !subject.is_empty() && subject.iter().all(|word| word.starts_with('@') || *word == "and");
    let known = owners.iter().all(|name| is_name(name, config)) && (1..=5).contains(&subject.len());
    let deed = match verb {
        Some(&"to") => {
            let at_it = DEEDS.contains(&next.as_str()) && (owners.len() > 1 || subject.len() <= 2);
            at_it || matches!(subject, [first] if is_first_name(first, config))
        }
        Some(&"will") => true,
        Some(&"is" | &"are" | &"has" | &"have") => AT_IT.contains(&next.as_str()),
        _ => false,
    };
    let verbish = subject.first().is_some_and(|word| DEEDS.contains(&word.to_lowercase().as_str()));
    if (handles && verb.is_some_and(|verb| ["to", "will", "should"].contains(verb)))
        || (known && deed && !verbish)
    {
        owners
    } else {
        Vec::new()
    }
}

/// Whether somebody of the site is called so by colleagues.
fn is_first_name(word: &str, config: &SiteConfig) -> bool {
    let mut names = config.people.values().filter_map(|person| person.name.as_deref());
    names.any(|name| name.split_whitespace().next() == Some(word))
}

/// Whether words look like a person's or a team's name.
pub(super) fn is_name(name: &str, config: &SiteConfig) -> bool {
    let bare = name.trim_start_matches('@');
    if config.people.iter().any(|(handle, person)| handle == bare || person.name.as_deref() == Some(bare)) {
        return true;
    }
    let words: Vec<&str> = bare.split_whitespace().collect();
    let capital = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '.'))
    };
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let common =
        lower.iter().any(|word| NO_NAMES.contains(&word.as_str()) || NO_SUBJECTS.contains(&word.as_str()));
    // `Storage team`, `Service desk manager`: the last word says that it is somebody.
    let role = matches!(
        lower.last().map(String::as_str),
        Some("team" | "squad" | "group" | "manager" | "lead" | "engineer" | "engineers" | "on-call")
    );
    let named = words.iter().all(capital) && words.len() <= 3
        || role && words.first().is_some_and(capital) && words.len() <= 4;
    !words.is_empty() && named && !common
}

/// Endings of words that name a piece of work, not a person: `**Automated Certificate Renewal**`.
const WORK: [&str; 12] = [
    "tion", "tions", "ment", "ments", "ance", "ility", "ness", "renewal", "review", "reviews", "tasks",
    "fixes",
];

/// Whether a bold line above a list names its owner: `**Alex**`, `**AC/AFC**`, `**GE (/RK supporting)**`. A line that is
/// not `bold` does only with a handle, or with the name of somebody the site knows.
pub(super) fn of_group(title: &str, bold: bool, config: &SiteConfig) -> Vec<String> {
    let plain = title.split('(').next().unwrap_or_default().trim().trim_end_matches(':');
    if is_topic(plain) {
        return Vec::new();
    }
    let owners = split(plain);
    let topic = |name: &String| {
        if is_team(name) {
            return false;
        }
        let work = |word: &str| WORK.iter().any(|end| word.ends_with(end));
        let mut words = name.split_whitespace().map(str::to_lowercase);
        words.any(|word| TOPICS.contains(&word.as_str()) || work(&word)) || kind_of(name).is_some()
    };
    let known = |name: &str| {
        config.people.iter().any(|(handle, one)| handle == name || one.name.as_deref() == Some(name))
    };
    let said = plain.split_whitespace().all(|word| word.starts_with('@'));
    if !bold && !said && !owners.iter().all(|name| known(name)) {
        return Vec::new();
    }
    let fits = !owners.is_empty() && owners.iter().all(|name| is_name(name, config) && !topic(name));
    if fits && plain.split_whitespace().count() <= 4 { owners } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_are_read_in_every_notation() {
        for (written, text, owners) in [
            ("Write it (@ann)", "Write it", vec!["ann"]),
            ("Write it (Ann)", "Write it", vec!["Ann"]),
            ("Write it (Storage team)", "Write it", vec!["Storage team"]),
            ("[Ann] Write it", "Write it", vec!["Ann"]),
            ("[API] Write it", "[API] Write it", vec![]),
            ("[Monitoring] Write it", "[Monitoring] Write it", vec![]),
            ("Write it (ask @nils)", "Write it (ask @nils)", vec!["nils"]),
            ("Talk it over (Ann call for meeting)", "Talk it over (Ann call for meeting)", vec!["Ann"]),
            ("me — write it — done", "write it — done", vec!["me"]),
            (
                "Storage engineers are working on it",
                "Storage engineers are working on it",
                vec!["Storage engineers"],
            ),
            ("Alerts are working as they should", "Alerts are working as they should", vec![]),
            ("Add tests. Owner: @bo", "Add tests.", vec!["bo"]),
            ("@ann: write it", "write it", vec!["ann"]),
            ("Write it - @ann", "Write it", vec!["ann"]),
            ("@ann will write it", "@ann will write it", vec!["ann"]),
            ("Ed and Caroline to write it", "Ed and Caroline to write it", vec!["Ed", "Caroline"]),
            ("K Sweeney will create a ticket", "K Sweeney will create a ticket", vec!["K Sweeney"]),
            ("Mara to lower the limit", "Mara to lower the limit", vec!["Mara"]),
            ("Lamp to coordinate the walk on Friday", "Lamp to coordinate the walk on Friday", vec!["Lamp"]),
            ("Test that a lamp goes out in time (TTL)", "Test that a lamp goes out in time (TTL)", vec![]),
            (
                "A new lamp is planned (Upgrade to Lamp 17)",
                "A new lamp is planned (Upgrade to Lamp 17)",
                vec![],
            ),
            ("Need to add alerts", "Need to add alerts", vec![]),
            ("Add monitoring to the hub", "Add monitoring to the hub", vec![]),
            ("Write it (issue)", "Write it (issue)", vec![]),
            ("@ann write it", "write it", vec!["ann"]),
            ("@ann, @bo write it", "write it", vec!["ann", "bo"]),
            ("(@ann) write it", "write it", vec!["ann"]),
            ("[@ann @bo] write it", "write it", vec!["ann", "bo"]),
            ("Write it @ann @bo", "Write it", vec!["ann", "bo"]),
            ("Write it [@ann]", "Write it", vec!["ann"]),
            ("Write it → Ann", "Write it", vec!["Ann"]),
            ("Write it (DRI: Ann)", "Write it", vec!["Ann"]),
            ("Write it. Assigned to Ann.", "Write it", vec!["Ann"]),
            ("Storage team: write it", "write it", vec!["Storage team"]),
            ("Write it with @ann", "Write it with @ann", vec![]),
        ] {
            let mut left = written.to_owned();
            let found = take(&mut left, &SiteConfig::default());
            assert_eq!(
                (left.as_str(), found),
                (text, owners.into_iter().map(str::to_owned).collect()),
                "{written}"
            );
        }
    }
}
