//! The systems a postmortem lives among: trackers, status pages, pagers, chats.
//!
//! A build never needs the network. [`tickets`] asks trackers how the tickets stand that action items name, and keeps what
//! they say in `tickets.json`; builds read that file. [`story`] reads what status pages, pagers and chats tell of an
//! incident, [`fetch`] and [`pager`] ask them for it, [`draft`] writes it as a postmortem or merges it into one, and [`known`] keeps what
//! they know in `incidents.json`, which [`reports`] holds against the postmortems.
//!
//! | system | walk through, and what was verified |
//! |---|---|
//! | GitHub Issues | [`tickets::github`] |
//! | Jira Cloud and Data Center | [`tickets::jira`] |
//! | Linear | [`tickets::linear`] |
//! | Atlassian Statuspage, incident.io, `AllyStatus` and other pages | [`story::statuspage`] |
//! | Better Stack | [`story::betterstack`] |
//! | cState | [`story::cstate`] |
//! | Atom and RSS feeds | [`story::feed`] |
//! | `PagerDuty` | [`story::pagerduty`] |
//! | Slack, an export or over the network | [`story::slack`] |
//! | pasted timelines | [`story::timeline`] |
//!
//! Everything here but [`http`] is pure: it makes requests and reads answers. What comes back is untrusted: texts lose
//! control characters and are cut, addresses must be web addresses, answers have a longest size and a deepest nesting
//! (`serde_json`'s 128), lists a longest length, a run a largest sum, and a value of the wrong kind is as if it were not there.

pub mod address;
pub mod draft;
pub mod fetch;
pub mod http;
pub mod known;
mod limits;
pub mod pager;
pub mod patience;
pub mod reports;
pub mod story;
mod text;
pub mod tickets;
pub mod web;
