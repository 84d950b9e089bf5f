//! See `kb_fuzz::postmortem`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| kb_fuzz::postmortem::run(data));
