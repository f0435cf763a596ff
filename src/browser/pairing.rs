//! The secret of a paired sign-in, by the browser's cryptography.

use js_sys::{ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::listen::window;
use crate::pairing::{Ticket, base64url};

/// SHA-256 over a secret's text. Fails where the page's address is not secure enough for it.
pub(super) fn digest(secret: &str) -> Promise {
    let digest = window()
        .and_then(|window| window.crypto().ok())
        .and_then(|crypto| {
            crypto
                .subtle()
                .digest_with_str_and_u8_array("SHA-256", secret.as_bytes())
                .ok()
        });
    digest.unwrap_or_else(|| Promise::reject(&JsValue::NULL))
}

/// The ticket for a digest.
pub(super) fn ticket(digest: JsValue) -> Option<Box<Ticket>> {
    let mut bytes = [0; 32];
    let digest = Uint8Array::new(digest.dyn_ref::<ArrayBuffer>()?);
    if digest.length() != 32 {
        return None;
    }
    digest.copy_to(&mut bytes);
    Some(Box::new(Ticket::new(&bytes)))
}

/// 32 random bytes in base64url.
pub(super) fn random() -> String {
    let mut bytes = [0; 32];
    let filled = window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    // Zeros would be a secret that everybody knows.
    if !filled {
        wasm_bindgen::throw_str("eloops-card: the browser gives no random numbers");
    }
    base64url(&bytes)
}
