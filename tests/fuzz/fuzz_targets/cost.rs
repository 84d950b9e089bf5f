//! See `kb_fuzz::cost`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| kb_fuzz::cost::run(data));
