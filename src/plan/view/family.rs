//! Pages of families: each time it happened, what worked before, and what was still open when it happened again.

use super::{ActionRow, GroupLine, GroupList, Item, NameLink, Pager, PromisesThen, Views};
use crate::corpus::Published;
use crate::plan::{range, shown, url};
use crate::recur::{Family, Member, figure};
use serde::Serialize;
use std::collections::BTreeMap;

/// One time a family happened.
#[derive(Debug, Serialize)]
pub struct Occurrence<'v> {
    /// The incident.
    pub item: &'v Item,
    /// Time since the one before.
    pub gap: Option<String>,
    /// Its promises finished by today, of all, in words.
    pub done: Option<String>,
    /// How the promises of all earlier ones stood on its day; absent for the first, and where promises are not shown.
    pub earlier: Option<PromisesThen>,
}

/// A family's page.
#[derive(Debug, Serialize)]
pub struct FamilyPage<'v> {
    /// Its name.
    pub name: String,
    /// Whether kb suggests it and no author has confirmed it.
    pub suggested: bool,
    /// How often it happened.
    pub count: usize,
    /// When last.
    pub last: Option<String>,
    /// Half of the times between are longer.
    pub median_gap: Option<String>,
    /// Promises finished by today, of all, in words.
    pub done: Option<String>,
    /// The components that at least two of its incidents share; all, where no two do.
    pub components: Vec<NameLink>,
    /// Causes that at least two share.
    pub causes: Vec<String>,
    /// Error messages, names and log lines that at least two share.
    pub signatures: Vec<String>,
    /// What fixed it before: newest first.
    pub worked: Vec<&'v Item>,
    /// The occurrences on this page, newest first.
    pub occurrences: Vec<Occurrence<'v>>,
    /// All promises of its incidents, open ones first; on the first page only.
    pub actions: Vec<ActionRow>,
    /// Further pages.
    pub pager: Pager,
}

/// The list of families.
#[derive(Debug, Serialize)]
pub struct FamilyList {
    /// Those that authors state.
    #[serde(flatten)]
    pub stated: GroupList,
    /// Those that kb suggests.
    pub suggested: GroupList,
    /// How often promises stood open when it happened again, in a sentence with its counts.
    pub figure: Option<String>,
}

/// Most signatures shown of one family.
const SIGNATURES: usize = 6;

impl Views<'_> {
    pub(super) fn family_at(&self, number: usize) -> Option<&Family> {
        self.site.recurrences.families().all.get(number)
    }

    /// What a family is called on pages: a suggested one has no name of its own.
    pub(super) fn family_name(&self, family: &Family) -> String {
        if family.named { family.name.clone() } else { self.words.with("like_x", &family.name) }
    }

    pub(super) fn family_link(&self, family: &Family) -> NameLink {
        let link = url::link(&format!("families/{}", family.slug), self.site.config.urls);
        NameLink { name: self.family_name(family), link }
    }

    /// The list of families.
    pub fn family_list(&self) -> FamilyList {
        let all = &self.site.recurrences.families().all;
        let (suggested, stated): (Vec<&Family>, Vec<&Family>) =
            all.iter().partition(|family| family.suggested);
        FamilyList {
            stated: self.family_lines(&stated),
            suggested: self.family_lines(&suggested),
            figure: self.site.shows_actions().then(|| self.open_again()).flatten(),
        }
    }

    fn family_lines(&self, families: &[&Family]) -> GroupList {
        let line = |family: &&Family| {
            let NameLink { name, link } = self.family_link(family);
            let items = || family.incidents.iter().filter_map(|number| self.item(*number));
            GroupLine {
                name,
                link,
                count: family.incidents.len(),
                last: items().last().and_then(|item| item.date.clone()),
                open: items().map(|item| item.tally.open).sum(),
            }
        };
        let mut lines: Vec<GroupLine> = families.iter().map(line).collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.count));
        GroupList { lines, with_actions: self.site.has_actions_page() }
    }

    fn open_again(&self) -> Option<String> {
        let figure = figure(self.site.recurrences.families(), self.site.edition, &self.closed_on());
        (figure.recurrences > 0).then(|| {
            let found = self.words.count("open_again", figure.with_open, figure.recurrences);
            match figure.unknown {
                0 => found,
                unknown => format!("{found} {}", self.words.count("open_again_unknown", unknown, 0)),
            }
        })
    }

    /// The members of a family, each with what it found unfinished.
    pub(super) fn members(&self, family: &Family) -> Vec<Member> {
        family.members(self.site.edition, &self.closed_on())
    }

    /// The page of a family.
    pub fn family(&self, number: usize, part: usize) -> Option<FamilyPage<'_>> {
        let family = self.family_at(number)?;
        let members = self.members(family);
        let here = range(members.len(), part);
        let newest = members.iter().enumerate().rev().skip(here.start).take(here.len());
        let shows_actions = self.site.shows_actions();
        let tally = family.incidents.iter().filter_map(|number| self.item(*number));
        let tally = tally.fold(super::Tally::default(), |sum, item| sum.plus(item.tally));
        Some(FamilyPage {
            name: self.family_name(family),
            suggested: family.suggested,
            count: family.incidents.len(),
            last: self.items_of(family).last().and_then(|item| item.date.clone()),
            median_gap: median_gap(&members).map(|days| self.words.days(days)),
            done: (shows_actions && tally.is_stated())
                .then(|| self.words.count("n_of_m_done", tally.done, tally.all)),
            components: self.components_of(family),
            causes: self.shared(family, |one| one.incident.causes.clone()),
            signatures: self.signatures_of(family),
            worked: self.items_of(family).rev().filter(|item| item.fix.is_some()).take(5).collect(),
            occurrences: newest.filter_map(|(place, member)| self.occurrence(place, member)).collect(),
            actions: if shows_actions && part == 0 { self.actions_of(family) } else { Vec::new() },
            pager: Pager::of(
                &format!("families/{}", family.slug),
                part,
                members.len(),
                self.site.config.urls,
            ),
        })
    }

    fn items_of<'s>(&'s self, family: &'s Family) -> impl DoubleEndedIterator<Item = &'s Item> {
        family.incidents.iter().filter_map(|number| self.item(*number))
    }

    fn occurrence(&self, place: usize, member: &Member) -> Option<Occurrence<'_>> {
        let item = self.item(member.number)?;
        let tally = item.tally;
        Some(Occurrence {
            item,
            gap: member.days_since_last.map(|days| self.words.days(days)),
            done: (self.site.shows_actions() && tally.is_stated())
                .then(|| self.words.count("actions_done", tally.done, tally.all)),
            earlier: self.promises_then(&member.promises).filter(|_| place > 0),
        })
    }

    fn components_of(&self, family: &Family) -> Vec<NameLink> {
        let declared = |one: &Published| one.incident.components.clone();
        let mut names = self.shared(family, declared);
        if names.is_empty() {
            names = self.counted(family, declared).into_keys().collect();
        }
        names.iter().filter_map(|name| self.component_link(name)).collect()
    }

    fn signatures_of(&self, family: &Family) -> Vec<String> {
        let mut all = self.site.recurrences.shared_signatures(&family.incidents);
        all.truncate(SIGNATURES);
        all
    }

    /// What at least two of the incidents say, in alphabetical order.
    fn shared(&self, family: &Family, of: impl Fn(&Published) -> Vec<String>) -> Vec<String> {
        let counted = self.counted(family, of).into_iter();
        counted.filter(|(_, uses)| *uses > 1).map(|(text, _)| text).collect()
    }

    fn counted(&self, family: &Family, of: impl Fn(&Published) -> Vec<String>) -> BTreeMap<String, usize> {
        let mut uses: BTreeMap<String, usize> = BTreeMap::new();
        for published in family.incidents.iter().filter_map(|number| self.site.incident(*number)) {
            let mut said = of(published);
            said.sort();
            said.dedup();
            for text in said {
                *uses.entry(text).or_default() += 1;
            }
        }
        uses
    }

    fn actions_of(&self, family: &Family) -> Vec<ActionRow> {
        let mut rows: Vec<ActionRow> =
            family.incidents.iter().rev().flat_map(|number| self.rows_of(*number)).collect();
        rows.sort_by_key(|row| match row.state {
            "overdue" => 0,
            "open" | "in-progress" => 1,
            "proposed" => 2,
            "unknown" => 3,
            _ => 4,
        });
        rows
    }
}

fn median_gap(members: &[Member]) -> Option<i64> {
    let mut gaps: Vec<i64> = members.iter().filter_map(|member| member.days_since_last).collect();
    gaps.sort_unstable();
    shown::median(&gaps)
}
