//! The command `kb`: hands its arguments to the library and returns the exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    kb::run(std::env::args_os())
}
