//! Who the tokens of a sign-in speak for, and with which app roles.

use std::collections::BTreeSet;

use crate::auth::keys::KeyError;
use crate::auth::oauth::Tokens;
use crate::auth::secret::Secret;
use crate::auth::token::{self, Refusal, SigningKey, Verified};
use crate::http::{App, Space};

/// Who the id token of a new sign-in says they are.
///
/// # Errors
/// Why it is not believed, for the log.
pub(super) async fn of_sign_in(
    app: &App,
    space: &Space,
    tokens: &Tokens,
    nonce: &str,
) -> Result<Verified, String> {
    let id_token = tokens.id_token.as_ref();
    let id_token = id_token.ok_or("the token endpoint gave no id token")?;
    let now = app.seconds();
    let check = |token: &str, key: &SigningKey| {
        token::verify_id_token(token, key, &space.policy, nonce, now)
    };
    let mut person = verify(app, space, id_token, check)
        .await
        .map_err(|why| why.to_string())?;
    // App roles stand in the id token of the app that defines them, and in the access token for it. The second is
    // only asked where it is the same person's and valid.
    if let Ok(access) = of_access_token(app, space, tokens).await
        && access.object_id == person.object_id
    {
        person.roles.extend(access.roles);
    }
    Ok(person)
}

/// What refreshed tokens say.
pub(super) enum Renewed {
    /// Still the same person, with these app roles now.
    Same(BTreeSet<String>),
    /// Somebody else, or nobody who is believed.
    Other,
    /// The keys to check them cannot be had at present.
    Unchecked,
}

/// What refreshed tokens say of the person with `object_id`. As at the sign-in the id token decides, and the access
/// token may add roles; without an id token it decides.
pub(super) async fn of_refresh(
    app: &App,
    space: &Space,
    tokens: &Tokens,
    object_id: &str,
) -> Renewed {
    let now = app.seconds();
    let access = of_access_token(app, space, tokens).await;
    let (decides, adds) = match &tokens.id_token {
        Some(id_token) => {
            let check = |token: &str, key: &SigningKey| {
                token::verify_refreshed_id_token(token, key, &space.policy, now)
            };
            (verify(app, space, id_token, check).await, access.ok())
        }
        None => (access, None),
    };
    match decides {
        Ok(person) if person.object_id == object_id => {
            let mut roles = person.roles;
            roles.extend(
                adds.filter(|access| access.object_id == object_id)
                    .map(|access| access.roles)
                    .unwrap_or_default(),
            );
            Renewed::Same(roles)
        }
        Ok(_) => {
            tracing::warn!("refreshed tokens are somebody else's");
            Renewed::Other
        }
        Err(Doubt::Keys) => Renewed::Unchecked,
        Err(doubt) => {
            tracing::warn!(%doubt, "refreshed tokens are not believed");
            Renewed::Other
        }
    }
}

async fn of_access_token(app: &App, space: &Space, tokens: &Tokens) -> Result<Verified, Doubt> {
    let now = app.seconds();
    verify(app, space, &tokens.access_token, |token, key| {
        token::verify_access_token(token, key, &space.policy, now)
    })
    .await
}

/// Why a token is not believed.
#[derive(Debug, thiserror::Error)]
enum Doubt {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("the keys of Microsoft's sign-in cannot be read")]
    Keys,
}

async fn verify(
    app: &App,
    space: &Space,
    token: &Secret,
    check: impl FnOnce(&str, &SigningKey) -> Result<Verified, Refusal>,
) -> Result<Verified, Doubt> {
    let token = token.expose();
    let kid = token::peek_kid(token)?;
    let key = match space.keys.find(&kid, app.seconds()).await {
        Ok(key) => key,
        Err(KeyError::Unknown) => return Err(Refusal::UnknownKey.into()),
        Err(KeyError::Unavailable) => return Err(Doubt::Keys),
    };
    let verified = check(token, &key)?;
    space.keys.confirm(&kid);
    Ok(verified)
}
