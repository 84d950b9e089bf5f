//! Addresses: which are well formed, which lead to the same place, and which lead into private networks.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An `http` or `https` address, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Whether what is sent is encrypted.
    pub encrypted: bool,
    /// The host, in small letters; IPv6 in its brackets.
    pub host: String,
    /// The port.
    pub port: u16,
    /// Path and query, beginning with `/`.
    pub path: String,
}

impl Address {
    /// Takes `text` apart; `None` for anything but a plain `http` or `https` address without user and password.
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.trim().split_once("://")?;
        let encrypted = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let rest = rest.split('#').next().unwrap_or_default();
        let cut = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(cut);
        if authority.contains('@') || path.contains(|c: char| c.is_control() || c.is_whitespace()) {
            return None;
        }
        let (host, port) = host_and_port(authority)?;
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        let port = port.unwrap_or(if encrypted { 443 } else { 80 });
        Some(Self { encrypted, host: host.to_ascii_lowercase(), port, path })
    }

    /// The address `target` means when it stands in an answer from here: whole, or relative to the host.
    pub fn join(&self, target: &str) -> Option<Self> {
        if target.contains("://") {
            return Self::parse(target);
        }
        if target.starts_with("//") {
            return Self::parse(&format!("{}:{target}", self.scheme()));
        }
        let path = if target.starts_with('/') {
            target.to_owned()
        } else {
            let path = self.path.split('?').next().unwrap_or_default();
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("{folder}/{target}")
        };
        Self::parse(&format!("{}://{}:{}{path}", self.scheme(), self.host, self.port))
    }

    /// The same place with another path.
    #[must_use]
    pub fn at(&self, path: &str) -> Self {
        Self { path: path.to_owned(), ..self.clone() }
    }

    /// Whether both lead to the same server over the same protocol.
    pub fn same_origin(&self, other: &Self) -> bool {
        (self.encrypted, &self.host, self.port) == (other.encrypted, &other.host, other.port)
    }

    /// Whether `other` is the same host, now encrypted: both at their usual ports, as web servers send people on.
    pub fn is_encrypted_by(&self, other: &Self) -> bool {
        let usual = self.port == 80 && other.port == 443;
        usual && !self.encrypted && other.encrypted && self.host == other.host
    }

    /// The host, with its protocol and port where `from` is the same host at others.
    pub fn host_seen_from(&self, from: &Self) -> String {
        if self.host == from.host {
            format!("{}://{}:{}", self.scheme(), self.host, self.port)
        } else {
            self.host.clone()
        }
    }

    /// Whether it names this computer.
    pub fn is_loopback(&self) -> bool {
        self.host == "localhost" || self.ip().is_some_and(|ip| ip.is_loopback())
    }

    /// Whether it plainly names a private network; a name may still turn out to lead into one.
    pub fn is_private(&self) -> bool {
        let name = self.host.as_str();
        let local = [".localhost", ".local", ".internal", ".localdomain"];
        name == "localhost"
            || local.iter().any(|end| name.ends_with(end))
            || self.ip().is_some_and(is_private)
    }

    fn ip(&self) -> Option<IpAddr> {
        self.host.trim_start_matches('[').trim_end_matches(']').parse().ok()
    }

    fn scheme(&self) -> &'static str {
        if self.encrypted { "https" } else { "http" }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let usual = if self.encrypted { 443 } else { 80 };
        write!(f, "{}://{}", self.scheme(), self.host)?;
        if self.port != usual {
            write!(f, ":{}", self.port)?;
        }
        f.write_str(&self.path)
    }
}

fn host_and_port(authority: &str) -> Option<(&str, Option<u16>)> {
    let bracketed = authority.starts_with('[');
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !bracketed || host.ends_with(']') => (host, Some(port.parse().ok()?)),
        _ => (authority, None),
    };
    if bracketed {
        let inner = host.strip_prefix('[')?.strip_suffix(']')?;
        return inner.parse::<Ipv6Addr>().is_ok().then_some((host, port));
    }
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    (!host.is_empty() && host.chars().all(fine)).then_some((host, port))
}

/// Whether `ip` belongs to this computer, a private network, or a range that no public server has.
pub fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => {
            if let Some(inner) = ip.to_ipv4_mapped().or_else(|| nat64(ip)) {
                return is_private_v4(inner);
            }
            let first = ip.segments()[0];
            ip.is_loopback()
                || ip.is_unspecified()
                || ip.is_multicast()
                || first & 0xfe00 == 0xfc00
                || first & 0xffc0 == 0xfe80
                || first & 0xffc0 == 0xfec0
        }
    }
}

/// `64:ff9b::a.b.c.d` leads where `a.b.c.d` does.
fn nat64(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, 0, 0, 0, 0, high, low] = ip.segments() else { return None };
    (a == 0x64 && b == 0xff9b).then(|| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)))
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_broadcast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && ip.octets()[2] == 0)
        || (a == 198 && (18..20).contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart_and_put_together() {
        for (text, whole) in [
            ("https://a.example", Some("https://a.example/")),
            ("HTTP://A.example:8080/x?y=1#z", Some("http://a.example:8080/x?y=1")),
            ("https://[::1]:9/x", Some("https://[::1]:9/x")),
            ("https://a.example?x", Some("https://a.example/?x")),
            ("https://user:word@a.example/", None),
            ("ftp://a.example/", None),
            ("https:///x", None),
            ("https://a b/", None),
            ("https://a.example/x y", None),
            ("https://a.example:99999/", None),
        ] {
            assert_eq!(Address::parse(text).map(|one| one.to_string()).as_deref(), whole, "{text}");
        }
    }

    #[test]
    fn a_target_is_read_from_where_it_stands() {
        let here = Address::parse("https://a.example/x/y?z").unwrap();
        for (target, whole, same) in [
            ("/q", "https://a.example/q", true),
            ("q", "https://a.example/x/q", true),
            ("https://A.EXAMPLE:443/q", "https://a.example/q", true),
            ("http://a.example/q", "http://a.example/q", false),
            ("//b.example/q", "https://b.example/q", false),
            ("https://a.example.evil.example/", "https://a.example.evil.example/", false),
        ] {
            let there = here.join(target).unwrap();
            assert_eq!((there.to_string().as_str(), here.same_origin(&there)), (whole, same), "{target}");
        }
    }

    #[test]
    fn a_host_that_begins_to_encrypt_stays_the_same() {
        let here = Address::parse("http://a.example/x").unwrap();
        for (there, same, shown) in [
            ("https://a.example/y", true, "https://a.example:443"),
            ("https://a.example:8443/y", false, "https://a.example:8443"),
            ("https://www.a.example/y", false, "www.a.example"),
            ("http://a.example/y", false, "http://a.example:80"),
        ] {
            let there = Address::parse(there).unwrap();
            assert_eq!((here.is_encrypted_by(&there), there.host_seen_from(&here).as_str()), (same, shown));
            assert!(!there.is_encrypted_by(&here), "{there}");
        }
    }

    #[test]
    fn private_networks_are_known() {
        for (ip, private) in [
            ("127.0.0.1", true),
            ("10.1.2.3", true),
            ("169.254.169.254", true),
            ("100.64.0.1", true),
            ("0.0.0.0", true),
            ("::1", true),
            ("fd00::1", true),
            ("fe80::1", true),
            ("::ffff:192.168.1.1", true),
            ("64:ff9b::a00:1", true),
            ("8.8.8.8", false),
            ("2606:4700::1111", false),
        ] {
            assert_eq!(is_private(ip.parse().unwrap()), private, "{ip}");
        }
        for (address, private) in [
            ("http://localhost:1/", true),
            ("https://jira.internal/", true),
            ("https://[::1]/", true),
            ("https://a.example/", false),
        ] {
            assert_eq!(Address::parse(address).unwrap().is_private(), private, "{address}");
        }
    }
}
