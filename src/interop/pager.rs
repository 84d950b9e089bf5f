//! Asks `PagerDuty` for incidents and their logs. What it answers is read in [`super::story::pagerduty`].

use super::fetch::{Asked, extend};
use super::known::expected;
use super::story::{Story, pagerduty, safe};
use super::text;
use super::web::{Failure, Token};
use crate::config::Source;
use serde_json::{Value, json};
use std::collections::HashMap;

/// The usual address of its interface.
pub const PAGERDUTY: &str = "https://api.pagerduty.com";

/// Logs that one run asks for, at most: each is a question of its own, and `PagerDuty` answers some hundreds a minute. The
/// next run goes on with the others.
const LOGS: usize = 500;
/// Entries of a list that `PagerDuty` hands out by their number, at most.
const NUMBERED: usize = 10_000;

impl Asked<'_> {
    /// One incident with its log.
    ///
    /// # Errors
    /// Where it cannot be asked for.
    pub fn pager_incident(&self, id: &str) -> Result<Vec<Story>, Failure> {
        let id = plain(id);
        let token = self.token.map(Token::pager);
        let incident = self.get(self.api(PAGERDUTY, &format!("/incidents/{id}"))?, token.as_ref())?;
        let log = self.log(&id)?;
        Ok(stories(&json!({"incident": incident.pointer("/incident"), "log_entries": log})))
    }

    /// All incidents, with the logs of those of which a postmortem may be expected. A log is asked for until its incident is
    /// over; what is over was read `before`. Where logs fail, the incidents come without, and the failure along with them; so
    /// they do where there are more than `PagerDuty` hands out, the latest first.
    ///
    /// # Errors
    /// Where the incidents cannot be asked for.
    pub fn pager_incidents(
        &self,
        settings: &Source,
        before: &[Story],
    ) -> Result<(Vec<Story>, Option<Failure>), Failure> {
        let (list, whole) = self.pages("incidents", "/incidents?date_range=all&sort_by=created_at%3Adesc")?;
        let before: HashMap<String, &Story> = before.iter().map(|story| (story.key(), story)).collect();
        let (mut all, mut failed, mut asked) = (Vec::new(), None, 0);
        for one in list {
            let Some(mut story) = stories(&json!({"incident": one})).pop() else { continue };
            let known = before.get(&story.key()).filter(|known| !known.entries.is_empty());
            let over =
                known.is_some_and(|known| known.resolved.is_some() && known.resolved == story.resolved);
            let wanted = !over && failed.is_none() && asked < LOGS && expected(Some(settings), &story);
            if wanted {
                asked += 1;
                match self.log(&plain(&story.id)) {
                    Ok(log) => {
                        let read = stories(&json!({"incident": one, "log_entries": log})).pop();
                        story = read.unwrap_or(story);
                    }
                    Err(failure) if failure.is_of_all() => failed = Some(failure),
                    // One log that may not be read says nothing of the others.
                    Err(_) => {}
                }
            }
            if let Some(known) = known.filter(|_| story.entries.is_empty()) {
                story.entries.clone_from(&known.entries);
                story.people.clone_from(&known.people);
            }
            all.push(story);
        }
        let cut = || Failure::Garbled(format!("it hands out its latest {NUMBERED} incidents and no more"));
        Ok((all, failed.or_else(|| (!whole).then(cut))))
    }

    fn log(&self, id: &str) -> Result<Vec<Value>, Failure> {
        let path = format!("/incidents/{id}/log_entries?is_overview=true&include%5B%5D=channels");
        self.pages("log_entries", &path).map(|(log, _)| log)
    }

    /// All of a list that is handed out by `offset` and `more`, and whether that is all there is.
    fn pages(&self, key: &str, path: &str) -> Result<(Vec<Value>, bool), Failure> {
        let token = self.token.map(Token::pager);
        let mut all = Vec::new();
        while all.len() < NUMBERED {
            let address = self.api(PAGERDUTY, &format!("{path}&limit=100&offset={}", all.len()))?;
            let page = self.get(address, token.as_ref())?;
            let here = text::list(&page, &format!("/{key}"));
            extend(&mut all, here)?;
            if here.is_empty() || page.pointer("/more").and_then(Value::as_bool) != Some(true) {
                return Ok((all, true));
            }
        }
        Ok((all, false))
    }
}

/// An id as it may stand in a path.
fn plain(id: &str) -> String {
    safe(id).replace('/', "_")
}

fn stories(value: &Value) -> Vec<Story> {
    pagerduty::read(value).into_iter().map(Story::settled).collect()
}
