//! The pen: writes the few shapes charts are made of.

use std::fmt::Write as _;

/// Where the plotting area begins, in percent of the width; the labels of the vertical axis stand before it.
pub(super) const LEFT: f64 = 8.0;

/// A drawing that is being written.
pub(super) struct Drawing {
    out: String,
}

/// The side of its place on which a text stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Drawing {
    /// Begins a drawing `height` pixels high, with what a screen reader says of it.
    pub(super) fn new(height: f64, id: &str, title: &str, finding: &str) -> Self {
        let mut out = format!(
            "<svg class=\"chart\" height=\"{height:.0}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">"
        );
        escape(title, &mut out);
        let _ = write!(out, "</title><desc id=\"{id}-d\">");
        escape(finding, &mut out);
        out.push_str("</desc>");
        Self { out }
    }

    /// A bar; `x` and `width` in percent, `y` and `height` in pixels.
    pub(super) fn rect(&mut self, class: &str, x: f64, width: f64, y: f64, height: f64) {
        let _ = write!(
            self.out,
            "<rect class=\"{class}\" x=\"{x:.2}%\" width=\"{width:.2}%\" y=\"{y:.1}\" height=\"{height:.1}\"/>"
        );
    }

    /// A thin upright mark of fixed width.
    pub(super) fn tick(&mut self, class: &str, x: f64, y: f64, height: f64) {
        let _ = write!(
            self.out,
            "<rect class=\"{class}\" x=\"{x:.2}%\" width=\"3\" y=\"{y:.1}\" height=\"{height:.1}\"/>"
        );
    }

    /// A dot.
    pub(super) fn dot(&mut self, class: &str, x: f64, y: f64, radius: f64) {
        let _ = write!(
            self.out,
            "<circle class=\"{class}\" cx=\"{x:.2}%\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill-opacity=\".75\"/>"
        );
    }

    /// A line across, at `y`.
    pub(super) fn across(&mut self, class: &str, from: f64, to: f64, y: f64) {
        let _ = write!(
            self.out,
            "<line class=\"{class}\" x1=\"{from:.2}%\" x2=\"{to:.2}%\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>"
        );
    }

    /// A line down, at `x`.
    pub(super) fn down(&mut self, class: &str, x: f64, from: f64, to: f64) {
        let _ = write!(
            self.out,
            "<line class=\"{class}\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"{from:.1}\" y2=\"{to:.1}\"/>"
        );
    }

    /// Words; `class` is `soft` for those of an axis.
    pub(super) fn text(&mut self, class: &str, x: f64, y: f64, anchor: Anchor, words: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let _ =
            write!(self.out, "<text class=\"{class}\" x=\"{x:.2}%\" y=\"{y:.1}\" text-anchor=\"{anchor}\">");
        escape(words, &mut self.out);
        self.out.push_str("</text>");
    }

    /// Curves over the plotting area between the heights `top` and `bottom`. Their points are shares of it, 0–1 from the
    /// left and from the bottom.
    pub(super) fn curves(&mut self, top: f64, bottom: f64, curves: &[Curve]) {
        let _ = write!(
            self.out,
            "<svg x=\"{LEFT}%\" y=\"{top:.1}\" width=\"{:.2}%\" height=\"{:.1}\" viewBox=\"0 0 100 100\" preserveAspectRatio=\"none\">",
            100.0 - LEFT,
            bottom - top
        );
        for curve in curves {
            let (element, points) = match &curve.shape {
                Shape::Line(points) => ("polyline", points),
                Shape::Area(points) => ("polygon", points),
            };
            let faint = if curve.faint { " faint" } else { "" };
            let _ = write!(self.out, "<{element} class=\"{}{faint}\" points=\"", curve.class);
            for (index, (x, y)) in points.iter().enumerate() {
                let space = if index == 0 { "" } else { " " };
                let _ = write!(self.out, "{space}{:.2},{:.2}", x * 100.0, (1.0 - y) * 100.0);
            }
            self.out.push_str("\"/>");
        }
        self.out.push_str("</svg>");
    }

    /// Ends the drawing.
    pub(super) fn finish(mut self) -> String {
        self.out.push_str("</svg>");
        self.out
    }
}

/// A line or a filled area.
pub(super) struct Curve {
    pub(super) class: &'static str,
    pub(super) faint: bool,
    pub(super) shape: Shape,
}

/// The points of a curve: shares of the plotting area, from its lower left corner.
pub(super) enum Shape {
    Line(Vec<(f64, f64)>),
    Area(Vec<(f64, f64)>),
}

/// Writes text so that it stays text, whatever it holds.
fn escape(words: &str, out: &mut String) {
    for letter in words.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
}
