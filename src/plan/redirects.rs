//! Pages at the earlier addresses of documents, which lead on to the present one.

use super::{Pages, Route, Site, url};
use crate::corpus::{Published, slugify};
use crate::diag::{Diagnostic, Source, Span};
use crate::output::OutputPath;

/// Adds a page for every alias that is an address. One that another page already has is told and left out.
pub(super) fn add(site: &Site<'_>, pages: &mut Pages) {
    let style = site.config.urls;
    for published in &site.edition.incidents {
        let Some(to) = url::page(&format!("incidents/{}", published.slug), style) else { continue };
        for alias in &published.incident.aliases {
            let Some(path) = address(alias, style).filter(|path| *path != to) else { continue };
            if pages.by_path.contains_key(&path) {
                pages.found.push(taken(published, alias, &path));
                continue;
            }
            pages.add(Some(path), Route::Redirect(to.clone()), &published.incident.name);
        }
    }
}

fn taken(published: &Published, alias: &str, path: &OutputPath) -> Diagnostic {
    let source = Source::new(std::sync::Arc::clone(&published.incident.name), "");
    let message = format!("alias `{alias}` is the address of another page, `{path}`");
    Diagnostic::warning("alias-taken", &source, Span::at(0), message)
        .help("remove it, or name another address")
}

/// `/old/place/` and `old.html` are paths of the site; anything else is an earlier name of an incident.
fn address(alias: &str, style: crate::config::UrlStyle) -> Option<OutputPath> {
    let alias = alias.trim();
    let is_file = alias.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("html"));
    if !alias.contains('/') && !is_file {
        return url::page(&format!("incidents/{}", slugify(alias)), style);
    }
    let path = alias.trim_start_matches('/');
    let last = path.rsplit('/').next().unwrap_or(path);
    if last.is_empty() {
        return OutputPath::new(&format!("{path}index.html"));
    }
    if last.contains('.') { OutputPath::new(path) } else { url::page(path, style) }
}
