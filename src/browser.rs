//! The edges: the page, the network, the clock. They carry the card's effects out and bring what
//! happens back as events.

mod app;
mod assets;
mod effects;
mod exports;
mod files;
mod http;
mod intl;
mod listen;
mod options;
mod pairing;
mod patch;
mod read;
mod requests;

pub use exports::{destroy, mount, read_host, set_up, update};

/// Small, and quick enough for a card.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
