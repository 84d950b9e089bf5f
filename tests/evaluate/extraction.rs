//! Reads the labelled files as kb does and holds what it understood against the labels.

use crate::compare;
use crate::labels::{self, Action, Expected, Timeline, Title};
use crate::score::{self, Row, Tally};
use kb::config::SiteConfig;
use kb::corpus::{Corpus, Edition, Published, publish};
use kb::diag::Source;
use kb::model::{ActionItem, Audience, Incident, Milestone, SectionKind};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Prints the table and returns it.
pub fn run(folder: &Path, further: &[PathBuf], misses: usize) -> BTreeMap<String, Row> {
    let mut wanted = Vec::new();
    let gold = folder.join("gold.json");
    if gold.exists() {
        wanted.extend(labels::read(&gold));
    }
    wanted.extend(further.iter().flat_map(|path| labels::read(path)));
    let edition = edition(folder);
    let found: BTreeMap<&str, &Published> =
        edition.incidents.iter().chain(&edition.pages).map(|one| (&*one.incident.path, one)).collect();
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    let mut told: Vec<(usize, String)> = Vec::new();
    for expected in &wanted {
        let Some(published) = found.get(expected.path.as_str()) else {
            println!("not read: {}", expected.path);
            continue;
        };
        let (row, misses) = judge(expected, published, &edition);
        let collection = expected.path.split('/').next().unwrap_or_default().to_owned();
        for name in [collection, "all".to_owned()] {
            let sum = rows.entry(name).or_default();
            for (question, tally) in &row {
                sum.entry(question).or_default().add(*tally);
            }
        }
        let cost = row.values().map(|tally| tally.wrong()).sum();
        told.push((cost, format!("{}\n    {}", expected.path, misses.join("\n    "))));
    }
    score::print(&rows);
    told.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (cost, text) in told.iter().filter(|(cost, _)| *cost > 0).take(misses) {
        println!("\n{cost} wrong in {text}");
    }
    rows
}

/// All postmortems of a folder, so that references can resolve.
pub fn edition(folder: &Path) -> Edition {
    let config = SiteConfig::default();
    let options = kb::parse::ParseOptions::new(&config);
    let mut drafts = Vec::new();
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    for file in files.filter(|file| file.path().extension().is_some_and(|end| end == "md")) {
        let Ok(text) = std::fs::read_to_string(file.path()) else {
            continue;
        };
        let path = file.path().strip_prefix(folder).unwrap_or(file.path()).to_string_lossy().into_owned();
        let source = Source::new(path, text.trim_start_matches('\u{feff}'));
        drafts.push(kb::parse::postmortem(&source, &options).value);
    }
    publish(&Corpus::gather(drafts, Vec::new(), &config).value, Audience::Internal, &config, true)
}

fn judge(expected: &Expected, published: &Published, edition: &Edition) -> (Row, Vec<String>) {
    let incident = &published.incident;
    let mut row = Row::new();
    let mut misses = Vec::new();
    let mut one = |question: &'static str, right: bool, given: String| {
        row.entry(question).or_default().add(Tally {
            right: usize::from(right),
            missed: usize::from(!right),
            invented: 0,
        });
        if !right {
            misses.push(format!("{question}: {given}"));
        }
    };
    one("title", title(&expected.title, &incident.title), incident.title.clone());
    let date = incident.date.as_ref().map(|dated| dated.date.to_string());
    one("date", compare::time(date.as_deref(), &expected.date), format!("{date:?} for {:?}", expected.date));
    for (place, milestone) in
        [Milestone::Started, Milestone::Detected, Milestone::Resolved].into_iter().enumerate()
    {
        let given = incident.clock.get(milestone).map(|point| point.at.rfc3339());
        let right = &expected.clock[place];
        let told = right.iter().any(Option::is_some);
        let fine = compare::time(given.as_deref(), right);
        let question =
            if told && (given.is_some() || !right.contains(&None)) { "clock" } else { "clock-false" };
        one(question, fine, format!("{} {given:?} for {right:?}", milestone.word()));
    }
    timeline(&expected.timeline, incident, &mut row, &mut misses);
    actions(expected, &incident.actions, &mut row, &mut misses);
    sections(expected, incident, &mut row, &mut misses);
    references(expected, published, edition, &mut row, &mut misses);
    row.entry("files").or_default().right += 1;
    (row, misses)
}

fn title(wanted: &Title, given: &str) -> bool {
    let given = given.split_whitespace().collect::<Vec<_>>().join(" ");
    match wanted {
        Title::Text(texts) => texts.iter().any(|text| text.trim() == given),
        Title::Sha256(hashes) => hashes.contains(&sha256(&given)),
        Title::FileName(hashes) => {
            let mut letters = given.chars();
            let small: String =
                letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
            hashes.contains(&sha256(&given)) || hashes.contains(&sha256(&small))
        }
    }
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |all, byte| format!("{all}{byte:02x}"))
}

fn timeline(wanted: &Timeline, incident: &Incident, row: &mut Row, misses: &mut Vec<String>) {
    let given = &incident.timeline;
    let tally = row.entry("timeline").or_default();
    match wanted {
        Timeline::Count(count) => {
            let right = given.len().min(*count);
            tally.add(Tally { right, missed: count - right, invented: given.len() - right });
            if given.len() != *count {
                misses.push(format!("timeline: {} entries for {count}", given.len()));
            }
        }
        Timeline::Lines { wanted, optional } => {
            let lines: BTreeSet<u64> = given.iter().map(|entry| u64::from(entry.line)).collect();
            let known: BTreeSet<u64> = wanted.iter().map(|(line, _)| *line).collect();
            let missed: Vec<_> = known.difference(&lines).collect();
            let invented: Vec<_> = lines.difference(&known).filter(|line| !optional.contains(line)).collect();
            tally.add(Tally {
                right: known.len() - missed.len(),
                missed: missed.len(),
                invented: invented.len(),
            });
            if !(missed.is_empty() && invented.is_empty()) {
                misses.push(format!("timeline: lines missed {missed:?}, invented {invented:?}"));
            }
            for (line, right) in wanted.iter().filter(|(line, _)| lines.contains(line)) {
                let at = given
                    .iter()
                    .find(|entry| u64::from(entry.line) == *line)
                    .and_then(|entry| entry.at.as_ref());
                let at = at.map(kb::model::Moment::rfc3339);
                let fine = compare::time(at.as_deref(), right);
                let tally = Tally { right: usize::from(fine), missed: usize::from(!fine), invented: 0 };
                row.entry("entry-time").or_default().add(tally);
                if !fine {
                    misses.push(format!("entry-time: line {line} {at:?} for {right:?}"));
                }
            }
        }
    }
}

fn actions(expected: &Expected, given: &[ActionItem], row: &mut Row, misses: &mut Vec<String>) {
    let matches = |wanted: &Action, item: &ActionItem| match wanted.line {
        Some(line) => line == u64::from(item.line),
        None => compare::alike(&wanted.text, &item.text),
    };
    let mut used = BTreeSet::new();
    let mut tally = Tally::default();
    for wanted in &expected.actions {
        let hit =
            given.iter().enumerate().find(|(place, item)| !used.contains(place) && matches(wanted, item));
        let Some((place, item)) = hit else {
            tally.missed += 1;
            misses.push(format!("actions: missed {} {}", wanted.line.unwrap_or(0), wanted.text));
            continue;
        };
        used.insert(place);
        tally.right += 1;
        details(wanted, item, row, misses);
    }
    for (place, item) in given.iter().enumerate().filter(|(place, _)| !used.contains(place)) {
        if !expected.actions_optional.iter().any(|optional| matches(optional, item)) {
            tally.invented += 1;
            misses.push(format!("actions: invented {} {place}: {}", item.line, item.text));
        }
    }
    row.entry("actions").or_default().add(tally);
}

fn details(wanted: &Action, item: &ActionItem, row: &mut Row, misses: &mut Vec<String>) {
    let given: Vec<String> =
        item.tickets.iter().map(|ticket| ticket.url.clone().unwrap_or_else(|| ticket.id.clone())).collect();
    let owners = wanted
        .owners
        .as_deref()
        .is_none_or(|owners| compare::people(owners) == compare::people(&item.owners));
    let tickets = wanted.tickets.iter().any(|right| compare::tickets(right) == compare::tickets(&given));
    let state = wanted.states.iter().any(|state| state == item.state.word());
    for (question, fine, said) in [
        ("owner", owners, format!("{:?} for {:?}", item.owners, wanted.owners)),
        ("ticket", tickets, format!("{given:?} for {:?}", wanted.tickets)),
        ("state", state, format!("{} ({}) for {:?}", item.state.word(), item.state_from.from, wanted.states)),
    ] {
        row.entry(question).or_default().add(Tally {
            right: usize::from(fine),
            missed: usize::from(!fine),
            invented: 0,
        });
        if !fine {
            misses.push(format!("{question}: line {} {said}", item.line));
        }
    }
}

fn sections(expected: &Expected, incident: &Incident, row: &mut Row, misses: &mut Vec<String>) {
    let word = |kind: SectionKind| {
        if expected.coarse { coarse(kind) } else { kind.word() }
    };
    // Labels say nothing of who took part, figures and the like.
    let asked = |kind: &&str| !matches!(*kind, "about" | "people" | "stats");
    let kinds = incident.sections.iter().flat_map(|section| [section.kind, section.also]);
    let given: BTreeSet<&str> = kinds.flatten().map(word).filter(asked).collect();
    let wanted: BTreeSet<&str> = expected.sections.iter().map(String::as_str).filter(asked).collect();
    let optional = |kind: &&&str| !expected.sections_optional.iter().any(|one| one == **kind);
    let missed: Vec<_> = wanted.difference(&given).collect();
    let invented: Vec<_> = given.difference(&wanted).filter(|kind| optional(kind)).collect();
    row.entry("sections").or_default().add(Tally {
        right: wanted.len() - missed.len(),
        missed: missed.len(),
        invented: invented.len(),
    });
    if !(missed.is_empty() && invented.is_empty()) {
        misses.push(format!("sections: missed {missed:?}, invented {invented:?}"));
    }
}

/// The older labels' word for a kind; people and statistics are not asked.
fn coarse(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::RootCause | SectionKind::Trigger | SectionKind::ContributingFactors => "root_cause",
        SectionKind::Resolution | SectionKind::Response => "resolution",
        SectionKind::Whys => "five_whys",
        SectionKind::WentWell => "what_went_well",
        SectionKind::WentPoorly => "what_went_poorly",
        SectionKind::Actions => "action_items",
        SectionKind::Related | SectionKind::Appendix => "references",
        other => other.word(),
    }
}

fn references(
    expected: &Expected,
    published: &Published,
    edition: &Edition,
    row: &mut Row,
    misses: &mut Vec<String>,
) {
    let Some(wanted) = &expected.references else {
        return;
    };
    let wanted: BTreeSet<&str> = wanted.iter().filter_map(|(_, target)| target.as_deref()).collect();
    let given: BTreeSet<&str> = published
        .links
        .iter()
        .filter_map(|link| edition.incidents.get(link.to))
        .map(|other| &*other.incident.path)
        .collect();
    let right = wanted.intersection(&given).count();
    row.entry("references").or_default().add(Tally {
        right,
        missed: wanted.len() - right,
        invented: given.len() - right,
    });
    if right != wanted.len() || right != given.len() {
        misses.push(format!("references: {given:?} for {wanted:?}"));
    }
}
