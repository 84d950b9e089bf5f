//! See `kb_fuzz::judge`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| kb_fuzz::judge::run(data));
