//! What holds for `kb link` whatever the front matter looks like: it changes one place, says what was meant, and says it once.

use kb::config::SiteConfig;
use kb::diag::Source;
use kb::model::LinkKind;
use kb::parse::edit::{Answer, relate};
use kb::parse::{ParseOptions, postmortem};
use proptest::prelude::*;

/// Keys beside `related`, with comments, as people and other programs write them.
const YAML: [&str; 14] = [
    "title: \"It broke: again\" # not ours\n",
    "# nobody dares to touch this\n",
    "\n",
    "tags: [a,   b ]   # three blanks\n",
    "tags:\n- a\n\n-   b # second\n",
    "summary: >\n  Folded # no comment\n  text\n",
    "why_not: |\n  related:\n    - no entry\n\n",
    "\"quoted key\": 'it''s'\n",
    "impact:\n    users: 4   # guessed\n    related: [inner]\n",
    "anchor: &a [x, y]\nalias: *a\n",
    "wide: {a: 1, b: [2,\n  3]} # flow\n",
    "related_to_nothing: yes\n",
    "date:   2026-03-01\t# tabbed\n",
    "äö: \"é # ü\"\n",
];

/// `related` in every form that may be added to; the first ones name the other incident already.
const RELATED_YAML: [&str; 16] = [
    "related: [INC-7]\n",
    "related: [INC-1, inc-7] # both\n",
    "related:\n  - id: INC-7 # this one\n    kind: looks-like # hm\n  # and\n  - INC-1\n",
    "related:\n- {id: INC-7, kind: looks-like, why: \"a # b\"} # c\n",
    "related: INC-7 # alone\n",
    "see_also:\n    -   2024/seven.md   # by path\n    - INC-1\n",
    "related:\n  - why: 'same'\n    id: INC-7\n",
    "related: []  # none so far\n",
    "related: # to come\n",
    "related: [ 'INC-1' , {id: INC-2, kind: recurrence}, ] # trailing\n",
    "related: [\n  INC-1, # one\n  INC-2  # two\n] # end\n",
    "related:\n  # first\n  - INC-1\n\n  # last\n",
    "see-also:\n- INC-1\n- id: INC-2\n  kind: same-cause\n  # below\n",
    "related: INC-1\n",
    "related:\n    - id: INC-1\n      why: >\n        folded\n        text\n",
    "",
];

const TOML: [&str; 7] = [
    "title = \"It broke # again\" # not ours\n",
    "# nobody dares to touch this\n",
    "\n",
    "tags = [\n  \"a\", # one\n  \"b\",\n]\n",
    "text = \"\"\"\nrelated = [\"no\"]\n[extra]\n\"\"\"\n",
    "n   =   4   # spaced\n",
    "dotted.key = 'x'\n",
];
const RELATED_TOML: [&str; 6] = [
    "related = [\"INC-7\"]\n",
    "related = [{id = \"INC-7\", kind = \"looks-like\"}] # hm\n",
    "related = [\"INC-1\", ] # trailing\n",
    "related = [\n  \"INC-1\", # one\n  \"INC-2\" # two\n] # end\n",
    "related = \"INC-1\" # alone\n",
    "",
];
const TABLES: [&str; 3] =
    ["", "[extra]\nteam = \"y\" # ours\n", "[[list]]\na = [[1], [2]]\n\n[extra]\nb = 1\n"];
const KINDS: [LinkKind; 5] =
    [LinkKind::Recurrence, LinkKind::SameCause, LinkKind::LooksLike, LinkKind::SeeAlso, LinkKind::NotRelated];

/// A file with front matter of either notation, with either line end. (A byte order mark is taken off before and put back after.)
fn file() -> impl Strategy<Value = String> {
    let places = || (prop::collection::vec(0..14_usize, 0..5), prop::collection::vec(0..14_usize, 0..5));
    let yaml = (places(), 0..RELATED_YAML.len()).prop_map(|((before, after), related)| {
        let piece = |number: &usize| YAML[*number];
        // A key may stand only once.
        let mut all: Vec<&str> = Vec::new();
        for one in before.iter().map(piece).chain([RELATED_YAML[related]]).chain(after.iter().map(piece)) {
            let key = |text: &str| text.split(':').next().unwrap_or_default().to_owned();
            if !all.iter().any(|known| key(known) == key(one) && one.contains(':')) {
                all.push(one);
            }
        }
        format!("---\n{}---\n", all.concat())
    });
    let toml =
        (places(), 0..RELATED_TOML.len(), 0..TABLES.len()).prop_map(|((before, after), related, table)| {
            let mut all: Vec<&str> = Vec::new();
            let piece = |number: &usize| TOML[number % TOML.len()];
            for one in before.iter().map(piece).chain([RELATED_TOML[related]]).chain(after.iter().map(piece))
            {
                if !all.contains(&one) || one == "\n" {
                    all.push(one);
                }
            }
            format!("+++\n{}{}+++\n", all.concat(), TABLES[table])
        });
    let body =
        prop::sample::select(vec!["", "# T\n", "\n# T\n\nrelated: [INC-9]\n---\n", "Text without end"]);
    (prop_oneof![3 => yaml, 1 => toml], body, any::<bool>()).prop_map(|(front, body, windows)| {
        let text = format!("{front}{body}");
        if windows { text.replace('\n', "\r\n") } else { text }
    })
}

/// What stays at both ends, and what is taken out between.
fn taken_out<'t>(before: &'t str, after: &str) -> &'t str {
    let same = |(a, b): &(char, char)| a == b;
    let start: usize = before.chars().zip(after.chars()).take_while(same).map(|(a, _)| a.len_utf8()).sum();
    let (rest, other) = (&before[start..], &after[start..]);
    let end: usize =
        rest.chars().rev().zip(other.chars().rev()).take_while(same).map(|(a, _)| a.len_utf8()).sum();
    &rest[..rest.len() - end]
}

/// Target, kind and reason of each entry of `related`.
fn links(text: &str) -> Vec<(String, Option<LinkKind>, Option<String>)> {
    let options = ParseOptions::new(&SiteConfig::default());
    let draft = postmortem(&Source::new("2026/eight.md", text), &options).value;
    let config = SiteConfig::default();
    let corpus = kb::corpus::Corpus::gather(vec![draft], Vec::new(), &config).value;
    let edition = kb::corpus::publish(&corpus, kb::model::Audience::Internal, &config, true);
    let incident = &edition.incidents[0].incident;
    let stated = incident.references.iter().filter(|one| one.notation == "related");
    stated.map(|one| (one.target.clone(), one.kind, one.why.clone())).collect()
}

proptest! {
    #[test]
    fn a_link_changes_one_place_says_what_was_meant_and_says_it_once(
        text in file(), kind in prop::sample::select(KINDS.to_vec())
    ) {
        let answer = Answer { target: "INC-7", known_as: &["2024/seven.md"], kind, why: None };
        let source = |text: &str| Source::new("2026/eight.md", text);
        let changed = relate(&source(&text), &answer).map_err(|why| TestCaseError::fail(format!("{why:?}\n{text}")))?;

        let out = taken_out(&text, &changed);
        prop_assert!(!out.contains(['\n', '#']), "{out:?} was taken out of\n{text}");
        prop_assert_eq!(text.contains("\r\n"), changed.contains("\r\n"));
        prop_assert!(!text.contains("\r\n") || !changed.replace("\r\n", "").contains('\n'), "{changed:?}");

        let named = |target: &str| target.eq_ignore_ascii_case("INC-7") || target == "2024/seven.md";
        let (about, others): (Vec<_>, Vec<_>) = links(&changed).into_iter().partition(|one| named(&one.0));
        prop_assert_eq!(about.iter().map(|one| one.1).collect::<Vec<_>>(), vec![Some(kind)], "{}", changed);
        let before: Vec<_> = links(&text).into_iter().filter(|one| !named(&one.0)).collect();
        prop_assert_eq!(others, before);

        let again = relate(&source(&changed), &answer).map_err(|why| TestCaseError::fail(format!("{why:?}")))?;
        prop_assert_eq!(again, changed);
    }

    #[test]
    fn a_reason_is_written_beside_every_comment(text in file(), why in "[ -~äé\"'#:]{1,40}") {
        let answer = Answer { target: "INC-7", known_as: &["2024/seven.md"], kind: LinkKind::Recurrence, why: Some(&why) };
        prop_assume!(!why.trim().is_empty());
        let changed = relate(&Source::new("a.md", text.as_str()), &answer)
            .map_err(|why| TestCaseError::fail(format!("{why:?}\n{text}")))?;
        let said = links(&changed).into_iter().filter_map(|one| one.2).any(|said| said == why.trim());
        prop_assert!(said, "{changed}");
        let comments = |text: &str| text.lines().filter(|line| line.contains("# ")).count();
        prop_assert!(comments(&changed) >= comments(&text), "{text}\n{changed}");
    }

    /// Whatever cannot be added to is refused, and nothing panics.
    #[test]
    fn no_front_matter_breaks_it(front in "[a-z_]{0,8}[:=]?[ \\[\\]{}&*|>'\"a-z0-9\n#-]{0,120}", fence in "---|\\+\\+\\+") {
        let text = format!("{fence}\n{front}\nrelated: {front}\n{fence}\n# T\n");
        let answer = Answer { target: "INC-7", known_as: &[], kind: LinkKind::SameCause, why: None };
        if let Ok(changed) = relate(&Source::new("a.md", text.as_str()), &answer) {
            prop_assert!(changed.ends_with("# T\n") && changed.contains("INC-7"));
        }
    }
}
