use super::*;

fn readings(text: &str) -> (Incident, Option<Incident>, Vec<&'static str>) {
    let mut found = Vec::new();
    let options = ParseOptions::new(&SiteConfig::default());
    let (whole, open) = read(&Source::new("a.md", text), &options, &mut found);
    (whole, open, found.into_iter().map(|one| one.code).collect())
}

#[test]
fn the_public_reading_knows_nothing_of_internal_parts() {
    let part = "<!-- internal -->\n\n## Secret cause\n\n[^1]: hidden\n\n[ref]: https://hidden.example\n\n<!-- /internal -->\n";
    let around = |part: &str| {
        format!("---\nvisibility: public\n---\n# T\n\nSee [ref] and[^1].\n\n{part}\n## Impact\n\nAll.\n")
    };
    let (whole, open, told) = readings(&around(part));
    assert_eq!(told, Vec::<&str>::new());
    assert!(whole.sections.iter().any(|section| section.title == "Secret cause"));
    let (never, none, _) = readings(&around(""));
    assert!(none.is_none());
    assert_eq!(format!("{:?}", open.unwrap()), format!("{never:?}"));
}

#[test]
fn an_internal_document_needs_no_second_reading() {
    let (_, open, _) = readings("<!-- internal -->\nx\n<!-- /internal -->\n");
    assert!(open.is_none());
}

#[test]
fn a_mistake_in_a_marker_is_told_once() {
    let (_, open, told) = readings("---\nvisibility: public\nseverty: x\n---\na\n\n<!-- intern -->\nb\n");
    assert_eq!(told, ["unknown-key", "internal", "internal"]);
    assert_eq!(crate::model::text::plain_blocks(&open.unwrap().document.blocks), "a\n");
}
