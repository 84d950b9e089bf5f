//! See `kb_fuzz::responses`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| kb_fuzz::responses::run(data));
