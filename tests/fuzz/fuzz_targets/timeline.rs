//! See `kb_fuzz::timeline`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| kb_fuzz::timeline::run(data));
