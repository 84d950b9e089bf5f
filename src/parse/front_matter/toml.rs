//! TOML into fields with places.

use super::value::{Field, Value};
use super::yaml::Wrong;
use crate::diag::{Located, Span};
use toml::de::{DeTable, DeValue};

/// Nesting deeper than this is no front matter anybody wrote.
const MAX_DEPTH: usize = 16;

/// Reads the block `text`; spans are offsets into it. What cannot be read is told beside the rest.
pub(super) fn read(text: &str) -> (Vec<Field>, Vec<Wrong>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let wrong = errors
        .iter()
        .map(|error| Wrong {
            message: error.message().trim_end_matches('.').to_owned(),
            span: error.span().map_or(Span::at(0), |range| clamp(range, text)),
        })
        .collect();
    (fields(table.get_ref(), text, 0), wrong)
}

fn clamp(range: std::ops::Range<usize>, text: &str) -> Span {
    Span::new(range.start.min(text.len()), range.end.min(text.len()))
}

fn fields(table: &DeTable<'_>, text: &str, depth: usize) -> Vec<Field> {
    let mut fields: Vec<Field> = table
        .iter()
        .map(|(key, value)| Field {
            key: Located::new(key.get_ref().to_string(), clamp(key.span(), text)),
            value: Located::new(self::value(value.get_ref(), text, depth), clamp(value.span(), text)),
        })
        .collect();
    fields.sort_by_key(|field| field.key.span);
    fields
}

fn value(value: &DeValue<'_>, text: &str, depth: usize) -> Value {
    match value {
        _ if depth > MAX_DEPTH => Value::Null,
        DeValue::String(words) if words.trim().is_empty() => Value::Null,
        DeValue::String(words) => Value::Scalar(words.to_string()),
        DeValue::Integer(number) => Value::Scalar(number.to_string()),
        DeValue::Float(number) => Value::Scalar(number.to_string()),
        DeValue::Boolean(truth) => Value::Scalar(truth.to_string()),
        DeValue::Datetime(time) => Value::Scalar(time.to_string()),
        DeValue::Array(all) => Value::List(
            all.iter()
                .map(|one| Located::new(self::value(one.get_ref(), text, depth + 1), clamp(one.span(), text)))
                .collect(),
        ),
        DeValue::Table(table) => Value::Map(fields(table, text, depth + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_lists_and_dates_are_read_in_the_order_written() {
        let text = "path = \"x\"\ndate = 2022-11-14\ntitle = 'T'\nauthors = [\"a\", \"b\"]\n[extra]\nteam = \"infra\"\n";
        let (fields, wrong) = read(text);
        assert_eq!(wrong, []);
        let keys: Vec<&str> = fields.iter().map(|field| field.key.span.of(text)).collect();
        assert_eq!(keys, ["path", "date", "title", "authors", "extra"]);
        assert_eq!(fields[1].value.value.text(), Some("2022-11-14"));
        assert_eq!(fields[3].value.value.texts(Span::default()).len(), 2);
        assert!(
            matches!(&fields[4].value.value, Value::Map(inner) if inner[0].value.value.text() == Some("infra"))
        );
    }

    #[test]
    fn mistakes_are_told_and_the_rest_is_read() {
        let (fields, wrong) = read("title = \"a\"\ntitle = \"b\"\nid = \"x\"\nbad = 2022-13-45\n");
        assert!(wrong.len() >= 2, "{wrong:?}");
        assert!(fields.iter().any(|field| field.key.value == "id"));
    }

    #[test]
    fn deep_nesting_ends_quickly() {
        let (_, wrong) = read(&format!("a = {}", "[".repeat(20_000)));
        assert!(!wrong.is_empty());
        read(&format!("a = {}{}", "[".repeat(20_000), "]".repeat(20_000)));
        read(&format!("{} = 1", vec!["a"; 20_000].join(".")));
    }
}
