//! A few documents of a project, read alone while all of them are being read.

use super::{Memo, Project, Quiet};
use crate::config::SiteConfig;
use crate::corpus::Corpus;
use crate::diag::Source;
use crate::disk::Content;
use crate::model::Tickets;

/// The texts of a project, and what is needed to read any of them.
#[derive(Debug)]
pub struct Excerpt {
    content: Content,
    config: SiteConfig,
    tickets: Tickets,
}

impl Excerpt {
    /// From `project`, whose texts are shared, not copied.
    pub fn of(project: &Project) -> Self {
        let content = project.folder.content().value;
        Self { content, config: project.config.clone(), tickets: project.tickets.clone() }
    }

    /// The settings of the project.
    pub fn config(&self) -> &SiteConfig {
        &self.config
    }

    /// The texts of all its documents, in path order.
    pub fn documents(&self) -> &[Source] {
        &self.content.documents
    }

    /// The documents with these numbers among [`documents`](Self::documents), and all attachments. What is wrong with them is
    /// told when all are read.
    pub fn read(&self, numbers: &[usize]) -> Corpus {
        let documents = numbers.iter().filter_map(|number| self.content.documents.get(*number).cloned());
        let content = Content { documents: documents.collect(), assets: self.content.assets.clone() };
        Memo::default().read(content, &self.config, &self.tickets, &Quiet).value
    }
}
