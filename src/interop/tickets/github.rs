//! GitHub: issues and pull requests, of github.com and of Enterprise Server.
//!
//! # Walk through
//!
//! 1. In `site.toml`:
//!    ```toml
//!    [trackers.github]
//!    kind = "github"
//!    repositories = ["acme/ops"]           # a bare `#12` is the first one's
//!    #url = "https://github.acme.example"  # for Enterprise Server
//!    ```
//! 2. A token that may read issues of these repositories, in `GITHUB_TOKEN` or `GH_TOKEN` (`token_env` names another
//!    variable). In GitHub Actions `${{ secrets.GITHUB_TOKEN }}` with `permissions: {issues: read}` will do for the
//!    repository itself. Public repositories can be read without a token, 60 tickets an hour.
//! 3. `kb sync`. With a token up to a hundred tickets are asked for in one GraphQL query; what that does not find is asked
//!    for one by one over REST, which follows a transferred issue to its new home and tells deleted (410) from not found.
//!
//! An issue closed as *not planned* or as a *duplicate*, and a pull request closed without being merged, is cancelled, not
//! done. GitHub knows no due dates of issues: the row's stays, else the milestone's is taken.
//!
//! # Verified
//!
//! Against documentation: the fields and states of both interfaces (GraphQL schema of July 2026; `DUPLICATE` is only told
//! with `enableDuplicate`), the limits and their headers (GraphQL may tell of them with status 200), that transferred issues answer with a redirect. Not verified
//! against the live service: what GraphQL says of a transferred issue, and that a deleted one is 410 (kb asks REST in both
//! cases and takes whatever status comes). A private repository looks like one that does not exist: both are *missing*.

use super::{Answers, Source, Told, Wanted, address, blank, one_by_one};
use crate::interop::address::Address;
use crate::interop::text;
use crate::interop::web::{Answer, Failure, Request, Web};
use crate::model::{ActionState, TicketRecord, Unseen};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Asks for a batch.
pub(super) fn ask(source: &Source<'_>, web: &dyn Web, batch: &[Wanted]) -> Result<Answers, Failure> {
    let mut answers = if source.token.is_some() { by_query(source, web, batch)? } else { Answers::new() };
    one_by_one(batch, &mut answers, |one| single(source, web, &one.key))?;
    Ok(answers)
}

/// The addresses of the REST and the GraphQL interface.
fn bases(source: &Source<'_>) -> Result<(String, String), Failure> {
    let own = Address::parse(&source.settings.url)
        .filter(|own| own.host != "github.com" && own.host != "www.github.com");
    let rest = match own {
        Some(own) => source.base(&own.at("/api/v3").to_string())?,
        None => source.base("https://api.github.com")?,
    };
    let query = match rest.strip_suffix("/v3") {
        Some(enterprise) => format!("{enterprise}/graphql"),
        None => format!("{rest}/graphql"),
    };
    Ok((rest, query))
}

fn get(address: Address, source: &Source<'_>) -> Request {
    let token = source.token.as_ref().map(crate::interop::web::Token::bearer);
    Request { accept: "application/vnd.github+json", ..Request::get(address, token.as_ref()) }
}

/// One ticket over REST. A transferred one is found at its new place.
fn single(source: &Source<'_>, web: &dyn Web, key: &str) -> Result<Told, Failure> {
    let (rest, _) = bases(source)?;
    let Some((repository, number)) = key.split_once('#') else { return Ok(Told::Unseen(Unseen::Missing)) };
    let request = get(address(&rest, &format!("/repos/{repository}/issues/{number}"))?, source);
    let answer = web.ask(&request)?;
    if answer.status == 403 && answer.exhausted {
        return Err(limited(&answer));
    }
    Ok(issue_of_rest(source, key, &answer.json()?))
}

fn limited(answer: &Answer) -> Failure {
    let status = answer.status;
    answer.wait.map_or_else(|| Failure::Status(status, ": the limit is reached".into()), Failure::Throttled)
}

/// Reads an issue as `GET /repos/{owner}/{repo}/issues/{number}` gives it.
pub fn issue_of_rest(source: &Source<'_>, asked: &str, issue: &Value) -> Told {
    let closed = issue.pointer("/state").and_then(Value::as_str) == Some("closed");
    let reason = text::title(issue, "/state_reason");
    let pull = issue.pointer("/pull_request").is_some_and(Value::is_object);
    let merged = text::time(issue, "/pull_request/merged_at").is_some();
    let (state, reason) = standing(closed, pull, merged, reason);
    let url = text::address(issue, "/html_url");
    let key = url.as_deref().and_then(key_of_url).unwrap_or_else(|| asked.to_owned());
    seen(TicketRecord {
        url,
        title: text::title(issue, "/title").unwrap_or_default(),
        state: if issue.pointer("/state").is_some() { state } else { ActionState::Unknown },
        reason,
        due: text::date(issue, "/milestone/due_on"),
        created_at: text::time(issue, "/created_at"),
        closed_at: text::time(issue, "/closed_at").filter(|_| closed),
        assignee: text::title(issue, "/assignees/0/login"),
        ..blank(source, &key)
    })
}

fn seen(record: TicketRecord) -> Told {
    // An answer that does not say how the ticket stands is none.
    if record.is_known() { Told::Seen(Box::new(record)) } else { Told::Unseen(Unseen::Missing) }
}

fn standing(closed: bool, pull: bool, merged: bool, reason: Option<String>) -> (ActionState, Option<String>) {
    let reason = reason.map(|word| word.to_lowercase().replace('_', " "));
    match reason.as_deref() {
        _ if !closed => (ActionState::Open, reason.filter(|word| word == "reopened")),
        _ if pull && merged => (ActionState::Done, Some("merged".into())),
        _ if pull => (ActionState::Cancelled, Some("closed without being merged".into())),
        Some("not planned" | "duplicate") => (ActionState::Cancelled, reason),
        _ => (ActionState::Done, reason),
    }
}

/// `https://github.com/acme/ops/issues/12` is `acme/ops#12`.
fn key_of_url(url: &str) -> Option<String> {
    let path = Address::parse(url)?.path;
    let mut parts = path.trim_start_matches('/').split('/');
    let (owner, name, _, number) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    number.parse::<u64>().ok().map(|number| format!("{owner}/{name}#{number}"))
}

const FIELDS: &str = "number title url createdAt closedAt milestone{dueOn} assignees(first:1){nodes{login}} \
     repository{nameWithOwner}";

/// All tickets of a batch in one query. What it does not find is not among the answers.
fn by_query(source: &Source<'_>, web: &dyn Web, batch: &[Wanted]) -> Result<Answers, Failure> {
    let (_, query) = bases(source)?;
    let token = source.token.as_ref().map(crate::interop::web::Token::bearer);
    let asked = places(batch);
    let request = Request::post(address(&query, "")?, &question(&asked), token.as_ref());
    let told = web.ask(&request)?;
    let answer = told.json()?;
    if told.wait.is_some() && told.exhausted {
        return Err(limited(&told));
    }
    if !answer.pointer("/data").is_some_and(Value::is_object) {
        let why = text::title(&answer, "/errors/0/message");
        return Err(Failure::Garbled(why.unwrap_or_else(|| "it holds no data".into())));
    }
    Ok(answers_of_query(source, &asked, &answer))
}

/// Repositories with the keys asked for in each, in the order in which the query names them.
type Places<'a> = Vec<(&'a str, Vec<(&'a str, u64)>)>;

fn places(batch: &[Wanted]) -> Places<'_> {
    let mut all: BTreeMap<&str, Vec<(&str, u64)>> = BTreeMap::new();
    for one in batch {
        let Some((repository, number)) = one.key.split_once('#') else { continue };
        if let Ok(number) = number.parse() {
            all.entry(repository).or_default().push((&one.key, number));
        }
    }
    all.into_iter().collect()
}

fn question(asked: &Places<'_>) -> Value {
    let (mut heads, mut bodies, mut variables) = (Vec::new(), Vec::new(), Map::new());
    for (place, (repository, issues)) in asked.iter().enumerate() {
        let (owner, name) = repository.split_once('/').unwrap_or((repository, ""));
        heads.push(format!("$o{place}:String!,$n{place}:String!"));
        variables.insert(format!("o{place}"), json!(owner));
        variables.insert(format!("n{place}"), json!(name));
        let issues: Vec<String> = issues
            .iter()
            .map(|(_, number)| {
                format!(
                    "i{number}:issueOrPullRequest(number:{number}){{__typename \
                     ...on Issue{{state stateReason(enableDuplicate:true) {FIELDS}}} \
                     ...on PullRequest{{pull:state mergedAt {FIELDS}}}}}"
                )
            })
            .collect();
        bodies.push(format!("r{place}:repository(owner:$o{place},name:$n{place}){{{}}}", issues.join(" ")));
    }
    let query = format!("query({}){{{}}}", heads.join(","), bodies.join(" "));
    json!({ "query": query, "variables": variables })
}

fn answers_of_query(source: &Source<'_>, asked: &Places<'_>, answer: &Value) -> Answers {
    let mut answers = Answers::new();
    for (place, (_, issues)) in asked.iter().enumerate() {
        for (key, number) in issues {
            let found = answer.pointer(&format!("/data/r{place}/i{number}")).filter(|one| one.is_object());
            if let Some(found) = found
                && let Told::Seen(record) = issue_of_query(source, key, found)
            {
                answers.insert((*key).to_owned(), Told::Seen(record));
            }
        }
    }
    answers
}

/// Reads an issue or a pull request as the query above gets it.
pub fn issue_of_query(source: &Source<'_>, asked: &str, issue: &Value) -> Told {
    let pull = issue.pointer("/__typename").and_then(Value::as_str) == Some("PullRequest");
    let word = issue.pointer(if pull { "/pull" } else { "/state" }).and_then(Value::as_str);
    let closed = matches!(word, Some("CLOSED" | "MERGED"));
    let (state, reason) = standing(closed, pull, word == Some("MERGED"), text::title(issue, "/stateReason"));
    let name = text::title(issue, "/repository/nameWithOwner");
    let key = name.zip(text::id(issue, "/number")).map(|(name, number)| format!("{name}#{number}"));
    seen(TicketRecord {
        url: text::address(issue, "/url"),
        title: text::title(issue, "/title").unwrap_or_default(),
        state: if word.is_some() { state } else { ActionState::Unknown },
        reason,
        due: text::date(issue, "/milestone/dueOn"),
        created_at: text::time(issue, "/createdAt"),
        closed_at: text::time(issue, "/closedAt").filter(|_| closed),
        assignee: text::title(issue, "/assignees/nodes/0/login"),
        ..blank(source, &key.unwrap_or_else(|| asked.to_owned()))
    })
}
