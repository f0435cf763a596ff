use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, html};

/// Says what to do when the frame was not built.
pub(super) fn page() -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { "The Eloops panel is not built" } }
            body {
                h1 { "The Eloops panel is not built" }
                p {
                    "Run " code { "npm run build" } ", or set " code { "ELOOPS_FRAME_DIR" }
                    " to the folder that holds its index.html, and start the server again."
                }
            }
        }
    };
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(header::CACHE_CONTROL, "no-store")],
        page,
    )
        .into_response()
}
