//! The command `kb`.
fn main() {}
