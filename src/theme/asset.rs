//! A static file of a theme under a name that changes with its bytes.

use crate::output::OutputPath;
use std::sync::Arc;

/// One static file.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Where it goes: `assets/kb.1a2b3c4d.css`.
    pub path: OutputPath,
    /// What it holds.
    pub bytes: Arc<[u8]>,
}

impl Asset {
    /// `name` with the first eight hexadecimal digits of the hash of `bytes` before its extension. Names that could
    /// leave the output folder are replaced by the hash alone.
    pub(super) fn new(name: &str, bytes: Arc<[u8]>) -> Self {
        let hash = blake3::hash(&bytes).to_hex();
        let short = hash.get(..8).unwrap_or_default();
        let hashed = match name.rsplit_once('.') {
            Some((stem, extension)) => format!("assets/{stem}.{short}.{extension}"),
            None => format!("assets/{name}.{short}"),
        };
        let safe = || OutputPath::new(&format!("assets/{short}"));
        let path = OutputPath::new(&hashed).or_else(safe).unwrap_or_else(OutputPath::index);
        Self { path, bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_follows_the_bytes() {
        let one = Asset::new("kb.css", b"a".as_slice().into());
        let two = Asset::new("kb.css", b"b".as_slice().into());
        assert_ne!(one.path, two.path);
        assert_eq!(one.path, Asset::new("kb.css", b"a".as_slice().into()).path);
        assert!(!Asset::new("../x.css", b"a".as_slice().into()).path.as_str().contains(".."));
    }
}
