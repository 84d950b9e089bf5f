//! The search index of a published site: built from scratch from what its readers may read, and written as files.

use super::site::Parts;
use crate::Result;
use crate::corpus::Published;
use crate::index::Index;
use crate::index::export::{Options, Sink};
use crate::model::Audience;

/// Gives every file of the index to `sink`, and a plain list of its words to `words`: in the files themselves a word
/// begins like the one before, so that whoever looks for one there finds nothing.
pub(super) fn export(parts: &Parts, words: &dyn Fn(&str), sink: Sink<'_>) -> Result<()> {
    let config = &parts.config;
    if !config.search.enable {
        return Ok(());
    }
    let index = Index::in_memory(&parts.edition, config, parts.as_of)?;
    words(&index.plain_words());
    let site = parts.site(false);
    let link = |one: &Published| site.link_of(one);
    let offline = config.search.offline.unwrap_or(parts.edition.audience == Audience::Internal);
    let options = Options { link: &link, frag: config.search.frag, offline };
    index.export(&parts.edition, config, &options, sink)
}
