//! What must hold whatever is thrown at kb: nothing internal gets out, no site is ever half, nothing hostile stops a build
//! without a word. Each story runs with few cases in every run of the tests, and with as many as wished by hand:
//! `KB_CASES=1000 cargo test --test kb safety:: -- --nocapture`.

mod canaries;
mod customers;
mod determinism;
mod hostile;
mod interference;
mod kills;
mod leaks;
mod oddities;
mod outputs;
mod places;
mod spellings;

/// How many cases to run where `few` are enough for every day.
pub(crate) fn cases(few: u64) -> u64 {
    std::env::var("KB_CASES").ok().and_then(|number| number.parse().ok()).unwrap_or(few)
}

/// Numbers that look random and are the same for the same seed (`SplitMix64`).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// True once in `times`.
    pub(crate) fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// One of several.
    pub(crate) fn one<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }
}
