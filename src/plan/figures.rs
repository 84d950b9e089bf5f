//! The figures of the statistics page by name, in reading order: from whether promises are kept to what keeps coming back.

/// Figures of action items.
pub const OF_ACTIONS: [&str; 13] = [
    "cohorts",
    "ages",
    "open-for",
    "ends-as",
    "flow",
    "turnover",
    "quality",
    "parts",
    "teams",
    "severities",
    "priorities",
    "kinds",
    "twice",
];

/// Figures of incidents.
pub const OF_INCIDENTS: [&str; 9] =
    ["resolve", "phases", "publication", "monthly", "years", "downtime", "causes", "again", "coverage"];

/// Incidents that other systems know; only where such a system was asked.
pub const ELSEWHERE: &str = "elsewhere";

/// The numbers at the head of the page.
pub const OVERVIEW: &str = "overview";
