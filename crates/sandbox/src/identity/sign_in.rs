//! `GET /{tenant}/oauth2/v2.0/authorize` and the page on which a person is chosen.

mod finish;
pub(super) mod page;
mod request;

use std::sync::Arc;

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};

use self::request::{Bad, Prompt, Request};
use super::{error::AadError, form::Form, tenant::Tenant};
use crate::{Sandbox, people::Person};

/// Signs in silently where that is possible and allowed, else shows the page.
pub(super) async fn authorize(
    State(sandbox): State<Arc<Sandbox>>,
    Path(tenant): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let form = Form::parse(&query.unwrap_or_default());
    let request = match checked(&sandbox, &tenant, &form) {
        Ok(request) => request,
        Err(response) => return *response,
    };
    let session = sandbox
        .identity
        .sessions
        .of(&headers)
        .and_then(|session| Some((session.id, sandbox.people.by_oid(session.oid)?)));
    let hinted = request
        .login_hint
        .as_deref()
        .and_then(|h| sandbox.people.by_sign_in_name(h));
    // Somebody else's session does not answer for the person who is asked for.
    let session = session.filter(|(_, person)| hinted.as_ref().is_none_or(|h| h.oid == person.oid));
    match (request.prompt, session) {
        (Prompt::None, None) => finish::refuse(
            &request,
            &AadError::new(
                "login_required",
                50_058,
                "A silent sign-in request was sent but no user is signed in.",
            ),
        ),
        // A claims challenge is not answered by a session: the person does something for it.
        (Prompt::None, Some(_)) if request.claims.demands_interaction() => finish::refuse(
            &request,
            &AadError::new(
                "interaction_required",
                50_076,
                "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.",
            ),
        ),
        (Prompt::None, Some((session, person))) => {
            finish::grant(&sandbox, &request, &person, session)
        }
        (Prompt::AsNeeded, Some((session, person))) if !request.claims.demands_interaction() => {
            finish::grant(&sandbox, &request, &person, session)
        }
        _ => page::choose(&sandbox, &tenant, &form, &request, hinted.as_ref()),
    }
}

/// `POST /{tenant}/login`: the person was chosen.
pub(super) async fn choose(
    State(sandbox): State<Arc<Sandbox>>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let form = Form::parse(&body);
    let request = match checked(&sandbox, &tenant, &form) {
        Ok(request) => request,
        Err(response) => return *response,
    };
    let chosen: Option<Person> = form
        .get("oid")
        .and_then(|oid| oid.parse().ok())
        .and_then(|oid| sandbox.people.by_oid(oid));
    let Some(person) = chosen else {
        return page::refusal(&AadError::new(
            "invalid_request",
            50_034,
            "The user account does not exist in the Sandbox directory. Go back and choose a person from the list.",
        ));
    };
    let (session, cookie) = sandbox.identity.sessions.begin(&headers, person.oid);
    (
        [(header::SET_COOKIE, cookie)],
        finish::grant(&sandbox, &request, &person, session),
    )
        .into_response()
}

fn checked(sandbox: &Sandbox, tenant: &str, form: &Form) -> Result<Request, Box<Response>> {
    Tenant::parse(tenant, sandbox).map_err(|error| Box::new(page::refusal(&error)))?;
    Request::parse(sandbox, form).map_err(|bad| {
        Box::new(match bad {
            // Nobody is sent to an address that is not registered (RFC 9700 §4.1).
            Bad::Client(error) => page::refusal(&error),
            Bad::Rest(request, error) => finish::refuse(&request, &error),
        })
    })
}
