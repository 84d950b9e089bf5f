//! What a theme gives to every page of a site: its words and its templates, read once.

use super::template::Templates;
use crate::diag::Checked;
use crate::plan::{Site, Words};
use crate::theme::Theme;

/// Words and templates of a theme, with what every page of one site shows. A later state of the site may go on with
/// them while its theme, settings, day and number of incidents are the same.
pub struct Dress {
    pub(super) words: Words,
    pub(super) templates: Templates,
}

impl Dress {
    /// Reads them; what cannot be read is a finding.
    pub fn read(theme: &Theme, site: &Site<'_>) -> Checked<Self> {
        let mut found = Vec::new();
        let words = Words::of(theme, &site.config.language).unpack(&mut found);
        let templates = Templates::read(theme, site, &words).unpack(&mut found);
        Checked::new(Self { words, templates }, found)
    }
}
