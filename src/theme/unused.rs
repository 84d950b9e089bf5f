//! Files of a theme that take no effect: beside the folders that are read, or with a name that is nearly one of the files
//! they were meant to replace.

use super::Layer;
use crate::diag::{Diagnostic, Source, Span, words};

/// As many letters of a name may be mistyped.
const SLIPS: usize = 2;

/// Warnings about the files of `layer` that nothing below it has, while `below` has one of nearly the same name. A template
/// that another one names is new, not mistyped.
pub(super) fn mistyped(layer: &Layer, below: &[Layer]) -> Vec<Diagnostic> {
    let named = |name: &str| {
        let quoted = [format!("\"{name}\""), format!("'{name}'")];
        layer.templates.iter().any(|(_, source)| quoted.iter().any(|name| source.text.contains(name)))
    };
    let templates = layer.templates.iter().map(|(name, _)| ("templates", name));
    let statics = layer.statics.iter().map(|(name, _)| ("static", name));
    let of = |folder: &str| -> Vec<&String> {
        let all = below.iter();
        if folder == "templates" {
            all.flat_map(|layer| layer.templates.iter().map(|(name, _)| name)).collect()
        } else {
            all.flat_map(|layer| layer.statics.iter().map(|(name, _)| name)).collect()
        }
    };
    let new = templates.chain(statics).filter(|(_, name)| !named(name));
    let told = new.filter_map(|(folder, name)| {
        let known = of(folder);
        let near = known.iter().find(|known| words::distance(name, known, SLIPS).is_some())?;
        (!known.contains(&name)).then(|| {
            let message = format!("`{folder}/{name}` replaces no file of the theme below");
            let shown = format!("themes/{}/{folder}/{name}", layer.name);
            warning(&shown, message).help(format!("did you mean `{folder}/{near}`"))
        })
    });
    told.collect()
}

/// A warning about the file `path` of theme `name`, which lies in none of the folders that are read; `None` for what a theme
/// may well have there.
pub(super) fn astray(name: &str, path: &str) -> Option<Diagnostic> {
    let folder = match path.rsplit_once('.')?.1 {
        "html" | "xml" => "templates",
        "css" | "js" | "svg" | "png" | "woff2" => "static",
        _ => return None,
    };
    let file = path.rsplit('/').next().unwrap_or(path);
    let message = format!("`{path}` lies where no file of a theme is read from");
    Some(warning(&format!("themes/{name}/{path}"), message).help(format!("move it to `{folder}/{file}`")))
}

fn warning(shown: &str, message: String) -> Diagnostic {
    Diagnostic::warning("theme-file", &Source::new(shown, ""), Span::at(0), message)
}
