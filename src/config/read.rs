//! From the text of `site.toml` to settings and findings.

use super::SiteConfig;
use super::explain::explain;
use crate::diag::words;
use crate::diag::{Checked, Diagnostic, Source, Span};
use crate::model::SectionKind;

/// Most errors that are told at once.
const MOST: usize = 20;

/// Reads settings. What cannot be read is left at its default beside a finding, so that all of it is told at once; where
/// nothing can be read, all is.
pub fn read(source: &Source) -> Checked<SiteConfig> {
    let mut found = Vec::new();
    let mut text = source.text.to_string();
    while found.len() < MOST {
        let error = match toml::from_str::<SiteConfig>(&text) {
            Ok(mut config) => {
                config.severity.settle();
                found.extend(meaning(&config, source));
                return Checked::new(config, found);
            }
            Err(error) => error,
        };
        // That something is missing where a wrong line was taken out says nothing new.
        if !found.is_empty() && error.message().starts_with("missing field") {
            break;
        }
        found.push(explain(&error, source));
        let without = error.span().and_then(|span| blanked(&text, span));
        // Where that breaks the rest, or the file is no TOML at all, more errors would be of our own making.
        match without.filter(|rest| rest.parse::<toml::Table>().is_ok()) {
            Some(rest) => text = rest,
            None => break,
        }
    }
    Checked::new(SiteConfig::default(), found)
}

/// `text` without the lines that `wrong` touches, a whole table where it begins at the table's name; blanks stand in their
/// place, so that all that is left keeps its.
fn blanked(text: &str, wrong: std::ops::Range<usize>) -> Option<String> {
    let begin = text.get(..wrong.start)?.rfind('\n').map_or(0, |end| end + 1);
    let line_end = |at: usize| Some(text.get(at..)?.find('\n').map_or(text.len(), |end| at + end));
    let mut end = line_end(wrong.end.max(wrong.start + 1).min(text.len()))?;
    if text.get(begin..)?.trim_start().starts_with('[') {
        let next =
            |at: usize| text.get(at..).filter(|rest| rest.trim_start_matches([' ', '\t']).starts_with('['));
        while end < text.len() && next(end + 1).is_none() {
            end = line_end(end + 1)?;
        }
    }
    let blanks = |part: &str| {
        part.chars()
            .flat_map(|c| if c == '\n' { vec!['\n'] } else { vec![' '; c.len_utf8()] })
            .collect::<String>()
    };
    (begin < end).then(|| {
        [
            text.get(..begin).unwrap_or_default(),
            &blanks(text.get(begin..end).unwrap_or_default()),
            text.get(end..).unwrap_or_default(),
        ]
        .concat()
    })
}

/// What is well formed and still cannot be meant.
fn meaning(config: &SiteConfig, source: &Source) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let place =
        |needle: &str| source.text.find(needle).map_or(Span::at(0), |at| Span::new(at, at + needle.len()));
    if let Some(zone) = &config.timezone
        && jiff::tz::TimeZone::get(zone).is_err()
    {
        let message = format!("unknown time zone `{zone}`");
        let help = "use a name of the IANA database such as `Europe/Copenhagen` or `UTC`";
        found.push(Diagnostic::error("config-timezone", source, place(zone), message).help(help));
    }
    for (word, level) in &config.severity.aliases {
        if !config.severity.levels.contains(level) {
            let message =
                format!("severity alias `{word}` names the level `{level}`, which is not in `levels`");
            let help = format!("known levels are {}", words::alternatives(&config.severity.levels));
            found.push(Diagnostic::error("config-severity", source, place(level), message).help(help));
        }
    }
    hidden_sections(config, source, &mut found);
    let addresses = [
        ("base_url", &config.base_url),
        ("base_url", config.audience.public.base_url.as_ref().unwrap_or(&config.base_url)),
    ];
    if let Some((key, address)) = addresses.into_iter().find(|(_, address)| !is_address(address)) {
        let message = format!("`{key}` is no address of a website: `{address}`");
        let help = "write the whole address, such as `https://postmortems.example.com`";
        found.push(Diagnostic::error("config-url", source, place(address), message).help(help));
    }
    for (id, component) in &config.components {
        for needed in &component.depends_on {
            if !config.components.contains_key(needed) {
                let message = format!("component `{id}` depends on `{needed}`, which is not described");
                let mut finding = Diagnostic::error("config-component", source, place(needed), message);
                if let Some(near) = words::nearest(needed, config.components.keys()) {
                    finding = finding.help(format!("did you mean `{near}`"));
                }
                found.push(finding);
            }
        }
    }
    for (name, _) in config.sources.iter().filter(|(_, one)| !one.kind.has_history()) {
        let message = format!("source `{name}` is of a kind that tells of one incident at a time");
        let help = "use `kb import` for chats and pasted lines; sources are status pages, feeds and pagers";
        found.push(
            Diagnostic::error("config-source", source, place(&format!("sources.{name}")), message).help(help),
        );
    }
    found
}

/// Whether a site can lie at `address`; nowhere in particular is fine.
fn is_address(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    address.is_empty() || rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

/// Warns of hidden sections that are nearly the name of a kind: what was meant to be hidden would be published.
fn hidden_sections(config: &SiteConfig, source: &Source, found: &mut Vec<Diagnostic>) {
    let kinds = || SectionKind::ALL.iter().map(|kind| kind.word());
    for name in &config.audience.public.hide_sections {
        let word = name.trim().to_lowercase();
        let Some(near) = words::nearest(&word.replace(' ', "-"), kinds()).filter(|near| *near != word) else {
            continue;
        };
        let span = source.text.find(name.as_str()).map_or(Span::at(0), |at| Span::new(at, at + name.len()));
        let message = format!("`{name}` hides sections with that very title only; it is no kind of section");
        let help = format!("to hide every section of a kind, write `{near}`");
        found.push(Diagnostic::warning("hidden-section", source, span, message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> Vec<String> {
        let found = read(&Source::new("site.toml", text)).found;
        found
            .iter()
            .map(|f| {
                format!("{}:{}: {} | {}", f.span.start, f.code, f.message, f.help.clone().unwrap_or_default())
            })
            .collect()
    }

    #[test]
    fn an_empty_file_is_valid() {
        assert_eq!(findings(""), Vec::<String>::new());
    }

    #[test]
    fn a_mistyped_key_is_an_error_with_the_right_one() {
        assert_eq!(findings("titel = 'x'"), ["0:config: unknown key `titel` | did you mean `title`"]);
        let nested = findings("[content]\nexclud = []");
        assert_eq!(nested, ["10:config: unknown key `exclud` | did you mean `exclude`"]);
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_told_in_plain_words() {
        assert_eq!(
            findings("title = 3"),
            ["8:config: the number `3` stands here, and a text in quotes belongs here | "]
        );
        let yes = findings("[search]\noffline = 'maybe'");
        assert_eq!(yes.len(), 1);
        assert!(
            yes[0].ends_with("the text \"maybe\" stands here, and `true` or `false` belongs here | "),
            "{yes:?}"
        );
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let text =
            "titel = 'x'\nurls = 'odd'\ntimezone = 'Mars/Base'\n[chekcs]\na = 1\n[content]\nexclud = []\n";
        let found = findings(text);
        let places =
            found.iter().map(|one| one.split(':').next().and_then(|at| at.parse().ok()).expect("a place"));
        let mut places: Vec<usize> = places.collect();
        places.sort_unstable();
        assert_eq!(places.len(), 5, "{found:?}");
        for (at, word) in places.iter().zip(["titel", "'odd'", "Mars/Base", "chekcs", "exclud"]) {
            assert!(text[*at..].starts_with(word), "{word}: {found:?}");
        }
        assert_eq!(findings("title = 'x\nurls = 3\n").len(), 1, "no TOML at all is one error");
    }

    #[test]
    fn a_zone_that_does_not_exist_is_an_error() {
        let found = findings("timezone = 'Europe/Kobenhavn'");
        assert!(found[0].contains("unknown time zone `Europe/Kobenhavn`"), "{found:?}");
    }
}
