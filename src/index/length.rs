//! How long a column of a document is, told so roughly that a byte holds it together with how often a word occurs.
//!
//! A published page needs the length beside every occurrence of a word, and told exactly they were a third of all it
//! loads. Half an octave is enough: the order of hits hardly depends on a fifth more or less of a document.

use std::sync::LazyLock;
use tantivy::fieldnorm::FieldNormReader;

/// The lengths that are told apart, in words: up to four exactly, then two for each doubling. What is longer counts as the last.
pub(super) const LENGTHS: [u32; 28] = [
    1, 2, 3, 4, 6, 8, 11, 16, 23, 32, 45, 64, 91, 128, 181, 256, 362, 512, 724, 1024, 1448, 2048, 2896, 4096,
    5793, 8192, 11585, 16384,
];

/// The level of each length that tantivy tells apart.
static LEVELS: LazyLock<[u8; 256]> = LazyLock::new(|| {
    let mut levels = [0; 256];
    for (id, level) in (0..=u8::MAX).zip(&mut levels) {
        *level = nearest(FieldNormReader::id_to_fieldnorm(id));
    }
    levels
});

/// Which of [`LENGTHS`] is nearest, as a ratio, to the length that tantivy calls `id`.
pub(super) fn level(id: u8) -> u8 {
    LEVELS.get(usize::from(id)).copied().unwrap_or_default()
}

/// The length in words that counts for `id`.
#[expect(clippy::cast_precision_loss, reason = "lengths fit the seven digits of an f32")]
pub(super) fn words(id: u8) -> f32 {
    LENGTHS.get(usize::from(level(id))).copied().unwrap_or(1) as f32
}

fn nearest(words: u32) -> u8 {
    let square = u64::from(words).pow(2);
    let below = LENGTHS.iter().zip(LENGTHS.iter().skip(1));
    let passed = below.take_while(|(low, high)| square >= u64::from(**low) * u64::from(**high)).count();
    u8::try_from(passed).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_becomes_the_nearest_one() {
        let told =
            [0, 1, 4, 5, 7, 100, 1_200, 1_300, 1_000_000].map(|words| LENGTHS[usize::from(nearest(words))]);
        assert_eq!(told, [1, 1, 4, 6, 8, 91, 1024, 1448, 16384]);
    }

    #[test]
    fn no_length_is_told_a_fifth_wrong() {
        for id in 1..=u8::MAX {
            let exact = f64::from(FieldNormReader::id_to_fieldnorm(id));
            let ratio = f64::from(words(id)) / exact.min(16384.0);
            assert!((0.8..=1.25).contains(&ratio), "{exact} is told as {}", words(id));
        }
    }
}
