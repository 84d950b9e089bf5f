//! Attachments as a site holds them. A built site may lie on a host that sends no headers, or on a disk: there a drawing or
//! a page that somebody attached would run its scripts beside ours. So what a browser would run is taken out, and for the
//! public also what a picture tells about who made it, where, and with what.

mod image;
mod xml;

use crate::model::Audience;
use std::borrow::Cow;

/// What an attached page may do: be looked at.
const PAGE_POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
    img-src 'self' data:; style-src 'unsafe-inline'\">";

/// Whether [`fit`] has anything to do with a file of this name: all others can be copied as they are.
pub fn is_fitted(path: &str, audience: Audience) -> bool {
    let end = extension(path);
    is_xml(&end) || is_html(&end) || audience == Audience::Public && is_image(&end)
}

/// The bytes of the file `path` as `audience` gets them; `None` where it cannot be made harmless and is left out.
pub fn fit<'a>(path: &str, bytes: &'a [u8], audience: Audience) -> Option<Cow<'a, [u8]>> {
    let end = extension(path);
    if is_xml(&end) {
        return xml::inert(&text(bytes)?, audience == Audience::Public).map(|text| text.into_bytes().into());
    }
    if is_html(&end) {
        return Some(
            page(&text(bytes).unwrap_or_else(|| String::from_utf8_lossy(bytes))).into_bytes().into(),
        );
    }
    if audience == Audience::Public && is_image(&end) {
        return Some(image::without_metadata(bytes).map_or(Cow::Borrowed(bytes), Cow::Owned));
    }
    Some(Cow::Borrowed(bytes))
}

/// Whether the file `path` may still tell readers who made it, where and with what: it is of a kind whose metadata stays, or
/// no picture of the kind that its name says.
pub fn tells_its_maker(path: &str, bytes: &[u8]) -> bool {
    const KEEP: [&str; 19] = [
        "pdf", "tif", "tiff", "heic", "heif", "avif", "jxl", "bmp", "psd", "docx", "xlsx", "pptx", "odt",
        "ods", "odp", "mp3", "mp4", "mov", "webm",
    ];
    let end = extension(path);
    KEEP.contains(&end.as_str()) || is_image(&end) && image::without_metadata(bytes).is_none()
}

fn extension(path: &str) -> String {
    path.rsplit('/')
        .next()
        .and_then(|name| name.rsplit_once('.'))
        .map_or("", |(_, end)| end)
        .to_ascii_lowercase()
}

fn is_xml(end: &str) -> bool {
    matches!(end, "svg" | "xml" | "xhtml" | "xht" | "xsl" | "xslt" | "mathml" | "rdf" | "rss" | "atom")
}

fn is_html(end: &str) -> bool {
    matches!(end, "html" | "htm" | "shtml" | "shtm" | "xhtm" | "hta")
}

fn is_image(end: &str) -> bool {
    matches!(end, "jpg" | "jpeg" | "jpe" | "jfif" | "png" | "apng" | "webp" | "gif")
}

/// The text that a browser would read in `bytes`, whichever Unicode it is written in; `None` where it is none.
fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let wide = |order: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).skip(1).map(|pair| order([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<String, _>>().ok().map(Cow::Owned)
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(Cow::Borrowed),
        _ => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
    }
}

/// `html` with a policy before anything that could run. Only a document type may stand before it.
fn page(html: &str) -> String {
    let start = html.trim_start();
    let typed = start.get(..9).is_some_and(|begin| begin.eq_ignore_ascii_case("<!doctype"));
    let (doctype, rest) = match start.find('>').filter(|_| typed) {
        Some(end) => start.split_at(end + 1),
        None => ("", start),
    };
    format!("{doctype}{PAGE_POLICY}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gets_its_policy_first() {
        let fitted = |bytes: &[u8]| {
            String::from_utf8(fit("a/B.HTML", bytes, Audience::Internal).unwrap().into_owned()).unwrap()
        };
        assert!(fitted(b"<script>x()</script>").starts_with(PAGE_POLICY));
        assert!(fitted(b" <!DOCTYPE html><p>").starts_with(&format!("<!DOCTYPE html>{PAGE_POLICY}")));
        // A comment that looks like the end of a document type hides no policy.
        assert!(fitted(b"<!-- <!doctype --><script>").starts_with(PAGE_POLICY));
        let wide: Vec<u8> = "\u{feff}<b>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(fitted(&wide), format!("{PAGE_POLICY}<b>"));
    }

    #[test]
    fn other_files_are_as_they_were() {
        assert!(!is_fitted("a.log", Audience::Public) && !is_fitted("a.png", Audience::Internal));
        assert_eq!(fit("a.log", b"\xff\xfe<script>", Audience::Public).unwrap(), &b"\xff\xfe<script>"[..]);
    }

    #[test]
    fn what_keeps_its_metadata_is_known() {
        assert!(tells_its_maker("a.PDF", b"%PDF-1.7") && tells_its_maker("a.jpg", b"ftypheic"));
        assert!(!tells_its_maker("a.svg", b"<svg/>") && !tells_its_maker("a.log", b"x"));
        assert!(!tells_its_maker("a.jpg", b"\xff\xd8\xff\xda\0\x02x\xff\xd9"));
    }

    #[test]
    fn a_drawing_that_is_no_text_is_left_out() {
        assert!(fit("a.svg", b"<svg>\xff", Audience::Internal).is_none());
    }
}
