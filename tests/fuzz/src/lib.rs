//! What the fuzz targets do with an input, and what must hold whatever it is.
//!
//! Each module is one target: `run` takes any bytes and panics where kb breaks its word. The binaries under
//! `fuzz_targets/` hand them what libFuzzer makes up; `tests/fuzz_seeds.rs` hands them every seed, in each test run.

mod cpu;
mod editions;
mod markup;
mod spans;

pub mod actions;
pub mod clock;
pub mod cost;
pub mod front_matter;
pub mod http;
pub mod impact;
pub mod internal;
pub mod judge;
pub mod postmortem;
pub mod query;
pub mod references;
pub mod render;
pub mod responses;
pub mod sanitise;
pub mod sections;
pub mod settings;
pub mod timeline;
pub mod times;
pub mod whys;
