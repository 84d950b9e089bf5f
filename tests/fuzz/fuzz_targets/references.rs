//! See `kb_fuzz::references`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| kb_fuzz::references::run(data));
