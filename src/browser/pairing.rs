//! The secret of a paired sign-in, by the browser's cryptography.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::listen::window;
use crate::pairing::{Ticket, base64url};

/// A secret and its ticket; none where the page's address is not secure enough for cryptography.
pub(super) async fn make() -> Option<(String, Ticket)> {
    let secret = random();
    let subtle = window()?.crypto().ok()?.subtle();
    let digest = subtle
        .digest_with_str_and_u8_array("SHA-256", secret.as_bytes())
        .ok()?;
    let digest: ArrayBuffer = JsFuture::from(digest).await.ok()?.dyn_into().ok()?;
    let digest: [u8; 32] = Uint8Array::new(&digest).to_vec().try_into().ok()?;
    Some((secret, Ticket::new(&digest)))
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
