//! `kb coverage`: incidents that a status page or a pager knows, and that have no postmortem.

use super::args::ProjectArgs;
use super::exit::Exit;
use super::import::place::Places;
use super::terminal::Terminal;
use crate::diag::has_errors;
use crate::diag::report::printable;
use crate::diag::words::count;
use crate::interop::known::{FILE, Known, expected};
use crate::interop::story::Story;
use crate::pipeline::Project;
use crate::{Error, Result};
use clap::Args;
use serde_json::json;
use std::sync::Arc;

const EXAMPLES: &str = "\
Examples:
  kb sync                                   ask the sources of `site.toml`
  kb coverage                               what has no postmortem
  kb coverage --json
  kb new --from statuspage/p31v8gq0tn2c     begin one with what the page told

An incident has a postmortem where one was imported from it, links to its address (`status_page`, `links`), or says so: \
`imported_from: [statuspage/p31v8gq0tn2c]` in its front matter. Maintenance is not counted; `since` and `ignore` of a source \
in `site.toml` say what else is not.

  [sources.page]
  kind = \"page\"               # or statuspage, betterstack, incidentio, cstate, feed, pagerduty
  url = \"https://status.acme.example\"
  since = \"2026-01-01\"
  ignore = [\"p31v8gq0tn2c\"]

Exit status: 0, whatever is missing. No network is needed. The internal statistics page lists the same.";

/// List incidents that a status page or pager knows and that have no postmortem
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Coverage {
    #[command(flatten)]
    project: ProjectArgs,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Coverage {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Exit> {
        let mut found = Vec::new();
        let content = self.project.reading.content.as_deref();
        let mut project = Project::open(&self.project.dir, content)?.unpack(&mut found);
        terminal.findings(&found, &project.sources);
        if has_errors(&found) {
            return Ok(Exit::Findings);
        }
        let known = known(&project)?;
        let places = Places::of(&mut project);
        let all: Vec<(&str, &Story)> = known
            .stories()
            .filter(|(name, story)| expected(project.config.sources.get(*name), story))
            .collect();
        // Several postmortems that tell of one incident are enough as well.
        let missing: Vec<(&str, &Story)> =
            all.iter().copied().filter(|(_, story)| matches!(places.of_story(story), Ok(None))).collect();
        if self.json {
            let one = |(name, story): &(&str, &Story)| {
                json!({"source": name, "key": story.key(), "title": story.title, "url": story.url, "impact": story.impact,
                    "began": story.began(), "resolved": story.resolved})
            };
            let list: Vec<_> = missing.iter().map(one).collect();
            let document = json!({"version": 1, "known": all.len(), "missing": list});
            terminal.result(&format!("{document:#}\n"));
            return Ok(Exit::Fine);
        }
        terminal.result(&missing.iter().map(|(_, story)| line(story)).collect::<String>());
        let covered = all.len() - missing.len();
        let have = if covered == 1 { "has" } else { "have" };
        terminal.say(&format!("{covered} of {} {have} a postmortem", count(all.len(), "known incident")));
        if !missing.is_empty() {
            terminal.say("begin one with `kb new --from KEY`");
        }
        Ok(Exit::Fine)
    }
}

/// What is known; a project whose sources were never asked is told so.
pub(super) fn known(project: &Project) -> Result<Arc<Known>> {
    project.known.clone().ok_or_else(|| {
        Error::Usage(format!(
            "there is no `{FILE}`; describe a source under `[sources.<name>]` in `site.toml` and run `kb sync`"
        ))
    })
}

/// `statuspage/p31  2026-03-14  API outage (major)`
pub(super) fn line(story: &Story) -> String {
    let day = story.began().map_or_else(|| "          ".to_owned(), |at| at.strftime("%Y-%m-%d").to_string());
    let impact =
        story.impact.as_deref().map(|impact| format!(" ({})", printable(impact))).unwrap_or_default();
    format!("{}  {day}  {}{impact}\n", story.key(), printable(&story.title))
}
