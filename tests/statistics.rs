//! Promises and incidents, counted: on the page, in the terminal, in feeds and calendars.

use crate::site_test::{SiteTest, TODAY};
use std::path::Path;
use std::process::Command;

/// One report: two promises are late, one is done.
const REPORT: &str = "---\ntitle: Pool full\ndate: 2026-03-01\ncomponents: [db]\nseverity: SEV1\n---\n\n## Action items\n\n\
    | Action | Owner | Due | State |\n|---|---|---|---|\n\
    | Raise the limit of the pool | ana | 2026-04-01 | open |\n\
    | Alert before the pool is full | ben | 2026-11-20 | open |\n\
    | Write down how to restart it | ana | 2026-04-01 | done |\n";

/// Another, whose only promise nobody marked.
const UNMARKED: &str =
    "---\ntitle: Leaks\ndate: 2026-02-01\n---\n\n## Action items\n\n- Look into connection leaks\n";

fn project() -> SiteTest {
    SiteTest::new()
        .file("site.toml", "title = 'Acme'\nbase_url = 'https://kb.example'\n")
        .file("content/a.md", REPORT)
        .file("content/b.md", UNMARKED)
}

#[test]
fn overdue_actions_fail_past_the_grace_period() {
    let site = project();
    let late = ["actions", "--overdue", "--as-of", TODAY];
    let listed = site.run(&late).code(1);
    assert!(listed.stdout.starts_with("2 actions, 2 overdue\n"), "{}", listed.stdout);
    assert!(listed.stderr.contains("1 action is past due by more than 14 days"), "{}", listed.stderr);
    let with = |more: &[&str]| site.run(&[&late[..], more].concat());
    with(&["--grace", "52w"]).fine();
    with(&["--owner", "@Ben"]).fine();
    with(&["--owner", "ana"]).code(1);
    with(&["--component", "cache"]).fine().stdout("0 actions, 0 overdue\n");
    with(&["--grace", "soon"]).code(2);
    site.run(&["actions", "--as-of", "2026-03-15", "--overdue", "--grace", "0d"]).fine();
}

#[test]
fn actions_come_in_the_forms_programs_read() {
    let site = project();
    let form = |format: &str| site.run(&["actions", "--format", format, "--as-of", TODAY]).fine().stdout;
    let json: serde_json::Value = serde_json::from_str(&form("json")).unwrap();
    let states: Vec<&str> =
        json["actions"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["open", "open", "unknown", "done"]);
    assert_eq!((&json["version"], &json["actions"][0]["days_overdue"]), (&1.into(), &238.into()));
    assert_eq!(form("csv").lines().count(), 5);
    assert_eq!(form("ics").matches("BEGIN:VEVENT").count(), 2);
}

#[test]
fn the_terminal_and_the_site_say_the_same() {
    let site = project();
    site.build().fine();
    let printed = site.run(&["stats", "--json", "--as-of", TODAY]).fine().stdout;
    assert_eq!(printed, site.read("dist/internal/api/v1/stats.json"));
    let figures: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(figures["actions"]["completion"]["missing"], 1, "what is not stated is counted apart");
    assert!(figures["actions"]["completion"]["share"].is_null(), "no percentage of three");
    assert_eq!(
        site.read("dist/internal/actions.csv"),
        site.run(&["actions", "--format", "csv", "--as-of", TODAY]).fine().stdout
    );
    assert_eq!(
        site.read("dist/internal/actions.ics"),
        site.run(&["actions", "--format", "ics", "--as-of", TODAY]).fine().stdout
    );
    let feed = site.read("dist/internal/actions-overdue.xml");
    assert_eq!(feed.matches("<entry>").count(), 2, "{feed}");
    assert!(
        feed.contains("<id>urn:kb:a:action:1</id>")
            && feed.contains("<updated>2026-04-02T00:00:00Z</updated>"),
        "{feed}"
    );
}

/// From the page to the items in two steps: every link of a number leads to a list of as many entries.
#[test]
fn every_number_leads_to_as_many_items() {
    let site = project();
    site.build().fine();
    let page = site.read("dist/internal/stats.html");
    let mut followed = 0;
    for link in page.split("href=\"stats/").skip(1) {
        let Some((target, rest)) = link.split_once("\">") else { continue };
        let (Some((file, place)), Some(text)) = (target.split_once('#'), rest.split('<').next()) else {
            continue;
        };
        let list = site.read(&format!("dist/internal/stats/{file}"));
        let section = list
            .split(&format!("<section id=\"{place}\""))
            .nth(1)
            .unwrap_or_else(|| panic!("{target} is missing"));
        let entries = section.split("</section>").next().unwrap().matches("<li>").count();
        assert!(entries > 0, "{target}");
        if let Ok(n) = text.parse::<usize>() {
            assert_eq!(n, entries, "{target}");
            followed += 1;
        }
    }
    assert!(followed > 20, "only {followed} numbers lead anywhere");
}

/// The text of a piece of HTML.
fn plain(html: &str) -> String {
    html.split('<')
        .enumerate()
        .map(|(n, part)| if n == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) })
        .collect()
}

fn between<'h>(html: &'h str, open: &'h str, close: &'h str) -> impl Iterator<Item = &'h str> {
    html.split(open).skip(1).filter_map(move |rest| rest.split(close).next())
}

/// On the sample, which shows every figure: no count stands on the page that does not lead to what it counts.
#[test]
fn no_count_of_the_sample_is_without_its_items() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = SiteTest::new();
    let mut build = site.command(&["build", root.to_str().unwrap(), "--as-of", TODAY, "--out", "dist"]);
    site.outcome(&mut build).fine();
    let page = site.read("dist/stats.html");
    let link = |html: &str| between(html, "href=\"", "\"").next().map(str::to_owned);
    let entries = |target: &str| {
        let (file, place) = target.split_once('#').unwrap();
        let list = site.read(&format!("dist/{file}"));
        let section = list
            .split(&format!("<section id=\"{place}\""))
            .nth(1)
            .unwrap()
            .split("</section>")
            .next()
            .unwrap();
        for target in between(section, "<li", "</li>").map(|entry| link(entry).unwrap()) {
            let file = target.trim_start_matches("../").split('#').next().unwrap();
            assert!(site.path().join("dist").join(file).is_file(), "{target}");
        }
        let more = section
            .split("<p>And ")
            .nth(1)
            .map_or(0, |rest| rest.split(' ').next().unwrap().parse().unwrap());
        section.matches("<li>").count() + more
    };
    let mut counted = 0;
    let mut look = |html: &str, row: &str, figure: &str| {
        let text = plain(html);
        let number = text.trim().parse::<usize>().ok().filter(|n| *n > 0);
        match (number, link(html)) {
            (Some(n), Some(target)) => {
                assert_eq!(n, entries(&target), "{target}");
                counted += 1;
            }
            // Days between two incidents: both stand in the same row.
            (Some(n), None) => {
                assert!(row.matches("href=\"incidents/").count() == 2, "{n} leads nowhere: {row}");
            }
            // Shares and medians: by themselves, by a count beside them, or by what the whole figure rests on.
            (None, Some(target)) if target.starts_with("stats/") => assert!(entries(&target) > 0, "{target}"),
            (None, None) if text.contains(|c: char| matches!(c, '1'..='9')) => {
                assert!(row.contains("href=\"") || figure.contains("<a "), "`{text}` leads nowhere: {row}");
            }
            _ => {}
        }
    };
    for figure in between(&page, "<section class=\"figure\"", "</section>") {
        let caption = between(figure, "<figcaption>", "</figcaption>").next().unwrap();
        for row in between(figure, "<tr><th scope=\"row\">", "</tr>") {
            between(row, "<td", "</td>").for_each(|cell| look(cell.split_once('>').unwrap().1, row, caption));
        }
    }
    for fact in between(&page, "<dd", "</dd>") {
        let (value, _) = fact
            .split_once('>')
            .unwrap()
            .1
            .split_once("<small")
            .unwrap_or((fact.split_once('>').unwrap().1, ""));
        look(value, fact, "");
    }
    for part in
        between(&page, "<figcaption>", "</figcaption>").flat_map(|caption| between(caption, "<a ", "</a>"))
    {
        let n: usize = plain(&format!("<a {part}")).rsplit(": ").next().unwrap().parse().unwrap();
        assert_eq!(n, entries(between(part, "href=\"", "\"").next().unwrap()), "{part}");
    }
    assert!(counted > 100, "only {counted} counts were followed");
}

#[test]
fn the_public_sees_no_statistics_unless_asked_for() {
    let public = REPORT.replace("title:", "visibility: public\ntitle:");
    let site = SiteTest::new().file("site.toml", "title = 'Acme'\n").file("content/a.md", &public);
    let build = ["build", "--audience", "public", "--as-of", TODAY];
    site.run(&build).fine();
    let files = site.list("dist/public");
    for hidden in ["stats", "actions.csv", "actions.ics", "actions-overdue.xml", "actions.html"] {
        assert!(!files.contains(hidden), "{hidden} in\n{files}");
    }
    site.write("site.toml", "title = 'Acme'\n[audience.public]\nstatistics = true\n");
    site.run(&build).fine();
    assert!(site.list("dist/public").contains("stats.html"));
    assert!(!site.read("dist/public/index.html").contains("href=\"actions.html\""));
}

fn git(folder: &Path, day: &str, arguments: &[&str]) {
    let stamp = format!("{day}T12:00:00+00:00");
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .envs([("GIT_AUTHOR_DATE", &stamp), ("GIT_COMMITTER_DATE", &stamp)])
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn commit(site: &SiteTest, day: &str) {
    git(site.path(), day, &["add", "."]);
    git(site.path(), day, &["commit", "--quiet", "--message", day]);
}

fn closed_on(site: &SiteTest, as_of: &str) -> Vec<Option<String>> {
    let json = site.run(&["actions", "--format", "json", "--as-of", as_of]).fine().stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let mut rows: Vec<(u64, Option<String>)> = json["actions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["line"].as_u64().unwrap(), one["closed"].as_str().map(str::to_owned)))
        .collect();
    rows.sort_unstable();
    rows.into_iter().map(|(_, closed)| closed).collect()
}

const LIST: &str = "# Pool full\n\n2026-03-01\n\n## Action items\n\n- [ ] Raise the limit of the pool\n- [x] Restart the pool by hand\n- [ ] Alert before the pool is full\n";

#[test]
fn the_commit_in_which_a_row_became_done_gives_its_day() {
    let site = SiteTest::new().file("site.toml", "title = 'Acme'\n").file("content/old.md", LIST);
    git(site.path(), "2026-03-02", &["init", "--quiet"]);
    commit(&site, "2026-03-02");
    site.write("content/old.md", LIST.replace("[ ] Raise", "[x] Raise"));
    commit(&site, "2026-04-05");
    // Later edits move and reword the rows, and give the file another name.
    let moved = LIST
        .replace("[ ] Raise the limit of", "[x] Raise the upper limit of")
        .replace("## Action", "Some text.\n\n## Action");
    std::fs::remove_file(site.path().join("content/old.md")).unwrap();
    site.write("content/a name with ümlaut.md", &moved);
    commit(&site, "2026-05-06");
    // What is not committed has no day.
    site.write("content/a name with ümlaut.md", moved.replace("[ ] Alert", "[x] Alert"));
    assert_eq!(
        closed_on(&site, TODAY),
        [Some("2026-04-05".into()), None, None],
        "the second was done from the first"
    );
    let figures = site.run(&["stats", "--json", "--as-of", TODAY]).fine().stdout;
    assert!(figures.contains("\"history\": \"whole\""), "{figures}");
}

#[test]
fn a_shallow_clone_is_said_and_not_guessed() {
    let site = SiteTest::new().file("source/site.toml", "").file("source/content/a.md", LIST);
    let source = site.path().join("source");
    git(&source, "2026-03-02", &["init", "--quiet"]);
    git(&source, "2026-03-02", &["add", "."]);
    git(&source, "2026-03-02", &["commit", "--quiet", "--message", "first"]);
    site.write("source/content/a.md", LIST.replace("[ ] Raise", "[x] Raise"));
    git(&source, "2026-04-05", &["commit", "--quiet", "--all", "--message", "second"]);
    let url = format!("file://{}", source.display());
    git(site.path(), "2026-04-06", &["clone", "--quiet", "--depth", "1", &url, "clone"]);
    let stats = site.run(&["stats", "clone", "--json", "--as-of", TODAY]).fine().stdout;
    assert!(stats.contains("\"history\": \"shallow\""), "{stats}");
    let said = site.run(&["stats", "clone", "--as-of", TODAY]).fine().stdout;
    assert!(said.contains("the history of the files is cut off"), "{said}");
    let json = site.run(&["actions", "clone", "--format", "json", "--as-of", TODAY]).fine().stdout;
    assert!(!json.contains("\"closed\": \"2026"), "{json}");
}
