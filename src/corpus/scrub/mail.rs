//! Addresses of mail that were written for people and not for programs: `ada [at] mail.example`, `ada at mail dot example`.

use super::hosts::is_mailbox;
use super::word::{LONGEST_NAME, shortened};

/// How the sign is written.
const SIGNS: [&str; 8] = ["(at)", "[at]", "{at}", "<at>", "(@)", "[@]", "_at_", "at"];
/// How a dot is.
const DOTS: [&str; 4] = ["(dot)", "[dot]", "{dot}", "dot"];

/// The length of such an address at the start of `rest`.
pub(super) fn in_words(rest: &str) -> Option<usize> {
    let near = shortened(rest, LONGEST_NAME);
    let of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '+' | '-');
    let (local, after) = near.split_at(near.find(|c| !of_name(c))?);
    if local.is_empty() {
        return None;
    }
    let sign = after.trim_start_matches(' ');
    let (domain, bare) = SIGNS.iter().find_map(|said| {
        let begin = sign.get(..said.len()).filter(|begin| begin.eq_ignore_ascii_case(said))?;
        Some((sign.get(begin.len()..)?, *said == "at"))
    })?;
    // A word alone is a word: both must be said in words, with blanks around.
    if bare && (sign.len() == after.len() || !domain.starts_with(' ')) {
        return None;
    }
    let mut left = domain.trim_start_matches(' ');
    let mut host = String::new();
    let mut said = false;
    loop {
        let end =
            left.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))).unwrap_or(left.len());
        let (label, after) = left.split_at(end);
        host.push_str(label);
        left = after;
        let dot = after.trim_start_matches(' ');
        let next = DOTS.iter().find_map(|said| {
            let begin = dot.get(..said.len()).filter(|begin| begin.eq_ignore_ascii_case(said))?;
            dot.get(begin.len()..)
        });
        let Some(next) = next.filter(|_| !label.is_empty()) else { break };
        said = true;
        host.push('.');
        left = next.trim_start_matches(' ');
    }
    let host = host.trim_end_matches('.');
    let article = ["the", "a", "an", "our", "its"].contains(&host.split('.').next().unwrap_or_default());
    let dots = near.len() - left.len();
    (is_mailbox(local, host) && host.contains('.') && (!bare || said && !article)).then_some(dots)
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn an_address_in_words_is_one() {
        for (text, length) in [
            ("ada [at] mail.example now", 21),
            ("ada(at)mail.example", 19),
            ("ada at mail dot example", 23),
            ("ada.lind (at) mail (dot) example, or", 32),
        ] {
            assert_eq!(in_words(text), Some(length), "{text}");
        }
    }

    #[test]
    fn words_are_none() {
        for text in [
            "look at example.com",
            "at 10:00",
            "ada at mail",
            "met at the dot com",
            "a [at] b",
            "state at rest dot",
        ] {
            assert_eq!(in_words(text), None, "{text}");
        }
    }
}
