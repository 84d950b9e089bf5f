//! Front matter as people write it, and as nobody should.

use super::*;
use crate::model::Zone;

fn front(text: &str) -> (FrontMatter, Vec<String>) {
    let source = Source::new("a.md", text);
    let mut found = Vec::new();
    let mut front = read(&source).unpack(&mut found);
    found.extend(front.read_clock(&Zone::Unknown, &source));
    front.day(&source, &mut found);
    let told = found.iter().map(|f| {
        let help = f.help.as_deref().map(|help| format!(" | {help}")).unwrap_or_default();
        format!("{} {}: {}{help} @ {}", f.level.word(), f.code, f.message, f.span.of(text))
    });
    (front, told.collect())
}

fn clock(front: &FrontMatter) -> Vec<String> {
    front
        .clock
        .iter()
        .map(|(milestone, point)| format!("{} {}", milestone.word(), point.at.rfc3339()))
        .collect()
}

#[test]
fn a_status_page_file_is_read_without_a_word() {
    let (front, told) = front(
        "---\ntitle: \"Queues: slow\"\ndate: 2021-04-19T9:50:00-00:00\nresolved: yes\n# closed by hand\n\
         resolvedWhen: 2021-04-19 19:02:00\nseverity: dissrupted\naffected:\n- Build/Queue\n# - Other\nsection: issue\n---\n\nBody\n",
    );
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(clock(&front), ["started 2021-04-19T09:50:00Z", "resolved 2021-04-19T19:02:00"]);
    assert_eq!(front.texts("components", true)[0].value, "Build/Queue");
    assert_eq!(front.extra(), [("section".to_owned(), "issue".to_owned())]);
}

#[test]
fn keys_of_site_generators_are_kept_without_a_word() {
    let text = "---\nlayout: post\nweight: 30\nparent: Incidents\nnav_order: 2\nhas_children: false\nlinkTitle: x\n\
                resources:\n- src: a.png\n  title: A\nname: x\nabout: y\nassignees: ''\npath: z\ntoc: true\npermalink: /a\n---\n";
    let (front, told) = front(text);
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(front.extra().len(), 13);
}

#[test]
fn a_slip_in_a_key_is_told_with_the_key_that_was_meant() {
    let (front, told) = front("---\nserverity: SEV1\n---\n");
    assert_eq!(told, ["warning unknown-key: unknown key `serverity` | did you mean `severity` @ serverity"]);
    assert_eq!(front.extra()[0].1, "SEV1");
}

#[test]
fn a_key_that_stands_twice_is_an_error_whatever_its_spelling() {
    let (_, told) = front("---\nvisibility: internal\nVisibility: public\n---\n");
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("error duplicate-key: `Visibility` stands here twice"), "{told:?}");
}

#[test]
fn a_value_of_the_wrong_kind_is_an_error_where_it_stands() {
    let (_, told) = front("---\ntitle: [a, b]\ntags: {a: b}\n---\n");
    assert_eq!(
        told,
        [
            "error wrong-type: `title` takes one value, not a list @ [a, b]",
            "error wrong-type: `tags` takes a list of words, not a mapping @ {a: b}"
        ]
    );
}

#[test]
fn a_day_that_does_not_exist_is_named() {
    let (front, told) =
        front("---\ndate: 2024-02-30\nstarted: 2024-02-28 25:61\ndetected: soon\nended: x\n---\n");
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].starts_with("error bad-date: there is no date `2024-02-28 25:61`"), "{told:?}");
    assert!(told[1].starts_with("error bad-date: `soon` is no date"), "{told:?}");
    assert!(told[2].ends_with("@ 2024-02-30"), "{told:?}");
    assert_eq!(clock(&front), Vec::<String>::new());
}

#[test]
fn an_empty_date_is_no_date_and_no_mistake() {
    let (front, told) = front("---\ndate: \"\"\nresolvedWhen: ''\n---\nx\n");
    assert_eq!((told.len(), front.clock.len(), front.body), (0, 0, 34));
}

#[test]
fn times_are_read_in_every_form_the_survey_shows() {
    for (written, read) in [
        ("2007-12-05T22:04:00Z", "2007-12-05T22:04:00Z"),
        ("2012-12-22T12:15:00-08:00", "2012-12-22T12:15:00-08:00"),
        ("2022-11-14 08:00:00", "2022-11-14T08:00:00"),
        ("2024-03-14 14:23 CEST", "2024-03-14T14:23:00+02:00"),
        ("2024-03-14 14:23 Europe/Oslo", "2024-03-14T14:23:00+01:00"),
        ("2024-03-14T14:23:05.120+0530", "2024-03-14T14:23:05+05:30"),
        ("2024-03-14", "2024-03-14"),
    ] {
        let (front, told) = front(&format!("---\nstarted: {written}\n---\n"));
        assert_eq!((clock(&front), told), (vec![format!("started {read}")], Vec::new()), "{written}");
    }
}

#[test]
fn rules_around_ordinary_text_are_no_front_matter() {
    for text in [
        "---\nJust a sentence.\n---\n",
        "---\n- a\n- b\n---\n",
        "---\n**Bold**: x [\n---\n",
        "---\nno end: here\n",
    ] {
        let (front, told) = front(text);
        assert_eq!((front.body, told), (0, Vec::new()), "{text:?}");
    }
}

#[test]
fn broken_front_matter_is_one_error_and_the_text_below_is_still_read() {
    let (front, told) = front("---\ntitle: \"x\ndate: 1\n---\n# Body\n");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("error front-matter: the front matter cannot be read: "), "{told:?}");
    assert_eq!(front.body, 26);
}

#[test]
fn toml_is_read_like_yaml() {
    let (front, told) =
        front("+++\ntitle = \"x\"\ndate = 2022-11-14\ntags = [\"a\"]\n[extra]\nteam = \"t\"\n+++\n");
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(front.text("title").unwrap().value, "x");
    assert_eq!(front.extra(), [("extra".to_owned(), "team: t".to_owned())]);
}

#[test]
fn keys_without_end_are_an_error_and_not_a_long_wait() {
    let keys: Vec<String> = (0..5_000).map(|n| format!("key{n}: v")).collect();
    let (front, told) = front(&format!("---\n{}\n---\n", keys.join("\n")));
    assert_eq!(front.fields.len(), MAX_FIELDS);
    assert_eq!(told, ["error front-matter: more than 300 keys; the rest is not read @ key300"]);
}
