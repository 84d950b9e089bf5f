//! Title and id.

use super::plainly::{one_line, words};
use super::prose::{cut, first_sentence};
use crate::corpus::slugify;
use crate::diag::{Diagnostic, Source, Span};
use crate::model::text::{BlockKind, Document, InlineKind, plain};
use crate::parse::front_matter::FrontMatter;
use crate::parse::synonyms::{Synonyms, normal};

/// A title with its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    pub(super) text: String,
    pub(super) from: &'static str,
}

/// The longest title in characters: a paragraph above a row of dashes is a heading to Markdown, not to its author.
const MAX_TITLE: usize = 200;

/// The longest title made of a sentence, in characters.
const MAX_SENTENCE: usize = 100;

/// What templates leave where a title belongs.
const PLACEHOLDERS: [&str; 6] =
    ["tittel", "title", "titel", "untitled", "postmortem title", "incident title"];

/// Fields of a form that some teams write as headings.
const FIELDS: [&str; 20] = [
    "owner",
    "author",
    "authors",
    "involved",
    "attendees",
    "participants",
    "reviewers",
    "facilitator",
    "date",
    "severity",
    "status",
    "duration",
    "outage duration",
    "incident duration",
    "root cause",
    "resolution",
    "impact",
    "summary",
    "meeting scheduled for",
    "call recording",
];

/// The heading that is the title of the whole: the first of level 1 that names no section, else the first heading, if
/// nothing of its kind stands before it. Below a title in front matter a heading of another level opens a section.
pub(in crate::parse) fn heading(
    front: &FrontMatter,
    document: &Document,
    synonyms: &Synonyms,
) -> Option<Span> {
    let headings = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading(heading) => Some((heading, block.span)),
        _ => None,
    });
    let names = |text: &str| {
        let text = text.trim();
        !text.is_empty()
            && text.chars().count() <= MAX_TITLE
            && synonyms.exact(text).is_none()
            && !is_placeholder(text)
            && !is_label(text)
    };
    let mut all =
        headings.map(|(heading, span)| (heading.level, plain(&heading.text), span)).take(200).peekable();
    // `# Title:` is the label of the heading below it.
    let label = all.next_if(|(_, text, _)| is_placeholder(text) && text.trim_end().ends_with(':'));
    let titled = front.text("title").is_some_and(|title| !is_placeholder(title.value));
    let opens = |level: u8, text: &str| names(text) && (level == 1 || !titled);
    let first = all.peek().filter(|(level, text, _)| opens(*level, text)).map(|(_, _, span)| *span);
    if label.is_some() && first.is_some() {
        return first;
    }
    // Where two sections stand at level 1 already, the next heading of that level is one more section.
    let mut top = all.filter(|(level, _, _)| *level == 1).take(2);
    top.find(|(_, text, _)| names(text)).map(|(_, _, span)| span).or(first)
}

/// Front matter, then the heading at `heading`, then the name of the file.
pub(super) fn title(
    front: &FrontMatter,
    document: &Document,
    heading: Option<Span>,
    source: &Source,
    synonyms: &Synonyms,
) -> Title {
    let stated = front.text("title").map(|text| words(text.value)).filter(|text| !is_placeholder(text));
    if let Some(text) = stated {
        return Title { text, from: "front matter" };
    }
    let headed = document.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Heading(one) if Some(block.span) == heading => Some(one_line(&plain(&one.text))),
        _ => None,
    });
    match headed.filter(|text| !text.is_empty()) {
        Some(text) => Title { text, from: "heading" },
        None => from_first_line(document, synonyms)
            .or_else(|| from_words(document, &source.path))
            .unwrap_or_else(|| Title { text: from_path(&source.path), from: "file name" }),
    }
}

/// The first line of a text without headings, where it stands alone or above the first label: what plain text has for a
/// title. A line that is cut out of a paragraph is none.
fn from_first_line(document: &Document, synonyms: &Synonyms) -> Option<Title> {
    if document.blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading(_))) {
        return None;
    }
    let BlockKind::Paragraph(inlines) = &document.blocks.first()?.kind else { return None };
    let mut lines = inlines
        .split(|inline| matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak))
        .map(|line| one_line(&plain(line)));
    let text = lines.next()?;
    // `#Hub outage` without the blank that Markdown asks for is a line of text; `#2212` is a number.
    let bare = text.trim_start_matches('#');
    let text = if bare.starts_with(char::is_alphabetic) { bare } else { &text };
    // A report sent by mail.
    let text = ["Subject:", "subject:"]
        .iter()
        .find_map(|label| text.strip_prefix(label))
        .unwrap_or(text)
        .trim()
        .to_owned();
    let labels = |next: &str| {
        let titled = next.starts_with(char::is_uppercase) && next.split_whitespace().count() <= 4;
        next.ends_with(':')
            || synonyms.exact(next).or_else(|| synonyms.kind(next).filter(|_| titled)).is_some()
    };
    let whole = lines.next().is_none_or(|next| labels(&next));
    let sentence = text.ends_with(['.', ',', ';', ':']) || text.contains("://");
    let words = text.split_whitespace().count();
    let fits = (2..=16).contains(&words) && text.chars().count() <= MAX_SENTENCE;
    // `Summary: it broke` is a field; `Outage postmortem` above `Issue summary` is a title that shares a word with one.
    let named = match text.split_once(':') {
        Some((label, _)) => synonyms.kind(label),
        None => synonyms.exact(&text),
    };
    let field = is_label(&text) || named.is_some();
    (whole && fits && !sentence && !field && !is_placeholder(&text))
        .then_some(Title { text, from: "first line" })
}

/// The first sentence, where the file's name is a number that only a machine would read.
fn from_words(document: &Document, path: &str) -> Option<Title> {
    let name = stem(path.rsplit('/').next()?);
    let hexadecimal = name.chars().filter(|c| *c != '-').all(|c| c.is_ascii_hexdigit());
    if !hexadecimal || name.len() < 24 {
        return None;
    }
    let words = document.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Paragraph(text) => Some(one_line(&plain(text))),
        _ => None,
    })?;
    let text = cut(first_sentence(&words).trim_end_matches('.'), MAX_SENTENCE);
    (!text.is_empty()).then_some(Title { text, from: "first sentence" })
}

fn is_placeholder(text: &str) -> bool {
    PLACEHOLDERS.contains(&text.trim().trim_end_matches(':').trim_end().to_lowercase().as_str())
}

/// Whether a heading is a field of a form, such as `## Owner: @ada`.
fn is_label(text: &str) -> bool {
    let label = text.split_once(':').map(|(label, _)| normal(label));
    label.is_some_and(|label| FIELDS.contains(&label.as_str()))
}

/// `2021/PM2021-006 - All services.md` reads `PM2021-006 - All services`; hyphens between words become blanks.
fn from_path(path: &str) -> String {
    let mut parts = path.rsplit('/');
    let stem = parts.next().map(stem).unwrap_or_default();
    let stem = match stem.to_lowercase().as_str() {
        "index" | "_index" | "readme" => parts.next().unwrap_or(stem),
        _ => stem,
    };
    let spaced = if stem.contains(' ') { stem.to_owned() } else { stem.replace(['-', '_'], " ") };
    let undated = without_number(without_date(&one_line(&spaced))).to_owned();
    let mut letters = undated.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => stem.to_owned(),
    }
}

/// A name without the date it begins with, where something is left.
fn without_date(name: &str) -> &str {
    let digits = |c: char| c.is_ascii_digit() || c == ' ' || c == '-';
    let rest = name.trim_start_matches(digits);
    if name.len() - rest.len() >= 8 && !rest.is_empty() { rest } else { name }
}

/// A name without the number it begins with, where zeros show that it only counts files: `003 migrations missing`.
fn without_number(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = name.len() - rest.len();
    let counts = name.starts_with('0') && (2..=5).contains(&digits) && rest.starts_with(' ');
    if counts { rest.trim_start() } else { name }
}

fn stem(file: &str) -> &str {
    [".markdown", ".md"].iter().find_map(|end| file.strip_suffix(end)).unwrap_or(file)
}

/// An id with whether and where it was stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Id {
    pub(super) text: String,
    pub(super) stated: bool,
    pub(super) span: Span,
}

/// Front matter, then what the file's name or the title begins with, then the path.
pub(super) fn id(front: &FrontMatter, title: &str, source: &Source, found: &mut Vec<Diagnostic>) -> Id {
    if let Some(stated) = front.text("id") {
        if slugify(stated.value) == "untitled" {
            let message =
                format!("`{}` holds no letter or digit that an address could be made of", stated.value);
            found.push(Diagnostic::error("bad-id", source, stated.span, message));
        } else {
            return Id { text: one_line(stated.value), stated: true, span: stated.span };
        }
    }
    let file = source.path.rsplit('/').next().unwrap_or_default();
    match leading(stem(file)).or_else(|| leading(title)) {
        Some(text) => Id { text: text.to_owned(), stated: true, span: Span::at(0) },
        None => Id { text: stem(&source.path).to_owned(), stated: false, span: Span::at(0) },
    }
}

/// Words of capitals and digits that are no ids of incidents.
const NO_IDS: [&str; 18] = [
    "AES", "COVID", "CVE", "EC", "GPT", "HTTP", "IPV", "ISO", "P", "PHP", "Q", "RFC", "S", "SEV", "SHA",
    "TLS", "UTF", "V",
];

/// `PM2021-006 - …`, `INC-12: …`, `[DCL-2278] …`: capitals, then digits, then something else or nothing.
fn leading(name: &str) -> Option<&str> {
    let name = name.trim_start_matches(['[', '(', '#', ' ']);
    let letters = name.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = name.get(letters..)?;
    let hyphen = usize::from(rest.starts_with('-'));
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(rest.get(hyphen..)?);
    let mut end = letters + hyphen + first;
    let tail = name.get(end..)?;
    if hyphen == 0 && tail.starts_with('-') && digits(tail.get(1..)?) > 0 {
        end += 1 + digits(tail.get(1..)?);
    }
    let after = name.get(end..)?.chars().next();
    let fine = (2..=10).contains(&letters)
        && first >= 1
        && (hyphen == 1 || first >= 2)
        && !NO_IDS.contains(&name.get(..letters)?)
        && !after.is_some_and(char::is_alphanumeric)
        // `GCP-2022-01-20` is a date behind a name.
        && !(after == Some('-') && name.get(end + 1..).is_some_and(|rest| digits(rest) > 0));
    name.get(..end).filter(|_| fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lead_file_names_and_titles() {
        for (name, id) in [
            ("PM2021-006 - All services returning 503", Some("PM2021-006")),
            ("INC-12", Some("INC-12")),
            ("[DCL-2278] Catalyst", Some("DCL-2278")),
            ("INC-12: the hub", Some("INC-12")),
            ("SEV-1 outage", None),
            ("S3 outage", None),
            ("HTTP2 errors", None),
            ("GCP-2022-01-20-outage", None),
            ("K8S upgrade", None),
            ("2022-12-05", None),
            ("", None),
        ] {
            assert_eq!(leading(name), id, "{name}");
        }
    }

    #[test]
    fn file_names_become_titles() {
        assert_eq!(from_path("a/2021-06-03--database-full.md"), "Database full");
        assert_eq!(from_path("a/2023-05-01-hub/index.md"), "Hub");
        assert_eq!(from_path("a/PM2021-006 - All services.md"), "PM2021-006 - All services");
        assert_eq!(from_path("2021-06-03.md"), "2021 06 03");
        assert_eq!(from_path("003-migrations-missing.md"), "Migrations missing");
        assert_eq!(from_path("503-errors.md"), "503 errors");
    }
}
