//! How well earlier incidents are found: `evaluate recurrence FOLDER LABELS.json`.
//!
//! LABELS is a file of labelled families (FOLDER holds the collections it names) or the `--truth` of the generator
//! (FOLDER is the archive it was written with). Each collection is an archive of its own; candidates are earlier
//! reports only; borderline pairs are left out. Links that authors state play no part in the ranking.

use crate::baselines;
use kb::config::SiteConfig;
use kb::corpus::{Corpus, Edition, publish};
use kb::diag::Source;
use kb::model::Audience;
use kb::recur::{Recurrences, Relatives};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What readers know of one collection.
#[derive(Default)]
struct Labels {
    name: String,
    /// Family by path, or by the beginning of the file name.
    families: BTreeMap<String, String>,
    /// Reports that are neither alone nor in a family: announcements, series.
    aside: BTreeSet<String>,
    looks_like: BTreeSet<(String, String)>,
    borderline: BTreeSet<(String, String)>,
    /// The reports that were read by people; all where empty.
    reports: BTreeSet<String>,
}

/// One report that has, or has not, an earlier relative.
struct Asked {
    number: usize,
    relevant: BTreeSet<usize>,
    ignored: BTreeSet<usize>,
    looks_like: BTreeSet<usize>,
    /// No relative at all, not even one that only looks so.
    alone: bool,
    single: bool,
}

/// What one collection gave.
struct Outcome {
    name: String,
    /// Best likeness of each report without relatives.
    alone: Vec<f32>,
    /// Best likeness of a right answer among the first three of each recurrence; 0 where there is none.
    right: Vec<f32>,
    /// Recall@1, @3, @5, MRR, then [`suggestions`].
    quality: [f64; 7],
}

/// Prints all tables.
/// Returns recall@1, @3, @5 and MRR of each collection by its name, then how many recurrences get a right suggestion, how many
/// reports without relatives get none, and how many suggestions say why; all as shares.
pub fn run(folder: &Path, labels: &Path) -> BTreeMap<String, [f64; 7]> {
    let text = std::fs::read_to_string(labels).expect("the labels can be read");
    let labels: Value = serde_json::from_str(&text).expect("the labels are JSON");
    let collections = match labels.get("collections").and_then(Value::as_object) {
        Some(all) => all.iter().map(|(name, one)| by_hand(name, one)).collect(),
        None => vec![of_generator(&labels)],
    };
    let several = collections.len() > 1;
    let outcomes: Vec<Outcome> = collections.iter().map(|one| collection(folder, one, several)).collect();
    if several {
        left_out(&outcomes);
    }
    outcomes.into_iter().map(|one| (one.name, one.quality)).collect()
}

fn collection(folder: &Path, labels: &Labels, several: bool) -> Outcome {
    let edition = edition(&folder.join(&labels.name), labels);
    let relatives = Relatives::of(&edition, &SiteConfig::default());
    let asked = asked(&edition, labels);
    let again = asked.iter().filter(|one| !one.relevant.is_empty()).count();
    let dated = edition.incidents.iter().filter(|one| one.incident.date.is_some()).count();
    println!(
        "\n{}: {} reports ({dated} dated), {again} recurrences, {} without relatives",
        if labels.name.is_empty() { "generated" } else { &labels.name },
        edition.incidents.len(),
        asked.iter().filter(|one| one.single).count(),
    );
    println!("{:30} recall@1     @3     @5    MRR", "");
    let kb = |number: usize| relatives.ranking(number).into_iter().map(|(other, _)| other).collect();
    let reached = quality("kb", &asked, kb);
    for (name, baseline) in baselines::all(&edition) {
        quality(name, &asked, baseline);
    }
    let [first, third, fifth, rank] = reached;
    let [answered, silent, reasoned] = suggestions(&asked, &edition);
    // The scores are for choosing thresholds on other collections.
    let scored = if several { &asked[..] } else { &[] };
    outcome(labels, scored, &relatives, [first, third, fifth, rank, answered, silent, reasoned])
}

/// Prints how high the right answers stand. Of large archives every so many reports are asked, 200 in all:
/// baselines are slow.
fn quality(name: &str, asked: &[Asked], ranking: impl Fn(usize) -> Vec<usize>) -> [f64; 4] {
    let (mut found, mut reciprocal, mut total) = ([0_u32; 3], 0.0, 0_u32);
    let again: Vec<&Asked> = asked.iter().filter(|one| !one.relevant.is_empty()).collect();
    for one in again.iter().step_by(again.len().div_ceil(200).max(1)) {
        total += 1;
        let mut ranking = ranking(one.number);
        ranking.retain(|other| !one.ignored.contains(other));
        if let Some(place) = ranking.iter().position(|other| one.relevant.contains(other)) {
            reciprocal += 1.0 / (place + 1) as f64;
            for (count, within) in found.iter_mut().zip([1, 3, 5]) {
                *count += u32::from(place < within);
            }
        }
    }
    let share = |count: u32| f64::from(count) / f64::from(total.max(1));
    let [first, third, fifth] = found.map(share);
    let rank = reciprocal / f64::from(total.max(1));
    println!("{name:30}    {first:5.2}  {third:5.2}  {fifth:5.2}  {rank:5.3}");
    [first, third, fifth, rank]
}

/// Prints what readers would see. Returns which share of recurrences gets a right one, which share of reports without
/// relatives gets none, and which share of suggestions says why.
fn suggestions(asked: &[Asked], edition: &Edition) -> [f64; 3] {
    let recurrences = Recurrences::of(edition, &SiteConfig::default());
    let (mut shown, mut reasoned, mut hit, mut again) = (0, 0, 0, 0);
    let (mut single, mut noisy, mut worth, mut alone, mut noisy_alone) = (0, 0, 0, 0, 0);
    let verbose = edition.incidents.len() < 200 && std::env::var_os("VERBOSE").is_some();
    for one in asked {
        let similar = recurrences.suggested_before(one.number);
        shown += similar.len();
        reasoned += similar.iter().filter(|one| !one.reasons.is_empty()).count();
        if !one.relevant.is_empty() {
            again += 1;
            hit += usize::from(similar.iter().any(|found| one.relevant.contains(&found.number)));
        }
        if one.single {
            single += 1;
            noisy += usize::from(!similar.is_empty());
            let looks = |found: &kb::recur::Similar| {
                one.looks_like.contains(&found.number) || one.ignored.contains(&found.number)
            };
            worth += usize::from(similar.iter().any(looks));
        }
        if one.alone {
            alone += 1;
            noisy_alone += usize::from(!similar.is_empty());
        }
        if verbose {
            tell(one, &similar, edition);
        }
    }
    println!("a right one is suggested for {hit} of {again} recurrences");
    println!("something is suggested for {noisy} of {single} reports without relatives");
    println!("  and for {noisy_alone} of the {alone} that do not even look like another");
    println!("  of those {noisy}, {worth} are shown one that looks the same, or may be, as readers say");
    println!("{reasoned} of {shown} suggestions say why");
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    [share(hit, again), 1.0 - share(noisy, single), if shown == 0 { 1.0 } else { share(reasoned, shown) }]
}

fn tell(one: &Asked, similar: &[kb::recur::Similar], edition: &Edition) {
    let path = |number: usize| {
        let path = &*edition.incidents[number].incident.path;
        path.rsplit('/').next().unwrap_or(path).chars().take(60).collect::<String>()
    };
    let kind = if one.single { "single" } else { "member" };
    println!("  {kind} {} (of {})", path(one.number), one.relevant.len());
    for found in similar {
        let right = if one.relevant.contains(&found.number) { "+" } else { "-" };
        let (score, number) = (found.score, path(found.number));
        println!("    {right} {score:.3} {:?}/{:?} {number}", found.looks(), found.cause());
        for reason in &found.reasons {
            println!("        {reason}");
        }
    }
}

fn outcome(labels: &Labels, asked: &[Asked], relatives: &Relatives, quality: [f64; 7]) -> Outcome {
    let first = |one: &Asked| relatives.ranking(one.number).first().map_or(0.0, |(_, score)| *score);
    let right = |one: &Asked| {
        let mut ranking = relatives.ranking(one.number);
        ranking.retain(|(other, _)| !one.ignored.contains(other));
        let three = ranking.into_iter().take(3);
        three.filter(|(other, _)| one.relevant.contains(other)).map(|(_, score)| score).fold(0.0, f32::max)
    };
    Outcome {
        quality,
        name: if labels.name.is_empty() { "generated".into() } else { labels.name.clone() },
        alone: asked.iter().filter(|one| one.alone).map(first).collect(),
        right: asked.iter().filter(|one| !one.relevant.is_empty()).map(right).collect(),
    }
}

/// Whether the threshold serves collections it was not chosen on: for each, the one that keeps four of five of the
/// others' loners silent.
fn left_out(outcomes: &[Outcome]) {
    println!("\nthe threshold chosen on the other collections, applied to the one left out");
    for one in outcomes {
        let others = outcomes.iter().filter(|other| other.name != one.name);
        let mut scores: Vec<f32> = others.flat_map(|other| other.alone.iter().copied()).collect();
        scores.sort_by(f32::total_cmp);
        let threshold = scores.get(scores.len() * 4 / 5).copied().unwrap_or(0.0);
        let above = |scores: &[f32]| scores.iter().filter(|score| **score > threshold).count();
        println!(
            "{:40} {threshold:.3}: {} of {} recurrences answered, {} of {} loners not silent",
            one.name,
            above(&one.right),
            one.right.len(),
            above(&one.alone),
            one.alone.len()
        );
    }
}

/// What is to be asked, with the right answers.
fn asked(edition: &Edition, labels: &Labels) -> Vec<Asked> {
    let keys: Vec<String> = edition.incidents.iter().map(|one| labels.key(&one.incident.path)).collect();
    let mut members: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (number, key) in keys.iter().enumerate() {
        if let Some(family) = labels.families.get(key) {
            members.entry(family).or_default().insert(number);
        }
    }
    let paired = |pairs: &BTreeSet<(String, String)>, number: usize| {
        let with = |(one, other): &(String, String)| match &keys[number] {
            key if key == one => keys.iter().position(|key| key == other),
            key if key == other => keys.iter().position(|key| key == one),
            _ => None,
        };
        pairs.iter().filter_map(with).filter(|other| *other < number).collect::<BTreeSet<usize>>()
    };
    let numbers = (0..keys.len()).filter(|number| !labels.aside.contains(&keys[*number]));
    let asked = numbers.map(|number| {
        let family = labels.families.get(&keys[number]).and_then(|family| members.get(family.as_str()));
        let relevant = family.into_iter().flat_map(|all| all.range(..number)).copied().collect();
        let (ignored, looks_like) = (paired(&labels.borderline, number), paired(&labels.looks_like, number));
        Asked {
            number,
            alone: family.is_none() && looks_like.is_empty() && ignored.is_empty(),
            single: family.is_none(),
            relevant,
            ignored,
            looks_like,
        }
    });
    asked.collect()
}

impl Labels {
    /// How this collection names a report: by path, or by the id its file name begins with.
    fn key(&self, path: &str) -> String {
        let full = if self.name.is_empty() { path.to_owned() } else { format!("{}/{path}", self.name) };
        let name = path.rsplit('/').next().unwrap_or(path);
        let id = name.split(' ').next().unwrap_or(name);
        if self.families.contains_key(id) { id.to_owned() } else { full }
    }
}

fn by_hand(name: &str, of: &Value) -> Labels {
    let list = |key: &str| of[key].as_array().cloned().unwrap_or_default();
    let pairs = |key: &str| list(key).iter().map(|pair| (word(&pair[0]), word(&pair[1]))).collect();
    let mut labels = Labels {
        name: name.to_owned(),
        looks_like: pairs("looks_like"),
        borderline: pairs("borderline"),
        aside: list("planned").iter().map(word).collect(),
        ..Labels::default()
    };
    labels.reports.extend(of["dates"].as_object().into_iter().flatten().map(|(path, _)| path.clone()));
    for series in list("series") {
        labels.aside.extend(series["members"].as_array().into_iter().flatten().map(word));
    }
    for family in list("families") {
        for member in family["members"].as_array().into_iter().flatten() {
            labels.families.insert(word(member), word(&family["name"]));
        }
    }
    labels
}

fn of_generator(truth: &Value) -> Labels {
    let mut labels = Labels::default();
    for (path, one) in truth.as_object().into_iter().flatten() {
        let family = word(&one["family"]);
        if !family.starts_with("one-off-") {
            labels.families.insert(path.clone(), family);
        }
    }
    labels
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn edition(folder: &Path, labels: &Labels) -> Edition {
    let config = SiteConfig::default();
    let options = kb::parse::ParseOptions::new(&config);
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let drafts = files
        .filter(|file| file.file_type().is_file())
        .filter(|file| file.path().extension().is_none_or(|end| end == "md" || end.len() > 4))
        .filter_map(|file| {
            let text = std::fs::read_to_string(file.path()).ok()?;
            let path = file.path().strip_prefix(folder).unwrap_or(file.path()).to_string_lossy().into_owned();
            if !labels.reports.is_empty() && !labels.reports.contains(&format!("{}/{path}", labels.name)) {
                return None;
            }
            let source = Source::new(path, text.trim_start_matches('\u{feff}'));
            Some(kb::parse::postmortem(&source, &options).value)
        })
        .collect();
    publish(&Corpus::gather(drafts, Vec::new(), &config).value, Audience::Internal, &config, true)
}
