//! The caller's own token for Talent. There is no way back to the application's rights here.

use axum::http::{HeaderValue, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::auth::oauth::{TokenError, Tokens};
use crate::auth::principal::{Credential, Principal};
use crate::auth::secret::Secret;
use crate::http::App;
use crate::http::plumbing::problem::ApiError;
use crate::store::sessions;

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
        match error {
            TokenError::Refused(refusal) => match refusal.claims {
                Some(claims) => NoToken::Challenge(insufficient_claims(&claims)),
                None => NoToken::Unavailable,
            },
            TokenError::Unavailable(_) => NoToken::Unavailable,
        }
    })
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

/// Microsoft Learn: claims-challenge. The client authorizes again with these claims.
fn insufficient_claims(claims: &str) -> ApiError {
    let error = ApiError::new(
        StatusCode::UNAUTHORIZED,
        "insufficient_claims",
        "Microsoft's sign-in asks for one more step; sign in again with the claims given.",
    );
    let value = format!(
        "Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{}\"",
        STANDARD.encode(claims)
    );
    match HeaderValue::from_str(&value) {
        Ok(value) => error.with_header(header::WWW_AUTHENTICATE, value),
        Err(_) => error,
    }
}
