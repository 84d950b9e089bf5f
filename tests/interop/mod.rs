//! Other systems: what kb asks them, and what it makes of their answers. All of them are played by a server on this
//! computer; none of these tests needs a network.

mod export;
mod import;
mod server;
mod sync;
mod troubles;
mod wire;
