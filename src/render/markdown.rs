//! A document as plain Markdown, for systems that take nothing else: the postmortem field of a status page.
//!
//! What comes out is GitHub's dialect without HTML and pictures, with full addresses where links lead into the site, since
//! anything else means nothing elsewhere. It is written from the tree that the pages of the same audience are made from, never from the source.

use crate::model::text::{Block, BlockKind, Cell, Inline, InlineKind, Item, List, Row, Table, plain};

/// The full address of a link's target as written; `None` where it leads nowhere from outside.
pub type Links<'l> = &'l dyn Fn(&str) -> Option<String>;

/// `blocks` as Markdown, with headings `deeper` levels down.
pub fn markdown(blocks: &[Block], deeper: u8, links: Links<'_>) -> String {
    let mut writer = Writer { out: String::new(), deeper, links };
    writer.blocks(blocks, "");
    let text = writer.out.trim().to_owned();
    if text.is_empty() { text } else { text + "\n" }
}

struct Writer<'l> {
    out: String,
    deeper: u8,
    links: Links<'l>,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block], indent: &str) {
        for block in blocks {
            self.block(block, indent);
        }
    }

    /// Adds `text`, every line behind `indent`, and an empty line.
    fn put(&mut self, text: &str, indent: &str) {
        for line in text.lines() {
            self.out += format!("{indent}{line}").trim_end();
            self.out.push('\n');
        }
        self.out.push('\n');
    }

    fn block(&mut self, block: &Block, indent: &str) {
        match &block.kind {
            BlockKind::Heading(heading) => {
                let level = usize::from(heading.level.saturating_add(self.deeper).clamp(1, 6));
                self.put(
                    &format!(
                        "{} {}",
                        "#".repeat(level),
                        inlines(&heading.text, self.links).replace('\n', " ")
                    ),
                    indent,
                );
            }
            BlockKind::Paragraph(text) => {
                let text = inlines(text, self.links);
                if !text.trim().is_empty() {
                    self.put(&text.lines().map(line_start).collect::<Vec<_>>().join("\n"), indent);
                }
            }
            BlockKind::Quote(alert, inner) => {
                if let Some(alert) = alert {
                    self.put(&format!("> **{}**", alert.word()), indent);
                }
                let quoted = markdown(inner, self.deeper, self.links);
                let lines: Vec<String> = quoted.lines().map(|line| format!("> {line}")).collect();
                self.put(&lines.join("\n"), indent);
            }
            BlockKind::Code(code) => {
                // A fence longer than any in the text.
                let longest = code.text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
                let fence = "`".repeat(longest.max(2) + 1);
                self.put(
                    &format!("{fence}{}\n{}\n{fence}", code.language, code.text.trim_end_matches('\n')),
                    indent,
                );
            }
            BlockKind::List(list) => self.list(list, indent),
            BlockKind::Table(table) => self.put(&rows(table, self.links), indent),
            BlockKind::Definitions(all) => {
                for one in all {
                    self.put(&format!("**{}**", inlines(&one.term, self.links)), indent);
                    one.details.iter().for_each(|details| self.blocks(details, indent));
                }
            }
            BlockKind::Footnote(name, inner) => {
                self.put(&format!("{}:", escaped(name)), indent);
                self.blocks(inner, indent);
            }
            BlockKind::Rule => self.put("---", indent),
            BlockKind::Html(_) => {}
        }
    }

    fn list(&mut self, list: &List, indent: &str) {
        for (number, item) in list.items.iter().enumerate() {
            let mark = match list.start {
                Some(start) => format!("{}. ", start.saturating_add(number as u64)),
                None => "- ".to_owned(),
            };
            self.item(item, &mark, indent, list.loose);
            if !list.loose && self.out.ends_with("\n\n") {
                self.out.pop();
            }
        }
        if !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn item(&mut self, item: &Item, mark: &str, indent: &str, loose: bool) {
        let begun = self.out.len();
        let inner = format!("{indent}{}", " ".repeat(mark.len()));
        for block in &item.blocks {
            // An empty line before a list inside would make the whole list a loose one.
            let follows = matches!(block.kind, BlockKind::List(_)) && self.out.len() > begun;
            if follows && !loose && self.out.ends_with("\n\n") {
                self.out.pop();
            }
            self.block(block, &inner);
        }
        let task = item.task.map_or("", |done| if done { "[x] " } else { "[ ] " });
        let own = self.out.split_off(begun);
        let own = own.strip_prefix(&inner).unwrap_or(&own);
        self.out += &format!("{indent}{mark}{task}{}", if own.is_empty() { "\n" } else { own });
        // A list inside a list follows without an empty line.
        while self.out.ends_with("\n\n\n") {
            self.out.pop();
        }
    }
}

fn rows(table: &Table, links: Links<'_>) -> String {
    let line = |row: &Row| {
        let cells: Vec<String> = row.cells.iter().map(|one| cell(one, links)).collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut lines = vec![line(&table.head), format!("|{}", "---|".repeat(table.head.cells.len().max(1)))];
    lines.extend(table.rows.iter().map(line));
    lines.join("\n")
}

fn cell(cell: &Cell, links: Links<'_>) -> String {
    inlines(&cell.text, links).replace('\n', " ").replace('|', "\\|")
}

fn inlines(all: &[Inline], links: Links<'_>) -> String {
    all.iter().map(|one| inline(one, links)).collect()
}

fn inline(one: &Inline, links: Links<'_>) -> String {
    match &one.kind {
        InlineKind::Text(text) => escaped(text),
        InlineKind::Code(text) => {
            let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
            let fence = "`".repeat(longest + 1);
            let space = if longest > 0 { " " } else { "" };
            format!("{fence}{space}{}{space}{fence}", text.replace('\n', " "))
        }
        InlineKind::Emphasis(inner) => format!("*{}*", inlines(inner, links)),
        InlineKind::Strong(inner) => format!("**{}**", inlines(inner, links)),
        InlineKind::Strike(inner) => format!("~~{}~~", inlines(inner, links)),
        InlineKind::Link(link) => {
            let text = inlines(&link.text, links);
            let web = |target: &String| target.starts_with("https://") || target.starts_with("http://");
            match links(&link.target).filter(web) {
                Some(target) => {
                    let target =
                        target.replace([' ', '<', '>', '\n'], "").replace('(', "%28").replace(')', "%29");
                    format!("[{text}]({target})")
                }
                None => text,
            }
        }
        InlineKind::Image(link) => escaped(&plain(&link.text)),
        InlineKind::SoftBreak => "\n".to_owned(),
        InlineKind::HardBreak => "  \n".to_owned(),
        InlineKind::FootnoteMark(name) => format!(" ({})", escaped(name)),
        InlineKind::Html(_) => String::new(),
    }
}

/// `text` with everything escaped that would be markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A line of a paragraph whose start would make it something else.
fn line_start(line: &str) -> String {
    let line = line.trim_start();
    let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or_default();
    let numbered = digits > 0 && line.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')']));
    if line.starts_with(['#', '-', '+', '>', '=', '|']) {
        format!("\\{line}")
    } else if numbered {
        let (number, rest) = line.split_at(digits);
        format!("{number}\\{rest}")
    } else {
        line.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::SiteConfig;
    use crate::corpus::{Corpus, publish};
    use crate::diag::Source;
    use crate::model::Audience;
    use crate::parse::{ParseOptions, postmortem};

    /// The tree of a text, with places forgotten.
    fn shape(text: &str) -> (String, String) {
        let config = SiteConfig::default();
        let draft =
            postmortem(&Source::new("a.md", format!("# T\n\n{text}").as_str()), &ParseOptions::new(&config))
                .value;
        let corpus = Corpus::gather(vec![draft], Vec::new(), &config).value;
        let edition = publish(&corpus, Audience::Internal, &config, true);
        let blocks = edition.incidents[0].incident.document.blocks.clone();
        let written = markdown(&blocks, 0, &|target| Some(target.to_owned()));
        (crate::model::text::plain_blocks(&blocks), written.replacen("# T\n\n", "", 1))
    }

    #[test]
    fn what_is_written_reads_as_the_same() {
        for text in [
            "A *b* **c** ~~d~~ `e|f` [g](https://h.example/(i)) 5 < 6 a_b_c \\# x\n",
            "- one\n- two\n  - deeper\n  - and `` ` ``\n- [x] done\n\n1. first\n2. second\n\n   more\n",
            "| a | b |\n|---|---|\n| 1 | x \\| y |\n\n> quoted\n>\n> - list\n\n```sh\nls `x`\n```\n",
            "## Deeper\n\n3\\. no list\n\n\\- no list either\n\n---\n",
        ] {
            let (plain, written) = shape(text);
            let (again, twice) = shape(&written);
            assert_eq!(plain, again, "{written}");
            assert_eq!(written, twice);
        }
    }

    #[test]
    fn what_means_nothing_elsewhere_is_left_out() {
        let (_, written) = shape("See [that](../b.md) ![a picture](x.png) <b>c</b>\n\n<div>raw</div>\n");
        assert_eq!(written, "See that a picture c\n");
    }
}
