//! The pages people see while signing in. Plain forms: no script is needed to choose somebody.

use std::collections::BTreeSet;

use aws_lc_rs::digest::{SHA256, digest};
use axum::{
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use url::Url;

use super::request::Request;
use crate::{
    Sandbox,
    identity::{error::AadError, form::Form},
    people::Person,
    screens::avatar::avatar,
};

/// Most people on one page; the rest is found by searching.
const SHOWN: usize = 500;
const SEND: &str = "document.forms[0].submit()";
const SIGN_OUT: &str = include_str!("../../../assets/sign-out.js");
/// Parameters of the page itself, which are not sent on.
const OWN: [&str; 2] = ["search", "oid"];

/// The page on which a person is chosen.
pub(super) fn choose(
    sandbox: &Sandbox,
    tenant: &str,
    form: &Form,
    request: &Request,
    hinted: Option<&Person>,
) -> Response {
    let query = form.get("search").unwrap_or_default();
    let (mut people, more) = sandbox.people.search(query, SHOWN);
    if let Some(hinted) = hinted.filter(|_| query.is_empty()) {
        people.retain(|person| person.oid != hinted.oid);
        people.insert(0, hinted.clone());
    }
    let sent_on = html! {
        @for (name, value) in form.pairs().iter().filter(|(name, _)| !OWN.contains(&name.as_str())) {
            input type="hidden" name=(name) value=(value);
        }
    };
    let body = html! {
        h1 { "Pick an account" }
        p.quiet { "to continue to " strong { "Eloops" } }
        form.search role="search" method="get" action={ "/" (tenant) "/oauth2/v2.0/authorize" } {
            (sent_on)
            label.hidden for="search" { "Search people" }
            input #search type="search" name="search" value=(query) autofocus
                autocomplete="off" placeholder="Name, e-mail or personnel number";
            button.plain type="submit" { "Search" }
        }
        form method="post" action={ "/" (tenant) "/login" } {
            (sent_on)
            ul.people {
                @for person in &people {
                    li { (row(person)) }
                }
            }
        }
        @if people.is_empty() {
            p role="status" { "Nobody is called “" (query) "”." }
        }
        @if more {
            p.quiet { "The first " (SHOWN) " are shown. Search to find somebody else." }
        }
        p.note { "This is a stand-in for Microsoft's sign-in: no password is asked." }
    };
    // Chromium applies form-action to the redirect that follows the form, too.
    let back = request.redirect_uri.origin().ascii_serialization();
    document(
        "Sign in to your account",
        &body,
        &format!("form-action 'self' {back}"),
    )
}

fn row(person: &Person) -> Markup {
    html! {
        button.person type="submit" name="oid" value=(person.oid) {
            (avatar(person.number.as_deref().filter(|_| person.has_portrait), &person.name))
            span.who {
                span.name dir="auto" { (person.name) }
                span.quiet { (person.sign_in_name) }
            }
            span.quiet.post dir="auto" { (person.title) }
        }
    }
}

/// A request that cannot be answered to the app.
pub(in crate::identity) fn refusal(error: &AadError) -> Response {
    let body = html! {
        h1 { "Sign in" }
        p { "Sorry, but we’re having trouble signing you in." }
        p.problem role="alert" { (error.description()) }
    };
    let mut response = document("Sign in", &body, "form-action 'none'");
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response
}

/// What an administrator is asked to accept for everybody.
pub(in crate::identity) fn consent(
    tenant: &str,
    form: &Form,
    client_id: &str,
    back: &Url,
) -> Response {
    let body = html! {
        h1 { "Permissions requested" }
        p.quiet { "Review for your organization" }
        p { strong { (client_id) } " would like to read Talent as the person who is signed in, for everybody in your organization." }
        form.choice method="post" action={ "/" (tenant) "/adminconsent" } {
            @for (name, value) in form.pairs() { input type="hidden" name=(name) value=(value); }
            button.plain type="submit" name="answer" value="accept" { "Accept" }
            button.plain type="submit" name="answer" value="cancel" { "Cancel" }
        }
        p.note { "This is a stand-in for Microsoft’s page: anybody may answer it." }
    };
    let back = back.origin().ascii_serialization();
    document(
        "Permissions requested",
        &body,
        &format!("form-action 'self' {back}"),
    )
}

/// After signing out: the apps to tell in hidden frames, and where to go then.
pub(in crate::identity) fn signed_out(to_tell: &[Url], next: Option<&str>) -> Response {
    let body = html! {
        h1 { "You signed out of your account" }
        p { "It’s a good idea to close all browser windows." }
        @for url in to_tell { iframe hidden src=(url) title="Signing out" {} }
        @if let Some(next) = next { p { a #next href=(next) { "Continue" } } }
        script { (PreEscaped(SIGN_OUT)) }
    };
    let origins: BTreeSet<String> = to_tell
        .iter()
        .map(|url| url.origin().ascii_serialization())
        .collect();
    let frames = match to_tell {
        [] => String::new(),
        _ => format!(
            "frame-src {}; ",
            origins.into_iter().collect::<Vec<_>>().join(" ")
        ),
    };
    let script = script_hash(SIGN_OUT);
    document(
        "Sign out",
        &body,
        &format!("{frames}form-action 'none'; script-src '{script}'"),
    )
}

/// A script's hash as a policy names it (CSP Level 3, §2.3.1).
fn script_hash(script: &str) -> String {
    let hash = digest(&SHA256, script.as_bytes());
    format!("sha256-{}", STANDARD.encode(hash.as_ref()))
}

/// `response_mode=form_post`: a form that sends itself (OAuth 2.0 Form Post Response Mode).
pub(super) fn form_post(to: &Url, values: &[(&'static str, String)]) -> Response {
    let body = html! {
        form method="post" action=(to) {
            @for (name, value) in values { input type="hidden" name=(name) value=(value); }
            button.plain type="submit" { "Continue" }
        }
        script { (PreEscaped(SEND)) }
    };
    document(
        "Working...",
        &body,
        &format!(
            "form-action {}; script-src '{}'",
            to.origin().ascii_serialization(),
            script_hash(SEND)
        ),
    )
}

/// `GET /assets/sign-in.css`.
pub(in crate::identity) async fn styles() -> impl IntoResponse {
    let text = include_str!("../../../assets/sign-in.css");
    ([("content-type", "text/css; charset=utf-8")], text)
}

fn document(title: &str, body: &Markup, policy: &str) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href="/assets/sign-in.css";
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
            }
            body { main { (body) } }
        }
    };
    let mut response = page.into_response();
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; {policy}"
    );
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert("content-security-policy", policy);
    }
    // As Entra's pages: never framed, and cut off from whoever opened them.
    headers.insert("x-frame-options", HeaderValue::from_static("DENY"));
    headers.insert(
        "cross-origin-opener-policy",
        HeaderValue::from_static("same-origin"),
    );
    headers.insert("cache-control", HeaderValue::from_static("no-store"));
    headers.insert("referrer-policy", HeaderValue::from_static("no-referrer"));
    response
}
