//! What the reader of TOML says of a settings file, in the words of those who write one.

use crate::diag::{Diagnostic, Source, Span, words};

/// A finding about `error`, with the name or the kind of value that was meant.
pub(super) fn explain(error: &toml::de::Error, source: &Source) -> Diagnostic {
    let span = error.span().map_or(Span::at(0), Span::from);
    let message = error.message().trim_end_matches('.').to_owned();
    let finding = |message: String| Diagnostic::error("config", source, span, message);
    let expected = |kind: &str| message.strip_prefix(kind)?.split_once(", expected ");
    if let Some((is, wanted)) = expected("invalid type: ") {
        return finding(format!("{} stands here, and {} belongs here", plainly(is), plainly(wanted)));
    }
    if let Some((is, known)) = expected("unknown variant ") {
        return finding(format!("{is} is nothing that can stand here"))
            .help(format!("write {}", words::alternatives(&quoted(known))));
    }
    let Some(rest) = message.strip_prefix("unknown field `") else {
        return finding(message.clone());
    };
    let (typed, rest) = rest.split_once('`').unwrap_or((rest, ""));
    let known = quoted(rest);
    let told = finding(format!("unknown key `{typed}`"));
    match words::nearest(typed, known.iter().copied()) {
        Some(near) => told.help(format!("did you mean `{near}`")),
        None => told.help(format!("known keys here are {}", words::alternatives(&known))),
    }
}

/// What stands between backquotes.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// Kinds of values in the words of those who write settings.
fn plainly(kind: &str) -> String {
    let words = [
        ("a string", "a text in quotes"),
        ("a boolean", "`true` or `false`"),
        ("boolean ", "the value "),
        ("string ", "the text "),
        ("integer ", "the number "),
        ("floating point ", "the number "),
        ("a sequence", "a list in `[ ]`"),
        ("sequence", "a list"),
        ("a map", "a table"),
        ("map", "a table"),
    ];
    if kind.starts_with("struct ") {
        return "a table".to_owned();
    }
    if ["usize", "u8", "u16", "u32", "u64", "i64"].contains(&kind) {
        return "a whole number".to_owned();
    }
    if ["f32", "f64"].contains(&kind) {
        return "a number".to_owned();
    }
    let known = words.iter().find_map(|(word, plain)| Some([plain, kind.strip_prefix(word)?].concat()));
    known.unwrap_or_else(|| kind.to_owned())
}
