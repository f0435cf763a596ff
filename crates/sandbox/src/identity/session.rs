//! Who is signed in at the sandbox in a browser: single sign-on.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
};

use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

/// Name of the cookie; the same part as Entra's `ESTSAUTH`.
const COOKIE: &str = "sandbox_sign_in";

/// A person signed in, in one browser.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// What `sid` names in the id_tokens made from it.
    pub(crate) id: Uuid,
    /// Object id of the person.
    pub(crate) oid: Uuid,
    /// Client ids of the apps the person went to: those to tell of the end.
    pub(crate) apps: BTreeSet<&'static str>,
}

/// The sessions by cookie value.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<HashMap<String, Session>>);

impl Sessions {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The session of this browser.
    pub(crate) fn of(&self, headers: &HeaderMap) -> Option<Session> {
        self.lock().get(cookie(headers)?).cloned()
    }

    /// Signs somebody in, or goes on with the session when it is the same person; gives its id
    /// and the `Set-Cookie` value.
    pub(crate) fn begin(&self, headers: &HeaderMap, oid: Uuid) -> (Uuid, String) {
        let mut sessions = self.lock();
        let kept = cookie(headers)
            .and_then(|value| Some((value, sessions.get(value).filter(|s| s.oid == oid)?.id)));
        let (value, id) = match kept {
            Some((value, id)) => (value.to_owned(), id),
            None => {
                let value = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
                let id = Uuid::new_v4();
                let apps = BTreeSet::new();
                sessions.insert(value.clone(), Session { id, oid, apps });
                (value, id)
            }
        };
        (
            id,
            format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax"),
        )
    }

    /// The person goes on to this app.
    pub(crate) fn enter(&self, id: Uuid, app: &'static str) {
        if let Some(session) = self.lock().values_mut().find(|session| session.id == id) {
            session.apps.insert(app);
        }
    }

    /// Signs out; gives the session that ended and the `Set-Cookie` value that removes the cookie.
    pub(crate) fn end(&self, headers: &HeaderMap) -> (Option<Session>, String) {
        let ended = cookie(headers).and_then(|value| self.lock().remove(value));
        let set = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
        (ended, set)
    }

    /// Signs everybody out.
    pub(crate) fn clear(&self) {
        self.lock().clear();
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
