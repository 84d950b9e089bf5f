//! What a page is: its path and the sort of thing it shows.

use crate::output::OutputPath;

/// One file of the site, before it is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it goes.
    pub path: OutputPath,
    /// What it shows.
    pub route: Route,
}

/// What a page shows. Numbers are places in the edition or in the relations' groups; a second number is the page of a
/// list that fills several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// The first page.
    Home,
    /// All incidents, or the years they lie in where there are many.
    Incidents,
    /// The incidents of one year.
    Year(usize, usize),
    /// One incident.
    Incident(usize),
    /// An ordinary page.
    Text(usize),
    /// All components.
    Components,
    /// One component.
    Component(usize, usize),
    /// All tags.
    Tags,
    /// One tag.
    Tag(usize, usize),
    /// All families.
    Families,
    /// One family.
    Family(usize, usize),
    /// Open actions and those closed lately.
    Actions(usize),
    /// Actions closed earlier, by year.
    ClosedActions(i16, usize),
    /// All figures.
    Statistics,
    /// What stands behind the numbers of one figure.
    Figure(&'static str),
    /// The numbers of one figure as a table.
    FigureCsv(&'static str),
    /// Search.
    Search,
    /// What a host shows for an address that does not exist.
    NotFound,
    /// An earlier address of the page at this path.
    Redirect(OutputPath),
    /// New incidents, for feed readers.
    Feed(FeedOf, FeedFormat),
    /// All incidents as data.
    IncidentsJson,
    /// One incident as data.
    IncidentJson(usize),
    /// All actions as data.
    ActionsJson,
    /// All actions as a table.
    ActionsCsv,
    /// Due dates of open actions, for calendars.
    ActionsCalendar,
    /// Overdue actions, for feed readers.
    OverdueFeed,
    /// All figures as data.
    StatisticsJson,
    /// All families as data.
    FamiliesJson,
    /// What crawlers may read.
    Robots,
    /// The addresses of all pages.
    Sitemap,
    /// How a browser searches the site from its address bar.
    OpenSearch,
    /// Headers for hosts that read them.
    Headers,
    /// A static file of the theme, by its plain name.
    Asset(String),
}

/// Which incidents a feed holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedOf {
    /// All.
    All,
    /// Those of a component.
    Component(usize),
    /// Those with a tag.
    Tag(usize),
}

/// The two forms of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedFormat {
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// The extension of its file.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Atom => "xml",
            Self::Json => "json",
        }
    }
}
