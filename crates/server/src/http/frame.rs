//! The frame page at `/frame/`: static files of the build, for other sites to embed.

mod file;
mod missing;
mod settings;

use std::path::{Path, PathBuf};

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::App;
use super::plumbing::extract::InPath;
use super::plumbing::headers::Frameable;

/// The folder of the built frame: the configured one, else `frame` beside the program, else
/// `dist/frame` where the program was started.
pub(super) fn find(configured: Option<&Path>) -> Option<PathBuf> {
    let beside = std::env::current_exe()
        .ok()
        .and_then(|program| Some(program.parent()?.join("frame")));
    let candidates = match configured {
        Some(folder) => vec![folder.to_path_buf()],
        None => beside
            .into_iter()
            .chain([PathBuf::from("dist/frame")])
            .collect(),
    };
    candidates
        .into_iter()
        .find(|folder| folder.join("index.html").is_file())
}

/// The addresses under `/frame/`.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/frame", get(to_folder))
        .route("/frame/", get(index))
        .route("/frame/settings.json", get(settings::settings))
        .route("/frame/{*path}", get(asset))
}

/// Keeps the parameters: they name the worker.
async fn to_folder(RawQuery(query): RawQuery) -> Response {
    let address = query.map_or_else(|| "/frame/".to_owned(), |query| format!("/frame/?{query}"));
    match HeaderValue::from_str(&address) {
        Ok(to) => (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

async fn index(State(app): State<App>, asked: HeaderMap) -> Response {
    serve(&app, "index.html", &asked).await
}

async fn asset(State(app): State<App>, InPath(path): InPath<String>, asked: HeaderMap) -> Response {
    serve(&app, &path, &asked).await
}

async fn serve(app: &App, path: &str, asked: &HeaderMap) -> Response {
    let mut response = match app.frame_dir() {
        Some(folder) => file::serve(folder, path, asked).await,
        None => missing::page(),
    };
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        policy(app.frame_ancestors()),
    );
    if !app.frame_ancestors().is_empty() {
        response.extensions_mut().insert(Frameable);
    }
    response
}

/// Scripts and styles from here only, WebAssembly allowed, nothing inline, framed by the configured
/// origins only.
fn policy(ancestors: &[String]) -> HeaderValue {
    let ancestors = if ancestors.is_empty() {
        "'none'".to_owned()
    } else {
        ancestors.join(" ")
    };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' blob:; connect-src 'self'; media-src 'self' blob:; base-uri 'none'; \
         form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'; \
         frame-ancestors {ancestors}"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(
        "default-src 'none'; frame-ancestors 'none'",
    ))
}
