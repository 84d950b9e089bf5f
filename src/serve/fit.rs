//! From an answer to what this client gets: headers, `304`, a part of a file, compressed text.

use super::head::Head;
use super::media::{is_active, is_text};
use super::range::{Part, part};
use super::site::{Answer, Body};
use crate::disk::open_inside;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::ops::Range;
use std::os::unix::fs::MetadataExt;
use std::sync::{Arc, Mutex, PoisonError};

/// What pages may do: use the site's own files, nothing inline, nothing from elsewhere.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'";
/// What an attached HTML or SVG file may do: be looked at.
const ATTACHED_POLICY: &str =
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

const SMALLEST_COMPRESSED: usize = 1024;
const LARGEST_COMPRESSED: usize = 16 * 1024 * 1024;
const CACHE: usize = 32 * 1024 * 1024;

/// What is written to the connection.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    /// Length of the body, also where it is not sent.
    pub(super) length: u64,
    pub(super) body: Payload,
}

/// The bytes of a reply.
#[derive(Debug)]
pub(super) enum Payload {
    Nothing,
    Bytes(Arc<[u8]>, Range<usize>),
    File(File, Range<u64>),
}

/// The body before anything was negotiated.
struct Whole {
    tag: String,
    length: u64,
    body: Payload,
}

/// Fits answers to clients; remembers what it has compressed.
#[derive(Debug, Default)]
pub(super) struct Fitter {
    compressed: Mutex<Cache>,
}

#[derive(Debug, Default)]
struct Cache {
    size: usize,
    by_tag: BTreeMap<String, Arc<[u8]>>,
}

impl Fitter {
    /// The reply to `head` that carries `answer`.
    pub(super) fn fit(&self, answer: Answer, head: &Head) -> Reply {
        let attached = matches!(answer.body, Body::File { .. });
        let Some(whole) = open(answer.body) else {
            return self.fit(Answer::text(404, "there is no such file\n"), head);
        };
        let mut headers = headers(answer.media_type, attached);
        headers.extend(answer.location.map(|location| ("Location", location)));
        if answer.status != 200 {
            let Whole { length, body, .. } = whole;
            return Reply { status: answer.status, headers, length, body };
        }
        let whole = self.compress(whole, answer.media_type, head, &mut headers);
        headers.push(("ETag", whole.tag.clone()));
        headers.push(("Accept-Ranges", "bytes".into()));
        if head.fields.if_none_match.as_deref().is_some_and(|tags| names(tags, &whole.tag)) {
            return Reply { status: 304, headers, length: whole.length, body: Payload::Nothing };
        }
        take_part(whole, head, headers)
    }

    fn compress(
        &self,
        whole: Whole,
        media: &str,
        head: &Head,
        headers: &mut Vec<(&'static str, String)>,
    ) -> Whole {
        let Payload::Bytes(bytes, _) = &whole.body else {
            return whole;
        };
        if !is_text(media) || !(SMALLEST_COMPRESSED..=LARGEST_COMPRESSED).contains(&bytes.len()) {
            return whole;
        }
        headers.push(("Vary", "Accept-Encoding".into()));
        if !head.fields.takes_gzip || head.fields.range.is_some() {
            return whole;
        }
        let Some(bytes) = self.compressed(&whole.tag, bytes) else {
            return whole;
        };
        headers.push(("Content-Encoding", "gzip".into()));
        let tag = format!("{}-gz\"", whole.tag.trim_end_matches('"'));
        Whole { tag, length: bytes.len() as u64, body: all_of(bytes) }
    }

    fn compressed(&self, tag: &str, bytes: &[u8]) -> Option<Arc<[u8]>> {
        let cache = || self.compressed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = cache().by_tag.get(tag) {
            return Some(Arc::clone(known));
        }
        let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::fast());
        encoder.write_all(bytes).ok()?;
        let packed: Arc<[u8]> = encoder.finish().ok()?.into();
        let mut cache = cache();
        if cache.size + packed.len() > CACHE {
            *cache = Cache::default();
        }
        cache.size += packed.len();
        cache.by_tag.insert(tag.to_owned(), Arc::clone(&packed));
        Some(packed)
    }
}

/// A plain answer of the server itself, such as a refusal.
pub(super) fn plain(status: u16, text: &str) -> Reply {
    let bytes: Arc<[u8]> = text.as_bytes().into();
    let headers = headers("text/plain; charset=utf-8", false);
    Reply { status, headers, length: bytes.len() as u64, body: all_of(bytes) }
}

fn headers(media: &'static str, attached: bool) -> Vec<(&'static str, String)> {
    let policy = if attached && is_active(media) { ATTACHED_POLICY } else { PAGE_POLICY };
    // A script from the content folder is a text to read, not one to run.
    let media =
        if attached && media.starts_with("text/javascript") { "text/plain; charset=utf-8" } else { media };
    [("Content-Type", media), ("Content-Security-Policy", policy)]
        .into_iter()
        .chain(ALWAYS)
        .map(|(name, value)| (name, value.to_owned()))
        .collect()
}

/// Sent with every answer.
pub(super) const ALWAYS: [(&str, &str); 7] = [
    ("Server", "kb"),
    ("Cache-Control", "no-cache"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
];

fn all_of(bytes: Arc<[u8]>) -> Payload {
    let range = 0..bytes.len();
    Payload::Bytes(bytes, range)
}

fn open(body: Body) -> Option<Whole> {
    match body {
        Body::Bytes(bytes) => {
            let tag = tag(&blake3::hash(&bytes));
            Some(Whole { tag, length: bytes.len() as u64, body: all_of(bytes) })
        }
        Body::File { folder, file } => {
            let (file, metadata) = open_inside(&folder, &file).ok()?;
            let version = [metadata.dev(), metadata.ino(), metadata.len()].map(u64::to_le_bytes).concat();
            let time = [metadata.mtime(), metadata.mtime_nsec()].map(i64::to_le_bytes).concat();
            let tag = tag(&blake3::hash(&[version, time].concat()));
            let length = metadata.len();
            Some(Whole { tag, length, body: Payload::File(file, 0..length) })
        }
    }
}

fn tag(hash: &blake3::Hash) -> String {
    format!("\"{}\"", hash.to_hex().chars().take(32).collect::<String>())
}

/// Whether a list of tags, weak or strong, names this one.
fn names(tags: &str, tag: &str) -> bool {
    tags.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

fn take_part(whole: Whole, head: &Head, mut headers: Vec<(&'static str, String)>) -> Reply {
    let Whole { tag, length, body } = whole;
    let is_current = head.fields.if_range.as_ref().is_none_or(|known| *known == tag);
    let asked = head.fields.range.as_deref().filter(|_| is_current);
    match asked.map_or(Part::Whole, |asked| part(asked, length)) {
        Part::Whole => Reply { status: 200, headers, length, body },
        Part::Outside => {
            headers.push(("Content-Range", format!("bytes */{length}")));
            Reply { status: 416, headers, length: 0, body: Payload::Nothing }
        }
        Part::Bytes(bytes) => {
            headers.push(("Content-Range", format!("bytes {}-{}/{length}", bytes.start, bytes.end - 1)));
            let length = bytes.end - bytes.start;
            Reply { status: 206, headers, length, body: cut(body, bytes) }
        }
    }
}

fn cut(body: Payload, bytes: Range<u64>) -> Payload {
    match body {
        Payload::Bytes(all, _) => {
            let at = |n: u64| usize::try_from(n).unwrap_or(usize::MAX).min(all.len());
            let range = at(bytes.start)..at(bytes.end);
            Payload::Bytes(all, range)
        }
        Payload::File(file, _) => Payload::File(file, bytes),
        Payload::Nothing => Payload::Nothing,
    }
}
