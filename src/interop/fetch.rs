//! Asks status pages, pagers and chats for incidents, page by page. What they answer is read in [`super::story`]; this file
//! knows where to ask, and goes to no other host than the one it was sent to.

use super::address::Address;
use super::story::{Around, Origin, Story, read, slack};
use super::text;
use super::web::{Failure, Request, Token, Web};
use serde_json::Value;

/// Pages of a list that are read, at most.
const PAGES: usize = 200;
/// Entries of a list that are read, at most.
const ENTRIES: usize = 100_000;

/// Who is asked, and what with.
pub struct Asked<'a> {
    /// Who can be asked.
    pub web: &'a dyn Web,
    /// Who asks.
    pub token: Option<&'a Token>,
    /// The address of the interface, without a slash at its end, where it is not the usual one.
    pub api: Option<&'a str>,
}

/// The usual address of Slack's.
pub const SLACK: &str = "https://slack.com/api";

impl Asked<'_> {
    pub(super) fn get(&self, address: Address, token: Option<&Token>) -> Result<Value, Failure> {
        self.web.ask(&Request::get(address, token))?.json()
    }

    pub(super) fn api(&self, usual: &str, path: &str) -> Result<Address, Failure> {
        let base = self.api.unwrap_or(usual).trim_end_matches('/');
        Address::parse(&format!("{base}{path}"))
            .ok_or_else(|| Failure::Refused(format!("`{base}` is no web address")))
    }

    /// The incidents of the status page at `url`.
    ///
    /// # Errors
    /// Where the page cannot be asked, or answers nothing that `origin` says.
    pub fn page(&self, origin: Origin, url: &Address, around: &Around) -> Result<Vec<Story>, Failure> {
        let file = |path: &str, ending: &str| {
            let path = path.split('?').next().unwrap_or_default();
            std::path::Path::new(path).extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
        };
        let address = match origin {
            _ if file(&url.path, "json") => url.clone(),
            Origin::Statuspage | Origin::IncidentIo | Origin::Generic => url.at("/api/v2/incidents.json"),
            Origin::BetterStack => url.at("/index.json"),
            Origin::CState if !file(&url.path, "md") => {
                url.at(&format!("{}/index.json", url.path.trim_end_matches('/')))
            }
            _ => url.clone(),
        };
        self.read(origin, address, around)
    }

    fn read(&self, origin: Origin, address: Address, around: &Around) -> Result<Vec<Story>, Failure> {
        let accept = if origin == Origin::Feed {
            "application/atom+xml, application/rss+xml, */*;q=0.5"
        } else {
            "application/json"
        };
        let answer = self.web.ask(&Request { accept, ..Request::get(address, self.token) })?;
        answer.good()?;
        read(origin, &answer.body, around)
    }

    /// The incidents of a status page of whatever vendor: the places are tried where pages keep them, the richest first.
    ///
    /// # Errors
    /// Where nothing is found; the last failure, or that there is none. A page that tells of no incident is none.
    pub fn any_page(&self, url: &Address, around: &Around) -> Result<Vec<Story>, Failure> {
        let (mut last, mut silent) = (Failure::Missing, false);
        let places = [
            (Origin::Statuspage, "/api/v2/incidents.json"),
            (Origin::BetterStack, "/index.json"),
            (Origin::CState, "/index.json"),
            (Origin::Statuspage, "/summary.json"),
            (Origin::Feed, "/history.atom"),
            (Origin::Feed, "/history.rss"),
        ];
        for (origin, path) in places {
            match self.read(origin, url.at(path), around) {
                Ok(stories) if !stories.is_empty() => return Ok(stories),
                Ok(_) => silent = true,
                // A page that cannot be reached is not asked six times.
                Err(failure @ (Failure::Refused(_) | Failure::Silent(_) | Failure::Throttled(_))) => {
                    return Err(failure);
                }
                Err(failure) => last = failure,
            }
        }
        match self.announced(url)? {
            Some(feed) => self.read(Origin::Feed, feed, around),
            None if silent => Ok(Vec::new()),
            None => Err(last),
        }
    }

    /// The feed that the page itself names.
    fn announced(&self, url: &Address) -> Result<Option<Address>, Failure> {
        let answer =
            self.web.ask(&Request { accept: "text/html", ..Request::get(url.clone(), self.token) })?;
        if answer.good().is_err() {
            return Ok(None);
        }
        let page = String::from_utf8_lossy(&answer.body);
        let links = page.split("<link").skip(1).filter_map(|rest| rest.split('>').next());
        let feed = links
            .into_iter()
            .find(|tag| tag.contains("alternate") && (tag.contains("atom+xml") || tag.contains("rss+xml")));
        let target = feed.and_then(|tag| tag.split("href=").nth(1)?.split(['"', '\'']).nth(1));
        // A feed elsewhere is another host's: whoever wants it names it.
        Ok(target.and_then(|target| url.join(target)).filter(|feed| feed.same_origin(url)))
    }

    /// A channel of Slack with its threads.
    ///
    /// # Errors
    /// Where it cannot be asked for; Slack tells most of that with status 200.
    pub fn channel(&self, id: &str, around: &Around) -> Result<Vec<Story>, Failure> {
        let id = encoded(id);
        let seconds = |at: Option<jiff::Timestamp>, key: &str| {
            at.map(|at| format!("&{key}={}", at.as_second())).unwrap_or_default()
        };
        let span = seconds(around.since, "oldest") + &seconds(around.until, "latest");
        let mut messages = self.cursor(
            "messages",
            &format!("/conversations.history?channel={id}&limit=200{span}&inclusive=true"),
        )?;
        let threads: Vec<String> = messages
            .iter()
            .filter(|one| one.pointer("/reply_count").and_then(Value::as_u64).is_some_and(|count| count > 0))
            .filter_map(|one| text::title(one, "/ts"))
            .collect();
        for thread in threads {
            let path = format!("/conversations.replies?channel={id}&ts={}&limit=200", encoded(&thread));
            messages.extend(self.cursor("messages", &path)?);
        }
        let people = slack::users(&Value::Array(self.cursor("members", "/users.list?limit=200")?));
        let info = self.slack(&format!("/conversations.info?channel={id}"))?;
        let name = text::title(&info, "/channel/name").unwrap_or_else(|| id.clone());
        Ok(vec![slack::story(&id, &name, &messages, &people, around).settled()])
    }

    /// All of a list that is handed out by cursors.
    fn cursor(&self, key: &str, path: &str) -> Result<Vec<Value>, Failure> {
        let (mut all, mut cursor) = (Vec::new(), String::new());
        for _ in 0..PAGES {
            let page = self.slack(&format!("{path}{cursor}"))?;
            extend(&mut all, text::list(&page, &format!("/{key}")))?;
            let Some(next) = text::title(&page, "/response_metadata/next_cursor") else { return Ok(all) };
            let next = format!("&cursor={}", encoded(&next));
            if next == cursor {
                break;
            }
            cursor = next;
        }
        Err(Failure::Garbled("it goes on without end; narrow it with `--since` and `--until`".into()))
    }

    fn slack(&self, path: &str) -> Result<Value, Failure> {
        let token = self.token.map(Token::bearer);
        let value = self.get(self.api(SLACK, path)?, token.as_ref())?;
        if value.pointer("/ok").and_then(Value::as_bool) == Some(true) {
            return Ok(value);
        }
        Err(match text::title(&value, "/error").unwrap_or_default().as_str() {
            "invalid_auth" | "not_authed" | "account_inactive" | "token_revoked" | "token_expired" => {
                Failure::Unauthorised
            }
            "missing_scope" | "not_in_channel" | "no_permission" => Failure::Forbidden,
            "channel_not_found" | "thread_not_found" => Failure::Missing,
            other => Failure::Garbled(format!("Slack says `{}`", text::line(other, 60))),
        })
    }
}

/// Adds a page to a list, which has an end however much a server says.
pub(super) fn extend(all: &mut Vec<Value>, page: &[Value]) -> Result<(), Failure> {
    if all.len() + page.len() > ENTRIES {
        return Err(Failure::Garbled(format!("it holds more than {ENTRIES} entries")));
    }
    all.extend_from_slice(page);
    Ok(())
}

/// `text` as it may stand in a query.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// The incident that an address names: the part after `/incidents/` or `/incident/`.
pub fn incident_in(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?;
    let after = path.split("/incidents/").nth(1).or_else(|| path.split("/incident/").nth(1))?;
    after.split('/').next().filter(|id| !id.is_empty()).map(str::to_owned)
}
