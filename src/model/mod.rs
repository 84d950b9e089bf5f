//! The words of the field, as values: what an incident is, without files, Markdown or HTML.

mod action;
mod address;
mod audience;
mod clock;
pub(crate) mod fold;
mod impact;
mod incident;
mod moment;
mod severity;
pub mod text;
mod ticket;
mod timeline;

pub use action::{ActionItem, ActionKind, ActionState, StateMark};
pub use address::dated_page;
pub use audience::Audience;
pub use clock::{Clock, ClockPoint, Milestone};
pub use impact::{Impact, ImpactKind};
pub use incident::{
    Dated, Fix, Incident, Kind, LinkKind, Origin, PageTimes, Reference, Section, SectionKind, Stated, Status,
    Why,
};
pub use moment::{Moment, Precision, Zone};
pub use severity::Severity;
pub use ticket::{Seen, Ticket, TicketRecord, Tickets, Unseen};
pub use timeline::{EntryKind, TimelineEntry};
