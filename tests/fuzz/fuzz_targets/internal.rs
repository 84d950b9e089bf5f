//! See `kb_fuzz::internal`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| kb_fuzz::internal::run(data));
