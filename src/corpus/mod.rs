//! All postmortems together, and the one door through which readers get at them.
//!
//! `parse` seals what it read into [`Draft`]s; [`gather`](Corpus::gather) puts them together and checks what only shows
//! across documents; [`publish`] is the audience gate. A [`Corpus`] can be made and published, never read: everything
//! that relates, counts, indexes or renders takes an [`Edition`], which nothing outside this folder can build.
//!
//! The compiler holds that line. The way through the gate is open,
//!
//! ```
//! use kb::{config::SiteConfig, corpus::{Corpus, Edition, publish}, index::Index, model::Audience, plan::Site};
//! fn through_the_gate(corpus: &Corpus, config: &SiteConfig, today: jiff::civil::Date) -> Edition {
//!     let edition = publish(corpus, Audience::Public, config, false);
//!     let _ = (kb::relate::relate(&edition), kb::recur::Relatives::of(&edition, config));
//!     let _ = Index::in_memory(&edition, config, today);
//!     edition
//! }
//! fn planned<'a>(edition: &'a Edition, site: &Site<'a>) -> Site<'a> {
//!     Site { edition, ..*site }
//! }
//! ```
//!
//! and there is no way around it. An edition cannot be made up,
//!
//! ```compile_fail,E0451
//! use kb::{corpus::Edition, model::Audience};
//! let all = Vec::new();
//! Edition { audience: Audience::Public, incidents: all, pages: vec![], assets: vec![], _seal: todo!() };
//! ```
//!
//! nor added to with a document that did not pass the gate;
//!
//! ```compile_fail,E0451
//! use kb::corpus::Published;
//! fn forge(other: Published) -> Published {
//!     Published { incident: Default::default(), ..other }
//! }
//! ```
//!
//! a draft and the list of drafts stay closed,
//!
//! ```compile_fail,E0616
//! fn peek(draft: &kb::corpus::Draft) -> &str {
//!     &draft.whole.title
//! }
//! ```
//!
//! ```compile_fail,E0616
//! fn peek(corpus: &kb::corpus::Corpus) -> usize {
//!     corpus.drafts.iter().count()
//! }
//! ```
//!
//! are not taken by what relates and plans,
//!
//! ```compile_fail,E0308
//! fn skip_the_gate(corpus: &kb::corpus::Corpus) {
//!     kb::relate::relate(corpus);
//! }
//! ```
//!
//! ```compile_fail,E0308
//! fn skip_the_gate(corpus: &kb::corpus::Corpus, config: &kb::config::SiteConfig) {
//!     kb::recur::Relatives::of(corpus, config);
//! }
//! ```
//!
//! ```compile_fail,E0308
//! fn skip_the_gate(corpus: &kb::corpus::Corpus, config: &kb::config::SiteConfig, today: jiff::civil::Date) {
//!     kb::index::Index::in_memory(corpus, config, today);
//! }
//! ```
//!
//! ```compile_fail,E0308
//! fn skip_the_gate<'a>(corpus: &'a kb::corpus::Corpus, site: &kb::plan::Site<'a>) -> kb::plan::Site<'a> {
//!     kb::plan::Site { edition: corpus, ..*site }
//! }
//! ```
//!
//! and cannot be written out in any form.
//!
//! ```compile_fail,E0277
//! fn write_out(draft: &kb::corpus::Draft) -> String {
//!     serde_json::to_string(draft).unwrap_or_default()
//! }
//! ```

mod addresses;
mod again;
mod asset;
pub mod credentials;
mod draft;
mod edition;
mod entities;
mod gate;
mod links;
mod packed;
mod parts;
mod profiles;
mod redact;
mod resolve;
mod scattered;
mod scrub;
mod secrets;
mod settings;
mod slug;
mod tags;
mod tickets;
mod unlink;

pub use again::{Gate, Gatherer};
pub use asset::AssetFile;
pub use draft::{Corpus, Draft};
pub use edition::{Edition, Link, Published, PublishedAsset, Target};
pub use gate::publish;
pub use secrets::{Leak, Secrets};
pub use settings::settings_for;
pub use slug::{name_by_path, slugify};
pub use tickets::Hearing;
