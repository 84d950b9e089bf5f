//! `kb serve`: the site while it is being written.

use super::args::{Audience, Look, ProjectArgs};
use super::exit::Exit;
use super::progress::Bar;
use super::terminal::Terminal;
use super::{browser, clock};
use crate::diag::report::printable;
use crate::diag::words::count;
use crate::diag::{Diagnostic, Level};
use crate::serve::{News, Options, Preview, PreviewOptions, Server, Stop};
use crate::{Error, Result};
use clap::Args;
use std::net::IpAddr;
use std::time::Duration;

const EXAMPLES: &str = "\
Examples:
  kb serve --drafts --open               write with the page beside the editor
  kb serve --content ../team/incidents   any folder of Markdown, no set-up needed
  kb serve --audience public             what customers would read
  kb serve --port 0                      any free port; the address is printed";

/// Serve the site with search, and update open pages as files change
///
/// An edit with errors does not take the site away: the last good version stays, and the errors are shown in the page and
/// here. Serves this machine only unless `--host` says otherwise.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Serve {
    #[command(flatten)]
    project: ProjectArgs,
    /// Address to listen on; anything but this machine needs `--allow-host` too
    #[arg(long, value_name = "H", default_value = "127.0.0.1")]
    host: String,
    /// Port to listen on; 0 takes a free one
    #[arg(long, short, value_name = "N", default_value_t = 4000)]
    port: u16,
    /// Who may read the site
    #[arg(long, value_enum, default_value = "internal", value_name = "WHO")]
    audience: Audience,
    /// Include documents with `status: draft`
    #[arg(long)]
    drafts: bool,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// A further name by which the server may be called; may be repeated
    #[arg(long = "allow-host", value_name = "NAME")]
    allow_host: Vec<String>,
    /// Look for changes twice a second instead of being told: for network drives
    #[arg(long)]
    poll: bool,
}

impl Serve {
    pub(super) fn run(self, terminal: &Terminal, look: Look) -> Result<Exit> {
        let reading = &self.project.reading;
        let here = is_this_machine(&self.host);
        if !here && self.allow_host.is_empty() {
            return Err(Error::Usage(format!(
                "`--host {}` lets others in this network read everything; say with `--allow-host NAME` by which name \
                 they will call this machine",
                self.host
            )));
        }
        let options = Options { host: self.host, port: self.port, allow_host: self.allow_host, live: true };
        // The port is taken before content is read: a port in use is told at once.
        let server = Server::bind(options)?;
        let stop =
            Stop::on_signals().map_err(|error| Error::Usage(format!("cannot listen to signals: {error}")))?;
        let given = reading.as_of;
        let first = clock::today(given, None)?;
        let asked = PreviewOptions {
            audience: self.audience.into(),
            drafts: self.drafts,
            today: Box::new(move |zone| clock::today(given, zone).unwrap_or(first)),
            content: reading.content.clone(),
            poll: self.poll,
            shows_sources: here && self.audience == Audience::Internal,
            here: std::env::current_dir().unwrap_or_default(),
        };
        let told = Terminal::new(look.color, look.quiet);
        let tell = Box::new(move |news: &News<'_>| account(&told, news));
        let bar = Box::new(Bar::on(terminal));
        let (preview, first) = Preview::start(&self.project.dir, asked, server.reload(), &stop, tell, bar)?;
        let there = first.within(SOON)?;
        terminal.result(&format!("serving {}\n", server.url()));
        if !there {
            terminal
                .say("still reading; until that is done, pages show what was read first, and how far it is");
        }
        terminal.say("open pages follow every save; press Ctrl+C to stop");
        if !here {
            terminal.say("everyone who reaches this machine under an allowed name can read all of it");
        }
        if self.open && !browser::open(&server.url()) {
            terminal.say("no browser could be opened; open the address yourself");
        }
        server.run(preview, &stop)?;
        // Where the first reading came to nothing, this is why the server ended.
        first.within(Duration::ZERO)?;
        Ok(Exit::Fine)
    }
}

/// What is read in this time is served without a word about reading.
const SOON: Duration = Duration::from_millis(600);

/// Most warnings that are told at the start, when nobody has asked for them.
const MOST: usize = 10;

/// Tells in the terminal what pages show as well: errors in full, what is new, and what is left.
fn account(terminal: &Terminal, news: &News<'_>) {
    let starts = news.changed.is_empty();
    let (errors, mut warnings): (Vec<Diagnostic>, Vec<Diagnostic>) =
        news.new.iter().cloned().partition(|one| one.level == Level::Error);
    if starts && warnings.len() > MOST {
        warnings.clear();
    }
    let told = [errors, warnings].concat();
    if !told.is_empty() {
        terminal.findings(&told, news.sources);
    }
    let counts = [(news.errors, "error"), (news.warnings, "warning")];
    let left: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| count(*n, word)).collect();
    let left = if left.is_empty() { "everything is in order".to_owned() } else { left.join(", ") };
    match news.changed.as_slice() {
        [] if told.is_empty() && news.gone == 0 && news.warnings > 0 => {}
        [] if news.warnings > MOST => terminal.say(&format!("{left}; `kb check` lists them")),
        [] => terminal.say(&left),
        [file] => terminal.say(&format!("{}: shown after {} ms; {left}", printable(file), news.took)),
        files => {
            terminal.say(&format!("{}: shown after {} ms; {left}", count(files.len(), "file"), news.took));
        }
    }
}

fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.eq_ignore_ascii_case("localhost")
        || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
