//! Timelines as teams write them.
