//! The five whys, as a chain: `**Why?** The disk was full`, `Why did it fail? → because …`, bullets, headings, tables.

use super::context::Context;
use super::lines::{Line, Lined, Shape};
use crate::model::text::plain;
use crate::model::{SectionKind, Why};

/// Deepest branch that is told apart.
const DEEPEST: u8 = 12;

/// Reads the chain of all sections of whys.
pub(super) fn read(context: &Context<'_>, lined: &Lined<'_>) -> Vec<Why> {
    let mut chain = Chain::default();
    let mut read_to = 0;
    for section in context.sections.iter().filter(|section| section.kind == Some(SectionKind::Whys)) {
        let run = lined.inside(section.extent);
        for line in lined.all.get(run.start.max(read_to)..run.end).unwrap_or_default() {
            let title = line.span.start <= section.span.start && section.span.start < line.span.end;
            if !line.quoted && !title && !is_hint(line) {
                let depth = depth(lined, line);
                chain.line(line, depth);
            }
        }
        read_to = read_to.max(run.end);
    }
    chain.whys
}

fn depth(lined: &Lined<'_>, line: &Line<'_>) -> u8 {
    let mut depth = 0;
    let mut parent = line.parent;
    while let Some(at) = parent
        && depth < DEEPEST
    {
        depth += 1;
        parent = lined.get(at).and_then(|line| line.parent);
    }
    depth
}

/// A template's instruction: a paragraph all in italics.
fn is_hint(line: &Line<'_>) -> bool {
    matches!(line.inlines, [only] if matches!(only.kind, crate::model::text::InlineKind::Emphasis(_)))
}

#[derive(Default)]
struct Chain {
    whys: Vec<Why>,
}

impl Chain {
    fn line(&mut self, line: &Line<'_>, depth: u8) {
        match line.shape {
            Shape::Row { head: true } => {}
            Shape::Row { head: false } => self.row(line),
            Shape::Heading(_) => self.push(line, line.text.clone(), String::new(), 0),
            Shape::Text { first: false } => self.go_on(line),
            Shape::Text { first: true } | Shape::Item { .. } | Shape::Term => self.told(line, depth),
        }
    }

    fn told(&mut self, line: &Line<'_>, depth: u8) {
        let (question, answer) = cut(&line.text);
        let open = self.whys.last_mut().filter(|why| why.answer.is_empty());
        match open {
            Some(why) if question.is_empty() => {
                answer.clone_into(&mut why.answer);
                why.span.end = why.span.end.max(line.span.end);
            }
            _ => self.push(line, question.to_owned(), answer.to_owned(), depth),
        }
    }

    fn go_on(&mut self, line: &Line<'_>) {
        if line.text.to_lowercase().trim_start_matches('*').starts_with("why") {
            return self.told(line, 0);
        }
        if let Some(why) = self.whys.last_mut() {
            if !why.answer.is_empty() {
                why.answer.push(' ');
            }
            why.answer.push_str(line.text.trim_start_matches(['→', ' ']));
            why.span.end = why.span.end.max(line.span.end);
        }
    }

    fn row(&mut self, line: &Line<'_>) {
        let cells: Vec<String> = line.cells.iter().map(|cell| plain(&cell.text).trim().to_owned()).collect();
        let texts: Vec<&String> =
            cells.iter().filter(|text| !text.is_empty() && text.parse::<u8>().is_err()).collect();
        match texts.as_slice() {
            [answer] => self.push(line, String::new(), (*answer).clone(), 0),
            [question, answer, ..] => self.push(line, (*question).clone(), (*answer).clone(), 0),
            [] => {}
        }
    }

    fn push(&mut self, line: &Line<'_>, question: String, answer: String, depth: u8) {
        if !question.is_empty() || !answer.is_empty() {
            self.whys.push(Why { question, answer, depth, span: line.span });
        }
    }
}

/// Cuts a line into question and answer: at the `?`, an arrow, or "because" behind a why.
fn cut(text: &str) -> (&str, &str) {
    let marks: &[char] = &['→', ' ', ':', '-', '–', '—', '>', '*', '='];
    let asks = text.trim_start_matches(|c: char| !c.is_alphabetic()).to_lowercase().starts_with("why");
    if let Some((question, rest)) = question_and_rest(text) {
        let answer = rest.trim_start_matches(marks);
        let named = answer
            .split_once(':')
            .filter(|(name, _)| name.trim_end_matches('*').eq_ignore_ascii_case("answer"));
        return (question, named.map_or(answer, |(_, answer)| answer.trim_start_matches(marks)));
    }
    if asks && let Some((question, answer)) = text.split_once(['→', ':']) {
        return (question.trim(), answer.trim_start_matches(marks));
    }
    if asks && let Some(at) = text.find(" because ") {
        return (
            text.get(..at).unwrap_or_default(),
            text.get(at..).unwrap_or_default().trim_start_matches(marks),
        );
    }
    ("", text.trim_start_matches(marks))
}

/// The text up to the mark that ends a question, of any script, and what comes after it. One in an address ends none.
fn question_and_rest(text: &str) -> Option<(&str, &str)> {
    text.match_indices(['?', '？']).find_map(|(at, mark)| {
        let (question, rest) = text.split_at(at + mark.len());
        let ends =
            mark == "？" || !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '&' | '='));
        ends.then_some((question, rest))
    })
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn questions_and_answers_are_cut_apart() {
        for (text, question, answer) in [
            ("Why? The disk was full", "Why?", "The disk was full"),
            ("Why did it fail? → because of a typo", "Why did it fail?", "because of a typo"),
            ("Why 2: nobody looked", "Why 2", "nobody looked"),
            ("なぜ？ → 0 byte", "なぜ？", "0 byte"),
            ("Why did it stop? Answer: it was full", "Why did it stop?", "it was full"),
            ("The page https://a.test/?day=1 was cached", "", "The page https://a.test/?day=1 was cached"),
            ("Logs were never rotated", "", "Logs were never rotated"),
        ] {
            assert_eq!(cut(text), (question, answer), "{text}");
        }
    }
}
