//! Text into words, the same for what is indexed, what is asked, and what is marked in a result.
//!
//! A word is a run of alphanumeric characters. Runs held together by one `_`, `-`, `.` or by `::` are an identifier:
//! it counts as a whole (`gke-resource-quotas` → `gkeresourcequotas`) and in its parts; `NodeLost` does the same at its
//! capitals. Chinese, Japanese and Korean have no spaces, so their runs become overlapping pairs.

/// How a word came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// A word of its own, or a part of an identifier: has a position.
    Leaf,
    /// An identifier as a whole; stands at the position of its first part.
    Whole,
}

/// One word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'t> {
    /// As written; for an identifier of several runs, without what joins them.
    pub text: &'t str,
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Number of leaves before it.
    pub position: u32,
    /// How it came to be.
    pub kind: WordKind,
}

/// Longest word in bytes; longer runs are data, not words. They keep their position.
const LONGEST: usize = 63;
/// Most runs of one identifier.
const MOST_RUNS: usize = 8;

/// Calls `visit` for every word of `text`, in order; a whole comes before its parts.
pub fn split(text: &str, visit: &mut impl FnMut(Word<'_>)) {
    let mut splitter = Splitter { text, position: 0, joined: String::new(), parts: Vec::new() };
    let mut chain: Vec<Run> = Vec::with_capacity(MOST_RUNS);
    let mut at = 0;
    while let Some(run) = next_run(text, at) {
        let joins = chain.last().is_some_and(|last: &Run| holds_together(&text[last.end..run.start]));
        if !joins || chain.len() == MOST_RUNS {
            splitter.chain(&chain, visit);
            chain.clear();
        }
        at = run.end;
        chain.push(run);
    }
    splitter.chain(&chain, visit);
}

/// Whether `c` belongs to a script that writes without spaces between words.
pub fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11FF | 0x3005..=0x3007 | 0x3040..=0x30FF | 0x3130..=0x318F | 0x31F0..=0x31FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF | 0xFF66..=0xFF9F
        | 0x20000..=0x323AF)
}

/// A run of alphanumeric characters, with what was seen on the way.
struct Run {
    start: usize,
    end: usize,
    mixed_case: bool,
    cjk: bool,
}

fn next_run(text: &str, from: usize) -> Option<Run> {
    let start = find(text, from, char::is_alphanumeric)?;
    let end = find(text, start, |c| !c.is_alphanumeric()).unwrap_or(text.len());
    let run = text.get(start..end)?;
    let ascii = run.is_ascii();
    let capital = if ascii {
        run.bytes().skip(1).any(|byte| byte.is_ascii_uppercase())
    } else {
        run.chars().skip(1).any(char::is_uppercase)
    };
    let mixed_case = capital && run.chars().any(char::is_lowercase);
    Some(Run { start, end, mixed_case, cjk: !ascii && run.chars().any(is_cjk) })
}

/// The first character from `from` on that is `wanted`; most text is ASCII and is looked at byte by byte.
fn find(text: &str, from: usize, wanted: impl Fn(char) -> bool) -> Option<usize> {
    let bytes = text.as_bytes().get(from..)?;
    let ascii = bytes.iter().take_while(|byte| byte.is_ascii() && !wanted(char::from(**byte))).count();
    match bytes.get(ascii) {
        Some(byte) if byte.is_ascii() => Some(from + ascii),
        Some(_) => text.get(from + ascii..)?.find(wanted).map(|at| from + ascii + at),
        None => None,
    }
}

fn holds_together(between: &str) -> bool {
    matches!(between, "_" | "-" | "." | "::")
}

struct Splitter<'t> {
    text: &'t str,
    position: u32,
    joined: String,
    parts: Vec<(usize, usize)>,
}

impl Splitter<'_> {
    fn chain(&mut self, runs: &[Run], visit: &mut impl FnMut(Word<'_>)) {
        let (Some(first), Some(last)) = (runs.first(), runs.last()) else {
            return;
        };
        let named = self.text[first.start..].starts_with(char::is_alphabetic);
        if runs.len() > 1 && named && !runs.iter().any(|run| run.cjk) {
            self.joined.clear();
            for run in runs {
                self.joined.push_str(&self.text[run.start..run.end]);
            }
            if self.joined.len() <= LONGEST {
                let (start, end, position) = (first.start, last.end, self.position);
                visit(Word { text: &self.joined, start, end, position, kind: WordKind::Whole });
            }
        }
        for run in runs {
            if run.cjk {
                self.pairs(run, visit);
            } else if run.mixed_case {
                self.humps(run, visit);
            } else {
                self.leaf(run.start, run.end, visit);
            }
        }
    }

    fn word(&self, start: usize, end: usize, kind: WordKind, visit: &mut impl FnMut(Word<'_>)) {
        if end - start <= LONGEST {
            visit(Word { text: &self.text[start..end], start, end, position: self.position, kind });
        }
    }

    fn leaf(&mut self, start: usize, end: usize, visit: &mut impl FnMut(Word<'_>)) {
        self.word(start, end, WordKind::Leaf, visit);
        self.position += 1;
    }

    /// `NodeLost` → whole, `Node`, `Lost`.
    fn humps(&mut self, run: &Run, visit: &mut impl FnMut(Word<'_>)) {
        let mut parts = std::mem::take(&mut self.parts);
        parts.clear();
        camel(&self.text[run.start..run.end], &mut parts);
        if parts.len() > 1 {
            self.word(run.start, run.end, WordKind::Whole, visit);
        }
        for (start, end) in &parts {
            self.leaf(run.start + start, run.start + end, visit);
        }
        self.parts = parts;
    }

    /// A run with CJK in it: stretches of other scripts are words, CJK stretches overlapping pairs.
    fn pairs(&mut self, run: &Run, visit: &mut impl FnMut(Word<'_>)) {
        let chars: Vec<(usize, char)> = self.text[run.start..run.end].char_indices().collect();
        let end_of = |at: usize| chars.get(at).map_or(run.end, |(offset, _)| run.start + offset);
        for stretch in chars.chunk_by(|a, b| is_cjk(a.1) == is_cjk(b.1)) {
            let Some(&(offset, c)) = stretch.first() else {
                continue;
            };
            let start = run.start + offset;
            let end = stretch.last().map_or(start, |(offset, c)| run.start + offset + c.len_utf8());
            if !is_cjk(c) || stretch.len() == 1 {
                self.leaf(start, end, visit);
                continue;
            }
            let first = chars.partition_point(|(at, _)| *at < offset);
            for n in 0..stretch.len() - 1 {
                self.leaf(end_of(first + n), end_of(first + n + 2), visit);
            }
        }
    }
}

/// The humps of an identifier: before a capital that follows a small letter, or that begins a new word after capitals
/// (`OOMKilled`). A plural of capitals (`VMs`) and one leading letter (`eBPF`, `iPhone`) are no hump.
fn camel(run: &str, parts: &mut Vec<(usize, usize)>) {
    let mut begun = 0;
    let mut before: Option<char> = None;
    let mut chars = run.char_indices().peekable();
    let mut in_part = 0;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let ends_plural = next == Some('s') && at + c.len_utf8() + 1 == run.len();
        let word_follows = next.is_some_and(char::is_lowercase) && !ends_plural;
        let opens = c.is_uppercase()
            && in_part > 1
            && before
                .is_some_and(|b| b.is_lowercase() || ((b.is_uppercase() || b.is_numeric()) && word_follows));
        if opens {
            parts.push((begun, at));
            begun = at;
            in_part = 0;
        }
        in_part += 1;
        before = Some(c);
    }
    parts.push((begun, run.len()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut out = Vec::new();
        split(text, &mut |word| {
            let whole = if word.kind == WordKind::Whole { "=" } else { "" };
            out.push(format!("{whole}{}@{}", word.text, word.position));
        });
        out.join(" ")
    }

    #[test]
    fn plain_words_stand_one_after_the_other() {
        assert_eq!(words("The pool, (again)!"), "The@0 pool@1 again@2");
        assert_eq!(words("  "), "");
    }

    #[test]
    fn identifiers_count_whole_and_in_parts() {
        assert_eq!(words("a NodeLost event"), "a@0 =NodeLost@1 Node@1 Lost@2 event@3");
        assert_eq!(words("gke-resource-quotas"), "=gkeresourcequotas@0 gke@0 resource@1 quotas@2");
        assert_eq!(words("max_client_conn."), "=maxclientconn@0 max@0 client@1 conn@2");
        assert_eq!(
            words("Pool::TimeoutError"),
            "=PoolTimeoutError@0 Pool@0 =TimeoutError@1 Timeout@1 Error@2"
        );
    }

    #[test]
    fn capitals_that_are_one_word_stay_one() {
        assert_eq!(words("OOMKilled"), "=OOMKilled@0 OOM@0 Killed@1");
        for whole in ["VMs", "eBPF", "iPhone", "VMware", "K8S", "ALLCAPS"] {
            assert_eq!(words(whole), format!("{whole}@0"));
        }
    }

    #[test]
    fn numbers_are_no_identifiers() {
        assert_eq!(words("2024-03-14 10.0.0.1"), "2024@0 03@1 14@2 10@3 0@4 0@5 1@6");
        assert_eq!(words("v1.18"), "=v118@0 v1@0 18@1");
    }

    #[test]
    fn scripts_without_spaces_become_pairs() {
        assert_eq!(words("数据库"), "数据@0 据库@1");
        assert_eq!(words("k8s集群x"), "k8s@0 集群@1 x@2");
        assert_eq!(words("水"), "水@0");
    }

    #[test]
    fn data_is_no_word_and_keeps_its_place() {
        assert_eq!(words(&format!("a {} b", "x".repeat(64))), "a@0 b@2");
    }

    #[test]
    fn every_word_lies_where_it_says() {
        let text = "ärger im Pool::TimeoutError, 数据库 k8s集群";
        split(text, &mut |word| {
            let bare: String = text[word.start..word.end].chars().filter(|c| c.is_alphanumeric()).collect();
            assert_eq!(bare, word.text);
        });
    }
}
