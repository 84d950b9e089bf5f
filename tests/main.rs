//! All integration tests, in one binary. Each file tells stories about one behaviour over the fixture of [`site_test`].
#![allow(
    unreachable_pub,
    clippy::needless_for_each,
    clippy::expect_used,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::disallowed_methods,
    clippy::needless_raw_string_hashes,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests touch files and processes, fail by panicking, and `SNAPSHOTS=overwrite` writes raw strings"
)]

mod architecture;
mod audience;
mod build;
mod cli;
mod docs;
mod findings;
mod following;
mod fuzz_seeds;
mod interop;
mod link;
mod properties;
mod recurrence;
mod references;
mod safety;
mod search;
mod serve;
mod site_test;
mod statistics;
mod team;
mod theme;
