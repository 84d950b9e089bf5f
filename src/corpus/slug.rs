//! Addresses from names: one rule for slugs, everywhere.

/// `PM2021-006 – All services` becomes `pm2021-006-all-services`: letters and digits of any script in lower case, one
/// hyphen for each run of anything else, at most 120 bytes, never empty.
pub fn slugify(name: &str) -> String {
    let mut slug = String::new();
    let mut gap = false;
    for c in name.chars().flat_map(char::to_lowercase) {
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
    if slug.is_empty() {
        "untitled".to_owned()
    } else {
        slug.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_portable_addresses() {
        assert_eq!(slugify("PM2021-006 - All services"), "pm2021-006-all-services");
        assert_eq!(slugify("Zugriff verweigert: Ärger"), "zugriff-verweigert-ärger");
        assert_eq!(slugify("../../etc/passwd"), "etc-passwd");
        assert_eq!(slugify("🔥"), "untitled");
        assert!(slugify(&"x".repeat(500)).len() <= 120);
    }
}
