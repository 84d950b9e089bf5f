//! YAML into fields with places. Bounded: depth, size and aliases end in a finding, never in a long wait.

use super::value::{Field, Value};
use crate::diag::{Located, Span};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Location, NonFiniteFloatPolicy, Options, Spanned};
use std::fmt;

/// What could not be read, in words, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    /// The fact.
    pub(super) message: String,
    /// Where in the block.
    pub(super) span: Span,
}

/// Reads the block `text`; spans are offsets into it. `Ok(None)` where it is no mapping.
pub(super) fn read(text: &str) -> Result<Option<Vec<Field>>, Wrong> {
    let read: Result<Spanned<Shape>, _> = serde_yaml::from_str_with_options(text, options());
    match read {
        Ok(root) => Ok(match field_value(root, text).value {
            Value::Map(fields) => Some(fields),
            Value::Null => Some(Vec::new()),
            Value::Scalar(_) | Value::List(_) => None,
        }),
        Err(error) => {
            let place = error.location().map_or(Span::at(0), |location| span(location, text));
            Err(Wrong { message: words(&error.without_snippet().to_string()), span: place })
        }
    }
}

fn options() -> Options {
    let mut options = Options::default();
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    options.with_snippet = false;
    options.non_finite_float_policy = NonFiniteFloatPolicy::AsString;
    options.alias_limits.max_total_replayed_events = 20_000;
    if let Some(budget) = &mut options.budget {
        budget.max_depth = 32;
        budget.flow_nesting_limit = 32;
        budget.max_nodes = 50_000;
        budget.max_events = 200_000;
        budget.max_aliases = 1_000;
    }
    options
}

/// The reader's message without its own notion of places, which the finding has already.
fn words(message: &str) -> String {
    let first = message.lines().next().unwrap_or_default();
    let first = first.split(" at line ").next().unwrap_or(first);
    let first = first.rsplit_once(": line ").map_or(first, |(before, _)| before);
    let mut letters = first.trim_end_matches('.').chars();
    letters.next().map(|c| c.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn span(location: Location, text: &str) -> Span {
    let place = location.span();
    let number = |n: Option<u64>| n.and_then(|n| usize::try_from(n).ok());
    let start = number(place.byte_offset()).unwrap_or_else(|| offset(location, text)).min(text.len());
    let end = (start + number(place.byte_len()).unwrap_or_default()).min(text.len());
    Span::new(start, end)
}

/// The byte at a line and column: errors carry nothing else.
fn offset(location: Location, text: &str) -> usize {
    let count = |n: u64| usize::try_from(n.saturating_sub(1)).unwrap_or(usize::MAX);
    let line_start: usize = text.split_inclusive('\n').take(count(location.line())).map(str::len).sum();
    let line = text.get(line_start..).unwrap_or_default();
    let before: usize =
        line.chars().take(count(location.column())).take_while(|c| *c != '\n').map(char::len_utf8).sum();
    line_start + before
}

/// A node as the reader hands it over.
enum Shape {
    Null,
    Text(String),
    /// A number or a truth value, to be taken as written.
    Plain,
    List(Vec<Spanned<Shape>>),
    Map(Vec<(Spanned<String>, Spanned<Shape>)>),
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ShapeVisitor)
    }
}

struct ShapeVisitor;

impl<'de> Visitor<'de> for ShapeVisitor {
    type Value = Shape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value, a list or a mapping")
    }

    fn visit_unit<E>(self) -> Result<Shape, E> {
        Ok(Shape::Null)
    }

    fn visit_none<E>(self) -> Result<Shape, E> {
        Ok(Shape::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Shape, E> {
        Ok(Shape::Plain)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Shape, E> {
        Ok(Shape::Plain)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Shape, E> {
        Ok(Shape::Plain)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Shape, E> {
        Ok(Shape::Plain)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Shape, E> {
        Ok(Shape::Plain)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Shape, E> {
        Ok(Shape::Plain)
    }

    fn visit_str<E>(self, text: &str) -> Result<Shape, E> {
        Ok(Shape::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Shape, E> {
        Ok(Shape::Text(text))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Shape, E> {
        Ok(Shape::Plain)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Shape, A::Error> {
        let mut all = Vec::new();
        while let Some(one) = list.next_element()? {
            all.push(one);
        }
        Ok(Shape::List(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Shape, A::Error> {
        let mut all = Vec::new();
        while let Some(pair) = map.next_entry()? {
            all.push(pair);
        }
        Ok(Shape::Map(all))
    }
}

fn field_value(node: Spanned<Shape>, text: &str) -> Located<Value> {
    let place = span(node.referenced, text);
    let value = match node.value {
        Shape::Null => Value::Null,
        Shape::Text(words) if words.trim().is_empty() => Value::Null,
        Shape::Text(words) => Value::Scalar(words),
        Shape::Plain => Value::Scalar(span(node.defined, text).of(text).trim().to_owned()),
        Shape::List(all) => Value::List(all.into_iter().map(|one| field_value(one, text)).collect()),
        Shape::Map(all) => Value::Map(all.into_iter().map(|(key, value)| field(key, value, text)).collect()),
    };
    let place = Span { end: last(&value).map_or(place.end, |end| closed(end, text)).max(place.end), ..place };
    Located::new(value, place)
}

/// Where the last part of a list or mapping ends; the reader tells only where the whole begins.
fn last(value: &Value) -> Option<u32> {
    match value {
        Value::List(all) => all.last().map(|one| one.span.end),
        Value::Map(all) => all.last().map(|field| field.value.span.end),
        Value::Null | Value::Scalar(_) => None,
    }
}

/// The same place with the bracket that follows.
fn closed(end: u32, text: &str) -> u32 {
    let rest = text.get(end as usize..).unwrap_or_default();
    let blanks = rest.len() - rest.trim_start_matches([' ', ',']).len();
    let bracket = rest.get(blanks..).is_some_and(|rest| rest.starts_with([']', '}']));
    if bracket { end + u32::try_from(blanks + 1).unwrap_or(0) } else { end }
}

fn field(key: Spanned<String>, value: Spanned<Shape>, text: &str) -> Field {
    let place = span(key.referenced, text);
    Field { key: Located::new(key.value, place), value: field_value(value, text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalars(text: &str) -> Vec<(String, String)> {
        let fields = read(text).unwrap().unwrap();
        fields
            .into_iter()
            .map(|field| {
                (field.key.value, format!("{:?} @ {:?}", field.value.value, field.value.span.of(text)))
            })
            .collect()
    }

    #[test]
    fn scalars_stay_as_written_and_know_their_place() {
        let text = "date: 2022-11-14 08:00:00\nversion: 1.10\nresolved: yes\nempty: \"\"\nt: 'it''s: fine' # why\nn:\n";
        let expected = [
            ("date", r#"Scalar("2022-11-14 08:00:00") @ "2022-11-14 08:00:00""#),
            ("version", r#"Scalar("1.10") @ "1.10""#),
            ("resolved", r#"Scalar("yes") @ "yes""#),
            ("empty", r#"Null @ "\"\"""#),
            ("t", r#"Scalar("it's: fine") @ "'it''s: fine'""#),
        ];
        let read = scalars(text);
        for ((key, value), (wanted_key, wanted)) in read.iter().zip(expected) {
            assert_eq!((key.as_str(), value.as_str()), (wanted_key, wanted));
        }
        assert_eq!(read.len(), 6);
    }

    #[test]
    fn lists_without_indentation_and_nested_mappings_are_read() {
        let text = "tags:\n- a\n- 'b: c'\nimpact:\n  users: 3.7M\n  percent: 38 %\n";
        let fields = read(text).unwrap().unwrap();
        let tags = fields[0].value.value.texts(fields[0].value.span);
        assert_eq!(tags.iter().map(|tag| tag.value).collect::<Vec<_>>(), ["a", "b: c"]);
        assert_eq!(tags[0].span.of(text), "a");
        let Value::Map(impact) = &fields[1].value.value else { panic!() };
        assert_eq!(impact[0].key.span.of(text), "users");
        assert_eq!(impact[1].value.value, Value::Scalar("38 %".into()));
    }

    #[test]
    fn places_are_right_after_letters_of_several_bytes() {
        let text = "author: Kris Nóva ([@nova](https://x))\ntitle: Ærlig 🔥 talt\nid: INC-1\n";
        let fields = read(text).unwrap().unwrap();
        assert_eq!(fields[2].key.span.of(text), "id");
        assert_eq!(fields[2].value.span.of(text), "INC-1");
    }

    #[test]
    fn a_key_written_twice_comes_twice() {
        let fields = read("a: 1\na: 2\n").unwrap().unwrap();
        assert_eq!(fields.len(), 2);
    }

    #[test]
    fn what_is_no_mapping_is_no_front_matter() {
        assert_eq!(read("just words\n"), Ok(None));
        assert_eq!(read("- a\n- b\n"), Ok(None));
        assert_eq!(read("\n# only a comment\n"), Ok(Some(Vec::new())));
    }

    #[test]
    fn what_cannot_be_read_says_where() {
        let text = "title: fine\nlist: [a, b\nid: x\n";
        let wrong = read(text).unwrap_err();
        assert!(wrong.span.start > 12, "{wrong:?}");
        assert!(!wrong.message.contains("line"), "{wrong:?}");
    }

    #[test]
    fn bombs_end_in_a_finding() {
        let mut bomb = vec!["a0: &a0 [x, x, x, x, x, x, x, x, x, x]".to_owned()];
        for n in 1..30 {
            let before = format!("*a{}, ", n - 1).repeat(10);
            bomb.push(format!("a{n}: &a{n} [{}]", before.trim_end_matches(", ")));
        }
        assert!(read(&bomb.join("\n")).is_err());
        assert!(read(&format!("a: {}", "[".repeat(20_000))).is_err());
        assert!(read(&format!("a: {}{}", "[".repeat(20_000), "]".repeat(20_000))).is_err());
        assert!(read(&"- ".repeat(20_000)).is_err());
    }
}
