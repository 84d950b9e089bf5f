//! See `kb_fuzz::http`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| kb_fuzz::http::run(data));
