//! See `kb_fuzz::impact`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| kb_fuzz::impact::run(data));
