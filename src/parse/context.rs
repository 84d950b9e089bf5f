//! What every reader of facts is given.

use super::ParseOptions;
use super::front_matter::FrontMatter;
use crate::diag::{Lines, Source};
use crate::model::text::Document;
use crate::model::{Section, Zone};
use jiff::civil::Date;

/// All that is known of a text before its facts are read.
pub(super) struct Context<'a> {
    /// The file; all spans are offsets into its text.
    pub(super) source: &'a Source,
    /// Its line starts.
    pub(super) lines: &'a Lines,
    /// Its blocks.
    pub(super) document: &'a Document,
    /// Its sections in order.
    pub(super) sections: &'a [Section],
    /// Its front matter, of which `impact`, `trigger`, `related`, `action_items` and the clock points are facts.
    pub(super) front: &'a FrontMatter,
    /// The day of the incident, where something other than the timeline tells it.
    pub(super) date: Option<Date>,
    /// Zone of times that name none.
    pub(super) zone: &'a Zone,
    /// The id it states for itself, such as `DCL-2278`: others of the team are called alike.
    pub(super) id: Option<&'a str>,
    /// What the site says about reading.
    pub(super) options: &'a ParseOptions,
}
