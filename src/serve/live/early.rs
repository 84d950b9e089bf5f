//! Pages of a large archive before all of it is read: the latest reports and, as soon as somebody asks for it, any other.
//!
//! What lists, counts or compares all documents has to wait for all of them; what one report says has not. So a few are read
//! alone, go through the same gate and are rendered by the same theme, with nothing related or counted. Which of them are the
//! latest is guessed from dates in names and front matter: that decides what is read first, never what is said.

use super::super::{Answer, media_type};
use super::shop::Shop;
use super::{PreviewOptions, Stages};
use crate::corpus::{name_by_path, publish, settings_for, slugify};
use crate::diag::{Source, has_errors};
use crate::model::Audience;
use crate::pipeline::{Excerpt, Given, Images, Parts, Project};
use crate::recur::Recurrences;
use crate::theme::Theme;
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Smaller archives are read whole in a moment.
const LARGE: usize = 500;
/// So many reports are read first.
const LATEST: usize = 24;
/// Most reports that are kept besides, each read when it was asked for.
const KEPT: usize = 64;
/// So much of a text is looked at to guess what it is.
const HEAD: usize = 1_500;

/// What can be told of an archive while it is read.
pub(super) struct Early {
    alone: Alone,
    latest: Arc<Shop>,
    /// Reports that were asked for, by address; `None` where there is no such report, or it cannot be told alone.
    others: Mutex<HashMap<String, Option<Arc<Shop>>>>,
}

/// Reads a few documents of an archive alone, for those who see this preview.
struct Alone {
    excerpt: Excerpt,
    audience: Audience,
    drafts: bool,
    theme: Arc<Theme>,
    as_of: Date,
    folder: PathBuf,
}

impl Early {
    /// Reads the latest reports of `project`; `None` where all of them are read soon, or their pages cannot be shown.
    pub(super) fn of(
        project: &Project,
        theme: &Arc<Theme>,
        options: &PreviewOptions,
        as_of: Date,
        stages: &Stages,
    ) -> Option<Arc<Self>> {
        let alone = Alone {
            excerpt: Excerpt::of(project),
            audience: options.audience,
            drafts: options.drafts,
            theme: Arc::clone(theme),
            as_of,
            folder: project.folder.path().to_owned(),
        };
        if alone.excerpt.documents().len() < LARGE {
            return None;
        }
        let latest = stages.time("first page", || {
            let latest = alone.shop(&latest(alone.excerpt.documents()))?;
            // Made before it is asked for: templates are got ready by the first page.
            latest.bytes("index.html").map(|_| latest)
        })?;
        Some(Arc::new(Self { alone, latest, others: Mutex::default() }))
    }

    /// The page at `path`; `None` where it has to wait for all documents.
    pub(super) fn page(&self, path: &str) -> Option<Answer> {
        if self.latest.stands_alone(path) {
            return Some(self.latest.page(path));
        }
        let shop = self.asked_for(path)?;
        shop.stands_alone(path).then(|| shop.page(path))
    }

    /// What the pages that are there need: styles, scripts and attachments.
    pub(super) fn part(&self, path: &str) -> Option<Answer> {
        if self.latest.is_of_theme(path) {
            return Some(self.latest.page(path));
        }
        let asset = path.strip_prefix("files/")?;
        let others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        let mut shops = others.values().flatten().chain([&self.latest]);
        let there = shops.any(|shop| shop.has_asset(asset));
        there.then(|| {
            Answer::file(media_type(asset), self.alone.folder.clone(), self.alone.folder.join(asset))
        })
    }

    /// The one report that must be the one at `path`, read alone.
    fn asked_for(&self, path: &str) -> Option<Arc<Shop>> {
        let others = || self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = others().get(path) {
            return known.clone();
        }
        let number = wanted(self.alone.excerpt.documents(), path);
        let shop = number.and_then(|number| self.alone.shop(&[number]));
        let mut others = others();
        if others.len() >= KEPT {
            others.clear();
        }
        others.insert(path.to_owned(), shop.clone());
        shop
    }
}

impl Alone {
    /// The documents with these `numbers`; `None` where the theme has errors.
    fn shop(&self, numbers: &[usize]) -> Option<Arc<Shop>> {
        let settings = self.excerpt.config();
        let edition = Arc::new(publish(&self.excerpt.read(numbers), self.audience, settings, self.drafts));
        let config = settings_for(&edition, settings);
        let given = Given {
            sizes: Images::default().sizes(&edition, &self.folder),
            recurrences: Arc::new(Recurrences::unknown(&edition, &config)),
            edition,
            theme: Arc::clone(&self.theme),
            closings: Arc::default(),
            known: None,
            as_of: self.as_of,
        };
        let opened = Shop::open(Parts::alone(given, config), "/", None);
        (!has_errors(&opened.found)).then_some(opened.value)
    }
}

/// The numbers of the documents that seem to be the latest, in order. Such as share their name with another are left out:
/// what their addresses are only shows when all are read.
fn latest(documents: &[Source]) -> Vec<usize> {
    let mut names: HashMap<String, usize> = HashMap::new();
    for one in documents {
        *names.entry(slugify(name_by_path(&one.path))).or_default() += 1;
    }
    let alone = |one: &Source| names.get(&slugify(name_by_path(&one.path))) == Some(&1);
    let all = documents.iter().enumerate().filter(|(_, one)| alone(one));
    let mut dated: Vec<(&str, usize)> =
        all.filter_map(|(number, one)| Some((day(&one.path).or_else(|| day(head(one)))?, number))).collect();
    dated.sort_unstable_by(|a, b| b.cmp(a));
    let mut numbers: Vec<usize> = dated.into_iter().take(LATEST).map(|(_, number)| number).collect();
    numbers.sort_unstable();
    numbers
}

/// The one document that the page at `path` must show: named so by its file or its front matter, and no other is.
fn wanted(documents: &[Source], path: &str) -> Option<usize> {
    let name = path.strip_prefix("incidents/").or_else(|| path.strip_prefix("pages/"))?;
    let name = name.trim_end_matches('/').trim_end_matches("/index.html").trim_end_matches(".html");
    let is_it = |one: &Source| slugify(name_by_path(&one.path)) == name || says(one, name);
    let mut found = documents.iter().enumerate().filter(|(_, one)| is_it(one)).map(|(number, _)| number);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Whether the head of a text has a line that names it so.
fn says(one: &Source, name: &str) -> bool {
    head(one).lines().filter_map(|line| line.split_once(':')).any(|(key, value)| {
        matches!(key.trim(), "id" | "slug") && slugify(value.trim().trim_matches(['"', '\''])) == name
    })
}

fn head(one: &Source) -> &str {
    let end = (0..=HEAD.min(one.text.len())).rev().find(|end| one.text.is_char_boundary(*end));
    one.text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// The first `2026-01-31` in a text.
fn day(text: &str) -> Option<&str> {
    let shape = |bytes: &[u8]| {
        bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    };
    let at = text.as_bytes().windows(10).position(shape)?;
    text.get(at..at + 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.into(), ..Source::new(path, text) }
    }

    #[test]
    fn what_is_read_first_is_what_seems_latest_and_has_a_name_of_its_own() {
        let mut all: Vec<Source> = (0..40)
            .map(|n| source(&format!("a{n:02}.md"), &format!("---\ndate: 2024-01-{:02}\n---\n", n % 28 + 1)))
            .collect();
        all.push(source("2025-06-01-disk.md", "# Disk"));
        all.push(source("x/same.md", "date: 2026-01-01"));
        all.push(source("y/same.md", "date: 2026-01-01"));
        all.push(source("none.md", "# Nobody knows when"));
        let latest = latest(&all);
        assert!(latest.len() == LATEST && latest.contains(&40), "{latest:?}");
        assert!(latest.iter().all(|number| *number <= 40 && &*all[*number].path != "a00.md"), "{latest:?}");
    }

    #[test]
    fn a_page_is_that_of_one_report_or_none() {
        let all = [
            source("2024/disk full.md", "---\nid: \"INC-7\"\n---\n"),
            source("2024/queue.md", "# Queue"),
            source("2025/queue.md", "# Queue"),
        ];
        assert_eq!(wanted(&all, "incidents/disk-full.html"), Some(0));
        assert_eq!(wanted(&all, "incidents/inc-7/"), Some(0));
        assert_eq!(wanted(&all, "incidents/inc-7/index.html"), Some(0));
        for other in ["incidents/queue.html", "incidents/other.html", "components/disk-full.html", ""] {
            assert_eq!(wanted(&all, other), None, "{other}");
        }
    }

    /// A project of so many reports that they are not read in a moment, one of them hidden from the public.
    fn archive() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("content")).unwrap();
        for n in 0..LARGE {
            let visibility = if n % 2 == 0 { "public" } else { "internal" };
            let text = format!(
                "---\ntitle: Report number {n}\ndate: 20{:02}-01-01\nvisibility: {visibility}\nstatus: final\ncomponents: [hub]\n---\n\n\
                 ![load](load.png)\n\n## Action items\n\n- [ ] mend it (due 2020-01-01)\n",
                n % 25 + 1
            );
            std::fs::write(dir.path().join(format!("content/r{n}.md")), text).unwrap();
        }
        std::fs::write(dir.path().join("content/load.png"), b"x").unwrap();
        dir
    }

    fn early(dir: &std::path::Path, audience: Audience) -> Arc<Early> {
        let options = PreviewOptions { audience, ..PreviewOptions::of_tests(dir.to_owned()) };
        let project = Project::open(dir, None).unwrap().value;
        let theme = Arc::new(project.theme().value);
        let day = jiff::civil::date(2026, 3, 1);
        Early::of(&project, &theme, &options, day, &Stages::default()).unwrap()
    }

    fn text(answer: Option<Answer>) -> String {
        match answer.map(|answer| answer.body) {
            Some(super::super::super::Body::Bytes(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn the_latest_and_what_is_asked_for_is_shown_and_nothing_is_counted() {
        let dir = archive();
        let early = early(dir.path(), Audience::Internal);
        let home = text(early.page("index.html"));
        assert!(home.contains("Report number 499") && !home.contains("Report number 3<"), "{home}");
        let counts = ["reports.", "incidents</a>", "overdue action"];
        assert!(counts.iter().all(|one| !home.contains(one)), "{home}");
        let own = text(early.page("incidents/r3.html"));
        assert!(
            own.contains("Report number 3<")
                && own.contains("mend it")
                && own.contains("components/hub.html")
                && !own.contains("rel=\"prev\"")
        );
        for whole in
            ["incidents/", "actions.html", "stats.html", "incidents/r9999.html", "api/v1/incidents.json"]
        {
            assert!(early.page(whole).is_none(), "{whole}");
        }
        let style = home.split('"').find(|part| part.contains("assets/kb.")).unwrap();
        assert!(early.part(style).is_some() && early.part("files/load.png").is_some());
        assert!(early.part("files/r3.md").is_none() && early.part("index.html").is_none());
    }

    #[test]
    fn the_public_sees_nothing_early_that_it_would_not_see_late() {
        let dir = archive();
        let early = early(dir.path(), Audience::Public);
        assert!(early.page("incidents/r3.html").is_none() && early.page("incidents/r4.html").is_some());
        let home = text(early.page("index.html"));
        let hidden =
            (0..LARGE).filter(|n| n % 2 == 1).find(|n| home.contains(&format!("Report number {n}<")));
        assert!(hidden.is_none() && home.contains("Report number 474<"), "{hidden:?} {home}");
    }

    #[test]
    fn a_head_ends_between_characters() {
        let text = "é".repeat(HEAD);
        assert!(head(&source("a.md", &text)).len() <= HEAD && head(&source("a.md", "ab")) == "ab");
    }
}
