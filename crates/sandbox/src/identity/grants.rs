//! Codes and refresh tokens: opaque handles to what was granted.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use uuid::Uuid;

use super::{pkce::Challenge, requested_claims::RequestedClaims, resource::Scopes};

/// What a person granted an app.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) client_id: &'static str,
    pub(crate) oid: Uuid,
    pub(crate) scopes: Scopes,
    pub(crate) sign_in: SignIn,
}

/// How the person signed in; everything made from a sign-in remembers it.
#[derive(Debug, Clone, Default)]
pub(crate) struct SignIn {
    /// The browser's session, which `sid` names in an id_token; none for a forged token.
    pub(crate) session: Option<Uuid>,
    /// What the app asked the sign-in to show.
    pub(crate) claims: RequestedClaims,
}

/// An authorization code's content.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) grant: Grant,
    pub(crate) redirect_uri: String,
    pub(crate) challenge: Option<Challenge>,
    pub(crate) nonce: Option<String>,
    pub(crate) expires: Timestamp,
}

/// A refresh token's content.
#[derive(Debug, Clone)]
pub(crate) struct Refresh {
    pub(crate) grant: Grant,
    pub(crate) expires: Timestamp,
}

/// What redeeming a code finds.
#[derive(Debug)]
pub(crate) enum Redeemed {
    /// For the first time. Everybody else who presents it finds [`Redeemed::Used`].
    Fresh(Box<Code>),
    Used,
    Unknown,
}

/// The handles given out.
#[derive(Debug, Default)]
pub(crate) struct Grants(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// None once it is used.
    codes: HashMap<String, Option<Code>>,
    refresh: HashMap<String, Refresh>,
    /// By `uti`: how the person of an access token signed in, where it was asked for claims.
    sign_ins: HashMap<String, SignIn>,
}

impl Grants {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new code.
    pub(crate) fn issue_code(&self, code: Code) -> String {
        let handle = handle("1.");
        self.lock().codes.insert(handle.clone(), Some(code));
        handle
    }

    /// Uses a code up, whatever comes of it: of many at once exactly one finds it fresh.
    pub(crate) fn redeem(&self, handle: &str) -> Redeemed {
        match self.lock().codes.get_mut(handle).map(Option::take) {
            Some(Some(code)) => Redeemed::Fresh(Box::new(code)),
            Some(None) => Redeemed::Used,
            None => Redeemed::Unknown,
        }
    }

    /// A new refresh token; earlier ones stay good, as Entra's do.
    pub(crate) fn issue_refresh(&self, refresh: Refresh) -> String {
        let handle = handle("2.");
        self.lock().refresh.insert(handle.clone(), refresh);
        handle
    }

    /// What a refresh token stands for.
    pub(crate) fn refresh(&self, handle: &str) -> Option<Refresh> {
        self.lock().refresh.get(handle).cloned()
    }

    /// Remembers the sign-in an access token comes from, for exchanges on behalf of the user.
    pub(crate) fn note_token(&self, uti: &str, sign_in: &SignIn) {
        if !sign_in.claims.is_empty() {
            let mut inner = self.lock();
            inner.sign_ins.insert(uti.to_owned(), sign_in.clone());
        }
    }

    /// The sign-in an access token comes from; a plain one when nothing else is known.
    pub(crate) fn sign_in_of(&self, uti: &str) -> SignIn {
        self.lock().sign_ins.get(uti).cloned().unwrap_or_default()
    }

    /// Voids everything.
    pub(crate) fn clear(&self) {
        *self.lock() = Inner::default();
    }
}

/// 32 random bytes.
fn handle(kind: &str) -> String {
    format!(
        "{kind}{}",
        URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
    )
}
