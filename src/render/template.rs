//! Templates: set up once from the layers of a theme, filled page by page.
//!
//! Names are looked up in the nearest layer that has them; with the layer's name in front (`default/page.html`) a
//! template reaches the one it replaces. What a template asks for and does not get is an error with its place.

use crate::diag::{Checked, Diagnostic, Position, Source, Span};
use crate::plan::view::Frame;
use crate::plan::{Site, Words};
use crate::theme::Theme;
use serde::Serialize;
use std::collections::BTreeMap;
use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

/// The templates of a theme.
pub(super) struct Templates {
    tera: Tera,
    sources: BTreeMap<String, Source>,
}

/// What every page knows of its site.
#[derive(Serialize)]
struct SiteData<'a> {
    title: &'a str,
    description: &'a str,
    as_of: String,
    revision: Option<&'a str>,
    count: usize,
    /// Whether all reports are there; `kb serve` shows some of a large archive before it has read all.
    whole: bool,
    csp: &'a str,
    feeds: bool,
    /// Whether the page brings its own search.
    search: bool,
    /// Whether there is a description of it for browsers.
    search_described: bool,
    levels: String,
    /// Where customers see how things are now.
    status_page: Option<&'a str>,
}

impl Templates {
    pub(super) fn read(theme: &Theme, site: &Site<'_>, words: &Words) -> Checked<Self> {
        let mut tera = Tera::new();
        let mut sources = BTreeMap::new();
        let mut found = Vec::new();
        for layer in theme.layers() {
            for (name, source) in &layer.templates {
                sources.entry(format!("{}/{name}", layer.name)).or_insert_with(|| source.clone());
            }
        }
        set_up(&mut tera, words);
        let prefixes: Vec<String> = theme.layers().iter().map(|layer| format!("{}/", layer.name)).collect();
        let texts: Vec<(String, String)> =
            sources.iter().map(|(name, source)| (name.clone(), source.text.to_string())).collect();
        let read = tera.set_fallback_prefixes(prefixes).and_then(|()| tera.add_raw_templates(texts));
        if let Err(error) = read {
            found.push(explain(&error, &sources));
        }
        globals(&mut tera, theme, site, words);
        Checked::new(Self { tera, sources }, found)
    }

    pub(super) fn fill<D: Serialize>(
        &self,
        name: &str,
        frame: &Frame,
        data: &D,
    ) -> Result<String, Diagnostic> {
        let filled = Context::from_serialize(data).and_then(|mut context| {
            context.insert("frame", frame);
            self.tera.render(name, &context)
        });
        filled.map_err(|error| explain(&error, &self.sources))
    }
}

fn set_up(tera: &mut Tera, words: &Words) {
    tera.autoescape_on(vec![".html"]);
    let counted = words.clone();
    tera.register_function("count", move |arguments: Kwargs, _: &State| -> TeraResult<String> {
        let key: &str = arguments.must_get("of")?;
        let n: usize = arguments.must_get("n")?;
        Ok(counted.count(key, n, arguments.get("m")?.unwrap_or_default()))
    });
    let filled = words.clone();
    tera.register_function("say", move |arguments: Kwargs, _: &State| -> TeraResult<String> {
        let key: &str = arguments.must_get("key")?;
        let x: &str = arguments.must_get("x")?;
        Ok(filled.with(key, x))
    });
}

fn globals(tera: &mut Tera, theme: &Theme, site: &Site<'_>, words: &Words) {
    let assets: BTreeMap<&str, &str> =
        theme.assets().iter().map(|(name, asset)| (name.as_str(), asset.path.as_str())).collect();
    let data = SiteData {
        title: site.title(),
        description: &site.config.description,
        as_of: site.as_of.to_string(),
        revision: site.revision,
        count: site.edition.incidents.len(),
        whole: site.is_whole(),
        csp: super::CONTENT_SECURITY_POLICY,
        feeds: site.config.feeds.enable,
        search: site.config.search.enable && !site.live,
        search_described: site.has_search_description() && !site.live,
        levels: site.config.severity.levels.join("|"),
        status_page: status_page(site),
    };
    let global = tera.global_context();
    global.insert_value("w", Value::from_serializable(words));
    global.insert_value("assets", Value::from_serializable(&assets));
    global.insert_value("site", Value::from_serializable(&data));
}

/// Where customers see how things are now; colleagues have other places to look.
fn status_page<'a>(site: &Site<'a>) -> Option<&'a str> {
    let address = site.config.audience.public.status_page.as_deref().filter(|_| !site.is_internal())?;
    (address.starts_with("https://") || address.starts_with("http://")).then_some(address)
}

fn explain(error: &tera::Error, sources: &BTreeMap<String, Source>) -> Diagnostic {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        let message = first_line(&error.to_string());
        return Diagnostic::error("template", &Source::new("templates", ""), Span::at(0), message);
    };
    let unknown = Source::new(report.filename(), "");
    let source = sources.get(report.filename()).unwrap_or(&unknown);
    let span = report.span();
    let start = offset(&source.text, Position { line: span.start_line, column: span.start_col });
    let end = offset(&source.text, Position { line: span.end_line, column: span.end_col });
    Diagnostic::error("template", source, Span::new(start, end), first_line(report.message()))
}

fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut characters = line.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}

/// The byte at a line (from 1) and a column of characters (from 0).
fn offset(text: &str, at: Position) -> usize {
    let start: usize = text.split_inclusive('\n').take(at.line.saturating_sub(1)).map(str::len).sum();
    let line = text.get(start..).unwrap_or_default();
    start + line.char_indices().nth(at.column).map_or(line.len(), |(byte, _)| byte)
}
