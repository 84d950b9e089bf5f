//! Marks of hidden parts as other tools have them: `:::internal`, `%% internal %%`, `<!-- private -->`. They hide nothing
//! here, and whoever wrote one believes that they do, so a public document with one is not published.

use super::lines;
use crate::diag::{Diagnostic, Source, Span};
use crate::model::fold::folded_text;
use crate::model::text::{Block, BlockKind, Document};

/// Most findings about one text.
const MOST: usize = 20;
/// What such a mark begins with.
const FRAMES: [&str; 13] =
    [":::", "%%", "{%", "{{", "{#", "[//]:", "[comment]:", "[_]:", "<!--", "> [!", "[!", "!!!", "???"];
/// Those of them that end in the same line.
const PAIRS: [(&str, &str); 6] =
    [("%%", "%%"), ("{%", "%}"), ("{{", "}}"), ("{#", "#}"), ("> [!", "]"), ("[!", "]")];
/// What it says, alone or among the words around it.
const HIDDEN: [&str; 5] = ["internal", "private", "confidential", "restricted", "nonpublic"];
const AROUND: [&str; 17] = [
    "audience", "begin", "block", "endif", "do", "end", "ends", "for", "if", "non", "not", "only", "part",
    "publish", "section", "start", "starts",
];

/// The marks of other tools in the Markdown that begins at byte `body` of `source` and was read as `document`.
pub(super) fn marks(source: &Source, body: usize, document: &Document) -> Vec<Diagnostic> {
    let lines = lines::trimmed(source.text.get(body..).unwrap_or_default(), body);
    let mut marks = lines.filter(|(_, line)| is_mark(line)).peekable();
    let mut code = Vec::new();
    if marks.peek().is_some() {
        fences(&document.blocks, &mut code);
    }
    let shown = marks.filter(|(start, _)| !code.iter().any(|span: &Span| span.range().contains(start)));
    let told = shown.map(|(start, mark)| {
        let message = format!("`{mark}` looks like the mark of an internal part and is none");
        let help = "write it as `<!-- internal -->` or `<!-- /internal -->`, each on a line of its own";
        let span = Span::new(start, start + mark.len());
        Diagnostic::error("internal", source, span, message).help(help)
    });
    told.take(MOST).collect()
}

fn is_mark(line: &str) -> bool {
    if line.len() > 80 || !FRAMES.iter().any(|frame| line.starts_with(frame)) {
        return false;
    }
    // Right and nearly right comments that say `internal` are told of where parts are cut.
    let comment = line.starts_with("<!--");
    if comment && line.find("-->").is_none_or(|end| end + 3 < line.len()) {
        return false;
    }
    // `{{< internal >}}words`: what stands behind the mark is what it means to hide.
    let framed = PAIRS.iter().find_map(|(open, close)| {
        let inside = line.strip_prefix(open)?;
        inside.split_once(close).map(|(inside, _)| inside)
    });
    let line = framed.unwrap_or(line);
    let folded = folded_text(line);
    let folded = folded.strip_prefix("[comment]").unwrap_or(&folded);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let hides = |word: &&str| HIDDEN.contains(word) && !(comment && *word == "internal");
    let negated = words.windows(2).any(|pair| matches!(pair, ["not" | "non", "public"] | ["not", "publish"]));
    let known = |word: &&str| HIDDEN.contains(word) || AROUND.contains(word) || negated && *word == "public";
    (words.iter().any(hides) || negated) && words.iter().all(known)
}

fn fences(blocks: &[Block], spans: &mut Vec<Span>) {
    for block in blocks {
        if matches!(block.kind, BlockKind::Code(_)) {
            spans.push(block.span);
        }
        for children in block.children() {
            fences(children, spans);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_mark;

    #[test]
    fn marks_of_other_tools_are_known() {
        for line in [
            ":::internal",
            "::: private",
            "%% internal %%",
            "{% internal %}",
            "{% endif internal %}",
            "[//]: # (internal)",
            "> [!INTERNAL]",
            "!!! internal",
            "{# internal #}",
            "{{< internal >}}words{{< /internal >}}",
            "[comment]: # (end internal)",
            "<!-- private -->",
            "<!-- /confidential -->",
            "<!-- not public -->",
            "<!-- do not publish -->",
        ] {
            assert!(is_mark(line), "{line}");
        }
    }

    #[test]
    fn remarks_and_words_are_not() {
        for line in [
            "internal",
            "## Internal",
            "<!-- internal -->",
            "<!-- the private network was down -->",
            "<!-- TODO -->",
            "[internal]: https://a.example/",
            "{{ internal.value }}",
            ":::note",
            "%% private key %%",
        ] {
            assert!(!is_mark(line), "{line}");
        }
    }
}
