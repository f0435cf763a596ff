//! The popup's pages: plain, kind, in light and dark, without a script.

use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("page.css");

/// Only this style, and forms to ourselves.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash = STANDARD.encode(digest(&SHA256, STYLE.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

/// A page with a heading and something below it.
pub(super) fn page(status: StatusCode, heading: &str, content: &Markup) -> Response {
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (heading) " · Eloops" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    p.brand { span.coin aria-hidden="true" {} "Eloops" }
                    h1 { (heading) }
                    (content)
                }
            }
        }
    };
    let mut response = (status, document).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, POLICY.clone());
    response
}

/// A page that only says something.
pub(super) fn notice(status: StatusCode, heading: &str, text: &str) -> Response {
    page(status, heading, &html! { p { (text) } })
}

/// The page that asks whether the panel is theirs. No button has the focus at first: Enter pressed a moment
/// too early must not confirm.
pub(super) fn confirmation(account: &str, code: &str, form_token: &str) -> Response {
    page(
        StatusCode::OK,
        "Sign in the panel that shows this code?",
        &html! {
            p.code aria-label={ "Code " (code) } { (code) }
            p { "You are signed in as " strong { (account) } "." }
            p.quiet {
                "Confirm only if you see the same code in the panel you came from. \
                 If somebody sent you here, cancel."
            }
            form method="post" action="/auth/confirm" {
                input type="hidden" name="csrf" value=(form_token);
                button.main type="submit" name="action" value="confirm" { "Confirm" }
                button type="submit" name="action" value="cancel" { "Cancel" }
            }
        },
    )
}

/// What to show when a popup has lost its sign-in.
pub(super) fn start_again() -> Response {
    notice(
        StatusCode::BAD_REQUEST,
        "Please start again",
        "This sign-in has ended or belongs to another window. Close this window, go back to the \
         panel, and choose Sign in once more.",
    )
}

/// What to show when something failed in here or at Microsoft's.
pub(super) fn failed() -> Response {
    notice(
        StatusCode::BAD_GATEWAY,
        "Sign-in did not work this time",
        "Microsoft's sign-in or Eloops could not finish it. Close this window and try again in a \
         minute; if it stays, tell your administrator.",
    )
}
