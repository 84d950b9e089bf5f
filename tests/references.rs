//! Mentions of other postmortems, in every form that teams write them, and what only looks like one.

use crate::site_test::{SiteTest, TODAY};
use serde_json::Value;

const HUB: &str = "2024-03-14-hub.md";
const STARVED: &str = "PM2023-009 - Address starvation.md";
const QUEUE: &str = "2025/20250105-queue.md";
const CATALOGUE: &str = "2025/DCL-2278.md";
const MIRRORS: &str = "pages/2022-11-12-mirrors.md";

/// What is written, and the document it means.
const FORMS: &[(&str, Option<&str>)] = &[
    // Links
    ("See [an earlier one](../2024-03-14-hub.md).", Some(HUB)),
    ("See [an earlier one](./../2024-03-14-hub.md#timeline).", Some(HUB)),
    ("See [an earlier one](20250105-queue.md).", Some(QUEUE)),
    ("See [the report](../PM2023-009%20-%20Address%20starvation.md).", Some(STARVED)),
    ("See [the report](<../PM2023-009 - Address starvation.md>).", Some(STARVED)),
    ("See [PM][pm].\n\n[pm]: ../2024-03-14-hub.md", Some(HUB)),
    ("See [pm] again.\n\n[pm]: ../2024-03-14-hub.md", Some(HUB)),
    ("Again.[^1]\n\n[^1]: As in [March](../2024-03-14-hub.md).", Some(HUB)),
    ("| Related |\n| --- |\n| [March](../2024-03-14-hub.md) |", Some(HUB)),
    ("- **Related**: [March](../2024-03-14-hub.md)", Some(HUB)),
    ("See [the queue](postmortems/2025/20250105-queue.md).", Some(QUEUE)),
    ("See [the page](../2024-03-14-hub.html).", Some(HUB)),
    // Addresses
    ("See [it](https://git.example.com/o/pm/blob/main/2024-03-14-hub.md).", Some(HUB)),
    (
        "See [it](https://git.example.com/o/pm/blob/main/PM2023-009%20-%20Address%20starvation.md).",
        Some(STARVED),
    ),
    ("See <https://git.example.com/o/pm/blob/main/2025/20250105-queue.md>.", Some(QUEUE)),
    ("See https://git.example.com/o/pm/blob/main/2025/20250105-queue.md.", Some(QUEUE)),
    ("See [it](https://pm.example.com/incidents/dcl-2278.html).", Some(CATALOGUE)),
    ("See [it](https://status.example.com/issues/2022-11-12-mirrors/).", Some(MIRRORS)),
    ("See https://blog.example.com/2022/11/12/mirrors/ for it.", Some(MIRRORS)),
    // Ids
    ("The starvation of PM2023-009 came back.", Some(STARVED)),
    ("**pm2023-009** is not how ids are written, PM2023-009 is.", Some(STARVED)),
    ("The same as DCL-2278.", Some(CATALOGUE)),
    ("Same as [DCL-2278](https://tracker.example.com/DCL-2278).", Some(CATALOGUE)),
    // None of ours
    ("See [it](https://git.example.com/other/blob/main/2024-03-15-hub.md).", None),
    ("See [it](https://status.example.com/issues/2022-11-13-mirrors/).", None),
    ("See [the plot](plot.png) and [the docs](https://docs.example.com/hub.html).", None),
    ("`PM2023-009` as an example of an id.", None),
    ("```\nsee PM2023-009\n```", None),
    ("Fixed by ENG-2278 and UTF-8 on 2024-03-14.", None),
];

const RELATED: &[(&str, Option<&str>)] = &[
    ("[PM2023-009]", Some(STARVED)),
    ("pm2023-009", Some(STARVED)),
    ("[{id: DCL-2278, kind: same-cause, why: one pool}]", Some(CATALOGUE)),
    ("[2024-03-14-hub.md]", Some(HUB)),
    ("[2024-03-15-hub.md]", None),
    ("[../2024-03-14-hub.md]", Some(HUB)),
    ("[https://git.example.com/o/pm/blob/main/2024-03-14-hub.md]", Some(HUB)),
];

/// The documents that the mention in `text` leads to.
fn targets(text: &str) -> Vec<String> {
    let site = SiteTest::new()
        .file("site.toml", "base_url = 'https://pm.example.com'\n")
        .file("content/2024-03-14-hub.md", "# Hub down\n")
        .file("content/PM2023-009 - Address starvation.md", "# Addresses ran out\n")
        .file("content/2025/20250105-queue.md", "# Queue full\n")
        .file("content/2025/DCL-2278.md", "# Catalogue down\n")
        .file("content/pages/2022-11-12-mirrors.md", "# Mirrors slow\n")
        .file("content/2025/plot.png", "x")
        .file("content/2025/DCL-2300.md", text);
    let told = site.run(&["export", "--as-of", TODAY]).stdout;
    let all: Value = serde_json::from_str(&told).unwrap();
    let mine =
        all["incidents"].as_array().unwrap().iter().find(|one| one["path"] == "2025/DCL-2300.md").unwrap();
    let targets = mine["references"].as_array().unwrap().iter().filter_map(|one| one["target"].as_str());
    let mut targets: Vec<String> = targets.map(str::to_owned).collect();
    targets.dedup();
    targets
}

#[test]
fn every_form_of_a_mention_leads_to_its_document() {
    let texts = FORMS.iter().map(|(text, target)| (format!("# Again\n\n{text}\n"), *target));
    let related =
        RELATED.iter().map(|(value, target)| (format!("---\nrelated: {value}\n---\n# Again\n"), *target));
    let mut wrong = Vec::new();
    for (text, target) in texts.chain(related) {
        let found = targets(&text);
        if found != target.map(str::to_owned).into_iter().collect::<Vec<_>>() {
            wrong.push(format!("{found:?} for {target:?} in\n{text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n────\n"));
}
