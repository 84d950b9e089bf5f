//! The small words of messages: plurals, lists, and the nearest name to a mistyped one.

/// `1 incident`, `2 incidents`, `3 severities`.
pub fn count(n: usize, noun: &str) -> String {
    match noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        _ if n == 1 => format!("1 {noun}"),
        Some(stem) => format!("{n} {stem}ies"),
        None => format!("{n} {noun}s"),
    }
}

/// "`a`, `b` or `c`", each in backticks.
pub fn alternatives<S: AsRef<str>>(names: &[S]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

/// The name among `known` that `typed` most likely meant: at most a third of its letters differ.
pub fn nearest<'a, S>(typed: &str, known: impl IntoIterator<Item = &'a S>) -> Option<&'a str>
where
    S: AsRef<str> + 'a + ?Sized,
{
    let budget = (typed.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .map(AsRef::as_ref)
        .filter_map(|name| distance(typed, name, budget).map(|d| (d, name)))
        .min()
        .map(|(_, name)| name)
}

/// Edit distance with swaps of neighbours (optimal string alignment), or `None` above `budget`.
///
/// Both words are cut at 64 characters so that hostile input stays cheap.
pub fn distance(a: &str, b: &str, budget: usize) -> Option<usize> {
    let a: Vec<char> = a.chars().flat_map(char::to_lowercase).take(64).collect();
    let b: Vec<char> = b.chars().flat_map(char::to_lowercase).take(64).collect();
    if a.len().abs_diff(b.len()) > budget {
        return None;
    }
    let mut older: Vec<usize> = vec![0; b.len() + 1];
    let mut old: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut new = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let replaced = old[j] + usize::from(x != y);
            let mut best = replaced.min(old[j + 1] + 1).min(new[j] + 1);
            if i > 0 && j > 0 && x == &b[j - 1] && &a[i - 1] == y {
                best = best.min(older[j - 1] + 1);
            }
            new.push(best);
        }
        older = std::mem::replace(&mut old, new);
    }
    old.last().copied().filter(|d| *d <= budget)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_lists_read_well() {
        assert_eq!(count(1, "incident"), "1 incident");
        assert_eq!(count(0, "incident"), "0 incidents");
        assert_eq!((count(3, "severity"), count(2, "day")), ("3 severities".into(), "2 days".into()));
        assert_eq!(alternatives(&["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(alternatives(&["a"]), "`a`");
    }

    #[test]
    fn a_slip_finds_the_word_and_another_word_does_not() {
        let known = ["severity", "status", "components"];
        assert_eq!(nearest("serverity", known.iter().copied()), Some("severity"));
        assert_eq!(nearest("sevreity", known.iter().copied()), Some("severity"));
        assert_eq!(nearest("weight", known.iter().copied()), None);
    }
}
