//! The query language: from what a reader typed to a tree. Nothing is an error; what could not be read is told.
//!
//! ```text
//! query = or                                    or   = and { "OR" and }
//! and   = unit { [ "AND" ] unit }               unit = { "NOT" | "-" | "+" } ( "(" query ")" | text )
//! text  = [ field ":" ] ( '"' words '"' | word ) [ "*" ] [ "^" number ]
//! ```
//!
//! Fields are the columns (`title:`), the facets (`component:`), `id:`, `date:`, `after:` and `before:`. A word before a
//! colon that is none of these is plain text, as in `x509: certificate`. Open quotes and brackets close at the end.

use super::column::Column;
use super::dates;
use super::filter::Facet;
use super::words::is_cjk;
use jiff::civil::Date;

/// Deepest nesting of brackets; deeper ones are read as if they were not there.
const DEEPEST: usize = 16;
/// Most words and filters of a query.
const MOST_UNITS: usize = 64;

/// A query as a tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// All of these.
    And(Vec<Node>),
    /// Any of these.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// Words to be found.
    Text(Text),
    /// A condition that adds nothing to the score.
    Filter(Filter),
}

/// Words to be found, in one place if there are several.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// Where; anywhere if not said.
    pub column: Option<Column>,
    /// The words as typed.
    pub words: String,
    /// Whether they stood in quotes.
    pub quoted: bool,
    /// Whether the last word may go on.
    pub prefix: bool,
    /// How much it counts, 1 unless `^2` says otherwise.
    pub boost: f32,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// A facet has this value.
    Value(Facet, String),
    /// The date lies between these days, ends included.
    Dates(Option<Date>, Option<Date>),
    /// The id or slug.
    Id(String),
}

/// A query that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// What is asked for; an empty *and* asks for everything.
    pub root: Node,
    /// What could not be read, in words for the reader.
    pub unread: Vec<String>,
}

/// Reads `text`. While the reader is still `typing`, the last word may go on.
pub fn parse(text: &str, typing: bool) -> Query {
    let mut parser = Parser { text, at: 0, depth: 0, units: 0, typing, unread: Vec::new() };
    let mut parts = Vec::new();
    while parser.at < text.len() {
        parts.extend(parser.or());
        parser.take(")");
    }
    let root = if parts.len() == 1 { parts.remove(0) } else { Node::And(parts) };
    Query { root, unread: parser.unread }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    units: usize,
    typing: bool,
    unread: Vec<String>,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn take(&mut self, sign: &str) -> bool {
        let found = self.rest().starts_with(sign);
        self.at += if found { sign.len() } else { 0 };
        found
    }

    /// Takes an operator that stands as a word of its own.
    fn take_word(&mut self, word: &str) -> bool {
        let after = self.rest().strip_prefix(word);
        let alone =
            after.is_some_and(|after| after.chars().next().is_none_or(|c| c.is_whitespace() || c == '('));
        alone && self.take(word)
    }

    fn or(&mut self) -> Option<Node> {
        let mut any = Vec::new();
        loop {
            any.extend(self.and());
            self.skip_space();
            if !self.take_word("OR") {
                break;
            }
        }
        if any.len() > 1 { Some(Node::Or(any)) } else { any.pop() }
    }

    fn and(&mut self) -> Option<Node> {
        let mut all: Vec<Node> = Vec::new();
        loop {
            self.skip_space();
            let rest = self.rest();
            if rest.is_empty() || (rest.starts_with(')') && self.depth > 0) {
                break;
            }
            let before_or = self.at;
            if self.take_word("OR") {
                self.at = before_or;
                break;
            }
            if self.take_word("AND") {
                continue;
            }
            if let Some(unit) = self.unit().filter(|unit| !all.contains(unit)) {
                all.push(unit);
            }
        }
        if all.len() > 1 { Some(Node::And(all)) } else { all.pop() }
    }

    fn unit(&mut self) -> Option<Node> {
        let mut positive = true;
        loop {
            self.skip_space();
            let sign = self.rest().chars().next();
            let follows = self.rest().chars().nth(1).is_some_and(|c| !c.is_whitespace());
            if self.take_word("NOT") {
                positive = !positive;
            } else if follows && sign == Some('-') {
                positive = !positive;
                self.at += 1;
            } else if follows && sign == Some('+') {
                self.at += 1;
            } else {
                break;
            }
        }
        let node = if self.rest().starts_with('(') { self.group() } else { self.text() };
        node.map(|node| if positive { node } else { Node::Not(Box::new(node)) })
    }

    fn group(&mut self) -> Option<Node> {
        self.at += 1;
        if self.depth == DEEPEST {
            return None;
        }
        self.depth += 1;
        let inner = self.or();
        self.depth -= 1;
        self.skip_space();
        self.take(")");
        inner
    }

    fn text(&mut self) -> Option<Node> {
        let start = self.at;
        let field = self.field();
        let quoted = self.take("\"");
        let words = if quoted { self.quotation() } else { self.word() };
        let mut text = Text { column: None, words: words.to_owned(), quoted, prefix: false, boost: 1.0 };
        if quoted {
            text.prefix = self.take("*");
            text.boost = self.quoted_boost();
        } else {
            (text.words, text.boost) = word_boost(words);
            text.prefix = text.words.ends_with('*');
            text.prefix |=
                self.typing && field.is_none() && self.at == self.text.len() && can_go_on(&text.words);
        }
        self.units += 1;
        if self.units == MOST_UNITS + 1 {
            self.unread.push(format!("only the first {MOST_UNITS} words were read"));
        }
        if self.units > MOST_UNITS {
            return None;
        }
        let written = self.text.get(start..self.at).unwrap_or_default().trim_end();
        self.meaning(field, text, written)
    }

    fn meaning(&mut self, field: Option<Field>, mut text: Text, written: &str) -> Option<Node> {
        let empty = !text.words.contains(char::is_alphanumeric);
        let Some(field) = field else {
            return (!empty).then_some(Node::Text(text));
        };
        if empty {
            self.unread.push(format!("`{written}` names nothing to look for"));
            return None;
        }
        let read = match field {
            Field::Column(column) => {
                text.column = Some(column);
                return Some(Node::Text(text));
            }
            Field::Id => Some(Node::Filter(Filter::Id(text.words))),
            Field::Facet(Facet::Year) | Field::Date => dates::range(&text.words).map(dates_node),
            Field::After => dates::period(&text.words).map(|(first, _)| dates_node((Some(first), None))),
            Field::Before => {
                dates::period(&text.words).map(|(first, _)| dates_node((None, first.yesterday().ok())))
            }
            Field::Facet(facet) => values(facet, &text.words, text.quoted),
        };
        if read.is_none() {
            self.unread.push(format!("`{written}` is no date, write `2025`, `2025-01` or `2025-01-31`"));
        }
        read
    }

    /// A known field before a colon.
    fn field(&mut self) -> Option<Field> {
        let rest = self.rest();
        let (name, value) = rest.split_once(':')?;
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphabetic()) || value.starts_with("//")
        {
            return None;
        }
        let field = Field::named(name)?;
        self.at += name.len() + 1;
        Some(field)
    }

    fn quotation(&mut self) -> &'t str {
        let rest = self.rest();
        let words = rest.split('"').next().unwrap_or(rest);
        self.at += words.len();
        self.take("\"");
        words
    }

    /// Up to the next space, quote, or bracket that closes a group; brackets inside a word (`close()`) are part of it.
    fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let mut open = 0usize;
        let end = rest.find(|c: char| match c {
            '(' => {
                open += 1;
                false
            }
            ')' if open > 0 => {
                open -= 1;
                false
            }
            ')' => self.depth > 0,
            _ => c.is_whitespace() || c == '"',
        });
        let word = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        self.at += word.len();
        if word.is_empty() {
            self.at += rest.chars().next().map_or(0, char::len_utf8);
        }
        word
    }

    fn quoted_boost(&mut self) -> f32 {
        let Some(after) = self.rest().strip_prefix('^') else {
            return 1.0;
        };
        let digits = after.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(after.len());
        let Some(boost) = after.get(..digits).and_then(boost) else {
            return 1.0;
        };
        self.at += 1 + digits;
        boost
    }
}

enum Field {
    Column(Column),
    Facet(Facet),
    Id,
    Date,
    After,
    Before,
}

impl Field {
    fn named(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "id" => Some(Self::Id),
            "date" => Some(Self::Date),
            "after" | "since" => Some(Self::After),
            "before" | "until" => Some(Self::Before),
            _ => Facet::named(name).map(Self::Facet).or_else(|| Column::named(name).map(Self::Column)),
        }
    }
}

fn dates_node((from, to): (Option<Date>, Option<Date>)) -> Node {
    Node::Filter(Filter::Dates(from, to))
}

/// `severity:1,2` asks for either.
fn values(facet: Facet, written: &str, quoted: bool) -> Option<Node> {
    let node = |value: &str| Node::Filter(Filter::Value(facet, value.to_owned()));
    if quoted {
        return Some(node(written.trim()));
    }
    let mut any: Vec<Node> = written.split(',').filter(|value| !value.is_empty()).map(node).collect();
    if any.len() > 1 { Some(Node::Or(any)) } else { any.pop() }
}

fn word_boost(word: &str) -> (String, f32) {
    let found = word.rsplit_once('^').and_then(|(before, after)| Some((before.to_owned(), boost(after)?)));
    found.filter(|(before, _)| !before.is_empty()).unwrap_or_else(|| (word.to_owned(), 1.0))
}

fn boost(number: &str) -> Option<f32> {
    let plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let boost: f32 = number.parse().ok().filter(|_| plain)?;
    Some(boost.clamp(0.1, 10.0))
}

/// Whether a word is long enough to be completed: three letters, two where words are written without spaces.
fn can_go_on(word: &str) -> bool {
    let least = if word.chars().any(is_cjk) { 2 } else { 3 };
    word.chars().rev().take_while(|c| c.is_alphanumeric()).count() >= least
}

#[cfg(test)]
mod tests {
    use super::super::words::{WordKind, split};
    use super::*;

    /// The tree in one line.
    fn tree(node: &Node) -> String {
        let all = |nodes: &[Node]| nodes.iter().map(tree).collect::<Vec<_>>();
        match node {
            Node::And(nodes) => format!("({})", all(nodes).join(" & ")),
            Node::Or(nodes) => format!("({})", all(nodes).join(" | ")),
            Node::Not(inner) => format!("!{}", tree(inner)),
            Node::Filter(Filter::Value(facet, value)) => format!("{}={value}", facet.name()),
            Node::Filter(Filter::Id(id)) => format!("id={id}"),
            Node::Filter(Filter::Dates(from, to)) => {
                let day = |day: &Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
                format!("{}..{}", day(from), day(to))
            }
            Node::Text(text) => {
                let column = text.column.map(|column| format!("{}:", column.name())).unwrap_or_default();
                let quote = if text.quoted { "'" } else { "" };
                let star = if text.prefix && !text.words.ends_with('*') { "*" } else { "" };
                let boost =
                    if (text.boost - 1.0).abs() < 0.01 { String::new() } else { format!("^{}", text.boost) };
                format!("{column}{quote}{}{quote}{star}{boost}", text.words)
            }
        }
    }

    fn read(text: &str) -> String {
        tree(&parse(text, false).root)
    }

    #[test]
    fn words_side_by_side_are_all_wanted() {
        assert_eq!(read("pool exhausted"), "(pool & exhausted)");
        assert_eq!(read("pool AND exhausted pool"), "(pool & exhausted)");
        assert_eq!(read("a b OR c"), "((a & b) | c)");
        assert_eq!(read("a (b OR c) -d"), "(a & (b | c) & !d)");
        assert_eq!(read("or and not"), "(or & and & not)");
    }

    #[test]
    fn signs_negate_only_what_they_touch() {
        assert_eq!(read("-pool"), "!pool");
        assert_eq!(read("a - b"), "(a & b)");
        assert_eq!(read("--force"), "force");
        assert_eq!(read("NOT \"out of memory\""), "!'out of memory'");
        assert_eq!(read("gke-resource"), "gke-resource");
    }

    #[test]
    fn fields_are_the_ones_kb_knows() {
        assert_eq!(read("component:db severity:1,2"), "(component=db & (severity=1 | severity=2))");
        assert_eq!(read("title:\"hub down\"^2"), "title:'hub down'^2");
        assert_eq!(read("x509: certificate"), "(x509: & certificate)");
        assert_eq!(read("after:2025-01 before:2025-03"), "(2025-01-01.. & ..2025-02-28)");
        assert_eq!(read("year:2024"), "2024-01-01..2024-12-31");
        assert_eq!(read("is:near-miss kind:incident"), "(is=near-miss & is=incident)");
        assert_eq!(read("error:timeout"), "error:timeout");
    }

    #[test]
    fn what_stays_open_closes_at_the_end() {
        assert_eq!(read("\"out of mem"), "'out of mem'");
        assert_eq!(read("(a OR b"), "(a | b)");
        assert_eq!(read("a) b"), "(a) & b)");
        assert_eq!(read("close() (x)"), "(close() & x)");
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        assert_eq!(parse("after:soon", false).unread.len(), 1);
        assert_eq!(parse("component: x", false).unread, ["`component:` names nothing to look for"]);
        assert_eq!(parse(&"a ".repeat(9), false).unread.len(), 0);
        let many: Vec<String> = (0..200).map(|n| format!("w{n}")).collect();
        assert_eq!(parse(&many.join(" "), false).unread, ["only the first 64 words were read"]);
    }

    #[test]
    fn the_last_word_goes_on_while_typing() {
        assert_eq!(tree(&parse("pool exh", true).root), "(pool & exh*)");
        assert_eq!(tree(&parse("pool ex", true).root), "(pool & ex)");
        assert_eq!(tree(&parse("pool exh ", true).root), "(pool & exh)");
        assert_eq!(tree(&parse("\"pool exh", true).root), "'pool exh'");
        assert_eq!(read("rep*"), "rep*");
    }

    /// The page reads questions with rules of its own; both are held to these.
    #[test]
    fn questions_are_read_as_the_page_reads_them() {
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/search-vectors.json")).unwrap();
        let questions = vectors["questions"].as_array().unwrap();
        assert!(questions.len() >= 100);
        for one in questions {
            let text = one["text"].as_str().unwrap();
            let query = parse(text, one["typing"].as_bool().unwrap());
            let unread = one["unread"].as_u64().unwrap();
            assert_eq!(
                (tree(&query.root), query.unread.len() as u64),
                (one["tree"].as_str().unwrap().into(), unread),
                "{text}"
            );
        }
        for one in vectors["texts"].as_array().unwrap() {
            let mut words = Vec::new();
            split(one["text"].as_str().unwrap(), &mut |word| {
                let whole = if word.kind == WordKind::Whole { "=" } else { "" };
                words.push(format!("{whole}{}@{}", word.text, word.position));
            });
            assert_eq!(words.join(" "), one["words"].as_str().unwrap());
        }
    }

    #[test]
    fn brackets_nest_as_deep_as_anyone_needs() {
        let deep = format!("{}a{}", "(".repeat(5000), ")".repeat(5000));
        assert!(read(&deep).contains('a'));
    }
}
