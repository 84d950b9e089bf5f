//! Jira: Cloud and Data Center.
//!
//! # Walk through: Cloud
//!
//! 1. In `site.toml`:
//!    ```toml
//!    [trackers.jira]
//!    kind = "jira"
//!    url = "https://acme.atlassian.net"
//!    prefixes = ["ENG", "OPS"]
//!    ```
//! 2. An API token of an account that may browse these projects, in `JIRA_API_TOKEN`, and the account's e-mail address in
//!    `JIRA_EMAIL` (`token_env` and `user_env` name other variables).
//! 3. `kb sync`. Up to a hundred tickets are asked for at once (`POST /rest/api/3/issue/bulkfetch`). Jira leaves out what
//!    it does not find, and gives a moved ticket under its new key without saying so: what is left over is asked for one
//!    by one, which finds moved tickets and tells *forbidden* from *missing* where Jira does.
//!
//! Without `JIRA_EMAIL` kb says that it is missing and asks nothing: a token of Cloud alone proves nobody.
//!
//! # Walk through: Data Center
//!
//! The same with the address of your Jira, with its path if it has one (`https://jira.acme.example/jira`), and a personal
//! access token in `JIRA_PAT`. Away from Atlassian's own hosts and without an e-mail address kb speaks as one does with Data
//! Center: `Bearer`, and a search
//! (`key in (…)`). One unknown key makes that search fail as a whole; kb then halves the batch until it has found it. A
//! server in your own network needs `kb sync --allow-private`.
//!
//! # How states are read
//!
//! By the *category* of the status (`new`, `indeterminate`, `done`), never by its name: names are free and translated. A
//! ticket in a `done` status is cancelled where its resolution is one that means so (*Won't Do*, *Duplicate*, *Declined*,
//! …; the key `cancelled` replaces the list). The closing date is `resolutiondate`, else the day the category changed.
//!
//! # Verified
//!
//! Against documentation: requests and answers of `bulkfetch` (what it leaves out, its order, moved issues), the category
//! keys, both ways to prove who asks, the form of dates. Not verified against a live service: `validateQuery` and the
//! failing of searches with unknown keys on Data Center (kb copes with both), the numeric limits of Cloud.

use super::{Answers, Source, Told, Wanted, address, blank, one_by_one};
use crate::interop::address::Address;
use crate::interop::text;
use crate::interop::web::{Failure, Request, Token, Web};
use crate::model::{ActionState, TicketRecord, Unseen};
use serde_json::{Value, json};

const FIELDS: [&str; 10] = [
    "summary",
    "status",
    "resolution",
    "resolutiondate",
    "statuscategorychangedate",
    "duedate",
    "assignee",
    "priority",
    "created",
    "updated",
];

/// Resolutions that say that nothing was done.
const CANCELLED: [&str; 15] = [
    "won't do",
    "won't fix",
    "wontfix",
    "duplicate",
    "cannot reproduce",
    "can't reproduce",
    "declined",
    "rejected",
    "cancelled",
    "canceled",
    "obsolete",
    "invalid",
    "not a bug",
    "abandoned",
    "withdrawn",
];

/// Asks for a batch.
pub(super) fn ask(source: &Source<'_>, web: &dyn Web, batch: &[Wanted]) -> Result<Answers, Failure> {
    let base = source.base(&source.settings.url)?;
    let cloud = is_cloud(&base);
    if cloud && source.token.is_some() && source.user.is_none() {
        let message = "a token of Jira Cloud goes with the e-mail address of its account; set it in `JIRA_EMAIL` (or what `user_env` names)";
        return Err(Failure::Refused(message.into()));
    }
    let jira = Jira { source, web, base, token: token(source), cloud: cloud || source.user.is_some() };
    let mut answers = Answers::new();
    if jira.cloud {
        jira.bulk(batch, &mut answers)?;
    } else {
        jira.search(batch, &mut answers)?;
    }
    one_by_one(batch, &mut answers, |one| jira.single(one))?;
    Ok(answers)
}

fn token(source: &Source<'_>) -> Option<Token> {
    let token = source.token.as_ref()?;
    Some(source.user.as_ref().map_or_else(|| token.bearer(), |user| token.basic(user)))
}

struct Jira<'a> {
    source: &'a Source<'a>,
    web: &'a dyn Web,
    base: String,
    token: Option<Token>,
    /// Whether it speaks as Cloud does.
    cloud: bool,
}

/// Whether the host is one of Atlassian's own.
pub(super) fn is_cloud(base: &str) -> bool {
    let host = Address::parse(base).map(|address| address.host);
    host.is_some_and(|host| host.ends_with(".atlassian.net") || host == "api.atlassian.com")
}

impl Jira<'_> {
    fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.web.ask(&Request::post(address(&self.base, path)?, body, self.token.as_ref()))?.json()
    }

    /// Cloud: what was seen before is asked for by its number, which a move does not change.
    fn bulk(&self, batch: &[Wanted], answers: &mut Answers) -> Result<(), Failure> {
        let names: Vec<&str> = batch.iter().map(by_number).collect();
        let body = json!({ "issueIdsOrKeys": names, "fields": FIELDS });
        let answer = self.post("/rest/api/3/issue/bulkfetch", &body)?;
        self.take(batch, &answer, answers);
        Ok(())
    }

    /// Data Center: all at once, and in halves where Jira refuses.
    fn search(&self, batch: &[Wanted], answers: &mut Answers) -> Result<(), Failure> {
        let mut left = vec![batch];
        while let Some(part) = left.pop() {
            match self.search_once(part, answers) {
                Err(Failure::Status(400, _)) if part.len() > 1 => {
                    let (one, other) = part.split_at(part.len() / 2);
                    left.extend([one, other]);
                }
                // A single ticket that cannot be searched for is asked for by itself.
                Err(Failure::Status(400, _)) => {}
                done => done?,
            }
        }
        Ok(())
    }

    fn search_once(&self, part: &[Wanted], answers: &mut Answers) -> Result<(), Failure> {
        let keys: Vec<String> = part.iter().map(|one| format!("\"{}\"", one.key)).collect();
        let jql = format!("key in ({})", keys.join(","));
        let mut start = 0;
        loop {
            let body = json!({
                "jql": jql, "fields": FIELDS, "startAt": start, "maxResults": 100, "validateQuery": false,
            });
            let answer = self.post("/rest/api/2/search", &body)?;
            self.take(part, &answer, answers);
            let here = text::list(&answer, "/issues").len();
            let total = answer.pointer("/total").and_then(Value::as_u64).unwrap_or_default();
            start += here;
            // A server may give fewer at once than asked for; one that gives none has no more.
            if here == 0 || start as u64 >= total || start > 10 * part.len() {
                return Ok(());
            }
        }
    }

    fn take(&self, batch: &[Wanted], answer: &Value, answers: &mut Answers) {
        for issue in text::list(answer, "/issues") {
            let Told::Seen(record) = issue_of(self.source, issue) else { continue };
            let is = |one: &&Wanted| {
                let number = one.known.as_deref().and_then(|known| known.id.as_deref());
                record.key.eq_ignore_ascii_case(&one.key)
                    || number.is_some() && number == record.id.as_deref()
            };
            for one in batch.iter().filter(is) {
                answers.insert(one.key.clone(), Told::Seen(record.clone()));
            }
        }
    }

    fn single(&self, one: &Wanted) -> Result<Told, Failure> {
        let version = if self.cloud { 3 } else { 2 };
        let path = format!("/rest/api/{version}/issue/{}?fields={}", one.key, FIELDS.join(","));
        let request = Request::get(address(&self.base, &path)?, self.token.as_ref());
        Ok(issue_of(self.source, &self.web.ask(&request)?.json()?))
    }
}

fn by_number(one: &Wanted) -> &str {
    one.known.as_deref().and_then(|known| known.id.as_deref()).unwrap_or(&one.key)
}

/// Reads an issue as Cloud and Data Center give it.
pub fn issue_of(source: &Source<'_>, issue: &Value) -> Told {
    let Some(key) = text::title(issue, "/key") else { return Told::Unseen(Unseen::Missing) };
    let status = text::title(issue, "/fields/status/name");
    let resolution = text::title(issue, "/fields/resolution/name");
    let category = issue.pointer("/fields/status/statusCategory/key").and_then(Value::as_str);
    let dropped = resolution.as_deref().or(status.as_deref()).is_some_and(|word| drops(source, word));
    let state = match category {
        Some("done") if dropped => ActionState::Cancelled,
        Some("done") => ActionState::Done,
        Some("indeterminate") => ActionState::InProgress,
        Some(_) => ActionState::Open,
        None => return Told::Unseen(Unseen::Missing),
    };
    let closed = state.is_closed();
    let time = |field: &str| text::time(issue, &format!("/fields/{field}"));
    let root = source.settings.url.trim_end_matches('/');
    let url = format!("{root}/browse/{key}");
    Told::Seen(Box::new(TicketRecord {
        id: text::id(issue, "/id"),
        url: Address::parse(&url).map(|_| url),
        title: text::title(issue, "/fields/summary").unwrap_or_default(),
        state,
        reason: resolution.filter(|_| closed).or(status),
        due: text::date(issue, "/fields/duedate"),
        created_at: time("created"),
        closed_at: time("resolutiondate").or_else(|| time("statuscategorychangedate")).filter(|_| closed),
        assignee: text::title(issue, "/fields/assignee/displayName"),
        priority: text::title(issue, "/fields/priority/name"),
        ..blank(source, &key)
    }))
}

fn drops(source: &Source<'_>, word: &str) -> bool {
    let plain = |word: &str| word.replace('’', "'").trim().to_lowercase();
    let word = plain(word);
    match &source.settings.cancelled {
        Some(own) => own.iter().any(|one| plain(one) == word),
        None => CANCELLED.contains(&word.as_str()),
    }
}
