//! The company the incidents happen to: a port-logistics business with its components, teams, people and places. It is
//! the same for every seed and every size; `site_toml` writes it down as a project's configuration.

use std::fmt::Write as _;
use std::sync::Arc;

use super::families::{self, Family};
use super::vocabulary::Vocabulary;

/// Places an incident may strike.
pub(crate) const REGIONS: [&str; 9] = [
    "north-quay",
    "south-quay",
    "river-terminal",
    "inland-depot",
    "hall-a",
    "hall-b",
    "outer-anchorage",
    "rail-yard",
    "cold-shed",
];

/// Prefixes of ticket ids, one tracker each.
pub(crate) const TRACKERS: [(&str, &str); 3] = [("harbor", "DOCK"), ("platform", "QUAY"), ("money", "TOLL")];

/// Somebody who works here.
#[derive(Clone, Debug, Default)]
pub(crate) struct Person {
    /// Without the `@`.
    pub(crate) handle: String,
    /// Full name.
    pub(crate) name: String,
    /// Team id.
    pub(crate) team: &'static str,
    /// What the person is called where names are not shown.
    pub(crate) role: &'static str,
}

/// A part of the system.
#[derive(Clone, Debug)]
pub(crate) struct Component {
    /// Id, as front matter names it.
    pub(crate) id: &'static str,
    /// Display name.
    pub(crate) name: &'static str,
    /// Team id.
    pub(crate) team: &'static str,
    depends_on: Vec<&'static str>,
    alias: &'static str,
}

/// Everything that documents draw from.
#[derive(Debug)]
pub(crate) struct World {
    /// The words.
    pub(crate) words: Vocabulary,
    /// The families that recur, the most frequent first.
    pub(crate) families: Vec<Arc<Family>>,
    /// Components in the order of the list.
    pub(crate) components: Vec<Component>,
    /// Team ids.
    pub(crate) teams: Vec<&'static str>,
    /// People, every team's in turn.
    pub(crate) people: Vec<Person>,
}

impl World {
    /// Builds the one world there is.
    pub(crate) fn new() -> Self {
        let words = Vocabulary::new();
        let components = components();
        let mut teams: Vec<&'static str> = Vec::new();
        for component in &components {
            if !teams.contains(&component.team) {
                teams.push(component.team);
            }
        }
        Self {
            families: families::recurring(&words).into_iter().map(Arc::new).collect(),
            people: people(&teams),
            words,
            components,
            teams,
        }
    }

    /// The team that looks after a component.
    pub(crate) fn team_of(&self, component: &str) -> &'static str {
        self.components.iter().find(|known| known.id == component).map_or("platform", |known| known.team)
    }

    /// The project's configuration.
    pub(crate) fn site_toml(&self) -> String {
        let mut toml = String::from(
            "title = \"Northquay incident reports\"\nbase_url = \"https://reports.northquay.example/\"\n\
             language = \"en\"\ntimezone = \"UTC\"\n\n[content]\ndir = \"content\"\n\n\
             [severity]\nlevels = [\"SEV1\", \"SEV2\", \"SEV3\", \"SEV4\"]\n\
             aliases = { P1 = \"SEV1\", P2 = \"SEV2\", P3 = \"SEV3\", P4 = \"SEV4\" }\n\n\
             [policy]\npublish_within = \"48h\"\n\n",
        );
        for Component { id, name, team, depends_on, alias } in &self.components {
            let _ = writeln!(toml, "[components.{id}]\nname = \"{name}\"\nteam = \"{team}\"");
            let _ = writeln!(toml, "aliases = [\"{alias}\"]\ndepends_on = {depends_on:?}\n");
        }
        for Person { handle, name, team, role } in &self.people {
            let _ = writeln!(
                toml,
                "[people.{handle}]\nname = \"{name}\"\nteam = \"{team}\"\nrole = \"{role}\"\n"
            );
        }
        for (name, prefix) in TRACKERS {
            let _ = writeln!(toml, "[trackers.{name}]\nkind = \"jira\"\nprefixes = [\"{prefix}\"]");
            let _ = writeln!(toml, "url = \"https://{name}.tickets.northquay.example\"\n");
        }
        toml
    }
}

fn components() -> Vec<Component> {
    include_str!("words/components.txt")
        .lines()
        .map(|line| {
            let mut fields = line.split('|');
            let mut next = || fields.next().unwrap_or_default();
            Component {
                id: next(),
                name: next(),
                team: next(),
                depends_on: next().split_whitespace().collect(),
                alias: next(),
            }
        })
        .collect()
}

/// Two people for each first name, teams in turn.
fn people(teams: &[&'static str]) -> Vec<Person> {
    let mut lines = include_str!("words/people.txt").lines();
    let mut names = || lines.next().unwrap_or_default().split_whitespace().collect::<Vec<_>>();
    let (first, last) = (names(), names());
    let firsts = first.iter().chain(&first);
    let roles = ["on-call engineer", "incident lead", "service owner", "duty clerk"];
    firsts
        .zip(last.iter().cycle())
        .zip(teams.iter().cycle().zip(roles.iter().cycle()))
        .map(|((first, last), (team, role))| Person {
            handle: format!(
                "{}{}",
                first.to_lowercase(),
                last.to_lowercase().chars().take(1).collect::<String>()
            ),
            name: format!("{first} {last}"),
            team,
            role,
        })
        .collect()
}
