//! kb turns a folder of incident postmortems into a place where people find the earlier incident, see what it had
//! promised, and learn whether promises are kept.

pub mod config;
pub mod corpus;
pub mod diag;
mod error;
pub mod model;
pub mod output;
pub mod plan;
pub mod relate;
pub mod render;
pub mod theme;

pub use error::{Error, Result};
