//! What looks like a credential. Only shapes that issuers gave their tokens are told, so that a finding is worth a look:
//! long random-looking words alone are left in peace, and so is what was blackened out.

/// A token that begins with `prefix` and goes on for at least `least` characters of its alphabet.
struct Shape {
    prefix: &'static str,
    least: usize,
    what: &'static str,
}

const fn shape(prefix: &'static str, least: usize, what: &'static str) -> Shape {
    Shape { prefix, least, what }
}

const SHAPES: [Shape; 19] = [
    shape("AKIA", 16, "an AWS access key"),
    shape("ASIA", 16, "an AWS access key"),
    shape("ghp_", 36, "a GitHub token"),
    shape("gho_", 36, "a GitHub token"),
    shape("ghs_", 36, "a GitHub token"),
    shape("github_pat_", 30, "a GitHub token"),
    shape("glpat-", 20, "a GitLab token"),
    shape("xoxb-", 20, "a Slack token"),
    shape("xoxp-", 20, "a Slack token"),
    shape("xoxa-", 20, "a Slack token"),
    shape("AIza", 35, "a Google API key"),
    shape("sk_live_", 20, "a Stripe key"),
    shape("rk_live_", 20, "a Stripe key"),
    shape("npm_", 36, "an npm token"),
    shape("dckr_pat_", 20, "a Docker token"),
    shape("hvs.", 24, "a Vault token"),
    shape("SG.", 40, "a SendGrid key"),
    shape("lin_api_", 30, "a Linear key"),
    shape("eyJ", 60, "a signed token (JWT)"),
];

/// A place in a text, its length in bytes, and what it looks like.
pub type Hit = (usize, usize, &'static str);

/// Everything in `text` that looks like a credential.
pub fn find(text: &str) -> impl Iterator<Item = Hit> {
    tokens(text).chain(private_keys(text)).chain(passwords(text))
}

/// One reading for all shapes: only where a word begins is it asked which of them it is.
fn tokens(text: &str) -> impl Iterator<Item = Hit> {
    let bytes = text.as_bytes();
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let begins =
        move |at: &usize| !at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(inside);
    let words = (0..bytes.len()).filter(begins);
    words.filter_map(move |at| {
        let word = bytes.get(at..)?;
        let shape = SHAPES.iter().find(|shape| word.starts_with(shape.prefix.as_bytes()))?;
        let tail = text.get(at + shape.prefix.len()..)?;
        let token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let length = tail.find(|c| !token(c)).unwrap_or(tail.len());
        let tail = tail.get(..length)?;
        let jwt = shape.prefix != "eyJ" || tail.matches('.').count() == 2;
        let fits = jwt && length >= shape.least && is_random(tail);
        fits.then_some((at, shape.prefix.len() + length, shape.what))
    })
}

/// Not `xxxxxxxx`, not `EXAMPLE`: several different characters, digits among them.
fn is_random(token: &str) -> bool {
    let mut seen: Vec<char> = token.chars().collect();
    seen.sort_unstable();
    seen.dedup();
    let upper = token.to_ascii_uppercase();
    seen.len() >= 8
        && token.chars().any(|c| c.is_ascii_digit())
        && !upper.contains("EXAMPLE")
        && !upper.contains("XXXX")
}

fn private_keys(text: &str) -> impl Iterator<Item = Hit> {
    text.match_indices("-----BEGIN ").filter_map(|(at, begin)| {
        let line = text.get(at..)?.lines().next()?;
        let body = text.get(at + line.len()..)?.split_whitespace().next()?;
        let filled = body.len() >= 32
            && body.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '='));
        let key = line.get(begin.len()..)?.contains("PRIVATE KEY-----");
        (key && filled).then_some((at, line.len(), "a private key"))
    })
}

/// `scheme://user:password@host`, unless the password is a placeholder.
fn passwords(text: &str) -> impl Iterator<Item = Hit> {
    text.match_indices("://").filter_map(|(at, mark)| {
        let rest = text.get(at + mark.len()..)?;
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '`' | '"' | '<' | '>'))
            .unwrap_or(rest.len());
        let (user, _) = rest.get(..end)?.rsplit_once('@')?;
        let (_, password) = user.split_once(':')?;
        let hidden = ["password", "passwd", "pass", "pw", "secret", "redacted", "hidden", "token"];
        let placeholder = password.chars().all(|c| matches!(c, '*' | 'x' | 'X' | '.' | '…'))
            || password.starts_with(['$', '{', '<', '[', '%'])
            || hidden.contains(&password.to_ascii_lowercase().as_str());
        (!placeholder).then_some((at + mark.len(), user.len(), "a password in an address"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<&'static str> {
        find(text).map(|hit| hit.2).collect()
    }

    #[test]
    fn shapes_of_issuers_are_recognised() {
        assert_eq!(told(&format!("key {}{}", "AKIA", "J7Q2M4N8P5R3S6T9")), ["an AWS access key"]);
        assert_eq!(told("postgres://app:h0rse9@db.example.com/x"), ["a password in an address"]);
        let key = format!("-----BEGIN {} KEY-----\n{}\n", "PRIVATE", "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC");
        assert_eq!(told(&key), ["a private key"]);
    }

    #[test]
    fn what_was_blackened_or_is_an_example_is_left_alone() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "postgres://app:***@db/x and postgres://app:$PASSWORD@db/x",
            "https://example.com:8080/@ada",
            "-----BEGIN CERTIFICATE-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
            "-----BEGIN PRIVATE KEY----- is how it starts",
        ] {
            assert!(told(text).is_empty(), "{text}");
        }
    }
}
