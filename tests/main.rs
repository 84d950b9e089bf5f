//! All integration tests, in one binary. Each file tells stories about one behaviour over the fixture of [`site_test`].
#![allow(
    clippy::disallowed_methods,
    clippy::needless_raw_string_hashes,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests touch files and processes, fail by panicking, and `SNAPSHOTS=overwrite` writes raw strings"
)]

mod architecture;
mod cli;
mod docs;
mod search;
mod site_test;
mod statistics;
