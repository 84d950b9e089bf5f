//! Charts as inline SVG, made when the site is built: each is a drawing, a key, a finding in words, and the table of
//! the same numbers with the items behind each.
//!
//! Horizontal places are percentages, so that a drawing stretches with its page while its text keeps the reader's size;
//! vertical ones are pixels. Colours are classes of the theme. A drawing is one image to a screen reader: its title says
//! what it shows, its description what is found in it. Below five items there is no drawing, only the table.

mod ages;
mod causes;
mod cohorts;
mod columns;
mod elsewhere;
mod flow;
mod lanes;
mod monthly;
mod promises;
mod publication;
mod records;
mod say;
mod scale;
mod strips;
mod survival;
mod svg;
mod table;
#[cfg(test)]
mod tests;

pub use ages::ages;
pub use causes::causes;
pub use cohorts::cohorts;
pub use elsewhere::elsewhere;
pub use flow::flow;
pub use lanes::{Bar, Member, lanes};
pub use monthly::monthly;
pub use promises::{By, parts, quality, turnover, twice};
pub use publication::publication;
pub use records::{again, coverage, downtimes, phases, years};
pub use say::Say;
pub use strips::strips;
pub use survival::{endings, survival};
pub use table::{Cell, DataTable, Row};
pub(super) use table::{ROWS, push_line};

use serde::Serialize;

/// One chart with all that stands around it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chart {
    /// Short name, unique on its page: part of the ids within the drawing, and the name of its CSV file.
    pub id: &'static str,
    /// What it shows.
    pub title: String,
    /// What is found in it, with numbers: the caption, and the description for a screen reader.
    pub finding: String,
    /// The drawing; `None` where there are too few items for one.
    pub svg: Option<String>,
    /// What the colours mean.
    pub key: Vec<KeyEntry>,
    /// The same numbers.
    pub table: DataTable,
}

/// One colour of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyEntry {
    /// The class that gives the colour.
    pub class: &'static str,
    /// What it stands for.
    pub label: String,
}
