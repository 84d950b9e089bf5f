//! `kb actions`: the promises made after incidents, as a list, and as a check for CI.

mod forms;

use super::args::ProjectArgs;
use super::exit::Exit;
use super::figures::{Counted, counted};
use super::terminal::Terminal;
use crate::config::SpanOfTime;
use crate::diag::words::count;
use crate::measure::actions::{Listed, list};
use crate::render::lists::{self, Origin};
use crate::{Error, Result};
use clap::{Args, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  kb actions
  kb actions --overdue --owner ana
  kb actions --component db --format csv > actions.csv
  kb actions --format ics > due-dates.ics
  kb actions --overdue --grace 7d     # in CI: fails where something is more than a week late

Exit status: 1 with `--overdue` where a listed action is past due by more than the grace period, else 0.";

/// List what was promised after incidents, overdue first
///
/// Without options: what is open, proposed or of unknown state. CSV and JSON hold the closed ones too; a calendar holds what is
/// open and has a due date.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Actions {
    #[command(flatten)]
    project: ProjectArgs,
    /// Only what is open past its due date; exit 1 where that is longer than the grace period
    #[arg(long)]
    overdue: bool,
    /// How long past due is still fine with `--overdue`, such as 14d or 2w
    #[arg(long, value_name = "TIME", default_value = "14d", value_parser = grace)]
    grace: SpanOfTime,
    /// Only those of this person or team, as written or by the name in `[people]`
    #[arg(long, value_name = "WHO")]
    owner: Option<String>,
    /// Only those of incidents of this component
    #[arg(long, short, value_name = "ID")]
    component: Option<String>,
    /// The form
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines to read
    Table,
    /// `{"version": 1, "actions": […]}`
    Json,
    /// One row per action
    Csv,
    /// Due dates for a calendar (iCalendar)
    Ics,
}

impl Actions {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Exit> {
        let all = counted(&self.project, terminal)?;
        let mut listed = list(&all.edition, all.as_of, &all.closings);
        listed.retain(|one| self.wants(one, &all));
        let config = &all.project.config;
        let origin = Origin {
            title: &config.title,
            base: config.base_url.trim_end_matches('/'),
            urls: config.urls,
            as_of: all.as_of,
        };
        let text = match self.format {
            Format::Table => forms::table(&listed, terminal.paints()),
            Format::Json => forms::json(&listed, all.as_of)
                .map_err(|error| Error::Usage(format!("the list has no JSON form: {error}")))?,
            Format::Csv => lists::csv(&listed),
            Format::Ics => lists::calendar(&listed, &origin),
        };
        terminal.result(&text);
        Ok(match self.verdict(&listed, terminal) {
            Exit::Fine => all.exit,
            late => late,
        })
    }

    fn wants(&self, one: &Listed<'_>, all: &Counted) -> bool {
        let open = self.format != Format::Table || !one.state.is_closed();
        let late = !self.overdue || one.overdue.is_some();
        let of_component = self.component.as_ref().is_none_or(|wanted| {
            one.incident.components.iter().any(|name| name.eq_ignore_ascii_case(wanted))
        });
        open && late && of_component && self.owner.as_ref().is_none_or(|wanted| owns(one, wanted, all))
    }

    fn verdict(&self, listed: &[Listed<'_>], terminal: &Terminal) -> Exit {
        let days = self.grace.0.as_hours() / 24;
        let late =
            listed.iter().filter_map(|one| one.overdue).filter(|overdue| i64::from(*overdue) > days).count();
        if !self.overdue || late == 0 {
            return Exit::Fine;
        }
        let verb = if late == 1 { "is" } else { "are" };
        let allowed = count(usize::try_from(days).unwrap_or_default(), "day");
        terminal.fail(&format!("{} {verb} past due by more than {allowed}", count(late, "action")));
        Exit::Findings
    }
}

/// Whether `wanted` is an owner of the action: as written, without `@`, by full name, or as the owner's team.
fn owns(one: &Listed<'_>, wanted: &str, all: &Counted) -> bool {
    let wanted = wanted.trim_start_matches('@').to_lowercase();
    one.action.owners.iter().any(|owner| {
        let person = all.project.config.people.get(owner);
        let names = [
            Some(owner.as_str()),
            person.and_then(|one| one.name.as_deref()),
            person.and_then(|one| one.team.as_deref()),
        ];
        names.into_iter().flatten().any(|name| name.trim_start_matches('@').to_lowercase() == wanted)
    })
}

fn grace(text: &str) -> std::result::Result<SpanOfTime, String> {
    SpanOfTime::parse(text).ok_or_else(|| "expected a length of time such as `14d`, `48h` or `2w`".to_owned())
}
