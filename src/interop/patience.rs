//! Asking again: how often, after how long, and when to give up. Pure, but for the waiting, which is handed in.

use super::web::{Answer, Failure, Request, Web};
use std::time::Duration;

/// Times one question is asked at most.
const TRIES: u32 = 5;
/// The longest wait kb accepts between two of them.
const LONGEST: Duration = Duration::from_secs(120);

/// Asks `web` again where that may help: after a limit, an outage, or silence.
///
/// A server that says how long to wait is believed, up to two minutes; else the wait doubles, with up to a third added at
/// random so that many clients do not come back at once.
pub struct Patient<'a, W> {
    /// Who is asked.
    pub web: W,
    /// Waits.
    pub wait: &'a dyn Fn(Duration),
    /// A number from 0 to 1, another one each time.
    pub chance: &'a dyn Fn() -> f64,
}

impl<W: Web> Web for Patient<'_, W> {
    fn ask(&self, request: &Request) -> Result<Answer, Failure> {
        let mut tried = 1;
        loop {
            let told = self.web.ask(request);
            if tried == TRIES || !may_help(&told) {
                return told;
            }
            let said = told.as_ref().ok().and_then(|answer| answer.wait);
            let wait = said.unwrap_or_else(|| backoff(tried, (self.chance)()));
            if wait > LONGEST {
                return Err(Failure::Throttled(wait));
            }
            (self.wait)(wait);
            tried += 1;
        }
    }
}

/// Whether to ask again may help.
fn may_help(told: &Result<Answer, Failure>) -> bool {
    match told {
        Ok(answer) => {
            let failed = !(200..300).contains(&answer.status);
            // One may also be told with status 200 that a limit is reached; then it is said how long to wait.
            let limited = answer.exhausted && (failed || answer.wait.is_some())
                || answer.status == 403 && answer.wait.is_some();
            limited || matches!(answer.status, 420 | 429 | 500 | 502 | 503 | 504)
        }
        Err(failure) => matches!(failure, Failure::Silent(_)),
    }
}

/// 1 s, 2 s, 4 s, 8 s and up to a third more.
fn backoff(tried: u32, chance: f64) -> Duration {
    let base = f64::from(1_u32 << (tried - 1).min(6));
    Duration::from_secs_f64(base * (1.0 + chance.clamp(0.0, 1.0) / 3.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interop::address::Address;
    use std::cell::RefCell;

    type Told = Result<Answer, Failure>;

    struct Script(RefCell<Vec<Told>>);

    impl Web for Script {
        fn ask(&self, _: &Request) -> Result<Answer, Failure> {
            let mut rest = self.0.borrow_mut();
            if rest.is_empty() { Err(Failure::Refused("asked too often".into())) } else { rest.remove(0) }
        }
    }

    fn answer(status: u16, wait: Option<u64>) -> Answer {
        Answer { status, wait: wait.map(Duration::from_secs), ..Answer::default() }
    }

    fn run(script: Vec<Told>) -> (Result<u16, Failure>, Vec<u64>) {
        let waited = RefCell::new(Vec::new());
        let wait = |time: Duration| waited.borrow_mut().push(time.as_secs());
        let patient = Patient { web: Script(RefCell::new(script)), wait: &wait, chance: &|| 0.0 };
        let request = Request::get(Address::parse("https://a.example/").unwrap(), None);
        let told = patient.ask(&request).map(|answer| answer.status);
        (told, waited.into_inner())
    }

    #[test]
    fn a_server_that_says_how_long_is_believed() {
        assert_eq!(run(vec![Ok(answer(429, Some(7))), Ok(answer(200, None))]), (Ok(200), vec![7]));
        assert_eq!(run(vec![Ok(answer(403, Some(3))), Ok(answer(200, None))]), (Ok(200), vec![3]));
        let full = Answer { exhausted: true, ..answer(200, Some(5)) };
        assert_eq!(run(vec![Ok(full), Ok(answer(200, None))]), (Ok(200), vec![5]));
        let last = Answer { exhausted: true, ..answer(200, None) };
        assert_eq!(run(vec![Ok(last)]), (Ok(200), vec![]), "the last one that was free is an answer");
        let long = Duration::from_secs(3600);
        assert_eq!(run(vec![Ok(answer(429, Some(3600)))]), (Err(Failure::Throttled(long)), vec![]));
    }

    #[test]
    fn silence_is_answered_with_more_and_more_patience_and_an_end() {
        let silent = || Err(Failure::Silent("time out".into()));
        assert_eq!(run(vec![silent(), silent(), Ok(answer(200, None))]), (Ok(200), vec![1, 2]));
        let ever = (0..9).map(|_| Ok(answer(503, None))).collect();
        assert_eq!(run(ever), (Ok(503), vec![1, 2, 4, 8]));
    }

    #[test]
    fn a_plain_no_is_a_no() {
        for code in [200, 301, 400, 401, 403, 404, 410, 422] {
            assert_eq!(run(vec![Ok(answer(code, None))]), (Ok(code), vec![]), "{code}");
        }
    }

    #[test]
    fn chance_adds_at_most_a_third() {
        assert_eq!(backoff(1, 1.0), Duration::from_secs_f64(4.0 / 3.0));
        assert_eq!(backoff(40, 0.0), Duration::from_secs(64));
    }
}
