//! The headings of sections, in the taste of three kinds of teams.

use super::prose::Page;

/// Section headings in three tastes: summary, impact, cause, whys, analysis, response, well, poor, lucky.
const HEADINGS: [[&str; 9]; 3] = [
    [
        "Summary",
        "Impact",
        "Root cause",
        "Five whys",
        "Analysis",
        "Resolution",
        "What went well",
        "What went poorly",
        "Where we got lucky",
    ],
    [
        "Overview",
        "Customer impact",
        "Cause",
        "5 whys",
        "Background",
        "Response",
        "What worked",
        "What didn't work",
        "Luck",
    ],
    [
        "TL;DR",
        "Impact",
        "Root causes",
        "The five whys",
        "Details",
        "How it was fixed",
        "Went well",
        "Went wrong",
        "Lucky",
    ],
];

/// Adds the heading of a section by its place in the list.
pub(crate) fn heading(page: &mut Page, number: usize) {
    let text =
        HEADINGS.get(page.plan.style.headings).and_then(|set| set.get(number)).copied().unwrap_or_default();
    page.push(&format!("## {text}\n\n"));
}
