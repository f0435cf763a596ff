use axum::Json;
use axum::extract::State;
use eloops_api::{Member, MemberStatus, Page};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::access::Caller;
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::extract::Params;
use crate::http::plumbing::paging::Paging;
use crate::http::plumbing::problem::ApiError;
use crate::store::members::{self, MemberFilter};

/// Characters a search may have.
const MAX_SEARCH: usize = 100;

/// Which members.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http::api) struct Search {
    /// Part of the name, the e-mail or the personnel number.
    #[param(max_length = 100)]
    q: Option<String>,
    /// Only members with this status.
    #[param(inline)]
    status: Option<MemberStatus>,
}

/// Members in the order of their personnel numbers
#[utoipa::path(get, path = "/members", tag = "members", params(Search, Paging),
    responses((status = 200, body = Page<Member>), Denied))]
pub(in crate::http::api) async fn list(
    State(app): State<App>,
    caller: Caller,
    paging: Paging,
    Params(search): Params<Search>,
) -> Result<Json<Page<Member>>, ApiError> {
    if search
        .q
        .as_ref()
        .is_some_and(|text| text.chars().count() > MAX_SEARCH)
    {
        return Err(ApiError::invalid_parameter(
            "q",
            "has to have at most 100 characters",
        ));
    }
    let filter = MemberFilter {
        search: search.q,
        status: search.status,
    };
    let mut conn = app.store().read().await?;
    let page = members::list(&mut conn, &caller.space.id, &filter, &paging.into()).await?;
    Ok(Json(Page {
        items: page.items.into_iter().map(Into::into).collect(),
        next_cursor: page.next_cursor,
    }))
}
