//! See `kb_fuzz::sections`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| kb_fuzz::sections::run(data));
