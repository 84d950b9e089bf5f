//! Signatures: what rarely stands in two reports by chance. Error names, codes of the operating system and of
//! databases, HTTP errors, inline code, quoted messages and log lines that tell of a failure, with their variable
//! parts masked.

use super::words::{humps, is_data};

/// Longest message or code that serves as a signature, in characters.
const LONGEST: usize = 160;
/// Longest signature shown to readers, in characters.
const SHOWN: usize = 80;

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// What is compared: folded, variable parts masked.
    pub(super) key: String,
    /// What is shown.
    pub(super) shown: String,
}

/// Error numbers of POSIX systems that reports name.
const ERRNO: [&str; 24] = [
    "EACCES",
    "EADDRINUSE",
    "EADDRNOTAVAIL",
    "EAGAIN",
    "EBADF",
    "EBUSY",
    "ECONNABORTED",
    "ECONNREFUSED",
    "ECONNRESET",
    "EDQUOT",
    "EEXIST",
    "EHOSTUNREACH",
    "EINVAL",
    "EIO",
    "EMFILE",
    "ENETUNREACH",
    "ENFILE",
    "ENOENT",
    "ENOMEM",
    "ENOSPC",
    "EPERM",
    "EPIPE",
    "EROFS",
    "ETIMEDOUT",
];

/// The signature that one written word is: `CrashLoopBackOff`, `ENOSPC`, `max_client_conn`, `SQLException`. A name of two parts,
/// such as `GitHub`, is a product unless it tells of a failure.
pub(super) fn of_word(word: &str) -> Option<Mark> {
    let camel = || {
        let humps = humps(word);
        humps.len() > 1
            && humps.iter().filter(|hump| hump.len() > 2).count() > 1
            && word.chars().all(char::is_alphanumeric)
            && (humps.len() > 2 || humps.first() == Some(&"Not") || tells_failure(word))
    };
    let snake = || {
        let parts: Vec<&str> = word.split('_').filter(|part| part.len() > 1).collect();
        parts.len() > 1 && !parts.iter().any(|part| is_data(part))
    };
    (ERRNO.contains(&word) || camel() || snake())
        .then(|| Mark { key: word.to_lowercase(), shown: word.to_owned() })
}

/// Inline code, unless it is too short or too long to tell anything.
pub(super) fn of_code(code: &str) -> Option<Mark> {
    let code = code.trim();
    let key = mask(code);
    let letters = key.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= 4 && code.chars().count() <= LONGEST).then(|| Mark { key, shown: shorten(code) })
}

/// Calls `visit` for each message that running text quotes.
pub(super) fn of_quotations(text: &str, mut visit: impl FnMut(Mark)) {
    for quoted in quotations(text) {
        visit(Mark { key: mask(quoted), shown: shorten(quoted) });
    }
}

/// Calls `visit` for each line of a code block that tells of a failure.
pub(super) fn of_log(log: &str, mut visit: impl FnMut(Mark)) {
    for line in log.lines().filter(|line| tells_failure(line)) {
        let message = without_prefix(line);
        let key = mask(message);
        if key.split(' ').filter(|word| word.len() > 2).count() >= 3 {
            visit(Mark { key, shown: shorten(message) });
        }
    }
}

/// A log line without what precedes its message: times, hosts, process numbers, signs.
fn without_prefix(line: &str) -> &str {
    let mut rest = line.trim();
    while let Some((word, after)) = rest.split_once(char::is_whitespace) {
        let varies = word.contains(|c: char| c.is_ascii_digit()) || !word.contains(char::is_alphabetic);
        if !varies {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// Words around a number from 400 to 599 that make it an HTTP error.
const BEFORE: [&str; 12] = [
    "http",
    "status",
    "code",
    "error",
    "errors",
    "return",
    "returns",
    "returned",
    "returning",
    "response",
    "responses",
    "serving",
];
const AFTER: [&str; 11] = [
    "error",
    "errors",
    "response",
    "responses",
    "status",
    "code",
    "codes",
    "bad",
    "gateway",
    "internal",
    "forbidden",
];

/// Finds HTTP errors and SQLSTATE codes in running text, which is handed over word by word.
#[derive(Default)]
pub(super) struct Codes<'t> {
    before: &'t str,
    /// A number that is an HTTP error if the next word says so.
    pending: Option<&'t str>,
}

impl<'t> Codes<'t> {
    /// Calls `visit` for each code that `word` completes.
    pub(super) fn read(&mut self, word: &'t str, mut visit: impl FnMut(Mark)) {
        if let Some(code) = self.pending.take()
            && is_one_of(&AFTER, word)
        {
            visit(http(code));
        }
        if let Some(code) = http_code(word) {
            if is_one_of(&BEFORE, self.before) || word.len() > code.len() {
                visit(http(code));
            } else {
                self.pending = Some(code);
            }
        }
        if self.before.eq_ignore_ascii_case("sqlstate") {
            let shown = format!("SQLSTATE {}", word.to_ascii_uppercase());
            visit(Mark { key: shown.to_lowercase(), shown });
        }
        self.before = word;
    }
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// `503`, also of `503s`.
fn http_code(word: &str) -> Option<&str> {
    let code = word.strip_suffix(['s', 'S']).unwrap_or(word);
    let in_range =
        code.len() == 3 && code.starts_with(['4', '5']) && code.bytes().all(|b| b.is_ascii_digit());
    in_range.then_some(code)
}

fn http(code: &str) -> Mark {
    Mark { key: format!("http {code}"), shown: format!("HTTP {code}") }
}

/// What stands between quotation marks and is at least three words long.
fn quotations(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(['"', '\u{201c}']) {
        let mark = rest.get(start..).and_then(|tail| tail.chars().next()).unwrap_or('"');
        let inside = rest.get(start + mark.len_utf8()..).unwrap_or_default();
        let Some(end) = inside.find(['"', '\u{201d}']) else {
            break;
        };
        let (quoted, after) = inside.split_at(end);
        rest = after.trim_start_matches(['"', '\u{201d}']);
        let fits = (12..=LONGEST).contains(&quoted.chars().count());
        if fits && quoted.split_whitespace().count() >= 3 {
            found.push(quoted);
        }
    }
    found
}

const FAILURES: [&str; 20] = [
    "error",
    "fail",
    "exception",
    "refused",
    "denied",
    "timeout",
    "timed out",
    "fatal",
    "panic",
    "killed",
    "exceed",
    "unable",
    "cannot",
    "could not",
    "reset by peer",
    "no space",
    "not found",
    "unhealthy",
    "evict",
    "pressure",
];

fn tells_failure(line: &str) -> bool {
    let line = line.to_ascii_lowercase();
    FAILURES.iter().any(|word| line.contains(word))
}

/// `text` folded, each run of letters and digits that is data as `#`, spaces and signs collapsed, at most
/// [`LONGEST`] bytes or a little more.
pub(super) fn mask(text: &str) -> String {
    let mut key = String::new();
    for word in text.split_whitespace() {
        if key.len() > LONGEST {
            break;
        }
        let masked = mask_word(word);
        if !(masked.is_empty() || masked == "#" && key.ends_with('#')) {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(&masked);
        }
    }
    key
}

fn mask_word(word: &str) -> String {
    let mut masked = String::new();
    for part in word.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let sign = part.chars().next_back().filter(|c| !c.is_alphanumeric());
        let core = sign.map_or(part, |sign| part.strip_suffix(sign).unwrap_or(part));
        if core.chars().any(|c| c.is_ascii_digit()) {
            if !masked.ends_with('#') {
                masked.push('#');
            }
        } else {
            masked.push_str(&core.to_lowercase());
        }
        if let Some(sign) = sign.filter(|_| !masked.ends_with('#')) {
            masked.push(sign);
        }
    }
    masked.trim_matches(|c: char| !c.is_alphanumeric() && c != '#').to_owned()
}

fn shorten(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default().trim_end()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::scan;
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let (mut codes, mut marks) = (Codes::default(), Vec::new());
        scan(text, |word| codes.read(word, |mark| marks.push(mark.shown)));
        of_quotations(text, |mark| marks.push(mark.shown));
        marks
    }

    #[test]
    fn names_of_errors_are_signatures_and_plain_words_are_not() {
        for name in [
            "CrashLoopBackOff",
            "OOMKilled",
            "NotReady",
            "DiskPressure",
            "TypeError",
            "NullPointerException",
            "ENOSPC",
            "max_client_conn",
        ] {
            assert_eq!(of_word(name).map(|mark| mark.shown).as_deref(), Some(name));
        }
        for word in
            ["GitHub", "DigitalOcean", "Kubernetes", "VMs", "macOS", "ERROR", "roll-over", "_x", "a_1"]
        {
            assert_eq!(of_word(word), None, "{word}");
        }
    }

    #[test]
    fn a_number_is_an_http_error_only_beside_a_word_that_says_so() {
        assert_eq!(shown("All services returning 503, some 504 errors"), ["HTTP 503", "HTTP 504"]);
        assert_eq!(shown("a burst of 502s"), ["HTTP 502"]);
        assert_eq!(shown("500 users on 404 nodes"), Vec::<String>::new());
        assert_eq!(shown("SQLSTATE[53300]: too many"), ["SQLSTATE 53300"]);
    }

    #[test]
    fn messages_are_compared_without_what_varies() {
        let keys = |log: &str| {
            let mut keys = Vec::new();
            of_log(log, |mark| keys.push(mark.key));
            keys
        };
        let first = keys("2021-06-22 08:21:03 ERROR pool-7 connection 4711 to 10.0.0.3:5432 refused");
        let second = keys("2022-01-02 18:00:59 ERROR pool-12 connection 9 to 10.7.0.12:5432 refused");
        assert_eq!(first, ["error pool-# connection # to # refused"]);
        assert_eq!(first, second);
        assert_eq!(keys("listening on port 80\nok"), Vec::<String>::new());
    }

    #[test]
    fn quoted_messages_are_signatures() {
        assert_eq!(
            shown("users saw \"Failed to create temporary user\" and \u{201c}hub is \u{201d} \"x\""),
            ["Failed to create temporary user"]
        );
        assert_eq!(shown("an open \" mark"), Vec::<String>::new());
    }
}
