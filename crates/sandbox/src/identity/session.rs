//! Who is signed in at the sandbox in a browser: single sign-on.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

/// Name of the cookie; the same part as Entra's `ESTSAUTH`.
const COOKIE: &str = "sandbox_sign_in";

/// The sessions by cookie value.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<HashMap<String, Uuid>>);

impl Sessions {
    /// The object id of whoever is signed in.
    pub(crate) fn of(&self, headers: &HeaderMap) -> Option<Uuid> {
        let id = cookie(headers)?;
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(id)
            .copied()
    }

    /// Signs somebody in; gives the `Set-Cookie` value.
    pub(crate) fn begin(&self, oid: Uuid) -> String {
        let id = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
        let set = format!("{COOKIE}={id}; Path=/; HttpOnly; SameSite=Lax");
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id, oid);
        set
    }

    /// Signs out; gives the `Set-Cookie` value that removes the cookie.
    pub(crate) fn end(&self, headers: &HeaderMap) -> String {
        if let Some(id) = cookie(headers) {
            self.0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .remove(id);
        }
        format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
    }

    /// Signs everybody out.
    pub(crate) fn clear(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}
