//! Mentions of other postmortems: `related` in front matter, links to files, and ids in the text such as `PM2019-009`.
//!
//! What a mention leads to is decided when all documents are known; here it is kept as written, with its place.

use super::context::Context;
use super::front_matter::{Field, Value};
use crate::diag::{Located, Span};
use crate::model::text::{Block, Inline, InlineKind, plain};
use crate::model::{LinkKind, Reference, dated_page};

/// Letters before the number of an id that teams give to incidents.
const PREFIXES: [&str; 5] = ["PM", "INC", "INCIDENT", "IR", "POSTMORTEM"];

/// Reads all mentions in order.
pub(super) fn read(context: &Context<'_>) -> Vec<Reference> {
    let mut reader = Reader { context, found: stated(context) };
    reader.blocks(&context.document.blocks);
    reader.found
}

/// The keys under which an entry of `related` names its target.
pub(super) const TARGETS: [&str; 5] = ["id", "path", "url", "target", "to"];
/// The keys under which it says why.
pub(super) const WHY: [&str; 2] = ["why", "reason"];

/// `related: [INC-12, {id: INC-9, kind: same-cause, why: …}]`
fn stated(context: &Context<'_>) -> Vec<Reference> {
    let mut found = Vec::new();
    for field in context.front.all("related") {
        match &field.value.value {
            Value::List(all) => found.extend(all.iter().filter_map(|one| stated_one(context, one))),
            Value::Scalar(text) => {
                let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
                found.extend(parts.map(|part| reference(context, "related", part, part, field.value.span)));
            }
            Value::Map(_) => found.extend(stated_one(context, &field.value)),
            Value::Null => {}
        }
    }
    found
}

fn stated_one(context: &Context<'_>, one: &Located<Value>) -> Option<Reference> {
    match &one.value {
        Value::Scalar(text) => Some(reference(context, "related", text, text, one.span)),
        Value::Map(fields) => {
            let value = |names: &[&str]| get(fields, names);
            let target = value(&TARGETS)?;
            let kinds = [
                LinkKind::Recurrence,
                LinkKind::SameCause,
                LinkKind::LooksLike,
                LinkKind::SeeAlso,
                LinkKind::NotRelated,
            ];
            let kind = value(&["kind"]).and_then(|word| kinds.into_iter().find(|kind| kind.word() == word));
            let why = value(&WHY);
            Some(Reference { kind, why, ..reference(context, "related", &target, &target, one.span) })
        }
        Value::Null | Value::List(_) => None,
    }
}

fn get(fields: &[Field], names: &[&str]) -> Option<String> {
    let wanted = |name: &&str| fields.iter().find(|field| field.key.value.eq_ignore_ascii_case(name));
    let known = names.iter().find_map(wanted)?;
    Some(known.value.value.shown()).filter(|text| !text.is_empty())
}

fn reference(
    context: &Context<'_>,
    notation: &'static str,
    target: &str,
    text: &str,
    span: Span,
) -> Reference {
    Reference {
        target: target.to_owned(),
        text: text.to_owned(),
        notation,
        kind: None,
        why: None,
        span,
        line: context.lines.line(span.start),
    }
}

struct Reader<'a, 'b> {
    context: &'b Context<'a>,
    found: Vec<Reference>,
}

impl Reader<'_, '_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            block.inlines().into_iter().for_each(|inlines| self.inlines(inlines));
            block.children().into_iter().for_each(|children| self.blocks(children));
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Link(link)
                    if leads_to_a_document(&link.target, &self.context.options.config.base_url) =>
                {
                    let shown = plain(&link.text);
                    self.found.push(reference(self.context, "link", &link.target, &shown, inline.span));
                }
                InlineKind::Link(link) => self.inlines(&link.text),
                InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
                    self.inlines(inner);
                }
                InlineKind::Text(text) => {
                    self.ids(text, inline.span);
                    self.bare(text, inline.span);
                }
                _ => {}
            }
        }
    }

    /// Addresses without any mark, which Markdown leaves as text.
    fn bare(&mut self, text: &str, span: Span) {
        for (at, address) in addresses(text) {
            if leads_to_a_document(address, &self.context.options.config.base_url) {
                // Only where the text stands in the source as it is does the place of the address stand there too.
                let exact = span.of(&self.context.source.text) == text;
                let start = span.start as usize + at;
                let place = if exact { Span::new(start, start + address.len()) } else { span };
                self.found.push(reference(self.context, "link", address, address, place));
            }
        }
    }

    fn ids(&mut self, text: &str, span: Span) {
        if !text.contains('-') {
            return;
        }
        let source = span.of(&self.context.source.text);
        let mut from = 0;
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
        let own = self.context.id;
        for word in words.filter(|word| is_id(word, own) && Some(*word) != own) {
            let inside = source.get(from..).and_then(|rest| rest.find(word));
            let place = inside.map_or(span, |at| {
                let start = span.start as usize + from + at;
                from += at + word.len();
                Span::new(start, start + word.len())
            });
            self.found.push(reference(self.context, "id", word, around(text), place));
        }
    }
}

/// Addresses that stand in `text` as they are, with where they begin.
fn addresses(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '|' | ')' | ']');
    // What stands in one address begins no other: every byte is looked at once.
    let mut read_to = 0;
    text.match_indices("://").filter_map(move |(colon, _)| {
        let before = text.get(read_to..colon)?;
        let scheme = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme))?;
        let start = colon - scheme.len();
        let rest = text.get(start..)?;
        let address = rest.get(..rest.find(ends).unwrap_or(rest.len()))?;
        read_to = start + address.len();
        Some((start, address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\''])))
    })
}

/// The words around an id, not a whole chapter.
fn around(text: &str) -> &str {
    let end = text.char_indices().nth(200).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text).trim()
}

/// `PM2019-009`, `INC-12`, and what begins with the letters of the document's `own` id.
fn is_id(word: &str, own: Option<&str>) -> bool {
    let Some((head, number)) = word.rsplit_once('-') else {
        return false;
    };
    let letters = letters(head);
    let year = head.len() - letters.len();
    let known = PREFIXES.contains(&letters)
        || (letters.len() >= 2
            && own
                .and_then(|own| own.rsplit_once('-'))
                .is_some_and(|(head, _)| self::letters(head) == letters));
    known
        && (year == 0 || year == 4)
        && (1..=6).contains(&number.len())
        && number.chars().all(|c| c.is_ascii_digit())
}

fn letters(head: &str) -> &str {
    head.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// Whether a link may lead to another postmortem: a relative path to a page or folder, the site's own address, or an
/// absolute address of a Markdown file.
fn leads_to_a_document(target: &str, base_url: &str) -> bool {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    let lower = path.to_lowercase();
    let markdown = [".md", ".markdown", ".mdx"].iter().any(|end| lower.ends_with(end));
    if target.contains("://") {
        let own = !base_url.is_empty() && target.starts_with(base_url);
        return own || markdown || dated_page(path).is_some();
    }
    if path.is_empty() || target.starts_with("mailto:") || target.starts_with("//") || target.contains("{{") {
        return false;
    }
    let last = lower.rsplit('/').next().unwrap_or_default();
    markdown
        || lower.rsplit_once('.').is_some_and(|(_, end)| end == "html")
        || (!last.contains('.') && path.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        let found = |text| addresses(text).map(|(_, address)| address).collect::<Vec<_>>();
        assert_eq!(
            found("see https://a.example/b.md, or (http://c.example/d.md)."),
            ["https://a.example/b.md", "http://c.example/d.md"]
        );
        assert_eq!(found("postgres://app and ://"), [] as [&str; 0]);
        assert_eq!(found("https://a.example/http://b.example"), ["https://a.example/http://b.example"]);
    }

    #[test]
    fn documents_are_told_from_other_targets() {
        for (target, document) in [
            ("2017-02-24-proxy.md", true),
            ("./a%20b.md#timeline", true),
            ("../2021/", true),
            ("https://github.com/o/r/blob/main/2026-04-17.md", true),
            ("https://kb.example.com/incidents/a.html", true),
            ("https://example.com/a", false),
            ("plot.png", false),
            ("#timeline", false),
            ("mailto:a@example.com", false),
        ] {
            assert_eq!(leads_to_a_document(target, "https://kb.example.com"), document, "{target}");
        }
    }

    #[test]
    fn ids_are_told_from_other_words() {
        for (word, id) in
            [("PM2019-009", true), ("INC-12", true), ("UTF-8", false), ("INC-", false), ("pre-1", false)]
        {
            assert_eq!(is_id(word, Some("DCL-2278")), id, "{word}");
        }
        assert!(is_id("DCL-2280", Some("DCL-2278")));
        assert!(!is_id("DCL-2280", None) && !is_id("DCL-2280", Some("PM2021-006")));
    }
}
