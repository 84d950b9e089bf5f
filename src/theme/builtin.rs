//! The default theme, embedded: every file of `themes/default` that a site needs.

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../themes/default/", $path)).as_slice())),*]
    };
}

/// Path within the theme and bytes of every file.
pub(super) const FILES: &[(&str, &[u8])] = files![
    "theme.toml",
    "templates/404.html",
    "templates/actions.html",
    "templates/base.html",
    "templates/component.html",
    "templates/components.html",
    "templates/families.html",
    "templates/family.html",
    "templates/figure.html",
    "templates/groups.html",
    "templates/home.html",
    "templates/incident.html",
    "templates/incidents.html",
    "templates/page.html",
    "templates/parts.html",
    "templates/redirect.html",
    "templates/search.html",
    "templates/stats.html",
    "templates/tag.html",
    "templates/tags.html",
    "words/de.toml",
    "words/en.toml",
    "static/icon.svg",
    "static/kb.css",
    "static/kb.js",
    "static/marks.js",
    "static/rows.js",
    "static/search-index.js",
    "static/search-page.js",
    "static/search-words.js",
    "static/search.js",
    "static/theme.js",
];

#[cfg(test)]
mod tests {
    use super::FILES;
    use std::path::Path;

    #[test]
    fn every_file_of_the_default_theme_is_embedded() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let mut on_disk: Vec<String> = Vec::new();
        for folder in ["templates", "words", "static"] {
            for entry in root.join(folder).read_dir().unwrap() {
                on_disk.push(format!("{folder}/{}", entry.unwrap().file_name().into_string().unwrap()));
            }
        }
        on_disk.push("theme.toml".into());
        on_disk.sort();
        let mut embedded: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        embedded.sort_unstable();
        assert_eq!(embedded, on_disk);
    }
}
