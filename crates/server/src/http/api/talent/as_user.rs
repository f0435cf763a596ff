//! The caller's own token for Talent. There is no way back to the application's rights here.

use eloops_talent::RefusalKind;
use serde::{Deserialize, Serialize};

use super::challenge;
use crate::auth::oauth::{TokenError, Tokens};
use crate::auth::principal::{Credential, Principal};
use crate::auth::secret::Secret;
use crate::http::App;
use crate::http::plumbing::problem::ApiError;
use crate::store::sessions;
use crate::talent_client::CallError;

/// What the sealed tokens of sessions are sealed for.
pub(crate) const PURPOSE: &str = "session tokens";

/// The user's tokens as they are sealed at rest. The access token for Talent lives in memory only.
#[derive(Serialize, Deserialize)]
pub(crate) struct KeptTokens {
    pub(crate) refresh_token: Secret,
}

/// Why Talent cannot be asked as the caller.
pub(super) enum NoToken {
    /// There is no such token, or none at present: what was synced may serve.
    Unavailable,
    /// Nobody consented to the app's reading Talent on people's behalf; what was synced may serve, and somebody
    /// should be told.
    ConsentMissing,
    /// Entra wants something of the person first; relayed, never tried again with what is cached.
    Challenge(ApiError),
}

/// The caller's token for Talent.
pub(super) async fn token(app: &App, caller: &Principal) -> Result<Secret, NoToken> {
    let user_tokens = &caller.space.user_tokens;
    let answer = match &caller.credential {
        Credential::Application => return Err(NoToken::Unavailable),
        Credential::Person(assertion) => user_tokens.on_behalf_of(assertion).await,
        Credential::Session { id, tokens } => {
            let Some(kept) = tokens.as_deref().and_then(|sealed| open(caller, sealed)) else {
                return Err(NoToken::Unavailable);
            };
            user_tokens
                .of_session(id, &kept.refresh_token, async |tokens: &Tokens| {
                    keep(app, caller, id, tokens).await;
                })
                .await
        }
    };
    answer.map_err(|error| {
        tracing::info!(%error, "no token of the user's for Talent");
        if error.lacks_consent() {
            return NoToken::ConsentMissing;
        }
        match error {
            TokenError::Refused(refusal) => refusal
                .claims
                .and_then(|claims| challenge::relayed(&caller.space, claims))
                .map_or(NoToken::Unavailable, NoToken::Challenge),
            TokenError::Unavailable(_) => NoToken::Unavailable,
        }
    })
}

/// Drops the caller's token after Talent did not accept it; the next request gets another.
pub(super) fn forget(caller: &Principal, error: &CallError) {
    let CallError::Talent(error) = error else {
        return;
    };
    if error
        .refusal()
        .is_none_or(|refusal| refusal.kind != RefusalKind::Unauthorized)
    {
        return;
    }
    let user_tokens = &caller.space.user_tokens;
    match &caller.credential {
        Credential::Person(assertion) => user_tokens.forget_assertion(assertion),
        Credential::Session { id, .. } => user_tokens.forget_session(id),
        Credential::Application => {}
    }
}

fn open(caller: &Principal, sealed: &str) -> Option<KeptTokens> {
    match caller.space.sealer.open(sealed, PURPOSE) {
        Ok(text) => serde_json::from_str(&text).ok(),
        Err(error) => {
            tracing::warn!(%error, "a session's tokens cannot be opened");
            None
        }
    }
}

/// Entra may replace the refresh token; the one before is then discarded.
async fn keep(app: &App, caller: &Principal, session_id: &str, tokens: &Tokens) {
    let Some(refresh_token) = tokens.refresh_token.clone() else {
        return;
    };
    let kept = async {
        let text = serde_json::to_string(&KeptTokens { refresh_token })
            .map_err(|error| ApiError::internal(&error))?;
        let sealed = caller
            .space
            .sealer
            .seal(&text, PURPOSE)
            .map_err(|error| ApiError::internal(&error))?;
        let mut tx = app.store().write().await?;
        sessions::set_tokens(&mut tx, session_id, &sealed).await?;
        Ok::<_, ApiError>(tx.commit().await?)
    };
    if let Err(error) = kept.await {
        tracing::warn!(
            code = error.code,
            "a new refresh token could not be kept; the old one stays"
        );
    }
}
