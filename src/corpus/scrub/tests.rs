//! What the scrubber takes out, and what it leaves.

use super::*;
use crate::config::read;
use crate::diag::Source;

fn config() -> SiteConfig {
    let text = "[people]\nada = { name = 'Ada Lindqvist', role = 'database engineer' }\n\
        [trackers.j]\nkind = 'jira'\nurl = 'https://jira.example.com'\nprefixes = ['OPS']\n\
        [trackers.g]\nkind = 'github'\nurl = 'https://git.example.com'\n\
        [audience.public]\ninternal_hosts = ['int.example.com']\nrole = 'an engineer'";
    read(&Source::new("site.toml", text)).value
}

fn prose(text: &str) -> String {
    let (config, reports) = (config(), Reports::default());
    let scrubber = Scrubber::new(&Incident::default(), &config, &reports);
    scrubber.clean(text, Place::Prose).unwrap_or_else(|| text.to_owned())
}

#[test]
fn people_become_their_role() {
    assert_eq!(
        prose("@ada paged Ada Lindqvist, then @bob."),
        "database engineer paged database engineer, then an engineer."
    );
    assert_eq!(prose("mail ada@example.com"), "mail an engineer");
    assert_eq!(prose("Lindqvist agreed"), "database engineer agreed");
    assert_eq!(prose("Canada and metadata stay"), "Canada and metadata stay");
}

#[test]
fn a_name_goes_whatever_letters_follow_it() {
    let after = format!(". x{}", "é".repeat(40));
    assert_eq!(prose(&format!("Assigned to Mia Lund{after}")), format!("Assigned to an engineer{after}"));
}

#[test]
fn tickets_channels_and_internal_hosts_go() {
    assert_eq!(prose("Add an alert (OPS-441)."), "Add an alert.");
    assert_eq!(prose("See #12 and org/repo#7, asked in #ops-alerts"), "See and, asked in a chat channel");
    assert_eq!(prose("db1.int.example.com was full"), "an internal host was full");
    assert_eq!(
        prose("https://git.example.com/x and https://example.org/x"),
        "an internal address and https://example.org/x"
    );
    assert_eq!(prose("HTTPS://wiki.Int.example.com/plan"), "an internal address");
    assert_eq!(
        prose("notint.example.com stays, and UTF-8, STOPS-12"),
        "notint.example.com stays, and UTF-8, STOPS-12"
    );
}

#[test]
fn code_keeps_its_decorators_and_comments() {
    let (config, reports) = (config(), Reports::default());
    let scrubber = Scrubber::new(&Incident::default(), &config, &reports);
    assert_eq!(scrubber.clean("@Override // #todo", Place::Code), None);
    assert_eq!(scrubber.clean("owner: @ada", Place::Code).as_deref(), Some("owner: database engineer"));
}

#[test]
fn internal_addresses_are_recognised_however_they_are_written() {
    let (config, reports) = (config(), Reports::default());
    let scrubber = Scrubber::new(&Incident::default(), &config, &reports);
    for address in [
        "https://int.example.com/",
        "HTTPS://user@wiki.INT.example.com:8080/x",
        "//int.example.com/a",
        "mailto:a@b.c",
        "https://jira.example.com/browse/OPS-1",
    ] {
        assert!(scrubber.is_internal(address), "{address}");
    }
    // The guard stops a site that names an internal host anywhere; without the address there is nothing to stop.
    assert!(scrubber.is_internal("https://example.com/?next=https%3A%2F%2Fint.example.com"));
    assert!(!scrubber.is_internal("https://notint.example.com/@somebody#part"));
}

#[test]
fn cost_grows_with_the_length_of_a_text_and_no_faster() {
    for part in ["#12", "&amp", "http://a", "a.b@", "a-", "OPS-", "a/b#", "@a", "x://", "a:"] {
        let text = part.repeat(20_000 / part.len());
        prose(&text);
        prose(&format!("{text}{}", "!".repeat(20_000)));
    }
}

#[test]
fn an_internal_host_is_found_at_the_end_of_a_name_that_is_too_long() {
    let cleaned = prose(&format!("{}int.example.com", "a.".repeat(400)));
    assert!(!cleaned.contains("int.example.com"), "{cleaned}");
}
