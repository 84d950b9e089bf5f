//! A theme: templates, words and static files, layered so that one file can be replaced without copying the rest.
//!
//! `disk` hands in the folders a project has; [`Theme::load`] follows `extends` from the chosen one to the default,
//! which is built in. Of two files with one name the nearer layer wins. Static files get a hash of their bytes into
//! their name, so that they can be cached for ever.

mod asset;
mod builtin;
mod manifest;
mod unused;

pub use asset::Asset;

use crate::diag::{Checked, Diagnostic, Source, Span, words};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Name of the theme that is built in.
pub const DEFAULT: &str = "default";

/// The files of one theme folder: path within it and bytes.
pub type Files = Vec<(String, Vec<u8>)>;

/// One folder of a theme.
#[derive(Debug, Clone)]
pub struct Layer {
    /// Name of the folder.
    pub name: String,
    /// Its templates by name, without `templates/`.
    pub templates: Vec<(String, Source)>,
    /// Its tables of words by language.
    pub words: Vec<(String, Source)>,
    /// Its static files by name, without `static/`.
    statics: Vec<(String, Arc<[u8]>)>,
}

/// All layers of the chosen theme, nearest first; the built-in default is always the last.
#[derive(Debug, Clone)]
pub struct Theme {
    layers: Vec<Layer>,
    assets: BTreeMap<String, Asset>,
    fingerprint: blake3::Hash,
}

impl Theme {
    /// The default theme alone.
    pub fn builtin() -> Self {
        Self::of(vec![builtin_layer()])
    }

    /// The theme `name` of a project, whose theme folders `find` looks up by name. What cannot be read of it is told,
    /// and the layers below it stand in.
    pub fn load(name: &str, find: &dyn Fn(&str) -> Option<Files>) -> Checked<Self> {
        let mut found = Vec::new();
        let mut layers: Vec<Layer> = Vec::new();
        let mut next = Some(name.to_owned());
        while let Some(name) = next.take() {
            if layers.iter().any(|layer| layer.name == name) {
                found.push(circle(&name));
                break;
            }
            let Some(files) = find(&name) else {
                if name != DEFAULT {
                    found.push(missing(&name, layers.last()));
                }
                break;
            };
            let (layer, extends) = Layer::read(&name, files, &mut found);
            layers.push(layer);
            next = (name != DEFAULT).then_some(extends);
        }
        layers.push(builtin_layer());
        for (number, layer) in layers.iter().enumerate() {
            found.extend(unused::mistyped(layer, layers.get(number + 1..).unwrap_or_default()));
        }
        Checked::new(Self::of(layers), found)
    }

    fn of(layers: Vec<Layer>) -> Self {
        let mut assets = BTreeMap::new();
        let mut hasher = blake3::Hasher::new();
        for layer in &layers {
            for (name, bytes) in &layer.statics {
                assets.entry(name.clone()).or_insert_with(|| Asset::new(name, Arc::clone(bytes)));
                mix(&mut hasher, name, bytes);
            }
            for (name, source) in layer.templates.iter().chain(&layer.words) {
                mix(&mut hasher, name, source.text.as_bytes());
            }
        }
        Self { layers, assets, fingerprint: hasher.finalize() }
    }

    /// The layers, nearest first.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The static files by their plain name (`kb.css`), each from the nearest layer that has it.
    pub fn assets(&self) -> &BTreeMap<String, Asset> {
        &self.assets
    }

    /// Changes whenever any file of any layer does.
    pub fn fingerprint(&self) -> blake3::Hash {
        self.fingerprint
    }
}

fn builtin_layer() -> Layer {
    let files = builtin::FILES.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect();
    // The embedded files are part of this program; a test asserts that they read without findings.
    Layer::read(DEFAULT, files, &mut Vec::new()).0
}

impl Layer {
    fn read(name: &str, mut files: Files, found: &mut Vec<Diagnostic>) -> (Self, String) {
        files.sort();
        let mut layer =
            Self { name: name.to_owned(), templates: Vec::new(), words: Vec::new(), statics: Vec::new() };
        let mut extends = DEFAULT.to_owned();
        for (path, bytes) in files {
            if let Some(asset) = path.strip_prefix("static/") {
                layer.statics.push((asset.to_owned(), bytes.into()));
                continue;
            }
            let template = path.strip_prefix("templates/");
            let language = path.strip_prefix("words/").and_then(|file| file.strip_suffix(".toml"));
            if template.is_none() && language.is_none() && path != "theme.toml" {
                found.extend(unused::astray(name, &path));
                continue;
            }
            let shown = format!("themes/{name}/{path}");
            let Some(source) = text(&shown, bytes, found) else { continue };
            if let Some(template) = template {
                layer.templates.push((template.to_owned(), source));
            } else if let Some(language) = language {
                layer.words.push((language.to_owned(), source));
            } else {
                extends = manifest::read(&source).unpack(found).extends;
            }
        }
        (layer, extends)
    }
}

fn text(shown: &str, bytes: Vec<u8>, found: &mut Vec<Diagnostic>) -> Option<Source> {
    match String::from_utf8(bytes) {
        Ok(text) => Some(Source::new(shown, text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let source = Source::new(shown, "");
            found.push(Diagnostic::error("theme", &source, Span::at(at), "the file is not valid UTF-8"));
            None
        }
    }
}

fn mix(hasher: &mut blake3::Hasher, name: &str, bytes: &[u8]) {
    for part in [name.as_bytes(), bytes] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
}

fn missing(name: &str, above: Option<&Layer>) -> Diagnostic {
    let file =
        above.map_or_else(|| "site.toml".to_owned(), |layer| format!("themes/{}/theme.toml", layer.name));
    let message = format!("there is no theme `{name}`");
    let help = format!("make the folder `themes/{name}`, or use {}", words::alternatives(&[DEFAULT]));
    Diagnostic::error("theme", &Source::new(file, ""), Span::at(0), message).help(help)
}

fn circle(name: &str) -> Diagnostic {
    let source = Source::new(format!("themes/{name}/theme.toml"), "");
    Diagnostic::error("theme", &source, Span::at(0), format!("theme `{name}` extends itself in a circle"))
        .help("let one of them extend `default`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(all: &[(&str, &str)]) -> Files {
        all.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn the_built_in_theme_reads_without_findings() {
        let mut found = Vec::new();
        let files = builtin::FILES.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect();
        Layer::read(DEFAULT, files, &mut found);
        assert_eq!(found, []);
    }

    #[test]
    fn one_file_of_a_theme_replaces_one_file_of_the_default() {
        let own = files(&[("static/kb.css", "body{}"), ("templates/home.html", "hello")]);
        let theme = Theme::load("acme", &|name| (name == "acme").then(|| own.clone()));
        assert_eq!(theme.found, []);
        let css = &theme.value.assets()["kb.css"];
        assert_eq!(&*css.bytes, b"body{}");
        assert!(css.path.as_str().starts_with("assets/kb."), "{}", css.path);
        assert!(theme.value.assets().contains_key("kb.js"));
        assert_ne!(theme.value.fingerprint(), Theme::builtin().fingerprint());
    }

    #[test]
    fn files_that_take_no_effect_are_told() {
        let own = files(&[
            ("templates/incidnet.html", "a"),
            ("templates/mine.html", "{% include \"acknowledge.html\" %}"),
            ("templates/acknowledge.html", "new, and named by another"),
            ("static/kb.ccs", "body{}"),
            ("home.html", "hello"),
            ("README.md", "about"),
        ]);
        let told = Theme::load("acme", &|name| (name == "acme").then(|| own.clone())).found;
        let told: Vec<_> =
            told.iter().map(|one| (&*one.file, one.help.as_deref().unwrap_or_default())).collect();
        let expected = [
            ("themes/acme/home.html", "move it to `templates/home.html`"),
            ("themes/acme/templates/incidnet.html", "did you mean `templates/incident.html`"),
            ("themes/acme/static/kb.ccs", "did you mean `static/kb.css`"),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_theme_that_is_missing_or_extends_itself_is_told() {
        let lost = Theme::load("acme", &|_| None);
        assert_eq!(lost.found[0].message, "there is no theme `acme`");
        let circle = Theme::load("a", &|name| {
            let other = if name == "a" { "b" } else { "a" };
            Some(files(&[("theme.toml", &format!("extends = '{other}'"))]))
        });
        assert_eq!(circle.found[0].message, "theme `a` extends itself in a circle");
        assert_eq!(circle.value.layers().len(), 3);
    }
}
