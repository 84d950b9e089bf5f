//! Promises stated in front matter, which may replace the table: `action_items: [{text, owner, due, ticket, state, …}]`.

use super::kind::kind_of;
use super::reader::Reader;
use super::{Group, due, item, owner, state, ticket};
use crate::diag::Located;
use crate::model::{ActionItem, ActionState, StateMark, Ticket};
use crate::parse::context::Context;
use crate::parse::front_matter::{Field, Value, truth};

/// Reads `action_items`.
pub(super) fn read(context: &Context<'_>, reader: &Reader<'_>) -> Vec<ActionItem> {
    let Some(field) = context.front.get(&["action_items", "actions"]) else {
        return Vec::new();
    };
    match &field.value.value {
        Value::List(all) => all.iter().filter_map(|one| read_one(context, reader, one)).collect(),
        _ => Vec::new(),
    }
}

fn read_one(context: &Context<'_>, reader: &Reader<'_>, one: &Located<Value>) -> Option<ActionItem> {
    let group = Group::default();
    let line = context.lines.line(one.span.start);
    let words = |text: &str| {
        let inline = crate::model::text::InlineKind::Text(text.into());
        item::Words::of(&[crate::model::text::Inline { span: one.span, kind: inline }], reader.config)
    };
    match &one.value {
        Value::Scalar(text) => reader.item(words(text), None, &group, one.span, line),
        Value::Map(fields) => {
            let text =
                get(fields, &["text", "action", "title", "item", "description"]).and_then(Value::text)?;
            let mut item = reader.item(words(text), None, &group, one.span, line)?;
            fill(&mut item, fields, reader);
            Some(item)
        }
        Value::Null | Value::List(_) => None,
    }
}

fn get<'a>(fields: &'a [Field], names: &[&str]) -> Option<&'a Value> {
    let wanted = |name: &&str| fields.iter().find(|field| field.key.value.eq_ignore_ascii_case(name));
    names.iter().find_map(wanted).map(|field| &field.value.value)
}

fn fill(item: &mut ActionItem, fields: &[Field], reader: &Reader<'_>) {
    let text = |names: &[&str]| get(fields, names).map(Value::shown).filter(|text| !text.is_empty());
    let date = |names: &[&str]| text(names).and_then(|text| due::read(&text, reader.order, reader.incident));
    if let Some(owners) = text(&["owner", "owners", "assignee"]) {
        item.owners = owner::split(&owners);
    }
    item.due = date(&["due", "due_date"]).or(item.due);
    item.created = date(&["created"]);
    item.closed = date(&["closed"]);
    for word in text(&["ticket", "tickets", "issue"]).iter().flat_map(|all| all.split([',', ' '])) {
        let known = ticket::of_url(word, "", reader.config).or_else(|| ticket::of_word(word, reader.config));
        let plain = || (!word.is_empty()).then(|| Ticket::written(word, None));
        item.tickets.extend(known.or_else(plain));
    }
    if let Some((state, mark)) =
        text(&["state", "status"]).and_then(|s| state::of_words(&s, "front matter", reader.config))
    {
        (item.state, item.state_from) = (state, mark);
    } else if let Some(done) = text(&["done"]).and_then(|done| truth(&done)) {
        item.state = if done { ActionState::Done } else { ActionState::Open };
        item.state_from = StateMark { from: "front matter", written: format!("done: {done}") };
    }
    item.reason = text(&["reason", "why"]).or(item.reason.take());
    item.kind = text(&["kind", "type"]).and_then(|kind| kind_of(&kind)).or(item.kind);
    item.priority = text(&["priority"]).or(item.priority.take());
    item.done_when = text(&["done_when"]);
    item.public = text(&["public", "visibility", "audience"]).map(|said| for_public(&said));
    if text(&["internal", "private"]).is_some_and(|said| truth(&said) != Some(false)) {
        item.public = Some(false);
    }
}

/// Whether what stands under `public` or `visibility` shows a promise to customers; in doubt it does not.
pub(super) fn for_public(said: &str) -> bool {
    truth(said).unwrap_or_else(|| said.trim().eq_ignore_ascii_case("public"))
}
