//! Raw HTML, read tag by tag and written anew: known tags with known attributes, everything else dropped or replaced.
//!
//! Nothing an author types is copied as markup. Tags that would make a browser read what follows as something else than
//! markup (`<script>`, an unclosed comment) never reach the output, so that no raw tag can swallow the rest of a page.

use super::embed;
use super::tag::{Tag, read_tag};
use super::{Writer, escape, links, tags};

/// Tags whose content is not shown.
const HIDDEN: &[&str] = &[
    "script", "style", "template", "noscript", "title", "textarea", "select", "svg", "math", "xmp",
    "noembed", "noframes", "head",
];

/// Tags that embed something from elsewhere.
const EMBEDDED: &[&str] = &["iframe", "object", "embed", "video", "audio", "frame", "applet", "form"];

/// Tags that end where the next of their kind begins, so that they do not stand in each other.
const ENDING: &[&str] =
    &["br", "hr", "p", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "caption"];

/// Tags that are open at once; what opens beyond is dropped. Browsers and sanitisers look through all of them at each tag.
const MOST_OPEN: usize = 200;

impl Writer<'_> {
    /// Writes a piece of raw HTML.
    pub(super) fn raw_tags(&mut self, html: &str) {
        let mut rest = html;
        let mut endless = Vec::new();
        while let Some(at) = rest.find('<') {
            let (before, from) = rest.split_at(at);
            self.out.push_str(&before.replace('>', "&gt;"));
            rest = self.raw_tag(from, &mut endless);
        }
        self.out.push_str(&rest.replace('>', "&gt;"));
    }

    /// Deals with what starts at a `<`; gives back what comes after it. `endless` are tags that no end follows.
    fn raw_tag<'r>(&mut self, from: &'r str, endless: &mut Vec<String>) -> &'r str {
        if let Some(comment) = from.strip_prefix("<!--") {
            return comment.split_once("-->").map_or("", |(_, after)| after);
        }
        if from.starts_with("<!") || from.starts_with("<?") {
            return from.split_once('>').map_or("", |(_, after)| after);
        }
        let Some((tag, after)) = read_tag(from) else {
            self.out.push_str("&lt;");
            return from.get(1..).unwrap_or_default();
        };
        let name = tag.name.as_str();
        if EMBEDDED.contains(&name) || (name == "script" && tag.get("src").is_some()) {
            if !tag.closing {
                let left_out = embed::left_out(&self.place, &tag);
                self.whole(left_out);
            }
            return skip_content(&tag, after, endless);
        }
        if HIDDEN.contains(&name) {
            return skip_content(&tag, after, endless);
        }
        if name == "img" {
            self.image(&tag.get("src").unwrap_or_default(), &tag.get("alt").unwrap_or_default());
        } else if tags::AUTHORS.contains(&name) {
            self.known_tag(&tag);
        }
        after
    }

    fn known_tag(&mut self, tag: &Tag<'_>) {
        let nests = !ENDING.contains(&tag.name.as_str());
        if tag.closing {
            // Only this one: what was opened inside it may still be open, as browsers see it.
            if let Some(at) = self.open_raw.iter().rposition(|open| *open == tag.name) {
                self.open_raw.remove(at);
            } else if nests {
                return;
            }
            self.close(&tag.name);
            return;
        }
        if nests && self.open_raw.len() == MOST_OPEN {
            return;
        }
        self.open_raw.extend(nests.then(|| tag.name.clone()));
        let mut attributes = String::new();
        match tag.name.as_str() {
            "a" => {
                let target = tag.get("href").unwrap_or_default();
                let address = links::address(&self.place, self.survey, &self.marks, &target);
                if let Some(address) = address.or_else(|| links::outside(&target)) {
                    escape::push("href", &address, &mut attributes);
                }
            }
            "td" | "th" => {
                for name in ["colspan", "rowspan"] {
                    let span = tag.get(name).and_then(|span| span.trim().parse::<u16>().ok());
                    if let Some(span) = span.filter(|span| (2..=100).contains(span)) {
                        escape::push(name, &span.to_string(), &mut attributes);
                    }
                }
            }
            "details" if tag.get("open").is_some() => attributes.push_str(" open"),
            _ => {}
        }
        self.open(&tag.name, &attributes);
    }
}

/// What comes after the content of `tag`, where its end stands in the same piece.
fn skip_content<'r>(tag: &Tag<'_>, after: &'r str, endless: &mut Vec<String>) -> &'r str {
    let single = matches!(tag.name.as_str(), "embed" | "form" | "frame");
    if tag.closing || single || endless.contains(&tag.name) {
        return after;
    }
    let ends = |at: &usize| {
        let name = after.get(at + 2..at + 2 + tag.name.len());
        name.is_some_and(|name| name.eq_ignore_ascii_case(&tag.name))
    };
    let Some(at) = after.match_indices("</").map(|(at, _)| at).find(ends) else {
        endless.push(tag.name.clone());
        return after;
    };
    after.get(at..).and_then(|end| end.split_once('>')).map_or("", |(_, after)| after)
}
