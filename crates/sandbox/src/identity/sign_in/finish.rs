//! Back to the app: with a code, or with an error.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{
    page,
    request::{Request, ResponseMode},
};
use crate::{
    Sandbox,
    identity::{
        error::AadError,
        grants::{Code, Grant, SignIn},
    },
    people::Person,
};

/// How long a code can be redeemed.
const CODE_LIFE: SignedDuration = SignedDuration::from_mins(10);

/// Sends the person of `session` back with a code.
pub(super) fn grant(
    sandbox: &Sandbox,
    request: &Request,
    person: &Person,
    session: Uuid,
) -> Response {
    if !request.consented {
        let error = AadError {
            error: "consent_required",
            ..AadError::no_consent(request.client_id)
        };
        return refuse(request, &error);
    }
    let expires = sandbox
        .clock
        .now()
        .saturating_add(CODE_LIFE)
        .unwrap_or(Timestamp::MAX);
    sandbox.identity.sessions.enter(session, request.client_id);
    let code = sandbox.identity.grants.issue_code(Code {
        grant: Grant {
            client_id: request.client_id,
            oid: person.oid,
            scopes: request.scopes.clone(),
            sign_in: SignIn {
                session: Some(session),
                claims: request.claims.clone(),
            },
        },
        redirect_uri: request.redirect_text.clone(),
        challenge: request.challenge.clone(),
        nonce: request.nonce.clone(),
        expires,
    });
    answer(
        request,
        vec![("code", code), ("session_state", session.to_string())],
    )
}

/// Sends the person back with an error.
pub(super) fn refuse(request: &Request, error: &AadError) -> Response {
    answer(
        request,
        vec![
            ("error", error.error.to_owned()),
            ("error_description", error.description()),
        ],
    )
}

fn answer(request: &Request, mut values: Vec<(&'static str, String)>) -> Response {
    if let Some(state) = &request.state {
        values.push(("state", state.clone()));
    }
    let mut to = request.redirect_uri.clone();
    match request.mode {
        ResponseMode::Query => {
            to.query_pairs_mut().extend_pairs(&values);
        }
        ResponseMode::Fragment => {
            let text = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&values)
                .finish();
            to.set_fragment(Some(&text));
        }
        ResponseMode::FormPost => return page::form_post(&to, &values),
    }
    (
        StatusCode::SEE_OTHER,
        [
            (header::LOCATION, to.to_string()),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ],
    )
        .into_response()
}
