//! See `kb_fuzz::render`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| kb_fuzz::render::run(data));
