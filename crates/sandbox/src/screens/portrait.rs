//! `/portraits/{number}`: a worker's picture, or initials where there is none that can be shown.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use maud::html;

use super::{
    Screens,
    avatar::{initials, tone},
};
use crate::rows::{RowKey, Tables, Value};

/// The image by the type its bytes say; an SVG with the initials when there is no picture or it
/// is damaged; 404 for nobody. Browsers keep it and ask whether it is still the same.
pub(super) async fn portrait(
    State(screens): State<Screens>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(found) = screens.store.read(|tables| find(tables, &number)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let known = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|tag| *tag == *found.tag);
    let kept = [
        (header::ETAG, found.tag),
        (header::CACHE_CONTROL, "private, no-cache".into()),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    // Drawing takes a while, and nothing else should wait for it.
    let image = found.image;
    let drawn = tokio::task::spawn_blocking(move || image.and_then(|image| image.as_bytes())).await;
    match drawn
        .ok()
        .flatten()
        .and_then(|bytes| Some((kind(&bytes)?, bytes)))
    {
        Some((kind, bytes)) => (kept, [(header::CONTENT_TYPE, kind)], bytes).into_response(),
        None => {
            let svg = letters(&found.name, &number);
            (kept, [(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response()
        }
    }
}

struct Found {
    name: String,
    image: Option<Value>,
    tag: String,
}

fn find(tables: &Tables, number: &str) -> Option<Found> {
    let worker = tables.get("Workers", &RowKey::of(&[number]))?;
    let image = tables.get("PersonImages", &RowKey::of(&[worker.text("PartyNumber")]));
    let opaque = |tag: String| tag.trim_start_matches("W/").replace('"', "");
    let version = image.map_or(String::new(), |image| opaque(image.row.etag()));
    Some(Found {
        name: super::line::name(&worker),
        image: image.and_then(|image| image.value("Image")),
        tag: format!("\"{}.{version}\"", opaque(worker.row.etag())),
    })
}

/// The type of an image that is whole, from its first and last bytes.
fn kind(bytes: &Bytes) -> Option<&'static str> {
    // A picture that breaks off would be shown in half: both formats say where they end.
    let tail = &bytes[bytes.len().saturating_sub(32)..];
    let ends = |mark: &[u8]| tail.windows(mark.len()).any(|part| part == mark);
    match bytes.as_ref() {
        [0xff, 0xd8, 0xff, ..] if ends(&[0xff, 0xd9]) => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] if ends(b"IEND") => Some("image/png"),
        [b'G', b'I', b'F', b'8', ..] if ends(&[0x3b]) => Some("image/gif"),
        _ => None,
    }
}

/// Background and letters of each tone, as `.tone-…` in the style sheet.
const TONES: [(&str, &str); 6] = [
    ("#cfe4fa", "#0c3b5e"),
    ("#d4eee0", "#0b4a2b"),
    ("#fbe3cf", "#653100"),
    ("#e6dcf5", "#42246e"),
    ("#cdeceb", "#00484b"),
    ("#f9dbe6", "#6b0f3a"),
];

fn letters(name: &str, number: &str) -> String {
    let (back, front) = TONES
        .get(tone(number) as usize)
        .copied()
        .unwrap_or(TONES[0]);
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 210" width="210" height="210" {
            rect width="210" height="210" fill=(back) {}
            text x="105" y="107" fill=(front) font-family="'Segoe UI', system-ui, sans-serif"
                font-size="84" font-weight="600" text-anchor="middle" dominant-baseline="central" {
                (initials(name))
            }
        }
    }
    .into_string()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::kind;

    #[test]
    fn only_whole_pictures_have_a_kind() {
        let jpeg = Bytes::from_static(b"\xff\xd8\xff\xe0picture\xff\xd9");
        assert_eq!(kind(&jpeg), Some("image/jpeg"));
        assert_eq!(kind(&jpeg.slice(..jpeg.len() - 2)), None, "it breaks off");
        assert_eq!(
            kind(&Bytes::from_static(b"\x89PNG\r\n....IEND\xaeB`\x82")),
            Some("image/png")
        );
        assert_eq!(kind(&Bytes::new()), None);
        assert_eq!(
            kind(&Bytes::from_static(b"<svg onload=alert(1)>")),
            None,
            "no scripts"
        );
    }
}
