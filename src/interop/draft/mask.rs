//! Secrets in imported words are masked: a chat holds passwords, addresses with keys in them, and customers' e-mail.
//!
//! Here more is taken for a secret than `kb check` reports: what is masked wrongly can be read again at its source.

use crate::corpus::credentials;

/// What stands in the place of a secret.
const SECRET: &str = "[secret removed]";
/// What stands in the place of an e-mail address.
const MAIL: &str = "[e-mail removed]";

/// Names of settings whose values are secrets.
const NAMES: [&str; 14] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "client_secret",
    "token",
    "access_token",
    "api_key",
    "apikey",
    "api-key",
    "private_key",
    "authorization",
    "bearer",
    "pwd",
];
/// Addresses whose path is the key.
const HOOKS: [&str; 3] = ["hooks.slack.com/services/", "discord.com/api/webhooks/", "webhook.office.com/"];

/// `text` without what looks like a secret.
pub fn masked(text: &str) -> String {
    let mut hits: Vec<(usize, usize)> =
        credentials::find(text).map(|(at, length, _)| (at, at + length)).collect();
    hits.extend(named(text));
    hits.extend(
        HOOKS
            .iter()
            .flat_map(|hook| text.match_indices(hook))
            .map(|(at, hook)| (at + hook.len(), end_of_word(text, at + hook.len()))),
    );
    let text = replaced(text, hits, SECRET);
    let mails = mails(&text);
    replaced(&text, mails, MAIL)
}

fn replaced(text: &str, mut hits: Vec<(usize, usize)>, with: &str) -> String {
    hits.sort_unstable();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (start, end) in hits {
        if start < done || end <= start {
            done = done.max(end.min(text.len())).max(done);
            continue;
        }
        out.push_str(text.get(done..start).unwrap_or_default());
        out.push_str(with);
        done = end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

fn end_of_word(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.find(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '`' | ',' | ';' | ')' | '>' | '<' | '|')
    });
    at + end.unwrap_or(rest.len())
}

/// `password: …`, `token=…`, `Authorization: Bearer …`: the value.
fn named(text: &str) -> Vec<(usize, usize)> {
    let small = text.to_ascii_lowercase();
    let word = |c: char| c.is_ascii_alphanumeric();
    let mut hits = Vec::new();
    for name in NAMES {
        for (at, _) in small.match_indices(name) {
            let inside = small.get(..at).and_then(|before| before.chars().next_back()).is_some_and(word);
            let after = at + name.len();
            let rest = small.get(after..).unwrap_or_default();
            let sign = rest.trim_start_matches(['"', '\'', '`', '*']);
            let space = name == "bearer" && sign.starts_with(' ');
            let value = sign.strip_prefix([':', '=']).or(space.then_some(sign));
            let (Some(value), false) = (value, inside) else { continue };
            let value = value.trim_start_matches([' ', '"', '\'', '`', '*']);
            let value = value.strip_prefix("bearer ").unwrap_or(value);
            let start = text.len() - value.len();
            let end = end_of_word(text, start);
            // "token: expired" is a sentence; a secret has digits or signs in it, and some length.
            let said = text.get(start..end).unwrap_or_default();
            let odd = said.chars().any(|c| !c.is_alphabetic());
            if said.chars().count() >= 6 && odd && !said.starts_with(['[', '<', '$', '{']) {
                hits.push((start, end));
            }
        }
    }
    hits
}

fn mails(text: &str) -> Vec<(usize, usize)> {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
    let hit = |at: usize| {
        let before = text.get(..at)?;
        let start = before.rfind(|c: char| !fine(c)).map_or(0, |last| {
            last + before.get(last..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
        let rest = text.get(at + 1..)?;
        let length =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(rest.len());
        let host = rest.get(..length)?.trim_end_matches(['.', '-']);
        (start < at && host.contains('.') && is_top(host.rsplit('.').next()?))
            .then_some((start, at + 1 + host.len()))
    };
    text.match_indices('@').filter_map(|(at, _)| hit(at)).collect()
}

/// Whether a domain may end so: `api@2026.3.14` is a version.
fn is_top(label: &str) -> bool {
    label.len() >= 2 && label.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_and_sentences_left() {
        for (text, shown) in [
            ("the password: hunter2! works", "the password: [secret removed] works"),
            ("DB_PASSWORD=\"x9/yz+1\" set", "DB_PASSWORD=\"[secret removed]\" set"),
            (
                "curl -H 'Authorization: Bearer abc123def456'",
                "curl -H 'Authorization: Bearer [secret removed]'",
            ),
            ("postgres://app:h0rse9@db.example.com/x", "postgres://[secret removed]@db.example.com/x"),
            (
                "post to https://hooks.slack.com/services/T0/B0/xyz now",
                "post to https://hooks.slack.com/services/[secret removed] now",
            ),
            ("ask ann.lee+x@acme.example.", "ask [e-mail removed]."),
            ("é@b.example x@y @ann api@2026.3.14-2", "é@b.example x@y @ann api@2026.3.14-2"),
            ("the token: expired; password = $PASS", "the token: expired; password = $PASS"),
        ] {
            assert_eq!(masked(text), shown);
        }
    }
}
