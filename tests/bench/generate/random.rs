//! The only source of chance in the generator: `SplitMix64` over whole numbers. No floating point takes part, so that a
//! seed gives the same bytes on every machine. Each document gets streams of its own, derived from (seed, document,
//! purpose), which is what makes a corpus prefix-stable.

/// A `SplitMix64` stream.
#[derive(Clone, Debug)]
pub(crate) struct Rng(u64);

/// What a document's stream is used for; different purposes never share numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    /// Facts: family, dates, people, notations.
    Plan = 1,
    /// Sentences and everything else in the body.
    Body = 2,
    /// Names and phrases that must not depend on the seed of the corpus.
    Fixed = 3,
}

impl Rng {
    /// The stream of document `number` for one `purpose`.
    pub(crate) fn new(seed: u64, number: u64, purpose: Purpose) -> Self {
        let mut rng = Self(seed ^ 0x6A09_E667_F3BC_C908);
        let first = rng.next();
        let mut rng = Self(first ^ number.wrapping_mul(0xD605_BBB5_8C8A_BC2D) ^ (purpose as u64) << 56);
        rng.next();
        rng
    }

    /// The next 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`; 0 where `limit` is 0.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        let wide = u128::from(self.next()) * u128::from(limit);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number in `low..=high`, each equally likely.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// True in `percent` of a hundred cases.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// A position in a list of `len` entries; 0 for an empty one.
    pub(crate) fn index(&mut self, len: usize) -> usize {
        let limit = u64::try_from(len).unwrap_or(u64::MAX);
        usize::try_from(self.below(limit)).unwrap_or(0)
    }

    /// One entry of `list`, or the type's default where it is empty.
    pub(crate) fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        list.get(self.index(list.len())).copied().unwrap_or_default()
    }

    /// Puts `list` into a random order (Fisher–Yates).
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.index(last + 1));
        }
    }
}

/// Ranks drawn by a Zipf–Mandelbrot law: rank k has weight 1 / (k + offset), in whole numbers.
#[derive(Debug)]
pub(crate) struct Zipf(Vec<u64>);

impl Zipf {
    /// A law over `ranks` ranks; a larger `offset` flattens the head.
    pub(crate) fn new(ranks: usize, offset: u64) -> Self {
        let mut sum = 0;
        Self(
            (0_u64..)
                .take(ranks)
                .map(|rank| {
                    sum += (1 << 32) / (rank + offset.max(1));
                    sum
                })
                .collect(),
        )
    }

    /// Draws a rank, 0 being the most frequent.
    pub(crate) fn draw(&self, rng: &mut Rng) -> usize {
        let point = rng.below(self.0.last().copied().unwrap_or(0));
        self.0.partition_point(|&sum| sum <= point)
    }
}
