//! Reads what `git log --patch --unified=0` prints: for each file of each commit, which lines it replaced by which.

use jiff::civil::Date;
use std::io::BufRead;

/// What one commit did to one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// The day of the commit; `None` for what is not committed.
    pub(super) date: Option<Date>,
    /// The file's path before it.
    pub(super) before: String,
    /// The file's path after it.
    pub(super) after: String,
    hunks: Vec<Hunk>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Hunk {
    old_start: u32,
    old_count: u32,
    new_start: u32,
    new_count: u32,
    removed: Vec<String>,
}

impl Change {
    /// Where line `number` of the file after the commit stood before it; with its text then, if the commit changed it.
    /// `None` where it did not exist.
    pub(super) fn before(&self, number: u32, text: &str) -> Option<(u32, Option<String>)> {
        let mut shift: i64 = 0;
        for hunk in &self.hunks {
            if hunk.new_count > 0
                && (hunk.new_start..hunk.new_start.saturating_add(hunk.new_count)).contains(&number)
            {
                return hunk.ancestor(number, text);
            }
            let ends = i64::from(hunk.new_start) + i64::from(hunk.new_count.max(1)) - 1;
            if ends < i64::from(number) {
                shift += i64::from(hunk.old_count) - i64::from(hunk.new_count);
            }
        }
        Some((u32::try_from(i64::from(number) + shift).ok()?, None))
    }
}

/// Removed lines a new one is compared with at most: a rewritten file has no line-by-line past.
const COMPARED: usize = 200;

impl Hunk {
    /// The removed line that became line `number`: the one in the same place where as many lines came as went, else the
    /// one with most words in common.
    fn ancestor(&self, number: u32, text: &str) -> Option<(u32, Option<String>)> {
        let place = usize::try_from(number - self.new_start).ok()?;
        let same_place = self.removed.get(place).filter(|_| self.old_count == self.new_count);
        if let Some(old) = same_place.filter(|old| alike(old, text) > 0.5) {
            return Some((self.old_start + (number - self.new_start), Some(old.clone())));
        }
        let compared =
            self.removed.iter().take(COMPARED).enumerate().map(|(at, old)| (alike(old, text), at, old));
        let best = compared.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        let (alike, at, old) = best;
        (alike > 0.5).then(|| (self.old_start + u32::try_from(at).unwrap_or_default(), Some(old.clone())))
    }
}

/// The share of words two lines have in common, 0–1 (Dice); marks and punctuation are no words.
fn alike(one: &str, other: &str) -> f64 {
    let words = |text: &str| {
        let mut words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 1)
            .map(str::to_lowercase)
            .collect();
        words.sort_unstable();
        words.dedup();
        words
    };
    let (one, other) = (words(one), words(other));
    let both = one.iter().filter(|word| other.binary_search(word).is_ok()).count();
    let all = u32::try_from(one.len() + other.len()).unwrap_or(u32::MAX);
    if all == 0 { 0.0 } else { 2.0 * f64::from(u32::try_from(both).unwrap_or(u32::MAX)) / f64::from(all) }
}

/// Changes, one after another, without holding more than one.
pub(super) struct Reader<R> {
    input: R,
    date: Option<Date>,
    next: Option<Change>,
    ended: bool,
}

impl<R: BufRead> Reader<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, date: None, next: None, ended: false }
    }

    fn line(&mut self) -> Option<String> {
        let mut bytes = Vec::new();
        match self.input.read_until(b'\n', &mut bytes) {
            Ok(0) | Err(_) => None,
            Ok(_) => {
                while matches!(bytes.last(), Some(b'\n' | b'\r')) {
                    bytes.pop();
                }
                Some(String::from_utf8_lossy(&bytes).into_owned())
            }
        }
    }

    /// Takes one line in; a change that ends with it comes back.
    fn take(&mut self, line: &str) -> Option<Change> {
        if let Some(date) = line.strip_prefix('\0') {
            let done = self.next.take();
            self.date = date.parse().ok();
            return done;
        }
        if line.starts_with("diff --git ") {
            return self.next.replace(Change { date: self.date, ..Change::default() });
        }
        let change = self.next.as_mut()?;
        if change.hunks.is_empty() {
            head(line, change);
        }
        if let Some(hunk) = line.strip_prefix("@@ ").and_then(hunk) {
            change.hunks.push(hunk);
        } else if let Some(hunk) = change.hunks.last_mut()
            && let Some(removed) = line.strip_prefix('-')
        {
            hunk.removed.push(removed.to_owned());
        }
        None
    }
}

fn head(line: &str, change: &mut Change) {
    if let Some(path) = line.strip_prefix("--- ") {
        change.before = path_of(path, "a/");
    } else if let Some(path) = line.strip_prefix("+++ ") {
        change.after = path_of(path, "b/");
    } else if let Some(path) = line.strip_prefix("rename from ") {
        change.before = path_of(path, "");
    } else if let Some(path) = line.strip_prefix("rename to ") {
        change.after = path_of(path, "");
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Change;

    fn next(&mut self) -> Option<Change> {
        while !self.ended {
            let Some(line) = self.line() else {
                self.ended = true;
                return self.next.take();
            };
            if let Some(change) = self.take(&line) {
                return Some(change);
            }
        }
        None
    }
}

/// `-a,b +c,d @@ …`; a count that is left out is 1.
fn hunk(text: &str) -> Option<Hunk> {
    let mut parts = text.split(' ');
    let range = |part: Option<&str>, sign| -> Option<(u32, u32)> {
        let numbers = part?.strip_prefix(sign)?;
        let (start, count) = numbers.split_once(',').unwrap_or((numbers, "1"));
        Some((start.parse().ok()?, count.parse().ok()?))
    };
    let (old_start, old_count) = range(parts.next(), '-')?;
    let (new_start, new_count) = range(parts.next(), '+')?;
    Some(Hunk { old_start, old_count, new_start, new_count, removed: Vec::new() })
}

/// A path as git prints it: with its prefix, in quotes with escapes where it holds odd characters, and a tab behind it
/// where it holds spaces.
fn path_of(text: &str, prefix: &str) -> String {
    let text = text.strip_suffix('\t').unwrap_or(text);
    let plain = match text.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
        Some(quoted) => unquoted(quoted),
        None => text.to_owned(),
    };
    plain.strip_prefix(prefix).map_or(plain.clone(), str::to_owned)
}

fn unquoted(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        match rest.next() {
            Some(b'n') => bytes.push(b'\n'),
            Some(b't') => bytes.push(b'\t'),
            Some(first @ b'0'..=b'3') => {
                let digit = |byte: Option<u8>| u32::from(byte.unwrap_or(b'0').saturating_sub(b'0'));
                let code = digit(Some(first)) * 64 + digit(rest.next()) * 8 + digit(rest.next());
                bytes.push(u8::try_from(code).unwrap_or(b'?'));
            }
            Some(other) => bytes.push(other),
            None => {}
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
