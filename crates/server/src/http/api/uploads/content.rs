use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use object_store::GetRange;

use crate::auth::access::Seeker;
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::extract::InPath;
use crate::http::plumbing::headers::UPLOADED;
use crate::http::plumbing::problem::ApiError;

/// The photo or video itself
///
/// One byte range may be asked for, as players do.
#[utoipa::path(get, path = "/uploads/{id}/content", tag = "uploads",
    params(("id" = String, Path, description = "The upload's id")),
    responses((status = 200, content_type = "application/octet-stream", body = [u8]),
        (status = 206, description = "The range asked for"),
        (status = 416, description = "`range_not_satisfiable`"), Denied))]
pub(in crate::http::api) async fn content(
    State(app): State<App>,
    caller: Seeker,
    InPath(id): InPath<String>,
    asked: HeaderMap,
) -> Result<Response, ApiError> {
    let row = super::find(&app, &caller, &id).await?;
    let size = u64::try_from(row.upload.bytes).unwrap_or(0);
    let range = asked
        .get(header::RANGE)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| parse(text, size));
    let wanted = match range {
        Some(Wanted::Beyond) => return Err(beyond(size)),
        Some(Wanted::Part(first, end)) => Some(GetRange::Bounded(first..end)),
        None => None,
    };
    let partial = wanted.is_some();
    let found = app.media().get(&row.content_key, wanted).await?;
    let reading = found.ok_or_else(ApiError::not_found)?;
    let mut headers = HeaderMap::new();
    let mut set = |name, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    };
    let (first, end) = (reading.range.start, reading.range.end);
    set(header::CONTENT_TYPE, row.upload.content_type.clone());
    set(header::CONTENT_LENGTH, (end - first).to_string());
    set(header::ACCEPT_RANGES, "bytes".to_owned());
    set(header::CACHE_CONTROL, "private, max-age=300".to_owned());
    set(header::VARY, "authorization".to_owned());
    // Kept rather than shown where somebody opens the address itself; the card fetches it.
    set(header::CONTENT_DISPOSITION, "attachment".to_owned());
    set(UPLOADED.0, UPLOADED.1.to_owned());
    if partial {
        let last = end.saturating_sub(1);
        set(
            header::CONTENT_RANGE,
            format!("bytes {first}-{last}/{}", reading.total),
        );
    }
    let status = if partial {
        StatusCode::PARTIAL_CONTENT
    } else {
        StatusCode::OK
    };
    Ok((status, headers, Body::from_stream(reading.bytes)).into_response())
}

#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    /// From the first byte up to before the end.
    Part(u64, u64),
    /// Nothing of the content.
    Beyond,
}

/// One range of RFC 9110 §14.1.2. Several, or another unit, are ignored, as §14.2 allows.
fn parse(text: &str, size: u64) -> Option<Wanted> {
    let (first, last) = text.strip_prefix("bytes=")?.split_once('-')?;
    let part = match (first.trim(), last.trim()) {
        ("", suffix) => {
            let length: u64 = suffix.parse().ok()?;
            (size.saturating_sub(length), size)
        }
        (first, "") => (first.parse().ok()?, size),
        (first, last) => (
            first.parse().ok()?,
            last.parse::<u64>().ok()?.saturating_add(1).min(size),
        ),
    };
    Some(if part.0 < part.1 {
        Wanted::Part(part.0, part.1)
    } else {
        Wanted::Beyond
    })
}

fn beyond(size: u64) -> ApiError {
    let error = ApiError::new(
        StatusCode::RANGE_NOT_SATISFIABLE,
        "range_not_satisfiable",
        "The range lies beyond the content.",
    );
    match HeaderValue::from_str(&format!("bytes */{size}")) {
        Ok(value) => error.with_header(header::CONTENT_RANGE, value),
        Err(_) => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        use Wanted::{Beyond, Part};
        for (text, expected) in [
            ("bytes=0-9", Some(Part(0, 10))),
            ("bytes=90-", Some(Part(90, 100))),
            ("bytes=-10", Some(Part(90, 100))),
            ("bytes=0-999", Some(Part(0, 100))),
            ("bytes=100-", Some(Beyond)),
            ("bytes=9-3", Some(Beyond)),
            ("bytes=-0", Some(Beyond)),
            ("bytes=0-1,5-6", None),
            ("lines=0-1", None),
            ("bytes=a-b", None),
            ("bytes=0-18446744073709551615", Some(Part(0, 100))),
        ] {
            assert_eq!(parse(text, 100), expected, "{text}");
        }
    }
}
