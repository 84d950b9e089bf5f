//! Names however they are written: in capitals or small letters, with other blanks or dashes between their parts, with
//! accents apart from their letters, in wide letters, with characters inside that nobody sees.

use icu_normalizer::{DecomposingNormalizer, DecomposingNormalizerBorrowed};

const APART: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizer::new_nfkd();

/// A name as it is looked for: folded characters, with one blank between two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    letters: Vec<char>,
    /// Whether small letters count too: one word alone may be any word, so it must begin as a name does.
    any_case: bool,
}

impl Name {
    /// `None` where nothing of `name` is a letter or digit.
    pub(crate) fn new(name: &str) -> Option<Self> {
        let mut letters = Vec::new();
        for c in name.chars().filter(|c| !is_unseen(*c)) {
            if !joins(c) {
                letters.extend(alike(c));
            } else if letters.last().is_some_and(|last| *last != ' ') {
                letters.push(' ');
            }
        }
        while letters.last() == Some(&' ') {
            letters.pop();
        }
        let small = name.chars().next().is_some_and(char::is_lowercase);
        let any_case = small || letters.contains(&' ');
        letters.iter().any(|c| c.is_alphanumeric()).then_some(Self { letters, any_case })
    }

    /// The last part first, as lists of people have it: `Lind, Ada`.
    pub(crate) fn turned(&self) -> Option<Self> {
        let at = self.letters.iter().rposition(|c| *c == ' ')?;
        let (first, last) = (self.letters.get(..at)?, self.letters.get(at + 1..)?);
        Some(Self { letters: [last, &[' '], first].concat(), any_case: true })
    }

    /// What it begins with.
    pub(crate) fn first(&self) -> Option<char> {
        self.letters.first().copied()
    }

    /// How many bytes of `rest` are this name, if it begins with it as a whole: with whatever between its parts, a second
    /// first name among it, or with nothing where it is long enough to be no word.
    pub(crate) fn length_in(&self, rest: &str) -> Option<usize> {
        if !self.any_case && rest.chars().next().is_some_and(char::is_lowercase) {
            return None;
        }
        let mut left = rest;
        for (number, part) in self.letters.split(|c| *c == ' ').enumerate() {
            if number > 0 {
                let after = left.trim_start_matches(|c| is_between(c) || is_unseen(c));
                if after.len() == left.len() && self.letters.len() < GLUED {
                    return None;
                }
                let parted = after.len() < left.len();
                left = match past(after, part) {
                    None if parted => past_middle(after)?,
                    _ => after,
                };
            }
            left = past(left, part)?;
        }
        // `the Linds’ pager`
        left = left.strip_prefix('s').filter(|after| after.starts_with(is_apostrophe)).unwrap_or(left);
        let goes_on = left.chars().find(|c| !is_unseen(*c));
        (!goes_on.is_some_and(|c| c.is_alphanumeric() || is_mark(c))).then_some(rest.len() - left.len())
    }
}

/// Names of fewer letters, the blank counted, may be a word where nothing stands between their parts.
const GLUED: usize = 9;

/// What follows the letters of `part` at the start of `text`.
fn past<'t>(text: &'t str, part: &[char]) -> Option<&'t str> {
    let mut wanted = part.iter();
    let mut left = text;
    while wanted.len() > 0 {
        left = left.trim_start_matches(is_unseen);
        // A word parted at the end of a line; lines are joined by blanks.
        if wanted.len() < part.len() {
            left = left.strip_prefix("-\n").or_else(|| left.strip_prefix("- ")).unwrap_or(left);
        }
        let c = left.chars().next()?;
        if !alike(c).all(|letter| wanted.next() == Some(&letter)) {
            return None;
        }
        left = left.get(c.len_utf8()..)?;
    }
    Some(left)
}

/// What follows a middle name or initial: `M. `, `"Bo" `, `Maria `.
fn past_middle(text: &str) -> Option<&str> {
    let end = text.char_indices().take(24).find(|(_, c)| !c.is_alphanumeric())?.0;
    let (name, after) = text.split_at(end);
    let left = after.trim_start_matches(is_between);
    (name.starts_with(char::is_uppercase) && left.len() < after.len()).then_some(left)
}

/// What `c` is apart from case, width and the way its accents are written.
pub(crate) fn folded(c: char) -> impl Iterator<Item = char> {
    APART.normalize_iter(c.to_lowercase())
}

/// What `c` looks like in a name: folded, apostrophes of all kinds as one, and the Cyrillic and Greek letters that look as Latin
/// ones do as those (of Unicode's confusables, the ones in every font).
pub(crate) fn alike(c: char) -> impl Iterator<Item = char> {
    folded(c).flat_map(char::to_lowercase).map(|c| match c {
        c if is_apostrophe(c) => '\'',
        'а' | 'α' => 'a',
        'с' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'һ' => 'h',
        'і' | 'ι' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' => 's',
        'ν' | 'ѵ' => 'v',
        'ԝ' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        c => c,
    })
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇' | '′' | '`')
}

/// `name` as keyboards without its letters write it, in both ways: `Jørg Müller` is `Joerg Mueller` and `Jorg Muller`.
pub(crate) fn plain_spellings(name: &str) -> Vec<String> {
    const LETTERS: [(char, &str, &str); 10] = [
        ('ä', "ae", "a"),
        ('ö', "oe", "o"),
        ('ü', "ue", "u"),
        ('å', "aa", "a"),
        ('ø', "oe", "o"),
        ('æ', "ae", "ae"),
        ('œ', "oe", "oe"),
        ('ß', "ss", "ss"),
        ('ł', "l", "l"),
        ('đ', "d", "d"),
    ];
    if name.is_ascii() {
        return Vec::new();
    }
    let spelled = |long: bool| -> String {
        let mut out = String::new();
        for c in name.chars() {
            let small = c.to_lowercase().next().unwrap_or(c);
            match LETTERS.iter().find(|(letter, ..)| *letter == small) {
                Some((_, two, one)) => {
                    let instead = if long { two } else { one };
                    let mut letters = instead.chars();
                    let large =
                        |first: char| if c.is_uppercase() { first.to_ascii_uppercase() } else { first };
                    out.extend(letters.next().map(large));
                    out.extend(letters);
                }
                None => out.extend(APART.normalize_iter(std::iter::once(c)).filter(|c| !is_mark(*c))),
            }
        }
        out
    };
    let (two, one) = (spelled(true), spelled(false));
    if two == one { vec![one] } else { vec![two, one] }
}

/// The letters and digits of a text, folded, and nothing between them.
pub(crate) fn letters(text: &str) -> String {
    text.chars().flat_map(folded).filter(|c| c.is_alphanumeric()).collect()
}

/// A text folded, with one blank for every run of blanks and dashes.
pub(crate) fn folded_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_unseen(*c)) {
        match c {
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(folded(c).map(|c| if is_dash(c) { '-' } else { c })),
        }
    }
    out
}

/// What may stand between two parts of a name.
fn joins(c: char) -> bool {
    c.is_whitespace() || is_dash(c) || matches!(c, '_' | '.' | ',')
}

/// What may stand between two parts of a name in a text.
fn is_between(c: char) -> bool {
    joins(c) || matches!(c, '/' | '(' | ')' | '"' | '“' | '”' | '‘' | '’' | '\\')
}

/// A hyphen or dash of any kind.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// An accent that stands alone after its letter.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A character that takes no room: soft hyphens, joiners, marks of direction, variation selectors.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_in_whatever_letters() {
        let name = Name::new("Zoë Le-Fèvre").unwrap();
        for written in [
            "Zoë Le-Fèvre",
            "ZOË LE-FÈVRE!",
            "zoe\u{308} le\u{2011}fe\u{300}vre",
            "Zoë\u{a0} Le Fèvre",
            "Ｚoë_Le.Fèvre",
            "Z\u{ad}oë\u{200b} Le-Fèvre",
            "ZoëLe-Fèvre",
            "zoëlefèvre",
            "Zoë M. Le-Fèvre",
            "Zoë Maria Le-Fèvre",
            "Zoë \"Bo\" Le-Fèvre",
            "Zoë (Le-Fèvre)",
        ] {
            assert!(name.length_in(written).is_some(), "{written}");
        }
        for other in ["Zoë", "Zoë Le-Fèvres", "Zoé Le-Fèvre", "Zoë Le-Fevre", "Zoë and Bo Le-Fèvre"] {
            assert_eq!(name.length_in(other), None, "{other}");
        }
        assert_eq!(Name::new("Al Bert").unwrap().length_in("Albert"), None, "a word");
        assert_eq!(Name::new("Ada Lind").unwrap().turned().unwrap().length_in("lind, ada,"), Some(9));
    }

    #[test]
    fn one_word_must_begin_as_a_name_does() {
        let name = Name::new("Rose").unwrap();
        assert_eq!(name.length_in("rose again"), None);
        assert_eq!(name.length_in("ROSE"), Some(4));
        assert_eq!(Name::new("Zoe").unwrap().length_in("Zoe\u{308}"), None);
        assert_eq!(Name::new(" - "), None);
    }

    #[test]
    fn a_text_is_folded_in_one_go() {
        assert_eq!(folded_text("Ａ\u{ad}b \u{a0}c\u{2013}É"), "ab c-e\u{301}");
    }
}
