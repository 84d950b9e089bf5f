//! Documents with raw HTML: balanced and filtered as a whole, then given back what is ours.

use super::tags;
use ammonia::Builder;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

/// What the writer made itself and must not be touched: attributes and whole pieces, by number.
#[derive(Debug, Default)]
pub(super) struct Kept {
    all: Vec<Piece>,
}

#[derive(Debug)]
enum Piece {
    Attributes(String),
    Whole(String),
}

impl Kept {
    pub(super) fn attributes(&mut self, attributes: &str) -> usize {
        self.all.push(Piece::Attributes(attributes.to_owned()));
        self.all.len() - 1
    }

    pub(super) fn whole(&mut self, html: String) -> usize {
        self.all.push(Piece::Whole(html));
        self.all.len() - 1
    }
}

static FILTER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut filter = Builder::empty();
    filter
        .tags(tags::AUTHORS.into_iter().chain(tags::OURS).collect())
        .tag_attributes(HashMap::new())
        .generic_attributes(HashSet::from(["data-kb"]))
        .link_rel(None);
    filter
});

/// `html` with every tag balanced, only known tags, no attribute but those in `kept`, and headings that never skip a
/// level.
pub(super) fn clean(html: &str, kept: &Kept) -> String {
    let balanced = FILTER.clean(html).to_string();
    restore(&balanced, kept)
}

/// One pass over balanced HTML. Text holds no `<` of its own there, so each `<` starts a tag.
fn restore(balanced: &str, kept: &Kept) -> String {
    let mut out = String::with_capacity(balanced.len() * 2);
    let mut levels = Levels::default();
    let mut rest = balanced;
    while let Some((text, tag_on)) = rest.split_once('<') {
        out.push_str(text);
        let Some((tag, after)) = tag_on.split_once('>') else { break };
        rest = after;
        let (name, number) = tag.split_once(" data-kb=\"").map_or((tag, None), |(name, number)| {
            (name, number.strip_suffix('"').and_then(|number| number.parse::<usize>().ok()))
        });
        let piece = number.and_then(|number| kept.all.get(number));
        if let Some(Piece::Whole(whole)) = piece.filter(|_| name == "pre") {
            out.push_str(whole);
            rest = rest.split_once("</pre>").map_or("", |(_, after)| after);
            continue;
        }
        out.push('<');
        levels.push_name(name, &mut out);
        if let Some(Piece::Attributes(attributes)) = piece {
            out.push_str(attributes);
        }
        out.push('>');
    }
    out.push_str(rest);
    out
}

/// The levels of headings, so that none skips one.
#[derive(Default)]
struct Levels {
    /// As written, of the headings that the next one may stand below.
    above: Vec<u8>,
    /// As given, of the headings that are not closed yet: a cell inside a heading can hold another.
    open: Vec<usize>,
}

impl Levels {
    /// Writes the name of a tag; headings get the level that follows from those before.
    fn push_name(&mut self, name: &str, out: &mut String) {
        let level = |name: &str| {
            name.strip_prefix('h').and_then(|n| n.parse::<u8>().ok()).filter(|n| (1..=6).contains(n))
        };
        if let Some(written) = level(name) {
            while self.above.last().is_some_and(|above| *above >= written) {
                self.above.pop();
            }
            self.above.push(written);
            let given = (self.above.len() + 1).min(6);
            self.open.push(given);
            let _ = write!(out, "h{given}");
        } else if name.strip_prefix('/').and_then(level).is_some() {
            let _ = write!(out, "/h{}", self.open.pop().unwrap_or(2));
        } else {
            out.push_str(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_cannot_take_attributes_that_are_ours() {
        let mut kept = Kept::default();
        let number = kept.attributes(" id=\"t1\"");
        let html = format!("<p data-kb=\"{number}\">a</p><p onclick=\"x()\">b <script>x()</script></p>");
        assert_eq!(clean(&html, &kept), "<p id=\"t1\">a</p><p>b </p>");
    }

    #[test]
    fn headings_written_as_html_fall_in_line() {
        assert_eq!(
            clean("<h1>a</h1><h4>b</h4><h2>c</h2>", &Kept::default()),
            "<h2>a</h2><h3>b</h3><h3>c</h3>"
        );
    }

    #[test]
    fn a_heading_inside_a_heading_does_not_change_how_the_outer_one_ends() {
        let html = "<h2>a<table><tr><td><h3>b</h3></td></tr></table></h2>";
        let expected = "<h2>a<table><tbody><tr><td><h3>b</h3></td></tr></tbody></table></h2>";
        assert_eq!(clean(html, &Kept::default()), expected);
    }
}
