//! From the text of `site.toml` to settings and findings.

use super::SiteConfig;
use crate::diag::words;
use crate::diag::{Checked, Diagnostic, Source, Span};
use crate::model::SectionKind;

/// Reads settings. On an error the defaults are returned beside the finding, so that the rest can still be checked.
pub fn read(source: &Source) -> Checked<SiteConfig> {
    match toml::from_str::<SiteConfig>(&source.text) {
        Ok(mut config) => {
            config.severity.settle();
            let found = meaning(&config, source);
            Checked::new(config, found)
        }
        Err(error) => Checked::new(SiteConfig::default(), vec![explain(&error, source)]),
    }
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

fn explain(error: &toml::de::Error, source: &Source) -> Diagnostic {
    let span = error.span().map_or(Span::at(0), Span::from);
    let message = error.message().trim_end_matches('.').to_owned();
    let finding = |message: String| Diagnostic::error("config", source, span, message);
    let Some(rest) = message.strip_prefix("unknown field `") else {
        return finding(message);
    };
    let (typed, rest) = rest.split_once('`').unwrap_or((rest, ""));
    let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    let told = finding(format!("unknown key `{typed}`"));
    match words::nearest(typed, known.iter().copied()) {
        Some(near) => told.help(format!("did you mean `{near}`")),
        None => told.help(format!("known keys here are {}", words::alternatives(&known))),
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
    fn a_zone_that_does_not_exist_is_an_error() {
        let found = findings("timezone = 'Europe/Kobenhavn'");
        assert!(found[0].contains("unknown time zone `Europe/Kobenhavn`"), "{found:?}");
    }
}
