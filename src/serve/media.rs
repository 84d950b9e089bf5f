//! Which media type a file name stands for.

/// The value of `Content-Type` for a file called `path`; unknown names are bytes to be saved.
pub fn media_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    match extension.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "ndjson" => "application/x-ndjson; charset=utf-8",
        "xml" if name.starts_with("feed") => "application/atom+xml; charset=utf-8",
        "xml" if name == "opensearch.xml" => "application/opensearchdescription+xml",
        "xml" | "atom" => "application/xml; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "txt" | "log" | "md" | "markdown" | "yaml" | "yml" | "toml" | "conf" | "sql" | "sh" | "diff"
        | "patch" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "pdf" => "application/pdf",
        "gz" => "application/gzip",
        "zip" => "application/zip",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

/// Whether compressing pays: text in any form.
pub(super) fn is_text(media_type: &str) -> bool {
    let plain = media_type.split(';').next().unwrap_or(media_type);
    plain.starts_with("text/")
        || plain.ends_with("json")
        || plain.ends_with("xml")
        || plain == "application/wasm"
}

/// Whether a browser would run what stands in it.
pub(super) fn is_active(media_type: &str) -> bool {
    let plain = media_type.split(';').next().unwrap_or(media_type);
    plain == "text/html" || plain.ends_with("xml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_judged_by_their_last_extension_and_unknown_ones_are_bytes() {
        assert_eq!(media_type("incidents/a.b.HTML"), "text/html; charset=utf-8");
        assert_eq!(media_type("components/hub/feed.xml"), "application/atom+xml; charset=utf-8");
        assert_eq!(media_type("sitemap.xml"), "application/xml; charset=utf-8");
        assert_eq!(media_type("opensearch.xml"), "application/opensearchdescription+xml");
        assert_eq!(media_type("html"), "application/octet-stream");
        assert_eq!(media_type("a.html/core"), "application/octet-stream");
    }
}
