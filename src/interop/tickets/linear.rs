//! Linear.
//!
//! # Walk through
//!
//! 1. In `site.toml`:
//!    ```toml
//!    [trackers.linear]
//!    kind = "linear"
//!    url = "https://linear.app/acme"
//!    prefixes = ["ENG"]
//!    ```
//! 2. A personal API key that may read, in `LINEAR_API_KEY` (`token_env` names another variable). A token of an OAuth
//!    application works as well.
//! 3. `kb sync`. Tickets are asked for by team and number, up to a hundred in one query, archived ones too: Linear archives
//!    finished tickets after a while, and they would seem to vanish. What is left over is asked for by its name, which
//!    finds tickets that were moved to another team.
//!
//! The types `canceled` and `duplicate` are cancelled, and so is what Linear closed by itself (`autoClosedAt`): nobody
//! did it. `triage` is proposed.
//!
//! # Verified
//!
//! Against the schema of July 2026: all fields and types, the filter, the pages, `previousIdentifiers`. From secondary
//! sources only: that throttling is status 400 with `RATELIMITED`, that errors can come with status 200. Not verified
//! against the live service: that `issue(id:)` takes a name such as `ENG-123`, and one from before a move.

use super::{Answers, Source, Told, Wanted, address, blank, one_by_one};
use crate::interop::text;
use crate::interop::web::{Failure, Request, Token, Web};
use crate::model::{ActionState, TicketRecord, Unseen};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const FIELDS: &str = "id identifier previousIdentifiers title url priorityLabel dueDate createdAt completedAt canceledAt \
     autoClosedAt state{name type} assignee{displayName}";

/// Pages of one question, at most.
const PAGES: usize = 20;

/// Asks for a batch.
pub(super) fn ask(source: &Source<'_>, web: &dyn Web, batch: &[Wanted]) -> Result<Answers, Failure> {
    let linear =
        Linear { source, web, base: source.base("https://api.linear.app/graphql")?, token: token(source) };
    let mut answers = Answers::new();
    let mut teams: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for one in batch {
        if let Some((team, number)) = one.key.split_once('-')
            && let Ok(number) = number.parse()
        {
            teams.entry(team).or_default().push(number);
        }
    }
    for (team, numbers) in teams {
        linear.team(team, &numbers, batch, &mut answers)?;
    }
    one_by_one(batch, &mut answers, |one| linear.single(&one.key))?;
    Ok(answers)
}

/// A personal key stands alone; any other token is a bearer's.
fn token(source: &Source<'_>) -> Option<Token> {
    let token = source.token.as_ref()?;
    Some(if token.header().starts_with("lin_api_") { token.clone() } else { token.bearer() })
}

struct Linear<'a> {
    source: &'a Source<'a>,
    web: &'a dyn Web,
    base: String,
    token: Option<Token>,
}

impl Linear<'_> {
    fn query(&self, query: &str, variables: &Value) -> Result<Value, Failure> {
        let body = json!({ "query": query, "variables": variables });
        let answer = self.web.ask(&Request::post(address(&self.base, "")?, &body, self.token.as_ref()))?;
        if answer.exhausted && !(200..300).contains(&answer.status) {
            let message = ": the limit is reached, and it does not say for how long".to_owned();
            return Err(answer.wait.map_or(Failure::Status(answer.status, message), Failure::Throttled));
        }
        let value = answer.json()?;
        match refusal(&value) {
            Some(failure) => Err(failure),
            None => Ok(value),
        }
    }

    fn team(
        &self,
        team: &str,
        numbers: &[u64],
        batch: &[Wanted],
        answers: &mut Answers,
    ) -> Result<(), Failure> {
        let query = format!(
            "query($team:String!,$nums:[Float!]!,$after:String){{issues(first:100,after:$after,includeArchived:true,\
             filter:{{team:{{key:{{eq:$team}}}},number:{{in:$nums}}}}){{nodes{{{FIELDS}}} \
             pageInfo{{hasNextPage endCursor}}}}}}"
        );
        let mut after = Value::Null;
        for _ in 0..PAGES {
            let answer = self.query(&query, &json!({ "team": team, "nums": numbers, "after": after }))?;
            for issue in text::list(&answer, "/data/issues/nodes") {
                let Told::Seen(record) = issue_of(self.source, issue) else { continue };
                for one in batch.iter().filter(|one| record.goes_by(&one.key)) {
                    answers.insert(one.key.clone(), Told::Seen(record.clone()));
                }
            }
            let more = answer.pointer("/data/issues/pageInfo/hasNextPage").and_then(Value::as_bool);
            let next = answer.pointer("/data/issues/pageInfo/endCursor").cloned().unwrap_or_default();
            if more != Some(true) || next == after || !next.is_string() {
                break;
            }
            after = next;
        }
        Ok(())
    }

    fn single(&self, key: &str) -> Result<Told, Failure> {
        let query = format!("query($id:String!){{issue(id:$id){{{FIELDS}}}}}");
        let answer = self.query(&query, &json!({ "id": key }))?;
        Ok(answer
            .pointer("/data/issue")
            .map_or(Told::Unseen(Unseen::Missing), |issue| issue_of(self.source, issue)))
    }
}

/// What the errors of an answer mean, where it has some and nothing else.
fn refusal(answer: &Value) -> Option<Failure> {
    let first = text::list(answer, "/errors").first()?;
    if answer
        .pointer("/data")
        .is_some_and(|data| data.as_object().is_some_and(|all| all.values().any(|one| !one.is_null())))
    {
        return None;
    }
    let message = text::title(first, "/message").unwrap_or_default();
    let code = text::title(first, "/extensions/code").or_else(|| text::title(first, "/extensions/type"));
    let code = code.unwrap_or_default().to_lowercase();
    Some(match () {
        () if code.contains("authentication") => Failure::Unauthorised,
        () if code.contains("forbidden") => Failure::Forbidden,
        () if message.to_lowercase().contains("not found") => Failure::Missing,
        () => Failure::Status(200, format!(": {message}")),
    })
}

/// Reads an issue as the queries above get it.
pub fn issue_of(source: &Source<'_>, issue: &Value) -> Told {
    let Some(key) = text::title(issue, "/identifier") else { return Told::Unseen(Unseen::Missing) };
    let kind = issue.pointer("/state/type").and_then(Value::as_str);
    let by_itself = text::time(issue, "/autoClosedAt").is_some();
    let name = text::title(issue, "/state/name");
    let (state, reason) = match kind {
        Some("completed" | "canceled" | "duplicate") if by_itself => {
            (ActionState::Cancelled, Some("closed by Linear, nobody worked on it".to_owned()))
        }
        Some("completed") => (ActionState::Done, name),
        Some("canceled" | "duplicate") => (ActionState::Cancelled, name),
        Some("started") => (ActionState::InProgress, name),
        Some("triage") => (ActionState::Proposed, name),
        Some(_) => (ActionState::Open, name),
        None => return Told::Unseen(Unseen::Missing),
    };
    let closed = state.is_closed();
    let earlier = text::list(issue, "/previousIdentifiers").iter();
    let at = |pointer: &str| text::time(issue, pointer);
    let closed_at = at("/completedAt").or_else(|| at("/canceledAt")).or_else(|| at("/autoClosedAt"));
    Told::Seen(Box::new(TicketRecord {
        aliases: earlier.filter_map(|one| text::title(one, "")).take(20).collect(),
        id: text::id(issue, "/id"),
        url: text::address(issue, "/url"),
        title: text::title(issue, "/title").unwrap_or_default(),
        state,
        reason,
        due: text::date(issue, "/dueDate"),
        created_at: at("/createdAt"),
        closed_at: closed_at.filter(|_| closed),
        assignee: text::title(issue, "/assignee/displayName"),
        priority: text::title(issue, "/priorityLabel").filter(|word| word != "No priority"),
        ..blank(source, &key)
    }))
}
