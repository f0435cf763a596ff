//! One file of the frame: the smallest variant the browser takes, cached for ever when its name carries a
//! hash, revalidated otherwise.

use std::path::{Path, PathBuf};

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::auth::random::sha256;
use crate::http::plumbing::caching::is_known;
use crate::http::plumbing::problem::ApiError;

/// Variants made at build time, the better one first: coding and file ending.
const VARIANTS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

/// Gives the file, 304, or 404.
pub(super) async fn serve(folder: &Path, path: &str, asked: &HeaderMap) -> Response {
    let (Some(file), Some(content_type)) = (inside(folder, path), content_type(path)) else {
        return ApiError::not_found().into_response();
    };
    let Some((bytes, coding)) = read(&file, asked).await else {
        return ApiError::not_found().into_response();
    };
    let hash: String = bytes_hash(&bytes);
    let tag = format!("\"{hash}\"");
    let caching = if is_hashed(path) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if is_known(asked, &tag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    (headers, bytes).into_response()
}

/// The path inside the folder; none for anything but plain names, so that nothing leads out.
fn inside(folder: &Path, path: &str) -> Option<PathBuf> {
    let mut file = folder.to_path_buf();
    for name in path.split('/') {
        let plain = name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
        if name.is_empty() || name.starts_with('.') || !plain {
            return None;
        }
        file.push(name);
    }
    Some(file)
}

/// Only what a frame is made of; a variant is never asked for by name.
fn content_type(path: &str) -> Option<&'static str> {
    Some(match path.rsplit_once('.')?.1 {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    })
}

/// A part of the name that is twelve hex digits or more: `card.0123456789ab.wasm`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.')
        .any(|part| part.len() >= 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

async fn read(file: &Path, asked: &HeaderMap) -> Option<(Vec<u8>, Option<&'static str>)> {
    for (coding, ending) in VARIANTS {
        if takes(asked, coding) {
            let variant = PathBuf::from(format!("{}.{ending}", file.display()));
            if let Ok(bytes) = tokio::fs::read(&variant).await {
                return Some((bytes, Some(coding)));
            }
        }
    }
    tokio::fs::read(file).await.ok().map(|bytes| (bytes, None))
}

/// Whether `Accept-Encoding` names the coding, and not with weight 0 (RFC 9110 §12.5.3).
fn takes(asked: &HeaderMap, coding: &str) -> bool {
    asked.get_all(header::ACCEPT_ENCODING).iter().any(|value| {
        value.to_str().is_ok_and(|value| {
            value.split(',').any(|one| {
                let mut parts = one.split(';').map(str::trim);
                let named = parts
                    .next()
                    .is_some_and(|name| name.eq_ignore_ascii_case(coding));
                named && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
            })
        })
    })
}

fn bytes_hash(bytes: &[u8]) -> String {
    use aws_lc_rs::digest::{SHA256, digest};
    use base64::Engine;
    let hash = digest(&SHA256, bytes);
    let text = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(hash);
    text.get(..22)
        .map_or_else(|| sha256(&text), ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_out_of_the_folder() {
        let folder = Path::new("/frame");
        assert_eq!(
            inside(folder, "assets/card.js"),
            Some(PathBuf::from("/frame/assets/card.js"))
        );
        for path in [
            "",
            "../eloops.db",
            "a/../../b",
            "/etc/passwd",
            ".env",
            "a//b",
            "a\\..\\b",
            "a%2e",
            "a\0",
        ] {
            assert_eq!(inside(folder, path), None, "{path:?}");
        }
    }

    #[test]
    fn hashed_names_are_told_from_others() {
        assert!(is_hashed("assets/card.0123456789ab.wasm"));
        for path in ["index.html", "eloops-card.js", "assets/decade.js"] {
            assert!(!is_hashed(path), "{path}");
        }
    }

    #[test]
    fn encodings_with_weight_zero_are_not_taken() {
        let mut asked = HeaderMap::new();
        asked.insert(
            header::ACCEPT_ENCODING,
            HeaderValue::from_static("gzip, br;q=0"),
        );
        assert!(takes(&asked, "gzip"));
        assert!(!takes(&asked, "br"));
    }
}
