//! For whom a request was meant: pages of strangers must not read the site through a visitor's browser.
//!
//! A name that a stranger points at this machine (DNS rebinding) shows in `Host`; a stranger's page that fetches from
//! here shows in `Origin` and `Sec-Fetch-Site`.

use super::head::Head;
use std::net::{IpAddr, Ipv6Addr};

/// The names by which the server may be called.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    allowed: Vec<String>,
}

impl Guard {
    /// Loopback names, the name it `listens` on if that is not "every address", and those of `--allow-host`.
    pub(super) fn new(listens: &str, allow: &[String]) -> Self {
        let everywhere = listens.parse::<IpAddr>().is_ok_and(|address| address.is_unspecified());
        let listens = (!everywhere).then_some(listens);
        let allowed =
            allow.iter().map(String::as_str).chain(listens).map(|name| plain(name).to_ascii_lowercase());
        Self { allowed: allowed.filter(|name| !name.is_empty()).collect() }
    }

    /// Whether `host`, with or without a port, is one of the names.
    pub(super) fn knows(&self, host: &str) -> bool {
        let Some(name) = without_port(host) else {
            return false;
        };
        is_loopback(name) || self.allowed.iter().any(|allowed| allowed == plain(name))
    }
}

/// Whether the request may use the server's own endpoints: not when another site's page sent it.
pub(super) fn is_same_origin(head: &Head) -> bool {
    let site = head.fields.fetch_site.as_deref();
    let origin = head.fields.origin.as_deref();
    let same_site = site.is_none_or(|site| matches!(site, "same-origin" | "none"));
    same_site
        && origin.is_none_or(|origin| {
            origin
                .strip_prefix("http://")
                .or_else(|| origin.strip_prefix("https://"))
                .is_some_and(|host| host.eq_ignore_ascii_case(&head.host))
        })
}

/// The name in `name:port`; `None` where the port is none.
fn without_port(host: &str) -> Option<&str> {
    let (name, port) = match host.rfind(']') {
        Some(end) => host.split_at_checked(end + 1)?,
        None => host.find(':').map_or((host, ""), |at| host.split_at(at)),
    };
    let fine = port.is_empty() || port.strip_prefix(':').is_some_and(|digits| digits.parse::<u16>().is_ok());
    fine.then_some(name.strip_suffix('.').unwrap_or(name))
}

fn plain(name: &str) -> &str {
    name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name)
}

fn is_loopback(name: &str) -> bool {
    if let Some(inside) = name.strip_prefix('[') {
        return inside.strip_suffix(']').and_then(|inside| inside.parse().ok()) == Some(Ipv6Addr::LOCALHOST);
    }
    name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_ipv4() && address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_known_under_its_own_names_alone() {
        let guard = Guard::new("127.0.0.1", &[]);
        for host in
            ["localhost", "localhost:4000", "kb.localhost", "127.0.0.1:1", "127.9.9.9", "[::1]:4000", "[::1]"]
        {
            assert!(guard.knows(host), "{host}");
        }
        for host in [
            "",
            ":4000",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "evil.example:4000",
            "10.0.0.1",
            "0.0.0.0",
            "[::]",
            "[::1",
            "::1",
            "localhost:x",
            "localhost:99999",
            "127.1",
            "a@localhost:1@b",
        ] {
            assert!(!guard.knows(host), "{host}");
        }
    }

    #[test]
    fn a_name_must_be_allowed_and_listening_everywhere_allows_none() {
        let allow = ["Wiki.Example".to_owned(), "10.0.0.5".to_owned()];
        let guard = Guard::new("0.0.0.0", &allow);
        assert!(guard.knows("wiki.example:80") && guard.knows("10.0.0.5:4000") && guard.knows("localhost"));
        assert!(!guard.knows("0.0.0.0") && !guard.knows("other.example"));
        assert!(Guard::new("192.168.1.2", &[]).knows("192.168.1.2:4000"));
        assert!(Guard::new("fe80::1", &[]).knows("[fe80::1]:4000"));
    }
}
