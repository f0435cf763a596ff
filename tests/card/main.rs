//! The component in a real browser: mounted on a page, with a server that a test makes up.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy does not take wasm_bindgen_test for a test"
)]

mod fake;
mod hostile;
mod lifecycle;
mod posting;
mod privacy;
mod reading;
mod session;
mod signing_in;
mod states;
mod stronger;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
