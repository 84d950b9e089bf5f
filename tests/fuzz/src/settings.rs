//! `site.toml`: any text gives settings, with which a postmortem can be read.

use super::spans;
use kb::config;
use kb::corpus::{Corpus, publish};
use kb::diag::Source;
use kb::model::Audience;
use kb::parse::{self, ParseOptions};

const FILE: &str = "---\nseverity: p1\ncomponents: [cart]\nvisibility: public\n---\n# Cart down\n\nKari saw it at https://chat.corp/x.\n\n\
                    ## Timeline\n\n- 2024-03-14 14:00 down\n- 15:00 up\n\n## Action items\n\n- [ ] Fix it (@kari) OPS-1 #2\n";

/// Reads settings and uses them.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let read = config::read(&Source::new("site.toml", &*text));
    spans::of_findings(&read.found, &text);
    let config = read.value;
    let draft = parse::postmortem(&Source::new("a.md", FILE), &ParseOptions::new(&config)).value;
    let corpus = Corpus::gather(vec![draft], Vec::new(), &config).value;
    for audience in [Audience::Internal, Audience::Public] {
        let edition = publish(&corpus, audience, &config, true);
        assert_eq!(edition.incidents.len(), 1);
    }
}
