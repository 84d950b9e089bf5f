//! Every number that decides what is similar, each with its reason. They are round on purpose: a number that must be
//! exact to work would serve one archive only. `evaluate recurrence` of the test suite shows what a change does.

use crate::model::SectionKind;

/// The parts of a report that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    /// The title.
    Title,
    /// What happened, in short.
    Summary,
    /// Whom it hurt, how it was noticed.
    Symptom,
    /// Why: root cause, whys, trigger, contributing factors.
    Cause,
    /// What was promised: names the cause as often as the causes do.
    Actions,
    /// All other text: response, lessons, sections of other names.
    Other,
    /// Who did what when. Its words are those of every incident, so only its signatures count.
    Silent,
}

impl Field {
    /// The field of text in a section of this kind.
    pub(super) fn of(kind: SectionKind) -> Self {
        match kind {
            SectionKind::Summary => Self::Summary,
            SectionKind::Impact | SectionKind::Detection => Self::Symptom,
            SectionKind::RootCause
            | SectionKind::Whys
            | SectionKind::Trigger
            | SectionKind::ContributingFactors => Self::Cause,
            SectionKind::Actions => Self::Actions,
            SectionKind::Timeline | SectionKind::Related | SectionKind::Appendix | SectionKind::About => {
                Self::Silent
            }
            _ => Self::Other,
        }
    }

    /// How much a word counts: a title is chosen with care, a summary and a cause say what it was about.
    pub(super) fn weight(self) -> f32 {
        match self {
            Self::Title => 3.0,
            Self::Summary | Self::Cause => 2.0,
            Self::Symptom | Self::Actions | Self::Other => 1.0,
            Self::Silent => 0.0,
        }
    }

    /// Which of the two questions its words answer.
    pub(super) fn aspect(self) -> Aspect {
        match self {
            Self::Title | Self::Summary | Self::Symptom => Aspect::Looks,
            Self::Cause | Self::Actions => Aspect::Cause,
            Self::Other | Self::Silent => Aspect::Neither,
        }
    }
}

/// The two questions: did it look the same, was it the same?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aspect {
    /// Symptoms.
    Looks,
    /// Causes.
    Cause,
    /// Counts only for the whole.
    Neither,
}

/// A report that tells its symptoms or its causes in fewer telling terms than this cannot be fully alike in them: a line
/// of ten words agrees with too many others.
pub(super) const ASPECT_TERMS: usize = 10;
/// BM25's k1. Weights add up to about 4 for a word that stands in title and summary; only there repetition should
/// cease to count.
pub(super) const SATURATION: f32 = 4.0;
/// How many terms of a report ask for others. More bring noise, fewer miss those who describe it differently.
pub(super) const QUERY_TERMS: usize = 40;
/// A term in more than this share of the documents is the template's or the trade's.
pub(super) const COMMON: f32 = 0.4;
/// A term rarer than in this many documents is no more telling: it may be a name or a slip of the pen.
pub(super) const RARE: usize = 3;
/// A signature in more than this share of the documents is a product's name rather than a symptom.
pub(super) const COMMON_MARK: f32 = 0.2;
/// What agreeing in all signatures adds.
pub(super) const MARKS: f32 = 0.2;
/// So many of a report's rarest signatures make the whole that the shared ones are measured against.
pub(super) const MARKS_COMPARED: usize = 12;
/// The whole is never less than this, so that a report's only signature does not count as full agreement.
pub(super) const MARKS_LEAST: f32 = 8.0;
/// What a shared declared component adds, where no others have it. All declarations together stay below
/// [`LEAST`]: belonging to one component is not yet a likeness.
pub(super) const COMPONENT: f32 = 0.08;
/// What a shared tag, trigger or cause category adds, each.
pub(super) const LABEL: f32 = 0.02;
/// From here on a likeness, on the average of that in all and that in symptoms or causes, is shown. This and the next two were
/// chosen so that four of five incidents without relatives show none, and most right answers stay, on nine labelled
/// collections and tried on the tenth, each in turn.
pub(super) const SUGGESTED: f32 = 0.18;
/// The background is so much of what the earlier incident had in common with its nearest one before the newer came. What is
/// like many others is a hub: an alert that goes off every month, a provider's notice.
pub(super) const BACKGROUND: f32 = 0.3;
/// So much of the likeness has to stand out of the background.
pub(super) const OUTSTANDING: f32 = 0.14;
/// No likeness in one respect makes up for less than this in all.
pub(super) const LEAST: f32 = 0.16;
/// Where only one of symptoms and causes is told, likeness in it counts for so much: a few lines agree by chance.
pub(super) const ONE_SIDED: f32 = 0.5;
/// From here on it is strong: worth a suggested family, and worded as such.
pub(super) const STRONG: f32 = 0.25;
/// So many of the best by one direction are looked at in both.
pub(super) const CANDIDATES: usize = 50;
