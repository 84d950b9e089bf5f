//! What the server answers for itself, under `/__kb/`, and the script it adds to pages.

use super::site::{Answer, Body};

/// Added to every page by `kb serve`, never by `kb build`: listens for changes and brings them into the open page without a
/// reload. Works under the page's strict policy: no inline style or script, markup is only parsed through the Trusted
/// Types policy `kb-serve`, text is only set as text.
const DEV: &str = concat!(
    "(() => {\n\"use strict\";\n",
    include_str!("dev/morph.js"),
    include_str!("dev/listen.js"),
    include_str!("dev/show.js"),
    include_str!("dev/author.js"),
    "listen();\naskAuthor();\n})();\n"
);
const PREFIX: &str = "/__kb/";
const SEARCH: &str = "/api/search";

/// One of the server's own addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    Events,
    Script,
    Style,
    Health,
    Metrics,
}

/// Whether only pages of the site may ask for `path`: what belongs to the server, and searches. No page of another site could
/// read an answer, but how long it takes tells whether something was found.
pub(super) fn is_for_pages_of_the_site(path: &str) -> bool {
    path.starts_with(PREFIX) || path == SEARCH
}

/// Which of the server's addresses `path` is.
pub(super) fn own(path: &str) -> Option<Own> {
    match path.strip_prefix(PREFIX)? {
        "events" => Some(Own::Events),
        "dev.js" => Some(Own::Script),
        "loading.css" => Some(Own::Style),
        "health" => Some(Own::Health),
        "metrics" => Some(Own::Metrics),
        _ => None,
    }
}

pub(super) fn script() -> Answer {
    Answer::bytes("text/javascript; charset=utf-8", DEV.as_bytes())
}

/// The style of the page that is shown while the site is read for the first time.
pub(super) fn style() -> Answer {
    Answer::bytes("text/css; charset=utf-8", include_bytes!("dev/loading.css").as_slice())
}

/// Whether there is a site to show (503 where not yet), which change was the last, and whether everything has followed it.
pub(super) fn health(generation: u64, loading: bool, settled: bool) -> Answer {
    let (status, word) = if loading { (503, "loading") } else { (200, "ok") };
    let text = format!("{{\"status\":\"{word}\",\"generation\":{generation},\"settled\":{settled}}}\n");
    Answer::bytes("application/json; charset=utf-8", text.into_bytes()).status(status)
}

pub(super) fn metrics(text: String) -> Answer {
    Answer::bytes("text/plain; version=0.0.4; charset=utf-8", text.into_bytes())
}

/// Adds the script that listens for changes to a page, together with the number the page was made with.
pub(super) fn with_script(answer: Answer, generation: u64) -> Answer {
    let Body::Bytes(page) = &answer.body else {
        return answer;
    };
    // A page of trouble is not kept up to date: it is gone with the trouble.
    if !answer.media_type.starts_with("text/html") || answer.status >= 500 {
        return answer;
    }
    let tag = format!("<script src=\"{PREFIX}dev.js\" data-generation=\"{generation}\"></script>");
    let at = page.windows(7).rposition(|bytes| bytes.eq_ignore_ascii_case(b"</body>")).unwrap_or(page.len());
    let (before, after) = page.split_at_checked(at).unwrap_or((page, &[]));
    let body = Body::Bytes([before, tag.as_bytes(), after].concat().into());
    Answer { body, ..answer }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(answer: Answer) -> String {
        let Body::Bytes(bytes) = answer.body else { panic!("not in memory") };
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[test]
    fn pages_get_the_script_before_their_end_and_other_files_do_not() {
        let tag = "<script src=\"/__kb/dev.js\" data-generation=\"7\"></script>";
        let html =
            |page: &str| text(with_script(Answer::bytes("text/html; charset=utf-8", page.as_bytes()), 7));
        assert_eq!(html("<body>a</BODY></html>"), format!("<body>a{tag}</BODY></html>"));
        assert_eq!(html("a fragment"), format!("a fragment{tag}"));
        assert_eq!(text(with_script(Answer::bytes("text/css", *b"</body>"), 7)), "</body>");
    }
}
