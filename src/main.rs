//! The command `kb`: hands its arguments to the library and returns the exit status.

use std::process::ExitCode;

/// A build makes and drops millions of small strings on every thread; this allocator was made for that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    kb::run(std::env::args_os())
}
