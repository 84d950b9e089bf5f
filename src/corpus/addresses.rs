//! Addresses as a browser would follow them, however they are written: what counts is where they lead.

use crate::model::fold::{folded, is_unseen};

/// An address in small letters, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    scheme: String,
    host: String,
    /// What follows the host, with its first `/`.
    path: String,
}

impl Address {
    /// `None` for what leads to no other place: paths, parts of a page.
    pub(super) fn of(address: &str) -> Option<Self> {
        let plain: String = decoded(address).chars().flat_map(folded).collect();
        let plain = plain.replace('\\', "/");
        let (scheme, rest) = match plain.split_once(':') {
            Some((scheme, rest)) if is_scheme(scheme) => (scheme, rest),
            _ if plain.starts_with("//") => ("", &*plain),
            _ => return None,
        };
        let rest = rest.trim_start_matches('/');
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let host = host.split(':').next().unwrap_or(host).trim_end_matches('.');
        Some(Self { scheme: scheme.to_owned(), host: host.to_owned(), path: path.to_owned() })
    }

    /// The name of the machine.
    pub(super) fn host(&self) -> Option<&str> {
        (!self.host.is_empty()).then_some(&*self.host)
    }

    /// Whether it opens a letter, or calls somebody.
    pub(super) fn is_mail(&self) -> bool {
        const SCHEMES: [&str; 12] = [
            "mailto", "tel", "sms", "xmpp", "sip", "im", "slack", "skype", "irc", "ircs", "msteams",
            "zoommtg",
        ];
        SCHEMES.contains(&self.scheme.as_str())
    }

    /// Whether it leads into a chat, a call, or the room of an incident at the one who pages.
    pub(super) fn is_chat(&self) -> bool {
        let below = |host: &str| self.host.ends_with(host) && self.path.len() > 1;
        below(".slack.com") && !self.host.starts_with("status.") && !self.host.starts_with("api.")
            || below("teams.microsoft.com")
            || below("chat.google.com")
            || below("discord.com") && self.path.starts_with("/channels/")
            || below("zoom.us") && (self.path.starts_with("/j/") || self.path.starts_with("/my/"))
            || matches!(self.host.as_str(), "meet.google.com" | "matrix.to" | "t.me") && self.path.len() > 1
            || below(".pagerduty.com")
                && self.path.starts_with("/incidents/")
                && !self.host.starts_with("status.")
            || below(".opsgenie.com") && self.path.starts_with("/alert/")
    }

    /// Whether it leads to `other` or below it, whatever scheme, port or user it names.
    pub(super) fn is_below(&self, other: &Self) -> bool {
        let folder = other.path.trim_end_matches('/');
        let (host, path) = self.forge();
        let rest = path.strip_prefix(folder);
        host == other.host && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    }

    /// Host and path as readers know them: GitHub answers programs and sends files under other names.
    fn forge(&self) -> (&str, &str) {
        match self.host.as_str() {
            "api.github.com" => ("github.com", self.path.strip_prefix("/repos").unwrap_or(&self.path)),
            "raw.githubusercontent.com" | "codeload.github.com" => ("github.com", &self.path),
            host => (host, &self.path),
        }
    }

    /// Whether it is that of the repository `owner/name`.
    pub(super) fn is_repository(&self, name: &str) -> bool {
        name.contains('/') && self.path.trim_matches('/').eq_ignore_ascii_case(name)
    }

    /// What a page of one person ends in: `https://forge.example/ada`.
    pub(super) fn ends(&self) -> Option<&str> {
        let path = self.path.trim_end_matches('/');
        let name = path.strip_prefix("/in/").or_else(|| path.strip_prefix('/'))?;
        let name = name.trim_start_matches(['@', '~']);
        (!name.contains('/')).then_some(name)
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-'))
}

/// `address` without what browsers pass over, its percent signs decoded, also those that were encoded twice.
pub(super) fn decoded(address: &str) -> String {
    let seen = address.chars().filter(|c| !c.is_control() && !c.is_whitespace() && !is_unseen(*c));
    let decode = |text: &str| String::from_utf8_lossy(&percent(text)).into_owned();
    let once = decode(&seen.collect::<String>());
    if once.contains('%') { decode(&once) } else { once }
}

/// The bytes of `text` with `%20` and its like decoded.
pub(super) fn percent(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let code = hex.filter(|_| byte == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_found_however_it_is_written() {
        for address in [
            "https://wiki.example/x",
            "HTTPS://user:pw@WIKI.example:8443",
            "//wiki.example.",
            "https:\\\\wiki.example/x",
            "https:wiki.example",
            "https:///wiki.example/",
            "https://wiki%2Eexample/",
            "https://wi\tki.example/",
            "https://wiki．example/",
            "ssh://git@wiki.example/a",
        ] {
            assert_eq!(Address::of(address).unwrap().host(), Some("wiki.example"), "{address}");
        }
        for path in ["a/b.md", "#part", "?q=1", "/x", "a:b/c d"] {
            assert_eq!(Address::of(path).filter(|read| read.host == "wiki.example"), None, "{path}");
        }
    }

    #[test]
    fn a_tracker_is_one_whatever_the_scheme() {
        let tracker = Address::of("https://forge.example/o/r").unwrap();
        let below = |address| Address::of(address).unwrap().is_below(&tracker);
        assert!(below("http://forge.example:80/O/R/issues/1") && below("//u@forge.example/o/r"));
        assert!(!below("https://forge.example/o/rest") && !below("https://forge.example/"));
    }

    #[test]
    fn pages_of_people_and_chats_are_known() {
        assert_eq!(Address::of("https://forge.example/@Ada/").unwrap().ends(), Some("ada"));
        assert_eq!(Address::of("https://forge.example/ada/tool").unwrap().ends(), None);
        assert!(Address::of("https://acme.slack.com/archives/C1").unwrap().is_chat());
        assert!(!Address::of("https://status.slack.com/2024-01").unwrap().is_chat());
    }
}
