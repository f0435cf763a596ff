use axum::Json;
use axum::extract::State;
use eloops_api::{Page, View};

use super::Denied;
use crate::auth::access::Caller;
use crate::http::App;
use crate::http::plumbing::paging::Paging;
use crate::http::plumbing::problem::ApiError;
use crate::store::views as store;

/// Who looked at my numbers
///
/// Visits of managers, administrators and applications to the member's activity, ledger, uploads and media
/// (`profile`), and to a team list with the member in it (`team`), newest first. A visit ends when half an hour passes
/// without a look; of one that goes on, `last_at` may be five minutes behind. Kept for 90 days. Own looks are not noted,
/// nor is what happens in Talent itself.
#[utoipa::path(get, path = "/me/views", tag = "me", params(Paging),
    responses((status = 200, body = Page<View>), Denied))]
pub(super) async fn views(
    State(app): State<App>,
    caller: Caller,
    paging: Paging,
) -> Result<Json<Page<View>>, ApiError> {
    let member = caller.member()?;
    let since = app.clock().micros() - store::KEPT;
    let mut conn = app.store().read().await?;
    Ok(Json(
        store::list(&mut conn, &member.id, since, &paging.into()).await?,
    ))
}
