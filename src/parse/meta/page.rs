//! The status page's account: its address, and the times it told, which stand beside the author's.

use super::super::front_matter::{FrontMatter, Value};
use crate::model::PageTimes;
use jiff::Timestamp;

/// `status_page: https://…`, or a mapping with `url` and perhaps `started` and `resolved`.
pub(super) fn page(front: &FrontMatter) -> (Option<String>, PageTimes) {
    let Some(field) = front.get(&["status_page"]) else { return (None, PageTimes::default()) };
    let Value::Map(fields) = &field.value.value else {
        return (field.value.value.text().map(|url| url.trim().to_owned()), PageTimes::default());
    };
    let text = |key: &str| {
        let named = fields.iter().find(|field| field.key.value.eq_ignore_ascii_case(key));
        named.and_then(|field| field.value.value.text()).map(str::trim)
    };
    // Times without an offset name no instant, and are not taken for one.
    let time = |key: &str| text(key).and_then(|text| text.parse::<Timestamp>().ok());
    let times = PageTimes { started: time("started"), resolved: time("resolved") };
    (text("url").map(str::to_owned), times)
}

/// What it was imported from: as front matter states, and as imports into a report that was there leave word in a comment.
pub(super) fn imported_from(stated: Vec<String>, text: &str) -> Vec<String> {
    let mut all = stated;
    let comments = text.split("<!-- imported from ").skip(1);
    all.extend(comments.filter_map(|rest| rest.split_once(" at ").map(|(key, _)| key.to_owned())));
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|key| seen.insert(key.clone()));
    all
}
