//! Where links lead: from the address an author wrote, through what the audience gate resolved, to an attribute.

use super::Place;
use super::marks::Marks;
use super::survey::Survey;
use crate::corpus::Target;
use crate::plan::url;

/// The address of a link, or `None` where it leads nowhere this reader can go.
pub(super) fn address(place: &Place<'_>, survey: &Survey<'_>, marks: &Marks, target: &str) -> Option<String> {
    let root = place.root;
    match place.published.targets.get(target)? {
        Target::Incident(number, part) => {
            Some(format!("{root}{}{}", place.site.incident_link(*number), fragment(part.as_deref())))
        }
        Target::Page(number, part) => {
            Some(format!("{root}{}{}", place.site.text_link(*number), fragment(part.as_deref())))
        }
        Target::Asset(path) => Some(format!("{root}files/{}", url::encode(path))),
        Target::Here(id) => here(place, survey, marks, id),
        Target::Outside(url) => outside(url),
        Target::Nowhere => None,
    }
}

/// The source and size of an image that belongs to the site.
pub(super) fn image(place: &Place<'_>, target: &str) -> Option<(String, Option<(u32, u32)>)> {
    match place.published.targets.get(target)? {
        Target::Asset(path) => {
            let size = place.site.image_sizes.get(&**path).copied();
            Some((format!("{}files/{}", place.root, url::encode(path)), size))
        }
        _ => None,
    }
}

/// An address outside, if its scheme is one that cannot execute.
pub(super) fn outside(url: &str) -> Option<String> {
    let url = url.trim();
    if url.chars().any(char::is_control) {
        return None;
    }
    if url.starts_with("//") {
        return Some(format!("https:{url}"));
    }
    let scheme = url.split_once(':')?.0.to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel").then(|| url.to_owned())
}

/// The host of an address, or its last part: what is shown where there are no words.
pub(super) fn short(target: &str) -> &str {
    match target.split_once("://") {
        Some((_, rest)) => rest.split('/').next().unwrap_or(rest),
        None => target.rsplit('/').next().unwrap_or(target),
    }
}

fn fragment(part: Option<&str>) -> String {
    part.map(|part| format!("#{part}")).unwrap_or_default()
}

/// A place on the same page, if there is one of that name.
fn here(place: &Place<'_>, survey: &Survey<'_>, marks: &Marks, id: &str) -> Option<String> {
    if place.plain {
        return None;
    }
    let lower = id.to_lowercase();
    // A heading whose plain name is taken by the page is numbered.
    let numbered = format!("{lower}-1");
    let anchor = [id, lower.as_str()].into_iter().find(|id| survey.anchors.contains(id));
    let taken = Some(numbered.as_str()).filter(|_| !marks.is_id(id)).filter(|id| survey.anchors.contains(id));
    if let Some(anchor) = anchor.or(taken) {
        return Some(format!("#{anchor}"));
    }
    marks.is_id(id).then(|| format!("#{id}"))
}
