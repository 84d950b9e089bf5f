//! See `kb_fuzz::whys`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| kb_fuzz::whys::run(data));
