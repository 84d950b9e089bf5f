//! kb turns a folder of incident postmortems into a place where people find the earlier incident, see what it had
//! promised, and learn whether promises are kept.

pub mod config;
pub mod corpus;
pub mod diag;
mod error;
pub mod lint;
pub mod model;
pub mod output;
pub mod parse;
pub mod recur;

pub use error::{Error, Result};
