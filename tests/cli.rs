//! The command line as people meet it: help, exit statuses, new projects and postmortems.

use crate::site_test::{NASTY_NAMES, SiteTest, TODAY};
use snapbox::{Data, file, str};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;

const MINIMAL: &str = "---\ndate: 2026-03-01\n---\n# Pool full\n";

/// What `kb --help` and the help of each command say, as files: the reference of the command line.
#[test]
fn help_says_what_the_reference_says() {
    let site = SiteTest::new();
    let commands = site.run(&["--help"]).fine().stderr("").stdout;
    snapbox::assert_data_eq!(&commands, file!["help/kb.txt"]);
    let list = commands.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 5, "{names:?}");
    for name in names.iter().filter(|name| **name != "help") {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/help").join(format!("{name}.txt"));
        site.run(&[name, "--help"]).fine().stdout(Data::read_from(&path, None));
    }
}

#[test]
fn wrong_usage_is_2_and_says_what_is_right() {
    let site = SiteTest::new();
    site.run(&["buidl"]).code(2).stdout("").stderr(str![[r#"
error: unrecognized subcommand 'buidl'

  tip: a similar subcommand exists: 'build'

Usage: kb [OPTIONS] <COMMAND>

For more information, try '--help'.

"#]]);
    site.run(&["build", "--audience", "publik"]).code(2).stderr(str![[r#"
error: invalid value 'publik' for '--audience <WHO>'
  [possible values: internal, public]

  tip: a similar value exists: 'public'

For more information, try '--help'.

"#]]);
    site.run(&["build", "--as-of", "yesterday"]).code(2).stderr(str![[r#"
error: invalid value 'yesterday' for '--as-of <DATE>': expected a date such as `2026-03-14`

For more information, try '--help'.

"#]]);
    site.run(&[]).code(2).stdout("");
}

#[test]
fn a_folder_without_a_project_names_init() {
    SiteTest::new().run(&["build"]).code(2).stdout("").stderr(str![[r#"
error: `.` has neither a `site.toml` nor a folder `content`; start a project with `kb init`, or name the folder of the postmortems with `--content`

"#]]);
}

#[test]
fn options_may_stand_before_the_command() {
    let site = SiteTest::new().file("content/a.md", MINIMAL);
    site.run(&["--as-of", TODAY, "--format", "ndjson", "export"]).fine();
    site.run(&["export", "--format", "ndjson", "--as-of", TODAY]).fine();
}

#[test]
fn broken_settings_are_1_with_the_place_and_the_right_name() {
    let site = SiteTest::new().file("site.toml", "titel = 'x'\n").file("content/a.md", MINIMAL);
    site.build().code(1).stdout("").stderr(str![[r#"
error[config]: unknown key `titel`
 --> site.toml:1:1
  |
1 | titel = 'x'
  | ^^^^^
  |
  = help: did you mean `title`

1 error
nothing was written, `dist/internal` is as it was

"#]]);
}

#[test]
fn settings_that_cannot_be_meant_are_told() {
    let told = |settings: &str| {
        let site = SiteTest::new().file("site.toml", settings).file("content/a.md", MINIMAL);
        site.build().stderr
    };
    for (settings, message) in [
        ("[lint]\nno-ownr = 'warn'\n", "there is no rule `no-ownr`"),
        ("base_url = 'javascript:alert(1)'\n", "`base_url` is no address of a website"),
        ("[audience.public]\nbase_url = 'here'\n", "`base_url` is no address of a website"),
        ("[audience.public]\nhide_sections = ['root cuase']\n", "write `root-cause`"),
    ] {
        assert!(told(settings).contains(message), "{settings}: {}", told(settings));
    }
    for settings in [
        "[severity]\nlevels = ['S1', 'S2']\n",
        "base_url = 'https://example.com/x'\n",
        "[audience.public]\nhide_sections = ['root-cause', 'Money lost']\n",
    ] {
        assert_eq!(told(settings), "", "{settings}");
    }
}

#[test]
fn a_mistyped_path_is_no_clean_one() {
    let site = SiteTest::new().file("content/2026/a.md", MINIMAL);
    let told = site.run(&["check", ".", "content/2026/b.md"]).code(2).stderr;
    assert!(told.contains("is no postmortem of this project; did you mean `content/2026/a.md`"), "{told}");
    for path in ["content/2026/a.md", "./content/2026/a.md", "2026/a.md", "content/2026"] {
        site.run(&["check", ".", path]).fine();
    }
    let told = site.run(&["new", "It broke", "-C", "nowhere"]).code(2).stderr;
    assert!(told.contains("there is no folder `nowhere`") && !site.path().join("nowhere").exists(), "{told}");
}

#[test]
fn answers_say_which_reports_they_lack() {
    let site =
        SiteTest::new().file("content/a.md", MINIMAL).file("content/b.md", b"# T\n\n\xff\xfe frobnicator\n");
    for command in [&["search", "frobnicator"][..], &["stats"], &["actions"], &["similar", "content/a.md"]] {
        let told = site.run(command).code(1).stderr;
        assert!(
            told.contains("content/b.md") && told.contains("missing in this answer"),
            "{command:?}: {told}"
        );
    }
}

#[test]
fn a_date_the_environment_gives_must_be_one() {
    let site = SiteTest::new().file("content/a.md", MINIMAL);
    let mut command = site.command(&["export"]);
    site.outcome(command.env("SOURCE_DATE_EPOCH", "soon")).code(2).stderr(str![[r#"
error: `SOURCE_DATE_EPOCH` is `soon`, expected seconds since 1970 such as `1700000000`

"#]]);
    let mut command = site.command(&["export"]);
    site.outcome(command.env("SOURCE_DATE_EPOCH", "1700000000")).fine();
}

#[test]
fn a_new_project_builds_without_a_finding() {
    let site = SiteTest::new();
    site.run(&["init", "shop", "--as-of", TODAY])
        .fine()
        .stdout(str![[r#"
created site.toml
created content/2026-11-25-example.md
created .gitignore
created .github/workflows/postmortems.yml

"#]])
        .stderr(str![[r#"

next:
  cd shop
  kb build                    build the site into dist/internal
  kb new "What happened"      write a postmortem
  settings are in site.toml, each with its default

"#]]);
    site.run(&["build", "shop", "--strict", "--as-of", TODAY]).fine().stderr("");
    assert!(site.read("shop/dist/internal/index.html").contains("Checkout failed"));
}

#[test]
fn init_never_touches_what_is_there() {
    let site = SiteTest::new().file("site.toml", "title = 'Ours'\n").file("content/a.md", MINIMAL);
    site.run(&["init", "--as-of", TODAY]).fine().stdout(str![[r#"
   kept site.toml
created .gitignore
created .github/workflows/postmortems.yml

"#]]);
    assert_eq!(site.read("site.toml"), "title = 'Ours'\n");
    site.run(&["init"]).fine().stderr("everything is there already\n");
}

#[test]
fn a_new_postmortem_is_a_file_with_what_was_said() {
    let site = SiteTest::new();
    site.run(&["init", "--as-of", TODAY]).fine();
    let arguments =
        ["new", "Hub: down \"again\"", "-s", "p2", "-c", "Cart", "-c", "postgres", "-d", "2026-03-01"];
    site.run(&arguments).fine().stdout("content/2026-03-01-hub-down-again.md\n").stderr(str![[r#"
write beside `kb serve --drafts --open`; it is a draft until you remove `status: draft`

"#]]);
    let text = site.read("content/2026-03-01-hub-down-again.md");
    let front = text.split("---\n").nth(1).unwrap();
    snapbox::assert_data_eq!(
        front,
        str![[r#"
title: "Hub: down /"again/""
date: 2026-03-01
severity: SEV2
components: [checkout, database]
status: draft

"#]]
    );
    site.run(&arguments).code(2).stderr(str![[r#"
error: `content/2026-03-01-hub-down-again.md` exists already; edit it, or choose another title

"#]]);
    assert_eq!(site.read("content/2026-03-01-hub-down-again.md"), text);
}

#[test]
fn a_slip_in_a_severity_or_component_gets_the_right_word() {
    let site = SiteTest::new().file("site.toml", "[components.checkout]\n");
    site.run(&["new", "x", "--severity", "SEVV2"]).code(2).stderr(str![[r#"
error: unknown severity `SEVV2`; did you mean `SEV2`

"#]]);
    site.run(&["new", "x", "--severity", "bad"]).code(2).stderr(str![[r#"
error: unknown severity `bad`; known in `site.toml`: `SEV1`, `SEV2`, `SEV3` or `SEV4`

"#]]);
    site.run(&["new", "x", "--component", "chekout"]).code(2).stderr(str![[r#"
error: unknown component `chekout`; did you mean `checkout`

"#]]);
    assert_eq!(site.list("content"), "");
}

#[test]
fn the_projects_own_template_comes_first() {
    let site = SiteTest::new()
        .file("site.toml", "")
        .file("templates/postmortem.md", "---\nteam: core\n---\n## {{title}}, our way\n")
        .file("drill.md", "## Drill\n");
    site.run(&["new", "Hub", "-d", "2026-03-01"]).fine();
    snapbox::assert_data_eq!(
        site.read("content/2026-03-01-hub.md"),
        str![[r#"
---
team: core
title: Hub
date: 2026-03-01
status: draft
---

## Hub, our way

"#]]
    );
    site.run(&["new", "Drill", "-d", "2026-03-01", "--from", "drill.md"]).fine();
    assert!(site.read("content/2026-03-01-drill.md").ends_with("## Drill\n"));
    site.run(&["new", "Other", "--from", "nowhere.md"]).code(2).stderr(str![[r#"
error: cannot read `nowhere.md`: No such file or directory (os error 2)

"#]]);
}

#[test]
fn any_title_makes_a_file_that_says_that_title() {
    for name in NASTY_NAMES {
        let site = SiteTest::new().file("site.toml", "");
        let made = site.run(&["new", "-d", "2026-03-01", "--", name]).fine();
        let text = site.read(made.stdout.trim_end());
        let front = text.split("---\n").nth(1).unwrap();
        let front: BTreeMap<String, String> = serde_yaml::from_str(front).unwrap();
        assert_eq!(front["title"], name.trim());
    }
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = SiteTest::new().run(&["completions", shell]).fine().stdout;
        assert!(script.contains("export") && script.contains("audience"), "{shell}");
    }
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    let many = "- 14:05 another step, told at some length\n".repeat(5_000);
    let site = SiteTest::new().file("content/a.md", format!("{MINIMAL}\n## Timeline\n\n{many}"));
    let mut child = site.command(&["export"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
}

#[test]
fn colour_is_for_terminals_unless_forced() {
    let site = SiteTest::new().file("site.toml", "titel = 'x'\n").file("content/a.md", MINIMAL);
    let coloured = |name: &str, value: &str, arguments: &[&str]| {
        let mut command = site.command(arguments);
        site.outcome(command.env(name, value)).stderr.contains("\x1b[")
    };
    assert!(!coloured("LANG", "C", &["build"]));
    assert!(coloured("CLICOLOR_FORCE", "1", &["build"]));
    assert!(!coloured("NO_COLOR", "1", &["build"]));
    assert!(coloured("NO_COLOR", "1", &["build", "--color", "always"]));
}
