//! Which names are never content: hidden files, dependencies, and what editors leave beside the file being edited.

/// Whether a file or folder of this name is passed over by the walker and the watcher alike.
pub(super) fn is_passed_over(name: &str) -> bool {
    name.starts_with('.') || name == "node_modules" || is_editors(name)
}

/// Backup, swap and probe files of vim, emacs, `JetBrains` editors, and of desktops.
fn is_editors(name: &str) -> bool {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let probe_of_vim = name == "4913";
    let backup = name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'));
    let temporary = matches!(extension, "swp" | "swo" | "swx" | "tmp" | "temp" | "bak" | "part")
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___");
    probe_of_vim || backup || (temporary && !stem.is_empty()) || matches!(name, "Thumbs.db" | "desktop.ini")
}

/// Whether a file of this name is a postmortem.
pub(super) fn is_document(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && (extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown"))
    })
}

/// Whether the last part of `path` has no extension at all.
pub(super) fn has_no_extension(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| !name.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_leave_behind_is_no_content() {
        for name in
            [".git", ".hub.md.swp", "hub.md~", "#hub.md#", "4913", "hub.md.tmp", "node_modules", "a.bak"]
        {
            assert!(is_passed_over(name), "{name}");
        }
        for name in ["hub.md", "4913.md", "tmp", "graph.png", "a#b.md", "temp"] {
            assert!(!is_passed_over(name), "{name}");
        }
    }

    #[test]
    fn only_markdown_with_an_extension_is_a_document() {
        assert!(is_document("a.md") && is_document("A.MD") && is_document("b.markdown"));
        assert!(!is_document("md") && !is_document(".md") && !is_document("README") && !is_document("a.txt"));
    }
}
