//! kb turns a folder of incident postmortems into a place where people find the earlier incident, see what it had
//! promised, and learn whether promises are kept.
//!
//! # The flow
//!
//! ```text
//!  content/ themes/ site.toml                                                        dist/<audience>/
//!       │ disk                                                                             ▲ disk
//!       ▼                                                                                  │
//!    Source ──parse──▶ Draft ──gather──▶ Corpus ══ gate ══▶ Edition ──plan──▶ Page ──render──▶ Output
//!    (a text)          (one incident,    (all of them,      (what one        (path and       (path and
//!                       sealed)           unreadable)        audience         route)          bytes)
//!                                                            may read)
//!                                                             ├─relate, recur──▶ what belongs together
//!                                                             ├─measure────────▶ figures
//!                                                             ├─index──────────▶ search
//!                                                             └─lint───────────▶ findings
//! ```
//!
//! Every stage is a function from its input to a new value, and returns findings ([`diag::Diagnostic`]) beside it.
//! [`pipeline`] calls them in order; `cli` and [`serve`] are its two users.
//!
//! # The rooms, from the ground up
//!
//! | floor | rooms | what they know |
//! |---|---|---|
//! | 1 | [`diag`], [`model`], [`output`] | findings and places; the words of the field; bytes under safe paths |
//! | 2 | [`config`], [`corpus`], [`theme`], [`disk`] | settings; the audience gate; layers of templates; files |
//! | 3 | [`parse`], [`relate`], [`recur`], [`measure`], [`index`], [`lint`], [`interop`] | reading; everything that is computed over an edition; other systems |
//! | 4, 5 | [`plan`], [`render`] | which pages there are, with what on them; their bytes |
//! | 6 to 8 | [`pipeline`], [`serve`], `cli` | the stages in order; the preview; the command line |
//!
//! # Invariants
//!
//! * Only [`disk`], [`serve`] and `cli` touch the file system, the clock or the environment; the network is theirs and
//!   [`interop::http`]'s, and only `kb sync` and `kb import` use that: a build never needs it.
//! * Reading never fails: any text gives a value and findings.
//! * **Nothing a reader may not see leaves [`corpus`].** A draft can be sealed and passed on, not looked into; an
//!   [`corpus::Edition`] can be read, not made; everything that relates, counts, indexes or renders takes an edition.
//! * A stage never looks at an earlier stage's input: pages are rendered without the sources.
//! * Same inputs, same bytes: today is a parameter, nothing iterates over a hash map into output, and results of
//!   parallel work keep the order of their input.
//! * A warm run equals a cold one; only `pipeline::Memo` knows that runs repeat.
//! * Rooms import only from floors below, and from their own folder. `tests/architecture.rs` holds them to it.
//!
//! The library exists so that tests and benches can reach the stages; it makes no promise of a stable interface.

mod cli;
pub mod config;
pub mod corpus;
pub mod diag;
pub mod disk;
mod error;
pub mod index;
pub mod interop;
pub mod lint;
pub mod measure;
pub mod model;
pub mod output;
pub mod parse;
pub mod pipeline;
pub mod plan;
pub mod recur;
pub mod relate;
pub mod render;
pub mod serve;
pub mod theme;

pub use cli::run;
pub use error::{Error, Result};
