//! kb turns a folder of incident postmortems into a place where people find the earlier incident, see what it had
//! promised, and learn whether promises are kept.

mod cli;
pub mod config;
pub mod corpus;
pub mod diag;
pub mod disk;
mod error;
pub mod index;
pub mod lint;
pub mod measure;
pub mod model;
pub mod output;
pub mod parse;
pub mod pipeline;
pub mod recur;

pub use cli::run;
pub use error::{Error, Result};
