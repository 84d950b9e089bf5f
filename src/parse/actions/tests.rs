//! Promises as teams write them.
