//! What stands in a token (Microsoft Learn: access-token-claims-reference).

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    apps::{App, Proof},
    jwt::Members,
    requested_claims::RequestedClaims,
    resource::Resource,
};
use crate::{Sandbox, people::Person};

/// Life of an access token; Entra draws 60 to 90 minutes, 75 on average.
pub(crate) const ACCESS_TOKEN_S: i64 = 75 * 60;
const ID_TOKEN_S: i64 = 60 * 60;
/// Entra dates tokens back, for clocks that are late.
const DATED_BACK_S: i64 = 300;

/// Whom a token speaks for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject<'a> {
    /// A user, through an app, with these permissions.
    User(&'a Person, &'a [&'static str]),
    /// The app itself.
    App,
}

/// The claims of an access token for `resource`, asked by `app` that proved itself so.
pub(crate) fn access(
    sandbox: &Sandbox,
    resource: Resource,
    (app, proof): (&App, Proof),
    subject: Subject<'_>,
    now: Timestamp,
) -> Members {
    let (origin, tenant) = (&sandbox.origin, &sandbox.options.tenant);
    let mut claims = times(tenant, now, ACCESS_TOKEN_S);
    let v2 = resource == Resource::Eloops;
    set(&mut claims, "aud", resource.identifier(origin));
    set(&mut claims, "ver", if v2 { "2.0" } else { "1.0" });
    let issuer = if v2 {
        format!("{origin}/{tenant}/v2.0")
    } else {
        format!("{origin}/{tenant}/")
    };
    set(&mut claims, "iss", issuer);
    let (client, how) = if v2 {
        ("azp", "azpacr")
    } else {
        ("appid", "appidacr")
    };
    set(&mut claims, client, app.client_id);
    set(&mut claims, how, proof.claim());
    match subject {
        Subject::App => {
            set(&mut claims, "idtyp", "app");
            set(&mut claims, "oid", app.oid.to_string());
            set(&mut claims, "sub", app.oid.to_string());
        }
        Subject::User(person, permissions) => {
            set(&mut claims, "scp", permissions.join(" "));
            user(&mut claims, person, resource.identifier(origin), v2);
            // Roles belong to the API that defines them: ours.
            if resource == Resource::Eloops && !person.roles.is_empty() {
                claims.insert("roles".into(), json!(person.roles));
            }
        }
    }
    claims
}

/// The claims of an id_token for the app.
pub(crate) fn id(
    sandbox: &Sandbox,
    app: &App,
    person: &Person,
    nonce: Option<&str>,
    session: Option<Uuid>,
    now: Timestamp,
) -> Members {
    let (origin, tenant) = (&sandbox.origin, &sandbox.options.tenant);
    let mut claims = times(tenant, now, ID_TOKEN_S);
    set(&mut claims, "aud", app.client_id);
    set(&mut claims, "ver", "2.0");
    set(&mut claims, "iss", format!("{origin}/{tenant}/v2.0"));
    user(&mut claims, person, app.client_id, true);
    if let Some(nonce) = nonce {
        set(&mut claims, "nonce", nonce);
    }
    if let Some(session) = session {
        set(&mut claims, "sid", session.to_string());
    }
    if !person.roles.is_empty() {
        claims.insert("roles".into(), json!(person.roles));
    }
    claims
}

/// Adds what the sign-in was asked for: authentication contexts it stepped up to, and what the
/// app can do (Microsoft Learn: optional-claims-reference, `acrs` and `xms_cc`).
pub(crate) fn add_requested(claims: &mut Members, requested: &RequestedClaims) {
    for name in ["acrs", "xms_cc"] {
        let values = requested.values(name);
        if !values.is_empty() {
            claims.insert(name.to_owned(), json!(values));
        }
    }
}

/// `client_info`, which MSAL wants in a token answer: base64url of `{uid, utid}`.
pub(crate) fn client_info(sandbox: &Sandbox, person: &Person) -> String {
    let tenant = &sandbox.options.tenant;
    URL_SAFE_NO_PAD.encode(json!({ "uid": person.oid.to_string(), "utid": tenant }).to_string())
}

fn times(tenant: &str, now: Timestamp, life_s: i64) -> Members {
    let mut claims = Members::new();
    let from = now.as_second() - DATED_BACK_S;
    claims.insert("iat".into(), json!(from));
    claims.insert("nbf".into(), json!(from));
    claims.insert("exp".into(), json!(now.as_second() + life_s));
    set(&mut claims, "tid", tenant);
    set(
        &mut claims,
        "uti",
        URL_SAFE_NO_PAD.encode(Uuid::new_v4().as_bytes()),
    );
    claims
}

fn user(claims: &mut Members, person: &Person, audience: &str, v2: bool) {
    set(claims, "oid", person.oid.to_string());
    // Pairwise: another value for another audience (OpenID Connect Core §8.1).
    let pair = digest(&SHA256, format!("{}/{audience}", person.oid).as_bytes());
    set(claims, "sub", URL_SAFE_NO_PAD.encode(pair.as_ref()));
    set(claims, "name", person.name.as_str());
    if v2 {
        set(claims, "preferred_username", person.sign_in_name.as_str());
    } else {
        set(claims, "unique_name", person.sign_in_name.as_str());
        set(claims, "upn", person.sign_in_name.as_str());
        set(claims, "acr", "1");
        claims.insert("amr".into(), json!(["pwd"]));
    }
}

fn set(claims: &mut Members, name: &str, value: impl Into<Value>) {
    claims.insert(name.to_owned(), value.into());
}
