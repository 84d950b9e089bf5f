//! See `kb_fuzz::settings`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| kb_fuzz::settings::run(data));
