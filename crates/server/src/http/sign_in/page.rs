//! The popup's pages: plain, kind, in light and dark, without a script.

use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::locale::Locale;
use super::words::{Notice, Words};

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
fn page(status: StatusCode, locale: Locale, heading: &str, content: &Markup) -> Response {
    let document = html! {
        (DOCTYPE)
        html lang=(locale.tag()) dir=(locale.direction()) {
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
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY.clone());
    headers.insert(
        header::CONTENT_LANGUAGE,
        HeaderValue::from_static(locale.tag()),
    );
    response
}

/// A page that only says something.
pub(super) fn notice(
    status: StatusCode,
    locale: Locale,
    which: impl FnOnce(&'static Words) -> &'static Notice,
) -> Response {
    let notice = which(Words::of(locale));
    page(
        status,
        locale,
        notice.heading,
        &html! { p { (notice.text) } },
    )
}

/// The page that asks whether the panel is theirs. No button has the focus at first: Enter pressed a moment
/// too early must not confirm.
pub(super) fn confirmation(
    locale: Locale,
    account: &str,
    code: &str,
    form_token: &str,
) -> Response {
    let words = Words::of(locale);
    let (before, after) = words.signed_in_as;
    page(
        StatusCode::OK,
        locale,
        words.confirm_heading,
        &html! {
            p.code role="img" dir="ltr" aria-label={ (words.code) " " (code) } { (code) }
            p { (before) strong dir="auto" { (account) } (after) }
            p.quiet { (words.confirm_why) }
            form method="post" action="/auth/confirm" {
                input type="hidden" name="csrf" value=(form_token);
                button.main type="submit" name="action" value="confirm" { (words.confirm) }
                button type="submit" name="action" value="cancel" { (words.cancel) }
            }
        },
    )
}

/// For an account that nobody in the network has.
pub(super) fn unknown(locale: Locale, account: &str) -> Response {
    let words = Words::of(locale);
    let (before, after) = words.unknown;
    page(
        StatusCode::FORBIDDEN,
        locale,
        words.unknown_heading,
        &html! { p { (before) strong dir="auto" { (account) } (after) } },
    )
}

/// What to show when a popup has lost its sign-in.
pub(super) fn start_again(locale: Locale) -> Response {
    notice(StatusCode::BAD_REQUEST, locale, |words| &words.start_again)
}

/// What to show when something failed in here or at Microsoft's.
pub(super) fn failed(locale: Locale) -> Response {
    notice(StatusCode::BAD_GATEWAY, locale, |words| &words.failed)
}
