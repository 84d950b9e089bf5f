//! Addresses from names: one rule for slugs, everywhere.

/// `PM2021-006 – All services` becomes `pm2021-006-all-services`: letters and digits of any script in lower case, one
/// hyphen for each run of anything else, at most 120 bytes, never empty.
pub fn slugify(name: &str) -> String {
    let mut slug = String::new();
    let mut gap = false;
    for c in name.chars().flat_map(char::to_lowercase) {
        // `o` and the two dots above it, as some file systems write `ö`: the dots part no word.
        if ('\u{300}'..='\u{36f}').contains(&c) {
            continue;
        }
        if !c.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !slug.is_empty() {
            slug.push('-');
        }
        gap = false;
        if slug.len() + c.len_utf8() > 120 {
            break;
        }
        slug.push(c);
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "untitled".to_owned() } else { slug.to_owned() }
}

/// The name that the file at `path` gives to its document; the usual names of a folder's only file say nothing, its folder
/// does.
pub fn name_by_path(path: &str) -> &str {
    let path = without_extension(path);
    let mut parts = path.rsplit('/');
    match parts.next() {
        Some("index" | "README") => parts.next().unwrap_or(path),
        Some(stem) => stem,
        None => path,
    }
}

/// `path` without the extension of a document.
pub(in crate::corpus) fn without_extension(path: &str) -> &str {
    path.strip_suffix(".markdown").or_else(|| path.strip_suffix(".md")).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_names_its_document() {
        assert_eq!(name_by_path("2024/disk full.md"), "disk full");
        assert_eq!(name_by_path("2024/disk-full/README.md"), "disk-full");
        assert_eq!(name_by_path("index.markdown"), "index");
    }

    #[test]
    fn names_become_portable_addresses() {
        assert_eq!(slugify("PM2021-006 - All services"), "pm2021-006-all-services");
        assert_eq!(slugify("Zugriff verweigert: Ärger"), "zugriff-verweigert-ärger");
        assert_eq!(slugify("Gro\u{308}\u{df}e"), "große");
        assert_eq!(slugify("../../etc/passwd"), "etc-passwd");
        assert_eq!(slugify("🔥"), "untitled");
        assert!(slugify(&"x".repeat(500)).len() <= 120);
    }
}
