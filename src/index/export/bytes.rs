//! The small alphabet of the files: numbers of as many bytes as they need, and words that begin like the one before.

/// Appends `number`, seven bits a byte, lowest first.
pub(super) fn number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(u8::try_from(number & 0x7f).unwrap_or_default() | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap_or_default());
}

/// Appends a count or a length.
pub(super) fn length(out: &mut Vec<u8>, length: usize) {
    number(out, u32::try_from(length).unwrap_or(u32::MAX));
}

/// Appends `word` after `before`: how many letters they share, as JavaScript counts them, and the rest.
pub(super) fn word(out: &mut Vec<u8>, before: &str, word: &str) {
    let same = word.chars().zip(before.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a);
    let (units, bytes) = same.fold((0, 0), |(units, bytes), c| (units + c.len_utf16(), bytes + c.len_utf8()));
    let rest = word.get(bytes..).unwrap_or_default();
    length(out, units);
    length(out, rest.len());
    out.extend_from_slice(rest.as_bytes());
}

/// Appends ascending numbers as a count and the steps between them.
pub(super) fn ascending(out: &mut Vec<u8>, numbers: &[u32]) {
    length(out, numbers.len());
    steps(out, numbers);
}

/// Appends the steps between ascending numbers.
pub(super) fn steps(out: &mut Vec<u8>, numbers: &[u32]) {
    let mut last = 0;
    for one in numbers {
        number(out, one.saturating_sub(last));
        last = *one;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_bytes_they_need() {
        let written = |n| {
            let mut out = Vec::new();
            number(&mut out, n);
            out
        };
        assert_eq!(written(0), [0]);
        assert_eq!(written(300), [0xac, 2]);
        assert_eq!(written(u32::MAX), [0xff, 0xff, 0xff, 0xff, 0xf]);
    }

    #[test]
    fn words_share_their_beginning_with_the_one_before() {
        let mut out = Vec::new();
        word(&mut out, "pool", "poll");
        word(&mut out, "𝒳a", "𝒳b");
        assert_eq!(out, b"\x02\x02ll\x02\x01b", "a letter beyond the first plane counts twice");
    }

    #[test]
    fn lists_are_steps() {
        let mut out = Vec::new();
        ascending(&mut out, &[2, 3, 200]);
        assert_eq!(out, [3, 2, 1, 0xc5, 1]);
    }
}
