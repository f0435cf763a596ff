//! `POST /sandbox/tokens`: a token of any kind, also a forged one; `GET` lists those given out.

use std::sync::Arc;

use axum::{Json, body::Bytes, extract::State};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::body::{Refused, read};
use crate::{
    Sandbox,
    identity::{
        SERVER_APP,
        apps::Proof,
        claims::{self, ACCESS_TOKEN_S, Subject},
        grants::SignIn,
        issued::{Kind, Token},
        jwt,
        requested_claims::RequestedClaims,
        resource::{ELOOPS, Resource},
    },
    people::Person,
};

/// The most by which a validator tolerates another clock.
const CLOCK_SKEW_S: i64 = 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    /// Personnel number or sign-in name; null for an app token.
    #[serde(default)]
    worker: Option<String>,
    #[serde(default)]
    audience: Option<String>,
    #[serde(default)]
    scopes: Option<Vec<String>>,
    #[serde(default)]
    roles: Option<Vec<String>>,
    #[serde(default)]
    claims: Map<String, Value>,
    #[serde(default)]
    header: Map<String, Value>,
    #[serde(default)]
    lifetime_s: Option<i64>,
    /// The `claims` the person's sign-in was asked for: meets a challenge on-behalf-of.
    #[serde(default)]
    signed_in_with: Map<String, Value>,
}

/// Makes the token; `claims` and `header` override members, null removes one.
pub(super) async fn forge(
    State(sandbox): State<Arc<Sandbox>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let example = json!({ "worker": "000014", "audience": ELOOPS, "scopes": ["access_as_user"],
        "roles": [], "claims": {}, "header": {}, "lifetime_s": 3600,
        "signed_in_with": {} });
    let refuse = |error: String| Refused::new(error, example.clone());
    let body: Body = read(&body, example.clone())?;
    let person = body.worker.as_deref().map(|name| {
        find(&sandbox, name).ok_or_else(|| {
            refuse(format!("nobody with the personnel number or sign-in name '{name}' has an account; worker null gives an app token"))
        })
    });
    let person = person.transpose()?;
    let audience = body.audience.as_deref().unwrap_or(ELOOPS);
    let resource = if audience.trim_end_matches('/') == sandbox.origin {
        Resource::Talent
    } else {
        Resource::Eloops
    };
    let app = sandbox.identity.apps.get(SERVER_APP);
    let app = app.ok_or_else(|| refuse(format!("there is no app {SERVER_APP}")))?;
    let permissions = resource.permissions();
    let subject = person
        .as_ref()
        .map_or(Subject::App, |p| Subject::User(p, permissions));
    let now = sandbox.clock.now();
    let mut claims = claims::access(&sandbox, resource, (app, Proof::Secret), subject, now);
    claims.insert("aud".into(), json!(audience));
    if let Some(scopes) = body.scopes.filter(|_| person.is_some()) {
        claims.insert("scp".into(), json!(scopes.join(" ")));
        if scopes.is_empty() {
            claims.remove("scp");
        }
    }
    if let Some(roles) = body.roles {
        claims.insert("roles".into(), json!(roles));
        if roles.is_empty() {
            claims.remove("roles");
        }
    }
    let lifetime_s = match body.lifetime_s.unwrap_or(ACCESS_TOKEN_S) {
        // Expired also for whoever tolerates a clock that is a minute off.
        negative @ ..0 => negative.saturating_sub(CLOCK_SKEW_S),
        lifetime_s => lifetime_s,
    };
    let exp = now.as_second().saturating_add(lifetime_s);
    claims.insert("exp".into(), json!(exp));
    let from = claims
        .get("nbf")
        .and_then(Value::as_i64)
        .unwrap_or(exp)
        .min(exp - 300);
    claims.insert("nbf".into(), json!(from));
    claims.insert("iat".into(), json!(from));
    let key = sandbox
        .identity
        .keys
        .signing()
        .map_err(|e| refuse(e.to_string()))?;
    let mut header = jwt::header(&key, resource == Resource::Talent);
    let sign_in = SignIn {
        session: None,
        claims: RequestedClaims::from_members(body.signed_in_with),
    };
    claims::add_requested(&mut claims, &sign_in.claims);
    if let Some(uti) = claims.get("uti").and_then(Value::as_str) {
        sandbox.identity.grants.note_token(uti, &sign_in);
    }
    overridden(&mut claims, body.claims);
    overridden(&mut header, body.header);
    let token = jwt::sign(&key, &header, &claims).map_err(|e| refuse(e.to_string()))?;
    let token = sandbox.identity.issued.note(Kind::Access, token);
    Ok(Json(json!({ "access_token": token })))
}

/// The newest tokens since the last reset, oldest first: a test searches for them where none
/// may be.
pub(super) async fn show(State(sandbox): State<Arc<Sandbox>>) -> Json<Vec<Token>> {
    Json(sandbox.identity.issued.all())
}

fn find(sandbox: &Sandbox, name: &str) -> Option<Person> {
    if name == "admin" {
        return Some(sandbox.people.administrator().clone());
    }
    sandbox
        .people
        .by_number(name)
        .or_else(|| sandbox.people.by_sign_in_name(name))
}

fn overridden(members: &mut Map<String, Value>, by: Map<String, Value>) {
    for (name, value) in by {
        if value.is_null() {
            members.remove(&name);
        } else {
            members.insert(name, value);
        }
    }
}
