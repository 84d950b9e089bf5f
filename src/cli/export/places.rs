//! Where values stand in their file, as line and column.

use crate::diag::{Lines, Span};
use crate::model::{Incident, Milestone, Stated};
use serde::Serialize;
use std::collections::BTreeMap;

/// Line and column, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Place {
    line: usize,
    column: usize,
}

/// The places of one file; none where its text is not at hand.
pub(super) struct Places<'a> {
    text: Option<(&'a str, Lines)>,
}

impl<'a> Places<'a> {
    pub(super) fn of(text: Option<&'a str>) -> Self {
        Self { text: text.map(|text| (text, Lines::of(text))) }
    }

    /// Where the clock points and the stated texts stand, by the key of their value.
    pub(super) fn of_values(&self, incident: &Incident) -> BTreeMap<&'static str, Place> {
        let points = Milestone::ALL
            .into_iter()
            .filter_map(|milestone| Some((milestone.word(), incident.clock.get(milestone)?.span)));
        let published = incident.clock.published.as_ref().map(|point| ("published", point.span));
        let texts = [("summary", &incident.summary), ("trigger", &incident.trigger), ("fix", &incident.fix)]
            .into_iter()
            .filter_map(|(key, stated): (_, &Option<Stated>)| Some((key, stated.as_ref()?.span)));
        let all = points.chain(published).chain(texts);
        all.filter_map(|(key, span)| Some((key, self.place(span)?))).collect()
    }

    pub(super) fn column(&self, span: Span) -> Option<usize> {
        self.place(span).map(|place| place.column)
    }

    pub(super) fn pair(&self, span: Span) -> (Option<usize>, Option<usize>) {
        let place = self.place(span);
        (place.map(|place| place.line), place.map(|place| place.column))
    }

    fn place(&self, span: Span) -> Option<Place> {
        let (text, lines) = self.text.as_ref()?;
        let line = lines.line(span.start);
        let before = Span { start: lines.start(line), end: span.start };
        Some(Place { line: line as usize, column: before.of(text).chars().count() + 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let places = Places::of(Some("α\nβγ δ\n"));
        assert_eq!(places.pair(Span::new(8, 10)), (Some(2), Some(4)));
        assert_eq!(Places::of(None).column(Span::new(0, 1)), None);
    }
}
