//! The notations of a report. Each team has habits and mostly keeps to them, as real teams do.

use super::calendar::Zone;
use super::random::{Purpose, Rng};

/// How much front matter there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Front {
    /// Nearly every key.
    #[default]
    Full,
    /// A handful of keys, some under their other names.
    Partial,
    /// None: a heading and labelled lines.
    None,
}

/// How timeline entries are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TimelineForm {
    /// `- 14:23 text`
    #[default]
    Bullets,
    /// `- **14:23** text`
    BoldBullets,
    /// A table with a time column.
    Table,
    /// A sub-heading for each entry.
    Headings,
    /// Bullets with date and time.
    Stamps,
}

/// How action items are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ActionForm {
    /// A table with a status column.
    #[default]
    Table,
    /// `- [x]`
    Tasks,
    /// Bullets with marks in words and signs.
    Marked,
    /// Bullets without any mark: nobody can tell their state.
    Unmarked,
    /// Bullets under "Completed", "Planned" and so on.
    Groups,
}

/// How the five whys are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum WhysForm {
    /// A numbered list.
    #[default]
    Numbered,
    /// Each why one level deeper.
    Nested,
    /// A table.
    Table,
}

/// How an earlier report is mentioned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LinkForm {
    /// `[text](file.md)`
    #[default]
    Inline,
    /// `[text][label]` with a definition further down.
    Reference,
    /// Its id in the text.
    Id,
    /// The front-matter key `related`.
    Related,
}

/// All notations of one report.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// Front matter.
    pub(crate) front: Front,
    /// Timeline.
    pub(crate) timeline: TimelineForm,
    /// Action items.
    pub(crate) actions: ActionForm,
    /// Five whys.
    pub(crate) whys: WhysForm,
    /// The zone times are written in.
    pub(crate) zone: Zone,
    /// Which of the three sets of section headings.
    pub(crate) headings: usize,
}

impl Style {
    /// Chooses the notations of one report of the team with this number: seven times in ten the team's habit.
    pub(crate) fn choose(team: u64, rng: &mut Rng) -> Self {
        let mut habits = Rng::new(2, team, Purpose::Fixed);
        let usual = Self::draw(&mut habits);
        let other = Self::draw(rng);
        Self {
            front: if rng.chance(50) { usual.front } else { other.front },
            timeline: if rng.chance(70) { usual.timeline } else { other.timeline },
            actions: if rng.chance(70) { usual.actions } else { other.actions },
            whys: if rng.chance(70) { usual.whys } else { other.whys },
            zone: usual.zone,
            headings: usual.headings,
        }
    }

    fn draw(rng: &mut Rng) -> Self {
        use {ActionForm as A, Front as F, TimelineForm as T, WhysForm as W};
        Self {
            front: rng.pick(&[F::Full, F::Full, F::Full, F::Partial, F::Partial, F::None]),
            timeline: rng.pick(&[T::Bullets, T::BoldBullets, T::Table, T::Headings, T::Stamps]),
            actions: rng.pick(&[A::Table, A::Table, A::Tasks, A::Marked, A::Unmarked, A::Groups]),
            whys: rng.pick(&[W::Numbered, W::Numbered, W::Nested, W::Table]),
            zone: rng.pick(&[Zone::Utc, Zone::Utc, Zone::Utc, Zone::Tokyo, Zone::Phoenix]),
            headings: rng.index(3),
        }
    }
}
