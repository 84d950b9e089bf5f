//! What surrounds every page: title, language, menu, feeds, and what search engines may do with it.

use super::Views;
use crate::plan::{FeedOf, Page, Route, url};
use serde::Serialize;
use serde_json::json;

/// An entry of the main menu.
#[derive(Debug, Serialize)]
pub struct MenuEntry {
    /// Key of its word.
    pub key: &'static str,
    /// Address from the root of the site.
    pub link: String,
    /// Whether this page lies in that section.
    pub current: bool,
}

/// A feed of this page.
#[derive(Debug, Serialize)]
pub struct FeedLink {
    /// Address of the Atom form.
    pub atom: String,
    /// Address of the JSON form.
    pub json: String,
}

/// What surrounds a page.
#[derive(Debug, Serialize)]
pub struct Frame {
    /// Language tag of its text.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// Its own title.
    pub title: String,
    /// What it says, in a sentence.
    pub description: String,
    /// The way up to the root of the site, put in front of every link.
    pub root: String,
    /// The entries of the menu; only pages that exist.
    pub menu: Vec<MenuEntry>,
    /// The feed that belongs to it.
    pub feed: Option<FeedLink>,
    /// Its full address, where known and public.
    pub canonical: Option<String>,
    /// Whether search engines should leave it out.
    pub noindex: bool,
    /// Whether the whole site is for the public.
    pub public: bool,
    /// Whether `kb serve` shows it.
    pub live: bool,
    /// Whether it is an article, for previews.
    pub article: bool,
    /// What machines are told about a public article, as JSON-LD that is safe inside a `script` element.
    pub json_ld: Option<String>,
}

impl Views<'_> {
    /// The frame of `page`.
    pub fn frame(&self, page: &Page) -> Frame {
        let lang = self.language(&page.route);
        let public = !self.site.is_internal();
        let base = self.site.base_url();
        let link = url::link_to(page.path.as_str(), self.site.config.urls);
        let canonical = (public && !base.is_empty()).then(|| url::absolute(base, &link));
        let (title, description) = self.named_and_described(&page.route);
        let json_ld = canonical.as_deref().and_then(|address| self.article(page, address, &lang));
        Frame {
            dir: direction(&lang),
            lang,
            title,
            description,
            root: self.root(page),
            menu: self.menu(&page.route),
            feed: self.feed(&page.route),
            canonical,
            noindex: !public || self.is_thin(&page.route),
            public,
            live: self.site.live,
            article: matches!(page.route, Route::Incident(_)),
            json_ld,
        }
    }

    /// An incident as schema.org describes an article.
    fn article(&self, page: &Page, address: &str, language: &str) -> Option<String> {
        let Route::Incident(number) = &page.route else { return None };
        let (item, (_, description)) = (self.item(*number)?, self.incident_head(*number));
        let publisher = json!({ "@type": "Organization", "name": self.site.title() });
        let mut article = json!({
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": item.title,
            "description": description,
            "url": address,
            "mainEntityOfPage": address,
            "inLanguage": language,
            "isAccessibleForFree": true,
            "keywords": item.components,
            "author": publisher.clone(),
            "publisher": publisher,
        });
        if let Some(date) = &item.date {
            article["datePublished"] = date.clone().into();
        }
        // In a script element only these could end it, or be read as the end of a line.
        let unsafe_ones = [
            ("<", "\\u003c"),
            (">", "\\u003e"),
            ("&", "\\u0026"),
            ("\u{2028}", "\\u2028"),
            ("\u{2029}", "\\u2029"),
        ];
        Some(
            unsafe_ones
                .iter()
                .fold(article.to_string(), |text, (plain, escaped)| text.replace(plain, escaped)),
        )
    }

    /// The 404 page is shown under any address: it alone starts its links from the root of the host, where that is
    /// known.
    fn root(&self, page: &Page) -> String {
        let base = self.site.base_url();
        match page.route {
            Route::NotFound if self.site.live => "/".to_owned(),
            Route::NotFound if !base.is_empty() => url::base_path(base),
            _ => url::up(&page.path),
        }
    }

    fn menu(&self, route: &Route) -> Vec<MenuEntry> {
        let relations = self.site.relations;
        let entries = [
            ("home", "index", true, matches!(route, Route::Home)),
            (
                "incidents",
                "incidents/index",
                true,
                matches!(route, Route::Incidents | Route::Year(..) | Route::Incident(_)),
            ),
            (
                "components",
                "components/index",
                !relations.components.is_empty(),
                matches!(route, Route::Components | Route::Component(..)),
            ),
            (
                "recurring",
                "families/index",
                !self.site.recurrences.families().all.is_empty(),
                matches!(route, Route::Families | Route::Family(..)),
            ),
            (
                "actions",
                "actions",
                self.site.has_actions_page(),
                matches!(route, Route::Actions(_) | Route::ClosedActions(..)),
            ),
            (
                "statistics",
                "stats",
                self.site.has_statistics(),
                matches!(route, Route::Statistics | Route::Figure(_)),
            ),
        ];
        let style = self.site.config.urls;
        entries
            .into_iter()
            .filter(|(_, _, exists, _)| *exists)
            .map(|(key, name, _, current)| MenuEntry { key, link: url::link(name, style), current })
            .collect()
    }

    fn feed(&self, route: &Route) -> Option<FeedLink> {
        if !self.site.config.feeds.enable {
            return None;
        }
        let of = match route {
            Route::Component(number, _) if self.site.config.feeds.components => FeedOf::Component(*number),
            Route::Tag(number, _) if self.site.config.feeds.tags => FeedOf::Tag(*number),
            _ => FeedOf::All,
        };
        let name = self.feed_name(of)?;
        Some(FeedLink {
            atom: url::encode(&format!("{name}.xml")),
            json: url::encode(&format!("{name}.json")),
        })
    }

    /// The path of a feed without its extension.
    pub fn feed_name(&self, of: FeedOf) -> Option<String> {
        let relations = self.site.relations;
        Some(match of {
            FeedOf::All => "feed".to_owned(),
            FeedOf::Component(number) => {
                format!("components/{}", relations.components.all().get(number)?.slug)
            }
            FeedOf::Tag(number) => format!("tags/{}", relations.tags.all().get(number)?.slug),
        })
    }

    fn language(&self, route: &Route) -> String {
        let own = match route {
            Route::Incident(number) => self.site.incident(*number),
            Route::Text(number) => self.site.text(*number),
            _ => None,
        };
        own.and_then(|published| published.incident.language.clone())
            .unwrap_or_else(|| self.site.config.language.clone())
    }

    /// A tag of one incident adds nothing to that incident's page.
    fn is_thin(&self, route: &Route) -> bool {
        let alone = |number: &usize| {
            self.site.relations.tags.all().get(*number).is_none_or(|group| group.members.len() < 2)
        };
        match route {
            Route::Tag(number, _) => alone(number),
            Route::Search | Route::NotFound | Route::Redirect(_) | Route::Figure(_) => true,
            _ => false,
        }
    }

    fn named_and_described(&self, route: &Route) -> (String, String) {
        let words = &self.words;
        let relations = self.site.relations;
        let group = |all: &crate::relate::Groups, number: &usize, key: &str, part: usize| {
            let name = all.all().get(*number).map_or("", |group| &group.name);
            let page = if part == 0 { String::new() } else { format!(" ({})", part + 1) };
            (format!("{name}{page}"), words.with(key, name))
        };
        let plain = |key: &str| (words.get(key).to_owned(), words.get(&format!("{key}_about")).to_owned());
        match route {
            Route::Home => {
                let about = &self.site.config.description;
                let about = if about.is_empty() { words.get("home_about") } else { about };
                (words.get("home").to_owned(), about.to_owned())
            }
            Route::Incident(number) => self.incident_head(*number),
            Route::Text(number) => {
                let title = self.site.text(*number).map_or("", |page| &page.incident.title);
                (title.to_owned(), title.to_owned())
            }
            Route::Year(number, part) => group(&relations.years, number, "year_about", *part),
            Route::Component(number, part) => {
                let (_, about) = group(&relations.components, number, "component_about", *part);
                let name = relations.components.all().get(*number).map_or("", |group| &group.name);
                let page = if *part == 0 { String::new() } else { format!(" ({})", part + 1) };
                (format!("{}{page}", super::item::component_name(&self.site, name)), about)
            }
            Route::Tag(number, part) => {
                let (name, about) = group(&relations.tags, number, "tag_about", *part);
                (words.with("tag_title", &name), about)
            }
            Route::Family(number, part) => {
                let name = self.family_at(*number).map(|family| self.family_name(family)).unwrap_or_default();
                let page = if *part == 0 { String::new() } else { format!(" ({})", part + 1) };
                (words.with("family_title", &format!("{name}{page}")), words.with("family_about", &name))
            }
            Route::Components => plain("components"),
            Route::Tags => plain("tags"),
            Route::Families => plain("recurring"),
            Route::Actions(0) => plain("actions"),
            Route::Actions(part) => {
                (format!("{} ({})", words.get("actions"), part + 1), words.get("actions_about").to_owned())
            }
            Route::ClosedActions(year, part) => {
                let title = words.with("closed_in", &year.to_string());
                let page = if *part == 0 { String::new() } else { format!(" ({})", part + 1) };
                (format!("{title}{page}"), title)
            }
            Route::Statistics => plain("statistics"),
            Route::Figure(name) => {
                let key = format!("figure_{name}");
                let title = words.get(&key);
                (words.with("behind_x", title), words.with("behind_x_about", title))
            }
            Route::Search => plain("search"),
            Route::NotFound => plain("not_found"),
            Route::Redirect(_) => plain("moved"),
            _ => plain("incidents"),
        }
    }
}

fn direction(language: &str) -> &'static str {
    let base = language.split('-').next().unwrap_or(language).to_ascii_lowercase();
    if matches!(base.as_str(), "ar" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi") {
        "rtl"
    } else {
        "ltr"
    }
}
