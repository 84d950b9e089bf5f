//! See `kb_fuzz::sanitise`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| kb_fuzz::sanitise::run(data));
