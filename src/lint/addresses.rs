//! Addresses that only mean something inside a company's network, left in what the public would read. They tell how the
//! inside is laid out, and nobody outside can use them.

use super::case::everything;
use crate::corpus::Edition;
use crate::diag::{Diagnostic, Level};
use crate::model::Incident;
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// The code of these findings; they are only looked for where the check is for the public.
pub const PRIVATE: &str = "private-address";

/// Ends of names that no resolver outside knows, by standard or by habit.
const INSIDE: [&str; 9] =
    [".internal", ".intranet", ".corp", ".lan", ".local", ".localdomain", ".home.arpa", ".private", ".svc"];

/// What `public` still says of private networks: the first address of each document, with how many there are. Places are
/// those of `internal`, which has every line of the file.
pub fn addresses(internal: &Edition, public: &Edition) -> Vec<Diagnostic> {
    let whole: BTreeMap<&str, &Incident> = documents(internal).map(|one| (&*one.path, one)).collect();
    let mut found = Vec::new();
    for shown in documents(public) {
        let mut left = BTreeSet::new();
        everything(&shown.document.blocks, &mut |text, _| left.extend(private(text).map(str::to_owned)));
        let Some(incident) = whole.get(&*shown.path).filter(|_| !left.is_empty()) else { continue };
        let mut first = None;
        everything(&incident.document.blocks, &mut |text, span| {
            let known = private(text).find(|address| left.contains(*address));
            first = first.take().or_else(|| Some((known?.to_owned(), span)));
        });
        let Some((address, span)) = first else { continue };
        let more = match left.len() {
            1 => String::new(),
            n => format!(", and {} more", n - 1),
        };
        found.push(Diagnostic {
            level: Level::Warning,
            code: PRIVATE,
            file: Arc::clone(&incident.name),
            span,
            message: format!("customers would read `{address}`, an address inside a private network{more}"),
            help: Some("add its host to `internal_hosts`, or mark the passage as internal".into()),
        });
    }
    found
}

fn documents(edition: &Edition) -> impl Iterator<Item = &Incident> {
    edition.incidents.iter().chain(&edition.pages).map(|one| &*one.incident)
}

/// Private addresses in `text`: numbers by RFC 1918, 6598 and 4193, and names that end inside.
fn private(text: &str) -> impl Iterator<Item = &str> {
    let parts = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-' | '_'));
    text.split(parts)
        .map(|word| word.trim_matches(['.', ':', '-']))
        .filter(|word| is_number(word) || is_name(word))
}

fn is_number(word: &str) -> bool {
    let alone = word
        .split_once(':')
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(word, |(ip, _)| ip);
    let shared = |ip: Ipv4Addr| ip.octets()[0] == 100 && ip.octets()[1] & 0b1100_0000 == 64;
    match alone.parse() {
        Ok(IpAddr::V4(ip)) => ip.is_private() || shared(ip),
        Ok(IpAddr::V6(ip)) => ip.is_unique_local() || ip.is_unicast_link_local(),
        Err(_) => false,
    }
}

fn is_name(word: &str) -> bool {
    let host = word.split(':').next().unwrap_or(word).to_ascii_lowercase();
    let inside = host.ends_with(".cluster.local") || INSIDE.iter().any(|end| host.ends_with(end));
    // `config.local` is a file and `app.internal` a package; a host has a name and a network.
    inside && host.matches('.').count() >= 2 && !host.starts_with(['.', '_'])
}

#[cfg(test)]
mod tests {
    use super::private;

    #[test]
    fn addresses_inside_are_seen_and_others_are_not() {
        let text =
            "db at 10.2.3.4:5432, (172.20.0.1), fd12:3456::1, vault.eu.corp and a.b.svc.cluster.local.";
        let found: Vec<_> = private(text).collect();
        assert_eq!(
            found,
            ["10.2.3.4:5432", "172.20.0.1", "fd12:3456::1", "vault.eu.corp", "a.b.svc.cluster.local"]
        );
        let text = "8.8.8.8, 172.32.0.1, 127.0.0.1, version 10.2.3, 10.2.3.4.5, 14:00, a::b, com.example.internal.Foo, settings.local";
        assert_eq!(private(text).collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
