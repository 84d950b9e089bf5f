//! Code with its parts named by a handful of classes: colours are the style sheet's business, and no style is written
//! into the page.

use super::escape;
use std::sync::LazyLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// Code longer than this is not coloured: its readers search, and the time is better spent.
const LONGEST: usize = 32 * 1024;

/// A line longer than this is no code anyone wrote by hand.
const LONGEST_LINE: usize = 1_000;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Scopes by class, the telling ones first.
static CLASSES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    let named = [
        ("comment", "c"),
        ("string", "s"),
        ("constant.character.escape", "n"),
        ("constant", "n"),
        ("markup.inserted", "s"),
        ("markup.deleted", "d"),
        ("meta.diff.header", "c"),
        ("keyword.operator", ""),
        ("keyword", "k"),
        ("storage", "k"),
        ("entity.name.tag", "k"),
        ("entity.name", "f"),
        ("support.function", "f"),
        ("entity.other.attribute-name", "f"),
        ("variable.parameter", "v"),
    ];
    named.into_iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, class))).collect()
});

/// `code` as HTML with spans of the classes `c` (comment), `s` (string), `n` (constant), `k` (keyword), `f` (name),
/// `v` (parameter) and `d` (removed). `None` where the language is not known, or the code is too long.
pub(super) fn classes(language: &str, code: &str) -> Option<String> {
    if language.is_empty() || code.len() > LONGEST || code.lines().any(|line| line.len() > LONGEST_LINE) {
        return None;
    }
    let syntax = known(language)?;
    let mut state = ParseState::new(syntax);
    let mut scopes = ScopeStack::new();
    let mut out = Spans { html: String::with_capacity(code.len() * 2), class: "" };
    for line in code.split_inclusive('\n') {
        let changes = state.parse_line(line, &SYNTAXES).ok()?;
        let mut from = 0;
        for (at, change) in changes {
            out.push(line.get(from..at).unwrap_or_default(), class(&scopes));
            scopes.apply(&change).ok()?;
            from = at;
        }
        out.push(line.get(from..).unwrap_or_default(), class(&scopes));
    }
    Some(out.finish())
}

fn known(language: &str) -> Option<&'static SyntaxReference> {
    let name = match language {
        "text" | "txt" | "plain" | "plaintext" | "console" | "output" | "log" | "none" => return None,
        "shell" | "sh-session" | "zsh" | "fish" | "shellsession" => "bash",
        "jsonc" | "json5" => "json",
        "golang" => "go",
        "patch" => "diff",
        "py" | "python3" => "python",
        other => other,
    };
    SYNTAXES.find_syntax_by_token(name)
}

fn class(scopes: &ScopeStack) -> &'static str {
    let of = |scope: &Scope| {
        CLASSES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
    };
    scopes.as_slice().iter().rev().find_map(of).unwrap_or("")
}

struct Spans {
    html: String,
    class: &'static str,
}

impl Spans {
    fn push(&mut self, text: &str, class: &'static str) {
        if text.is_empty() {
            return;
        }
        // White space looks the same in every colour.
        if class != self.class && !text.trim().is_empty() {
            self.end();
            if !class.is_empty() {
                self.html.push_str("<span class=\"");
                self.html.push_str(class);
                self.html.push_str("\">");
            }
            self.class = class;
        }
        escape::text(text, &mut self.html);
    }

    fn end(&mut self) {
        if !self.class.is_empty() {
            self.html.push_str("</span>");
        }
        self.class = "";
    }

    fn finish(mut self) -> String {
        self.end();
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_languages_get_classes_and_others_are_left_alone() {
        let json = classes("json", "{\"a\": 1} \n").unwrap();
        assert!(json.contains("<span class=\"s\">") && json.contains("<span class=\"n\">1"), "{json}");
        assert_eq!(classes("klingon", "x"), None);
        assert_eq!(classes("", "x"), None);
        assert_eq!(classes("json", &"x".repeat(LONGEST + 1)), None);
    }

    #[test]
    fn code_is_escaped_and_nothing_of_it_is_lost() {
        let bash = classes("bash", "echo '<b>' && true # done\n").unwrap();
        assert!(bash.contains("&lt;b&gt;") && bash.contains("&amp;&amp;"), "{bash}");
        assert_eq!(bash.matches("<span").count(), bash.matches("</span>").count());
    }
}
