//! See `kb_fuzz::clock`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| kb_fuzz::clock::run(data));
