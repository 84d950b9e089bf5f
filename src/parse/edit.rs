//! Writing an author's answer into a postmortem: one entry of `related`, every other byte as it was.
//!
//! The front matter is read to find the place, the text is changed there, and the result is read again: unless it says
//! what was meant, and all else as before, nothing is changed.

use super::front_matter::{self, Field, Notation, Value};
use super::references::{TARGETS, WHY};
use crate::diag::{Diagnostic, Located, Source, Span};
use crate::model::LinkKind;

/// What is to be stated of another incident.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// How the other is named: its id, else its path.
    pub target: &'a str,
    /// Other names under which `related` may mention it already.
    pub known_as: &'a [&'a str],
    /// What the two have to do with each other.
    pub kind: LinkKind,
    /// Why, in the author's words; what an entry says already stays where there is none.
    pub why: Option<&'a str>,
}

/// The text of `source` with `answer` in its front matter: the kind of an entry that is there already is changed, else
/// an entry is added, in the style of those beside it.
///
/// # Errors
///
/// Where the front matter cannot be read, or holds `related` in a form that cannot be added to, as a finding.
pub fn relate(source: &Source, answer: &Answer<'_>) -> Result<String, Box<Diagnostic>> {
    let refuse = |message: &str| {
        let help = format!("write it by hand: `related: [{}]`", flow(answer, Notation::Yaml));
        Box::new(Diagnostic::error("link", source, Span::at(0), message).help(help))
    };
    let answer = &Answer { why: answer.why.map(str::trim), ..*answer };
    if says(source, answer) {
        return Ok(source.text.to_string());
    }
    let unreadable = || refuse("the front matter cannot be read, so nothing can be added to it");
    let once = |source: &Source| {
        let changed = step(source, answer).ok_or_else(unreadable)?;
        Ok::<_, Box<Diagnostic>>(Source::new(source.path.to_string(), changed.as_str()))
    };
    let mut after = once(source)?;
    // An entry that is there already may need two changes: its kind, then why.
    if !says(&after, answer) {
        after = once(&after)?;
    }
    if says(&after, answer) && others(source) == others(&after) {
        Ok(after.text.to_string())
    } else {
        Err(refuse("`related` has a form that cannot be added to"))
    }
}

/// One change towards saying `answer`; `None` where the front matter cannot be read.
fn step(source: &Source, answer: &Answer<'_>) -> Option<String> {
    let text: &str = &source.text;
    let Some((notation, inner)) = front_matter::place(text) else {
        return Some(without_front_matter(text, answer));
    };
    let front = front_matter::read(source);
    if front.found.iter().any(|finding| finding.code == "front-matter") {
        return None;
    }
    Some(Editor { text, inner, notation, answer }.edit(&front.value.fields))
}

fn without_front_matter(text: &str, answer: &Answer<'_>) -> String {
    let end = line_end(text);
    let lines = ["---".into(), "related:".into(), block("  ", answer, end), "---".into()];
    format!("{}{end}{end}{text}", lines.join(end))
}

struct Editor<'a> {
    text: &'a str,
    /// The lines between the fences.
    inner: std::ops::Range<usize>,
    notation: Notation,
    answer: &'a Answer<'a>,
}

impl Editor<'_> {
    fn edit(&self, fields: &[Field]) -> String {
        let place = fields.iter().position(|field| is_related(&field.key.value));
        let Some((place, field)) = place.and_then(|place| Some((place, fields.get(place)?))) else {
            return self.new_key(fields);
        };
        if let Some(entry) = entries(field).into_iter().find(|entry| names(entry, self.answer)) {
            return self.change(entry);
        }
        let after = fields
            .get(place + 1)
            .map_or(self.inner.end, |next| self.line_start(next.key.span.start as usize));
        match &field.value.value {
            Value::Null => self.first(field),
            Value::List(all) => self.append(field, all, after),
            Value::Scalar(_) | Value::Map(_) => self.wrap(field.value.span),
        }
    }

    /// `related` as the last key; in TOML before the first table, to which it would belong otherwise.
    fn new_key(&self, fields: &[Field]) -> String {
        let end = line_end(self.text);
        let block = match self.notation {
            Notation::Yaml => format!("related:{end}{}{end}", block("  ", self.answer, end)),
            Notation::Toml => format!("related = [{}]{end}", flow(self.answer, self.notation)),
        };
        let table = |line: &str| self.notation == Notation::Toml && line.trim_start().starts_with('[');
        let inner = self.text.get(self.inner.clone()).unwrap_or_default();
        let mut at = self.inner.start;
        for line in inner.split_inclusive('\n') {
            if table(line) && !fields.iter().any(|field| within(field, at)) {
                break;
            }
            at += line.len();
        }
        self.insert(at, &block)
    }

    /// The first entry of a key without value.
    fn first(&self, field: &Field) -> String {
        let end = line_end(self.text);
        let at = self.next_line(field.key.span.end as usize);
        self.insert(at, &format!("{}{end}", block("  ", self.answer, end)))
    }

    /// One more entry, in the style of the list.
    fn append(&self, field: &Field, all: &[Located<Value>], after: usize) -> String {
        let extent = self.text.get(field.key.span.end as usize..after).unwrap_or_default();
        let begins = extent.trim_start_matches([':', '=', ' ', '\t']);
        if begins.starts_with('[') {
            // After the last entry rather than before the bracket: a comment or a comma may stand between them.
            let Some(last) = all.last() else {
                return self.insert(after - begins.len() + 1, &flow(self.answer, self.notation));
            };
            let end = last.span.start as usize + last.span.of(self.text).trim_end().len();
            return self.insert(end, &format!(", {}", flow(self.answer, self.notation)));
        }
        let says = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
        let item = extent.lines().skip(1).find(says).unwrap_or_default();
        let indent = item.get(..item.len() - item.trim_start().len()).unwrap_or_default();
        let mut at = field.key.span.end as usize;
        let mut last = at;
        for line in extent.split_inclusive('\n') {
            at += line.len();
            if says(&line) {
                last = at;
            }
        }
        let end = line_end(self.text);
        self.insert(last, &format!("{}{end}", block(indent, self.answer, end)))
    }

    /// A single value becomes the first of a list.
    fn wrap(&self, span: Span) -> String {
        let old = span.of(self.text).trim_end();
        let span = Span::new(span.start as usize, span.start as usize + old.len());
        self.put(span, &format!("[{old}, {}]", flow(self.answer, self.notation)))
    }

    /// What differs first in an entry that is there already: its kind, else why.
    fn change(&self, entry: &Located<Value>) -> String {
        let kind = self.answer.kind.word();
        let old = entry.span.of(self.text).trim_end();
        let is = if self.notation == Notation::Toml { " = " } else { ": " };
        let Value::Map(fields) = &entry.value else {
            let span = Span::new(entry.span.start as usize, entry.span.start as usize + old.len());
            let kind = quote(kind, self.notation);
            return self.put(span, &format!("{{id{is}{old}, kind{is}{kind}}}"));
        };
        let said = under(fields, &["kind"]).and_then(|field| field.value.value.text());
        let (keys, value, before) = match self.answer.why {
            Some(why) if said == Some(kind) => (&WHY[..], why, &["kind"][..]),
            _ => (&["kind"][..], kind, &TARGETS[..]),
        };
        let key = keys.first().copied().unwrap_or_default();
        let value = quote(value, self.notation);
        if let Some(known) = under(fields, keys) {
            let written = known.value.span.of(self.text).trim_end();
            let start = known.value.span.start as usize;
            return self.put(Span::new(start, start + written.len()), &value);
        }
        let Some(before) = under(fields, before) else {
            return self.text.to_owned();
        };
        let at = before.value.span.end as usize;
        if old.starts_with('{') {
            return self.insert(at, &format!(", {key}{is}{value}"));
        }
        let column = before.key.span.start as usize - self.line_start(before.key.span.start as usize);
        let line = format!("{}{key}: {value}{}", " ".repeat(column), line_end(self.text));
        self.insert(self.next_line(at), &line)
    }

    fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
    }

    fn next_line(&self, at: usize) -> usize {
        let newline = self.text.get(at..).and_then(|after| after.find('\n'));
        newline.map_or(self.text.len(), |newline| at + newline + 1)
    }

    fn insert(&self, at: usize, new: &str) -> String {
        self.put(Span::at(at), new)
    }

    fn put(&self, span: Span, new: &str) -> String {
        let range = span.range();
        let before = self.text.get(..range.start).unwrap_or_default();
        let after = self.text.get(range.end..).unwrap_or_default();
        format!("{before}{new}{after}")
    }
}

/// The field under one of these keys, however it is capitalised.
fn under<'f>(fields: &'f [Field], keys: &[&str]) -> Option<&'f Field> {
    keys.iter().find_map(|key| fields.iter().find(|field| field.key.value.eq_ignore_ascii_case(key)))
}

fn is_related(key: &str) -> bool {
    matches!(key.to_lowercase().replace('-', "_").as_str(), "related" | "see_also")
}

/// Whether the line at `at` belongs to a value that began before it.
fn within(field: &Field, at: usize) -> bool {
    (field.key.span.start as usize) < at && at < field.value.span.end as usize
}

/// The entries of `related`; one value is one entry.
fn entries(field: &Field) -> Vec<&Located<Value>> {
    match &field.value.value {
        Value::List(all) => all.iter().collect(),
        Value::Null => Vec::new(),
        Value::Scalar(_) | Value::Map(_) => vec![&field.value],
    }
}

fn names(entry: &Located<Value>, answer: &Answer<'_>) -> bool {
    let target = match &entry.value {
        Value::Scalar(text) => Some(text.as_str()),
        Value::Map(fields) => under(fields, &TARGETS).and_then(|field| field.value.value.text()),
        Value::Null | Value::List(_) => None,
    };
    let all = || answer.known_as.iter().chain([&answer.target]);
    target.is_some_and(|target| all().any(|name| name.eq_ignore_ascii_case(target.trim())))
}

/// Whether the front matter of `source` gives this answer.
fn says(source: &Source, answer: &Answer<'_>) -> bool {
    let front = front_matter::read(source).value;
    let field = |entry: &Located<Value>, keys: &[&str]| match &entry.value {
        Value::Map(fields) => under(fields, keys)?.value.value.text().map(str::to_owned),
        _ => None,
    };
    let said = |entry: &Located<Value>| {
        let kind = field(entry, &["kind"]).as_deref() == Some(answer.kind.word());
        let why = answer.why.map(printed);
        kind && why.is_none_or(|why| field(entry, &WHY).is_some_and(|said| said.trim() == why))
    };
    let related = front.fields.iter().filter(|field| is_related(&field.key.value));
    related.flat_map(entries).any(|entry| names(entry, answer) && said(entry))
}

/// All other keys with their values, and the text below.
fn others(source: &Source) -> (Vec<(String, Value)>, String) {
    let front = front_matter::read(source).value;
    let other = front.fields.iter().filter(|field| !is_related(&field.key.value));
    let fields = other.map(|field| (field.key.value.clone(), field.value.value.clone().unplaced()));
    let body = source.text.get(front.body..).unwrap_or_default();
    (fields.collect(), body.trim_start().to_owned())
}

fn block(indent: &str, answer: &Answer<'_>, end: &str) -> String {
    let mut lines = vec![
        format!("{indent}- id: {}", quote(answer.target, Notation::Yaml)),
        format!("{indent}  kind: {}", answer.kind.word()),
    ];
    lines.extend(answer.why.map(|why| format!("{indent}  why: {}", quote(why, Notation::Yaml))));
    lines.join(end)
}

fn flow(answer: &Answer<'_>, notation: Notation) -> String {
    let is = if notation == Notation::Toml { " = " } else { ": " };
    let mut parts = vec![("id", answer.target), ("kind", answer.kind.word())];
    parts.extend(answer.why.map(|why| ("why", why)));
    let parts = parts.into_iter().map(|(key, value)| format!("{key}{is}{}", quote(value, notation)));
    format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
}

/// `text` as it may stand in front matter: plain where it reads as one word, quoted otherwise.
fn quote(text: &str, notation: Notation) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.'))
        && front_matter::truth(text).is_none()
        && !text.eq_ignore_ascii_case("null");
    if plain && notation == Notation::Yaml {
        return text.to_owned();
    }
    let escaped: String = text
        .chars()
        .flat_map(|c| match c {
            '"' | '\\' => vec!['\\', c],
            c if c.is_control() => vec![' '],
            c => vec![c],
        })
        .collect();
    format!("\"{escaped}\"")
}

/// `why` as it can be written on one line.
fn printed(why: &str) -> String {
    let line: String = why.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.trim().to_owned()
}

fn line_end(text: &str) -> &'static str {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    if first.ends_with("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn related(front: &str, kind: LinkKind, why: Option<&str>) -> Result<String, String> {
        let source = Source::new("a.md", format!("---\n{front}---\n\n# Title\n").as_str());
        let answer = Answer { target: "INC-7", known_as: &["2024/seven.md"], kind, why };
        let changed = relate(&source, &answer).map_err(|refused| refused.message.clone())?;
        let inner = changed.strip_prefix("---\n").and_then(|rest| rest.split_once("---\n"));
        let (inner, rest) = inner.unwrap();
        assert_eq!(rest, "\n# Title\n");
        Ok(inner.to_owned())
    }

    fn added(front: &str) -> String {
        related(front, LinkKind::Recurrence, None).unwrap()
    }

    #[test]
    fn an_entry_takes_the_style_of_those_beside_it() {
        for (before, after) in [
            ("title: x # why\n", "title: x # why\nrelated:\n  - id: INC-7\n    kind: recurrence\n"),
            (
                "related: [INC-1] # two\ntags: [a]\n",
                "related: [INC-1, {id: INC-7, kind: recurrence}] # two\ntags: [a]\n",
            ),
            ("related: []\n", "related: [{id: INC-7, kind: recurrence}]\n"),
            (
                "tags: [a]\nrelated: [] # so far\n",
                "tags: [a]\nrelated: [{id: INC-7, kind: recurrence}] # so far\n",
            ),
            ("related: INC-1 # one\n", "related: [INC-1, {id: INC-7, kind: recurrence}] # one\n"),
            ("related:\ntags: [a]\n", "related:\n  - id: INC-7\n    kind: recurrence\ntags: [a]\n"),
            (
                "related:\n- INC-1   # the first\n\n# about tags\ntags: [a]\n",
                "related:\n- INC-1   # the first\n- id: INC-7\n  kind: recurrence\n\n# about tags\ntags: [a]\n",
            ),
            (
                "see_also:\n    - id: INC-1\n      kind: same-cause\n",
                "see_also:\n    - id: INC-1\n      kind: same-cause\n    - id: INC-7\n      kind: recurrence\n",
            ),
            ("related: [ # none\n]\n", "related: [{id: INC-7, kind: recurrence} # none\n]\n"),
            (
                "related: [\n  INC-1 # one\n]\n",
                "related: [\n  INC-1, {id: INC-7, kind: recurrence} # one\n]\n",
            ),
            ("related: [\n  INC-1,\n]\n", "related: [\n  INC-1, {id: INC-7, kind: recurrence},\n]\n"),
        ] {
            assert_eq!(added(before), after);
        }
    }

    #[test]
    fn an_answer_that_is_there_already_is_changed_in_place() {
        for (before, after) in [
            ("related: [INC-7, INC-1]\n", "related: [{id: INC-7, kind: recurrence}, INC-1]\n"),
            (
                "related:\n  - 2024/seven.md # see\n",
                "related:\n  - {id: 2024/seven.md, kind: recurrence} # see\n",
            ),
            ("related: [{id: inc-7, kind: looks-like}]\n", "related: [{id: inc-7, kind: recurrence}]\n"),
            (
                "related:\n  - id: INC-7   # old\n    why: both\n",
                "related:\n  - id: INC-7   # old\n    kind: recurrence\n    why: both\n",
            ),
            (
                "related:\n  - kind: \"looks-like\"\n    id: INC-7\n",
                "related:\n  - kind: recurrence\n    id: INC-7\n",
            ),
            ("related:\n  - to: INC-7\n", "related:\n  - to: INC-7\n    kind: recurrence\n"),
            ("related: [{To: INC-7, Kind: see-also}]\n", "related: [{To: INC-7, Kind: recurrence}]\n"),
        ] {
            assert_eq!(added(before), after);
            assert_eq!(added(after), after, "twice is once");
        }
    }

    #[test]
    fn a_reason_is_added_to_an_entry_or_takes_the_place_of_the_old_one() {
        for (before, after) in [
            ("related: [INC-7]\n", "related: [{id: INC-7, kind: recurrence, why: \"one pool\"}]\n"),
            (
                "related:\n  - id: INC-7\n    kind: same-cause # ?\n    why: 'both' # hm\n",
                "related:\n  - id: INC-7\n    kind: recurrence # ?\n    why: \"one pool\" # hm\n",
            ),
            (
                "related: [{to: INC-7, kind: recurrence, reason: both}]\n",
                "related: [{to: INC-7, kind: recurrence, reason: \"one pool\"}]\n",
            ),
            (
                "related:\n  - id: INC-7 # old\ntags: [a]\n",
                "related:\n  - id: INC-7 # old\n    kind: recurrence\n    why: \"one pool\"\ntags: [a]\n",
            ),
        ] {
            assert_eq!(related(before, LinkKind::Recurrence, Some("one pool")).unwrap(), after);
        }
    }

    #[test]
    fn words_that_mean_something_to_yaml_are_quoted() {
        let why = Some("the pool: \"full\" again # really");
        let after = related("title: x\n", LinkKind::NotRelated, why).unwrap();
        assert!(
            after.contains("kind: not-related\n    why: \"the pool: \\\"full\\\" again # really\"\n"),
            "{after}"
        );
    }

    #[test]
    fn a_file_without_front_matter_gets_some() {
        let source = Source::new("a.md", "# Title\r\nText\r\n");
        let answer = Answer { target: "b c.md", known_as: &[], kind: LinkKind::LooksLike, why: None };
        let changed = relate(&source, &answer).unwrap();
        assert_eq!(
            changed,
            "---\r\nrelated:\r\n  - id: \"b c.md\"\r\n    kind: looks-like\r\n---\r\n\r\n# Title\r\nText\r\n"
        );
    }

    #[test]
    fn toml_keeps_its_tables() {
        let source = Source::new("a.md", "+++\ntitle = \"x\"\n[extra]\nteam = \"y\"\n+++\nText\n");
        let answer = Answer { target: "INC-7", known_as: &[], kind: LinkKind::SameCause, why: None };
        let changed = relate(&source, &answer).unwrap();
        let line = "related = [{id = \"INC-7\", kind = \"same-cause\"}]\n";
        assert_eq!(changed, format!("+++\ntitle = \"x\"\n{line}[extra]\nteam = \"y\"\n+++\nText\n"));
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        let refused = related("title: [\n", LinkKind::Recurrence, None).unwrap_err();
        assert_eq!(refused, "the front matter cannot be read, so nothing can be added to it");
    }
}
