//! Signatures: exact tokens that rarely collide, so that sharing one says more than sharing words.
//!
//! Names of exceptions and errors, `errno` names, SQLSTATE codes, states such as `OOMKilled`, HTTP statuses with the
//! service that answered, code in a line, and log lines with their variable parts masked.

use super::words::{Word, WordKind, split};
use crate::model::text::{Block, BlockKind, Document, Inline, InlineKind};
use std::collections::BTreeSet;

/// What a signature is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignatureKind {
    /// A name ending in `Error`, `Exception`, `Failure`, `Fault`, `Panic` or `Timeout`.
    Exception,
    /// `ECONNREFUSED`.
    Errno,
    /// The five characters after the word SQLSTATE.
    SqlState,
    /// A state a system reports in camel case: `CrashLoopBackOff`.
    State,
    /// `HTTP 503 checkout`.
    HttpStatus,
    /// Code in a line.
    Code,
    /// A line of a log with its variable parts masked.
    LogLine,
}

/// One signature.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Signature {
    /// What it is.
    pub kind: SignatureKind,
    /// The token, or the masked line.
    pub text: String,
}

/// Endings of names of things that went wrong.
const WRONG: [&str; 6] = ["Error", "Exception", "Failure", "Fault", "Panic", "Timeout"];
/// Shortest masked log line that says something, in words.
const LEAST_WORDS: usize = 3;
/// Longest code in a line that is a name and not a script, in bytes.
const LONGEST_CODE: usize = 80;
/// Most lines of one code block that are read.
const MOST_LINES: usize = 200;

/// All signatures of a document: of its text, its code in lines and its logs.
pub fn of_document(document: &Document) -> BTreeSet<Signature> {
    let mut found = BTreeSet::new();
    of_blocks(&document.blocks, &mut found);
    found
}

fn of_blocks(blocks: &[Block], found: &mut BTreeSet<Signature>) {
    for block in blocks {
        if let BlockKind::Code(code) = &block.kind {
            found.extend(in_text(&code.text));
            let lines = code.text.lines().take(MOST_LINES).filter_map(masked);
            found.extend(lines.map(|text| Signature { kind: SignatureKind::LogLine, text }));
        }
        for inlines in block.inlines() {
            found.extend(in_text(&crate::model::text::plain(inlines)));
            of_inlines(inlines, found);
        }
        for children in block.children() {
            of_blocks(children, found);
        }
    }
}

fn of_inlines(inlines: &[Inline], found: &mut BTreeSet<Signature>) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Code(code) => {
                let text = code.trim();
                if text.len() <= LONGEST_CODE && text.chars().filter(|c| c.is_alphabetic()).count() > 2 {
                    found.insert(Signature { kind: SignatureKind::Code, text: text.to_owned() });
                }
            }
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                of_inlines(inner, found);
            }
            InlineKind::Link(link) => of_inlines(&link.text, found),
            _ => {}
        }
    }
}

/// The signatures that stand in running text or in a log.
pub fn in_text(text: &str) -> BTreeSet<Signature> {
    let mut found = BTreeSet::new();
    let mut before: [String; 2] = Default::default();
    let mut within = 0;
    split(text, &mut |word: Word<'_>| {
        if word.kind == WordKind::Leaf && word.start < within {
            return;
        }
        if word.kind == WordKind::Whole {
            within = within.max(word.end);
        }
        if let Some(kind) = kind_of(&word, &before) {
            let text = match kind {
                SignatureKind::HttpStatus => format!("HTTP {}", word.text),
                _ => text.get(word.start..word.end).unwrap_or(word.text).to_owned(),
            };
            found.insert(Signature { kind, text });
        }
        before.swap(0, 1);
        let [_, last] = &mut before;
        word.text.clone_into(last);
    });
    found.extend(statuses_with_service(text));
    found
}

fn kind_of(word: &Word<'_>, before: &[String; 2]) -> Option<SignatureKind> {
    let text = word.text;
    let [_, last] = before;
    let camel = word.kind == WordKind::Whole && word.end - word.start == text.len() && is_camel(text);
    if camel && WRONG.iter().any(|ending| text.ends_with(ending)) {
        return Some(SignatureKind::Exception);
    }
    if camel
        && text.len() >= 6
        && ["Killed", "BackOff", "Lost", "Evicted", "Exceeded", "Refused", "NotReady", "Pressure"]
            .iter()
            .any(|ending| text.ends_with(ending))
    {
        return Some(SignatureKind::State);
    }
    if word.kind == WordKind::Leaf && is_errno(text) {
        return Some(SignatureKind::Errno);
    }
    let code = text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    if code && last.eq_ignore_ascii_case("sqlstate") {
        return Some(SignatureKind::SqlState);
    }
    let status = text.len() == 3
        && matches!(text.as_bytes(), [b'4' | b'5', rest @ ..] if rest.iter().all(u8::is_ascii_digit));
    (status && last.eq_ignore_ascii_case("http")).then_some(SignatureKind::HttpStatus)
}

/// `502 from checkout`, `503s on the hub`: the status and who answered.
fn statuses_with_service(text: &str) -> Vec<Signature> {
    let words: Vec<&str> = text.split_whitespace().take(20_000).collect();
    let mut found = Vec::new();
    for window in words.windows(3) {
        let [status, link, service] = window else { continue };
        let status = status.trim_matches(|c: char| !c.is_ascii_alphanumeric()).trim_end_matches('s');
        let is_status = matches!(status.as_bytes(), [b'4' | b'5', b'0'..=b'9', b'0'..=b'9']);
        let service = service.trim_matches(|c: char| !c.is_alphanumeric());
        let named =
            service.len() > 2 && !["the", "all", "any", "our", "its", "this", "that"].contains(&service);
        if is_status
            && matches!(*link, "from" | "on" | "in" | "by")
            && named
            && !service.starts_with(|c: char| c.is_ascii_digit())
        {
            let text = format!("HTTP {status} {}", service.to_lowercase());
            found.push(Signature { kind: SignatureKind::HttpStatus, text });
        }
    }
    found
}

fn is_camel(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphabetic)
        && text.chars().any(char::is_lowercase)
        && text.chars().any(char::is_uppercase)
}

/// `ECONNRESET`, `ENOSPC`: an E and letters in capitals that make no English word.
fn is_errno(text: &str) -> bool {
    const KNOWN: [&str; 34] = [
        "EACCES",
        "EADDRINUSE",
        "EADDRNOTAVAIL",
        "EAGAIN",
        "EBADF",
        "EBUSY",
        "ECHILD",
        "ECONNABORTED",
        "ECONNREFUSED",
        "ECONNRESET",
        "EDEADLK",
        "EDQUOT",
        "EEXIST",
        "EFAULT",
        "EFBIG",
        "EHOSTUNREACH",
        "EINTR",
        "EINVAL",
        "EIO",
        "EISDIR",
        "EMFILE",
        "EMSGSIZE",
        "ENETUNREACH",
        "ENFILE",
        "ENOENT",
        "ENOMEM",
        "ENOSPC",
        "ENOTCONN",
        "ENOTFOUND",
        "EPERM",
        "EPIPE",
        "EROFS",
        "ESTALE",
        "ETIMEDOUT",
    ];
    KNOWN.contains(&text)
}

/// A log line without what changes from one time to the next: numbers, dates, addresses, ids and quoted values become
/// `#`. `None` where too little is left to compare.
pub fn masked(line: &str) -> Option<String> {
    let mut out = String::new();
    let mut words = 0;
    for token in line.split_whitespace().take(60) {
        let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
        let masked = mask(token);
        words += usize::from(!bare.is_empty() && !masked.contains('#'));
        if masked == "#" && out.ends_with('#') {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&masked);
    }
    (words >= LEAST_WORDS).then_some(out)
}

fn mask(token: &str) -> String {
    if let Some((key, value)) = token.split_once('=')
        && !key.is_empty()
        && value.contains(|c: char| c.is_ascii_digit())
    {
        return format!("{key}=#");
    }
    let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    let hex = bare.len() >= 8 && digits > 0 && bare.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let mostly_number = digits * 2 >= bare.len().max(1) && digits > 0;
    let address = bare.contains('/') && digits > 0;
    if hex || mostly_number || address { "#".to_owned() } else { token.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        in_text(text).into_iter().map(|one| format!("{:?} {}", one.kind, one.text)).collect()
    }

    #[test]
    fn names_of_failures_are_signatures_and_words_are_not() {
        assert_eq!(
            found("java.net.SocketTimeoutException: read timed out"),
            ["Exception SocketTimeoutException"]
        );
        assert_eq!(found("pods were OOMKilled (ECONNREFUSED)"), ["Errno ECONNREFUSED", "State OOMKilled"]);
        assert_eq!(found("SQLSTATE 53300: too many connections"), ["SqlState 53300"]);
        assert_eq!(found("An Error occurred; EVERY node failed in GitHub"), [""; 0]);
    }

    #[test]
    fn a_status_needs_someone_who_answered() {
        assert_eq!(found("users saw 503s from checkout."), ["HttpStatus HTTP 503 checkout"]);
        assert_eq!(found("503 people complained"), [""; 0]);
    }

    #[test]
    fn log_lines_are_compared_without_what_changes() {
        let one = masked("2024-03-14T10:00:01Z pool timeout after 3000ms conn=8f3a77b2c1 on 10.2.0.4:5432");
        let two = masked("2025-01-02T03:04:05Z pool timeout after 2800ms conn=77aa00ff12 on 10.9.1.8:5432");
        assert_eq!(one.as_deref(), Some("# pool timeout after # conn=# on #"));
        assert_eq!(one, two);
        assert_eq!(masked("12:00 ok"), None);
    }
}
