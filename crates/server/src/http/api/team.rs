use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use eloops_api::{Page, TeamMember};

use super::Denied;
use crate::auth::access::Caller;
use crate::http::App;
use crate::http::plumbing::caching::tagged;
use crate::http::plumbing::problem::ApiError;
use crate::store::team::{self, Report};

/// My direct reports
///
/// With coins, uploads and last activity, by name; empty for whoever leads nobody. `line_broken` marks
/// people whose line needs IT's attention. Without `coins` for people who keep the balance from their line, and with
/// the last upload as their last activity. Each of them can read in `GET /me/views` that the list was looked at.
#[utoipa::path(get, path = "/me/team", tag = "me",
    responses((status = 200, body = Page<TeamMember>), (status = 304, description = "Unchanged"), Denied))]
pub(super) async fn team(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let member = caller.member()?;
    let mut conn = app.store().read().await?;
    let reports = team::of(&mut conn, &member.id).await?;
    drop(conn);
    let ids: Vec<&str> = reports
        .iter()
        .map(|report| &*report.shown.member.id)
        .collect();
    caller.look_at_reports(&app, &ids).await?;
    let show = |report: Report| {
        if caller.sees_report(report.visibility) {
            report.shown
        } else {
            report.without_balance()
        }
    };
    let page = Page {
        items: reports.into_iter().map(show).collect(),
        next_cursor: None,
    };
    tagged(&headers, &page, &page)
}
